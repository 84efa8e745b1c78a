/* layer: out
 *
 * What the outputs share: one document in the making, safe text, and the parts of a leaf.
 */
#ifndef FORMS_H
#define FORMS_H

#include <sulan/out.h>

struct out {
	struct arena *arena;
	const struct out_opts *opts;
	struct strbuf buf;
};

/* One per format: what stands before all issues, for each, and behind all. */
void text_issue(struct out *out, const struct issue *issue, size_t index);
void ansi_issue(struct out *out, const struct issue *issue, size_t index);
void markdown_issue(struct out *out, const struct issue *issue, size_t index);
void html_begin(struct out *out, const struct issue *const *issues, size_t n);
void html_issue(struct out *out, const struct issue *issue, size_t index);
void html_end(struct out *out);
void json_begin(struct out *out, const struct issue *const *issues, size_t n);
void json_issue(struct out *out, const struct issue *issue, size_t index);
void json_end(struct out *out);

/* One story of the JSON document, behind those that are in it. */
void json_story(struct out *out, const struct issue *issue, const struct story *story);

/* Stories, of whatever issues, as one Markdown document. */
void digest_stories(struct out *out, const struct out_story *stories, size_t n);
void digest_texts(struct out *out, const struct out_story *stories, size_t n);

/* Inline Markdown for bytes from..to of a leaf. What is written reads back as the same text and
 * marks; line feeds become hard breaks, or blanks in one line. */
void inline_put(struct strbuf *buf, const struct issue *issue, const struct block *b, uint32_t from,
		uint32_t to, bool is_one_line);
/* Plain text escaped, and an address in the form that holds it. */
void inline_put_text(struct strbuf *buf, struct str text, bool is_one_line);
void inline_put_url(struct strbuf *buf, struct str url);

/* Hands what has been made to opts->sink, if there is one. */
void out_flush(struct out *out);

/* Up to which story an issue is set in one go that begins with story `from`. */
size_t out_part_end(const struct issue *issue, size_t from);

struct story_state out_state(const struct out *out, const struct story *story);
struct str out_category(const struct issue *issue, const struct story *story);

/* True when any of it is Chinese. */
bool text_is_chinese(struct str text);

/* True for what a terminal obeys or what turns text around: controls but LF and TAB, bidi controls,
 * line separators, tags, noncharacters. */
bool codepoint_is_unsafe(uint32_t cp);

/* Puts text with what is unsafe replaced; `escape` (may be NULL) gives what ASCII characters are
 * written as, or NULL for themselves. */
typedef const char *escape_ascii(char c);
void put_safe(struct strbuf *buf, struct str text, escape_ascii *escape);

/* Bytes from..to of a leaf, under one span or none, before or behind the end of the lead. */
struct part {
	uint32_t from, to;
	const struct span *span;
	bool is_lead;
};

/* Steps through a leaf's parts, in order and without gaps; start with {0}. An image without a
 * description is a part of no bytes. */
struct parts {
	uint32_t at, span;
};
bool part_next(const struct issue *issue, const struct block *b, struct parts *parts,
	       struct part *part);

#endif
