/* conn.c - a connection: what is read when, who gets it, what is sent, and when it is over.
 *
 * advance() takes one step after the other until the connection waits for bytes, for room to write,
 * or for an answer from other hands. A step returns false when the connection waits or has been
 * closed; then it must not be touched again, for its memory serves the next one.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/str.h"
#include "http/http_int.h"
#include "os/clock.h"

enum { CONN_MAGIC = 0x434F4E4E };

static void enter(struct conn *c, enum conn_state state)
{
    c->loop->parked_n += (state == CONN_PARK) - (uint32_t)(c->state == CONN_PARK);
    c->state = state;
    c->begun_ms = c->progress_ms = clock_ms();
    c->moved = 0;
}

/* ---- bytes in ---- */

static Str unread(const struct conn *c)
{
    if (c->in == NULL)
        return (Str){NULL, 0};
    return (Str){c->in->byte + c->in->beg, c->in->end - c->in->beg};
}

static void drop_block(struct conn *c)
{
    if (c->in == NULL)
        return;
    c->in->next = c->loop->free_blocks;
    c->loop->free_blocks = c->in;
    c->in = NULL;
}

static void consume(struct conn *c, size_t n)
{
    c->in->beg += n;
    c->scanned = 0;
    if (c->in->beg == c->in->end)
        drop_block(c);
}

static struct block *block_with_room(struct conn *c)
{
    size_t cap = c->loop->server->o.head_bytes;
    if (c->in == NULL) {
        struct block *b = c->loop->free_blocks;
        if (b == NULL)
            b = arena_raw(c->loop->arena, 1, sizeof *b + cap); /* pages come as they are written */
        else
            c->loop->free_blocks = b->next;
        b->beg = b->end = 0;
        c->in = b;
    } else if (c->in->end == cap && c->in->beg > 0) {
        Str left = unread(c);
        memmove(c->in->byte, left.p, left.n);
        c->in->beg = 0;
        c->in->end = left.n;
    }
    return c->in;
}

static bool is_full(const struct conn *c)
{
    return c->in != NULL && c->in->end - c->in->beg == c->loop->server->o.head_bytes;
}

/* Listens for more bytes when there is room for them, and not otherwise. */
static void set_reading(struct conn *c)
{
    bool want = !c->eof && !is_full(c) && c->state != CONN_PARK;
    if (want == c->reading)
        return;
    c->reading = want;
    ASSERT((want ? event_add(&c->read, NULL) : event_del(&c->read)) == 0);
}

void conn_write_more(struct conn *c, bool more)
{
    if (more == c->writing)
        return;
    c->writing = more;
    ASSERT((more ? event_add(&c->write, NULL) : event_del(&c->write)) == 0);
}

/* ---- the end ---- */

static void unlink_conn(struct conn *c)
{
    struct loop *l = c->loop;
    if (c->prev != NULL)
        c->prev->next = c->next;
    else
        l->conns = c->next;
    if (c->next != NULL)
        c->next->prev = c->prev;
    l->conn_n--;
    l->parked_n -= c->state == CONN_PARK;
    c->next = l->free_conns;
    l->free_conns = c;
}

/* The exchange of a connection that is no more. In other hands, it stays with whoever has it. */
static void abandon(struct exchange *ex)
{
    struct http_server *s = ex->loop->server;
    count(ex->loop, COUNT_GONE, 1);
    ex->conn = NULL;
    if (!ex->held) {
        exchange_close(ex);
        return;
    }
    atomic_store(&ex->gone, true);
    if (s->hooks.gone != NULL)
        s->hooks.gone(s->hooks.arg, &ex->rq);
    if (ex->stream != NULL)
        stream_gone(ex);
}

void conn_close(struct conn *c)
{
    ASSERT(c->magic == CONN_MAGIC);
    struct loop *l = c->loop;
    (void)event_del(&c->read); /* fails only for events that were never assigned */
    (void)event_del(&c->write);
    drop_block(c);
    if (c->ex != NULL)
        abandon(c->ex);
    if (c->counted)
        peers_leave(l->server->peers, c->address);
    atomic_fetch_sub(&l->server->connections, 1);
    (void)close(c->fd); /* nothing is left to be lost; last, for a client sees it and comes again */
    c->magic = 0;
    unlink_conn(c);
    loop_check_end(l);
}

/* Answered for good. Closing at once, with bytes of the client unread, would make its kernel throw
 * the answer away; so we say that no more comes, and wait for it to hang up. */
static bool linger(struct conn *c)
{
    if (c->eof || shutdown(c->fd, SHUT_WR) != 0) {
        conn_close(c);
        return false;
    }
    enter(c, CONN_LINGER);
    drop_block(c);
    set_reading(c);
    return false;
}

/* ---- answers ---- */

static bool start_answer(struct conn *c)
{
    exchange_leave_flight(c->ex);
    answer_build(c->ex);
    enter(c, CONN_SEND);
    return true;
}

static bool refuse(struct conn *c, ParseFault f)
{
    exchange_refuse(c->ex, f);
    return start_answer(c);
}

/* The exchange is done; is there another? Who was refused for overload and asks again at once, as
 * programs do, would keep the server busy with refusing: it is read again when it was told to ask.
 * A proxy's connection would keep others waiting with it. */
static bool end_exchange(struct conn *c)
{
    bool keep = c->ex->keep, shed = c->ex->shed;
    c->park_s = c->ex->later_s;
    exchange_close(c->ex);
    c->ex = NULL;
    if (!keep)
        return linger(c);
    if (shed && !c->trusted) {
        enter(c, CONN_PARK);
        return false;
    }
    enter(c, CONN_HEAD);
    return true;
}

static bool send_answer(struct conn *c)
{
    struct exchange *ex = c->ex;
    while (ex->out[0].n + ex->out[1].n > 0) {
        struct iovec part[2];
        for (int i = 0; i < 2; i++) { /* sendmsg does not write, but its vector is not const */
            memcpy(&part[i].iov_base, &ex->out[i].p, sizeof part[i].iov_base);
            part[i].iov_len = ex->out[i].n;
        }
        struct msghdr message = {.msg_iov = part, .msg_iovlen = 2};
        ssize_t n = sendmsg(c->fd, &message, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            conn_write_more(c, true);
            return false;
        }
        if (n < 0) {
            conn_close(c);
            return false;
        }
        c->progress_ms = clock_ms();
        c->moved += (uint64_t)n;
        ex->sent += (uint64_t)n;
        for (int i = 0; i < 2; i++) {
            size_t used = (size_t)n < ex->out[i].n ? (size_t)n : ex->out[i].n;
            if (used > 0)
                ex->out[i] = (Str){ex->out[i].p + used, ex->out[i].n - used};
            n -= (ssize_t)used;
        }
    }
    conn_write_more(c, false);
    return end_exchange(c);
}

/* ---- requests ---- */

/* Did the bytes wait too long, while the loop served those before them? The loop knows only the
 * calendar's time of its waking: a wait of a minute is a clock that was set. */
static bool is_overdue(const struct loop *l)
{
    const int64_t minute_us = 60000000;
    struct timeval since;
    if (event_base_gettimeofday_cached(l->base, &since) != 0)
        return false;
    int64_t waited_us = clock_us() - (int64_t)since.tv_sec * 1000000 - since.tv_usec;
    return waited_us > (int64_t)l->server->o.wait_ms * 1000 && waited_us < minute_us;
}

/* The more wait already, the later the next may come: else all come back at once. */
static uint32_t later_s(const struct loop *l)
{
    uint32_t s = HTTP_LATER_S + l->parked_n / HTTP_LATER_EACH;
    return s < HTTP_LATER_MAX_S ? s : HTTP_LATER_MAX_S;
}

/* Is this one too many? Not if it is answered at once, for as little. */
static bool overloaded(struct conn *c)
{
    struct http_server *s = c->loop->server;
    if (atomic_load(&s->in_flight) < s->o.in_flight && !is_overdue(c->loop))
        return false;
    if (s->hooks.light != NULL && s->hooks.light(s->hooks.arg, &c->ex->rq))
        return false;
    c->ex->shed = true;
    c->ex->later_s = later_s(c->loop);
    count(c->loop, COUNT_SHED, 1);
    return true;
}

/* The request is whole. */
static bool handle(struct conn *c)
{
    struct http_server *s = c->loop->server;
    struct exchange *ex = c->ex;
    ex->rq.body = (Str){ex->in, ex->in_n};
    enter(c, CONN_WORK);
    ex->in_flight = true;
    atomic_fetch_add(&s->in_flight, 1);
    s->hooks.handle(s->hooks.arg, &ex->rq);
    if (ex->held)
        return false;
    ASSERT(ex->answered);
    return start_answer(c);
}

static ParseFault too_large(void)
{
    return (ParseFault){413, "body-large", "请求正文太大", "the body is larger than is taken here"};
}

/* Makes room for n more bytes of body. */
static ParseFault grow_body(struct exchange *ex, size_t n)
{
    struct http_server *s = ex->loop->server;
    if (n > ex->in_max - ex->in_n)
        return too_large();
    if (ex->in_n + n <= ex->in_cap)
        return (ParseFault){0, NULL, NULL, NULL};
    size_t cap = ex->in_cap < 8192 ? 8192 : ex->in_cap * 2;
    if (cap < ex->in_n + n)
        cap = ex->in_n + n;
    if (!ex->chunked && cap >= 65536) /* it means what it says: the rest at once */
        cap = (size_t)ex->length;
    if (atomic_fetch_add(&s->body_bytes, cap) + cap > s->o.body_total_bytes) {
        atomic_fetch_sub(&s->body_bytes, cap);
        count(ex->loop, COUNT_SHED, 1);
        return (ParseFault){503, "bodies-many", "上传太多, 请稍后再试",
                            "too many uploads at once, try again later"};
    }
    ex->in_counted += cap;
    char *bytes = arena_raw(ex->rq.arena, cap, 1);
    if (ex->in_n > 0)
        memcpy(bytes, ex->in, ex->in_n);
    ex->in = bytes;
    ex->in_cap = cap;
    return (ParseFault){0, NULL, NULL, NULL};
}

static ParseFault add_body(struct exchange *ex, Str data)
{
    ParseFault f = grow_body(ex, data.n);
    if (f.status != 0 || data.n == 0)
        return f;
    memcpy(ex->in + ex->in_n, data.p, data.n);
    ex->in_n += data.n;
    return f;
}

/* Takes what has come of the body; *whole: that was all. */
static ParseFault take_body(struct conn *c, bool *whole)
{
    struct exchange *ex = c->ex;
    ParseFault f = {0, NULL, NULL, NULL};
    while (f.status == 0 && unread(c).n > 0 && !ex->chunks.done) {
        Str bytes = unread(c), data = bytes;
        size_t used = 0;
        if (ex->chunked) {
            f = parse_chunks(&ex->chunks, bytes, &used, &data);
        } else {
            used = data.n = bytes.n < ex->length - ex->in_n ? bytes.n : ex->length - ex->in_n;
            if (used == 0)
                break;
        }
        if (f.status == 0)
            f = add_body(ex, data);
        c->progress_ms = clock_ms();
        c->moved += data.n;
        count(c->loop, COUNT_BYTES_IN, used);
        consume(c, used);
    }
    *whole = ex->chunked ? ex->chunks.done : ex->in_n == ex->length;
    return f;
}

static bool read_body(struct conn *c)
{
    bool whole = false;
    ParseFault f = take_body(c, &whole);
    if (f.status != 0)
        return refuse(c, f);
    if (whole)
        return handle(c);
    if (!c->eof)
        return false;
    conn_close(c);
    return false;
}

/* Answers, or says how large the body may be. */
static void welcome(struct conn *c, const struct parse_head *h)
{
    struct http_server *s = c->loop->server;
    struct exchange *ex = c->ex;
    if (h->path.p[0] == '*') {
        http_set(&ex->rq, S("Allow"), S("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
        http_answer(&ex->rq, 204, S(""), S(""));
    } else if (s->hooks.head != NULL) {
        ex->in_max = s->hooks.head(s->hooks.arg, &ex->rq);
        ASSERT(!ex->held); /* that is for `handle` */
    }
}

/* The head has been read: is this welcome, and how large may its body be? */
static bool begin(struct conn *c, const struct parse_head *h)
{
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct exchange *ex = c->ex;
    bool bodily = h->chunked || h->length > 0, keep = ex->keep && !bodily;
    if (overloaded(c)) {
        exchange_refuse(ex, (ParseFault){503, "overload", "系统繁忙, 请稍后再试",
                                         "the server is busy, try again later"});
        ex->keep = keep;
        return start_answer(c);
    }
    if (!ex->answered)
        welcome(c, h);
    if (ex->answered) {
        ex->keep = keep;
        return start_answer(c);
    }
    if (h->length > ex->in_max || (h->chunked && ex->in_max == 0))
        return refuse(c, too_large());
    if (!bodily)
        return handle(c);
    enter(c, CONN_BODY);
    if (h->expects && unread(c).n == 0 &&
        send(c->fd, go_on, sizeof go_on - 1, MSG_NOSIGNAL) != sizeof go_on - 1) {
        conn_close(c);
        return false;
    }
    return true;
}

static bool open_exchange(struct conn *c, Str head)
{
    struct exchange *ex = c->ex = exchange_open(c);
    struct parse_head h;
    char *bytes = arena_raw(ex->rq.arena, head.n, 1);
    memcpy(bytes, head.p, head.n);
    ParseFault f = parse_head(&h, bytes, head.n);
    consume(c, head.n);
    count(c->loop, COUNT_REQUESTS, 1);
    count(c->loop, COUNT_BYTES_IN, head.n);
    if (f.status == 0) {
        exchange_fill(ex, &h);
        f = parse_path(ex->rq.arena, &ex->rq.path, h.path);
    }
    if (f.status == 0)
        return begin(c, &h);
    count(c->loop, COUNT_FAULTS, 1);
    return refuse(c, f);
}

static bool refuse_head(struct conn *c, ParseFault f)
{
    c->ex = exchange_open(c);
    count(c->loop, COUNT_REQUESTS, 1);
    count(c->loop, COUNT_FAULTS, 1);
    return refuse(c, f);
}

static bool read_head(struct conn *c)
{
    Str bytes = unread(c);
    if (bytes.n > 0 && c->moved == 0) {
        c->begun_ms = clock_ms();
        c->moved = bytes.n;
    }
    size_t head_n = 0;
    ParseFault f = parse_head_end(bytes, &c->scanned, &head_n);
    if (f.status != 0)
        return refuse_head(c, f);
    ASSERT(head_n <= bytes.n);
    if (head_n > 0)
        return open_exchange(c, (Str){bytes.p, head_n});
    if (is_full(c))
        return refuse_head(c, parse_head_long(bytes));
    if (c->eof || (bytes.n == 0 && c->loop->drained != DRAIN_NO))
        conn_close(c);
    return false;
}

static void advance(struct conn *c)
{
    unsigned magic = c->magic;
    for (bool more = true; more;) {
        switch (c->state) {
        case CONN_HEAD: more = read_head(c); break;
        case CONN_BODY: more = read_body(c); break;
        case CONN_SEND: more = send_answer(c); break;
        case CONN_WORK:
        case CONN_STREAM:
        case CONN_PARK:
        case CONN_LINGER: more = false; break;
        }
    }
    if (c->magic == magic)
        set_reading(c);
}

/* ---- what the loop calls ---- */

static void on_read(evutil_socket_t fd, short what, void *arg)
{
    (void)what; /* readable */
    struct conn *c = arg;
    struct block *b = block_with_room(c);
    ssize_t n = recv(fd, b->byte + b->end, c->loop->server->o.head_bytes - b->end, 0);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        return;
    c->eof = n == 0;
    if (n < 0 || (c->eof && (c->state == CONN_LINGER || c->state == CONN_STREAM))) {
        conn_close(c);
        return;
    }
    b->end += (size_t)n;
    if (c->state == CONN_LINGER || b->beg == b->end)
        drop_block(c);
    advance(c);
}

static void on_write(evutil_socket_t fd, short what, void *arg)
{
    (void)fd; /* the connection's */
    (void)what;
    struct conn *c = arg;
    if (c->state == CONN_STREAM)
        stream_write(c);
    else
        advance(c);
}

void conn_answered(struct conn *c)
{
    ASSERT(c->magic == CONN_MAGIC && c->state == CONN_WORK);
    (void)start_answer(c); /* leads on to sending it */
    advance(c);
}

void conn_stream(struct conn *c)
{
    ASSERT(c->magic == CONN_MAGIC && c->state == CONN_WORK);
    exchange_leave_flight(c->ex);
    enter(c, CONN_STREAM);
    if (c->eof)
        conn_close(c);
    else
        stream_start(c);
}

void conn_stream_done(struct conn *c, bool whole)
{
    conn_write_more(c, false);
    if (!whole)
        conn_close(c);
    else if (end_exchange(c))
        advance(c);
}

void conn_drain(struct conn *c)
{
    char byte;
    bool idle = (c->state == CONN_HEAD || c->state == CONN_PARK) && unread(c).n == 0 &&
                recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0;
    if (idle || (c->state == CONN_STREAM && stream_is_endless(c->ex->stream)))
        conn_close(c);
}

static void time_out(struct conn *c, ParseFault f)
{
    count(c->loop, COUNT_LATE, 1);
    if (c->ex == NULL)
        (void)refuse_head(c, f); /* leads on to sending it */
    else
        (void)refuse(c, f); /* alike */
    advance(c);
}

void conn_check(struct conn *c, int64_t now_ms)
{
    const struct http_options *o = &c->loop->server->o;
    int64_t age_ms = now_ms - c->begun_ms;
    uint64_t due =
        age_ms > HTTP_GRACE_MS ? (uint64_t)(age_ms - HTTP_GRACE_MS) * o->body_bytes_s / 1000 : 0;
    bool slow = c->moved < due || now_ms - c->progress_ms > o->idle_ms;
    switch (c->state) {
    case CONN_HEAD:
        if (c->moved > 0 && age_ms > o->head_ms)
            time_out(c, (ParseFault){408, "head-late", "请求头迟迟没有发完",
                                     "the header took too long to arrive"});
        else if (c->moved == 0 && age_ms > o->idle_ms)
            conn_close(c);
        break;
    case CONN_BODY:
        if (slow)
            time_out(
                c, (ParseFault){408, "body-late", "请求正文来得太慢", "the body came too slowly"});
        break;
    case CONN_SEND:
        if (slow) {
            count(c->loop, COUNT_LATE, 1);
            conn_close(c);
        }
        break;
    case CONN_STREAM: stream_tick(c, now_ms); break;
    case CONN_LINGER:
        if (age_ms > HTTP_LINGER_MS)
            conn_close(c);
        break;
    case CONN_PARK:
        if (age_ms > (int64_t)c->park_s * 1000 || c->loop->drained != DRAIN_NO) {
            enter(c, CONN_HEAD);
            advance(c);
        }
        break;
    case CONN_WORK: break;
    }
}

static bool is_welcome(struct loop *l, struct conn *c)
{
    struct http_server *s = l->server;
    c->trusted = address_in(c->address, s->trusted, s->trusted_n);
    if (atomic_fetch_add(&s->connections, 1) >= s->o.connections)
        return false;
    if (c->trusted)
        return true;
    c->counted = peers_enter(s->peers, c->address, s->o.peer_connections);
    return c->counted;
}

/* No exchange is opened for it: this has to be cheap. */
static void turn_away(struct loop *l, int fd)
{
    static const char busy[] = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n"
                               "Retry-After: 5\r\nConnection: close\r\n\r\n";
    count(l, COUNT_REFUSED, 1);
    atomic_fetch_sub(&l->server->connections, 1);
    (void)send(fd, busy, sizeof busy - 1, MSG_NOSIGNAL | MSG_DONTWAIT); /* a courtesy */
    (void)shutdown(fd, SHUT_WR);
    (void)close(fd);
}

void conn_accept(struct loop *l, int fd, const struct sockaddr *sa)
{
    struct conn *c = l->free_conns, fresh = {.loop = l, .fd = fd, .address = address_of(sa)};
    if (!is_welcome(l, &fresh)) {
        turn_away(l, fd);
        return;
    }
    if (c == NULL)
        c = ARENA_NEW(l->arena, struct conn);
    else
        l->free_conns = c->next;
    *c = fresh;
    c->magic = CONN_MAGIC;
    c->next = l->conns;
    if (c->next != NULL)
        c->next->prev = c;
    l->conns = c;
    l->conn_n++;
    count(l, COUNT_ACCEPTED, 1);
    int on = 1;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* not TCP: not needed */
    ASSERT(event_assign(&c->read, l->base, fd, EV_READ | EV_PERSIST, on_read, c) == 0);
    ASSERT(event_assign(&c->write, l->base, fd, EV_WRITE | EV_PERSIST, on_write, c) == 0);
    enter(c, CONN_HEAD);
    set_reading(c);
}
