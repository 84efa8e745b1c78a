# sulan fetch: the sources of the configuration deliver beside each other, and one that fails spoils
# none of the others.
. tests/house/script.sh
build=${BUILD:-build}
www=$work/www
mkdir -p "$www" "$work/config/sulan" "$work/cwd"
export HOME=$work no_proxy=127.0.0.1
mkfifo "$work/in" "$work/out_port"
"$build/tests/fetch/serve" "$www" <"$work/in" >"$work/out_port" &
exec 9>"$work/in"
read -r port <"$work/out_port"
at=http://127.0.0.1:$port
today=$(date +%Y-%m-%d)
sulan=$(realpath "$sulan")
cd "$work/cwd" || exit 1

printf '# 日报 %s\n\n## 甲\n\n乙\n\n## 丙\n\n丁\n' "$today" >"$www/$today.md"
echo "<rss><channel><item><title>一</title><guid>1</guid><pubDate>$today</pubDate><description>二</description></item></channel></rss>" >"$www/feed.xml"
cat >"$work/config/sulan/config.ini" <<X
[publication 日报/a]
url = $at/%Y-%m-%d.md
[publication Feed]
path = $work/feed
feed = $at/feed.xml
[publication Broken]
feed = $at/broken
[publication Mine]
command = echo #  x
[publication Plain]
path = $work/cwd
X

one() { status 0 "$sulan" --lang en fetch Feed && grep -qx "Feed	1" "$work/out" && [ "$(wc -l <"$work/out")" -eq 1 ] && [ -e "$work/feed/$today.md" ]; }
all() { status 3 "$sulan" --lang en fetch && says 'broken: the server answers with status 500' && grep -qx '日报/a	1' "$work/out" && grep -qx 'Feed	0' "$work/out" && grep -qx 'Mine	1' "$work/out" && ! grep -q Plain "$work/out"; }
placed() { cmp "$www/$today.md" "$work/data/sulan/sources/日报_a/$today.md"; }
listed() { status 0 "$sulan" list --format tsv && [ "$(grep -c "$today" "$work/out")" -ge 3 ]; }
chinese() { status 3 "$sulan" --lang zh_CN fetch Broken && says '服务器回答的状态码是 500'; }
unknown() { status 2 "$sulan" --lang en fetch Plain None && says 'no publication “Plain”' && says 'no publication “None”'; }
none() { printf '[publication Plain]\npath = %s\n' "$work/cwd" >"$work/none.ini" && status 1 "$sulan" -C "$work/none.ini" fetch; }
twice() { printf '[publication A]\nfeed = x\ngit = y\n' >"$work/twice.ini" && "$sulan" --lang en -C "$work/twice.ini" list >"$work/out" 2>"$work/err"; says 'twice.ini:3: a publication has one source'; }

check "one source by name" one
check "all sources, and the one that fails is said" all
check "a name with a slash is one folder" placed
check "what has come is read" listed
check "errors are in the reader's language" chinese
check "a name without a source is said" unknown
check "no source at all is nothing done" none
check "a second source for a publication is warned of" twice
exec 9>&-
finish
