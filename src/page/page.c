/* Whole pages: a story, or all of an issue in reading order. */
#include <string.h>

#include <sulan/page.h>

#include <sulan/arena.h>

#include "block.h"
#include "flow.h"
#include "mention.h"
#include "meta.h"

uint32_t page_title_block(const struct issue *issue, const struct story *story)
{
	for (uint32_t i = story->title_block; i < story->end; i++) {
		const struct block *b = &issue->blocks[i];
		if (b->kind < BLOCK_QUOTE)
			return b->part == PART_TITLE || str_eq(b->text, story->title)
				       ? i
				       : PAGE_NO_BLOCK;
	}
	return PAGE_NO_BLOCK;
}

static void set_text(struct sheet *sheet, struct str text, enum role role)
{
	struct flow flow = flow_make(sheet);
	flow_add_mark(&flow, text, role);
	flow_set(&flow);
}

static void set_title(struct sheet *sheet, const struct story *story)
{
	sheet->title = page_title_block(sheet->issue, story);
	if (sheet->title == PAGE_NO_BLOCK)
		set_text(sheet, story->title, ROLE_TITLE);
	else
		leaf_set(sheet, sheet->title, ROLE_TITLE);
}

static void begin_story(struct sheet *sheet, const struct story *story)
{
	sheet->story = (uint32_t)(story - sheet->issue->stories);
	sheet->is_bound = false;
}

static void set_story(struct sheet *sheet, const struct story *story)
{
	begin_story(sheet, story);
	set_title(sheet, story);
	meta_set(sheet, story);
	blocks_set(sheet, story->block, story->end);
	sources_set(sheet, story);
}

const struct page *page_story(const struct issue *issue, const struct story *story,
			      const struct page_opts *opts)
{
	struct sheet *sheet = sheet_new(issue, opts);
	set_story(sheet, story);
	sheet->n_own = sheet->n_lines;
	if (opts->n_mentions)
		mentions_set(sheet, story);
	return sheet_finish(sheet);
}

/* What stands in an issue before, between and behind its stories. */
static void set_between(struct sheet *sheet, uint32_t from, uint32_t to)
{
	sheet->story = UINT32_MAX;
	sheet->title = PAGE_NO_BLOCK;
	sheet->is_bound = false;
	blocks_set(sheet, from, to);
}

/* A brief among its kind: a list item that says where it leads. */
static void set_brief(struct sheet *sheet, const struct story *story)
{
	const struct issue *issue = sheet->issue;
	begin_story(sheet, story);
	sheet_enter(sheet, level_hanging(sheet, bullet_sign(0), ROLE_BULLET));
	sheet->title = page_title_block(issue, story);
	struct flow flow = flow_make(sheet);
	if (sheet->title == PAGE_NO_BLOCK)
		flow_add_mark(&flow, story->title, ROLE_TEXT);
	else
		flow_add_leaf(&flow, sheet->title, 0,
			      (uint32_t)issue->blocks[sheet->title].text.len, ROLE_TEXT);
	struct str host = {NULL, 0};
	if (story->n_links)
		host = link_host_shown(sheet->arena, issue->links[story->links[0]].url);
	if (host.len) {
		flow_add_mark(&flow, STR("  "), ROLE_TEXT);
		flow_add(&flow, host,
			 (struct piece){.block = PAGE_NO_BLOCK,
					.link = story->links[0] + 1,
					.role = (uint8_t)ROLE_HOST});
	}
	flow_set(&flow);
	blocks_set(sheet, story->block, story->end);
	sheet_leave_to(sheet, 0);
}

/* True when a heading right before the story, or a line that heads a list, is its category or the
 * last of a path of them. */
static bool is_headed(const struct issue *issue, uint32_t from, uint32_t to, struct str category)
{
	for (uint32_t i = from; i < to; i++) {
		const struct block *b = &issue->blocks[i];
		struct str text = str_trim(b->text);
		if (str_ends(text, ":") || str_ends(text, "："))
			text.len -= str_ends(text, ":") ? 1 : strlen("：");
		bool is_line = b->kind == BLOCK_HEADING || b->kind == BLOCK_PARA;
		if (is_line && text.len && text.len <= category.len &&
		    str_eq(str_from(category, category.len - text.len), text))
			return true;
	}
	return false;
}

static void set_category(struct sheet *sheet, const struct story *story, uint32_t from)
{
	const struct issue *issue = sheet->issue;
	struct str category = issue->categories[story->category];
	if (category.len == 0 || is_headed(issue, from, story->block, category))
		return;
	sheet_gap(sheet);
	set_text(sheet, category, ROLE_HEADING);
}

static void set_heading(struct sheet *sheet)
{
	const struct issue *issue = sheet->issue;
	for (uint32_t i = 0; i < issue->n_blocks; i++)
		if (issue->blocks[i].part == PART_ISSUE)
			return;
	set_text(sheet, issue->title, ROLE_TITLE);
}

static void set_next(struct sheet *sheet, const struct story *before, const struct story *story)
{
	bool is_brief = story->kind == STORY_BRIEF;
	bool is_next = is_brief && before && before->kind == STORY_BRIEF &&
		       before->category == story->category;
	uint32_t at = before ? before->end : 0;
	if (before && !is_next) {
		sheet_gap(sheet);
		rule_set(sheet);
	}
	set_between(sheet, at, story->block);
	if (is_brief && !is_next)
		set_category(sheet, story, at);
	if (!is_next)
		sheet_gap(sheet);
	if (is_brief)
		set_brief(sheet, story);
	else
		set_story(sheet, story);
}

const struct page *page_issue_part(const struct issue *issue, size_t from, size_t to,
				   const struct page_opts *opts)
{
	struct sheet *sheet = sheet_new(issue, opts);
	const struct story *before = from ? &issue->stories[from - 1] : NULL;
	sheet->is_continued = from > 0;
	if (from == 0)
		set_heading(sheet);
	for (size_t i = from; i < to; before = &issue->stories[i++])
		set_next(sheet, before, &issue->stories[i]);
	if (to == issue->n_stories)
		set_between(sheet, before ? before->end : 0, (uint32_t)issue->n_blocks);
	return sheet_finish(sheet);
}

const struct page *page_issue(const struct issue *issue, const struct page_opts *opts)
{
	return page_issue_part(issue, 0, issue->n_stories, opts);
}

bool page_is_between(const struct page_line *line, size_t run, struct place *at)
{
	const struct run *runs = line->runs;
	if (run == 0 || run + 1 >= line->n_runs || runs[run].block != PAGE_NO_BLOCK)
		return false;
	const struct run *before = &runs[run - 1], *after = &runs[run + 1];
	*at = (struct place){after->block, after->at};
	return after->block != PAGE_NO_BLOCK && before->block == after->block &&
	       before->at + before->text.len == after->at;
}

void page_free(const struct page *page)
{
	if (page)
		arena_free(page->arena);
}

size_t page_line_of(const struct page *page, struct place place)
{
	size_t lo = 0, hi = page->n_lines;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		struct place at = page->lines[mid].place;
		if (at.block < place.block || (at.block == place.block && at.at <= place.at))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo ? lo - 1 : 0;
}
