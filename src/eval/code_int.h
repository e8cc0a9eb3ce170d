/* code_int.h - making code: what its parts share.
 *
 *     code.c        which nodes a phase computes, facts, slots, registers
 *     code_node.c   one node as a lane
 *     code_table.c  decision tables: step functions and rows
 *     code_range.c  ranges
 */
#ifndef GECI_EVAL_CODE_INT_H
#define GECI_EVAL_CODE_INT_H

#include "eval/cell.h"
#include "eval/code.h"

struct coder {
    struct arena *keep, *tmp;
    struct code *code;
    const struct plan *plan;
    struct fact *fact;
    struct vec *kept;
    const struct dataset *data;
    uint32_t phase;
    bool *spare;
    bool *need;                /* nodes to compute, or to read */
    uint32_t *at;              /* slot of a node's value, SLOT_NONE: not yet */
    struct table_rows **table; /* of ROW_END and kept ROW nodes */
};

static inline uint32_t arg_of(const struct coder *c, uint32_t n, uint32_t i)
{
    return c->plan->arg[c->plan->node[n].arg + i];
}

static inline const struct node *node_of(const struct coder *c, uint32_t n)
{
    return &c->plan->node[n];
}

static inline bool is_const(const struct coder *c, uint32_t n)
{
    return c->fact[n].constant;
}

/* One definite value in every row. */
static inline bool is_figure(const struct coder *c, uint32_t n)
{
    return is_const(c, n) && cell_is_definite(node_of(c, n)->kind, c->fact[n].blank);
}

#define NO_SLOTS                        \
    {                                   \
        SLOT_NONE, SLOT_NONE, SLOT_NONE \
    }

/* The slot of a node's value as it stands. */
uint32_t slot_of(struct coder *c, uint32_t n);
/* The same with figures of type t, converted if need be; SLOT_NONE: it cannot be. */
uint32_t slot_as(struct coder *c, uint32_t n, enum vec_type t);
/* Adds `part`, which makes figures of type t for another instruction; the register they go to. */
uint32_t part_add(struct coder *c, struct inst part, enum vec_type t);
/* Lets `like`, whose lane works in type t, make node n: adds what its open rows need. */
void inst_for(struct coder *c, struct inst like, enum vec_type t, uint32_t n);

/* Adds code for node n by a lane. False: no lane can do it. */
bool code_lane(struct coder *c, uint32_t n);
/* Looks at a decision table (a ROW_END, or a ROW that is kept): settles the node's fact. */
struct table_rows *table_facts(struct coder *c, uint32_t n);
/* Adds its code. */
void code_table(struct coder *c, uint32_t n);

/* The least whole number m of units of 10^-to with m >= v (above: m > v), v having `from`
 * decimals. Beyond what a column holds, if it is. */
Wide cut_of(Wide v, int from, int to, bool above);

#endif
