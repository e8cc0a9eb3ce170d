/* eval.h - from a rule document and a dataset to scores.
 *
 *     rules + as_of + period -> plan (typed DAG) -> phases of row kernels over chunks of 2,048 rows
 *                                                   with population steps between the phases
 *
 * A result holds one Cell a row for every item of the rules. Results do not depend on the number of
 * threads, the chunk size or the order of the rows (but for the order of its own rows).
 * Overflow, or an undefined value that is not simply unknown, is an error naming the subject's id.
 */
#ifndef GECI_EVAL_EVAL_H
#define GECI_EVAL_EVAL_H

#include "base/base.h"
#include "base/day.h"
#include "col/vec.h"
#include "rule/model.h"

struct arena;
struct dataset;
struct diags;
struct kept;
struct plan;
struct workers;

struct eval_opts {
    Day as_of;
    int period;          /* the year of evaluation */
    uint32_t chunk_rows; /* 0 = CHUNK_ROWS; rounded up to whole words of 64 rows */
    bool values_only;    /* no traces nor what-ifs will be asked for: what only they need is given
                            back as soon as it is used */
    struct workers *workers; /* NULL: this thread alone */
};

struct result {
    const struct rules *rules;
    const struct dataset *data;
    struct eval_opts opts;
    uint32_t row_n;
    struct vec *item;        /* a column for each item of the rules */
    const struct kept *kept; /* eval_run: columns of population steps, for traces and what-if */
};

/* Value of an item for a row. */
static inline Cell result_cell(const struct result *res, int64_t item, int64_t row)
{
    return vec_cell(&res->item[item], (size_t)row);
}
/* All rows of an item as Cells. */
Cell *result_cells(struct arena *keep, const struct result *res, int64_t item);

/* Compiles the rules for a day and a year: picks dated rows, shares common subexpressions, orders
 * phases. */
NODISCARD enum status plan_build(struct arena *keep, struct plan **out, const struct rules *r,
                                 Day as_of, int period, struct diags *ds);
/* From now on the plan computes only the items that are wanted (by item), and what they need; the
 * columns of others are empty and must not be read, their faults are not looked for. */
void plan_keep(struct arena *keep, struct plan *p, const bool *wanted);
NODISCARD enum status eval_run(struct arena *keep, struct result **out, const struct plan *p,
                               const struct dataset *d, const struct eval_opts *o,
                               struct diags *ds);

/* The same result as eval_run, where much is as it was in `base`: the rules but for a few weights,
 * or the facts but for a few subjects. Columns that neither a changed rule nor a changed fact
 * reaches are taken from `base`, which must outlive *out (with its plan), and all others computed.
 * Facts are unchanged where `d` shares a column with the data of `base` (dataset_copy), under a
 * field of the same name; its rows are the same. The options are those of `base`. One thread at a
 * time for one `base`. */
NODISCARD enum status eval_again(struct arena *keep, struct result **out, const struct plan *p,
                                 const struct result *base, const struct dataset *d,
                                 struct diags *ds);

/* What-if, population frozen: only `row` moves, with the facts of `changed` (of all rows, or of
 * this one alone: dataset_of_row), and is placed among the others, whose figures stay as in `base`.
 * *cell gets item_n Cells. The first call in a peer group sorts it, and `base` keeps it so; after
 * that a call costs some ten microseconds, however large the population. One thread at a time for
 * one `base`. */
NODISCARD enum status eval_frozen(struct arena *keep, Cell **cell, const struct plan *p,
                                  const struct result *base, const struct dataset *changed,
                                  uint32_t row, struct diags *ds);

#endif
