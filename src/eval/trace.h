/* trace.h - every intermediate value of one row, for explanations.
 *
 * The row is evaluated again by the plan, keeping all registers; population steps take the values
 * of the run (so they are what was published).
 */
#ifndef GECI_EVAL_TRACE_H
#define GECI_EVAL_TRACE_H

#include "eval/eval.h"

struct trace;

NODISCARD enum status trace_open(struct arena *keep, struct trace **out, const struct plan *p,
                                 const struct result *res, uint32_t row);
/* The value of `e` (of this rule document), at a shift of years and quarters (<= 0). False if the
 * plan never computes it (a branch that constants ruled out). */
bool trace_value(const struct trace *t, const struct expr *e, int year_shift, int quarter_shift,
                 Cell *out);

/* How each row of a decision table stands for this subject: MET, UNMET, UNKNOWN or MANUAL; rows not
 * in force on the day are NA. `hit` needs table->row_n entries. */
bool trace_table(const struct trace *t, const struct expr *table_expr, int year_shift,
                 int quarter_shift, enum truth *hit);

#endif
