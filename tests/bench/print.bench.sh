#!/bin/sh
# `sulan print` as a whole process, on a file of 20 MB.
. "$(dirname "$0")/common.sh"
if ! have cmark || ! have w3m; then
	exit 0
fi

big=$scratch/big.md
repeat "$issue" 20000000 >"$big"
size=$(wc -c <"$big")
cmark "$big" >"$scratch/big.html"
echo "printing $size bytes at 80 columns:"
# Against one peer at a time: what the largest of three leaves behind would fall on whose turn is next.
"$build/bench/cost" 9 "$build/sulan" print --width 80 "$big" \
	-- cmark -t commonmark --width 80 "$big" >"$scratch/costs"
"$build/bench/cost" 5 "$build/sulan" print --width 80 "$big" \
	-- w3m -dump -T text/html -cols 80 "$scratch/big.html" >>"$scratch/costs"
while read -r cpu wall kib cpu_ratio wall_ratio name; do
	echo "    $name: CPU $cpu ms, wall $wall ms, peak $kib KiB"
	case $name in
	*sulan) peak=$kib ;;
	cmark) of_cmark=$cpu_ratio ;;
	w3m) of_w3m=$wall_ratio ;;
	esac
done <"$scratch/costs"
mark "CPU time of cmark -t commonmark" "$of_cmark" at-most 1
mark "times as fast as w3m -dump" "$(awk -v r="$of_w3m" 'BEGIN { printf "%.2f", 1 / r }')" at-least 6
mark "times the input in memory" \
	"$(awk -v kib="$peak" -v size="$size" 'BEGIN { printf "%.2f", kib * 1024 / size }')" at-most 3

tr -d '\n#>|*`[]<&' <"$big" >"$scratch/line"
for mb in 1 10; do
	head -c ${mb}000000 "$scratch/line" >"$scratch/line$mb.md"
done
echo "printing a paragraph of one line, 10 MB against 1 MB:"
"$build/bench/cost" 5 "$build/sulan" print --width 80 "$scratch/line10.md" \
	-- "$build/sulan" print --width 80 "$scratch/line1.md" >"$scratch/costs"
mark "times the CPU time" "$(awk 'NR == 2 { print $4 }' "$scratch/costs")" at-most 12
