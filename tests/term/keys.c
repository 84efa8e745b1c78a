/* What becomes of the bytes a terminal sends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <sulan/arena.h>

#include <term/child.h>
#include <term/trial.h>

/* What the child makes of the bytes; it is told to forget the keys before, and an x marks the end.
 */
static void assert_keys(struct vt *vt, const char *bytes, const char *names)
{
	char wanted[256];
	vt_send(vt, "c", 1);
	vt_send(vt, bytes, strlen(bytes));
	vt_send(vt, "x", 1);
	snprintf(wanted, sizeof(wanted), "\n%s%sx\n", names, *names ? " " : "");
	if (!vt_wait_text(vt, wanted, VT_PATIENCE / 4))
		fail_msg("wanted: %s; is: %s", wanted, vt_row(vt, CHILD_KEYS_ROW));
}

static void keys_are_understood(void **state)
{
	(void)state;
	static const char *const pairs[][2] = {
		{"j", "j"},
		{"速", "速"},
		{"\x1b[A\x1b[B\x1b[C\x1b[D", "<Up> <Down> <Right> <Left>"},
		{"\x1bOA\x1bOD\x1bOH\x1bOF", "<Up> <Left> <Home> <End>"},
		{"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~",
		 "<Home> <End> <Home> <End> <Home> <End>"},
		{"\x1b[2~\x1b[3~\x1b[5~\x1b[6~", "<Insert> <Del> <PageUp> <PageDown>"},
		{"\x1bOP\x1bOS\x1b[15~\x1b[24~\x1b[[A", "<F1> <F4> <F5> <F12> <F1>"},
		{"\x1b[1;5A\x1b[1;2B\x1b[1;3C\x1b[5;5~", "<C-Up> <S-Down> <M-Right> <C-PageUp>"},
		{"\x1b[1;2R\x1b[Z", "<S-F3> <S-Tab>"},
		{"\x03\x1a\x1c\x04\x0c", "<C-c> <C-z> <C-\\> <C-d> <C-l>"},
		{"\r\t\x7f \x01", "<Enter> <Tab> <BS> <Space> <C-a>"},
		{"\x1b"
		 "1\x1bg\x1b\r\x1b速",
		 "<M-1> <M-g> <M-Enter> <M-速>"},
		{"\x1b[97;5u\x1b[27;6;65~", "<C-a> <C-a>"},
		{"\x13\x11", "<C-s> <C-q>"},
	};
	struct vt *vt = start_plain();
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		assert_keys(vt, pairs[i][0], pairs[i][1]);
	leave(vt);
}

static void an_esc_alone_is_a_key(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	vt_type(vt, "\x1b");
	assert_true(vt_wait_text(vt, "<Esc>", VT_PATIENCE));
	vt_type(vt, "\x1b[");
	assert_true(vt_wait_text(vt, "<M-[>", VT_PATIENCE));
	leave(vt);
}

static void a_key_may_come_in_pieces(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	static const char *const pieces[] = {"\x1b[", "1;", "5A", "\xe9\x80", "\x9f"};
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++)
		vt_type(vt, pieces[i]);
	assert_true(vt_wait_text(vt, "<C-Up> 速", VT_PATIENCE));
	leave(vt);
}

static void answers_to_others_are_swallowed(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	assert_keys(vt, "\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;1;2c\x1b[24;80R\x1b[I\x1b[O", "");
	assert_keys(vt, "\x1bP>|term(1)\x1b\\\x1b]52;c;qqqq\a\x1b[?2026;2$y\xff\xc0", "");
	leave(vt);
}

static void a_paste_is_one_key(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	assert_true(log_has(vt, "\x1b[?2004h", 0));
	vt_type(vt, "\x1b[200~q速\x1b[A!\x1b[201~j");
	assert_true(vt_wait_text(vt, "<Paste>(q速", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "j", VT_PATIENCE));
	assert_null(strstr(vt_row(vt, CHILD_KEYS_ROW), "<Up>"));
	leave(vt);
}

static void a_paste_without_an_end_ends(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	vt_type(vt, "\x1b[200~abc");
	assert_true(vt_wait_text(vt, "<Paste>(abc)", VT_PATIENCE));
	leave(vt);
}

static void a_huge_paste_is_cut(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	char *text = mem_new(200001);
	memset(text, 'q', 200000);
	vt_type(vt, "\x1b[200~");
	vt_send(vt, text, 200000);
	vt_type(vt, "\x1b[201~j");
	assert_true(vt_wait_text(vt, "j", VT_PATIENCE));
	free(text);
	leave(vt);
}

static void the_mouse_reports_where(void **state)
{
	(void)state;
	static const char *const env[] = {XTERM, UTF8, "MOUSE=1", NULL};
	struct vt *vt = start(env);
	assert_true(vt_has_mouse(vt));
	assert_keys(vt, "\x1b[<0;10;3M\x1b[<0;10;3m\x1b[<64;5;6M\x1b[<65;200;6M",
		    "<Click>@2,9 <WheelUp>@5,4 <WheelDown>@5,199");
	assert_keys(vt, "\x1b[<16;1;1M\x1b[<35;7;7M\x1b[M !!", "<C-Click>@0,0 <Click>@0,0");
	leave(vt);
	vt = start(env);
	assert_keys(vt, "\x1b[<0;4;4M\x1b[<0;4;4m\x1b[<0;4;4M", "<Click>@3,3 <DoubleClick>@3,3");
	leave(vt);
}

/* Pieces of sequences in any order, cut anywhere; nothing the child would obey. The seed is fixed.
 */
static void a_storm_of_bytes_is_survived(void **state)
{
	static const char pieces[] = "\x1b\x1b\x1b[[]OP<;;:0369M~\\\a\xff\xe9\x80\x9f\xf0 ABZ$^_?";
	static const char end[] = "\x1b\\\a\x1b[201~";
	(void)state;
	struct vt *vt = start_plain();
	uint64_t seed = 20260122;
	for (int round = 0; round < 40; round++) {
		char bytes[500];
		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			bytes[i] = pieces[(seed >> 33) % (sizeof(pieces) - 1)];
		}
		vt_send(vt, bytes, sizeof(bytes));
	}
	vt_send(vt, end, sizeof(end) - 1);
	assert_true(vt_wait_quiet(vt, 400, VT_PATIENCE));
	assert_keys(vt, "\x1b[A", "<Up>");
	leave(vt);
}

int main(int argc, char **argv)
{
	int status;
	if (child_main(argc, argv, &status))
		return status;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_understood),
		cmocka_unit_test(an_esc_alone_is_a_key),
		cmocka_unit_test(a_key_may_come_in_pieces),
		cmocka_unit_test(answers_to_others_are_swallowed),
		cmocka_unit_test(a_paste_is_one_key),
		cmocka_unit_test(a_paste_without_an_end_ends),
		cmocka_unit_test(a_huge_paste_is_cut),
		cmocka_unit_test(the_mouse_reports_where),
		cmocka_unit_test(a_storm_of_bytes_is_survived),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
