/* The questions, a row for each so that an answer tells which one it is for, and DA1 at the end,
 * which every terminal answers. No question stands in row 1, whose answers look like a function
 * key.
 */
#include "probe.h"

#include <sulan/utf8.h>

enum { ROW_AMBIGUOUS = 2, ROW_PICTURES };

const char probe_questions[] = "\x1b[2;1H\xe2\x80\x9c\x1b[6n"             /* “ */
			       "\x1b[3;1H\xe2\x9d\xa4\xef\xb8\x8f\x1b[6n" /* a heart, VS16 */
			       "\x1b[c\x1b[H";

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

size_t probe_take(struct probe *probe, struct str bytes, bool *is_last)
{
	unsigned row, col;
	*is_last = false;
	if (!probe->is_waiting)
		return 0;
	size_t len = read_attributes(bytes);
	if (len > 0) {
		*is_last = true;
		probe->is_waiting = false;
		return len;
	}
	len = read_position(bytes, &row, &col);
	if (len == 0 || (row != ROW_AMBIGUOUS && row != ROW_PICTURES))
		return 0;
	bool is_width = col == 2 || col == 3;
	uint8_t cols = (uint8_t)(col - 1);
	if (is_width && row == ROW_AMBIGUOUS)
		probe->found.ambiguous = cols;
	if (is_width && row == ROW_PICTURES)
		probe->found.pictures = cols;
	return len;
}
