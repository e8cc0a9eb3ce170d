/* notify.c - what systemd wants to hear (sd_notify(3)): one datagram each. */
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "http/http_int.h"
#include "os/term.h"

void notify_systemd(Str state)
{
    Str path = term_env("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    if (path.n < 2 || path.n >= sizeof to.sun_path || (path.p[0] != '/' && path.p[0] != '@'))
        return;
    memcpy(to.sun_path, path.p, path.n);
    if (path.p[0] == '@') /* in the abstract name space */
        to.sun_path[0] = '\0';
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    socklen_t n = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + path.n);
    /* Nobody may be listening any more; then nobody has to know. */
    (void)sendto(fd, state.p, state.n, MSG_NOSIGNAL, (const struct sockaddr *)&to, n);
    (void)close(fd);
}

/* The number in an environment variable; 0: there is none. */
static int64_t env_int(const char *name)
{
    Str text = term_env(name);
    int64_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9' || i > 15)
            return 0;
        n = n * 10 + (text.p[i] - '0');
    }
    return n;
}

int64_t notify_watchdog_ms(void)
{
    int64_t pid = env_int("WATCHDOG_PID");
    return pid != 0 && pid != getpid() ? 0 : env_int("WATCHDOG_USEC") / 1000;
}

int notify_sockets(void)
{
    return env_int("LISTEN_PID") == getpid() ? (int)env_int("LISTEN_FDS") : 0;
}
