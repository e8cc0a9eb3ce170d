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
struct divide divide_of(uint64_t by, enum rounding how);
int64_t divide_round(const struct divide *d, int64_t v);

struct part {
    uint32_t item;
    int32_t node;        /* index below, or -1 */
    const int64_t *leaf; /* a value for each column, or NULL */
    int64_t reach;       /* no value is further from 0 */
    bool shaken;
    int sign; /* -1: 扣分 */
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
    bool clamped;       /* to [0, most] */
    bool capped;        /* to at most `cap` */
    int64_t most, cap;  /* at the scale of the item */
    bool *zero;         /* columns held at 0 (一票否决, 适用); or NULL */
    int64_t reach;      /* no value is further from 0 */
    uint32_t coef_at;   /* of its first coefficient */
    int32_t *weight_id; /* [segment][part]: robust_weight, or -1 */
};

struct tree {
    struct arena *keep;
    const struct result *res;
    uint32_t score;
    struct node *node; /* children first; the last is the score */
    size_t node_n, node_cap;
    uint32_t coef_n;
    uint32_t *row; /* of each column */
    uint32_t subject_n, column_n;
    uint8_t *why; /* enum robust_why of each item */
    bool *skip;   /* rows left out */
    struct robust_weight *weight;
    size_t weight_n, weight_cap;
};

/* ERR_INPUT: nothing to shake or nobody to rank. */
NODISCARD enum status robust_tree(struct tree *t);

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
void robust_shake(const struct tree *t, const struct shake *s, int64_t *coef);
/* The weights of one segment of a node, shaken: they keep their sum. */
void robust_weights(const struct node *n, uint32_t segment, const struct shake *s, Wide *out);

/* total.c: values of columns [beg, beg + n) under coefficients, n <= BLOCK_COLUMNS; the block has
 * room for node_n * BLOCK_COLUMNS. A node needs its children there; the score is the last node. */
struct run_of {
    uint32_t beg, n;
    int64_t *block;
};
void robust_node_total(const struct tree *t, uint32_t j, const int64_t *coef, struct run_of of);
const int64_t *robust_total(const struct tree *t, const int64_t *coef, struct run_of of);

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
