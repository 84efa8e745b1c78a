/* sulan: reads the command line, finds out about the world, and runs one mode. */
#include <malloc.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include <sulan/words.h>

#include "modes.h"
#include "setup.h"

static int run_mode(const struct world *world)
{
	switch (world->args->mode) {
	case MODE_READ: /* without a terminal to draw on, reading is printing */
		return isatty(1) ? mode_read(world) : mode_print(world);
	case MODE_PRINT:
		return mode_print(world);
	case MODE_LIST:
		return mode_list(world);
	case MODE_EXPORT:
		return mode_export(world);
	case MODE_MARK:
		return mode_mark(world);
	case MODE_SYNC:
		return mode_sync(world);
	case MODE_IMPORT:
		return mode_import(world);
	case MODE_SEARCH:
		return mode_search(world);
	case MODE_RELATED:
		return mode_related(world);
	case MODE_TREND:
		return mode_trend(world);
	case MODE_FETCH:
		return mode_fetch(world);
	case MODE_CHECK:
		return mode_check(world);
	case MODE_DOCTOR:
		return mode_doctor(world);
	case MODE_KEYS:
		return mode_keys(world);
	case MODE_OPTIONS:
		return mode_options(world);
	case MODE_THEMES:
		return mode_themes(world);
	case MODE_HELP:
		fputs(world_word(world, args_help), stdout);
		return EXIT_DONE;
	case MODE_VERSION:
		puts("sulan " SULAN_VERSION);
		return EXIT_DONE;
	}
	return EXIT_USAGE;
}

/* Output that could not be written is an error like any other; a reader that went away is not. */
static int finish(const struct world *world, int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	struct error err;
	error_set(&err, ERROR_INPUT, N_("standard output could not be written"), NULL);
	world_complain(world, &err);
	return status ? status : EXIT_INPUT;
}

/* What is large is mapped and unmapped by itself, however much has been freed before: arrays then
 * grow without being copied, and what is freed is gone. */
#define LARGE_BYTES (1 << 20)

int main(int argc, char **argv)
{
	mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
	struct args args;
	struct world world;
	struct error err = {0};
	bool is_understood = args_read(argc, argv, &args, &err);
	if (!is_understood)
		args = (struct args){.mode = MODE_HELP, .lang = args.lang};
	struct error world_err = {0};
	if (!world_open(&world, &args, &world_err)) {
		world_complain(&world, &world_err);
		world_close(&world);
		return EXIT_USAGE;
	}
	if (!is_understood) {
		world_complain(&world, &err);
		world_close(&world);
		return EXIT_USAGE;
	}
	bool is_reading = args.mode == MODE_READ && isatty(1);
	if (!is_reading)
		setup_complain(&world);
	int status = finish(&world, run_mode(&world));
	if (is_reading)
		setup_complain(&world);
	world_close(&world);
	return status;
}
