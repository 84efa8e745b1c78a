/* Reading the files that stories of the index are in. */
#include "wholes.h"

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/issue.h>

static const struct issue *read_issue(const struct world *world, struct str path, struct error *err)
{
	struct arena *arena = arena_new();
	struct str bytes;
	if (file_read(str_dup(arena, path), arena, &bytes, err))
		return issue_read_with(arena, bytes, path, &world->config->profiles, err);
	arena_free(arena);
	return NULL;
}

/* Stories mostly come issue by issue: the one that was read last is looked at first. */
static const struct issue *find_issue(struct wholes *w, const struct world *world, struct str path,
				      struct error *err)
{
	for (size_t i = w->n_issues; i > 0; i--)
		if (str_eq(w->issues[i - 1]->path, path))
			return w->issues[i - 1];
	const struct issue *issue = read_issue(world, path, err);
	if (!issue)
		return NULL;
	if (w->is_fleeting)
		wholes_free(w);
	w->issues = arena_more(world->arena, w->issues, w->n_issues, &w->cap_issues,
			       sizeof(const struct issue *));
	w->issues[w->n_issues++] = issue;
	return issue;
}

bool wholes_get(struct wholes *w, const struct world *world, struct str path, struct str id,
		struct out_story *out)
{
	struct error err = {0};
	const struct issue *issue = find_issue(w, world, path, &err);
	for (size_t i = 0; issue && i < issue->n_stories; i++) {
		*out = (struct out_story){issue, &issue->stories[i]};
		if (str_eq(out->story->id, id))
			return true;
	}
	if (issue)
		error_set(&err, ERROR_INPUT, N_("the story is no longer in its issue"), NULL);
	error_at(&err, str_dup(world->arena, path), 0);
	world_complain(world, &err);
	w->is_bad = true;
	return false;
}

void wholes_add(struct wholes *w, const struct world *world, struct str path, struct str id)
{
	struct out_story story;
	if (!wholes_get(w, world, path, id, &story))
		return;
	w->stories = arena_more(world->arena, w->stories, w->n, &w->cap, sizeof(*w->stories));
	w->stories[w->n++] = story;
}

void wholes_free(struct wholes *w)
{
	for (size_t i = 0; i < w->n_issues; i++)
		issue_free(w->issues[i]);
	w->n_issues = 0;
}
