/* seek.h - what a subject would have to change: to reach a goal at the least cost, or to gain
 * points.
 *
 *     goal -> units (conditions that must hold) -> levers (facts they depend on)
 *          -> thresholds of each lever -> cheapest combination, each tried by eval_frozen
 *
 * Levers are facts of the period of evaluation: numbers, yes or no, choices. Facts of other periods
 * and missing ones stay (a missing one may move, from zero or no, where the costs list it). Without
 * prices, what others are divided by does not shrink, and a choice costs the places it is away in
 * its list, which goes from one rank to the next. Each lever moves by itself, in whole pieces
 * where it is counted, by millionths at the finest; the others of the population stand still.
 * Candidates of a number are the values at which a comparison, a band, a cap or a step below the
 * goal turns; where a comparison reads several levers, they are found anew for what the others were
 * changed to. Every answer was evaluated exactly. Work is counted in evaluations of the row and
 * ends with the budget. Pure: everything lives on `keep`, nothing of the caller's is changed.
 */
#ifndef GECI_SEEK_SEEK_H
#define GECI_SEEK_SEEK_H

#include "base/base.h"
#include "base/diag.h"
#include "eval/eval.h"

struct arena;

enum { SEEK_COST_SCALE = 9, SEEK_BUDGET = 100000, SEEK_BUDGET_POP = 50000 };

/* Something wrong in a goal or in a file of costs: where, and a sentence. */
struct seek_fault {
    Span span;
    Str text;
};

enum seek_kind { SEEK_GRADE, SEEK_NUMBER, SEEK_TRUTH };

struct seek_goal {
    enum seek_kind kind;
    uint32_t item;
    enum op op;   /* OP_GE OP_GT OP_LE OP_LT OP_EQ; of a truth: OP_EQ, met */
    Wide value;   /* SEEK_NUMBER: at the item's scale */
    uint32_t row; /* SEEK_GRADE: of the table */
    bool rows_up; /* SEEK_GRADE: later rows are better */
};

/* `NAME >= LABEL`, `NAME >= 70分`, `NAME = 符合`, `NAME`. ERR_INPUT with *fault. */
NODISCARD enum status seek_goal_read(struct arena *keep, struct seek_goal *out,
                                     const struct rules *r, Str text, enum lang lang,
                                     struct seek_fault *fault);

/* What facts cost, from a CSV with the columns 字段, 单位成本, 最多 (field, cost, most). */
struct seek_price {
    bool listed, priced; /* listed without a cost: not at any price */
    Wide cost;           /* of one unit of the field, or of the change of a truth or choice */
    int scale;
    bool has_most;
    Wide most; /* at the field's scale */
};
/* One for each field; those not listed stay put. ERR_INPUT with *fault, spans in `text`. */
NODISCARD enum status seek_prices_read(struct arena *keep, struct seek_price **out,
                                       const struct rules *r, Str text, enum lang lang,
                                       struct seek_fault *fault);

struct seek_opts {
    enum lang lang;
    uint32_t budget;                /* 0: SEEK_BUDGET, with population functions SEEK_BUDGET_POP */
    const struct seek_price *price; /* by field; NULL: relative effort */
};

struct seek_change { /* of one fact */
    uint32_t field;
    int period;
    Cell from, to; /* as the field's type; `from` unknown when the fact was missing */
    Wide cost;     /* at SEEK_COST_SCALE */
};

enum seek_end {
    SEEK_ALREADY, /* holds as things are */
    SEEK_REACHED,
    SEEK_UNREACHABLE, /* no change of the levers can */
    SEEK_NOT_FOUND,   /* nothing found among the thresholds, or before the budget ended */
};
enum seek_proof {
    SEEK_BEST,       /* nothing is cheaper */
    SEEK_THRESHOLDS, /* nothing is cheaper among the thresholds; some read several facts */
    SEEK_BUDGET_OUT, /* the best found when the budget ended */
};

struct seek_answer {
    enum seek_end end;
    enum seek_proof proof;
    struct seek_change *change;
    uint32_t change_n;
    Wide cost;
    Cell before, after; /* of the goal's item */
    Cell *item;         /* all items with the changes; NULL unless reached */
    uint32_t evaluations;
    int32_t stuck_item; /* an item that cannot be met, or -1 */
    Str stuck;          /* SEEK_UNREACHABLE, SEEK_NOT_FOUND: the part that cannot be met */
};
NODISCARD enum status seek_goal(struct arena *keep, struct seek_answer *out, const struct plan *p,
                                const struct result *res, uint32_t row,
                                const struct seek_goal *goal, const struct seek_opts *o);

/* The next threshold of each leaf of a score. */
struct seek_step {
    uint32_t leaf, top;
    struct seek_change change;
    Cell leaf_from, leaf_to, top_from, top_to;
    Wide gain;     /* of the lower end of the top score, at its scale */
    Span interval; /* of the table cell it falls into; empty if it is none */
};
/* Best points per cost first. */
NODISCARD enum status seek_steps(struct arena *keep, struct seek_step **out, uint32_t *out_n,
                                 const struct plan *p, const struct result *res, uint32_t row,
                                 const struct seek_opts *o);

/* What each change of an answer does: items that would stand otherwise without it, leaves and gates
 * first. `without` gets the items with all changes but number `i`. */
NODISCARD enum status seek_without(struct arena *keep, Cell **without, const struct plan *p,
                                   const struct result *res, uint32_t row,
                                   const struct seek_answer *a, uint32_t i);

#endif
