/* The tokenizer `han1` of the full-text index: each Han or kana character is a token, so that words
 * of any length are phrases and nothing has to be segmented; runs of letters and digits are words.
 * Texts are folded here, and a sentence's end is a token of its own, so that no phrase goes across
 * it. */
#include "index.h"

#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/fold.h>
#include <sulan/utf8.h>

struct tokenizer {
	struct index *index;
	struct arena *arena; /* of one text */
};

static bool is_sign(uint32_t cp)
{
	return cp >= 0x3040 && codepoint_is_cjk(cp);
}

static bool is_end(uint32_t cp)
{
	return cp == '\n' || cp == '!' || cp == '?' || cp == ';' || cp == 0x3002;
}

static bool is_of_word(uint32_t cp)
{
	return cp < 0x80 ? cp - '0' < 10 || (cp | 32) - 'a' < 26
			 : !is_sign(cp) && codepoint_is_word(cp) && !codepoint_is_cjk(cp);
}

bool tokens_cut(struct str text, token_taker *take, void *self)
{
	size_t word = 0, word_len = 0;
	for (size_t at = 0, len; at < text.len; at += len) {
		uint32_t cp;
		len = utf8_next(text, at, &cp);
		if (is_of_word(cp)) {
			word = word_len ? word : at;
			word_len = at + len - word;
			continue;
		}
		if (word_len && !take(self, TOKEN_WORD, str_sub(text, word, word_len), word))
			return false;
		word_len = 0;
		if (is_sign(cp) && !take(self, TOKEN_SIGN, str_sub(text, at, len), at))
			return false;
		if (is_end(cp) && !take(self, TOKEN_END, STR(TOKEN_END_TEXT), at))
			return false;
	}
	return !word_len || take(self, TOKEN_WORD, str_sub(text, word, word_len), word);
}

struct call {
	struct index *index; /* NULL: no document */
	void *context;
	int (*put)(void *, int, const char *, int, int, int);
	int result;
};

static bool put_token(void *self, enum token kind, struct str token, size_t at)
{
	struct call *call = self;
	if (call->index && kind == TOKEN_WORD)
		index_met_word(call->index, token);
	call->result = call->put(call->context, 0, token.p, (int)token.len, (int)at,
				 (int)(at + token.len));
	return call->result == SQLITE_OK;
}

static int tokenize(Fts5Tokenizer *self, void *context, int flags, const char *text, int len,
		    int (*put)(void *, int, const char *, int, int, int))
{
	struct tokenizer *t = (struct tokenizer *)self;
	struct str folded = fold_text(t->arena, (struct str){text, (size_t)(len > 0 ? len : 0)});
	bool is_new = flags == FTS5_TOKENIZE_DOCUMENT && !t->index->is_dropping;
	struct call call = {is_new ? t->index : NULL, context, put, SQLITE_OK};
	if (is_new)
		pairs_count(t->index, folded);
	tokens_cut(folded, put_token, &call);
	arena_reset(t->arena);
	return call.result;
}

static int create(void *self, const char **args, int n_args, Fts5Tokenizer **out)
{
	struct tokenizer *t = mem_new(sizeof(*t));
	(void)args;
	(void)n_args;
	t->index = self;
	t->arena = arena_new();
	*out = (Fts5Tokenizer *)t;
	return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *self)
{
	arena_free(((struct tokenizer *)self)->arena);
	free(self);
}

/* The way to the extension's functions that its documentation gives. */
static fts5_api *find_api(sqlite3 *db)
{
	fts5_api *api = NULL;
	sqlite3_stmt *statement = NULL;
	if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL) != SQLITE_OK)
		return NULL;
	sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
	sqlite3_step(statement);
	sqlite3_finalize(statement);
	return api;
}

int tokenizer_register(struct index *index)
{
	static const fts5_tokenizer functions = {create, destroy, tokenize};
	fts5_api *api = find_api(index->db);
	fts5_tokenizer copy = functions;
	return api ? api->xCreateTokenizer(api, "han1", index, &copy, NULL) : SQLITE_ERROR;
}
