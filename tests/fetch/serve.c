/* An HTTP server on loopback for tests: `serve DIR` prints its port and serves the files of DIR,
 * with ETags, one request after the other; some paths misbehave. What was asked for is in DIR/log.
 * Ends with its standard input. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static void send_text(int fd, const char *text)
{
	for (size_t len = strlen(text); len;) {
		ssize_t n = write(fd, text, len);
		if (n <= 0)
			return;
		text += n;
		len -= (size_t)n;
	}
}

static void send_head(int fd, const char *status, const char *more)
{
	char head[600];
	snprintf(head, sizeof(head), "HTTP/1.1 %s\r\nConnection: close\r\n%s\r\n", status, more);
	send_text(fd, head);
}

static void send_file(int fd, const char *path, const char *request)
{
	char tag[64], more[200], bytes[8192];
	struct stat st;
	int file = strstr(path, "..") ? -1 : open(path + 1, O_RDONLY);
	if (file < 0 || fstat(file, &st) != 0) {
		send_head(fd, "404 Not Found", "");
		return;
	}
	snprintf(tag, sizeof(tag), "\"%lld-%lld\"", (long long)st.st_size,
		 (long long)st.st_mtim.tv_nsec);
	snprintf(more, sizeof(more), "ETag: %s\r\nContent-Type: text/plain%s\r\n", tag,
		 strstr(path, "gbk") ? "; charset=GBK" : "");
	if (strstr(request, tag)) {
		send_head(fd, "304 Not Modified", more);
		close(file);
		return;
	}
	send_head(fd, "200 OK", more);
	for (ssize_t n; (n = read(file, bytes, sizeof(bytes))) > 0;)
		for (ssize_t sent = 0, m; sent < n; sent += m)
			if ((m = write(fd, bytes + sent, (size_t)(n - sent))) <= 0)
				n = 0, m = 1;
	close(file);
}

static void send_endless(int fd)
{
	char bytes[65536];
	memset(bytes, 'x', sizeof(bytes));
	send_head(fd, "200 OK", "");
	while (write(fd, bytes, sizeof(bytes)) > 0)
		;
}

/* False when the connection is to stay open, without an answer. */
static int answer(int fd, const char *path, const char *request)
{
	if (strcmp(path, "/hang") == 0)
		return 0;
	if (strcmp(path, "/broken") == 0)
		send_head(fd, "500 Broken", "");
	else if (strcmp(path, "/loop") == 0)
		send_head(fd, "302 Found", "Location: /loop\r\n");
	else if (strcmp(path, "/moved") == 0)
		send_head(fd, "302 Found", "Location: /feed.xml\r\n");
	else if (strcmp(path, "/to-file") == 0)
		send_head(fd, "302 Found", "Location: file:///etc/passwd\r\n");
	else if (strcmp(path, "/cut") == 0)
		send_head(fd, "200 OK", "Content-Length: 1000\r\n");
	else if (strcmp(path, "/endless") == 0)
		send_endless(fd);
	else
		send_file(fd, path, request);
	return 1;
}

static void serve(int fd)
{
	char request[8192], path[512] = "";
	size_t len = 0;
	for (ssize_t n; len < sizeof(request) - 1; len += (size_t)n) {
		n = read(fd, request + len, sizeof(request) - 1 - len);
		if (n <= 0)
			break;
		request[len + (size_t)n] = '\0';
		if (strstr(request, "\r\n\r\n"))
			break;
	}
	sscanf(request, "GET %511s", path);
	FILE *log = fopen("log", "a");
	if (log) {
		fprintf(log, "%s\n", path);
		fclose(log);
	}
	if (answer(fd, path, request)) {
		shutdown(fd, SHUT_WR);
		close(fd);
	}
}

int main(int argc, char **argv)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(at);
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	signal(SIGPIPE, SIG_IGN);
	if (argc != 2 || chdir(argv[1]) != 0 || listener < 0 ||
	    bind(listener, (struct sockaddr *)&at, sizeof(at)) != 0 || listen(listener, 16) != 0 ||
	    getsockname(listener, (struct sockaddr *)&at, &len) != 0)
		return 1;
	printf("%d\n", ntohs(at.sin_port));
	fflush(stdout);
	for (;;) {
		struct pollfd fds[] = {{.fd = listener, .events = POLLIN},
				       {.fd = 0, .events = POLLIN}};
		if (poll(fds, 2, -1) > 0 && fds[1].revents)
			return 0;
		int fd = fds[0].revents ? accept(listener, NULL, NULL) : -1;
		if (fd >= 0)
			serve(fd);
	}
}
