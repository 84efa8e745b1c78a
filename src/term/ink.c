/* Names for curses, and what they stand for. A name is given to the foreground's colour for a link
 * and a line through the text as well: curses says the foreground anew wherever it changes. */
#include "ink_inside.h"

/* curses has a key_name of its own, which nobody calls. */
#define key_name curses_key_name
#include <curses.h>
#undef key_name
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>

struct inks *inks_new(const struct ink_opts *opts, int n_colors, int max_pairs)
{
	struct inks *inks = mem_new(sizeof(*inks));
	inks->opts = *opts;
	inks->is_fresh = true;
	inks->has_names = n_colors >= N_SLOTS && caps_color_mark(inks->mark);
	inks->has_strike = inks->has_names && caps_text("smxx") && caps_text("rmxx");
	/* Where numbers beyond 8 are colours themselves, none of them is ours. */
	inks->n_colors = n_colors > N_SLOTS ? 8 : n_colors;
	inks->max_pairs = max_pairs < MAX_PAIRS ? max_pairs : MAX_PAIRS;
	inks_forget(inks);
	return inks;
}

static void free_slot(struct inks *inks, struct ink *ink)
{
	if (!ink->is_used)
		return;
	if (inks->wanted == ink)
		inks->wanted = NULL;
	free(ink->url);
	*ink = (struct ink){0};
	inks->n_slots--;
}

void inks_forget(struct inks *inks)
{
	for (size_t i = 0; i < N_SLOTS; i++)
		free_slot(inks, &inks->slots[i]);
	inks->n_pairs = 1;
	inks->n_names = 0;
	inks->is_full = false;
	inks->style = (struct style){0};
	inks->link = 0;
	inks->look = (struct ink_look){0};
}

void inks_free(struct inks *inks)
{
	if (!inks)
		return;
	inks_forget(inks);
	free(inks);
}

bool inks_take_full(struct inks *inks)
{
	bool is_full = inks->is_full;
	inks->is_full = false;
	return is_full;
}

bool inks_are_crowded(const struct inks *inks)
{
	return inks->n_slots > CROWD || inks->n_pairs > inks->max_pairs * 3 / 4;
}

void inks_begin_sweep(struct inks *inks)
{
	for (size_t i = 0; i < N_SLOTS; i++)
		inks->slots[i].is_kept = false;
	for (int i = 1; i < inks->n_pairs; i++)
		inks->pairs[i].is_kept = false;
}

void inks_keep(struct inks *inks, struct ink_look look)
{
	if (look.pair <= 0)
		return;
	int both[] = {inks->pairs[look.pair].fg, inks->pairs[look.pair].bg};
	inks->pairs[look.pair].is_kept = true;
	for (int i = 0; i < 2; i++)
		if (both[i] >= 0 && both[i] < N_SLOTS)
			inks->slots[both[i]].is_kept = true;
}

void inks_sweep(struct inks *inks)
{
	for (size_t i = 0; i < N_SLOTS; i++)
		if (!inks->slots[i].is_kept)
			free_slot(inks, &inks->slots[i]);
	for (int i = 1; i < inks->n_pairs; i++)
		if (!inks->pairs[i].is_kept)
			inks->pairs[i].fg = inks->pairs[i].bg = FREE;
	inks->style = (struct style){0};
	inks->link = 0;
	inks->look = (struct ink_look){0};
}

static bool same_ink(const struct ink *a, const struct ink *b)
{
	return color_eq(a->color, b->color) && a->is_struck == b->is_struck &&
	       a->link_id == b->link_id && !a->url == !b->url &&
	       (!a->url || strcmp(a->url, b->url) == 0);
}

static char *copy_text(const char *text)
{
	size_t size = strlen(text) + 1;
	return memcpy(mem_new(size), text, size);
}

/* The number that stands for the ink from now on. */
static int slot_of(struct inks *inks, const struct ink *ink)
{
	int free_at = 0;
	for (int i = FIRST_SLOT; i < N_SLOTS; i++) {
		if (inks->slots[i].is_used && same_ink(&inks->slots[i], ink))
			return i;
		if (!free_at && !inks->slots[i].is_used)
			free_at = i;
	}
	if (!free_at) {
		inks->is_full = true;
		return NONE;
	}
	struct ink *slot = &inks->slots[free_at];
	*slot = *ink;
	slot->is_used = true;
	slot->url = ink->url ? copy_text(ink->url) : NULL;
	inks->n_slots++;
	return free_at;
}

/* A colour by the numbers the terminal has; bold is how the bright ones shine where there are
 * eight, but for grey: bold black is black on many terminals. */
static int plain_number(const struct inks *inks, struct color color, unsigned long *attrs)
{
	if (color.kind != COLOR_INDEX)
		return NONE;
	if (color.r >= 8 && inks->n_colors == 8) {
		*attrs |= color.r == 8 ? A_DIM : A_BOLD;
		return color.r == 8 ? NONE : color.r - 8;
	}
	return color.r < inks->n_colors ? color.r : NONE;
}

static int number_of(struct inks *inks, const struct ink *ink, unsigned long *attrs)
{
	bool is_beyond = ink->color.kind == COLOR_RGB ||
			 (ink->color.kind == COLOR_INDEX && ink->color.r >= FIRST_SLOT);
	if (inks->has_names && (is_beyond || ink->is_struck || ink->url))
		return slot_of(inks, ink);
	return plain_number(inks, ink->color, attrs);
}

static int pair_of(struct inks *inks, int fg, int bg)
{
	int at = inks->n_pairs;
	if (fg < 0 && bg < 0)
		return 0;
	for (int i = inks->n_pairs - 1; i > 0; i--) {
		if (inks->pairs[i].fg == fg && inks->pairs[i].bg == bg)
			return i;
		if (inks->pairs[i].fg == FREE)
			at = i;
	}
	if (at >= inks->max_pairs) {
		inks->is_full = true;
		return 0;
	}
	if (init_extended_pair(at, fg, bg) != OK)
		return 0;
	inks->pairs[at].fg = fg;
	inks->pairs[at].bg = bg;
	inks->n_pairs += at == inks->n_pairs;
	return at;
}

static unsigned long attrs_of(const struct inks *inks, uint8_t attrs)
{
	static const struct {
		uint8_t ours;
		attr_t theirs;
	} same[] = {
		{ATTR_BOLD, A_BOLD},           {ATTR_DIM, A_DIM},         {ATTR_ITALIC, A_ITALIC},
		{ATTR_UNDERLINE, A_UNDERLINE}, {ATTR_REVERSE, A_REVERSE},
	};
	unsigned long result = A_NORMAL;
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		if (attrs & same[i].ours)
			result |= same[i].theirs;
	if ((attrs & ATTR_STRIKE) && !inks->has_strike)
		result |= A_DIM;
	return result;
}

static struct ink_look make_look(struct inks *inks, struct style style,
				 const struct canvas_link *link)
{
	style = style_reduce(style, inks->opts.depth);
	struct ink_look look = {.attrs = attrs_of(inks, style.attrs)};
	struct ink fg = {.color = style.fg}, bg = {.color = style.bg};
	unsigned long ignored = A_NORMAL;
	fg.is_struck = inks->has_strike && (style.attrs & ATTR_STRIKE);
	if (link) {
		fg.link_id = link->id;
		fg.url = (char *)link->url;
	}
	if (inks->opts.depth != DEPTH_MONO || inks->has_names) {
		int fg_number = number_of(inks, &fg, &look.attrs);
		look.pair = pair_of(inks, fg_number, number_of(inks, &bg, &ignored));
	}
	return look;
}

struct ink_look inks_look(struct inks *inks, const struct cell *cell, const struct canvas *canvas)
{
	uint16_t link = inks->opts.has_links && inks->has_names ? cell->link : 0;
	if (link == inks->link && canvas->numbers_age == inks->numbers_age &&
	    style_eq(cell->style, inks->style))
		return inks->look;
	inks->look = make_look(inks, cell->style, link ? &canvas->links[link - 1] : NULL);
	inks->style = cell->style;
	inks->link = link;
	inks->numbers_age = canvas->numbers_age;
	return inks->look;
}

wchar_t inks_name(struct inks *inks, const struct glyph *glyph)
{
	for (size_t i = 0; i < inks->n_names; i++)
		if (inks->names[i].len == glyph->len &&
		    memcmp(inks->names[i].bytes, glyph->bytes, glyph->len) == 0)
			return (wchar_t)(INK_FIRST_NAME + i);
	if (inks->n_names == INK_NAMES) {
		inks->is_full = true;
		return L'\xfffd';
	}
	inks->names[inks->n_names] = *glyph;
	return (wchar_t)(INK_FIRST_NAME + inks->n_names++);
}
