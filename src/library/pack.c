/* Numbers by seven bits a byte, the lowest first; texts with their length before them. */
#include "pack.h"

#include <stdint.h>
#include <string.h>

void pack_number(struct strbuf *buf, unsigned long long number)
{
	for (; number >= 0x80; number >>= 7)
		strbuf_putc(buf, (char)(number | 0x80));
	strbuf_putc(buf, (char)number);
}

void pack_text(struct strbuf *buf, struct str text)
{
	pack_number(buf, text.len);
	strbuf_put(buf, text);
}

unsigned long long unpack_number(struct unpack *from)
{
	unsigned long long number = 0;
	for (size_t i = 0; i < from->rest.len && i < 10; i++) {
		unsigned char byte = (unsigned char)from->rest.p[i];
		number |= (unsigned long long)(byte & 0x7f) << (7 * i);
		if (byte < 0x80) {
			from->rest = str_from(from->rest, i + 1);
			return number;
		}
	}
	*from = (struct unpack){.is_bad = true};
	return 0;
}

size_t unpack_count(struct unpack *from)
{
	unsigned long long n = unpack_number(from);
	if (n > from->rest.len)
		*from = (struct unpack){.is_bad = true};
	return from->is_bad ? 0 : (size_t)n;
}

struct str unpack_text(struct unpack *from)
{
	size_t len = unpack_count(from);
	struct str text = str_sub(from->rest, 0, len);
	from->rest = str_from(from->rest, len);
	return text;
}

/* Eight bytes at a time: journals of many megabytes are summed up. */
unsigned long long pack_sum(struct str bytes, unsigned long long seed)
{
	const uint64_t factor = 0x9e3779b97f4a7c15;
	uint64_t sum = (seed ^ bytes.len) * factor, word = 0;
	for (; bytes.len >= sizeof(word); bytes = str_from(bytes, sizeof(word))) {
		memcpy(&word, bytes.p, sizeof(word));
		sum = (sum ^ word) * factor;
		sum ^= sum >> 32;
	}
	word = 0;
	if (bytes.len)
		memcpy(&word, bytes.p, bytes.len);
	sum = (sum ^ word) * factor;
	return sum ^ sum >> 32;
}
