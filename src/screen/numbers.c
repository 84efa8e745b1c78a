/* Numbers for what is rare in cells: links in a list, glyphs in a hash table. */
#include "numbers.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

enum {
	/* As many may be kept beyond their frame: so that those of the next are the same. */
	LINKS_KEPT = 256,
	GLYPHS_KEPT = 4096,
	REPLACEMENT = 0xFFFD,
};

bool numbers_are_many(const struct canvas *canvas)
{
	return canvas->n_links > LINKS_KEPT || canvas->n_glyphs > GLYPHS_KEPT;
}

void numbers_forget(struct canvas *canvas)
{
	for (size_t i = 0; i < canvas->n_links; i++)
		free((char *)canvas->links[i].url);
	for (size_t i = 0; i < canvas->n_slots; i++)
		canvas->glyph_slots[i] = 0;
	canvas->n_links = canvas->n_glyphs = 0;
	canvas->numbers_age++;
}

void numbers_free(struct canvas *canvas)
{
	numbers_forget(canvas);
	free(canvas->links);
	free(canvas->glyphs);
	free(canvas->glyph_slots);
}

uint16_t numbers_link(struct canvas *canvas, uint32_t id, struct str url)
{
	for (size_t i = 0; i < canvas->n_links; i++)
		if (canvas->links[i].id == id && str_is(url, canvas->links[i].url))
			return (uint16_t)(i + 1);
	if (canvas->n_links == UINT16_MAX)
		return 0;
	if (canvas->n_links == canvas->cap_links) {
		canvas->cap_links = canvas->cap_links ? canvas->cap_links * 2 : 64;
		canvas->links =
			mem_resize(canvas->links, canvas->cap_links * sizeof(*canvas->links));
	}
	char *copy = mem_new(url.len + 1);
	memcpy(copy, url.p, url.len);
	canvas->links[canvas->n_links++] = (struct canvas_link){id, copy};
	return (uint16_t)canvas->n_links;
}

/* The slot of the glyph, or the free one where it belongs. */
static uint32_t *slot_of(const struct canvas *canvas, const struct glyph *glyph)
{
	struct str bytes = {glyph->bytes, glyph->len};
	size_t mask = canvas->n_slots - 1, at = (size_t)str_hash(bytes, STR_HASH_SEED) & mask;
	for (;; at = (at + 1) & mask) {
		uint32_t *slot = &canvas->glyph_slots[at];
		if (*slot == 0 || memcmp(&canvas->glyphs[*slot - 1], glyph, sizeof(*glyph)) == 0)
			return slot;
	}
}

/* Twice the room, and four slots for each. */
static void grow(struct canvas *canvas)
{
	canvas->cap_glyphs = canvas->cap_glyphs ? canvas->cap_glyphs * 2 : 64;
	canvas->glyphs = mem_resize(canvas->glyphs, canvas->cap_glyphs * sizeof(*canvas->glyphs));
	free(canvas->glyph_slots);
	canvas->n_slots = canvas->cap_glyphs * 4;
	canvas->glyph_slots = mem_new(canvas->n_slots * sizeof(*canvas->glyph_slots));
	for (size_t i = 0; i < canvas->n_glyphs; i++)
		*slot_of(canvas, &canvas->glyphs[i]) = (uint32_t)i + 1;
}

static uint32_t number_of(struct canvas *canvas, const struct glyph *glyph)
{
	if (canvas->n_glyphs == canvas->cap_glyphs)
		grow(canvas);
	uint32_t *slot = slot_of(canvas, glyph);
	if (*slot == 0) {
		canvas->glyphs[canvas->n_glyphs++] = *glyph;
		*slot = (uint32_t)canvas->n_glyphs;
	}
	return *slot - 1;
}

uint32_t numbers_glyph(struct canvas *canvas, const struct glyph *glyph)
{
	uint32_t cp, cols = (uint32_t)glyph->cols << CELL_COLS_SHIFT;
	if (utf8_next((struct str){glyph->bytes, glyph->len}, 0, &cp) == glyph->len)
		return cols | cp;
	if (canvas->n_glyphs == CELL_CHAR)
		return cols | REPLACEMENT;
	return cols | CELL_MANY | number_of(canvas, glyph);
}
