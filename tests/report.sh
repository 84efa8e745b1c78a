# Sourced by scripts that check: what each check found is said and counted.
n=0 failed=0

report() { # name, what is wrong
	n=$((n + 1))
	if [ -z "$2" ]; then
		echo "ok $n - $1"
	else
		failed=1
		echo "not ok $n - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
	fi
}
skip() { # name, why
	n=$((n + 1))
	echo "ok $n - $1 # SKIP $2"
}
finish() { # the last line of a script
	echo "1..$n"
	exit $failed
}
