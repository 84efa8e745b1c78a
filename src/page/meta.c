/* The meta line: fields and numbered sources, broken between them; and the numbered links at the
 * foot. */
#include "meta.h"

#include <string.h>

#include <sulan/arena.h>
#include <sulan/glyph.h>

#include "block.h"
#include "flow.h"

/* The number of a source is looked for among so many links; a bound on the work. */
#define SEARCH_MAX 64
/* A link's text is not cut below this to keep its host on the line. */
#define MIN_NAME 12

/* Items stand on a line as long as they fit, with a dot between them. */
struct meta {
	struct sheet *sheet;
	const struct story *story;
	struct flow line;
	size_t cols;
	uint32_t block; /* labels and values are looked for from here on */
	size_t source;  /* the next to be shown */
};

static size_t cols_of(const struct sheet *sheet, struct str text)
{
	return text_cols(text, sheet_policy(sheet));
}

static bool is_within(struct str part, struct str whole)
{
	uintptr_t p = (uintptr_t)part.p, from = (uintptr_t)whole.p;
	return part.len <= whole.len && p >= from && p - from <= whole.len - part.len;
}

/* Adds text cut from a meta block with its place and marks, so that hits in it can be shown. */
static void add_text(struct meta *meta, struct str text)
{
	const struct block *blocks = meta->sheet->issue->blocks;
	for (uint32_t i = meta->block; i < meta->story->end; i++) {
		if (blocks[i].part != PART_META || !is_within(text, blocks[i].text))
			continue;
		uint32_t at = (uint32_t)(text.p - blocks[i].text.p);
		meta->block = i;
		flow_add_leaf(&meta->line, i, at, at + (uint32_t)text.len, ROLE_META);
		return;
	}
	flow_add_mark(&meta->line, text, ROLE_META);
}

/* Makes room for an item of so many columns. */
static void begin_item(struct meta *meta, size_t cols)
{
	static const struct str dot = {" · ", 4};
	size_t dot_cols = cols_of(meta->sheet, dot);
	if (meta->cols && meta->cols + dot_cols + cols > sheet_room(meta->sheet)) {
		flow_set(&meta->line);
		meta->cols = 0;
	}
	if (meta->cols) {
		flow_add_mark(&meta->line, dot, ROLE_META);
		meta->cols += dot_cols;
	}
	meta->cols += cols;
}

/* Begins an item of `cols` columns with a label before it, which is used up. */
static void begin_labelled(struct meta *meta, struct str *label, size_t cols)
{
	size_t label_cols = cols_of(meta->sheet, *label);
	begin_item(meta, cols + (label_cols ? label_cols + 1 : 0));
	if (label_cols) {
		add_text(meta, *label);
		flow_add_mark(&meta->line, STR(" "), ROLE_META);
	}
	label->len = 0;
}

static size_t number_of(const struct meta *meta, uint32_t link)
{
	const struct link *links = meta->sheet->issue->links;
	const struct story *story = meta->story;
	size_t n = story->n_links < SEARCH_MAX ? story->n_links : SEARCH_MAX;
	for (size_t i = 0; i < n && link; i++)
		if (story->links[i] == link - 1)
			return i + 1;
	for (size_t i = 0; i < n && link; i++)
		if (str_eq(links[story->links[i]].url, links[link - 1].url))
			return i + 1;
	return 0;
}

/* The text at a source's place: its name, unless that was made up from its address. */
static struct str standing(const struct issue *issue, const struct source *source)
{
	struct str text = issue->blocks[source->block].text;
	return str_trim(str_sub(text, source->at, source->name.len));
}

static void add_source(struct meta *meta, struct str *label, const struct source *source)
{
	const struct sheet *sheet = meta->sheet;
	const struct block *b = &sheet->issue->blocks[source->block];
	size_t number = number_of(meta, source->link);
	struct str digits = {NULL, 0}, name = str_trim(source->name);
	struct str there = standing(sheet->issue, source);
	struct piece look = {
		.block = PAGE_NO_BLOCK, .link = source->link, .role = (uint8_t)ROLE_SOURCE};
	if (b->part == PART_META && str_eq(there, name)) {
		name = there;
		look.block = source->block;
		look.block_at = (uint32_t)(there.p - b->text.p);
	}
	if (number)
		digits = str_of(arena_printf(sheet->arena, "%zu ", number));
	begin_labelled(meta, label, digits.len + cols_of(sheet, name));
	flow_add_mark(&meta->line, digits, ROLE_SOURCE_NUMBER);
	flow_add(&meta->line, name, look);
}

/* Without the blanks and commas that stand between sources. */
static struct str strip_commas(struct str text)
{
	static const char *const commas[] = {"、", "，", ",", "；", ";", "/", "|", "｜", "·"};
	for (size_t len = text.len + 1; text.len < len;) {
		len = text.len;
		text = str_trim(text);
		for (size_t i = 0; i < sizeof(commas) / sizeof(*commas); i++) {
			if (str_starts(text, commas[i]))
				text = str_from(text, strlen(commas[i]));
			if (str_ends(text, commas[i]))
				text.len -= strlen(commas[i]);
		}
	}
	return text;
}

static void add_rest(struct meta *meta, struct str *label, struct str text)
{
	text = strip_commas(text);
	if (text.len == 0)
		return;
	begin_labelled(meta, label, cols_of(meta->sheet, text));
	add_text(meta, text);
}

/* A field, with the sources that stand in its value numbered. */
static void add_field(struct meta *meta, const struct field *field)
{
	const struct issue *issue = meta->sheet->issue;
	struct str label = field->label, rest = field->value;
	for (; meta->source < meta->story->n_sources; meta->source++) {
		const struct source *source = &meta->story->sources[meta->source];
		struct str name = standing(issue, source);
		if (!is_within(name, rest))
			break;
		size_t before = (size_t)(name.p - rest.p);
		add_rest(meta, &label, str_sub(rest, 0, before));
		add_source(meta, &label, source);
		rest = str_from(rest, before + name.len);
	}
	if (rest.len == field->value.len) {
		begin_labelled(meta, &label, cols_of(meta->sheet, rest));
		add_text(meta, rest);
	} else {
		add_rest(meta, &label, rest);
	}
}

static bool has_value(const struct story *story, struct str value)
{
	for (size_t i = 0; i < story->n_fields; i++)
		if (str_eq(story->fields[i].value, value))
			return true;
	return false;
}

void meta_set(struct sheet *sheet, const struct story *story)
{
	struct meta meta = {
		.sheet = sheet, .story = story, .line = flow_make(sheet), .block = story->block};
	struct str category = {NULL, 0}, label = sheet->opts->source_label;
	if (story->category < sheet->issue->n_categories)
		category = sheet->issue->categories[story->category];
	if (category.len && !has_value(story, category)) {
		begin_item(&meta, cols_of(sheet, category));
		flow_add_mark(&meta.line, category, ROLE_META);
	}
	for (size_t i = 0; i < story->n_fields; i++)
		add_field(&meta, &story->fields[i]);
	for (; meta.source < story->n_sources; meta.source++)
		add_source(&meta, &label, &story->sources[meta.source]);
	flow_set(&meta.line);
}

/* The issue's own word for sources. */
static struct str source_label(const struct sheet *sheet, const struct story *story)
{
	struct str name = standing(sheet->issue, &story->sources[0]);
	for (size_t i = 0; i < story->n_fields; i++)
		if (is_within(name, story->fields[i].value) && story->fields[i].label.len)
			return story->fields[i].label;
	return sheet->opts->source_label;
}

static void put(struct sheet *sheet, struct str text, enum role role, uint32_t link)
{
	struct run run = sheet_mark(text, role);
	run.link = link + 1;
	sheet_put(sheet, run);
}

/* A link's text and where it leads: the host, or the whole address when it has none. */
static void set_link(struct sheet *sheet, uint32_t index, enum role role)
{
	const struct text_policy *policy = sheet_policy(sheet);
	const struct link *link = &sheet->issue->links[index];
	size_t room = sheet_room(sheet);
	sheet_begin(sheet);
	struct str host = link_host_shown(sheet->arena, link->url);
	struct str text = link->text.len ? link->text : link->url;
	/* The address says it itself, unless there is more to say. */
	if (str_eq(text, link->url) && str_eq(host, link_host(link->url))) {
		put(sheet, text_cut_middle(sheet->arena, link->url, room, policy), role, index);
		sheet_end(sheet);
		return;
	}
	host = text_cut_middle(sheet->arena, host.len ? host : link->url, room, policy);
	size_t host_cols = cols_of(sheet, host) + 2;
	bool has_room = host_cols + MIN_NAME <= room || host_cols + cols_of(sheet, text) <= room;
	size_t cols = has_room ? room - host_cols : room;
	put(sheet, text_cut(sheet->arena, text, cols, policy), role, index);
	if (has_room) {
		sheet_put(sheet, sheet_mark(STR("  "), ROLE_TEXT));
	} else {
		sheet_end(sheet);
		sheet_begin(sheet);
	}
	put(sheet, host, ROLE_HOST, index);
	sheet_end(sheet);
}

static void set_label(struct sheet *sheet, struct str label)
{
	struct flow flow = flow_make(sheet);
	flow_add_mark(&flow, label, ROLE_LABEL);
	flow_set(&flow);
}

void sources_set(struct sheet *sheet, const struct story *story)
{
	const struct block *last = &sheet->issue->blocks[story->end - 1];
	if (story->n_links == 0)
		return;
	sheet_gap(sheet);
	sheet->is_foot = true;
	sheet->foot = (struct place){story->end - 1, (uint32_t)last->text.len + 1};
	if (story->n_sources)
		set_label(sheet, source_label(sheet, story));
	int digits = 2;
	for (size_t n = story->n_links; n >= 100; n /= 10)
		digits++;
	size_t source = 0;
	for (size_t i = 0; i < story->n_links; i++) {
		size_t s = source;
		while (s < story->n_sources && story->sources[s].link != story->links[i] + 1)
			s++;
		bool is_source = s < story->n_sources;
		source = is_source ? s + 1 : story->n_sources;
		struct str number = str_of(arena_printf(sheet->arena, "%*zu ", digits, i + 1));
		sheet_enter(sheet, level_hanging(sheet, number, ROLE_SOURCE_NUMBER));
		set_link(sheet, story->links[i], is_source ? ROLE_SOURCE : ROLE_LINK);
		sheet_leave_to(sheet, sheet->n_levels - 1);
	}
	sheet->is_foot = false;
}
