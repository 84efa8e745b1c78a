/* How many colours are sent, by what terminfo and the environment say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "caps.h"
#include "inside.h"

enum { ANY_FD = 1 };

static int set_up(void **state)
{
	(void)state;
	return caps_begin("xterm-256color", ANY_FD) ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	caps_end();
	return 0;
}

static void as_many_colors_are_sent_as_there_are(void **state)
{
	static const struct {
		int n_colors;
		enum color_depth wanted;
	} samples[] = {{-1, DEPTH_MONO}, {7, DEPTH_MONO}, {8, DEPTH_8},    {15, DEPTH_8},
		       {16, DEPTH_16},   {88, DEPTH_16},  {255, DEPTH_16}, {256, DEPTH_256}};
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		struct term_opts opts = {.depth = DEPTH_TRUE, .is_depth_auto = true};
		assert_int_equal(terminal_depth(&opts, samples[i].n_colors), samples[i].wanted);
		opts.colorterm = "truecolor";
		if (samples[i].wanted < DEPTH_256)
			assert_int_equal(terminal_depth(&opts, samples[i].n_colors),
					 samples[i].wanted);
		opts.depth = DEPTH_8;
		assert_int_equal(terminal_depth(&opts, samples[i].n_colors),
				 samples[i].wanted < DEPTH_8 ? samples[i].wanted : DEPTH_8);
	}
}

static void true_color_is_sent_where_it_is_said_to_be(void **state)
{
	static const struct {
		const char *colorterm, *tmux, *sty;
		enum color_depth wanted;
	} samples[] = {
		{NULL, NULL, NULL, DEPTH_256},
		{"", "", "", DEPTH_256},
		{"yes", NULL, NULL, DEPTH_256},
		{"truecolor", NULL, NULL, DEPTH_TRUE},
		{"24bit", "", "", DEPTH_TRUE},
		{NULL, "/tmp/tmux,1,0", NULL, DEPTH_TRUE},
		{"truecolor", NULL, "1.pts", DEPTH_256}, /* said of the terminal around it */
		{NULL, "/tmp/tmux,1,0", "1.pts", DEPTH_TRUE},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		struct term_opts opts = {.colorterm = samples[i].colorterm,
					 .tmux = samples[i].tmux,
					 .sty = samples[i].sty,
					 .depth = DEPTH_TRUE,
					 .is_depth_auto = true};
		assert_int_equal(terminal_depth(&opts, 256), samples[i].wanted);
		opts.is_depth_auto = false;
		assert_int_equal(terminal_depth(&opts, 256), DEPTH_TRUE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_many_colors_are_sent_as_there_are),
		cmocka_unit_test(true_color_is_sent_where_it_is_said_to_be),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
