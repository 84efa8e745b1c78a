#!/bin/sh
# How soon the reader shows an issue.
. "$(dirname "$0")/common.sh"

echo "first paint of $issue, against a curses program that draws one line:"
found=$("$build/bench/firstpaint" 40 "$text" "$build/sulan" "$issue" -- hello "$build/bench/hello_curses")
echo "    ${found%: ratio*}"
mark "time to first paint" "${found##* }" at-most 3.0

archive=$scratch/archive issues=3650
mkdir "$archive"
if [ -e ../shared/tools/gen_archive.py ] && command -v python3 >/dev/null; then
	python3 ../shared/tools/gen_archive.py $issues "$archive" --seed-file ../shared/seed/2026-01-22.md \
		--corpus ../shared/corpus/juya-ai-daily --corpus ../shared/corpus/ruanyf-weekly >/dev/null
else
	"$build/bench/archive" $issues "$archive" "$scratch/feed"
fi
touch -d '1 hour ago' "$archive" # as it is when nothing has come lately
one=$(ls "$archive"/* | tail -n 1)
day=$(basename "$one" .md)

# Ten years of marks, read once, as by the last program that ended.
mkdir -p "$scratch/home/state"
echo bench >"$scratch/home/device"
"$build/bench/marks" 92 "$archive"/* >"$scratch/home/state/bench.journal"
"$build/sulan" --library "$scratch/home" list starred -- "$one" >/dev/null || true
echo "first paint of $issues issues, $(grep -c ' r 1 ' "$scratch/home/state/bench.journal") stories read, against one issue alone:"
found=$("$build/bench/firstpaint" 40 "$day" "$build/sulan" --library "$scratch/home" "$archive" \
	-- "$day" "$build/sulan" --library "$scratch/empty" "$one")
echo "    ${found%: ratio*}"
mark "times the start on one issue" "${found##* }" at-most 1.5
mark "MiB more memory than with one issue" \
	"$(echo "$found" | awk '{ gsub(",", ""); printf "%.1f", ($6 - $9) / 1024 }')" at-most 12
