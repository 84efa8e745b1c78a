/* Lines that head what stands below them, without being headings: which they are. */
#include <sulan/utf8.h>

#include "pattern.h"
#include "title.h"

/* A line over a list longer than this is text. */
#define TOPIC_BYTES 60

static bool is_one_line(struct str text)
{
	return str_line_end(text, 0) == text.len;
}

bool pattern_has_topic_sign(struct str text)
{
	static const char *const digits[] = {"一", "二", "三", "四", "五",
					     "六", "七", "八", "九", "十"};
	uint32_t cp = 0;
	int ignored;
	size_t at = str_starts(text, "（") || str_starts(text, "【") ? 3 : 0;
	for (size_t i = 0; i < sizeof(digits) / sizeof(*digits); i++)
		if (str_starts(str_from(text, at), digits[i])) {
			struct str rest = str_from(text, at + 3);
			return at || str_starts(rest, "、") || str_starts(rest, "十") ||
			       str_starts(rest, "．");
		}
	if (text.len)
		utf8_next(text, 0, &cp);
	bool is_sign = cp >= 0x2000 && !codepoint_is_cjk(cp) && !codepoint_is_word(cp);
	return at == 3 || is_sign || number_at(text, &ignored) > 0;
}

bool pattern_is_topic(const struct build *raw, size_t index, size_t end)
{
	const struct block *block = &raw->blocks[index];
	if (block->kind != BLOCK_PARA || block->text.len == 0 || block->text.len > TITLE_BYTES ||
	    block->end >= end || raw->blocks[block->end].kind != BLOCK_LIST)
		return false;
	struct str text = str_trim(block->text);
	bool is_line = is_one_line(text) && text.len <= TOPIC_BYTES &&
		       !pattern_has_link(raw, index, index + 1);
	return pattern_bold_end(raw, block, 0) == block->text.len ||
	       (is_line &&
		(pattern_has_topic_sign(text) || str_ends(text, "：") || str_ends(text, ":")));
}

bool pattern_heads_numbers(const struct build *raw, size_t index, size_t end)
{
	const struct block *block = &raw->blocks[index], *next = block + 1;
	int value;
	struct str text = str_trim(block->text);
	return block->kind == BLOCK_PARA && block->end < end && next->kind == BLOCK_PARA &&
	       text.len && text.len <= TOPIC_BYTES && is_one_line(text) &&
	       !number_at(text, &value) && number_at(next->text, &value) && value > 0 &&
	       !pattern_has_link(raw, index, index + 1) &&
	       (pattern_has_topic_sign(text) || pattern_bold_end(raw, block, 0) == block->text.len);
}

/* Bytes of the sign and the blank that may stand before a line in bold: "🛠 **Tools**". */
static size_t ornament_len(struct str text)
{
	uint32_t cp;
	for (size_t i = 0, len; i < text.len && i <= 16; i += len) {
		len = utf8_next(text, i, &cp);
		if (cp == '*' || codepoint_is_word(cp) || (cp < 0x2190 && cp != ' ') ||
		    codepoint_is_cjk(cp))
			return i;
	}
	return 0;
}

static bool is_sentence(struct str text)
{
	return str_ends(text, ".") || str_ends(text, "。") || str_ends(text, "!") ||
	       str_ends(text, "！") || str_ends(text, "?") || str_ends(text, "？");
}

/* One line and nothing else, in bold, that is no sentence and leads nowhere. */
static bool is_bold_alone(const struct build *raw, size_t index)
{
	const struct block *block = &raw->blocks[index];
	size_t sign = ornament_len(block->text);
	return block->kind == BLOCK_PARA && block->text.len > sign &&
	       block->text.len <= TOPIC_BYTES && is_one_line(block->text) &&
	       !is_sentence(block->text) && pattern_bold_end(raw, block, sign) == block->text.len &&
	       !pattern_has_link(raw, index, index + 1);
}

bool pattern_heads_bold(const struct build *raw, size_t index, size_t end)
{
	size_t next = raw->blocks[index].end, after = next < end ? raw->blocks[next].end : end;
	if (next >= end || !is_bold_alone(raw, index) || raw->blocks[next].kind != BLOCK_PARA)
		return false;
	/* Titles that come one after the other with nothing to tell head nothing. */
	return pattern_bold_end(raw, &raw->blocks[next], 0) > 0 &&
	       (!is_bold_alone(raw, next) ||
		(after < end && raw->blocks[after].kind == BLOCK_PARA &&
		 pattern_bold_end(raw, &raw->blocks[after], 0) == 0));
}
