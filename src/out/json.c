/* Stories as JSON, schema version 1: one story a line. */
#include "forms.h"

#include <stdlib.h>

#include <jansson.h>
#include <sulan/arena.h>
#include <sulan/utf8.h>

static json_t *text_json(struct out *out, struct str text)
{
	text = utf8_repair(out->arena, text);
	json_t *json = json_stringn(text.len ? text.p : "", text.len);
	if (!json)
		abort();
	return json;
}

static json_t *issue_json(struct out *out, const struct issue *issue)
{
	char date[DATE_TEXT];
	json_t *json = json_object();
	date_text(issue->date, date);
	json_object_set_new(json, "publication", text_json(out, issue->publication));
	json_object_set_new(json, "title", text_json(out, issue->title));
	json_object_set_new(json, "date", text_json(out, str_of(date)));
	json_object_set_new(json, "path", text_json(out, issue->path));
	return json;
}

static json_t *sources_json(struct out *out, const struct issue *issue, const struct story *story)
{
	json_t *json = json_array();
	for (size_t i = 0; i < story->n_sources; i++) {
		const struct source *source = &story->sources[i];
		struct str url = {NULL, 0};
		if (source->link)
			url = issue->links[source->link - 1].url;
		json_t *item = json_object();
		json_object_set_new(item, "name", text_json(out, source->name));
		json_object_set_new(item, "url", text_json(out, url));
		json_array_append_new(json, item);
	}
	return json;
}

static json_t *links_json(struct out *out, const struct issue *issue, const struct story *story)
{
	json_t *json = json_array();
	for (size_t i = 0; i < story->n_links; i++) {
		const struct link *link = &issue->links[story->links[i]];
		json_t *item = json_object();
		json_object_set_new(item, "text", text_json(out, link->text));
		json_object_set_new(item, "url", text_json(out, link->url));
		json_array_append_new(json, item);
	}
	return json;
}

/* A label that comes again adds a line to its value. */
static json_t *fields_json(struct out *out, const struct story *story)
{
	struct strbuf *values = arena_alloc(out->arena, (story->n_fields + 1) * sizeof(*values));
	json_t *json = json_object(), *index;
	json_int_t n = 0;
	const char *label;
	for (size_t i = 0; i < story->n_fields; i++) {
		label = str_dup(out->arena, utf8_repair(out->arena, story->fields[i].label));
		index = json_object_get(json, label);
		struct strbuf *value = &values[index ? json_integer_value(index) : n];
		if (index) {
			strbuf_putc(value, '\n');
		} else {
			*value = strbuf_make(out->arena);
			json_object_set_new(json, label, json_integer(n++));
		}
		strbuf_put(value, story->fields[i].value);
	}
	json_object_foreach(json, label, index)
	{
		struct strbuf *value = &values[json_integer_value(index)];
		json_object_set_new(json, label, text_json(out, strbuf_str(value)));
	}
	return json;
}

static json_t *summary_json(struct out *out, const struct story *story)
{
	json_t *json = json_array();
	for (size_t i = 0; i < story->n_bullets; i++) {
		json_t *item = json_object();
		json_object_set_new(item, "lead", text_json(out, story->bullets[i].lead));
		json_object_set_new(item, "text", text_json(out, story->bullets[i].text));
		json_array_append_new(json, item);
	}
	return json;
}

static json_t *state_json(struct out *out, struct story_state state)
{
	json_t *json = json_object(), *tags = json_array();
	for (size_t i = 0; i < state.n_tags; i++)
		json_array_append_new(tags, text_json(out, state.tags[i]));
	json_object_set_new(json, "read", json_boolean(state.is_read));
	json_object_set_new(json, "star", json_boolean(state.is_starred));
	json_object_set_new(json, "later", json_boolean(state.is_later));
	json_object_set_new(json, "dismissed", json_boolean(state.is_dismissed));
	json_object_set_new(json, "tags", tags);
	json_object_set_new(json, "note", text_json(out, state.note));
	return json;
}

static json_t *story_json(struct out *out, const struct issue *issue, const struct story *story)
{
	json_t *json = json_object();
	json_int_t index = story - issue->stories + 1;
	const char *kind = story->kind == STORY_BRIEF ? "brief" : "story";
	json_object_set_new(json, "id", text_json(out, story->id));
	json_object_set_new(json, "issue", issue_json(out, issue));
	json_object_set_new(json, "index", json_integer(index));
	json_object_set_new(json, "kind", json_string(kind));
	json_object_set_new(json, "title", text_json(out, story->title));
	json_object_set_new(json, "category", text_json(out, out_category(issue, story)));
	json_object_set_new(json, "sources", sources_json(out, issue, story));
	json_object_set_new(json, "links", links_json(out, issue, story));
	json_object_set_new(json, "fields", fields_json(out, story));
	json_object_set_new(json, "insight", text_json(out, story->insight));
	json_object_set_new(json, "summary", summary_json(out, story));
	json_object_set_new(json, "text", text_json(out, story_text(out->arena, issue, story)));
	json_object_set_new(json, "state", state_json(out, out_state(out, story)));
	return json;
}

/* All but ASCII stands inside strings, where an escape may take the place of any character. */
static void put_escaped(struct strbuf *buf, struct str json)
{
	size_t done = 0;
	for (size_t at = 0, len; at < json.len; at += len) {
		uint32_t cp;
		len = utf8_next(json, at, &cp);
		if (!codepoint_is_unsafe(cp))
			continue;
		strbuf_put(buf, str_sub(json, done, at - done));
		done = at + len;
		if (cp < 0x10000)
			strbuf_printf(buf, "\\u%04x", (unsigned)cp);
		else
			strbuf_printf(buf, "\\u%04x\\u%04x", (unsigned)(0xd7c0 + (cp >> 10)),
				      (unsigned)(0xdc00 + (cp & 0x3ff)));
	}
	strbuf_put(buf, str_from(json, done));
}

void json_story(struct out *out, const struct issue *issue, const struct story *story)
{
	json_t *json = story_json(out, issue, story);
	char *text = json_dumps(json, JSON_COMPACT);
	if (!text)
		abort();
	strbuf_puts(&out->buf, str_ends(strbuf_str(&out->buf), "[") ? "\n" : ",\n");
	put_escaped(&out->buf, str_of(text));
	free(text);
	json_decref(json);
}

void json_begin(struct out *out, const struct issue *const *issues, size_t n)
{
	(void)issues;
	(void)n;
	strbuf_puts(&out->buf, "{\"schema\":1,\"stories\":[");
}

void json_issue(struct out *out, const struct issue *issue, size_t index)
{
	(void)index;
	for (size_t i = 0; i < issue->n_stories; i++)
		json_story(out, issue, &issue->stories[i]);
}

void json_end(struct out *out)
{
	strbuf_puts(&out->buf, "\n]}\n");
}
