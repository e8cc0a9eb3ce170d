#include "outside/connect.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"

enum { ADDRESS_TEXT = 64 };

static const uint8_t *bytes_of(const struct addrinfo *a, size_t *n)
{
    if (a->ai_family == AF_INET) {
        *n = 4;
        return (const uint8_t *)&((const struct sockaddr_in *)(const void *)a->ai_addr)->sin_addr;
    }
    *n = a->ai_family == AF_INET6 ? 16 : 0;
    return (const uint8_t *)&((const struct sockaddr_in6 *)(const void *)a->ai_addr)->sin6_addr;
}

static bool may_reach(struct arena *tmp, const struct addrinfo *a, const struct outside_url *u,
                      const struct outside_rules *r)
{
    size_t n;
    char text[ADDRESS_TEXT];
    const uint8_t *byte = bytes_of(a, &n);
    if (outside_is_public(byte, n))
        return true;
    struct outside_url literal = {.literal6 = n == 16, .port = u->port};
    if (n == 0 || inet_ntop(a->ai_family, byte, text, sizeof text) == NULL)
        return false;
    literal.host = str_of(text);
    return outside_allows(tmp, r, &literal);
}

static bool wait_for(int fd, uint32_t wait_ms)
{
    struct pollfd p = {.fd = fd, .events = POLLOUT};
    int err = 0, ready;
    socklen_t n = sizeof err;
    do
        ready = poll(&p, 1, (int)wait_ms);
    while (ready < 0 && errno == EINTR);
    return ready == 1 && getsockopt(fd, SOL_SOCKET, SO_ERROR, &err, &n) == 0 && err == 0;
}

static int connect_to(const struct addrinfo *a, uint32_t wait_ms)
{
    int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP);
    if (fd < 0)
        return -1;
    if (connect(fd, a->ai_addr, a->ai_addrlen) == 0 ||
        (errno == EINPROGRESS && wait_for(fd, wait_ms)))
        return fd;
    (void)close(fd); /* nothing was sent */
    return -1;
}

enum outside_end outside_connect(struct arena *keep, int *fd, Str *address,
                                 const struct outside_url *u, const struct outside_rules *r,
                                 uint32_t wait_ms)
{
    struct addrinfo how = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG}, *list = NULL;
    const char *host = arena_fmt(keep, "%.*s", STR_ARG(u->host)).p;
    char text[ADDRESS_TEXT];
    if (getaddrinfo(host, arena_fmt(keep, "%d", u->port).p, &how, &list) != 0)
        return OUTSIDE_LOST;
    enum outside_end end = OUTSIDE_CLOSED;
    for (const struct addrinfo *a = list; a != NULL; a = a->ai_next)
        if (!may_reach(keep, a, u, r)) /* one that may not spoils the name */
            end = OUTSIDE_PRIVATE;
    for (const struct addrinfo *a = list; a != NULL && end == OUTSIDE_CLOSED; a = a->ai_next) {
        size_t n;
        *fd = connect_to(a, wait_ms);
        if (*fd < 0)
            continue;
        end = OUTSIDE_ANSWERED;
        (void)inet_ntop(a->ai_family, bytes_of(a, &n), text, sizeof text); /* the room is enough */
        *address = arena_copy(keep, str_of(text));
    }
    freeaddrinfo(list);
    return end;
}
