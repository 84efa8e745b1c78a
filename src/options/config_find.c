/* Questions to a configuration that has been read. */
#include <sulan/config.h>

static const char *const source_names[] = {"", "url", "feed", "git", "command"};

const char *config_source_name(enum config_source source)
{
	return source_names[source];
}

bool config_find_view(const struct config *config, struct str name, struct str *filter)
{
	for (size_t i = config->n_views; i > 0; i--) { /* the last of a name holds */
		if (!str_eq(config->views[i - 1].name, name))
			continue;
		*filter = config->views[i - 1].filter;
		return true;
	}
	return false;
}

struct str config_way_for(const struct config *config, struct str host)
{
	const struct config_host *best = NULL;
	for (size_t i = 0; i < config->open.n_hosts; i++) {
		const struct config_host *rule = &config->open.hosts[i];
		size_t len = rule->host.len;
		if (len > host.len || !str_same_ascii(str_from(host, host.len - len), rule->host) ||
		    (len < host.len && host.p[host.len - len - 1] != '.'))
			continue;
		if (!best || len >= best->host.len) /* the last of a host holds */
			best = rule;
	}
	return best ? best->way : (struct str){NULL, 0};
}

int config_tag_style(const struct config *config, struct str tag)
{
	for (size_t i = config->n_tags; i > 0; i--) /* the last of a name holds */
		if (str_eq(config->tags[i - 1].name, tag))
			return config->tags[i - 1].style;
	return 0;
}
