#!/bin/sh
# How soon the reader shows an issue.
. "$(dirname "$0")/common.sh"

echo "first paint of $issue, against a curses program that draws one line:"
found=$("$build/bench/firstpaint" 40 "$text" "$build/sulan" "$issue" -- hello "$build/bench/hello_curses")
echo "    ${found%: ratio*}"
mark "time to first paint" "${found##* }" at-most 3.0
