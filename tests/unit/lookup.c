/* The index: kept up to date with its files, made again when damaged, and found in exactly what a
 * scan of all texts would find. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/fold.h>
#include <sulan/index.h>
#include <sulan/issue.h>
#include <sulan/lookup.h>
#include <sulan/utf8.h>

#include "../random.h"

static uint32_t below(uint32_t *seed, uint32_t n)
{
	return random_next(seed) % n;
}

struct fixture {
	struct arena *arena;
	char dir[64], path[96];
	struct index *index;
};

static const char *file_of(struct fixture *f, const char *name)
{
	return arena_printf(f->arena, "%s/md/%s", f->dir, name);
}

static void write_file(struct fixture *f, const char *name, const char *text)
{
	const char *path = file_of(f, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	/* Long ago, as files that lie about are. */
	struct timespec times[2] = {{1700000000, 0}, {1700000000 + (time_t)strlen(text), 0}};
	utimensat(AT_FDCWD, path, times, 0);
}

static struct scan_progress scan(struct fixture *f, size_t step)
{
	struct str folder = str_of(arena_printf(f->arena, "%s/md", f->dir));
	struct scan_opts opts = {.paths = &folder, .n_paths = 1, .now_ns = 1800000000000000000LL};
	struct error err = {0};
	struct scan *s = scan_new(f->index, &opts, &err);
	assert_non_null(s);
	while (scan_step(s, step, &err))
		;
	assert_int_equal(err.code, ERROR_NONE);
	struct scan_progress progress = *scan_progress(s);
	scan_free(s);
	return progress;
}

static struct lookup search(struct fixture *f, const char *text)
{
	struct lookup_opts opts = {.context_bytes = 120};
	struct lookup lookup;
	struct error err = {0};
	assert_true(lookup_find(f->index, f->arena, str_of(text), &opts, &lookup, &err));
	return lookup;
}

/* The titles that are found, with blanks between them. */
static const char *titles(struct fixture *f, const char *text)
{
	struct lookup lookup = search(f, text);
	struct strbuf buf = strbuf_make(f->arena);
	for (size_t i = 0; i < lookup.n; i++) {
		if (i)
			strbuf_putc(&buf, ' ');
		strbuf_put(&buf, lookup.items[i].title);
	}
	return strbuf_str(&buf).p ? strbuf_str(&buf).p : "";
}

#define ONE                                                                                                              \
	"# 早报 2026-01-02\n\n## 微软发布\n\n文中说到OpenAI与鸿蒙。系统很好。\n\n## 西安之行\n\n" \
	"ＷＩＤＥ字母，臺灣電腦。\n"
#define TWO                                                                                                            \
	"# 早报 2026-01-03\n\n## 谷歌开源\n\n鸿蒙又来了，gpt-5.2 与 C++ 的微软。\n\n## 领先者\n\n" \
	"openai weekly\n"

static void open_index(struct fixture *f)
{
	struct error err = {0};
	index_close(f->index);
	f->index = index_open(f->path, &err);
	assert_non_null(f->index);
}

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	f->arena = arena_new();
	strcpy(f->dir, "/tmp/sulan-lookup-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/cache/index.db", f->dir);
	mkdir(arena_printf(f->arena, "%s/md", f->dir), 0700);
	write_file(f, "2026-01-02.md", ONE);
	write_file(f, "2026-01-03.md", TWO);
	open_index(f);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	index_close(f->index);
	char rm[] = "rm", flag[] = "-rf", *command[] = {rm, flag, f->dir, NULL};
	if (fork() == 0)
		execvp(rm, command);
	arena_free(f->arena);
	free(f);
	return 0;
}

static void finds_words(void **state)
{
	struct fixture *f = *state;
	scan(f, 1);
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布"); /* newest first */
	assert_string_equal(titles(f, "蒙"), "谷歌开源 微软发布");
	assert_string_equal(titles(f, "微软"), "谷歌开源 微软发布");
	assert_string_equal(titles(f, "鸿蒙又来了"), "谷歌开源");
	assert_string_equal(titles(f, "鸿蒙系统"), ""); /* a sentence ends between */
	assert_string_equal(titles(f, "OPENAI"), "领先者 微软发布");
	assert_string_equal(titles(f, "pena"), "领先者 微软发布"); /* inside of a word, too */
	assert_string_equal(titles(f, "openai与鸿"), "微软发布");
	assert_string_equal(titles(f, "wide字"), "西安之行");
	assert_string_equal(titles(f, "台湾"), "西安之行");
	assert_string_equal(titles(f, "臺灣"), "西安之行");
	assert_string_equal(titles(f, "5.2"), "谷歌开源");
	assert_string_equal(titles(f, "c++"), "谷歌开源");
	assert_string_equal(titles(f, "+"), "谷歌开源");
	assert_string_equal(titles(f, "鸿蒙 openai"), "微软发布");
	assert_string_equal(titles(f, "鸿蒙 -openai"), "谷歌开源");
	assert_string_equal(titles(f, "\"openai weekly\""), "领先者");
	assert_string_equal(titles(f, "weekly openai"), "领先者");
	assert_string_equal(titles(f, "没有这个"), "");
	assert_string_equal(titles(f, ""), "");
	assert_string_equal(titles(f, "\" \" -x"), "");
}

static void finds_by_pinyin(void **state)
{
	struct fixture *f = *state;
	scan(f, 1);
	assert_string_equal(titles(f, "weiruan"), "微软发布 谷歌开源"); /* titles first */
	assert_string_equal(titles(f, "openai weiruan"), "微软发布");
	assert_string_equal(titles(f, "xian"), "领先者 西安之行");
	assert_string_equal(titles(f, "hongm"), "谷歌开源 微软发布");
	struct lookup lookup = search(f, "weiruan");
	assert_true(lookup.items[0].is_by_pinyin);
	assert_true(lookup.n_words > 0 && str_is(lookup.words[0], "微软"));
}

static void makes_good_stories(struct fixture *f, uint32_t *seed);

static bool always(void *self)
{
	++*(int *)self;
	return true;
}

/* Whoever has a better question gets what there is by then. */
static void ends_when_told(void **state)
{
	struct fixture *f = *state;
	struct lookup lookup;
	struct error err = {0};
	int n_asked = 0;
	struct lookup_opts opts = {.is_stopped = always, .self = &n_asked};
	uint32_t seed = 3;
	makes_good_stories(f, &seed);
	scan(f, 1 << 20);
	assert_true(lookup_find(f->index, f->arena, STR("的 系统 -没有"), &opts, &lookup, &err));
	assert_true(lookup.is_cut && n_asked > 0);
	size_t n_stopped = lookup.n;
	assert_true(n_stopped < search(f, "的 系统 -没有").n);
}

static void shows_context(void **state)
{
	struct fixture *f = *state;
	scan(f, 1);
	struct lookup lookup = search(f, "鸿蒙");
	const struct found *found = &lookup.items[1];
	assert_true(str_is(found->context, "文中说到OpenAI与鸿蒙。系统很好。"));
	assert_int_equal(found->n_context_hits, 1);
	assert_true(str_is(
		str_sub(found->context, found->context_hits[0].at, found->context_hits[0].len),
		"鸿蒙"));
	assert_int_equal(found->date.day, 2);
	assert_true(str_is(found->publication, "早报"));
	assert_int_equal(found->id.len, 16);
}

static void keeps_up(void **state)
{
	struct fixture *f = *state;
	struct scan_progress p = scan(f, 1 << 20);
	assert_int_equal(p.n_files, 2);
	p = scan(f, 1);
	assert_int_equal(p.n_files, 0);
	assert_int_equal(p.n_same, 2);
	write_file(f, "2026-01-03.md", "# 早报 2026-01-03\n\n## 另一篇\n\n换了内容。\n");
	p = scan(f, 1);
	assert_int_equal(p.n_done, 1);
	assert_string_equal(titles(f, "鸿蒙"), "微软发布");
	assert_string_equal(titles(f, "换了"), "另一篇");
	unlink(file_of(f, "2026-01-02.md"));
	p = scan(f, 1);
	assert_int_equal(p.n_gone, 1);
	assert_string_equal(titles(f, "鸿蒙"), "");
	assert_int_equal(index_count(f->index).n_stories, 1);
	write_file(f, "bad.md", "");
	p = scan(f, 1);
	assert_int_equal(p.n_bad, 1);
	assert_int_equal(scan(f, 1).n_bad, 0); /* not tried again */
	open_index(f);
	assert_string_equal(titles(f, "换了"), "另一篇");
}

static void goes_on_after_a_stop(void **state)
{
	struct fixture *f = *state;
	struct str folder = str_of(arena_printf(f->arena, "%s/md", f->dir));
	struct scan_opts opts = {.paths = &folder, .n_paths = 1, .now_ns = 1800000000000000000LL};
	struct scan *s = scan_new(f->index, &opts, NULL);
	assert_true(scan_step(s, 1, NULL));
	scan_free(s);
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源"); /* the newest came first */
	assert_int_equal(scan(f, 1).n_done, 1);
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布");
}

static void damage(struct fixture *f, long at, const char *bytes, size_t len)
{
	index_close(f->index);
	f->index = NULL;
	int fd = open(f->path, O_RDWR);
	assert_true(fd >= 0 && pwrite(fd, bytes, len, at) == (ssize_t)len);
	close(fd);
}

static void is_made_again(void **state)
{
	struct fixture *f = *state;
	scan(f, 1);
	struct stat st;
	assert_int_equal(stat(f->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_null(index_notice(f->index));
	damage(f, 0, "this is no database", 19);
	open_index(f);
	assert_non_null(index_notice(f->index));
	assert_int_equal(access(arena_printf(f->arena, "%s.bad", f->path), F_OK), 0);
	assert_int_equal(scan(f, 1).n_done, 2);
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布");
	/* Another version of the tables. */
	damage(f, 60, "\0\0\0\x63", 4);
	open_index(f);
	assert_non_null(index_notice(f->index));
	assert_int_equal(scan(f, 1).n_done, 2);
}

static size_t find_bytes(const char *path, const char *needle)
{
	static char bytes[1 << 20];
	FILE *file = fopen(path, "r");
	size_t n = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	return str_find((struct str){bytes, n}, str_of(needle), 0);
}

/* SQLite has no sums of its pages: a letter that became another is seen by the story's. */
static void sees_another_letter(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	struct lookup lookup;
	struct lookup_opts opts = {.context_bytes = 100};
	scan(f, 1);
	index_close(f->index);
	f->index = NULL;
	size_t at = find_bytes(f->path, "文中说到OpenAI");
	assert_true(at != STR_NOT_FOUND);
	damage(f, (long)at, "字", 3);
	open_index(f);
	assert_null(index_notice(f->index));
	assert_false(lookup_find(f->index, f->arena, STR("鸿蒙"), &opts, &lookup, &err));
	assert_true(index_is_damaged(f->index));
	assert_true(index_renew(f->index, &err));
	scan(f, 1);
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布");
}

/* Deleted while it is open, by hand or by another program that made it again. */
static void is_there_again(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	scan(f, 1);
	assert_false(index_is_lost(f->index));
	unlink(f->path);
	assert_true(index_is_lost(f->index));
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布");
	struct index *other = index_open(f->path, &err);
	assert_non_null(other);
	assert_true(index_is_lost(f->index));
	assert_true(index_reopen(f->index, &err));
	assert_false(index_is_lost(f->index));
	assert_string_equal(titles(f, "鸿蒙"), "");
	assert_int_equal(scan(f, 1).n_done, 2);
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布");
	assert_int_equal(index_count(other).n_stories, 4);
	/* Who found it damaged sets aside what it had open, not what took its place. */
	assert_true(index_renew(f->index, &err));
	assert_true(index_is_lost(other));
	assert_true(index_renew(other, &err));
	assert_false(index_is_lost(f->index));
	index_close(other);
}

/* Whatever bytes are changed: no crash, and after making it again everything is found. */
static void survives_flipped_bytes(void **state)
{
	struct fixture *f = *state;
	uint32_t seed = 7;
	for (int round = 0; round < 40; round++) {
		struct error err = {0};
		struct lookup lookup;
		struct lookup_opts opts = {.context_bytes = 100};
		scan(f, 1);
		struct stat st;
		index_close(f->index);
		f->index = NULL;
		stat(f->path, &st);
		int fd = open(f->path, O_RDWR);
		for (int i = 0; i < 30; i++) {
			char byte = (char)below(&seed, 256);
			assert_int_equal(
				pwrite(fd, &byte, 1, (off_t)below(&seed, (uint32_t)st.st_size)), 1);
		}
		close(fd);
		f->index = index_open(f->path, &err);
		assert_non_null(f->index);
		lookup_find(f->index, f->arena, STR("鸿蒙"), &opts, &lookup, &err);
		lookup_find(f->index, f->arena, STR("hongm a"), &opts, &lookup, &err);
		assert_true(index_renew(f->index, &err));
		scan(f, 1);
		assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布");
	}
}

static void reads_where_it_cannot_write(void **state)
{
	struct fixture *f = *state;
	if (geteuid() == 0)
		skip(); /* who is root can write everywhere */
	scan(f, 1);
	index_close(f->index);
	f->index = NULL;
	const char *dir = arena_printf(f->arena, "%s/cache", f->dir);
	chmod(f->path, 0400);
	chmod(dir, 0500);
	open_index(f);
	assert_true(index_is_read_only(f->index));
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布");
	chmod(dir, 0700);
}

static void makes_good_stories(struct fixture *f, uint32_t *seed)
{
	static const char *const words[] = {
		"微软",     "鸿蒙",   "系统",     "开源", "芯片", "模型",   "発表",     "電腦",
		"软件",     "的",     "，",       "。",   "！",   "OpenAI", "GPT-5",    "agent",
		"multi",    "Agents", "ｆｕｌｌ", " ",    " ",    "\n",     "C++",      "é",
		"café",     "2026",   "5.2",      "——",   "（",   "）",     "人工智能", "智能体",
		"カタカナ", "한국",   "α",        "🙂", "a",    "b",
	};
	for (int day = 1; day <= 20; day++) {
		struct strbuf text = strbuf_make(f->arena);
		strbuf_printf(&text, "# 早报 2025-03-%02d\n", day);
		for (int story = 0; story < 8; story++) {
			strbuf_puts(&text, "\n## 题目");
			for (int i = 0; i < 4; i++) {
				const char *word =
					words[below(seed, sizeof(words) / sizeof(*words))];
				strbuf_puts(&text, *word == '\n' ? " " : word);
			}
			strbuf_puts(&text, "\n\n正文");
			for (int i = 0; i < 40; i++)
				strbuf_puts(&text,
					    words[below(seed, sizeof(words) / sizeof(*words))]);
			strbuf_puts(&text, "\n");
		}
		write_file(f, arena_printf(f->arena, "2025-03-%02d.md", day),
			   str_dup(f->arena, strbuf_str(&text)));
	}
}

struct plain {
	struct str title, text; /* folded */
};

/* All stories as the files have them, newest first. */
static size_t read_plain(struct fixture *f, struct plain *out)
{
	size_t n = 0;
	for (int day = 20; day >= 1; day--) {
		char bytes[65536];
		FILE *file = fopen(file_of(f, arena_printf(f->arena, "2025-03-%02d.md", day)), "r");
		size_t len = fread(bytes, 1, sizeof(bytes), file);
		fclose(file);
		const struct issue *issue = issue_read((struct str){bytes, len}, STR("x.md"), NULL);
		for (size_t i = 0; i < issue->n_stories; i++) {
			const struct story *story = &issue->stories[i];
			struct strbuf text = strbuf_make(f->arena);
			for (uint32_t b = story->block; b < story->end; b++)
				if (issue->blocks[b].part != PART_TITLE) {
					strbuf_put(&text, issue->blocks[b].text);
					strbuf_putc(&text, '\n');
				}
			out[n++] = (struct plain){fold_text(f->arena, story->title),
						  fold_text(f->arena, strbuf_str(&text))};
		}
		issue_free(issue);
	}
	return n;
}

/* A piece of some story: one to six characters from anywhere, as they stand there. */
static struct str random_word(struct fixture *f, uint32_t *seed, const struct plain *all, size_t n)
{
	struct str text = all[below(seed, (uint32_t)n)].text;
	size_t at = below(seed, (uint32_t)text.len), len = 0;
	uint32_t cp;
	while (at && ((unsigned char)text.p[at] & 0xc0) == 0x80)
		at--;
	for (uint32_t i = below(seed, 6) + 1; i > 0 && at + len < text.len; i--) {
		size_t next = utf8_next(text, at + len, &cp);
		if (cp == ' ' || cp == '\n' || cp == '"' || (cp == '-' && len == 0))
			break;
		len += next;
	}
	return str_copy(f->arena, str_sub(text, at, len));
}

static void finds_what_a_scan_finds(void **state)
{
	struct fixture *f = *state;
	uint32_t seed = 42;
	struct plain all[400];
	unlink(file_of(f, "2026-01-02.md"));
	unlink(file_of(f, "2026-01-03.md"));
	makes_good_stories(f, &seed);
	scan(f, 3000);
	size_t n_all = read_plain(f, all), n_words = 0;
	assert_int_equal(index_count(f->index).n_stories, n_all);
	while (n_words < 1000) {
		struct str word = random_word(f, &seed, all, n_all);
		if (word.len == 0)
			continue;
		struct lookup lookup = search(f, str_dup(f->arena, word));
		size_t n = 0, n_literal = 0;
		for (size_t i = 0; i < n_all; i++)
			n += str_find(all[i].title, word, 0) != STR_NOT_FOUND ||
			     str_find(all[i].text, word, 0) != STR_NOT_FOUND;
		while (n_literal < lookup.n && !lookup.items[n_literal].is_by_pinyin)
			n_literal++;
		if (n != n_literal)
			print_error("“%s”: %zu, not %zu\n", word.p, n_literal, n);
		assert_int_equal(n, n_literal);
		n_words++;
	}
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(finds_words),
		TEST(finds_by_pinyin),
		TEST(ends_when_told),
		TEST(shows_context),
		TEST(keeps_up),
		TEST(goes_on_after_a_stop),
		TEST(is_made_again),
		TEST(sees_another_letter),
		TEST(is_there_again),
		TEST(survives_flipped_bytes),
		TEST(reads_where_it_cannot_write),
		TEST(finds_what_a_scan_finds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
