/* What would become of a link, and why. */
#include "doctor.h"

#include <string.h>

#include <sulan/arena.h>
#include <sulan/issue.h>
#include <sulan/opener.h>

static void look_at_place(struct doctor *d, const struct place *place)
{
	const struct {
		bool is_so;
		const char *word;
	} facts[] = {
		{place->is_ssh, N_("over SSH")},
		{place->is_tmux, N_("in tmux")},
		{place->is_screen, N_("in GNU screen")},
		{place->is_console, N_("on the Linux console")},
		{place->is_wsl, N_("Windows (WSL)")},
		{place->is_mac, N_("a Mac")},
		{place->has_display && !place->is_ssh, N_("a display")},
		{place->has_display && place->is_ssh, N_("a display forwarded by SSH, not used")},
		{!place->has_display, N_("no display")},
	};
	struct strbuf text = strbuf_make(d->world->arena);
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
		if (!facts[i].is_so)
			continue;
		strbuf_puts(&text, text.len ? ", " : "");
		strbuf_puts(&text, world_word(d->world, facts[i].word));
	}
	strbuf_puts(&text, *place->browser ? ", BROWSER=" : "");
	strbuf_puts(&text, place->browser);
	doctor_say(d, FINDING_OK, N_("place"), strbuf_str(&text).p, NULL);
}

static void put_step(const struct world *world, struct strbuf *text, const struct opener_step *step)
{
	switch (step->kind) {
	case OPENER_PROGRAM:
		strbuf_puts(text, step->file);
		break;
	case OPENER_TERMINAL:
		strbuf_printf(text, world_word(world, N_("%s on this terminal")), step->file);
		break;
	case OPENER_REMOTE:
		strbuf_puts(text, world_word(world, N_("the listener of remote")));
		break;
	case OPENER_HANDOVER:
		strbuf_puts(text, world_word(world, N_("the terminal's clipboard, and shown to "
						       "click or scan")));
		break;
	}
}

/* "way: this, else that" */
static void look_at_way(struct doctor *d, const struct place *place, const char *name,
			const char *way)
{
	const struct world *world = d->world;
	struct strbuf text = strbuf_make(world->arena);
	struct opener_plan plan = {0};
	struct error err = {0};
	if (strcmp(way, "qr") == 0 || strcmp(way, "copy") == 0) {
		doctor_say(d, FINDING_OK, name, way, NULL);
		return;
	}
	if (!opener_plan(&d->term, place, world->arena, way, &plan, &err)) {
		doctor_say_error(d, name, &err, N_("see LINKS in sulan(1)"));
		return;
	}
	strbuf_printf(&text, "%s: ", way);
	for (size_t i = 0; i < plan.n; i++) {
		strbuf_puts(&text, i ? world_word(world, N_(", else ")) : "");
		put_step(world, &text, &plan.steps[i]);
	}
	doctor_say(d, FINDING_OK, name, strbuf_str(&text).p, NULL);
}

/* A command that is set but leads nowhere is passed over without a word when a link is opened. */
static void look_at_command(struct doctor *d, const struct place *place)
{
	const struct config_open *open = &d->world->config->open;
	struct opener_plan plan = {0};
	struct error err = {0};
	if (open->command.len &&
	    !opener_plan(&d->term, place, d->world->arena, "command", &plan, &err))
		doctor_say_error(d, N_("command"), &err, N_("see [open] in sulan(5)"));
	if (*place->browser &&
	    (!opener_plan(&d->term, place, d->world->arena, "browser", &plan, &err) || plan.n == 0))
		doctor_say(d, FINDING_PROBLEM, N_("command"),
			   world_word(d->world, N_("BROWSER names no program that is here")),
			   N_("set it to one, or unset it"));
}

void doctor_links(struct doctor *d)
{
	const struct config *config = d->world->config;
	struct place place = place_find(&d->term, d->world->arena);
	look_at_place(d, &place);
	look_at_command(d, &place);
	look_at_way(d, &place, N_("opening"), config->options.open);
	for (size_t i = 0; i < config->open.n_hosts; i++) {
		const struct config_host *rule = &config->open.hosts[i];
		look_at_way(d, &place, str_dup(d->world->arena, rule->host),
			    str_dup(d->world->arena, rule->way));
	}
}

void doctor_address(struct doctor *d, const char *address)
{
	const struct world *world = d->world;
	struct str url = str_of(address);
	struct link_facts facts = link_look(world->arena, url);
	struct place place = place_find(&d->term, world->arena);
	if (!link_may_open(url)) {
		doctor_say(d, FINDING_PROBLEM, N_("address"), address,
			   N_("only http, https and mailto addresses are opened"));
		return;
	}
	doctor_say(d, FINDING_OK, N_("address"), link_ascii(world->arena, url).p, NULL);
	const char *advice = facts.is_mixed ? N_("asked about first: letters of several scripts")
			     : facts.target.len || facts.is_short
				     ? N_("it leads on to another host")
				     : NULL;
	doctor_say(d, facts.is_mixed ? FINDING_NOTE : FINDING_OK, N_("host"),
		   link_host_shown(world->arena, url).p, advice);
	struct str way = config_way_for(world->config, link_host(url));
	look_at_way(d, &place, N_("opening"),
		    way.len ? str_dup(world->arena, way) : world->config->options.open);
}
