/* run_int.h - pieces that a run over all rows, a frozen row and a trace share. */
#ifndef GECI_EVAL_RUN_INT_H
#define GECI_EVAL_RUN_INT_H

#include "eval/code.h"
#include "eval/plan_int.h"
#include "grade/pop.h"

struct column;
struct pop_out;

/* Both ends of some rows. */
struct pairs {
    int64_t *lo, *hi;
};

/* One thread's registers and scratch for the code of one phase. */
struct strand {
    const struct plan *plan;
    const struct dataset *data;
    const struct code *code;
    const struct fact *fact;
    const struct vec *kept; /* by node */
    struct vec *own;        /* by slot: the memory it may write */
    struct vec *at;         /* by slot: what stands there for the chunk at hand */
    uint64_t *mask;         /* rows for the kernel */
    uint32_t *row;          /* the same as a list */
    Cell **cells;           /* code->src_max scratch columns */
    Cell *result[2];
    struct operand *in;
    struct pairs pair[4]; /* three arguments, a result */
    bool saw_bad;
};
void strand_open(struct arena *tmp, struct strand *s, uint32_t chunk_rows);
/* Runs all instructions on rows [beg, beg + n). */
void strand_run(struct strand *s, uint32_t beg, uint32_t n);

/* The instruction on the m rows listed, of n, both ends at once. False: it is the kernels'. */
bool pairs_run(struct strand *s, const struct inst *x, uint32_t m, uint32_t n);

/* Columns that are there before a run, by node (lo == NULL: none), and what is known of them. */
struct given {
    struct vec *column;
    struct fact *fact; /* of nodes that the plan says are given */
};
struct run_job {
    const struct plan *plan, *as; /* what is run; the plan whose nodes the result is to have */
    const struct dataset *data;
    const struct eval_opts *opts;
    const struct given *given; /* NULL: none */
};
NODISCARD enum status run_plan(struct arena *keep, struct result **out, const struct run_job *job,
                               struct diags *ds);

/* Facts of one plan before, by its result, and now. match[n]: NODE_NONE where node n may differ. */
struct row_change {
    const struct plan *plan;
    const struct result *base;
    const struct dataset *data;
    const uint32_t *match;
};
/* If they differ in one row alone: what that makes of kept row nodes, made on `keep`, becomes given
 * in `rest`, a copy of the plan. */
void again_row(struct arena *keep, struct plan *rest, struct given *g, const struct row_change *c);

/* Population steps of one run share what does not depend on the step: who is in which group. */
struct peerings;
/* Who is whose peer, by the keys of one or more steps. */
struct peering {
    const uint32_t *key; /* key_n nodes */
    uint32_t key_n;
    uint32_t *group; /* by row; UINT32_MAX: a key is not known */
    uint32_t group_n;
    const struct peer_order *order;
    const struct crowd *crowd; /* NULL until somebody wants it */
    struct arena *arena;       /* its own */
};
struct peerings *peerings_open(struct arena *keep, const struct plan *p, uint32_t row_n);
/* From now on a MINMAX over a WINSOR that nobody else reads does the work of both: the WINSOR is
 * left out. */
void run_pop_fuse(struct peerings *g);
bool run_pop_left_out(const struct peerings *g, uint32_t n);
/* Do two steps go by the same keys? */
bool run_pop_same_keys(const struct plan *p, const struct node *a, const struct node *b);
/* The node of the first column that step `n` reads. */
uint32_t run_pop_x(const struct peerings *g, uint32_t n);
/* Runs population step `n` over kept columns; what rows get is made on `keep`. ERR_INPUT: overflow
 * at out->bad_row. `w`: threads for the step alone, or NULL. */
NODISCARD enum status run_pop(struct arena *keep, struct pop_out *out, struct peerings *g,
                              uint32_t n, const struct vec *kept, struct workers *w);
/* Cells as narrowly as they fit. */
void run_narrow(struct arena *keep, struct pop_out *out, const Cell *cell, uint32_t row_n);
/* Some rows, a population of its own. */
struct pop_few {
    struct peering who; /* key, key_n, group, group_n */
    struct vec x;
    uint32_t row_n;
};
NODISCARD enum status run_pop_few(struct arena *keep, struct pop_out *out, const struct plan *p,
                                  uint32_t n, struct pop_few *few);
/* Makes the groups of step `n`, so that steps may then run side by side. */
void run_pop_prepare(struct peerings *g, uint32_t n, const struct vec *kept);
/* Makes those of a phase, and with several threads those of later ones as soon as their keys are
 * there, side by side. */
void run_pop_prepare_phase(struct peerings *g, uint32_t phase, const struct vec *kept,
                           struct workers *w);
/* Those groups; valid until others are made or forgotten. */
struct peering *run_pop_peers(const struct peerings *g, uint32_t n);
/* Gives back the groups that only steps up to those behind `phase` need. */
void run_pop_forget(struct peerings *g, uint32_t phase);
/* Step `n` among them, but for x. */
struct pop_in run_pop_in(const struct plan *p, uint32_t n, const struct peering *peers,
                         uint32_t row_n);

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

/* What the row, which is `row` of the columns before, has changed: */
/* do the arguments of node `n` have what they had? */
bool row_run_same(const struct row_run *r, uint32_t n, const struct vec *before, uint32_t row);
/* the group it is in now; `p`, with its crowd, is as before. Also a STAND_* (grade/pop_move.h). */
uint32_t row_run_group(const struct row_run *r, const struct peering *p, const struct vec *before,
                       uint32_t row);

/* What is asked again and again of one result: see frozen.c. */
struct standing *standing_open(struct arena *keep);
/* The groups of step `n` as `base` has them, with their crowd; kept there. */
struct peering *standing_peers(const struct result *base, uint32_t n);
/* Columns that nothing has asked for yet: before the result's columns are read. */
void standing_complete(const struct result *base);

/* The Cell of a field's column at a row; c == NULL: no such column. */
Cell run_load(const struct node *k, const struct column *c, uint32_t row);

#endif
