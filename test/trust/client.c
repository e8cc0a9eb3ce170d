#include "test/trust/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"

void client_open(struct client *c, int port)
{
    c->port = port;
    c->fd = -1;
}

void client_close(struct client *c)
{
    if (c->fd >= 0)
        (void)close(c->fd);
    c->fd = -1;
}

static void connect_to(struct client *c)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)c->port)};
    int one = 1;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    (void)setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(c->fd, (struct sockaddr *)&to, sizeof to) != 0)
        client_close(c);
}

static bool send_all(struct client *c, Str s)
{
    while (s.n > 0) {
        ssize_t n = send(c->fd, s.p, s.n, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        s = str_sub(s, (size_t)n, s.n);
    }
    return true;
}

static bool more(struct client *c, size_t *n)
{
    ssize_t got = recv(c->fd, c->room + *n, sizeof c->room - *n, 0);
    *n += got > 0 ? (size_t)got : 0;
    return got > 0;
}

static size_t length_of(Str head)
{
    while (head.n > 0) {
        Str line = str_cut(&head, '\n');
        if (line.n > 16 && strncasecmp(line.p, "content-length: ", 16) == 0)
            return strtoull(line.p + 16, NULL, 10);
    }
    return 0;
}

bool client_read(struct client *c, struct arena *keep, struct client_answer *out)
{
    *out = (struct client_answer){0};
    size_t n = 0, head = 0;
    do {
        if (!more(c, &n))
            return false;
        head = str_find((Str){c->room, n}, S("\r\n\r\n")) + 4;
    } while (head > n);
    size_t whole = head + length_of((Str){c->room, head});
    while (n < whole)
        if (!more(c, &n))
            return false;
    Str all = arena_copy(keep, (Str){c->room, whole});
    out->status = (int)strtol(all.p + 9, NULL, 10);
    out->head = str_sub(all, 0, head);
    out->body = str_sub(all, head, whole);
    return true;
}

bool client_send(struct client *c, struct arena *keep, const struct client_question *q)
{
    Str ask =
        arena_fmt(keep, "%s %.*s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %zu\r\n%.*s\r\n",
                  q->method, STR_ARG(q->path), q->body.n, STR_ARG(q->headers));
    if (c->fd < 0)
        connect_to(c);
    return c->fd >= 0 && send_all(c, ask) && send_all(c, q->body);
}

void client_ask(struct client *c, struct arena *keep, struct client_answer *out,
                const struct client_question *q)
{
    for (int turn = 0; turn < 2; turn++) { /* a connection may have been closed meanwhile */
        *out = (struct client_answer){0};
        if (client_send(c, keep, q) && client_read(c, keep, out))
            break;
        client_close(c);
    }
    if (str_find(out->head, S("Connection: close")) < out->head.n)
        client_close(c);
}

Str client_member(const struct client_answer *a, const char *key)
{
    char quoted[80];
    int n = snprintf(quoted, sizeof quoted, "\"%s\":", key);
    ASSERT(n > 0 && (size_t)n < sizeof quoted);
    size_t at = str_find(a->body, str_of(quoted));
    if (at == a->body.n)
        return S("");
    Str rest = str_sub(a->body, at + (size_t)n, a->body.n);
    if (rest.n > 0 && rest.p[0] == '"') {
        rest = str_sub(rest, 1, rest.n);
        return str_cut(&rest, '"');
    }
    size_t end = 0;
    while (end < rest.n && strchr(",}]", rest.p[end]) == NULL)
        end++;
    return str_sub(rest, 0, end);
}
