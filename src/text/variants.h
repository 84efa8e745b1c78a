/* Traditional characters and the simplified one each stands for; only where there is no choice. */
#ifndef VARIANTS_H
#define VARIANTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct variant {
	uint16_t from, into;
};

/* Sorted by `from`. */
extern const struct variant variant_table[];
extern const size_t variant_count;

#define VARIANT_FIRST 0x3400
#define VARIANT_LAST  0x9FFF

/* A bit for each code point from VARIANT_FIRST on that is in the table. */
extern const uint64_t variant_bits[];

static inline bool variant_may_be(uint32_t cp)
{
	return cp >= VARIANT_FIRST && cp <= VARIANT_LAST &&
	       variant_bits[(cp - VARIANT_FIRST) >> 6] >> (cp & 63) & 1;
}

#endif
