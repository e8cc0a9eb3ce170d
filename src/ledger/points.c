/* points.c - budgets and pools, rules of a policy, and points until they are spent, expired or
 * turned into money. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "ledger/ledger_int.h"
#include "ledger/split.h"

enum { LIFE_YEARS_MAX = 100 };

static enum status outside(struct work *w, struct account **out, enum ledger_account_kind kind)
{
    return ledger_account(w, out, kind, S(""), S(""), 0);
}

enum status ledger_plan_open(struct work *w)
{
    const struct ledger_op *op = &w->op;
    struct account *a, *budget = NULL;
    if (op->policy.n == 0) {
        TRY(ledger_account(w, &a, LEDGER_BUDGET, op->level, op->item, op->year));
    } else {
        int year = op->extra == 0 ? op->year : (int)op->extra;
        TRY(ledger_account_must(w, &budget, LEDGER_BUDGET, op->level, op->item, year));
        TRY(ledger_account(w, &a, LEDGER_POOL, op->level, op->policy, op->year));
    }
    if (a->id != 0)
        return ledger_refuse(w, DIAG_LEDGER_EXISTS, a->line, op->level, NO_ARG);
    if (budget != NULL)
        a->parent = budget->id;
    return OK;
}

enum status ledger_plan_raise(struct work *w)
{
    struct account *out, *budget;
    TRY(ledger_account_must(w, &budget, LEDGER_BUDGET, w->op.level, w->op.item, w->op.year));
    TRY(outside(w, &out, LEDGER_MONEY_OUTSIDE));
    if (w->op.kind == LEDGER_RAISE)
        ledger_move(w, AT_ONCE, out, budget, w->op.amount);
    else
        ledger_move(w, AT_ONCE, budget, out, w->op.amount);
    return OK;
}

enum status ledger_plan_allocate(struct work *w)
{
    struct account *pool, *budget;
    TRY(ledger_account_must(w, &pool, LEDGER_POOL, w->op.level, w->op.policy, w->op.year));
    TRY(ledger_account_of(w, &budget, pool->parent));
    ledger_move(w, AT_ONCE, budget, pool, w->op.amount);
    return OK;
}

enum status ledger_plan_rate(struct work *w)
{
    if (w->op.extra == 0)
        w->op.extra = w->op.amount;
    return w->op.extra >= w->op.amount
               ? OK
               : ledger_refuse(w, DIAG_LEDGER_AMOUNT, NO_ARG, NO_ARG, NO_ARG);
}

enum status ledger_plan_life(struct work *w)
{
    w->op.year = 0;
    return w->op.extra <= LIFE_YEARS_MAX
               ? OK
               : ledger_refuse(w, DIAG_LEDGER_AMOUNT, NO_ARG, NO_ARG, NO_ARG);
}

enum status ledger_write_group(struct work *w)
{
    return sql_ledger_group_set(w->l->act->conn, &(struct sql_ledger_group_set){
                                                     w->l->act->county, w->op.subject, w->op.grp});
}

static enum status points(struct work *w, struct account **out, enum ledger_account_kind kind)
{
    return ledger_account(w, out, kind, w->op.subject, w->op.policy, w->op.year);
}

enum status ledger_plan_issue(struct work *w)
{
    struct account *out, *held;
    TRY(outside(w, &out, LEDGER_POINTS_OUTSIDE));
    TRY(points(w, &held, LEDGER_HELD));
    ledger_move(w, AT_ONCE, out, held, w->op.amount);
    return OK;
}

static enum status spend(struct work *w, enum ledger_account_kind to, int64_t amount)
{
    struct account *held, *gone;
    TRY(points(w, &held, LEDGER_HELD));
    TRY(points(w, &gone, to));
    ledger_move(w, AT_ONCE, held, gone, amount);
    return OK;
}

enum status ledger_plan_spend(struct work *w)
{
    return spend(w, LEDGER_SPENT, w->op.amount);
}

static Str year_text(struct work *w)
{
    return arena_fmt(w->l->tmp, "%d", w->op.year);
}

/* The rule of a policy that holds on the day: the last one whose day has come. */
static enum status rule(struct work *w, enum ledger_kind kind, int year, enum diag_code none,
                        struct sql_ledger_rule_last_row *out)
{
    struct act *act = w->l->act;
    enum status st = sql_ledger_rule_last_one(
        act->conn, w->l->tmp,
        &(struct sql_ledger_rule_last){act->county, kind, w->op.policy, year, S(""), w->op.day},
        out);
    return st == ERR_GONE ? ledger_refuse(w, none, w->op.policy, year_text(w), NO_ARG) : st;
}

enum status ledger_plan_expire(struct work *w)
{
    struct sql_ledger_rule_last_row life;
    struct account *held;
    Day last = DAY_MAX;
    TRY(rule(w, LEDGER_LIFE, 0, DIAG_LEDGER_LIFE, &life));
    if (!day_of(&last, w->op.year + (int)life.extra, 12, 31) || w->op.day <= last) {
        struct buf b;
        buf_init(&b, w->l->tmp, BUF_MAX);
        day_print(&b, last);
        return ledger_refuse(w, DIAG_LEDGER_ALIVE, w->op.policy, year_text(w), buf_str(&b));
    }
    TRY(points(w, &held, LEDGER_HELD));
    w->op.amount = held->posted - held->pending;
    if (w->op.amount == 0)
        return ledger_refuse(w, DIAG_LEDGER_NOTHING, w->op.subject, NO_ARG, NO_ARG);
    return spend(w, LEDGER_EXPIRED, w->op.amount);
}

static Str range_text(struct work *w, int64_t low_fen, int64_t high_fen)
{
    Str low = ledger_fen_text(w, low_fen), high = ledger_fen_text(w, high_fen);
    return arena_fmt(w->l->tmp, "%.*s~%.*s", (int)low.n, low.p, (int)high.n, high.p);
}

/* At the rate of the year; `extra` is the share of a settlement, at most a fen above the worth, and
 * below it only where its terms limit what is paid. */
static enum status price(struct work *w)
{
    struct sql_ledger_rule_last_row rate;
    int64_t fen = 0;
    TRY(rule(w, LEDGER_RATE, w->op.year, DIAG_LEDGER_RATE, &rate));
    if (rate.amount != rate.extra)
        return ledger_refuse(w, DIAG_LEDGER_RATE_OPEN, w->op.policy, year_text(w),
                             range_text(w, rate.amount, rate.extra));
    bool fits = ledger_worth(&fen, w->op.amount, rate.amount);
    if (w->op.extra == 0)
        w->op.extra = fen;
    if (!fits || w->op.extra == 0 || (w->op.extra < fen && !w->op.limited) || w->op.extra > fen + 1)
        return ledger_refuse(w, DIAG_LEDGER_AMOUNT, NO_ARG, NO_ARG, NO_ARG);
    return OK;
}

enum status ledger_plan_convert(struct work *w)
{
    struct account *pool, *payable;
    TRY(price(w));
    TRY(ledger_account_must(w, &pool, LEDGER_POOL, w->op.level, w->op.policy, w->op.year));
    TRY(ledger_account(w, &payable, LEDGER_PAYABLE, w->op.subject, S(""), 0));
    TRY(ledger_claim_check(w, w->op.extra));
    TRY(spend(w, LEDGER_SPENT, w->op.amount));
    ledger_move(w, AT_ONCE, pool, payable, w->op.extra);
    return OK;
}

enum status ledger_write_convert(struct work *w)
{
    struct act *act = w->l->act;
    TRY(ledger_claim_write(w, 1));
    return sql_ledger_due_add(act->conn,
                              &(struct sql_ledger_due_add){act->county, w->id, w->op.extra});
}
