/* robust_int.h - the score tree as integers.
 *
 *     column   one subject, at the low end of its score; behind them one more for each open
 *              subject, at the high end
 *     node     value = round((sum of coef[segment][child] * x[child]) / unit[segment]), clamped
 *     part     what a node adds up: a leaf's column of values or another node
 */
#ifndef GECI_ROBUST_ROBUST_INT_H
#define GECI_ROBUST_ROBUST_INT_H

#include "base/arena.h"
#include "robust/robust.h"

enum { BLOCK_COLUMNS = 1024, PARTS_MAX = 256, SEGMENTS_MAX = 64 };

/* Rounded division by a number known beforehand: (|v| + bias) * magic >> shift, exact for
 * |v| + bias < 2^62 (Granlund and Montgomery 1994). */
struct divide {
    uint64_t by, magic;
    uint64_t bias[2]; /* of a positive, of a negative */
    int shift;        /* behind the upper 64 bits of the product */
    bool even;        /* 四舍六入五成双 */
};
struct means; /* mean.c: tables */
struct divide divide_of(uint64_t by, enum rounding how);
int64_t divide_round(const struct divide *d, int64_t v);
/* The same for |v| < 2^125 where the quotient is below 2^62. */
int64_t divide_wide(const struct divide *d, Wide v);

struct part {
    uint32_t item;
    int32_t node;  /* index below, or -1 */
    int32_t leaf;  /* index into the tree's, or -1 */
    int64_t reach; /* no value is further from 0 */
    bool shaken;
    int sign; /* -1: 扣分 */
};

/* A column of values under each combination of the levels of the assumptions it stands on. */
enum { DEPENDS_MAX = 8 };
struct leaf {
    uint32_t item;
    int sign;
    uint32_t on[DEPENDS_MAX], stride[DEPENDS_MAX], on_n; /* assumptions */
    const int64_t **column; /* [combination]; [0]: the document as it is */
};

struct node {
    uint32_t item;
    enum op agg;
    struct part *part;
    uint32_t part_n, segment_n;
    const uint8_t *segment; /* of each column; NULL: there is one */
    Wide *weight;           /* [segment][part], nominal, at weight_scale + ROBUST_DECIMALS */
    int64_t *times;         /* [segment][part]: coefficient = weight * times, or times alone */
    struct divide *unit;    /* [segment] */
    int weight_scale;
    bool points;        /* weights are 满分 */
    bool wide;          /* its sums take 128 bits, its coefficients and values 64 */
    bool clamped;       /* to [0, most] */
    bool capped;        /* to at most `cap` */
    int64_t most, cap;  /* at the scale of the item */
    bool *zero;         /* columns held at 0 (一票否决, 适用); or NULL */
    int64_t reach;      /* no value is further from 0 */
    uint32_t coef_at;   /* of its first coefficient */
    int32_t *weight_id; /* [segment][part]: robust_factor, or -1 */
    bool ranged;        /* 浮动: its weights go as far as spread_ppm says */
    uint32_t spread_ppm;
};

struct tree {
    struct arena *keep;
    const struct result *res;
    uint32_t score;
    uint32_t spread_ppm; /* of groups without 浮动 */
    struct leaf *leaf;
    size_t leaf_n, leaf_cap;
    struct node *node; /* children first; the last is the score */
    size_t node_n, node_cap;
    uint32_t coef_n;
    uint32_t *row; /* of each column */
    uint32_t subject_n, column_n;
    uint8_t *why;         /* enum robust_why of each item */
    bool *skip, *open;    /* rows left out; rows whose score is not settled, in any tree */
    const int64_t *reach; /* of each item: no other column of it goes further */
    const struct means *means;
    struct robust_factor *weight;
    size_t weight_n, weight_cap;
};

/* Everything but keep, res, score, why, skip and open is made; skip may grow. False: no group. */
NODISCARD bool robust_tree(struct tree *t);
/* The values of an item in the columns: low ends, then high ends of the open subjects. */
int64_t *robust_column(const struct tree *t, const struct result *res, uint32_t item, int sign);
bool robust_is_bounded(Cell c);

/* tree_node.c: the weights of one group, and where they go by segment the table that does it. */
const struct table *robust_segments(const struct rules *r, const struct node *n);
/* Its coefficients and units, when the parts have their values. Says why it cannot be shaken. */
enum robust_why robust_node(struct tree *t, struct node *n);

/* weights.c: one set of weights. */
struct shake {
    uint64_t seed;
    uint32_t draw, spread_ppm;
    int32_t only; /* >= 0: this weight alone, to its end `high` */
    bool high, none;
};
/* A number for each (seed, draw, what); no draw needs another. */
uint64_t robust_hash(uint64_t seed, uint64_t draw, uint64_t what);
uint32_t robust_spread(const struct node *n, uint32_t otherwise);
void robust_shake(const struct tree *t, const struct shake *s, int64_t *coef);
/* The weights of one segment of a node, shaken: they keep their sum. */
void robust_weights(const struct node *n, uint32_t segment, const struct shake *s, Wide *out);

/* total.c: values of columns [beg, beg + n) under coefficients, n <= BLOCK_COLUMNS; the block has
 * room for node_n * BLOCK_COLUMNS. A node needs its children there; the score is the last node. */
struct run_of {
    uint32_t beg, n;
    int64_t *block;
    const int64_t *const *leaf; /* a column for each leaf */
};
void robust_node_total(const struct tree *t, uint32_t j, const int64_t *coef, struct run_of of);
const int64_t *robust_total(const struct tree *t, const int64_t *coef, struct run_of of);

/* assume.c: bounds and 备选. Level 0 is the document as it is; bounds have BOUND_LEVELS more, the
 * lowest first, 备选 one for each. */
enum { ASSUME_MAX = 60, BOUND_LEVELS = 4, TREES_MAX = 16, COMBINATIONS_MAX = 125 };
struct assumption {
    uint32_t item;
    enum robust_kind kind;
    uint32_t spread_ppm, level_n; /* level_n: level 0 included */
    bool sums;                    /* 备选 of a 汇总: it takes another tree */
};
struct assumed {
    struct arena *keep; /* of the results */
    const struct result *base;
    uint32_t score;
    const struct robust_opts *opts;
    struct assumption at[ASSUME_MAX];
    uint32_t n;
    uint64_t *mask; /* of each item: assumptions its value stands on */
    uint8_t *why;   /* of each item whose assumptions were given up */
};
void assumed_open(struct assumed *a, struct arena *keep, const struct result *base, uint32_t score,
                  const struct robust_opts *o);
/* Gives one up. */
void assumed_drop(struct assumed *a, uint32_t i, enum robust_why why);
/* The document under these levels, scored; only the items wanted. False: it cannot be. */
NODISCARD bool assumed_run(const struct assumed *a, struct result **out, const uint8_t *level,
                           const bool *wanted);
/* Its rules alone; NULL: they cannot be. */
const struct rules *assumed_rules(const struct assumed *a, struct arena *keep,
                                  const uint8_t *level);
/* Which assumptions an expression stands on. */
uint64_t assumed_mask(const struct assumed *a, struct expr *const *e, uint32_t n);

/* forest.c: a tree for each combination of ways to add up, all over the same columns. */
struct forest {
    struct tree tree[TREES_MAX];
    uint32_t tree_n;
    uint32_t stride[ASSUME_MAX];     /* of the assumptions on sums; 0: none */
    uint32_t coef_n, node_n, leaf_n; /* of the largest tree */
};
/* ERR_INPUT: nothing to move or nobody to rank. */
NODISCARD enum status forest_open(struct forest *f, struct arena *keep, struct assumed *a);
/* The tree for these levels, and the columns of its leaves. */
const struct tree *forest_at(const struct forest *f, const struct assumed *a, const uint8_t *level,
                             const int64_t **leaf);

/* mean.c: geometric and harmonic means; the parts hold n figures each. */
static inline bool is_mean(enum op agg)
{
    return agg == OP_AGG_GEO || agg == OP_AGG_HARM;
}
const struct means *means_open(struct arena *keep);
struct mean_run {
    const int64_t *part[PARTS_MAX];
    const uint8_t *segment; /* or NULL */
    int64_t *out;
    uint32_t n;
};
void means_of(const struct means *m, const struct node *n, const int64_t *coef,
              const struct mean_run *r);

/* rank.c: 1 + how many of the first `subject_n` values are greater, for each of column_n. */
struct sort_pair {
    uint64_t key;
    uint32_t at;
};
struct ranker {
    struct sort_pair *a, *b;
    uint32_t *count;
    uint32_t subject_n, column_n;
};
void ranker_open(struct ranker *r, struct arena *keep, const struct tree *t);
void ranker_rank(struct ranker *r, uint32_t *rank, const int64_t *value);

/* spread.c: ranks of columns [beg, ranks_end) in every draw. */
enum { TILE_COLUMNS = 64 };
struct ranks {
    void *at;
    bool wide; /* uint32_t, else uint16_t */
    size_t size;
    uint32_t draws, column_n;
    uint32_t beg, span; /* columns held at a time: whole tiles */
};
static inline uint32_t ranks_end(const struct ranks *m)
{
    return m->column_n - m->beg < m->span ? m->column_n : m->beg + m->span;
}
/* As many columns as fit into `bytes`, at least a tile. */
void ranks_open(struct ranks *m, struct arena *keep, uint32_t column_n, uint32_t draws,
                size_t bytes);
void ranks_store(struct ranks *m, uint32_t draw, const uint32_t *rank);
/* All but grade and mover; `nominal` is set. scratch: 2 * draws. */
void ranks_spread(const struct ranks *m, uint32_t column, uint32_t top_n, uint32_t *scratch,
                  struct robust_place *p);

/* level.c: grades by thresholds of the score. */
struct levels {
    int32_t item;
    int64_t *cut; /* piece i is [cut[i-1], cut[i]) */
    uint32_t cut_n;
    uint8_t *grade; /* of the cut_n + 1 pieces; label_n: none */
    Str *label;
    uint32_t label_n;
};
void levels_open(struct levels *l, struct arena *keep, const struct rules *r, uint32_t score);
uint32_t levels_of(const struct levels *l, int64_t value);

#endif
