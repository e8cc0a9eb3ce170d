/* code.h - one phase of a plan as instructions over narrow columns, made for the data at hand.
 *
 *     plan (typed DAG, any data)  +  facts (what the columns of this run can hold)  ->  code
 *
 * The ranges of the columns give a range to every node, so most nodes are known to fit 32 or 64
 * bits and run as lanes (lane.h) over all rows of a chunk at once. What a lane cannot do right -
 * rows that are not definite, quotients by zero, tables without a fitting row - is done again for
 * just these rows by the kernels on whole Cells (kernel_int.h), which define what is right. Nodes
 * without a lane, or whose range is not known, go that way for all rows.
 *
 * A *gap*: many nodes depend on one field and constants only. Where the field is blank such a node
 * has one and the same value in every row, computed once when the code is made.
 */
#ifndef GECI_EVAL_CODE_H
#define GECI_EVAL_CODE_H

#include "eval/lane.h"
#include "eval/plan_int.h"

struct dataset;
struct column;
struct pop_out;

/* Figures, and the finite ends of what is not definite, lie in [lo, hi]. */
struct range {
    Wide lo, hi;
    bool known;
};

/* What is known of a node before a row of it is computed. */
struct fact {
    struct range range;
    bool open;     /* some rows may be not definite */
    bool constant; /* every row is `blank` */
    uint32_t gap;  /* FIELD node whose blank rows all have `blank`, all others being definite; or
                      NODE_NONE */
    Cell blank;
    const struct column *column; /* FIELD: NULL if there is none */
};

enum slot_kind { SLOT_REG, SLOT_KEPT, SLOT_FIELD, SLOT_CONST };
#define SLOT_NONE UINT32_MAX

/* Where a column of a chunk stands while the phase runs. */
struct slot {
    enum slot_kind kind;
    enum vec_type type;
    uint32_t node; /* NODE_NONE: a part of an instruction */
    uint32_t reg;  /* among the registers of its type and openness */
    bool open;     /* has room for rows that are not definite */
    uint32_t last; /* instruction that reads it last */
};

enum inst_kind {
    INST_LANE,
    INST_STEPS, /* in[0] through steps */
    INST_ROWS,  /* a decision table: the result of the first row whose truth is met */
    INST_CELLS, /* every row by the kernel */
};

/* How rows that are not definite are computed as pairs: pairs.c. */
enum pair_ways {
    PAIR_NONE,
    PAIR_NODE,  /* as the node says */
    PAIR_END,   /* each end of src[end_of] by `ends` */
    PAIR_TURN,  /* a truth that turns once as src[end_of] grows, by `ends` */
    PAIR_TABLE, /* rows of numbers */
};

/* A decision table as the plan has it. */
struct table_rows {
    uint32_t *row; /* ROW nodes from the first to the last */
    uint32_t n;
    uint32_t below; /* node behind them */
    bool endless;   /* there is nothing: CELL_NO_ROW */
    bool complete;  /* some row always holds, or below does */
    uint32_t x;     /* what a step function is of; NODE_NONE: it is none */
    const struct steps *steps;
};

/* A row of INST_ROWS: slots its kernel reads, and what the lane reads. */
struct table_step {
    uint32_t node; /* NODE_ROW */
    uint32_t truth, result_src;
    uint32_t lane_truth, result; /* result SLOT_NONE: the figure k */
    int64_t k;
};

struct inst {
    enum inst_kind kind;
    lane_fn lane;
    steps_fn steps; /* INST_STEPS: over table->steps */
    int64_t k[2];
    uint32_t in[3]; /* slots the lane reads, SLOT_NONE where none */
    uint32_t out;   /* slot */
    uint32_t via;   /* slot the lane writes instead, to be narrowed into out; SLOT_NONE */
    lane_fn narrow;
    uint32_t node; /* whose value out is; NODE_NONE: a part, nobody looks at its open rows */
    uint32_t *src; /* slots of the node's arguments, for its kernel */
    uint32_t src_n;
    enum pair_ways ways;
    lane_fn ends; /* the lane in 64 bits, where a constant is in it */
    uint32_t end_of;
    bool falls;      /* the greater src[end_of], the smaller the result */
    bool look;       /* some rows may need the kernel: */
    bool pick;       /* only those whose branch taken (src 1 or 2) or condition (src 0) is open */
    bool first_only; /* only those where src 0 is open */
    bool by_zero;    /* also those where in[1] is 0 */
    bool filled;     /* the lane gives the blank rows of `gap` what they should have */
    bool fill;       /* blank rows of field `gap` get the figure k_gap */
    uint32_t gap;    /* slot of the field */
    int64_t k_gap;
    bool checked;                   /* bad cells of out are errors */
    const struct table_rows *table; /* INST_STEPS, INST_ROWS */
    struct table_step *row;         /* INST_ROWS: of table->row */
    uint32_t below; /* slot of what stands behind the last row, SLOT_NONE: nothing */
    bool by_lane;   /* else every row by the kernels */
    enum vec_type lane_type;
};

enum { REG_CLASS_N = 2 * VEC_TYPE_N };

struct code {
    struct inst *inst;
    size_t inst_n, inst_cap;
    struct slot *slot;
    size_t slot_n, slot_cap;
    uint32_t reg_n[REG_CLASS_N]; /* by type * 2 + open */
    uint32_t src_max;            /* most Cells columns the kernel of an instruction reads */
};

static inline int reg_class(const struct slot *s)
{
    return (int)s->type * 2 + s->open;
}

/* One run's facts, all nodes; fields and constants at once, others as their code is made, results
 * of population steps by fact_of_pop. */
void facts_open(struct fact *fact, const struct plan *p, const struct dataset *d);
/* A field's column as the data have it, blanks being what the plan says. f->column is not NULL. */
struct vec fact_vec(const struct fact *f, const struct node *field);
void fact_of_pop(struct fact *f, const struct pop_out *x);
/* The range of a row node, from its arguments' facts. */
struct range range_of(const struct plan *p, const struct fact *fact, uint32_t n);

/* What code is made for: a phase of a run. */
struct code_job {
    struct arena *keep, *tmp; /* of kept columns; of the code */
    const struct plan *plan;
    struct fact *fact;
    struct vec *kept; /* by node: those the phase computes are made */
    const struct dataset *data;
    uint32_t phase;
    bool
        *spare; /* by node: kept columns that nobody reads when the phase has ended; those that lend
                    their figures' place to a column the phase makes become false */
};
void code_make(struct code *c, const struct code_job *j);

#endif
