/* The index's tables, what is asked of them again and again, and small help with SQLite. */
#include "index.h"

#include <errno.h>

/* Another number: another set of tables, and the old file is of no use. */
#define INDEX_VERSION 6
#define INDEX_APP     0x736c696e

#define TEXT_(number) #number
#define TEXT(number)  TEXT_(number)

/* A story's id is its day and its place in it, counted from the day's last story: descending ids
 * are the newest first, in the order of the issue. Names of sources and addresses are separated by
 * tabs, the main one first. */
static const char schema[] =
	"CREATE TABLE folder(path TEXT PRIMARY KEY, mtime INTEGER) WITHOUT ROWID;"
	"CREATE TABLE issue(id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, mtime INTEGER,"
	" size INTEGER, ino INTEGER, day INTEGER, publication TEXT, title TEXT, sum INTEGER);"
	"CREATE TABLE story(id INTEGER PRIMARY KEY, issue INTEGER NOT NULL, key TEXT, nth INTEGER,"
	" kind INTEGER, title TEXT, category TEXT, sources TEXT, urls TEXT);"
	"CREATE INDEX story_issue ON story(issue);"
	"CREATE INDEX issue_day ON issue(day);"
	"CREATE TABLE body(id INTEGER PRIMARY KEY, text TEXT, sum INTEGER);"
	"CREATE VIEW whole AS SELECT story.id AS id, title, text FROM story JOIN body USING (id);"
	"CREATE VIRTUAL TABLE full USING fts5(title, text, content='whole', content_rowid='id',"
	" tokenize='han1');"
	"CREATE TABLE gist(issue INTEGER PRIMARY KEY, words BLOB);"
	"CREATE TABLE word(text TEXT PRIMARY KEY) WITHOUT ROWID;"
	"CREATE TABLE data(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
	"PRAGMA application_id=" TEXT(
		INDEX_APP) ";"
			   "INSERT INTO full(full, rank) VALUES('hashsize', 16777216);"
			   "PRAGMA user_version=" TEXT(INDEX_VERSION) ";";

static const char *const statements[STATEMENT_COUNT] = {
	[STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
	[STATEMENT_COMMIT] = "COMMIT",
	[STATEMENT_ROLLBACK] = "ROLLBACK",
	[STATEMENT_PUT_ISSUE] =
		("INSERT INTO issue(path, mtime, size, ino, day, publication, title, sum)"
		 " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
	[STATEMENT_STAMP_ISSUE] =
		"UPDATE issue SET mtime = ?2, size = ?3, ino = ?4 WHERE path = ?1",
	[STATEMENT_PUT_STORY] =
		("INSERT INTO story(id, issue, key, nth, kind, title, category, sources,"
		 " urls) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
	[STATEMENT_PUT_BODY] = "INSERT INTO body(id, text, sum) VALUES(?1, ?2, ?3)",
	[STATEMENT_PUT_FULL] = "INSERT INTO full(rowid, title, text) VALUES(?1, ?2, ?3)",
	[STATEMENT_PUT_WORD] = "INSERT OR IGNORE INTO word(text) VALUES(?1)",
	[STATEMENT_PUT_GIST] = "INSERT INTO gist(issue, words) VALUES(?1, ?2)",
	[STATEMENT_FIND_ISSUE] = "SELECT id FROM issue WHERE path = ?1",
	[STATEMENT_GET_STAMP] = "SELECT path, mtime, size, ino FROM issue WHERE path = ?1",
	[STATEMENT_LAST_ID] = "SELECT max(id) FROM story WHERE id BETWEEN ?1 AND ?2",
	[STATEMENT_DROP_FULL] = ("INSERT INTO full(full, rowid, title, text)"
				 " SELECT 'delete', whole.id, whole.title, whole.text FROM story"
				 " JOIN whole USING (id) WHERE issue = ?1 ORDER BY story.id"),
	[STATEMENT_DROP_BODIES] =
		"DELETE FROM body WHERE id IN (SELECT id FROM story WHERE issue = ?1)",
	[STATEMENT_DROP_STORIES] = "DELETE FROM story WHERE issue = ?1",
	[STATEMENT_DROP_GIST] = "DELETE FROM gist WHERE issue = ?1",
	[STATEMENT_DROP_ISSUE] = "DELETE FROM issue WHERE id = ?1",
	[STATEMENT_GET_STORY] = ("SELECT key, nth, kind, story.title, category, sources, urls, day,"
				 " publication, issue.title, path, text, body.sum FROM story"
				 " JOIN issue ON issue.id = story.issue"
				 " JOIN body ON body.id = story.id WHERE story.id = ?1"),
	[STATEMENT_GET_TEXT] = "SELECT title, text FROM whole WHERE id = ?1",
	[STATEMENT_DATA_VERSION] = "PRAGMA data_version",
	[STATEMENT_GET_DATA] = "SELECT value FROM data WHERE name = ?1",
	[STATEMENT_PUT_DATA] = "INSERT OR REPLACE INTO data(name, value) VALUES(?1, ?2)",
};

bool index_ok(struct index *index, int result, struct error *err)
{
	int kind = result & 0xff;
	if (kind == SQLITE_OK || kind == SQLITE_ROW || kind == SQLITE_DONE)
		return true;
	if (kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB || kind == SQLITE_FORMAT ||
	    result == SQLITE_CORRUPT_VTAB)
		index->is_damaged = true;
	bool is_last = (sqlite3_errcode(index->db) & 0xff) == kind;
	/* SQLite's shared memory is a file, too. */
	bool is_full = kind == SQLITE_FULL ||
		       (kind == SQLITE_IOERR && sqlite3_system_errno(index->db) == ENOSPC);
	error_set(err, ERROR_LIBRARY,
		  is_full               ? N_("the disk is full: the index cannot grow (%s)")
		  : kind == SQLITE_BUSY ? N_("another program is writing the index (%s)")
		  : index->is_damaged   ? N_("the index is damaged (%s)")
		  : index->is_read_only ? N_("the index cannot be written here (%s)")
					: N_("the index: %s"),
		  is_last ? sqlite3_errmsg(index->db) : sqlite3_errstr(result));
	return error_at(err, index->path, 0);
}

sqlite3_stmt *index_statement(struct index *index, enum statement which)
{
	sqlite3_stmt **s = &index->statements[which];
	if (!*s)
		sqlite3_prepare_v3(index->db, statements[which], -1, SQLITE_PREPARE_PERSISTENT, s,
				   NULL);
	return *s;
}

sqlite3_stmt *index_prepare(struct index *index, const char *sql, struct error *err)
{
	sqlite3_stmt *statement = NULL;
	int result = sqlite3_prepare_v2(index->db, sql, -1, &statement, NULL);
	if (index_ok(index, result, err))
		return statement;
	return NULL;
}

bool index_run(struct index *index, sqlite3_stmt *statement, struct error *err)
{
	/* What could not be prepared says why when it is asked for. */
	int result = statement ? sqlite3_step(statement) : sqlite3_errcode(index->db);
	if (statement)
		sqlite3_reset(statement);
	if (!statement && result == SQLITE_OK)
		result = SQLITE_ERROR;
	return index_ok(index, result, err);
}

bool index_exec(struct index *index, const char *sql, struct error *err)
{
	return index_ok(index, sqlite3_exec(index->db, sql, NULL, NULL, NULL), err);
}

void index_bind(sqlite3_stmt *statement, int at, struct str text)
{
	sqlite3_bind_text64(statement, at, text.p ? text.p : "", text.len, SQLITE_STATIC,
			    SQLITE_UTF8);
}

struct str index_text(sqlite3_stmt *statement, int column)
{
	const char *text = (const char *)sqlite3_column_text(statement, column);
	return (struct str){text ? text : "", (size_t)sqlite3_column_bytes(statement, column)};
}

static long long pragma(struct index *index, const char *sql, int *result)
{
	sqlite3_stmt *statement = NULL;
	long long value = 0;
	*result = sqlite3_prepare_v2(index->db, sql, -1, &statement, NULL);
	if (*result == SQLITE_OK)
		*result = sqlite3_step(statement);
	if (*result == SQLITE_ROW)
		value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return value;
}

/* SQLITE_NOTADB for a file that is none of ours. */
int index_check_tables(struct index *index)
{
	int result;
	long long app = pragma(index, "PRAGMA application_id", &result);
	if (result != SQLITE_ROW)
		return result;
	long long version = pragma(index, "PRAGMA user_version", &result);
	if (result == SQLITE_ROW && app == INDEX_APP && version == INDEX_VERSION)
		return SQLITE_OK;
	long long n_tables = pragma(index, "SELECT count(*) FROM sqlite_master", &result);
	if (result != SQLITE_ROW)
		return result;
	if (n_tables || app)
		return SQLITE_NOTADB;
	if (index->is_read_only)
		return SQLITE_CANTOPEN;
	/* Two programs may meet here; the later finds the tables made. */
	result = sqlite3_exec(index->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	if (result != SQLITE_OK)
		return result;
	if (pragma(index, "PRAGMA user_version", &result) != INDEX_VERSION)
		result = sqlite3_exec(index->db, schema, NULL, NULL, NULL);
	if (result == SQLITE_OK || result == SQLITE_ROW)
		result = sqlite3_exec(index->db, "COMMIT", NULL, NULL, NULL);
	if (result != SQLITE_OK)
		sqlite3_exec(index->db, "ROLLBACK", NULL, NULL, NULL);
	return result;
}

const struct error *index_notice(const struct index *index)
{
	return index->has_notice ? &index->notice : NULL;
}

void index_wait(struct index *index, int ms)
{
	index->busy_ms = ms;
	sqlite3_busy_timeout(index->db, ms);
}

bool index_is_read_only(const struct index *index)
{
	return index->is_read_only;
}

bool index_is_damaged(const struct index *index)
{
	return index->is_damaged;
}

struct index_count index_count(struct index *index)
{
	int result;
	struct index_count count = {
		.n_issues = (size_t)pragma(index, "SELECT count(*) FROM issue", &result),
		.n_stories = (size_t)pragma(index, "SELECT count(*) FROM story", &result),
	};
	return count;
}
