/* An archive of daily issues, and the same stories as one Atom feed: clauses that come again and
 * again, of frequent words and of names, put together anew. Stands in for one made of real issues.
 *
 *   archive N DIR FEED
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STORIES    11
#define PARAGRAPHS 6
#define CLAUSES    2000
#define LAST_DAY   1769040000 /* 2026-01-22, in seconds since 1970 */

static const char *const words[] = {
	"微软",   "谷歌",   "开源",     "芯片",   "模型", "算力",  "数据",     "智能体", "机器人",
	"融资",   "发布",   "系统",     "平台",   "工具", "研究",  "学习",     "深度",   "推理",
	"训练",   "应用",   "市场",     "公司",   "产品", "团队",  "用户",     "服务",   "企业",
	"技术",   "的",     "了",       "在",     "与",   "和",    "将",       "对",     "为",
	"OpenAI", "GPT-5",  " Claude ", "agent",  "API",  "2026 ", "具身智能", "可以",   "通过",
	"能力",   "，",     "，",       "、",     "以及", "支持",  "推出",     "新的",   "更新",
	"性能",   "成本",   "开发者",   "社区",   "中国", "美国",  "估值",     "亿美元", "版本",
	"任务",   "自动化", "工作流",   "多模态", "视频", "图像",  "语音",     "上下文", "基准",
	"测试",   "超过",   "首次",     "宣布",   "合作", "战略",  "竞争",     "未来",   "变化",
};
#define N_WORDS (sizeof(words) / sizeof(*words))

static uint32_t below(uint32_t n)
{
	static uint64_t state = 42;
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(state >> 33) % n;
}

static size_t put_sign(char *out, uint32_t nth)
{
	uint32_t cp = 0x4E00 + nth * 7 % 20000;
	out[0] = (char)(0xE0 | cp >> 12);
	out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[2] = (char)(0x80 | (cp & 0x3F));
	return 3;
}

/* One of 4,000 names of two characters, the first ones most often. */
static size_t put_name(char *out)
{
	uint32_t name = below(1 + below(1 + below(4000)));
	size_t len = put_sign(out, name % 1500);
	len += put_sign(out + len, name * 31 % 1500);
	out[len] = '\0';
	return len;
}

static size_t put_words(char *out, unsigned n)
{
	size_t len = 0;
	for (; n > 0; n--) {
		if (below(2)) {
			len += put_name(out + len);
			continue;
		}
		const char *word = words[below(N_WORDS)];
		memcpy(out + len, word, strlen(word));
		len += strlen(word);
	}
	out[len] = '\0';
	return len;
}

static char clauses[CLAUSES][256];

static size_t put_clauses(char *out, unsigned n)
{
	size_t len = 0;
	for (; n > 0; n--)
		len += (size_t)sprintf(out + len, "%s%s", clauses[below(CLAUSES)],
				       n > 1 ? "，" : "");
	return len;
}

static void put_story(FILE *md, FILE *feed, const char *day, unsigned issue, unsigned nth)
{
	char title[1024], text[8192];
	size_t end = put_clauses(title, 1);
	put_name(title + end);
	fprintf(md,
		"## %s\n\n> **分类：** 技术\n> **来源：** [来源](https://example.org/%u/%u)\n\n",
		title, issue, nth);
	fprintf(feed,
		"<entry><title>%s</title><id>https://example.org/%u/%u</id>"
		"<link href=\"https://example.org/%u/%u\"/><updated>%sT0%u:00:00Z</updated>"
		"<content type=\"html\">",
		title, issue, nth, issue, nth, day, nth % 10);
	for (int p = 0; p < PARAGRAPHS; p++) {
		size_t len = 0;
		for (int s = 0; s < 4; s++) {
			len += put_clauses(text + len, 2);
			len += (size_t)sprintf(text + len, "。");
		}
		fprintf(md, "- %s\n", text);
		fprintf(feed, "&lt;p&gt;%s&lt;/p&gt;", text);
	}
	fprintf(md, "\n");
	fprintf(feed, "</content></entry>\n");
}

int main(int argc, char **argv)
{
	unsigned n = argc == 4 ? (unsigned)atoi(argv[1]) : 0;
	FILE *feed = n ? fopen(argv[3], "w") : NULL;
	if (!feed) {
		fputs("usage: archive N DIR FEED\n", stderr);
		return 2;
	}
	for (int i = 0; i < CLAUSES; i++)
		put_words(clauses[i], 7);
	strcat(clauses[0], "鸿蒙"); /* what is searched for */
	fputs("<?xml version=\"1.0\" encoding=\"utf-8\"?><feed "
	      "xmlns=\"http://www.w3.org/2005/Atom\">"
	      "<title>archive</title><id>archive</id>\n",
	      feed);
	for (unsigned i = n; i > 0; i--) {
		char day[16], path[4096];
		time_t at = LAST_DAY - (time_t)(i - 1) * 86400;
		struct tm tm;
		strftime(day, sizeof(day), "%Y-%m-%d", gmtime_r(&at, &tm));
		snprintf(path, sizeof(path), "%s/%s.md", argv[2], day);
		FILE *md = fopen(path, "w");
		if (!md)
			return 1;
		fprintf(md, "# 日报 %s\n\n", day);
		for (unsigned s = 0; s < STORIES; s++)
			put_story(md, feed, day, i, s);
		if (fclose(md) != 0)
			return 1;
	}
	fputs("</feed>\n", feed);
	return fclose(feed) != 0;
}
