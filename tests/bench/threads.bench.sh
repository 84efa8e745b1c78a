#!/bin/sh
# Threads and trends: how fast what goes with a story is found, and words are counted.
. "$(dirname "$0")/common.sh"

shared=../shared
archive=$scratch/archive
mkdir "$archive"
if [ -e $shared/tools/gen_archive.py ] && command -v python3 >/dev/null; then
	python3 $shared/tools/gen_archive.py 3650 "$archive" --seed-file $shared/seed/2026-01-22.md \
		--corpus $shared/corpus/juya-ai-daily --corpus $shared/corpus/ruanyf-weekly >/dev/null
else
	mkdir "$scratch/feeds"
	"$build/bench/archive" 3650 "$archive" "$scratch/feeds/all.xml"
fi
"$build/sulan" --library "$scratch/library" import "$archive" >/dev/null
"$build/bench/threads" "$scratch/library/index.db" 5 >"$scratch/times"
of() { awk -v name="$1" -v column="$2" '$1 == name { print $column }' "$scratch/times"; }
each() { # as if there were 40,000
	awk -v ms="$1" -v n="$(of stories 2)" 'BEGIN { printf "%.2f", ms * 40000 / n }'
}
echo "threads and trends of $(of stories 2) stories in one process, ms for each 40,000 of them:"
mark "what goes with a story, median" "$(each "$(of related 2)")" at-most 1.5
mark "what goes with a story, 99th of a hundred" "$(each "$(of related 3)")" at-most 5
mark "a word counted day by day, median" "$(each "$(of trend 2)")" at-most 30
mark "a word counted day by day, the slowest" "$(each "$(of trend 3)")" at-most 60

if command -v rg >/dev/null; then
	echo "counting from the shell, with the chart:"
	"$build/bench/cost" 11 rg -c OpenAI "$archive" -- "$build/sulan" --library "$scratch/library" trend OpenAI >"$scratch/costs"
	mark "times as fast as rg -c" "$(awk 'NR == 2 { print $5 }' "$scratch/costs")" at-least 1.5
fi
