/* pop_int.h - what the files of grade/ share: peers in order, and exact statistics of them. */
#ifndef GECI_GRADE_POP_INT_H
#define GECI_GRADE_POP_INT_H

#include "grade/big.h"
#include "grade/figures_int.h"
#include "grade/pop.h"

enum { SHARE_SCALE = 12 }; /* decimals of pop_in.arg */

static inline bool cell_is_definite(Cell c)
{
    return c.lo == c.hi;
}

/* One value that left the sorted ones, and one that came: `at` is as it was before. */
struct swap {
    bool has_out, has_in;
    Wide out, in;
    Big sum, square; /* after the swap: of the values and of their squares; for moments and sums */
};

/* Values of one peer group: ascending at `at`, or 64-bit figures. */
struct peers {
    Wide *at;
    uint32_t n;              /* of the values, after the swap */
    struct figures *figures; /* NULL: they are at `at` */
    bool mirrored;           /* the values are the figures with their signs changed */
    const struct swap *swap; /* NULL: nobody moves; none where there are figures */
};
/* The i-th least; of figures that are not mirrored. */
Wide peers_nth(const struct peers *p, uint32_t i);

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
/* Ascending; `buffer` has room for n. */
void peers_sort(Wide *v, uint32_t n, Wide *buffer);
/* How many are less than v, and equal to it. O(log n). Figures must be sorted. */
struct place {
    uint32_t below, equal;
};
struct place peers_find(const struct peers *p, Wide v);

/* n * value - sum for each value: the deviation from the mean, times n, exact. */
struct moments {
    uint32_t n;
    Big sum; /* of the values */
    Big d2;  /* of the squared deviations, times n squared */
};
struct moments *stat_moments(struct arena *tmp, const struct peers *p);
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

/* One group, or everybody, under one function. */
struct scene {
    const struct pop_in *in;
    const struct peers *peers;
    Cell same;        /* what a GROUP_* function gives everybody, or what imputing puts in */
    Wide least, most; /* MINMAX: 0 and 1 stand here; WINSOR, UNSKEW: at `to` */
    bool has_least, has_most;
    bool overflows;          /* a statistic does */
    struct moments *moments; /* ZSCORE, GROUP_SD */
    uint32_t den;
    Root root;
};
/* Statistics of the group, before its rows; moments are made on `tmp`. */
void scene_open(struct arena *tmp, struct scene *s, const struct pop_in *in, const struct peers *p);
/* Is there nothing to compare with? */
bool scene_is_empty(const struct scene *s);
/* What a row of the group gets whose x is this. False: overflow. Not for RANK and BOARD. */
NODISCARD bool scene_cell(Cell *out, const struct scene *s, Cell x);
bool pop_is_mirrored(const struct pop_in *in);
bool pop_is_imputing(const struct pop_in *in);

/* The ranked rows of one group, turned so that more is better. */
struct ranked {
    const struct peers *lo, *hi; /* worse and better ends */
    const struct peers *fixed;   /* distinct definite values; for dense ranks, as is: */
    const struct peers *loose;   /* better ends of those that are not definite */
};
/* `c` as ranks see it: the other way round where little is good. */
Cell rank_turned(const struct pop_in *in, Cell c);
/* Is it bounded on both sides? */
bool rank_has(Cell c);
/* The place of a turned cell that is one of the ranked. */
Cell rank_place(const struct pop_in *in, const struct ranked *r, Cell x);
/* Sorted values, each once. Returns how many are left. */
uint32_t peers_distinct(Wide *v, uint32_t n);

/* Outlier treatment: the `low` least and `high` greatest cells take the value next to them. */
struct treated {
    uint32_t low, high;
};
struct treated stat_unskew(const struct peers *p, Wide skew, Wide kurtosis, Wide most);

#endif
