/* server_int.h - what the files of the server share. */
#ifndef GECI_API_SERVER_INT_H
#define GECI_API_SERVER_INT_H

#include <stdatomic.h>

#include "access/access.h"
#include "api/api.h"
#include "api/call.h"
#include "api/pool.h"
#include "api/rate.h"
#include "api/refresh.h"
#include "query/roster.h"

struct courier;
struct jobs;
struct finder;
struct known;
struct holdings;
struct outcomes;
struct policy_books;
struct suits;
struct watch;

/* What a loop has for itself. */
struct loop_own {
    struct arena *keep;
    struct db_conn *conn; /* for looking */
    struct known *known;
};

struct api {
    struct api_options o;
    struct arena *keep;
    struct http_server *http;
    struct writer *writer;
    struct pool *pool;
    struct rosters *rosters;
    struct finder *finder;
    struct suits *suits;
    struct rates *rates;
    struct outcomes *outcomes;
    struct policy_books *policies;
    struct holdings *holdings;
    struct oidc_house *oidc;
    uint32_t ticks; /* of loop 0 */
    struct refresher *refresher;
    struct watch *watch;
    struct jobs *jobs;
    struct courier *courier;
    atomic_bool reranking; /* a model outside is being asked: one at a time, others wait for none */
};

/* What handlers are lent, without threads and without a socket. */
void api_lend_open(struct api *a, struct arena *keep, const struct api_options *o);
void api_lend_close(struct api *a);

/* The hooks: dispatch.c. */
size_t api_head(void *arg, struct http_request *rq);
void api_handle(void *arg, struct http_request *rq);

/* A call of this request, of nobody and no route yet; rq->user is it. */
struct call *api_call_open(struct api *a, struct http_request *rq);
/* Runs the handler of c->route, in a transaction; then what it answers. */
NODISCARD enum status api_run(struct call *c);
Str api_answer_text(struct call *c);

struct access_view api_view(const struct call *c, struct db_conn *conn);

/* Who asks: from the cookie or the token. Public, if neither is there or good. ERR_DENIED: a cookie
 * whose request did not come from our own pages; ERR_LIMIT: too many wrong tokens from there. */
NODISCARD enum status api_who(struct call *c, const struct loop_own *loop);

/* The request was made by one of our own pages, or by no page. */
bool api_same_origin(const struct call *c);

/* Answers that are no routes: the client's files, the description of the API, figures. False: it is
 * none of them. */
bool api_site(struct api *a, struct http_request *rq);

/* An act of the call on the writer's thread: asked before? begins it, runs, ends it, keeps the
 * answer that `answer` makes. */
NODISCARD enum status api_act(struct call *c, struct db_conn *conn, struct arena *tmp,
                              enum status (*run)(struct call *c, void *arg), void *arg);

/* Idempotency: the key, and what makes two requests one, before a handler wipes a secret of it. */
void api_idem_read(struct call *c);
/* Inside the act's transaction. c->again is set when there is an answer to give once
 * more; ERR_INPUT: the key belongs to another request. */
NODISCARD enum status api_idem_find(struct call *c);
NODISCARD enum status api_idem_keep(struct call *c, Str answer);

#endif
