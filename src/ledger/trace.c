#include "ledger/trace.h"

#include "base/arena.h"
#include "sql.h"

struct tracing {
    struct db_conn *conn;
    struct arena *keep;
    Str county;
    struct ledger_trace *out;
};

const char *ledger_lack_name(unsigned bit, enum lang lang)
{
    static const char *const NAME[][2] = {
        {"两人审批", "two approvers"}, {"决定", "a decision"}, {"凭证", "a receipt"}};
    return NAME[bit == LEDGER_LACKS_APPROVERS ? 0 : bit == LEDGER_LACKS_DECISION ? 1 : 2][lang];
}

static enum status get_op(struct tracing *t, int64_t id, struct ledger_traced *out,
                          struct sql_ledger_op_get_row *row)
{
    TRY(sql_ledger_op_get_one(
        t->conn, t->keep,
        &(struct sql_ledger_op_get){t->county, ledger_id_act(id), ledger_id_n(id)}, row));
    *out = (struct ledger_traced){
        id,        (enum ledger_kind)row->kind, (Day)row->day, row->who, row->note, row->amount,
        row->extra};
    return OK;
}

/* --- to the bank and back --- */

static enum status trace_answer(struct tracing *t, enum ledger_kind kind)
{
    struct sql_ledger_op_about_row about;
    struct sql_ledger_op_get_row row;
    enum status st = sql_ledger_op_about_one(
        t->conn, t->keep, &(struct sql_ledger_op_about){t->county, t->out->payment, kind}, &about);
    return st == OK ? get_op(t, about.op, &t->out->answer, &row) : st == ERR_GONE ? OK : st;
}

static enum status trace_bank(struct tracing *t)
{
    struct ledger_trace *out = t->out;
    struct sql_ledger_payment_get_row p;
    struct sql_ledger_payee_get_row payee;
    struct sql_ledger_batch_of_row batch;
    TRY(sql_ledger_payment_get_one(t->conn, t->keep,
                                   &(struct sql_ledger_payment_get){t->county, out->payment}, &p));
    TRY(sql_ledger_payee_get_one(t->conn, t->keep,
                                 &(struct sql_ledger_payee_get){t->county, out->payment, p.version},
                                 &payee));
    out->state = (enum ledger_state)p.state;
    out->version = p.version;
    out->amount = p.amount;
    out->claimed = p.claimed;
    out->payee = (struct ledger_payee){payee.name, payee.bank, payee.bank_account};
    enum status st = sql_ledger_batch_of_one(
        t->conn, t->keep, &(struct sql_ledger_batch_of){t->county, out->payment}, &batch);
    if (st != OK)
        return st == ERR_GONE ? OK : st;
    out->batch_act = batch.act;
    out->batch_line = batch.n + 1;
    return out->state == LEDGER_SETTLED   ? trace_answer(t, LEDGER_PAID)
           : out->state == LEDGER_BOUNCED ? trace_answer(t, LEDGER_BOUNCE)
                                          : OK;
}

static enum status trace_approvals(struct tracing *t)
{
    struct ledger_trace *out = t->out;
    struct db_rows rows;
    struct sql_ledger_approval_all_row a;
    size_t cap = 0;
    TRY(sql_ledger_approval_all(
        t->conn, &(struct sql_ledger_approval_all){t->county, out->payment, out->version}, &rows));
    while (sql_ledger_approval_all_next(&rows, &a))
        VEC_PUSH(t->keep, out->approval, out->approval_n, cap) =
            (struct ledger_approved){arena_copy(t->keep, a.who), a.act, a.at_us};
    bool left = out->state >= LEDGER_APPROVED && out->state <= LEDGER_BOUNCED;
    if (left && out->approval_n < LEDGER_APPROVERS)
        out->lacks |= LEDGER_LACKS_APPROVERS;
    return db_rows_end(&rows);
}

/* --- what it stands on --- */

/* Of a conversion: the receipts that the points were issued by. */
static enum status trace_points(struct tracing *t, const struct sql_ledger_op_get_row *root)
{
    struct ledger_trace *out = t->out;
    struct db_rows rows;
    struct sql_ledger_basis_points_row b;
    size_t cap = 0;
    struct sql_ledger_basis_points ask = {t->county, root->subject, root->policy, root->year,
                                          LEDGER_ISSUE};
    TRY(sql_ledger_basis_points(t->conn, &ask, &rows));
    while (sql_ledger_basis_points_next(&rows, &b))
        VEC_PUSH(t->keep, out->stand, out->stand_n, cap) =
            (struct ledger_stand){b.op,
                                  b.amount,
                                  arena_copy(t->keep, b.receipt),
                                  arena_copy(t->keep, b.rules),
                                  arena_copy(t->keep, b.snapshot),
                                  arena_copy(t->keep, b.evidence)};
    return db_rows_end(&rows);
}

static enum status trace_stand(struct tracing *t, const struct sql_ledger_op_get_row *root)
{
    struct ledger_trace *out = t->out;
    struct sql_ledger_basis_get_row b;
    int64_t op = out->root.op;
    enum status st = sql_ledger_basis_get_one(
        t->conn, t->keep,
        &(struct sql_ledger_basis_get){t->county, ledger_id_act(op), ledger_id_n(op)}, &b);
    if (st == OK) {
        out->stand = ARENA_NEW(t->keep, struct ledger_stand);
        *out->stand = (struct ledger_stand){0, 0, b.receipt, b.rules, b.snapshot, b.evidence};
        out->stand_n = 1;
    } else if (st == ERR_GONE)
        st = trace_points(t, root);
    if (st == OK && out->stand_n == 0)
        out->lacks |= LEDGER_LACKS_RECEIPT;
    return st;
}

enum status ledger_trace(struct db_conn *c, struct arena *keep, Str county, int64_t payment,
                         struct ledger_trace *out)
{
    struct tracing t = {c, keep, county, out};
    struct sql_ledger_op_get_row request, due, root;
    *out = (struct ledger_trace){.payment = payment};
    TRY(trace_bank(&t));
    TRY(trace_approvals(&t));
    TRY(get_op(&t, payment, &out->request, &request));
    TRY(get_op(&t, request.about, &out->due, &due));
    TRY(get_op(&t, due.kind == LEDGER_POST ? due.about : request.about, &out->root, &root));
    out->subject = root.subject;
    out->policy = root.policy;
    out->year = (int)root.year;
    out->decision = root.decision;
    if (root.decision.n == 0)
        out->lacks |= LEDGER_LACKS_DECISION;
    return trace_stand(&t, &root);
}
