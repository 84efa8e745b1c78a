/* Addresses: their hosts, what may be opened, their ASCII form, and bare ones in text. */
#include <stdio.h>

#include "doc.h"

static void a_host_is_what_stands_between_slashes(void **state)
{
	static const char *const cases[][2] = {
		{"https://mp.weixin.qq.com/s/x", "mp.weixin.qq.com"},
		{"http://a.b", "a.b"},
		{"http://a.b:8080/c", "a.b:8080"},
		{"http://a.b?c=http://d.e/", "a.b"},
		{"http://a.b#c", "a.b"},
		{"http://good.example@evil.example/", "evil.example"},
		{"http://evil.example\\@good.example/", "evil.example"},
		{"mailto:x@a.b", ""},
		{"/path", ""},
		{"", ""},
		{"http://", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_str(link_host(str_of(cases[i][0])), cases[i][1]);
}

static void web_and_mail_may_be_opened(void **state)
{
	static const char *const good[] = {
		"https://a.b/c?d=e#f",         "HTTP://A.B",
		"http://例子.中国/路径",       "mailto:x@a.b",
		"https://a.b/$(id);`id`&|'\"", "https://a.b/c d",
	};
	static const char *const bad[] = {
		"",
		"a.b",
		"//a.b/c",
		"/etc/passwd",
		"-rf",
		"javascript:alert(1)",
		"file:///etc/passwd",
		"data:text/html,x",
		"ftp://a.b",
		"http:a.b",
		"http://",
		"http:///c",
		"http://-a.b",
		"http://:80/",
		"http://x@a.b/",
		"http://x:y@a.b/",
		" http://a.b",
		"http://a.b ",
		"http://a.b/\n",
		"http://a.b/\x1b[2J",
		"http://a.b/\x7f",
		"http://a.b/\xc2\x9bx",
		"http://a b/",
		"mailto:",
		"mailto:x",
		"mailto:-x@a.b",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_true(link_may_open(str_of(good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(link_may_open(str_of(bad[i])));
}

static void the_ascii_form_is_printable_ascii(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	assert_str(link_ascii(arena, STR("https://a.b/c?d=e&f=%20#g")),
		   "https://a.b/c?d=e&f=%20#g");
	assert_str(link_ascii(arena, STR("https://a.b/中 \x1b\n\"")),
		   "https://a.b/%E4%B8%AD%20%1B%0A%22");
	assert_str(link_ascii(arena, STR("https://例子.中国:8080/路?x")),
		   "https://xn--fsqu00a.xn--fiqs8s:8080/%E8%B7%AF?x");
	assert_str(link_ascii(arena, STR("http://a.example／.b.example/")),
		   "http://a.example%EF%BC%8F.b.example/");
	char all[256];
	for (size_t i = 0; i < sizeof(all); i++)
		all[i] = (char)i;
	struct str ascii = link_ascii(arena, (struct str){all, sizeof(all)});
	for (size_t i = 0; i < ascii.len; i++)
		assert_true(ascii.p[i] > ' ' && ascii.p[i] < 127);
	arena_free(arena);
}

static void a_bare_address_ends_where_it_ends(void **state)
{
	static const char *const cases[][2] = {
		{"见https://a.b/c，中文", "https://a.b/c"},
		{"https://a.b/c。", "https://a.b/c"},
		{"https://a.b/c中文", "https://a.b/c"},
		{"(https://a.b/c)", "https://a.b/c"},
		{"(see https://a.b/c_(d)).", "https://a.b/c_(d)"},
		{"https://a.b/c?d=e&f;g.", "https://a.b/c?d=e&f;g"},
		{"https://a.b/c!?…", "https://a.b/c"},
		{"https://a.b/_c_d", "https://a.b/_c_d"},
		{"HTTPS://A.B/c d", "HTTPS://A.B/c"},
		{"http://a", "http://a"},
		{"**https://a.b/c**", "https://a.b/c"},
		{"~~https://a.b/c~~", "https://a.b/c"},
	};
	static const char *const none[] = {"xhttps://a.b", "http://",       "https://，",
					   "http:/a",      "`https://a.b`", "https://..."};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct issue *issue = issue_of(cases[i][0]);
		assert_int_equal(issue->n_links, 1);
		assert_str(issue->links[0].url, cases[i][1]);
		assert_str(issue->links[0].text, cases[i][1]);
		issue_free(issue);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		const struct issue *issue = issue_of(none[i]);
		assert_int_equal(issue->n_links, 0);
		issue_free(issue);
	}
}

static void a_host_is_shown_as_what_it_is(void **state)
{
	static const char *const cases[][2] = {
		{"https://a.example/x", "a.example"},
		{"https://例子.中国/", "例子.中国"},
		{"https://xn--fsqu00a.xn--fiqs8s/", "例子.中国"},
		{"https://bücher.example:8080/", "bücher.example:8080"},
		{"https://例え.example/", "例え.example"},
		/* Cyrillic among Latin letters, written as such and in ASCII; Greek; two dots of
		   Hangul */
		{"https://pаypal.com/", "pаypal.com (! xn--pypal-4ve.com)"},
		{"https://xn--pypal-4ve.com/", "pаypal.com (! xn--pypal-4ve.com)"},
		{"https://аррӏе.com/", "аррӏе.com (! xn--80ak6aa92e.com)"},
		{"https://gοοgle.com/", "gοοgle.com (! xn--ggle-0nda.com)"},
		{"https://a.example／.b.example/", "a.example／.b.example (!)"},
		{"https://xn--\xff/", "xn--\xff (!)"},
		{"https://t.co/abc", "t.co → ?"},
		{"https://www.t.cn/abc", "www.t.cn → ?"},
		{"https://at.co/abc", "at.co"},
		{"https://a.example/r?url=https%3A%2F%2Fb.example%2Fx%3Fy",
		 "a.example → b.example"},
		{"https://a.example/r?x&u=http://b.example/&v=1", "a.example → b.example"},
		{"https://a.example/r?u=https://a.example/login", "a.example"},
		{"https://a.example/r?u=httpx", "a.example"},
		{"https://a.example/r?u=https://", "a.example"},
		{"https://good.example@evil.example/", "evil.example"},
		{"mailto:x@a.example", ""},
		{"https://", ""},
	};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_str(link_host_shown(arena, str_of(cases[i][0])), cases[i][1]);
	arena_free(arena);
}

static void any_bytes_can_be_looked_at(void **state)
{
	struct arena *arena = arena_new();
	unsigned long long seed = 7;
	(void)state;
	for (int i = 0; i < 20000; i++) {
		char bytes[64];
		size_t len =
			(size_t)snprintf(bytes, sizeof(bytes), "https://%s", i % 3 ? "" : "xn--");
		for (; len < 40; len++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			bytes[len] = (char)(seed >> 56);
		}
		struct str url = {bytes, len};
		struct str ascii = link_ascii(arena, url);
		link_host_shown(arena, url);
		for (size_t k = 0; k < ascii.len; k++)
			assert_true(ascii.p[k] > ' ' && ascii.p[k] < 127);
		arena_reset(arena);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_host_is_what_stands_between_slashes),
		cmocka_unit_test(web_and_mail_may_be_opened),
		cmocka_unit_test(the_ascii_form_is_printable_ascii),
		cmocka_unit_test(a_bare_address_ends_where_it_ends),
		cmocka_unit_test(a_host_is_shown_as_what_it_is),
		cmocka_unit_test(any_bytes_can_be_looked_at),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
