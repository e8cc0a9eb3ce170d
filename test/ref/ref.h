/* ref.h - the reference interpreter: the tree of a rule document walked a row at a time, population
 * functions by their definitions. Slow, plain, and written apart from the evaluator it judges.
 */
#ifndef GECI_TEST_REF_H
#define GECI_TEST_REF_H

#include "eval/eval.h"

NODISCARD enum status eval_ref(struct arena *keep, struct result **out, const struct rules *r,
                               const struct dataset *d, const struct eval_opts *o,
                               struct diags *ds);

#endif
