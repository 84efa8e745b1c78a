/* Lines of a journal: writing, checking and reading them. */
#include <sulan/record.h>

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>

#define LINE_MAX_BYTES 65536

/* CRC-32 as in zlib and PNG, by halves of bytes: a table of 256 is not worth its room here. */
static uint32_t checksum(struct str s)
{
	static const uint32_t table[16] = {
		0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
		0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
		0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
	};
	uint32_t crc = 0xffffffff;
	for (size_t i = 0; i < s.len; i++) {
		crc ^= (unsigned char)s.p[i];
		crc = (crc >> 4) ^ table[crc & 15];
		crc = (crc >> 4) ^ table[crc & 15];
	}
	return ~crc;
}

static void put_escaped(struct strbuf *buf, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c <= ' ' || c == 0x7f || c == '%')
			strbuf_printf(buf, "%%%02x", c);
		else
			strbuf_putc(buf, (char)c);
	}
}

void record_put(struct strbuf *buf, const struct record *record)
{
	size_t start = buf->len;
	strbuf_printf(buf, "%016llx %.*s ", record->stamp, (int)record->key.len, record->key.p);
	put_escaped(buf, record->field);
	strbuf_putc(buf, ' ');
	put_escaped(buf, record->value);
	uint32_t sum = checksum((struct str){buf->p + start, buf->len - start});
	strbuf_printf(buf, " %08x\n", sum);
}

static int digit_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hex(struct str text, size_t n_digits, unsigned long long *out)
{
	*out = 0;
	for (size_t i = 0; i < text.len; i++) {
		int digit = digit_of(text.p[i]);
		if (digit < 0)
			return false;
		*out = *out << 4 | (unsigned long long)digit;
	}
	return text.len == n_digits;
}

bool record_read_stamp(struct str text, unsigned long long *out)
{
	return read_hex(text, 16, out) && *out <= RECORD_STAMP_MAX;
}

static bool unescape(struct arena *arena, struct str text, struct str *out)
{
	unsigned long long byte;
	*out = text;
	if (str_find(text, STR("%"), 0) == STR_NOT_FOUND)
		return true;
	char *p = arena_alloc(arena, text.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.p[i];
		if (c == '%') {
			if (!read_hex(str_sub(text, i + 1, 2), 2, &byte))
				return false;
			c = (char)byte;
			i += 2;
		}
		p[len++] = c;
	}
	*out = (struct str){p, len};
	return true;
}

static bool is_key(struct str key)
{
	for (size_t i = 0; i < key.len; i++)
		if (digit_of(key.p[i]) < 0 && key.p[i] != '-' &&
		    !(key.p[i] >= 'g' && key.p[i] <= 'z'))
			return false;
	return key.len > 0 && key.len <= 64;
}

bool record_read(struct arena *arena, struct str line, struct record *out)
{
	struct str parts[5], rest = line;
	unsigned long long sum;
	if (line.len > LINE_MAX_BYTES)
		return false;
	for (size_t i = 0; i < 5; i++)
		if (!str_cut(&rest, ' ', &parts[i]))
			return false;
	if (rest.p || !read_hex(parts[4], 8, &sum) ||
	    sum != checksum(str_sub(line, 0, line.len - 9)))
		return false;
	*out = (struct record){.key = parts[1]};
	return record_read_stamp(parts[0], &out->stamp) && is_key(out->key) &&
	       unescape(arena, parts[2], &out->field) && unescape(arena, parts[3], &out->value);
}

int record_compare(const struct record *a, const struct record *b)
{
	if (a->stamp != b->stamp)
		return a->stamp < b->stamp ? -1 : 1;
	int order = str_compare(a->device, b->device);
	return order ? order : str_compare(a->value, b->value);
}
