/* UAX #14 and UAX #29 against the Unicode consortium's own test files (Debian package
 * unicode-data). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sulan/glyph.h>
#include <sulan/linebreak.h>
#include <sulan/utf8.h>

#define DATA "/usr/share/unicode/auxiliary/"

enum { UNITS_MAX = 64 };

/* A row of a test file: the text and, for each byte, whether a border is wanted there. */
struct row {
	char bytes[UNITS_MAX * 4];
	size_t len;
	bool is_border[UNITS_MAX * 4 + 1];
};

static bool parse_row(const char *line, struct row *row)
{
	memset(row, 0, sizeof(*row));
	for (const char *p = line; *p && *p != '#' && *p != '\n';) {
		if (strncmp(p, "\xC3\xB7", 2) == 0) { /* ÷ */
			row->is_border[row->len] = true;
			p += 2;
		} else if (strncmp(p, "\xC3\x97", 2) == 0) { /* × */
			p += 2;
		} else if (*p == ' ' || *p == '\t') {
			p++;
		} else {
			char *end;
			unsigned long cp = strtoul(p, &end, 16);
			if (end == p || row->len + 4 > sizeof(row->bytes))
				return false;
			row->len += utf8_put((uint32_t)cp, row->bytes + row->len);
			p = end;
		}
	}
	return row->len > 0;
}

static bool line_row_passes(const struct row *row)
{
	struct str text = {row->bytes, row->len};
	struct line_breaker breaker = line_breaker_start(text, WRAP_NONE, 80);
	for (size_t at = 0; at < text.len;) {
		uint32_t cp;
		size_t end = at + utf8_next(text, at, &cp);
		enum line_break border = line_breaker_next(&breaker, cp, end);
		if ((border >= LINE_BREAK_MAY) != row->is_border[at])
			return false;
		at = end;
	}
	return true;
}

static bool cluster_row_passes(const struct row *row)
{
	struct str text = {row->bytes, row->len};
	size_t border = 0;
	for (size_t at = 0; at < text.len; at++) {
		if ((at == border) != row->is_border[at])
			return false;
		if (at == border)
			border += cluster_len_extended(text, at);
	}
	return border == text.len;
}

static void check_file(const char *path, size_t n_least, bool (*passes)(const struct row *row))
{
	FILE *file = fopen(path, "r");
	if (!file)
		skip();
	char line[4096];
	size_t n = 0, n_failed = 0;
	struct row row;
	while (fgets(line, sizeof(line), file)) {
		if (strstr(line, "Test-") && !strstr(line, "-15.0.0.txt")) {
			fclose(file);
			print_message("# %s is not 15.0.0, which the tables are of\n", path);
			skip();
		}
		if (line[0] == '#' || !parse_row(line, &row))
			continue;
		n++;
		if (!passes(&row) && n_failed++ < 10)
			print_error("fails: %s", line);
	}
	fclose(file);
	print_message("# Unicode 15.0.0, %s: %zu of %zu rows\n", path, n - n_failed, n);
	assert_int_equal(n_failed, 0);
	assert_true(n >= n_least);
}

static void every_row_of_the_line_break_test_passes(void **state)
{
	(void)state;
	check_file(DATA "LineBreakTest.txt", 7654, line_row_passes);
}

static void every_row_of_the_grapheme_break_test_passes(void **state)
{
	(void)state;
	check_file(DATA "GraphemeBreakTest.txt", 602, cluster_row_passes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_of_the_line_break_test_passes),
		cmocka_unit_test(every_row_of_the_grapheme_break_test_passes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
