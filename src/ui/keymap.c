/* Bindings in effect, and feeding keys to them. */
#include <sulan/keymap.h>

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/command.h>
#include <sulan/error.h>

#define SEQUENCE_MAX 8

struct entry {
	enum scope scope;
	struct key keys[SEQUENCE_MAX];
	size_t n_keys;
	const char *written, *command;
};

struct keymap {
	struct arena *arena;
	struct entry *entries;
	/* Of each entry its first key as a number: all are gone through for each key pressed, and
	 * the entries themselves are large. */
	uint32_t *firsts;
	size_t n, cap, firsts_cap;
};

static uint32_t key_number(struct key key)
{
	return key.code | (uint32_t)key.mods << 24;
}

const char *scope_name(enum scope scope)
{
	static const char *const names[] = {"all", "list", "detail", "overlay", "prompt"};
	_Static_assert(sizeof(names) / sizeof(*names) == SCOPE_COUNT, "a name for each scope");
	return names[scope];
}

static bool parse_keys(struct str text, struct entry *entry)
{
	entry->n_keys = 0;
	while (text.len) {
		if (entry->n_keys == SEQUENCE_MAX)
			return false;
		size_t len = key_parse(text, &entry->keys[entry->n_keys]);
		if (len == 0)
			return false;
		entry->n_keys++;
		text = str_from(text, len);
	}
	return entry->n_keys > 0;
}

static bool starts_with(const struct entry *entry, const struct key *keys, size_t n)
{
	if (entry->n_keys < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!key_eq(entry->keys[i], keys[i]))
			return false;
	return true;
}

static void put(struct keymap *keymap, const struct entry *entry)
{
	for (size_t i = 0; i < keymap->n; i++) {
		struct entry *old = &keymap->entries[i];
		if (old->scope == entry->scope && old->n_keys == entry->n_keys &&
		    starts_with(old, entry->keys, entry->n_keys)) {
			*old = *entry;
			return;
		}
	}
	keymap->entries = arena_more(keymap->arena, keymap->entries, keymap->n, &keymap->cap,
				     sizeof(*keymap->entries));
	keymap->firsts = arena_more(keymap->arena, keymap->firsts, keymap->n, &keymap->firsts_cap,
				    sizeof(*keymap->firsts));
	keymap->firsts[keymap->n] = key_number(entry->keys[0]);
	keymap->entries[keymap->n++] = *entry;
}

struct keymap *keymap_new(void)
{
	struct keymap *keymap = mem_new(sizeof(*keymap));
	keymap->arena = arena_new();
	for (size_t i = 0; i < binding_count; i++) {
		const struct binding *binding = &binding_table[i];
		struct entry entry = {.scope = binding->scope,
				      .written = binding->keys,
				      .command = binding->command};
		bool is_read = parse_keys(str_of(binding->keys), &entry);
		assert(is_read);
		(void)is_read;
		put(keymap, &entry);
	}
	return keymap;
}

void keymap_free(struct keymap *keymap)
{
	if (!keymap)
		return;
	arena_free(keymap->arena);
	free(keymap);
}

/* Takes a scope's name and a space off the front; bindings without one hold everywhere. */
static enum scope take_scope(struct str *keys)
{
	for (enum scope scope = SCOPE_ALL; scope < SCOPE_COUNT; scope++) {
		size_t len = strlen(scope_name(scope));
		if (str_starts(*keys, scope_name(scope)) && keys->len > len &&
		    keys->p[len] == ' ') {
			*keys = str_trim(str_from(*keys, len));
			return scope;
		}
	}
	return SCOPE_ALL;
}

/* A reader's binding for everywhere goes before the defaults of single scopes. */
static void clear_scopes(struct keymap *keymap, const struct entry *entry)
{
	for (size_t i = 0; i < keymap->n; i++) {
		struct entry *old = &keymap->entries[i];
		if (old->scope != SCOPE_PROMPT && old->n_keys == entry->n_keys &&
		    starts_with(old, entry->keys, entry->n_keys))
			old->n_keys = 0;
	}
}

bool keymap_bind(struct keymap *keymap, struct str keys, struct str command, struct error *err)
{
	struct entry entry = {0};
	struct str arg, left = str_trim(keys);
	entry.scope = take_scope(&left);
	command = str_trim(command);
	if (!parse_keys(left, &entry))
		return error_set(err, ERROR_CONFIG,
				 N_("“%s” is no key; “sulan keys” shows how keys are written"),
				 str_dup(keymap->arena, keys));
	bool is_none = command.len == 0 || str_is(command, "none");
	if (!is_none && !command_find(command, &arg, err)) {
		if (err)
			err->code = ERROR_CONFIG;
		return false;
	}
	entry.written = str_dup(keymap->arena, left);
	entry.command = str_dup(keymap->arena, command);
	if (entry.scope == SCOPE_ALL)
		clear_scopes(keymap, &entry);
	if (is_none)
		entry.command = NULL;
	put(keymap, &entry);
	return true;
}

/* The entry of exactly these keys in the scope, else everywhere; whether longer ones begin so. */
static const struct entry *look_up(const struct keymap *keymap, enum scope scope,
				   const struct key *keys, size_t n, bool *is_prefix)
{
	const struct entry *found = NULL;
	const uint32_t first = key_number(keys[0]);
	*is_prefix = false;
	for (size_t i = 0; i < keymap->n; i++) {
		const struct entry *entry = &keymap->entries[i];
		if (keymap->firsts[i] != first)
			continue;
		bool is_here = entry->scope == scope ||
			       (entry->scope == SCOPE_ALL && scope != SCOPE_PROMPT);
		if (!is_here || !starts_with(entry, keys, n))
			continue;
		if (entry->n_keys > n)
			*is_prefix |= entry->command != NULL;
		else if (!found || entry->scope == scope)
			found = entry;
	}
	return found && found->command ? found : NULL;
}

static enum feed finish(struct keystate *state, const struct entry *entry, const char **command,
			unsigned *count)
{
	*count = state->count;
	*state = (struct keystate){0};
	if (!entry)
		return FEED_NONE;
	*command = entry->command;
	return FEED_FOUND;
}

enum feed keymap_feed(const struct keymap *keymap, struct keystate *state, enum scope scope,
		      struct key key, const char **command, unsigned *count)
{
	bool is_digit = key.mods == 0 && key.code >= '0' && key.code <= '9';
	if (scope != SCOPE_PROMPT && state->n_keys == 0 && is_digit &&
	    (key.code != '0' || state->count)) {
		if (state->count < 100000)
			state->count = state->count * 10 + (key.code - '0');
		return FEED_PENDING;
	}
	if (state->n_keys == SEQUENCE_MAX)
		return finish(state, NULL, command, count);
	state->keys[state->n_keys++] = key;
	bool is_prefix;
	const struct entry *entry = look_up(keymap, scope, state->keys, state->n_keys, &is_prefix);
	if (is_prefix)
		return FEED_PENDING;
	return finish(state, entry, command, count);
}

enum feed keymap_late(const struct keymap *keymap, struct keystate *state, enum scope scope,
		      const char **command, unsigned *count)
{
	bool is_prefix;
	if (state->n_keys == 0)
		return FEED_PENDING;
	const struct entry *entry = look_up(keymap, scope, state->keys, state->n_keys, &is_prefix);
	if (!entry)
		return FEED_PENDING;
	return finish(state, entry, command, count);
}

bool keymap_at(const struct keymap *keymap, size_t index, struct binding *out)
{
	for (size_t i = 0; i < keymap->n; i++) {
		const struct entry *entry = &keymap->entries[i];
		if (!entry->command || entry->n_keys == 0)
			continue;
		if (index-- == 0) {
			*out = (struct binding){entry->scope, entry->written, entry->command};
			return true;
		}
	}
	return false;
}

struct str keymap_keys_of(const struct keymap *keymap, struct arena *arena, enum scope scope,
			  const char *command, size_t max)
{
	struct strbuf out = strbuf_make(arena);
	for (size_t i = 0, n = 0; i < keymap->n && n < max; i++) {
		const struct entry *entry = &keymap->entries[i];
		if (!entry->command || entry->n_keys == 0 || strcmp(entry->command, command) != 0)
			continue;
		if (entry->scope != scope && entry->scope != SCOPE_ALL)
			continue;
		if (n++)
			strbuf_putc(&out, ' ');
		strbuf_puts(&out, entry->written);
	}
	return strbuf_str(&out);
}
