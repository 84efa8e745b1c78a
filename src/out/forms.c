/* Which format is made by what, and what the formats share. */
#include "forms.h"

#include <sulan/arena.h>
#include <sulan/utf8.h>

struct form {
	void (*begin)(struct out *out, const struct issue *const *issues, size_t n);
	void (*issue)(struct out *out, const struct issue *issue, size_t index);
	void (*end)(struct out *out);
};

static const struct form forms[] = {
	[OUT_TEXT] = {NULL, text_issue, NULL},
	[OUT_ANSI] = {NULL, ansi_issue, NULL},
	[OUT_MARKDOWN] = {NULL, markdown_issue, NULL},
	[OUT_HTML] = {html_begin, html_issue, html_end},
	[OUT_JSON] = {json_begin, json_issue, json_end},
};

#define PART_STORIES 32
#define PIECE_MIN    ((size_t)64 << 10)

size_t out_part_end(const struct issue *issue, size_t from)
{
	return issue->n_stories - from > PART_STORIES ? from + PART_STORIES : issue->n_stories;
}

void out_flush(struct out *out)
{
	if (!out->opts->sink || out->buf.len < PIECE_MIN)
		return;
	out->opts->sink(out->opts->sink_self, strbuf_str(&out->buf));
	out->buf.len = 0;
}

struct str out_issue(enum out_format format, struct arena *arena, const struct issue *const *issues,
		     size_t n, const struct out_opts *opts)
{
	const struct form *form = &forms[format];
	struct out out = {.arena = arena, .opts = opts, .buf = strbuf_make(arena)};
	if (form->begin)
		form->begin(&out, issues, n);
	for (size_t i = 0; i < n; i++)
		form->issue(&out, issues[i], i);
	if (form->end)
		form->end(&out);
	return strbuf_str(&out.buf);
}

struct story_state out_state(const struct out *out, const struct story *story)
{
	if (!out->opts->state)
		return (struct story_state){0};
	return out->opts->state(out->opts->state_self, story->id);
}

struct str out_category(const struct issue *issue, const struct story *story)
{
	if (story->category >= issue->n_categories)
		return (struct str){NULL, 0};
	return issue->categories[story->category];
}

bool text_is_chinese(struct str text)
{
	for (size_t at = 0, len; at < text.len; at += len) {
		uint32_t cp;
		len = utf8_next(text, at, &cp);
		if (codepoint_is_cjk(cp))
			return true;
	}
	return false;
}

bool codepoint_is_unsafe(uint32_t cp)
{
	if (cp < 0xa0)
		return (cp < 0x20 && cp != '\n' && cp != '\t') || cp >= 0x7f;
	return cp == 0x61c || cp == 0x200e || cp == 0x200f || (cp >= 0x2028 && cp <= 0x202e) ||
	       (cp >= 0x2066 && cp <= 0x2069) || cp == 0xfeff || (cp >= 0xfff9 && cp <= 0xfffb) ||
	       (cp >= 0xfdd0 && cp <= 0xfdef) || (cp & 0xfffe) == 0xfffe ||
	       (cp >= 0xe0000 && cp <= 0xe007f);
}

/* C0 and DEL as their pictures, everything else as U+FFFD. */
static uint32_t stand_in(uint32_t cp)
{
	if (cp < 0x20)
		return 0x2400 + cp;
	return cp == 0x7f ? 0x2421 : 0xfffd;
}

void put_safe(struct strbuf *buf, struct str text, escape_ascii *escape)
{
	size_t done = 0;
	for (size_t at = 0, len; at < text.len; at += len) {
		uint32_t cp;
		len = utf8_next(text, at, &cp);
		const char *instead = cp < 0x80 && escape ? escape((char)cp) : NULL;
		bool is_unsafe = codepoint_is_unsafe(cp) || (cp == 0xfffd && len != 3);
		if (!instead && !is_unsafe)
			continue;
		strbuf_put(buf, str_sub(text, done, at - done));
		done = at + len;
		char bytes[4];
		if (instead)
			strbuf_puts(buf, instead);
		else
			strbuf_put(buf, (struct str){bytes, utf8_put(stand_in(cp), bytes)});
	}
	strbuf_put(buf, str_from(text, done));
}

bool part_next(const struct issue *issue, const struct block *b, struct parts *parts,
	       struct part *part)
{
	const struct span *span = NULL;
	uint32_t len = (uint32_t)b->text.len;
	if (parts->span < b->n_spans)
		span = &issue->spans[b->span + parts->span];
	if (parts->at >= len && !(span && span->len == 0))
		return false;
	*part = (struct part){.from = parts->at, .to = len, .is_lead = parts->at < b->lead};
	if (span && span->at > parts->at) {
		part->to = span->at;
	} else if (span) {
		part->span = span;
		part->to = span->at + span->len;
	}
	if (part->is_lead && part->to > b->lead)
		part->to = b->lead;
	parts->at = part->to;
	if (span && part->span && part->to == span->at + span->len)
		parts->span++;
	return true;
}
