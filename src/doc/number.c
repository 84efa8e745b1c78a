/* The numbers paragraphs begin with where a publication does not use Markdown's lists. */
#include <string.h>

#include <sulan/utf8.h>

#include "pattern.h"

/* Numbers of one character: the first of each run of them. */
static int circled(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
	} runs[] = {{0x2460, 0x2473}, {0x2776, 0x277f}, {0x2780, 0x2789},
		    {0x278a, 0x2793}, {0x3251, 0x325f}, {0x1f51f, 0x1f51f}};
	for (size_t i = 0; i < sizeof(runs) / sizeof(*runs); i++)
		if (cp >= runs[i].first && cp <= runs[i].last)
			return (int)(cp - runs[i].first) + (i == 4 ? 21 : i == 5 ? 10 : 1);
	return 0;
}

static size_t sign_len(struct str text, const char *const *signs)
{
	for (; *signs; signs++)
		if (str_starts(text, *signs))
			return strlen(*signs);
	return 0;
}

static size_t skip_blanks(struct str text, size_t at)
{
	while (at < text.len && (text.p[at] == ' ' || text.p[at] == '\t'))
		at++;
	return at;
}

size_t number_at(struct str text, int *value)
{
	static const char *const opening[] = {"【", "[", NULL};
	static const char *const closing[] = {"】", "]", NULL};
	static const char *const behind[] = {
		"、", "．", ".", "）", ")", "｜", "\xef\xb8\x8f\xe2\x83\xa3", "\xe2\x83\xa3", NULL};
	uint32_t cp = 0;
	size_t at = text.len ? utf8_next(text, 0, &cp) : 0;
	*value = circled(cp);
	if (*value)
		return skip_blanks(text, at);
	size_t open = sign_len(text, opening), n = 0;
	at = open;
	while (n < 4 && at + n < text.len && text.p[at + n] >= '0' && text.p[at + n] <= '9')
		*value = *value * 10 + (text.p[at + n++] - '0');
	at += n;
	size_t sign = sign_len(str_from(text, at), open ? closing : behind);
	if (n == 0 || n > 3 || sign == 0)
		return 0;
	at += sign;
	/* A version or a price is no number of a paragraph. */
	bool is_decimal =
		at < text.len && text.p[at - 1] == '.' && text.p[at] >= '0' && text.p[at] <= '9';
	return is_decimal ? 0 : skip_blanks(text, at);
}
