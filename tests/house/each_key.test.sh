# Every function that src/each_key.ld names is there, in the module that it names.
. tests/report.sh
headers=$(ls include/sulan/*.h src/*/*.h)
set -f # names end in * where all that begin so are meant
# */ui/app.o(.text.app_run .text.show) as "app app_run" and "app show"
named() {
	tr '\n\t' '  ' <src/each_key.ld | grep -oE '[^ ]+\.o\([^)]*\)' | while IFS='(' read -r object names; do
		module=$(printf '%s\n' "$object" | sed 's,.*[:/],,; s,\.o$,,')
		for name in ${names%)}; do
			echo "$module" "${name#.text.}"
		done
	done
}
missing() {
	named | while read -r module name; do
		files=$(find src -name "$module.c")
		[ -n "$files" ] || echo "no file $module.c"
		[ "$name" = '*' ] || grep -qE "^[a-z].*[ *]${name%\*}[a-z_]*\(" $files $headers ||
			echo "no function $name in $module.c"
	done
}

report "the list is read" "$(named | awk 'END { if (NR <= 100) print NR " names" }')"
report "all of it is there" "$(missing)"
finish
