/* receipt.h - what points and grants stand on: receipts of runs.
 *
 * A receipt is written RUN/IDENTITY. Where the run is of this store it must be final, the receipt
 * exist and be that subject's, and rules and snapshot are the run's. Where there is no such run the
 * receipt is from elsewhere, such as a year before the store: then whoever asks gives both hashes.
 */
#ifndef GECI_LEDGER_RECEIPT_H
#define GECI_LEDGER_RECEIPT_H

#include "ledger/ledger.h"

struct run_view;

/* Fills in rules and snapshot; LEDGER-RECEIPT.. when it does not stand. Without a receipt, nothing:
 * ledger_do says what is missing. Hashes live on v->keep. */
NODISCARD enum status ledger_receipt(const struct run_view *v, struct ledger_op *op);

struct ledger_score {
    Str identity;
    int64_t e4;
};

/* What an item of a final run gives each subject as points: above 0, and known. How many have no
 * known value is `unknown_n`. LEDGER-ITEM, RUN-STATE. */
NODISCARD enum status ledger_scores(const struct run_view *v, int64_t run, Str item,
                                    struct ledger_score **out, size_t *n, int64_t *unknown_n);

#endif
