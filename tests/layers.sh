#!/bin/sh
# The architecture, checked: who includes whom (tests/layers.tsv), which layer may use which library, no "../",
# a layer's name in every contract, no function in a header that one file alone names, and no mutable data, output, exit, clock, locale or environment in
# libsulan.a. Usage: tests/layers.sh LIBSULAN.A [ROOT]
set -u
lib=$1
root=${2:-.}
. tests/report.sh
cd "$root" || exit 2

# Includes: one line for each that is forbidden.
includes() {
	for file in include/sulan/*.h src/*.[ch] src/*/*.[ch]; do
		case $file in
		include/*) of=$(sed -n '1s|^/\* layer: \([a-z]*\)$|\1|p' "$file") ;;
		src/*/*) of=${file#src/} of=${of%%/*} ;;
		*) of=main ;;
		esac
		if [ -z "$of" ]; then
			echo "$file: its first line names no layer"
			continue
		fi
		grep -n '^#[ 	]*include' "$file" | sed "s|^|$file $of |"
	done | awk '
		function base_name(path) { sub(/.*\//, "", path); return path }
		BEGIN {
			while ((getline line < "tests/layers.tsv") > 0) {
				if (line ~ /^#/)
					continue
				split(line, col, "\t")
				may[col[1]] = " " col[1] " " col[2] " "
				n = split(col[3], libs, " ")
				for (i = 1; i <= n; i++)
					if (libs[i] != "-") {
						uses[col[1] " " libs[i]] = 1
						guarded[libs[i]] = 1
					}
			}
			guarded["sqlite3.h"] = guarded["curses.h"] = guarded["ncurses.h"] = 1
			"ls include/sulan/*.h | tr \"\\n\" \" \"" | getline headers
			n = split(headers, list, " ")
			for (i = 1; i <= n; i++) {
				getline first < list[i]
				sub(/.*layer: /, "", first)
				layer[base_name(list[i])] = first
			}
		}
		/names no layer/ { print; next }
		{
			file = $1; of = $2; line = $0
			if (!(of in may)) { print file ": no layer " of; next }
			if (line ~ /"\.\.\//) { print file ": reaches outside its folder: " line; next }
			if (match(line, /<[^>]*>/)) {
				name = substr(line, RSTART + 1, RLENGTH - 2)
				if (name ~ /^sulan\//) {
					to = layer[base_name(name)]
					if (to == "" || index(may[of], " " to " ") == 0)
						print file ": layer " of " may not include " name " (layer " to ")"
				} else if (name in guarded && !((of " " name) in uses))
					print file ": layer " of " may not use " name
			}
		}'
}

# Functions that a header declares and no second file calls: they belong to their file, or to nobody.
own() {
	find include src tests -name '*.[ch]' ! -name ucd.c ! -name readings.c ! -name variants.c | sort | xargs awk '
		FNR == 1 { is_header = FILENAME ~ /\.h$/ }
		/^\t*(\/\*| \*( |$|\/))/ { next }
		is_header && FILENAME !~ /^tests/ && /^[a-z]/ && !/^(static|typedef)/ && match($0, /[a-z_0-9]+\(/) {
			declared[substr($0, RSTART, RLENGTH - 1)] = FILENAME
		}
		{
			gsub(/[^A-Za-z0-9_]+/, " ")
			n = split($0, words, " ")
			for (i = 1; i <= n; i++)
				if (is_header)
					uses[words[i]]++
				else if (!seen[FILENAME, words[i]]++)
					files[words[i]]++
		}
		END {
			for (name in declared)
				if (files[name] < 2 && uses[name] < 2)
					print declared[name] ": " name " is called by no other file"
		}'
}

# Sections of the library's objects that could change while it runs.
mutable() {
	size -A "$lib" | awk '
		/^[^ ]+ *\(ex / || /:$/ { object = $1 }
		($1 ~ /^\.(data|bss|tdata|tbss)(\.|$)/) && $1 !~ /^\.data\.rel\.ro/ && $2 > 0 && !asan($1) {
			print "mutable data: " object " " $1 " " $2
		}
		function asan(name) { return name ~ /asan/ }'
}

# What the library must not call.
calls() {
	nm -u "$lib" 2>/dev/null | awk '
		/^[^ ]+\.o:$/ { object = $1 }
		{ name = $NF; sub(/@.*/, "", name) }
		name ~ /^(exit|_exit|printf|__printf_chk|puts|putchar|fprintf|__fprintf_chk|fputs|fwrite|perror|getenv|secure_getenv|setenv|putenv|time|clock_gettime|gettimeofday|localtime|localtime_r|gmtime|setlocale|nl_langinfo|system|popen|wordexp|execl|execlp|execv|execvp|fork|signal|isatty)$/ {
			print object " calls " name
		}'
}

report "includes follow the layers" "$(includes)"
case $(nm "$lib" 2>/dev/null | grep -c __asan_init) in
0) report "the library has no mutable data" "$(mutable)" ;;
*) skip "the library has no mutable data" "sanitizers add their own" ;;
esac
report "the library prints nothing and knows no clock, locale or environment" "$(calls)"
report "what a header declares is called by another file" "$(own)"
finish
