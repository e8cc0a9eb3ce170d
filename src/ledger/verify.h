/* verify.h - is the ledger sound? Everything derived is made again from what is sealed.
 *
 * Checked: balances of a unit add up to 0; each is the sum of its transfers, pending included, and
 * nothing pends beyond it; reservations and their days, use of caps, once-only keys, groups, what
 * is due and the states of payments are what the operations say; what left for the bank was
 * approved by two others than its maker, decided, and came from a budget; rows are numbered without
 * a gap; nothing stands alone. That the sealed rows themselves were not changed is for the chain of
 * acts to say.
 * Cost: some ten passes over the transfers, in the database.
 */
#ifndef GECI_LEDGER_VERIFY_H
#define GECI_LEDGER_VERIFY_H

#include "base/base.h"
#include "base/diag.h"

struct arena;
struct db_conn;

struct ledger_report {
    int64_t fault_n, op_n, transfer_n, payment_n, paid_fen;
    int64_t issued_e4, held_e4, spent_e4, expired_e4;
};

/* OK whether or not there are faults: each is a LEDGER-FAULT in `ds`. Within a transaction. */
NODISCARD enum status ledger_verify(struct db_conn *c, struct arena *tmp, Str county,
                                    struct ledger_report *out, struct diags *ds);

#endif
