/* From the world's folder to journals and triage. */
#include "state.h"

#include <sulan/arena.h>
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
		.now_ms = world_now_ms,
	};
	state->journal = journal_new(&opts);
	state->triage = triage_new(journal_seam(state->journal));
	journal_poll(state->journal, state->triage, NULL, err);
}

void state_close(struct state *state)
{
	triage_free(state->triage);
	journal_free(state->journal);
}
