/* call.h - one request on its way through a handler.
 *
 *     enum status api_NAME(struct call *c, const struct api_NAME_in *in, struct api_T *out)
 *
 * The dispatcher has read and checked `in`, knows the caller, has asked the route table, and opened
 * a transaction: for looking, or with an act begun. A handler fills `out` (zeroed; its texts on
 * c->arena) and returns OK; or it reports in c->diags and returns why not:
 *
 *     ERR_INPUT 422   ERR_GONE 404   ERR_DENIED 403   ERR_BUSY 503   ERR_LIMIT 413   ERR_IO 500
 *
 * Nothing of a failed act is kept. A handler of an act says in c->object what it was done to, and
 * adds to c->body, an open JSON object, what else the record should hold: never a secret.
 */
#ifndef GECI_API_CALL_H
#define GECI_API_CALL_H

#include "access/right.h"
#include "api/pool.h"
#include "api/route.h"
#include "audit/act.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/json.h"
#include "db/db.h"
#include "db/writer.h"
#include "query/roster.h"
#include "query/scope.h"

struct api;
struct cockpit_pack;
struct flow_memo;
struct selection;

struct call {
    struct arena *arena;
    struct api *api;
    struct http_request *rq;
    const struct api_route *route;
    struct caller who;
    struct diags diags;
    struct db_conn *conn; /* in a transaction */
    struct act *act;      /* of API_ON_WRITER */
    Str county;
    Day today;
    int64_t now_us;

    /* of API_ROWS_SUBJECT, and of who asks for them with call_roster */
    struct scope scope;          /* what the caller sees of the kind */
    const struct roster *roster; /* its subjects; the dispatcher gives it back */
    struct selection *one;       /* of API_ROWS_SUBJECT: the one of the path, as its only row */
    int64_t subject;
    Str identity;

    Str object;              /* what the act was done to */
    struct json body;        /* of the act */
    struct flow_memo *types; /* case types that were read */
    struct buf text;

    Str bytes, media, file;       /* an answer of bytes; file: its name for the one who saves it */
    void (*take)(struct call *c); /* instead of an answer: takes the request over, on the loop */
    int64_t number;               /* for it */

    /* the dispatcher's own */
    Str word[API_PATH_WORDS];
    void *in, *out;
    struct write_job job;
    struct pool_job pool_job;
    struct act at;
    Str idem;   /* Idempotency-Key */
    Str asked;  /* with it: a digest of the request, whose body may hold secrets */
    bool again; /* its answer had been given before */
    bool idem_clash;
    bool touch; /* the session was not seen for a while */
};

/* m * 10^-scale as the decimal text in which figures cross: 12.5. */
Str call_decimal(struct call *c, Wide m, int scale);

/* A refusal of this call in words; returns ERR_INPUT. */
enum status call_refuse(struct call *c, enum diag_code code, Str a, Str b);

/* Takes the roster of a kind, and the caller's scope of it. ERR_GONE: no such kind; ERR_BUSY as
 * below. Once a call. */
NODISCARD enum status call_roster(struct call *c, Str kind);
/* The same, and that subject of it, which must be in the scope: c->subject, c->identity, c->one. */
NODISCARD enum status call_subject(struct call *c, Str kind, Str identity);
/* A value of a subject as this caller may see it: whole, masked, or not at all (p == NULL). */
Str call_shown(struct call *c, enum protection protect, int64_t subject, Str value);

/* A job on the writer's thread, in a transaction of its own; waits for it. From a worker only. */
NODISCARD enum status
call_write(struct call *c, enum status (*run)(struct db_conn *conn, struct arena *tmp, void *arg),
           void *arg);

/* The act of a route that runs `on worker`: `run` with c->act, on the writer's connection. */
NODISCARD enum status call_act(struct call *c, enum status (*run)(struct call *c, void *arg),
                               void *arg);

/* What the server lends: see api.h. */
/* ERR_BUSY: the server started a moment ago, and they are not there yet. */
NODISCARD enum status call_rosters(struct call *c, struct rosters **out);
Str call_calendar(struct call *c);
const struct cockpit_pack *call_pack(struct call *c);
/* Of an act: where changes of accounts are made. */
struct access_desk call_desk(struct call *c);

#endif
