/* What must hold of the lines of any text. */
#ifndef TESTS_WRAPPED_H
#define TESTS_WRAPPED_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>
#include <sulan/wrap.h>

/* Spaces, line ends and what shows as nothing. */
static inline bool wrapped_may_go(struct str text, const struct text_policy *policy)
{
	struct glyph glyph;
	for (size_t at = 0; at < text.len;) {
		uint32_t cp;
		utf8_next(text, at, &cp);
		at += glyph_next(text, at, policy, &glyph);
		bool is_newline =
			(cp >= '\n' && cp <= '\r') || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
		if (cp != ' ' && cp != '\t' && cp != 0x3000 && !is_newline && glyph.len > 0)
			return false;
	}
	return true;
}

/* How many clusters show anything. */
static inline size_t wrapped_n_ink(struct str line, const struct text_policy *policy)
{
	struct glyph glyph;
	size_t n = 0;
	for (size_t at = 0; at<line.len; n += glyph.len> 0)
		at += glyph_next(line, at, policy, &glyph);
	return n;
}

/* Where a page might set Han and Latin apart. */
static inline struct wrap_gaps wrapped_gaps(struct arena *arena, struct str text)
{
	uint32_t *at = arena_alloc(arena, (text.len + 1) * sizeof(*at)), last = 0, cp;
	size_t n = 0;
	for (size_t i = 0, len; i < text.len; i += len, last = cp) {
		len = utf8_next(text, i, &cp);
		bool is_han = cp >= 0x4E00 && cp <= 0x9FFF,
		     was_han = last >= 0x4E00 && last <= 0x9FFF;
		if ((is_han && last < 0x80 && codepoint_is_word(last)) ||
		    (was_han && cp < 0x80 && codepoint_is_word(cp)))
			at[n++] = (uint32_t)i;
	}
	return (struct wrap_gaps){at, n};
}

/* Gaps within a line. */
static inline size_t wrapped_n_gaps(const struct wrap_line *line, struct wrap_gaps gaps)
{
	size_t n = 0;
	for (size_t i = 0; i < gaps.n; i++)
		n += gaps.at[i] > line->at && gaps.at[i] < line->at + line->len;
	return n;
}

/* A comma or full stop behind a line that is full, and no row of them. */
static inline bool wrapped_hangs(struct str line)
{
	static const char *const marks[] = {"、", "，", "。"};
	bool hangs = false;
	for (size_t i = 0; i < 3; i++)
		if (str_ends(line, marks[i]) && line.len > 3)
			hangs = true;
	for (size_t i = 0; i < 3 && hangs; i++)
		if (str_ends(str_sub(line, 0, line.len - 3), marks[i]))
			return false;
	return hangs;
}

/* The first border of clusters at or behind `at`, walking from the one at `border`. */
static inline size_t wrapped_border(struct str text, size_t border, size_t at)
{
	while (border < at)
		border += cluster_len(text, border);
	return border;
}

/* Lines hold all of the text but spaces and line ends, in order, whole clusters, and fit. */
static inline void wrapped_check_apart(struct str text, struct wrap_gaps gaps, size_t first,
				       size_t cols, const struct wrap_opts *opts,
				       const struct wrap_line *lines, size_t n)
{
	size_t at = 0, border = 0;
	assert_true(n >= 1);
	for (size_t i = 0; i < n; i++) {
		size_t most = i == 0 ? first : cols;
		assert_true(lines[i].at >= at);
		assert_true(wrapped_may_go(str_sub(text, at, lines[i].at - at), &opts->policy));
		struct str line = str_sub(text, lines[i].at, lines[i].len);
		assert_int_equal(line.len, lines[i].len);
		assert_int_equal(text_cols(line, &opts->policy) + wrapped_n_gaps(&lines[i], gaps),
				 lines[i].cols);
		if (opts->hangs && wrapped_hangs(line))
			most += WRAP_HANG_COLS;
		if (lines[i].cols > most)
			assert_int_equal(wrapped_n_ink(line, &opts->policy), 1);
		border = wrapped_border(text, border, lines[i].at);
		assert_int_equal(border, lines[i].at);
		at = lines[i].at + lines[i].len;
		border = wrapped_border(text, border, at);
		assert_int_equal(border, at);
	}
	assert_true(wrapped_may_go(str_from(text, at), &opts->policy));
	assert_true(lines[n - 1].is_forced);
}

static inline void wrapped_check(struct str text, size_t first, size_t cols,
				 const struct wrap_opts *opts, const struct wrap_line *lines,
				 size_t n)
{
	wrapped_check_apart(text, (struct wrap_gaps){NULL, 0}, first, cols, opts, lines, n);
}

static inline bool wrapped_is_one_of(uint32_t cp, const char *set)
{
	struct str s = str_of(set);
	for (size_t at = 0; at < s.len;) {
		uint32_t member;
		at += utf8_next(s, at, &member);
		if (member == cp)
			return true;
	}
	return false;
}

static inline uint32_t wrapped_last(struct str line)
{
	uint32_t cp = 0;
	for (size_t at = 0; at < line.len;)
		at += utf8_next(line, at, &cp);
	return cp;
}

#define WRAPPED_CLOSING "，。、；：？！）」』》】〉〕”…％)]}"
/* What may stand in a row with them. */
#define WRAPPED_SIGNS   ",.:;!?/～·%\"—+℃"
#define WRAPPED_OPENING "（「『《【〈〔“‘￥"

/* Characters of the set in a row, before and after byte `at`, spaces apart. */
static inline size_t wrapped_run_around(struct str text, size_t at, const char *set)
{
	size_t n = 0;
	uint32_t cp;
	for (size_t i = at; i < text.len; n += cp != ' ') {
		i += utf8_next(text, i, &cp);
		if (cp != ' ' && !wrapped_is_one_of(cp, set))
			break;
	}
	for (size_t i = at; i > 0; n += cp != ' ') {
		i = cluster_before(text, i);
		utf8_next(text, i, &cp);
		if (cp != ' ' && !wrapped_is_one_of(cp, set))
			break;
	}
	return n;
}

/* How many borders between lines break the rules of Chinese punctuation, but within rows of three
 * marks and more. */
static inline size_t wrapped_n_violations(struct str text, const struct wrap_line *lines, size_t n)
{
	size_t found = 0;
	for (size_t i = 0; i + 1 < n; i++) {
		uint32_t next;
		size_t end = lines[i].at + lines[i].len;
		if (lines[i].is_forced || lines[i].len == 0 || lines[i + 1].len == 0)
			continue;
		utf8_next(text, lines[i + 1].at, &next);
		uint32_t last = wrapped_last(str_sub(text, lines[i].at, lines[i].len));
		bool is_tight = end == lines[i + 1].at;
		bool starts_badly = wrapped_is_one_of(next, WRAPPED_CLOSING) &&
				    (is_tight || !wrapped_is_one_of(next, "”…％"));
		bool ends_badly = wrapped_is_one_of(last, WRAPPED_OPENING) &&
				  (is_tight || !wrapped_is_one_of(last, "“‘￥"));
		if ((starts_badly && wrapped_run_around(text, lines[i + 1].at,
							WRAPPED_CLOSING WRAPPED_SIGNS) < 3) ||
		    (ends_badly && wrapped_run_around(text, end, WRAPPED_OPENING) < 3)) {
			print_error("%.*s|%.*s\n", (int)lines[i].len, text.p + lines[i].at,
				    (int)lines[i + 1].len, text.p + lines[i + 1].at);
			found++;
		}
	}
	return found;
}

#endif
