/* The display form of a cluster: what every terminal draws alike and counts alike. */
#include <sulan/glyph.h>

#include <string.h>
#include <uninorm.h>

#include <sulan/utf8.h>

#include "cluster.h"

enum {
	REPLACEMENT = 0xFFFD,
	GETA = 0x3013,      /* the printer's sign for a character not in the case */
	MARK_BASE = 0x00A0, /* carries a combining mark that has lost its letter */
	ZWJ = 0x200D,
	VS16 = 0xFE0F,
	FIRST_RI = 0x1F1E6, /* of the regional indicators, two of which are a flag */
	MARKS_MAX = 2,
};

/* A cluster reduced to what will be shown. */
struct kept {
	uint32_t cp[6]; /* the base, then the rest of a syllable or flag, then marks */
	size_t n, n_marks;
	bool is_closed; /* nothing after the first picture of a chain is shown */
};

static unsigned cols_of(unsigned prop, const struct text_policy *policy)
{
	unsigned width = ucd_width(prop);
	if (width == UCD_AMBIGUOUS)
		width = policy->ambiguous;
	if ((prop & UCD_TEXT_PICTURE) && policy->pictures == 2)
		width = 2;
	return width;
}

bool text_policy_eq(struct text_policy a, struct text_policy b)
{
	return a.ambiguous == b.ambiguous && a.pictures == b.pictures &&
	       a.has_chains == b.has_chains && a.has_tones == b.has_tones &&
	       a.has_newest == b.has_newest && a.is_ascii == b.is_ascii;
}

int codepoint_cols(uint32_t cp, const struct text_policy *policy)
{
	if (cp > 0x10FFFF || (cp > 0 && cp < 0x20) || (cp >= 0x7F && cp < 0xA0))
		return -1;
	return (int)cols_of(ucd_of(cp), policy);
}

static void put(struct glyph *out, uint32_t cp)
{
	char bytes[4];
	size_t n = utf8_put(cp, bytes);
	if (out->len + n > GLYPH_BYTES)
		return;
	memcpy(out->bytes + out->len, bytes, n);
	out->len = (uint8_t)(out->len + n);
}

static void put_alone(struct glyph *out, uint32_t cp, const struct text_policy *policy)
{
	put(out, cp);
	out->cols = (uint8_t)cols_of(ucd_of(cp), policy);
}

static bool is_noncharacter(uint32_t cp)
{
	return (cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF);
}

static bool is_bidi_control(uint32_t cp)
{
	return cp == 0x061C || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
	       (cp >= 0x2066 && cp <= 0x2069);
}

static bool is_tag(uint32_t cp)
{
	return cp == 0xE0001 || (cp >= 0xE0020 && cp <= 0xE007F);
}

static uint32_t stand_in_for_control(uint32_t cp)
{
	if (cp == '\t' || cp == '\n' || cp == '\r' || cp == 0x2028 || cp == 0x2029)
		return ' ';
	if (cp < 0x20)
		return 0x2400 + cp;
	return cp == 0x7F ? 0x2421 : REPLACEMENT;
}

static bool is_new_picture(unsigned prop)
{
	return (prop & UCD_UNSURE) && (prop & UCD_PICTOGRAPH) && ucd_width(prop) == 2;
}

/* What is shown in place of a base that cannot be sent as it is; 0 for one that can. */
static uint32_t stand_in(uint32_t cp, unsigned prop, const struct text_policy *policy)
{
	if (policy->has_newest && is_new_picture(prop))
		return 0;
	if (is_noncharacter(cp) || is_bidi_control(cp) || is_tag(cp))
		return REPLACEMENT;
	if (prop & UCD_UNSURE)
		return GETA;
	switch (ucd_gcb(prop)) {
	case GCB_CR:
	case GCB_LF:
	case GCB_CONTROL:
		return stand_in_for_control(cp);
	case GCB_V: /* a vowel without its consonant: the letter as it is printed alone */
		return cp <= 0x1175 ? cp - 0x1161 + 0x314F : GETA;
	case GCB_T:
		return GETA;
	default:
		return 0;
	}
}

static bool is_hidden(unsigned prop)
{
	enum gcb g = ucd_gcb(prop);
	return g == GCB_CONTROL_HIDDEN || g == GCB_EXTEND_HIDDEN || g == GCB_ZWJ;
}

static void keep_mark(struct kept *kept, uint32_t cp)
{
	if (kept->n_marks >= MARKS_MAX || kept->is_closed)
		return;
	if (kept->n == 0)
		kept->cp[kept->n++] = MARK_BASE;
	kept->cp[kept->n++] = cp;
	kept->n_marks++;
}

/* One consonant, one vowel, one final; a whole syllable takes the place of consonants before it. */
static void keep_hangul(struct kept *kept, uint32_t cp, enum gcb g)
{
	enum gcb last = ucd_gcb(ucd_of(kept->cp[kept->n - 1]));
	if (last == GCB_L && (g == GCB_LV || g == GCB_LVT))
		kept->cp[0] = cp;
	else if ((g == GCB_V && last == GCB_L) || (g == GCB_T && (last == GCB_V || last == GCB_LV)))
		kept->cp[kept->n++] = cp;
}

static void keep(struct kept *kept, uint32_t cp, unsigned prop)
{
	switch (ucd_gcb(prop)) {
	case GCB_EXTEND:
		if (!(prop & UCD_PICTOGRAPH))
			keep_mark(kept, cp);
		break;
	case GCB_RI:
		kept->cp[kept->n++] = cp;
		kept->is_closed = true;
		break;
	case GCB_L:
	case GCB_V:
	case GCB_T:
	case GCB_LV:
	case GCB_LVT:
		if (kept->n > 0)
			keep_hangul(kept, cp, ucd_gcb(prop));
		break;
	default:
		if (prop & UCD_PICTOGRAPH)
			kept->is_closed = true;
		break;
	}
}

/* Sure to be NFC when no mark follows; most of what is no letter. */
static bool is_composed(uint32_t cp)
{
	return cp < 0x340 || (cp >= 0x2002 && cp <= 0x2125) ||
	       (cp >= 0x2190 && cp < 0xF900 && cp != 0x2329 && cp != 0x232A && cp != 0x2ADC) ||
	       (cp >= 0xFB50 && cp < 0x1D000) || (cp >= 0x1F000 && cp < 0x20000);
}

/* NFC; a note that would fall apart into signs side by side stays alone, as it is. */
static size_t compose(const struct kept *kept, uint32_t *out, size_t cap)
{
	size_t n = cap;
	if (kept->n == 1 && is_composed(kept->cp[0])) {
		out[0] = kept->cp[0];
		return 1;
	}
	bool is_whole = u32_normalize(UNINORM_NFC, kept->cp, kept->n, out, &n) == out;
	for (size_t i = 1; is_whole && i < n; i++)
		is_whole = ucd_width(ucd_of(out[i])) == 0;
	if (is_whole)
		return n;
	out[0] = kept->cp[0];
	return 1;
}

static bool is_ri(uint32_t cp)
{
	return cp >= FIRST_RI && cp < FIRST_RI + 26;
}

static void put_kept(struct glyph *out, struct kept *kept, const struct text_policy *policy)
{
	uint32_t cps[16];
	size_t n;
	if (kept->n == 0)
		return;
	if (is_ri(kept->cp[0]) && kept->n > 1 && is_ri(kept->cp[1])) {
		put(out, kept->cp[0]);
		put(out, kept->cp[1]);
		out->cols = 2;
		return;
	}
	if (is_ri(kept->cp[0]))
		kept->cp[0] = kept->cp[0] - FIRST_RI + 'A';
	n = compose(kept, cps, sizeof(cps) / sizeof(cps[0]));
	unsigned prop = ucd_of(cps[0]);
	put_alone(out, cps[0], policy);
	if ((prop & UCD_TEXT_PICTURE) && policy->pictures == 2)
		put(out, VS16);
	for (size_t i = 1; i < n; i++)
		put(out, cps[i]);
}

static bool is_tone(unsigned prop)
{
	return (prop & UCD_PICTOGRAPH) && ucd_gcb(prop) == GCB_EXTEND;
}

/* Whether the picture `cp` can be sent to the terminal as part of a sequence. */
static bool is_picture(uint32_t cp, const struct text_policy *policy)
{
	unsigned prop = ucd_of(cp);
	return (prop & UCD_PICTOGRAPH) && !is_tone(prop) && !stand_in(cp, prop, policy);
}

/* Whether `cp`, after the code point `last` of a sequence, is a part of it that is shown. */
static bool is_part(uint32_t cp, uint32_t last, const struct text_policy *policy)
{
	bool is_text = ucd_of(last) & UCD_TEXT_PICTURE;
	if (cp == VS16)
		return is_text;
	if (is_tone(ucd_of(cp)))
		return policy->has_tones && !is_text;
	return is_picture(cp, policy);
}

/* The cluster of pictures whole, as far as the terminal shows it in two columns; false when there
 * is no more of it to be shown than its first picture. */
static bool put_sequence(struct glyph *out, struct str cluster, const struct text_policy *policy)
{
	uint32_t cp, last = 0;
	size_t at = utf8_next(cluster, 0, &last), n_parts = 0;
	bool is_joined = false;
	if (!is_picture(last, policy) || cols_of(ucd_of(last), policy) != 2)
		return false;
	put(out, last);
	while (at < cluster.len) {
		at += utf8_next(cluster, at, &cp);
		if (is_joined && !(policy->has_chains && is_picture(cp, policy)))
			break;
		if (cp == ZWJ) {
			is_joined = true;
			continue;
		}
		if (!is_part(cp, last, policy))
			continue;
		if (out->len + 7 > GLYPH_BYTES)
			return false;
		if (is_joined)
			put(out, ZWJ);
		put(out, cp);
		n_parts += cp != VS16;
		is_joined = false;
		last = cp;
	}
	out->cols = 2;
	return n_parts > 0;
}

/* The cluster at `at`; returns where it ends. */
static size_t build(struct str text, size_t at, const struct text_policy *policy, struct glyph *out)
{
	uint32_t cp, next;
	size_t end = at + utf8_next(text, at, &cp);
	unsigned prop = ucd_of(cp);
	uint32_t instead = stand_in(cp, prop, policy);
	bool is_sequence = (prop & UCD_PICTOGRAPH) && (policy->has_chains || policy->has_tones);
	struct cluster_state state = cluster_start(prop);
	struct kept kept = {0};
	if (ucd_gcb(prop) == GCB_EXTEND && ucd_width(prop) == 0)
		keep_mark(&kept, cp);
	else if (!is_hidden(prop))
		kept.cp[kept.n++] = cp;
	while (end < text.len) {
		size_t n = utf8_next(text, end, &next);
		prop = ucd_of(next);
		if (!cluster_joins(&state, prop))
			break;
		keep(&kept, next, prop);
		end += n;
	}
	if (is_sequence && put_sequence(out, str_sub(text, at, end - at), policy))
		return end;
	*out = (struct glyph){0};
	if (instead)
		put_alone(out, instead, policy);
	else
		put_kept(out, &kept, policy);
	return end;
}

/* A character that is shown as it is when nothing joins it. */
static bool is_shown_alone(uint32_t cp, unsigned prop)
{
	return ucd_gcb(prop) == GCB_OTHER && ucd_width(prop) > 0 && !(prop & UCD_UNSURE) &&
	       is_composed(cp) && !is_noncharacter(cp) && !is_bidi_control(cp);
}

size_t cluster_shown(struct str text, size_t at)
{
	uint32_t cp;
	size_t len = utf8_next(text, at, &cp);
	unsigned prop = ucd_of(cp);
	bool is_text_picture = prop & UCD_TEXT_PICTURE;
	bool is_itself = cp != 0xFFFD && !is_text_picture && is_shown_alone(cp, prop);
	return is_itself && cluster_is_plain_border(text, at + len) ? len : 0;
}

size_t glyph_next(struct str text, size_t at, const struct text_policy *policy, struct glyph *out)
{
	uint32_t cp;
	size_t len = cluster_plain_shown(text, at);
	*out = (struct glyph){.cols = len > 1 ? 2 : 1};
	if (!len && (len = cluster_shown(text, at))) {
		utf8_next(text, at, &cp);
		out->cols = (uint8_t)cols_of(ucd_of(cp), policy);
	}
	if (!len) {
		out->cols = 0;
		return build(text, at, policy, out) - at;
	}
	memcpy(out->bytes, text.p + at, len);
	out->len = (uint8_t)len;
	return len;
}

size_t glyph_cols(struct str text, size_t at, const struct text_policy *policy, size_t *cols)
{
	uint32_t cp;
	size_t len = utf8_next(text, at, &cp);
	unsigned prop = ucd_of(cp);
	if (is_shown_alone(cp, prop) && cluster_is_plain_border(text, at + len)) {
		*cols = cols_of(prop, policy);
		return len;
	}
	struct glyph glyph;
	len = glyph_next(text, at, policy, &glyph);
	*cols = glyph.cols;
	return len;
}
