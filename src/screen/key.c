/* Keys and their written form, one table for both ways. */
#include <sulan/key.h>

#include <stdio.h>
#include <string.h>

#include <sulan/utf8.h>

struct named {
	const char *name;
	uint32_t code;
	uint8_t mouse;
};

/* The first name of a key is the one it is written with. Characters stand here when they cannot be
 * written bare: in a sequence of keys (<lt>, <Space>) or in the file that holds one (<Hash>...). */
static const struct named named_keys[] = {
	{"Enter", 13, 0},
	{"Tab", 9, 0},
	{"Esc", 27, 0},
	{"BS", 127, 0},
	{"Space", ' ', 0},
	{"lt", '<', 0},
	{"Up", KEY_CODE_UP, 0},
	{"Down", KEY_CODE_DOWN, 0},
	{"Left", KEY_CODE_LEFT, 0},
	{"Right", KEY_CODE_RIGHT, 0},
	{"Home", KEY_CODE_HOME, 0},
	{"End", KEY_CODE_END, 0},
	{"PageUp", KEY_CODE_PAGE_UP, 0},
	{"PageDown", KEY_CODE_PAGE_DOWN, 0},
	{"Insert", KEY_CODE_INSERT, 0},
	{"Del", KEY_CODE_DELETE, 0},
	{"F1", KEY_CODE_F1, 0},
	{"F2", KEY_CODE_F1 + 1, 0},
	{"F3", KEY_CODE_F1 + 2, 0},
	{"F4", KEY_CODE_F1 + 3, 0},
	{"F5", KEY_CODE_F1 + 4, 0},
	{"F6", KEY_CODE_F1 + 5, 0},
	{"F7", KEY_CODE_F1 + 6, 0},
	{"F8", KEY_CODE_F1 + 7, 0},
	{"F9", KEY_CODE_F1 + 8, 0},
	{"F10", KEY_CODE_F1 + 9, 0},
	{"F11", KEY_CODE_F1 + 10, 0},
	{"F12", KEY_CODE_F12, 0},
	{"Click", KEY_CODE_MOUSE, MOUSE_CLICK},
	{"DoubleClick", KEY_CODE_MOUSE, MOUSE_DOUBLE},
	{"WheelUp", KEY_CODE_MOUSE, MOUSE_WHEEL_UP},
	{"WheelDown", KEY_CODE_MOUSE, MOUSE_WHEEL_DOWN},
	{"Paste", KEY_CODE_PASTE, 0},
	{"Resize", KEY_CODE_RESIZE, 0},
	{"Resume", KEY_CODE_RESUME, 0},
	{"Close", KEY_CODE_CLOSE, 0},
	{"CR", 13, 0},
	{"Return", 13, 0},
	{"Delete", KEY_CODE_DELETE, 0},
	{"PgUp", KEY_CODE_PAGE_UP, 0},
	{"PgDn", KEY_CODE_PAGE_DOWN, 0},
	{"Hash", '#', 0},
	{"Semi", ';', 0},
	{"Equal", '=', 0},
	{"Colon", ':', 0},
	{"Bar", '|', 0},
};
static const size_t n_named_keys = sizeof(named_keys) / sizeof(*named_keys);

bool key_eq(struct key a, struct key b)
{
	return a.code == b.code && a.mods == b.mods &&
	       (a.code != KEY_CODE_MOUSE || a.mouse == b.mouse);
}

static bool is_character(uint32_t code)
{
	return code > ' ' && code != 127 && code < KEY_CODE_BASE;
}

/* To what a terminal sends: there, Ctrl with some characters is another key, and Shift with a
 * character is another character. */
static struct key as_sent(struct key key)
{
	if (key.mods & KEY_CTRL && key.code >= 'A' && key.code <= 'Z')
		key.code += 'a' - 'A';
	if (key.mods & KEY_CTRL) {
		static const struct {
			char from;
			uint8_t to;
			bool keeps_ctrl;
		} same[] = {{'i', 9, false},   {'m', 13, false}, {'[', 27, false},
			    {'?', 127, false}, {'@', ' ', true}, {'/', '_', true}};
		for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++) {
			if (key.code != (uint32_t)same[i].from)
				continue;
			key.code = same[i].to;
			if (!same[i].keeps_ctrl)
				key.mods &= (uint8_t)~KEY_CTRL;
			break;
		}
	}
	if (key.mods & KEY_SHIFT && is_character(key.code)) {
		if (!(key.mods & KEY_CTRL) && key.code >= 'a' && key.code <= 'z')
			key.code -= 'a' - 'A';
		key.mods &= (uint8_t)~KEY_SHIFT;
	}
	return key;
}

static bool find_name(struct str name, struct key *key)
{
	for (size_t i = 0; i < n_named_keys; i++) {
		if (str_same_ascii(name, str_of(named_keys[i].name))) {
			key->code = named_keys[i].code;
			key->mouse = named_keys[i].mouse;
			return true;
		}
	}
	return false;
}

static uint8_t mod_of(char letter)
{
	switch (letter) {
	case 'C':
	case 'c':
		return KEY_CTRL;
	case 'M':
	case 'm':
	case 'A':
	case 'a':
		return KEY_ALT;
	case 'S':
	case 's':
		return KEY_SHIFT;
	default:
		return 0;
	}
}

/* "<...>" at the front of `text`; a bare character in it needs a modifier, so that "<x>" stays
 * free. */
static size_t parse_brackets(struct str text, struct key *out)
{
	struct key key = {0};
	size_t at = 1;
	while (at + 2 < text.len && text.p[at + 1] == '-' && mod_of(text.p[at])) {
		key.mods |= mod_of(text.p[at]);
		at += 2;
	}
	if (at >= text.len)
		return 0;
	size_t len = utf8_next(text, at, &key.code);
	bool is_single = at + len < text.len && text.p[at + len] == '>';
	if (!is_single) {
		size_t end = str_find(text, STR(">"), at);
		if (end == STR_NOT_FOUND || !find_name(str_sub(text, at, end - at), &key))
			return 0;
		len = end - at;
	} else if (!key.mods || !is_character(key.code)) {
		return 0;
	}
	*out = as_sent(key);
	return at + len + 1;
}

size_t key_parse(struct str text, struct key *out)
{
	if (text.len == 0)
		return 0;
	if (text.p[0] == '<')
		return parse_brackets(text, out);
	struct key key = {0};
	size_t len = utf8_next(text, 0, &key.code);
	if (!is_character(key.code))
		return 0;
	*out = key;
	return len;
}

/* The name of a key that has one and cannot be written as its character; NULL for others. */
static const char *name_of(struct key key)
{
	if (is_character(key.code) && key.code != '<')
		return NULL;
	for (size_t i = 0; i < n_named_keys; i++)
		if (named_keys[i].code == key.code &&
		    (key.code != KEY_CODE_MOUSE || named_keys[i].mouse == key.mouse))
			return named_keys[i].name;
	return NULL;
}

void key_name(struct key key, char out[KEY_NAME])
{
	const char *name = name_of(key);
	char bytes[5] = {0};
	if (!name) {
		/* A key without a name or a shape of its own is a question mark. */
		if (is_character(key.code) && !(key.code >= 0x80 && key.code < 0xa0))
			utf8_put(key.code, bytes);
		else
			bytes[0] = '?';
		if (!key.mods) {
			memcpy(out, bytes, sizeof(bytes));
			return;
		}
		name = bytes;
	}
	snprintf(out, KEY_NAME, "<%s%s%s%s>", key.mods & KEY_CTRL ? "C-" : "",
		 key.mods & KEY_ALT ? "M-" : "", key.mods & KEY_SHIFT ? "S-" : "", name);
}

struct key key_from_ime(struct key key)
{
	static const struct {
		uint16_t wide;
		char ascii;
	} same[] = {
		{0x3000, ' '},  {0x3001, '/'},  {0x3002, '.'}, {0x300a, '<'}, {0x300b, '>'},
		{0x3010, '['},  {0x3011, ']'},  {0x300c, '{'}, {0x300d, '}'}, {0x300e, '{'},
		{0x300f, '}'},  {0xffe5, '$'},  {0x00a5, '$'}, {0x00b7, '`'}, {0x2014, '_'},
		{0x2018, '\''}, {0x2019, '\''}, {0x201c, '"'}, {0x201d, '"'}, {0x2026, '^'},
	};
	if (key.code >= 0xff01 && key.code <= 0xff5e) {
		key.code -= 0xfee0;
		return key;
	}
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		if (key.code == same[i].wide)
			key.code = (uint32_t)same[i].ascii;
	return key;
}
