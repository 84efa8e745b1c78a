#!/bin/sh
# Shows what the golden files would become, one diff each, and asks before it replaces any.
# usage: tests/bless.sh GOLDEN-PROGRAM
set -eu
good=tests/golden
new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
"$1" --write "$new"

visible() {
	sed "s/$(printf '\\033')/^[/g"
}

ask() {
	printf '%s [y/N/q] ' "$1"
	read -r answer || exit 0
	case $answer in
	[yY]*) return 0 ;;
	[qQ]*) exit 0 ;;
	*) return 1 ;;
	esac
}

for file in "$new"/*; do
	name=${file##*/}
	if [ ! -e "$good/$name" ]; then
		visible <"$file" | head -n 100
		ask "$name is new. Keep it?" && cp "$file" "$good/$name"
	elif ! cmp -s "$file" "$good/$name"; then
		diff -u "$good/$name" "$file" | visible || true
		ask "$name differs. Replace it?" && cp "$file" "$good/$name"
	fi || true
done
for file in "$good"/*; do
	name=${file##*/}
	case $name in *.c | README*) continue ;; esac
	[ -e "$new/$name" ] && continue
	ask "$name is made from nothing any more. Remove it?" && rm "$file" || true
done
