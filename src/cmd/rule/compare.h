/* compare.h - the same subjects under two sets of rules: each of them, and all of them together.
 *
 *     compare.c        both sides, the list of subjects that change
 *     compare_sum.c    what the change comes to: gains, gates, grades, money, ranks
 *     compare_reason.c which part of a score it was
 *     compare_split.c  the same by locality, size or any other label
 *     compare_text.c, compare_json.c   the report
 *
 * Sums and differences of scores are of low ends, the sure points; a subject without a low end on
 * either side is in no sum. Money is in base units, exact, as an interval where some is open.
 * Policies that share a stacking group and pay only the highest (or top up to it) count once in
 * totals.
 */
#ifndef GECI_CMD_COMPARE_H
#define GECI_CMD_COMPARE_H

#include "cmd/report.h"

enum { GAIN_TOP = 10, SPLITS_MAX = 8, OLD = 0, NEW = 1 };

struct side {
    struct job job;
    struct report report;
    int32_t score, grade;
    Cell *rank; /* NULL without a score */
};

struct compare {
    struct cli *c;
    struct side side[2];         /* OLD, NEW */
    uint32_t row_n;              /* subjects of both sides: what `row` counts below */
    uint32_t *row_of[2];         /* their rows in the data of each side */
    size_t only[2];              /* subjects of one side alone */
    size_t up, down, same, open; /* by score; open: the intervals overlap */
    size_t moved, shifted;       /* shifted: nothing but the rank */
};

/* -1 falls, 1 rises, 0 stays, 2 cannot be told. */
int compare_direction(const struct compare *k, uint32_t row);
/* The row of a subject in the data of that side. */
static inline uint32_t compare_row(const struct compare *k, int side, uint32_t row)
{
    return k->row_of[side][row];
}
/* The item of the other document that stands for this one, or -1. */
int32_t compare_twin(const struct rules *from, uint32_t item, const struct rules *to);
Str compare_id(const struct compare *k, uint32_t row);
Str compare_subject(const struct compare *k, uint32_t row); /* its name, or its id */
Str compare_arrow(struct cli *c, Str old, Str new);         /* "88 → 76", or the one when alike */
Str compare_cell(const struct compare *k, int side, int32_t item, uint32_t row);

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

/* Exit code; --by may name what neither document nor data have. */
int compare_sum(struct compare *k, struct impact *m);
/* Low end of the new score less that of the old at scale; false: one has none. */
bool compare_change(const struct compare *k, uint32_t row, int scale, Wide out[3]);
/* What a subject gets in all on one side. */
void compare_money(const struct compare *k, const struct impact *m, int side, uint32_t row,
                   struct money *sum);
int compare_splits(struct compare *k, struct impact *m);
/* The part of the score that changed most: "研发投入 30 → 40"; or weights, caps. */
Str compare_reason(const struct compare *k, uint32_t row);

void compare_text(const struct compare *k, const struct impact *m);
struct json;
void compare_json(const struct compare *k, const struct impact *m, struct json *j);

#endif
