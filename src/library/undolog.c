/* Changes as runs of steps. */
#include "undolog.h"

#include <stdlib.h>

#include <sulan/arena.h>

#include "pack.h"

/* Steps that are kept ready; for more, the journals are asked. */
#define STEPS_KEPT 200

void undolog_clear(struct undolog *log)
{
	free(log->steps);
	free(log->changes);
	*log = (struct undolog){0};
}

size_t undolog_steps(const struct undolog *log, size_t change, const struct log_step **out)
{
	size_t from = change ? log->changes[change - 1].end : 0;
	*out = &log->steps[from];
	return log->changes[change].end - from;
}

static void add_change(struct undolog *log, unsigned long long stamp)
{
	if (log->n_changes == log->cap_changes) {
		log->cap_changes = log->cap_changes ? log->cap_changes * 2 : 64;
		log->changes = mem_resize(log->changes, log->cap_changes * sizeof(*log->changes));
	}
	log->changes[log->n_changes++] = (struct log_change){stamp, log->n_steps};
}

/* To the last change. */
static void add_step(struct undolog *log, const struct log_step *step)
{
	if (log->n_steps == log->cap_steps) {
		log->cap_steps = log->cap_steps ? log->cap_steps * 2 : 64;
		log->steps = mem_resize(log->steps, log->cap_steps * sizeof(*log->steps));
	}
	log->steps[log->n_steps++] = *step;
	log->changes[log->n_changes - 1].end = log->n_steps;
}

/* What is done anew takes the place of what could have been made again. */
void undolog_step(struct undolog *log, unsigned long long stamp, const struct log_step *step)
{
	if (log->n_done == 0 || log->changes[log->n_done - 1].stamp != stamp) {
		log->n_changes = log->n_done;
		log->n_steps = log->n_changes ? log->changes[log->n_changes - 1].end : 0;
		add_change(log, stamp);
		log->n_done = log->n_changes;
	}
	add_step(log, step);
}

void undolog_reverse(struct undolog *log, const struct record *record, bool is_undo)
{
	unsigned long long stamp;
	log->reversal = record->stamp;
	if (!record_read_stamp(record->value, &stamp))
		return;
	if (is_undo && log->n_done == 0 && log->is_cut)
		log->is_lost = true;
	else if (is_undo && log->n_done && log->changes[log->n_done - 1].stamp == stamp)
		log->n_done--;
	else if (!is_undo && log->n_done < log->n_changes &&
		 log->changes[log->n_done].stamp == stamp)
		log->n_done++;
}

/* The first change to keep: all that can be made again, and before it what there is room for. */
static size_t first_kept(const struct undolog *log)
{
	size_t first = log->n_done;
	while (first && log->n_steps - (first > 1 ? log->changes[first - 2].end : 0) <= STEPS_KEPT)
		first--;
	return first;
}

void undolog_pack(const struct undolog *log, struct strbuf *out)
{
	const struct log_step *steps;
	size_t first = first_kept(log);
	size_t n_redo = log->n_steps - (log->n_done ? log->changes[log->n_done - 1].end : 0);
	bool is_lost = log->is_lost || n_redo > STEPS_KEPT;
	size_t end = is_lost ? first : log->n_changes;
	pack_number(out, log->newest);
	pack_number(out, log->reversal);
	pack_number(out, log->is_cut || first > 0);
	pack_number(out, is_lost);
	pack_number(out, is_lost ? 0 : log->n_done - first);
	pack_number(out, end - first);
	for (size_t i = first; i < end; i++) {
		size_t n = undolog_steps(log, i, &steps);
		pack_number(out, log->changes[i].stamp);
		pack_number(out, n);
		for (size_t k = 0; k < n; k++) {
			pack_text(out, steps[k].key);
			pack_text(out, steps[k].field);
			pack_text(out, steps[k].before);
			pack_text(out, steps[k].after);
		}
	}
}

void undolog_unpack(struct undolog *log, struct unpack *from)
{
	log->newest = unpack_number(from);
	log->reversal = unpack_number(from);
	log->is_cut = unpack_number(from);
	log->is_lost = unpack_number(from);
	log->n_done = (size_t)unpack_number(from);
	size_t n_changes = unpack_count(from);
	for (size_t i = 0; i < n_changes; i++) {
		add_change(log, unpack_number(from));
		for (size_t k = unpack_count(from); k > 0; k--) {
			struct log_step step;
			step.key = unpack_text(from);
			step.field = unpack_text(from);
			step.before = unpack_text(from);
			step.after = unpack_text(from);
			add_step(log, &step);
		}
	}
	from->is_bad |= log->n_done > log->n_changes;
}
