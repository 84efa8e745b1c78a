/* Keywords against a plain search over random texts, hits as whole characters, many words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <sulan/arena.h>
#include <sulan/fold.h>
#include <sulan/keywords.h>
#include <sulan/query.h>
#include <sulan/utf8.h>

#define N_WORDS 6

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static struct str random_text(struct arena *arena, unsigned *seed, const char *const *units,
			      size_t n_units, size_t n)
{
	struct strbuf text = strbuf_make(arena);
	for (size_t i = 0; i < n; i++)
		strbuf_puts(&text, units[next_random(seed) % n_units]);
	return strbuf_str(&text);
}

static struct keywords *watch(const struct str *words, size_t n)
{
	struct arena *arena = arena_new();
	struct keyword *list = arena_alloc(arena, (n + 1) * sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct keyword){words[i], words[i], 1, 1};
	struct keywords *k = keywords_new(list, n);
	arena_free(arena);
	return k;
}

/* A Latin letter or digit in a folded text of the units below. */
static bool is_word(struct str s, size_t at)
{
	return at < s.len && ((s.p[at] >= 'a' && s.p[at] <= 'z') || s.p[at] == '1');
}

/* Bytes of the longest word that stands at `at` and at borders. */
static size_t longest_at(struct str text, size_t at, const struct str *words)
{
	size_t best = 0;
	for (size_t w = 0; w < N_WORDS; w++) {
		struct str word = words[w];
		size_t end = at + word.len;
		if (word.len <= best || !str_eq(str_sub(text, at, word.len), word))
			continue;
		if (is_word(word, 0) && at && is_word(text, at - 1))
			continue;
		if (!(is_word(word, word.len - 1) && is_word(text, end)))
			best = word.len;
	}
	return best;
}

static void check_round(unsigned *seed, const char *const *units, size_t n_units)
{
	struct arena *arena = arena_new();
	struct str words[N_WORDS], folded[N_WORDS];
	for (size_t w = 0; w < N_WORDS; w++) {
		words[w] = random_text(arena, seed, units, n_units, next_random(seed) % 4 + 1);
		folded[w] = fold_text(arena, words[w]);
	}
	struct str text = random_text(arena, seed, units, n_units, 60);
	struct fold fold = fold_make(arena, text);
	struct keywords *k = watch(words, N_WORDS);
	struct hit *hits;
	size_t n = keywords_scan(k, arena, text, &hits), seen = 0;
	for (size_t at = 0; at < fold.text.len;) {
		size_t len = longest_at(fold.text, at, folded);
		if (len) {
			struct str source = fold_source(&fold, text, at, at + len);
			assert_true(seen < n);
			assert_int_equal(hits[seen].at, source.p - text.p);
			assert_int_equal(hits[seen].len, source.len);
			assert_true(
				str_eq(folded[hits[seen].keyword], str_sub(fold.text, at, len)));
			seen++;
		}
		at += len ? len : 1;
	}
	assert_int_equal(seen, n);
	keywords_free(k);
	arena_free(arena);
}

static void hits_are_those_of_a_plain_search_with_borders(void **state)
{
	static const char *const mixed[] = {"a", "B", "Ａ", "甲", "+", " ", "é", "乙", "1"};
	static const char *const few[] = {"a", "甲", "-"};
	unsigned seed = 11;
	(void)state;
	for (int round = 0; round < 600; round++) {
		check_round(&seed, mixed, 9);
		check_round(&seed, few, 3);
	}
}

static void check_whole(struct str text, const struct hit *hits, size_t n)
{
	size_t last = 0;
	for (size_t i = 0; i < n; i++) {
		size_t end = hits[i].at + hits[i].len;
		assert_true(hits[i].len > 0 && hits[i].at >= last && end <= text.len);
		assert_true(utf8_is_valid(str_sub(text, hits[i].at, hits[i].len)));
		last = end;
	}
}

static void hits_are_whole_characters_and_apart(void **state)
{
	static const char *const units[] = {"㍿", "株", "式会", "社",        "ﬀ",  "f",
					    "㌖", "キ", "é",    "e\xcc\x81", "ｶﾞ", " "};
	static const struct str words[] = {{"株式", 6}, {"会社", 6}, {"f", 1}, {"ff", 2},
					   {"キロ", 6}, {"社f", 4},  {"é", 2}, {"メートル", 12}};
	struct keywords *k = watch(words, 8);
	unsigned seed = 3;
	(void)state;
	for (int round = 0; round < 500; round++) {
		struct arena *arena = arena_new();
		struct str text = random_text(arena, &seed, units, 12, 40);
		struct hit *hits;
		size_t n = keywords_scan(k, arena, text, &hits);
		check_whole(text, hits, n);
		n = find_all(arena, text, STR("f"), &hits);
		check_whole(text, hits, n);
		n = find_all(arena, text, STR("会社"), &hits);
		check_whole(text, hits, n);
		arena_free(arena);
	}
	keywords_free(k);
}

static void a_character_of_two_words_is_one_hit(void **state)
{
	static const struct str words[] = {{"株式", 6}, {"会社", 6}};
	struct arena *arena = arena_new();
	struct keywords *k = watch(words, 2);
	struct hit *hits;
	(void)state;
	assert_int_equal(keywords_scan(k, arena, STR("㍿"), &hits), 1);
	assert_int_equal(hits[0].keyword, 0);
	assert_int_equal(keywords_scan(k, arena, STR("株式会社"), &hits), 2);
	assert_int_equal(find_all(arena, STR("oﬀ of"), STR("f"), &hits), 2);
	keywords_free(k);
	arena_free(arena);
}

static void ten_thousand_words_are_found(void **state)
{
	enum { MANY = 10000 };
	struct arena *arena = arena_new();
	struct str *words = arena_alloc(arena, MANY * sizeof(*words));
	struct strbuf text = strbuf_make(arena);
	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		words[i] = str_of(arena_printf(arena, "词%zu号公司", i));
		strbuf_put(&text, words[i]);
	}
	struct keywords *k = watch(words, MANY);
	struct hit *hits;
	assert_int_equal(keywords_scan(k, arena, strbuf_str(&text), &hits), MANY);
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(hits[i].keyword, i);
	keywords_free(k);
	arena_free(arena);
}

static void words_of_nothing_never_hit(void **state)
{
	static const struct str words[] = {{"", 0}, {"\xe2\x80\x8b", 3}, {NULL, 0}};
	struct arena *arena = arena_new();
	struct keywords *k = watch(words, 3);
	struct hit *hits;
	(void)state;
	assert_int_equal(keywords_count(k), 3);
	assert_int_equal(keywords_scan(k, arena, STR("a\xe2\x80\x8b b"), &hits), 0);
	keywords_free(k);
	assert_int_equal(keywords_count(NULL), 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hits_are_those_of_a_plain_search_with_borders),
		cmocka_unit_test(hits_are_whole_characters_and_apart),
		cmocka_unit_test(a_character_of_two_words_is_one_hit),
		cmocka_unit_test(ten_thousand_words_are_found),
		cmocka_unit_test(words_of_nothing_never_hit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
