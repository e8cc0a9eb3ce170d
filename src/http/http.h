/* http.h - an HTTP/1.1 server: bytes of strangers in, requests out; answers in, bytes out.
 *
 *     socket -> head -> hook head -> body -> hook handle -> http_answer        at once, on the loop
 *                        |                          |-----> http_hold ..       from any thread
 *                        `-> http_answer            `-----> http_stream_begin  piece by piece
 *                            (401, 404, 413 before a body is read)
 *
 * N loops, one thread each, with a listening socket of its own; a connection stays on its loop, and
 * its requests are handled one after another, however many were sent at once. What reaches a hook
 * is one request that can be read in one way only (docs/adr/0027): whatever could be read in two
 * has been refused with 400. Limits, deadlines, overload and the answers for them are kept here and
 * never seen by a hook. Nothing here knows what is served.
 *
 * Threads: hooks run on the loop of their connection and must not wait; work that takes longer than
 * a few milliseconds is held and done elsewhere. A request belongs to the loop until http_hold or
 * http_stream_begin, then to whoever took it, until it is answered; its arena goes along.
 * Memory: everything of a request is on its arena, which lives until its answer has been sent, or
 * until the client was found gone and the request was answered all the same.
 */
#ifndef GECI_HTTP_HTTP_H
#define GECI_HTTP_HTTP_H

#include "base/base.h"

struct arena;
struct buf;
struct diags;
struct http_server;
struct http_stream;

/* ---- requests ---- */

enum http_method {
    HTTP_GET,
    HTTP_HEAD, /* answered as GET is: the server leaves the body out */
    HTTP_POST,
    HTTP_PUT,
    HTTP_PATCH,
    HTTP_DELETE,
    HTTP_OPTIONS,
    HTTP_METHOD_N /* others are answered with 501 */
};

enum { HTTP_ID_MAX = 64 };

struct http_header {
    Str name; /* in lower case */
    Str value;
};

struct http_request {
    struct arena *arena;
    enum http_method method;
    Str target; /* as sent: the path, and the query behind a '?' */
    Str path;   /* decoded once: absolute, UTF-8, no controls, no dot segments, no "//", no '\' */
    Str query;  /* raw, without the '?'; see http_query */
    const struct http_header *header;
    size_t header_n;
    Str host;    /* as sent: name, maybe with port */
    Str body;    /* whole; not there yet in `head` */
    Str peer;    /* address: the client's, as told by a trusted proxy, or the socket's */
    bool secure; /* came by TLS, as told by a trusted proxy */
    Str id;      /* 1 to HTTP_ID_MAX of [A-Za-z0-9._-]; in the log and in X-Request-Id */
    int loop;    /* 0 .. http_loops - 1 */
    void *local; /* what loop_start gave for this loop */
    void *user;  /* the hooks' own */
};

Str http_method_name(enum http_method m);
/* The value of a header named in lower case, or empty with p NULL. Of several, the first. */
Str http_header(const struct http_request *rq, Str name);
/* The value of a cookie, or empty with p NULL; p NULL also when it was sent twice. */
Str http_cookie(const struct http_request *rq, Str name);
/* Walks the query: `a=1&b=%20+`; name and value are decoded on the request's arena ('+' is a
 * blank). *at starts at 0. ERR_GONE: no more; ERR_INPUT: not well formed, or not UTF-8. */
NODISCARD enum status http_query(const struct http_request *rq, size_t *at, Str *name, Str *value);

/* ---- hooks ---- */

struct http_hooks {
    void *arg; /* first argument of each */
    /* On the loop's own thread, before its first connection and after its last. May be NULL. Not
     * OK: the server does not open. */
    enum status (*loop_start)(void *arg, int loop, void **local);
    void (*loop_end)(void *arg, int loop, void *local);
    /* About once a second on each loop. May be NULL. */
    void (*tick)(void *arg, int loop, void *local);
    /* The head is there. Returns how many bytes of body are welcome (more: 413), or has answered.
     * NULL: none are. */
    size_t (*head)(void *arg, struct http_request *rq);
    /* When the server is too busy for a request: answers what costs no more than a refusal (a file,
     * a question after its health), or returns false. May be NULL. */
    bool (*light)(void *arg, struct http_request *rq);
    /* The request is whole. Answers, holds or begins a stream before it returns (ASSERT). */
    void (*handle)(void *arg, struct http_request *rq);
    /* The client of a held or streaming request went away. On the loop; the request may be in other
     * hands at this moment, so this is for flags and wake-ups. It still has to be answered or its
     * stream ended, for that gives its memory back. May be NULL. */
    void (*gone)(void *arg, struct http_request *rq);
};

/* ---- answers ---- */

/* Adds a header to the answer to come. `name` is borrowed, `value` copied; control characters in it
 * become blanks. What the server sets itself (Content-Length, Date, Connection, the security
 * headers) is not for this, but for Content-Security-Policy and Cache-Control, which replace the
 * default (`default-src 'none' ..` and `no-store`). */
void http_set(struct http_request *rq, Str name, Str value);
/* Answers. `body` lies on the request's arena or lives longer; `type` alike (empty: none). On
 * the loop, or from any thread when it was held; the request must not be touched afterwards. */
void http_answer(struct http_request *rq, int status, Str type, Str body);
/* An RFC 9457 problem: {"type","title","title_en","status","code","instance"},
 * where instance is the id of the request. */
void http_problem(struct http_request *rq, int status, const char *code, Str zh, Str en);
/* In `handle` only: the answer comes later, by http_answer or http_stream_begin, from any
 * thread. */
void http_hold(struct http_request *rq);
bool http_is_gone(const struct http_request *rq); /* the client went away; from any thread */

/* A call on a loop's thread, soon; from any thread. The task is the caller's, untouched until run.
 * After the loop has ended nothing is run. */
struct http_task {
    void (*run)(struct http_task *t, void *local);
    struct http_task *next;
};
void http_later(struct http_server *s, int loop, struct http_task *t);

/* ---- streams: server-sent events, exports ---- */

struct http_stream_how {
    size_t cap_bytes;     /* what may wait for the client; 0: 256 KB */
    uint32_t heartbeat_s; /* 0: none; else after so long a silence.. */
    Str heartbeat;        /* ..this is sent; ":\n\n" for events. Such a stream is taken to have no
                             end of its own, and is cut when the server stops */
    /* Run on the request's loop each time a stream that was full has half its room again, or its
     * client is gone. NULL: nobody asks. */
    struct http_task *drained;
};

/* Sends the head of an answer whose body comes in pieces. `how` may be NULL. The stream keeps the
 * request until http_stream_end, on whatever thread. */
struct http_stream *http_stream_begin(struct http_request *rq, int status, Str type,
                                      const struct http_stream_how *how);
/* Copies `bytes`, all or none. ERR_BUSY: full, nothing taken (more than cap_bytes is taken when
 * nothing waits); ERR_GONE: nobody listens. From any thread, one at a time. */
NODISCARD enum status http_stream_send(struct http_stream *st, Str bytes);
/* Sleeps until half the room is free: OK; ERR_BUSY after `wait_ms`; ERR_GONE. Not on a loop. */
NODISCARD enum status http_stream_wait(struct http_stream *st, uint32_t wait_ms);
/* The end of the body. `whole` false: something failed, and the client must not take what it has
 * for everything: the connection is cut. The stream and the request are gone. */
void http_stream_end(struct http_stream *st, bool whole);

/* ---- the server ---- */

struct http_options {
    const char *listen; /* "127.0.0.1:8080", "[::1]:0"; a socket from systemd goes before it */
    int loops;          /* 0: one each processor */
    const Str *trusted; /* addresses whose X-Forwarded-For, -Proto and X-Request-Id are believed: */
    size_t trusted_n;   /* "127.0.0.1", "10.0.0.0/8", "::1" */
    int log_fd;         /* JSON lines of requests go here; -1: nowhere */
    /* Signals are left alone; otherwise, from http_open on, SIGTERM and SIGINT stop the server, and
     * SIGPIPE does nothing. */
    bool quiet_signals;

    /* Limits; 0 takes the default behind each. */
    size_t head_bytes;         /* 16 KB */
    size_t body_total_bytes;   /* of all bodies being read: 256 MB */
    uint32_t connections;      /* 8,192 */
    uint32_t peer_connections; /* of one address that is no trusted proxy: 256 */
    uint32_t in_flight;        /* requests begun and not answered: 1,024; the next gets 503 */
    uint32_t wait_ms;          /* a request that waited longer for its loop gets 503: 200 */
    uint32_t head_ms;          /* from the first byte to the last of a head: 10,000 */
    uint32_t idle_ms;          /* between requests: 30,000 */
    uint32_t body_bytes_s;     /* the least a body, or whoever reads an answer, must do: 1,024 */
    uint32_t drain_ms;         /* how long requests under way may take at the end: 20,000 */
};

/* Listens and starts the loops. `o` and `hooks` are copied, what they point to is not. ERR_IO with
 * HTTP-LISTEN: the address is bad, taken or not allowed. */
NODISCARD enum status http_open(struct arena *keep, struct http_server **out,
                                const struct http_options *o, const struct http_hooks *hooks,
                                struct diags *ds);
int http_port(const struct http_server *s);
int http_loops(const struct http_server *s);
/* Tells systemd that it is ready; sleeps until http_stop, SIGTERM or SIGINT; then accepts no more,
 * lets what is under way finish, ends the loops, and frees all. ERR_BUSY: some had to be cut. */
NODISCARD enum status http_wait(struct http_server *s);
void http_stop(struct http_server *s); /* from any thread, or a signal handler */
bool http_stopping(const struct http_server *s);

/* Figures in the text format of Prometheus. */
void http_metrics(struct http_server *s, struct buf *out);

#endif
