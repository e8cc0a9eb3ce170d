#include "ledger/verify.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "ledger/ledger.h"
#include "sql.h"

/* Every check has the same signature: (county) -> (id, want, have). */
static const struct check {
    int statement;
    const char *what;
} CHECKS[] = {
    {SQL_ledger_check_sum, "总和不为零 balances of a unit do not add up to 0"},
    {SQL_ledger_check_posted, "余额不等于流水之和 a balance is not the sum of its transfers"},
    {SQL_ledger_check_pending, "预留不等于流水之和 what pends is not the sum of its transfers"},
    {SQL_ledger_check_available, "预留超过余额 more pends than there is"},
    {SQL_ledger_check_account,
     "账户没有余额行或反之 an account without balance, or a balance without"},
    {SQL_ledger_check_transfer, "流水没有业务或账户 a transfer without operation or account"},
    {SQL_ledger_check_ends, "了结的不是所预留的 what ends is not what was reserved"},
    {SQL_ledger_check_held, "未了预留与流水不符 open reservations differ from the transfers"},
    {SQL_ledger_check_days,
     "预留的日期与业务不符 days of a reservation differ from the operations"},
    {SQL_ledger_check_use, "封顶占用与流水不符 use of a cap differs from the transfers"},
    {SQL_ledger_check_cap, "封顶与规定不符 a cap differs from its rule"},
    {SQL_ledger_check_once, "一次性事项与业务不符 a once-only key differs from the operations"},
    {SQL_ledger_check_group, "关联组与业务不符 a group differs from the operations"},
    {SQL_ledger_check_due, "应付与业务不符 what is due differs from the operations"},
    {SQL_ledger_check_payment,
     "支付状态与业务不符 the state of a payment differs from the operations"},
    {SQL_ledger_check_request,
     "支付金额、经办人或追回不符 amount, maker or clawback of a payment differs"},
    {SQL_ledger_check_paid,
     "支付缺决定、两人审批或预算 a payment without decision, two approvers or budget"},
    {SQL_ledger_check_gap, "编号有缺口, 或没有对应的操作记录 a gap in the numbers, or no act"},
};

static enum status run(struct db_conn *c, Str county, const struct check *check,
                       struct ledger_report *out, struct diags *ds)
{
    struct db_rows rows;
    struct sql_ledger_check_sum_row row;
    TRY(db_rows_open(c, check->statement, &(struct sql_ledger_check_sum){county}, &rows));
    struct arena *tmp = arena_open(); /* apart from that of `ds`, which grows meanwhile */
    while (db_rows_next(&rows, check->statement, &row)) {
        ArenaMark mark = arena_mark(tmp);
        Str found = arena_fmt(tmp, "%s: %lld, %lld", ledger_id_str(tmp, row.id).p,
                              (long long)row.want, (long long)row.have);
        (void)diag_add(ds, DIAG_LEDGER_FAULT, (Span){0, 0}, str_of(check->what), found,
                       NO_ARG); /* counted below */
        out->fault_n++;
        arena_reset(tmp, mark);
    }
    arena_close(tmp);
    return db_rows_end(&rows);
}

enum status ledger_verify(struct db_conn *c, struct arena *tmp, Str county,
                          struct ledger_report *out, struct diags *ds)
{
    struct sql_ledger_points_row points;
    struct sql_ledger_counts_row count;
    *out = (struct ledger_report){0};
    for (size_t i = 0; i < ARRAY_N(CHECKS); i++)
        TRY(run(c, county, &CHECKS[i], out, ds));
    TRY(sql_ledger_points_one(c, tmp, &(struct sql_ledger_points){county}, &points));
    TRY(sql_ledger_counts_one(c, tmp, &(struct sql_ledger_counts){county}, &count));
    out->op_n = count.ops;
    out->transfer_n = count.transfers;
    out->payment_n = count.payments;
    out->paid_fen = count.paid_fen;
    out->issued_e4 = points.issued;
    out->held_e4 = points.held;
    out->spent_e4 = points.spent;
    out->expired_e4 = points.expired;
    return OK;
}
