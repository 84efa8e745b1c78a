/* Which scripts stand together, by libunistring's tables. */
#include <sulan/script.h>

#include <string.h>
#include <unictype.h>

#include <sulan/utf8.h>

enum { LATIN = 1, HAN = 2, KANA = 4, BOPOMOFO = 8, HANGUL = 16, OTHER = 32 };

static int set_of(const char *name)
{
	static const struct {
		const char *name;
		int set;
	} sets[] = {
		{"Latin", LATIN},       {"Han", HAN},       {"Hiragana", KANA}, {"Katakana", KANA},
		{"Bopomofo", BOPOMOFO}, {"Hangul", HANGUL}, {"Common", 0},      {"Inherited", 0},
	};
	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++)
		if (strcmp(name, sets[i].name) == 0)
			return sets[i].set;
	return OTHER;
}

bool text_mixes_scripts(struct str text)
{
	int sets = 0;
	const uc_script_t *other = NULL;
	uint32_t cp;
	for (size_t at = 0; at < text.len;) {
		at += utf8_next(text, at, &cp);
		const uc_script_t *script = uc_script(cp);
		int set = script ? set_of(script->name) : OTHER;
		if (set == OTHER && sets & OTHER && other != script)
			return true;
		if (set == OTHER)
			other = script;
		sets |= set;
	}
	int east = sets & ~(LATIN | HAN);
	bool is_other_alone = !(sets & OTHER) || sets == OTHER;
	return !is_other_alone || (east & (east - 1)) != 0;
}
