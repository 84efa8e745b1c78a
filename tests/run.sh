#!/bin/sh
# Runs test programs that speak TAP, as many at a time as there are processors, shows what failed and
# closes with the line that counts. A program that dies, hangs or runs fewer tests than it planned is
# one more failure.
set -u

# Runs one of them; what it said goes to $data/NUMBER.out, its exit status to $data/NUMBER.status.
if [ "${1:-}" = --one ]; then
	data=$2 number=$3 program=$4
	# No test sees the state of another one, or of the person who runs them.
	export XDG_DATA_HOME="$data/${program##*/}"
	case $program in
	*.sh) timeout 120 sh "$program" ;;
	*) timeout 120 "$program" ;;
	esac >"$data/$number.out" 2>&1 </dev/null
	echo $? >"$data/$number.status"
	exit 0
fi

data=$(mktemp -d) || exit 2
trap 'rm -rf "$data"' EXIT
export CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1}" UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"
number=0
for program; do
	number=$((number + 1))
	printf '%s\n' "$number" "$program"
done | xargs -n 2 -P "${JOBS:-$(nproc)}" sh "$0" --one "$data"

passed=0 failed=0 skipped=0 number=0
for program; do
	number=$((number + 1))
	out=$data/$number.out
	status=$(cat "$data/$number.status" 2>/dev/null || echo 255)
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
