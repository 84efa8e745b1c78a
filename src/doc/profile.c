/* What the reader says of a publication: which profile is for an issue, and what it leaves out. */
#include <string.h>

#include <sulan/profile.h>
#include <sulan/utf8.h>

#include "build.h"

/* One of the words "A|B". */
static bool is_one_of(struct str words, struct str text)
{
	struct str word;
	while (str_cut(&words, '|', &word))
		if (str_trim(word).len && str_same_letters(str_trim(word), text))
			return true;
	return false;
}

/* The name of the folder a file is in. */
static struct str folder_of(struct str path)
{
	size_t end = path.len, from;
	while (end > 0 && path.p[end - 1] != '/')
		end--;
	end -= end > 0;
	for (from = end; from > 0 && path.p[from - 1] != '/';)
		from--;
	return str_sub(path, from, end - from);
}

const struct profile *profile_for(const struct profiles *profiles, struct str publication,
				  struct str path)
{
	if (!profiles)
		return NULL;
	if (profiles->chosen.len)
		return profile_named(profiles, profiles->chosen);
	const struct str names[] = {publication, folder_of(path)};
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < profiles->n && names[k].len; i++) {
			const struct profile *profile = &profiles->items[i];
			struct str is_for =
				profile->publications.len ? profile->publications : profile->name;
			if (is_one_of(is_for, names[k]))
				return profile;
		}
	return NULL;
}

static enum label_role find_role(const struct profile_label *labels, size_t n, struct str name)
{
	/* The last that is said holds. */
	for (size_t i = n; i > 0; i--)
		if (str_same_letters(labels[i - 1].word, name))
			return labels[i - 1].role;
	return LABEL_NONE;
}

enum label_role profile_label_role(const struct profiles *profiles, const struct profile *profile,
				   struct str name)
{
	enum label_role role = LABEL_NONE;
	if (profile)
		role = find_role(profile->labels, profile->n_labels, name);
	if (role == LABEL_NONE && profiles)
		role = find_role(profiles->labels, profiles->n_labels, name);
	return role;
}

/* Without the signs and brackets a title may begin with. */
static struct str bare(struct str text)
{
	uint32_t cp;
	for (size_t len; text.len; text = str_from(text, len)) {
		len = utf8_next(text, 0, &cp);
		if (codepoint_is_word(cp) || (codepoint_is_cjk(cp) && cp >= 0x3040 && cp < 0xff00))
			break;
	}
	return text;
}

bool profile_drops(const struct profile *profile, struct str text)
{
	struct str words = profile->drop, word;
	text = bare(text);
	while (str_cut(&words, '|', &word)) {
		word = str_trim(word);
		if (word.len && str_same_letters(str_sub(text, 0, word.len), word))
			return true;
	}
	return false;
}
