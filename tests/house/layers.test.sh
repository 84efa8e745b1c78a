# The architecture holds, and its checks do find what they are there for.
lib=${BUILD:-build}/libsulan.a
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0 failed=0

result() {
	n=$((n + 1))
	[ "$2" -eq 0 ] && echo "ok $n - $1" || { failed=1; echo "not ok $n - $1"; }
}

# A copy of the tree with one thing planted must be found out.
planted() {
	rm -rf "$work/tree"
	mkdir -p "$work/tree"
	cp -r include src tests "$work/tree/"
	printf '%s\n' "$3" >>"$work/tree/$2"
	tests/layers.sh "$(realpath "$lib")" "$work/tree" >"$work/out" 2>&1 && status=1 || status=0
	grep -q '^not ok 1' "$work/out" || status=1
	result "found: $1" $status
}

# An object with something forbidden in it must be found out, too.
object() {
	printf '%s\n' "$3" >"$work/x.c"
	${CC:-cc} -c -o "$work/x.o" "$work/x.c" && rm -f "$work/x.a" && ar rc "$work/x.a" "$work/x.o"
	tests/layers.sh "$work/x.a" >"$work/out" 2>&1 && status=1 || status=0
	grep -q "^not ok $2" "$work/out" || status=1
	result "found: $1" $status
}

echo 1..9
tests/layers.sh "$lib" >"$work/out" 2>&1
result "the tree keeps to its layers" $?
[ $failed -eq 0 ] || sed 's/^/# /' "$work/out"
planted "an include of a higher layer" src/text/wrap.c '#include <sulan/page.h>'
planted "curses outside term" src/ui/app.c '#include <ncurses.h>'
planted "sqlite outside the library layer" src/doc/issue.c '#include <sqlite3.h>'
planted "a reach into another folder" src/page/page.c '#include "../doc/build.h"'
planted "the ui seen from the core" src/doc/issue.c '#include <sulan/app.h>'
object "a mutable variable" 2 'int counter = 1;'
object "a static mutable variable" 2 'int next(void); int next(void) { static int n; return ++n; }'
object "output and the environment" 3 '#include <stdlib.h>
#include <stdio.h>
void f(void); void f(void) { puts(getenv("HOME")); }'
exit $failed
