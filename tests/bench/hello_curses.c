/* The least a full-screen program does: start curses, draw one line, leave when a key comes. */
#include <locale.h>
#include <ncurses.h>

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	initscr();
	raw();
	noecho();
	mvaddstr(0, 0, "hello");
	refresh();
	getch();
	endwin();
	return 0;
}
