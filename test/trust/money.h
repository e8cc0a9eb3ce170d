/* money.h - what the writers of kill.c do in the ledger, step by step and from the start again:
 * points are issued, spent and turned into money, which is asked for, approved by two, sent, paid,
 * asked back and recovered; a grant is reserved and owed; a spending is reversed. Some steps are
 * two operations of one act. A step that nobody knows the end of is asked again under its name,
 * as clients do. */
#ifndef GECI_TEST_TRUST_MONEY_H
#define GECI_TEST_TRUST_MONEY_H

#include "ledger/verify.h"
#include "test/trust/trust.h"

enum { MONEY_OPS = 2, MONEY_SLOTS = 6 };

/* What the writer does wrong. */
enum defect { SOUND, HALF_ENTRY, DONE_TWICE, NOT_DONE, TOLD_EARLY, DEFECTS };

struct money {
    int64_t step;              /* the next one */
    int64_t slot[MONEY_SLOTS]; /* operations that later steps go on from */
    int64_t op[MONEY_OPS];     /* of the last step; 0: none */
};

/* Budget, pool and rate, unless they are there. */
NODISCARD enum status money_start(struct work *k);
/* The next step, in an act of its own that is committed; *no is its number. */
NODISCARD enum status money_step(struct money *m, struct work *k, int64_t token, enum defect wrong,
                                 int64_t *no);
/* What a step adds to the figures of the ledger. */
void money_add(struct ledger_report *sum, int64_t step);

/* A look at the ledger later: `geci ledger verify`, and whether the operations of these steps are
 * there. False: `said` has why. */
struct money_look {
    struct ledger_report report;
    int64_t lost; /* operations that are not there as they were told */
    char said[512];
};
bool money_look(struct arena *a, struct money_look *out, Str url, const struct money *told,
                size_t n);

#endif
