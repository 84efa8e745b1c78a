#!/bin/sh
# Speed as ratios to other programs in the same run. Usage: BUILD=build tests/bench/bench.sh
set -eu
build=${BUILD:-build}
export TERM=xterm-256color LC_ALL=C.UTF-8
issue=man/sample.md text=sulan
if [ -e ../shared/seed/2026-01-22.md ]; then
	issue=../shared/seed/2026-01-22.md text=OpenAI
fi

echo "first paint of $issue, against a curses program that draws one line (at most 3.0):"
printf '    '
"$build/bench/firstpaint" 40 "$text" "$build/sulan" "$issue" -- hello "$build/bench/hello_curses"

big=$(mktemp)
trap 'rm -f "$big"' EXIT
i=0
while [ $i -lt 200 ]; do
	cat "$issue"
	i=$((i + 1))
done >"$big"
size=$(wc -c <"$big")

# CPU seconds of a command, the least of five runs.
cpu() {
	for _ in 1 2 3 4 5; do
		{ command time -f '%U %S' "$@" >/dev/null; } 2>&1 | tail -n 1 | awk '{ print $1 + $2 }'
	done | sort -n | head -n 1
}
echo "printing $size bytes at 80 columns, CPU seconds:"
ours=$(cpu "$build/sulan" print --width 80 "$big")
echo "    sulan print: $ours"
for peer in "cmark -t commonmark --width 80" "lowdown -tterm --term-width=80" "w3m -dump -cols 80"; do
	command -v "${peer%% *}" >/dev/null 2>&1 || continue
	# shellcheck disable=SC2086
	theirs=$(cpu $peer "$big")
	echo "    $peer: $theirs (ratio $(awk -v a="$ours" -v b="$theirs" 'BEGIN { printf "%.2f", a / (b ? b : 0.01) }'))"
done

echo "breaking $size bytes into lines of 80 columns, in one process (at least 1.8):"
printf '    '
"$build/bench/wrap" "$big" 5

echo "setting $issue anew after a resize (a story under 1 ms, all under 2 ms):"
printf '    '
"$build/bench/set" "$issue" 100
