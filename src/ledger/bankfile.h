/* bankfile.h - the file that asks the bank to pay: a line for each payment of a batch, CSV. */
#ifndef GECI_LEDGER_BANKFILE_H
#define GECI_LEDGER_BANKFILE_H

#include "base/base.h"

struct arena;
struct buf;
struct db_conn;

/* The batch of that act, with its head; the same bytes every time. `*n`: how many payments. */
NODISCARD enum status ledger_bank_file(struct db_conn *c, struct arena *keep, Str county,
                                       int64_t act, struct buf *out, int64_t *n);

#endif
