/* The forms that stories are handed on in. */
#ifndef HANDS_H
#define HANDS_H

#include <stddef.h>

/* The name of a form, for completion; NULL behind the last. */
const char *hand_form(size_t index);

#endif
