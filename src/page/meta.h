/* layer: page
 *
 * What is told about a story around its text: the meta line under the title, and its links at the
 * foot.
 */
#ifndef META_H
#define META_H

#include "sheet.h"

void meta_set(struct sheet *sheet, const struct story *story);
void sources_set(struct sheet *sheet, const struct story *story);

#endif
