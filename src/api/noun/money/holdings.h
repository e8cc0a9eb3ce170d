/* holdings.h - points and payments of each subject and year, kept for as long as nothing was done.
 *
 * The ledger knows identities, the rosters whose they are; both take a tenth of a second to go
 * through for thirty thousand accounts, so what was found is kept until the next act. Nothing here
 * asks who may see it: whoever reads it looks the subjects up within a scope. Threads: any that may
 * wait.
 */
#ifndef GECI_API_HOLDINGS_H
#define GECI_API_HOLDINGS_H

#include "base/base.h"

struct arena;
struct call;
struct holdings;

struct holding { /* points in 1/10000, money in fen */
    Str owner, kind;
    int64_t subject, year;
    int64_t held, spent, expired, paid, claimed;
};

struct holdings *holdings_open(struct arena *keep);
void holdings_close(struct holdings *h);
/* By owner, then year; of subjects that some roster holds. On OK the caller has them alone until
 * holdings_give. */
NODISCARD enum status holdings_take(struct call *c, const struct holding **out, size_t *n);
void holdings_give(struct call *c);

#endif
