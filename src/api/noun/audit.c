/* audit.c - acts as they stand in the chain, and its verification. */
#include "api/call.h"
#include "api/problem.h"
#include "api_types.h"
#include "audit/act.h"
#include "audit/verify.h"
#include "base/arena.h"
#include "base/moment.h"
#include "base/str.h"
#include "crypto/digest.h"
#include "record/record.h"
#include "sql.h"

enum { LIST_USUAL = 100, LIST_MAX = 1000, ANCHOR_MAX = 1024 };

static int64_t limit_of(struct api_int limit)
{
    return !limit.set || limit.v < 1 ? LIST_USUAL : limit.v > LIST_MAX ? LIST_MAX : limit.v;
}

static struct api_act act_of(struct arena *keep, const struct sql_act_find_row *row)
{
    return (struct api_act){
        .act = row->act,
        .at = row->at_us,
        .actor = arena_copy(keep, row->actor),
        .verb = arena_copy(keep, row->verb),
        .object = arena_copy(keep, row->object),
        .body = arena_copy(keep, row->body),
        .hash = arena_hex(keep, row->hash),
    };
}

/* False: the page is full, and says where the next one begins. */
/* NOLINTNEXTLINE(readability-non-const-parameter): VEC_PUSH writes it */
static bool put_act(struct call *c, struct api_acts *out, size_t *cap, int64_t most,
                    const struct sql_act_find_row *row)
{
    if ((int64_t)out->acts.n == most) {
        out->next = API_INT_OF(out->acts.at[most - 1].act);
        return false;
    }
    VEC_PUSH(c->arena, out->acts.at, out->acts.n, *cap) = act_of(c->arena, row);
    return true;
}

/* The same from the newest down. */
static enum status list_recent(struct call *c, const struct sql_act_find *f, int64_t before,
                               int64_t most, struct api_acts *out)
{
    struct db_rows rows;
    struct sql_act_recent_row r;
    size_t cap = 0;
    struct sql_act_recent ask = {f->county,  f->actor, f->verb, f->object,
                                 f->from_us, f->to_us, before};
    bool more = true;
    TRY(sql_act_recent(c->conn, &ask, &rows));
    while (more && sql_act_recent_next(&rows, &r))
        more = put_act(c, out, &cap, most,
                       &(struct sql_act_find_row){r.act, r.at_us, r.actor, r.verb, r.object, r.body,
                                                  r.seals, r.hash_by, r.prev, r.hash});
    return db_rows_end(&rows);
}

enum status api_act_list(struct call *c, const struct api_act_list_in *in, struct api_acts *out)
{
    struct db_rows rows;
    struct sql_act_find_row row;
    int64_t most = limit_of(in->limit);
    size_t cap = 0;
    struct sql_act_find f = {
        .county = c->county,
        .actor = in->actor,
        .verb = in->verb,
        .object = in->object,
        .from_us = in->since.set ? moment_of_day(in->since.v, ZONE_CHINA) : INT64_MIN,
        .to_us = in->until.set ? moment_of_day(in->until.v + 1, ZONE_CHINA) : INT64_MAX,
        .after = in->after.v,
    };
    if (in->before.set)
        return list_recent(c, &f, in->before.v, most, out);
    TRY(sql_act_find(c->conn, &f, &rows));
    while (sql_act_find_next(&rows, &row) && put_act(c, out, &cap, most, &row)) {
    }
    return db_rows_end(&rows);
}

enum status api_act_get(struct call *c, const struct api_act_get_in *in, struct api_act_detail *out)
{
    struct sql_act_get_row row;
    TRY(sql_act_get_one(c->conn, c->arena, &(struct sql_act_get){c->county, in->act}, &row));
    *out = (struct api_act_detail){
        .act = in->act,
        .at = row.at_us,
        .actor = row.actor,
        .verb = row.verb,
        .object = row.object,
        .body = row.body,
        .seals = row.seals,
        .prev = arena_hex(c->arena, row.prev),
        .hash = arena_hex(c->arena, row.hash),
    };
    return OK;
}

enum status api_anchor_get(struct call *c, struct api_anchor *out)
{
    struct anchor a;
    struct buf b;
    TRY(anchor_last(c->conn, c->arena, &a, c->county));
    buf_init(&b, c->arena, ANCHOR_MAX);
    anchor_write(&b, &a);
    *out = (struct api_anchor){a.act, buf_str(&b)};
    return OK;
}

static void write_problems(struct call *c, struct api_audit_verdict *out)
{
    out->problems.at = ARENA_ARRAY(c->arena, struct api_problem_item, c->diags.n);
    for (size_t i = 0; i < c->diags.n; i++)
        out->problems.at[out->problems.n++] = problem_item(c->arena, &c->diags.at[i]);
}

enum status api_audit_verify(struct call *c, const struct api_audit_verify_in *in,
                             struct api_audit_verdict *out)
{
    struct audit_asked q = {0};
    struct audit_found f;
    struct anchor *anchors = NULL;
    if (in->body.anchors.p != NULL &&
        !anchor_read(c->arena, &anchors, &q.anchor_n, in->body.anchors))
        return call_refuse(c, DIAG_API_TYPE, S("anchors"), S("geci-anchor-1 …"));
    q.anchor = anchors;
    q.derived = record_derived(&q.derived_n);
    db_rollback(c->conn); /* it wants a transaction of its own */
    enum status st = audit_verify(c->conn, c->arena, &f, &q, &c->diags);
    TRY(db_begin(c->conn));
    TRY(st);
    out->sound = c->diags.error_n == 0;
    out->acts = f.acts;
    out->rows = f.rows;
    for (size_t i = 0; i < f.chain_n; i++)
        if (str_eq(f.chain[i].county, c->county))
            out->anchored = f.chain[i].anchored;
    write_problems(c, out);
    return OK;
}
