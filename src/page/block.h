/* layer: page
 *
 * Blocks in reading order, each by its kind and part.
 */
#ifndef BLOCK_H
#define BLOCK_H

#include "sheet.h"

/* Sets the blocks from..to but for those not to be shown and the sheet's title. */
void blocks_set(struct sheet *sheet, uint32_t from, uint32_t to);

/* Sets one leaf as a paragraph in a role. */
void leaf_set(struct sheet *sheet, uint32_t block, enum role role);

/* table.c: sets a leaf that is a pipe table in columns, or row by row where these get too narrow.
 */
void table_set(struct sheet *sheet, uint32_t block, enum role role);

/* A rule across the text column. */
void rule_set(struct sheet *sheet);

/* An indent that begins with `first` and goes on with blanks. */
struct level level_hanging(struct sheet *sheet, struct str first, enum role role);

/* The sign of a bullet at a depth, from 0, with the blank behind it. */
struct str bullet_sign(size_t depth);

#endif
