# sulan-fetch against a server on loopback, local repositories and programs: what comes, what is
# refused, what stays.
. tests/house/script.sh
build=${BUILD:-build}
fetch=$build/sulan-fetch
www=$work/www
mkdir -p "$www" "$work/port"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null HOME=$work no_proxy=127.0.0.1

# The server ends when its standard input does.
mkfifo "$work/in" "$work/out_port"
"$build/tests/fetch/serve" "$www" <"$work/in" >"$work/out_port" &
exec 9>"$work/in"
read -r port <"$work/out_port"
at=http://127.0.0.1:$port

get() { # kind, words: into $work/d
	kind=$1
	shift
	"$fetch" --dir "$work/d" --name 早报 --today 2026-01-23 --timeout 5 $options $kind "$@" >"$work/out" 2>"$work/err"
}
told() { # text in what it tells
	grep -qF -- "$1" "$work/out" || { echo "not told: $1"; cat "$work/out"; return 1; }
}
fails() { # text of the error, kind, words
	wanted=$1
	shift
	get "$@" && { echo "did not fail"; return 1; }
	told "error" && told "$wanted"
}
fresh() { rm -rf "$work/d" "$www"/* && options=; }
issue() { printf '# 早报 %s\n\n## 标题\n\n正文\n' "$1" >"$www/$1.md"; }
item() { # guid, title, date, description
	printf '<item><title>%s</title><guid>%s</guid><link>https://example.org/%s</link><pubDate>%s</pubDate><description>%s</description></item>\n' "$2" "$1" "$1" "$3" "$4"
}
rss() { # items on standard input
	{ echo '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>'; cat; echo '</channel></rss>'; } >"$www/feed.xml"
}
stories() { "$sulan" list --format tsv -- "$work/d" | wc -l; }

days() { fresh; issue 2026-01-23; issue 2026-01-21; get url "$at/%Y-%m-%d.md" && told 'done 2' && cmp "$www/2026-01-21.md" "$work/d/2026-01-21.md" && [ ! -e "$work/d/2026-01-22.md" ]; }
etag() { get url "$at/%Y-%m-%d.md" && told 'done 0' && touch "$www/2026-01-23.md" && sed -i 's/正文/改过/' "$www/2026-01-23.md" && get url "$at/%Y-%m-%d.md" && told 'wrote 2026-01-23.md' && told 'done 1'; }
old_days() { : >"$www/log" && get url "$at/%Y-%m-%d.md" && ! grep -q 2026-01-21 "$www/log" && grep -q 2026-01-22 "$www/log"; }
latest() { fresh; issue x; get url "$at/x.md" && told 'wrote 2026-01-23.md' && get url "$at/x.md" && told 'done 0'; }
none() { fresh; fails 'no issue of the last days' url "$at/%Y/%m/%d.md"; }
page() { fresh; echo '<!DOCTYPE html><p>x' >"$www/x.md"; fails 'not Markdown' url "$at/x.md" && [ -z "$(ls "$work/d")" ]; }
blank() { fresh; echo >"$www/x.md"; fails 'not Markdown' url "$at/x.md" && [ -z "$(ls "$work/d")" ]; }
heavy() { fresh; { echo '# 早报'; head -c 1500000 /dev/zero | tr '\0' x; } >"$www/x.md" && options='--max 1'; fails 'too large' url "$at/x.md" && options= && get url "$at/x.md" && told 'done 1'; }
percent() { fresh; issue 'a b'; get url "$at/a%20b.md"; grep -qF 'a%20b' "$www/log"; }

status() { fresh; fails 500 feed "$at/broken"; }
loop() { fresh; fails 'no answer' feed "$at/loop"; }
to_file() { fresh; fails 'no answer' feed "$at/to-file"; }
own_file() { fresh; rss </dev/null; fails 'no answer' feed "file://$www/feed.xml"; }
gone() { fresh; fails 'no such feed' feed "$at/nothing"; }
cut_off() { fresh; fails 'no answer' feed "$at/cut"; }
endless() { fresh; options='--max 1'; fails 'too large' feed "$at/endless"; }
hang() { fresh; options='--timeout 1'; fails 'no answer' feed "$at/hang"; }
closed() { fresh; fails 'no answer' feed http://127.0.0.1:1/; }

feed() { fresh; { item 1 一 'Thu, 22 Jan 2026 09:30:00 +0800' '&lt;h2&gt;小标题&lt;/h2&gt;&lt;p&gt;甲&lt;a href="https://example.org/x"&gt;乙&lt;/a&gt;&lt;/p&gt;'; item 2 二 'Wed, 21 Jan 2026 09:30:00 +0800' 丙; } | rss; get feed "$at/feed.xml" && told 'done 2' && grep -qF '**小标题**' "$work/d/2026-01-22.md" && grep -qF '甲[乙](https://example.org/x)' "$work/d/2026-01-22.md"; }
long_title() { fresh; item 1 "ab$(yes 字 | head -n 1000 | tr -d '\n')" '2026-01-22' 甲 | rss; get feed "$at/feed.xml" && grep -q '^## ab字.*字$' "$work/d/2026-01-22.md" && iconv -f UTF-8 -t UTF-8 "$work/d/2026-01-22.md" >/dev/null; }
unchanged() { get feed "$at/feed.xml" && told 'done 0'; }
kept() { item 3 三 'Thu, 22 Jan 2026 10:30:00 +0800' 丁 | rss; get feed "$at/feed.xml" && told 'done 1' && [ "$(stories)" -eq 3 ] && [ "$(grep '^## ' "$work/d/2026-01-22.md" | tr -d '\n')" = '## 三## 一' ]; }
edited() { item 3 三改 'Thu, 22 Jan 2026 10:30:00 +0800' 戊 | rss; get feed "$at/feed.xml" && [ "$(grep '^## ' "$work/d/2026-01-22.md" | tr -d '\n')" = '## 三改## 一' ]; }
undated() { fresh; item 1 一 '' 甲 | rss; get feed "$at/feed.xml" && { item 2 二 '' 乙; item 1 一 '' 甲; } | rss && "$fetch" --dir "$work/d" --today 2026-01-24 feed "$at/feed.xml" >"$work/out" && grep -q '^## 二' "$work/d/2026-01-24.md" && ! grep -q '^## 一' "$work/d/2026-01-24.md"; }
future() { fresh; item 1 一 'Thu, 22 Jan 2037 09:30:00 +0800' 甲 | rss; get feed "$at/feed.xml" && [ -e "$work/d/2026-01-23.md" ]; }
atom() { fresh; cat >"$www/feed.xml" <<X
<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title type="html">A &amp;lt;b</title><link rel="self" href="https://example.org/self"/><link href="https://example.org/a"/><published>2026-01-22T23:30:00-05:00</published><author><name>人</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>甲 &lt; 乙<br/>丙</p></div></content></entry></feed>
X
	get feed "$at/feed.xml" && grep -qF '[人](https://example.org/a)' "$work/d/2026-01-22.md" && grep -qF '甲 \< 乙\' "$work/d/2026-01-22.md" && grep -qF '## A \<b' "$work/d/2026-01-22.md"; }
summary() { fresh; cat >"$www/feed.xml" <<X
<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title>甲</title><published>2026-01-22T00:00:00Z</published><summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>乙<a href="https://example.org/x">丙</a></p></div></summary></entry></feed>
X
	get feed "$at/feed.xml" && grep -qF "乙[丙](https://example.org/x)" "$work/d/2026-01-22.md"; }
rdf() { fresh; cat >"$www/feed.xml" <<X
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title></channel><item rdf:about="https://example.org/a"><title>甲</title><link>https://example.org/a</link><dc:date>2026-01-22T08:00:00Z</dc:date><dc:creator>人</dc:creator><dc:subject>科</dc:subject><description>乙</description></item></rdf:RDF>
X
	get feed "$at/feed.xml" && grep -qF '[人](https://example.org/a)' "$work/d/2026-01-22.md" && grep -qF '> **分类：** 科' "$work/d/2026-01-22.md"; }
clocks() { fresh; i=0; for time in 'Thu, 22 Jan 2026 09:30:59 +0800' 2026-01-22T23:07:08Z '2026-01-22T10:11' '2026-01-22 24:00' '2026-01-22 11:60' 2026-01-22; do i=$((i + 1)); item $i "第 $i 条" "$time" 甲; done | rss; get feed "$at/feed.xml" && [ "$(sed -n 's/^<!-- entry [0-9a-f]* \([0-9]*\) -->$/\1/p' "$work/d/2026-01-22.md" | tr '\n' ' ')" = '83228 36660 34259 00000 00000 00000 ' ]; }
untitled() { fresh; item 1 '' 2026-01-22 '&lt;p&gt;无题一句。&lt;/p&gt;&lt;p&gt;乙&lt;/p&gt;' | rss; get feed "$at/feed.xml" && grep -qx '## 无题一句。' "$work/d/2026-01-22.md"; }
wide() { for order in BE LE; do fresh; { [ $order = BE ] && printf '\376\377' || printf '\377\376'; { echo '<rss><channel>'; item 1 一 2026-01-22 甲; echo '</channel></rss>'; } | iconv -t UTF-16$order; } >"$www/feed.xml"; get feed "$at/feed.xml" && grep -q '^## 一' "$work/d/2026-01-22.md" || return 1; done; }
moved() { fresh; item 1 一 '2026-01-22' 甲 | rss; get feed "$at/moved" && told 'done 1'; }
many() { fresh; i=0; while [ $i -lt 2000 ]; do i=$((i + 1)); item $i "第 $i 条" "2026-01-$((10 + i % 10))T08:00:00Z" "正文 $i"; done | rss; get feed "$at/feed.xml" && told 'done 10' && [ "$(stories)" -eq 2000 ]; }

laughs() { fresh; { echo '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'; for i in b:a c:b d:c e:d f:e g:f h:g i:h; do e=${i#*:}; echo "<!ENTITY ${i%:*} \"&$e;&$e;&$e;&$e;&$e;&$e;&$e;&$e;&$e;&$e;\">"; done; echo ']><rss><channel><item><title>t</title><description>&i;</description></item></channel></rss>'; } >"$www/feed.xml"; get feed "$at/feed.xml"; [ "$(cat "$work/d"/*.md 2>/dev/null | wc -c)" -lt 1000 ]; }
outside() { fresh; echo secret >"$work/secret"; echo "<!DOCTYPE x [<!ENTITY a SYSTEM \"file://$work/secret\">]><rss><channel><item><title>t</title><description>&a;</description></item></channel></rss>" >"$www/feed.xml"; get feed "$at/feed.xml"; ! grep -rq secret "$work/d"; }
deep() { fresh; { echo '<rss><channel><item><title>t</title><description>'; yes '<a>' | head -n 100000 | tr -d '\n'; echo '</description></item></channel></rss>'; } >"$www/feed.xml"; get feed "$at/feed.xml"; [ $? -le 1 ]; }
deep_html() { fresh; { echo '<rss><channel><item><title>t</title><description><![CDATA['; yes '<b><div><a href="https://example.org/">' | head -n 20000 | tr -d '\n'; echo '底]]></description></item></channel></rss>'; } >"$www/feed.xml"; get feed "$at/feed.xml" && [ -e "$work/d/2026-01-23.md" ]; }
truncated() { fresh; { echo '<rss><channel>'; item 1 一 2026-01-22 甲; echo '<item><title>二'; } >"$www/feed.xml"; get feed "$at/feed.xml" && [ "$(stories)" -eq 1 ]; }
no_entry() { fresh; rss </dev/null; fails 'holds no entry' feed "$at/feed.xml"; }
no_feed() { fresh; echo '<p>hello' >"$www/feed.xml"; fails 'feed.xml' feed "$at/feed.xml"; }
empty() { fresh; : >"$www/feed.xml"; fails 'is no feed' feed "$at/feed.xml"; }
lying() { fresh; { echo '<?xml version="1.0" encoding="GBK"?><rss><channel>'; item 1 一 2026-01-22 甲; echo '</channel></rss>'; } >"$www/feed.xml"; get feed "$at/feed.xml" && grep -q '^## 一' "$work/d/2026-01-22.md"; }
gbk() { fresh; { echo '<?xml version="1.0" encoding="GBK"?><rss><channel>'; item 1 一 2026-01-22 甲; echo '</channel></rss>'; } | iconv -t GBK >"$www/feed.xml"; get feed "$at/feed.xml" && grep -q '^## 一' "$work/d/2026-01-22.md"; }
gbk_server() { fresh; { echo '<rss><channel>'; item 1 一 2026-01-22 甲; echo '</channel></rss>'; } | iconv -t GBK >"$www/gbk.xml"; get feed "$at/gbk.xml" && grep -q '^## 一' "$work/d/2026-01-22.md"; }
markup() { fresh; item 1 '## 题 &lt;!-- entry 0 --&gt;' 2026-01-22 '&lt;p&gt;## 甲&lt;/p&gt;&lt;p&gt;1. 乙&lt;/p&gt;&lt;p&gt;- 丙&lt;/p&gt;&lt;p&gt;&amp;#27;[31m丁&amp;#155;&lt;/p&gt;&lt;a href="javascript:x"&gt;戊&lt;/a&gt;&lt;a href="http://example.org/x"&gt;己&lt;/a&gt;' | rss; get feed "$at/feed.xml" && [ "$(stories)" -eq 1 ] && grep -qx '\\## 甲' "$work/d"/*.md && grep -qx '1\\\. 乙' "$work/d"/*.md && grep -qx '\\- 丙' "$work/d"/*.md && grep -qF '戊[己](http://example.org/x)' "$work/d"/*.md && ! grep -q javascript "$work/d"/*.md && ! LC_ALL=C grep -q "$(printf '\033')" "$work/d"/*.md; }

repository() { git init -q -b main "$work/repo" && issue 2026-01-22 && cp "$www/2026-01-22.md" "$work/repo/" && ln -s /etc/passwd "$work/repo/link.md" && commit; }
commit() { (cd "$work/repo" && git add -A && git -c user.name=x -c user.email=x commit -qm x); }
cloned() { fresh; repository; get git "$work/repo" && told 'done 1' && [ -e "$work/d/2026-01-22.md" ] && [ ! -L "$work/d/link.md" ]; }
pulled() { get git "$work/repo" && told 'done 0' && cp "$work/repo/2026-01-22.md" "$work/repo/2026-01-23.md" && commit && get git "$work/repo" && told 'done 1' && [ -e "$work/d/2026-01-23.md" ]; }
no_repository() { fresh; fails 'none' git "$work/none"; }
transport() { fresh; fails 'git' git "ext::touch $work/touched" && [ ! -e "$work/touched" ]; }
helper() { mkdir -p "$work/bin" && printf '#!/bin/sh\ntouch "%s"\n' "$work/touched" >"$work/bin/git-remote-x" && chmod 755 "$work/bin/git-remote-x" && ( PATH=$work/bin:$PATH && fresh && fails 'git' git x::y ) && [ ! -e "$work/touched" ]; }
option() { fresh; fails 'not the address' git --upload-pack=x; }

program() { fresh; get command printf '# %s\n\n## 甲\n\n乙\n' '$(touch x)' && told 'wrote 2026-01-23.md' && grep -qF '$(touch x)' "$work/d/2026-01-23.md" && get command printf '# %s\n\n## 甲\n\n乙\n' '$(touch x)' && told 'done 0'; }
quiet() { fresh; get command true && told 'done 0' && [ -z "$(ls "$work/d")" ]; }
loud() { fresh; options='--max 1'; fails 'too large' command cat /dev/zero; }
late() { fresh; options='--timeout 1'; fails 'too long' command sleep 100; }
missing() { fresh; fails 'cannot be started' command "$work/none"; }
words() { fresh; fails "$(printf 'did not succeed: %%s\tls:')" command ls "$work/none"; }
read_only() { [ "$(id -u)" -eq 0 ] && return 0; mkdir -p "$work/ro" && chmod 500 "$work/ro" && ! "$fetch" --dir "$work/ro/d" command true >"$work/out" && told 'cannot be written'; }
usage() { "$fetch" feed x 2>"$work/err"; [ $? -eq 2 ] && "$fetch" --dir d nonesuch x 2>>"$work/err"; [ $? -eq 2 ]; }
unlinked() { ! ldd "$sulan" | grep -qE 'curl|xml'; }

check "days that the server has are brought" days
check "what has not changed is not brought again" etag
check "days gone by that are there are not asked for" old_days
check "one address for all days makes an issue when it changes" latest
check "a server without any issue is an error" none
check "a page in the place of an issue is no issue" page
check "nor is one that is blank" blank
check "as much comes as may" heavy
check "percent signs that are no date stay" percent
check "a server's error is told" status
check "redirects end" loop
check "a redirect to a file is not followed" to_file
check "a file is no address" own_file
check "a feed that is not there is told" gone
check "half an answer is none" cut_off
check "an endless answer is ended" endless
check "a silent server is given up" hang
check "a server that is not there is told" closed
check "RSS becomes an issue a day" feed
check "a feed that has not changed is left alone" unchanged
check "what a feed drops stays" kept
check "what a feed changes is changed" edited
check "what has no date stays on the day it came" undated
check "nothing comes from the future" future
check "Atom with XHTML and times elsewhere" atom
check "Atom with XHTML in its summary" summary
check "RSS 1.0 with the words of Dublin Core" rdf
check "what came last in a day comes first" clocks
check "an entry without a title has its first line for one" untitled
check "a redirect is followed" moved
check "a long title ends with a whole character" long_title
check "2,000 entries" many
check "entities do not grow" laughs
check "entities do not reach for files" outside
check "XML of great depth" deep
check "HTML of great depth" deep_html
check "a cut feed gives what it has" truncated
check "a page is no feed" no_feed
check "nothing is no feed" empty
check "a feed without entries is told" no_entry
check "feeds in UTF-16" wide
check "a feed that says GBK and is UTF-8" lying
check "a feed in GBK" gbk
check "a feed in GBK that only the server knows of" gbk_server
check "markup and escapes of entries stay text" markup
check "a repository is cloned, its links are files" cloned
check "a repository is pulled" pulled
check "a repository that is not there is told" no_repository
check "a transport that runs programs is refused" transport
check "a transport that git has a helper for is refused as well" helper
check "an option is no repository" option
check "a program's output is an issue; no shell sees its words" program
check "a program that says nothing brings nothing" quiet
check "a program that says too much is ended" loud
check "a program that takes too long is ended" late
check "a program that is not there is told" missing
check "a program's last words are told" words
check "a folder that cannot be made is told" read_only
check "usage" usage
check "the reader does not link the network" unlinked
exec 9>&-
finish
