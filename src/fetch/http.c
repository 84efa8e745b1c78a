/* One address by libcurl, within limits; what was delivered before is asked for by its marks, kept
 * in a hidden file of the folder: a line "URL ETAG LAST-MODIFIED" by tabs for each address. */
#include <string.h>

#include <curl/curl.h>

#include <sulan/arena.h>

#include "fetch.h"

#define MARKS_FILE    ".sulan-marks"
#define MAX_REDIRECTS 5L
#define CONNECT_S     15L
#define STALL_S       30L
#define MAX_MARKS     200

struct transfer {
	struct delivery *d;
	struct strbuf body;
	bool is_too_large;
	curl_off_t said; /* KiB that progress was told of */
};

void http_begin(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

void http_end(void)
{
	curl_global_cleanup();
}

/* Bytes as they are when unpacked: a small body that unpacks to a huge one ends here. */
static size_t take(char *bytes, size_t size, size_t n, void *self)
{
	struct transfer *t = self;
	t->is_too_large = size * n > t->d->max_bytes - t->body.len;
	if (t->is_too_large)
		return 0;
	strbuf_put(&t->body, (struct str){bytes, size * n});
	return size * n;
}

static int watch(void *self, curl_off_t total, curl_off_t now, curl_off_t up_total, curl_off_t up)
{
	struct transfer *t = self;
	(void)up_total, (void)up;
	if (now / 65536 != t->said && total > 0 && now <= total)
		say_progress((size_t)now, (size_t)total);
	t->said = now / 65536;
	return 0;
}

/* The line of an address without the address and its tab. */
static struct str find_marks(const struct delivery *d, const char *url)
{
	struct str text, line;
	if (!place_read(d, MARKS_FILE, &text))
		return (struct str){0};
	while (str_cut(&text, '\n', &line))
		if (str_starts(line, url) && str_starts(str_from(line, strlen(url)), "\t"))
			return str_from(line, strlen(url) + 1);
	return (struct str){0};
}

static struct curl_slist *conditions(const struct delivery *d, const char *url)
{
	struct curl_slist *list = NULL;
	struct str last = find_marks(d, url), etag;
	if (!str_cut(&last, '\t', &etag))
		return NULL;
	if (etag.len)
		list = curl_slist_append(
			list, arena_printf(d->arena, "If-None-Match: %.*s", (int)etag.len, etag.p));
	if (last.len)
		list = curl_slist_append(list, arena_printf(d->arena, "If-Modified-Since: %.*s",
							    (int)last.len, last.p));
	return list;
}

/* A header of the last answer; empty when it is not there, is long, or is of more than one line. */
static const char *header_of(CURL *curl, const char *name, struct arena *arena)
{
	struct curl_header *header;
	if (curl_easy_header(curl, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK ||
	    strlen(header->value) > 200)
		return "";
	for (const char *p = header->value; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return "";
	return str_dup(arena, str_of(header->value));
}

static const char *charset_of(const char *type, struct arena *arena)
{
	const struct str sign = STR("charset=");
	struct str text = str_of(type);
	for (size_t i = 0; i + sign.len < text.len; i++) {
		if (!str_same_ascii(str_sub(text, i, sign.len), sign))
			continue;
		struct str value = str_from(text, i + sign.len);
		value = str_sub(value, 0, str_find(value, STR(";"), 0));
		value = str_trim(value);
		if (value.len > 1 && value.p[0] == '"')
			value = str_sub(value, 1, value.len - 2);
		return str_dup(arena, value);
	}
	return "";
}

static void set_up(CURL *curl, struct transfer *t, const char *url, struct curl_slist *headers)
{
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(curl, CURLOPT_MAXREDIRS, MAX_REDIRECTS);
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_S);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)t->d->timeout_s);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, STALL_S);
	curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "sulan/" SULAN_VERSION);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, watch);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, t);
}

static struct str marks_line(CURL *curl, const struct delivery *d, const char *url)
{
	const char *etag = header_of(curl, "ETag", d->arena);
	const char *last = header_of(curl, "Last-Modified", d->arena);
	return str_of(arena_printf(d->arena, "%s\t%s\t%s\n", url, etag, last));
}

static bool judge(CURLcode code, const struct transfer *t, long status, struct error *err)
{
	char number[16];
	if (t->is_too_large)
		return error_set(err, ERROR_INPUT, N_("what came is too large"), NULL);
	if (code != CURLE_OK)
		return error_set(err, ERROR_INPUT, N_("no answer: %s"), curl_easy_strerror(code));
	if (status == 200 || status == 304 || status == 404 || status == 410)
		return true;
	snprintf(number, sizeof(number), "%ld", status);
	return error_set(err, ERROR_INPUT, N_("the server answers with status %s"), number);
}

bool http_get(struct delivery *d, const char *url, bool is_known, struct http *out,
	      struct error *err)
{
	struct transfer t = {.d = d, .body = strbuf_make(d->arena)};
	struct curl_slist *headers = is_known ? conditions(d, url) : NULL;
	CURL *curl = curl_easy_init();
	if (!curl)
		return error_set(err, ERROR_INPUT, N_("no answer: %s"), "curl");
	set_up(curl, &t, url, headers);
	CURLcode code = curl_easy_perform(curl);
	*out = (struct http){.charset = ""};
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &out->status);
	out->body = strbuf_str(&t.body);
	out->charset = charset_of(header_of(curl, "Content-Type", d->arena), d->arena);
	out->marks = marks_line(curl, d, url);
	bool ok = judge(code, &t, out->status, err) || error_at(err, url, 0);
	curl_easy_cleanup(curl);
	curl_slist_free_all(headers);
	return ok;
}

bool http_keep(struct delivery *d, const char *url, const struct http *got, struct error *err)
{
	struct strbuf all = strbuf_make(d->arena);
	struct str old = {0}, line;
	int n = 1;
	strbuf_put(&all, got->marks);
	place_read(d, MARKS_FILE, &old);
	while (n < MAX_MARKS && str_cut(&old, '\n', &line)) {
		if (!line.len ||
		    (str_starts(line, url) && str_starts(str_from(line, strlen(url)), "\t")))
			continue;
		strbuf_put(&all, line);
		strbuf_putc(&all, '\n');
		n++;
	}
	return place_write(d, MARKS_FILE, strbuf_str(&all), err);
}
