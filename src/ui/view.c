/* The stack of views. */
#include "view.h"

struct view *view_top(const struct app *app)
{
	return app->n_views ? app->views[app->n_views - 1] : NULL;
}

void view_push(struct app *app, struct view *view)
{
	if (app->n_views == VIEW_DEPTH)
		view_pop(app);
	app->views[app->n_views++] = view;
}

void view_pop(struct app *app)
{
	if (app->n_views == 0)
		return;
	struct view *view = app->views[--app->n_views];
	view->ops->close(view);
}
