/* site.c - what is served beside the routes: the client, the description of the API, and what the
 * machine room asks. */
#include "api/print/document.h"
#include "api/problem.h"
#include "api/server_int.h"
#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "http/asset.h"

enum { TEXT_MAX = 4 << 20 };

static void openapi(struct api *a, struct http_request *rq)
{
    struct buf b;
    (void)a;
    buf_init(&b, rq->arena, TEXT_MAX);
    api_openapi(&b);
    http_answer(rq, 200, S("application/json"), buf_str(&b));
}

static void metrics(struct api *a, struct http_request *rq)
{
    struct buf b;
    buf_init(&b, rq->arena, TEXT_MAX);
    http_metrics(a->http, &b);
    struct writer_counts w = writer_counts(a->writer);
    buf_fmt(&b, "# TYPE geci_writes_total counter\ngeci_writes_total %llu\n",
            (unsigned long long)w.jobs);
    buf_fmt(&b, "# TYPE geci_writes_failed_total counter\ngeci_writes_failed_total %llu\n",
            (unsigned long long)w.failed);
    buf_fmt(&b, "# TYPE geci_commits_total counter\ngeci_commits_total %llu\n",
            (unsigned long long)w.commits);
    buf_fmt(&b, "# TYPE geci_lists_ready gauge\ngeci_lists_ready %d\n", api_filled(a));
    buf_fmt(&b, "# TYPE geci_store_stopped gauge\ngeci_store_stopped %d\n", db_is_stopped(a->o.db));
    http_answer(rq, 200, S("text/plain; version=0.0.4"), buf_str(&b));
}

static void healthz(struct api *a, struct http_request *rq)
{
    (void)a;
    http_answer(rq, 200, S("text/plain"), S("ok\n"));
}

/* Ready: reads are served. A store that takes no more writes is no reason to send readers away. */
static void readyz(struct api *a, struct http_request *rq)
{
    if (http_stopping(a->http))
        api_problem(rq, API_BUSY_NOW);
    else
        http_answer(rq, 200, S("text/plain"),
                    api_filled(a) ? S("ready\n") : S("ready, lists follow\n"));
}

/* A screen of the client: what a browser opens that is neither the API's nor a part of the client.
 * Dots say nothing: /policies/10.0 is a screen. */
static bool is_screen(const struct http_request *rq)
{
    Str accept = http_header(rq, S("accept"));
    return !str_starts(rq->path, S("/api/")) && !str_starts(rq->path, S("/assets/")) &&
           str_find(accept, S("text/html")) < accept.n;
}

static bool client(const struct http_assets *files, struct http_request *rq)
{
    if (files == NULL)
        return false;
    return http_asset_answer(rq, files, rq->path) ||
           (is_screen(rq) && http_asset_answer(rq, files, S("/index.html")));
}

bool api_site(struct api *a, struct http_request *rq)
{
    static const struct {
        const char *path;
        void (*answer)(struct api *a, struct http_request *rq);
    } PAGES[] = {
        {"/api/openapi.json", openapi},
        {"/healthz", healthz},
        {"/readyz", readyz},
        {"/metrics", metrics},
    };
    if (rq->method != HTTP_GET && rq->method != HTTP_HEAD)
        return false;
    for (size_t i = 0; i < ARRAY_N(PAGES); i++) {
        if (str_eq(rq->path, str_of(PAGES[i].path))) {
            PAGES[i].answer(a, rq);
            return true;
        }
    }
    return client(a->o.client, rq);
}
