#include "test/unit/http/wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "http/asset.h"
#include "os/clock.h"
#include "os/thread.h"
#include "test/t.h"

enum { FLOOD_PIECE = 10000 };

/* ---- the server ---- */

static void run_later(void *arg)
{
    struct errand *e = arg;
    wire_sleep(50);
    http_answer(e->rq, 200, S("text/plain"), S("hello"));
}

static void run_held(void *arg)
{
    struct errand *e = arg;
    while (atomic_load(&e->w->released) == 0)
        wire_sleep(2);
    http_answer(e->rq, 200, S("text/plain"), S("hello"));
}

static void run_stream(void *arg)
{
    struct errand *e = arg;
    struct http_stream *st = http_stream_begin(e->rq, 200, S("text/plain"), NULL);
    bool cut = str_eq(e->rq->query, S("cut"));
    enum status got = OK;
    for (int i = 0; i < 10 && got == OK; i++) {
        wire_sleep(5);
        got = http_stream_send(st, S("0123456789"));
    }
    http_stream_end(st, !cut);
}

/* Fills the stream as fast as it goes, until the client is gone. */
static void run_events(void *arg)
{
    struct errand *e = arg;
    static char piece[10000];
    struct http_stream_how how = {.cap_bytes = 100000};
    struct http_stream *st = http_stream_begin(e->rq, 200, S("text/event-stream"), &how);
    enum status got = OK;
    while (got != ERR_GONE) {
        got = http_stream_send(st, (Str){piece, sizeof piece});
        if (got == ERR_BUSY)
            got = http_stream_wait(st, 1000);
    }
    http_stream_end(st, false);
}

/* One event, and the end after wire_release. */
static void run_tell(void *arg)
{
    struct errand *e = arg;
    struct http_stream *st = http_stream_begin(e->rq, 200, S("text/event-stream"), NULL);
    enum status got = http_stream_send(st, S("data: 1\n\n"));
    while (got == OK && atomic_load(&e->w->released) == 0)
        wire_sleep(2);
    http_stream_end(st, true);
}

/* A heartbeat, until the client goes. */
static void run_beat(void *arg)
{
    struct errand *e = arg;
    struct http_stream_how how = {.heartbeat_s = 1, .heartbeat = S(":\n\n")};
    struct http_stream *st = http_stream_begin(e->rq, 200, S("text/event-stream"), &how);
    while (!http_is_gone(e->rq))
        wire_sleep(2);
    CHECK(http_stream_send(st, S("data: 1\n\n")) == ERR_GONE);
    http_stream_end(st, true);
}

/* Three megabytes from the loop itself, a piece more whenever there is room again. */
struct flood {
    struct http_task task; /* first */
    struct http_stream *st;
    struct http_stream_how how;
    int left;
};

static void pour(struct http_task *t, void *local)
{
    struct flood *f = (struct flood *)t;
    static char piece[FLOOD_PIECE];
    enum status got = OK;
    (void)local; /* what loop_start gave */
    while (got == OK && f->left > 0) {
        got = http_stream_send(f->st, (Str){piece, sizeof piece});
        f->left -= got == OK;
    }
    if (got != ERR_BUSY)
        http_stream_end(f->st, got == OK);
}

static void flood(struct http_request *rq)
{
    struct flood *f = ARENA_NEW(rq->arena, struct flood);
    f->task.run = pour;
    f->how = (struct http_stream_how){.cap_bytes = 64000, .drained = &f->task};
    f->left = WIRE_FLOOD / FLOOD_PIECE;
    f->st = http_stream_begin(rq, 200, S("text/plain"), &f->how);
    pour(&f->task, rq->local);
}

static void run_elsewhere(struct wire_server *w, struct http_request *rq, void (*run)(void *))
{
    int n = atomic_fetch_add(&w->errand_n, 1);
    ASSERT(n < WIRE_ERRANDS);
    struct errand *e = &w->errand[n];
    *e = (struct errand){.w = w, .rq = rq, .arena = arena_open()};
    http_hold(rq);
    CHECK(thread_start(e->arena, &e->thread, run, e) == OK);
}

static void answer_who(struct http_request *rq)
{
    Str name, value;
    struct buf b;
    buf_init(&b, rq->arena, BUF_MAX);
    buf_fmt(&b, "method=%.*s path=%.*s peer=%.*s secure=%d id=%.*s host=%.*s",
            STR_ARG(http_method_name(rq->method)), STR_ARG(rq->path), STR_ARG(rq->peer), rq->secure,
            STR_ARG(rq->id), STR_ARG(rq->host));
    Str cookie = http_cookie(rq, S("sid"));
    if (cookie.p != NULL)
        buf_fmt(&b, " cookie=%.*s", STR_ARG(cookie));
    enum status st;
    for (size_t at = 0; (st = http_query(rq, &at, &name, &value)) == OK;)
        buf_fmt(&b, " [%.*s=%.*s]", STR_ARG(name), STR_ARG(value));
    if (st == ERR_INPUT)
        buf_add(&b, S(" [bad]"));
    http_set(rq, S("X-Answer"), S("one\r\nX-Split: two"));
    http_answer(rq, 200, S("text/plain"), buf_str(&b));
}

static void answer_busy(struct http_request *rq)
{
    int64_t from_ms = clock_ms();
    while (clock_ms() - from_ms < 20)
        continue;
    http_answer(rq, 200, S("text/plain"), S("hello"));
}

static const struct http_asset files[] = {
    {{"/assets/a-12345678.js", 21},
     {"text/javascript", 15},
     {"j1", 2},
     true,
     {"plain", 5},
     {"zipped", 6},
     {"brotlied", 8}},
    {{"/assets/b-12345678.css", 22},
     {"text/css", 8},
     {"c1", 2},
     true,
     {"plain", 5},
     {"", 0},
     {"", 0}},
    {{"/index.html", 11},
     {"text/html; charset=utf-8", 24},
     {"h1", 2},
     false,
     {"<p>", 3},
     {"z", 1},
     {"", 0}},
};
static const struct http_assets assets = {files, ARRAY_N(files), {"", 0}};

static void handle(void *arg, struct http_request *rq)
{
    static char big[WIRE_BIG];
    struct wire_server *w = arg;
    (void)atomic_fetch_add(&w->handled, 1);
    if (str_eq(rq->path, S("/hello")))
        http_answer(rq, 200, S("text/plain"), S("hello"));
    else if (str_eq(rq->path, S("/busy")))
        answer_busy(rq);
    else if (str_eq(rq->path, S("/echo")))
        http_answer(rq, 200, S("text/plain"), rq->body);
    else if (str_eq(rq->path, S("/who")))
        answer_who(rq);
    else if (str_eq(rq->path, S("/big")))
        http_answer(rq, 200, S("text/plain"), (Str){big, sizeof big});
    else if (str_eq(rq->path, S("/empty")))
        http_answer(rq, 204, S(""), S(""));
    else if (str_eq(rq->path, S("/later")))
        run_elsewhere(w, rq, run_later);
    else if (str_eq(rq->path, S("/held")))
        run_elsewhere(w, rq, run_held);
    else if (str_eq(rq->path, S("/beat")))
        run_elsewhere(w, rq, run_beat);
    else if (str_eq(rq->path, S("/flood")))
        flood(rq);
    else if (str_eq(rq->path, S("/tell")))
        run_elsewhere(w, rq, run_tell);
    else if (str_eq(rq->path, S("/stream")))
        run_elsewhere(w, rq, run_stream);
    else if (str_eq(rq->path, S("/events")))
        run_elsewhere(w, rq, run_events);
    else if (!http_asset_answer(rq, &assets, rq->path))
        http_problem(rq, 404, "not-found", S("没有这个地址"), S("no such place"));
}

static size_t head(void *arg, struct http_request *rq)
{
    (void)arg;
    if (str_eq(rq->path, S("/denied")))
        http_problem(rq, 401, "login", S("请先登录"), S("log in first"));
    return str_eq(rq->path, S("/echo")) ? WIRE_ECHO_MAX : 0;
}

static bool light(void *arg, struct http_request *rq)
{
    (void)arg;
    bool is = str_eq(rq->path, S("/light"));
    if (is)
        http_answer(rq, 200, S("text/plain"), S("hello"));
    return is;
}

static void gone(void *arg, struct http_request *rq)
{
    CHECK(http_is_gone(rq));
    (void)atomic_fetch_add(&((struct wire_server *)arg)->gone, 1);
}

static enum status loop_start(void *arg, int loop, void **local)
{
    (void)loop;
    *local = arg;
    (void)atomic_fetch_add(&((struct wire_server *)arg)->started, 1);
    return OK;
}

static void loop_end(void *arg, int loop, void *local)
{
    (void)loop;
    CHECK(local == arg);
    (void)atomic_fetch_add(&((struct wire_server *)arg)->stopped, 1);
}

static void tick(void *arg, int loop, void *local)
{
    CHECK(loop >= 0 && local == arg);
    (void)atomic_fetch_add(&((struct wire_server *)arg)->ticks, 1);
}

static void run_wait(void *arg)
{
    struct wire_server *w = arg;
    w->ended = http_wait(w->http);
}

void wire_start(struct wire_server *w, const struct http_options *o)
{
    *w = (struct wire_server){.arena = arena_open()};
    struct http_options mine = {.loops = 2, .log_fd = -1};
    if (o != NULL)
        mine = *o;
    mine.listen = "127.0.0.1:0";
    mine.quiet_signals = true;
    struct http_hooks hooks = {.arg = w,
                               .loop_start = loop_start,
                               .loop_end = loop_end,
                               .head = head,
                               .light = light,
                               .handle = handle,
                               .gone = gone,
                               .tick = tick};
    CHECK(http_open(w->arena, &w->http, &mine, &hooks, NULL) == OK);
    w->port = http_port(w->http);
    CHECK(thread_start(w->arena, &w->waiter, run_wait, w) == OK);
}

void wire_stop(struct wire_server *w)
{
    http_stop(w->http);
    thread_join(w->waiter);
    CHECK_INT(w->started, w->stopped);
    for (int i = 0; i < w->errand_n; i++) {
        thread_join(w->errand[i].thread);
        arena_close(w->errand[i].arena);
    }
    arena_close(w->arena);
}

int wire_errands(struct wire_server *w)
{
    return atomic_load(&w->errand_n);
}

void wire_release(struct wire_server *w)
{
    (void)atomic_fetch_add(&w->released, 1);
}

/* ---- the client ---- */

int wire_connect(int port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(connect(fd, (const struct sockaddr *)&to, sizeof to) == 0);
    return fd;
}

void wire_send(int fd, Str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n <= 0)
            return; /* the server has hung up: the answer says why */
        bytes = str_sub(bytes, (size_t)n, bytes.n);
    }
}

void wire_half_close(int fd)
{
    /* Who was turned away before it spoke has no connection to end: the answer says why. */
    CHECK(shutdown(fd, SHUT_WR) == 0 || errno == ENOTCONN);
}

void wire_close(int fd)
{
    CHECK(close(fd) == 0);
}

void wire_cut(int fd)
{
    struct linger at_once = {.l_onoff = 1};
    CHECK(setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) == 0);
    wire_close(fd);
}

Str wire_read(struct arena *keep, int fd, Str until, int wait_ms)
{
    static char piece[65536];
    struct buf b;
    buf_init(&b, keep, BUF_MAX);
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    while (poll(&ready, 1, wait_ms) > 0) {
        ssize_t n = recv(fd, piece, sizeof piece, 0);
        if (n <= 0)
            break;
        buf_add(&b, (Str){piece, (size_t)n});
        if (until.n > 0 && str_ends(buf_str(&b), until))
            break;
    }
    return buf_str(&b);
}

bool wire_closed(int fd, int wait_ms)
{
    char byte;
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    return poll(&ready, 1, wait_ms) > 0 && recv(fd, &byte, 1, 0) <= 0;
}

Str wire_ask(struct arena *keep, int port, Str bytes)
{
    int fd = wire_connect(port);
    wire_send(fd, bytes);
    wire_half_close(fd);
    Str answer = wire_read(keep, fd, S(""), 3000);
    wire_close(fd);
    return answer;
}

int wire_status(Str answer)
{
    if (answer.n < 12 || !str_starts(answer, S("HTTP/1.1 ")))
        return 0;
    const char *at = answer.p + 9;
    return (at[0] - '0') * 100 + (at[1] - '0') * 10 + at[2] - '0';
}

int wire_answers(Str answers)
{
    int n = 0;
    for (size_t at; (at = str_find(answers, S("HTTP/1.1 "))) + 9 < answers.n;) {
        answers = str_sub(answers, at + 9, answers.n);
        n += answers.p[0] >= '1' && answers.p[0] <= '5';
    }
    return n;
}

void wire_sleep(int ms)
{
    (void)poll(NULL, 0, ms);
}
