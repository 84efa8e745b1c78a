/* Random painting: what must hold of the cells after any sequence of calls. The seed is fixed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/canvas.h>

static uint32_t next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

static int between(uint64_t *seed, int lo, int hi)
{
	return lo + (int)(next(seed) % (uint32_t)(hi - lo + 1));
}

/* Pieces that are hard to place: wide, combining, joined, malformed, control. */
static struct str random_text(uint64_t *seed, char *buf)
{
	static const char *const pieces[] = {
		"a",
		" ",
		"速",
		"览",
		"，",
		"“",
		"…",
		"e\xcc\x81",
		"か\xe3\x82\x99",
		"🤖",
		"👨‍👩‍👧",
		"❤️",
		"🇨🇳",
		"\x1b",
		"\x9b",
		"\xe9\x80",
		"\xf0\x9f",
		"\t",
		"\n",
		"\xe2\x80\xae",
		"\xcc\x81",
		"\xc2\xad",
		"1️⃣",
	};
	size_t len = 0;
	for (int n = between(seed, 0, 12); n > 0; n--) {
		const char *piece = pieces[next(seed) % (sizeof(pieces) / sizeof(*pieces))];
		memcpy(buf + len, piece, strlen(piece));
		len += strlen(piece);
	}
	return (struct str){buf, len};
}

static void assert_whole(const struct canvas *canvas)
{
	for (int row = 0; row < canvas->rows; row++) {
		bool wants_tail = false;
		for (int col = 0; col < canvas->cols; col++) {
			const struct cell *cell = canvas_at(canvas, row, col);
			struct glyph glyph = canvas_glyph(canvas, cell);
			assert_int_equal(cell_is_tail(cell), wants_tail);
			assert_int_equal(glyph.cols, cell_cols(cell));
			if (cell_is_tail(cell))
				assert_int_equal(glyph.len, 0);
			else if (glyph.len)
				assert_in_range(glyph.cols, 1, 2);
			wants_tail = glyph.cols == 2;
			for (size_t i = 0; i < glyph.len; i++)
				assert_in_range((unsigned char)glyph.bytes[i], 0x20, 0xff);
		}
		assert_false(wants_tail);
	}
}

static void random_call(struct canvas *canvas, uint64_t *seed)
{
	char buf[512];
	int row = between(seed, -2, canvas->rows + 1), col = between(seed, -4, canvas->cols + 2);
	int cols = between(seed, -1, canvas->cols + 4);
	struct style style = {.bg = {(uint8_t)between(seed, 0, 3), 1, 2, 3}};
	switch (between(seed, 0, 5)) {
	case 0:
		canvas_fill(canvas, row, col, between(seed, -1, 4), cols, style);
		break;
	case 1:
		canvas_tint(canvas, row, col, cols, style);
		break;
	case 2:
		canvas_put_cut(canvas, row, col, cols, random_text(seed, buf), style);
		break;
	default:
		canvas_put(canvas, row, col, cols, random_text(seed, buf), style);
	}
}

static void no_sequence_of_calls_leaves_half_a_glyph(void **state)
{
	(void)state;
	uint64_t seed = 20260122;
	struct arena *arena = arena_new();
	for (int round = 0; round < 300; round++) {
		struct text_policy policy = {.ambiguous = (uint8_t)between(&seed, 1, 2),
					     .pictures = 1};
		struct canvas *canvas =
			canvas_new(between(&seed, 1, 5), between(&seed, 1, 16), policy);
		for (int call = 0; call < 40; call++) {
			random_call(canvas, &seed);
			assert_whole(canvas);
		}
		for (int row = 0; row < canvas->rows; row++)
			assert_true(text_cols(canvas_row_text(canvas, row, arena), &policy) <=
				    (size_t)canvas->cols);
		canvas_free(canvas);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void put_never_uses_more_columns_than_it_was_given(void **state)
{
	(void)state;
	uint64_t seed = 7;
	struct canvas *canvas = canvas_new(1, 20, TEXT_POLICY_DEFAULT);
	for (int round = 0; round < 2000; round++) {
		char buf[512];
		int cols = between(&seed, 0, 20);
		struct str text = random_text(&seed, buf);
		assert_in_range(canvas_put(canvas, 0, 0, cols, text, (struct style){0}), 0, cols);
		assert_in_range(canvas_put_cut(canvas, 0, 0, cols, text, (struct style){0}), 0,
				cols);
	}
	canvas_free(canvas);
}

/* As random_call, and what moves, blanks or links. */
static void random_stroke(struct canvas *canvas, uint64_t *seed)
{
	int row = between(seed, 0, canvas->rows - 1), n_rows = between(seed, 1, canvas->rows - row);
	bool is_whole = between(seed, 0, 1);
	int by = between(seed, -3, 3);
	switch (between(seed, 0, 5)) {
	case 0: /* one glyph each: a shift cuts none */
		canvas_blank(canvas, row, 0, n_rows, canvas->cols, (struct style){0});
		canvas_shift(canvas, row, 0, n_rows, canvas->cols / (is_whole ? 1 : 2), by);
		break;
	case 1:
		canvas_shift(canvas, row, 0, n_rows, canvas->cols, by);
		break;
	case 2:
		canvas_link(canvas, row, by, 2, 1, STR("https://example.com/"));
		break;
	case 3:
		canvas_repeat(canvas, row, by, 4, STR("速"), (struct style){0});
		break;
	default:
		random_call(canvas, seed);
	}
}

enum { ROWS = 4, COLS = 12 };
struct kept_row {
	struct cell cells[COLS];
	uint64_t age;
};

static void keep_rows(const struct canvas *canvas, struct kept_row *kept)
{
	for (int row = 0; row < ROWS; row++) {
		kept[row].age = canvas->row[row].age;
		memcpy(kept[row].cells, canvas->row[row].cells, sizeof(kept[row].cells));
	}
}

/* Of a row that was this one, in this frame or the one before. */
static void assert_kept(const struct canvas_row *row, const struct kept_row *kept)
{
	bool is_one = row->age == kept->age, was_one = row->age_before == kept->age;
	for (int col = 0; col < COLS; col++)
		if (is_one || (was_one && (col < row->from || col >= row->to)))
			assert_memory_equal(&row->cells[col], &kept->cells[col],
					    sizeof(struct cell));
}

static void what_is_not_painted_on_is_as_its_age_says(void **state)
{
	(void)state;
	uint64_t seed = 26;
	struct kept_row kept[ROWS];
	struct canvas *canvas = canvas_new(ROWS, COLS, TEXT_POLICY_DEFAULT);
	keep_rows(canvas, kept);
	for (int round = 0; round < 20000; round++) {
		random_stroke(canvas, &seed);
		for (int row = 0; row < ROWS; row++)
			for (int was = 0; was < ROWS; was++)
				assert_kept(&canvas->row[row], &kept[was]);
		if (between(&seed, 0, 3) == 0)
			keep_rows(canvas, kept);
		if (between(&seed, 0, 3) == 0)
			canvas_begin(canvas);
	}
	canvas_free(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_sequence_of_calls_leaves_half_a_glyph),
		cmocka_unit_test(put_never_uses_more_columns_than_it_was_given),
		cmocka_unit_test(what_is_not_painted_on_is_as_its_age_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
