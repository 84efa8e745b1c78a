/* layer: ui
 *
 * Keys to commands. Bindings are sequences of keys with the text of a command (":" line), by scope;
 * a count may be typed before. Defaults are written as a reader would write them and read by the
 * same parser.
 */
#ifndef SULAN_KEYMAP_H
#define SULAN_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/key.h>
#include <sulan/str.h>

struct arena;
struct error;
struct keymap;

enum scope {
	SCOPE_ALL,     /* everywhere but in prompts */
	SCOPE_LIST,    /* the list has the focus */
	SCOPE_DETAIL,  /* the story has it */
	SCOPE_OVERLAY, /* help, pickers */
	SCOPE_PROMPT,  /* a line is being typed: only keys that are no text */
	SCOPE_COUNT
};

struct binding {
	enum scope scope;
	const char *keys;    /* "gg", "<C-d>" */
	const char *command; /* "first", "tab 3" */
};

extern const struct binding binding_table[];
extern const size_t binding_count;

/* The defaults. */
struct keymap *keymap_new(void);
void keymap_free(struct keymap *keymap);

/* Binds a sequence, in place of what it was bound to; an empty command or "none" takes it away.
 * `keys` may begin with a scope's name and a space ("detail j"). False with `err` when the keys or
 * the command cannot be read. */
bool keymap_bind(struct keymap *keymap, struct str keys, struct str command, struct error *err);

const char *scope_name(enum scope scope);

/* The keys typed so far that have not made a command yet. Zero it to start. */
struct keystate {
	struct key keys[8];
	size_t n_keys;
	unsigned count; /* 0: none typed */
};

enum feed {
	FEED_NONE,    /* bound to nothing: forgotten */
	FEED_PENDING, /* part of a longer sequence, or a digit of a count */
	FEED_FOUND,
};

/* Takes one key. With FEED_FOUND, `*command` is the text of the command (owned by the keymap) and
 * `*count` the count typed before it (0: none), and the state is fresh again. `is_late` says that
 * no key came for a while: a sequence that is both bound and the start of longer ones is then taken
 * as it is. */
enum feed keymap_feed(const struct keymap *keymap, struct keystate *state, enum scope scope,
		      struct key key, const char **command, unsigned *count);
enum feed keymap_late(const struct keymap *keymap, struct keystate *state, enum scope scope,
		      const char **command, unsigned *count);

/* Walks all bindings in effect, in the order of the table, a reader's own last. False at the end.
 */
bool keymap_at(const struct keymap *keymap, size_t index, struct binding *out);

/* The keys that run this command in the scope (or everywhere), as a reader would write them, joined
 * by spaces, at most `max` of them; "" when none does. Valid until the arena goes. */
struct str keymap_keys_of(const struct keymap *keymap, struct arena *arena, enum scope scope,
			  const char *command, size_t max);

#endif
