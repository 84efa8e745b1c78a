/* Themes: what is read, what a terminal of few colours makes of it, and that everything stays
 * readable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <sulan/baked.h>
#include <sulan/error.h>
#include <sulan/theme.h>

static const char *const names[] = {"ink", "paper", "contrast", "mono", "celadon", "cinnabar"};
#define N_NAMES (sizeof(names) / sizeof(*names))

static struct style style_of(const char *text)
{
	struct style style;
	assert_true(style_parse(str_of(text), &style, NULL));
	return style;
}

static void styles_are_read_in_any_order(void **state)
{
	struct style a = style_of("bold #ff8800 on default"),
		     b = style_of("on default bold #FF8800");
	struct error err;
	struct style out;
	(void)state;
	assert_true(a.attrs == ATTR_BOLD && a.fg.kind == COLOR_RGB && a.fg.g == 0x88);
	assert_int_equal(a.bg.kind, COLOR_DEFAULT);
	assert_false(style_eq(a, b)); /* behind "on" the colours are the background's */
	assert_int_equal(style_of("bright-blue").fg.r, 12);
	assert_int_equal(style_of("no-bold").cleared, ATTR_BOLD);
	assert_true(style_eq(style_of(" bold\tred  on \t7 "), style_of("bold red on 7")));
	assert_false(style_parse(STR("bold blurple"), &out, &err));
	assert_string_equal(err.arg, "blurple");
	assert_false(style_parse(STR("#12345"), &out, &err));
	assert_false(style_parse(STR("256"), &out, &err));
}

static void a_style_lies_over_another(void **state)
{
	struct style base = style_of("dim red on blue"), top = style_of("bold no-dim green");
	struct style both = style_over(base, top);
	(void)state;
	assert_int_equal(both.attrs, ATTR_BOLD);
	assert_int_equal(both.fg.r, 2);
	assert_int_equal(both.bg.r, 4);
}

static void colours_are_reduced_to_the_nearest(void **state)
{
	(void)state;
	assert_int_equal(style_reduce(style_of("#ff0000"), DEPTH_256).fg.r, 196);
	assert_int_equal(style_reduce(style_of("#808080"), DEPTH_256).fg.r, 244);
	assert_int_equal(style_reduce(style_of("#fe0101"), DEPTH_16).fg.r, 9);
	assert_int_equal(style_reduce(style_of("226"), DEPTH_16).fg.r, 11);
	assert_int_equal(style_reduce(style_of("#9cc5a1"), DEPTH_16).fg.r, 10); /* not grey */
	assert_int_equal(style_reduce(style_of("#1f5a96"), DEPTH_16).fg.r, 4);
	assert_int_equal(style_reduce(style_of("#8f8d86"), DEPTH_16).fg.r, 8);
	assert_int_equal(style_reduce(style_of("on #00005f"), DEPTH_16).bg.r, 0);
	/* bold black is grey on many terminals: their own text colour, or plain black, is not */
	assert_int_equal(style_reduce(style_of("bold #1f1d1a"), DEPTH_16).fg.kind, COLOR_DEFAULT);
	assert_int_equal(style_reduce(style_of("bold #1f1d1a"), DEPTH_16).attrs, ATTR_BOLD);
	assert_int_equal(style_reduce(style_of("#1f1d1a"), DEPTH_16).fg.kind, COLOR_INDEX);
	assert_int_equal(style_reduce(style_of("bold #1f1d1a on #f5b942"), DEPTH_16).attrs,
			 ATTR_UNDERLINE);
	assert_int_equal(style_reduce(style_of("bold #1f1d1a on #f5b942"), DEPTH_16).fg.r, 0);
	assert_int_equal(style_reduce(style_of("bold #ff0000"), DEPTH_MONO).fg.kind, COLOR_DEFAULT);
	assert_int_equal(style_reduce(style_of("bold #ff0000"), DEPTH_MONO).attrs, ATTR_BOLD);
}

/* As both told in words. */
static void assert_eight(const char *text, const char *shown)
{
	assert_true(style_eq(style_reduce(style_of(text), DEPTH_8), style_of(shown)));
}

static void of_eight_colors_the_bright_ones_are_bold(void **state)
{
	(void)state;
	assert_eight("#fe0101", "bold red");
	assert_eight("blue on bright-yellow", "blue on yellow");
	assert_eight("#8f8d86", "dim default");
	assert_eight("default on bright-black", "default on default");
	assert_eight("bright-red on red", "bold red on default"); /* else it may be unseen */
	assert_eight("bold #1f1d1a on #f5b942", "underline black on yellow");
}

static void sgr_says_the_style(void **state)
{
	char sgr[STYLE_SGR_BYTES];
	(void)state;
	assert_int_equal(style_sgr((struct style){0}, sgr), 0);
	size_t len = style_sgr(style_of("bold underline red on 200"), sgr);
	assert_int_equal(len, strlen("\033[0;1;4;31;48;5;200m"));
	assert_memory_equal(sgr, "\033[0;1;4;31;48;5;200m", len);
	len = style_sgr(style_of("bold dim italic underline reverse strike #fffefd on #fcfbfa"),
			sgr);
	assert_true(len < STYLE_SGR_BYTES && sgr[len - 1] == 'm');
}

static void count_warning(void *self, const struct error *err)
{
	assert_string_equal(err->file, "x.theme");
	((unsigned *)self)[0]++;
	((unsigned *)self)[1] = err->line;
}

static void a_bad_line_is_named_and_passed_over(void **state)
{
	struct theme theme;
	unsigned seen[2] = {0};
	(void)state;
	theme_parse(&theme,
		    STR("name = x\n[roles]\n# ok\ntilte = bold\nmeta dim\n\ttitle = bold\nlabel = "
			"blurple\n"),
		    "x.theme", count_warning, seen);
	assert_int_equal(seen[0], 3);
	assert_int_equal(seen[1], 7);
	assert_int_equal(theme.styles[ROLE_TITLE].attrs, ATTR_BOLD);
	assert_int_equal(theme.styles[ROLE_HEADING].attrs, ATTR_BOLD); /* starts from the title */
}

static void every_baked_theme_is_without_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_NAMES; i++) {
		struct theme theme;
		unsigned seen[2] = {0};
		char path[64];
		snprintf(path, sizeof(path), "themes/%s.theme", names[i]);
		assert_true(theme_baked(&theme, names[i]));
		assert_string_equal(theme.name, names[i]);
		theme_parse(&theme, baked_find(path), "x.theme", count_warning, seen);
		assert_int_equal(seen[0], 0);
	}
	struct theme theme;
	assert_false(theme_baked(&theme, "../ink"));
}

static double channel(uint8_t value)
{
	double v = value / 255.0;
	return v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(struct color c)
{
	return 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b);
}

/* The contrast ratio of WCAG 2. */
static double contrast(struct color a, struct color b)
{
	double x = luminance(a), y = luminance(b);
	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

/* What a piece of text must reach; lines are no text, a reading eye only has to find them. */
static double least_contrast(const char *name, enum role role)
{
	if (strcmp(name, "contrast") == 0)
		return 7.0;
	return role == ROLE_BORDER || role == ROLE_RULE ? 3.0 : 4.5;
}

static void assert_readable(const struct theme *theme, const char *name, enum role role,
			    struct style style)
{
	struct color ground = theme->is_light ? (struct color){COLOR_RGB, 0xfb, 0xfa, 0xf5}
					      : (struct color){COLOR_RGB, 0x10, 0x10, 0x14};
	if (style.fg.kind != COLOR_RGB)
		return;
	double ratio = contrast(style.fg, style.bg.kind == COLOR_RGB ? style.bg : ground);
	if (ratio < least_contrast(name, role))
		print_message("# %s in %s: %.2f\n", role_name(role), name, ratio);
	assert_true(ratio >= least_contrast(name, role));
}

static void text_stands_out_from_its_ground(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_NAMES; i++) {
		struct theme theme;
		assert_true(theme_baked(&theme, names[i]));
		struct style now = style_over(theme.styles[ROLE_TEXT], theme.styles[ROLE_ROW_NOW]);
		for (enum role role = 0; role < ROLE_COUNT; role++)
			assert_readable(&theme, names[i], role,
					style_over(theme.styles[ROLE_TEXT], theme.styles[role]));
		/* Keywords and matches are lit in the title of the selected row, too. */
		for (enum role role = ROLE_MATCH; role <= ROLE_KEYWORD_6; role++)
			assert_readable(&theme, names[i], role,
					style_over(now, theme.styles[role]));
	}
}

/* Where colours are few, groups stay apart by attributes and hues; in sixteen two pairs may fall
 * together. */
static void groups_of_keywords_are_told_apart(void **state)
{
	static const enum color_depth depths[] = {DEPTH_MONO, DEPTH_16, DEPTH_256};
	(void)state;
	for (size_t i = 0; i < N_NAMES; i++) {
		struct theme theme;
		assert_true(theme_baked(&theme, names[i]));
		for (size_t d = 0; d < 3; d++) {
			if (depths[d] == DEPTH_MONO && strcmp(names[i], "mono") != 0)
				continue;
			unsigned n_same = 0;
			for (enum role a = ROLE_KEYWORD_1; a < ROLE_KEYWORD_6; a++)
				for (enum role b = a + 1; b <= ROLE_KEYWORD_6; b++)
					n_same +=
						style_eq(style_reduce(theme.styles[a], depths[d]),
							 style_reduce(theme.styles[b], depths[d]));
			assert_true(n_same <= (depths[d] == DEPTH_16 ? 2 : 0));
		}
	}
}

/* The fuller, the further from the ground of the calendar. */
static void heat_is_told_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_NAMES; i++) {
		struct theme theme;
		assert_true(theme_baked(&theme, names[i]));
		if (strcmp(names[i], "mono") == 0)
			continue;
		struct color ground = theme.styles[ROLE_OVERLAY].bg;
		for (enum role role = ROLE_HEAT_1; role <= ROLE_HEAT_4; role++) {
			struct color last =
				role == ROLE_HEAT_1 ? ground : theme.styles[role - 1].bg;
			struct color bg = theme.styles[role].bg;
			assert_true(contrast(bg, ground) > contrast(last, ground) + 0.1);
			assert_false(style_eq(style_reduce(theme.styles[role], DEPTH_256),
					      style_reduce(theme.styles[role - 1], DEPTH_256)));
		}
		assert_true(contrast(theme.styles[ROLE_HEAT_0].fg, ground) >= 4.0);
	}
}

static void few_colours_leave_text_visible(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_NAMES; i++) {
		struct theme theme;
		assert_true(theme_baked(&theme, names[i]));
		for (enum role role = 0; role < ROLE_COUNT; role++) {
			struct style s = style_reduce(
				style_over(theme.styles[ROLE_TEXT], theme.styles[role]), DEPTH_16);
			assert_false(s.fg.kind == COLOR_INDEX && s.bg.kind == COLOR_INDEX &&
				     s.fg.r == s.bg.r);
			if (s.bg.kind == COLOR_DEFAULT && s.fg.kind == COLOR_INDEX)
				assert_int_not_equal(s.fg.r, theme.is_light ? 15 : 0);
		}
	}
}

static void marks_need_no_colour_to_be_seen(void **state)
{
	static const enum role marks[] = {ROLE_KEYWORD_1, ROLE_KEYWORD_6, ROLE_TAB_NOW,
					  ROLE_ROW_NOW};
	(void)state;
	for (size_t i = 0; i < N_NAMES; i++) {
		struct theme theme;
		assert_true(theme_baked(&theme, names[i]));
		for (size_t k = 0; k < 4; k++)
			assert_true(style_reduce(theme.styles[marks[k]], DEPTH_MONO).attrs != 0);
	}
}

static void every_role_has_a_name_and_a_parent_before_it(void **state)
{
	(void)state;
	for (enum role role = 0; role < ROLE_COUNT; role++) {
		enum role found;
		assert_true(role_find(str_of(role_name(role)), &found) && found == role);
		assert_true(strlen(role_help(role)) > 3);
		assert_true(role == ROLE_TEXT || role_parent(role) < role);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(styles_are_read_in_any_order),
		cmocka_unit_test(a_style_lies_over_another),
		cmocka_unit_test(colours_are_reduced_to_the_nearest),
		cmocka_unit_test(of_eight_colors_the_bright_ones_are_bold),
		cmocka_unit_test(sgr_says_the_style),
		cmocka_unit_test(a_bad_line_is_named_and_passed_over),
		cmocka_unit_test(every_baked_theme_is_without_fault),
		cmocka_unit_test(text_stands_out_from_its_ground),
		cmocka_unit_test(groups_of_keywords_are_told_apart),
		cmocka_unit_test(heat_is_told_apart),
		cmocka_unit_test(few_colours_leave_text_visible),
		cmocka_unit_test(marks_need_no_colour_to_be_seen),
		cmocka_unit_test(every_role_has_a_name_and_a_parent_before_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
