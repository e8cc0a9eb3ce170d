/* api.h - the server of a county: the store, its threads, and the routes in front of them.
 *
 *     loop      parses, authenticates, asks the route table, answers short reads
 *     writer    runs acts one after another and commits them together (db/writer.h)
 *     pool      reads that take long
 *     jobs      work that outlives its request (api/job.h)
 */
#ifndef GECI_API_API_H
#define GECI_API_API_H

#include "api/oidc/oidc.h"
#include "api/rerank/rerank.h"
#include "base/base.h"
#include "base/diag.h"
#include "http/http.h"
#include "outside/outside.h"

struct access;
struct api;
struct arena;
struct db;
struct db_conn;
struct http_assets;

struct api_options {
    struct http_options http;
    struct db *db;         /* open for writing */
    Str county;            /* that is served */
    struct access *access; /* access/access.h; of the caller */
    Str calendar;          /* of working days, where a notice names none */
    const struct http_assets
        *client;          /* pages; NULL: none. /index.html stands for those of its own */
    struct cockpit_pack { /* of the county: CSV, or empty (packs/zhangjiagang/README.md) */
        Str targets, panels, tiles, regions;
    } cockpit;
    Str techniques; /* match/taxonomy.h, a document; empty: none */
    Str origin;     /* https://geci.example.gov.cn: what browsers come from; empty: the Host */
    struct oidc_options oidc;     /* who vouches for whom; needs `origin` */
    struct outside_rules outside; /* which other servers may be asked, by webhooks and oidc */
    struct rerank_options rerank; /* a model outside that officers may ask about matches */
    bool unlimited;               /* callers may ask as often as they like: for tests */
    int workers;                  /* threads of the pool; 0: 2 */
};

/* Starts it. What `o` points to outlives it. */
NODISCARD enum status api_open(struct arena *keep, struct api **out, const struct api_options *o,
                               struct diags *ds);
int api_port(const struct api *a);
/* Lists are there: not for the first seconds over a large county, when what needs them is 503. */
bool api_filled(const struct api *a);
/* Serves until SIGTERM, SIGINT or api_stop, ends what is under way, and closes. */
NODISCARD enum status api_wait(struct api *a);
void api_stop(struct api *a);

/* Answers MCP (api/mcp/mcp.h) on standard input and output, as the account of that name, until the
 * input ends. `conn` looks, in no transaction. ERR_GONE: there is no such account, or it is not
 * open. */
NODISCARD enum status api_mcp(struct arena *keep, const struct api_options *o, struct db_conn *conn,
                              Str name, struct diags *ds);

#endif
