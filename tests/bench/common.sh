# What the benches share. A bench is a file NAME.bench.sh here, which begins with
#
#     . "$(dirname "$0")/common.sh"
#
# says in a line what it measures, and gives each result as a mark:
#
#     echo "first paint of $issue, against a curses program that draws one line:"
#     mark "time to first paint" 2.87 at-most 3.0
#
# which prints "    time to first paint: 2.87 (at most 3.0: met)". bench.sh runs them all (`make bench
# PARTS="print start"` some), and counts the marks. A bench that lacks a peer says so and goes on:
# `have w3m || …`. Ratios between whole programs come from build/bench/cost, which runs them in
# turns; its head says how. Set here:
#
#     $build    where the programs are     $issue    the seed, or the sample where it is not there
#     $scratch  a folder that goes away     $text     a word on the first screen of $issue
# shellcheck shell=sh disable=SC2034
set -eu
build=${BUILD:-build}
export TERM=xterm-256color LC_ALL=C.UTF-8
issue=man/sample.md text=sulan
if [ -e ../shared/seed/2026-01-22.md ]; then
	issue=../shared/seed/2026-01-22.md text=OpenAI
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# mark WHAT VALUE at-least|at-most LIMIT
mark() {
	awk -v what="$1" -v value="$2" -v how="$3" -v limit="$4" 'BEGIN {
		met = value != "" && (how == "at-least" ? value + 0 >= limit + 0 : value + 0 <= limit + 0)
		sub("-", " ", how)
		printf "    %s: %s (%s %s: %s)\n", what, value, how, limit, met ? "met" : "missed"
	}'
}

# have PROGRAM: whether it is there; says so where it is not.
have() {
	command -v "$1" >/dev/null 2>&1 || { echo "    $1 is not installed: skipped"; return 1; }
}

# repeat FILE BYTES: FILE again and again, until it is at least so long.
repeat() {
	size=$(wc -c <"$1")
	yes "$1" | head -n $((($2 + size - 1) / size)) | xargs cat
}
