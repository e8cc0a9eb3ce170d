/* run_outcome.c - what a run came to: receipts, results, and computing it again. */
#include "api/call.h"
#include "api/noun/run/run.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "os/workers.h"
#include "record/record.h"

static struct run_view view_of(struct call *c, struct workers *w)
{
    return (struct run_view){c->conn, c->arena, c->county, w, &c->diags};
}

/* Item and value, a pair for each column of the line. */
static enum status write_values(struct call *c, struct api_receipt *out,
                                const struct run_receipt *r)
{
    struct csv head, line;
    csv_open(&head, c->arena, r->head);
    csv_open(&line, c->arena, r->line);
    TRY(csv_next(&head, &c->diags));
    TRY(csv_next(&line, &c->diags));
    out->values.at = ARENA_ARRAY(c->arena, struct api_pair, head.cell_n);
    for (size_t i = 0; i < head.cell_n && i < line.cell_n; i++)
        out->values.at[out->values.n++] = (struct api_pair){head.cell[i].text, line.cell[i].text};
    return OK;
}

enum status api_run_receipt(struct call *c, const struct api_run_receipt_in *in,
                            struct api_receipt *out)
{
    struct run_receipt r;
    struct run run;
    struct run_view v = view_of(c, NULL);
    TRY(run_seen(c, in->run, &run));
    TRY(call_subject(c, run.kind, in->id));
    TRY(run_receipt(&v, &r, in->run, in->id));
    out->run = in->run;
    out->row = r.row;
    out->hash = arena_hex(c->arena, digest_str(&r.hash));
    out->root = arena_hex(c->arena, digest_str(&r.run.receipts));
    out->path.at = ARENA_ARRAY(c->arena, Str, r.path_n);
    for (size_t i = 0; i < r.path_n; i++)
        out->path.at[out->path.n++] = arena_hex(c->arena, digest_str(&r.path[i]));
    return write_values(c, out, &r);
}

enum status api_run_results(struct call *c, const struct api_run_results_in *in)
{
    struct run run;
    TRY(run_seen(c, in->run, &run));
    if (!run.computed)
        return ERR_GONE;
    c->file = arena_fmt(c->arena, "run-%lld.csv", (long long)in->run);
    return content_get(c->conn, c->arena, &c->bytes, c->county, run.results, CONTENT_MAX);
}

enum status api_run_verify(struct call *c, const struct api_run_verify_in *in,
                           struct api_verdict *out)
{
    struct run run;
    struct run_verdict v;
    TRY(run_seen(c, in->run, &run));
    if (!run.computed)
        return ERR_GONE;
    struct workers *w = workers_open(c->arena, 0);
    struct run_view view = view_of(c, w);
    enum status st = run_verify(&view, &v, &run);
    workers_close(w);
    TRY(st);
    *out = (struct api_verdict){v.results, v.receipts, v.root, v.differs, v.subjects};
    return OK;
}
