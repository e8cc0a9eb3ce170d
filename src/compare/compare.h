/* compare.h - the same subjects under two sets of rules: each of them, and all of them together.
 *
 *     compare.c   both sides paired, and what changes for one subject
 *     sum.c       what the change comes to: gains, gates, grades, money, ranks
 *     reason.c    which part of a score it was
 *     split.c     the same by locality, size or any other label
 *     lines.c     (lines.h) two texts line by line, section by section
 *
 * Items are matched by kind and name; where the first scores or grades have different names, they
 * are matched as the first of their kind. Ranks are by the first score, as intervals: best = 1 +
 * surely better ones, worst = 1 + possibly better ones.
 *
 * Sums and differences of scores are of low ends, the sure points; a subject without a low end on
 * either side is in no sum. Money is in base units, exact, as an interval where some is open.
 * Policies that share a stacking group and pay only the highest (or top up to it) count once in
 * totals.
 */
#ifndef GECI_COMPARE_COMPARE_H
#define GECI_COMPARE_COMPARE_H

#include "base/day.h"
#include "base/diag.h"
#include "eval/eval.h"

struct csv;

enum { GAIN_TOP = 10, SPLITS_MAX = 8, OLD = 0, NEW = 1 };

/* A column that is in the facts but in neither document: lines of CSV behind a head, in the order
 * of the rows of the old side, some of which may have been left out. */
struct compare_column {
    Str text;
    size_t id, at; /* columns of the identity and of the label */
};

struct compare_side {
    const struct rules *rules;
    const struct dataset *data;
    const struct result *res;
    int32_t score, grade; /* items, or -1 */
    Cell *rank;           /* NULL without a score */
};

struct compare {
    /* the caller's */
    struct arena *arena;
    enum lang lang;
    struct compare_side side[2]; /* OLD, NEW: rules, data, res */
    bool (*column)(void *ctx, Str name, struct compare_column *out); /* or NULL */
    void *ctx;

    /* from compare_open on */
    uint32_t row_n;      /* subjects of both sides: what `row` counts below */
    uint32_t *row_of[2]; /* their rows in the data of each side */
    size_t only[2];      /* subjects of one side alone */

    /* of the subjects that compare_count saw */
    size_t up, down, same, open; /* by score; open: the intervals overlap */
    size_t moved, shifted;       /* shifted: nothing but the rank */
};

/* False: nobody is on both sides, though there are subjects. */
NODISCARD bool compare_open(struct compare *k);

/* The first top score, or the first item of another kind; -1: none. */
int32_t compare_first(const struct rules *r, enum item_kind k);
/* -1 falls, 1 rises, 0 stays, 2 cannot be told. */
int compare_direction(const struct compare *k, uint32_t row);
/* The row of a subject in the data of that side. */
static inline uint32_t compare_row(const struct compare *k, int side, uint32_t row)
{
    return k->row_of[side][row];
}
static inline Cell compare_value(const struct compare *k, int side, int32_t item, uint32_t row)
{
    return result_cell(k->side[side].res, item, compare_row(k, side, row));
}
/* The item of the other document that stands for this one, or -1. */
int32_t compare_twin(const struct rules *from, uint32_t item, const struct rules *to);
Str compare_id(const struct compare *k, uint32_t row);
Str compare_subject(const struct compare *k, uint32_t row); /* its name, or its id */
/* "88 → 76", or the one value when both are alike. */
Str compare_arrow(const struct compare *k, Str old, Str new);
Str compare_cell(const struct compare *k, int side, int32_t item, uint32_t row);

struct compare_change {
    int direction;
    Str score, rank, grade, other; /* as compare_arrow; other: gates, passes, policies */
    bool any, shifted;             /* something of its own; nothing but the rank */
};
struct compare_change compare_change(const struct compare *k, uint32_t row);
void compare_count(struct compare *k, const struct compare_change *ch);

/* Low end of the new score less that of the old at scale: out[2]; false: one has none. */
bool compare_gain(const struct compare *k, uint32_t row, int scale, Wide out[3]);

/* ---- all of them ---- */

struct gain { /* those who rise, or fall */
    size_t n;
    Wide sum; /* at score_scale */
    uint32_t top_n, row[GAIN_TOP];
    Wide by[GAIN_TOP];
};
struct gate_move {
    int32_t item[2];
    size_t met[2], gained, lost;
};
struct money { /* a sum; `open`: no upper end, `lo` is what is sure */
    Cell sum;
    bool open;
    size_t payees; /* who surely get something */
};
struct policy_move {
    int32_t item[2]; /* -1: not on that side */
    int scale;
    struct money money[2];
};
struct rank_move {
    Str name;
    size_t n, moved; /* subjects ranked on both sides, by the best of their ranks */
    uint64_t sum;    /* of |old - new| */
    uint32_t best_row, worst_row;
    int64_t best, worst; /* places gained, lost */
};
struct split_row {
    Str label;
    size_t n, up, down, scored;
    Wide score[2]; /* sums over `scored` */
    struct money money[2];
};
struct split {
    Str name;
    struct split_row *row; /* most subjects first */
    uint32_t row_n;
};
struct impact {
    int score_scale, money_scale;
    struct gain gain[2]; /* losers, winners */
    struct gate_move *gate;
    uint32_t gate_n;
    Str *grade; /* labels of both sides */
    uint32_t grade_n;
    size_t *matrix; /* [old][new], grade_n + 1 a side: the last is open */
    struct policy_move *policy;
    uint32_t policy_n;
    struct money total[2];
    struct rank_move *rank;
    uint32_t rank_n;
    struct split split[SPLITS_MAX];
    uint32_t split_n;
};

/* By the labels named: fields of text, 分组 or 格次 of the documents, or columns of the facts; at
 * most SPLITS_MAX. None: every 区划 field and every 分组 of the new document. False: *unknown is no
 * such label; where it is NULL those are left out. */
NODISCARD bool compare_sum(struct compare *k, struct impact *m, const Str *by, size_t by_n,
                           Str *unknown);
/* A column of the facts as CSV in memory: what `column` above answers. */
bool compare_csv_column(struct arena *tmp, Str text, Str id_field, Str name,
                        struct compare_column *out);
/* The part of the score that changed most: "研发投入 30 → 40"; or weights, caps. */
Str compare_reason(const struct compare *k, uint32_t row);

#endif
