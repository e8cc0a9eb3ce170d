/* ledger.h - points and money: what was asked, why, and what it moved.
 *
 *     external --issue--> held --spend--> spent          points, 1/10000
 *                           | `--expire--> expired
 *                           `--convert--> spent, and money at the year's rate:
 *
 *     external --budget--> budget --allocate--> pool --reserve, post--> payable     money, fen
 *                                                                          |
 *       external <--paid-- bank <--approve (two others than the maker)-- request
 *                           `--bounce--> payable
 *     external --clawback, recover--> clawback --> pool
 *
 * An operation (struct ledger_op) is one thing asked for. It is refused, and says why in `ds` with
 * nothing written, or it is written with all its transfers: every transfer takes an amount from one
 * account (debit) and gives it to another (credit), so that all balances of a unit add up to 0, and
 * only the external accounts go below 0. Transfers are never changed. One may be in two phases: a
 * reservation holds an amount until it is posted (whole or in part: the rest is free again), voided
 * or lapses. What was posted by mistake is reversed by an operation that names it.
 *
 * `client` is the asker's own id of the operation: asked again with the same content, the answer is
 * the first one's; with other content it is refused.
 *
 * Rounding: an amount of money is cut down to the fen; of a sum split by shares the last share
 * takes what is left; of a settlement among many see ledger_settle.
 *
 * Errors: ERR_INPUT with a diagnostic LEDGER-..: refused, the act goes on; ERR_DENIED the same, of
 * a person who may not. Anything else comes from the store: roll the act back.
 * Threads: one operation at a time in a county: act_begin sees to it.
 * Cost: some ten statements an operation.
 */
#ifndef GECI_LEDGER_LEDGER_H
#define GECI_LEDGER_LEDGER_H

#include "audit/act.h"
#include "base/base.h"
#include "base/day.h"
#include "base/diag.h"

struct arena;
struct buf;
struct digest;

/* Stored: never renumbered. */
enum ledger_account_kind {
    LEDGER_BUDGET = 1, /* of a level of government, a line and a year */
    LEDGER_POOL,       /* of a level, a policy and a year; filled by one budget */
    LEDGER_PAYABLE,    /* owed to a subject */
    LEDGER_BANK,       /* approved, on the way to or at the bank */
    LEDGER_CLAWBACK,   /* to be paid back by a subject */
    LEDGER_HELD,       /* points of a subject, a policy and a year */
    LEDGER_SPENT,
    LEDGER_EXPIRED,
    LEDGER_MONEY_OUTSIDE, /* from here on below 0 too */
    LEDGER_POINTS_OUTSIDE,
};

/* Stored: never renumbered. In brackets what it needs beyond client, day and who; `=` what a field
 * means there. */
enum ledger_kind {
    LEDGER_OPEN = 1,  /* a budget [item=line year], or with a policy its pool [item extra=year of
                         the budget, 0: the same] */
    LEDGER_RAISE,     /* a budget [item year amount decision] */
    LEDGER_LOWER,     /* takes back what is left of it */
    LEDGER_ALLOCATE,  /* from its budget to a pool [policy year amount] */
    LEDGER_RATE,      /* fen a point from `day` on [policy year amount=low extra=high decision] */
    LEDGER_CAP,       /* on each subject, or on a group as a whole [policy year grp? amount] */
    LEDGER_LIFE,      /* how many years points live after their own [policy extra decision] */
    LEDGER_GROUP,     /* a subject belongs to a group from now on [subject grp] */
    LEDGER_ISSUE,     /* points [subject policy year amount receipt] */
    LEDGER_SPEND,     /* points on something else than money [subject policy year amount note] */
    LEDGER_EXPIRE,    /* all points left of a year that is over its life [subject policy year] */
    LEDGER_CONVERT,   /* points to money owed [subject policy year amount decision; extra=fen] */
    LEDGER_RESERVE,   /* money for a subject, perhaps in stages [subject policy year amount decision
                         receipt; item share extra=last day] */
    LEDGER_JOINT,     /* the same from pools of several levels, by share */
    LEDGER_POST,      /* what was reserved is owed now [about; extra=stage amount] */
    LEDGER_VOID,      /* a reservation or a clawback is given up [about note; extra=stage] */
    LEDGER_LAPSE,     /* a reservation past its last day [about] */
    LEDGER_REQUEST,   /* asks to pay what is owed [about=post or convert; amount payee] */
    LEDGER_AMEND,     /* its payee; approvals start anew [about extra=version payee] */
    LEDGER_APPROVE,   /* [about extra=version] */
    LEDGER_CANCEL,    /* a payment not yet approved [about note] */
    LEDGER_BATCH,     /* all approved payments go to the bank */
    LEDGER_RECLAIM,   /* clawback: a paid amount is asked back [about=payment amount decision] */
    LEDGER_RECOVER,   /* it came back, the rest is waived [about; amount] */
    LEDGER_REVERSE,   /* [about note] */
    LEDGER_PAID,      /* says the bank [about] */
    LEDGER_BOUNCE,    /* it could not pay [about] */
    LEDGER_RECONCILE, /* a bank's file was read [item=its SHA-256] */
    LEDGER_KIND_N
};

enum ledger_state { /* of a payment; stored */
                    LEDGER_REQUESTED = 1,
                    LEDGER_APPROVED,
                    LEDGER_SENT,
                    LEDGER_SETTLED,
                    LEDGER_BOUNCED,
                    LEDGER_CANCELLED
};

enum { LEDGER_SHARES_MAX = 24, LEDGER_APPROVERS = 2, LEDGER_PART_BITS = 20 };
#define LEDGER_AMOUNT_MAX INT64_C(10000000000000) /* 100 billion yuan, a billion points */

struct ledger_share {
    Str level;      /* LEDGER_JOINT: whose pool */
    int64_t weight; /* 1 and 2 for 1:2; 50 and 50 for halves */
    Day from_day;   /* LEDGER_RESERVE: not posted before */
};

struct ledger_payee {
    Str name, bank, account;
};

struct ledger_op {
    enum ledger_kind kind;
    Day day;
    bool day_said; /* by the asker: a part of what is asked */
    Str client, who;
    Str subject, policy, level, item, grp, decision, note;
    int year;
    int64_t amount, extra, about;
    bool limited; /* CONVERT: `extra` may be below the worth, as a settlement's terms have it */
    Str receipt, rules, snapshot, evidence; /* what it stands on; hashes in hex */
    struct ledger_payee payee;
    const struct ledger_share *share;
    size_t share_n;
};

struct ledger {
    struct act *act;
    struct arena *tmp; /* empty between operations */
    struct diags *ds;  /* on another arena */
    struct digest *digest;
    int64_t op_n, account_n, transfer_n, basis_n, payee_n, approval_n, line_n;
};

struct ledger_done {
    int64_t op;
    int64_t amount; /* that moved: what expired, what was sent .. */
    bool again;     /* it had been done before */
};

/* Within an act, once. `tmp` is reset by every operation and must not hold `ds`. */
void ledger_begin(struct ledger *l, struct act *act, struct arena *tmp, struct diags *ds);
void ledger_end(struct ledger *l);
NODISCARD enum status ledger_do(struct ledger *l, const struct ledger_op *op,
                                struct ledger_done *done);

/* Numbers of rows: act and n in one. */
int64_t ledger_id(int64_t act, int64_t n);
int64_t ledger_id_act(int64_t id);
int64_t ledger_id_n(int64_t id);
Str ledger_id_str(struct arena *keep, int64_t id); /* 12-0 */
NODISCARD bool ledger_parse_id(int64_t *id, Str text);

const char *ledger_kind_name(enum ledger_kind kind, enum lang lang);
const char *ledger_account_name(enum ledger_account_kind kind, enum lang lang);
const char *ledger_state_name(enum ledger_state state, enum lang lang);
bool ledger_is_points(enum ledger_account_kind kind);

Str ledger_fen_str(struct arena *keep, int64_t fen);   /* 1,234.50 */
Str ledger_points_str(struct arena *keep, int64_t e4); /* 1,234.5 */

enum { LEDGER_FEN_DECIMALS = 2, LEDGER_POINT_DECIMALS = 4 };
/* “12.5” with at most so many decimals as a whole number of the last; exact. False: it is none, is
 * below 0, has more decimals, or is beyond LEDGER_AMOUNT_MAX. */
NODISCARD bool ledger_parse_amount(int64_t *out, Str text, int decimals);

#endif
