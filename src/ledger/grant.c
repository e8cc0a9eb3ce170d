/* grant.c - money held for a subject, at once or in stages, from one pool or several, until it is
 * owed or free again. */
#include "base/buf.h"
#include "base/str.h"
#include "ledger/ledger_int.h"
#include "ledger/split.h"

enum { HOLDS = KIND(LEDGER_RESERVE) | KIND(LEDGER_JOINT) };

static enum status until(struct work *w, Day *last)
{
    *last = w->op.extra == 0 ? DAY_MAX : (Day)w->op.extra;
    if (w->op.extra <= DAY_MAX && *last >= w->op.day)
        return OK;
    return ledger_refuse(w, DIAG_LEDGER_LATE, w->op.subject, NO_ARG, NO_ARG);
}

/* Holds a share of the amount for `payable` out of each pool. */
static enum status hold_shares(struct work *w, const struct ledger_op *op, struct account **pool,
                               Day last)
{
    struct account *payable;
    int64_t weight[LEDGER_SHARES_MAX], part[LEDGER_SHARES_MAX];
    TRY(ledger_account(w, &payable, LEDGER_PAYABLE, op->subject, S(""), 0));
    for (size_t i = 0; i < op->share_n; i++)
        weight[i] = op->share[i].weight;
    ledger_split(part, op->amount, weight, op->share_n);
    for (size_t i = 0; i < op->share_n; i++) {
        if (part[i] == 0)
            return ledger_refuse(w, DIAG_LEDGER_SHARES, NO_ARG, NO_ARG, NO_ARG);
        ledger_move(w, HOLD, pool[i], payable, part[i]);
        w->move[i].from_day = op->share[i].from_day;
        w->move[i].until_day = last;
    }
    return OK;
}

enum status ledger_plan_reserve(struct work *w)
{
    static const struct ledger_share WHOLE = {{"", 0}, 1, 0};
    struct account *pool, *each[LEDGER_SHARES_MAX];
    struct ledger_op whole = *w->ask;
    Day last;
    TRY(until(w, &last));
    TRY(ledger_account_must(w, &pool, LEDGER_POOL, w->op.level, w->op.policy, w->op.year));
    TRY(ledger_claim_check(w, w->op.amount));
    for (size_t i = 0; i < LEDGER_SHARES_MAX; i++)
        each[i] = pool;
    if (whole.share_n == 0) {
        whole.share = &WHOLE;
        whole.share_n = 1;
    }
    return hold_shares(w, &whole, each, last);
}

enum status ledger_plan_joint(struct work *w)
{
    struct account *pool[LEDGER_SHARES_MAX] = {NULL};
    Day last;
    TRY(until(w, &last));
    for (size_t i = 0; i < w->ask->share_n; i++)
        TRY(ledger_account_must(w, &pool[i], LEDGER_POOL, w->ask->share[i].level, w->op.policy,
                                w->op.year));
    TRY(ledger_claim_check(w, w->op.amount));
    return hold_shares(w, w->ask, pool, last);
}

enum status ledger_write_holds(struct work *w)
{
    struct act *act = w->l->act;
    for (size_t i = 0; i < w->move_n; i++) {
        const struct move *m = &w->move[i];
        TRY(sql_ledger_held_add(
            act->conn,
            &(struct sql_ledger_held_add){act->county, w->id, m->part, m->id, m->debit->id,
                                          m->credit->id, m->amount, m->from_day, m->until_day}));
    }
    return OK;
}

enum status ledger_write_reserve(struct work *w)
{
    TRY(ledger_claim_write(w, (int)w->move_n));
    return ledger_write_holds(w);
}

/* ---- ending ---- */

/* Adds a move that ends an open reservation of `about`. */
static enum status end_part(struct work *w, enum phase phase,
                            const struct sql_ledger_held_of_row *held, int64_t amount)
{
    struct account *debit, *credit;
    TRY(ledger_account_of(w, &debit, held->debit));
    TRY(ledger_account_of(w, &credit, held->credit));
    ledger_move(w, phase, debit, credit, amount);
    struct move *m = &w->move[w->move_n - 1];
    m->held = held->amount;
    m->ends = held->transfer;
    m->part = (int)held->part;
    return OK;
}

/* The open parts of `about` that were asked for: 0 is all. */
static enum status open_parts(struct work *w, int64_t part, struct sql_ledger_held_of_row *out,
                              size_t *n)
{
    struct act *act = w->l->act;
    struct db_rows rows;
    struct sql_ledger_held_of_row row;
    *n = 0;
    TRY(sql_ledger_held_of(act->conn, &(struct sql_ledger_held_of){act->county, w->op.about},
                           &rows));
    while (sql_ledger_held_of_next(&rows, &row))
        if (part == 0 || row.part == part)
            out[(*n)++] = row;
    TRY(db_rows_end(&rows));
    return *n > 0 ? OK
                  : ledger_refuse(w, DIAG_LEDGER_ENDED, ledger_id_text(w, w->op.about), NO_ARG,
                                  NO_ARG);
}

enum status ledger_end_only(struct work *w, enum phase phase, int64_t amount)
{
    struct sql_ledger_held_of_row held[LEDGER_SHARES_MAX];
    size_t n;
    TRY(open_parts(w, 0, held, &n));
    ASSERT(n == 1);
    if (amount > held[0].amount)
        return ledger_refuse(w, DIAG_LEDGER_PART, ledger_id_text(w, w->op.about),
                             ledger_fen_text(w, held[0].amount), NO_ARG);
    return end_part(w, phase, &held[0], amount == 0 ? held[0].amount : amount);
}

/* Levels of a joint funding go together. */
static enum status part_of(struct work *w, const struct sql_ledger_op_get_row *about, int64_t *part)
{
    *part = w->op.extra;
    if (*part == 0 || about->kind != LEDGER_JOINT)
        return OK;
    return ledger_refuse(w, DIAG_LEDGER_LINKED, ledger_id_text(w, w->op.about), NO_ARG, NO_ARG);
}

static enum status post_part(struct work *w, const struct sql_ledger_held_of_row *held,
                             int64_t amount)
{
    struct buf b;
    buf_init(&b, w->l->tmp, BUF_MAX);
    if (w->op.day < held->from_day) {
        day_print(&b, (Day)held->from_day);
        return ledger_refuse(w, DIAG_LEDGER_EARLY, ledger_id_text(w, w->op.about), buf_str(&b),
                             NO_ARG);
    }
    if (w->op.day > held->until_day)
        return ledger_refuse(w, DIAG_LEDGER_LATE, ledger_id_text(w, w->op.about), NO_ARG, NO_ARG);
    w->use -= held->amount - amount;
    w->op.amount += amount;
    return end_part(w, POST, held, amount);
}

enum status ledger_plan_post(struct work *w)
{
    struct sql_ledger_held_of_row held[LEDGER_SHARES_MAX];
    struct sql_ledger_op_get_row about;
    size_t n;
    int64_t part, amount = w->ask->amount;
    TRY(ledger_about(w, HOLDS, &about));
    TRY(part_of(w, &about, &part));
    TRY(open_parts(w, part, held, &n));
    if (amount > 0 && (n > 1 || amount > held[0].amount))
        return ledger_refuse(w, DIAG_LEDGER_PART, ledger_id_text(w, w->op.about),
                             ledger_fen_text(w, held[0].amount), NO_ARG);
    w->op.amount = 0;
    for (size_t i = 0; i < n; i++)
        TRY(post_part(w, &held[i], amount > 0 ? amount : held[i].amount));
    return OK;
}

static enum status free_part(struct work *w, enum phase phase,
                             const struct sql_ledger_held_of_row *held)
{
    w->use -= held->amount;
    w->parts++;
    w->op.amount += held->amount;
    return end_part(w, phase, held, held->amount);
}

static enum status void_reclaim(struct work *w, int64_t payment)
{
    w->reclaimed = payment;
    TRY(ledger_end_only(w, VOID, 0));
    w->op.amount = w->move[0].amount;
    return OK;
}

enum status ledger_plan_void(struct work *w)
{
    struct sql_ledger_held_of_row held[LEDGER_SHARES_MAX];
    struct sql_ledger_op_get_row about;
    size_t n;
    int64_t part;
    TRY(ledger_about(w, HOLDS | KIND(LEDGER_RECLAIM), &about));
    w->op.amount = 0;
    if (about.kind == LEDGER_RECLAIM)
        return void_reclaim(w, about.about);
    TRY(part_of(w, &about, &part));
    TRY(open_parts(w, part, held, &n));
    for (size_t i = 0; i < n; i++)
        TRY(free_part(w, VOID, &held[i]));
    return OK;
}

enum status ledger_plan_lapse(struct work *w)
{
    struct sql_ledger_held_of_row held[LEDGER_SHARES_MAX];
    struct sql_ledger_op_get_row about;
    size_t n;
    TRY(ledger_about(w, HOLDS, &about));
    TRY(open_parts(w, 0, held, &n));
    ASSERT(n > 0);
    w->op.amount = 0;
    if (w->op.day <= held[0].until_day) { /* all parts have the same */
        struct buf b;
        buf_init(&b, w->l->tmp, BUF_MAX);
        day_print(&b, (Day)held[0].until_day);
        return ledger_refuse(w, DIAG_LEDGER_EARLY, ledger_id_text(w, w->op.about), buf_str(&b),
                             NO_ARG);
    }
    for (size_t i = 0; i < n; i++)
        TRY(free_part(w, LAPSE, &held[i]));
    return OK;
}

enum status ledger_write_ends(struct work *w)
{
    struct act *act = w->l->act;
    for (size_t i = 0; i < w->move_n; i++) {
        if (w->move[i].ends == 0)
            continue;
        TRY(sql_ledger_held_end(
            act->conn, &(struct sql_ledger_held_end){act->county, w->op.about, w->move[i].part}));
    }
    return OK;
}

enum status ledger_write_post(struct work *w)
{
    struct act *act = w->l->act;
    TRY(ledger_write_ends(w));
    TRY(ledger_claim_free(w));
    return sql_ledger_due_add(act->conn,
                              &(struct sql_ledger_due_add){act->county, w->id, w->op.amount});
}

enum status ledger_write_void(struct work *w)
{
    if (w->parts == 0) /* a clawback */
        return ledger_write_recover(w);
    TRY(ledger_write_ends(w));
    return ledger_claim_free(w);
}
