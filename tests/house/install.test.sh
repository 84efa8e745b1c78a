# What is installed stands where programs look for it, and all of it can be removed.
. tests/report.sh
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
build=${BUILD:-build}
man=$work/usr/share/man

# What was built stays as it is, whatever flags this is run with.
run() {
	MAKEFLAGS='' MFLAGS='' ${MAKE:-make} -s -o "$build/sulan" -o "$build/sulan-fetch" "$1" BUILD="$build" DESTDIR="$work" \
		PREFIX=/usr BINDIR=/usr/bin DATADIR=/usr/share MANDIR=/usr/share/man >"$work/log" 2>&1 || cat "$work/log"
	rm -f "$work/log"
}
pages() { # folder of the source, what stands before man1 and man5
	for page in "$1"/*.[15]; do
		cmp "$page" "$man/$2man${page##*.}/${page##*/}" 2>&1
	done
	find "$man/$2man1" "$man/$2man5" -type f ! -perm 644
}
programs() {
	for program in sulan sulan-fetch; do
		[ -x "$work/usr/bin/$program" ] || echo "$program"
	done
}
report "make install" "$(run install)"
report "the programs can be run" "$(programs)"
report "the manuals are where man looks for them" "$(pages man '')"
report "those in Chinese are where man looks in a Chinese locale" "$(pages man/zh_CN zh_CN/)"
completions() {
	cmp completions/sulan.bash "$work/usr/share/bash-completion/completions/sulan" 2>&1
	cmp completions/_sulan "$work/usr/share/zsh/site-functions/_sulan" 2>&1
	cmp completions/sulan.fish "$work/usr/share/fish/vendor_completions.d/sulan.fish" 2>&1
}
report "completions are where shells look for them" "$(completions)"
report "make uninstall leaves nothing" "$(run uninstall && find "$work" -type f)"
finish
