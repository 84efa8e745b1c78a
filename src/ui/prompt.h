/* One line being typed: editing by clusters, history, completion. */
#ifndef PROMPT_H
#define PROMPT_H

#include "root.h"

#define PROMPT_BYTES 256

/* What the words of the line may be, for completion. */
/* Words of a filter are taken in at once: what they let through is seen. */
enum prompt_words {
	PROMPT_PLAIN,
	PROMPT_COMMAND,
	PROMPT_TAGS,
	PROMPT_PATHS,
	PROMPT_PINYIN,
	PROMPT_FILTER
};

/* What is asked for, and what becomes of it. */
struct prompt_ops {
	const char *label; /* marked for translation */
	enum history_kind history;
	enum prompt_words words;
	/* The text has changed: narrow, search as it is typed. May be NULL. */
	void (*changed)(struct app *app, struct str text);
	unsigned (*accept)(struct app *app, struct str text);
	/* Left without accepting: undo what `changed` did. May be NULL. */
	void (*cancel)(struct app *app);
};

void prompt_open(struct app *app, const struct prompt_ops *ops, struct str text);

/* The same with the cursor at byte `at`, for what is wrong there; the message says what. */
void prompt_open_at(struct app *app, const struct prompt_ops *ops, struct str text, size_t at);

#endif
