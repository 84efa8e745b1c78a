/* Chinese line breaking as issues need it: dates, amounts, names, quotations, addresses. In a
 * sample, | is where a line ends, and the spaces before it vanish. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/wrap.h>

struct sample {
	enum wrap_level level;
	size_t cols;
	const char *lines;
};

static struct str without_ends(struct arena *arena, struct str lines)
{
	struct strbuf text = strbuf_make(arena);
	for (size_t i = 0; i < lines.len; i++)
		if (lines.p[i] != '|')
			strbuf_putc(&text, lines.p[i]);
	return strbuf_str(&text);
}

/* The lines as a sample has them. */
static struct str wrapped(struct arena *arena, struct str text, const struct sample *sample)
{
	const struct wrap_opts opts = {.policy = {.ambiguous = 1, .pictures = 1},
				       .level = sample->level};
	struct wrap_line *lines;
	struct strbuf joined = strbuf_make(arena);
	size_t n = wrap_lines(arena, text, sample->cols, sample->cols, &opts, &lines);
	for (size_t i = 0; i < n; i++) {
		size_t end = i + 1 < n ? lines[i + 1].at : text.len;
		strbuf_put(&joined, str_sub(text, lines[i].at, end - lines[i].at));
		if (i + 1 < n)
			strbuf_putc(&joined, '|');
	}
	return strbuf_str(&joined);
}

static void check(const struct sample *samples, size_t n)
{
	struct arena *arena = arena_new();
	int wrong = 0;
	for (size_t i = 0; i < n; i++) {
		struct str text = without_ends(arena, str_of(samples[i].lines));
		struct str got = wrapped(arena, text, &samples[i]);
		if (str_is(got, samples[i].lines))
			continue;
		print_error("%zu columns, level %d: %s, not %s\n", samples[i].cols,
			    (int)samples[i].level, got.p, samples[i].lines);
		wrong++;
	}
	arena_free(arena);
	assert_int_equal(wrong, 0);
}

#define CHECK(samples) check(samples, sizeof(samples) / sizeof((samples)[0]))

static void dates_times_and_ranges_stay_whole(void **state)
{
	static const struct sample samples[] = {
		{WRAP_BASIC, 20, "会议定于2026年11月|24日（周二）上午|10:30开始"},
		{WRAP_BASIC, 14, "日期写作|2026-11-24或|2026/11/24"},
		{WRAP_BASIC, 9, "产量在|5～19吨之|间，约|50万～|80万元"},
		{WRAP_BASIC, 12, "炉温为|2000~3500℃，|误差±0.5℃"},
		{WRAP_BASIC, 15, "见第3-5章、|第7–9章、附录"},
		{WRAP_BASIC, 9, "3月1日—|5日，周一|至周五"},
		{WRAP_BASIC, 9, "每分钟|60～100次"},
		{WRAP_NONE, 8, "每分钟60|～100次"},
	};
	(void)state;
	CHECK(samples);
}

static void numbers_keep_their_signs_and_units(void **state)
{
	static const struct sample samples[] = {
		{WRAP_BASIC, 10, "整体升幅|+12.8%，高|于预期"},
		{WRAP_BASIC, 14, "夜里气温降到|−8℃以下"},
		{WRAP_BASIC, 22, "占比约37.5％，同比增|1.2个百分点"},
		{WRAP_BASIC, 24, "售价￥1,299.00元，约合|$199.9"},
		{WRAP_BASIC, 9, "共€50或|¥9,999起"},
		{WRAP_BASIC, 12, "版本号|（v1.0.3），|下载量|10,000,000次"},
		{WRAP_BASIC, 21, "圆周率3.14159，约数|1,234,567.89"},
		{WRAP_BASIC, 10, "参数量为|0.5B、|1.5B、7B和|72B"},
		{WRAP_BASIC, 12, "评分为|9.5/10，共|1/3的人"},
		{WRAP_BASIC, 17, "100%国产，30‰左|右，5%以上"},
		{WRAP_BASIC, 15, "上涨了1/4（约|25%）！！！"},
		{WRAP_BASIC, 13, "尺寸为|2048×2048像|素，比例16:9"},
		{WRAP_BASIC, 13, "约合1.5亿元|（2.1亿美元）"},
		{WRAP_BASIC, 17, "电话：|010-8888-6666，|QQ：12345"},
		{WRAP_BASIC, 20, "客服24/7在线，全年|7×24小时"},
	};
	(void)state;
	CHECK(samples);
}

static void names_of_versions_models_and_languages_stay_whole(void **state)
{
	static const struct sample samples[] = {
		{WRAP_BASIC, 16, "从v1.25+升级到|v2.0版"},
		{WRAP_BASIC, 14, "发布GPT-4o与|Claude-3.7-|Sonnet对比"},
		{WRAP_BASIC, 10, "用C++、|C#、F#|和.NET写成"},
		{WRAP_BASIC, 17, "跑在Node.js上的|Next.js应用"},
		{WRAP_BASIC, 10, "Qwen2.5-|VL-72B-|Instruct已|开源"},
		{WRAP_BASIC, 12, "RTX 4090|（24GB）与|A100-80GB-|SXM"},
		{WRAP_BASIC, 12, "该模型（如|GPT-5、o3|等）很强"},
		{WRAP_BASIC, 13, "AT&T与R&D部|门，Q&A环节"},
		{WRAP_BASIC, 16, "新的iPhone 17 |Pro Max与macOS |26.1"},
		{WRAP_BASIC, 13, "B站、P图、T|恤、5G、3D"},
		{WRAP_BASIC, 12, "见§3.2、图|2-1和表4.1"},
		{WRAP_BASIC, 18, "按Ctrl+C中止，或|Ctrl+D结束"},
		{WRAP_BASIC, 18, "请用`npm i -g`安|装，再跑`make |check`。"},
	};
	(void)state;
	CHECK(samples);
}

static void quotation_marks_go_with_what_they_quote(void **state)
{
	static const struct sample samples[] = {
		{WRAP_BASIC, 15, "他说：“今天不|行。”然后走了"},
		{WRAP_BASIC, 21, "他问：“你读过《红楼|梦》吗？”我摇头"},
		{WRAP_BASIC, 10, "这叫“AI 智|能体”服|务，不是|“agent”。"},
		{WRAP_BASIC, 10, "平台“For |You”信息流|改版"},
		{WRAP_BASIC, 13, "有人说‘足够|好’的文化害人"},
		{WRAP_BASIC, 20, "她答：“老师说‘慢慢|来’。”大家都笑了"},
		{WRAP_BASIC, 16, "「他说『不必着|急』。」然后坐下"},
		{WRAP_BASIC, 9, "“甲”、|“乙”和|“丙”三方"},
		{WRAP_BASIC, 15, "问：什么是“涌|现”？答：见下文"},
		{WRAP_BASIC, 8, "“……”他不|说话"},
		{WRAP_BASIC, 8, "他说“——”|是破折号"},
		{WRAP_BASIC, 8, "“‘引号’|里有引|号”"},
		{WRAP_BASIC, 9, "“《书|名》”很好"},
		{WRAP_BASIC, 14, "it's Tom's |idea，我觉得|Rubik's魔方好"},
	};
	(void)state;
	CHECK(samples);
}

static void brackets_and_titles_are_never_parted_from_what_they_hold(void **state)
{
	static const struct sample samples[] = {
		{WRAP_BASIC, 16, "（见《数据手册|（第二版）》）。"},
		{WRAP_BASIC, 16, "版权归谁（有|吗？），没人知道"},
		{WRAP_BASIC, 10, "半角(如|this)与全|角（如：|that)混用"},
		{WRAP_BASIC, 23, "英文（English）与中文|（Chinese）混排"},
		{WRAP_BASIC, 22, "《人民日报》《光明日|报》报道"},
		{WRAP_BASIC, 14, "【快讯】【独|家】某公司"},
		{WRAP_BASIC, 8, "〔2026〕|18号文件"},
		{WRAP_BASIC, 10, "读了《C语|言（第2版|）》、|《Go》。"},
		{WRAP_BASIC, 15, "邮箱|(abc@def.com)。"},
	};
	(void)state;
	CHECK(samples);
}

static void runs_of_marks_stay_with_the_word_before(void **state)
{
	static const struct sample samples[] = {
		{WRAP_BASIC, 10, "你是认真|的？！”他|问道"},
		{WRAP_BASIC, 9, "什|么……？！|真的吗……"},
		{WRAP_BASIC, 8, "好|的～～～"},
		{WRAP_BASIC, 8, "啊！！！|——他喊道"},
		{WRAP_STRICT, 8, "啊！！！|——他喊道"},
		{WRAP_BASIC, 10, "甲：乙；|丙、丁。戊"},
	};
	(void)state;
	CHECK(samples);
}

static void dashes_dots_and_ellipses_are_not_cut(void **state)
{
	static const struct sample samples[] = {
		{WRAP_BASIC, 8, "战略——引|入对手——|终于成功"},
		{WRAP_STRICT, 14, "战略——引入对|手——终于成功"},
		{WRAP_NONE, 8, "战略——引|入对手——|终于成功"},
		{WRAP_BASIC, 9, "他愣住|了……半天|没说话"},
		{WRAP_STRICT, 9, "他愣住|了……半天|没说话"},
		{WRAP_BASIC, 11, "从北京—上|海—广州的线|路"},
		{WRAP_BASIC, 13, "作者马丁·路|德·金与史蒂|夫·耶格"},
		{WRAP_BASIC, 17, "约翰·F·肯尼迪和|J·K·罗琳"},
	};
	(void)state;
	CHECK(samples);
}

static void the_solidus_stays_as_the_level_says(void **state)
{
	static const struct sample samples[] = {
		{WRAP_BASIC, 17, "用户可以允许/拒|绝，工作/生活不分"},
		{WRAP_GB, 13, "用户可以允|许/拒绝，工|作/生活不分"},
		{WRAP_GB, 9, "月费|99元/月，|速度3GB/s"},
		{WRAP_GB, 11, "界面/体验|（UI/UX）设|计师"},
		{WRAP_GB, 13, "做A/B测试与|I/O性能"},
		{WRAP_GB, 9, "时速|120km/h，|重3.5kg"},
	};
	(void)state;
	CHECK(samples);
}

static void addresses_tags_and_pictures_read_as_one(void **state)
{
	static const struct sample samples[] = {
		{WRAP_BASIC, 23, "访问|https://example.com/|docs/2026/index.html?|lang=zh查看"},
		{WRAP_BASIC, 22, "写信到|editor@example.com订|阅，可随时退订"},
		{WRAP_BASIC, 18, "话题#人工智能#很|热，@小明 也在"},
		{WRAP_BASIC, 14, "感谢|（@some_user）|的投稿（#308）"},
		{WRAP_BASIC, 17, "提交#42修了，见|issue #7"},
		{WRAP_BASIC, 12, "🚀 高级功|能：一键部署"},
		{WRAP_BASIC, 9, "发布了|🎉，新增|了📱客户|端🔧"},
		{WRAP_BASIC, 10, "如前所述|①，又见|②③。"},
		{WRAP_BASIC, 9, "用户@张|三：你好"},
		{WRAP_BASIC, 8, "从需求→|搜索→封|装→优化"},
	};
	(void)state;
	CHECK(samples);
}

static void terms_and_units_are_not_parted_at_the_solidus(void **state)
{
	static const struct sample samples[] = {
		{WRAP_BASIC, 9, "团队先做|A/B测试"},
		{WRAP_BASIC, 12, "时速可达约|120km/h，很|快"},
		{WRAP_BASIC, 15, "内存带宽只有|256GB/s。"},
		{WRAP_BASIC, 14, "价格分别为|40元/月和|70元/百万"},
		{WRAP_BASIC, 15, "移动端|（iOS/Android）|可用"},
		{WRAP_BASIC, 18, "在Google I/O大会上|说"},
		{WRAP_BASIC, 14, "选择性禁用|HTTP/1.1协议"},
		{WRAP_GB, 20, "https://example.com/|docs/2026查看"},
		{WRAP_STRICT, 20, "https://example.com/|docs/2026查看"},
	};
	(void)state;
	CHECK(samples);
}

static void numbers_are_whole_at_every_point(void **state)
{
	static const struct sample samples[] = {
		{WRAP_BASIC, 16, "发布bun-|v1.0.0-beta.3版"},
		{WRAP_BASIC, 12, "售价为|￥1,299.00元"},
		{WRAP_BASIC, 11, "￥1,299.00|元"},
		{WRAP_BASIC, 13, "时间定在今晚|１２：３０开"},
		{WRAP_BASIC, 11, "系数约为|３．５％吧"},
		{WRAP_BASIC, 10, "见本刊No.1|（上）"},
		{WRAP_BASIC, 14, "今年全年涨幅|-3.5%左右"},
		{WRAP_BASIC, 17, "北京时间 5 月|24 日 凌晨约 4 点"},
		{WRAP_BASIC, 16, "占比已经达到了约|45 %，很高"},
		{WRAP_BASIC, 12, "约需要内存|24 GB左右"},
	};
	(void)state;
	CHECK(samples);
}

static void marks_of_notes_stay_with_what_they_are_on(void **state)
{
	static const struct sample samples[] = {
		{WRAP_BASIC, 11, "大会通过决|议[12]之后"},
		{WRAP_BASIC, 11, "面积约12万|m²的厂房"},
		{WRAP_BASIC, 12, "深入实施“人|工智能+”行动"},
		{WRAP_BASIC, 12, "训练引擎 - |推理引擎"},
	};
	(void)state;
	CHECK(samples);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_times_and_ranges_stay_whole),
		cmocka_unit_test(numbers_keep_their_signs_and_units),
		cmocka_unit_test(names_of_versions_models_and_languages_stay_whole),
		cmocka_unit_test(quotation_marks_go_with_what_they_quote),
		cmocka_unit_test(brackets_and_titles_are_never_parted_from_what_they_hold),
		cmocka_unit_test(runs_of_marks_stay_with_the_word_before),
		cmocka_unit_test(dashes_dots_and_ellipses_are_not_cut),
		cmocka_unit_test(the_solidus_stays_as_the_level_says),
		cmocka_unit_test(addresses_tags_and_pictures_read_as_one),
		cmocka_unit_test(terms_and_units_are_not_parted_at_the_solidus),
		cmocka_unit_test(numbers_are_whole_at_every_point),
		cmocka_unit_test(marks_of_notes_stay_with_what_they_are_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
