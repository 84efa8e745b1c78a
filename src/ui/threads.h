/* What came before the story on show and what came after it, as far as the library knows. */
#ifndef THREADS_H
#define THREADS_H

#include "root.h"

/* Asks the library about the story on show, once and while no key comes; true when its page is
 * another now. */
bool threads_work(struct app *app);

/* The library is another: it will be asked again. */
void threads_forget(struct app *app);

/* What is to be named below the story on show. */
size_t threads_mentions(const struct app *app, const struct page_mention **out);

/* Goes to one of them, from 1. */
unsigned threads_open(struct app *app, size_t nth);

void threads_free(struct threads *threads);

#endif
