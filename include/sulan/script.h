/* layer: text
 *
 * Scripts of a text, as far as they tell a name that is what it seems from one that may not be.
 */
#ifndef SULAN_SCRIPT_H
#define SULAN_SCRIPT_H

#include <stdbool.h>

#include <sulan/str.h>

/* True when letters of scripts stand together that no language writes together: the "highly
 * restrictive" level of UTS #39. Han goes with Latin and with kana, Bopomofo or Hangul; what
 * belongs to no script of its own (digits, punctuation) goes with all. */
bool text_mixes_scripts(struct str text);

#endif
