/* The other stories below a story, numbered. */
#include "mention.h"

#include <sulan/arena.h>

#include "block.h"
#include "flow.h"

static void set_label(struct sheet *sheet, struct str label)
{
	struct flow flow = flow_make(sheet);
	sheet_gap(sheet);
	flow_add_mark(&flow, label, ROLE_LABEL);
	flow_set(&flow);
}

static void set_mention(struct sheet *sheet, size_t nth, const struct page_mention *mention)
{
	struct str number = str_of(arena_printf(sheet->arena, "%2zu ", nth + 1));
	sheet_enter(sheet, level_hanging(sheet, number, ROLE_SOURCE_NUMBER));
	struct flow flow = flow_make(sheet);
	if (mention->when.len) {
		flow_add_mark(&flow, str_copy(sheet->arena, mention->when), ROLE_META);
		flow_add_mark(&flow, STR("  "), ROLE_TEXT);
	}
	flow_add_mark(&flow, str_copy(sheet->arena, mention->title), ROLE_TEXT);
	flow_set(&flow);
	sheet_leave_to(sheet, sheet->n_levels - 1);
}

void mentions_set(struct sheet *sheet, const struct story *story)
{
	const struct page_opts *opts = sheet->opts;
	uint32_t last = story->end > story->block ? story->end - 1 : story->block;
	size_t len = last < sheet->issue->n_blocks ? sheet->issue->blocks[last].text.len : 0;
	if (sheet->foot.block != last || sheet->foot.at == 0)
		sheet->foot = (struct place){last, (uint32_t)len + 1};
	sheet->is_foot = true;
	for (size_t i = 0; i < opts->n_mentions; i++) {
		const struct page_mention *mention = &opts->mentions[i];
		if (i == 0 || !str_eq(mention->label, mention[-1].label))
			set_label(sheet, str_copy(sheet->arena, mention->label));
		sheet->mention = (uint32_t)(i + 1);
		set_mention(sheet, i, mention);
		sheet->mention = 0;
	}
	sheet->is_foot = false;
}
