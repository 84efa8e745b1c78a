/* Addresses to a listener on the reader's machine, through a socket that SSH forwards or a FIFO. */
#include "remote.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <sulan/error.h>

#include "children.h"

enum { SEND_MS = 1000 };

static int open_socket(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof(address)) < 0) {
		int why = errno;
		close(fd);
		errno = why;
		return -1;
	}
	return fd;
}

/* A FIFO that nobody reads cannot be opened so. */
static int open_remote(const char *path)
{
	struct stat status;
	if (stat(path, &status) < 0)
		return -1;
	if (status.st_uid != geteuid()) {
		errno = EPERM;
		return -1;
	}
	if (S_ISSOCK(status.st_mode))
		return open_socket(path);
	if (S_ISFIFO(status.st_mode))
		return open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	errno = ENOTSOCK;
	return -1;
}

bool remote_send(const char *path, struct str lines, struct error *err)
{
	int fd = open_remote(path);
	if (fd < 0) {
		error_set(err, ERROR_TERM, N_("nobody takes links there: %s"), strerror(errno));
		return error_at(err, path, 0);
	}
	bool is_sent = children_feed(fd, lines, SEND_MS);
	close(fd);
	if (is_sent)
		return true;
	error_set(err, ERROR_TERM, N_("who listens there takes no link"), NULL);
	return error_at(err, path, 0);
}
