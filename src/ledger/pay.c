/* pay.c - what is owed goes to the bank, once two others than its maker have approved. */
#include "base/arena.h"
#include "base/str.h"
#include "ledger/ledger_int.h"

/* ---- a request ---- */

enum status ledger_plan_request(struct work *w)
{
    struct act *act = w->l->act;
    struct sql_ledger_op_get_row about;
    struct sql_ledger_due_get_row due;
    struct account *payable, *bank;
    TRY(ledger_about(w, KIND(LEDGER_POST) | KIND(LEDGER_CONVERT), &about));
    w->op.item = S(""); /* the once-only key stays with what took it */
    enum status st = sql_ledger_due_get_one(
        act->conn, w->l->tmp, &(struct sql_ledger_due_get){act->county, w->op.about}, &due);
    if (st == ERR_GONE || (st == OK && due.open == 0))
        return ledger_refuse(w, DIAG_LEDGER_ENDED, ledger_id_text(w, w->op.about), NO_ARG, NO_ARG);
    TRY(st);
    if (w->op.amount == 0)
        w->op.amount = due.open;
    if (w->op.amount > due.open)
        return ledger_refuse(w, DIAG_LEDGER_PART, ledger_id_text(w, w->op.about),
                             ledger_fen_text(w, due.open), NO_ARG);
    TRY(ledger_account(w, &payable, LEDGER_PAYABLE, w->op.subject, S(""), 0));
    TRY(ledger_account(w, &bank, LEDGER_BANK, S(""), S(""), 0));
    ledger_move(w, HOLD, payable, bank, w->op.amount);
    return OK;
}

static enum status payee_add(struct work *w, int64_t payment, int64_t version)
{
    struct act *act = w->l->act;
    const struct ledger_payee *p = &w->op.payee;
    return sql_ledger_payee_add(
        act->conn, &(struct sql_ledger_payee_add){act->county, act->no, w->l->payee_n++, payment,
                                                  version, p->name, p->bank, p->account});
}

static enum status due_move(struct work *w, int64_t due, int64_t amount)
{
    struct act *act = w->l->act;
    return sql_ledger_due_move(act->conn, &(struct sql_ledger_due_move){act->county, due, amount});
}

enum status ledger_write_request(struct work *w)
{
    struct act *act = w->l->act;
    TRY(ledger_write_holds(w));
    TRY(payee_add(w, w->id, 1));
    TRY(due_move(w, w->op.about, -w->op.amount));
    return sql_ledger_payment_add(
        act->conn, &(struct sql_ledger_payment_add){act->county, w->id, w->op.who, w->op.amount});
}

/* ---- a payment on its way ---- */

/* The payment that the operation is about, which must be in this state. */
static enum status payment(struct work *w, enum ledger_state state,
                           struct sql_ledger_op_get_row *about)
{
    struct act *act = w->l->act;
    TRY(ledger_about(w, KIND(LEDGER_REQUEST), about));
    TRY(sql_ledger_payment_get_one(act->conn, w->l->tmp,
                                   &(struct sql_ledger_payment_get){act->county, w->op.about},
                                   &w->payment));
    if (w->payment.state == (int64_t)state)
        return OK;
    enum ledger_state is = (enum ledger_state)w->payment.state;
    return ledger_refuse(w, DIAG_LEDGER_STATE, ledger_id_text(w, w->op.about),
                         str_of(ledger_state_name(is, LANG_ZH)),
                         str_of(ledger_state_name(is, LANG_EN)));
}

/* Whoever decides says which version was seen. */
static enum status seen(struct work *w)
{
    if (w->op.extra == w->payment.version)
        return OK;
    return ledger_refuse(w, DIAG_LEDGER_VERSION, ledger_id_text(w, w->op.about),
                         arena_fmt(w->l->tmp, "%lld", (long long)w->payment.version), NO_ARG);
}

static enum status denied(struct work *w, enum diag_code code)
{
    (void)ledger_refuse(w, code, w->op.who, ledger_id_text(w, w->op.about),
                        NO_ARG); /* told below */
    return ERR_DENIED;
}

enum status ledger_plan_amend(struct work *w)
{
    struct sql_ledger_op_get_row about;
    TRY(payment(w, LEDGER_REQUESTED, &about));
    TRY(seen(w));
    return str_eq(w->op.who, w->payment.maker) ? OK : denied(w, DIAG_LEDGER_MAKER);
}

enum status ledger_write_amend(struct work *w)
{
    struct act *act = w->l->act;
    TRY(sql_ledger_payment_amend(
        act->conn, &(struct sql_ledger_payment_amend){act->county, w->op.about, w->op.extra}));
    return payee_add(w, w->op.about, w->op.extra + 1);
}

static enum status approved_before(struct work *w, bool *out)
{
    struct act *act = w->l->act;
    struct db_rows rows;
    struct sql_ledger_approval_all_row row;
    *out = false;
    TRY(sql_ledger_approval_all(
        act->conn, &(struct sql_ledger_approval_all){act->county, w->op.about, w->op.extra},
        &rows));
    while (sql_ledger_approval_all_next(&rows, &row))
        *out |= str_eq(row.who, w->op.who);
    return db_rows_end(&rows);
}

enum status ledger_plan_approve(struct work *w)
{
    struct sql_ledger_op_get_row about;
    bool before;
    TRY(payment(w, LEDGER_REQUESTED, &about));
    TRY(seen(w));
    if (str_eq(w->op.who, w->payment.maker))
        return denied(w, DIAG_LEDGER_SELF);
    TRY(approved_before(w, &before));
    if (before)
        return denied(w, DIAG_LEDGER_TWICE);
    w->op.amount = w->payment.amount;
    return w->payment.approvals + 1 < LEDGER_APPROVERS ? OK : ledger_end_only(w, POST, 0);
}

enum status ledger_write_approve(struct work *w)
{
    struct act *act = w->l->act;
    TRY(sql_ledger_payment_approve(
        act->conn,
        &(struct sql_ledger_payment_approve){act->county, w->op.about, w->op.extra, w->op.who}));
    TRY(sql_ledger_approval_add(
        act->conn, &(struct sql_ledger_approval_add){act->county, act->no, w->l->approval_n++,
                                                     w->op.about, w->op.extra, w->op.who}));
    return ledger_write_ends(w);
}

static enum status set_state(struct work *w, int64_t id, enum ledger_state was,
                             enum ledger_state state)
{
    struct act *act = w->l->act;
    return sql_ledger_payment_state(
        act->conn, &(struct sql_ledger_payment_state){act->county, id, was, state});
}

enum status ledger_plan_cancel(struct work *w)
{
    struct sql_ledger_op_get_row about;
    TRY(payment(w, LEDGER_REQUESTED, &about));
    w->op.amount = w->payment.amount;
    w->due = about.about;
    return ledger_end_only(w, VOID, 0);
}

enum status ledger_write_cancel(struct work *w)
{
    TRY(set_state(w, w->op.about, LEDGER_REQUESTED, LEDGER_CANCELLED));
    TRY(ledger_write_ends(w));
    return due_move(w, w->due, w->op.amount);
}

/* ---- the bank ---- */

enum status ledger_plan_batch(struct work *w)
{
    struct act *act = w->l->act;
    struct db_rows rows;
    struct sql_ledger_payment_ready_row row;
    size_t cap = 0;
    w->op.amount = 0;
    TRY(sql_ledger_payment_ready(act->conn, &(struct sql_ledger_payment_ready){act->county},
                                 &rows));
    while (sql_ledger_payment_ready_next(&rows, &row)) {
        VEC_PUSH(w->l->tmp, w->ready, w->ready_n, cap) = row;
        w->op.amount += row.amount;
    }
    TRY(db_rows_end(&rows));
    return w->ready_n > 0
               ? OK
               : ledger_refuse(w, DIAG_LEDGER_NOTHING, S("已批准 approved"), NO_ARG, NO_ARG);
}

enum status ledger_write_batch(struct work *w)
{
    struct act *act = w->l->act;
    for (size_t i = 0; i < w->ready_n; i++) {
        const struct sql_ledger_payment_ready_row *p = &w->ready[i];
        TRY(sql_ledger_batch_line_add(
            act->conn, &(struct sql_ledger_batch_line_add){act->county, act->no, w->l->line_n++,
                                                           p->payment, p->version}));
        TRY(set_state(w, p->payment, LEDGER_APPROVED, LEDGER_SENT));
    }
    return OK;
}

enum status ledger_plan_bank(struct work *w)
{
    struct sql_ledger_op_get_row about;
    struct account *bank, *to;
    TRY(payment(w, LEDGER_SENT, &about));
    TRY(ledger_account(w, &bank, LEDGER_BANK, S(""), S(""), 0));
    if (w->op.kind == LEDGER_PAID)
        TRY(ledger_account(w, &to, LEDGER_MONEY_OUTSIDE, S(""), S(""), 0));
    else
        TRY(ledger_account(w, &to, LEDGER_PAYABLE, w->op.subject, S(""), 0));
    w->op.amount = w->payment.amount;
    w->due = about.about;
    ledger_move(w, AT_ONCE, bank, to, w->op.amount);
    return OK;
}

enum status ledger_write_bank(struct work *w)
{
    if (w->op.kind == LEDGER_PAID)
        return set_state(w, w->op.about, LEDGER_SENT, LEDGER_SETTLED);
    TRY(set_state(w, w->op.about, LEDGER_SENT, LEDGER_BOUNCED));
    return due_move(w, w->due, w->op.amount);
}

/* ---- asked back ---- */

enum status ledger_plan_reclaim(struct work *w)
{
    struct sql_ledger_op_get_row about;
    struct account *out, *clawback;
    TRY(payment(w, LEDGER_SETTLED, &about));
    int64_t left = w->payment.amount - w->payment.claimed;
    if (w->op.amount > left)
        return ledger_refuse(w, DIAG_LEDGER_PART, ledger_id_text(w, w->op.about),
                             ledger_fen_text(w, left), NO_ARG);
    TRY(ledger_account(w, &out, LEDGER_MONEY_OUTSIDE, S(""), S(""), 0));
    TRY(ledger_account(w, &clawback, LEDGER_CLAWBACK, w->op.subject, S(""), 0));
    ledger_move(w, HOLD, out, clawback, w->op.amount);
    return OK;
}

static enum status claim(struct work *w, int64_t payment_id, int64_t amount)
{
    struct act *act = w->l->act;
    return sql_ledger_payment_claim(
        act->conn, &(struct sql_ledger_payment_claim){act->county, payment_id, amount});
}

enum status ledger_write_reclaim(struct work *w)
{
    TRY(ledger_write_holds(w));
    return claim(w, w->op.about, w->op.amount);
}

enum status ledger_write_recover(struct work *w)
{
    int64_t waived = w->move[0].held - (w->move[0].phase == POST ? w->move[0].amount : 0);
    TRY(ledger_write_ends(w));
    return claim(w, w->reclaimed, -waived);
}
