/* The publication an issue's heading names: what is left of it without date, number and ornaments.
 */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "build.h"

/* Words between a name and its date, and days of the week beside it: in any case, as whole words.
 */
static const char *const joints[] = {"of",
				     "for",
				     "from",
				     "on",
				     "the",
				     "week of",
				     "du",
				     "de",
				     "des",
				     "le",
				     "la",
				     "les",
				     "au",
				     "pour",
				     "vom",
				     "von",
				     "für",
				     "der",
				     "den",
				     "des",
				     "zum",
				     "am",
				     "del",
				     "el",
				     "al",
				     "para",
				     "do",
				     "da",
				     "dos",
				     "di",
				     "della",
				     "dal",
				     "за",
				     "от",
				     "для",
				     "на",
				     "від",
				     "van",
				     "voor",
				     "från",
				     "för",
				     "av",
				     "ze",
				     "dne",
				     "z",
				     "na",
				     "na dzień",
				     "semaine du",
				     "semana del",
				     "неделя",
				     "edition of",
				     "mon",
				     "tue",
				     "wed",
				     "thu",
				     "fri",
				     "sat",
				     "sun",
				     "monday",
				     "tuesday",
				     "wednesday",
				     "thursday",
				     "friday",
				     "saturday",
				     "sunday",
				     "lundi",
				     "mardi",
				     "mercredi",
				     "jeudi",
				     "vendredi",
				     "samedi",
				     "dimanche",
				     "montag",
				     "dienstag",
				     "mittwoch",
				     "donnerstag",
				     "freitag",
				     "samstag",
				     "sonntag",
				     "lunes",
				     "martes",
				     "miércoles",
				     "jueves",
				     "viernes",
				     "sábado",
				     "domingo",
				     "понедельник",
				     "вторник",
				     "среда",
				     "четверг",
				     "пятница",
				     "суббота",
				     "воскресенье",
				     "segunda-feira",
				     "terça-feira",
				     "quarta-feira",
				     "quinta-feira",
				     "sexta-feira",
				     "lunedì",
				     "martedì",
				     "mercoledì",
				     "giovedì",
				     "venerdì",
				     "sabato",
				     "domenica",
				     NULL};

/* What comes before the number of an issue. */
static const char *const counters[] = {
	"#",       "№",       "No.",     "Nr.",   "n°",     "nº",     "Issue",  "Vol.",   "Volume",
	"Edition", "Episode", "Ausgabe", "Folge", "Numéro", "Número", "Numero", "Выпуск", "Edición",
	"Édition", "Edição",  "číslo",   "vol",   "no",     "ep",     "제",     NULL};

/* The same where a sign stands before it: "This Week 12" is a name with a number, "X: Week 12" is
 * not. */
static const char *const weeks[] = {"week",      "kw",     "woche", "semaine", "semana",
				    "settimana", "неделя", "day",   "part",    NULL};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_sign(uint32_t cp)
{
	return !codepoint_is_word(cp) &&
	       !(codepoint_is_cjk(cp) && cp >= 0x3040 && (cp < 0xff00 || cp >= 0x20000));
}

/* Bytes of the first of a table's texts that the text begins with. */
static size_t starts_len(struct str text, const char *const *starts)
{
	for (; *starts; starts++)
		if (str_starts(text, *starts))
			return strlen(*starts);
	return 0;
}

/* Bytes of a day of the week in a language that writes no spaces between words, with its brackets.
 */
static size_t weekday_len(struct str text)
{
	static const char *const opening[] = {"（", "(", NULL}, *const closing[] = {"）", ")",
										    NULL};
	static const char *const words[] = {"周", "週", "星期", "礼拜", "禮拜", NULL};
	static const char *const tails[] = {"曜日", "曜", "요일", NULL};
	static const char *const days[] = {"一", "二", "三", "四", "五", "六", "日", "天",
					   "月", "火", "水", "木", "金", "土", "월", "화",
					   "수", "목", "금", "토", "일", NULL};
	size_t open = starts_len(text, opening), at = open;
	size_t word = starts_len(str_from(text, at), words);
	at += word;
	size_t day = starts_len(str_from(text, at), days);
	at += day;
	size_t tail = starts_len(str_from(text, at), tails);
	at += tail;
	size_t close = starts_len(str_from(text, at), closing);
	bool is_day = day && (word || tail || (open && close));
	return is_day ? at + close : 0;
}

static uint32_t last_of(struct str text, size_t *len)
{
	size_t at = text.len;
	uint32_t cp = ' ';
	while (at > 0 && ((unsigned char)text.p[--at] & 0xc0) == 0x80)
		;
	*len = text.len - at;
	if (text.len)
		utf8_next(text, at, &cp);
	return cp;
}

/* Without signs and emoji in front, and without those behind that end nothing. */
static struct str without_signs(struct str name)
{
	uint32_t cp;
	size_t len;
	for (; name.len; name = str_from(name, len)) {
		len = utf8_next(name, 0, &cp);
		if (!is_sign(cp) || (cp < 0x80 && strchr("\"'$.", (int)cp)) || cp == 0x300a)
			break;
	}
	while (name.len) {
		cp = last_of(name, &len);
		bool is_end = (cp < 0x80 && strchr("!?)]\"'+%.", (int)cp)) || cp == 0xff01 ||
			      cp == 0xff1f || cp == 0xff09 || (cp >= 0x3009 && cp <= 0x3011);
		if (!is_sign(cp) || is_end)
			break;
		name.len -= len;
	}
	return name;
}

/* Without the word it ends in, when that is one of the table's and not all there is. */
static struct str without_last(struct str name, const char *const *words, bool needs_sign)
{
	for (; *words; words++) {
		size_t len = strlen(*words), ignored;
		if (name.len <= len ||
		    !str_same_letters(str_from(name, name.len - len), str_of(*words)))
			continue;
		struct str left = str_sub(name, 0, name.len - len);
		bool is_word = is_sign(last_of(left, &ignored)) || (unsigned char)**words >= 0xe0;
		struct str bare = str_trim(left);
		if (is_word && (!needs_sign || (bare.len && is_sign(last_of(bare, &ignored)))))
			return bare;
	}
	return name;
}

/* Days of the week may come before the name, too. */
static struct str without_first(struct str name)
{
	for (const char *const *word = joints; *word; word++) {
		size_t len = strlen(*word);
		bool is_here = str_same_letters(str_sub(name, 0, len), str_of(*word));
		if (is_here && len > 4 && len < name.len && name.p[len] == ',')
			return str_trim(str_from(name, len + 1));
	}
	return name;
}

/* Where "第 12 期" stands; STR_NOT_FOUND when the name has no such number. */
static size_t find_counted(struct str name)
{
	static const char *const units[] = {"期", "号", "號", "回", "辑", "輯", "호"};
	size_t at = str_find(name, STR("第"), 0);
	if (at == STR_NOT_FOUND)
		return at;
	size_t end = at + strlen("第");
	while (end < name.len && (is_digit(name.p[end]) || name.p[end] == ' '))
		end++;
	struct str digits = str_trim(str_sub(name, at, end - at));
	bool has_number = is_digit(digits.p[digits.len - 1]);
	for (size_t i = 0; has_number && i < sizeof(units) / sizeof(*units); i++)
		if (str_starts(str_from(name, end), units[i]))
			return at;
	return STR_NOT_FOUND;
}

/* The name without the number of the issue, and without what this one is about behind it. */
static struct str without_number(struct str name)
{
	size_t at = find_counted(name), end = name.len, ignored;
	if (at != STR_NOT_FOUND && at > 0)
		return str_trim(str_sub(name, 0, at));
	if (str_ends(name, "호") || str_ends(name, "号") || str_ends(name, "期"))
		end -= strlen("期");
	const size_t digits_end = end;
	while (end > 0 && is_digit(name.p[end - 1]))
		end--;
	if (end == digits_end || digits_end - end > 4 || end == 0)
		return name;
	struct str left = str_trim(str_sub(name, 0, end)), bare = left;
	for (struct str next; (next = without_last(bare, counters, false)).len < bare.len;)
		bare = str_trim(without_signs(next));
	bare = without_last(bare, weeks, true);
	bool is_word = left.len < end || bare.len < left.len || is_sign(last_of(left, &ignored)) ||
		       digits_end < name.len;
	return is_word && bare.len ? bare : name;
}

/* Bytes of a heading that are looked at. */
#define NAME_BYTES 1024
/* Signs, numbers and words are taken off a name so often at the most. */
#define ROUNDS_MAX 8
/* A colon with this much behind it parts the name from what the issue is about. */
#define TOPIC_COLS 24
/* So much behind a date is what the issue is about, too. */
#define BESIDE_COLS 16

/* The name up to its number or a colon or bar, where what this issue is about follows. */
static struct str without_topic(struct str name)
{
	static const char *const signs[] = {"：", ": ", " | ", "｜", NULL};
	for (size_t at = 1; at < name.len; at++) {
		struct str rest = str_from(name, at);
		size_t sign = starts_len(rest, signs);
		if (!sign)
			continue;
		struct str left = str_trim(str_sub(name, 0, at)), bare = without_number(left);
		bool is_topic = story_cols(str_from(rest, sign)) >= TOPIC_COLS;
		return bare.len < left.len ? bare : is_topic ? left : name;
	}
	return name;
}

/* Beside a date: what stands before it is the name, and what follows goes with this issue alone
 * where a sign parts them. */
static struct str beside(struct arena *arena, struct str left, struct str right)
{
	static const char *const pairs[][2] = {{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}};
	static const char *const parts[] = {":", "：", "-", "–", "—", "|", "｜", "·"};
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (str_ends(left, pairs[i][0]) && str_starts(right, pairs[i][1])) {
			left.len -= strlen(pairs[i][0]);
			right = str_trim(str_from(right, strlen(pairs[i][1])));
		}
	left = str_trim(left);
	bool has_name = without_signs(left).len > 0;
	if (has_name && story_cols(right) >= BESIDE_COLS)
		return left;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (has_name && str_starts(right, parts[i]))
			return left;
	struct strbuf out = strbuf_make(arena);
	strbuf_put(&out, left);
	strbuf_puts(&out, left.len && right.len ? " " : "");
	strbuf_put(&out, right);
	return strbuf_str(&out);
}

/* Without the day before a sign that a range of days ends in: "17–". */
static struct str without_range(struct str left)
{
	static const char *const signs[] = {"–", "—", "-", "~", "～", NULL};
	for (const char *const *sign = signs; *sign; sign++) {
		size_t len = strlen(*sign), end = left.len - len;
		if (!str_ends(left, *sign))
			continue;
		struct str days = str_trim(str_sub(left, 0, end));
		size_t at = days.len;
		while (at > 0 && is_digit(days.p[at - 1]))
			at--;
		if (at < days.len && days.len - at <= 2)
			return str_trim(str_sub(days, 0, at));
	}
	return left;
}

/* What stands in the brackets a title begins with, when it is no date or number: "【X】 of today".
 */
static struct str bracketed(struct str title)
{
	const size_t sign = strlen("【");
	size_t end = str_find(title, STR("】"), 0);
	struct date date;
	size_t at, len;
	if (!str_starts(title, "【") || end == STR_NOT_FOUND || end + sign >= title.len)
		return (struct str){0};
	struct str name = str_trim(str_sub(title, sign, end - sign));
	bool is_date = date_find(name, &date, NULL, NULL) || date_find_part(name, &date, &at, &len);
	if (is_date || story_cols(name) < 4 || is_digit(name.p[0]))
		name.len = 0;
	return name;
}

struct str publication_of(struct arena *arena, struct str title)
{
	size_t at, len;
	struct date date;
	title = utf8_cut(title, NAME_BYTES); /* nobody has a longer name */
	struct str name = bracketed(title);
	title = name.len ? name : title;
	name = title;
	if (date_find(title, &date, &at, &len) || date_find_part(title, &date, &at, &len)) {
		struct str left = str_trim(str_sub(title, 0, at));
		struct str right = str_trim(str_from(title, at + len));
		right = str_trim(str_from(right, weekday_len(right)));
		left = without_range(left);
		name = without_signs(beside(arena, left, right));
		for (struct str next; (next = without_last(name, joints, false)).len < name.len;)
			name = str_trim(without_signs(next));
	}
	for (size_t before = 0, n = 0; name.len != before && n < ROUNDS_MAX; n++) {
		before = name.len;
		name = without_number(str_trim(without_signs(without_first(without_topic(name)))));
	}
	return name;
}
