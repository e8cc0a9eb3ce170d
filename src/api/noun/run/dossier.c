/* dossier.c - a subject on paper, as far as its reader sees it. */
#include "dossier/dossier.h"

#include "api/call.h"
#include "api/noun/run/outcomes.h"
#include "api/server_int.h"
#include "api_types.h"
#include "base/arena.h"

enum { LINES_MAX = 8 << 20 };

static enum status take(void *ctx, const struct run *run, const struct run_outcome **out)
{
    struct call *c = ctx;
    return outcomes_take(c->api->outcomes, c->conn, c->county, run, out, &c->diags);
}

static void give(void *ctx)
{
    struct call *c = ctx;
    outcomes_give(c->api->outcomes);
}

enum status api_subject_dossier(struct call *c, const struct api_subject_dossier_in *in)
{
    struct buf lines;
    struct dossier_ask ask = {.conn = c->conn,
                              .keep = c->arena,
                              .county = c->county,
                              .roster = c->roster,
                              .scope = &c->scope,
                              .one = c->one,
                              .subject = c->subject,
                              .identity = c->identity,
                              .today = c->today,
                              .who = c->who.name,
                              .take = take,
                              .give = give,
                              .ctx = c,
                              .diags = &c->diags};
    buf_init(&lines, c->arena, LINES_MAX);
    TRY(dossier_lines(&ask, &lines));
    c->file = arena_fmt(c->arena, "%.*s.pdf", STR_ARG(in->id));
    return dossier_pdf(c->arena, buf_str(&lines), &c->bytes, &c->diags);
}
