/* What an issue is called: its publication, date and heading, from where they are said. */
#include <string.h>

#include <sulan/arena.h>

#include "build.h"

/* The part of a path behind its last `n` slashes. */
static struct str path_end(struct str path, size_t n)
{
	size_t at = path.len;
	while (at > 0 && (path.p[at - 1] != '/' || --n > 0))
		at--;
	return str_from(path, at);
}

static bool find_year(struct str text, int *year)
{
	for (size_t i = 0, n = 0; i <= text.len; i++) {
		bool is_digit = i < text.len && text.p[i] >= '0' && text.p[i] <= '9';
		long value;
		if (!is_digit && n == 4 &&
		    str_to_int(str_sub(text, i - 4, 4), 1970, 2099, &value)) {
			*year = (int)value;
			return true;
		}
		n = is_digit ? n + 1 : 0;
	}
	return false;
}

/* Bytes of a heading in which its date is looked for. */
#define DATED_BYTES 1024
/* Bytes of an issue's text in which a date may tell the year. */
#define YEAR_BYTES ((size_t)1 << 16)

/* The year of a day without one: of the front matter, the path, or the first date in the text. */
static int year_of(const struct issue *issue, const struct front *front, const struct build *done)
{
	int year = 0;
	struct date date;
	if (find_year(front->text, &year) || find_year(path_end(issue->path, 3), &year))
		return year;
	for (size_t i = 0, n = 0; i < done->n_blocks && n < YEAR_BYTES; i++) {
		n += done->blocks[i].text.len;
		if (date_find(str_sub(done->blocks[i].text, 0, YEAR_BYTES), &date, NULL, NULL))
			return date.year;
	}
	return 0;
}

/* A day of an unknown year, or a month, of which the first day is taken. */
static struct date find_part(const struct issue *issue, const struct front *front,
			     const struct build *done)
{
	const struct str places[] = {str_sub(issue->title, 0, DATED_BYTES), front->date,
				     path_end(issue->path, 1)};
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		struct date date;
		size_t at, len;
		if (!date_find_part(places[i], &date, &at, &len))
			continue;
		if (!date.year)
			date.year = (short)year_of(issue, front, done);
		if (!date.day)
			date.day = 1;
		if (date_is_valid(date))
			return date;
	}
	return (struct date){0};
}

/* Bytes of the text before the first heading of a section in which the date may stand. */
#define OPENING_BYTES 400

/* The date in what stands under the issue's heading. */
static struct date find_opening(const struct build *done)
{
	struct date date = {0};
	for (size_t i = 0, n = 0; i < done->n_blocks && n < OPENING_BYTES && !date.year; i++) {
		const struct block *block = &done->blocks[i];
		if (block->kind == BLOCK_HEADING && block->part != PART_ISSUE)
			break;
		n += block->text.len;
		if (block->depth == 0 && block->kind != BLOCK_CODE)
			date_find(str_sub(block->text, 0, OPENING_BYTES), &date, NULL, NULL);
	}
	return date;
}

void name_issue(struct issue *issue, const struct front *front, const struct build *done)
{
	struct str title = issue->title.len ? issue->title : front->title;
	const struct str places[] = {front->date, str_sub(title, 0, DATED_BYTES),
				     path_end(issue->path, 1), path_end(issue->path, 3)};
	if (issue->title.len == 0)
		issue->title = str_copy(issue->arena, front->title);
	for (size_t i = 0; i < sizeof(places) / sizeof(*places) && !issue->date.year; i++)
		date_find(places[i], &issue->date, NULL, NULL);
	if (!issue->date.year)
		issue->date = find_part(issue, front, done);
	if (!issue->date.year)
		issue->date = find_opening(done);
	issue->publication = publication_of(issue->arena, issue->title);
}

struct str issue_series(const struct issue *issue)
{
	struct str in_folder = path_end(issue->path, 2), folder;
	if (issue->publication.len || in_folder.len == path_end(issue->path, 1).len)
		return issue->publication;
	str_cut(&in_folder, '/', &folder);
	return folder;
}

void name_put_front(struct maker *maker, const struct front *front, bool has_heading)
{
	struct build *done = &maker->done;
	bool is_title = !has_heading && front->title.len;
	struct block block = {.part = PART_ISSUE, .number = -1, .line = front->line, .level = 1};
	block.kind = BLOCK_HEADING;
	block.text = str_copy(done->arena, front->title);
	if (is_title)
		build_block(done, block);
	block.kind = BLOCK_CODE;
	block.level = 0;
	block.text = str_trim(front_rest(done->arena, front, is_title));
	if (block.text.len)
		build_block(done, block);
}
