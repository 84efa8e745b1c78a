# Completion in the shells offers every mode and every option, and what may stand where.
. tests/report.sh
sulan=$(cd "${BUILD:-build}" && pwd)/sulan
PATH=${sulan%/*}:$PATH
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
# fish makes folders of its own in each of them.
export LC_ALL=C.UTF-8 HOME="$work" XDG_CONFIG_HOME="$work" XDG_DATA_HOME="$work" XDG_CACHE_HOME="$work"
help=$("$sulan" --lang en --help)
place=$PWD/completions

modes() {
	printf '%s\n' "$help" | sed -n 's/^ *sulan \([a-z]\)/\1/p' | grep -oE '^[a-z]+|\| [a-z]+' | tr -d '| '
}
unknown() { # file, how an option is written there
	for mode in $(modes); do
		grep -qwF -- "$mode" "$1" || echo "mode $mode"
	done
	for option in $(printf '%s\n' "$help" | grep -oE -- '--[a-z]+' | sort -u); do
		grep -qE -- "$2${option#--}\>" "$1" || echo "option $option"
	done
}
offers() { # line, then words that must be offered; what is printed are those that are not
	line=$1
	shift
	offered=$(in_shell "$line")
	for word; do
		printf '%s\n' "$offered" | grep -qxF -- "$word" || echo "behind '$line' not $word"
	done
}
withholds() { # the same of words that must not
	line=$1
	shift
	offered=$(in_shell "$line")
	for word; do
		printf '%s\n' "$offered" | grep -qxF -- "$word" && echo "behind '$line' $word"
	done
}
everywhere() {
	offers 'sulan ' $(modes)
	offers 'sulan list un' unread
	offers 'sulan list pub' pub:
	offers 'sulan list -- READ' README.md
	offers 'sulan READ' README.md
	offers 'sulan --theme ' ink paper
	offers 'sulan -C man/config.ini mark un' unread unstar
	offers 'sulan export --format ' md tsv
	offers 'sulan print --format ' html
	offers 'sulan list --st' --state
	withholds 'sulan list READ' README.md
	withholds 'sulan export --format ' table
	withholds 'sulan mark read un' unread
	withholds 'sulan trend --st' --state
}

# Completion asks for things that bash has only while a line is typed.
in_bash() {
	bash -c '. "$1" 2>/dev/null
		compopt() { :; }
		read -ra COMP_WORDS <<<"$2"
		[[ $2 == *" " ]] && COMP_WORDS+=("")
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		_sulan
		printf "%s\n" "${COMPREPLY[@]}"' bash "$place/sulan.bash" "$1"
}
in_fish() {
	fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$place/sulan.fish" "$1" | cut -f 1
}

report "bash is offered every mode and option" "$(unknown completions/sulan.bash --)"
report "zsh is" "$(unknown completions/_sulan --)"
report "fish is" "$(unknown completions/sulan.fish '-l ')"
in_shell() { in_bash "$1"; }
report "bash completes what may stand there" "$(everywhere)"
if command -v fish >/dev/null; then
	in_shell() { in_fish "$1"; }
	report "fish completes what may stand there" "$(everywhere)"
else
	skip "fish completes what may stand there" "there is no fish"
fi
if command -v zsh >/dev/null; then
	report "zsh reads it" "$(zsh -n completions/_sulan 2>&1)"
else
	skip "zsh reads it" "there is no zsh"
fi
finish
