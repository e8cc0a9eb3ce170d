/* site.c - MCP over HTTP ("streamable HTTP"): a message is posted, its answer is JSON. */
#include "api/mcp/mcp.h"
#include "api/problem.h"
#include "api/server_int.h"
#include "base/str.h"
#include "os/clock.h"

enum { MESSAGE_MAX = 256 << 10 };

/* Browsers send along what they keep, from whatever page; programs say no origin. */
static bool refused(struct api *a, struct call *c)
{
    struct http_request *rq = c->rq;
    Str version = http_header(rq, S("mcp-protocol-version"));
    enum status st = api_who(c, rq->local);
    if (st == OK && !api_same_origin(c))
        st = ERR_DENIED;
    if (st != OK) {
        api_problem(rq, st == ERR_DENIED  ? API_ORIGIN
                        : st == ERR_LIMIT ? API_RATE
                                          : api_refusal_for(st));
    } else if (c->who.account == 0) {
        http_set(rq, S("WWW-Authenticate"), S("Bearer realm=\"geci\""));
        api_problem(rq, API_SIGN_IN);
    } else if (version.p != NULL && !mcp_version_ok(version)) {
        api_problem(rq, API_BAD_INPUT);
    } else if (!a->o.unlimited &&
               !rates_take(a->rates, API_RATE_READ, &c->who, rq->peer, clock_ms())) {
        api_problem(rq, API_RATE);
    } else {
        return false;
    }
    return true;
}

size_t mcp_head(struct api *a, struct http_request *rq)
{
    if (rq->method != HTTP_POST) { /* no stream of its own, no session to end */
        http_set(rq, S("Allow"), S("POST"));
        api_problem(rq, API_WRONG_METHOD);
        return 0;
    }
    return refused(a, api_call_open(a, rq)) ? 0 : MESSAGE_MAX;
}

static void answer(struct pool_job *job, struct db_conn *conn)
{
    struct call *c = (struct call *)(void *)((char *)job - offsetof(struct call, pool_job));
    struct mcp_desk d = {c->arena, c->api, conn, &c->who, c->rq->peer};
    Str text = mcp_answer(&d, c->rq->body);
    if (text.n == 0)
        http_answer(c->rq, 202, S(""), S(""));
    else
        http_answer(c->rq, 200, S("application/json"), text);
}

void mcp_handle(struct api *a, struct http_request *rq)
{
    struct call *c = rq->user;
    http_hold(rq);
    c->pool_job.run = answer;
    if (pool_post(a->pool, &c->pool_job) != OK)
        api_problem(rq, API_BUSY_NOW);
}
