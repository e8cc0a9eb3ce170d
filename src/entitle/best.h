/* best.h - which of several awards to take, where some exclude each other and sums are capped.
 *
 *     amounts 25 10 5 | 50 250        exclusions: within each bar one only       cap of all: 260
 *     taken   25      |    250        total 260
 *
 * Exact: no other choice comes to more; of choices that come to the same, the one that takes the
 * earlier awards. Work is done cluster by cluster: awards that are tied by an exclusion or a cap.
 * A cluster of which all exclude each other, or none, takes one pass; any other is searched, branch
 * and bound, and the search gives up beyond BEST_STEPS_MAX (ERR_LIMIT).
 */
#ifndef GECI_ENTITLE_BEST_H
#define GECI_ENTITLE_BEST_H

#include "base/base.h"

struct arena;

enum { BEST_MAX = 64, BEST_STEPS_MAX = 1 << 20 };
/* An amount without an upper end, and the largest that may be given: sums of 64 stay in range. */
#define BEST_OPEN ((int64_t)1 << 56)

struct best_cap {
    uint64_t member; /* a bit each; caps share no member */
    int64_t most;
};
struct best_problem {
    uint32_t n;
    uint64_t excludes[BEST_MAX]; /* of each, those it does not go with; symmetric */
    const struct best_cap *cap;
    uint32_t cap_n;
};

enum best_form { BEST_ALL, BEST_ONE, BEST_SEARCH };
struct best_cluster {
    uint64_t member;
    enum best_form form;
    int64_t most; /* BEST_ALL and BEST_ONE: of the one cap, or BEST_OPEN */
};
struct best {
    struct best_problem of;
    struct best_cluster cluster[BEST_MAX];
    uint32_t cluster_n;
};

/* Finds the clusters. The caps must outlive `out`. */
void best_open(struct best *out, const struct best_problem *p);
/* Amounts are 0 to BEST_OPEN; those of 0 are never taken. */
NODISCARD enum status best_of_cluster(const struct best *b, const struct best_cluster *k,
                                      const int64_t *amount, uint64_t *chosen, int64_t *total);
NODISCARD enum status best_choose(const struct best *b, const int64_t *amount, uint64_t *chosen,
                                  int64_t *total);
/* What a choice comes to under the caps. */
int64_t best_worth(const struct best_problem *p, const int64_t *amount, uint64_t chosen);

#endif
