/* listen.c - the sockets that connections come from: one a loop, all on one port, so that the
 * kernel spreads connections over the loops; or one that systemd opened, shared by all. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/str.h"
#include "http/http_int.h"
#include "os/file.h"

enum { LISTEN_QUEUE = 1024, SYSTEMD_FD = 3 };

union name {
    struct sockaddr sa;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_storage any;
};

static bool parse_port(uint16_t *out, Str digits)
{
    uint32_t n = 0;
    for (size_t i = 0; i < digits.n; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9' || i > 4)
            return false;
        n = n * 10 + (uint32_t)(digits.p[i] - '0');
    }
    *out = (uint16_t)n;
    return digits.n > 0 && n <= UINT16_MAX;
}

/* "127.0.0.1:8080", "[::1]:8080" */
static bool parse_name(union name *out, socklen_t *n, Str text)
{
    size_t colon = text.n;
    while (colon > 0 && text.p[colon - 1] != ':')
        colon--;
    Address a;
    uint16_t port = 0;
    if (colon == 0 || !address_parse(&a, str_sub(text, 0, colon - 1)) ||
        !parse_port(&port, str_sub(text, colon, text.n)))
        return false;
    memset(out, 0, sizeof *out);
    if (text.p[0] == '[') {
        out->v6.sin6_family = AF_INET6;
        out->v6.sin6_port = htons(port);
        memcpy(&out->v6.sin6_addr, a.byte, sizeof a.byte);
        *n = sizeof out->v6;
    } else {
        out->v4.sin_family = AF_INET;
        out->v4.sin_port = htons(port);
        memcpy(&out->v4.sin_addr, a.byte + 12, 4);
        *n = sizeof out->v4;
    }
    return true;
}

/* A bound socket, or -1. `many`: others of ours may have the same port. */
static int bind_to(const union name *name, socklen_t n, bool many)
{
    int on = 1, fd = socket(name->sa.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
        (!many || setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0) &&
        bind(fd, &name->sa, n) == 0)
        return fd;
    int err = errno;
    (void)close(fd);
    errno = err;
    return -1;
}

static int port_of(int fd)
{
    union name name;
    socklen_t n = sizeof name;
    if (getsockname(fd, &name.sa, &n) != 0)
        return 0;
    return name.sa.sa_family == AF_INET    ? ntohs(name.v4.sin_port)
           : name.sa.sa_family == AF_INET6 ? ntohs(name.v6.sin6_port)
                                           : 0;
}

/* Sockets that may share a port would also share it with another program's, without a word: one
 * that may not is tried first. */
static int open_one(struct http_server *s, union name *name, socklen_t n)
{
    if (s->port == 0) {
        int alone = bind_to(name, n, false);
        if (alone < 0)
            return -1;
        s->port = port_of(alone);
        (void)close(alone); /* never listened */
        uint16_t port = htons((uint16_t)s->port);
        if (name->sa.sa_family == AF_INET)
            name->v4.sin_port = port;
        else
            name->v6.sin6_port = port;
    }
    int fd = bind_to(name, n, true);
    if (fd >= 0 && listen(fd, LISTEN_QUEUE) != 0) {
        int err = errno;
        (void)close(fd);
        errno = err;
        return -1;
    }
    return fd;
}

static enum status refuse(const struct http_server *s, struct diags *ds, Str why)
{
    (void)diag_add(ds, DIAG_HTTP_LISTEN, (Span){0, 0}, str_of(s->o.listen), why, NO_ARG);
    return ERR_IO;
}

enum status listen_open(struct http_server *s, struct diags *ds)
{
    union name name;
    socklen_t n = 0;
    bool given = notify_sockets() > 0;
    if (!given && !parse_name(&name, &n, str_of(s->o.listen)))
        return refuse(s, ds, S("?"));
    for (int i = 0; i < s->loop_n; i++) {
        int fd = given ? fcntl(SYSTEMD_FD, F_DUPFD_CLOEXEC, 0) : open_one(s, &name, n);
        if (fd < 0 || (given && evutil_make_socket_nonblocking(fd) != 0))
            return refuse(s, ds, file_error(s->keep, errno, LANG_ZH));
        s->loop[i].listen_fd = fd;
    }
    if (given)
        s->port = port_of(SYSTEMD_FD);
    return OK;
}
