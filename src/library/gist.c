/* The words of a story that tell what it is about. Nothing but the story itself is looked at, so
 * that the order in which stories come makes no difference; how much a word says is known only when
 * all the others are. */
#include "gist.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/fold.h>
#include <sulan/utf8.h>

/* The text is looked at this far: what it is about is said at the start. */
#define TEXT_BYTES 800
/* More than there are words in a title and so much text; a power of two. */
#define SLOTS       1024
#define WORDS_MAX   (SLOTS / 2)
#define FILE_DIGITS 6 /* bg20231215: no name but that of an image */
#define COUNT_MAX   4 /* to say a word more often tells no more */
#define WORTH_MAX   (3 * COUNT_MAX)

/* Characters that are hardly part of a name. */
static const char idle_signs[] =
	"的了在是和与及或为将被让把给从对向以于等也都还又就但而其之这那此每各某该个们种些款项次"
	"如何什么谁哪吗呢吧啊呀着过得地很更最太非不没有无已曾正再只仅可能会要应须想请您你我他她它"
	"称一二三四五六七八九十两几多少第年月日时分秒周后前中上下内外间里来去到出入";

/* Words of two that any news may have. */
static const char busy_signs[] = "发布推出宣布上线支持用户公司官方新增报道消息使用功能更新推进提供"
				 "正式全面首个首款预告介绍披露"
				 "集成达成合作系统工具技术服务产品项目文章网站平台开发包括通过实现"
				 "进行相关方式问题需要目前可以"
				 "成为开始表示认为团队版本发现解决完成基于同时今天昨天升级显示布局"
				 "不同链接来源分类核心洞察简介"
				 "内容市场动态观点资讯美元亿美亿元万美万元人民民币增长超过据称引入"
				 "启动启用即将计划整合概览视频"
				 "据悉英文中文融资估值轮融投后";

/* The same in letters: no names, and no part of one either. */
static const char idle_words[] =
	"an and are as at be but by can com do for from gb gif github has have how html http https "
	"in into is it its jpeg jpg mb more mp4 new no not now of on or our png that the their "
	"this "
	"to use via vs was we web webp what when why will with www you your";

/* No names alone, but with another word: claude code, blue agent. */
static const char plain_words[] =
	"agent agents ai api app apps beta cli code model models preview sdk skill skills token "
	"tokens tool tools";

static bool is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return (cp | 32) - 'a' < 26;
	bool is_run_on = (cp >= 0x30A1 && cp <= 0x30FE) || (cp >= 0xAC00 && cp <= 0xD7A3);
	return is_run_on || (codepoint_is_word(cp) && !codepoint_is_cjk(cp));
}

static bool is_digit(uint32_t cp)
{
	return cp - '0' < 10;
}

static bool is_sign(uint32_t cp)
{
	return cp >= 0x3400 && cp <= 0x9FFF;
}

struct met {
	struct gist_word word;
	uint32_t count;
	uint16_t slot, next; /* of equal worth, from 1 */
};

/* A run of letters or of digits that was just left. */
struct run {
	struct str text;
	bool is_number, is_idle, is_plain;
};

struct gister {
	uint64_t idle_signs[0x10000 / 64]; /* a bit for each */
	uint32_t idle[SLOTS];              /* hashes of words that tell nothing; 0: free */
	bool is_plain[SLOTS];              /* they do with others */
	struct met met[WORDS_MAX];         /* in the order they were met */
	size_t n_met;
	uint16_t slots[SLOTS]; /* of met, from 1 */
};

static uint32_t short_hash(unsigned long long hash)
{
	return (uint32_t)(hash ^ hash >> 32);
}

static uint32_t hash_of_signs(uint32_t a, uint32_t b)
{
	return (a << 16 | b) * 2654435761U;
}

static uint32_t hash_of(struct str word)
{
	return short_hash(str_hash(word, STR_HASH_SEED));
}

static uint32_t *idle_slot(struct gister *g, uint32_t hash)
{
	size_t at = hash & (SLOTS - 1);
	while (g->idle[at] && g->idle[at] != hash)
		at = (at + 1) & (SLOTS - 1);
	return &g->idle[at];
}

static bool is_idle_sign(const struct gister *g, uint32_t cp)
{
	return g->idle_signs[cp / 64] >> cp % 64 & 1;
}

struct gister *gister_new(void)
{
	struct gister *g = mem_new(sizeof(*g));
	struct str signs = STR(idle_signs), words = STR(idle_words), word;
	uint32_t a, b;
	for (size_t at = 0; at < signs.len; g->idle_signs[a / 64] |= UINT64_C(1) << a % 64)
		at += utf8_next(signs, at, &a);
	signs = STR(busy_signs);
	for (size_t at = 0; at < signs.len;
	     *idle_slot(g, hash_of_signs(a, b)) = hash_of_signs(a, b)) {
		at += utf8_next(signs, at, &a);
		at += utf8_next(signs, at, &b);
	}
	while (str_cut(&words, ' ', &word))
		*idle_slot(g, hash_of(word)) = hash_of(word);
	for (words = STR(plain_words); str_cut(&words, ' ', &word);) {
		uint32_t *slot = idle_slot(g, hash_of(word));
		*slot = hash_of(word);
		g->is_plain[slot - g->idle] = true;
	}
	return g;
}

void gister_free(struct gister *gister)
{
	free(gister);
}

static bool is_idle(struct gister *g, const struct gist_word *word)
{
	if (word->kind == GIST_SIGNS && (is_idle_sign(g, word->a) || is_idle_sign(g, word->b)))
		return true;
	return word->kind != GIST_PAIR && *idle_slot(g, word->hash);
}

static void meet(struct gister *g, const struct gist_word *word)
{
	size_t at = word->hash & (SLOTS - 1);
	while (g->slots[at] && g->met[g->slots[at] - 1].word.hash != word->hash)
		at = (at + 1) & (SLOTS - 1);
	if (g->slots[at]) {
		g->met[g->slots[at] - 1].count++;
	} else if (g->n_met < WORDS_MAX) {
		g->met[g->n_met++] = (struct met){.word = *word, .count = 1, .slot = (uint16_t)at};
		g->slots[at] = (uint16_t)g->n_met;
	}
}

static void forget(struct gister *g)
{
	for (size_t i = 0; i < g->n_met; i++)
		g->slots[g->met[i].slot] = 0;
	g->n_met = 0;
}

static void meet_signs(struct gister *g, struct str text, uint32_t a, uint32_t b, bool is_first)
{
	if (is_idle_sign(g, a) || is_idle_sign(g, b))
		return;
	meet(g, &(struct gist_word){.hash = hash_of_signs(a, b),
				    .kind = GIST_SIGNS,
				    .is_first = is_first,
				    .text = text,
				    .a = a,
				    .b = b});
}

static void meet_run(struct gister *g, struct run *run, size_t n_signs, bool is_first)
{
	if (run->is_number)
		return;
	struct gist_word word = {.hash = hash_of(run->text),
				 .kind = GIST_WORD,
				 .is_first = is_first,
				 .text = run->text};
	const uint32_t *slot = idle_slot(g, word.hash);
	run->is_plain = *slot && g->is_plain[slot - g->idle];
	run->is_idle = *slot && !run->is_plain;
	if (!*slot && n_signs > 1)
		meet(g, &word);
}

/* Names of several words, and products with their numbers: gpt-5, gpt 5 and gpt5 are the same. */
static void meet_pair(struct gister *g, const struct run *a, const struct run *b)
{
	bool is_measure = a->is_number && b->text.len == 1; /* 1B, 8k */
	bool is_named = !(a->is_number || a->is_plain) || !(b->is_number || b->is_plain);
	if (!a->text.p || !is_named || is_measure || a->is_idle || b->is_idle)
		return;
	const char *gap = a->text.p + a->text.len;
	if (b->text.p > gap + 1 || (b->text.p == gap + 1 && !strchr(" -._'/", *gap)))
		return;
	unsigned long long hash = str_hash(a->text, STR_HASH_SEED);
	hash = str_hash(b->text, str_hash(STR(" "), hash));
	struct str text = {a->text.p, (size_t)(b->text.p + b->text.len - a->text.p)};
	meet(g, &(struct gist_word){.hash = short_hash(hash), .kind = GIST_PAIR, .text = text});
}

/* The end of an address that begins at `at`. */
static size_t address_end(struct str text, size_t at)
{
	while (at < text.len && (unsigned char)text.p[at] > ' ' && (unsigned char)text.p[at] < 0x7F)
		at++;
	return at;
}

/* Whether so long a number stands right behind: then it is the name of a file. */
static bool is_of_file(struct str text, size_t end)
{
	size_t n = 0;
	while (end + n < text.len && is_digit((unsigned char)text.p[end + n]))
		n++;
	return n >= FILE_DIGITS;
}

/* Takes the run of letters or digits at `at`; returns where it ends. */
static size_t take_run(struct gister *g, struct str text, size_t at, bool is_first,
		       struct run *before)
{
	uint32_t cp;
	size_t end = at, n_signs = 0, len = utf8_next(text, at, &cp);
	struct run run = {.is_number = is_digit(cp)};
	for (; run.is_number ? is_digit(cp) : is_letter(cp); n_signs++) {
		end += len;
		if (end == text.len)
			break;
		len = utf8_next(text, end, &cp);
	}
	run.text = str_sub(text, at, end - at);
	if (str_starts(str_from(text, end), "://"))
		return address_end(text, end);
	if (is_of_file(text, run.is_number ? at : end)) {
		*before = (struct run){0};
		return end;
	}
	meet_run(g, &run, n_signs, is_first);
	meet_pair(g, before, &run);
	*before = run;
	return end;
}

static void take_text(struct gister *g, struct str text)
{
	struct run before = {0};
	uint32_t cp, sign = 0;
	size_t sign_at = 0, n_signs = 0;
	for (size_t at = 0, len; at < text.len; at += len) {
		len = utf8_next(text, at, &cp);
		if (is_sign(cp)) {
			if (sign)
				meet_signs(g, str_sub(text, sign_at, at + len - sign_at), sign, cp,
					   n_signs == 1);
			sign = cp;
			sign_at = at;
			n_signs++;
			continue;
		}
		sign = 0;
		if (is_letter(cp) || is_digit(cp)) {
			len = take_run(g, text, at, n_signs == 0, &before) - at;
			n_signs += 2; /* it does not begin with signs */
		}
	}
}

/* How well a word of the text tells what the story is about; 0: not at all. */
static uint32_t worth(struct gister *g, const struct met *met)
{
	static const uint32_t by_kind[] = {[GIST_WORD] = 3, [GIST_PAIR] = 2, [GIST_SIGNS] = 1};
	uint32_t count = met->count < COUNT_MAX ? met->count : COUNT_MAX;
	if (met->word.kind == GIST_SIGNS && (count < 2 || is_idle(g, &met->word)))
		return 0;
	return by_kind[met->word.kind] * count;
}

/* The best words of the text, in the order of their worth, then of their place. */
static void take_best(struct gister *g, size_t first, struct gist *out)
{
	uint16_t heads[WORTH_MAX + 1] = {0};
	for (size_t i = g->n_met; i > first; i--) {
		uint32_t w = worth(g, &g->met[i - 1]);
		g->met[i - 1].next = heads[w];
		heads[w] = (uint16_t)i;
	}
	for (uint32_t w = WORTH_MAX, n = 0; w > 0; w--)
		for (size_t i = heads[w]; i && n < GIST_TEXT_MAX; i = g->met[i - 1].next, n++)
			out->words[out->n++] = g->met[i - 1].word;
}

void gist_make(struct gister *g, struct arena *arena, struct str title, struct str body,
	       struct str url, struct gist *out)
{
	out->n = 0;
	take_text(g, fold_text(arena, title));
	size_t n_title = g->n_met;
	for (size_t i = 0; i < n_title && out->n < GIST_TITLE_MAX; i++)
		if (!is_idle(g, &g->met[i].word))
			out->words[out->n++] = g->met[i].word;
	out->n_title = out->n;
	take_text(g, fold_text(arena, str_sub(body, 0, TEXT_BYTES)));
	take_best(g, n_title, out);
	forget(g);
	if (url.len)
		out->words[out->n++] =
			(struct gist_word){.hash = hash_of(url), .kind = GIST_URL, .text = url};
}
