/* plan_int.h - inside of a plan: a typed DAG cut into phases.
 *
 *     phase 0: row kernels, chunk by chunk | population steps | phase 1: row kernels | ...
 *
 * Nodes are numbered so that arguments come first, and no two are alike (hash-consing), so a common
 * subexpression is computed once. Every number has a static scale. Values are Cells in meaning; a
 * run stores them as narrowly as its data allow (code.h). A node whose value is wanted behind its
 * phase (items, arguments of population steps, arguments of later phases) is *kept* as a full
 * column, all others live in registers of one chunk. Each node is put off to the latest phase that
 * serves its users, so that few are kept.
 *
 * An error of a row (overflow, a figure outside its interval) is a value too, a *bad* cell
 * (cell.h): it passes through what uses it and is reported where an item or a population step
 * meets it. So a branch not taken never fails, in any order of evaluation.
 */
#ifndef GECI_EVAL_PLAN_INT_H
#define GECI_EVAL_PLAN_INT_H

#include "base/base.h"
#include "col/vec.h"
#include "eval/eval.h"

struct labels;

enum node_op {
#define NODE(id, kernel, arg_n) NODE_##id,
#include "eval/node_list.h"
#undef NODE
    NODE_OP_N
};

#define NODE_NONE UINT32_MAX

struct node {
    enum node_op op;
    enum type_kind kind;
    uint8_t scale;
    uint8_t scale_of[2]; /* of the first two arguments */
    enum rounding how;   /* RESCALE, DIV */
    uint32_t arg, arg_n; /* plan->arg[arg .. arg + arg_n) */
    uint32_t ref;        /* FIELD: field; POP: plan->pop; CAGR: root */
    int period;          /* FIELD: period key of the column */
    Cell value;          /* CONST; FIELD: where missing */

    /* made by plan_phase.c */
    bool live;    /* an item needs it */
    bool kept;    /* has a column of its own */
    bool checked; /* bad cells are errors here: items, arguments of population steps */
    bool given;   /* its column is there before the run: again.c */
    uint32_t phase;
};

/* An argument of a kernel: at[i * step] is row i. step 0 repeats one value. */
struct operand {
    const Cell *at;
    uint32_t step;
};

/* Computes n rows of node k. `labels` are the data's; NULL while folding constants. */
typedef void (*kernel)(const struct node *k, const struct labels *labels, Cell *out,
                       const struct operand *in, uint32_t n);
extern const kernel kernel_of[NODE_OP_N];

struct pop_step {
    enum op op; /* OP_PERCENTILE .. OP_BOARD, OP_AGG_COPELAND */
    uint8_t to; /* decimals of the result */
    enum pop_method method;
    uint32_t min_group;
    bool ascending, has_lo, has_hi;
    uint32_t quota_e6;
    Cell lo, hi;
    Wide arg[3];
    uint32_t x_n;       /* first arguments of the node: columns; the rest: keys */
    const Wide *weight; /* COPELAND: x_n of them, at one scale */
};

struct phase {
    uint32_t *pop; /* population steps run behind it */
    uint32_t pop_n;
};

/* A decision table as lowered at one shift, for traces. */
struct lowered_table {
    const struct expr *expr;
    int year, quarter;
    uint32_t *row; /* truth of each row, NODE_NONE: not in force */
};

struct lowered { /* (expression, shift) -> node; open addressing, expr NULL = free */
    const struct expr *expr;
    int year, quarter;
    uint32_t node;
};

struct plan {
    unsigned magic;
    const struct rules *rules;
    Day as_of;
    int period;
    struct node *node;
    uint32_t *arg;
    struct pop_step *pop;
    size_t node_n, node_cap, arg_n, arg_cap, pop_n, pop_cap;
    uint32_t *item; /* node of each item */
    struct lowered *lowered;
    size_t lowered_n, lowered_slots;
    struct lowered_table *table;
    size_t table_n, table_cap;
    struct phase *phase;
    uint32_t phase_n, arg_max;
};

enum { PLAN_MAGIC = 0x706c616e, PLAN_NODES_MAX = 4000000, PLAN_SPAN_MAX = 1000 };

/* Full columns that a run keeps, by node; lo == NULL where none. Behind struct result.kept. */
struct standing;
struct fact;
struct kept {
    const struct plan *plan;
    struct vec *column;
    struct fact *fact;         /* what the run knew of each node */
    struct standing *standing; /* NULL where there are no columns */
};

/* What makes nodes one and the same: all that decides a value, the arguments being `arg`. */
uint64_t plan_node_hash(const struct node *k, const uint32_t *arg);
bool plan_node_same(const struct plan *p, const struct node *a, const struct node *b,
                    const uint32_t *arg);
/* Puts live nodes in phases: those of the wanted items, or of all (NULL). */
void plan_phase(struct arena *keep, struct plan *p, const bool *wanted);
/* Node of an expression at a shift, NODE_NONE if it was never lowered. */
uint32_t plan_find(const struct plan *p, const struct expr *e, int year, int quarter);
/* First item (in dependency order) that needs node `n`; what messages about it name. */
const struct item *plan_item_of(const struct plan *p, uint32_t n);

#endif
