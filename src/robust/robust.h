/* robust.h - how far ranks and grades hang on weights, bounds and methods that somebody chose.
 *
 *     result of eval_run -> score tree over columns (leaves evaluated once)
 *         -> per draw: shaken weights -> totals -> ranks, grades -> one column of a rank matrix
 *         -> per subject: quantiles of its ranks; per factor: whom it moves, moved alone
 *
 * Method. Uncertainty: every draw multiplies each weight (满分 of the children where a group adds
 * up) by a uniform factor in [1-w, 1+w] and brings the siblings back to their old sum, as COINr's
 * get_noisy_weights does and OECD/JRC 2008, Handbook on Constructing Composite Indicators, step 7,
 * asks. Bounds and 备选 (vary.h) take one of a few levels in every draw, all as likely; under
 * each the leaves are scored by the document edited so. Sensitivity: each factor alone is moved to
 * both ends, the siblings of a weight making up for it in proportion; the mean absolute shift of
 * all ranks is its effect (one-at-a-time, first order; it sees no interactions, those are in the
 * quantiles).
 *
 * Exact: weights are integers with ROBUST_DECIMALS more decimals than the document gives, shared
 * out by largest remainder, so they add up; totals are rounded as the document says at every node.
 * A group is shaken only if its own weights give back, bit for bit, what eval_run found; else it
 * is taken as evaluated and listed in `kept` (有效, 择一, 科普兰, formulas, computed weights); so
 * are assumptions that act beside the leaves. 加分 and 扣分 stand outside the sum and are not
 * shaken.
 *
 * Subjects whose score is an interval count in the population by its low end, the sure points, and
 * get quantiles at both ends (`low`, `high`); without a bound, or of unknown segment, they are left
 * out. Ranks are competition ranks, 1 + how many are surely better by the low ends.
 *
 * Draws are numbered and drawn by a hash of (seed, draw, factor): the same bits for any number of
 * threads. Cost: draws * subjects * weights multiplications; memory up to ROBUST_MATRIX_BYTES for
 * ranks. More than that and the draws are repeated for one block of subjects after the other.
 */
#ifndef GECI_ROBUST_ROBUST_H
#define GECI_ROBUST_ROBUST_H

#include "base/base.h"
#include "eval/eval.h"

enum { ROBUST_DECIMALS = 6, ROBUST_DRAWS_MAX = 100000, ROBUST_MILLION = 1000000 };
enum { ROBUST_MATRIX_BYTES = 136 << 20 };

struct robust_opts {
    uint64_t seed;
    uint32_t draws;      /* 1 .. ROBUST_DRAWS_MAX */
    uint32_t spread_ppm; /* w in millionths, below one million; of groups without 浮动 */
    uint32_t bounds_ppm; /* the same for bounds of sections without 浮动; 0: they stay */
    uint32_t top_n;      /* for `top`; 0: none */
    size_t matrix_bytes; /* 0: ROBUST_MATRIX_BYTES; tests make it small */
    struct workers *workers;
};

struct robust_place { /* one subject, or one end of one */
    uint32_t nominal, median, p05, p95;
    uint32_t top;       /* draws among the first top_n */
    uint64_t shift_sum; /* of |rank - nominal| over the draws */
    uint32_t *grade;    /* draws in each grade, or NULL */
    int32_t mover;      /* the factor that, alone, moves it most; -1: none moves it */
    int32_t by[2];      /* its rank less the nominal one with that factor low, high */
};

struct robust_subject {
    uint32_t row;
    bool open; /* `high` differs from `low` */
    struct robust_place low, high;
};

enum robust_kind { ROBUST_WEIGHT, ROBUST_BOUNDS, ROBUST_INSTEAD };
struct robust_factor {
    enum robust_kind kind;
    uint32_t item;        /* whose weight, 满分, bounds or 备选 */
    Str segment;          /* WEIGHT: where weights go by segment, else empty */
    Dec value;            /* WEIGHT: as in the document */
    bool points;          /* WEIGHT: it is a 满分 */
    uint32_t spread_ppm;  /* WEIGHT, BOUNDS: how far it moves */
    uint32_t instead;     /* INSTEAD: which; it has a high end only */
    uint64_t shift[2];    /* sum over the subjects of |rank shift|, factor low, high */
    uint32_t moved[2];    /* subjects with another rank */
    uint32_t most_row[2]; /* who moves most, and how far */
    int32_t most[2];
};

enum robust_why {
    ROBUST_SHAKEN,
    ROBUST_FORM,    /* 汇总 has no weights to shake, or there is more to the score */
    ROBUST_WEIGHTS, /* weights that are computed, or negative */
    ROBUST_WIDE,    /* figures too large for exact sums in 64 bits */
    ROBUST_DIFFERS, /* re-aggregation would not give the evaluated score */
    /* of bounds and 备选: */
    ROBUST_BESIDE, /* they also act on a veto, 适用, a weight or a segment */
    ROBUST_MANY,   /* too many of them meet in one leaf */
    ROBUST_FAILS,  /* the document edited so cannot be scored */
};
struct robust_kept {
    uint32_t item;
    enum robust_why why;
    bool assumed; /* it is about 浮动 or 备选, else about the weights of a group */
};

struct robust {
    const struct result *res;
    uint32_t score; /* item */
    struct robust_opts opts;
    struct robust_subject *subject; /* in order of rows */
    uint32_t subject_n, open_n, left_out;
    struct robust_factor *factor; /* weights, then bounds and 备选 */
    uint32_t factor_n, weight_n;
    struct robust_kept *kept;
    uint32_t kept_n;
    int32_t grade; /* item by thresholds of the score, or -1 */
    Str *label;    /* of the grades, in order of the table */
    uint32_t label_n;
    uint64_t shift_sum;   /* of |rank - nominal| over all subjects and draws */
    uint64_t *draw_shift; /* the same, for each draw */
};

/* `score` is an ITEM_SCORE. ERR_INPUT: no group of it has weights that could be shaken, or nobody
 * has a score; the counts and `kept` tell which. */
NODISCARD enum status robust_run(struct arena *keep, struct robust **out, const struct result *res,
                                 uint32_t score, const struct robust_opts *o);

#endif
