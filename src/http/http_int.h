/* http_int.h - what the files of this folder share.
 *
 *     server ---- loop ---- conn ---- exchange (a request and its answer)
 *        |         |          `---- block (bytes read and not consumed; none while idle)
 *        |         `---- tasks from other threads, free conns and blocks
 *        `---- counts that all loops share
 *
 * A connection is in one state, and only conn.c changes it:
 *
 *     HEAD -> BODY -> WORK -> SEND -> HEAD ..        LINGER: answered, closing; waits for the
 *       |       |       |--> STREAM --^ |--> PARK    client to take the answer
 *       `-------`-------`---------------`-> LINGER   PARK: shed, not read for a while
 *
 * An exchange that is held or streams may outlive its connection: `conn` is NULL then, and
 * whoever has it gives it back by answering. All of it is freed on its loop's thread.
 */
#ifndef GECI_HTTP_HTTP_INT_H
#define GECI_HTTP_HTTP_INT_H

#include <event2/event.h>
#include <event2/event_struct.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "base/buf.h"
#include "http/address.h"
#include "http/http.h"
#include "http/parse.h"
#include "os/thread.h"

enum {
    HTTP_LOOPS_MAX = 256,
    HTTP_TICK_MS = 500,
    HTTP_LINGER_MS = 2000,
    HTTP_LATER_S = 2,      /* Retry-After, and a second more.. */
    HTTP_LATER_EACH = 250, /* ..for so many who were told before, up to.. */
    HTTP_LATER_MAX_S = 10,
    HTTP_GRACE_MS = 10000, /* before a minimum rate counts */
    HTTP_ANSWER_HEAD_MAX = 1 << 16,
    HTTP_BUCKETS = 14 /* of the latency histogram, beside the last */
};

enum http_count {
    COUNT_REQUESTS,
    COUNT_STATUS_1, /* to COUNT_STATUS_5: answers by hundreds */
    COUNT_STATUS_2,
    COUNT_STATUS_3,
    COUNT_STATUS_4,
    COUNT_STATUS_5,
    COUNT_BYTES_IN,
    COUNT_BYTES_OUT,
    COUNT_ACCEPTED,
    COUNT_REFUSED, /* connections over a cap */
    COUNT_FAULTS,  /* requests the parser refused */
    COUNT_SHED,    /* 503 for overload */
    COUNT_LATE,    /* connections that missed a deadline */
    COUNT_GONE,    /* clients that left before their answer */
    COUNT_LOG_LOST,
    COUNT_MICROSECONDS,
    HTTP_COUNT_N
};

enum drain {
    DRAIN_NO,
    DRAIN_GENTLY, /* no more connections; those there are end with their request */
    DRAIN_CUT,    /* at once */
};

struct block {
    struct block *next;
    size_t beg, end;
    char byte[]; /* head_bytes of the options */
};

struct set_header {
    struct set_header *next;
    Str name, value;
};

struct exchange {
    struct http_request rq; /* first: hooks know only this */
    unsigned magic;
    struct loop *loop;
    struct conn *conn; /* NULL: it is gone. On the loop only */
    atomic_bool gone;
    bool held, answered, keep;
    bool in_flight;   /* counted as such */
    bool shed;        /* refused for overload */
    uint32_t later_s; /* and asked to come back after */
    int minor;
    int64_t begun_us;   /* when its head was whole */
    const char *reason; /* why the server itself refused it, for the log */

    /* the body, as it comes in */
    bool chunked;
    uint64_t length;
    struct parse_chunks chunks;
    char *in;
    size_t in_n, in_cap, in_max;
    size_t in_counted; /* of the server's body_bytes */

    /* the answer */
    struct set_header *set, **set_end;
    int status;
    Str type, body;
    Str out[2]; /* head and body, as far as they have to be sent */
    uint64_t sent;
    bool streams;               /* for whoever has the request */
    struct http_stream *stream; /* for the loop, from the first time it hears of it */
    struct http_task task;      /* brings an answer back to its loop */
    char id[HTTP_ID_MAX + 1];
};

enum conn_state { CONN_HEAD, CONN_BODY, CONN_WORK, CONN_SEND, CONN_STREAM, CONN_PARK, CONN_LINGER };

struct conn {
    unsigned magic;
    struct loop *loop;
    int fd;
    enum conn_state state;
    struct event read, write;
    bool reading, writing; /* the events are pending */
    bool eof;              /* the client sends no more */
    bool trusted, counted; /* its address is a proxy's; is counted by peers.c */
    Address address;
    struct block *in;
    size_t scanned; /* of `in`, by parse_head_end */
    struct exchange *ex;
    int64_t begun_ms;    /* the state, or the first byte of a head; 0 in CONN_HEAD: no byte yet */
    int64_t progress_ms; /* when bytes last moved */
    uint32_t park_s;     /* of CONN_PARK */
    uint64_t moved;      /* bytes of this state */
    struct conn *prev, *next;
};

struct loop {
    struct http_server *server;
    int index;
    void *local;
    struct arena *arena; /* conns and blocks */
    struct thread *thread;
    struct event_base *base;
    struct event accept, tick, wake;
    int listen_fd, wake_fd;
    int drained;   /* enum drain, as far as it has been done */
    uint32_t held; /* exchanges in other hands */
    uint32_t conn_n, parked_n;
    struct conn *conns, *free_conns;
    struct block *free_blocks;
    struct arena *spare[8]; /* for requests */
    uint32_t spare_n;
    int64_t date_s;
    char date[96]; /* "Date: ..", as of date_s */
    uint64_t seq;  /* of request ids */
    struct arena *log_arena;
    struct buf log;

    struct lock *lock;
    struct http_task *first, *last; /* under `lock` */

    atomic_int drain;          /* enum drain, as it was asked for */
    atomic_uint_fast64_t beat; /* ticks */
    atomic_uint_fast64_t count[HTTP_COUNT_N];
    atomic_uint_fast64_t bucket[HTTP_BUCKETS + 1];
};

struct http_server {
    struct http_options o;
    struct http_hooks hooks;
    struct arena *keep;
    int loop_n;
    struct loop *loop; /* loop_n */
    int port;
    int stop_fd; /* an eventfd */
    Network *trusted;
    size_t trusted_n;
    struct peers *peers;
    uint64_t born_ms; /* in request ids */

    struct lock *lock;
    int started, ended;  /* loops; this and what follows under `lock` */
    enum status failure; /* of a loop's start */
    uint32_t left;       /* exchanges in other hands behind the end */

    atomic_bool stopping;
    atomic_uint connections, in_flight;
    atomic_size_t body_bytes;
};

static inline void count(struct loop *l, enum http_count what, uint64_t n)
{
    atomic_fetch_add_explicit(&l->count[what], n, memory_order_relaxed);
}

static inline struct exchange *exchange_of(struct http_request *rq)
{
    return (struct exchange *)rq;
}

/* listen.c */
NODISCARD enum status listen_open(struct http_server *s, struct diags *ds);
void listen_close(struct http_server *s);

/* loop.c */
NODISCARD enum status loop_open(struct loop *l);
void loop_run(void *loop);              /* the thread */
void loop_ask(struct loop *l, int how); /* enum drain, from any thread */
void loop_close(struct loop *l);        /* behind its thread */
void loop_check_end(struct loop *l);    /* draining: ends the loop when nothing is left */
struct arena *loop_lend(struct loop *l);
void loop_take_back(struct loop *l, struct arena *a);
Str loop_date(struct loop *l);

/* exchange.c */
struct exchange *exchange_open(struct conn *c);
void exchange_leave_flight(struct exchange *ex);
void exchange_close(struct exchange *ex); /* freed; logged when it was answered */
void exchange_fill(struct exchange *ex, const struct parse_head *h);
/* Answers with a problem of the server's own. */
void exchange_refuse(struct exchange *ex, ParseFault f);

/* answer.c: makes `out` of what http_answer was told. */
void answer_build(struct exchange *ex);
Str answer_head(struct exchange *ex, struct arena *keep, uint64_t length, bool stream);

/* conn.c */
void conn_accept(struct loop *l, int fd, const struct sockaddr *sa);
void conn_close(struct conn *c);
void conn_check(struct conn *c, int64_t now_ms); /* deadlines */
void conn_answered(struct conn *c);              /* its exchange came back from other hands */
void conn_drain(struct conn *c);                 /* closes it, if it is idle */
void conn_write_more(struct conn *c, bool more); /* asks to be told when the socket takes more */
void conn_stream(struct conn *c);                /* its exchange has begun a stream */
void conn_stream_done(struct conn *c, bool whole);

/* stream.c, on the loop */
void stream_start(struct conn *c);
bool stream_is_endless(const struct http_stream *st);
void stream_free(struct http_stream *st);
void stream_write(struct conn *c);
void stream_gone(struct exchange *ex);
void stream_tick(struct conn *c, int64_t now_ms);

/* peers.c */
struct peers *peers_open(struct arena *keep, uint32_t connections);
void peers_close(struct peers *p);
bool peers_enter(struct peers *p, Address a, uint32_t most);
void peers_leave(struct peers *p, Address a);

/* log.c */
void log_request(const struct exchange *ex, int64_t now_us);
void log_flush(struct loop *l);

/* notify.c */
void notify_systemd(Str state);
int64_t notify_watchdog_ms(void); /* how often systemd wants to hear; 0: never */
int notify_sockets(void);         /* how many it has opened for us, from 3 on */

#endif
