/* Sections that only announce stories which follow, and give them their categories. */
#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "outline.h"

/* The heading story that an item announces, by its title or link; 0 for none, else index + 1. */
static size_t announced(struct outline *o, struct names *stories, size_t from, size_t end)
{
	const struct build *raw = o->maker->raw;
	struct str key = {0};
	if (from + 1 < end && raw->blocks[from + 1].kind == BLOCK_PARA)
		key = bare_letters(raw->arrays, raw->blocks[from + 1].text);
	size_t named = key.len ? *names_at(raw->arrays, stories, key) : 0;
	if (named)
		return named;
	for (size_t i = from; i < end; i++)
		for (size_t k = 0; k < raw->blocks[i].n_spans; k++) {
			uint32_t link = raw->spans[raw->blocks[i].span + k].link;
			if (!link)
				continue;
			size_t story = *names_at(raw->arrays, stories, raw->links[link - 1].url);
			if (story)
				return story;
		}
	return 0;
}

/* Most items of the section's lists announce stories: gives these its heading for a category. */
static bool is_overview(struct outline *o, struct section *s, struct names *stories)
{
	const struct build *raw = o->maker->raw;
	size_t n = 0, n_announced = 0;
	for (int is_sure = 0; is_sure < 2; is_sure++) {
		for (size_t i = s->heading + 1; i < s->end; i = raw->blocks[i].end) {
			if (raw->blocks[i].kind != BLOCK_LIST)
				continue;
			for (size_t k = i + 1; k < raw->blocks[i].end; k = raw->blocks[k].end) {
				size_t story = announced(o, stories, k, raw->blocks[k].end);
				n++;
				n_announced += story > 0;
				if (is_sure && story)
					o->sections[story - 1].topic = s->text;
			}
		}
		if (n == 0 || n_announced * 100 < n * 60)
			return false;
	}
	return true;
}

void overview_find(struct outline *o, size_t from)
{
	const struct build *raw = o->maker->raw;
	struct names stories = {0};
	bool has_linked = false;
	for (size_t i = from; i < o->n; i++)
		has_linked |= o->sections[i].is_linked;
	if (!has_linked)
		return;
	for (size_t i = from; i < o->n; i++) {
		const struct block *heading = raw_at(o, o->sections[i].heading);
		if (o->sections[i].has_content)
			*names_at(raw->arrays, &stories, bare_letters(raw->arrays, heading->text)) =
				(uint32_t)i + 1;
		for (size_t k = 0; o->sections[i].is_linked && k < heading->n_spans; k++) {
			uint32_t link = raw->spans[heading->span + k].link;
			if (link)
				*names_at(raw->arrays, &stories, raw->links[link - 1].url) =
					(uint32_t)i + 1;
		}
	}
	for (size_t i = from; i < o->n; i++)
		if (!o->sections[i].is_linked)
			o->sections[i].is_overview = is_overview(o, &o->sections[i], &stories);
}
