/* layer: screen
 *
 * A text as a QR code, by libqrencode: the smallest version that holds it at the lowest level of
 * error correction, as screens are not scratched.
 */
#ifndef SULAN_QR_H
#define SULAN_QR_H

#include <stdbool.h>

struct arena;

struct qr {
	int size;                     /* modules along a side, 21..177 */
	const unsigned char *modules; /* row by row; 1: dark */
};

/* NULL when the text is empty or too long for any (about 2900 bytes). Lives in `arena`. */
const struct qr *qr_make(struct arena *arena, const char *text);

/* False outside too: that is the quiet zone. */
bool qr_is_dark(const struct qr *qr, int row, int col);

#endif
