# Writes src/text/ucd.c from the order of the enums in ucd.h and the Unicode Character Database
# (Debian package unicode-data, 15.0.0). Run, from the top of the source tree:
#   U=/usr/share/unicode; LC_ALL=C awk -f src/text/ucd_gen.awk src/text/ucd.h $U/UnicodeData.txt \
#     $U/LineBreak.txt $U/auxiliary/GraphemeBreakProperty.txt $U/EastAsianWidth.txt \
#     $U/DerivedAge.txt $U/DerivedCoreProperties.txt $U/emoji/emoji-data.txt > src/text/ucd.c
function hex(s, n, i)
{
	n = 0
	for (i = 1; i <= length(s); i++)
		n = n * 16 + index("123456789ABCDEF", substr(s, i, 1))
	return n
}

# The code points of the first field into lo..hi, the second into value.
function parse(    at)
{
	sub(/#.*/, "")
	if (split($0, field, ";") < 2)
		return 0
	gsub(/[ \t]/, "", field[1])
	gsub(/[ \t]/, "", field[2])
	value = field[2]
	at = index(field[1], "..")
	lo = hex(at ? substr(field[1], 1, at - 1) : field[1])
	hi = at ? hex(substr(field[1], at + 2)) : lo
	return 1
}

function fill(array, from, to, v)
{
	for (; from <= to; from++)
		array[from] = v
}

BEGIN {
	fill(lb, hex("3400"), hex("4DBF"), "ID")
	fill(lb, hex("4E00"), hex("9FFF"), "ID")
	fill(lb, hex("F900"), hex("FAFF"), "ID")
	fill(lb, hex("1F000"), hex("1FAFF"), "ID")
	fill(lb, hex("1FC00"), hex("1FFFD"), "ID")
	fill(lb, hex("20000"), hex("2FFFD"), "ID")
	fill(lb, hex("30000"), hex("3FFFD"), "ID")
	fill(lb, hex("20A0"), hex("20CF"), "PR")
	fill(wide, hex("3400"), hex("4DBF"), "W")
	fill(wide, hex("4E00"), hex("9FFF"), "W")
	fill(wide, hex("F900"), hex("FAFF"), "W")
	fill(wide, hex("20000"), hex("2FFFD"), "W")
	fill(wide, hex("30000"), hex("3FFFD"), "W")
}

FNR == 1 { file++ }

file == 1 {
	while (match($0, /(LB|GCB)_[A-Z0-9_]+[,}]/) || match($0, /(LB|GCB)_[A-Z0-9_]+$/)) {
		name = substr($0, RSTART, RLENGTH)
		$0 = substr($0, RSTART + RLENGTH)
		sub(/,/, "", name)
		kind = name ~ /^LB/ ? "LB" : "GCB"
		if (!(name in value_of))
			value_of[name] = n_of[kind]++
	}
	next
}

file == 2 { # UnicodeData: the categories that matter, none of them given by First..Last
	split($0, field, ";")
	if (field[3] ~ /^(Mn|Mc|Me|Cf|Cc|Pi|Pf)$/)
		category[hex(field[1])] = field[3]
	next
}

!parse() { next }
file == 3 { fill(lb, lo, hi, value) }
file == 4 { fill(gcb, lo, hi, value) }
file == 5 { fill(wide, lo, hi, value) }
file == 6 { fill(known, lo, hi, 1); if (value + 0 < 15) fill(sure, lo, hi, 1) }
file == 7 && value == "Default_Ignorable_Code_Point" { fill(hidden, lo, hi, 1) }
file == 8 && value == "Extended_Pictographic" { fill(pictograph, lo, hi, 1) }
file == 8 && value == "Emoji_Modifier" { fill(modifier, lo, hi, 1) }
file == 8 && value == "Emoji" { fill(emoji, lo, hi, 1) }
file == 8 && value == "Emoji_Presentation" { fill(coloured, lo, hi, 1) }

function lb_of(cp,    c)
{
	c = (cp in lb) ? lb[cp] : "XX"
	if (c == "AI" || c == "SG" || c == "XX")
		return "AL"
	if (c == "SA")
		return category[cp] ~ /^M[nc]$/ ? "CM" : "AL"
	if (c == "CJ")
		return "NS"
	if (c == "QU" && category[cp] ~ /^P[if]$/)
		return category[cp] == "Pi" ? "QU_PI" : "QU_PF"
	if (c == "ID" && (cp in pictograph) && !(cp in known))
		return "ID_RESERVED"
	return c
}

function gcb_of(cp,    c)
{
	c = (cp in gcb) ? gcb[cp] : "Other"
	if (c == "Regional_Indicator")
		return "RI"
	if (c == "SpacingMark")
		return "SPACING"
	c = toupper(c)
	if ((c == "EXTEND" || c == "CONTROL") && ((cp in hidden) || cp == keycap))
		return c "_HIDDEN"
	return c
}

function width_of(cp, g,    c)
{
	c = category[cp]
	if (g ~ /HIDDEN|^(V|T|ZWJ)$/ || c ~ /^(Mn|Me|Cc)$/ || (c == "Cf" && g != "PREPEND"))
		return 0
	if (wide[cp] ~ /^[WF]$/)
		return 2
	return wide[cp] == "A" ? 3 : 1
}

# A picture that stands among letters (a trade mark, a plain arrow) stays text.
function is_text_picture(cp)
{
	return (cp in pictograph) && (cp in emoji) && !(cp in coloured) && wide[cp] !~ /^[WF]$/ &&
		cp >= hex("2600") && cp !~ arrows
}

# Unassigned, private use, newer than 14.0, or a filler that shows as nothing.
function is_unsure(cp)
{
	return !(cp in sure) || (cp >= private_1 && cp < private_1_end) || cp >= private_2 ||
		cp == 4447 || cp == 4448 || cp == 12644 || cp == 65440
}

END {
	keycap = hex("20E3")
	private_1 = hex("E000")
	private_1_end = hex("F900")
	private_2 = hex("F0000")
	arrows = "^(" hex("2934") "|" hex("2935") "|" hex("2B05") "|" hex("2B06") "|" hex("2B07") ")$"
	per_block = 128
	for (cp = 0; cp < 1114112; cp++) {
		if (cp >= 262144 && cp < 917504) { # planes 4 to 13 hold nothing
			unit = 32768 + 1024
		} else {
			g = gcb_of(cp)
			lb_name = lb_of(cp)
			if (!("LB_" lb_name in value_of) || !("GCB_" g in value_of)) {
				print "ucd_gen: no class " lb_name " or " g > "/dev/stderr"
				exit 1
			}
			unit = value_of["LB_" lb_name] + 64 * value_of["GCB_" g] + 1024 * width_of(cp, g) + \
				4096 * ((cp in pictograph) || (cp in modifier)) + \
				8192 * (wide[cp] ~ /^[WFH]$/) + 16384 * is_text_picture(cp) + \
				32768 * is_unsure(cp)
		}
		in_line = cp % 16
		block = block (in_line == 0 ? "\t" : " ") sprintf("0x%04x,", unit) \
			(in_line == 15 ? "\n" : "")
		if (cp % per_block == per_block - 1) {
			if (!(block in number)) {
				number[block] = n_blocks
				blocks[n_blocks++] = block
			}
			stage[n_stage++] = number[block]
			block = ""
		}
	}
	print "/* Generated by ucd_gen.awk from the Unicode Character Database 15.0.0; do not edit."
	print " * Copyright 1991-2022 Unicode, Inc.; terms of use: https://www.unicode.org/terms_of_use.html */"
	print "#include \"ucd.h\"\n"
	print "const uint16_t ucd_blocks[][1 << UCD_SHIFT] = {"
	for (i = 0; i < n_blocks; i++)
		printf "{\n%s},\n", blocks[i]
	print "};\n\nconst uint16_t ucd_index[] = {"
	for (i = 0; i < n_stage; i++)
		printf "%s%d,%s", i % 20 ? " " : "\t", stage[i], i % 20 == 19 || i == n_stage - 1 ? "\n" : ""
	print "};"
}
