/* What a search of the library found: a table for people, with the text around the match below each
 * title, and TSV for scripts. */
#include "forms.h"

#include <sulan/arena.h>
#include <sulan/glyph.h>
#include <sulan/lookup.h>

#define DATE_COLS        10
#define PUBLICATION_COLS 16

/* Text that may be cut, with hits laid over it where there is a theme. */
struct lit {
	struct str text;
	const struct hit *hits;
	size_t n_hits;
	size_t cols;
};

static void put_style(struct out *out, enum role role, bool is_on)
{
	char sgr[STYLE_SGR_BYTES];
	if (!out->opts->theme)
		return;
	struct style style = style_reduce(out->opts->theme->styles[role], out->opts->depth);
	size_t len = style_sgr(style, sgr);
	if (is_on && len)
		strbuf_put(&out->buf, (struct str){sgr, len});
	else if (len)
		strbuf_puts(&out->buf, "\033[0m");
}

/* Cut to its columns, at a cluster's border; returns the columns used. */
static size_t put_lit(struct out *out, const struct lit *lit)
{
	const struct text_policy *policy = &out->opts->page.wrap.policy;
	size_t used = text_cols(lit->text, policy), at = 0;
	bool is_cut = used > lit->cols;
	size_t end = is_cut ? text_fit(lit->text, lit->cols > 2 ? lit->cols - 2 : 0, policy, &used)
			    : lit->text.len;
	for (size_t i = 0; i < lit->n_hits && lit->hits[i].at < end; i++) {
		size_t from = lit->hits[i].at, to = from + lit->hits[i].len;
		to = to < end ? to : end;
		text_put(&out->buf, str_sub(lit->text, at, from - at), policy);
		put_style(out, ROLE_MATCH, true);
		text_put(&out->buf, str_sub(lit->text, from, to - from), policy);
		put_style(out, ROLE_MATCH, false);
		at = to;
	}
	text_put(&out->buf, str_sub(lit->text, at, end - at), policy);
	if (is_cut) {
		strbuf_puts(&out->buf, "…");
		used += text_cols(STR("…"), policy);
	}
	return used;
}

static void pad(struct out *out, size_t used, size_t cols)
{
	for (; used < cols; used++)
		strbuf_putc(&out->buf, ' ');
}

static size_t publication_cols(const struct out *out, const struct lookup *lookup)
{
	size_t widest = 0, room = out->opts->page.cols;
	for (size_t i = 0; i < lookup->n; i++) {
		size_t cols = text_cols(lookup->items[i].publication, &out->opts->page.wrap.policy);
		widest = cols > widest ? cols : widest;
	}
	widest = widest < PUBLICATION_COLS ? widest : PUBLICATION_COLS;
	return room >= DATE_COLS + 2 + widest + 2 + 24 ? widest : 0;
}

static void put_row(struct out *out, const struct found *found, size_t publication)
{
	char date[DATE_TEXT];
	size_t indent = DATE_COLS + 2, room = out->opts->page.cols;
	date_text(found->date, date);
	strbuf_puts(&out->buf, date);
	pad(out, str_of(date).len, indent);
	if (publication) {
		struct lit name = {.text = found->publication, .cols = publication};
		pad(out, put_lit(out, &name), publication + 2);
	}
	size_t before = indent + (publication ? publication + 2 : 0);
	struct lit title = {found->title, found->title_hits, found->n_title_hits,
			    room > before ? room - before : 1};
	put_lit(out, &title);
	strbuf_putc(&out->buf, '\n');
	if (found->context.len == 0 || room <= indent)
		return;
	struct lit context = {found->context, found->context_hits, found->n_context_hits,
			      room - indent};
	pad(out, 0, indent);
	put_lit(out, &context);
	strbuf_putc(&out->buf, '\n');
}

static const char *escape_tsv(char c)
{
	return c == '\t' ? "\\t" : c == '\n' ? "\\n" : c == '\\' ? "\\\\" : NULL;
}

/* The columns of a list, and behind them publication, file, context. */
static void put_tsv(struct out *out, const struct found *found)
{
	char date[DATE_TEXT];
	date_text(found->date, date);
	const struct str cells[] = {
		found->id,
		str_of(date),
		found->kind == STORY_BRIEF ? STR("brief") : STR("story"),
		found->category,
		found->title,
		found->source,
		found->url,
		found->publication,
		found->path,
		found->context,
	};
	for (size_t i = 0; i < sizeof(cells) / sizeof(*cells); i++) {
		if (i)
			strbuf_putc(&out->buf, '\t');
		put_safe(&out->buf, cells[i], escape_tsv);
	}
	strbuf_putc(&out->buf, '\n');
}

struct str out_found(bool is_table, struct arena *arena, const struct lookup *lookup,
		     const struct out_opts *opts)
{
	struct out out = {.arena = arena, .opts = opts, .buf = strbuf_make(arena)};
	size_t publication = is_table ? publication_cols(&out, lookup) : 0;
	for (size_t i = 0; i < lookup->n; i++) {
		if (is_table)
			put_row(&out, &lookup->items[i], publication);
		else
			put_tsv(&out, &lookup->items[i]);
	}
	return strbuf_str(&out.buf);
}
