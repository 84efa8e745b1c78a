/* layer: page
 *
 * Stories elsewhere that are named at the foot of this one.
 */
#ifndef MENTION_H
#define MENTION_H

#include "sheet.h"

void mentions_set(struct sheet *sheet, const struct story *story);

#endif
