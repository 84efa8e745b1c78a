/* Addresses: where they stand in a text, their hosts, whether they may be opened, their ASCII form.
 */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/issue.h>
#include <sulan/utf8.h>

#include "build.h"

static bool has_scheme(struct str url, const char *scheme)
{
	size_t len = strlen(scheme);
	return str_same_ascii(str_sub(url, 0, len), str_of(scheme));
}

/* What stands between "//" and the path. */
static struct str authority(struct str url)
{
	size_t at = str_find(url, STR("://"), 0);
	if (at == STR_NOT_FOUND)
		return (struct str){0};
	struct str rest = str_from(url, at + 3);
	size_t len = 0;
	while (len < rest.len && !strchr("/?#\\", rest.p[len] ? rest.p[len] : '/'))
		len++;
	return str_sub(rest, 0, len);
}

struct str link_host(struct str url)
{
	struct str host = authority(url);
	for (size_t i = host.len; i-- > 0;)
		if (host.p[i] == '@')
			return str_from(host, i + 1);
	return host;
}

/* C0, DEL or C1. */
static bool has_controls(struct str url)
{
	uint32_t cp;
	for (size_t at = 0; at < url.len;) {
		at += utf8_next(url, at, &cp);
		if (cp < 32 || (cp >= 127 && cp < 0xa0))
			return true;
	}
	return false;
}

bool link_may_open(struct str url)
{
	if (has_controls(url) || str_trim(url).len != url.len)
		return false;
	if (has_scheme(url, "mailto:"))
		return url.len > 7 && str_find(url, STR("@"), 0) != STR_NOT_FOUND &&
		       url.p[7] != '-';
	if (!has_scheme(url, "http://") && !has_scheme(url, "https://"))
		return false;
	struct str host = authority(url);
	return host.len > 0 && !strchr("-:.", host.p[0]) && !memchr(host.p, '@', host.len) &&
	       !memchr(host.p, ' ', host.len);
}

struct str link_ascii(struct arena *arena, struct str url)
{
	struct strbuf out = strbuf_make(arena);
	struct str host = link_host(url), ascii = host_ascii(arena, host);
	size_t at = host.len ? (size_t)(host.p - url.p) : 0;
	for (size_t i = 0; i < url.len; i++) {
		if (i == at && ascii.len && ascii.p != host.p) {
			strbuf_put(&out, ascii);
			i += host.len - 1;
			continue;
		}
		unsigned char c = (unsigned char)url.p[i];
		if (c <= ' ' || c >= 127 || c == '"' || c == '<' || c == '>' || c == '`' ||
		    c == '\\')
			strbuf_printf(&out, "%%%02X", c);
		else
			strbuf_putc(&out, (char)c);
	}
	return strbuf_str(&out);
}

/* Bytes of the scheme and slashes of a web address at `at`, 0 for none. */
static size_t scheme_len(struct str text, size_t at)
{
	struct str rest = str_from(text, at);
	char before = at ? text.p[at - 1] : ' ';
	bool is_in_word =
		((before | 32) >= 'a' && (before | 32) <= 'z') || (before >= '0' && before <= '9');
	if (is_in_word)
		return 0;
	return has_scheme(rest, "https://") ? 8 : has_scheme(rest, "http://") ? 7 : 0;
}

size_t url_len(struct str text, size_t at)
{
	size_t scheme = scheme_len(text, at), end = at + scheme, n_open = 0, n_close = 0;
	if (scheme == 0)
		return 0;
	for (; end < text.len; end++) {
		unsigned char c = (unsigned char)text.p[end];
		if (c <= ' ' || c >= 127 || strchr("<>\"`", c))
			break;
		n_open += c == '(';
		n_close += c == ')';
	}
	/* A closing bracket belongs to the address only when it was opened in it. */
	for (; end > at; end--) {
		char c = text.p[end - 1];
		if (c == ')' && n_close > n_open)
			n_close--;
		else if (!strchr(".,;:!?'*_~", c))
			break;
	}
	return end > at + scheme ? end - at : 0;
}

struct str url_file_name(struct str url)
{
	if (str_starts(url, "data:")) {
		size_t len = 0;
		while (len < url.len && url.p[len] != ';' && url.p[len] != ',')
			len++;
		return str_sub(url, 0, len);
	}
	size_t from = 0, end = 0;
	for (; end < url.len && url.p[end] != '?' && url.p[end] != '#'; end++)
		if (url.p[end] == '/')
			from = end + 1;
	return end > from ? str_sub(url, from, end - from) : url;
}
