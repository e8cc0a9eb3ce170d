/* exchange.c - one request and its answer, from the head to the log line. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "http/http_int.h"
#include "os/clock.h"

enum { EXCHANGE_MAGIC = 0x45584348 };

struct exchange *exchange_open(struct conn *c)
{
    struct arena *a = loop_lend(c->loop);
    struct exchange *ex = ARENA_NEW(a, struct exchange);
    ex->magic = EXCHANGE_MAGIC;
    ex->rq = (struct http_request){
        .arena = a, .loop = c->loop->index, .local = c->loop->local, .peer = S(""), .id = S("")};
    ex->loop = c->loop;
    ex->conn = c;
    ex->minor = 1;
    ex->set_end = &ex->set;
    ex->begun_us = clock_us();
    atomic_init(&ex->gone, false);
    return ex;
}

static void count_answer(const struct exchange *ex, int64_t took_us)
{
    static const int64_t bound_us[HTTP_BUCKETS] = {500,     1000,    2500,    5000,    10000,
                                                   25000,   50000,   100000,  250000,  500000,
                                                   1000000, 2500000, 5000000, 10000000};
    struct loop *l = ex->loop;
    size_t i = 0;
    while (i < HTTP_BUCKETS && took_us > bound_us[i])
        i++;
    atomic_fetch_add_explicit(&l->bucket[i], 1, memory_order_relaxed);
    count(l, COUNT_MICROSECONDS, took_us < 0 ? 0 : (uint64_t)took_us);
    count(l, COUNT_STATUS_1 + (enum http_count)(ex->status / 100 - 1), 1);
    count(l, COUNT_BYTES_OUT, ex->sent);
}

void exchange_leave_flight(struct exchange *ex)
{
    if (ex->in_flight)
        atomic_fetch_sub(&ex->loop->server->in_flight, 1);
    ex->in_flight = false;
}

void exchange_close(struct exchange *ex)
{
    ASSERT(ex->magic == EXCHANGE_MAGIC);
    struct loop *l = ex->loop;
    int64_t now_us = clock_us();
    if (ex->answered)
        count_answer(ex, now_us - ex->begun_us);
    log_request(ex, now_us);
    exchange_leave_flight(ex);
    atomic_fetch_sub(&l->server->body_bytes, ex->in_counted);
    if (ex->stream != NULL)
        stream_free(ex->stream);
    ex->magic = 0;
    loop_take_back(l, ex->rq.arena);
}

/* ---- who asks, and under what name ---- */

/* Each proxy writes whom it heard behind those before it: the last that is no proxy of ours. What
 * stands before that one, anybody could have written. */
static Address forwarded(const struct http_server *s, const struct http_request *rq, Address last)
{
    for (size_t i = rq->header_n; i > 0; i--) {
        if (!str_eq(rq->header[i - 1].name, S("x-forwarded-for")))
            continue;
        Str list = rq->header[i - 1].value;
        while (list.n > 0 && address_in(last, s->trusted, s->trusted_n)) {
            size_t at = list.n;
            while (at > 0 && list.p[at - 1] != ',')
                at--;
            Address before;
            if (!address_parse(&before, str_trim(str_sub(list, at, list.n))))
                return last;
            last = before;
            list.n = at > 0 ? at - 1 : 0;
        }
    }
    return last;
}

static bool is_id(Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-')
            return false;
    }
    return s.n > 0 && s.n <= HTTP_ID_MAX;
}

/* Ours: when the server was started, loop, number. */
static Str new_id(struct loop *l, struct arena *keep)
{
    char text[HTTP_ID_MAX];
    size_t at = sizeof text;
    const uint64_t part[] = {++l->seq, (uint64_t)l->index, l->server->born_ms};
    for (size_t i = 0; i < ARRAY_N(part); i++) {
        if (i > 0)
            text[--at] = '-';
        uint64_t n = part[i];
        do
            text[--at] = "0123456789abcdefghijklmnopqrstuv"[n & 31];
        while ((n >>= 5) > 0);
    }
    return arena_copy(keep, (Str){text + at, sizeof text - at});
}

static void identify(struct exchange *ex)
{
    struct http_request *rq = &ex->rq;
    const struct conn *c = ex->conn;
    Address peer = c->address;
    if (c->trusted) {
        peer = forwarded(c->loop->server, rq, peer);
        rq->secure = str_eq(http_header(rq, S("x-forwarded-proto")), S("https"));
        Str id = http_header(rq, S("x-request-id"));
        if (is_id(id))
            rq->id = id;
    }
    rq->peer = address_text(rq->arena, peer);
    if (rq->id.n == 0)
        rq->id = new_id(c->loop, rq->arena);
}

void exchange_fill(struct exchange *ex, const struct parse_head *h)
{
    struct http_request *rq = &ex->rq;
    struct http_header *header = ARENA_ARRAY(rq->arena, struct http_header, h->header_n);
    if (h->header_n > 0)
        memcpy(header, h->header, h->header_n * sizeof *header);
    rq->header = header;
    rq->header_n = h->header_n;
    rq->method = h->method < HTTP_METHOD_N ? h->method : HTTP_GET;
    rq->target = h->target;
    rq->query = h->query;
    rq->host = h->host;
    ex->minor = h->minor;
    ex->keep = h->keep;
    ex->chunked = h->chunked;
    ex->length = h->length;
    identify(ex);
}

void exchange_refuse(struct exchange *ex, ParseFault f)
{
    if (ex->rq.id.n == 0)
        identify(ex);
    ex->keep = false;
    ex->reason = f.reason;
    ex->held = false;
    if (f.status == 503)
        http_set(&ex->rq, S("Retry-After"),
                 arena_fmt(ex->rq.arena, "%u", ex->shed ? ex->later_s : HTTP_LATER_S));
    http_problem(&ex->rq, f.status, f.reason, (Str){f.zh, strlen(f.zh)}, (Str){f.en, strlen(f.en)});
}
