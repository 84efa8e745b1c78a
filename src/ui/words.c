/* Reading a PO catalogue and looking messages up in it. */
#include <sulan/words.h>

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/baked.h>

struct message {
	const char *id, *text;
};

struct words {
	struct message *messages; /* sorted by id */
	size_t n;
};

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct message *)a)->id, ((const struct message *)b)->id);
}

/* Appends what a quoted PO string stands for. */
static void put_quoted(struct strbuf *out, struct str quoted)
{
	quoted = str_trim(quoted);
	if (quoted.len < 2 || quoted.p[0] != '"' || quoted.p[quoted.len - 1] != '"')
		return;
	struct str rest = str_sub(quoted, 1, quoted.len - 2), plain;
	while (str_cut(&rest, '\\', &plain)) {
		strbuf_put(out, plain);
		if (rest.len == 0)
			return;
		strbuf_putc(out, rest.p[0] == 'n' ? '\n' : rest.p[0] == 't' ? '\t' : rest.p[0]);
		rest = str_from(rest, 1);
	}
}

struct reader {
	struct arena *arena;
	struct words *words;
	size_t cap;
	struct strbuf id, text, *now;
	bool is_fuzzy, was_fuzzy;
};

static void finish_message(struct reader *r)
{
	if (r->id.len && r->text.len && !r->is_fuzzy) {
		struct words *words = r->words;
		words->messages = arena_more(r->arena, words->messages, words->n, &r->cap,
					     sizeof(*words->messages));
		words->messages[words->n++] = (struct message){
			str_dup(r->arena, strbuf_str(&r->id)),
			str_dup(r->arena, strbuf_str(&r->text)),
		};
	}
	r->id = strbuf_make(r->arena);
	r->text = strbuf_make(r->arena);
	r->now = NULL;
}

const struct words *words_read(struct arena *arena, struct str po)
{
	struct reader r = {.arena = arena, .words = arena_alloc(arena, sizeof(struct words))};
	finish_message(&r);
	struct str line;
	while (str_cut(&po, '\n', &line)) {
		if (str_starts(line, "#, ")) {
			r.was_fuzzy = str_find(line, STR("fuzzy"), 0) != STR_NOT_FOUND;
		} else if (str_starts(line, "msgid ")) {
			finish_message(&r);
			r.is_fuzzy = r.was_fuzzy;
			r.was_fuzzy = false;
			r.now = &r.id;
			put_quoted(r.now, str_from(line, 6));
		} else if (str_starts(line, "msgstr ")) {
			r.now = &r.text;
			put_quoted(r.now, str_from(line, 7));
		} else if (r.now && str_starts(line, "\"")) {
			put_quoted(r.now, line);
		}
	}
	finish_message(&r);
	if (r.words->n)
		qsort(r.words->messages, r.words->n, sizeof(*r.words->messages), by_id);
	return r.words;
}

const char *words_get(const struct words *words, const char *english)
{
	if (!words || words->n == 0)
		return english;
	struct message key = {english, NULL};
	const struct message *found =
		bsearch(&key, words->messages, words->n, sizeof(*words->messages), by_id);
	return found ? found->text : english;
}

size_t words_count(const struct words *words)
{
	return words ? words->n : 0;
}

const struct words *words_for(struct arena *arena, const char *lang)
{
	bool is_chinese = strncmp(lang, "zh", 2) == 0;
	return words_read(arena, is_chinese ? baked_find("po/zh_CN.po") : (struct str){NULL, 0});
}
