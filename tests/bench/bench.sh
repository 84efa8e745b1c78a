#!/bin/sh
# Speed as ratios to other programs in the same run: every NAME.bench.sh here, or those named.
# Usage: BUILD=build tests/bench/bench.sh [NAME...]
set -eu
here=$(dirname "$0")
# shellcheck disable=SC2046
[ $# -gt 0 ] || set -- $(cd "$here" && ls -- *.bench.sh)
for part in "$@"; do
	sh "$here/${part%.bench.sh}.bench.sh" || echo "$part: failed"
done | awk '
	{ print; fflush() }
	/: met\)$/ { met++ }
	/: missed\)$/ { missed++ }
	/: failed$/ { is_bad = 1 }
	END { printf "%d marks: %d met, %d missed\n", met + missed, met, missed; exit is_bad }'
