/* layer: text
 *
 * UTF-8 in and out. Decoding never fails: what is malformed is U+FFFD, one per maximal subpart
 * (Unicode 15 §3.9), so every text can be walked to its end.
 */
#ifndef SULAN_UTF8_H
#define SULAN_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/str.h>

struct arena;

/* The code point at byte `at` (at < text.len); returns its bytes, 1..4. */
size_t utf8_next(struct str text, size_t at, uint32_t *cp);

/* Writes `cp` (a scalar value) into up to 4 bytes; returns how many. */
size_t utf8_put(uint32_t cp, char out[4]);

bool utf8_is_valid(struct str text);

/* The text with every malformed part replaced by U+FFFD: `text` itself when it is valid. */
struct str utf8_repair(struct arena *arena, struct str text);

/* Han, kana, hangul, bopomofo and their full-width forms and punctuation: what is set without
 * spaces between words. */
bool codepoint_is_cjk(uint32_t cp);

/* A letter or digit of a script that writes words with spaces between them. */
bool codepoint_is_word(uint32_t cp);

#endif
