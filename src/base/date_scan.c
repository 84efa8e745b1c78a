/* The smallest parts of dates as digests write them: numbers, signs, names of months. */
#include "date_scan.h"

#include <string.h>

/* No name of a month or word for a week is as long. */
#define WORD_BYTES 32

bool scan_number(struct scan *scan, size_t min, size_t max, int *out)
{
	size_t n = 0;
	int value = 0;
	while (scan->at + n < scan->text.len && n <= max) {
		char c = scan->text.p[scan->at + n];
		if (c < '0' || c > '9')
			break;
		value = value * 10 + (c - '0');
		n++;
	}
	if (n < min || n > max)
		return false;
	scan->at += n;
	*out = value;
	return true;
}

bool scan_literal(struct scan *scan, const char *literal)
{
	if (!str_starts(str_from(scan->text, scan->at), literal))
		return false;
	scan->at += strlen(literal);
	return true;
}

void scan_spaces(struct scan *scan)
{
	while (scan->at < scan->text.len && scan->text.p[scan->at] == ' ')
		scan->at++;
}

bool scan_one_of(struct scan *scan, const char *const *literals)
{
	for (; *literals; literals++)
		if (scan_literal(scan, *literals))
			return true;
	return false;
}

/* The letters at the scan's place: ASCII and whatever is beyond it. */
static struct str word_at(const struct scan *scan)
{
	struct str rest = str_sub(scan->text, scan->at, WORD_BYTES);
	size_t len = 0;
	while (len < rest.len && (scan_is_letter(rest.p[len]) || rest.p[len] < 0))
		len++;
	return str_sub(rest, 0, len);
}

bool scan_word(struct scan *scan, const char *const *words)
{
	struct str word = word_at(scan);
	for (; *words; words++) {
		if (!str_same_letters(word, str_of(*words)))
			continue;
		scan->at += word.len;
		return true;
	}
	return false;
}

static const struct {
	const char *name;
	int month;
} month_names[] = {
	{"january", 1},   {"jan", 1},        {"januar", 1},        {"janvier", 1},
	{"enero", 1},     {"janeiro", 1},    {"gennaio", 1},       {"января", 1},
	{"ledna", 1},     {"ene", 1},        {"janv", 1},          {"januari", 1},
	{"stycznia", 1},  {"січня", 1},      {"ocak", 1},          {"январь", 1},
	{"leden", 1},     {"february", 2},   {"feb", 2},           {"februar", 2},
	{"février", 2},   {"febrero", 2},    {"fevereiro", 2},     {"febbraio", 2},
	{"февраля", 2},   {"února", 2},      {"fev", 2},           {"févr", 2},
	{"februari", 2},  {"lutego", 2},     {"лютого", 2},        {"şubat", 2},
	{"февраль", 2},   {"únor", 2},       {"march", 3},         {"mar", 3},
	{"märz", 3},      {"mars", 3},       {"marzo", 3},         {"março", 3},
	{"марта", 3},     {"března", 3},     {"mär", 3},           {"maart", 3},
	{"marca", 3},     {"березня", 3},    {"mart", 3},          {"март", 3},
	{"březen", 3},    {"april", 4},      {"apr", 4},           {"avril", 4},
	{"abril", 4},     {"aprile", 4},     {"апреля", 4},        {"dubna", 4},
	{"abr", 4},       {"avr", 4},        {"kwietnia", 4},      {"квітня", 4},
	{"nisan", 4},     {"апрель", 4},     {"duben", 4},         {"may", 5},
	{"mai", 5},       {"mayo", 5},       {"maio", 5},          {"maggio", 5},
	{"мая", 5},       {"května", 5},     {"mei", 5},           {"maj", 5},
	{"maja", 5},      {"травня", 5},     {"mayıs", 5},         {"май", 5},
	{"květen", 5},    {"june", 6},       {"jun", 6},           {"juni", 6},
	{"juin", 6},      {"junio", 6},      {"junho", 6},         {"giugno", 6},
	{"июня", 6},      {"června", 6},     {"czerwca", 6},       {"червня", 6},
	{"haziran", 6},   {"июнь", 6},       {"červen", 6},        {"july", 7},
	{"jul", 7},       {"juli", 7},       {"juillet", 7},       {"julio", 7},
	{"julho", 7},     {"luglio", 7},     {"июля", 7},          {"července", 7},
	{"juil", 7},      {"lipca", 7},      {"липня", 7},         {"temmuz", 7},
	{"июль", 7},      {"červenec", 7},   {"august", 8},        {"aug", 8},
	{"août", 8},      {"agosto", 8},     {"августа", 8},       {"srpna", 8},
	{"augustus", 8},  {"augusti", 8},    {"sierpnia", 8},      {"серпня", 8},
	{"ağustos", 8},   {"август", 8},     {"srpen", 8},         {"september", 9},
	{"sept", 9},      {"sep", 9},        {"septembre", 9},     {"septiembre", 9},
	{"setembro", 9},  {"settembre", 9},  {"сентября", 9},      {"září", 9},
	{"września", 9},  {"вересня", 9},    {"eylül", 9},         {"сентябрь", 9},
	{"october", 10},  {"oct", 10},       {"oktober", 10},      {"octobre", 10},
	{"octubre", 10},  {"outubro", 10},   {"ottobre", 10},      {"октября", 10},
	{"října", 10},    {"okt", 10},       {"października", 10}, {"жовтня", 10},
	{"ekim", 10},     {"октябрь", 10},   {"říjen", 10},        {"november", 11},
	{"nov", 11},      {"novembre", 11},  {"noviembre", 11},    {"novembro", 11},
	{"ноября", 11},   {"listopadu", 11}, {"листопада", 11},    {"kasım", 11},
	{"ноябрь", 11},   {"listopad", 11},  {"december", 12},     {"dec", 12},
	{"dezember", 12}, {"décembre", 12},  {"diciembre", 12},    {"dezembro", 12},
	{"dicembre", 12}, {"декабря", 12},   {"prosince", 12},     {"dic", 12},
	{"dez", 12},      {"déc", 12},       {"grudnia", 12},      {"грудня", 12},
	{"aralık", 12},   {"декабрь", 12},   {"prosinec", 12},
};

bool scan_month_name(struct scan *scan, int *out)
{
	struct str word = word_at(scan);
	for (size_t i = 0; word.len >= 3 && i < sizeof(month_names) / sizeof(*month_names); i++) {
		if (!str_same_letters(word, str_of(month_names[i].name)))
			continue;
		scan->at += word.len;
		scan_literal(scan, ".");
		*out = month_names[i].month;
		return true;
	}
	return false;
}

bool scan_day(struct scan *scan, int *out)
{
	static const char *const ends[] = {"st", "nd", "rd", "th", "er", "º", ".", NULL};
	if (!scan_number(scan, 1, 2, out) || *out < 1 || *out > 31)
		return false;
	scan_one_of(scan, ends);
	return true;
}
