/* A few bytes to either side, without a state. */
#include "around.h"

#include <sulan/utf8.h>

#include "kinsoku.h"

int around_class(const struct line_breaker *b, size_t end, unsigned *prop)
{
	unsigned found = 0;
	while (end < b->text.len) {
		uint32_t cp;
		end += utf8_next(b->text, end, &cp);
		found = ucd_of(cp);
		if (!is_one((int)ucd_lb(found), OF(CM) | OF(ZWJ)))
			break;
		found = 0;
	}
	if (prop)
		*prop = found;
	return found ? (int)ucd_lb(found) : LB_BK;
}

uint32_t around_at(const struct line_breaker *b, size_t at)
{
	uint32_t cp = 0;
	if (at < b->text.len)
		utf8_next(b->text, at, &cp);
	return cp;
}

uint32_t around_before(const struct line_breaker *b, size_t end)
{
	size_t at = end;
	uint32_t cp = 0;
	while (at > 0 && end - at < 4 && ((unsigned char)b->text.p[--at] & 0xC0) == 0x80)
		;
	if (end > 0)
		utf8_next(b->text, at, &cp);
	return cp;
}

static size_t len_of(uint32_t cp)
{
	char bytes[4];
	return utf8_put(cp, bytes);
}

size_t around_begin(uint32_t cp, size_t end)
{
	size_t len = len_of(cp);
	return end > len ? end - len : 0;
}

size_t around_last(const struct line_breaker *b, uint32_t cp, size_t end)
{
	size_t last = around_begin(cp, end), len = len_of(b->last_cp);
	return last > len ? last - len : 0;
}

size_t around_word_before(const struct line_breaker *b, size_t at, size_t most)
{
	size_t n = 0;
	while (n < most && n < at && is_alnum((unsigned char)b->text.p[at - n - 1]))
		n++;
	return n;
}

size_t around_word_from(const struct line_breaker *b, size_t at, size_t most)
{
	size_t n = 0;
	while (n < most && at + n < b->text.len && is_alnum((unsigned char)b->text.p[at + n]))
		n++;
	return n;
}
