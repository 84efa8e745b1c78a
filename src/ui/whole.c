/* A few files are kept read: neighbouring stories mostly are of the same one. */
#include "whole.h"

#include <string.h>
#include <sys/stat.h>

#include <sulan/arena.h>
#include <sulan/file.h>
#include <sulan/stories.h>

static struct whole_stamp stamp_of(const char *path)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return (struct whole_stamp){0};
	return (struct whole_stamp){st.st_mtim.tv_sec, st.st_mtim.tv_nsec, st.st_size};
}

static bool is_same(struct whole_stamp a, struct whole_stamp b)
{
	return a.sec == b.sec && a.nsec == b.nsec && a.size == b.size;
}

/* The place for one more, in front of the others; the one that was not asked for the longest goes.
 */
static struct whole_file *make_room(struct whole_cache *cache)
{
	issue_free(cache->files[WHOLE_FILES - 1].issue);
	memmove(&cache->files[1], &cache->files[0], (WHOLE_FILES - 1) * sizeof(cache->files[0]));
	cache->files[0] = (struct whole_file){0};
	return &cache->files[0];
}

static void to_front(struct whole_cache *cache, size_t at)
{
	struct whole_file file = cache->files[at];
	memmove(&cache->files[1], &cache->files[0], at * sizeof(file));
	cache->files[0] = file;
}

static const struct issue *read_file(struct app *app, struct str path, struct error *err)
{
	struct arena *arena = arena_new();
	struct str bytes;
	if (file_read(str_dup(arena, path), arena, &bytes, err))
		return issue_read_with(arena, bytes, path, app->shelf.profiles, err);
	arena_free(arena);
	return NULL;
}

/* The file as it is now. */
static const struct issue *get_file(struct app *app, struct str path, struct error *err)
{
	struct whole_cache *cache = &app->wholes;
	struct whole_stamp stamp = stamp_of(str_dup(app->frame, path));
	for (size_t i = 0; i < WHOLE_FILES; i++) {
		const struct issue *issue = cache->files[i].issue;
		if (!issue || !str_eq(issue->path, path) || !is_same(cache->files[i].stamp, stamp))
			continue;
		to_front(cache, i);
		return issue;
	}
	const struct issue *issue = read_file(app, path, err);
	if (issue)
		*make_room(cache) = (struct whole_file){issue, stamp};
	return issue;
}

static const struct story *find(const struct issue *issue, struct str id)
{
	for (size_t i = 0; issue && i < issue->n_stories; i++)
		if (str_eq(issue->stories[i].id, id))
			return &issue->stories[i];
	return NULL;
}

static struct block leaf(enum block_kind kind, enum block_part part, uint32_t index,
			 struct str text)
{
	return (struct block){.kind = kind,
			      .part = part,
			      .level = 2,
			      .end = index + 1,
			      .number = -1,
			      .text = text};
}

/* Title, links and a sentence on what became of the rest. */
static const struct issue *stand_in(const struct app *app, const struct issue *stub_issue,
				    const struct story *stub, struct str why)
{
	struct arena *arena = arena_new();
	struct issue *issue = arena_alloc(arena, sizeof(*issue));
	struct story *story = arena_alloc(arena, sizeof(*story));
	struct block *blocks = arena_alloc(arena, 2 * sizeof(*blocks));
	struct link *links = arena_alloc(arena, (stub->n_links + 1) * sizeof(*links));
	uint32_t *numbers = arena_alloc(arena, (stub->n_links + 1) * sizeof(*numbers));
	struct str *category = arena_alloc(arena, sizeof(*category));
	for (size_t i = 0; i < stub->n_links; i++) {
		links[i].url = str_copy(arena, app->reading.issue->links[stub->links[i]].url);
		links[i].text = links[i].url;
		numbers[i] = (uint32_t)i;
	}
	*category = str_copy(arena, stub_issue->categories[stub->category]);
	*story = (struct story){.id = str_copy(arena, stub->id),
				.kind = stub->kind,
				.title = str_copy(arena, stub->title),
				.end = 2,
				.links = numbers,
				.n_links = stub->n_links};
	blocks[0] = leaf(BLOCK_HEADING, PART_TITLE, 0, story->title);
	blocks[1] = leaf(BLOCK_PARA, PART_BODY, 1, str_copy(arena, why));
	*issue = (struct issue){.arena = arena,
				.title = str_copy(arena, stub_issue->title),
				.publication = str_copy(arena, stub_issue->publication),
				.date = stub_issue->date,
				.blocks = blocks,
				.n_blocks = 2,
				.links = links,
				.n_links = stub->n_links,
				.categories = category,
				.n_categories = 1,
				.stories = story,
				.n_stories = 1};
	return issue;
}

const struct story *whole_get(struct app *app, uint32_t index, const struct issue **out)
{
	const struct issue *stub_issue = stories_issue(app->reading.stories, index);
	const struct story *stub = &app->reading.issue->stories[index];
	struct error err = {0};
	char why[1024];
	const struct issue *issue = get_file(app, stub_issue->path, &err);
	const struct story *story = find(issue, stub->id);
	if (!story) {
		if (issue)
			error_set(&err, ERROR_INPUT, N_("the story is no longer in its issue"),
				  NULL);
		error_at(&err, str_dup(app->frame, stub_issue->path), 0);
		error_text(&err, app_word(app, err.what), why, sizeof(why));
		struct whole_file *file = make_room(&app->wholes);
		file->issue = issue = stand_in(app, stub_issue, stub, str_of(why));
		story = issue->stories;
	}
	*out = issue;
	return story;
}

void whole_free(struct whole_cache *cache)
{
	for (size_t i = 0; i < WHOLE_FILES; i++)
		issue_free(cache->files[i].issue);
	*cache = (struct whole_cache){{{NULL, {0}}}};
}
