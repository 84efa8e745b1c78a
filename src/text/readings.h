/* How Han characters are read in Mandarin: toneless, with v for ü. */
#ifndef READINGS_H
#define READINGS_H

#include <stdint.h>

#define READING_BYTES   7
#define READING_FIRST   0x4E00
#define READING_LAST    0x9FFF
#define READING_SEVERAL 0x8000

/* Names by number from 1; 0 is none. */
extern const char reading_names[][READING_BYTES];

/* By character: the number of its one reading, or READING_SEVERAL + where its readings begin in
 * reading_lists, up to a 0. */
extern const uint16_t reading_index[];
extern const uint16_t reading_lists[];

#endif
