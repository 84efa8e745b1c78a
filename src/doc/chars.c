/* Looking at every character of a block. */
#include <sulan/glyph.h>
#include <sulan/utf8.h>

#include "story.h"

/* Words and Han characters in what has been looked at, and whether it is plain. */
struct tally {
	uint32_t n;
	bool was_word, is_plain;
};

static void tally_add(struct tally *tally, uint32_t cp)
{
	bool is_plain = codepoint_is_plain(cp);
	bool is_han = (cp >= 0x3400 && cp < 0xa000) || cp >= 0x20000;
	/* Of what is plain only ASCII is in words. */
	bool is_word = (cp < 0x80 || (!is_han && !is_plain)) && codepoint_is_word(cp);
	tally->n += is_han || (is_word && !tally->was_word);
	tally->was_word = is_word;
	tally->is_plain &= is_plain || cp == '\n';
}

uint32_t block_count_chars(struct block *block)
{
	const struct str text = block->text;
	const unsigned char *p = (const unsigned char *)text.p, *end = p + text.len;
	struct tally tally = {.is_plain = true};
	while (p < end) {
		for (; p < end && *p < 0x80; p++)
			tally_add(&tally, *p);
		const unsigned char *han = p;
		p = utf8_skip_han(p, end);
		if (p > han) {
			tally.n += (uint32_t)(p - han) / 3;
			tally.was_word = false;
		} else if (p < end) {
			uint32_t cp;
			p += utf8_next(text, (size_t)((const char *)p - text.p), &cp);
			tally_add(&tally, cp);
		}
	}
	block->is_plain = tally.is_plain;
	return tally.n;
}
