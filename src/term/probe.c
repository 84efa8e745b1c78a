/* The questions, a row for each so that an answer tells which one it is for, and DA1 at the end,
 * which every terminal answers. No question stands in row 1, whose answers look like a function
 * key. The answer to one that was not asked, for lack of a row, is that of another: none is. */
#include "probe.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

enum { FIRST_ROW = 2 };

/* A character of two bytes that nobody draws wide: only who reads UTF-8 moves by one column. */
static void take_utf8(struct text_policy *found, uint8_t cols)
{
	found->is_ascii = cols != 1;
	if (found->is_ascii)
		*found = TEXT_POLICY_ASCII;
}

static void take_ambiguous(struct text_policy *found, uint8_t cols)
{
	found->ambiguous = cols;
}

static void take_pictures(struct text_policy *found, uint8_t cols)
{
	found->pictures = cols;
}

static void take_chains(struct text_policy *found, uint8_t cols)
{
	found->has_chains = cols == 2;
}

static void take_tones(struct text_policy *found, uint8_t cols)
{
	found->has_tones = cols == 2;
}

static void take_newest(struct text_policy *found, uint8_t cols)
{
	found->has_newest = cols == 2;
}

static const struct question {
	const char *text;
	unsigned widest; /* what no terminal shows in more columns */
	void (*take)(struct text_policy *found, uint8_t cols);
} questions[] = {
	/* First, and of bytes that are letters where they are not read as UTF-8: those of the
	 * others are controls there. */
	{"\xc3\xb1", 8, take_utf8},                                       /* n with tilde */
	{"\xe2\x80\x9c", 2, take_ambiguous},                              /* “ */
	{"\xe2\x9d\xa4\xef\xb8\x8f", 2, take_pictures},                   /* a heart, VS16 */
	{"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", 6, take_chains}, /* woman ZWJ laptop */
	{"\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd", 6, take_tones},              /* thumbs up, skin tone */
	{"\xf0\x9f\xab\xa8", 2, take_newest}, /* shaking face, Unicode 15 */
};
enum { N_QUESTIONS = sizeof(questions) / sizeof(*questions) };

static bool is_asked(const struct probe *probe, unsigned index)
{
	switch (index) {
	case 0:
		return probe->asks_ambiguous || probe->asks_pictures;
	case 1:
		return probe->asks_ambiguous;
	default:
		return probe->asks_pictures;
	}
}

void probe_ask(struct probe *probe, struct strbuf *out, int rows, long long now_ms)
{
	probe->is_due = false;
	probe->is_waiting = true;
	probe->end_ms = now_ms + PROBE_MS;
	for (unsigned i = 0; i < N_QUESTIONS && (int)i + FIRST_ROW <= rows; i++)
		if (is_asked(probe, i))
			strbuf_printf(out, "\x1b[%u;1H%s\x1b[6n", i + FIRST_ROW, questions[i].text);
	if (probe->asks_background)
		strbuf_puts(out, "\x1b]11;?\x1b\\");
	strbuf_puts(out, "\x1b[c\x1b[H");
}

int probe_patience(struct probe *probe, long long now_ms, bool *is_over)
{
	*is_over = probe->is_waiting && now_ms >= probe->end_ms;
	if (*is_over)
		probe->is_waiting = false;
	return probe->is_waiting ? (int)(probe->end_ms - now_ms) : -1;
}

static size_t read_number(struct str bytes, size_t at, unsigned *number)
{
	size_t start = at;
	*number = 0;
	while (at < bytes.len && at - start < 4 && bytes.p[at] >= '0' && bytes.p[at] <= '9')
		*number = *number * 10 + (unsigned)(bytes.p[at++] - '0');
	return at;
}

/* "CSI row ; col R" */
static size_t read_position(struct str bytes, unsigned *row, unsigned *col)
{
	if (!str_starts(bytes, "\x1b["))
		return 0;
	size_t at = read_number(bytes, 2, row);
	if (at >= bytes.len || bytes.p[at] != ';')
		return 0;
	at = read_number(bytes, at + 1, col);
	return at < bytes.len && bytes.p[at] == 'R' ? at + 1 : 0;
}

/* "CSI ? ... c" */
static size_t read_attributes(struct str bytes)
{
	size_t at = 3;
	if (!str_starts(bytes, "\x1b[?"))
		return 0;
	while (at < bytes.len && ((bytes.p[at] >= '0' && bytes.p[at] <= '9') || bytes.p[at] == ';'))
		at++;
	return at < bytes.len && bytes.p[at] == 'c' ? at + 1 : 0;
}

/* The first two digits of a colour's part, 0 to 255; one digit is the first of two. */
static bool read_part(struct str part, int *value)
{
	char digits[3] = {0};
	char *end;
	memcpy(digits, part.p, part.len < 2 ? part.len : 2);
	if (part.len == 1)
		digits[1] = digits[0];
	*value = (int)strtol(digits, &end, 16);
	return part.len >= 1 && part.len <= 4 && end == digits + 2;
}

/* "OSC 11 ; rgb:RRRR/GGGG/BBBB ST": light when black is better to be read on it than white. */
static size_t read_background(struct str bytes, enum term_background *background)
{
	const struct str start = STR("\x1b]11;rgb:");
	size_t end = start.len;
	int rgb[3];
	if (!str_starts(bytes, start.p))
		return 0;
	while (end < bytes.len && bytes.p[end] != '\a' && bytes.p[end] != '\x1b')
		end++;
	if (end == bytes.len || (bytes.p[end] == '\x1b' && end + 1 == bytes.len))
		return 0;
	struct str rest = str_sub(bytes, start.len, end - start.len), part;
	bool is_color = true;
	for (int i = 0; i < 3; i++)
		is_color = is_color && str_cut(&rest, '/', &part) && read_part(part, &rgb[i]);
	if (is_color)
		*background = rgb[0] * 299 + rgb[1] * 587 + rgb[2] * 114 >= 128 * 1000
				      ? BACKGROUND_LIGHT
				      : BACKGROUND_DARK;
	return end + (bytes.p[end] == '\a' ? 1 : 2);
}

size_t probe_take(struct probe *probe, struct str bytes, bool *is_last)
{
	unsigned row = 0, col = 0;
	*is_last = false;
	if (!probe->is_waiting)
		return 0;
	size_t len = read_attributes(bytes);
	if (len > 0) {
		*is_last = true;
		probe->is_waiting = false;
		return len;
	}
	if (probe->asks_background && (len = read_background(bytes, &probe->found.background)) > 0)
		return len;
	len = read_position(bytes, &row, &col);
	unsigned index = row - FIRST_ROW;
	if (len == 0 || index >= N_QUESTIONS || !is_asked(probe, index))
		return 0;
	bool is_read = index == 0 || !probe->found.policy.is_ascii;
	if (is_read && col >= 2 && col - 1 <= questions[index].widest)
		questions[index].take(&probe->found.policy, (uint8_t)(col - 1));
	return len;
}
