/* Footnotes: "[^1]: text" paragraphs, wherever they stand, go to the paragraph that refers to them,
 * so that they stay with its story. */
#include <assert.h>
#include <string.h>

#include <sulan/arena.h>

#include "build.h"

struct note {
	struct block block;
	size_t home;   /* raw block it goes behind + 1; 0: nobody refers to it */
	size_t from;   /* raw block it was in */
	uint32_t next; /* of the same home: index + 1 */
};

struct notes {
	struct arena *arena;
	struct note *notes;
	size_t n, cap;
	struct names ids; /* index + 1 */
};

/* Bytes of "[^id]" at byte `at`; 0 for none. */
static size_t reference_len(struct str text, size_t at)
{
	size_t len = 2;
	if (!str_starts(str_from(text, at), "[^"))
		return 0;
	while (at + len < text.len && !strchr("] \n\v[", text.p[at + len]))
		len++;
	return len > 2 && at + len < text.len && text.p[at + len] == ']' ? len + 1 : 0;
}

static bool begins_note(struct str text, size_t at)
{
	size_t len = reference_len(text, at);
	return len && at + len < text.len && text.p[at + len] == ':';
}

static void add_note(struct notes *notes, struct build *build, size_t index, size_t from, size_t to,
		     uint32_t n_lines)
{
	const struct block leaf = build->blocks[index];
	struct str id = str_sub(leaf.text, from, reference_len(leaf.text, from));
	uint32_t *number = names_at(notes->arena, &notes->ids, id);
	notes->notes = arena_more(notes->arena, notes->notes, notes->n, &notes->cap,
				  sizeof(*notes->notes));
	struct note note = {.block = build_part(build, &leaf, from, to), .from = index};
	note.block.line += n_lines;
	notes->notes[notes->n++] = note;
	if (!*number)
		*number = (uint32_t)notes->n;
}

/* A paragraph at the top that is nothing but notes, each from the start of a line. */
static void find_notes(struct notes *notes, struct build *build)
{
	const size_t n = build->n_blocks;
	for (size_t i = 0; i < n; i++) {
		const struct block leaf = build->blocks[i];
		if (leaf.kind != BLOCK_PARA || leaf.depth || !begins_note(leaf.text, 0))
			continue;
		uint32_t n_lines = 0, line = 0;
		for (size_t from = 0, to; from < leaf.text.len; from = to + 1, line = n_lines) {
			to = str_line_end(leaf.text, from);
			n_lines++;
			for (; to < leaf.text.len && !begins_note(leaf.text, to + 1); n_lines++)
				to = str_line_end(leaf.text, to + 1);
			add_note(notes, build, i, from, to, line);
		}
	}
}

/* The first paragraph that refers to each note. */
static void find_homes(struct notes *notes, const struct build *build)
{
	for (size_t i = 0; i < build->n_blocks; i++) {
		const struct block *leaf = &build->blocks[i];
		bool is_text = leaf->kind == BLOCK_PARA || leaf->kind == BLOCK_HEADING;
		if (!is_text || begins_note(leaf->text, 0))
			continue;
		for (size_t at = 0; (at = str_find(leaf->text, STR("[^"), at)) != STR_NOT_FOUND;
		     at++) {
			size_t len = reference_len(leaf->text, at);
			if (!len)
				continue;
			uint32_t number =
				*names_at(notes->arena, &notes->ids, str_sub(leaf->text, at, len));
			if (number && !notes->notes[number - 1].home)
				notes->notes[number - 1].home = i + 1;
		}
	}
}

/* The first note that goes behind each block; one that nobody refers to stays where it is. */
static void chain_notes(struct notes *notes, uint32_t *first)
{
	for (size_t i = notes->n; i-- > 0;) {
		struct note *note = &notes->notes[i];
		size_t home = note->home ? note->home - 1 : note->from;
		note->next = first[home];
		first[home] = (uint32_t)i + 1;
	}
}

static void put_notes(const struct notes *notes, struct build *moved, uint32_t number,
		      uint8_t depth)
{
	for (; number; number = notes->notes[number - 1].next) {
		struct block block = notes->notes[number - 1].block;
		block.depth = depth;
		block.end = 0;
		build_block(moved, block);
	}
}

/* The blocks anew, with the notes where they belong. */
static void move_notes(struct notes *notes, struct build *build)
{
	struct build moved = {.arrays = build->arrays};
	const size_t n = build->n_blocks;
	uint32_t *place = arena_alloc(build->arrays, (n + 1) * sizeof(*place));
	uint32_t *first = arena_alloc(build->arrays, n * sizeof(*first));
	bool *is_note = arena_alloc(build->arrays, n * sizeof(*is_note));
	chain_notes(notes, first);
	for (size_t i = 0; i < notes->n; i++)
		is_note[notes->notes[i].from] = true;
	for (size_t i = 0; i < n; i++) {
		place[i] = (uint32_t)moved.n_blocks;
		if (!is_note[i])
			build_block(&moved, build->blocks[i]);
		put_notes(notes, &moved, first[i], build->blocks[i].depth);
	}
	place[n] = (uint32_t)moved.n_blocks;
	assert(moved.blocks);
	for (size_t i = 0; i < n; i++)
		if (build_is_container(&build->blocks[i]))
			moved.blocks[place[i]].end = place[build->blocks[i].end];
	for (size_t i = 0; i < moved.n_blocks; i++)
		if (!build_is_container(&moved.blocks[i]))
			moved.blocks[i].end = (uint32_t)i + 1;
	build->blocks = moved.blocks;
	build->n_blocks = moved.n_blocks;
	build->cap_blocks = moved.cap_blocks;
}

void footnotes_place(struct build *build)
{
	struct notes notes = {.arena = build->arrays};
	find_notes(&notes, build);
	if (notes.n == 0)
		return;
	find_homes(&notes, build);
	move_notes(&notes, build);
}
