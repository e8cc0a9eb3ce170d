/* call.c - what handlers ask of the dispatcher. */
#include "api/call.h"

#include "api/server_int.h"
#include "base/decimal.h"
#include "query/query.h"

enum { FIGURE_MAX = 128 };

enum status call_refuse(struct call *c, enum diag_code code, Str a, Str b)
{
    (void)diag_add(&c->diags, code, (Span){0, 0}, a, b, NO_ARG);
    return ERR_INPUT;
}

Str call_decimal(struct call *c, Wide m, int scale)
{
    struct buf b;
    buf_init(&b, c->arena, FIGURE_MAX);
    dec_print(&b, m, scale);
    return buf_str(&b);
}

enum status call_rosters(struct call *c, struct rosters **out)
{
    *out = c->api->rosters;
    return rosters_filled(*out) ? OK : ERR_BUSY;
}

static enum status reach(struct call *c)
{
    struct db_reach to = access_reach(&c->who, &c->scope);
    return db_reach(c->conn, &to);
}

enum status call_roster(struct call *c, Str kind)
{
    struct rosters *all;
    ASSERT(c->roster == NULL);
    TRY(call_rosters(c, &all));
    c->roster = roster_take(all, kind);
    if (c->roster == NULL)
        return ERR_GONE;
    TRY(access_scope(c->conn, c->arena, &c->who, kind, 0, &c->scope));
    return reach(c);
}

enum status call_subject(struct call *c, Str kind, Str identity)
{
    struct rosters *all;
    ASSERT(c->roster == NULL);
    TRY(call_rosters(c, &all));
    c->roster = roster_take(all, kind);
    c->identity = identity;
    if (c->roster == NULL || !roster_find(c->roster, identity, &c->subject))
        return ERR_GONE;
    TRY(access_scope(c->conn, c->arena, &c->who, kind, c->subject, &c->scope));
    TRY(reach(c));
    return query_one(&c->scope, c->roster, c->subject, c->arena, &c->one);
}

Str call_shown(struct call *c, enum protection protect, int64_t subject, Str value)
{
    enum relation r = access_relation(&c->who, &c->scope, subject, c->scope.locality);
    switch (access_may_see(&c->who, protect == 0 ? PROTECT_SENSITIVE : protect, r)) {
    case SIGHT_CLEAR: return value;
    case SIGHT_MASKED: return access_mask(c->arena, value);
    case SIGHT_NONE: break;
    }
    return NO_ARG;
}

Str call_calendar(struct call *c)
{
    return c->api->o.calendar;
}

const struct cockpit_pack *call_pack(struct call *c)
{
    return &c->api->o.cockpit;
}

struct access_desk call_desk(struct call *c)
{
    return (struct access_desk){.act = c->act, .access = c->api->o.access, .diags = &c->diags};
}

struct errand {
    struct write_job job;
    enum status (*run)(struct db_conn *conn, struct arena *tmp, void *arg);
    void *arg;
};

static enum status run_errand(struct write_job *job, struct db_conn *conn, struct arena *tmp)
{
    struct errand *e = job->arg;
    return e->run(conn, tmp, e->arg);
}

enum status call_write(struct call *c,
                       enum status (*run)(struct db_conn *conn, struct arena *tmp, void *arg),
                       void *arg)
{
    struct errand e = {.job = {.run = run_errand}, .run = run, .arg = arg};
    e.job.arg = &e;
    return writer_run(c->api->writer, &e.job);
}

struct act_errand {
    struct call *call;
    enum status (*run)(struct call *c, void *arg);
    void *arg;
};

static enum status run_act(struct db_conn *conn, struct arena *tmp, void *arg)
{
    struct act_errand *e = arg;
    return api_act(e->call, conn, tmp, e->run, e->arg);
}

enum status call_act(struct call *c, enum status (*run)(struct call *c, void *arg), void *arg)
{
    struct act_errand e = {c, run, arg};
    struct db_conn *looking = c->conn;
    enum status st = call_write(c, run_act, &e);
    c->conn = looking;
    return st;
}
