/* layer: library
 *
 * All stories of the index at once: as issues without their text, which is in their files. Such a
 * story is a stub: id, kind, title, category, the names of its sources and its addresses are those
 * of the file when it was indexed; it has no blocks. A filter (sulan/query.h) is held against all
 * of them; what it asks of texts the index answers, as exactly as the files would.
 */
#ifndef SULAN_STORIES_H
#define SULAN_STORIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/issue.h>
#include <sulan/query.h>
#include <sulan/str.h>

struct arena;
struct error;
struct index;
struct keywords;
struct triage;
struct stories;

/* Reads them, the newest issue first, those of a day by their file's name, backwards; in an issue
 * as they stand there. NULL with `err`. They stay as they were read, whatever becomes of the index.
 */
struct stories *stories_read(struct index *index, struct error *err);
void stories_free(struct stories *stories);

/* Another number: the stories of the index may be others. */
unsigned long long stories_stamp(struct index *index);

/* All of them as one issue, without path and date. */
const struct issue *stories_all(const struct stories *stories);

/* The issues; their stories are parts of the array that stories_all has, one after the other. */
size_t stories_issues(const struct stories *stories, const struct issue **out);

/* The issue of the story `nth` of all. */
const struct issue *stories_issue(const struct stories *stories, size_t nth);

/* Which of all has this id (the first of several), or SIZE_MAX. */
size_t stories_find(const struct stories *stories, struct str id);

/* The next story of the same id, around; `nth` itself when no issue has it again. */
size_t stories_twin(const struct stories *stories, size_t nth);

/* Of which stories, by number, anything is known: few of many. In the arena. */
const bool *stories_marked(const struct stories *stories, struct triage *triage,
			   struct arena *arena);

/* State of stories that have been edited since goes to what they have become: identity_pair for the
 * issues it may concern. False with `err` when that could not be written down. */
bool stories_pair(const struct stories *stories, struct triage *triage, size_t *n_paired,
		  struct error *err);

/* What a filter asks of texts, answered: has[i][nth] of the i-th of query_texts and story `nth`. */
struct stories_texts {
	const char *const *has;
};

/* How exactly: in haste, while somebody types, what the index proposes is not looked into, and what
 * it cannot tell is looked for in titles alone. */
enum stories_care { STORIES_EXACTLY, STORIES_HASTILY };

/* Answers in the arena. False with `err` when the index could not be read. `keywords` may be NULL.
 */
bool stories_ask(const struct stories *stories, struct index *index, struct arena *arena,
		 const struct query *query, const struct keywords *keywords, enum stories_care care,
		 struct stories_texts *out, struct error *err);

/* Whether the filter holds for story `nth`, with the answers to it. */
bool stories_match(const struct stories *stories, size_t nth, const struct query *query,
		   const struct stories_texts *texts, struct story_state state,
		   struct arena *scratch);

/* The stories that a filter lets through, by number, in order, in the arena; dismissed ones only
 * when it asks about them. */
bool stories_filter(const struct stories *stories, struct index *index, struct arena *arena,
		    const struct query *query, struct triage *triage,
		    const struct keywords *keywords, uint32_t **rows, size_t *n, struct error *err);

#endif
