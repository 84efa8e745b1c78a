# Completion of sulan in bash.

_sulan_words() { # words that may stand here, apart by blanks
	COMPREPLY+=($(compgen -W "$1" -- "$cur"))
}

_sulan_files() {
	local IFS=$'\n'
	compopt -o filenames
	COMPREPLY+=($(compgen -f -- "$cur"))
}

# The mode of the line: its first word that is no option and no argument of one.
_sulan_mode() {
	local i word
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		case $word in
		-C | -o | --config | --library | --theme | --lang | --profile | --width | --format | --output | --by) ((i++)) ;;
		-*) ;;
		*)
			mode=$word
			return
			;;
		esac
	done
}

_sulan_formats() {
	case $mode in
	print | '') _sulan_words 'text ansi markdown html json' ;;
	export) _sulan_words 'md json tsv' ;;
	*) _sulan_words 'table tsv json' ;;
	esac
}

_sulan_options() {
	local more=
	case $mode in
	'') more='--width --format --help --version' ;;
	print) more='--width --format' ;;
	list) more='--format --state' ;;
	export) more='--format --output --force --whole' ;;
	search) more='--format --rank' ;;
	related) more='--format' ;;
	trend) more='--format --by' ;;
	themes) more='--roles' ;;
	esac
	_sulan_words "--config --library --theme --lang --profile $more"
}

# Terms with a field go on behind their colon.
_sulan_filter() {
	_sulan_words 'unread read star later dismissed note'
	_sulan_words 'tag: cat: pub: source: kw: note: title: after: before: kind: id:'
	[[ ${COMPREPLY[0]} == *: ]] && compopt -o nospace
}

_sulan() {
	local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} mode=
	COMPREPLY=()
	_sulan_mode
	case $before in
	--theme) _sulan_words "$(sulan themes 2>/dev/null | cut -f 1)" ;;
	--lang) _sulan_words 'zh_CN en' ;;
	--by) _sulan_words 'day week month' ;;
	--format) _sulan_formats ;;
	-C | --config | -o | --output | --library) _sulan_files ;;
	--width | --profile) ;;
	*)
		case $cur:$mode in
		-*) _sulan_options ;;
		*:)
			_sulan_words 'print list export search related trend import mark sync fetch check doctor keys options themes'
			_sulan_files
			;;
		*:list | *:export) _sulan_filter ;;
		*:mark)
			[[ $before == mark ]] &&
				_sulan_words 'read unread star unstar later unlater dismiss undismiss tag untag note'
			;;
		*:related | *:sync | *:fetch | *:doctor | *:keys | *:options | *:themes) ;;
		*) _sulan_files ;;
		esac
		[[ " ${COMP_WORDS[*]:0:COMP_CWORD} " == *' -- '* ]] && COMPREPLY=() && _sulan_files
		;;
	esac
}

complete -F _sulan sulan
