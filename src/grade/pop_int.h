/* pop_int.h - what the files of grade/ share: peers in order, and exact statistics of them. */
#ifndef GECI_GRADE_POP_INT_H
#define GECI_GRADE_POP_INT_H

#include "grade/big.h"
#include "grade/pop.h"

enum { SHARE_SCALE = 12 }; /* decimals of pop_in.arg */

static inline bool cell_is_definite(Cell c)
{
    return c.lo == c.hi;
}

/* Values of one peer group, ascending. */
struct peers {
    Wide *at;
    uint32_t n;
};

/* Every row in the order of its group.
 *
 *     row  [ rows of group 0 | rows of group 1 | .. | rows in no group ]
 *            beg[0]            beg[1]                 beg[group_n]        beg[group_n + 1]
 */
struct crowd {
    uint32_t group_n;
    uint32_t *row, *beg;
};
void crowd_open(struct arena *tmp, struct crowd *c, const struct pop_in *in);
/* The keys of the rows that count (1, else 0), sorted by group; [group_n] are those of all rows, in
 * a group or not, gathered only where a minimum of the group may ask for them. `key` and `counts`
 * have row_n entries. */
struct peers *crowd_sort(struct arena *tmp, const struct crowd *c, const struct pop_in *in,
                         const Wide *key, const uint8_t *counts);
/* How many are less than v, and equal to it. O(log n). */
struct place {
    uint32_t below, equal;
};
struct place peers_find(const struct peers *p, Wide v);

/* n * value - sum for each value: the deviation from the mean, times n, exact. */
struct moments {
    const struct peers *peers;
    Big sum; /* of the values */
    Big d2;  /* of the squared deviations, times n squared */
};
void stat_moments(struct moments *m, const struct peers *p);
/* All exact, then rounded half up from `scale` to `to` decimals; false on overflow. n > 0. */
NODISCARD bool stat_sum(Wide *out, const struct peers *p, int scale, int to);
NODISCARD bool stat_mean(Wide *out, const struct peers *p, int scale, int to);
NODISCARD bool stat_quantile(Wide *out, const struct peers *p, Wide share, int scale, int to);
/* `den` is what the squares are divided by: n - 1 or n, not 0. */
NODISCARD bool stat_sd(Wide *out, const struct moments *m, uint32_t den, int scale, int to);
/* (v - mean) / sd; 0 if nothing deviates. `root` comes from stat_root, once for the group. */
typedef struct Root {
    Wide m; /* sqrt(d2 / den), to within one unit of its last decimal; 0 or 1: too coarse to use */
    int scale;
} Root;
Root stat_root(const struct moments *m, uint32_t den);
NODISCARD bool stat_z(Wide *out, const struct moments *m, uint32_t den, Wide v, Root root, int to);

/* Outlier treatment: the `low` least and `high` greatest cells take the value next to them. */
struct treated {
    uint32_t low, high;
};
struct treated stat_unskew(const struct peers *p, Wide skew, Wide kurtosis, Wide most);

#endif
