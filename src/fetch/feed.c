/* RSS 0.9 to 2.0, RSS 1.0 and Atom by libxml2's pull parser: by local names, wherever they stand,
 * so that feeds of all dialects read. Entities are never expanded but for the names of HTML. */
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/xmlreader.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "fetch.h"

#define MAX_ENTRIES 20000
#define MAX_DEPTH   64
#define MAX_TITLE   1000

/* What an element of an entry fills. */
enum part {
	PART_NONE,
	PART_ID,
	PART_TITLE,
	PART_LINK,
	PART_AUTHOR,
	PART_CATEGORY,
	PART_TIME,
	PART_CHANGED,
	PART_SUMMARY,
	PART_CONTENT,
	PARTS
};

static const struct {
	const char *element;
	enum part part;
} elements[] = {
	{"guid", PART_ID},
	{"id", PART_ID},
	{"title", PART_TITLE},
	{"link", PART_LINK},
	{"author", PART_AUTHOR},
	{"creator", PART_AUTHOR},
	{"category", PART_CATEGORY},
	{"subject", PART_CATEGORY},
	{"pubDate", PART_TIME},
	{"published", PART_TIME},
	{"issued", PART_TIME},
	{"date", PART_TIME},
	{"updated", PART_CHANGED},
	{"modified", PART_CHANGED},
	{"description", PART_SUMMARY},
	{"summary", PART_SUMMARY},
	{"content", PART_CONTENT},
	{"encoded", PART_CONTENT},
};

struct reader {
	struct arena *arena, *scratch; /* what stays; what ends with an entry */
	xmlTextReaderPtr xml;
	struct feed *feed;
	int entry_depth; /* of the open entry's element; -1: none */
	int part_depth;
	enum part part;
	bool is_markup; /* the part is XHTML in the feed's own XML */
	struct strbuf text;
	struct str parts[PARTS];
};

static struct str name_of(struct reader *r)
{
	return str_of((const char *)xmlTextReaderConstLocalName(r->xml));
}

static enum part part_of(struct reader *r)
{
	struct str name = name_of(r);
	const char *prefix = (const char *)xmlTextReaderConstPrefix(r->xml);
	if (prefix && (strcmp(prefix, "media") == 0 || strcmp(prefix, "itunes") == 0))
		return PART_NONE;
	for (size_t i = 0; i < sizeof(elements) / sizeof(*elements); i++)
		if (str_is(name, elements[i].element))
			return elements[i].part;
	return PART_NONE;
}

static struct str attribute(struct reader *r, const char *name)
{
	xmlChar *value = xmlTextReaderGetAttribute(r->xml, (const xmlChar *)name);
	struct str copy = str_copy(r->scratch, str_of((const char *)value));
	xmlFree(value);
	return copy;
}

/* A part once given stays: the first link, the first category. */
static void keep(struct reader *r, enum part part, struct str text)
{
	text = str_trim(text);
	if (!r->parts[part].len && text.len)
		r->parts[part] = str_copy(r->scratch, text);
}

/* <link href= rel=> and <category term=> say it in attributes. */
static void take_attributes(struct reader *r)
{
	struct str rel = attribute(r, "rel");
	if (r->part == PART_LINK && (!rel.len || str_is(rel, "alternate")))
		keep(r, PART_LINK, attribute(r, "href"));
	else if (r->part == PART_CATEGORY)
		keep(r, PART_CATEGORY, attribute(r, "term"));
}

static void open_part(struct reader *r, int depth)
{
	r->part = part_of(r);
	r->part_depth = depth;
	r->is_markup = false;
	r->text = strbuf_make(r->scratch);
	if (r->part == PART_NONE)
		return;
	take_attributes(r);
	if (str_is(attribute(r, "type"), "xhtml") &&
	    (r->part == PART_CONTENT || r->part == PART_SUMMARY || r->part == PART_TITLE))
		r->is_markup = true;
}

/* An element within a part: of XHTML its tag, without attributes but those of links and pictures.
 */
static void put_tag(struct reader *r, bool is_end)
{
	struct str name = name_of(r);
	static const char *const kept[] = {"href", "alt"};
	if (!r->is_markup)
		return;
	strbuf_printf(&r->text, "<%s%.*s", is_end ? "/" : "", (int)name.len, name.p);
	for (size_t i = 0; !is_end && i < 2; i++) {
		struct str value = attribute(r, kept[i]);
		if (value.len && str_find(value, STR("\""), 0) == STR_NOT_FOUND)
			strbuf_printf(&r->text, " %s=\"%.*s\"", kept[i], (int)value.len, value.p);
	}
	strbuf_putc(&r->text, '>');
}

static void put_text(struct reader *r, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (r->is_markup && text.p[i] == '<')
			strbuf_puts(&r->text, "&lt;");
		else if (r->is_markup && text.p[i] == '&')
			strbuf_puts(&r->text, "&amp;");
		else
			strbuf_putc(&r->text, text.p[i]);
	}
}

/* &nbsp; and its like, which XML does not know; those of a document's own are left out. */
static void put_entity(struct reader *r)
{
	const htmlEntityDesc *entity = htmlEntityLookup(xmlTextReaderConstName(r->xml));
	char bytes[4];
	if (entity)
		put_text(r, (struct str){bytes, utf8_put(entity->value, bytes)});
}

static struct str first_of(struct str a, struct str b)
{
	return a.len ? a : b;
}

/* Titles are HTML in most feeds, whatever they say. */
static struct str title_of(struct reader *r)
{
	struct str title = html_markdown(r->scratch, r->parts[PART_TITLE]);
	return str_copy(r->arena, str_trim(utf8_cut(title, MAX_TITLE)));
}

static void close_entry(struct reader *r)
{
	struct feed *feed = r->feed;
	struct entry e = {0};
	r->entry_depth = -1;
	e.url = str_copy(r->arena, markdown_url(r->scratch, r->parts[PART_LINK]));
	if (!e.url.len)
		e.url = str_copy(r->arena, markdown_url(r->scratch, r->parts[PART_ID]));
	e.title = title_of(r);
	struct str id = first_of(r->parts[PART_ID], first_of(e.url, e.title));
	struct str body = first_of(r->parts[PART_CONTENT], r->parts[PART_SUMMARY]);
	e.body = str_copy(r->arena, html_markdown(r->scratch, body));
	e.author = str_copy(r->arena, markdown_line(r->scratch, r->parts[PART_AUTHOR]));
	e.category = str_copy(r->arena, markdown_line(r->scratch, r->parts[PART_CATEGORY]));
	e.hash = str_hash(first_of(id, e.body), STR_HASH_SEED);
	stamp_read(first_of(r->parts[PART_TIME], r->parts[PART_CHANGED]), &e.day, &e.seconds);
	if ((e.title.len || e.body.len) && feed->n < MAX_ENTRIES) {
		feed->entries = arena_more(r->arena, feed->entries, feed->n, &feed->cap,
					   sizeof(*feed->entries));
		feed->entries[feed->n++] = e;
	}
	memset(r->parts, 0, sizeof(r->parts));
	r->part = PART_NONE;
	r->part_depth = -1;
	arena_reset(r->scratch);
}

static void see_start(struct reader *r, int depth)
{
	struct str name = name_of(r);
	if (r->entry_depth < 0) {
		if (str_is(name, "item") || str_is(name, "entry"))
			r->entry_depth = depth;
	} else if (depth == r->entry_depth + 1) {
		open_part(r, depth);
	} else if (r->part != PART_NONE) {
		put_tag(r, false);
	}
}

static void see_end(struct reader *r, int depth)
{
	if (r->entry_depth < 0)
		return;
	if (depth == r->entry_depth) {
		close_entry(r);
	} else if (depth == r->part_depth && r->part != PART_NONE) {
		keep(r, r->part, strbuf_str(&r->text));
		r->part = PART_NONE;
	} else if (r->part != PART_NONE) {
		put_tag(r, true);
	}
}

static void see_node(struct reader *r)
{
	int depth = xmlTextReaderDepth(r->xml);
	bool is_empty = xmlTextReaderIsEmptyElement(r->xml) == 1;
	switch (xmlTextReaderNodeType(r->xml)) {
	case XML_READER_TYPE_ELEMENT:
		see_start(r, depth);
		if (is_empty)
			see_end(r, depth);
		break;
	case XML_READER_TYPE_END_ELEMENT:
		see_end(r, depth);
		break;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_WHITESPACE:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		if (r->part != PART_NONE)
			put_text(r, str_of((const char *)xmlTextReaderConstValue(r->xml)));
		break;
	case XML_READER_TYPE_ENTITY_REFERENCE:
		if (r->part != PART_NONE)
			put_entity(r);
		break;
	}
}

static bool is_known(const char *charset)
{
	xmlCharEncodingHandlerPtr handler = xmlFindCharEncodingHandler(charset);
	if (handler)
		xmlCharEncCloseFunc(handler);
	return handler;
}

/* What the text is written in. Text that is UTF-8 is that, whatever it says; text that says it is
 * and is not is mended. NULL leaves it to the declaration. */
static const char *charset_of(struct arena *arena, struct str *bytes, const char *said)
{
	struct str head = str_sub(*bytes, 0, 200);
	size_t at = str_find(head, STR("encoding="), 0);
	struct str own = at == STR_NOT_FOUND ? STR("") : str_sub(head, at + 10, 6);
	bool is_wide = str_starts(head, "\xff\xfe") || str_starts(head, "\xfe\xff");
	if (is_wide)
		return NULL;
	if (utf8_is_valid(*bytes))
		return "UTF-8";
	if (own.len && !str_same_ascii(str_sub(own, 0, 5), STR("UTF-8")))
		return NULL;
	if (*said && !str_same_ascii(str_of(said), STR("UTF-8")) && is_known(said))
		return said;
	*bytes = utf8_repair(arena, *bytes);
	return "UTF-8";
}

static void be_quiet(void *self, const xmlError *error)
{
	(void)self, (void)error;
}

static const char *last_trouble(void)
{
	const xmlError *error = xmlGetLastError();
	return error && error->message ? error->message : "";
}

bool feed_read(struct arena *arena, struct str bytes, const char *charset, struct feed *out,
	       struct error *err)
{
	const int flags = XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR |
			  XML_PARSE_NOWARNING | XML_PARSE_COMPACT;
	struct reader r = {.arena = arena, .feed = out, .entry_depth = -1, .part_depth = -1};
	int more = -1;
	*out = (struct feed){0};
	charset = charset_of(arena, &bytes, charset);
	const int own = charset ? XML_PARSE_IGNORE_ENC : 0; /* the declaration is not asked then */
	xmlResetLastError();
	xmlSetStructuredErrorFunc(NULL, (xmlStructuredErrorFunc)be_quiet);
	r.xml = xmlReaderForMemory(bytes.p, (int)bytes.len, NULL, charset, flags | own);
	r.scratch = arena_new();
	while (r.xml && (more = xmlTextReaderRead(r.xml)) == 1)
		if (xmlTextReaderDepth(r.xml) < MAX_DEPTH)
			see_node(&r);
	bool ok = more == 0 || out->n > 0;
	if (!ok)
		error_set(err, ERROR_INPUT, N_("is no feed that can be read: %s"), last_trouble());
	else if (out->n == 0)
		ok = error_set(err, ERROR_INPUT, N_("holds no entry"), NULL);
	if (r.xml)
		xmlFreeTextReader(r.xml);
	arena_free(r.scratch);
	return ok;
}
