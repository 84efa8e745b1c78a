# The manual says everything the tables say, and is well formed.
sulan=${BUILD:-build}/sulan
n=0 failed=0
result() {
	n=$((n + 1))
	if [ -z "$2" ]; then
		echo "ok $n - $1"
	else
		failed=1
		echo "not ok $n - $1"
		printf '%s\n' "$2" | sed 's/^/# missing: /'
	fi
}
export XDG_CONFIG_HOME=/nonexistent
tab=$(printf '\t')
page1=$(mandoc -Tutf8 -O width=500 man/sulan.1 | sed 's/.\x08//g')
page5=$(mandoc -Tutf8 -O width=500 man/sulan.5 | sed 's/.\x08//g')

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
		printf '%s\n' "$page5" | grep -A 8 -E "^ +$name \(" | grep -qF "Standard: $standard." ||
			echo "standard of $name: $standard"
	done
}
roles() {
	"$sulan" --lang en themes --roles | cut -f 1 | while read -r r; do
		printf '%s\n' "$page5" | grep -qE "^ +$r +[A-Z]" || echo "role $r"
	done
}
help_options() {
	"$sulan" --lang en --help | grep -oE -- '--[a-z]+' | sort -u | while read -r o; do
		has "$page1" "$o" || echo "option $o"
	done
}
wide_help() { # a Han character is three bytes and two columns
	for lang in en zh_CN; do
		"$sulan" --lang $lang --help | LC_ALL=C sed 's/[\xe3-\xef][\x80-\xbf][\x80-\xbf]/##/g' |
			LC_ALL=C grep -E '.{81}'
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
			LC_ALL=C sed 's/[\xe3-\xef][\x80-\xbf][\x80-\xbf]/##/g' | LC_ALL=C grep -E '.{54}'
	done
}
lint() {
	mandoc -Tlint man/sulan.1 man/sulan.5 man/sulan-fetch.1 2>&1 | grep -v 'referenced manual not found\|outdated mandoc.db'
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
echo 1..12
result "mandoc finds nothing to complain about" "$(lint)"
result "every command is in sulan(1)" "$(commands)"
result "every key is in sulan(1)" "$(keys)"
result "every option is in sulan(5), with its standard value" "$(options)"
result "every role is in sulan(5)" "$(roles)"
result "every option of --help is in sulan(1)" "$(help_options)"
result "--help fits into 80 columns" "$(wide_help)"
result "every command's help fits into the reader's at 80 columns" "$(wide_lines)"
result "the scripts are well formed" "$(scripts)"
result "the sample configuration has every option at its standard" "$(sample)"
result "README shows the two commands" "$(grep -q 'make deps run' README.md && grep -q 'make deps check' README.md || echo README.md)"
result "the screen in README is that of the reader" "$(screen)"
exit $failed
