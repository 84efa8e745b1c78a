/* The issue under construction, shared by the files of this folder. */
#ifndef BUILD_H
#define BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/issue.h>
#include <sulan/profile.h>
#include <sulan/str.h>

struct arena;
struct error;

/* Stands for a soft break in the text of a block until it is known whether the line counts. */
#define SOFT_BREAK '\v'

/* A number for each of many texts, found in constant time. Zero it to start. */
struct names {
	struct name *slots; /* NULL until the first is put in */
	size_t n_slots, n;
};

/* Blocks, spans and links as they are found. */
struct build {
	struct arena *arena;   /* the issue's: texts and links */
	struct arena *arrays;  /* of blocks and spans */
	struct arena *scratch; /* for what is needed while one leaf is made */
	struct block *blocks;
	size_t n_blocks, cap_blocks;
	size_t n_dropped; /* blocks from the first on that are not needed any more */
	struct span *spans;
	size_t n_spans, cap_spans;
	struct link *links;
	size_t n_links, cap_links;
	bool has_tildes;                 /* two in a row in the text that is read: see inline.c */
	const struct profiles *profiles; /* what the reader says; NULL for nothing */
	const struct profile *profile;   /* the one for this issue, or NULL */
	struct names words;              /* labels are written with: their roles */
};

struct block *build_block(struct build *build, struct block block);
/* Nobody looks at the blocks before `index` any more. */
void build_drop(struct build *build, size_t index);
void build_span(struct build *build, struct span span);
/* Returns the index + 1. */
uint32_t build_link(struct build *build, struct link link);

/* Where the number of a text is kept; 0 for a text that is new. The text is borrowed. */
uint32_t *names_at(struct arena *arena, struct names *names, struct str text);
/* The number of a text, 0 where there is none. */
uint32_t names_find(const struct names *names, struct str text);

static inline bool build_is_container(const struct block *block)
{
	return block->kind == BLOCK_QUOTE || block->kind == BLOCK_LIST || block->kind == BLOCK_ITEM;
}

/* The first span of the block that ends behind byte `at`; the end of its spans when there is none.
 */
size_t build_span_at(const struct build *build, const struct block *block, size_t at);
/* Whether a leaf has text besides the names of images. */
bool build_has_words(const struct build *build, const struct block *block);

/* Bytes from..to of a leaf of the build as a leaf of its own, which is not put into it. */
struct block build_part(struct build *build, const struct block *leaf, size_t from, size_t to);

/* decode.c: the bytes of a file as UTF-8 text with LF line ends. */
struct decoded {
	struct str text;
	const char *encoding;
	size_t n_repaired;
};
bool decode_text(struct arena *arena, struct str bytes, struct decoded *out, struct error *err);

/* front.c: the front matter of a text: what it says of the issue, and how many bytes it takes. */
struct front {
	struct str title, date;
	struct str text; /* the lines between the fences */
	size_t len;      /* 0: there is none */
	uint32_t line;   /* of the file, where `text` begins */
};
struct front front_read(struct str text);
/* The same with its texts in the arena. */
struct front front_copy(struct arena *arena, const struct front *front);
/* Its lines, but for that of the title when this is said elsewhere. */
struct str front_rest(struct arena *arena, const struct front *front, bool without_title);

/* id.c: the letters and digits of a text alone: with other punctuation or spacing it is the same
 * title. */
struct str bare_letters(struct arena *arena, struct str text);

/* lines.c: paragraphs of numbered lines as a paragraph for each. */
void lines_split(struct build *build);

/* admonition.c: boxes that other tools than CommonMark know, as lines with their names. */
struct admonition {
	bool is_indented; /* what follows stands four columns in */
};
/* The line, or what stands for it. */
struct str admonition_line(struct admonition *a, struct arena *arena, struct str line);

/* mend.c: the text with what CommonMark would misread mended; the same number of lines. A long text
 * comes in parts that end before a heading at which nothing is open, and that read the same alone:
 * the parser then needs memory for one of them. */
struct mender {
	char fence; /* the character of the open code fence, 0 for none */
	size_t fence_len;
	bool is_fence_quoted;
	size_t n_images; /* of the present paragraph */
	bool is_whole;   /* parts of it would not read the same alone */
	struct admonition admonition;
	struct str rest; /* what is still to come; p is NULL at the end */
};
struct mender mender_start(struct str text);
struct str mender_next(struct mender *mender, struct arena *arena);
/* math.c: the line with backslashes before what would be marks in its formulas. */
struct str mend_math(struct arena *arena, struct str line);
/* Bytes of the code that begins at `at` (a backtick), or of its backticks when nothing near ends
 * it. */
size_t mend_code_len(struct str line, size_t at);
/* What mender_next puts in and must be taken out again: U+2060 WORD JOINER. */
#define MEND_JOINER "\xe2\x81\xa0"
/* A copy without the joiners. */
struct str mend_undo(struct arena *arena, struct str text);

/* markdown.c: Markdown to blocks in reading order. `line` is the line the text begins at. */
void markdown_read(struct build *build, struct str text, uint32_t line);

/* inline.c: the text under a cmark leaf, with its spans and links, into `block`. */
struct cmark_node;
void inline_read(struct build *build, struct cmark_node *leaf, struct block *block);
/* The same of a block of raw HTML. */
void inline_read_html(struct build *build, struct str html, struct block *block);

/* emoji.c: bytes of the emoji's name between colons that begins at byte `at` (a colon), 0 for none.
 */
size_t emoji_at(struct str text, size_t at, struct str *emoji);

/* footnote.c: puts each note's text behind the paragraph that refers to it first. */
void footnotes_place(struct build *build);

/* link.c: bytes of the bare web address at byte `at`, 0 for none: up to white space, quotes, angle
 * brackets or Chinese, without punctuation at its end. */
size_t url_len(struct str text, size_t at);
/* The last part of an address's path. */
struct str url_file_name(struct str url);
/* host.c: the host by IDNA, with its port; empty when it cannot be. */
struct str host_ascii(struct arena *arena, struct str host);

/* html.c: raw HTML, one piece after the other. */
enum html_kind {
	HTML_OTHER,
	HTML_TEXT,
	HTML_BREAK, /* a line ends */
	HTML_BLOCK, /* what follows begins on a line of its own */
	HTML_CELL,  /* of a table */
	HTML_IMAGE,
	HTML_LINK,
	HTML_LINK_END,
};
struct html_piece {
	enum html_kind kind;
	struct str text; /* of text, or an image's description; entities are decoded */
	struct str url;  /* of a link or image */
};
/* The piece at byte `*at`, which is moved behind it; false at the end. */
bool html_next(struct arena *arena, struct str html, size_t *at, struct html_piece *piece);
/* The level of the heading that a whole piece of HTML is; 0 when it is none. */
uint8_t html_heading(struct str html);
struct html_piece html_tag(struct arena *arena, struct str tag);

/* label_words.c, labels.c */
/* The words, to be found in constant time: they are asked for with every line. */
struct names label_words(struct arena *arena);
/* The role of a label's name without colon and ornaments. */
enum label_role label_role_of(const struct names *words, struct str name);
struct label {
	enum label_role role;
	struct str name; /* without its colon */
	size_t value;    /* byte of the text where what it labels begins */
};
/* The label a line of a block's text begins with: bytes from..to of the text. */
struct label label_at(const struct build *build, const struct block *block, size_t from, size_t to);
/* The label of a section of a story that a heading is, if it is one. */
struct label label_of_heading(const struct build *build, struct str text);

/* profile.c: the profile for an issue, or NULL. */
const struct profile *profile_for(const struct profiles *profiles, struct str publication,
				  struct str path);
/* The role the reader gives a label, LABEL_NONE when none. */
enum label_role profile_label_role(const struct profiles *profiles, const struct profile *profile,
				   struct str name);
/* A title or category begins with what the profile leaves out, ornaments aside. */
bool profile_drops(const struct profile *profile, struct str text);

/* outline.c: blocks to stories. */
void outline_make(struct issue *issue, struct build *raw, const struct front *front);

/* maker.c: raw blocks into the issue. */
struct maker {
	struct issue *issue;
	struct build *raw; /* as markdown_read left it */
	struct build done; /* as the issue will have it */
	struct story *stories;
	size_t n_stories, cap_stories;
	struct str *categories;
	size_t n_categories, cap_categories;
	struct names category_names; /* index + 1 */
	struct names keys;           /* ids: how often each has been made */
	enum dialect dialect;        /* of the stories that are being made */
	uint8_t lifted;              /* containers around the blocks that are copied which go */
	struct names urls; /* index + 1 of the last story that has the address among its links */
};
uint32_t maker_category(struct maker *maker, struct str name);
/* Copies bytes from..to of a raw leaf as a block: soft breaks become line feeds when the lines
 * count, else a space or, between Chinese, nothing. */
struct block *maker_copy_leaf(struct maker *maker, const struct block *raw, size_t from, size_t to,
			      enum block_part part, bool keeps_lines);
/* Copies raw blocks from..to, all of one part. */
void maker_copy(struct maker *maker, size_t from, size_t to, enum block_part part);
/* story.c: a story with a heading (raw block `heading`) and its blocks up to `end`. */
void story_with_heading(struct maker *maker, size_t heading, size_t end, struct str category);
/* A story of raw blocks without a heading of its own, titled by its first sentence. */
void story_of_text(struct maker *maker, size_t from, size_t end, struct str title,
		   struct str category);
/* A brief for each item of the lists in raw blocks from..end. */
void story_briefs(struct maker *maker, size_t from, size_t end, struct str category);
/* One line, without soft breaks and spaces at its ends. */
struct str story_line(struct arena *arena, struct str text);
/* Columns it has, roughly: two for each ideograph. Good for "how much is said", not for layout. */
size_t story_cols(struct str text);

/* name.c: title, publication and date of an issue, its headings having been taken. */
void name_issue(struct issue *issue, const struct front *front, const struct build *done);
/* publication.c: the heading without its date, number and what only decorates it. */
struct str publication_of(struct arena *arena, struct str title);
/* Front matter belongs to the issue's heading: its title is one where the text has none. */
void name_put_front(struct maker *maker, const struct front *front, bool has_heading);

/* Gives the stories of an issue that has its name, date and links their ids. */
void story_ids(struct maker *maker, struct story *stories, size_t n);

#endif
