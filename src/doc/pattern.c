/* Which of the ways publications write several stories under one heading a section is written in: a
 * table of rules over its blocks, the first that fits. */
#include "pattern.h"

#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "title.h"

/* A heading as wide as this tells a story itself: lists of points under it are its text. */
#define STORY_HEADING_COLS 26
/* A first line in bold longer than this is emphasis, not a title. */
#define BOLD_BYTES 300

struct finder {
	const struct build *raw;
	size_t from, end;
	struct pattern pattern;
	size_t cap;
};

static const struct block *at(const struct finder *f, size_t index)
{
	return &f->raw->blocks[index];
}

static struct piece *add(struct finder *f, struct piece piece)
{
	struct pattern *p = &f->pattern;
	p->pieces = arena_more(f->raw->arrays, p->pieces, p->n, &f->cap, sizeof(*p->pieces));
	p->pieces[p->n] = piece;
	return &p->pieces[p->n++];
}

/* A piece that begins at `index` and takes all up to the next. */
static void start_at(struct finder *f, size_t index, size_t number)
{
	if (f->pattern.n)
		f->pattern.pieces[f->pattern.n - 1].end = index;
	add(f, (struct piece){.from = index, .end = f->end, .number = number});
}

/* The leaf a raw block begins with, SIZE_MAX when there is none up to `end`. */
static size_t first_leaf(const struct build *raw, size_t from, size_t end)
{
	while (from < end && build_is_container(&raw->blocks[from]))
		from++;
	return from < end ? from : SIZE_MAX;
}

bool pattern_has_link(const struct build *raw, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++) {
		const struct block *block = &raw->blocks[i];
		for (size_t k = block->span; k < block->span + block->n_spans; k++) {
			uint32_t link = raw->spans[k].link;
			if (link && !raw->links[link - 1].is_image)
				return true;
		}
		if (block->kind == BLOCK_PARA &&
		    str_find(block->text, STR("]["), 0) != STR_NOT_FOUND)
			return true;
	}
	return false;
}

size_t pattern_bold_end(const struct build *raw, const struct block *leaf, size_t from)
{
	size_t end = from;
	for (size_t i = build_span_at(raw, leaf, from); i < leaf->span + leaf->n_spans; i++) {
		const struct span *span = &raw->spans[i];
		if (!(span->marks & MARK_STRONG) || span->at > end)
			break;
		end = span->at + span->len;
	}
	return end;
}

/* The first line is bold and no label that is known. */
static bool is_bold_line(const struct build *raw, const struct block *leaf)
{
	size_t end = str_line_end(leaf->text, 0), bold = pattern_bold_end(raw, leaf, 0);
	return leaf->kind == BLOCK_PARA && end > 0 && end < BOLD_BYTES &&
	       str_trim(str_sub(leaf->text, bold, end > bold ? end - bold : 0)).len == 0 &&
	       label_at(raw, leaf, 0, end).role <= LABEL_FIELD;
}

/* The paragraph begins with a title in bold, and goes on in the same line. */
static bool is_bold_lead(const struct build *raw, const struct block *leaf)
{
	size_t bold = leaf->kind == BLOCK_PARA ? title_bold_end(raw, leaf, 0) : 0;
	return bold > 0 && bold < BOLD_BYTES &&
	       label_at(raw, leaf, 0, str_line_end(leaf->text, 0)).role <= LABEL_FIELD;
}

/* So many hundredths of a list's items lead somewhere. */
static size_t linked_share(const struct build *raw, size_t list)
{
	size_t n = 0, n_linked = 0;
	for (size_t i = list + 1; i < raw->blocks[list].end; i = raw->blocks[i].end) {
		n++;
		n_linked += pattern_has_link(raw, i, raw->blocks[i].end);
	}
	return n ? n_linked * 100 / n : 0;
}

static void find_rows(struct finder *f)
{
	for (size_t i = f->from; i < f->end; i = at(f, i)->end)
		rows_find(f->raw, i, &f->pattern, &f->cap);
}

/* Paragraphs "1、", and lists of one item each that the text below them has broken up. */
static void find_numbers(struct finder *f)
{
	int expected = 0;
	bool is_open = true; /* to more of the last piece */
	for (size_t i = f->from; i < f->end; i = at(f, i)->end) {
		const struct block *block = at(f, i);
		int value = 0;
		if (pattern_heads_numbers(f->raw, i, f->end)) {
			if (f->pattern.n && is_open)
				f->pattern.pieces[f->pattern.n - 1].end = i;
			is_open = false;
			expected = 0;
			continue;
		}
		size_t len = 0;
		if (block->kind == BLOCK_PARA)
			len = number_at(block->text, &value);
		bool is_list = block->kind == BLOCK_LIST && i + 1 < block->end &&
			       at(f, i + 1)->end == block->end && at(f, i + 1)->number >= 0;
		if (is_list)
			value = at(f, i + 1)->number;
		/* Numbers are given by hand: one may be there twice, or not at all. */
		bool is_next = value == expected ||
			       (expected > 2 && (value == expected - 1 || value == expected + 1));
		if ((len || is_list) && (f->pattern.n == 0 || expected == 0 || is_next)) {
			if (is_open)
				start_at(f, i, len);
			else
				add(f, (struct piece){.from = i, .end = f->end, .number = len});
			is_open = true;
			expected = value + 1;
		}
	}
}

/* A line over a list of links, or one in brackets over any list, is no story: it ends the one
 * before, as its list does. */
static bool heads_links(const struct finder *f, size_t index)
{
	struct str text = str_trim(at(f, index)->text);
	bool is_bracketed = str_starts(text, "【") && str_ends(text, "】");
	return pattern_is_topic(f->raw, index, f->end) &&
	       (is_bracketed || linked_share(f->raw, at(f, index)->end) >= 60);
}

static void find_openings(struct finder *f,
			  bool (*opens)(const struct build *, const struct block *))
{
	bool is_open = true; /* to more of the last piece */
	for (size_t i = f->from; i < f->end; i = at(f, i)->end) {
		if (heads_links(f, i) || pattern_heads_bold(f->raw, i, f->end)) {
			if (f->pattern.n && is_open)
				f->pattern.pieces[f->pattern.n - 1].end = i;
			is_open = false;
		} else if (opens(f->raw, at(f, i))) {
			if (is_open)
				start_at(f, i, 0);
			else
				add(f, (struct piece){.from = i, .end = f->end});
			is_open = true;
		}
	}
}

static void find_bold(struct finder *f)
{
	find_openings(f, is_bold_line);
}

static void find_leads(struct finder *f)
{
	find_openings(f, is_bold_lead);
}

static void find_items(struct finder *f)
{
	for (size_t i = f->from; i < f->end; i = at(f, i)->end)
		if (at(f, i)->kind == BLOCK_LIST)
			for (size_t k = i + 1; k < at(f, i)->end; k = at(f, k)->end)
				add(f, (struct piece){.from = k, .end = at(f, k)->end});
}

/* Nothing, or an emoji or other sign. */
static bool is_ornament(struct str text)
{
	uint32_t cp;
	for (size_t i = 0, len; i < text.len; i += len) {
		len = utf8_next(text, i, &cp);
		if (cp != ' ' && (cp < 0x2190 || codepoint_is_word(cp) || codepoint_is_cjk(cp)))
			return false;
	}
	return text.len <= 16;
}

/* Paragraphs that begin with a link, which is most of their first line. */
static void find_linked(struct finder *f)
{
	for (size_t i = f->from; i < f->end; i = at(f, i)->end) {
		const struct block *block = at(f, i);
		if (block->kind != BLOCK_PARA || block->n_spans == 0)
			continue;
		const struct span *span = &f->raw->spans[block->span];
		bool is_link = span->link && !f->raw->links[span->link - 1].is_image;
		if (is_link && is_ornament(str_sub(block->text, 0, span->at)) &&
		    (size_t)span->len * 3 >= str_line_end(block->text, 0))
			start_at(f, i, 0);
	}
}

/* What a rule needs besides its figures. */
enum need {
	NEED_NOTHING,
	NEED_TOPIC,   /* no heading that tells a story itself */
	NEED_HEADING, /* a heading that tells none */
	NEED_LISTS,   /* the same in an issue that is mostly lists */
};

/* A rule's figures: at least so many pieces, so much of the text in them and so many of them
 * linked, in per cent; and what is enough once the issue does so elsewhere. A piece that
 * `bold_counts` for and that opens in bold counts as a linked one under a heading that is no story.
 */
struct rule {
	enum dialect dialect;
	void (*find)(struct finder *f);
	uint8_t n, share, linked;
	uint8_t vote_n, vote_share, vote_linked;
	bool bold_counts;
	enum need need;
};

static const struct rule rules[] = {
	{DIALECT_ROWS, find_rows, 2, 50, 60, 1, 50, 30, false, NEED_NOTHING},
	{DIALECT_NUMBERS, find_numbers, 2, 60, 50, 1, 70, 0, true, NEED_NOTHING},
	{DIALECT_NUMBERS, find_numbers, 3, 70, 0, 1, 70, 0, true, NEED_TOPIC},
	{DIALECT_BOLD, find_bold, 2, 60, 50, 1, 60, 0, false, NEED_NOTHING},
	{DIALECT_BOLD, find_bold, 2, 80, 0, 1, 80, 0, false, NEED_HEADING},
	{DIALECT_BOLD, find_leads, 2, 60, 60, 1, 60, 60, false, NEED_TOPIC},
	{DIALECT_ITEMS, find_items, 2, 50, 60, 1, 40, 50, true, NEED_NOTHING},
	{DIALECT_ITEMS, find_items, 2, 70, 0, 1, 70, 50, false, NEED_LISTS},
	{DIALECT_PARAS, find_linked, 3, 60, 60, 2, 60, 60, false, NEED_NOTHING},
	{DIALECT_PARAS, find_linked, 2, 90, 90, 2, 90, 90, false, NEED_TOPIC},
};

static size_t text_len(const struct finder *f, size_t from, size_t end)
{
	size_t n = 0;
	for (size_t i = from; i < end; i++)
		n += f->raw->blocks[i].text.len;
	return n;
}

/* The piece leads somewhere, or says by its bold opening that it is one. */
static bool is_evident(const struct finder *f, const struct piece *piece, bool bold_counts)
{
	if (piece->row_end) {
		const struct block *leaf = at(f, piece->from);
		size_t i = build_span_at(f->raw, leaf, piece->row);
		for (; i < leaf->span + leaf->n_spans; i++)
			if (f->raw->spans[i].at < piece->row_end && f->raw->spans[i].link)
				return true;
		return false;
	}
	if (pattern_has_link(f->raw, piece->from, piece->end))
		return true;
	size_t leaf = first_leaf(f->raw, piece->from, piece->end);
	/* A number alone in its paragraph can be nothing else. */
	if (piece->number && piece->number == at(f, piece->from)->text.len)
		return true;
	return bold_counts && leaf != SIZE_MAX &&
	       pattern_bold_end(f->raw, at(f, leaf), piece->number) > piece->number;
}

static bool is_fitting(const struct finder *f, const struct rule *rule, struct str heading,
		       bool is_issue, bool is_voted)
{
	const struct pattern *p = &f->pattern;
	size_t n_text = 0, n_linked = 0;
	if (p->n < (is_voted ? rule->vote_n : rule->n))
		return false;
	bool is_topic = story_cols(heading) < STORY_HEADING_COLS,
	     bold_counts = rule->bold_counts && is_topic;
	if ((rule->need != NEED_NOTHING && !is_topic) ||
	    (rule->need == NEED_HEADING && heading.len == 0 && !is_issue))
		return false;
	for (size_t i = 0; i < p->n; i++) {
		const struct piece *piece = &p->pieces[i];
		n_text += piece->row_end ? piece->row_end - piece->row
					 : text_len(f, piece->from, piece->end);
		n_linked += is_evident(f, piece, bold_counts);
		/* The header goes with the first row. */
		if (piece->row_end && (i == 0 || p->pieces[i - 1].from != piece->from))
			n_text += piece->row;
	}
	for (size_t i = f->from; i < f->end; i = at(f, i)->end)
		if ((p->dialect == DIALECT_ITEMS && pattern_is_topic(f->raw, i, f->end)) ||
		    (p->dialect == DIALECT_BOLD && pattern_heads_bold(f->raw, i, f->end)))
			n_text += at(f, i)->text.len;
	return n_text * 100 >=
		       text_len(f, f->from, f->end) * (is_voted ? rule->vote_share : rule->share) &&
	       n_linked * 100 >= p->n * (is_voted ? rule->vote_linked : rule->linked);
}

/* The way the profile says, where there is one such piece at least. */
static struct pattern find_said(const struct build *raw, size_t from, size_t end)
{
	static const enum dialect dialects[] = {
		[PROFILE_ITEM] = DIALECT_ITEMS, [PROFILE_NUMBER] = DIALECT_NUMBERS,
		[PROFILE_BOLD] = DIALECT_BOLD,  [PROFILE_ROW] = DIALECT_ROWS,
		[PROFILE_PARA] = DIALECT_PARAS,
	};
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
		struct finder f = {.raw = raw, .from = from, .end = end};
		f.pattern.dialect = rules[i].dialect;
		if (rules[i].dialect != dialects[raw->profile->story])
			continue;
		rules[i].find(&f);
		if (f.pattern.n)
			return f.pattern;
	}
	return (struct pattern){.dialect = DIALECT_OUTLINE};
}

struct pattern pattern_find(const struct build *raw, struct str heading, size_t from, size_t end,
			    const struct votes *votes)
{
	if (raw->profile && raw->profile->story > PROFILE_HEADING)
		return find_said(raw, from, end);
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
		struct finder f = {.raw = raw, .from = from, .end = end};
		size_t n = votes->n_sections[rules[i].dialect];
		f.pattern.dialect = rules[i].dialect;
		if (rules[i].need == NEED_LISTS && !votes->has_lists)
			continue;
		rules[i].find(&f);
		bool is_voted = n >= 3 || (n > 0 && n * 4 >= votes->n_asked);
		if (is_fitting(&f, &rules[i], heading, votes->is_issue, false) ||
		    (is_voted && is_fitting(&f, &rules[i], heading, votes->is_issue, true)))
			return f.pattern;
	}
	return (struct pattern){.dialect = DIALECT_OUTLINE};
}

size_t pattern_list_items(const struct build *raw, size_t from, size_t end)
{
	struct finder f = {.raw = raw, .from = from, .end = end};
	size_t n = 0, n_text = 0;
	for (size_t i = from; i < end; i = raw->blocks[i].end) {
		if (raw->blocks[i].kind == BLOCK_LIST)
			for (size_t k = i + 1; k < raw->blocks[i].end; k = raw->blocks[k].end)
				n++;
		if (raw->blocks[i].kind == BLOCK_LIST || pattern_is_topic(raw, i, end))
			n_text += text_len(&f, i, raw->blocks[i].end);
	}
	return n_text * 100 >= text_len(&f, from, end) * 70 ? n : 0;
}

void pattern_vote(struct votes *votes, enum dialect dialect)
{
	votes->n_sections[dialect]++;
	votes->n_asked++;
}
