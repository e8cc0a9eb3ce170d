/* same.h - facts under one document with a field of every type; are they the same? */
#ifndef GECI_TEST_FUZZ_SAME_H
#define GECI_TEST_FUZZ_SAME_H

#include "base/base.h"
#include "base/diag.h"

struct arena;
struct dataset;
struct gcol;

struct loaded {
    struct dataset *d; /* NULL: not even that */
    struct diags ds;
    enum status st;
    int period;
};

void loaded_csv(struct arena *a, struct loaded *l, Str text);
void loaded_gcol(struct arena *a, struct loaded *l, const struct gcol *g);

Str gcol_csv(struct arena *a, const struct gcol *g); /* the CSV that it prints */

/* ASSERTs. Diagnostics: everything but where they point. */
void same_data(const struct dataset *x, const struct dataset *y);
void same_diags(const struct diags *x, const struct diags *y);

#endif
