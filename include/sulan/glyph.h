/* layer: text
 *
 * What one grapheme cluster (UAX #29) looks like on a terminal: the one place where bytes of a text
 * become something to show, and where a width is decided. A glyph's bytes are safe by construction:
 * printable UTF-8, NFC, no control character, escape, bidi control or invisible filler; what must
 * not be sent is shown as a visible replacement. Copying and searching use the original text.
 */
#ifndef SULAN_GLYPH_H
#define SULAN_GLYPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/str.h>

struct arena;

/* How the terminal in use measures what Unicode leaves open. */
struct text_policy {
	uint8_t ambiguous; /* columns of East Asian Ambiguous characters: 1 or 2 */
	uint8_t pictures;  /* columns of pictographs that are text unless asked for as emoji
			    * (VS16): 1, drawn without VS16, or 2, always drawn with it */
	/* What is shown as one picture of two columns; what is not is reduced to what is. */
	bool has_chains; /* pictures joined by ZWJ */
	bool has_tones;  /* skin tones */
	bool has_newest; /* pictures of Unicode 15, else U+3013 */
	bool is_ascii;   /* it shows nothing else: put there in the columns that the others have */
};

#define TEXT_POLICY_DEFAULT ((struct text_policy){.ambiguous = 1, .pictures = 1})
#define TEXT_POLICY_ASCII   ((struct text_policy){.ambiguous = 1, .pictures = 1, .is_ascii = true})

bool text_policy_eq(struct text_policy a, struct text_policy b);

#define GLYPH_BYTES 29 /* a family of four, and a cell without gaps; longer chains are reduced */

struct glyph {
	char bytes[GLYPH_BYTES]; /* not NUL-terminated; 0 beyond len, so that glyphs compare */
	uint8_t len;             /* 0 when the cluster has nothing to show */
	uint8_t cols;            /* 0 only with len 0; else 1 or 2 */
};

/* The glyph of the cluster that begins at byte `at` of `text` (at < text.len). Returns the bytes of
 * text it stands for, at least 1. Malformed UTF-8 becomes U+FFFD, one per maximal subpart; C0 and
 * DEL their control pictures (U+2400..); C1, bidi controls, tags and noncharacters U+FFFD; LF, CR,
 * TAB and the Unicode line separators a space (who lays out text handles them before). Emoji
 * sequences are reduced to what the terminal draws in two columns: as a rule the first picture of a
 * ZWJ chain, no skin tone, no variation selector. Characters newer than Unicode 14 are U+3013. */
size_t glyph_next(struct str text, size_t at, const struct text_policy *policy, struct glyph *out);

/* The columns of that glyph only. */
size_t glyph_cols(struct str text, size_t at, const struct text_policy *policy, size_t *cols);

/* Bytes of the cluster that begins at `at` (what glyph_next stands for); the byte where the cluster
 * before `at` (at > 0) begins. A mark that terminals give a column of its own (Thai, Indic,
 * half-width kana) is a cluster here; cluster_len_extended is UAX #29 by the letter. */
size_t cluster_len(struct str text, size_t at);
/* The first border at or behind byte `stop`; `at` is one at or before it. */
size_t cluster_border_behind(struct str text, size_t at, size_t stop);
size_t cluster_before(struct str text, size_t at);
size_t cluster_len_extended(struct str text, size_t at);

/* A character that, among others of these, is a cluster and is shown as it is by any policy:
 * printable ASCII, Han, most punctuation beside it, the lines of boxes. */
static inline bool codepoint_is_plain(uint32_t cp)
{
	return (cp >= 0x20 && cp < 0x7F) || (cp >= 0x4E00 && cp <= 0x9FFF) ||
	       (cp >= 0x3000 && cp <= 0x3029) || (cp >= 0xFF01 && cp <= 0xFF3F) ||
	       (cp >= 0x2010 && cp <= 0x2027) || (cp >= 0x2500 && cp <= 0x257F);
}

/* A mark with columns of its own, a cluster here: what follows UAX #29 by the letter takes it into
 * the cell of what stands before it. */
bool codepoint_is_spacing_mark(uint32_t cp);

/* Columns of the whole text. */
size_t text_cols(struct str text, const struct text_policy *policy);

/* Bytes of the longest run of whole clusters, from the front, that fits `cols` columns; `*used`
 * (may be NULL) is how many columns it takes. */
size_t text_fit(struct str text, size_t cols, const struct text_policy *policy, size_t *used);

/* The display form of the text; the same at the end of a buffer. */
struct str text_show(struct arena *arena, struct str text, const struct text_policy *policy);

void text_put(struct strbuf *buf, struct str text, const struct text_policy *policy);

/* The display form, cut at a cluster border to at most `cols` columns, ending in an ellipsis when
 * something was cut (one or two columns by policy); cut_middle keeps both ends (URLs, paths). */
struct str text_cut(struct arena *arena, struct str text, size_t cols,
		    const struct text_policy *policy);
struct str text_cut_middle(struct arena *arena, struct str text, size_t cols,
			   const struct text_policy *policy);

/* What stands for a glyph in ASCII, in as many columns: the letter without its marks, the sign that
 * is most like it, else "?". `out` is not NUL-terminated. */
void glyph_ascii(const struct glyph *glyph, char out[2]);

/* The display form of the text in these. */
struct str text_ascii(struct arena *arena, struct str text, const struct text_policy *policy);

/* Columns of one code point as a terminal of this policy counts it: -1 for controls, 0, 1 or 2. The
 * function that stands in for libc's wcwidth where curses asks. */
int codepoint_cols(uint32_t cp, const struct text_policy *policy);

#endif
