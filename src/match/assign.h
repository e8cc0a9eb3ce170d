/* assign.h - who gets whom, for all needs at once: the pairs with the highest sum of scores that
 * keep every limit.
 *
 *     pairs with scores, limits  ->  flow of least cost  ->  pairs taken, prices
 *
 * As many pairs as the limits allow, and among those ways the one of highest sum; where not all can
 * be served, groups (towns, chains) first get what they are promised. Exact: the prices prove it,
 * by the bound that they set on every other way. Always the same way among equals.
 *
 * A price says what one more place with a supply would add to the sum, at most: where to ask "what
 * if". A pair more counts `pair_worth`, which no gain in scores makes up for.
 *
 * Cost: 51,541 needs of 64 pairs each a quarter to half a second (bench/assign.c), a few where
 * promises to large groups cannot be kept; 80 bytes a pair.
 */
#ifndef GECI_MATCH_ASSIGN_H
#define GECI_MATCH_ASSIGN_H

#include "base/base.h"

struct arena;

enum assign_lock { ASSIGN_FREE, ASSIGN_IN, ASSIGN_OUT };

enum { ASSIGN_SCORE_MAX = 1000000, ASSIGN_NODES_MAX = 1 << 20 };

struct assign_pair {
    uint32_t need, supply;
    int32_t score; /* 0 .. ASSIGN_SCORE_MAX */
    uint8_t lock;  /* enum assign_lock: by an officer, before anything is weighed */
};

struct assign_task {
    struct assign_pair *pair; /* each (need, supply) once, by need */
    uint32_t pair_n;
    uint32_t need_n, supply_n, group_n;
    const uint16_t *wants;    /* of each need: pairs at most */
    const uint16_t *capacity; /* of each supply: pairs at most */
    const uint32_t *group;    /* of each need; NULL: one group without a promise */
    const uint32_t *floor;    /* of each group: pairs at least, as far as it has them */
};

struct assignment {
    bool *taken;          /* of each pair */
    int64_t *price;       /* of each supply; 0: it has room */
    int64_t *group_price; /* of each group: what one place less that it was promised would add */
    int64_t pair_worth, promise_worth;
    uint32_t n;      /* pairs taken */
    int64_t score;   /* their sum */
    uint32_t *got;   /* pairs of each group */
    uint32_t bad_at; /* ERR_INPUT: the locked pair that breaks a limit */
};

/* On `keep`. ERR_INPUT: what is locked breaks a limit, nothing else is set. */
NODISCARD enum status assign_run(struct arena *keep, const struct assign_task *t,
                                 struct assignment *out);

/* By the prices alone: no way that keeps the limits, not even one that shares pairs out, is better.
 * Whoever doubts the search need not. */
bool assign_is_best(const struct assign_task *t, const struct assignment *x);

#endif
