/* again_int.h - a plan run again, where the facts of one row alone have changed: what is known. */
#ifndef GECI_EVAL_AGAIN_INT_H
#define GECI_EVAL_AGAIN_INT_H

#include "eval/run_int.h"

struct again {
    struct arena *keep, *tmp;
    const struct row_change *change;
    struct row_run run;  /* has[n]: nothing but the row has changed in node n */
    struct given *given; /* its column, if it is kept */
    bool *spread;        /* by population step: the row's peers have changed, `given` has it too */
    struct peerings *peers;
};

/* Step `n`, given all before it. False: it has to be run. */
bool again_pop(struct again *a, uint32_t n);

#endif
