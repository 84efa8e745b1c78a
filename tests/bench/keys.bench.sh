#!/bin/sh
# How the reader answers keys: bytes on the wire, and the time from a press to the last byte.
. "$(dirname "$0")/common.sh"

# Issues of so many stories, as the reference format has them.
stories() {
	awk -v n="$1" 'BEGIN {
		print "# 早报 2026-01-22\n"
		for (i = 1; i <= n; i++)
			printf "## 第%d条：微软与OpenAI的战略博弈与算力多元化的自主权之争\n\n" \
				"> **分类：** 类别%d\n> **来源：** [量子位](https://example.com/s/%d)\n\n" \
				"**核心洞察：** 关于第%d条的一点看法。\n\n- 要点：这是内容。\n\n---\n\n", i, i % 7, i, i
	}'
}
long=$scratch/long.md short=$scratch/short.md
stories 40000 >"$long"
stories 20 >"$short"
printf '%s\n' 'two-panes = 400' >"$scratch/alone.ini"
: >"$scratch/plain.ini"
sulan="$build/sulan --library :memory: --config $scratch/plain.ini"
alone="$build/sulan --library :memory: --config $scratch/alone.ini"
down='\e[B' up='\e[A'

keys() { "$build/bench/keys" "$@"; }
bytes() { awk 'NR == 1 { print $2 }'; }
time_() { awk 'NR == 1 { print $1 }'; }
ratio() { awk '{ us[NR] = $1 } END { printf "%.2f", us[1] / us[2] }'; }

# shellcheck disable=SC2086
bench_keys() {
	echo "the Down arrow, a row without scrolling, bytes:"
	mark "at 80x24" "$(keys press 24 80 20 "$down $up" 速览 $sulan "$issue" | bytes)" at-most 150
	mark "at 200x50, the list alone" "$(keys press 50 200 20 "$down $up" 速览 $alone "$issue" | bytes)" at-most 300
	mark "at 200x50 beside the story, while the key is held" \
		"$(keys hold 50 200 31 "$down $up" 速览 $sulan "$issue" | bytes)" at-most 300
	mark "a key that changes nothing" "$(keys press 24 80 20 "$up" 速览 $sulan "$issue" | bytes)" at-most 0

	echo "a hundred presses in one write, at 80x24:"
	all=$(keys burst 24 80 100 "$down" 速览 $sulan "$long")
	one=$(keys press 24 80 21 '\e[6~' 速览 $sulan "$long")
	mark "bytes, against those of a page down" "$(printf '%s\n' "$all" "$one" | awk '{ b[NR] = $2 } END { printf "%.2f", b[1] / b[2] }')" at-most 1.5
	mark "time, against that of a page down" "$(printf '%s\n' "$all" "$one" | ratio)" at-most 3

	echo "from the Down arrow to the last byte, the median of 200 presses:"
	if have less; then
		pair=$(keys press 24 80 200 "$down" 速览 $sulan "$long" -- "$down" 早报 less "$long")
		echo "    $(printf '%s\n' "$pair" | time_) µs"
		mark "scrolling, against less" "$(printf '%s\n' "$pair" | ratio)" at-most 1.25
		pair=$(keys press 24 80 200 "$down $up" 速览 $sulan "$long" -- "$down $up" 早报 less "$long")
		mark "there and back, against less" "$(printf '%s\n' "$pair" | ratio)" at-most 1.25
	fi
	pair=$(keys press 24 80 200 "$down $up" 速览 $sulan "$long" -- "$down $up" 速览 $sulan "$short")
	mark "in 40000 stories, against 20" "$(printf '%s\n' "$pair" | ratio)" at-most 1.25

	echo "in a list of 40000 stories, microseconds:"
	mark "starring one" "$(keys press 24 80 40 s 速览 $sulan "$long" | time_)" at-most 1000
	mark "marking one read, and the next" "$(keys press 24 80 40 r 速览 $sulan "$long" | time_)" at-most 1000
	mark "dismissing one" "$(keys press 24 80 40 d 速览 $sulan "$long" | time_)" at-most 1000
	mark "a row down in a limited list" \
		"$(KEYS_FIRST=$(printf '&cat:3\r') keys press 24 80 40 "$down $up" 速览 $sulan "$long" | time_)" at-most 1000

	echo "nothing to do, for two seconds:"
	mark "times it was woken" "$(keys idle 24 80 1 j 速览 $sulan "$issue" | head -n 1)" at-most 0
}
bench_keys
