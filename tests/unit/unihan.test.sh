# The generated tables are what their generators make of the Unihan database.
set -u
. tests/report.sh
U=/usr/share/unicode
AWK=${AWK:-awk}
check() { # name, source, generator, table
	if grep -q '^# LineBreak-15\.0\.0' "$U/LineBreak.txt" 2>/dev/null && [ -e "$U/$2" ]; then
		report "$1 are those of Unicode 15.0.0" "$(bzcat "$U/$2" | LC_ALL=C "$AWK" -f "$3" | cmp - "$4" 2>&1)"
	else
		skip "$1 are those of Unicode 15.0.0" "$U is absent or of another version"
	fi
}
check "the simplified characters" Unihan_Variants.txt.bz2 src/text/variants_gen.awk src/text/variants.c
check "the readings" Unihan_Readings.txt.bz2 src/text/readings_gen.awk src/text/readings.c
finish
