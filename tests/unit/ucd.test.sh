# The generated table is what the generator makes of the Unicode database, and of its own header.
set -u
U=/usr/share/unicode
AWK=${AWK:-awk}
echo 1..1
if ! grep -q '^# LineBreak-15\.0\.0' "$U/LineBreak.txt" 2>/dev/null; then
	echo "ok 1 - the table is that of Unicode 15.0.0 # SKIP $U is absent or of another version"
	exit 0
fi
LC_ALL=C "$AWK" -f src/text/ucd_gen.awk src/text/ucd.h "$U/UnicodeData.txt" "$U/LineBreak.txt" \
	"$U/auxiliary/GraphemeBreakProperty.txt" "$U/EastAsianWidth.txt" "$U/DerivedAge.txt" \
	"$U/DerivedCoreProperties.txt" "$U/emoji/emoji-data.txt" | cmp - src/text/ucd.c
if [ $? -eq 0 ]; then
	echo "ok 1 - the table is that of Unicode 15.0.0"
else
	echo "not ok 1 - the table is that of Unicode 15.0.0"
fi
