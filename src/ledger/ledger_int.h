/* ledger_int.h - an operation at work: what it finds, what it will move, what it writes.
 *
 * A function of a kind (struct ledger_rule) looks and plans: it may refuse, and writes nothing.
 * ledger_do then checks the plan against the balances and writes operation, accounts, transfers and
 * balances; the kind's second function writes what else follows from it, and reads nothing.
 */
#ifndef GECI_LEDGER_LEDGER_INT_H
#define GECI_LEDGER_LEDGER_INT_H

#include "ledger/ledger.h"
#include "sql.h"

enum { MOVES_MAX = 2 * LEDGER_SHARES_MAX, ACCOUNTS_MAX = 2 * MOVES_MAX };

enum phase { AT_ONCE = 1, HOLD, POST, VOID, LAPSE };

struct account {
    int64_t id; /* 0: not opened yet */
    enum ledger_account_kind kind;
    Str owner, line;
    int year;
    int64_t parent;
    int64_t posted, pending; /* as they will be */
    int64_t posted_change, pending_change;
};

struct move {
    enum phase phase;
    struct account *debit, *credit;
    int64_t amount, held, ends;
    int part; /* HOLD: 1, 2 ..; an ending one: of the reservation */
    Day from_day, until_day;
    int64_t id; /* once written */
};

struct work {
    struct ledger *l;
    const struct ledger_op *ask;
    struct ledger_op op; /* as it will be written */
    int64_t id;
    struct account account[ACCOUNTS_MAX];
    size_t account_n;
    struct move move[MOVES_MAX];
    size_t move_n;
    int64_t use;       /* change of what counts against caps */
    bool use_known[2]; /* rows of ledger_use: subject, group */
    SqlInt use_most[2];
    int parts;         /* of what took a once-only key: how many stand no longer */
    int64_t due;       /* of a payment: what it pays */
    int64_t reclaimed; /* of a clawback: the payment */
    bool due_gone;     /* reversed */
    struct sql_ledger_payment_get_row payment;
    struct sql_ledger_payment_ready_row *ready; /* of a batch */
    size_t ready_n;
};

/* Refusals: ERR_INPUT. */
enum status ledger_refuse(struct work *w, enum diag_code code, Str a0, Str a1, Str a2);
Str ledger_fen_text(struct work *w, int64_t fen);
Str ledger_points_text(struct work *w, int64_t e4);
Str ledger_id_text(struct work *w, int64_t id);

/* account.c, for planning: finds accounts and adds moves. */
NODISCARD enum status ledger_account(struct work *w, struct account **out,
                                     enum ledger_account_kind kind, Str owner, Str line, int year);
NODISCARD enum status ledger_account_of(struct work *w, struct account **out, int64_t id);
/* One that must have been opened: LEDGER-ACCOUNT. */
NODISCARD enum status ledger_account_must(struct work *w, struct account **out,
                                          enum ledger_account_kind kind, Str owner, Str line,
                                          int year);
void ledger_move(struct work *w, enum phase phase, struct account *debit, struct account *credit,
                 int64_t amount);
NODISCARD enum status ledger_moves_check(struct work *w);
NODISCARD enum status ledger_moves_write(struct work *w);

/* cap.c: caps and once-only keys. */
NODISCARD enum status ledger_claim_check(struct work *w, int64_t amount);
NODISCARD enum status ledger_claim_write(struct work *w, int parts);
NODISCARD enum status ledger_claim_free(struct work *w);
NODISCARD enum status ledger_cap_check(struct work *w);
NODISCARD enum status ledger_cap_write(struct work *w);

/* The operation that `about` names: LEDGER-GONE unless it is of one of the kinds (a bit each). Its
 * subject, policy, year, item and group become those of this one. */
NODISCARD enum status ledger_about(struct work *w, uint32_t kinds,
                                   struct sql_ledger_op_get_row *out);
#define KIND(k) (UINT32_C(1) << (k))

/* The kinds: points.c, grant.c, pay.c, claim.c. A plan, and what is written besides. */
NODISCARD enum status ledger_plan_open(struct work *w);
NODISCARD enum status ledger_plan_raise(struct work *w);
NODISCARD enum status ledger_plan_allocate(struct work *w);
NODISCARD enum status ledger_plan_rate(struct work *w);
NODISCARD enum status ledger_plan_life(struct work *w);
NODISCARD enum status ledger_plan_issue(struct work *w);
NODISCARD enum status ledger_plan_spend(struct work *w);
NODISCARD enum status ledger_plan_expire(struct work *w);
NODISCARD enum status ledger_plan_convert(struct work *w);
NODISCARD enum status ledger_write_group(struct work *w);
NODISCARD enum status ledger_write_convert(struct work *w);
NODISCARD enum status ledger_plan_reserve(struct work *w);
NODISCARD enum status ledger_plan_joint(struct work *w);
NODISCARD enum status ledger_plan_post(struct work *w);
NODISCARD enum status ledger_plan_void(struct work *w);
NODISCARD enum status ledger_plan_lapse(struct work *w);
NODISCARD enum status ledger_write_reserve(struct work *w);
NODISCARD enum status ledger_write_post(struct work *w);
NODISCARD enum status ledger_write_void(struct work *w);
NODISCARD enum status ledger_plan_request(struct work *w);
NODISCARD enum status ledger_plan_amend(struct work *w);
NODISCARD enum status ledger_plan_approve(struct work *w);
NODISCARD enum status ledger_plan_cancel(struct work *w);
NODISCARD enum status ledger_plan_batch(struct work *w);
NODISCARD enum status ledger_plan_bank(struct work *w);
NODISCARD enum status ledger_write_request(struct work *w);
NODISCARD enum status ledger_write_amend(struct work *w);
NODISCARD enum status ledger_write_approve(struct work *w);
NODISCARD enum status ledger_write_cancel(struct work *w);
NODISCARD enum status ledger_write_batch(struct work *w);
NODISCARD enum status ledger_write_bank(struct work *w);
NODISCARD enum status ledger_plan_reclaim(struct work *w);
NODISCARD enum status ledger_plan_recover(struct work *w);
NODISCARD enum status ledger_plan_reverse(struct work *w);
NODISCARD enum status ledger_write_reclaim(struct work *w);
NODISCARD enum status ledger_write_recover(struct work *w);
NODISCARD enum status ledger_write_reverse(struct work *w);

/* Of several of them. */
/* The only open reservation of `about`, of a payment or clawback; LEDGER-ENDED. */
NODISCARD enum status ledger_end_only(struct work *w, enum phase phase, int64_t amount);
NODISCARD enum status ledger_write_ends(struct work *w);
NODISCARD enum status ledger_write_holds(struct work *w);

#endif
