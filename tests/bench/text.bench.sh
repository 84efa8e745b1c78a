#!/bin/sh
# Lines and pages, each in one process.
. "$(dirname "$0")/common.sh"

big=$scratch/big.md
repeat "$issue" 20000000 >"$big"
echo "breaking $(wc -c <"$big") bytes into lines of 80 columns, against u8_width_linebreaks:"
"$build/bench/wrap" "$big" 9 >"$scratch/found"
sed -n '1s/, ratio.*//; 1s/^/    /p' "$scratch/found"
if [ "$issue" = man/sample.md ]; then
	echo "    throughput: $(sed -n '1s/.* //p' "$scratch/found") (the mark is for the seed)"
else
	mark "throughput" "$(sed -n '1s/.* //p' "$scratch/found")" at-least 1.8
fi
mark "times as long for a paragraph of 10 MB as for one of 1 MB" \
	"$(sed -n 2p "$scratch/found")" at-most 12

echo "setting $issue anew after a resize:"
"$build/bench/set" "$issue" 100 | {
	read -r story all
	mark "ms for the longest story" "$story" at-most 1
	mark "ms for all stories" "$all" at-most 2
}
