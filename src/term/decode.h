/* What a terminal sends, as keys. */
#ifndef TERM_DECODE_H
#define TERM_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/key.h>

enum decoded {
	DECODED_KEY,
	DECODED_NOTHING, /* the bytes mean no key */
	DECODED_MORE,    /* they are the start of something; none is used */
	DECODED_PASTE,   /* pasted text follows, up to decode_paste_end */
};

/* Takes one key off the front of `bytes` (len > 0). With `is_late` nothing more is to be waited for
 * and DECODED_MORE is never returned. `erase_is_bs`: the terminal's erase key is ^H. */
enum decoded decode_key(struct str bytes, bool is_late, bool erase_is_bs, struct key *key,
			size_t *used);

/* Whether more of what has begun may take its time on the way: anything but a lone ESC. */
bool decode_is_begun(struct str bytes);

#define DECODE_PASTE_END "\x1b[201~"

#endif
