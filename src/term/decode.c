/* Bytes to keys: UTF-8, controls, Alt as ESC before a key, and the CSI and SS3 sequences of xterm,
 * its likes, rxvt and the Linux console. Whatever else begins with ESC, late answers to questions
 * of other programs among it, is swallowed whole. */
#include "decode.h"

#include <sulan/utf8.h>

enum { ESC = 0x1b, MAX_PARAMS = 8, MAX_SEQUENCE = 64, MAX_STRING = 2048 };

struct csi {
	char prefix, final;
	unsigned params[MAX_PARAMS];
	size_t n_params;
};

static struct key plain_key(uint32_t code, uint8_t mods)
{
	return (struct key){.code = code, .mods = mods};
}

static struct key control_key(unsigned char c, bool erase_is_bs)
{
	switch (c) {
	case 0:
		return plain_key(' ', KEY_CTRL);
	case '\b':
		return erase_is_bs ? plain_key(127, 0) : plain_key('h', KEY_CTRL);
	case '\t':
	case '\r':
	case ESC:
	case 127:
		return plain_key(c, 0);
	default:
		return c <= 26 ? plain_key((uint32_t)c + 'a' - 1, KEY_CTRL)
			       : plain_key((uint32_t)c + 0x40, KEY_CTRL);
	}
}

/* A character reported together with its modifiers. */
static struct key key_with_mods(unsigned code, uint8_t mods)
{
	if (code >= 'A' && code <= 'Z' && mods & KEY_CTRL)
		code += 'a' - 'A';
	if (mods & KEY_SHIFT && code > ' ' && code != 127) {
		if (code >= 'a' && code <= 'z' && !(mods & KEY_CTRL))
			code -= 'a' - 'A';
		mods &= (uint8_t)~KEY_SHIFT;
	}
	return plain_key(code, mods);
}

/* 1 + bits of Shift, Alt, Ctrl, Meta. */
static uint8_t mods_of(unsigned param)
{
	static const uint8_t bits[] = {KEY_SHIFT, KEY_ALT, KEY_CTRL, KEY_ALT};
	uint8_t mods = 0;
	for (size_t i = 0; param > 1 && i < sizeof(bits); i++)
		if ((param - 1) >> i & 1)
			mods |= bits[i];
	return mods;
}

static uint32_t code_of_final(char final)
{
	switch (final) {
	case 'A':
		return KEY_CODE_UP;
	case 'B':
		return KEY_CODE_DOWN;
	case 'C':
		return KEY_CODE_RIGHT;
	case 'D':
		return KEY_CODE_LEFT;
	case 'H':
		return KEY_CODE_HOME;
	case 'F':
		return KEY_CODE_END;
	case 'P':
	case 'Q':
	case 'R':
	case 'S':
		return KEY_CODE_F1 + (uint32_t)(final - 'P');
	default:
		return KEY_CODE_NONE;
	}
}

static uint32_t code_of_number(unsigned number)
{
	static const uint32_t low[] = {0,
				       KEY_CODE_HOME,
				       KEY_CODE_INSERT,
				       KEY_CODE_DELETE,
				       KEY_CODE_END,
				       KEY_CODE_PAGE_UP,
				       KEY_CODE_PAGE_DOWN,
				       KEY_CODE_HOME,
				       KEY_CODE_END};
	if (number < sizeof(low) / sizeof(*low))
		return low[number];
	if (number >= 11 && number <= 15)
		return KEY_CODE_F1 + number - 11;
	if (number >= 17 && number <= 21)
		return KEY_CODE_F1 + 5 + number - 17;
	if (number == 23 || number == 24)
		return KEY_CODE_F1 + 10 + number - 23;
	return KEY_CODE_NONE;
}

static bool mouse_key(unsigned button, unsigned col, unsigned row, struct key *key)
{
	if (button & 32 || col == 0 || row == 0) /* motion */
		return false;
	*key = (struct key){.code = KEY_CODE_MOUSE, .row = (int)row - 1, .col = (int)col - 1};
	key->mods = (uint8_t)((button & 4 ? KEY_SHIFT : 0) | (button & 8 ? KEY_ALT : 0) |
			      (button & 16 ? KEY_CTRL : 0));
	switch (button & ~28u) {
	case 0:
		key->mouse = MOUSE_CLICK;
		return true;
	case 64:
		key->mouse = MOUSE_WHEEL_UP;
		return true;
	case 65:
		key->mouse = MOUSE_WHEEL_DOWN;
		return true;
	default:
		return false;
	}
}

static enum decoded tilde_key(const struct csi *csi, struct key *key)
{
	unsigned number = csi->params[0];
	uint8_t mods = mods_of(csi->params[1]);
	if (number == 200)
		return DECODED_PASTE;
	if (number == 27 && csi->n_params == 3 && csi->params[2] < KEY_CODE_BASE) {
		*key = key_with_mods(csi->params[2], mods);
		return key->code ? DECODED_KEY : DECODED_NOTHING;
	}
	*key = plain_key(code_of_number(number), mods);
	if (csi->final == '^')
		key->mods |= KEY_CTRL;
	return key->code ? DECODED_KEY : DECODED_NOTHING;
}

static enum decoded csi_key(const struct csi *csi, struct key *key)
{
	bool is_key = false;
	if (csi->prefix == '<' && csi->final == 'M') {
		is_key = csi->n_params == 3 &&
			 mouse_key(csi->params[0], csi->params[1], csi->params[2], key);
		return is_key ? DECODED_KEY : DECODED_NOTHING;
	}
	if (csi->prefix)
		return DECODED_NOTHING;
	switch (csi->final) {
	case '~':
	case '^':
		return tilde_key(csi, key);
	case 'Z':
		*key = plain_key('\t', KEY_SHIFT);
		return DECODED_KEY;
	case 'u':
		is_key = csi->params[0] > 0 && csi->params[0] < KEY_CODE_BASE;
		*key = key_with_mods(csi->params[0], mods_of(csi->params[1]));
		return is_key ? DECODED_KEY : DECODED_NOTHING;
	case 'a':
	case 'b':
	case 'c':
	case 'd':
		is_key = csi->n_params == 0;
		*key = plain_key(code_of_final((char)(csi->final - 'a' + 'A')), KEY_SHIFT);
		return is_key ? DECODED_KEY : DECODED_NOTHING;
	default:
		/* With another first number it is a report of something, as of the cursor. */
		is_key = code_of_final(csi->final) && csi->params[0] <= 1;
		*key = plain_key(code_of_final(csi->final), mods_of(csi->params[1]));
		return is_key ? DECODED_KEY : DECODED_NOTHING;
	}
}

/* Reads "ESC [ ..." up to its final byte; returns its bytes, 0 when it has not ended. A byte that
 * cannot be in it ends it, not used, with final 0. */
static size_t read_csi(struct str bytes, struct csi *csi)
{
	size_t at = 2;
	*csi = (struct csi){0};
	if (at < bytes.len && bytes.p[at] >= '<' && bytes.p[at] <= '?')
		csi->prefix = bytes.p[at++];
	for (bool is_sub = false; at < bytes.len; at++) {
		char c = bytes.p[at];
		if (c < 0x20 || c == 0x7f)
			return at;
		if (c >= 0x40) {
			csi->final = c;
			return at + 1;
		}
		if (c >= '0' && c <= '9') {
			if (csi->n_params == 0)
				csi->n_params = 1;
			unsigned *param = &csi->params[csi->n_params - 1];
			if (!is_sub && *param < 10000000)
				*param = *param * 10 + (unsigned)(c - '0');
		} else if (c == ';') {
			is_sub = false;
			if (csi->n_params == 0)
				csi->n_params = 1;
			if (csi->n_params < MAX_PARAMS)
				csi->n_params++;
		} else if (c == ':') {
			is_sub = true;
		}
	}
	return 0;
}

/* What has begun and not ended: waited for, unless it is late or grows too long to be anything. */
static enum decoded unfinished(struct str bytes, bool is_late, size_t max, size_t *used)
{
	if (!is_late && bytes.len < max)
		return DECODED_MORE;
	*used = bytes.len;
	return DECODED_NOTHING;
}

static enum decoded decode_csi(struct str bytes, bool is_late, struct key *key, size_t *used)
{
	struct csi csi;
	unsigned char c = (unsigned char)bytes.p[2];
	if (c == '[') { /* the Linux console's F1..F5 */
		if (bytes.len < 4)
			return unfinished(bytes, is_late, MAX_SEQUENCE, used);
		*used = 4;
		*key = plain_key(KEY_CODE_F1 + (uint32_t)(bytes.p[3] - 'A'), 0);
		return bytes.p[3] >= 'A' && bytes.p[3] <= 'E' ? DECODED_KEY : DECODED_NOTHING;
	}
	if (c == 'M') { /* a mouse without SGR reports: three bytes from 32 up */
		if (bytes.len < 6)
			return unfinished(bytes, is_late, MAX_SEQUENCE, used);
		const unsigned char *p = (const unsigned char *)bytes.p;
		*used = 6;
		return p[3] >= 32 && p[4] > 32 && p[5] > 32 &&
				       mouse_key(p[3] - 32u, p[4] - 32u, p[5] - 32u, key)
			       ? DECODED_KEY
			       : DECODED_NOTHING;
	}
	*used = read_csi(bytes, &csi);
	if (*used == 0)
		return unfinished(bytes, is_late, MAX_SEQUENCE, used);
	return csi.final ? csi_key(&csi, key) : DECODED_NOTHING;
}

static enum decoded decode_ss3(struct str bytes, struct key *key, size_t *used)
{
	size_t at = 2;
	unsigned mods = 0;
	if (bytes.p[at] >= '2' && bytes.p[at] <= '8' && bytes.len > at + 1)
		mods = (unsigned)(bytes.p[at++] - '0');
	char c = bytes.p[at];
	*used = at + 1;
	if (c == 'M')
		*key = plain_key('\r', 0);
	else if (c >= 'j' && c <= 'y') /* the digits and signs of the keypad */
		*key = plain_key((uint32_t)(c - 'j' + '*'), 0);
	else
		*key = plain_key(code_of_final(c), mods_of(mods));
	return key->code ? DECODED_KEY : DECODED_NOTHING;
}

/* "ESC ] ... BEL" and the like: an answer to someone, with nothing to press in it. */
static enum decoded decode_string(struct str bytes, bool is_late, size_t *used)
{
	for (size_t at = 2; at < bytes.len; at++) {
		bool is_st = bytes.p[at] == ESC && at + 1 < bytes.len && bytes.p[at + 1] == '\\';
		if (bytes.p[at] == '\a' || is_st) {
			*used = at + 1 + is_st;
			return DECODED_NOTHING;
		}
	}
	return unfinished(bytes, is_late, MAX_STRING, used);
}

/* An answer begins with what nobody types after Alt-] or Alt-P. */
static bool is_string(struct str bytes)
{
	char kind = bytes.p[1], c = bytes.p[2];
	return (kind == ']' && c >= '0' && c <= '9') ||
	       (kind == 'P' && ((c >= '0' && c <= '9') || c == '>' || c == '!' || c == '$')) ||
	       (kind == '_' && c == 'G');
}

static enum decoded decode_character(struct str bytes, bool is_late, bool erase_is_bs,
				     struct key *key, size_t *used)
{
	unsigned char c = (unsigned char)bytes.p[0];
	if (c < 0x20 || c == 0x7f) {
		*key = control_key(c, erase_is_bs);
		*used = 1;
		return DECODED_KEY;
	}
	uint32_t cp;
	size_t len = utf8_next(bytes, 0, &cp);
	size_t want = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
	if (cp == 0xfffd && !is_late && bytes.len < want && len == bytes.len)
		return DECODED_MORE;
	*used = len;
	*key = plain_key(cp, 0);
	return cp == 0xfffd || (cp >= 0x80 && cp < 0xa0) ? DECODED_NOTHING : DECODED_KEY;
}

/* "ESC [" or "ESC O" and what follows. */
static enum decoded decode_sequence(struct str bytes, bool is_late, struct key *key, size_t *used)
{
	if (bytes.len > 2)
		return bytes.p[1] == '[' ? decode_csi(bytes, is_late, key, used)
					 : decode_ss3(bytes, key, used);
	if (!is_late)
		return DECODED_MORE;
	*key = plain_key((uint32_t)bytes.p[1], KEY_ALT);
	*used = 2;
	return DECODED_KEY;
}

static enum decoded decode_alt(struct str bytes, bool is_late, bool erase_is_bs, struct key *key,
			       size_t *used)
{
	struct str rest = str_from(bytes, 1);
	enum decoded what = rest.p[0] == ESC
				    ? decode_sequence(rest, is_late, key, used)
				    : decode_character(rest, is_late, erase_is_bs, key, used);
	*used += 1;
	key->mods |= KEY_ALT;
	return what;
}

enum decoded decode_key(struct str bytes, bool is_late, bool erase_is_bs, struct key *key,
			size_t *used)
{
	if (bytes.p[0] != ESC)
		return decode_character(bytes, is_late, erase_is_bs, key, used);
	char kind = bytes.len > 1 ? bytes.p[1] : ESC;
	if (kind == '[' || kind == 'O')
		return decode_sequence(bytes, is_late, key, used);
	bool may_be_more = kind == ESC || kind == ']' || kind == 'P' || kind == '_';
	if (bytes.len <= 2 && may_be_more && !is_late)
		return DECODED_MORE;
	if (bytes.len > 2 && is_string(bytes))
		return decode_string(bytes, is_late, used);
	if (kind == ESC && !(bytes.len > 2 && (bytes.p[2] == '[' || bytes.p[2] == 'O'))) {
		*key = plain_key(ESC, 0);
		*used = 1;
		return DECODED_KEY;
	}
	return decode_alt(bytes, is_late, erase_is_bs, key, used);
}

bool decode_is_begun(struct str bytes)
{
	return bytes.len > 1;
}
