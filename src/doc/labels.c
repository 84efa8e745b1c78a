/* Labels of metadata and sections: which words they are, and whether a line begins with one. */
#include <string.h>

#include <sulan/utf8.h>

#include "build.h"

struct word {
	const char *text;
	enum label_role role;
};

static const struct word words[] = {
	{"分类", LABEL_CATEGORY},       {"类别", LABEL_CATEGORY},
	{"栏目", LABEL_CATEGORY},       {"分類", LABEL_CATEGORY},
	{"カテゴリ", LABEL_CATEGORY},   {"分野", LABEL_CATEGORY},
	{"category", LABEL_CATEGORY},   {"topic", LABEL_CATEGORY},
	{"kategorie", LABEL_CATEGORY},  {"catégorie", LABEL_CATEGORY},
	{"版块", LABEL_CATEGORY},       {"カテゴリー", LABEL_CATEGORY},
	{"카테고리", LABEL_CATEGORY},   {"분류", LABEL_CATEGORY},
	{"categoría", LABEL_CATEGORY},  {"categoria", LABEL_CATEGORY},
	{"rubrik", LABEL_CATEGORY},     {"категория", LABEL_CATEGORY},
	{"рубрика", LABEL_CATEGORY},    {"来源", LABEL_SOURCE},
	{"來源", LABEL_SOURCE},         {"出处", LABEL_SOURCE},
	{"信息来源", LABEL_SOURCE},     {"原文", LABEL_SOURCE},
	{"原文链接", LABEL_SOURCE},     {"链接", LABEL_SOURCE},
	{"相关链接", LABEL_SOURCE},     {"参考链接", LABEL_SOURCE},
	{"出典", LABEL_SOURCE},         {"情報源", LABEL_SOURCE},
	{"source", LABEL_SOURCE},       {"sources", LABEL_SOURCE},
	{"link", LABEL_SOURCE},         {"links", LABEL_SOURCE},
	{"quelle", LABEL_SOURCE},       {"fuente", LABEL_SOURCE},
	{"出處", LABEL_SOURCE},         {"数据来源", LABEL_SOURCE},
	{"原始链接", LABEL_SOURCE},     {"原文地址", LABEL_SOURCE},
	{"参考", LABEL_SOURCE},         {"参考资料", LABEL_SOURCE},
	{"论文链接", LABEL_SOURCE},     {"论文地址", LABEL_SOURCE},
	{"项目地址", LABEL_SOURCE},     {"リンク", LABEL_SOURCE},
	{"参考リンク", LABEL_SOURCE},   {"출처", LABEL_SOURCE},
	{"링크", LABEL_SOURCE},         {"links mentioned", LABEL_SOURCE},
	{"via", LABEL_SOURCE},          {"url", LABEL_SOURCE},
	{"quellen", LABEL_SOURCE},      {"lien", LABEL_SOURCE},
	{"liens", LABEL_SOURCE},        {"fuentes", LABEL_SOURCE},
	{"enlace", LABEL_SOURCE},       {"fonte", LABEL_SOURCE},
	{"источник", LABEL_SOURCE},     {"источники", LABEL_SOURCE},
	{"ссылка", LABEL_SOURCE},       {"zdroj", LABEL_SOURCE},
	{"核心洞察", LABEL_INSIGHT},    {"洞察", LABEL_INSIGHT},
	{"核心观点", LABEL_INSIGHT},    {"核心要点", LABEL_INSIGHT},
	{"一句话总结", LABEL_INSIGHT},  {"insight", LABEL_INSIGHT},
	{"key insight", LABEL_INSIGHT}, {"why it matters", LABEL_INSIGHT},
	{"内容简介", LABEL_SUMMARY},    {"简介", LABEL_SUMMARY},
	{"摘要", LABEL_SUMMARY},        {"内容摘要", LABEL_SUMMARY},
	{"内容概要", LABEL_SUMMARY},    {"概要", LABEL_SUMMARY},
	{"要点", LABEL_SUMMARY},        {"要約", LABEL_SUMMARY},
	{"summary", LABEL_SUMMARY},     {"key points", LABEL_SUMMARY},
	{"tl;dr", LABEL_SUMMARY},       {"요약", LABEL_SUMMARY},
	{"ポイント", LABEL_SUMMARY},    {"zusammenfassung", LABEL_SUMMARY},
	{"résumé", LABEL_SUMMARY},      {"resumen", LABEL_SUMMARY},
	{"resumo", LABEL_SUMMARY},      {"кратко", LABEL_SUMMARY},
	{"作者", LABEL_META},           {"著者", LABEL_META},
	{"日付", LABEL_META},           {"公開時刻", LABEL_META},
	{"発表日", LABEL_META},         {"キーワード", LABEL_META},
	{"タグ", LABEL_META},           {"저자", LABEL_META},
	{"날짜", LABEL_META},           {"태그", LABEL_META},
	{"作者单位", LABEL_META},       {"更新时间", LABEL_META},
	{"重要性", LABEL_META},         {"推荐指数", LABEL_META},
	{"评分", LABEL_META},           {"authors", LABEL_META},
	{"published", LABEL_META},      {"updated", LABEL_META},
	{"time", LABEL_META},           {"score", LABEL_META},
	{"autor", LABEL_META},          {"auteur", LABEL_META},
	{"datum", LABEL_META},          {"fecha", LABEL_META},
	{"автор", LABEL_META},          {"дата", LABEL_META},
	{"теги", LABEL_META},           {"编辑", LABEL_META},
	{"时间", LABEL_META},           {"日期", LABEL_META},
	{"发布时间", LABEL_META},       {"标签", LABEL_META},
	{"关键词", LABEL_META},         {"author", LABEL_META},
	{"date", LABEL_META},           {"tags", LABEL_META},
	{"keywords", LABEL_META},
};

/* A bold opening longer than this is a sentence, not a label. */
#define LABEL_BYTES 60
/* More signs than this are no ornament of a label. */
#define SIGNS_BYTES 16

/* Bytes of the emoji and other signs a label may begin with. */
static size_t signs_len(struct str text)
{
	uint32_t cp;
	for (size_t at = 0, len; at < text.len; at += len) {
		len = utf8_next(text, at, &cp);
		bool is_cjk =
			codepoint_is_cjk(cp) && cp >= 0x3040 && (cp < 0xff00 || cp >= 0x20000);
		if (codepoint_is_word(cp) || is_cjk || at > SIGNS_BYTES)
			return at;
	}
	return text.len;
}

static enum label_role role_of(struct str name)
{
	name = str_from(name, signs_len(name));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_same_ascii(name, str_of(words[i].text)))
			return words[i].role;
	return LABEL_NONE;
}

/* Bytes of a colon at `at`, 0 for none. */
static size_t colon_len(struct str text, size_t at)
{
	struct str rest = str_from(text, at);
	return str_starts(rest, "：") ? strlen("：") : str_starts(rest, ":") ? 1 : 0;
}

/* Where the bold opening of the line ends; `from` when it does not begin in bold. */
static size_t bold_end(const struct build *build, const struct block *block, size_t from, size_t to)
{
	size_t end = from;
	for (size_t i = build_span_at(build, block, from); i < block->span + block->n_spans; i++) {
		const struct span *span = &build->spans[i];
		if (!(span->marks & MARK_STRONG) || span->at > end || end >= to)
			break;
		end = span->at + span->len;
	}
	return end < to ? end : to;
}

/* A text that is a section's label and nothing else. */
static struct label without_colon(struct str line)
{
	struct label label = {.name = str_trim(line)};
	enum label_role role = role_of(label.name);
	label.role = role == LABEL_INSIGHT || role == LABEL_SUMMARY ? role : LABEL_NONE;
	return label;
}

struct label label_of_heading(struct str text)
{
	text = str_trim(text);
	if (str_ends(text, "："))
		text.len -= strlen("：");
	else if (str_ends(text, ":"))
		text.len--;
	return without_colon(text);
}

struct label label_at(const struct build *build, const struct block *block, size_t from, size_t to)
{
	struct label label = {.role = LABEL_NONE};
	struct str text = str_sub(block->text, 0, to);
	while (from < to &&
	       (text.p[from] == ' ' || text.p[from] == '\n' || text.p[from] == SOFT_BREAK))
		from++;
	size_t limit = from + LABEL_BYTES < to ? from + LABEL_BYTES : to;
	size_t seen = limit + 4 < to ? limit + 4 : to;
	size_t bold = from, end = bold_end(build, block, from, seen), at = from;
	if (end == from) {
		bold = from + signs_len(str_from(text, from));
		end = bold_end(build, block, bold, seen);
	}
	bool is_bold = end > bold;
	while (at < limit && colon_len(text, at) == 0)
		at++;
	/* A bold line needs no colon. */
	if (at == limit && is_bold && end == to) {
		label = without_colon(str_from(text, from));
		label.value = to;
		return label;
	}
	if (at >= limit || at == from)
		return label;
	label.name = str_trim(str_sub(text, from, at - from));
	label.value = at + colon_len(text, at);
	enum label_role role = role_of(label.name);
	/* Bold up to the colon, or just before it: "**Label：** x", "**Label**：x". */
	bool is_label = is_bold && (end == label.value || end == at);
	if (role == LABEL_NONE && is_label)
		role = LABEL_FIELD;
	label.role = is_label || (role != LABEL_NONE && !is_bold) ? role : LABEL_NONE;
	return label;
}
