# Sourced by tests of the command line: a folder of their own, and what they say of a command.
. tests/report.sh
sulan=${BUILD:-build}/sulan
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data" XDG_CACHE_HOME="$work/cache" LC_ALL=C.UTF-8
data=tests/data/reference.md

check() { # name, then a command that must succeed
	name=$1
	shift
	if "$@" >"$work/log" 2>&1; then
		report "$name" ''
	else
		report "$name" "$(echo "it failed" | cat "$work/log" - | head -n 5)"
	fi
}
status() { # wanted status, then the command; its output is in $work/out and $work/err
	wanted=$1
	shift
	"$@" >"$work/out" 2>"$work/err" </dev/null
	got=$?
	[ $got -eq "$wanted" ] || { echo "exit status $got, not $wanted"; cat "$work/err"; return 1; }
}
says() { # text on standard error
	grep -qF -- "$1" "$work/err" || { echo "not said: $1"; cat "$work/err"; return 1; }
}
