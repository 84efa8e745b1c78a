/* From the world's folder to journals and triage. */
#include "state.h"

#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/identity.h>
#include <sulan/journal.h>
#include <sulan/triage.h>

void state_open(struct state *state, const struct world *world, struct error *err)
{
	*state = (struct state){0};
	*err = (struct error){0};
	if (!world->data_dir) {
		state->triage = triage_new(NULL);
		return;
	}
	struct journal_opts opts = {
		.home = world->data_dir,
		.new_name = world_device_name(world->arena),
		.cache = world->state_cache,
		.now_ms = world_now_ms,
	};
	state->journal = journal_new(&opts);
	state->triage = triage_new(journal_seam(state->journal));
	journal_poll(state->journal, state->triage, NULL, err);
}

struct story_state state_of_story(const void *state, struct str id)
{
	return triage_state(((const struct state *)state)->triage, id);
}

void state_pair(const struct state *state, const struct issue *const *issues, size_t n)
{
	size_t n_paired;
	for (size_t i = 0; state->journal && i < n; i++)
		if (!identity_pair(state->triage, issues[i], &n_paired, NULL))
			break;
}

/* The nearest folder above that is there: it will tell when what is missing comes. */
static int watch_above(int fd, const char *dir)
{
	char *path = strdup(dir), *slash;
	int watch = -1;
	while (path && watch < 0 && (slash = strrchr(path, '/')) && slash > path) {
		*slash = '\0';
		watch = inotify_add_watch(fd, path, IN_CREATE | IN_MOVED_TO | IN_ONLYDIR);
	}
	free(path);
	return watch > 0 ? watch : 0;
}

/* The folder may come later: with the first mark of any program. */
static void watch_dir(struct state *state)
{
	int fd = state->watch_fd;
	if (state->is_watched || fd <= 0)
		return;
	state->is_watched = inotify_add_watch(fd, journal_dir(state->journal),
					      IN_MODIFY | IN_CREATE | IN_MOVED_TO) >= 0;
	int above = state->is_watched ? 0 : watch_above(fd, journal_dir(state->journal));
	if (state->above && state->above != above)
		inotify_rm_watch(fd, state->above);
	state->above = above;
}

int state_watch(struct state *state)
{
	if (state->journal && state->watch_fd == 0)
		state->watch_fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (state->watch_fd < 0)
		state->watch_fd = 0;
	if (state->journal)
		watch_dir(state);
	return state->watch_fd;
}

void state_watch_too(struct state *state, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (state->has_more || state->watch_fd <= 0 || !slash)
		return;
	char *dir = strndup(path, (size_t)(slash - path));
	state->has_more =
		dir && inotify_add_watch(state->watch_fd, dir, IN_MODIFY | IN_MOVED_TO) >= 0;
	free(dir);
}

bool state_refresh(struct state *state, bool is_told)
{
	size_t n_changed = 0;
	char events[4096];
	while (is_told && state->watch_fd > 0 && read(state->watch_fd, events, sizeof(events)) > 0)
		continue;
	if (!state->journal)
		return false;
	bool is_news = is_told || !state->is_watched || journal_is_stale(state->journal);
	watch_dir(state);
	if (is_news)
		journal_poll(state->journal, state->triage, &n_changed, NULL);
	return n_changed > 0;
}

void state_sync(struct state *state, const struct world *world, struct error *err)
{
	struct journal_news news = {0};
	struct str folder = world->config->sync.folder;
	*err = (struct error){0};
	if (state->journal && folder.len)
		journal_sync(state->journal, state->triage, world_path(world, folder), &news, err);
}

void state_close(struct state *state, bool is_tended)
{
	if (state->journal && is_tended)
		journal_tend(state->journal, state->triage, NULL);
	else if (state->journal)
		journal_settle(state->journal, state->triage, NULL);
	if (state->watch_fd > 0)
		close(state->watch_fd);
	triage_free(state->triage);
	journal_free(state->journal);
}
