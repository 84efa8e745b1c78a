/* What a reader must know of an address: the host it really leads to, in both forms where one may
 * deceive, and whether it leads on to another. IDNA by libidn2. */
#include <idn2.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/issue.h>
#include <sulan/script.h>

#include "build.h"

enum { HOST_MAX = 253, TARGET_MAX = 2048 };

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* The host and its ":port". */
static struct str without_port(struct str host, struct str *port)
{
	size_t at = host.len;
	while (at > 0 && host.p[at - 1] >= '0' && host.p[at - 1] <= '9')
		at--;
	bool has_port = at > 0 && host.p[at - 1] == ':';
	*port = has_port ? str_from(host, at - 1) : (struct str){NULL, 0};
	return has_port ? str_sub(host, 0, at - 1) : host;
}

typedef int convert(const char *, char **, int);

static struct str converted(struct arena *arena, struct str host, convert *how, int flags)
{
	struct str port, name = without_port(host, &port), out = {NULL, 0};
	char *text = NULL;
	if (name.len == 0 || name.len > HOST_MAX || memchr(name.p, '\0', name.len))
		return out;
	if (how(str_dup(arena, name), &text, flags) == IDN2_OK)
		out = str_of(arena_printf(arena, "%s%.*s", text, (int)port.len, port.p));
	idn2_free(text);
	return out;
}

/* IDNA maps wide signs to ASCII ones, also a slash: then it would be another host. */
static bool is_host(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.p[i] | 32;
		bool is_letter = c >= 'a' && c <= 'z', is_digit = s.p[i] >= '0' && s.p[i] <= '9';
		if (!is_letter && !is_digit && (!s.p[i] || !strchr(".-_:", s.p[i])))
			return false;
	}
	return s.len > 0;
}

struct str host_ascii(struct arena *arena, struct str host)
{
	if (is_ascii(host))
		return host;
	struct str ascii = converted(arena, host, idn2_to_ascii_8z, IDN2_NONTRANSITIONAL);
	return is_host(ascii) ? ascii : (struct str){NULL, 0};
}

static bool is_or_is_below(struct str host, const char *name)
{
	size_t len = strlen(name);
	struct str end = host.len >= len ? str_from(host, host.len - len) : host;
	return str_same_ascii(end, str_of(name)) &&
	       (host.len == len || host.p[host.len - len - 1] == '.');
}

static bool shortens(struct str host)
{
	static const char *const names[] = {"t.co",     "bit.ly",     "tinyurl.com",
					    "goo.gl",   "ow.ly",      "is.gd",
					    "buff.ly",  "lnkd.in",    "t.ly",
					    "dub.sh",   "rebrand.ly", "t.cn",
					    "url.cn",   "dwz.cn",     "suo.im",
					    "b23.tv",   "v.gd",       "m.tb.cn",
					    "u.jd.com", "3.cn",       "s.click.taobao.com"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (is_or_is_below(host, names[i]))
			return true;
	return false;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent signs resolved, once. */
static struct str decoded(struct arena *arena, struct str s)
{
	struct strbuf out = strbuf_make(arena);
	for (size_t i = 0; i < s.len; i++) {
		bool is_escape = s.p[i] == '%' && i + 2 < s.len && hex_digit(s.p[i + 1]) >= 0 &&
				 hex_digit(s.p[i + 2]) >= 0;
		if (is_escape)
			strbuf_putc(&out,
				    (char)(hex_digit(s.p[i + 1]) * 16 + hex_digit(s.p[i + 2])));
		else
			strbuf_putc(&out, s.p[i]);
		i += is_escape ? 2 : 0;
	}
	return strbuf_str(&out);
}

/* The host of another address that stands as a value in the query. */
static struct str target_of(struct arena *arena, struct str url, struct str host)
{
	size_t at = str_find(url, STR("?"), 0);
	struct str rest = at == STR_NOT_FOUND ? (struct str){NULL, 0} : str_from(url, at + 1), part;
	while (str_cut(&rest, '&', &part)) {
		size_t sign = str_find(part, STR("="), 0);
		struct str value = sign == STR_NOT_FOUND ? part : str_from(part, sign + 1);
		if (value.len < 8 || value.len > TARGET_MAX ||
		    !str_same_ascii(str_sub(value, 0, 4), STR("http")))
			continue;
		value = decoded(arena, value);
		struct str target = link_may_open(value) ? link_host(value) : (struct str){NULL, 0};
		if (target.len && !str_same_ascii(target, host))
			return target;
	}
	return (struct str){NULL, 0};
}

struct link_facts link_look(struct arena *arena, struct str url)
{
	struct link_facts facts = {.host = link_host(url)};
	struct str port, name = without_port(facts.host, &port);
	if (name.len == 0)
		return facts;
	facts.is_short = shortens(name);
	facts.target = target_of(arena, url, facts.host);
	bool is_coded = str_find(facts.host, STR("xn--"), 0) != STR_NOT_FOUND;
	if (is_ascii(facts.host) && !is_coded)
		return facts;
	facts.ascii = host_ascii(arena, facts.host);
	struct str readable = {NULL, 0};
	if (facts.ascii.len)
		readable = converted(arena, facts.ascii, idn2_to_unicode_8z8z, 0);
	if (readable.len)
		facts.host = readable;
	facts.is_mixed = readable.len == 0 || text_mixes_scripts(readable);
	return facts;
}

static struct str without_www(struct str host)
{
	return str_same_ascii(str_sub(host, 0, 4), STR("www.")) ? str_from(host, 4) : host;
}

bool link_text_lies(struct str text, struct str url)
{
	text = str_trim(text);
	if (!link_may_open(text) || link_host(text).len == 0)
		return false;
	return !str_same_ascii(without_www(link_host(text)), without_www(link_host(url)));
}

struct str link_host_shown(struct arena *arena, struct str url)
{
	struct link_facts facts = link_look(arena, url);
	struct strbuf out = strbuf_make(arena);
	strbuf_put(&out, facts.host);
	if (facts.is_mixed)
		strbuf_printf(&out, " (!%s%.*s)", facts.ascii.len ? " " : "", (int)facts.ascii.len,
			      facts.ascii.p);
	if (facts.target.len)
		strbuf_printf(&out, " → %.*s", (int)facts.target.len, facts.target.p);
	else if (facts.is_short)
		strbuf_puts(&out, " → ?");
	return strbuf_str(&out);
}
