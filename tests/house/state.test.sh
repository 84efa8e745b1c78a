# Marks from scripts: kept, listed, taken back; what cannot be done is said by the exit status.
. tests/house/script.sh
count() { # a filter: how many stories it lets through
	"$sulan" list --format tsv "$@" -- "$data" | wc -l
}
ids=$("$sulan" list --format tsv -- "$data" | cut -f 1)
first=$(echo "$ids" | head -n 1)
second=$(echo "$ids" | sed -n 2p)
third=$(echo "$ids" | sed -n 3p)

nothing() { [ ! -e "$work/data" ]; }
star() { status 0 "$sulan" mark star "$first" "$second" -- "$data" && [ "$(count star)" -eq 2 ]; }
unstar() { status 0 "$sulan" mark unstar "$second" && [ "$(count star)" -eq 1 ]; }
tagged() { status 0 "$sulan" mark tag 公司 "$first" && [ "$(count tag:公司)" -eq 1 ] && [ "$(count kind:story -tag:公司)" -eq 2 ]; }
json() { status 0 "$sulan" mark note '给 老王' "$first" && status 0 "$sulan" list --format json star -- "$data" && grep -qF '"state":{"read":false,"star":true,"later":false,"dismissed":false,"tags":["公司"],"note":"给 老王"}' "$work/out"; }
piped() { "$sulan" list --format tsv -- "$data" | "$sulan" mark read - -- "$data" && [ "$(count read)" -eq 6 ]; }
hidden() { status 0 "$sulan" mark dismiss "$second" && [ "$(count)" -eq 5 ] && [ "$(count dismissed)" -eq 1 ]; }
unknown() { status 1 "$sulan" --lang en mark star 0123456789abcdef "$second" -- "$data" && says 'no story has the id “0123456789abcdef”'; }
verb() { status 2 "$sulan" --lang en mark frob "$first" && says 'no verb “frob”' && status 2 "$sulan" --lang en mark star && says 'needs ids' && status 2 "$sulan" --lang en mark tag && says 'needs a tag'; }
refused() { : >"$work/file" && status 4 "$sulan" --lang en --library "$work/file/x" mark star "$first" -- "$data" && says 'marks cannot be kept here'; }
elsewhere() { status 0 "$sulan" --library "$work/lib" mark star "$first" -- "$data" && [ -f "$work/lib/device" ] && [ "$("$sulan" --library "$work/lib" list --format tsv star -- "$data" | wc -l)" -eq 1 ]; }
memory() { status 0 "$sulan" --library :memory: mark star "$first" -- "$data" && [ "$("$sulan" --library :memory: list --format tsv star -- "$data" | wc -l)" -eq 0 ]; }
edited() { sed 's/编译器开始自己写测试/编译器开始会自己写测试/' "$data" >"$work/moved.md" && [ "$("$sulan" list --format tsv star -- "$work/moved.md" | cut -f 1)" != "$first" ] && "$sulan" list --format json star -- "$work/moved.md" | grep -qF '"note":"给 老王"'; }
many() { for i in 1 2 3 4; do (for k in 1 2 3 4 5; do "$sulan" mark tag "w$i-$k" "$first" || exit 1; done) & done; wait; [ "$("$sulan" list --format json star -- "$data" | grep -o '"w[1-4]-[1-5]"' | wc -l)" -eq 20 ]; }
damaged() { printf 'nonsense\n' >>"$(echo "$work"/data/sulan/state/*.journal)" && status 0 "$sulan" --lang en list star -- "$data" && says '1 damaged lines' && [ -s "$work/out" ]; }
sync_config() { # before, after
	mkdir -p "$work/shared" "$work/config/sulan" && printf '[sync]\nfolder = %s\nbefore = %s\nafter = %s\n' "$work/shared" "$1" "$2" >"$work/config/sulan/config.ini"
}
unsynced() { status 2 "$sulan" --lang en sync && says '[sync] folder = DIR'; }
synced() { sync_config "mkdir {folder}/seen" "rmdir {folder}/seen" && status 0 "$sulan" --lang en sync && status 0 env XDG_DATA_HOME="$work/other" "$sulan" --lang en sync && grep -q 'other devices: 1' "$work/out" && [ "$(XDG_DATA_HOME=$work/other "$sulan" list --format tsv star -- "$data" | wc -l)" -eq 1 ]; }
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
quiet_git() { git -c user.name=x -c user.email=x@example.org -c init.defaultBranch=main "$@" >/dev/null 2>&1; }
by_git() { # two clones of a repository carry marks between two devices, without a shell
	quiet_git init --bare "$work/hub" && quiet_git clone "$work/hub" "$work/one" && quiet_git -C "$work/one" commit --allow-empty -m x && quiet_git -C "$work/one" push -u origin HEAD && quiet_git clone "$work/hub" "$work/two" || return 1
	for device in one two one; do
		mkdir -p "$work/git-$device/sulan"
		cat >"$work/git-$device/sulan/config.ini" <<-EOF
			[sync]
			folder = $work/$device
			before = git -C {folder} pull --quiet --rebase
			after = git -C {folder} add --all
			after = -git -C {folder} -c user.name=x -c user.email=x@example.org commit --quiet --message 'marks of a day'
			after = git -C {folder} push --quiet
		EOF
		[ $device = two ] && { status 0 device two mark star "$third" -- "$data" || return 1; }
		status 0 device $device sync || return 1
	done
	[ "$(device one list --format tsv star -- "$data" | grep -c "^$third")" -eq 1 ] && quiet_git -C "$work/one" log --oneline --grep 'marks of a day'
}
device() { # its name, then what sulan does there
	at=$1
	shift
	env XDG_CONFIG_HOME="$work/git-$at" XDG_DATA_HOME="$work/data-$at" "$sulan" "$@"
}
failing() { sync_config false "$work/nonesuch" && status 4 "$sulan" --lang en sync && says 'false: did not succeed' && says 'nonesuch: cannot be started' && grep -q 'marks changed' "$work/out"; }

view() { mkdir -p "$work/config/sulan" && printf '[views]\nmine = star -tag:none\n' >"$work/config/sulan/config.ini" && [ "$(count @mine)" -eq 1 ] && status 2 "$sulan" --lang en list @none -- "$data" && says 'column 1'; }
columns() { status 0 "$sulan" list --format tsv --state star -- "$data" && [ "$(cut -f 8- "$work/out" | grep -c "^rs	.*,公司	给 老王$")" -eq 1 ]; }

check "reading alone keeps nothing" nothing
check "a mark is kept" star
check "and taken back" unstar
check "a tag is a filter" tagged
check "JSON has the whole state" json
check "ids come from a pipe" piped
check "the dismissed are hidden, not gone" hidden
check "an unknown id is exit 1" unknown
check "a wrong verb is a usage error" verb
check "a library that cannot be written is exit 4" refused
check "--library puts it elsewhere" elsewhere
check "--library :memory: keeps nothing" memory
check "an edited story keeps its state" edited
check "several writers lose nothing" many
check "sync needs a folder" unsynced
check "sync carries marks to another device" synced
check "several commands carry them by git" by_git
check "a command that fails is said, the folder is used" failing
check "a view of the configuration is a filter" view
check "--state adds columns" columns
check "a damaged line is said, the rest holds" damaged
finish
