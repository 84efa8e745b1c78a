#!/bin/sh
# The library: how fast ten years of issues are imported and searched.
. "$(dirname "$0")/common.sh"

shared=../shared
archive=$scratch/archive feed=$scratch/feeds/all.xml issues=3650
mkdir "$archive" "$scratch/feeds"
if [ -e $shared/tools/gen_archive.py ] && command -v python3 >/dev/null; then
	python3 $shared/tools/gen_archive.py $issues "$archive" --atom "$scratch/feeds" \
		--seed-file $shared/seed/2026-01-22.md --corpus $shared/corpus/juya-ai-daily \
		--corpus $shared/corpus/ruanyf-weekly >/dev/null
else
	"$build/bench/archive" $issues "$archive" "$feed"
fi

sulan() { "$build/sulan" --library "$scratch/library" "$@"; }
stories() { sulan import | sed 's/.*[^0-9]\([0-9][0-9]*\)[^0-9]*$/\1/'; }
in_mib() { du -smL "$1" | cut -f 1; }

echo "importing $issues issues, $(in_mib "$archive") MiB, with full text:"
sulan import "$archive" >/dev/null
echo "    $(stories) stories, the index has $(in_mib "$scratch/library/index.db") MiB"
cat >"$scratch/import" <<-EOF
	#!/bin/sh
	rm -rf "$scratch/again"
	exec "$build/sulan" --library "$scratch/again" import "$archive"
EOF
cat >"$scratch/reload" <<-EOF
	#!/bin/sh
	rm -f "$scratch/cache.db"
	exec newsboat -u "$scratch/urls" -c "$scratch/cache.db" -C /dev/null -x reload
EOF
chmod +x "$scratch/import" "$scratch/reload"
echo "file://$feed" >"$scratch/urls"
if have newsboat; then
	HOME=$scratch "$build/bench/cost" 3 "$scratch/import" -- "$scratch/reload" >"$scratch/costs"
	awk -v ORS= '{ print (NR > 1 ? "; newsboat: " : "    sulan: ") "wall " $2 " ms, CPU " $1 " ms, peak " $3 " KiB" } END { print "\n" }' "$scratch/costs"
	mark "times the wall time of newsboat -x reload" "$(awk 'NR == 2 { print $5 }' "$scratch/costs")" at-most 0.6
fi
soon() { # the least of three
	for _ in 1 2 3; do
		rm -rf "$scratch/again"
		"$build/bench/soon" "$scratch/again/index.db" "$build/sulan" --library "$scratch/again" import "$archive"
	done | sort -n | head -n 1
}
mark "ms until the newest issue is there" "$(soon)" at-most 200
"$build/bench/cost" 5 "$build/sulan" --library "$scratch/library" import -- du -a "$archive" >"$scratch/costs"
mark "times the wall time of du -a when nothing changed" "$(awk 'NR == 2 { print $5 }' "$scratch/costs")" at-most 3

if [ -d $shared/corpus ]; then
	echo "importing real issues, $(in_mib $shared/corpus) MiB:"
	"$build/bench/cost" 1 "$build/sulan" --library "$scratch/real" import $shared/corpus >"$scratch/costs"
	echo "    $(cut -d ' ' -f 2 "$scratch/costs") ms, the index has $(in_mib "$scratch/real/index.db") MiB"
fi

echo "searching the $issues issues in one process, ms to the first 50:"
"$build/bench/lookup" "$scratch/library/index.db" 5 >"$scratch/times"
of() { awk -v name="$1" -v column="$2" '$1 == name { print $column }' "$scratch/times"; }
for n in 1 2 4; do
	mark "words of $n characters, median" "$(of words-$n 2)" at-most 1
done
mark "keys of queries as they are typed, 99th of a hundred" "$(of keys 3)" at-most 15
mark "keys of pinyin as it is typed, 99th of a hundred" "$(of pinyin-keys 3)" at-most 15
mark "a pinyin, median for each 40,000 of its $(of stories 2) titles" \
	"$(awk -v ms="$(of pinyin 2)" -v n="$(of stories 2)" 'BEGIN { printf "%.2f", ms * 40000 / n }')" at-most 10

if have rg; then
	echo "searching from the shell:"
	"$build/bench/cost" 21 rg 鸿蒙 "$archive" -- "$build/sulan" --library "$scratch/library" search 鸿蒙 >"$scratch/costs"
	mark "times as fast as rg" "$(awk 'NR == 2 { print $5 }' "$scratch/costs")" at-least 3
fi

echo "all stories in the reader, against those of the last twelve issues:"
ls "$archive"/*.md | tail -n 12 | xargs "$build/sulan" --library "$scratch/last" import >/dev/null
"$build/bench/stacks" "$scratch/library/index.db" 10 "$issue" >"$scratch/many"
"$build/bench/stacks" "$scratch/last/index.db" 10 "$issue" >"$scratch/few"
of() { awk -v name="$1" '$1 == name { print $2 }' "$2"; }
per_40000() { awk -v value="$(of "$1" "$scratch/many")" -v n="$(of stories "$scratch/many")" -v unit="$2" 'BEGIN { printf "%.1f", value / unit * 40000 / n }'; }
mark "ms to open them, for 40,000" "$(per_40000 open 1)" at-most 150
mark "MiB of memory while they are open, for 40,000" "$(per_40000 memory 1024)" at-most 30
for key in move star read dismiss undo; do
	mark "times the time to $key one" "$(awk -v a="$(of $key "$scratch/many")" -v b="$(of $key "$scratch/few")" 'BEGIN { printf "%.2f", a / b }')" at-most 2
done
for key in limit words; do
	mark "ms for a key of a filter ($key), for 40,000" "$(per_40000 $key 1)" at-most 15
done
echo "all stories from the shell:"
"$build/bench/cost" 11 "$build/sulan" --library "$scratch/library" list --format tsv -- "$build/sulan" print --format json "$issue" >"$scratch/costs"
mark "ms of CPU time to list them as TSV, for 40,000" "$(awk -v n="$(of stories "$scratch/many")" 'NR == 1 { printf "%.0f", $1 * 40000 / n }' "$scratch/costs")" at-most 300
