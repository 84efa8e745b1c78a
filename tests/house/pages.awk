# What the first of two manual pages says and the second, the same page in another language, does not:
# awk -f pages.awk man/sulan.5 man/zh_CN/sulan.5
#
# Both are cut into pieces at headings, list items, paragraphs and displays. The pieces must go one
# with one; each must have every literal (an option, a key, a path, …) and every number that the other
# page has there, and no literal macro that is not in the other. Words are free.

BEGIN {
	fill(cuts, ".Sh .Ss .It .Pp .Bd .Ed")
	fill(literal, "Cm Dl Ev Fl Ic Li Pa Ql Xr")
	fill(other, "Ar Bl Bq Dd Dq Dt El It Nd Nm No Ns Oc Oo Op Os Pc Po Pq Sc Sh So Sq Ss Sx")
	fill(stands_in, "name value") # for what is to be written there: a language has its own word
	part_of_word = "[A-Za-z0-9_-]"
}

FNR == 1 {
	page++
	n = 0
	file[page] = FILENAME
}

/^\.\\"/ { next }

{
	first = $1
	# Only a section named SYNOPSIS has a line for each Nm; elsewhere a list stands for them.
	if (first == ".Sh")
		in_synopsis = $2 == "SYNOPSIS"
	if (in_synopsis && $0 == ".Nm")
		first = ".It"
	if (first in cuts) {
		n_pieces[page] = ++n
		kind[page, n] = first
		at[page, n] = FNR
	} else if (kind[page, n] == ".Bd")
		show($0)
	if (substr($0, 1, 1) == ".")
		read_macros($0)
	else
		text[page, n] = text[page, n] " " plain($0)
}

function fill(set, words,    list, i) {
	split(words, list, " ")
	for (i in list)
		set[list[i]] = 1
}

# A row of a display: of a configuration it is the same in all languages.
function show(row) {
	n_rows[page, n]++
	if (row ~ /^\[/ || row ~ / = /)
		say(plain(row))
}

function say(what) {
	said[page, n] = said[page, n] what "\n"
}

function read_macros(line,    words, n_words, i, word, macro) {
	n_words = split(substr(line, 2), words, " ")
	for (i = 1; i <= n_words; i++) {
		word = words[i]
		if (word in literal || word in other) {
			macro = word
			continue
		}
		word = plain(word)
		if (macro == "Fl" && word !~ /^[.,:;|)]$/)
			word = "-" word
		text[page, n] = text[page, n] " " word
		if (macro in literal && word ~ /[^.,:;|()=]/)
			say(word)
	}
}

function plain(s) {
	gsub(/\\[&c]/, "", s)
	gsub(/\\-/, "-", s)
	gsub(/\\ /, " ", s)
	gsub(/\\\(ti/, "~", s)
	gsub(/\\\(aq/, "'", s)
	gsub(/\\\(dq|"/, "", s)
	return s
}

# Whether the word stands in the text by itself, not as a part of another.
function has(s, word,    i, before, behind) {
	while ((i = index(s, word)) > 0) {
		before = i > 1 ? substr(s, i - 1, 1) : ""
		behind = substr(s, i + length(word), 1)
		if (!(word ~ ("^" part_of_word) && before ~ part_of_word) &&
		    !(word ~ (part_of_word "$") && behind ~ part_of_word))
			return 1
		s = substr(s, i + 1)
	}
	return 0
}

function complain(p, i, what) {
	printf "%s:%d: %s\n", file[p], at[p, i], what
}

# The literals of page `a` in piece i that page `b` does not have there.
function compare_literals(a, b, i,    words, n_words, j, bare) {
	n_words = split(said[a, i], words, "\n")
	for (j = 1; j < n_words; j++) {
		bare = words[j]
		gsub(/[^A-Za-z]/, "", bare)
		if (a == 2 && words[j] ~ /[\200-\377]/ || bare in stands_in)
			continue
		if (!has(text[b, i], words[j]))
			complain(2, i, words[j] (a == 2 ? ", which " file[1] " does not have there" : ""))
	}
}

function compare_numbers(i,    s, number) {
	for (s = text[1, i]; match(s, /[0-9]+/); s = substr(s, RSTART + RLENGTH)) {
		number = substr(s, RSTART, RLENGTH)
		if (text[2, i] !~ ("(^|[^0-9])" number "([^0-9]|$)"))
			complain(2, i, "the number " number)
	}
}

END {
	for (i = 0; i <= n_pieces[1] || i <= n_pieces[2]; i++) {
		if (kind[1, i] != kind[2, i]) {
			complain(2, i < n_pieces[2] ? i : n_pieces[2], "line " at[1, i] " of " file[1] \
				" has " (kind[1, i] ? kind[1, i] : "nothing more") ", not " kind[2, i])
			exit
		}
		if (n_rows[1, i] != n_rows[2, i])
			complain(2, i, "rows of a display: " n_rows[1, i] ", not " n_rows[2, i])
		compare_literals(1, 2, i)
		compare_literals(2, 1, i)
		compare_numbers(i)
	}
}
