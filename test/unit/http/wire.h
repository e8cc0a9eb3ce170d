/* wire.h - a server to try, and a client that sends exactly the bytes it is told to.
 *
 * The server answers: GET /hello "hello"; POST /echo what it was sent, of at most 100,000 bytes;
 * /who what it knows of the request; /later the same as /hello, from another thread; /held too, but
 * not before wire_release; /busy too, after 20 ms of work on the loop; /big 24 MB; /empty 204;
 * /stream ten pieces from another thread; /tell one event, and the end after wire_release; /events
 * until the client goes; /beat nothing but a heartbeat; /flood 3 MB in pieces; /denied 401 before
 * the body; three files, /assets/a-12345678.js, /assets/b-12345678.css, /index.html; anything else
 * 404.
 */
#ifndef GECI_TEST_WIRE_H
#define GECI_TEST_WIRE_H

#include <stdatomic.h>

#include "base/base.h"
#include "http/http.h"

struct arena;
struct wire_server;

enum { WIRE_BIG = 24 << 20, WIRE_ECHO_MAX = 100000, WIRE_FLOOD = 3000000, WIRE_ERRANDS = 256 };

struct errand { /* a request in the hands of another thread */
    struct wire_server *w;
    struct http_request *rq;
    struct arena *arena;
    struct thread *thread;
};

struct wire_server {
    struct http_server *http;
    struct arena *arena;
    struct thread *waiter; /* runs http_wait */
    enum status ended;
    int port;
    atomic_int started, stopped; /* loops */
    atomic_int ticks;
    atomic_int handled; /* requests */
    atomic_int gone;    /* clients that went away */
    atomic_int released;
    atomic_int errand_n;
    struct errand errand[WIRE_ERRANDS];
};

/* `o` without an address; NULL: defaults, two loops. */
void wire_start(struct wire_server *w, const struct http_options *o);
void wire_stop(struct wire_server *w); /* drains; w->ended is what http_wait returned */

int wire_errands(struct wire_server *w); /* how many requests other threads were given so far */
void wire_release(struct wire_server *w);

int wire_connect(int port);
void wire_send(int fd, Str bytes);
void wire_half_close(int fd);
void wire_close(int fd);
void wire_cut(int fd); /* with a reset instead of a farewell */
/* What comes until the server closes, `wait_ms` have passed without a byte, or it ends in `until`
 * (may be empty). */
Str wire_read(struct arena *keep, int fd, Str until, int wait_ms);
bool wire_closed(int fd, int wait_ms); /* the server closes, and sends nothing before */
/* Sends and reads to the end. */
Str wire_ask(struct arena *keep, int port, Str bytes);
int wire_status(Str answer);   /* of the first answer; 0: none */
int wire_answers(Str answers); /* how many status lines */
void wire_sleep(int ms);

#endif
