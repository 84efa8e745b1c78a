/* All stories of the index in memory. */
#include "stories.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/date.h>

/* An issue of the index while it is read. */
struct source_issue {
	long long id;
	struct issue issue;
};

/* What is being read; all but the texts moves to its last place at the end. */
struct reading {
	struct index *index;
	struct arena *arena;   /* of the stories */
	struct arena *scratch; /* of what is needed for reading alone */
	struct source_issue *sources;
	size_t n_sources, cap_sources;
	struct story *stories; /* by row, descending */
	size_t n, cap;
	struct part {
		const struct source_issue *source;
		struct run run;
	} * parts;
	size_t n_parts, cap_parts;
	struct link *links;
	size_t n_links, cap_links;
	struct str *categories;
	size_t n_categories, cap_categories;
	uint32_t *slots; /* of categories: index + 1 */
	size_t n_slots;
};

static struct str copy(struct reading *r, sqlite3_stmt *s, int column)
{
	return str_copy(r->arena, index_text(s, column));
}

static bool read_issues(struct reading *r, struct error *err)
{
	int result;
	sqlite3_stmt *s = index_prepare(
		r->index, "SELECT id, path, day, publication, title FROM issue ORDER BY id", err);
	if (!s)
		return false;
	while ((result = sqlite3_step(s)) == SQLITE_ROW) {
		r->sources = arena_more(r->scratch, r->sources, r->n_sources, &r->cap_sources,
					sizeof(*r->sources));
		r->sources[r->n_sources++] = (struct source_issue){
			sqlite3_column_int64(s, 0),
			{.path = copy(r, s, 1),
			 .date = date_of_day((long)sqlite3_column_int64(s, 2)),
			 .publication = copy(r, s, 3),
			 .title = copy(r, s, 4)}};
	}
	sqlite3_finalize(s);
	return index_ok(r->index, result, err);
}

static int by_id(const void *a, const void *b)
{
	long long x = *(const long long *)a, y = ((const struct source_issue *)b)->id;
	return (x > y) - (x < y);
}

static uint32_t *category_slot(const struct reading *r, struct str name)
{
	size_t at = (size_t)str_hash(name, STR_HASH_SEED) & (r->n_slots - 1);
	while (r->slots[at] && !str_eq(r->categories[r->slots[at] - 1], name))
		at = (at + 1) & (r->n_slots - 1);
	return &r->slots[at];
}

static uint32_t category_of(struct reading *r, struct str name)
{
	if ((r->n_categories + 1) * 2 > r->n_slots) {
		r->n_slots = r->n_slots ? r->n_slots * 2 : 256;
		r->slots = arena_alloc(r->scratch, r->n_slots * sizeof(*r->slots));
		for (size_t i = 0; i < r->n_categories; i++)
			*category_slot(r, r->categories[i]) = (uint32_t)i + 1;
	}
	uint32_t *slot = category_slot(r, name);
	if (!*slot) {
		r->categories = arena_more(r->arena, r->categories, r->n_categories,
					   &r->cap_categories, sizeof(*r->categories));
		r->categories[r->n_categories++] = str_copy(r->arena, name);
		*slot = (uint32_t)r->n_categories;
	}
	return *slot - 1;
}

static size_t count_parts(struct str joined)
{
	size_t n = joined.len > 0;
	for (size_t i = 0; i < joined.len; i++)
		n += joined.p[i] == '\t';
	return n;
}

static void take_sources(struct reading *r, struct story *story, struct str joined)
{
	struct source *sources;
	struct str name;
	size_t n = count_parts(joined);
	if (n == 0)
		return;
	sources = arena_alloc(r->arena, n * sizeof(*sources));
	for (size_t i = 0; str_cut(&joined, '\t', &name); i++)
		sources[i].name = name;
	story->sources = sources;
	story->n_sources = n;
}

static void take_links(struct reading *r, struct story *story, struct str joined)
{
	uint32_t *links;
	struct str url;
	size_t n = count_parts(joined);
	if (n == 0)
		return;
	links = arena_alloc(r->arena, n * sizeof(*links));
	for (size_t i = 0; str_cut(&joined, '\t', &url); i++) {
		r->links = arena_more(r->scratch, r->links, r->n_links, &r->cap_links,
				      sizeof(*r->links));
		links[i] = (uint32_t)r->n_links;
		r->links[r->n_links++] = (struct link){.url = url};
	}
	story->links = links;
	story->n_links = n;
}

/* Its texts in one piece: there are many of them. */
static void take_story(struct reading *r, sqlite3_stmt *s)
{
	static const int columns[] = {2, 4, 6, 7}; /* id, title, sources, addresses */
	struct str texts[4];
	size_t len = 0;
	for (int i = 0; i < 4; i++) {
		texts[i] = index_text(s, columns[i]);
		len += texts[i].len;
	}
	char *p = arena_alloc(r->arena, len + 1);
	for (int i = 0; i < 4; i++) {
		if (texts[i].len)
			memcpy(p, texts[i].p, texts[i].len);
		texts[i].p = p;
		p += texts[i].len;
	}
	struct story *story = &r->stories[r->n++];
	*story = (struct story){.id = texts[0],
				.kind = sqlite3_column_int(s, 3) == STORY_BRIEF ? STORY_BRIEF
										: STORY_FULL,
				.title = texts[1],
				.category = category_of(r, index_text(s, 5))};
	take_sources(r, story, texts[2]);
	take_links(r, story, texts[3]);
}

static bool read_stories(struct reading *r, struct error *err)
{
	int result;
	struct part *part = NULL;
	sqlite3_stmt *s = index_prepare(r->index,
					"SELECT id, issue, key, kind, title, category, sources,"
					" urls FROM story ORDER BY id DESC",
					err);
	if (!s)
		return false;
	while ((result = sqlite3_step(s)) == SQLITE_ROW) {
		long long row = sqlite3_column_int64(s, 0), issue = sqlite3_column_int64(s, 1);
		if (!part || part->source->id != issue ||
		    part->run.last - (long long)part->run.n != row) {
			const struct source_issue *source =
				r->n_sources ? bsearch(&issue, r->sources, r->n_sources,
						       sizeof(*r->sources), by_id)
					     : NULL;
			if (!source)
				continue;
			r->parts = arena_more(r->scratch, r->parts, r->n_parts, &r->cap_parts,
					      sizeof(*r->parts));
			part = &r->parts[r->n_parts++];
			*part = (struct part){source, {row, r->n, 0}};
		}
		r->stories = arena_more(r->scratch, r->stories, r->n, &r->cap, sizeof(*r->stories));
		take_story(r, s);
		part->run.n++;
	}
	sqlite3_finalize(s);
	return index_ok(r->index, result, err);
}

/* As `list` has the files: by date, then by name, backwards. */
static int newest_first(const void *a, const void *b)
{
	const struct part *x = a, *y = b;
	int order = date_compare(y->source->issue.date, x->source->issue.date);
	order = order ? order : str_compare(y->source->issue.path, x->source->issue.path);
	return order ? order : (x->run.first > y->run.first) - (x->run.first < y->run.first);
}

static int by_row(const void *a, const void *b)
{
	const struct run *x = a, *y = b;
	return (x->last < y->last) - (x->last > y->last);
}

/* Ids are all of the same length, and there are many of them. */
static size_t hash_id(struct str id)
{
	unsigned long long parts[2];
	if (id.len != sizeof(parts))
		return (size_t)str_hash(id, STR_HASH_SEED);
	memcpy(parts, id.p, sizeof(parts));
	return (size_t)((parts[0] * 0x9E3779B97F4A7C15ULL ^ parts[1]) * 0xC2B2AE3D27D4EB4FULL >>
			32);
}

static uint32_t *slot_of(const struct stories *stories, struct str id)
{
	size_t at = hash_id(id) & (stories->n_slots - 1);
	while (stories->slots[at] && !str_eq(stories->all.stories[stories->slots[at] - 1].id, id))
		at = (at + 1) & (stories->n_slots - 1);
	return &stories->slots[at];
}

static void index_ids(struct stories *stories)
{
	stories->n_slots = 64;
	while (stories->n_slots < stories->all.n_stories * 2)
		stories->n_slots *= 2;
	stories->slots = arena_alloc(stories->arena, stories->n_slots * sizeof(*stories->slots));
	stories->twins =
		arena_alloc(stories->arena, (stories->all.n_stories + 1) * sizeof(*stories->twins));
	for (size_t i = 0; i < stories->all.n_stories; i++) {
		uint32_t *slot = slot_of(stories, stories->all.stories[i].id);
		stories->twins[i] = (uint32_t)i;
		if (!*slot) {
			*slot = (uint32_t)i + 1;
		} else {
			stories->twins[i] = stories->twins[*slot - 1];
			stories->twins[*slot - 1] = (uint32_t)i;
		}
	}
}

static struct stories *put_in_order(struct reading *r)
{
	struct arena *arena = r->arena;
	struct stories *out = arena_alloc(arena, sizeof(*out));
	struct story *stories = arena_alloc(arena, (r->n + 1) * sizeof(*stories));
	struct link *links = arena_alloc(arena, (r->n_links + 1) * sizeof(*links));
	size_t n = 0;
	if (r->n_parts)
		qsort(r->parts, r->n_parts, sizeof(*r->parts), newest_first);
	if (r->n_links)
		memcpy(links, r->links, r->n_links * sizeof(*links));
	*out = (struct stories){.arena = arena, .n_issues = r->n_parts, .n_runs = r->n_parts};
	out->all = (struct issue){.stories = stories,
				  .n_stories = r->n,
				  .links = links,
				  .n_links = r->n_links,
				  .categories = r->categories,
				  .n_categories = r->n_categories};
	out->issues = arena_alloc(arena, (r->n_parts + 1) * sizeof(*out->issues));
	out->runs = arena_alloc(arena, (r->n_parts + 1) * sizeof(*out->runs));
	out->issue_of = arena_alloc(arena, (r->n + 1) * sizeof(*out->issue_of));
	for (size_t i = 0; i < r->n_parts; i++) {
		const struct run *run = &r->parts[i].run;
		struct issue *issue = &out->issues[i];
		memcpy(&stories[n], &r->stories[run->first], run->n * sizeof(*stories));
		*issue = r->parts[i].source->issue;
		issue->stories = &stories[n];
		issue->n_stories = run->n;
		issue->links = links;
		issue->n_links = r->n_links;
		issue->categories = r->categories;
		issue->n_categories = r->n_categories;
		out->runs[i] = (struct run){run->last, n, run->n};
		for (size_t k = 0; k < run->n; k++)
			out->issue_of[n + k] = (uint32_t)i;
		n += run->n;
	}
	if (out->n_runs)
		qsort(out->runs, out->n_runs, sizeof(*out->runs), by_row);
	index_ids(out);
	return out;
}

struct stories *stories_read(struct index *index, struct error *err)
{
	struct reading r = {.index = index, .arena = arena_new(), .scratch = arena_new()};
	struct stories *stories = NULL;
	/* Issues and stories of the same moment, whoever writes. */
	bool is_begun = index_exec(index, "BEGIN", err);
	if (is_begun && read_issues(&r, err) && read_stories(&r, err))
		stories = put_in_order(&r);
	if (is_begun)
		index_exec(index, "COMMIT", NULL);
	if (!stories)
		arena_free(r.arena);
	arena_free(r.scratch);
	return stories;
}

void stories_free(struct stories *stories)
{
	if (stories)
		arena_free(stories->arena);
}

unsigned long long stories_stamp(struct index *index)
{
	sqlite3_stmt *s = index_statement(index, STATEMENT_DATA_VERSION);
	unsigned long long version = 0;
	if (s && sqlite3_step(s) == SQLITE_ROW)
		version = (unsigned long long)sqlite3_column_int64(s, 0);
	if (s)
		sqlite3_reset(s);
	return version << 40 | (unsigned long long)sqlite3_total_changes64(index->db);
}

const struct issue *stories_all(const struct stories *stories)
{
	return &stories->all;
}

size_t stories_issues(const struct stories *stories, const struct issue **out)
{
	*out = stories->issues;
	return stories->n_issues;
}

const struct issue *stories_issue(const struct stories *stories, size_t nth)
{
	return &stories->issues[stories->issue_of[nth]];
}

size_t stories_find(const struct stories *stories, struct str id)
{
	uint32_t slot = *slot_of(stories, id);
	return slot ? slot - 1 : SIZE_MAX;
}

size_t stories_of_row(const struct stories *stories, long long row)
{
	size_t lo = 0, hi = stories->n_runs;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		const struct run *run = &stories->runs[mid];
		if (row > run->last)
			hi = mid;
		else if (row <= run->last - (long long)run->n)
			lo = mid + 1;
		else
			return run->first + (size_t)(run->last - row);
	}
	return SIZE_MAX;
}

size_t stories_twin(const struct stories *stories, size_t nth)
{
	return stories->twins[nth];
}
