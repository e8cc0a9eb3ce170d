/* many.h - one operation for each of many subjects, in one act. */
#ifndef GECI_LEDGER_MANY_H
#define GECI_LEDGER_MANY_H

#include "ledger/ledger.h"
#include "ledger/simulate.h"

struct ledger_many {
    int64_t subject_n, points_e4, fen;
    int64_t rate_fen; /* of a settlement: fen a point */
    int64_t below_n;  /* with fewer points than its floor, or worth no fen: kept */
    int64_t capped_n;
    int64_t cut_e6;    /* paid of what was worth; 1,000,000: all */
    int64_t unknown_n; /* of a run: whose points are not known, who got none */
};

/* One for all, made one for each: “3” and a code are “3/CODE”; nothing stays nothing. */
Str ledger_each(struct arena *keep, Str all, Str subject);
/* A client id for an operation that came without one. */
Str ledger_own_client(struct arena *keep, const struct ledger *l);

/* Issues what `item` of a final run gives each subject as points of all->policy and all->year. The
 * run is settled by it, so that it cannot be issued again. */
NODISCARD enum status ledger_issue_run(struct ledger *l, struct arena *keep,
                                       const struct ledger_op *all, int64_t run, Str item,
                                       struct ledger_many *out);
/* Turns the points held of all->policy and all->year into money owed, by all->decision, at the
 * year's rate: see ledger_settle for the fen. `limits` as tried out by simulate_settle, whose
 * figures these are, without a rate; NULL: none. They are noted on every operation. */
NODISCARD enum status ledger_convert_all(struct ledger *l, struct arena *keep,
                                         const struct ledger_op *all,
                                         const struct simulate_terms *limits,
                                         struct ledger_many *out);

#endif
