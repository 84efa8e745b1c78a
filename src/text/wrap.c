/* Greedy fill: clusters go into a line until one does not fit, and the line ends at the last place where it
 * may. What was laid out behind that place is laid out again in the next line, so each cluster is seen at
 * most twice. */
#include <sulan/wrap.h>

#include <string.h>

#include <sulan/arena.h>
#include <sulan/linebreak.h>
#include <sulan/utf8.h>

/* A place where the line may end, and what stands before it without the spaces that hang. */
struct place {
	bool is_set;
	size_t at;       /* where the next line begins */
	size_t end;      /* bytes of ink end here */
	size_t cols;
	struct line_breaker breaker; /* as it was before the cluster at `at` */
};

struct filler {
	struct arena *arena;
	struct str text;
	const struct wrap_opts *opts;
	size_t cols;
	struct wrap_line *lines;
	size_t n, cap;
	/* The line being filled. */
	size_t room, start, used;
	size_t ink_end, ink_cols;
	struct place may, url, any; /* by preference */
	unsigned n_closing;         /* closing marks in a row so far */
};

static void start_line(struct filler *f, size_t at)
{
	f->start = f->ink_end = at;
	f->used = f->ink_cols = 0;
	f->may.is_set = f->url.is_set = f->any.is_set = false;
	f->n_closing = 0;
}

static void end_line(struct filler *f, size_t end, size_t cols, bool is_forced)
{
	f->lines = arena_more(f->arena, f->lines, f->n, &f->cap, sizeof(*f->lines));
	f->lines[f->n++] = (struct wrap_line){(uint32_t)f->start, (uint32_t)(end - f->start),
					      (uint16_t)cols, is_forced};
	f->room = f->cols;
}

static struct place place_here(const struct filler *f, size_t at, const struct line_breaker *breaker)
{
	return (struct place){true, at, f->ink_end, f->ink_cols, *breaker};
}

/* Where the line that has become too long ends: at a break, in an address behind a stroke that is not too
 * far back, else at any cluster. */
static struct place choose(const struct filler *f, struct place here, bool is_closing)
{
	struct place may = f->may;
	bool loses_much = may.is_set && (f->room - may.cols) * 3 > f->room;
	if (loses_much && is_closing && f->n_closing >= 2)
		return here;
	if (may.is_set && may.end > f->start)
		return may;
	if (f->url.is_set && f->url.cols * 2 >= f->room)
		return f->url;
	if (f->any.is_set && f->any.end > f->start)
		return f->any;
	return here;
}

/* Strokes of an address that a line may end behind when nothing else helps. */
static bool is_url_stroke(char c)
{
	return c && strchr("/?&=.-_", c) != NULL;
}

/* The rest of a cluster's code points only move the breaker on. */
static void feed_rest(struct line_breaker *breaker, struct str text, size_t at, size_t end)
{
	uint32_t cp;
	while (at < end) {
		at += utf8_next(text, at, &cp);
		line_breaker_next(breaker, cp, at);
	}
}

/* One cluster; returns where to go on, which is further back when a line has ended. */
static size_t fill_cluster(struct filler *f, size_t at, struct line_breaker *breaker)
{
	struct glyph glyph;
	uint32_t cp;
	struct line_breaker before = *breaker;
	size_t end = at + glyph_next(f->text, at, &f->opts->policy, &glyph);
	size_t first = at + utf8_next(f->text, at, &cp);
	enum line_break status = line_breaker_next(breaker, cp, first);
	feed_rest(breaker, f->text, first, end);
	bool is_space = cp == ' ' || cp == '\t';
	if (at > f->start) {
		struct place here = place_here(f, at, &before);
		if (status == LINE_BREAK_MAY || status == LINE_BREAK_MUST)
			f->may = here;
		if (status != LINE_BREAK_NEVER && !is_space) {
			f->any = here;
			if (is_url_stroke(f->text.p[at - 1]))
				f->url = here;
		}
		if (!is_space && f->used + glyph.cols > f->room) {
			struct place place = choose(f, here, line_break_is_closing(cp));
			end_line(f, place.end, place.cols, false);
			start_line(f, place.at);
			*breaker = place.breaker;
			return place.at;
		}
	}
	f->used += glyph.cols;
	if (!is_space) {
		f->ink_end = end;
		f->ink_cols = f->used;
		f->n_closing = line_break_is_closing(cp) ? f->n_closing + 1 : 0;
	}
	return end;
}

size_t wrap_lines(struct arena *arena, struct str text, size_t first_cols, size_t cols,
		  const struct wrap_opts *opts, struct wrap_line **out)
{
	struct filler f = {.arena = arena, .text = text, .opts = opts, .cols = cols, .room = first_cols};
	struct line_breaker breaker = line_breaker_start(text, opts->level, cols);
	start_line(&f, 0);
	bool is_open = true;
	for (size_t at = 0; at < text.len;) {
		if (text.p[at] != '\n') {
			at = fill_cluster(&f, at, &breaker);
			is_open = true;
			continue;
		}
		end_line(&f, f.ink_end, f.ink_cols, true);
		start_line(&f, ++at);
		breaker = line_breaker_start(text, opts->level, cols);
		is_open = false;
	}
	if (is_open)
		end_line(&f, f.ink_end, f.ink_cols, true);
	*out = f.lines;
	return f.n;
}
