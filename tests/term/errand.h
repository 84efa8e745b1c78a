/* What the tests of links on their way out have in common: a folder of programs that record what
 * they are given, the child (see child.h) in an environment of its own, and what it said. All of it
 * fails the running test. */
#ifndef TERM_ERRAND_H
#define TERM_ERRAND_H

#include <stdbool.h>
#include <stddef.h>

#include <term/vt.h>

struct fixture {
	struct arena *arena;
	char folder[64]; /* PATH is this */
	const char *self, *record;
	const char *env[24];
	size_t n_env;
};

#define with_fixture(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
int set_up(void **state);
int tear_down(void **state);

void set_env(struct fixture *f, const char *name, const char *value);
void cut_env(struct fixture *f, size_t n_env); /* back to the first `n_env` */
const char *in_folder(struct fixture *f, const char *name);

/* A recorder under that name. */
const char *add_program(struct fixture *f, const char *name);

/* Lets the child press `key` and returns when it says what became of it. */
struct vt *press(struct fixture *f, const char *key, const char *url, const char *said);

/* What was recorded last; that it is this, and that the program had nothing of ours. */
const char *recorded(struct fixture *f);
void assert_recorded(struct fixture *f, const char *rest);

/* The text of the OSC 52 in the log, with GNU screen's wrapping taken off; "" for none. */
const char *clipboard(struct fixture *f, struct vt *vt, bool is_wrapped);

#endif
