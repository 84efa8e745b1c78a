# The whole library for scripts: listed by filters, marked by ids, as the files themselves would be.
. tests/house/script.sh
mkdir "$work/issues" "$work/empty" && cp tests/data/*.md tests/digests/*.md "$work/issues" || exit 1
sulan=$(realpath "$sulan")
list() { "$sulan" list --format tsv --state "$@"; }
same() { # a filter lists the same of the library as of the files
	list "$@" >"$work/library"
	list "$@" -- "$work/issues" >"$work/files"
	[ -s "$work/library" ] && cmp "$work/library" "$work/files"
}
id_of() { # of the first story whose title has this
	list title:"$1" | head -n 1 | cut -f 1
}

folder() { (cd "$work/empty" && list >"$work/out"); [ ! -e "$work/cache" ] && (cd "$work/issues" && list kind:story >"$work/out") && [ "$(wc -l <"$work/out")" -gt 50 ] && [ ! -e "$work/cache" ]; }
imported() { status 0 "$sulan" import "$work/issues" && cd "$work/empty" && same; }
filtered() { cd "$work/empty" && same 开源 && same -开源 source:github && same kind:brief after:2026-01-01 && same kw:OpenAI; }
nothing() { status 1 "$sulan" list 没有的词 && [ ! -s "$work/out" ]; }
marked() { id=$(id_of 许可证) && cd "$work/empty" && status 0 "$sulan" mark star "$id" && [ "$(list star | cut -f 1)" = "$id" ] && same star; }
piped() { cd "$work/empty" && list kind:brief | "$sulan" mark later - && same later; }
unknown() { status 1 "$sulan" --lang en mark star 0123456789abcdef && says 'no story has the id'; }
json() { status 0 "$sulan" list --format json star && grep -qF '"text":"' "$work/out" && grep -qF '"star":true' "$work/out" && grep -qF "\"path\":\"$work/issues/reference.md\"" "$work/out"; }
edited() { id=$(list star | cut -f 1) && sed -i 's/开源许可证之争再起/开源许可证之争又再起/' "$work/issues/reference.md" && status 0 "$sulan" import && [ "$(list star | cut -f 1)" != "$id" ] && [ "$(list star | cut -f 5)" = 开源许可证之争又再起 ]; }
settled() { touch -d 2020-01-01 "$work"/issues/* "$work/issues" && status 0 "$sulan" import; } # no stamp is too young to be relied on
overwritten() { # in its place, which the folder does not tell
	cp "$work/issues/reference.md" "$work/kept.md" && settled && sed 's/许可证之争/执照之争/' "$work/kept.md" >"$work/issues/reference.md" || return 1
	status 0 "$sulan" list title:执照之争 && grep -q 执照之争 "$work/out" && status 1 "$sulan" search 许可证之争
}
appended() { # to one of the newest
	cp "$work/kept.md" "$work/issues/reference.md" && settled && printf '\n## 后来加上的海马\n\n> **分类：** 测试\n' >>"$work/issues/reference.md" && status 0 "$sulan" search 加上的海马 && cp "$work/kept.md" "$work/issues/reference.md"
}
reworded() { # and its new id is known from the file alone
	settled && sed 's/边缘推理盒子/边缘算力盒子/' "$work/kept.md" >"$work/issues/reference.md" || return 1
	id=$(list title:边缘算力盒子 -- "$work/issues" | cut -f 1) && [ -n "$id" ] && status 0 "$sulan" mark star "$id" && status 0 "$sulan" mark unstar "$id" && cp "$work/kept.md" "$work/issues/reference.md"
}
old() { # too many are newer for each to be looked at, but not the one that is named
	mkdir "$work/many" || return 1
	for day in $(seq -w 1 28); do for month in 01 02 03 04 05 06 07 08 09 10 11 12 ; do for year in 2023 2024; do
		printf '## 旧事 %s\n' "$year$month$day" >"$work/many/$year-$month-$day.md"
	done; done; done
	touch -d 2020-01-01 "$work"/many/* "$work/many" && status 0 "$sulan" --library "$work/years" import "$work/many" && printf '## 旧闻 20230101\n' >"$work/many/2023-01-01.md" || return 1
	status 1 "$sulan" --library "$work/years" search 旧事 20230101 && status 0 "$sulan" --library "$work/years" search 旧闻
}
unkept() { status 0 "$sulan" --library :memory: list --format tsv title:许可证 -- "$work/issues" && [ "$(wc -l <"$work/out")" -eq 1 ]; }
fault() { status 2 "$sulan" --lang en list '微软 tag:' && says 'column 4' && [ "$(tail -n 1 "$work/err")" = '       ^' ]; }
negated() { same -star -later && status 2 "$sulan" --lang en list --stars && says 'no option --stars'; }
damaged() { printf 'no database' >"$work/cache/sulan/index.db" && status 0 "$sulan" --lang en list title:许可证 && says 'set aside' && grep -q 许可证 "$work/out"; }
refused() { : >"$work/file" && mkdir -p "$work/config/sulan" && printf '[publication x]\npath = %s\n' "$work/issues" >"$work/config/sulan/config.ini" && status 4 "$sulan" --lang en --library "$work/file/x" list && says 'index'; }

check "a folder is listed as it is, and nothing kept" folder
check "what was imported is listed as the files are" imported
check "by any filter" filtered
check "nothing found is exit 1" nothing
check "a story is marked by its id alone" marked
check "many ids come from a pipe" piped
check "an id of no story is exit 1" unknown
check "JSON has what is in the file" json
check "a story that was edited keeps its state" edited
check "one that was overwritten is read again before it is listed" overwritten
check "and before it is searched, if it is one of the newest" appended
check "or one that would be found" old
check "and before an id is said to be of no story" reworded
check "without a library files are listed" unkept
check "a fault is pointed at" fault
check "a filter may begin with a minus" negated
check "a damaged index is made again" damaged
check "an index that cannot be had is exit 4" refused
finish
