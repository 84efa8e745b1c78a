/* layer: text
 *
 * Text as search sees it: case folded, full width and half width made one, compatibility forms and
 * combining marks of Latin letters reduced, traditional characters simplified where they stand for
 * one simplified character alone, with the way back to the original bytes.
 */
#ifndef SULAN_FOLD_H
#define SULAN_FOLD_H

#include <stddef.h>
#include <stdint.h>

#include <sulan/str.h>

struct arena;

struct fold {
	struct str text;
	/* at[i]: byte of the original where the character begins that folded byte i came from;
	 * at[text.len] is the original's length. */
	const uint32_t *at;
};

struct fold fold_make(struct arena *arena, struct str original);

/* The folded text alone, for keys and needles. */
struct str fold_text(struct arena *arena, struct str original);

/* The same with traditional characters left alone: what ids are made of, which must not change when
 * the Unicode database does. */
struct str fold_name(struct arena *arena, struct str original);

/* The original bytes that folded bytes from..to stand for, at whole characters. */
struct str fold_source(const struct fold *fold, struct str original, size_t from, size_t to);

#endif
