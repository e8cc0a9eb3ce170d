/* ledger.h - what the handlers of points and money share: figures as they cross. */
#ifndef GECI_API_LEDGER_H
#define GECI_API_LEDGER_H

#include "api/call.h"
#include "ledger/ledger.h"
#include "ledger/simulate.h"

/* Decimal texts: 10180.00 and 12.5. */
Str ledger_yuan(struct call *c, int64_t fen);
Str ledger_points(struct call *c, int64_t e4);

/* Terms of a settlement; what is not given stays. False: one is no amount. */
NODISCARD bool ledger_terms(struct simulate_terms *out, Str rate, Str floor, Str cap, Str budget);

/* The number of an operation from the path or the body; refused otherwise, and `name` says where it
 * was. */
NODISCARD enum status ledger_op_number(struct call *c, int64_t *out, const char *name, Str text);

#endif
