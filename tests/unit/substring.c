/* The index finds exactly what a scan of all texts would find. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <indexing.h>
#include <sulan/file.h>
#include <sulan/fold.h>
#include <sulan/issue.h>
#include <sulan/utf8.h>

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

struct plains {
	struct plain *items;
	size_t n, cap;
};

/* What a story says besides its title, of a heading what stands around that. */
static struct str text_of(struct arena *arena, const struct issue *issue, const struct story *story)
{
	struct strbuf text = strbuf_make(arena);
	for (uint32_t b = story->block; b < story->end; b++) {
		struct str block = issue->blocks[b].text;
		size_t at = issue->blocks[b].part == PART_TITLE ? str_find(block, story->title, 0)
								: STR_NOT_FOUND;
		strbuf_put(&text, at == STR_NOT_FOUND ? block : str_sub(block, 0, at));
		strbuf_putc(&text, '\n');
		if (at != STR_NOT_FOUND)
			strbuf_put(&text, str_from(block, at + story->title.len));
		strbuf_putc(&text, '\n');
	}
	return strbuf_str(&text);
}

/* All stories as the files of a folder have them. */
static void read_plain(struct arena *arena, const char *folder, struct plains *out)
{
	struct file_list list;
	assert_true(file_list_dir(folder, arena, &list, NULL));
	for (size_t i = 0; i < list.n_paths; i++) {
		struct arena *own = arena_new();
		struct str bytes;
		assert_true(file_read(list.paths[i].p, own, &bytes, NULL));
		const struct issue *issue = issue_read_own(own, bytes, list.paths[i], NULL);
		assert_non_null(issue);
		for (size_t s = 0; s < issue->n_stories; s++) {
			const struct story *story = &issue->stories[s];
			out->items = arena_more(arena, out->items, out->n, &out->cap,
						sizeof(*out->items));
			out->items[out->n++] =
				(struct plain){fold_text(arena, story->title),
					       fold_text(arena, text_of(arena, issue, story))};
		}
		issue_free(issue);
	}
}

/* A piece of some story: one to six characters from anywhere, as they stand there. */
static struct str random_word(struct arena *arena, uint32_t *seed, const struct plains *all)
{
	struct str text = all->items[below(seed, (uint32_t)all->n)].text;
	size_t at = text.len ? below(seed, (uint32_t)text.len) : 0, len = 0;
	uint32_t cp;
	while (at && ((unsigned char)text.p[at] & 0xc0) == 0x80)
		at--;
	for (uint32_t i = below(seed, 6) + 1; i > 0 && at + len < text.len; i--) {
		size_t next = utf8_next(text, at + len, &cp);
		if (cp == ' ' || cp == '\n' || cp == '"' || (cp == '-' && len == 0))
			break;
		len += next;
	}
	return str_copy(arena, str_sub(text, at, len));
}

/* Words, each found in as many stories as have it. */
static void compare(struct index *index, const struct plains *all, size_t n_all_words)
{
	struct arena *arena = arena_new();
	struct lookup_opts opts = {0};
	uint32_t seed = 42;
	assert_int_equal(index_count(index).n_stories, all->n);
	for (size_t n_words = 0; n_words < n_all_words; arena_reset(arena)) {
		struct lookup lookup;
		struct error err = {0};
		struct str word = random_word(arena, &seed, all);
		size_t n = 0, n_literal = 0;
		if (word.len == 0)
			continue;
		assert_true(lookup_find(index, arena, word, &opts, &lookup, &err));
		for (size_t i = 0; i < all->n; i++)
			n += str_find(all->items[i].title, word, 0) != STR_NOT_FOUND ||
			     str_find(all->items[i].text, word, 0) != STR_NOT_FOUND;
		while (n_literal < lookup.n && !lookup.items[n_literal].is_by_pinyin)
			n_literal++;
		if (n != n_literal)
			print_error("“%s”: %zu, not %zu\n", word.p, n_literal, n);
		assert_int_equal(n, n_literal);
		n_words++;
	}
	arena_free(arena);
}

static void finds_what_a_scan_finds(void **state)
{
	struct fixture *f = *state;
	struct plains all = {0};
	uint32_t seed = 42;
	unlink(file_of(f, "2026-01-02.md"));
	unlink(file_of(f, "2026-01-03.md"));
	makes_good_stories(f, &seed);
	scan(f, 3000);
	read_plain(f->arena, arena_printf(f->arena, "%s/md", f->dir), &all);
	compare(f->index, &all, 1000);
}

/* The same in other people's issues, where they are. */
static void finds_what_a_scan_finds_in_real_issues(void **state)
{
	struct fixture *f = *state;
	struct plains all = {0};
	struct error err = {0};
	struct str folders[] = {STR("../shared/seed"), STR("../shared/corpus/juya-ai-daily"),
				STR("../shared/corpus/ruanyf-weekly")};
	struct scan_opts opts = {.paths = folders, .n_paths = sizeof(folders) / sizeof(*folders)};
	if (!file_is_dir(folders[0].p))
		skip();
	struct scan *scan = scan_new(f->index, &opts, &err);
	assert_non_null(scan);
	while (scan_step(scan, 1 << 20, &err))
		continue;
	scan_free(scan);
	for (size_t i = 0; i < opts.n_paths; i++)
		read_plain(f->arena, folders[i].p, &all);
	compare(f->index, &all, 200);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(finds_what_a_scan_finds),
		TEST(finds_what_a_scan_finds_in_real_issues),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
