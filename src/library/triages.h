/* What journals ask of a triage beyond merging. */
#ifndef TRIAGES_H
#define TRIAGES_H

#include <sulan/triage.h>

struct snapshot;
struct unpack;

/* Begins an empty triage as it was saved; the snapshot is its own from now on. False when `front`
 * makes no sense: then nothing in it is to be relied on. */
bool triage_resume(struct triage *triage, struct snapshot *snapshot, struct unpack *front);

/* Writes a snapshot to `path`; `front` is what triage_resume is to leave at the beginning. */
bool triage_save(struct triage *triage, const char *path, struct str front, struct error *err);

/* Makes everything anew from the journals. */
void triage_replay(struct triage *triage);

/* Whether a snapshot could not be read where it had to be. */
bool triage_is_damaged(const struct triage *triage);

#endif
