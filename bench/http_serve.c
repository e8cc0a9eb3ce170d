/* http_serve.c - the server with nothing behind it, for bench/http.sh. Usage: http_serve PORT
 *
 *     /1k /100k    an answer of that size
 *     /work?N      one of two bytes, after N microseconds of work
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/str.h"
#include "http/http.h"

static char page[100 * 1024];

static int64_t own_us(void)
{
    struct timespec at;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at) != 0)
        return 0;
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

static void work(struct http_request *rq)
{
    int64_t us = 0, from_us = own_us();
    for (size_t i = 0; i < rq->query.n && i < 7; i++)
        us = us * 10 + (rq->query.p[i] - '0');
    while (own_us() - from_us < us)
        continue;
    http_answer(rq, 200, S("application/json"), S("{}"));
}

static void handle(void *arg, struct http_request *rq)
{
    (void)arg;
    if (str_eq(rq->path, S("/work")))
        work(rq);
    else
        http_answer(rq, 200, S("application/json"),
                    (Str){page, str_eq(rq->path, S("/1k")) ? 1024 : sizeof page});
}

int main(int argc, char **argv)
{
    struct arena *keep = arena_open();
    struct http_server *s;
    Str address = arena_fmt(keep, "127.0.0.1:%s", argc > 1 ? argv[1] : "8080");
    struct http_options o = {.listen = address.p,
                             .loops = 1,
                             .log_fd = -1,
                             .connections = 20000,
                             .peer_connections = 20000};
    struct http_hooks hooks = {.handle = handle};
    memset(page, 'x', sizeof page);
    if (http_open(keep, &s, &o, &hooks, NULL) != OK) {
        (void)fprintf(stderr, "cannot listen on %s\n", address.p);
        return 1;
    }
    enum status st = http_wait(s);
    arena_close(keep);
    return st == OK ? 0 : 1;
}
