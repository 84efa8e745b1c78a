/* Setting and showing options by the table. */
#include <sulan/options.h>

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include <sulan/error.h>

static int *int_at(struct options *options, const struct option *option)
{
	assert(option->size == sizeof(int));
	return (int *)(void *)((char *)options + option->offset);
}

static const int *const_int_at(const struct options *options, const struct option *option)
{
	return (const int *)(const void *)((const char *)options + option->offset);
}

struct text_policy options_policy(const struct options *options, struct text_policy known)
{
	if (options->emoji && options->ambiguous)
		known.is_ascii = false; /* the terminal is asked nothing about characters */
	if (options->emoji)
		known = (struct text_policy){
			.ambiguous = known.ambiguous, .pictures = 1, .is_ascii = known.is_ascii};
	if (options->ambiguous)
		known.ambiguous = (uint8_t)options->ambiguous;
	return known;
}

const struct option *option_find(struct str name)
{
	for (size_t i = 0; i < option_count; i++)
		if (str_is(name, option_table[i].name))
			return &option_table[i];
	return NULL;
}

/* "name takes a, b, c" as the argument of an error. */
static bool refuse(struct error *err, const struct option *option)
{
	char text[200];
	int at = snprintf(text, sizeof(text), "%s = ", option->name);
	if (option->type == OPTION_BOOL)
		snprintf(text + at, sizeof(text) - (size_t)at, "yes | no");
	else if (option->type == OPTION_INT)
		snprintf(text + at, sizeof(text) - (size_t)at, "%ld..%ld", option->lo, option->hi);
	else if (option->type == OPTION_TEXT)
		snprintf(text + at, sizeof(text) - (size_t)at, "≤ %zu", option->size - 1);
	else
		for (size_t i = 0; option->choices[i]; i++)
			at += snprintf(text + at, sizeof(text) - (size_t)at, "%s%s", i ? " | " : "",
				       option->choices[i]);
	return error_set(err, ERROR_CONFIG, N_("that cannot be; allowed is %s"), text);
}

static bool parse_bool(struct str value, int *out)
{
	static const char *const words[] = {"no", "yes", "off", "on", "false", "true", "0", "1"};
	for (int i = 0; i < 8; i++) {
		if (str_same_ascii(value, str_of(words[i]))) {
			*out = i % 2;
			return true;
		}
	}
	return false;
}

static bool parse_choice(const struct option *option, struct str value, int *out)
{
	for (int i = 0; option->choices[i]; i++) {
		if (str_is(value, option->choices[i])) {
			*out = i;
			return true;
		}
	}
	return false;
}

static bool set_value(struct options *options, const struct option *option, struct str value)
{
	long number;
	switch (option->type) {
	case OPTION_BOOL:
		return parse_bool(value, int_at(options, option));
	case OPTION_CHOICE:
		return parse_choice(option, value, int_at(options, option));
	case OPTION_INT:
		if (!str_to_int(value, option->lo, option->hi, &number))
			return false;
		*int_at(options, option) = (int)number;
		return true;
	case OPTION_TEXT:
		if (value.len == 0 || value.len >= option->size || memchr(value.p, '\0', value.len))
			return false;
		memcpy((char *)options + option->offset, value.p, value.len);
		((char *)options)[option->offset + value.len] = '\0';
		return true;
	}
	return false;
}

bool options_set(struct options *options, struct str name, struct str value, unsigned *effects,
		 struct error *err)
{
	const struct option *option = option_find(name);
	if (!option) {
		char text[64];
		snprintf(text, sizeof(text), "%.*s", (int)name.len, name.p ? name.p : "");
		return error_set(err, ERROR_CONFIG,
				 N_("there is no option “%s”; “sulan options” lists them"), text);
	}
	if (!set_value(options, option, str_trim(value)))
		return refuse(err, option);
	if (effects)
		*effects = option->effects;
	return true;
}

void options_init(struct options *options)
{
	*options = (struct options){0};
	for (size_t i = 0; i < option_count; i++) {
		bool is_set = options_set(options, str_of(option_table[i].name),
					  str_of(option_table[i].standard), NULL, NULL);
		assert(is_set);
		(void)is_set;
	}
}

const char *options_show(const struct options *options, const struct option *option, char *buf,
			 size_t size)
{
	if (option->type == OPTION_TEXT)
		snprintf(buf, size, "%s", (const char *)options + option->offset);
	else if (option->type == OPTION_INT)
		snprintf(buf, size, "%d", *const_int_at(options, option));
	else if (option->type == OPTION_BOOL)
		snprintf(buf, size, "%s", *const_int_at(options, option) ? "yes" : "no");
	else
		snprintf(buf, size, "%s", option->choices[*const_int_at(options, option)]);
	return buf;
}
