/* What must hold of the lines of any text. */
#ifndef TESTS_WRAPPED_H
#define TESTS_WRAPPED_H

#include <stdbool.h>
#include <stddef.h>

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

/* Lines hold all of the text but spaces and line ends, in order, and fit. */
static inline void wrapped_check_apart(struct str text, struct wrap_gaps gaps, size_t first,
				       size_t cols, const struct wrap_opts *opts,
				       const struct wrap_line *lines, size_t n)
{
	size_t at = 0;
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
		at = lines[i].at + lines[i].len;
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

#endif
