# The command line as scripts use it: output, messages, exit status.
. tests/house/script.sh

missing() { status 3 "$sulan" --lang en print "$work/none.md" && says 'none.md: cannot be opened'; }
folder() { mkdir -p "$work/empty" && status 3 "$sulan" --lang en print "$work/empty" && says 'holds no issue'; }
empty() { : >"$work/e.md" && status 3 "$sulan" --lang en print "$work/e.md" && says 'e.md: is empty'; }
binary() { head -c 4000 /dev/zero >"$work/b.md" && status 3 "$sulan" --lang en print "$work/b.md" && says 'is not text'; }
others() { status 3 "$sulan" print "$work/none.md" "$data" && [ -s "$work/out" ]; }
latin() { printf '# T\n\n## A\n\ncaf\351 \377 ok text that goes on for a while\n' >"$work/l.md" && status 0 "$sulan" print "$work/l.md" && grep -q 'ok' "$work/out"; }
gb() { iconv -f UTF-8 -t GB18030 "$data" >"$work/gb.md" && status 0 "$sulan" list --format tsv -- "$work/gb.md" && cmp -s "$work/out" "$work/utf"; }
fifo() { mkfifo "$work/f.md" && status 3 timeout 5 "$sulan" --lang en print "$work/f.md" && says 'not a regular file'; }
piped() { "$sulan" print - <"$data" >"$work/a" && cat "$data" | "$sulan" >"$work/b" && "$sulan" print "$data" >"$work/c" && cmp "$work/a" "$work/b" && cmp "$work/a" "$work/c"; }
usage() { status 2 "$sulan" --lang en --nonesuch && says 'no option --nonesuch'; }
format() { status 2 "$sulan" --lang en print --format pdf "$data" && says 'no format “pdf”'; }
width() { status 2 "$sulan" --lang en print --width x "$data" && says '--width takes a number'; }
nothing() { status 1 "$sulan" list nonesuchword -- "$data"; }
mistaken() { status 1 "$sulan" --lang en list "$data" && says 'files come behind --'; }
no_library() { status 2 "$sulan" --lang en --library '' list -- "$data" && says '--library needs a value'; }
filter() { status 2 "$sulan" --lang en list 'after:x' -- "$data" && says 'column 1'; }
listed() { status 0 "$sulan" list --format tsv kind:brief -- "$data" && [ "$(wc -l <"$work/out")" -eq 3 ]; }
negated() { status 0 "$sulan" list --format tsv kind:story -kind:brief -- "$data" && [ "$(wc -l <"$work/out")" -eq 3 ]; }
json() { status 0 "$sulan" print --format json "$data" && head -c 12 "$work/out" | grep -q '^{"schema":1,' && [ "$(grep -o '"kind":' "$work/out" | wc -l)" -eq 6 ]; }
narrow() { status 0 "$sulan" print --width 40 "$data" && awk 'length($0) > 120 { exit 1 }' "$work/out"; }
spacing() { printf 'spacing = yes\nhanging = yes\n' >"$work/s.ini" && status 0 "$sulan" -C "$work/s.ini" print --width 46 tests/play/spacing.md && grep -q '用 GPT 写的测试' "$work/out" && grep -q '为什么会可疑，$' "$work/out" && status 0 "$sulan" -C "$work/s.ini" print --format markdown tests/play/spacing.md && grep -q '用GPT写的测试' "$work/out"; }
terminal() { status 2 env TERM=dumb script -qec "$sulan --lang en $data" /dev/null && grep -q 'sulan print' "$work/out"; }
warning() { mkdir -p "$work/config/sulan" && printf 'nonesuch = 1\nmeasure = 5\n[keys]\nx = nonesuch\n[views]\nv = cat:\n' >"$work/config/sulan/config.ini" && status 0 "$sulan" --lang en keys && says 'config.ini:1: there is no option' && says 'config.ini:2: ' && says 'config.ini:4: no command' && says 'config.ini:6: the field in column 1'; }
profile() { printf '[profile p]\nstory = h3\nnonesuch = 1\n' >"$work/p.ini" && status 0 "$sulan" --lang en -C "$work/p.ini" --profile p check "$data" && grep -q 'profile *p$' "$work/out" && says 'p.ini:3: “nonesuch”' && status 2 "$sulan" --lang en --profile q check "$data" && says 'no [profile q]'; }
config() { status 2 "$sulan" --lang en -C "$work/none.ini" print "$data" && says 'none.ini'; }
theme() { status 0 "$sulan" --theme nonesuch print --format ansi "$data" && says nonesuch; }
own_theme() { mkdir -p "$work/config/sulan/themes" && printf 'name = dusk\nkind = light\n[roles]\ntitle = red\n' >"$work/config/sulan/themes/dusk.theme" && status 0 "$sulan" themes && grep -q "^dusk	light$" "$work/out"; }
version() { status 0 "$sulan" --version && grep -q '^sulan [0-9]' "$work/out"; }
help() { status 0 "$sulan" --help && grep -q '样刊' "$work/out" && status 0 "$sulan" --lang en --help && grep -q 'Usage' "$work/out"; }
library() { status 0 "$sulan" --library :memory: list -- "$data"; }
full() { "$sulan" print "$data" >/dev/full 2>"$work/err"; [ $? -eq 3 ]; }
doctor() { status 0 env -u TMUX -u STY -u DISPLAY -u WAYLAND_DISPLAY -u BROWSER TERM=xterm-256color "$sulan" --lang en doctor && grep -q '^ok  *locale  *C.UTF-8' "$work/out" && grep -q '^ok  *opening  *auto: the terminal' "$work/out" && ! grep -q '^problem' "$work/out" && [ ! -e "$work/data/sulan" ]; }
doctor_colors() { for type in xterm:8 sulan-16color:16 xterm-256color:256; do status 0 env -u TMUX -u COLORTERM TERMINFO="$(dirname "$sulan")/tests/terminfo" TERM="${type%:*}" "$sulan" --lang en doctor && grep -q "^ok  *colours  *${type#*:} colours" "$work/out" || return 1; done; }
doctor_ill() { printf 'nonesuch = 1\nopen = nothere {url}\n[open]\nmp.weixin.qq.com = qr\na.example = sh -c x\n[keys]\nx = nonesuch\n' >"$work/d.ini" && status 1 env BROWSER=nothere "$sulan" --lang en -C "$work/d.ini" doctor && for what in 'settings.*d.ini:1' 'settings.*d.ini:7: no command' 'opening.*nothere was not found' 'a.example.*not handed to a shell' 'command.*BROWSER names'; do grep -q "^problem  *$what" "$work/out" || { echo "not said: $what"; cat "$work/out"; return 1; }; done && grep -q '^ok  *mp.weixin.qq.com *qr' "$work/out"; }
doctor_link() { status 0 env -u TMUX SSH_CONNECTION=x "$sulan" --lang en doctor https://t.co/a && grep -q 't.co → ?' "$work/out" && status 1 "$sulan" --lang en doctor javascript:x && grep -q 'only http' "$work/out"; }
sample() { mkdir -p "$work/cwd" && s=$(realpath "$sulan") && (cd "$work/cwd" && "$s" print </dev/null >"$work/out" 2>&1) && grep -q '速览样刊' "$work/out"; }
newest() { mkdir -p "$work/many" && sed 's/^# .*/# 早报 2026-01-01/' "$data" >"$work/many/2026-01-01.md" && sed 's/^# .*/# 早报 2026-01-02/' "$data" >"$work/many/2026-01-02.md" && status 0 "$sulan" list --format tsv -- "$work/many" && [ "$(cut -f 2 "$work/out" | uniq | tr '\n' ' ')" = '2026-01-02 2026-01-01 ' ]; }

"$sulan" list --format tsv -- "$data" >"$work/utf" 2>/dev/null
check "a missing file is named, exit 3" missing
check "a folder without issues is named, exit 3" folder
check "an empty file is named, exit 3" empty
check "binary data is refused, exit 3" binary
check "the others are printed all the same" others
check "a file with some bad bytes is still read" latin
check "GB18030 reads as UTF-8 does" gb
check "a FIFO does not block" fifo
check "a pipe, - and a file give the same" piped
check "an unknown option is a usage error" usage
check "a library without a name is no folder" no_library
check "an unknown format is a usage error" format
check "a width must be a number" width
check "nothing matched is exit 1" nothing
check "a file among the words is pointed out" mistaken
check "a wrong filter names its column" filter
check "a filter lets through what it says" listed
check "a minus negates" negated
check "JSON has its schema and all stories" json
check "a width is kept" narrow
check "spacing and hanging marks are printed, and not handed on" spacing
check "a dumb terminal is told of print" terminal
check "wrong lines of the configuration are named" warning
rm -rf "$work/config/sulan"
check "a profile is used, and named by check" profile
check "a configuration that is asked for must be there" config
check "an unknown theme is said and passed over when printing" theme
check "a theme of the reader's own is found" own_theme
check "--version" version
check "--help in both languages" help
check "--library is taken" library
check "a full disk is noticed" full
check "the newest issue comes first" newest
check "without anything to read the sample is shown" sample
check "doctor finds all well, and makes nothing" doctor
check "doctor tells how many colours there are" doctor_colors
check "doctor names what is wrong" doctor_ill
check "doctor says what becomes of an address" doctor_link

tab=$(printf "\t")
related() {
	mkdir "$work/threads"
	for day in 1:2 3:4 9:1; do
		printf '# 晨报 2026-03-0%s\n\n## Polaris 3 第 %s 批\n\n发货。\n\n## 风大 %s 级\n\n小心。\n' \
			"${day%:*}" "${day#*:}" "$day" >"$work/threads/2026-03-0${day%:*}.md"
	done
	status 0 "$sulan" import "$work/threads" || return 1
	id=$("$sulan" search --format tsv '"第 4 批"' | cut -f 1)
	status 0 "$sulan" related "$id" || return 1
	[ "$(grep -c 'Polaris 3 第' "$work/out")" -eq 2 ] || { cat "$work/out"; return 1; }
	! grep -q 风大 "$work/out" || return 1
	status 0 "$sulan" related --format tsv "$id" || return 1
	[ "$(cut -f 2,10 "$work/out" | sort | head -n 1)" = "2026-03-01${tab}polaris 3" ] || { cat "$work/out"; return 1; }
	status 0 "$sulan" related --format json "$id" && grep -q '"date":"2026-03-09"' "$work/out" || return 1
	status 1 "$sulan" related 0123456789abcdef && [ ! -s "$work/out" ] &&
		status 2 "$sulan" --lang en related && says 'one story' && status 2 "$sulan" related a b
}
check "what goes with a story is of other issues, and there is nothing for one unknown" related
trend() { # the issues of `related`
	status 0 "$sulan" --lang en trend --width 30 'Polaris' || return 1
	[ "$(sed -n '1p;$p' "$work/out")" = 'Polaris  3 stories, at most 1…
      03-02    03-05    03-09' ] || { cat "$work/out"; return 1; }
	status 0 "$sulan" trend --by month --format tsv Polaris 风大 || return 1
	[ "$(cut -f 1-4 "$work/out")" = "Polaris${tab}2026-03-01${tab}2026-03-31${tab}3
风大${tab}2026-03-01${tab}2026-03-31${tab}3" ] || { cat "$work/out"; return 1; }
	status 0 "$sulan" trend --format json Polaris && grep -q '"by":"day","words":\[{"word":"Polaris","hits":3' "$work/out" || return 1
	LC_ALL=C status 0 "$sulan" trend Polaris && grep -q '^0 +--' "$work/out" && ! grep -q '█' "$work/out" || return 1
	printf '[keywords]\ng = Polaris|polaris 3, 风大, 火星\n' >"$work/watch.ini"
	status 0 "$sulan" -C "$work/watch.ini" trend && grep -q '^Polaris .* 3$' "$work/out" && ! grep -q 火星 "$work/out" || return 1
	status 1 "$sulan" trend 火星 && [ ! -s "$work/out" ] && status 2 "$sulan" --lang en trend --by year x && says 'day, week or month'
}
check "how much is written about words is counted and drawn" trend
finish
