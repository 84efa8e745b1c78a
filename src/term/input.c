/* Waiting for the reader: bytes from the terminal and signals, as keys. Nothing here wakes up
 * without one of them, but to end an ESC that nothing followed. */
#include "inside.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sulan/arena.h>

#include "signals.h"
#include "width.h"

enum {
	ESC_MS = 25,       /* an ESC is a key when nothing follows it for so long */
	SEQUENCE_MS = 300, /* the rest of a sequence may be slow on its way */
	PASTE_MS = 2000,   /* the rest of a paste as well */
	DOUBLE_MS = 400,
	PASTE_MAX = 64 << 10,
};

static struct str pending(const struct input *input)
{
	return (struct str){(const char *)input->bytes, input->len};
}

static void drop_at(struct input *input, size_t at, size_t n)
{
	input->len -= n;
	memmove(input->bytes + at, input->bytes + at + n, input->len - at);
}

static void drop(struct input *input, size_t n)
{
	drop_at(input, 0, n);
}

/* What is too long for any use is left out at its end. */
static void paste_more(struct input *input, size_t n)
{
	if (!input->paste)
		input->paste = mem_new(PASTE_MAX);
	for (size_t i = 0; i < n && input->paste_len < PASTE_MAX; i++) {
		char c = (char)input->bytes[i];
		input->paste[input->paste_len++] = c == '\r' ? '\n' : c;
	}
	drop(input, n);
}

/* The paste as a key once its end has come, or will not come any more. */
static bool take_paste(struct input *input, bool is_late, struct key *out)
{
	const struct str end_mark = STR(DECODE_PASTE_END);
	size_t end = str_find(pending(input), end_mark, 0);
	if (end == STR_NOT_FOUND && !is_late) {
		size_t keep = end_mark.len - 1; /* it may have come in part */
		if (input->len > keep)
			paste_more(input, input->len - keep);
		return false;
	}
	paste_more(input, end == STR_NOT_FOUND ? input->len : end);
	drop(input, end == STR_NOT_FOUND ? 0 : end_mark.len);
	*out = (struct key){.code = KEY_CODE_PASTE, .text = {input->paste, input->paste_len}};
	input->is_in_paste = false;
	return true;
}

static void see_double(struct input *input, struct key *key)
{
	if (key->code != KEY_CODE_MOUSE || key->mouse != MOUSE_CLICK)
		return;
	long long now = now_ms();
	const struct key *last = &input->last_click;
	if (key_eq(*key, *last) && last->row == key->row && last->col == key->col &&
	    now - input->last_click_ms <= DOUBLE_MS) {
		key->mouse = MOUSE_DOUBLE;
		input->last_click = (struct key){0};
		return;
	}
	input->last_click = *key;
	input->last_click_ms = now;
}

/* What was found holds, as far as it was: everything is drawn anew by it when it is another. What
 * UTF-8 did to a terminal that does not read it is undone before: there it has protected cells from
 * being erased (SPA) and set tabs (HTS). */
static bool take_facts(struct term *term)
{
	static const char undo[] = "\x1b[!p\x1b[?5W"; /* DECSTR, DECST8C */
	struct term_facts found = term->probe.found, *used = &term->opts.facts;
	if (text_policy_eq(found.policy, used->policy) && found.background == used->background)
		return false;
	if (found.policy.is_ascii && !used->policy.is_ascii)
		out_write(term, undo, strlen(undo));
	*used = found;
	width_use(found.policy);
	paint_anew(term->paint);
	term->line = 0;
	return term->is_measured = true;
}

/* An answer to a question of ours. */
static size_t take_answer(struct term *term, size_t at)
{
	bool is_last;
	size_t len = probe_take(&term->probe, str_from(pending(&term->input), at), &is_last);
	term->is_known |= is_last;
	if (is_last)
		take_facts(term);
	return len;
}

static bool take_measured(struct term *term, struct key *out)
{
	term->is_measured = false;
	*out = (struct key){.code = KEY_CODE_MEASURED, .policy = term->opts.facts.policy};
	return true;
}

/* One key out of the bytes that are there. */
static bool take_key(struct term *term, bool is_late, struct key *out)
{
	struct input *input = &term->input;
	bool erase_is_bs = term->found.c_cc[VERASE] == '\b';
	while (input->is_in_paste || input->len > 0) {
		size_t used = 0;
		if (input->is_in_paste)
			return take_paste(input, is_late, out);
		if ((used = take_answer(term, 0)) > 0) {
			drop(input, used);
			if (term->is_measured)
				return false;
			continue;
		}
		switch (decode_key(pending(input), is_late, erase_is_bs, out, &used)) {
		case DECODED_MORE:
			return false;
		case DECODED_NOTHING:
			drop(input, used);
			break;
		case DECODED_PASTE:
			drop(input, used);
			input->is_in_paste = true;
			input->paste_len = 0;
			break;
		case DECODED_KEY:
			drop(input, used);
			see_double(input, out);
			return true;
		}
	}
	return false;
}

/* What signals have to tell. */
static bool take_signal(struct term *term, struct key *out)
{
	if (term->is_gone || signals_ended()) {
		*out = (struct key){.code = KEY_CODE_CLOSE};
		return true;
	}
	if (signals_take_stop()) {
		term_stop(term);
		*out = (struct key){.code = KEY_CODE_RESUME};
		return true;
	}
	if (signals_take_continue()) { /* after a stop that nobody can catch */
		term_resume(term);
		*out = (struct key){.code = KEY_CODE_RESUME};
		return true;
	}
	if (pipe_failed(term, out))
		return true;
	if (signals_take_resize())
		term_measure(term);
	if (term->is_changed) {
		term->is_changed = false;
		*out = (struct key){.code = KEY_CODE_CHANGED};
		return true;
	}
	if (term->is_resized) {
		term->is_resized = false;
		*out = (struct key){.code = KEY_CODE_RESIZE};
		return true;
	}
	return false;
}

static void fill(struct term *term)
{
	struct input *input = &term->input;
	ssize_t n = read(term->opts.fd_in, input->bytes + input->len,
			 sizeof(input->bytes) - input->len);
	input->is_drained = n > 0 && (size_t)n < sizeof(input->bytes) - input->len;
	if (n > 0)
		input->len += (size_t)n;
	else if (n == 0 || (errno != EINTR && errno != EAGAIN))
		term->is_gone = true;
}

/* How long the bytes that are there may wait for more; -1 when they are not waiting. */
static int patience(const struct input *input)
{
	if (input->is_in_paste)
		return PASTE_MS;
	if (input->len == 0)
		return -1;
	return decode_is_begun(pending(input)) ? SEQUENCE_MS : ESC_MS;
}

/* Waits for bytes or a signal; false when `timeout_ms` have passed without. */
static bool wait_for_any(struct term *term, int timeout_ms)
{
	struct pollfd fds[] = {
		{.fd = term->opts.fd_in, .events = POLLIN},
		{.fd = term->wake_fd, .events = POLLIN},
		{.fd = term->opts.watch_fd > 0 ? term->opts.watch_fd : -1, .events = POLLIN}};
	term->input.is_drained = false;
	int n = poll(fds, 3, timeout_ms);
	if (n < 0)
		return true; /* a signal: its flag is looked at next */
	if (fds[1].revents)
		signals_drain();
	if (fds[0].revents & POLLIN)
		fill(term);
	else if (fds[0].revents)
		term->is_gone = true;
	if (fds[2].revents & POLLIN)
		term->is_changed = true;
	else if (fds[2].revents)
		term->opts.watch_fd = 0;
	return n > 0;
}

/* Once: that read took all there was, and to ask whether there is more takes longer than most keys
 * do. */
static bool take_drained(struct input *input)
{
	bool is_drained = input->is_drained;
	input->is_drained = false;
	return is_drained;
}

bool input_read(struct term *term, int timeout_ms, struct key *out)
{
	const long long start = now_ms();
	for (;;) {
		if (take_signal(term, out) || (!term->is_measured && take_key(term, false, out)))
			return true;
		if (term->is_measured)
			return take_measured(term, out);
		long long left = -1;
		if (timeout_ms >= 0) {
			left = start + timeout_ms - now_ms();
			left = left < 0 ? 0 : left;
		}
		bool is_over;
		int patient = patience(&term->input);
		if (left == 0 && patient < 0 && take_drained(&term->input))
			return false;
		int probing = probe_patience(&term->probe, now_ms(), &is_over);
		if (is_over && take_facts(term))
			return take_measured(term, out);
		bool is_ours = patient >= 0 && (left < 0 || patient <= left);
		int most = is_ours ? patient : (int)left;
		bool is_probing = probing >= 0 && (most < 0 || probing < most);
		if (wait_for_any(term, is_probing ? probing : most) || is_probing)
			continue;
		if (is_ours && take_key(term, true, out))
			return true;
		if (!is_ours)
			return false;
	}
}

/* How long answers are on their way at most. */
static int way_ms(const struct term *term)
{
	enum { MOST_MS = 100, MOST_REMOTE_MS = 500 };
	const char *ssh = term->opts.ssh_connection;
	return ssh && *ssh ? MOST_REMOTE_MS : MOST_MS;
}

void input_await_answers(struct term *term)
{
	struct input *input = &term->input;
	long long left, end = now_ms() + way_ms(term);
	while (term->probe.is_waiting && !term->is_gone && !signals_ended() &&
	       input->len < sizeof(input->bytes) && (left = end - now_ms()) > 0) {
		struct pollfd in = {.fd = term->opts.fd_in, .events = POLLIN};
		if (poll(&in, 1, (int)left) <= 0)
			continue;
		fill(term);
		for (size_t at = 0, used; at < input->len; at += used == 0)
			if ((used = take_answer(term, at)) > 0)
				drop_at(input, at, used);
	}
}

void input_drop_answers(struct term *term)
{
	enum { LONGEST = 16 };
	struct input *input = &term->input;
	long long left, end = now_ms() + way_ms(term);
	while (term->probe.is_waiting && !term->is_gone && !signals_ended() &&
	       (left = end - now_ms()) > 0) {
		struct pollfd in = {.fd = term->opts.fd_in, .events = POLLIN};
		if (input->len == sizeof(input->bytes) || poll(&in, 1, (int)left) <= 0)
			break;
		fill(term);
		while (term->probe.is_waiting && input->len) {
			size_t used = take_answer(term, 0);
			if (!used && input->bytes[0] == '\x1b' && input->len < LONGEST)
				break;
			drop(input, used ? used : 1);
		}
	}
	term->probe.is_waiting = false;
}
