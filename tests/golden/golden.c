/* Pages and outputs of tests/data compared with what was looked at and found good.
 * `golden --write DIR` writes them all anew; tests/bless.sh shows what that would change. */
#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/keywords.h>
#include <sulan/out.h>

#define DATA "tests/data"
#define GOOD "tests/golden"

struct golden {
	struct arena *arena;
	const char *write_dir; /* NULL: compare */
	int n_tests;
	bool has_failed;
};

/* Says where a text first differs. */
static void explain(struct str good, struct str is)
{
	struct str a, b;
	for (int line = 1;; line++) {
		bool has_good = str_cut(&good, '\n', &a), has_is = str_cut(&is, '\n', &b);
		if (!has_good && !has_is)
			return;
		if (has_good && has_is && str_eq(a, b))
			continue;
		printf("# line %d\n# good: %.*s\n# is:   %.*s\n", line, has_good ? (int)a.len : 0,
		       has_good ? a.p : "", has_is ? (int)b.len : 0, has_is ? b.p : "");
		return;
	}
}

static void write_new(struct golden *golden, const char *name, struct str text)
{
	FILE *file = fopen(arena_printf(golden->arena, "%s/%s", golden->write_dir, name), "w");
	bool is_written = file && fwrite(text.p, 1, text.len, file) == text.len;
	if (file)
		is_written &= fclose(file) == 0;
	if (!is_written) {
		perror(name);
		golden->has_failed = true;
	}
}

static void compare(struct golden *golden, const char *name, struct str text)
{
	struct str good = {NULL, 0};
	struct error err = {0};
	if (golden->write_dir) {
		write_new(golden, name, text);
		return;
	}
	golden->n_tests++;
	bool is_there = file_read(arena_printf(golden->arena, GOOD "/%s", name), golden->arena,
				  &good, &err);
	bool is_good = is_there && str_eq(good, text);
	printf("%s %d - %s\n", is_good ? "ok" : "not ok", golden->n_tests, name);
	if (is_good)
		return;
	golden->has_failed = true;
	if (is_there)
		explain(good, text);
	else
		puts("# no such golden file: make bless");
}

static void check_pages(struct golden *golden, const struct issue *issue, const char *name)
{
	static const uint16_t widths[] = {20, 40, 80, 120};
	for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++) {
		struct out_opts opts = {.page = {.cols = widths[i],
						 .wrap = {.policy = TEXT_POLICY_DEFAULT},
						 .source_label = STR("来源")}};
		struct str text = out_issue(OUT_TEXT, golden->arena, &issue, 1, &opts);
		compare(golden, arena_printf(golden->arena, "%s.w%d", name, widths[i]), text);
	}
}

static void check_formats(struct golden *golden, const struct issue *issue, const char *name)
{
	static const char *const names[] = {[OUT_ANSI] = "ansi",
					    [OUT_MARKDOWN] = "markdown",
					    [OUT_HTML] = "html",
					    [OUT_JSON] = "json"};
	static const struct keyword words[] = {{{"OpenAI", 6}, {"OpenAI", 6}, 1, 1},
					       {{"芯片", 6}, {"芯片", 6}, 2, 1}};
	struct theme theme;
	theme_parse(&theme,
		    STR("name = golden\nkind = dark\n[roles]\ntitle = bold\nmeta = dim\n"
			"label = bold cyan\nlead = bold\nlink = underline blue\nsource-number = "
			"yellow\n"
			"host = dim\nkeyword-1 = reverse\nkeyword-2 = black on green\n"),
		    "golden", NULL, NULL);
	struct keywords *keywords = keywords_new(words, 2);
	struct out_opts opts = {.page = {.cols = 72,
					 .wrap = {.policy = TEXT_POLICY_DEFAULT},
					 .source_label = STR("来源")},
				.theme = &theme,
				.depth = DEPTH_256,
				.keywords = keywords,
				.hyperlinks = true};
	for (enum out_format format = OUT_ANSI; format <= OUT_JSON; format++) {
		struct str text = out_issue(format, golden->arena, &issue, 1, &opts);
		compare(golden, arena_printf(golden->arena, "%s.%s", name, names[format]), text);
	}
	compare(golden, arena_printf(golden->arena, "%s.check", name),
		out_check(golden->arena, issue, &opts));
	keywords_free(keywords);
}

static void put_line(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] == '\n')
			strbuf_puts(out, "\\n");
		else if ((unsigned char)text.p[i] < 32 || text.p[i] == 127)
			strbuf_printf(out, "\\%02x", text.p[i]);
		else
			strbuf_putc(out, text.p[i]);
	strbuf_putc(out, '\n');
}

static void put_block(struct strbuf *out, const struct issue *issue, const struct block *block)
{
	static const char *const kinds[] = {"para", "heading", "code", "rule",
					    "html", "quote",   "list", "item"};
	static const char *const parts[] = {"",         " title",   " meta",  " label",
					    " insight", " summary", " split", " issue"};
	strbuf_printf(out, "  %*s%s%s", block->depth * 2, "", kinds[block->kind],
		      parts[block->part]);
	if (block->kind == BLOCK_HEADING)
		strbuf_printf(out, " %d", block->level);
	if (block->number >= 0)
		strbuf_printf(out, " %d", (int)block->number);
	if (block->lead)
		strbuf_printf(out, " lead %u", block->lead);
	strbuf_puts(out, block->text.len ? ": " : "");
	put_line(out, block->text);
	for (uint32_t i = block->span; i < block->span + block->n_spans; i++) {
		const struct span *span = &issue->spans[i];
		strbuf_printf(out, "  %*s  [%u+%u marks %u] ", block->depth * 2, "", span->at,
			      span->len, span->marks);
		put_line(out, span->link ? issue->links[span->link - 1].url : STR(""));
	}
}

/* The parsed issue: what stories there are, and the blocks each is made of. */
static void check_tree(struct golden *golden, const struct issue *issue, const char *name)
{
	struct strbuf out = strbuf_make(golden->arena);
	char date[DATE_TEXT];
	uint32_t next = 0;
	date_text(issue->date, date);
	strbuf_printf(&out, "dialect %d, date %s, publication ", issue->dialect, date);
	put_line(&out, issue->publication);
	for (size_t i = 0; i < issue->n_stories; i++) {
		const struct story *story = &issue->stories[i];
		for (; next < story->block; next++)
			put_block(&out, issue, &issue->blocks[next]);
		strbuf_printf(&out, "%s %zu, %zu sources, %zu links, category ",
			      story->kind == STORY_FULL ? "story" : "brief", i + 1,
			      story->n_sources, story->n_links);
		put_line(&out, issue->categories[story->category]);
		for (; next < story->end; next++)
			put_block(&out, issue, &issue->blocks[next]);
	}
	for (; next < issue->n_blocks; next++)
		put_block(&out, issue, &issue->blocks[next]);
	compare(golden, arena_printf(golden->arena, "%s.tree", name), strbuf_str(&out));
}

static void check_file(struct golden *golden, struct str path)
{
	struct error err = {0};
	struct str bytes, name = str_from(path, strlen(DATA "/"));
	const struct issue *issue = NULL;
	if (file_read(path.p, golden->arena, &bytes, &err))
		issue = issue_read(bytes, path, &err);
	name.len -= strlen(".md");
	const char *base = str_dup(golden->arena, name);
	if (!issue) {
		printf("not ok %d - %s: %s\n", ++golden->n_tests, base, err.what);
		golden->has_failed = true;
		return;
	}
	check_pages(golden, issue, base);
	check_tree(golden, issue, base);
	if (strcmp(base, "reference") == 0 || strcmp(base, "layout") == 0)
		check_formats(golden, issue, base);
	issue_free(issue);
}

int main(int argc, char **argv)
{
	struct golden golden = {.arena = arena_new()};
	struct file_list list = {0};
	struct error err = {0};
	if (argc > 1 && strcmp(argv[1], "--write") == 0)
		golden.write_dir = argc > 2 ? argv[2] : GOOD;
	if (!file_list_dir(DATA, golden.arena, &list, &err)) {
		fprintf(stderr, "golden: %s cannot be read\n", DATA);
		return 2;
	}
	for (size_t i = 0; i < list.n_paths; i++)
		check_file(&golden, list.paths[i]);
	if (!golden.write_dir)
		printf("1..%d\n", golden.n_tests);
	arena_free(golden.arena);
	return golden.has_failed;
}
