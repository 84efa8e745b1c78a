# Disks that fail, as a reader meets them: what is read goes on, and a message says what is wrong.
. tests/house/script.sh
mkdir "$work/issues" && cp tests/data/*.md tests/digests/*.md "$work/issues" || exit 1
chmod 755 "$work" && cp "$sulan" "$work/sulan" && sulan=$work/sulan
index=$work/cache/sulan/index.db
found() { status 0 "$sulan" --lang en "$@" search 许可证 && grep -q 开源许可证之争再起 "$work/out"; }

imported() { touch -d 2020-01-01 "$work"/issues/* "$work/issues" && status 0 "$sulan" import "$work/issues" && [ -f "$index" ] && found; }
deleted() { rm "$index" && found && [ ! -s "$work/err" ] && [ -f "$index" ]; }
emptied() { : >"$index" && found && [ ! -s "$work/err" ]; }
damaged() { printf 'no database' >"$index" && found && says 'set aside as' && [ -f "$index.bad" ]; }
flipped() { # a letter became another; the log is in the file by now
	grep -qF 开源许可证之争再起 "$index" && LC_ALL=C sed -i 's/开源许可证之争再起/开源许可证之争再走/g' "$index" && found && says 'set aside as'
}
alone() { [ "$(find "${index%/*}" -name 'index.db*.bad*' | wc -l)" -eq 1 ]; }
stopped() {
	mkdir "$work/many" && cp tests/digests/*.md "$work/many" || return 1
	# shellcheck disable=SC2046
	tee $(for m in 01 02 03 04 05 06 07 08 09 10 11 12; do for d in 05 12 19 26; do echo "$work/many/2025-$m-$d.md"; done; done) <"$data" >/dev/null
	for ms in 0.01 0.03 0.06; do timeout -s TERM $ms "$sulan" --library "$work/stopped" import "$work/many"; done
	status 0 "$sulan" --lang en --library "$work/stopped" import "$work/many" && grep -qF ", 0 gone; $(find "$work/many" -name '*.md' | wc -l) issues" "$work/out"
}
full() { # a disk of 300 KiB
	status 4 "$sulan" --lang en --library "$work/disk" import "$work/many" && says 'disk is full' || return 1
	"$sulan" --library "$work/disk" search 许可证 >"$work/out" 2>"$work/err"
	[ $? -le 1 ] && status 0 "$sulan" print "$data" && mount -o remount,size=64m "$work/disk" && status 0 "$sulan" --library "$work/disk" import "$work/many" && found --library "$work/disk"
}
nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups env "$@"; }
read_only() {
	status 0 "$sulan" mark star "$("$sulan" list --format tsv title:许可证 | head -n 1 | cut -f 1)" && chmod -R a+rX "$work" || return 1
	status 0 nobody "$sulan" --lang en search 许可证 && grep -q 许可证 "$work/out" && status 0 nobody "$sulan" list --format tsv star && grep -q 许可证 "$work/out" || return 1
	id=$(cut -f 1 "$work/out")
	status 4 nobody "$sulan" --lang en mark later "$id" && says 'marks cannot be kept here' && status 0 nobody "$sulan" print "$data" && status 4 nobody "$sulan" --lang en import && says 'cannot be written here'
}
edited() { # where the index cannot be brought up to date
	cp "$work/issues/reference.md" "$work/kept.md" && grep -v 许可证 "$work/kept.md" >"$work/issues/reference.md" || return 1
	status 0 nobody "$sulan" --lang en search 许可证 && says 'searched as it is' && grep -q 许可证 "$work/out" && [ "$(wc -l <"$work/err")" -eq 1 ] || return 1
	status 3 nobody "$sulan" --lang en list --format json star && says 'searched as it is' && says 'no longer in its issue' && cp "$work/kept.md" "$work/issues/reference.md"
}

check "what was imported is found" imported
check "a deleted index is there again with the next search" deleted
check "and so is one that was emptied" emptied
check "one that is none is set aside, made again, and that is said" damaged
check "and so is one in which a letter became another" flipped
check "what was set aside does not pile up" alone
check "an import that was stopped goes on" stopped
if [ "$(id -u)" -eq 0 ] && mkdir "$work/disk" && mount -t tmpfs -o size=300k sulan "$work/disk" 2>/dev/null; then
	trap 'umount "$work/disk"; rm -rf "$work"' EXIT
	check "a full disk stops the import, and nothing else" full
else
	skip "a full disk" "nothing can be mounted here"
fi
if [ "$(id -u)" -eq 0 ] && nobody true 2>/dev/null; then
	check "a home that cannot be written is read" read_only
	check "also when issues have been edited since" edited
else
	skip "a home that cannot be written" "needs to be another user"
fi
finish
