# Completion of sulan in fish.

set -l modes print list export search related trend import mark sync fetch check doctor keys options themes
set -l any "not __fish_seen_subcommand_from $modes"

complete -c sulan -n $any -a print -d 'write issues to standard output'
complete -c sulan -n $any -a list -d 'a line for each story that a filter lets through'
complete -c sulan -n $any -a export -d 'hand stories on'
complete -c sulan -n $any -a search -d 'look for words in the library'
complete -c sulan -n $any -a related -d 'what goes with a story'
complete -c sulan -n $any -a trend -d 'how much is written about words'
complete -c sulan -n $any -a import -d 'put files and folders into the index'
complete -c sulan -n $any -a mark -d 'mark stories'
complete -c sulan -n $any -a sync -d 'exchange marks with other devices'
complete -c sulan -n $any -a fetch -d 'have the sources deliver'
complete -c sulan -n $any -a check -d 'what a file is read as'
complete -c sulan -n $any -a doctor -d 'what works here, and what to do about the rest'
complete -c sulan -n $any -a keys -d 'the keys in effect'
complete -c sulan -n $any -a options -d 'the options'
complete -c sulan -n $any -a themes -d 'the themes'

complete -c sulan -s C -l config -r -d 'read this configuration'
complete -c sulan -l library -r -d 'where marks and index are kept'
complete -c sulan -l theme -x -a '(sulan themes 2>/dev/null | string replace -r "\t.*" "")' -d 'colours'
complete -c sulan -l lang -x -a 'zh_CN en' -d 'language of the interface'
complete -c sulan -l profile -x -d 'read issues as this profile says'
complete -c sulan -n $any -s h -l help -d 'a short help'
complete -c sulan -n $any -l version -d 'the version'
complete -c sulan -n "$any; or __fish_seen_subcommand_from print" -l width -x -d 'columns to print at'
complete -c sulan -n "$any; or __fish_seen_subcommand_from print" -l format -x -a 'text ansi markdown html json'
complete -c sulan -n '__fish_seen_subcommand_from list search related trend' -l format -x -a 'table tsv json'
complete -c sulan -n '__fish_seen_subcommand_from export' -l format -x -a 'md json tsv'
complete -c sulan -n '__fish_seen_subcommand_from export' -s o -l output -r -d 'write this file'
complete -c sulan -n '__fish_seen_subcommand_from export' -l force -d 'replace the file'
complete -c sulan -n '__fish_seen_subcommand_from export' -l whole -d 'all text of the stories'
complete -c sulan -n '__fish_seen_subcommand_from list' -l state -d 'marks, tags and notes as well'
complete -c sulan -n '__fish_seen_subcommand_from search' -l rank -d 'the best first'
complete -c sulan -n '__fish_seen_subcommand_from trend' -l by -x -a 'day week month'
complete -c sulan -n '__fish_seen_subcommand_from themes' -l roles -d 'what a theme gives styles to'

complete -c sulan -n '__fish_seen_subcommand_from list export; and not contains -- -- (commandline -opc)' -f \
	-a 'unread read star later dismissed note tag: cat: pub: source: kw: note: title: after: before: kind: id:'
complete -c sulan -n '__fish_seen_subcommand_from mark' -f
complete -c sulan -n "test (commandline -opc)[-1] = mark" \
	-a 'read unread star unstar later unlater dismiss undismiss tag untag note'
complete -c sulan -n '__fish_seen_subcommand_from search related trend sync fetch doctor keys options themes' -f
