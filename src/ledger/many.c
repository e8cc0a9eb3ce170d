#include "ledger/many.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "ledger/receipt.h"
#include "run/run.h"
#include "sql.h"

Str ledger_each(struct arena *keep, Str all, Str subject)
{
    return all.n == 0 ? all : arena_fmt(keep, "%.*s/%.*s", STR_ARG(all), STR_ARG(subject));
}

Str ledger_own_client(struct arena *keep, const struct ledger *l)
{
    return arena_fmt(keep, "act %lld.%lld", (long long)l->act->no, (long long)l->op_n);
}

static enum status do_one(struct ledger *l, struct arena *keep, struct ledger_op *op,
                          const struct ledger_op *all, struct ledger_many *out)
{
    struct ledger_done done;
    op->client = all->client.n > 0 ? ledger_each(keep, all->client, op->subject)
                                   : ledger_own_client(keep, l);
    TRY(ledger_do(l, op, &done));
    out->subject_n++;
    out->points_e4 += op->amount;
    return OK;
}

/* --- a run's points --- */

enum status ledger_issue_run(struct ledger *l, struct arena *keep, const struct ledger_op *all,
                             int64_t run, Str item, struct ledger_many *out)
{
    struct run_view v = {l->act->conn, keep, l->act->county, NULL, l->ds};
    struct run_desk desk = {l->act, all->who, all->day, l->ds};
    Str number = arena_fmt(keep, "%lld", (long long)run);
    struct ledger_score *score;
    size_t n;
    *out = (struct ledger_many){0};
    TRY(ledger_scores(&v, run, item, &score, &n, &out->unknown_n));
    for (size_t i = 0; i < n; i++) {
        struct ledger_op op = *all;
        op.kind = LEDGER_ISSUE;
        op.subject = score[i].identity;
        op.amount = score[i].e4;
        op.receipt = ledger_each(keep, number, op.subject);
        TRY(ledger_receipt(&v, &op));
        TRY(do_one(l, keep, &op, all, out));
    }
    return run_settle(&desk, run, all->policy);
}

/* --- a year's settlement --- */

struct holders {
    Str *subject;
    int64_t *points;
    size_t n, points_n, subject_cap, points_cap;
};

static enum status who_holds(struct ledger *l, struct arena *keep, const struct ledger_op *all,
                             struct holders *h)
{
    struct db_rows rows;
    struct sql_ledger_account_all_row row;
    TRY(sql_ledger_account_all(l->act->conn, &(struct sql_ledger_account_all){l->act->county},
                               &rows));
    while (sql_ledger_account_all_next(&rows, &row)) {
        if (row.kind != LEDGER_HELD || row.posted == 0 || row.year != all->year ||
            !str_eq(row.line, all->policy))
            continue;
        VEC_PUSH(keep, h->subject, h->n, h->subject_cap) = arena_copy(keep, row.owner);
        VEC_PUSH(keep, h->points, h->points_n, h->points_cap) = row.posted;
    }
    return db_rows_end(&rows);
}

/* None, or an open one, is 0: the first conversion says so. */
static enum status rate_of(struct ledger *l, struct arena *keep, const struct ledger_op *all,
                           int64_t *fen)
{
    struct sql_ledger_rule_last_row rate = {0};
    struct sql_ledger_rule_last ask = {l->act->county, LEDGER_RATE, all->policy,
                                       all->year,      S(""),       all->day};
    enum status st = sql_ledger_rule_last_one(l->act->conn, keep, &ask, &rate);
    *fen = rate.amount;
    return st == ERR_GONE ? OK : st;
}

/* In the words of the decision's terms, for the statement and the trace. */
static Str limits_text(struct arena *keep, const struct simulate_terms *t)
{
    Str text = S("");
    if (t->floor_e4 > 0)
        text = arena_fmt(keep, "起付 %.*s 分；", STR_ARG(ledger_points_str(keep, t->floor_e4)));
    if (t->cap_fen > 0)
        text = arena_fmt(keep, "%.*s封顶 %.*s 元；", STR_ARG(text),
                         STR_ARG(ledger_fen_str(keep, t->cap_fen)));
    if (t->budget_fen > 0)
        text = arena_fmt(keep, "%.*s预算 %.*s 元；", STR_ARG(text),
                         STR_ARG(ledger_fen_str(keep, t->budget_fen)));
    return text.n == 0 ? text : str_sub(text, 0, text.n - strlen("；"));
}

/* `like`: what all have in common, with what is noted on each. Without a rate the first one says
 * so, terms or not. */
static enum status convert_each(struct ledger *l, struct arena *keep, const struct ledger_op *like,
                                const struct holders *h, const int64_t *fen,
                                struct ledger_many *out)
{
    for (size_t i = 0; i < h->n; i++) {
        struct ledger_op op = *like;
        if (out->rate_fen > 0 && fen[i] == 0) {
            out->below_n++;
            continue;
        }
        op.kind = LEDGER_CONVERT;
        op.subject = h->subject[i];
        op.amount = h->points[i];
        op.extra = fen[i];
        TRY(do_one(l, keep, &op, like, out));
    }
    return OK;
}

enum status ledger_convert_all(struct ledger *l, struct arena *keep, const struct ledger_op *all,
                               const struct simulate_terms *limits, struct ledger_many *out)
{
    static const struct simulate_terms ANY = {0};
    struct holders h = {0};
    struct simulate_terms terms = limits == NULL ? ANY : *limits;
    struct simulate_out paid;
    *out = (struct ledger_many){0};
    TRY(who_holds(l, keep, all, &h));
    if (h.n == 0)
        return diag_add(l->ds, DIAG_LEDGER_NOTHING, (Span){0, 0}, all->policy, NO_ARG, NO_ARG);
    TRY(rate_of(l, keep, all, &out->rate_fen));
    terms.rate_fen = out->rate_fen;
    if (!simulate_settle(keep, &paid, h.points, h.n, &terms))
        return diag_add(l->ds, DIAG_LEDGER_AMOUNT, (Span){0, 0}, NO_ARG, NO_ARG, NO_ARG);
    out->fen = paid.total_fen;
    out->capped_n = (int64_t)paid.capped_n;
    out->cut_e6 = paid.cut_e6;
    Str note = limits_text(keep, &terms);
    struct ledger_op like = *all;
    like.limited = note.n > 0;
    like.note = note.n > 0 ? note : like.note;
    TRY(convert_each(l, keep, &like, &h, paid.fen, out));
    return out->subject_n > 0
               ? OK
               : diag_add(l->ds, DIAG_LEDGER_NOTHING, (Span){0, 0}, all->policy, NO_ARG, NO_ARG);
}
