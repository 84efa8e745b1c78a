/* From words to expressions of FTS5. An expression lets through every text that has the word, and
 * little else: the text itself decides. Within Latin words the index knows only whole ones, so what
 * begins or ends inside of one is looked for among all words there are. */
#include "terms.h"

#include <string.h>

#include <sulan/arena.h>
#include <sulan/fold.h>
#include <sulan/utf8.h>

/* With more Latin words than these a part of a word is so common that a scan finds it soon. */
#define ALTERNATIVES_MAX 48

static size_t blank_at(struct str text, size_t at)
{
	if (at < text.len && (unsigned char)text.p[at] <= ' ')
		return 1;
	return str_starts(str_from(text, at), "\u3000") ? 3 : 0;
}

static void add_term(struct arena *arena, struct terms *terms, struct term term)
{
	if (term.typed.len == 0)
		return;
	terms->items =
		arena_more(arena, terms->items, terms->n, &terms->cap, sizeof(*terms->items));
	terms->items[terms->n++] = term;
}

struct terms terms_parse(struct arena *arena, struct str text)
{
	struct terms terms = {0};
	for (size_t at = 0; at < text.len;) {
		size_t blank = blank_at(text, at), end;
		struct term term = {0};
		if (blank) {
			at += blank;
			continue;
		}
		if (text.p[at] == '-' && at + 1 < text.len && !blank_at(text, at + 1)) {
			term.is_negated = true;
			at++;
		}
		if (text.p[at] == '"') {
			end = str_find(text, STR("\""), ++at);
			term.is_quoted = true;
		} else {
			for (end = at; end < text.len && !blank_at(text, end);)
				end++;
		}
		end = end == STR_NOT_FOUND ? text.len : end;
		term.typed = fold_text(arena, str_sub(text, at, end - at));
		if (term.is_quoted)
			term.typed = str_trim(term.typed);
		add_term(arena, &terms, term);
		at = end + term.is_quoted;
	}
	return terms;
}

struct asking {
	struct index *index;
	struct arena *arena;
	struct str typed;
	struct strbuf ask, phrase;
	struct error *err;
	bool is_failed, is_nowhere;
};

/* What goes on inside a phrase ends; what stands on both sides of it must be there. */
static void end_phrase(struct asking *a)
{
	if (a->phrase.len == 0)
		return;
	if (a->ask.len)
		strbuf_puts(&a->ask, " AND ");
	strbuf_printf(&a->ask, "\"%.*s\"", (int)a->phrase.len, a->phrase.p);
	a->phrase.len = 0;
}

static void put_phrase(struct asking *a, struct str token)
{
	if (a->phrase.len)
		strbuf_putc(&a->phrase, ' ');
	strbuf_put(&a->phrase, token);
}

/* The words that have `part` in them: at their end, at their start or anywhere, as its place in
 * what was typed leaves open. */
static void put_alternatives(struct asking *a, struct str part, bool is_open_before,
			     bool is_open_behind)
{
	const char *sql =
		is_open_before && is_open_behind
			? "SELECT text FROM word WHERE instr(text, ?1) LIMIT ?2"
		: is_open_before
			? "SELECT text FROM word WHERE substr(text, -length(?1)) = ?1 LIMIT ?2"
			: "SELECT text FROM word WHERE text >= ?1 AND text < ?1 ||"
			  " char(1114111) LIMIT ?2";
	sqlite3_stmt *s = index_prepare(a->index, sql, a->err);
	struct strbuf any = strbuf_make(a->arena);
	int result, n = 0;
	if (!s) {
		a->is_failed = true;
		return;
	}
	index_bind(s, 1, part);
	sqlite3_bind_int(s, 2, ALTERNATIVES_MAX + 1);
	for (; (result = sqlite3_step(s)) == SQLITE_ROW; n++) {
		struct str word = index_text(s, 0);
		strbuf_printf(&any, "%s\"%.*s\"", n ? " OR " : "", (int)word.len, word.p);
	}
	a->is_failed |= !index_ok(a->index, result, a->err);
	sqlite3_finalize(s);
	a->is_nowhere |= n == 0;
	if (n == 0 || n > ALTERNATIVES_MAX)
		return;
	end_phrase(a);
	if (a->ask.len)
		strbuf_puts(&a->ask, " AND ");
	strbuf_printf(&a->ask, "(%s)", strbuf_str(&any).p);
}

static bool put_token(void *self, enum token kind, struct str token, size_t at)
{
	struct asking *a = self;
	if (kind == TOKEN_END) {
		end_phrase(a);
		return true;
	}
	bool is_open_before = at == 0, is_open_behind = at + token.len == a->typed.len;
	if (kind == TOKEN_WORD && (is_open_before || is_open_behind)) {
		end_phrase(a);
		put_alternatives(a, token, is_open_before, is_open_behind);
	} else {
		put_phrase(a, token);
	}
	return !a->is_failed;
}

bool terms_ask(struct index *index, struct arena *arena, struct term *term, struct error *err)
{
	struct asking a = {.index = index,
			   .arena = arena,
			   .typed = term->typed,
			   .ask = strbuf_make(arena),
			   .phrase = strbuf_make(arena),
			   .err = err};
	tokens_cut(term->typed, put_token, &a);
	end_phrase(&a);
	term->ask = strbuf_str(&a.ask);
	term->is_nowhere = a.is_nowhere;
	return !a.is_failed;
}

struct str terms_phrase(struct arena *arena, struct str word)
{
	struct strbuf buf = strbuf_make(arena);
	uint32_t cp;
	strbuf_putc(&buf, '"');
	for (size_t at = 0, len; at < word.len; at += len) {
		len = utf8_next(word, at, &cp);
		if (at)
			strbuf_putc(&buf, ' ');
		strbuf_put(&buf, str_sub(word, at, len));
	}
	strbuf_putc(&buf, '"');
	return strbuf_str(&buf);
}
