/* layer: text
 *
 * Pipe tables as GitHub Flavored Markdown has them ("Tables (extension)"): where rows and cells are
 * in the text of a paragraph. Lines end in a line feed or a vertical tab; a line that begins no row
 * goes on with the last cell of the row before it, as a break in a cell does. Nothing is allocated.
 */
#ifndef SULAN_PIPES_H
#define SULAN_PIPES_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/str.h>

enum pipes_align { PIPES_LEFT, PIPES_RIGHT, PIPES_CENTER };

/* The text is a table: a line with a bar, then one of dashes, colons and bars. */
bool pipes_is_table(struct str text);

/* Where the row that begins at byte `from` ends. */
size_t pipes_row_end(struct str text, size_t from);

/* The next row of a table, the header first and without the line below it: its bytes from `*from`
 * to
 * `*end`. `*at` is 0 for the first and is moved behind the row. False when there is no further one.
 */
bool pipes_next_row(struct str text, size_t *at, size_t *from, size_t *end);

/* The next cell of the row that ends at `end`: its trimmed bytes, perhaps none, from byte `*at`,
 * which is the row's first for the first cell and is moved behind the cell. False when there is no
 * further one. */
bool pipes_next_cell(struct str text, size_t *at, size_t end, size_t *cell, size_t *cell_end);

/* How the n-th column, from 0, is aligned by the second line. */
enum pipes_align pipes_align_of(struct str text, size_t n);

#endif
