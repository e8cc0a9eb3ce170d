/* run.h - a rule document with data, scored by the vector evaluator and by the reference. */
#ifndef GECI_TEST_PROP_RUN_H
#define GECI_TEST_PROP_RUN_H

#include "base/arena.h"
#include "base/diag.h"
#include "col/dataset.h"
#include "eval/eval.h"

struct run {
    struct arena *keep;
    struct diags ds;
    struct rules *r;
    struct dataset *d;
    struct plan *plan;
    struct eval_opts o;
};

/* False: the document or the data has errors; run_complain shows them. Close it either way. */
bool run_open(struct run *w, Str doc, Str csv, Day as_of, int period);
void run_close(struct run *w);
void run_complain(const struct run *w);

enum status run_vector(struct run *w, struct result **out); /* under w->o */
enum status run_ref(struct run *w, struct result **out);

/* Row i of `a` against row order[i] of `b` (NULL: the same row), every item; texts are compared as
 * texts. Shows the first difference, under the name `what`. */
bool run_same(const char *what, const struct result *a, const struct result *b,
              const uint32_t *order);

#endif
