/* trace.h - where a payment comes from, and where it went: from the bank's answer back through
 * approvals and the debt to the decision and what it stands on.
 *
 * Cost: some ten statements.
 */
#ifndef GECI_LEDGER_TRACE_H
#define GECI_LEDGER_TRACE_H

#include "ledger/ledger.h"

struct db_conn;

struct ledger_traced { /* an operation on the way; op 0: there is none */
    int64_t op;
    enum ledger_kind kind;
    Day day;
    Str who, note;
    int64_t amount, extra; /* of struct ledger_op */
};

struct ledger_approved {
    Str who;
    int64_t act, at_us;
};

struct ledger_stand {      /* what it stands on */
    int64_t op, points_e4; /* of a conversion: where points were issued; 0 otherwise */
    Str receipt, rules, snapshot, evidence;
};

/* What a sound payment has, and this one lacks. A bit each. */
enum { LEDGER_LACKS_APPROVERS = 1, LEDGER_LACKS_DECISION = 2, LEDGER_LACKS_RECEIPT = 4 };
const char *ledger_lack_name(unsigned bit, enum lang lang);

struct ledger_trace {
    int64_t payment;
    enum ledger_state state;
    int64_t version, amount, claimed; /* fen; claimed: asked back */
    struct ledger_payee payee;
    struct ledger_traced answer;   /* of the bank: paid or bounced */
    int64_t batch_act, batch_line; /* the file to the bank and the line in it, from 1; 0: none */
    struct ledger_approved *approval;
    size_t approval_n;
    struct ledger_traced request, due, root; /* asked; owed; and why: a grant or a conversion */
    Str subject, policy, decision;
    int year;
    struct ledger_stand *stand;
    size_t stand_n;
    unsigned lacks;
};

/* All of a payment, on `keep`. ERR_GONE: there is no such payment. Within a transaction. */
NODISCARD enum status ledger_trace(struct db_conn *c, struct arena *keep, Str county,
                                   int64_t payment, struct ledger_trace *out);

#endif
