#!/bin/sh
# The unit tests and printing under valgrind: no error, nothing definitely lost. Usage: valgrind.sh BUILD
set -u
build=$1 failed=0 n=0
run() {
	n=$((n + 1))
	if valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite "$@" >/tmp/valgrind.$$ 2>&1
	then echo "ok $n - $1"
	else
		[ $? -eq 99 ] && grep -m 20 '^==' /tmp/valgrind.$$ | sed 's/^/# /'
		echo "not ok $n - $*"
		failed=1
	fi
	rm -f /tmp/valgrind.$$
}
for format in text ansi markdown html json; do
	run "$build/sulan" print --format $format man/sample.md
done
run "$build/sulan" check man/sample.md
run "$build/sulan" list --format table -- man/sample.md
run "$build/tests/play/play"
for test in "$build"/tests/unit/*; do
	case $test in
	*.o | *.d | */wrap | */linebreak | */*_fuzz | */page_files | */substring) continue ;; # minutes under valgrind; asan runs them
	*/ahead) continue ;; # asks which signals a thread blocks, which is valgrind's to say here
	esac
	run "$test"
done
echo "1..$n"
exit $failed
