/* Addresses: their hosts, whether they may be opened, and their ASCII form. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/issue.h>

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

bool link_may_open(struct str url)
{
	for (size_t i = 0; i < url.len; i++)
		if ((unsigned char)url.p[i] < 32 || url.p[i] == 127)
			return false;
	if (str_trim(url).len != url.len)
		return false;
	if (has_scheme(url, "mailto:"))
		return url.len > 7 && str_find(url, STR("@"), 0) != STR_NOT_FOUND &&
		       url.p[7] != '-';
	if (!has_scheme(url, "http://") && !has_scheme(url, "https://"))
		return false;
	struct str host = authority(url);
	return host.len > 0 && host.p[0] != '-' && !memchr(host.p, '@', host.len) &&
	       !memchr(host.p, ' ', host.len);
}

struct str link_ascii(struct arena *arena, struct str url)
{
	struct strbuf out = strbuf_make(arena);
	for (size_t i = 0; i < url.len; i++) {
		unsigned char c = (unsigned char)url.p[i];
		if (c <= ' ' || c >= 127 || c == '"' || c == '<' || c == '>' || c == '`' ||
		    c == '\\')
			strbuf_printf(&out, "%%%02X", c);
		else
			strbuf_putc(&out, (char)c);
	}
	return strbuf_str(&out);
}
