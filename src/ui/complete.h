/* Completion of a command line: the words that can stand where the cursor is, taken in turn. */
#ifndef COMPLETE_H
#define COMPLETE_H

#include "prompt.h"
#include "root.h"

struct completion {
	struct arena *arena; /* NULL while nothing is being completed */
	struct str *lines;   /* the whole line with each candidate */
	const char **words;  /* the candidates alone, for show */
	size_t n, cap, word_cap, now;
	enum prompt_words words_of; /* of what line */
};

/* The line with the next candidate; the line itself when there is none. Valid until the next call.
 */
struct str completion_step(const struct app *app, struct completion *completion, struct str line,
			   int direction);
void completion_end(struct completion *completion);

/* One more candidate: `word` behind what stands before it. The texts are kept. */
void completion_offer(struct completion *completion, struct str before, const char *word);

/* complete_filter.c: candidates for the last word of a filter, which begins at byte `from`. */
void complete_filter(const struct app *app, struct completion *completion, struct str line,
		     size_t from);

/* The candidates on one row, the present one marked. Nothing while there are none. */
void completion_draw(const struct app *app, const struct completion *completion, int row);

#endif
