/* step.c - the way of a run that was computed: review, notice, appeals, final. */
#include "audit/act.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "record/record.h"
#include "run/run_int.h"
#include "run/workday.h"
#include "sql.h"

static Str number_str(const struct run_desk *d, int64_t number)
{
    return arena_fmt(d->act->arena, "%lld", (long long)number);
}

/* The step before was `r->actor`'s: two steps of one person are one pair of eyes. */
static enum status other_person(const struct run_desk *d, const struct run *r)
{
    if (!str_eq(d->actor, r->actor))
        return OK;
    return diag_add(d->diags, DIAG_RUN_SAME_PERSON, (Span){0, 0}, number_str(d, r->run), d->actor,
                    NO_ARG);
}

enum status run_review(const struct run_desk *d, int64_t run, Str why)
{
    struct run r;
    TRY(run_at(d, &r, run, 1u << RUN_COMPUTED));
    TRY(other_person(d, &r));
    return run_enter(d, run, 0, &(struct run_entry){.state = RUN_REVIEWED, .why = why});
}

static enum status put_aside(const struct run_desk *d, const struct run *r)
{
    struct run old;
    if (r->replaces == 0)
        return OK;
    TRY(run_at(d, &old, r->replaces,
               1u << RUN_COMPUTED | 1u << RUN_REVIEWED | 1u << RUN_NOTICE | 1u << RUN_FINAL));
    return run_enter(d, old.run, 1,
                     &(struct run_entry){.state = RUN_REPLACED, .why = number_str(d, r->run)});
}

enum status run_publish(const struct run_desk *d, int64_t run, const struct run_notice *in)
{
    struct record record = record_of(d->act);
    struct calendar *calendar;
    Sha256 hash;
    struct run r;
    Day last;
    TRY(run_at(d, &r, run, 1u << RUN_REVIEWED));
    TRY(other_person(d, &r));
    TRY(calendar_read(d->act->arena, &calendar, in->calendar, d->diags));
    TRY(calendar_after(calendar, &last, in->first, in->days, d->diags));
    TRY(content_put(&record, &hash, in->calendar, S("text/csv")));
    TRY(put_aside(d, &r));
    return run_enter(d, run, 0,
                     &(struct run_entry){RUN_NOTICE, S(""), SQL_INT(in->first), SQL_INT(last),
                                         sha256_str(&hash)});
}

/* The last day of the notice. */
static enum status notice_end(const struct run_desk *d, int64_t run, Day *last)
{
    struct db_rows rows;
    struct sql_run_steps_row row;
    TRY(sql_run_steps(d->act->conn, &(struct sql_run_steps){d->act->county, run}, &rows));
    while (sql_run_steps_next(&rows, &row)) {
        if (row.state == RUN_NOTICE)
            *last = (Day)row.last_day.v;
    }
    return db_rows_end(&rows);
}

enum status run_appeal(const struct run_desk *d, int64_t run, Str identity, Str text,
                       int64_t *appeal)
{
    struct act *a = d->act;
    struct sql_receipt_get_row receipt;
    struct sql_appeal_last_row newest = {0};
    struct run r;
    Day last = DAY_MIN;
    TRY(run_at(d, &r, run, 1u << RUN_NOTICE));
    TRY(notice_end(d, run, &last));
    if (d->today > last)
        return diag_add(d->diags, DIAG_RUN_APPEAL_LATE, (Span){0, 0}, number_str(d, run),
                        day_str(d->act->arena, last), NO_ARG);
    enum status st = sql_receipt_get_one(
        a->conn, a->arena, &(struct sql_receipt_get){a->county, run, identity}, &receipt);
    if (st == ERR_GONE)
        (void)diag_add(d->diags, DIAG_RUN_SUBJECT, (Span){0, 0}, number_str(d, run), identity,
                       NO_ARG);
    TRY(st);
    st = sql_appeal_last_one(a->conn, a->arena, &(struct sql_appeal_last){a->county}, &newest);
    TRY(st == ERR_GONE ? OK : st);
    *appeal = newest.appeal + 1;
    return sql_appeal_add(
        a->conn, &(struct sql_appeal_add){a->county, a->no, 0, *appeal, run, identity, text});
}

enum status run_decide(const struct run_desk *d, int64_t appeal, bool upheld, Str why)
{
    struct act *a = d->act;
    struct sql_appeal_run_row row;
    struct run r;
    enum status st =
        sql_appeal_run_one(a->conn, a->arena, &(struct sql_appeal_run){a->county, appeal}, &row);
    TRY(run_gone(st, DIAG_RUN_NO_APPEAL, appeal, d->diags));
    if (row.upheld.set)
        return diag_add(d->diags, DIAG_RUN_DECIDED, (Span){0, 0}, number_str(d, appeal), NO_ARG,
                        NO_ARG);
    TRY(run_at(d, &r, row.run, 1u << RUN_NOTICE));
    return sql_appeal_decided_add(
        a->conn, &(struct sql_appeal_decided_add){a->county, a->no, 0, appeal, upheld, why});
}

enum status run_finish(const struct run_desk *d, int64_t run)
{
    struct act *a = d->act;
    struct sql_appeals_open_row open;
    struct run r;
    Day last = DAY_MAX;
    TRY(run_at(d, &r, run, 1u << RUN_NOTICE));
    TRY(notice_end(d, run, &last));
    if (d->today <= last)
        return diag_add(d->diags, DIAG_RUN_NOTICE_RUNS, (Span){0, 0}, number_str(d, run),
                        day_str(d->act->arena, last), NO_ARG);
    TRY(sql_appeals_open_one(a->conn, a->arena, &(struct sql_appeals_open){a->county, run}, &open));
    if (open.open_n > 0)
        return diag_add(d->diags, DIAG_RUN_APPEALS_OPEN, (Span){0, 0}, number_str(d, run),
                        number_str(d, open.open_n), NO_ARG);
    if (open.upheld_n > 0)
        return diag_add(d->diags, DIAG_RUN_UPHELD, (Span){0, 0}, number_str(d, run),
                        number_str(d, open.upheld_n), NO_ARG);
    return run_enter(d, run, 0, &(struct run_entry){.state = RUN_FINAL, .why = S("")});
}

enum status run_settle(const struct run_desk *d, int64_t run, Str why)
{
    struct run r;
    TRY(run_at(d, &r, run, 1u << RUN_FINAL));
    return run_enter(d, run, 0, &(struct run_entry){.state = RUN_SETTLED, .why = why});
}

enum status run_withdraw(const struct run_desk *d, int64_t run, Str why)
{
    struct run r;
    TRY(run_at(d, &r, run,
               1u << RUN_DRAFT | 1u << RUN_COMPUTED | 1u << RUN_REVIEWED | 1u << RUN_NOTICE));
    return run_enter(d, run, 0, &(struct run_entry){.state = RUN_WITHDRAWN, .why = why});
}
