# The generated table is what the generator makes of the Unicode database, and of its own header.
set -u
. tests/report.sh
U=/usr/share/unicode
AWK=${AWK:-awk}
name="the table is that of Unicode 15.0.0"
made() {
	LC_ALL=C "$AWK" -f src/text/ucd_gen.awk src/text/ucd.h "$U/UnicodeData.txt" "$U/LineBreak.txt" \
		"$U/auxiliary/GraphemeBreakProperty.txt" "$U/EastAsianWidth.txt" "$U/DerivedAge.txt" \
		"$U/DerivedCoreProperties.txt" "$U/emoji/emoji-data.txt"
}
if grep -q '^# LineBreak-15\.0\.0' "$U/LineBreak.txt" 2>/dev/null; then
	report "$name" "$(made | cmp - src/text/ucd.c 2>&1)"
else
	skip "$name" "$U is absent or of another version"
fi
finish
