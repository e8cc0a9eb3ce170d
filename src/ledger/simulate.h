/* simulate.h - what a year's settlement of points would come to under other terms. Pure: nothing is
 * decided or paid here; what is decided goes through ledger_settle, whose figures these are when
 * nothing but a rate is set.
 *
 *     points --floor--> those who count --rate--> worth, to the fen --cap--> each at most
 *            --budget--> where all together come to more, everybody is cut by the same share
 */
#ifndef GECI_LEDGER_SIMULATE_H
#define GECI_LEDGER_SIMULATE_H

#include "base/base.h"

struct arena;

struct simulate_terms {
    int64_t rate_fen;   /* a point */
    int64_t floor_e4;   /* with fewer points one gets nothing */
    int64_t cap_fen;    /* of each; 0: none */
    int64_t budget_fen; /* of all; 0: none */
};
struct simulate_out {
    int64_t *fen;      /* of each */
    int64_t points_e4; /* of those who count */
    int64_t worth_fen; /* at the rate, under the caps */
    int64_t total_fen; /* within the budget */
    size_t payee_n, below_n, capped_n;
    int64_t cut_e6;                        /* total of worth; 1,000,000: no cut */
    int64_t gini_e6;                       /* of what payees get: 0 all alike */
    int64_t top1_e6, top10_e6, first10_e6; /* share of the best 1 %, 10 % (at least one), ten */
};
/* False: beyond what a transfer takes. */
NODISCARD bool simulate_settle(struct arena *keep, struct simulate_out *out,
                               const int64_t *points_e4, size_t n, const struct simulate_terms *t);

/* budget * worth / sum of worths, cut down to the fen; the fen left over go one each to those who
 * lost the largest part of one, of equal ones to the first. The sum is the budget. */
void simulate_cut(struct arena *tmp, int64_t *fen, const int64_t *worth, size_t n, int64_t budget);
/* Gini coefficient of amounts above 0, in millionths, half up. 0 where there are none. */
int64_t simulate_gini(struct arena *tmp, const int64_t *fen, size_t n);

struct simulate_group {
    Str name;
    size_t n; /* payees */
    int64_t points_e4, fen;
};
/* The same by a label of each, in order of the labels. */
size_t simulate_by(struct arena *keep, struct simulate_group **out, const struct simulate_out *s,
                   const int64_t *points_e4, const Str *label, size_t n);

#endif
