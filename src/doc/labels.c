/* Labels of metadata and sections: which words they are, and whether a line begins with one. */
#include <string.h>

#include <sulan/utf8.h>

#include "build.h"

/* A bold opening longer than this is a sentence, not a label. */
#define LABEL_BYTES 60
/* More signs than this are no ornament of a label. */
#define SIGNS_BYTES 16

/* Bytes of the emoji and other signs a label may begin with. */
static size_t signs_len(struct str text)
{
	uint32_t cp;
	for (size_t at = 0, len; at < text.len; at += len) {
		len = utf8_next(text, at, &cp);
		bool is_cjk =
			codepoint_is_cjk(cp) && cp >= 0x3040 && (cp < 0xff00 || cp >= 0x20000);
		if (codepoint_is_word(cp) || is_cjk || at > SIGNS_BYTES)
			return at;
	}
	return text.len;
}

static enum label_role role_of(const struct build *build, struct str name)
{
	name = str_from(name, signs_len(name));
	enum label_role role = profile_label_role(build->profiles, build->profile, name);
	return role != LABEL_NONE ? role : label_role_of(&build->words, name);
}

/* Bytes of a colon at `at`, 0 for none. */
static size_t colon_len(struct str text, size_t at)
{
	struct str rest = str_from(text, at);
	return str_starts(rest, "：") ? strlen("：") : str_starts(rest, ":") ? 1 : 0;
}

/* Where the bold opening of the line ends; `from` when it does not begin in bold. */
static size_t bold_end(const struct build *build, const struct block *block, size_t from, size_t to)
{
	size_t end = from;
	for (size_t i = build_span_at(build, block, from); i < block->span + block->n_spans; i++) {
		const struct span *span = &build->spans[i];
		if (!(span->marks & MARK_STRONG) || span->at > end || end >= to)
			break;
		end = span->at + span->len;
	}
	return end < to ? end : to;
}

/* A text that is a section's label and nothing else. */
static struct label without_colon(const struct build *build, struct str line)
{
	struct label label = {.name = str_trim(line)};
	enum label_role role = role_of(build, label.name);
	label.role = role == LABEL_INSIGHT || role == LABEL_SUMMARY ? role : LABEL_NONE;
	return label;
}

struct label label_of_heading(const struct build *build, struct str text)
{
	text = str_trim(text);
	if (str_ends(text, "："))
		text.len -= strlen("：");
	else if (str_ends(text, ":"))
		text.len--;
	return without_colon(build, text);
}

struct label label_at(const struct build *build, const struct block *block, size_t from, size_t to)
{
	struct label label = {.role = LABEL_NONE};
	struct str text = str_sub(block->text, 0, to);
	while (from < to &&
	       (text.p[from] == ' ' || text.p[from] == '\n' || text.p[from] == SOFT_BREAK))
		from++;
	size_t limit = from + LABEL_BYTES < to ? from + LABEL_BYTES : to;
	size_t seen = limit + 4 < to ? limit + 4 : to;
	size_t bold = from, end = bold_end(build, block, from, seen), at = from;
	if (end == from) {
		bold = from + signs_len(str_from(text, from));
		end = bold_end(build, block, bold, seen);
	}
	bool is_bold = end > bold;
	while (at < limit && colon_len(text, at) == 0)
		at++;
	/* A bold line needs no colon. */
	if (at == limit && is_bold && end == to) {
		label = without_colon(build, str_from(text, from));
		label.value = to;
		return label;
	}
	if (at >= limit || at == from)
		return label;
	label.name = str_trim(str_sub(text, from, at - from));
	label.value = at + colon_len(text, at);
	enum label_role role = role_of(build, label.name);
	/* Bold up to the colon, or just before it: "**Label：** x", "**Label**：x". */
	bool is_label = is_bold && (end == label.value || end == at);
	if (role == LABEL_NONE && is_label)
		role = LABEL_FIELD;
	label.role = is_label || (role != LABEL_NONE && !is_bold) ? role : LABEL_NONE;
	return label;
}
