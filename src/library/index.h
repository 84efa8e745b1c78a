/* What the files of the index share. */
#ifndef INDEX_H
#define INDEX_H

#include <sqlite3.h>
#include <sys/types.h>

#include <sulan/error.h>
#include <sulan/index.h>
#include <sulan/lookup.h>

struct gister;
struct gists;
struct issue;
struct pairs;
struct titles;

/* Prepared once, at first use. */
enum statement {
	STATEMENT_BEGIN,
	STATEMENT_COMMIT,
	STATEMENT_ROLLBACK,
	STATEMENT_PUT_ISSUE,
	STATEMENT_STAMP_ISSUE,
	STATEMENT_PUT_STORY,
	STATEMENT_PUT_BODY,
	STATEMENT_PUT_FULL,
	STATEMENT_PUT_WORD,
	STATEMENT_PUT_GIST,
	STATEMENT_FIND_ISSUE,
	STATEMENT_GET_STAMP,
	STATEMENT_LAST_ID,
	STATEMENT_DROP_FULL,
	STATEMENT_DROP_BODIES,
	STATEMENT_DROP_STORIES,
	STATEMENT_DROP_GIST,
	STATEMENT_DROP_ISSUE,
	STATEMENT_GET_STORY,
	STATEMENT_GET_TEXT,
	STATEMENT_DATA_VERSION,
	STATEMENT_GET_DATA,
	STATEMENT_PUT_DATA,
	STATEMENT_COUNT
};

/* A story's id: its day above these bits. */
#define INDEX_DAY_SHIFT 20

struct index {
	char *path;
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENT_COUNT];
	bool is_read_only, is_damaged, has_notice;
	bool is_dropping; /* texts are cut into tokens in order to take them out */
	struct error notice;
	int busy_ms;
	ino_t file;                /* that was opened */
	struct arena *words_arena; /* Latin words met while texts are put in */
	struct str *words; /* hash table of them; all that were ever put in by this program */
	size_t n_words, cap_words;
	size_t n_words_kept; /* of word_list, in the database */
	struct str *word_list;
	size_t cap_word_list;
	struct pairs *pairs;   /* counted since the last time they were kept */
	struct titles *titles; /* of all stories, for pinyin; NULL until asked for */
	struct gister *gister;
	struct gists *gists; /* likewise, for what is related */
};

/* index.c: false with `err` after a result that is none of OK, ROW, DONE; notes damage. */
bool index_ok(struct index *index, int result, struct error *err);
/* Makes the tables in an empty file; SQLITE_NOTADB for a file that is none of ours. */
int index_check_tables(struct index *index);
sqlite3_stmt *index_statement(struct index *index, enum statement which);
/* A statement of its own, to be finalized by the caller; NULL with `err`. */
sqlite3_stmt *index_prepare(struct index *index, const char *sql, struct error *err);
/* Runs a prepared statement that gives no rows and resets it. */
bool index_run(struct index *index, sqlite3_stmt *statement, struct error *err);
bool index_exec(struct index *index, const char *sql, struct error *err);
void index_bind(sqlite3_stmt *statement, int at, struct str text);
/* Valid until the statement's next step. */
struct str index_text(sqlite3_stmt *statement, int column);

/* folders.c: the outside of a file or folder; false when it is not there. */
struct file_stamp {
	long long mtime_ns, size, ino;
	long long sum; /* of the bytes that were read; 0: none were */
};
bool stamp_file(struct str path, struct file_stamp *stamp);
/* From a folder that is open. */
bool stamp_file_at(int folder, const char *path, struct file_stamp *stamp);
/* Whether it may change again without another stamp. */
bool stamp_is_dirty(const struct file_stamp *stamp, long long now_ns);
/* Whether something lies in a folder, however deep. */
bool path_is_below(struct str path, struct str folder);
/* Remembers the folders' own stamps, for index_is_fresh. */
bool folders_keep(struct index *index, const struct str *folders, size_t n, long long now_ns,
		  struct error *err);

/* rows.c: an issue of file `path` into the tables, in place of what the file held before. */
bool rows_put(struct index *index, struct str path, const struct file_stamp *stamp,
	      const struct issue *issue, struct error *err);
/* The same bytes under another stamp. */
bool rows_stamp(struct index *index, struct str path, const struct file_stamp *stamp,
		struct error *err);
/* Takes a file's stories out. */
bool rows_drop(struct index *index, struct str path, struct error *err);
/* Goes on adding up bytes; begun with STR_HASH_SEED. */
unsigned long long index_sum(unsigned long long sum, struct str text);
/* What a story's title and text add up to: a disk that changes a bit in them says nothing. */
long long rows_sum(struct str title, struct str text);
/* The first of several names or addresses in one column. */
struct str rows_first(struct str joined);
/* The words met since the last time, into their table. */
bool rows_keep_words(struct index *index, struct error *err);

/* lookup.c: a row of STATEMENT_GET_STORY, copied. */
struct found found_of(struct arena *arena, sqlite3_stmt *row);

/* tokenizer.c: registers `han1` with the database. Words of documents go to index_met_word. */
int tokenizer_register(struct index *index);
void index_met_word(struct index *index, struct str word);

/* Cuts a folded text into tokens; false when `take` said so. A Han or kana character is one, a run
 * of letters and digits is one, and so is the end of a sentence. */
enum token { TOKEN_SIGN, TOKEN_WORD, TOKEN_END };
#define TOKEN_END_TEXT "."
typedef bool token_taker(void *self, enum token kind, struct str token, size_t at);
bool tokens_cut(struct str folded, token_taker *take, void *self);

/* pairs.c: neighbouring Han characters and how often they stand together. */
void pairs_count(struct index *index, struct str folded);
bool pairs_keep(struct index *index, struct error *err);
void pairs_free(struct pairs *pairs);

#endif
