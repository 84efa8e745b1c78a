/* The index's file: opening it, making it, setting it aside when it is damaged, noticing that it is
 * no longer there. */
#include "index.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <sulan/arena.h>

#include "gist.h"
#include "titles.h"

#define BUSY_MS 5000

static void close_db(struct index *index)
{
	for (int i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize(index->statements[i]);
	memset(index->statements, 0, sizeof(index->statements));
	sqlite3_close_v2(index->db);
	index->db = NULL;
	titles_free(index->titles);
	index->titles = NULL;
	gists_free(index->gists);
	index->gists = NULL;
}

static bool is_in_memory(const struct index *index)
{
	return strcmp(index->path, ":memory:") == 0;
}

/* Programs that make the file, open it or set it aside take turns. A descriptor to be closed, or -1
 * where that is not to be had; one that was stopped in the middle of its turn does not stop the
 * others for ever. */
static int take_turn(const struct index *index)
{
	const struct timespec pause = {.tv_nsec = 5000000};
	const char *slash = strrchr(index->path, '/');
	char *dir = !slash ? sqlite3_mprintf(".")
		    : slash == index->path
			    ? sqlite3_mprintf("/")
			    : sqlite3_mprintf("%.*s", (int)(slash - index->path), index->path);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	sqlite3_free(dir);
	for (int i = 0; fd >= 0 && i < 1000 && flock(fd, LOCK_EX | LOCK_NB) != 0; i++) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			break; /* a file system without locks */
		nanosleep(&pause, NULL);
	}
	return fd;
}

static void end_turn(int fd)
{
	if (fd >= 0)
		close(fd);
}

/* What belongs to a file that is gone would be taken for the next one's. */
static void drop_logs(const struct index *index)
{
	for (int i = 0; i < 2; i++) {
		char *name = sqlite3_mprintf("%s%s", index->path, i ? "-shm" : "-wal");
		unlink(name);
		sqlite3_free(name);
	}
}

/* What is read is nobody else's business; SQLite gives its other files the rights of this one. */
static void create_private(const struct index *index)
{
	if (access(index->path, F_OK) == 0)
		return;
	drop_logs(index);
	int fd = open(index->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
}

/* Without its -wal and -shm a database in WAL mode can only be read as one that nobody writes. To
 * be freed by SQLite. */
static char *immutable_uri(const char *path)
{
	sqlite3_str *s = sqlite3_str_new(NULL);
	sqlite3_str_appendall(s, "file:");
	for (const char *p = path; *p; p++)
		sqlite3_str_appendf(s, strchr("%?#", *p) ? "%%%02X" : "%c", (unsigned char)*p);
	sqlite3_str_appendall(s, "?immutable=1");
	return sqlite3_str_finish(s);
}

static int open_db(struct index *index, bool is_read_only)
{
	struct stat st;
	if (!is_read_only && !is_in_memory(index))
		create_private(index);
	index->file = stat(index->path, &st) == 0 ? st.st_ino : 0;
	char *uri = is_read_only ? immutable_uri(index->path) : NULL;
	int flags = is_read_only ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
				 : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	/* Only the thread that opened it asks it. */
	int result = sqlite3_open_v2(uri ? uri : index->path, &index->db,
				     flags | SQLITE_OPEN_NOMUTEX, NULL);
	sqlite3_free(uri);
	if (result != SQLITE_OK)
		return result;
	index->is_read_only = is_read_only || sqlite3_db_readonly(index->db, NULL) == 1;
	sqlite3_extended_result_codes(index->db, 1);
	sqlite3_busy_timeout(index->db, index->busy_ms);
	sqlite3_exec(index->db, "PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON", NULL, NULL,
		     NULL);
	result = tokenizer_register(index);
	if (result == SQLITE_OK && !is_read_only)
		result = sqlite3_exec(index->db,
				      "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
				      "PRAGMA journal_size_limit=8388608",
				      NULL, NULL, NULL);
	/* Making and deleting the log's files would be a tenth of a search's time. */
	int stays = 1;
	if (result == SQLITE_OK && !is_read_only)
		sqlite3_file_control(index->db, NULL, SQLITE_FCNTL_PERSIST_WAL, &stays);
	return result;
}

static int open_checked(struct index *index, bool is_read_only)
{
	int turn = is_in_memory(index) || is_read_only ? -1 : take_turn(index);
	int result = open_db(index, is_read_only);
	if (result == SQLITE_OK)
		result = index_check_tables(index);
	end_turn(turn);
	return result;
}

static bool is_of_damage(int result)
{
	int kind = result & 0xff;
	return kind == SQLITE_NOTADB || kind == SQLITE_CORRUPT || kind == SQLITE_FORMAT;
}

bool index_is_lost(const struct index *index)
{
	struct stat st;
	return !is_in_memory(index) && (stat(index->path, &st) != 0 || st.st_ino != index->file);
}

/* Unless another program has done so. */
static void move_away(const struct index *index)
{
	int turn = take_turn(index);
	if (!index_is_lost(index)) {
		char *bad = sqlite3_mprintf("%s.bad", index->path);
		if (rename(index->path, bad) != 0)
			unlink(index->path);
		sqlite3_free(bad);
		drop_logs(index);
	}
	end_turn(turn);
}

static void make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
}

/* For reading alone where it cannot be written. */
static int open_somehow(struct index *index)
{
	if (!is_in_memory(index))
		make_folders(index->path);
	int result = open_checked(index, false), kind = result & 0xff;
	if (kind == SQLITE_READONLY || kind == SQLITE_CANTOPEN || kind == SQLITE_IOERR ||
	    kind == SQLITE_FULL) {
		close_db(index);
		result = open_checked(index, true);
	}
	return result;
}

bool index_reopen(struct index *index, struct error *err)
{
	close_db(index);
	index->is_damaged = false;
	index->n_words_kept = 0;
	return index_ok(index, open_somehow(index), err);
}

bool index_renew(struct index *index, struct error *err)
{
	close_db(index);
	if (!is_in_memory(index))
		move_away(index);
	error_set(&index->notice, ERROR_LIBRARY,
		  N_("the index was damaged or of another version: set aside as %s.bad and made "
		     "again"),
		  index->path);
	index->has_notice = true;
	return index_reopen(index, err);
}

struct index *index_open(const char *path, struct error *err)
{
	struct index *index = mem_new(sizeof(*index));
	index->path = mem_new(strlen(path) + 1);
	memcpy(index->path, path, strlen(path) + 1);
	index->words_arena = arena_new();
	index->gister = gister_new();
	index->busy_ms = BUSY_MS;
	int result = open_somehow(index);
	if (is_of_damage(result) ? index_renew(index, err) : index_ok(index, result, err))
		return index;
	index_close(index);
	return NULL;
}

void index_close(struct index *index)
{
	if (!index)
		return;
	close_db(index);
	pairs_free(index->pairs);
	gister_free(index->gister);
	arena_free(index->words_arena);
	free(index->words);
	free(index->path);
	free(index);
}
