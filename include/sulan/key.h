/* layer: screen
 *
 * One key press or mouse event, and its written form: "j", "G", "<C-d>", "<Down>", "<M-1>",
 * "<S-Tab>",
 * "<Space>", "<lt>".
 */
#ifndef SULAN_KEY_H
#define SULAN_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/glyph.h>
#include <sulan/str.h>

enum key_code { /* above every code point */
		KEY_CODE_NONE = 0,
		KEY_CODE_BASE = 0x110000,
		KEY_CODE_UP,
		KEY_CODE_DOWN,
		KEY_CODE_LEFT,
		KEY_CODE_RIGHT,
		KEY_CODE_HOME,
		KEY_CODE_END,
		KEY_CODE_PAGE_UP,
		KEY_CODE_PAGE_DOWN,
		KEY_CODE_INSERT,
		KEY_CODE_DELETE,
		KEY_CODE_F1, /* F2.. follow, to F12 */
		KEY_CODE_F12 = KEY_CODE_F1 + 11,
		KEY_CODE_MOUSE,    /* see the mouse fields */
		KEY_CODE_PASTE,    /* `text` was pasted */
		KEY_CODE_RESIZE,   /* the size of the terminal changed */
		KEY_CODE_RESUME,   /* back from suspension: everything must be drawn again */
		KEY_CODE_CHANGED,  /* something outside has changed: see term_opts */
		KEY_CODE_MEASURED, /* the terminal's own widths are known: `policy` */
		KEY_CODE_FAILED,   /* a program in the background ended badly: `text` says which and
				      how */
		KEY_CODE_CLOSE,    /* the terminal is gone or the program was told to end */
};

/* Enter, Tab, Esc, Backspace and Space are their characters: 13, 9, 27, 127, 32. */

enum key_mods { KEY_CTRL = 1, KEY_ALT = 2, KEY_SHIFT = 4 };

enum mouse_event { MOUSE_CLICK, MOUSE_DOUBLE, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct key {
	uint32_t code;             /* code point or enum key_code */
	uint8_t mods;              /* Ctrl+letter has the lower-case letter as code */
	uint8_t mouse;             /* enum mouse_event */
	int row, col;              /* of the mouse */
	struct str text;           /* KEY_CODE_PASTE, KEY_CODE_FAILED: valid until the next read */
	struct text_policy policy; /* KEY_CODE_MEASURED */
};

bool key_eq(struct key a, struct key b);

/* Reads one key off the front of a written sequence ("gg", "<C-d>x"); returns its bytes, 0 when it
 * cannot be read. */
size_t key_parse(struct str text, struct key *out);

/* The written form. */
#define KEY_NAME 24
void key_name(struct key key, char out[KEY_NAME]);

/* What a key typed with a Chinese input method on stands for: "／" for "/", "：" for ":",
 * full-width letters and digits for theirs. Other keys are returned as they are. */
struct key key_from_ime(struct key key);

#endif
