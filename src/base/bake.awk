# Writes the C table of baked texts: each file named on the command line, as bytes.
# Run with LC_ALL=C; a NUL byte cannot be in a text.
BEGIN {
	for (i = 1; i < 256; i++)
		ord[sprintf("%c", i)] = i
	print "/* made by src/base/bake.awk */"
	print "#include <sulan/baked.h>"
	for (a = 1; a < ARGC; a++) {
		file = ARGV[a]
		printf "static const char text_%d[] = {\n", a
		bytes[a] = 0
		while ((getline line < file) > 0) {
			line = line "\n"
			n = length(line)
			out = ""
			for (i = 1; i <= n; i++) {
				code = ord[substr(line, i, 1)]
				out = out (code > 127 ? code - 256 : code) ","
			}
			print out
			bytes[a] += n
		}
		close(file)
		print "0};"
	}
	print "const struct baked baked_table[] = {"
	for (a = 1; a < ARGC; a++)
		printf "\t{\"%s\", {text_%d, %d}},\n", ARGV[a], a, bytes[a]
	print "};"
	printf "const size_t baked_count = %d;\n", ARGC - 1
}
