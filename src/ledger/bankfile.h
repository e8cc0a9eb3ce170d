/* bankfile.h - the file that asks the bank to pay: a line for each payment of a batch, and control
 * totals by which the treasury and the bank see that they read all of it, and nothing else:
 * how many payments, what they come to, both for each bank, and a SHA-256 over `number,account,
 * amount` of each line in order, each ended by a line feed.
 */
#ifndef GECI_LEDGER_BANKFILE_H
#define GECI_LEDGER_BANKFILE_H

#include "sheet/out.h"

struct arena;
struct buf;
struct db_conn;

struct bank_order {
    Str county;
    int64_t act; /* of the batch */
    enum out_form form;
};
/* The same bytes every time. `*n`: how many payments; 0: no such batch. Errors as out.h. */
NODISCARD enum status ledger_bank_file(struct db_conn *c, struct arena *keep,
                                       const struct bank_order *order, struct buf *out, int64_t *n);

#endif
