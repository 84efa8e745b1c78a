#!/bin/sh
# Runs test programs that speak TAP, shows what failed and closes with the line that counts.
# A program that dies, hangs or runs fewer tests than it planned is one more failure.
set -u
passed=0 failed=0 skipped=0
out=$(mktemp) || exit 2
data=$(mktemp -d) || exit 2
trap 'rm -rf "$out" "$data"' EXIT
export CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1}" UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"
for program; do
	# No test sees the state of another one, or of the person who runs them.
	export XDG_DATA_HOME="$data/${program##*/}" XDG_CACHE_HOME="$data/cache/${program##*/}"
	case $program in
	*.sh) timeout 120 sh "$program" >"$out" 2>&1 </dev/null ;;
	*) timeout 120 "$program" >"$out" 2>&1 </dev/null ;;
	esac
	status=$?
	skip=$(grep -cE '^(not )?ok .*# SKIP' "$out") # cmocka says "not ok" of what it skips
	ok=$(grep -v '# SKIP' "$out" | grep -c '^ok ')
	bad=$(grep -v '# SKIP' "$out" | grep -c '^not ok ')
	plan=$(sed -n 's/^1\.\.\([0-9][0-9]*\).*/\1/p' "$out" | awk '{ n += $1 } END { print n + 0 }')
	if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ $((ok + bad + skip)) -ne "$plan" ]; }; then
		bad=1
		echo "not ok - $program: exit status $status after $ok of $plan tests" >>"$out"
	fi
	passed=$((passed + ok))
	skipped=$((skipped + skip))
	failed=$((failed + bad))
	if [ "$bad" -gt 0 ]; then
		echo "FAILED $program"
		sed 's/^/    /' "$out" | tail -n 60
	else
		echo "ok     $program ($ok)"
	fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
