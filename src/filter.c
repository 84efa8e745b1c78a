/* From the words of the command line to a filter. */
#include "filter.h"
#include "looks.h"

#include <stdio.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/glyph.h>

#define INDENT "  "

static bool find_view(const void *self, struct str name, struct str *filter)
{
	return config_find_view(self, name, filter);
}

static struct str joined(const struct world *world, const char *standard)
{
	struct strbuf text = strbuf_make(world->arena);
	if (world->args->n_filters == 0)
		strbuf_puts(&text, standard);
	for (int i = 0; i < world->args->n_filters; i++) {
		if (i)
			strbuf_putc(&text, ' ');
		strbuf_puts(&text, world->args->filters[i]);
	}
	return strbuf_str(&text);
}

/* The filter as it was understood, and a caret below the place. */
static void point_at(const struct world *world, struct str text, const struct error *err)
{
	const struct text_policy policy = looks_policy(world);
	size_t at = query_fault(text, err);
	struct str line = text_show(world->arena, text, &policy);
	int cols = (int)text_cols(text_show(world->arena, str_sub(text, 0, at), &policy), &policy);
	fprintf(stderr, INDENT "%.*s\n" INDENT "%*s^\n", (int)line.len, line.p, cols, "");
}

const struct query *filter_parse(const struct world *world, struct str text, struct error *err)
{
	const struct query_names names = {world->config, find_view, world_today()};
	return query_parse_with(world->arena, text, &names, err);
}

const struct query *filter_read(const struct world *world, const char *standard)
{
	struct str text = joined(world, standard);
	struct error err = {0};
	const struct query *query = filter_parse(world, text, &err);
	if (query)
		return query;
	world_complain(world, &err);
	point_at(world, text, &err);
	return NULL;
}
