# The manual says everything the tables say, in both languages, and is well formed.
. tests/report.sh
sulan=${BUILD:-build}/sulan
about() { # page, what is in it, what finds out; a page that is not written yet is passed over
	if [ -e "$1" ]; then
		report "$2 is in $1" "$($3)"
	else
		skip "$2 is in $1" "there is no $1"
	fi
}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export XDG_CONFIG_HOME=/nonexistent LC_ALL=C.UTF-8
tab=$(printf '\t')

rendered() { # page width
	[ ! -e "$1" ] || mandoc -Tutf8 -O width="$2" "$1" | sed 's/.\x08//g'
}
columns() { # as many # as a line has columns: a Han character is three bytes and two columns
	LC_ALL=C sed 's/[\xe3-\xef][\x80-\xbf][\x80-\xbf]/##/g; s/\xf0[\x80-\xbf]*/##/g; s/[\xc2-\xe2][\x80-\xbf]*/#/g'
}
has() { # page word: the word stands alone
	printf '%s\n' "$1" | grep -qF -- "$2"
}
commands() {
	"$sulan" --lang en keys | cut -f 3 | sed 's/ .*//' | sort -u | while read -r c; do
		printf '%s\n' "$page1" | grep -qE "^ +$c( |\$)" || echo "command $c"
	done
}
keys() {
	"$sulan" --lang en keys | cut -f 2 | grep -v '^-$' | sort -u | while IFS= read -r k; do
		has "$page1" "‘$k’" || echo "key $k"
	done
}
options() {
	"$sulan" --lang en options | while IFS=$tab read -r name type value standard help; do
		printf '%s\n' "$page5" | grep -qE "^ +$name \(" || echo "option $name"
		printf '%s\n' "$page5" | grep -A 8 -E "^ +$name \(" | grep -qF "$(printf "$standard_is" "$standard")" ||
			echo "standard of $name: $standard"
	done
}
roles() {
	"$sulan" --lang en themes --roles | cut -f 1 | while read -r r; do
		printf '%s\n' "$page5" | LC_ALL=C grep -qE "^ +$r +$word_begins" || echo "role $r"
	done
}
help_options() {
	"$sulan" --lang en --help | grep -oE -- '--[a-z]+' | sort -u | while read -r o; do
		has "$page1" "$o" || echo "option $o"
	done
}
wide_help() {
	for lang in en zh_CN; do
		"$sulan" --lang $lang --help | columns | grep -E '.{81}'
	done
}
screen() {
	script=$(mktemp) || return
	{
		printf '%s\n' 'size 106x18' 'open man/sample.md' 'keys j j' screen
		sed -n '/^```$/,/^```$/p' README.md | sed '/^```$/d; s/^/|/'
		echo end
	} >"$script"
	"${BUILD:-build}/tests/play/play" "$script" >/dev/null || "${BUILD:-build}/tests/play/play" "$script"
	rm -f "$script"
}
wide_lines() { # of the help in the reader: keys have 19 of its 72 columns, then come help and name
	for lang in en zh_CN; do
		"$sulan" --lang $lang keys | cut -f 3,4 | sed 's/ [0-9]*\t/\t/; s/\t/ /' | sort -u |
			columns | grep -E '.{54}'
	done
}
lint() {
	{
		mandoc -Tlint man/*.[15]
		# It knows English titles alone, counts bytes, and takes the bracket of \[u540D] for punctuation.
		mandoc -Tlint man/zh_CN/*.[15] | grep -v -e 'first section is not "NAME"' -e 'outside NAME section' \
			-e 'longer than 80 bytes' -e 'trailing delimiter: .*\\\[u[0-9A-F]*\]$'
	} 2>"$work/err" | grep -v 'referenced manual not found'
	grep -v 'outdated mandoc.db' "$work/err"
}
wide_pages() { # formatters break lines at blanks alone, which Chinese has few of
	for page in man/zh_CN/*.[15]; do
		rendered "$page" 80 | columns | grep -n -E '.{81}' | sed "s|^\([0-9]*\):.*|line \1 of $page as it is shown|"
	done
}
compare() { # page in English, in Chinese
	LC_ALL=C ${AWK:-awk} -f tests/house/pages.awk "$1" "$2" 2>&1 || echo "pages.awk"
}
planted() { # what a change of the Chinese page, by sed, must have said of it
	sed "$1" man/zh_CN/sulan.5 >"$work/page"
	compare man/sulan.5 "$work/page" | grep -qF "$2" || echo "$1"
}
comparing() {
	planted '/^\.It Cm heat-4/d' '.It, not .Sh'
	planted '/^\.It Cm heat-4/s/4/5/' 'heat-4'
	planted 's/256/265/' 'the number 256'
	planted 's/^ *公司.weight = 2/公司.weight = 3/' '公司.weight = 2'
	planted '/^K = none/d' 'rows of a display'
	planted 's/sulan\\ sync/sulan/' 'sync'
	planted 's/XDG_DATA_HOME/XDG_DATA/' 'XDG_DATA, which'
	planted '/^\.Sh 主题/,$d' '.Sh, not'
	planted '$s/$/\n.Sh 后记/' 'nothing more, not .Sh'
}
sections() { # that the Chinese pages and the messages send a reader to
	{ cat po/zh_CN.po && rendered man/zh_CN/sulan.5 500; } | grep -o 'sulan(1) 的“[^”]*”' | sort -u |
		sed 's/.*“//; s/”//' | while read -r title; do
		grep -qxE "\.S[hs] $title" man/zh_CN/sulan.1 || echo "section $title"
	done
}
scripts() {
	for s in .ci/run .ci/deps tests/*.sh tests/*/*.sh; do
		bash -n "$s" || echo "$s"
	done 2>&1
}
sample() {
	for o in $("$sulan" --lang en options | cut -f 1,4 --output-delimiter ==); do
		grep -qF "#${o%%==*} = ${o##*==}" man/config.ini || echo "$o in man/config.ini"
	done
}
manuals() { # folder, how a standard is written, what a word begins with
	page1=$(rendered "$1/sulan.1" 500) page5=$(rendered "$1/sulan.5" 500) standard_is=$2 word_begins=$3
	about "$1/sulan.1" "every command" commands
	about "$1/sulan.1" "every key" keys
	about "$1/sulan.5" "every option with its standard value" options
	about "$1/sulan.5" "every role" roles
	about "$1/sulan.1" "every option of --help" help_options
}
same() {
	compare "man/$page" "man/zh_CN/$page"
}
report "mandoc finds nothing to complain about" "$(lint)"
manuals man 'Standard: %s.' '[A-Z]'
manuals man/zh_CN '默认：%s。' '[^ -~]'
for page in sulan.1 sulan.5 sulan-fetch.1; do
	about "man/zh_CN/$page" "all that is in man/$page" same
done
about man/zh_CN/sulan.1 "every section that a reader is sent to" sections
report "what a page in Chinese lacks is found out" "$(comparing)"
report "the pages in Chinese fit into 80 columns" "$(wide_pages)"
report "--help fits into 80 columns" "$(wide_help)"
report "every command's help fits into the reader's at 80 columns" "$(wide_lines)"
report "the scripts are well formed" "$(scripts)"
report "the sample configuration has every option at its standard" "$(sample)"
report "README shows the two commands" "$(grep -q 'make deps run' README.md && grep -q 'make deps check' README.md || echo README.md)"
report "the screen in README is that of the reader" "$(screen)"
finish
