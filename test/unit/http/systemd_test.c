/* systemd_test.c - as a service: a socket that is handed over, what systemd is told, signals. */
#include <netinet/in.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "test/t.h"
#include "test/unit/http/wire.h"

/* A socket in the abstract name space that hears what is told to systemd. */
static int listen_to_service(const char *name)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    size_t n = strlen(name);
    memcpy(at.sun_path, name, n);
    at.sun_path[0] = '\0';
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct timeval most = {.tv_sec = 5};
    CHECK(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most) == 0);
    CHECK(bind(fd, (const struct sockaddr *)&at,
               (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n)) == 0);
    return fd;
}

static void check_told(int fd, const char *what)
{
    char text[64];
    ssize_t n = recv(fd, text, sizeof text, 0);
    CHECK_STR(((Str){text, n > 0 ? (size_t)n : 0}), what);
}

static struct arena *a;
static char name[64], watchdog[32];

static void set_environment(void)
{
    Str s = arena_fmt(a, "@geci-http-test-%d", (int)getpid());
    memcpy(name, s.p, s.n + 1);
    memcpy(watchdog, "2400000", 8);
    CHECK(setenv("NOTIFY_SOCKET", name, 1) == 0 && setenv("WATCHDOG_USEC", watchdog, 1) == 0);
}

TEST(systemd_is_told)
{
    static struct wire_server w;
    a = arena_open();
    set_environment();
    int fd = listen_to_service(name);
    wire_start(&w, NULL);
    check_told(fd, "READY=1");
    check_told(fd, "WATCHDOG=1");
    wire_stop(&w);
    check_told(fd, "STOPPING=1");
    CHECK(unsetenv("NOTIFY_SOCKET") == 0 && unsetenv("WATCHDOG_USEC") == 0);
    wire_close(fd);
    arena_close(a);
}

static void answer(void *arg, struct http_request *rq)
{
    (void)arg;
    http_answer(rq, 200, S("text/plain"), S("hello"));
}

/* The service: its end is the process's. */
_Noreturn static void serve(int listening)
{
    struct http_server *s;
    struct http_options o = {.listen = "nowhere", .loops = 2, .log_fd = -1};
    struct http_hooks hooks = {.handle = answer};
    Str pid = arena_fmt(a, "%d", (int)getpid());
    if (dup2(listening, 3) != 3 || setenv("LISTEN_PID", pid.p, 1) != 0 ||
        setenv("LISTEN_FDS", "1", 1) != 0)
        _exit(2);
    if (http_open(a, &s, &o, &hooks, NULL) != OK)
        _exit(3);
    _exit(http_wait(s) == OK ? 0 : 4);
}

TEST(systemd_hands_its_socket_over)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), status = 0;
    CHECK(bind(fd, (const struct sockaddr *)&at, n) == 0 && listen(fd, 16) == 0);
    CHECK(getsockname(fd, (struct sockaddr *)&at, &n) == 0);
    a = arena_open();
    pid_t child = fork();
    if (child == 0)
        serve(fd);
    for (int i = 0; i < 5; i++)
        CHECK_INT(
            wire_status(wire_ask(a, ntohs(at.sin_port), S("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))),
            200);
    CHECK(kill(child, SIGTERM) == 0);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    wire_close(fd);
    arena_close(a);
}
