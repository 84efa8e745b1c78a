/* From a leaf's text and spans to pieces, and from pieces to wrapped lines of runs. */
#include "flow.h"

#include <assert.h>

#include <sulan/arena.h>
#include <sulan/glyph.h>

struct flow flow_make(struct sheet *sheet)
{
	return (struct flow){.sheet = sheet};
}

void flow_add(struct flow *flow, struct str text, struct piece piece)
{
	if (text.len == 0)
		return;
	piece.at = (uint32_t)flow->text.len;
	if (flow->text.len == 0) {
		flow->text = text;
	} else if (!flow->is_made && flow->text.p + flow->text.len == text.p &&
		   piece.block != PAGE_NO_BLOCK) {
		flow->text.len += text.len;
	} else {
		if (!flow->is_made) {
			flow->made = strbuf_make(flow->sheet->arena);
			strbuf_put(&flow->made, flow->text);
			flow->is_made = true;
		}
		strbuf_put(&flow->made, text);
		flow->text = strbuf_str(&flow->made);
	}
	flow->pieces = arena_more(flow->sheet->scratch, flow->pieces, flow->n_pieces,
				  &flow->cap_pieces, sizeof(*flow->pieces));
	flow->pieces[flow->n_pieces++] = piece;
}

void flow_add_mark(struct flow *flow, struct str text, enum role role)
{
	flow_add(flow, text, (struct piece){.block = PAGE_NO_BLOCK, .role = (uint8_t)role});
}

static bool is_set_apart(enum role role)
{
	return role == ROLE_TITLE || role == ROLE_LABEL || role == ROLE_HEADING ||
	       role == ROLE_SOURCE;
}

static enum role role_of(enum role base, const struct span *span, bool is_lead)
{
	if (is_set_apart(base))
		return base;
	if (span && span->marks & MARK_IMAGE)
		return ROLE_IMAGE;
	if (span && span->marks & MARK_CODE)
		return ROLE_CODE;
	if (span && span->link)
		return ROLE_LINK;
	return is_lead ? ROLE_LEAD : base;
}

/* Adds from..to, all under one span or none, but for where the lead ends. */
static void add_part(struct flow *flow, uint32_t block, uint32_t from, uint32_t to,
		     const struct span *span, enum role base)
{
	const struct block *b = &flow->sheet->issue->blocks[block];
	while (from < to) {
		bool is_lead = from < b->lead;
		uint32_t stop = is_lead && b->lead < to ? b->lead : to;
		enum role role = role_of(base, span, is_lead);
		unsigned marks = span ? span->marks & 0xffu : 0;
		if (is_set_apart(role) || role == ROLE_LEAD || role == ROLE_META)
			marks &= ~(unsigned)MARK_STRONG;
		flow_add(flow, str_sub(b->text, from, stop - from),
			 (struct piece){.block = block,
					.block_at = from,
					.link = span ? span->link : 0,
					.role = (uint8_t)role,
					.marks = (uint8_t)marks});
		from = stop;
	}
}

/* The first of the block's spans that ends behind `from`. */
static uint32_t span_behind(const struct issue *issue, const struct block *b, uint32_t from)
{
	uint32_t lo = 0, hi = b->n_spans;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		const struct span *span = &issue->spans[b->span + mid];
		if (span->at + span->len <= from && span->at < from)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

void flow_add_leaf(struct flow *flow, uint32_t block, uint32_t from, uint32_t to, enum role base)
{
	const struct issue *issue = flow->sheet->issue;
	const struct block *b = &issue->blocks[block];
	assert(from <= to && to <= b->text.len);
	uint32_t at = from;
	for (uint32_t i = span_behind(issue, b, from); i < b->n_spans; i++) {
		const struct span *span = &issue->spans[b->span + i];
		/* An image without a description stands at the end of the text, with no bytes. */
		if (span->at >= to && (span->len || span->at > to))
			break;
		uint32_t start = span->at > at ? span->at : at;
		uint32_t end = span->at + span->len < to ? span->at + span->len : to;
		add_part(flow, block, at, start, NULL, base);
		if (span->marks & MARK_IMAGE && span->at >= from)
			flow_add(flow, span->len ? STR("▣ ") : STR("▣"),
				 (struct piece){.block = PAGE_NO_BLOCK,
						.link = span->link,
						.role = (uint8_t)ROLE_IMAGE});
		if (end > start)
			add_part(flow, block, start, end, span, base);
		at = end > start ? end : start;
	}
	add_part(flow, block, at, to, NULL, base);
}

static size_t wrap(struct flow *flow, size_t cols, bool hangs, struct wrap_line **lines)
{
	struct sheet *sheet = flow->sheet;
	struct wrap_opts opts = sheet->opts->wrap;
	if (flow->n_pieces == 0)
		return 0;
	opts.hangs = hangs;
	if (sheet->opts->is_spaced)
		flow->gaps = flow_gaps(flow);
	return wrap_lines_apart(sheet->scratch, flow->text, flow->gaps, cols, cols, &opts, lines);
}

size_t flow_wrap(struct flow *flow, size_t cols, struct wrap_line **lines)
{
	return wrap(flow, cols, false, lines);
}

/* Puts the gap at `at` when there is one within the line, looking like the piece it is inside of;
 * returns where the next one is. */
static size_t put_gap(struct flow *flow, const struct wrap_line *line, const struct piece *p,
		      size_t at)
{
	const struct wrap_gaps *gaps = &flow->gaps;
	while (flow->gap < gaps->n && gaps->at[flow->gap] <= at) {
		bool is_here = gaps->at[flow->gap++] == at && at > line->at;
		struct run run = sheet_mark(STR(" "), ROLE_TEXT);
		if (p->at < at) {
			run.role = p->role;
			run.marks = p->marks;
			run.link = p->link;
		}
		if (is_here)
			sheet_put(flow->sheet, run);
	}
	return flow->gap < gaps->n ? gaps->at[flow->gap] : SIZE_MAX;
}

void flow_put(struct flow *flow, const struct wrap_line *line, size_t *piece)
{
	size_t at = line->at, end = at + line->len, col = flow->sheet->col;
	while (at < end) {
		while (*piece + 1 < flow->n_pieces && flow->pieces[*piece + 1].at <= at)
			++*piece;
		const struct piece *p = &flow->pieces[*piece];
		size_t gap = put_gap(flow, line, p, at);
		size_t stop = *piece + 1 < flow->n_pieces ? p[1].at : end;
		/* A cluster that lies across two pieces goes whole to the first, or its parts would
		 * be counted apart. */
		stop = stop < end ? cluster_border_behind(flow->text, at, stop) : end;
		if (stop > end)
			stop = end;
		if (stop > gap)
			stop = gap;
		uint32_t block_at = p->block_at + (uint32_t)(at - p->at);
		/* The last run has the columns that are left of the line's. */
		size_t used = flow->sheet->col - col;
		bool is_last = stop == end && used < line->cols;
		sheet_put(flow->sheet,
			  (struct run){.text = str_sub(flow->text, at, stop - at),
				       .cols = (uint16_t)(is_last ? line->cols - used : 0),
				       .block = p->block,
				       .at = p->block == PAGE_NO_BLOCK ? 0 : block_at,
				       .role = p->role,
				       .marks = p->marks,
				       .link = p->link});
		at = stop;
	}
}

void flow_set(struct flow *flow)
{
	struct sheet *sheet = flow->sheet;
	struct wrap_line *lines;
	size_t piece = 0, n = wrap(flow, sheet_room(sheet), sheet->hangs, &lines);
	for (size_t i = 0; i < n; i++) {
		sheet_begin(sheet);
		flow_put(flow, &lines[i], &piece);
		sheet_end(sheet);
	}
	*flow = flow_make(sheet);
	arena_reset(sheet->scratch);
}
