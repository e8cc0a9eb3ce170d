/* server_test.c - what goes over the wire: order, bodies, streams, headers, who asks. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "test/t.h"
#include "test/unit/http/probe.h"
#include "test/unit/http/wire.h"

static const Str hello = {"GET /hello HTTP/1.1\r\nHost: a.cn\r\n\r\n", 35};
static const Str later = {"GET /later HTTP/1.1\r\nHost: a.cn\r\n\r\n", 35};

static struct wire_server w;
static struct arena *a;

static void begin(const struct http_options *o)
{
    a = arena_open();
    wire_start(&w, o);
}

static void end(void)
{
    wire_stop(&w);
    arena_close(a);
}

static bool has(Str text, const char *part)
{
    return str_find(text, str_of(part)) < text.n;
}

static Str body_of(Str answer)
{
    size_t at = str_find(answer, S("\r\n\r\n"));
    return at == answer.n ? S("(none)") : str_sub(answer, at + 4, answer.n);
}

/* Every probe, and a second request behind it that only a good one lets through. */
TEST(server_probes)
{
    begin(NULL);
    for (size_t i = 0; i < probe_n; i++) {
        const struct probe *p = &probes[i];
        int fd = wire_connect(w.port);
        wire_send(fd, p->bytes);
        wire_send(fd, hello);
        if (p->reason == NULL)
            wire_half_close(fd);
        Str got = wire_read(a, fd, S(""), 2000);
        if (wire_status(got) != p->status || wire_answers(got) != p->answers ||
            (p->reason != NULL && !has(got, p->reason)))
            t_fail(__FILE__, __LINE__, p->name);
        wire_close(fd);
    }
    end();
}

TEST(server_sends_what_every_answer_has)
{
    begin(NULL);
    Str got = wire_ask(a, w.port, hello);
    CHECK_INT(wire_status(got), 200);
    CHECK_STR(body_of(got), "hello");
    CHECK(has(got, "\r\nContent-Length: 5\r\n"));
    CHECK(has(got, "\r\nContent-Type: text/plain\r\n"));
    CHECK(has(got, "\r\nDate: ") && has(got, " GMT\r\n"));
    CHECK(has(got, "\r\nX-Request-Id: "));
    CHECK(has(got, "\r\nCache-Control: no-store\r\n"));
    CHECK(has(got, "\r\nX-Content-Type-Options: nosniff\r\n"));
    CHECK(has(got, "\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"));
    CHECK(!has(got, "Strict-Transport-Security"));
    CHECK(!has(got, "Connection: close"));
    got = wire_ask(a, w.port, S("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n"));
    CHECK(has(got, "\r\nContent-Length: 5\r\n"));
    CHECK_STR(body_of(got), "");
    got = wire_ask(a, w.port, S("GET /empty HTTP/1.1\r\nHost: a\r\n\r\n"));
    CHECK_INT(wire_status(got), 204);
    CHECK(!has(got, "Content-Length"));
    end();
}

TEST(server_problems)
{
    begin(NULL);
    Str got = wire_ask(a, w.port, S("GET /none HTTP/1.1\r\nHost: a\r\n\r\n"));
    CHECK_INT(wire_status(got), 404);
    CHECK(has(got, "\r\nContent-Type: application/problem+json\r\n"));
    CHECK(has(got, "\"title\":\"没有这个地址\",\"title_en\":\"no such place\",\"status\":404,"
                   "\"code\":\"not-found\",\"instance\":\""));
    end();
}

/* A header's value cannot end it. */
TEST(server_tells_who_asks)
{
    begin(NULL);
    Str got = wire_ask(a, w.port,
                       S("GET /who?a=%E5%BC%A0+b&&c&d=1 HTTP/1.1\r\nHost: a.cn\r\n"
                         "Cookie: x=1; sid=abc=; y=2\r\nX-Forwarded-For: 1.2.3.4\r\n"
                         "X-Forwarded-Proto: https\r\nX-Request-Id: mine\r\n\r\n"));
    CHECK(has(got, "method=GET path=/who peer=127.0.0.1 secure=0 id="));
    CHECK(has(got, " host=a.cn cookie=abc= [a=张 b] [c=] [d=1]"));
    CHECK(!has(got, "id=mine"));
    CHECK(has(got, "\r\nX-Answer: one  X-Split: two\r\n"));
    got =
        wire_ask(a, w.port, S("GET /who?%zz HTTP/1.1\r\nHost: a\r\nCookie: sid=1; sid=2\r\n\r\n"));
    CHECK(has(got, "host=a [bad]"));
    end();
}

TEST(server_believes_trusted_proxies_only)
{
    const Str trusted[] = {S("10.0.0.0/8"), S("127.0.0.1")};
    struct http_options o = {.loops = 1, .log_fd = -1, .trusted = trusted, .trusted_n = 2};
    begin(&o);
    Str got = wire_ask(a, w.port,
                       S("GET /who HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6, 1.2.3.4\r\n"
                         "X-Forwarded-For: 10.2.2.2\r\nX-Forwarded-Proto: https\r\n"
                         "X-Request-Id: from-proxy.1\r\n\r\n"));
    CHECK(has(got, "peer=1.2.3.4 secure=1 id=from-proxy.1"));
    CHECK(has(got, "\r\nStrict-Transport-Security: max-age="));
    got = wire_ask(a, w.port,
                   S("GET /who HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.2.3.4, oops\r\n"
                     "X-Request-Id: not/valid\r\n\r\n"));
    CHECK(has(got, "peer=127.0.0.1 secure=0 id="));
    CHECK(!has(got, "not/valid"));
    end();
}

TEST(server_takes_bodies)
{
    begin(NULL);
    static char large[WIRE_ECHO_MAX];
    memset(large, 'x', sizeof large);
    for (int n = 1; n <= WIRE_ECHO_MAX; n = n < 60000           ? n * 7
                                            : n < WIRE_ECHO_MAX ? WIRE_ECHO_MAX
                                                                : n + 1) {
        Str body = {large, (size_t)n};
        struct buf b;
        buf_init(&b, a, BUF_MAX);
        buf_fmt(&b, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%.*s", n,
                STR_ARG(body));
        CHECK(str_eq(body_of(wire_ask(a, w.port, buf_str(&b))), body));
        buf_init(&b, a, BUF_MAX);
        buf_fmt(&b,
                "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                "%x\r\n%.*s\r\n0\r\n\r\n",
                (unsigned)n, STR_ARG(body));
        CHECK(str_eq(body_of(wire_ask(a, w.port, buf_str(&b))), body));
    }
    end();
}

TEST(server_takes_bytes_one_by_one)
{
    begin(NULL);
    Str all = S("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
                "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                "2\r\nde\r\n0\r\n\r\n");
    int fd = wire_connect(w.port);
    for (size_t i = 0; i < all.n; i++) {
        wire_send(fd, str_sub(all, i, i + 1));
        if (i % 8 == 0)
            wire_sleep(1);
    }
    wire_half_close(fd);
    Str got = wire_read(a, fd, S(""), 2000);
    CHECK_INT(wire_answers(got), 2);
    CHECK(has(got, "\r\n\r\nabcHTTP/1.1"));
    CHECK(str_ends(got, S("\r\n\r\nde")));
    wire_close(fd);
    end();
}

TEST(server_refuses_chunks_beyond_the_cap)
{
    begin(NULL);
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    buf_add(&b,
            S("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFF\r\n"));
    buf_fill(&b, 'x', WIRE_ECHO_MAX + 1);
    CHECK_INT(wire_status(wire_ask(a, w.port, buf_str(&b))), 413);
    end();
}

TEST(server_waits_for_expected_bodies)
{
    begin(NULL);
    int fd = wire_connect(w.port);
    wire_send(fd, S("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                    "Content-Length: 2\r\n\r\n"));
    CHECK_STR(wire_read(a, fd, S("\r\n\r\n"), 1000), "HTTP/1.1 100 Continue\r\n\r\n");
    wire_send(fd, S("ab"));
    CHECK(str_ends(wire_read(a, fd, S("ab"), 1000), S("\r\n\r\nab")));
    wire_close(fd);
    fd = wire_connect(w.port); /* not welcome: told so before it is sent */
    wire_send(fd, S("POST /denied HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                    "Content-Length: 2\r\n\r\n"));
    Str got = wire_read(a, fd, S(""), 1000);
    CHECK_INT(wire_status(got), 401);
    CHECK(has(got, "Connection: close\r\n"));
    wire_close(fd);
    end();
}

TEST(server_keeps_order)
{
    begin(NULL);
    int fd = wire_connect(w.port);
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    for (int i = 0; i < 200; i++) {
        buf_fmt(
            &b,
            "GET /who?n=%d HTTP/1.1\r\nHost: a\r\nX-Filler: 0123456789012345678901234567\r\n\r\n",
            i);
        if (i % 50 == 25)
            buf_add(&b, later);
    }
    wire_send(fd, buf_str(&b));
    wire_half_close(fd);
    Str got = wire_read(a, fd, S(""), 2000);
    CHECK_INT(wire_answers(got), 204);
    size_t last = 0;
    for (int i = 0; i < 200; i++) {
        size_t at = str_find(got, arena_fmt(a, "[n=%d]", i));
        CHECK(at < got.n && at >= last);
        last = at;
    }
    wire_close(fd);
    end();
}

TEST(server_answers_half_closed_clients)
{
    begin(NULL);
    Str got = wire_ask(a, w.port, later);
    CHECK_STR(body_of(got), "hello");
    end();
    CHECK(w.ended == OK);
}

TEST(server_streams)
{
    begin(NULL);
    int fd = wire_connect(w.port);
    wire_send(fd, S("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n"));
    Str got = wire_read(a, fd, S("\r\n0\r\n\r\n"), 2000);
    CHECK(has(got, "\r\nTransfer-Encoding: chunked\r\n") && !has(got, "Content-Length"));
    int n = 0;
    for (Str rest = got; has(rest, "a\r\n0123456789\r\n"); n++)
        rest = str_sub(rest, str_find(rest, S("a\r\n0123456789\r\n")) + 15, rest.n);
    CHECK_INT(n, 10);
    wire_send(fd, hello); /* the connection goes on */
    CHECK_STR(body_of(wire_read(a, fd, S("hello"), 1000)), "hello");
    wire_send(fd, S("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n"));
    CHECK_STR(body_of(wire_read(a, fd, S(""), 300)), "");
    wire_send(fd, S("GET /stream?cut HTTP/1.1\r\nHost: a\r\n\r\n"));
    got = wire_read(a, fd, S(""), 1000);
    CHECK(has(got, "0123456789\r\n") && !has(got, "\r\n0\r\n"));
    CHECK(wire_closed(fd, 1000));
    wire_close(fd);
    fd = wire_connect(w.port);
    wire_send(fd, S("GET /stream HTTP/1.0\r\n\r\n"));
    got = wire_read(a, fd, S(""), 1000);
    CHECK(!has(got, "chunked") && has(got, "Connection: close\r\n"));
    CHECK_INT(body_of(got).n, 100);
    wire_close(fd);
    end();
}

/* Who sends to a stream learns that it is full, and that nobody listens any more. */
TEST(server_streams_to_slow_clients)
{
    begin(NULL);
    int fd = wire_connect(w.port);
    wire_send(fd, S("GET /events HTTP/1.1\r\nHost: a\r\n\r\n"));
    size_t n = 0;
    for (int i = 0; i < 200; i++) {
        if (i % 10 == 0)
            wire_sleep(10);
        n += wire_read(a, fd, S(""), 0).n;
    }
    CHECK(n > 0);
    wire_cut(fd);
    for (int i = 0; i < 200 && atomic_load(&w.gone) == 0; i++)
        wire_sleep(10);
    CHECK_INT(w.gone, 1);
    end();
    CHECK(w.ended == OK);
}

TEST(server_outlives_its_clients)
{
    begin(NULL);
    for (int i = 0; i < 40; i++) {
        int fd = wire_connect(w.port);
        if (i % 4 == 0)
            wire_send(fd, later);
        else if (i % 4 == 1)
            wire_send(fd, S("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n"));
        else if (i % 4 == 2)
            wire_send(fd, S("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\nabc"));
        else
            wire_send(fd, S("GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
        wire_sleep(i % 7 * 5);
        wire_cut(fd);
    }
    CHECK_INT(wire_status(wire_ask(a, w.port, hello)), 200);
    end();
    CHECK(w.ended == OK);
}

TEST(server_sends_large_answers)
{
    begin(NULL);
    Str got = wire_ask(a, w.port, S("GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
    CHECK_INT(body_of(got).n, WIRE_BIG);
    end();
}

/* Who sends from the loop itself is called when there is room again. */
TEST(server_streams_from_the_loop)
{
    begin(NULL);
    int fd = wire_connect(w.port);
    wire_send(fd, S("GET /flood HTTP/1.0\r\n\r\n"));
    wire_sleep(50);
    CHECK_INT(body_of(wire_read(a, fd, S(""), 5000)).n, WIRE_FLOOD);
    wire_close(fd);
    fd = wire_connect(w.port); /* and when there is nobody to send to */
    wire_send(fd, S("GET /flood HTTP/1.0\r\n\r\n"));
    wire_sleep(50);
    wire_cut(fd);
    for (int i = 0; i < 500 && atomic_load(&w.ticks) < 2; i++)
        wire_sleep(10);
    CHECK(w.ticks >= 2); /* one a loop */
    end();
    CHECK(w.ended == OK);
}

static int ran;

static void run(struct http_task *t, void *local)
{
    CHECK(t->run == run && local == &w);
    ran++; /* on one loop: no other thread */
}

TEST(server_runs_tasks)
{
    static struct http_task task[100];
    begin(NULL);
    ran = 0;
    for (size_t i = 0; i < ARRAY_N(task); i++) {
        task[i].run = run;
        http_later(w.http, http_loops(w.http) - 1, &task[i]);
    }
    end();
    CHECK_INT(ran, ARRAY_N(task));
}
