/* The sections [labels] and [profile NAME] of the configuration. */
#include "profiles.h"

#include <sulan/arena.h>
#include <sulan/error.h>

static bool fail(struct profiles_reader *r, struct error *err, const char *what, struct str arg)
{
	return error_set(err, ERROR_CONFIG, what, str_dup(r->arena, str_sub(arg, 0, 200)));
}

static bool find_role(struct str name, enum label_role *role)
{
	static const struct {
		const char *name;
		enum label_role role;
	} roles[] = {
		{"category", LABEL_CATEGORY}, {"source", LABEL_SOURCE},   {"field", LABEL_META},
		{"insight", LABEL_INSIGHT},   {"summary", LABEL_SUMMARY},
	};
	for (size_t i = 0; i < sizeof(roles) / sizeof(*roles); i++)
		if (str_is(name, roles[i].name)) {
			*role = roles[i].role;
			return true;
		}
	return false;
}

/* "word|word" after those there are. */
static void add_labels(struct arena *arena, struct profile_label **labels, size_t *n, size_t *cap,
		       enum label_role role, struct str words)
{
	struct str word;
	while (str_cut(&words, '|', &word)) {
		word = str_trim(word);
		if (word.len == 0)
			continue;
		*labels = arena_more(arena, *labels, *n, cap, sizeof(**labels));
		(*labels)[(*n)++] = (struct profile_label){str_copy(arena, word), role};
	}
}

bool profiles_take_label(struct profiles_reader *r, struct str role, struct str words,
			 struct error *err)
{
	enum label_role is;
	if (!find_role(role, &is))
		return fail(
			r, err,
			N_("“%s” is no use of labels: category, source, field, insight, summary"),
			role);
	add_labels(r->arena, &r->labels, &r->out->n_labels, &r->cap_labels, is, words);
	r->out->labels = r->labels;
	return true;
}

static struct profile *find_profile(struct profiles_reader *r, struct str name)
{
	struct profiles *out = r->out;
	for (size_t i = 0; i < out->n; i++)
		if (str_eq(r->items[i].name, name))
			return &r->items[i];
	r->items = arena_more(r->arena, r->items, out->n, &r->cap_items, sizeof(*r->items));
	r->items[out->n] = (struct profile){.name = str_copy(r->arena, name)};
	out->items = r->items;
	return &r->items[out->n++];
}

static bool take_level(struct str value, uint8_t *level)
{
	if (value.len != 2 || value.p[0] != 'h' || value.p[1] < '1' || value.p[1] > '6')
		return false;
	*level = (uint8_t)(value.p[1] - '0');
	return true;
}

static bool take_story(struct profile *profile, struct str value)
{
	static const char *const names[] = {
		[PROFILE_ITEM] = "item", [PROFILE_NUMBER] = "number",  [PROFILE_BOLD] = "bold",
		[PROFILE_ROW] = "row",   [PROFILE_PARA] = "paragraph",
	};
	if (take_level(value, &profile->story_level)) {
		profile->story = PROFILE_HEADING;
		return true;
	}
	for (size_t i = PROFILE_ITEM; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(value, names[i])) {
			profile->story = (enum profile_story)i;
			return true;
		}
	return false;
}

static bool take_own_label(struct profiles_reader *r, struct profile *profile, struct str role,
			   struct str words, struct error *err)
{
	enum label_role is;
	if (!find_role(role, &is))
		return fail(
			r, err,
			N_("“%s” is no use of labels: category, source, field, insight, summary"),
			role);
	/* Lines of another profile may stand between: the labels then move. */
	struct profile_label *labels = NULL;
	size_t n = 0, cap = 0;
	for (; n < profile->n_labels; n++) {
		labels = arena_more(r->arena, labels, n, &cap, sizeof(*labels));
		labels[n] = profile->labels[n];
	}
	add_labels(r->arena, &labels, &n, &cap, is, words);
	profile->labels = labels;
	profile->n_labels = n;
	return true;
}

bool profiles_take(struct profiles_reader *r, struct str name, struct str key, struct str value,
		   struct error *err)
{
	struct profile *profile = find_profile(r, name);
	if (str_is(key, "publication")) {
		profile->publications = str_copy(r->arena, value);
		return true;
	}
	if (str_is(key, "drop")) {
		profile->drop = str_copy(r->arena, value);
		return true;
	}
	if (str_is(key, "story"))
		return take_story(profile, value) || fail(r, err,
							  N_("“%s” is no way to write stories: h1 "
							     "to h6, item, number, bold, row, "
							     "paragraph"),
							  value);
	if (str_is(key, "category"))
		return take_level(value, &profile->category_level) ||
		       fail(r, err, N_("“%s” is no level of headings: h1 to h6"), value);
	if (str_starts(key, "label."))
		return take_own_label(r, profile, str_from(key, 6), value, err);
	return fail(r, err, N_("“%s” is not known here"), key);
}
