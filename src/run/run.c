#include "run/run.h"

#include <string.h>

#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "record/record.h"
#include "rule/model.h"
#include "run/run_int.h"
#include "sql.h"

const char *run_state_name(enum run_state s, enum lang lang)
{
    static const char *const NAME[][2] = {
        [RUN_DRAFT] = {"草稿", "draft"},           [RUN_COMPUTED] = {"已计算", "computed"},
        [RUN_REVIEWED] = {"已复核", "reviewed"},   [RUN_NOTICE] = {"公示", "notice"},
        [RUN_FINAL] = {"定稿", "final"},           [RUN_SETTLED] = {"已入账", "settled"},
        [RUN_WITHDRAWN] = {"已撤回", "withdrawn"}, [RUN_REPLACED] = {"已被取代", "replaced"},
    };
    return NAME[s][lang];
}

enum status run_gone(enum status st, enum diag_code code, int64_t number, struct diags *ds)
{
    if (st == ERR_GONE)
        (void)diag_add(ds, code, (Span){0, 0}, arena_fmt(ds->arena, "%lld", (long long)number),
                       NO_ARG, NO_ARG);
    return st;
}

/* The view of who stands at a desk. */
static struct run_view view_of(const struct run_desk *d, struct workers *w)
{
    return (struct run_view){d->act->conn, d->act->arena, d->act->county, w, d->diags};
}

static enum status get_computed(const struct run_view *v, struct run *out)
{
    struct sql_run_computed_row row;
    enum status st = sql_run_computed_one(v->conn, v->keep,
                                          &(struct sql_run_computed){v->county, out->run}, &row);
    if (st != OK)
        return st == ERR_GONE ? OK : st;
    out->computed = true;
    out->snapshot = sha256_from(row.snapshot);
    out->results = sha256_from(row.results);
    out->receipts = digest_from(row.receipts);
    out->subjects = row.subjects;
    out->until_act = row.until_act;
    out->engine = row.engine;
    return OK;
}

enum status run_get(const struct run_view *v, struct run *out, int64_t run)
{
    struct sql_run_get_row row;
    enum status st = sql_run_get_one(v->conn, v->keep, &(struct sql_run_get){v->county, run}, &row);
    TRY(run_gone(st, DIAG_RUN_GONE, run, v->diags));
    *out = (struct run){.run = run,
                        .replaces = row.replaces,
                        .title = row.title,
                        .kind = row.kind,
                        .actor = row.actor,
                        .rules = sha256_from(row.rules),
                        .day = (Day)row.day,
                        .period = (int)row.period,
                        .state = (enum run_state)row.state,
                        .since_us = row.at_us};
    return get_computed(v, out);
}

enum status run_at(const struct run_desk *d, struct run *out, int64_t run, unsigned states)
{
    struct run_view v = view_of(d, NULL);
    TRY(run_get(&v, out, run));
    if ((states >> out->state & 1) != 0)
        return OK;
    Str both = arena_fmt(v.keep, "%s (%s)", run_state_name(out->state, LANG_ZH),
                         run_state_name(out->state, LANG_EN));
    return diag_add(d->diags, DIAG_RUN_STATE, (Span){0, 0},
                    arena_fmt(v.keep, "%lld", (long long)run), both, NO_ARG);
}

enum status run_enter(const struct run_desk *d, int64_t run, int64_t n, const struct run_entry *e)
{
    return sql_run_step_add(
        d->act->conn, &(struct sql_run_step_add){d->act->county, d->act->no, n, run, e->state,
                                                 e->why, e->first_day, e->last_day, e->calendar});
}

/* --- a draft --- */

static enum status check_replaced(const struct run_desk *d, const struct run_draft *in, Str kind)
{
    struct run old;
    if (in->replaces == 0)
        return OK;
    TRY(run_at(d, &old, in->replaces,
               1u << RUN_COMPUTED | 1u << RUN_REVIEWED | 1u << RUN_NOTICE | 1u << RUN_FINAL));
    if (str_eq(old.kind, kind))
        return OK;
    return diag_add(d->diags, DIAG_RUN_KIND, (Span){0, 0}, old.kind, kind, NO_ARG);
}

static enum status next_number(const struct run_desk *d, int64_t *run)
{
    struct sql_run_last_row last = {0};
    enum status st = sql_run_last_one(d->act->conn, d->act->arena,
                                      &(struct sql_run_last){d->act->county}, &last);
    *run = last.run + 1;
    return st == ERR_GONE ? OK : st;
}

enum status run_new(const struct run_desk *d, const struct run_draft *in, int64_t *run)
{
    struct act *a = d->act;
    struct record record = record_of(a);
    struct rules *r;
    Sha256 hash;
    TRY(rule_load(a->arena, &r, in->title, in->rules, d->diags));
    TRY(check_replaced(d, in, r->subject));
    TRY(content_put(&record, &hash, in->rules, S("text/markdown")));
    TRY(next_number(d, run));
    TRY(sql_run_add(a->conn,
                    &(struct sql_run_add){a->county, a->no, 0, *run,
                                          in->title.n > 0 ? in->title : r->name, r->subject,
                                          sha256_str(&hash), in->day, in->period, in->replaces}));
    return run_enter(d, *run, 0, &(struct run_entry){.state = RUN_DRAFT, .why = S("")});
}

/* --- computing --- */

static enum status add_receipts(const struct run_desk *d, int64_t run, const struct run_outcome *o)
{
    struct db_conn *c = d->act->conn;
    struct sql_receipt_add row = {.county = d->act->county, .act = d->act->no, .run = run};
    enum status st = db_batch_begin(c);
    for (; row.n < o->data->row_n && st == OK; row.n++) {
        row.identity = o->data->id[row.n];
        row.hash = digest_str(&o->leaf[row.n]);
        st = sql_receipt_add(c, &row);
    }
    enum status ended = db_batch_end(c);
    return st != OK ? st : ended;
}

static enum status keep_outcome(const struct run_desk *d, const struct run *r,
                                struct record *record, const struct record_snapshot *s,
                                const struct run_outcome *o)
{
    struct act *a = d->act;
    Sha256 results;
    TRY(content_put(record, &results, o->text, S("text/csv")));
    TRY(add_receipts(d, r->run, o));
    return sql_run_computed_add(
        a->conn, &(struct sql_run_computed_add){a->county, a->no, 0, r->run, sha256_str(&s->hash),
                                                sha256_str(&results), digest_str(&o->root),
                                                o->data->row_n, a->no - 1, r->engine});
}

enum status run_compute(const struct run_desk *d, int64_t run, struct workers *w)
{
    struct act *a = d->act;
    struct run_view v = view_of(d, w);
    struct record record = record_of(a);
    struct record_snapshot snapshot;
    struct run_outcome o;
    struct rules *kind;
    struct run r;
    Str rules;
    TRY(run_at(d, &r, run, 1u << RUN_DRAFT));
    enum status st = record_kind_get(a->conn, a->arena, &kind, a->county, r.kind, a->no - 1);
    if (st == ERR_GONE)
        (void)diag_add(d->diags, DIAG_RUN_NO_KIND, (Span){0, 0}, r.kind, NO_ARG, NO_ARG);
    TRY(st);
    TRY(content_get(a->conn, a->arena, &rules, a->county, r.rules, CONTENT_MAX));
    TRY(record_snapshot_add(&record, a->arena, &snapshot, kind, r.day, a->no - 1));
    r.snapshot = snapshot.hash;
    r.engine = S("geci " GECI_VERSION);
    TRY(run_evaluate(&v, &o, rules, snapshot.text, &r, true));
    run_write(a->arena, &o, a->county, &r);
    TRY(keep_outcome(d, &r, &record, &snapshot, &o));
    return run_enter(d, run, 0, &(struct run_entry){.state = RUN_COMPUTED, .why = S("")});
}

/* --- once more --- */

static enum status evaluate(const struct run_view *v, struct run_outcome *out, const struct run *r,
                            bool values_only)
{
    Str rules, snapshot;
    TRY(content_get(v->conn, v->keep, &rules, v->county, r->rules, CONTENT_MAX));
    TRY(content_get(v->conn, v->keep, &snapshot, v->county, r->snapshot, CONTENT_MAX));
    return run_evaluate(v, out, rules, snapshot, r, values_only);
}

enum status run_explain(const struct run_view *v, struct run_outcome *out, const struct run *r)
{
    return evaluate(v, out, r, false);
}

enum status run_again(const struct run_view *v, struct run_outcome *out, const struct run *r)
{
    TRY(evaluate(v, out, r, true));
    run_write(v->keep, out, v->county, r);
    return OK;
}

/* Compares the receipts that were kept with those that came out now. */
static enum status verify_receipts(const struct run_view *v, struct run_verdict *out,
                                   const struct run *r, const struct run_outcome *o)
{
    struct db_rows rows;
    struct sql_receipt_all_row row;
    int64_t n = 0;
    TRY(sql_receipt_all(v->conn, &(struct sql_receipt_all){v->county, r->run}, &rows));
    for (; sql_receipt_all_next(&rows, &row); n++) {
        bool same = n < o->data->row_n && row.n == n && str_eq(row.identity, o->data->id[n]) &&
                    str_eq(row.hash, digest_str(&o->leaf[n]));
        if (!same && out->differs.n == 0)
            out->differs = arena_copy(v->keep, row.identity);
        out->receipts &= same;
    }
    out->receipts &= n == o->data->row_n;
    return db_rows_end(&rows);
}

enum status run_verify(const struct run_view *v, struct run_verdict *out, const struct run *r)
{
    struct run_outcome o;
    TRY(run_again(v, &o, r));
    Sha256 now = sha256_of(o.text);
    *out = (struct run_verdict){.results = memcmp(now.byte, r->results.byte, sizeof now.byte) == 0,
                                .receipts = true,
                                .root = memcmp(&o.root, &r->receipts, sizeof o.root) == 0,
                                .subjects = o.data->row_n};
    return verify_receipts(v, out, r, &o);
}
