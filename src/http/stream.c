/* stream.c - answers that come in pieces, from any thread, as fast as the client takes them.
 *
 *     http_stream_send ->  queue, at most cap bytes  -> socket
 *        any thread           under `lock`              the loop's
 *
 * The stream's task brings every change to the loop; `posted` keeps it from being queued twice,
 * and while it is queued nobody frees the exchange but its run.
 */
#include <errno.h>
#include <event2/buffer.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "base/str.h"
#include "http/http_int.h"
#include "os/clock.h"

enum { STREAM_CAP = 256 * 1024, STREAM_VECTORS = 16 };

struct http_stream {
    struct http_task task; /* first */
    struct exchange *ex;
    struct http_stream_how how;
    bool chunked, silent; /* silent: the answer has no body (HEAD) */
    struct lock *lock;

    /* under `lock` */
    struct evbuffer *queue;
    bool posted, ended, whole, gone;
    bool was_full; /* somebody wants to know when it is not */
    bool drained;  /* how.drained is to be run */
};

static void wake_loop(struct http_stream *st, bool post)
{
    if (post)
        http_later(st->ex->loop->server, st->ex->loop->index, &st->task);
}

/* Under the lock: is the task to be posted by the caller? */
static bool claim_task(struct http_stream *st)
{
    bool post = !st->posted;
    st->posted = true;
    return post;
}

static bool has_room(const struct http_stream *st)
{
    return evbuffer_get_length(st->queue) <= st->how.cap_bytes / 2;
}

/* Under the lock: those who wait for room, or for the end, look again. True: post the task. */
static bool tell(struct http_stream *st)
{
    if (!st->was_full || !(st->gone || has_room(st)))
        return false;
    st->was_full = false;
    lock_wake(st->lock);
    st->drained = st->how.drained != NULL;
    return st->drained && claim_task(st);
}

static void add_piece(struct http_stream *st, Str bytes)
{
    char size[24];
    if (st->silent || bytes.n == 0)
        return;
    if (st->chunked) {
        size_t at = sizeof size;
        size[--at] = '\n';
        size[--at] = '\r';
        size_t n = bytes.n;
        do
            size[--at] = "0123456789abcdef"[n & 15];
        while ((n >>= 4) > 0);
        ASSERT(evbuffer_add(st->queue, size + at, sizeof size - at) == 0);
    }
    ASSERT(evbuffer_add(st->queue, bytes.p, bytes.n) == 0);
    if (st->chunked)
        ASSERT(evbuffer_add(st->queue, "\r\n", 2) == 0);
}

/* ---- on the loop ---- */

bool stream_is_endless(const struct http_stream *st)
{
    return st->how.heartbeat_s > 0;
}

void stream_free(struct http_stream *st)
{
    evbuffer_free(st->queue);
    lock_close(st->lock);
}

void stream_start(struct conn *c)
{
    struct exchange *ex = c->ex;
    struct arena *tmp = loop_lend(c->loop); /* that of the request is in other hands */
    Str head = answer_head(ex, tmp, 0, true);
    lock_take(ex->stream->lock);
    ASSERT(evbuffer_prepend(ex->stream->queue, head.p, head.n) == 0);
    lock_give(ex->stream->lock);
    loop_take_back(c->loop, tmp);
    stream_write(c);
}

/* Writes what the socket takes; false: the socket has failed. Under the lock. */
static bool write_queue(struct http_stream *st, struct conn *c)
{
    while (evbuffer_get_length(st->queue) > 0) {
        struct evbuffer_iovec piece[STREAM_VECTORS];
        struct iovec part[STREAM_VECTORS];
        int n = evbuffer_peek(st->queue, -1, NULL, piece, STREAM_VECTORS);
        n = n < STREAM_VECTORS ? n : STREAM_VECTORS;
        for (int i = 0; i < n; i++)
            part[i] = (struct iovec){piece[i].iov_base, piece[i].iov_len};
        struct msghdr message = {.msg_iov = part, .msg_iovlen = (size_t)n};
        ssize_t done = sendmsg(c->fd, &message, MSG_NOSIGNAL);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK;
        c->progress_ms = clock_ms();
        st->ex->sent += (uint64_t)done;
        ASSERT(evbuffer_drain(st->queue, (size_t)done) == 0);
    }
    return true;
}

void stream_write(struct conn *c)
{
    struct http_stream *st = c->ex->stream;
    lock_take(st->lock);
    bool fine = write_queue(st, c);
    bool waits = evbuffer_get_length(st->queue) > 0;
    bool post = tell(st);
    bool over = st->ended && !st->posted && (!waits || !st->whole);
    bool whole = st->whole;
    lock_give(st->lock);
    wake_loop(st, post);
    if (!fine) {
        conn_close(c);
        return;
    }
    conn_write_more(c, waits);
    if (!over)
        return;
    c->ex->answered = true;
    c->ex->held = false;
    c->ex->loop->held--;
    conn_stream_done(c, whole);
}

void stream_gone(struct exchange *ex)
{
    struct http_stream *st = ex->stream;
    lock_take(st->lock);
    st->gone = true;
    (void)evbuffer_drain(st->queue, evbuffer_get_length(st->queue)); /* cannot fail unfrozen */
    st->was_full = true;                                             /* whoever waits is to know */
    bool post = tell(st);
    if (st->ended && claim_task(st))
        post = true;
    lock_give(st->lock);
    wake_loop(st, post);
}

/* Is the client still there, even when nothing happens? And does it take what it is given? */
void stream_tick(struct conn *c, int64_t now_ms)
{
    struct http_stream *st = c->ex->stream;
    int64_t still_ms = now_ms - c->progress_ms;
    if (c->writing) {
        if (still_ms > c->loop->server->o.idle_ms) {
            count(c->loop, COUNT_LATE, 1);
            conn_close(c);
        }
        return;
    }
    if (st->how.heartbeat_s == 0 || still_ms < (int64_t)st->how.heartbeat_s * 1000)
        return;
    lock_take(st->lock);
    if (!st->ended)
        add_piece(st, st->how.heartbeat);
    lock_give(st->lock);
    stream_write(c);
}

static void on_loop(struct http_task *t, void *local)
{
    struct http_stream *st = (struct http_stream *)t;
    struct exchange *ex = st->ex;
    struct loop *l = ex->loop;
    bool first = ex->stream == NULL;
    ex->stream = st;
    lock_take(st->lock);
    st->posted = false;
    bool ended = st->ended, drained = st->drained && !ended;
    st->drained = false;
    lock_give(st->lock);
    if (drained) /* may send and end: then this runs again */
        st->how.drained->run(st->how.drained, local);
    if (ex->conn == NULL && first) { /* the client went away before: now the stream learns it */
        stream_gone(ex);
    } else if (ex->conn == NULL && ended) {
        l->held--;
        exchange_close(ex);
        loop_check_end(l);
    } else if (ex->conn != NULL && first) {
        conn_stream(ex->conn);
    } else if (ex->conn != NULL) {
        stream_write(ex->conn);
    }
}

/* ---- from any thread ---- */

struct http_stream *http_stream_begin(struct http_request *rq, int status, Str type,
                                      const struct http_stream_how *how)
{
    struct exchange *ex = exchange_of(rq);
    ASSERT(!ex->answered && !ex->streams);
    if (!ex->held)
        http_hold(rq);
    struct http_stream *st = ARENA_NEW(rq->arena, struct http_stream);
    if (how != NULL)
        st->how = *how;
    if (st->how.cap_bytes == 0)
        st->how.cap_bytes = STREAM_CAP;
    st->ex = ex;
    st->chunked = ex->minor > 0;
    st->silent = rq->method == HTTP_HEAD;
    st->lock = lock_open(rq->arena);
    st->queue = evbuffer_new();
    ASSERT(st->queue != NULL);
    ex->status = status;
    ex->type = type;
    if (str_starts(type, S("text/event-stream")))
        http_set(rq, S("X-Accel-Buffering"),
                 S("no")); /* for nginx: let each event through at once */
    ex->streams = true;
    st->task.run = on_loop;
    st->posted = true;
    wake_loop(st, true);
    return st;
}

enum status http_stream_send(struct http_stream *st, Str bytes)
{
    lock_take(st->lock);
    ASSERT(!st->ended);
    size_t waits = evbuffer_get_length(st->queue);
    enum status result = OK;
    bool post = false;
    if (st->gone) {
        result = ERR_GONE;
    } else if (waits > 0 && waits + bytes.n > st->how.cap_bytes) {
        st->was_full = true;
        result = ERR_BUSY;
    } else {
        add_piece(st, bytes);
        post = claim_task(st);
    }
    lock_give(st->lock);
    wake_loop(st, post);
    return result;
}

enum status http_stream_wait(struct http_stream *st, uint32_t wait_ms)
{
    int64_t until_ms = clock_ms() + wait_ms;
    lock_take(st->lock);
    while (!st->gone && !has_room(st) && clock_ms() < until_ms) {
        st->was_full = true;
        lock_wait_until(st->lock, until_ms);
    }
    enum status result = st->gone ? ERR_GONE : has_room(st) ? OK : ERR_BUSY;
    lock_give(st->lock);
    return result;
}

void http_stream_end(struct http_stream *st, bool whole)
{
    lock_take(st->lock);
    ASSERT(!st->ended);
    st->ended = true;
    st->whole = whole;
    if (whole && st->chunked && !st->silent && !st->gone)
        ASSERT(evbuffer_add(st->queue, "0\r\n\r\n", 5) == 0);
    bool post = claim_task(st);
    lock_give(st->lock);
    wake_loop(st, post);
}
