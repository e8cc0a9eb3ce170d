/* dispatch.c - the way of a request through the route table to its handler and back. */
#include "api/call.h"
#include "api/may.h"
#include "api/mcp/mcp.h"
#include "api/problem.h"
#include "api/refresh.h"
#include "api/server_int.h"
#include "base/arena.h"
#include "base/moment.h"
#include "base/str.h"
#include "base/swar.h"
#include "os/clock.h"

enum { ANSWER_MAX = 64 << 20 };

/* --- the head: who, where, may they --- */

static void allow(struct http_request *rq, uint32_t methods)
{
    Str list = S("OPTIONS");
    for (int m = 0; m < HTTP_METHOD_N; m++)
        if (methods >> m & 1)
            list = arena_fmt(rq->arena, "%.*s, %.*s", STR_ARG(list),
                             STR_ARG(http_method_name((enum http_method)m)));
    http_set(rq, S("Allow"), list);
    if (rq->method == HTTP_OPTIONS)
        http_answer(rq, 204, S(""), S(""));
    else
        api_problem(rq, API_WRONG_METHOD);
}

struct call *api_call_open(struct api *a, struct http_request *rq)
{
    struct call *c = ARENA_NEW(rq->arena, struct call);
    c->arena = rq->arena;
    c->api = a;
    c->rq = rq;
    c->county = a->o.county;
    c->now_us = clock_us();
    c->today = moment_day(c->now_us, ZONE_CHINA);
    diags_init(&c->diags, c->arena);
    rq->user = c;
    return c;
}

static bool refused(struct call *c)
{
    static const enum api_refusal PROBLEM[] = {
        [API_MAY] = API_BROKEN,
        [API_MAY_SIGN_IN] = API_SIGN_IN,
        [API_MAY_CHANGE_PASSWORD] = API_CHANGE_PASSWORD,
        [API_MAY_NOT_ROLE] = API_FORBIDDEN,
        [API_MAY_NOT_TOKEN] = API_TOKEN_SCOPE,
        [API_MAY_CONFIRM] = API_CONFIRM,
    };
    enum api_may may = api_may(c->route, &c->who);
    if (may == API_MAY)
        return false;
    api_problem(c->rq, PROBLEM[may]);
    return true;
}

size_t api_head(void *arg, struct http_request *rq)
{
    struct api *a = arg;
    uint32_t methods;
    Str word[API_PATH_WORDS] = {{NULL, 0}};
    const struct api_route *r = api_route_find(rq->method, rq->path, word, &methods);
    if (r == NULL) {
        if (methods != 0)
            allow(rq, methods);
        else if (str_eq(rq->path, MCP_PATH))
            return mcp_head(a, rq);
        else if (!api_site(a, rq))
            api_problem(rq, API_NOT_FOUND);
        return 0;
    }
    struct call *c = api_call_open(a, rq);
    c->route = r;
    for (int i = 0; i < API_PATH_WORDS; i++)
        c->word[i] = word[i];
    enum status st = api_who(c, rq->local);
    if (st != OK)
        api_problem(rq, st == ERR_DENIED  ? API_ORIGIN
                        : st == ERR_LIMIT ? API_RATE
                                          : api_refusal_for(st));
    else if (!refused(c) && !a->o.unlimited &&
             !rates_take(a->rates, r->rate, &c->who, rq->peer, clock_ms()))
        api_problem(rq, API_RATE);
    return r->cap;
}

/* --- the input --- */

static enum status read_path(struct call *c)
{
    const struct api_type *t = c->route->in;
    int n = 0;
    for (int i = 0; i < t->field_n; i++)
        if (t->field[i].from == API_IN_PATH)
            TRY(api_read_word(c->arena, &t->field[i], c->in, c->word[n++], &c->diags));
    return OK;
}

static int query_field_of(const struct api_type *t, Str name)
{
    for (int i = 0; i < t->field_n; i++)
        if (t->field[i].from == API_IN_QUERY && str_eq(str_of(t->field[i].name), name))
            return i;
    return -1;
}

static enum status read_query(struct call *c)
{
    const struct api_type *t = c->route->in;
    uint64_t seen = 0;
    size_t at = 0;
    Str name, value;
    enum status st;
    while ((st = http_query(c->rq, &at, &name, &value)) == OK) {
        int i = t == NULL ? -1 : query_field_of(t, name);
        if (i < 0 || seen >> i & 1)
            return diag_add(&c->diags, DIAG_API_KEY, (Span){0, 0}, name, NO_ARG, NO_ARG);
        seen |= UINT64_C(1) << i;
        TRY(api_read_word(c->arena, &t->field[i], c->in, value, &c->diags));
    }
    if (st != ERR_GONE)
        return st;
    for (int i = 0; t != NULL && i < t->field_n; i++)
        if (t->field[i].from == API_IN_QUERY && !(seen >> i & 1))
            TRY(api_read_word(c->arena, &t->field[i], c->in, NO_ARG, &c->diags));
    return OK;
}

static enum status read_body(struct call *c)
{
    const struct api_type *t = c->route->in;
    for (int i = 0; t != NULL && i < t->field_n; i++)
        if (t->field[i].from == API_IN_BODY)
            return api_read(c->arena, t->field[i].of, (char *)c->in + t->field[i].at, c->rq->body,
                            &c->diags);
    return c->rq->body.n == 0 || c->route->bytes
               ? OK
               : diag_add(&c->diags, DIAG_API_KEY, (Span){0, 0}, S("body"), NO_ARG, NO_ARG);
}

static enum status read_input(struct call *c)
{
    const struct api_route *r = c->route;
    if (r->in != NULL)
        c->in = arena_alloc(c->arena, 1, r->in->size, _Alignof(max_align_t));
    if (r->out != NULL)
        c->out = arena_alloc(c->arena, 1, r->out->size, _Alignof(max_align_t));
    if (r->in != NULL)
        TRY(read_path(c));
    TRY(read_query(c));
    if (r->on != API_ON_WORKER) /* there it is done by the worker: bodies may be large */
        api_idem_read(c);
    return read_body(c);
}

/* --- handlers --- */

enum status api_run(struct call *c)
{
    if (c->route->rows == API_ROWS_SUBJECT) /* it is there, and the caller may see it */
        TRY(call_subject(c, c->word[0], c->word[1]));
    return c->route->handler(c, c->in, c->out);
}

Str api_answer_text(struct call *c)
{
    struct buf b;
    if (c->route->out == NULL)
        return c->bytes;
    buf_init(&b, c->arena, ANSWER_MAX);
    api_write(&b, c->route->out, c->out, PROTECT_SENSITIVE);
    return buf_str(&b);
}

/* --- the answer --- */

/* A name for these very bytes. Four words are mixed beside each other: an answer may be long. */
static uint64_t tag_of(Str body)
{
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t lane[4] = {1, 2, 3, 4};
    size_t at = 0;
    for (; body.n - at >= sizeof lane; at += sizeof lane)
        for (size_t i = 0; i < ARRAY_N(lane); i++) {
            uint64_t x = (lane[i] ^ swar_load(body.p + at + i * SWAR_BYTES)) * odd;
            lane[i] = x << 31 | x >> 33;
        }
    return str_hash(str_sub(body, at, body.n)) ^ str_hash((Str){(const char *)lane, sizeof lane});
}

static void answer(struct call *c, Str body)
{
    const struct api_route *r = c->route;
    Str type = r->out != NULL       ? S("application/json")
               : c->media.p != NULL ? c->media
                                    : str_of(r->media);
    if (c->again)
        http_set(c->rq, S("Idempotency-Replayed"), S("true"));
    if (c->file.n > 0)
        http_set(c->rq, S("Content-Disposition"),
                 arena_fmt(c->arena, "attachment; filename*=UTF-8''%.*s", STR_ARG(c->file)));
    if (r->act[0] == '\0' && r->status == 200) {
        Str tag = arena_fmt(c->arena, "W/\"%016llx\"", (unsigned long long)tag_of(body));
        http_set(c->rq, S("ETag"), tag);
        if (str_eq(http_header(c->rq, S("if-none-match")), tag)) {
            http_answer(c->rq, 304, S(""), S(""));
            return;
        }
    }
    http_answer(c->rq, r->status, type, body);
}

static void finish(struct call *c, enum status st)
{
    /* its texts are in the answer: kept until that is written */
    const struct roster *roster = c->roster;
    if (st == OK && c->take != NULL)
        c->take(c);
    else if (st == OK)
        answer(c, c->act != NULL || c->again ? c->bytes : api_answer_text(c));
    else if (c->idem_clash)
        api_problem_of(c, API_KEY_REUSED);
    else
        api_problem_of(c, api_refusal_for(st));
    roster_release(roster); /* the call is gone with its request */
}

/* Looking: on the loop, or on a thread of the pool. */
static void look(struct call *c, struct db_conn *conn)
{
    c->conn = conn;
    struct db_reach to = access_reach(&c->who, NULL);
    enum status st = db_begin(conn);
    if (st == OK) {
        st = db_reach(conn, &to);
        if (st == OK && c->route->act[0] != '\0') /* what it is about may have gone with the act */
            st = api_idem_find(c);
        if (st == OK && !c->again)
            st = api_run(c);
        db_rollback(conn);
    }
    if (st == ERR_IO && c->diags.n == 0)
        (void)db_tell(conn, st, &c->diags);
    finish(c, st);
}

static void look_there(struct pool_job *job, struct db_conn *conn)
{
    struct call *c = (struct call *)((char *)job - offsetof(struct call, pool_job));
    api_idem_read(c);
    look(c, conn);
}

/* Changing: on the writer's thread, in its transaction. */
enum status api_act(struct call *c, struct db_conn *conn, struct arena *tmp,
                    enum status (*run)(struct call *c, void *arg), void *arg)
{
    c->conn = conn;
    TRY(api_idem_find(c));
    if (c->again)
        return OK;
    TRY(act_begin(&c->at, conn, tmp, c->county, c->now_us));
    c->act = &c->at;
    buf_init(&c->text, c->arena, BUF_MAX);
    json_open(&c->body, &c->text, false);
    json_obj(&c->body);
    TRY(run(c, arg));
    json_kstr(&c->body, "route", str_of(c->route->name));
    json_kstr(&c->body, "request", c->rq->id);
    json_obj_end(&c->body);
    struct act_words words = {c->who.name, str_of(c->route->act), c->object, buf_str(&c->text)};
    TRY(act_end(&c->at, &words));
    c->bytes = api_answer_text(c);
    return api_idem_keep(c, c->bytes);
}

static enum status handle(struct call *c, void *arg)
{
    (void)arg;
    return api_run(c);
}

static enum status change_there(struct write_job *job, struct db_conn *conn, struct arena *tmp)
{
    return api_act(job->arg, conn, tmp, handle, NULL);
}

static void changed(struct write_job *job)
{
    struct call *c = job->arg;
    if (job->st == OK)
        refresher_wake(c->api->refresher); /* who wrote looks at lists next */
    finish(c, job->st);
}

void api_handle(void *arg, struct http_request *rq)
{
    struct api *a = arg;
    struct call *c = rq->user;
    if (c->route == NULL) {
        mcp_handle(a, rq);
        return;
    }
    enum status st = read_input(c);
    if (st != OK) {
        api_problem_of(c, API_BAD_INPUT);
        return;
    }
    switch (c->route->on) {
    case API_ON_LOOP: look(c, ((const struct loop_own *)rq->local)->conn); return;
    case API_ON_WORKER:
        http_hold(rq);
        c->pool_job.run = look_there;
        st = pool_post(a->pool, &c->pool_job);
        break;
    case API_ON_WRITER:
        http_hold(rq);
        c->job = (struct write_job){.run = change_there, .done = changed, .arg = c};
        st = writer_post(a->writer, &c->job);
        break;
    }
    if (st != OK)
        api_problem(rq, API_BUSY_NOW);
}
