/* back.c - what comes back: recovered money to the pools it came from, and operations reversed. */
#include "base/str.h"
#include "ledger/ledger_int.h"
#include "ledger/split.h"

enum {
    REVERSIBLE = KIND(LEDGER_RAISE) | KIND(LEDGER_LOWER) | KIND(LEDGER_ALLOCATE) |
                 KIND(LEDGER_ISSUE) | KIND(LEDGER_SPEND) | KIND(LEDGER_EXPIRE) |
                 KIND(LEDGER_CONVERT) | KIND(LEDGER_POST),
    OWED = KIND(LEDGER_CONVERT) | KIND(LEDGER_POST),
    ANY = -2,
};

struct legs {
    struct sql_ledger_transfer_of_row at[MOVES_MAX];
    size_t n;
};

static enum status legs_of(struct work *w, int64_t op, struct legs *out)
{
    struct act *act = w->l->act;
    struct db_rows rows;
    struct sql_ledger_transfer_of_row row;
    out->n = 0;
    TRY(sql_ledger_transfer_of(
        act->conn,
        &(struct sql_ledger_transfer_of){act->county, ledger_id_act(op), ledger_id_n(op)}, &rows));
    while (sql_ledger_transfer_of_next(&rows, &row)) {
        ASSERT(out->n < MOVES_MAX);
        out->at[out->n++] = row;
    }
    return db_rows_end(&rows);
}

/* ---- recovered ---- */

/* From the clawback account to the pools that paid, in the same proportion; the last takes what is
 * left. */
static enum status give_back(struct work *w, struct account *from, int64_t amount, int64_t due)
{
    struct legs legs;
    int64_t pool[LEDGER_SHARES_MAX], weight[LEDGER_SHARES_MAX], part[LEDGER_SHARES_MAX];
    size_t n = 0;
    TRY(legs_of(w, due, &legs));
    for (size_t i = 0; i < legs.n; i++) {
        if (legs.at[i].debit_kind != LEDGER_POOL)
            continue;
        pool[n] = legs.at[i].debit;
        weight[n++] = legs.at[i].amount;
    }
    ledger_split(part, amount, weight, n);
    for (size_t i = 0; i < n; i++) {
        struct account *to;
        if (part[i] == 0)
            continue;
        TRY(ledger_account_of(w, &to, pool[i]));
        ledger_move(w, AT_ONCE, from, to, part[i]);
    }
    return OK;
}

enum status ledger_plan_recover(struct work *w)
{
    struct act *act = w->l->act;
    struct sql_ledger_op_get_row reclaim, request;
    TRY(ledger_about(w, KIND(LEDGER_RECLAIM), &reclaim));
    TRY(sql_ledger_op_get_one(act->conn, w->l->tmp,
                              &(struct sql_ledger_op_get){act->county, ledger_id_act(reclaim.about),
                                                          ledger_id_n(reclaim.about)},
                              &request));
    w->reclaimed = reclaim.about;
    TRY(ledger_end_only(w, POST, w->op.amount));
    w->op.amount = w->move[0].amount;
    return give_back(w, w->move[0].credit, w->op.amount, request.about);
}

/* ---- reversed ---- */

static enum status reversed_before(struct work *w, int64_t *by)
{
    struct act *act = w->l->act;
    struct sql_ledger_op_about_row row = {0};
    enum status st = sql_ledger_op_about_one(
        act->conn, w->l->tmp,
        &(struct sql_ledger_op_about){act->county, w->op.about, LEDGER_REVERSE}, &row);
    *by = row.op;
    return st == ERR_GONE ? OK : st;
}

/* Owed and not yet asked to be paid? */
static enum status still_due(struct work *w)
{
    struct act *act = w->l->act;
    struct sql_ledger_due_get_row due;
    TRY(sql_ledger_due_get_one(act->conn, w->l->tmp,
                               &(struct sql_ledger_due_get){act->county, w->op.about}, &due));
    w->due_gone = true;
    if (due.open == due.amount)
        return OK;
    return ledger_refuse(w, DIAG_LEDGER_UNDERWAY, ledger_id_text(w, w->op.about),
                         ledger_fen_text(w, due.amount - due.open), NO_ARG);
}

static enum status move_back(struct work *w, const struct sql_ledger_transfer_of_row *leg)
{
    struct account *debit, *credit;
    if (leg->debit_kind == LEDGER_POOL) {
        w->use -= leg->amount;
        w->parts++;
    }
    TRY(ledger_account_of(w, &debit, leg->debit));
    TRY(ledger_account_of(w, &credit, leg->credit));
    ledger_move(w, AT_ONCE, credit, debit, leg->amount);
    return OK;
}

enum status ledger_plan_reverse(struct work *w)
{
    struct sql_ledger_op_get_row about;
    struct legs legs;
    int64_t by;
    TRY(ledger_about(w, (uint32_t)ANY, &about));
    if ((KIND(about.kind) & REVERSIBLE) == 0)
        return ledger_refuse(w, DIAG_LEDGER_FIXED, ledger_id_text(w, w->op.about),
                             str_of(ledger_kind_name((enum ledger_kind)about.kind, LANG_ZH)),
                             str_of(ledger_kind_name((enum ledger_kind)about.kind, LANG_EN)));
    TRY(reversed_before(w, &by));
    if (by != 0)
        return ledger_refuse(w, DIAG_LEDGER_REVERSED, ledger_id_text(w, w->op.about),
                             ledger_id_text(w, by), NO_ARG);
    if ((KIND(about.kind) & OWED) != 0)
        TRY(still_due(w));
    TRY(legs_of(w, w->op.about, &legs));
    w->op.amount = about.amount;
    for (size_t i = 0; i < legs.n; i++)
        TRY(move_back(w, &legs.at[i]));
    return OK;
}

enum status ledger_write_reverse(struct work *w)
{
    struct act *act = w->l->act;
    if (!w->due_gone)
        return OK;
    TRY(ledger_claim_free(w));
    return sql_ledger_due_end(act->conn, &(struct sql_ledger_due_end){act->county, w->op.about});
}
