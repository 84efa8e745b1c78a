/* Pseudo-random text: characters that do something to their neighbours, among others. */
#ifndef TESTS_RANDOM_H
#define TESTS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

#include <sulan/utf8.h>

static inline uint32_t random_next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Up to 4 bytes for each of `n_points`, now and then malformed. */
static inline size_t random_text(uint32_t *seed, char *bytes, size_t n_points)
{
	static const uint32_t odd[] = {
		'\r',    '\n',    ' ',     '\t',    'a',     '1',     '-',     '/',     '"',
		'#',     '+',     '(',     ')',     '.',     '%',     0xAD,    0xB7,    0x300,
		0x301,   0x338,   0x344,   0x5B0,   0x5D0,   0x600,   0x9BE,   0xBBF,   0xE33,
		0x1100,  0x1161,  0x11A8,  0x115F,  0xAC00,  0xAC01,  0x200B,  0x200D,  0x200D,
		0x2014,  0x2014,  0x2019,  0x201C,  0x201D,  0x2026,  0x2028,  0x202E,  0x2060,
		0x20E3,  0x2764,  0x3000,  0x3001,  0x3002,  0x300C,  0x300D,  0x304B,  0x3099,
		0x4E2D,  0x5E74,  0xFE0E,  0xFE0F,  0xFF08,  0xFF09,  0xFF0C,  0xFF5E,  0xFF76,
		0xFF9E,  0xFFE5,  0xFB1D,  0xFB01,  0xFFFE,  0x1D15E, 0x1F1E6, 0x1F1E8, 0x1F3F4,
		0x1F3FD, 0x1F468, 0x1F469, 0xE0067, 0xE007F,
	};
	size_t len = 0;
	for (size_t i = 0; i < n_points; i++) {
		uint32_t r = random_next(seed);
		if (r % 29 == 0)
			bytes[len++] = (char)(r >> 8);
		else if (r % 7 == 0)
			len += utf8_put(r / 7 % 0xD000, bytes + len);
		else
			len += utf8_put(odd[r % (sizeof(odd) / sizeof(odd[0]))], bytes + len);
	}
	return len;
}

#endif
