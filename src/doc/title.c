/* Which part of a paragraph is the title of the story it begins. */
#include "title.h"

#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "pattern.h"
#include "story.h"

/* What may stand before the link that is the title, and behind it in the same line. */
#define AROUND_BYTES 40

static bool is_link_at(const struct build *raw, const struct block *leaf, size_t at)
{
	size_t i = build_span_at(raw, leaf, at);
	return i < leaf->span + leaf->n_spans && raw->spans[i].link && raw->spans[i].at <= at &&
	       (i == leaf->span || raw->spans[i - 1].link != raw->spans[i].link);
}

/* Where the line ends that may be a title: lines of hard-wrapped text are none, but one that begins
 * with a link of its own is. */
static size_t title_line_end(const struct build *raw, const struct block *leaf, size_t from,
			     bool is_wrapped)
{
	size_t end = str_line_end(leaf->text, from);
	while (is_wrapped && end < leaf->text.len && leaf->text.p[end] == SOFT_BREAK &&
	       !is_link_at(raw, leaf, end + 1))
		end = str_line_end(leaf->text, end + 1);
	return end;
}

static size_t separator_len(struct str text)
{
	static const char *const separators[] = {"：", ": ",   " — ", " – ", " - ",   "——", " | ",
						 "｜", " // ", " //", " · ", ", by ", ":"};
	for (size_t i = 0; i < sizeof(separators) / sizeof(*separators); i++)
		if (str_starts(text, separators[i]))
			return strlen(separators[i]);
	return 0;
}

static bool ends_sentence(struct str text)
{
	static const char *const ends[] = {"：", ":", "。", "！", "？", ".", "!", "?"};
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (str_ends(text, ends[i]))
			return true;
	return false;
}

size_t title_bold_end(const struct build *raw, const struct block *leaf, size_t from)
{
	size_t end = pattern_bold_end(raw, leaf, from), line = str_line_end(leaf->text, from);
	if (end == from)
		return 0;
	struct str rest = str_sub(leaf->text, end, line > end ? line - end : 0);
	size_t separator = separator_len(rest);
	bool is_alone = str_trim(rest).len == 0 || str_starts(rest, "（") ||
			str_starts(rest, " (") || ends_sentence(str_sub(leaf->text, 0, end));
	return separator || is_alone ? end + separator : 0;
}

/* Where a link ends that is a title; 0 when it only stands in a sentence. */
static size_t link_title_end(const struct build *raw, const struct block *leaf, size_t from,
			     size_t line)
{
	size_t end = 0, start = 0;
	uint32_t link = 0;
	for (size_t i = build_span_at(raw, leaf, from); i < leaf->span + leaf->n_spans; i++) {
		const struct span *span = &raw->spans[i];
		if (span->at > from + AROUND_BYTES || (link && span->link != link))
			break;
		if (!span->link || raw->links[span->link - 1].is_image)
			continue;
		start = link ? start : span->at;
		link = span->link;
		end = span->at + span->len;
	}
	if (!link || end > line)
		return 0;
	struct str rest = str_sub(leaf->text, end, line - end);
	if (rest.len <= AROUND_BYTES)
		return line;
	bool is_most = (end - start) * 2 >= line - from;
	return is_most || separator_len(rest) || str_starts(rest, " by ")
		       ? end + separator_len(rest)
		       : 0;
}

/* A link is not divided, not even one over two lines: where the one ends that `end` is inside of.
 */
static size_t link_end(const struct build *raw, const struct block *leaf, size_t end)
{
	uint32_t link = 0;
	for (size_t i = build_span_at(raw, leaf, end ? end - 1 : 0); i < leaf->span + leaf->n_spans;
	     i++) {
		const struct span *span = &raw->spans[i];
		if (!span->link || (span->at >= end && span->link != link))
			break;
		link = span->link;
		end = span->at + span->len > end ? span->at + span->len : end;
	}
	return end;
}

size_t title_end(const struct build *raw, const struct block *leaf, size_t from, bool is_wrapped)
{
	size_t line = title_line_end(raw, leaf, from, is_wrapped);
	size_t end = title_bold_end(raw, leaf, from);
	if (end == 0)
		end = link_title_end(raw, leaf, from, line);
	if (end == 0 && line - from <= TITLE_BYTES)
		end = line;
	return link_end(raw, leaf, end);
}

/* Without the signs that part a title from the text behind it. */
static struct str without_tails(struct str title)
{
	static const char *const tails[] = {"：", ":", "—", "–", "|", "｜", "·", " -", ","};
	title = str_trim(title);
	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++)
		if (str_ends(title, tails[i]) && title.len > strlen(tails[i])) {
			title.len -= strlen(tails[i]);
			title = str_trim(title);
			i = (size_t)-1;
		}
	return title;
}

size_t title_shown_end(struct str text, size_t from, size_t end)
{
	static const char *const dashes[] = {"—", "–", "-", "|", "｜", "·", "//"};
	struct str title = str_trim(str_sub(text, from, end - from));
	for (size_t i = 0; i < sizeof(dashes) / sizeof(*dashes); i++)
		if (str_ends(title, dashes[i])) {
			title.len -= strlen(dashes[i]);
			title = str_trim(title);
			i = (size_t)-1;
		}
	return title.len ? (size_t)(title.p - text.p) + title.len : end;
}

struct str title_text(struct arena *arena, struct str text)
{
	struct str title = without_tails(story_line(arena, text));
	bool is_task = str_starts(title, "☐ ") || str_starts(title, "☑ ");
	return is_task ? str_trim(str_from(title, strlen("☐ "))) : title;
}

/* What links are called that only point; none of them is longer than this. */
#define POINTER_BYTES 32
static const char *const pointers[] = {
	"链接",
	"详情",
	"查看",
	"原文",
	"阅读原文",
	"查看详情",
	"查看原文",
	"原文链接",
	"来源",
	"出处",
	"网址",
	"地址",
	"传送门",
	"官网",
	"阅读",
	"阅读全文",
	"点击查看",
	"项目地址",
	"項目地址",
	"项目",
	"项目主页",
	"主页",
	"论文",
	"论文链接",
	"论文地址",
	"代码",
	"更多",
	"更多详情",
	"查看更多",
	"下载",
	"连结",
	"連結",
	"link",
	"links",
	"read more",
	"more",
	"source",
	"details",
	"comments",
	"discussion",
	"discuss",
	"read",
	"article",
	"post",
	"full story",
	"learn more",
	"here",
	"paper",
	"code",
	"pdf",
	"arxiv",
	"abs",
	"html",
	"doi",
	"tweet",
	"thread",
	"slides",
	"demo",
	"dataset",
	"model",
	"project",
	"project page",
	"homepage",
	"repo",
	"download",
	"github",
	"website",
	"video",
	"blog",
	"hn",
	"via",
	"lire",
	"lire la suite",
	"lire l'article",
	"en savoir plus",
	"lien",
	"suite",
	"mehr",
	"weiterlesen",
	"zum artikel",
	"quelle",
	"artikel",
	"leer más",
	"más",
	"fuente",
	"enlace",
	"ver más",
	"leia mais",
	"saiba mais",
	"fonte",
	"leggi",
	"подробнее",
	"читать",
	"читать далее",
	"ссылка",
	"источник",
	"続きを読む",
	"詳細",
	"リンク",
	"記事",
	"記事を読む",
	"出典",
	"자세히",
	"자세히 보기",
	"링크",
	"더보기",
	"원문",
	"출처",
	"기사",
	"🔗",
};

bool title_is_pointer(struct str text)
{
	uint32_t cp;
	for (size_t len; text.len; text = str_from(text, len)) {
		len = utf8_next(text, 0, &cp);
		if (codepoint_is_word(cp) || (codepoint_is_cjk(cp) && cp >= 0x3040))
			break;
	}
	while (text.len && strchr(" ]).>", text.p[text.len - 1]))
		text.len--;
	for (size_t i = 0, len; i < text.len; i += len) {
		len = utf8_next(text, i, &cp);
		bool is_arrow = (cp >= 0x2190 && cp < 0x2200) || cp == 0xbb || cp == 0x203a;
		if (is_arrow || cp == 0xfe0f)
			text.len = i;
	}
	text = str_trim(text);
	if (text.len > POINTER_BYTES)
		return false;
	for (size_t i = 0; i < sizeof(pointers) / sizeof(*pointers); i++)
		if (str_same_letters(text, str_of(pointers[i])))
			return true;
	return text.len == 0;
}

/* Words of a link that do not belong to a title: its address, or that there is one. */
static bool is_no_name(struct str text)
{
	return str_starts(text, "http://") || str_starts(text, "https://") ||
	       title_is_pointer(text);
}

/* Where the title ends without pictures and links behind it that only point somewhere. */
static size_t without_pointers(const struct build *raw, const struct block *leaf, size_t from,
			       size_t end)
{
	static const char *const signs[] = {"[",  "(", "（", "【", "|", "｜", "·",
					    "、", "/", ",",  "-",  "→", "🔗",  "👉"};
	for (size_t i = build_span_at(raw, leaf, end ? end - 1 : 0) + 1; i-- > leaf->span;) {
		if (i >= leaf->span + leaf->n_spans)
			continue;
		const struct span *span = &raw->spans[i];
		size_t tail = span->at + span->len;
		if (tail > end)
			continue;
		struct str behind = str_sub(leaf->text, tail, end - tail);
		bool is_last = behind.len <= 8 && title_is_pointer(behind);
		if (!span->link || !is_last || span->at <= from ||
		    (!raw->links[span->link - 1].is_image &&
		     !is_no_name(str_sub(leaf->text, span->at, span->len))))
			break;
		struct str left = str_trim(str_sub(leaf->text, from, span->at - from));
		for (size_t k = 0; k < sizeof(signs) / sizeof(*signs); k++)
			if (str_ends(left, signs[k])) {
				left = str_trim(str_sub(left, 0, left.len - strlen(signs[k])));
				k = (size_t)-1;
			}
		if (left.len < 4)
			break;
		end = (size_t)(left.p - leaf->text.p) + left.len;
	}
	return end;
}

struct str title_of(struct arena *arena, const struct build *raw, const struct block *leaf,
		    size_t from, size_t end)
{
	end = without_pointers(raw, leaf, from, end);
	return title_text(arena, str_sub(leaf->text, from, end - from));
}
