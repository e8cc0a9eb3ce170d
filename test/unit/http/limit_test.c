/* limit_test.c - what the server does not put up with: deadlines, caps, overload; and its end. */
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "os/clock.h"
#include "os/thread.h"
#include "test/t.h"
#include "test/unit/http/wire.h"

static const Str hello = {"GET /hello HTTP/1.1\r\nHost: a.cn\r\n\r\n", 35};
static const Str held = {"GET /held HTTP/1.1\r\nHost: a.cn\r\n\r\n", 34};

static struct wire_server w;
static struct arena *a;

static void begin(struct http_options o)
{
    a = arena_open();
    o.loops = o.loops == 0 ? 2 : o.loops;
    o.log_fd = o.log_fd == 0 ? -1 : o.log_fd;
    wire_start(&w, &o);
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

/* ---- size ---- */

static int status_of_filled(const char *before, size_t n)
{
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    buf_add(&b, str_of(before));
    buf_fill(&b, 'x', n);
    buf_add(&b, S("\r\n\r\n"));
    Str got = wire_ask(a, w.port, buf_str(&b));
    CHECK_INT(wire_answers(got), 1);
    return wire_status(got);
}

TEST(limit_heads)
{
    begin((struct http_options){.head_bytes = 8192});
    CHECK_INT(status_of_filled("GET /hello HTTP/1.1\r\nHost: a\r\nX: ", 4000), 200);
    CHECK_INT(status_of_filled("GET /hello HTTP/1.1\r\nHost: a\r\nX: ", 9000), 431);
    CHECK_INT(status_of_filled("GET /hello HTTP/1.1\r\nHost: a\r\nX: ", 100000), 431);
    CHECK_INT(status_of_filled("GET /", 9000), 414);
    end();
    begin((struct http_options){.head_bytes = 32768}); /* a target has a limit of its own */
    CHECK_INT(status_of_filled("GET /hello HTTP/1.1\r\nHost: a\r\nX: ", 20000), 200);
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    buf_add(&b, S("GET /"));
    buf_fill(&b, 'x', 8192);
    buf_add(&b, S(" HTTP/1.1\r\nHost: a\r\n\r\n"));
    CHECK_INT(wire_status(wire_ask(a, w.port, buf_str(&b))), 414);
    end();
}

TEST(limit_bodies_of_all)
{
    begin((struct http_options){.loops = 1, .body_total_bytes = 50000});
    static char large[40000];
    Str start = S("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n");
    int first = wire_connect(w.port), second = wire_connect(w.port);
    wire_send(first, start);
    wire_send(first, (Str){large, 20000});
    wire_sleep(50);
    wire_send(second, start);
    wire_send(second, (Str){large, sizeof large});
    Str got = wire_read(a, second, S("}"), 1000);
    CHECK_INT(wire_status(got), 503);
    CHECK(has(got, "\r\nRetry-After: 2\r\n") && has(got, "bodies-many"));
    wire_close(first);
    wire_close(second);
    int third = wire_connect(w.port); /* one that alone is more than all may be */
    wire_send(third, S("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n"));
    wire_send(third, (Str){large, sizeof large});
    wire_send(third, (Str){large, sizeof large});
    CHECK_INT(wire_status(wire_read(a, third, S("}"), 1000)), 503);
    wire_close(third);
    wire_sleep(50); /* what they had is free again */
    CHECK_INT(wire_status(wire_ask(a, w.port,
                                   S("POST /echo HTTP/1.1\r\nHost: a\r\n"
                                     "Content-Length: 3\r\n\r\nabc"))),
              200);
    end();
}

/* ---- time ---- */

TEST(limit_time_for_a_head)
{
    begin((struct http_options){.head_ms = 300, .idle_ms = 2500});
    int fd = wire_connect(w.port), idle = wire_connect(w.port);
    int64_t from_ms = clock_ms();
    wire_send(fd, S("GET /hello HT"));
    Str got = wire_read(a, fd, S(""), 3000);
    CHECK_INT(wire_status(got), 408);
    CHECK(has(got, "head-late"));
    CHECK(clock_ms() - from_ms < 2900); /* the deadline, a tick, and time to take the answer */
    wire_close(fd);
    CHECK(!wire_closed(idle, 0));
    CHECK(wire_closed(idle, 6000)); /* without a word */
    wire_close(idle);
    fd = wire_connect(w.port); /* little by little is no excuse */
    from_ms = clock_ms();
    for (size_t i = 0; i < 30 && clock_ms() - from_ms < 2000; i++) {
        wire_send(fd, str_sub(hello, i, i + 1));
        wire_sleep(100);
    }
    CHECK_INT(wire_status(wire_read(a, fd, S("}"), 100)), 408);
    wire_close(fd);
    end();
}

TEST(limit_time_for_a_body)
{
    begin((struct http_options){.idle_ms = 300});
    int fd = wire_connect(w.port);
    wire_send(fd, S("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\nabc"));
    Str got = wire_read(a, fd, S("}"), 3000);
    CHECK_INT(wire_status(got), 408);
    CHECK(has(got, "body-late"));
    wire_close(fd);
    fd = wire_connect(w.port); /* a client that does not take its answer */
    wire_send(fd, S("GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
    wire_sleep(1500);
    CHECK(wire_read(a, fd, S(""), 500).n < WIRE_BIG);
    wire_close(fd);
    end();
}

/* ---- number ---- */

/* Another loop may greet a client before its last connection's end is seen: it asks again. */
static int status_with_patience(void)
{
    int status = wire_status(wire_ask(a, w.port, hello));
    for (int i = 0; i < 100 && status != 200; i++) {
        wire_sleep(20);
        status = wire_status(wire_ask(a, w.port, hello));
    }
    return status;
}

TEST(limit_connections)
{
    begin((struct http_options){.connections = 4, .peer_connections = 3});
    int fd[3];
    for (int i = 0; i < 3; i++) {
        fd[i] = wire_connect(w.port);
        wire_send(fd[i], hello);
        CHECK_INT(wire_status(wire_read(a, fd[i], S("hello"), 1000)), 200);
    }
    int more = wire_connect(w.port);
    Str got = wire_read(a, more, S(""), 1000);
    CHECK_INT(wire_status(got), 503);
    CHECK(has(got, "\r\nRetry-After: "));
    wire_close(more);
    wire_close(fd[0]);
    for (int i = 0; i < 8; i++) /* who has gone is not counted */
        CHECK_INT(status_with_patience(), 200);
    wire_close(fd[1]);
    wire_close(fd[2]);
    end();
    const Str trusted = S("127.0.0.1"); /* a proxy speaks for many, but not for all */
    begin((struct http_options){
        .connections = 4, .peer_connections = 2, .trusted = &trusted, .trusted_n = 1});
    int many[5];
    for (int i = 0; i < 5; i++) {
        many[i] = wire_connect(w.port);
        wire_send(many[i], hello);
        CHECK_INT(wire_status(wire_read(a, many[i], S("hello"), 1000)), i < 4 ? 200 : 503);
    }
    for (int i = 0; i < 5; i++)
        wire_close(many[i]);
    end();
}

TEST(limit_requests_in_flight)
{
    begin((struct http_options){.in_flight = 3});
    int fd[4];
    for (int i = 0; i < 4; i++) {
        fd[i] = wire_connect(w.port);
        wire_send(fd[i], held);
        for (int t = 0; t < 400 && i < 3 && wire_errands(&w) <= i; t++)
            wire_sleep(5);
    }
    Str got = wire_read(a, fd[3], S("}"), 1000);
    CHECK_INT(wire_status(got), 503);
    CHECK(has(got, "\r\nRetry-After: 2\r\n") && has(got, "overload"));
    got = wire_ask(a, w.port, S("GET /light HTTP/1.1\r\nHost: a\r\n\r\n"));
    CHECK_INT(wire_status(got), 200); /* what costs nothing is answered all the same */
    wire_release(&w);
    for (int i = 0; i < 3; i++)
        CHECK_INT(wire_status(wire_read(a, fd[i], S("hello"), 1000)), 200);
    CHECK_INT(wire_status(wire_ask(a, w.port, held)), 200);
    for (int i = 0; i < 4; i++)
        wire_close(fd[i]);
    end();
}

/* Of those who come while the loop is busy, the last are refused, and read again later only. */
TEST(limit_waiting)
{
    begin((struct http_options){.loops = 1, .wait_ms = 150});
    enum { CLIENTS = 30 };
    int fd[CLIENTS], served = 0, shed = -1;
    Str busy = S("GET /busy HTTP/1.1\r\nHost: a\r\n\r\n");
    for (int i = 0; i < CLIENTS; i++) {
        fd[i] = wire_connect(w.port);
        wire_send(fd[i], hello);
        CHECK_INT(wire_status(wire_read(a, fd[i], S("hello"), 2000)), 200);
    }
    int64_t from_ms = clock_ms();
    for (int i = 0; i < CLIENTS; i++)
        wire_send(fd[i], busy);
    for (int i = 0; i < CLIENTS; i++) {
        int status = wire_status(wire_read(a, fd[i], S(""), i == 0 ? 1000 : 0));
        served += status == 200;
        if (status == 503)
            shed = i;
    }
    CHECK(served >= 1 && served < CLIENTS && shed >= 0);
    if (shed >= 0) {
        wire_send(fd[shed], hello);
        CHECK_INT(wire_status(wire_read(a, fd[shed], S("hello"), 6000)), 200);
        CHECK(clock_ms() - from_ms >= 2000);
    }
    for (int i = 0; i < CLIENTS; i++)
        wire_close(fd[i]);
    end();
}

/* ---- the end ---- */

TEST(limit_drain)
{
    begin((struct http_options){.drain_ms = 5000});
    int idle = wire_connect(w.port), busy = wire_connect(w.port), half = wire_connect(w.port);
    wire_send(idle, hello);
    CHECK_INT(wire_status(wire_read(a, idle, S("hello"), 1000)), 200);
    wire_send(busy, held);
    wire_send(half, str_sub(hello, 0, 20));
    wire_sleep(100);
    http_stop(w.http);
    CHECK(wire_closed(idle, 1000));
    CHECK(http_stopping(w.http));
    wire_send(half, str_sub(hello, 20, hello.n));
    Str got = wire_read(a, half, S(""), 1000);
    CHECK_INT(wire_status(got), 200);
    CHECK(has(got, "Connection: close\r\n"));
    wire_release(&w);
    got = wire_read(a, busy, S(""), 1000);
    CHECK_INT(wire_status(got), 200);
    CHECK(has(got, "Connection: close\r\n"));
    wire_close(idle);
    wire_close(busy);
    wire_close(half);
    end();
    CHECK(w.ended == OK);
}

TEST(limit_drain_of_endless_streams)
{
    begin((struct http_options){.drain_ms = 10000});
    int fd = wire_connect(w.port);
    wire_send(fd, S("GET /beat HTTP/1.1\r\nHost: a\r\n\r\n"));
    Str got = wire_read(a, fd, S("3\r\n:\n\n\r\n"), 4000);
    CHECK(str_ends(got, S("3\r\n:\n\n\r\n")));
    CHECK(has(got, "\r\nX-Accel-Buffering: no\r\n"));
    int64_t from_ms = clock_ms();
    end();
    CHECK(w.ended == OK && clock_ms() - from_ms < 5000);
    wire_close(fd);
}

TEST(limit_drain_is_cut_short)
{
    begin((struct http_options){.drain_ms = 100});
    int fd = wire_connect(w.port);
    wire_send(fd, S("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\nabc"));
    wire_sleep(20);
    int64_t from_ms = clock_ms();
    end();
    CHECK(clock_ms() - from_ms < 1000);
    CHECK(w.ended == ERR_BUSY);
    wire_close(fd);
}

/* ---- what is told ---- */

TEST(limit_log_is_one_line_each)
{
    int pipe_fd[2];
    CHECK(pipe(pipe_fd) == 0);
    begin((struct http_options){.log_fd = pipe_fd[1]});
    (void)wire_ask(a, w.port,
                   S("GET /hello?q=secret HTTP/1.1\r\nHost: a\r\n"
                     "User-Agent: a\"b\tc\xFF\xC2\x85\xE2\x80\xA8z\r\n\r\n"));
    (void)wire_ask(a, w.port, S("GET /%E5%BC%A0 HTTP/1.1\r\nHost: a\r\n\r\n"));
    (void)wire_ask(a, w.port, S("GET / HTTP/1.1\r\n\r\n"));
    wire_stop(&w);
    CHECK(close(pipe_fd[1]) == 0);
    static char text[8192];
    ssize_t n = read(pipe_fd[0], text, sizeof text);
    CHECK(close(pipe_fd[0]) == 0);
    Str log = {text, n > 0 ? (size_t)n : 0};
    int lines = 0;
    for (size_t i = 0; i < log.n; i++)
        lines += log.p[i] == '\n';
    CHECK_INT(lines, 3);
    CHECK(has(log, "\"path\":\"/hello\",\"status\":200,\"us\":"));
    CHECK(!has(log, "secret"));
    CHECK(has(log, "\"agent\":\"a\\\"b\\tc\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\"}\n"));
    CHECK(has(log, "\"path\":\"/张\",\"status\":404"));
    CHECK(has(log, "\"status\":400") && has(log, "\"refused\":\"host-missing\""));
    arena_close(a);
}

/* Nobody reads the log: the server does not wait, and says how much is missing. */
TEST(limit_log_is_lost_rather_than_waited_for)
{
    int pipe_fd[2];
    CHECK(pipe(pipe_fd) == 0);
    begin((struct http_options){.loops = 1, .log_fd = pipe_fd[1]});
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    for (int i = 0; i < 2000; i++)
        buf_add(&b, S("GET /empty HTTP/1.1\r\nHost: a\r\n\r\n"));
    Str got = wire_ask(a, w.port, buf_str(&b));
    CHECK_INT(wire_answers(got), 2000);
    wire_sleep(700); /* a tick */
    buf_init(&b, a, BUF_MAX);
    http_metrics(w.http, &b);
    CHECK(has(buf_str(&b), "\ngeci_http_log_lost_bytes_total ") &&
          !has(buf_str(&b), "\ngeci_http_log_lost_bytes_total 0\n"));
    wire_stop(&w);
    CHECK(close(pipe_fd[1]) == 0);
    static char text[1 << 17];
    size_t n = 0;
    for (ssize_t more; (more = read(pipe_fd[0], text + n, sizeof text - n)) > 0;)
        n += (size_t)more;
    CHECK(n > 0 && text[n - 1] == '\n'); /* whole lines */
    CHECK(close(pipe_fd[0]) == 0);
    arena_close(a);
}

TEST(limit_figures)
{
    begin((struct http_options){.loops = 1});
    (void)wire_ask(a, w.port, hello);
    (void)wire_ask(a, w.port, S("GET /none HTTP/1.1\r\nHost: a\r\n\r\n"));
    (void)wire_ask(a, w.port, S("GET / HTTP/1.1\r\n\r\n"));
    (void)wire_ask(a, w.port, S("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"));
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    http_metrics(w.http, &b);
    Str text = buf_str(&b);
    CHECK(has(text, "\ngeci_http_requests_total 4\n"));
    CHECK(has(text, "\ngeci_http_malformed_total 1\n"));
    CHECK(has(text, "\ngeci_http_received_bytes_total 138\n"));
    CHECK(has(text, "\ngeci_http_answers_total{status=\"2xx\"} 2\n"));
    CHECK(has(text, "\ngeci_http_answers_total{status=\"4xx\"} 2\n"));
    CHECK(has(text, "\ngeci_http_seconds_bucket{le=\"+Inf\"} 4\n"));
    CHECK(has(text, "\ngeci_http_seconds_count 4\n"));
    CHECK(has(text, "\ngeci_http_in_flight 0\n"));
    CHECK(has(text, "\ngeci_http_body_bytes 0\n"));
    end();
}

static enum status try_listen(const char *address, const char *trusted, struct diags *ds)
{
    struct http_server *s;
    Str proxy = str_of(trusted);
    struct http_options o = {
        .listen = address, .loops = 1, .log_fd = -1, .trusted = &proxy, .trusted_n = 1};
    struct http_hooks hooks = {.arg = NULL};
    return http_open(a, &s, &o, &hooks, ds);
}

TEST(limit_addresses)
{
    struct diags ds;
    begin((struct http_options){.loops = 1});
    diags_init(&ds, a);
    const char *taken = arena_fmt(a, "127.0.0.1:%d", w.port).p;
    const char *const bad[] = {
        "", "8080", "localhost:1", "127.0.0.1", "127.0.0.1:70000", "1.2.3.4.5:1", "[::1:8", taken};
    for (size_t i = 0; i < ARRAY_N(bad); i++) {
        CHECK(try_listen(bad[i], "10.0.0.1", &ds) == ERR_IO);
        CHECK(ds.n == i + 1 && ds.at[i].code == DIAG_HTTP_LISTEN);
    }
    CHECK(try_listen("127.0.0.1:0", "10.0.0.0/33", &ds) == ERR_INPUT);
    CHECK(ds.at[ds.n - 1].code == DIAG_HTTP_TRUSTED);
    end();
}

static void refuse(void *arg, struct http_request *rq)
{
    (void)arg;
    http_problem(rq, 404, "not-found", S("无"), S("none"));
}

static enum status start_some(void *arg, int loop, void **local)
{
    (void)local;
    if (loop == 1)
        return ERR_IO;
    ++*(int *)arg;
    return OK;
}

static void end_some(void *arg, int loop, void *local)
{
    (void)local;
    CHECK(loop == 0);
    --*(int *)arg;
}

/* Where one loop cannot start there is no server, and nothing is left of it. */
TEST(limit_loop_that_does_not_start)
{
    struct http_server *s;
    int started = 0;
    a = arena_open();
    struct http_options o = {
        .listen = "127.0.0.1:0", .loops = 2, .log_fd = -1, .quiet_signals = true};
    struct http_hooks hooks = {
        .arg = &started, .loop_start = start_some, .loop_end = end_some, .handle = refuse};
    CHECK(http_open(a, &s, &o, &hooks, NULL) == ERR_IO);
    CHECK_INT(started, 0); /* what was started has ended */
    hooks.loop_start = NULL;
    hooks.loop_end = NULL;
    o.loops = 1;
    CHECK(http_open(a, &s, &o, &hooks, NULL) == OK);
    CHECK_INT(wire_status(wire_ask(a, http_port(s), hello)), 404);
    http_stop(s);
    CHECK(http_wait(s) == OK);
    http_later(s, 0, &(struct http_task){.run = NULL}); /* behind the end: not run, no harm */
    arena_close(a);
}

TEST(limit_ipv6)
{
    struct http_server *s;
    struct http_options o = {.listen = "[::1]:0", .loops = 2, .log_fd = -1, .quiet_signals = true};
    struct http_hooks hooks = {.handle = refuse};
    a = arena_open();
    enum status st = http_open(a, &s, &o, &hooks, NULL);
    if (st != OK) {
        arena_close(a);
        SKIP("this machine has no IPv6");
    }
    CHECK(http_port(s) > 0);
    struct sockaddr_in6 to = {.sin6_family = AF_INET6,
                              .sin6_port = htons((uint16_t)http_port(s)),
                              .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(connect(fd, (const struct sockaddr *)&to, sizeof to) == 0);
    wire_send(fd, hello);
    CHECK_INT(wire_status(wire_read(a, fd, S("}"), 2000)), 404);
    wire_close(fd);
    http_stop(s);
    CHECK(http_wait(s) == OK);
    arena_close(a);
}
