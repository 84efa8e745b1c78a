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

/* Every start reads the catalogue: what it says goes one behind the other into room for all of it,
 * as nothing is longer than it is written. */
struct reader {
	struct arena *arena;
	struct words *words;
	size_t cap;
	char *end;       /* of what was put there so far */
	char *id, *text; /* of the message that is being read; NULL before they come */
	bool is_fuzzy, was_fuzzy;
};

/* Appends what a quoted PO string stands for. */
static void put_quoted(struct reader *r, struct str quoted)
{
	const char *p = memchr(quoted.p, '"', quoted.len);
	const char *end = memrchr(quoted.p, '"', quoted.len);
	p = p ? p + 1 : end;
	while (p < end) {
		const char *escape = memchr(p, '\\', (size_t)(end - p));
		size_t len = (size_t)((escape ? escape : end) - p);
		r->end = mempcpy(r->end, p, len);
		p += len;
		if (escape && p + 1 < end)
			*r->end++ = (char)(p[1] == 'n' ? '\n' : p[1] == 't' ? '\t' : p[1]);
		p += escape ? 2 : 0;
	}
}

static void finish_message(struct reader *r)
{
	*r->end++ = '\0';
	if (r->id && r->text && *r->id && *r->text && !r->is_fuzzy) {
		struct words *words = r->words;
		words->messages = arena_more(r->arena, words->messages, words->n, &r->cap,
					     sizeof(*words->messages));
		words->messages[words->n++] = (struct message){r->id, r->text};
	}
	r->id = r->text = NULL;
}

const struct words *words_read(struct arena *arena, struct str po)
{
	struct reader r = {.arena = arena, .words = arena_alloc(arena, sizeof(struct words))};
	struct str line;
	r.end = arena_alloc(arena, po.len + 2);
	while (str_cut(&po, '\n', &line)) {
		if (line.len && line.p[0] == '#') {
			r.was_fuzzy |= str_starts(line, "#, ") &&
				       str_find(line, STR("fuzzy"), 0) != STR_NOT_FOUND;
		} else if (r.id && line.len && line.p[0] == '"') {
			put_quoted(&r, line);
		} else if (str_starts(line, "msgid ")) {
			finish_message(&r);
			r.is_fuzzy = r.was_fuzzy;
			r.was_fuzzy = false;
			r.id = r.end;
			put_quoted(&r, str_from(line, 6));
		} else if (str_starts(line, "msgstr ")) {
			*r.end++ = '\0';
			r.text = r.end;
			put_quoted(&r, str_from(line, 7));
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
