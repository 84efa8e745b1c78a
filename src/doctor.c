/* sulan doctor: what works here, what does not, and what to do about it. */
#include "doctor.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/checkup.h>
#include <sulan/index.h>
#include <sulan/words.h>

#include "looks.h"
#include "modes.h"
#include "setup.h"
#include "state.h"

enum { NAME_COLS = 12, STATUS_COLS = 8 };

static void put(const struct doctor *doctor, const char *text)
{
	const struct text_policy policy = TEXT_POLICY_DEFAULT;
	struct arena *arena = doctor->world->arena;
	struct str shown = doctor->is_ascii ? text_ascii(arena, str_of(text), &policy)
					    : text_show(arena, str_of(text), &policy);
	printf("%.*s", (int)shown.len, shown.p);
}

static void put_padded(const struct doctor *doctor, const char *english, size_t cols)
{
	struct text_policy policy = TEXT_POLICY_DEFAULT;
	const char *text = world_word(doctor->world, english);
	size_t used = text_cols(str_of(text), &policy);
	put(doctor, text);
	printf("%*s", (int)(used < cols ? cols - used : 1), "");
}

void doctor_say(struct doctor *doctor, enum finding finding, const char *name, const char *text,
		const char *advice)
{
	static const char *const words[] = {N_("ok"), N_("note"), N_("problem")};
	put_padded(doctor, words[finding], STATUS_COLS);
	put_padded(doctor, name, NAME_COLS);
	put(doctor, text);
	putchar('\n');
	if (advice) {
		printf("%*s", STATUS_COLS + NAME_COLS, "");
		put(doctor, "→ ");
		put(doctor, world_word(doctor->world, advice));
		putchar('\n');
	}
	doctor->is_unwell |= finding == FINDING_PROBLEM;
}

void doctor_say_error(struct doctor *doctor, const char *name, const struct error *err,
		      const char *advice)
{
	char text[1024];
	error_text(err, world_word(doctor->world, err->what), text, sizeof(text));
	doctor_say(doctor, FINDING_PROBLEM, name, text, advice);
}

static void look_at_locale(struct doctor *d)
{
	const char *name = N_("locale"), *locale = setlocale(LC_CTYPE, "");
	struct arena *arena = d->world->arena;
	if (!locale) {
		doctor_say(d, FINDING_PROBLEM, name,
			   world_word(d->world, N_("the one that is set is not installed here")),
			   N_("UTF-8 is used all the same; LC_ALL=C.UTF-8 is always there"));
	} else if (strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0) {
		doctor_say(d, FINDING_NOTE, name,
			   world_word(d->world, N_("none is set, UTF-8 is taken")),
			   N_("LC_ALL=C.UTF-8 tells other programs as well"));
	} else {
		bool is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
		doctor_say(d, is_utf8 ? FINDING_OK : FINDING_PROBLEM, name,
			   arena_printf(arena, "%s, %s", locale, nl_langinfo(CODESET)),
			   is_utf8 ? NULL
				   : N_("what that charset lacks cannot be shown; take "
					"LC_ALL=C.UTF-8 and a terminal set to UTF-8"));
	}
	world_set_locale();
}

static void look_at_widths(struct doctor *d, const struct checkup *c)
{
	const struct world *world = d->world;
	int wished = world->config->options.ambiguous;
	struct text_policy policy = looks_policy(world);
	const char *text;
	if (!c->has_answered) {
		text = arena_printf(world->arena,
				    world_word(world, N_("the terminal does not tell; “ is taken "
							 "for %d columns")),
				    policy.ambiguous);
		doctor_say(d, FINDING_NOTE, N_("widths"), text,
			   N_("if what stands behind “ is shifted: ambiguous = 2"));
		return;
	}
	if (c->found.is_ascii) { /* said there, where nothing else can be read */
		doctor_say(d, FINDING_PROBLEM, "charset",
			   "the terminal reads no UTF-8: only ASCII is shown",
			   "start it with UTF-8: LC_ALL=C.UTF-8 xterm, screen -U");
		return;
	}
	text = arena_printf(
		world->arena,
		world_word(world, N_("the terminal gives “ %d columns and ❤️ %d")),
		c->found.ambiguous, c->found.pictures);
	bool is_other = wished && c->found.ambiguous && wished != c->found.ambiguous;
	doctor_say(d, is_other ? FINDING_PROBLEM : FINDING_OK, N_("widths"), text,
		   is_other ? N_("the configuration says otherwise: ambiguous = auto") : NULL);
}

static void look_at_terminal(struct doctor *d, const struct checkup *c)
{
	static const char *const depths[] = {
		[DEPTH_MONO] = N_("none"),         [DEPTH_8] = N_("8 colours"),
		[DEPTH_16] = N_("16 colours"),     [DEPTH_256] = N_("256 colours"),
		[DEPTH_TRUE] = N_("true colours"),
	};
	const struct world *world = d->world;
	const char *type = *d->term.term ? d->term.term : "-";
	if (!c->is_known || !c->has_screen) {
		doctor_say(d, FINDING_PROBLEM, N_("terminal"),
			   arena_printf(world->arena,
					world_word(world, N_("type %s cannot be drawn on")), type),
			   N_("TERM=xterm-256color suits most; sulan print needs no terminal"));
		return;
	}
	if (c->is_terminal)
		doctor_say(d, FINDING_OK, N_("terminal"),
			   arena_printf(world->arena, "%s, %d x %d", type, c->cols, c->rows), NULL);
	else
		doctor_say(d, FINDING_NOTE, N_("terminal"),
			   arena_printf(world->arena,
					world_word(world, N_("%s, but this goes elsewhere: "
							     "nothing was asked of it")),
					type),
			   NULL);
	doctor_say(d, FINDING_OK, N_("colours"), world_word(world, depths[c->depth]), NULL);
	look_at_widths(d, c);
}

static void look_at_clipboard(struct doctor *d, const struct checkup *c)
{
	const char *name = N_("clipboard");
	const struct world *world = d->world;
	if (*d->term.tmux && strcmp(c->tmux_clipboard, "off") == 0)
		doctor_say(
			d, FINDING_PROBLEM, name,
			world_word(world, N_("tmux keeps it from the terminal: set-clipboard off")),
			N_("in ~/.tmux.conf: set -s set-clipboard external"));
	else if (*d->term.tmux)
		doctor_say(d, FINDING_OK, name,
			   arena_printf(world->arena,
					world_word(world, N_("by tmux load-buffer -w; "
							     "set-clipboard %s")),
					*c->tmux_clipboard ? c->tmux_clipboard : "?"),
			   N_("in a tmux within another, set-clipboard on in the outer one"));
	else if (strcmp(d->term.term, "linux") == 0)
		doctor_say(d, FINDING_NOTE, name,
			   world_word(world, N_("the Linux console has none")),
			   N_("o shows the address, Q its QR code"));
	else
		doctor_say(d, FINDING_OK, name,
			   world_word(world, *d->term.sty
						     ? N_("by OSC 52 through GNU screen; no "
							  "terminal says whether it takes it")
						     : N_("by OSC 52; no terminal says whether "
							  "it takes it")),
			   N_("if nothing arrives, allow it in the terminal's settings, or use Q"));
	bool has_links = c->is_like_xterm || *d->term.tmux || *d->term.sty;
	doctor_say(d, has_links ? FINDING_OK : FINDING_NOTE, N_("link lines"),
		   world_word(world, has_links ? N_("by OSC 8, as one line to click or select")
					       : N_("as plain text: this type knows no OSC 8")),
		   NULL);
}

static void say_line(struct doctor *d, const struct error *err)
{
	doctor_say_error(d, N_("settings"), err, N_("that line is passed over; man 5 sulan"));
}

static void look_at_config(struct doctor *d)
{
	const char *path = d->world->config_path;
	const struct error *faults;
	size_t n = setup_faults(d->world, &faults);
	for (size_t i = 0; i < n; i++)
		say_line(d, &faults[i]);
	if (n == 0)
		doctor_say(d, FINDING_OK, N_("settings"),
			   path ? path
				: world_word(d->world, N_("none, everything at its standard")),
			   NULL);
}

static void look_at_state(struct doctor *d)
{
	const struct world *world = d->world;
	struct state state;
	struct error err;
	if (!world->data_dir) {
		doctor_say(d, FINDING_NOTE, N_("marks"),
			   world_word(world, N_("kept for one run only")), NULL);
		return;
	}
	state_open(&state, world, &err);
	bool is_there = access(world->data_dir, F_OK) == 0;
	if (err.code)
		doctor_say_error(
			d, N_("marks"), &err,
			N_("what could be read is used; sulan sync can bring the rest back"));
	else if (is_there && access(world->data_dir, W_OK | X_OK) != 0)
		doctor_say(d, FINDING_PROBLEM, N_("marks"),
			   arena_printf(world->arena, "%s: %s", world->data_dir, strerror(errno)),
			   N_("reading goes on, but nothing will be remembered"));
	else
		doctor_say(d, FINDING_OK, N_("marks"), world->data_dir, NULL);
	d->is_library_unwell |= err.code != ERROR_NONE;
	state_close(&state, false);
}

/* Looked at only where it is: looking would make it. */
static void look_at_index(struct doctor *d)
{
	const struct world *world = d->world;
	struct error err = {0};
	if (access(world->index_path, F_OK) != 0) {
		doctor_say(d, FINDING_NOTE, N_("index"), world_word(world, N_("none yet")),
			   N_("sulan import FOLDER makes it; sulan search needs it"));
		return;
	}
	struct index *index = index_open(world->index_path, &err);
	struct index_count count = {0};
	if (index) {
		count = index_count(index);
		if (index_notice(index))
			err = *index_notice(index);
	}
	bool is_bad = !index || index_is_damaged(index) || err.code;
	if (err.code)
		doctor_say_error(d, N_("index"), &err, N_("sulan import FOLDER makes it anew"));
	else
		doctor_say(d, is_bad ? FINDING_PROBLEM : FINDING_OK, N_("index"),
			   arena_printf(world->arena,
					world_word(world, N_("%zu issues, %zu stories in %s")),
					count.n_issues, count.n_stories, world->index_path),
			   is_bad ? N_("sulan import FOLDER makes it anew") : NULL);
	d->is_library_unwell |= is_bad;
	if (index)
		index_close(index);
}

int mode_doctor(const struct world *world)
{
	struct world plain = *world;
	struct doctor d = {.world = world, .term = looks_term_opts(world)};
	if (world->args->n_paths) {
		for (int i = 0; i < world->args->n_paths; i++)
			doctor_address(&d, world->args->paths[i]);
		return d.is_unwell ? EXIT_NOTHING : EXIT_DONE;
	}
	struct checkup checkup = checkup_make(&d.term, world->arena);
	if (checkup.found.is_ascii) {
		plain.words = NULL;
		d.world = &plain;
		d.is_ascii = true;
	}
	look_at_locale(&d);
	look_at_terminal(&d, &checkup);
	look_at_clipboard(&d, &checkup);
	doctor_links(&d);
	look_at_config(&d);
	look_at_state(&d);
	look_at_index(&d);
	return d.is_library_unwell ? EXIT_LIBRARY : d.is_unwell ? EXIT_NOTHING : EXIT_DONE;
}
