/* run_int.h - pieces that a run over all rows, a frozen row and a trace share. */
#ifndef GECI_EVAL_RUN_INT_H
#define GECI_EVAL_RUN_INT_H

#include "eval/plan_int.h"

struct column;

/* Runs population step `n` over its argument columns (arg[i][row]) into out[row_n]. ERR_INPUT:
 * overflow at *bad_row. */
NODISCARD enum status run_pop(const struct plan *p, uint32_t n, Cell *out, const Cell *const *arg,
                              uint32_t row_n, uint32_t *bad_row);
/* Says why a run failed at `row`: `value` is a bad cell of node n. Always ERR_INPUT. */
enum status run_fault(const struct plan *p, const struct dataset *d, uint32_t n, uint32_t row,
                      Cell value, struct diags *ds);
/* Says why a population step failed: of what run_pop returned. */
enum status run_pop_fault(const struct plan *p, const struct dataset *d, uint32_t n, enum status st,
                          uint32_t bad_row, struct diags *ds);

/* One row, every node: value[n] for all nodes whose arguments have one; has[n] says which. */
struct row_run {
    const struct plan *plan;
    const struct dataset *data;
    uint32_t row;
    Cell *value;
    bool *has;
    struct operand *in; /* plan->arg_max of them */
};
void row_run_open(struct arena *a, struct row_run *r, const struct plan *p, const struct dataset *d,
                  uint32_t row);
/* Computes node n (no population step) from its arguments. */
void row_run_node(struct row_run *r, uint32_t n);

/* The Cell of a field's column at a row; c == NULL: no such column. */
Cell run_load(const struct node *k, const struct column *c, uint32_t row);

#endif
