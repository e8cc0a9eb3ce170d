/* run.c - runs: what there is of them, and the steps that they take. */
#include "api/noun/run/run.h"

#include "api/call.h"
#include "api/noun/rule/vet.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "crypto/digest.h"
#include "os/workers.h"
#include "record/record.h"
#include "rulebook/rulebook.h"
#include "sql.h"

/* --- looking --- */

/* Drafts and what is under review are the office's own; others see what was published. */
static bool may_see(const struct call *c, int64_t state)
{
    return (c->who.roles & (uint32_t)ROLES_OFFICE) != 0 || state == RUN_NOTICE ||
           state == RUN_FINAL || state == RUN_SETTLED || state == RUN_REPLACED;
}

static Str state_name(int64_t state)
{
    return str_of(run_state_name((enum run_state)state, LANG_ZH));
}

enum status api_run_list(struct call *c, struct api_runs *out)
{
    struct db_rows rows;
    struct sql_run_all_row row;
    size_t cap = 0;
    TRY(sql_run_all(c->conn, &(struct sql_run_all){c->county}, &rows));
    while (sql_run_all_next(&rows, &row)) {
        if (!may_see(c, row.state))
            continue;
        VEC_PUSH(c->arena, out->runs.at, out->runs.n, cap) = (struct api_run){
            .run = row.run,
            .title = arena_copy(c->arena, row.title),
            .kind = arena_copy(c->arena, row.kind),
            .state = (int)row.state - 1,
            .state_name = state_name(row.state),
            .period = row.period,
            .day = (Day)row.day,
            .replaces = row.replaces,
            .subjects = {row.subjects.set, row.subjects.v},
            .status = rulebook_status(row.head),
        };
    }
    return db_rows_end(&rows);
}

enum status run_seen(struct call *c, int64_t run, struct run *out)
{
    struct run_view v = {c->conn, c->arena, c->county, NULL, &c->diags};
    TRY(run_get(&v, out, run));
    return may_see(c, out->state) ? OK : ERR_GONE;
}

static struct api_day maybe_day(SqlInt day)
{
    return (struct api_day){day.set, (Day)day.v};
}

static enum status write_steps(struct call *c, struct api_run_detail *out, int64_t run)
{
    struct db_rows rows;
    struct sql_run_steps_row row;
    size_t cap = 0;
    TRY(sql_run_steps(c->conn, &(struct sql_run_steps){c->county, run}, &rows));
    while (sql_run_steps_next(&rows, &row))
        VEC_PUSH(c->arena, out->steps.at, out->steps.n, cap) = (struct api_run_step){
            .state = (int)row.state - 1,
            .actor = arena_copy(c->arena, row.actor),
            .at = row.at_us,
            .act = row.act,
            .why = arena_copy(c->arena, row.why),
            .first_day = maybe_day(row.first_day),
            .last_day = maybe_day(row.last_day),
        };
    return db_rows_end(&rows);
}

static int verdict_of(const struct sql_appeals_row *row)
{
    return !row->upheld.set ? API_APPEAL_VERDICT_OPEN
           : row->upheld.v  ? API_APPEAL_VERDICT_UPHELD
                            : API_APPEAL_VERDICT_REJECTED;
}

/* The office sees all appeals, whoever made one sees their subject's. */
static enum status write_appeals(struct call *c, struct api_run_detail *out, int64_t run)
{
    struct db_rows rows;
    struct sql_appeals_row row;
    size_t cap = 0;
    bool all = (c->who.roles & (uint32_t)ROLES_OFFICE) != 0;
    Str own = S("");
    if (!all && c->who.subject != 0)
        TRY(record_subject_identity(c->conn, c->arena, c->county, c->who.subject, &own));
    TRY(sql_appeals(c->conn, &(struct sql_appeals){c->county, run}, &rows));
    while (sql_appeals_next(&rows, &row)) {
        if (!all && (own.n == 0 || !str_eq(own, row.identity)))
            continue;
        VEC_PUSH(c->arena, out->appeals.at, out->appeals.n, cap) = (struct api_appeal){
            .appeal = row.appeal,
            .identity = arena_copy(c->arena, row.identity),
            .text = arena_copy(c->arena, row.text),
            .actor = arena_copy(c->arena, row.actor),
            .at = row.at_us,
            .verdict = verdict_of(&row),
            .why = row.why.p == NULL ? S("") : arena_copy(c->arena, row.why),
        };
    }
    return db_rows_end(&rows);
}

static void write_computed(struct call *c, struct api_run_detail *out, const struct run *r)
{
    out->computed = r->computed;
    if (!r->computed)
        return;
    out->snapshot = arena_hex(c->arena, sha256_str(&r->snapshot));
    out->results = arena_hex(c->arena, sha256_str(&r->results));
    out->receipts = arena_hex(c->arena, digest_str(&r->receipts));
    out->subjects = API_INT_OF(r->subjects);
    out->until_act = API_INT_OF(r->until_act);
    out->engine = r->engine;
}

enum status api_run_get(struct call *c, const struct api_run_get_in *in, struct api_run_detail *out)
{
    struct run r;
    TRY(run_seen(c, in->run, &r));
    *out = (struct api_run_detail){
        .run = r.run,
        .title = r.title,
        .kind = r.kind,
        .state = (int)r.state - 1,
        .state_name = state_name(r.state),
        .period = r.period,
        .day = r.day,
        .replaces = r.replaces,
        .rules = arena_hex(c->arena, sha256_str(&r.rules)),
    };
    write_computed(c, out, &r);
    TRY(write_steps(c, out, r.run));
    return write_appeals(c, out, r.run);
}

/* --- steps --- */

static struct run_desk desk_of(struct call *c)
{
    return (struct run_desk){c->act, c->who.name, c->today, &c->diags};
}

static enum status done(struct call *c, enum status st, int64_t run, struct api_run_done *out)
{
    c->object = arena_fmt(c->arena, "run %lld", (long long)run);
    *out = (struct api_run_done){c->act->no, run};
    return st;
}

struct drafting {
    struct run_draft draft;
    struct api_run_done *out;
};

static enum status draft_run(struct call *c, void *arg)
{
    const struct drafting *x = arg;
    struct run_desk d = desk_of(c);
    int64_t run = 0;
    TRY(run_new(&d, &x->draft, &run));
    json_kint(&c->body, "period", x->draft.period);
    return done(c, OK, run, x->out);
}

/* Its rules come from outside: compiled in a child before they are here. */
enum status api_run_new(struct call *c, const struct api_run_new_in *in, struct api_run_done *out)
{
    struct drafting x = {.draft = {.title = str_or_empty(in->body.title),
                                   .rules = in->body.rules,
                                   .day = in->body.day,
                                   .period = in->body.period.set ? (int)in->body.period.v
                                                                 : day_year(in->body.day) - 1,
                                   .replaces = in->body.replaces.v},
                         .out = out};
    if (in->body.period.v < 0 || in->body.period.v > 9999)
        return call_refuse(c, DIAG_API_TYPE, S("body.period"), S("2024"));
    TRY(vet(c, x.draft.rules));
    return call_act(c, draft_run, &x);
}

enum status api_run_compute(struct call *c, const struct api_run_compute_in *in,
                            struct api_run_done *out)
{
    struct run_desk d = desk_of(c);
    struct workers *w = workers_open(c->arena, 0);
    enum status st = run_compute(&d, in->run, w);
    workers_close(w);
    return done(c, st, in->run, out);
}

enum status api_run_review(struct call *c, const struct api_run_review_in *in,
                           struct api_run_done *out)
{
    struct run_desk d = desk_of(c);
    return done(c, run_review(&d, in->run, in->body.why), in->run, out);
}

enum status api_run_publish(struct call *c, const struct api_run_publish_in *in,
                            struct api_run_done *out)
{
    struct run_desk d = desk_of(c);
    struct run_notice n = {.first = in->body.first, .days = 0, .calendar = in->body.calendar};
    if (in->body.days < 1 || in->body.days > 366)
        return call_refuse(c, DIAG_API_TYPE, S("body.days"), S("1..366"));
    n.days = (int)in->body.days;
    if (n.calendar.p == NULL)
        n.calendar = call_calendar(c);
    json_kint(&c->body, "days", n.days);
    return done(c, run_publish(&d, in->run, &n), in->run, out);
}

enum status api_run_finish(struct call *c, const struct api_run_finish_in *in,
                           struct api_run_done *out)
{
    struct run_desk d = desk_of(c);
    return done(c, run_finish(&d, in->run), in->run, out);
}

enum status api_run_withdraw(struct call *c, const struct api_run_withdraw_in *in,
                             struct api_run_done *out)
{
    struct run_desk d = desk_of(c);
    return done(c, run_withdraw(&d, in->run, in->body.why), in->run, out);
}

/* --- appeals --- */

enum status api_run_appeal(struct call *c, const struct api_run_appeal_in *in,
                           struct api_appeal_done *out)
{
    struct run_desk d = desk_of(c);
    struct run r;
    int64_t appeal = 0;
    TRY(run_seen(c, in->run, &r));
    TRY(call_subject(c, r.kind, in->body.id));
    TRY(run_appeal(&d, in->run, in->body.id, in->body.text, &appeal));
    c->object = arena_fmt(c->arena, "appeal %lld", (long long)appeal);
    json_kint(&c->body, "run", in->run);
    json_kstr(&c->body, "id", in->body.id);
    *out = (struct api_appeal_done){c->act->no, appeal};
    return OK;
}

enum status api_run_decide(struct call *c, const struct api_run_decide_in *in,
                           struct api_appeal_done *out)
{
    struct run_desk d = desk_of(c);
    bool upheld = in->body.verdict == API_APPEAL_VERDICT_VERDICT_UPHELD;
    c->object = arena_fmt(c->arena, "appeal %lld", (long long)in->appeal);
    json_kbool(&c->body, "upheld", upheld);
    *out = (struct api_appeal_done){c->act->no, in->appeal};
    return run_decide(&d, in->appeal, upheld, in->body.why);
}
