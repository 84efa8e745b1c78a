/* A reader that marks stories, on a home of its own and with a clock that stands still. */
#ifndef TESTS_MARKING_H
#define TESTS_MARKING_H

#include <sulan/error.h>
#include <sulan/journal.h>
#include <sulan/triage.h>

struct reader {
	struct journal *journal;
	struct triage *triage;
	struct error err;
};

static inline unsigned long long stopped_clock(void *self)
{
	(void)self;
	return 0x19beaecb4e4ULL;
}

static inline struct reader start(const char *home, const char *name)
{
	struct reader r = {.err = {0}};
	struct journal_opts opts = {.home = home, .new_name = name, .now_ms = stopped_clock};
	r.journal = journal_new(&opts);
	r.triage = triage_new(journal_seam(r.journal));
	journal_poll(r.journal, r.triage, NULL, &r.err);
	return r;
}

static inline void stop(struct reader *r)
{
	triage_free(r->triage);
	journal_free(r->journal);
}

#endif
