# The architecture holds, and its checks do find what they are there for.
. tests/report.sh
lib=$(realpath "${BUILD:-build}/libsulan.a")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

missed() { # number of the check that must fail, then the words of layers.sh
	number=$1
	shift
	said=$(tests/layers.sh "$@" 2>&1) && echo "no check failed" && return
	printf '%s\n' "$said" | grep -q "^not ok $number" || printf '%s\n' "$said"
}

# A copy of the tree with one thing planted must be found out.
planted() {
	rm -rf "$work/tree"
	mkdir -p "$work/tree"
	cp -r include src tests "$work/tree/"
	printf '%s\n' "$3" >>"$work/tree/$2"
	report "found: $1" "$(missed ${4:-1} "$lib" "$work/tree")"
}

# An object with something forbidden in it must be found out, too.
object() {
	printf '%s\n' "$3" >"$work/x.c"
	${CC:-cc} -c -o "$work/x.o" "$work/x.c" && rm -f "$work/x.a" && ar rc "$work/x.a" "$work/x.o"
	report "found: $1" "$(missed "$2" "$work/x.a")"
}

said=$(tests/layers.sh "$lib" 2>&1) && said=''
report "the tree keeps to its layers" "$said"
planted "an include of a higher layer" src/text/wrap.c '#include <sulan/page.h>'
planted "curses outside term" src/ui/app.c '#include <ncurses.h>'
planted "sqlite outside the library layer" src/doc/issue.c '#include <sqlite3.h>'
planted "a reach into another folder" src/page/page.c '#include "../doc/build.h"'
planted "a function for nobody" src/doc/build.h 'void build_nothing(struct build *build);' 4
planted "the ui seen from the core" src/doc/issue.c '#include <sulan/app.h>'
object "a mutable variable" 2 'int counter = 1;'
object "a static mutable variable" 2 'int next(void); int next(void) { static int n; return ++n; }'
object "output and the environment" 3 '#include <stdlib.h>
#include <stdio.h>
void f(void); void f(void) { puts(getenv("HOME")); }'
finish
