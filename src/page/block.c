/* What a block looks like: roles, signs, indents and the blank lines between blocks. */
#include "block.h"

#include <sulan/arena.h>
#include <sulan/glyph.h>
#include <sulan/pipes.h>

#include "flow.h"

#define TAB_COLS 4

struct look {
	enum role role;
	bool is_hidden;
	bool is_bound; /* no blank line between it and what it heads */
};

static const struct look kind_looks[] = {
	[BLOCK_PARA] = {.role = ROLE_TEXT}, [BLOCK_HEADING] = {.role = ROLE_HEADING},
	[BLOCK_CODE] = {.role = ROLE_CODE}, [BLOCK_RULE] = {.role = ROLE_RULE},
	[BLOCK_HTML] = {.role = ROLE_TEXT},
};

static const struct look heading_look = {.role = ROLE_TITLE};
static const struct look label_look = {.role = ROLE_LABEL, .is_bound = true};
static const struct look hidden_look = {.is_hidden = true};

static struct look look_of(const struct block *b)
{
	switch (b->part) {
	case PART_META:
	case PART_SPLIT:
		return hidden_look;
	case PART_LABEL:
		return label_look;
	case PART_ISSUE:
		return b->kind == BLOCK_HEADING ? heading_look : kind_looks[b->kind];
	default:
		return kind_looks[b->kind];
	}
}

struct level level_hanging(struct sheet *sheet, struct str first, enum role role)
{
	const struct str blanks = STR("                ");
	size_t cols = text_cols(first, sheet_policy(sheet));
	return (struct level){.kind = BLOCK_ITEM,
			      .end = UINT32_MAX,
			      .role = (uint8_t)role,
			      .first = first,
			      .rest = cols <= blanks.len
					      ? str_sub(blanks, 0, cols)
					      : sheet_fill(sheet, STR(" "), cols, ROLE_TEXT).text};
}

struct str bullet_sign(size_t depth)
{
	static const struct str signs[] = {{"• ", 4}, {"◦ ", 4}, {"▪ ", 4}};
	return signs[depth < 2 ? depth : 2];
}

/* A loose list all whose items are single paragraphs is still set without blank lines: the hanging
 * indent tells them apart. */
static struct level level_of_list(const struct sheet *sheet, uint32_t block)
{
	const struct block *blocks = sheet->issue->blocks, *list = &blocks[block];
	struct level level = {.kind = BLOCK_LIST, .end = list->end, .digits = 1};
	for (uint32_t i = block + 1; i < list->end; i = blocks[i].end) {
		level.is_loose |= !list->is_tight && blocks[i].end > i + 2;
		uint8_t digits = 1;
		for (int32_t n = blocks[i].number; n >= 10; n /= 10)
			digits++;
		if (digits > level.digits)
			level.digits = digits;
	}
	return level;
}

static struct level level_of_item(struct sheet *sheet, uint32_t block)
{
	const struct block *item = &sheet->issue->blocks[block];
	const struct level *list = NULL;
	size_t depth = 0;
	for (size_t i = 0; i < sheet->n_levels; i++)
		if (sheet->levels[i].kind == BLOCK_LIST) {
			depth += list != NULL;
			list = &sheet->levels[i];
		}
	struct str sign = bullet_sign(depth);
	if (item->number >= 0)
		sign = str_of(arena_printf(sheet->arena, "%*d. ", list ? list->digits : 1,
					   (int)item->number));
	struct level level = level_hanging(sheet, sign, ROLE_BULLET);
	level.end = item->end;
	level.is_loose = list && list->is_loose;
	return level;
}

static void enter(struct sheet *sheet, uint32_t block)
{
	const struct block *b = &sheet->issue->blocks[block];
	if (b->kind == BLOCK_LIST) {
		sheet_enter(sheet, level_of_list(sheet, block));
	} else if (b->kind == BLOCK_ITEM) {
		sheet_enter(sheet, level_of_item(sheet, block));
	} else {
		struct str bar = STR("│ ");
		sheet_enter(sheet, (struct level){.kind = BLOCK_QUOTE,
						  .end = b->end,
						  .is_loose = true,
						  .role = ROLE_QUOTE,
						  .first = bar,
						  .rest = bar});
	}
}

static bool is_in_quote(const struct sheet *sheet)
{
	for (size_t i = 0; i < sheet->n_levels; i++)
		if (sheet->levels[i].kind == BLOCK_QUOTE)
			return true;
	return false;
}

/* The label without the colon it was written with: it stands on a line of its own. */
static uint32_t label_len(struct str text)
{
	struct str trimmed = str_trim(text);
	if (str_ends(trimmed, "："))
		trimmed.len -= 3;
	else if (str_ends(trimmed, ":"))
		trimmed.len--;
	return (uint32_t)(trimmed.p - text.p + (ptrdiff_t)trimmed.len);
}

void leaf_set(struct sheet *sheet, uint32_t block, enum role role)
{
	struct str text = sheet->issue->blocks[block].text;
	struct flow flow = flow_make(sheet);
	uint32_t len = role == ROLE_LABEL ? label_len(text) : (uint32_t)text.len;
	flow_add_leaf(&flow, block, 0, len, role);
	flow_set(&flow);
}

/* Tabs become blanks up to the next stop. */
static void set_code(struct sheet *sheet, uint32_t block)
{
	struct str text = sheet->issue->blocks[block].text;
	if (str_ends(text, "\n"))
		text.len--;
	size_t n_levels = sheet->n_levels;
	sheet_enter(sheet, level_hanging(sheet, STR("  "), ROLE_TEXT));
	struct flow flow = flow_make(sheet);
	struct piece look = {.block = block, .role = (uint8_t)ROLE_CODE};
	size_t from = 0, col = 0;
	for (size_t i = 0; i <= text.len; i++) {
		bool is_tab = i < text.len && text.p[i] == '\t';
		bool is_end = i == text.len || text.p[i] == '\n';
		if (!is_tab && !is_end)
			continue;
		struct str part = str_sub(text, from, i - from + (is_end && i < text.len));
		look.block_at = (uint32_t)from;
		flow_add(&flow, part, look);
		col = is_end ? 0 : col + text_cols(part, sheet_policy(sheet));
		if (is_tab) {
			size_t blanks = TAB_COLS - col % TAB_COLS;
			flow_add_mark(&flow, str_sub(STR("    "), 0, blanks), ROLE_CODE);
			col += blanks;
		}
		from = i + 1;
	}
	flow_set(&flow);
	sheet_leave_to(sheet, n_levels);
}

void rule_set(struct sheet *sheet)
{
	sheet_begin(sheet);
	sheet_put(sheet, sheet_fill(sheet, STR("─"), sheet_room(sheet), ROLE_RULE));
	sheet_end(sheet);
}

static void set_leaf(struct sheet *sheet, uint32_t block)
{
	const struct block *b = &sheet->issue->blocks[block];
	struct look look = look_of(b);
	if (look.is_hidden || (b->kind != BLOCK_RULE && str_trim(b->text).len == 0 && !b->n_spans))
		return;
	const struct level *around = sheet_begun(sheet);
	if (!sheet->is_bound && (!around || around->is_loose))
		sheet_gap(sheet);
	sheet->is_bound = look.is_bound;
	if (b->kind == BLOCK_RULE)
		rule_set(sheet);
	else if (b->kind == BLOCK_CODE)
		set_code(sheet, block);
	else if (b->kind == BLOCK_PARA && pipes_is_table(b->text))
		table_set(sheet, block, look.role);
	else
		leaf_set(sheet, block,
			 look.role == ROLE_TEXT && is_in_quote(sheet) ? ROLE_QUOTE : look.role);
}

void blocks_set(struct sheet *sheet, uint32_t from, uint32_t to)
{
	size_t base = sheet->n_levels;
	for (uint32_t i = from; i < to; i++) {
		const struct block *b = &sheet->issue->blocks[i];
		sheet_leave(sheet, i);
		if (b->kind >= BLOCK_QUOTE) {
			/* The item a brief is made of is the story itself. */
			if (b->kind != BLOCK_ITEM || i != from)
				enter(sheet, i);
		} else if (i != sheet->title) {
			set_leaf(sheet, i);
		}
	}
	sheet_leave_to(sheet, base);
}
