/* missing.h - which facts a result waits for.
 *
 * A result that is not definite depends on facts: those its expression names, and those of the
 * items it uses which are not definite either. Of these, the ones without a value are listed. Facts
 * that their field's blank policy stands in for (零, 组均值, 组中位数) are not waited for.
 */
#ifndef GECI_EXPLAIN_MISSING_H
#define GECI_EXPLAIN_MISSING_H

#include "base/base.h"
#include "eval/eval.h"

struct arena;
struct buf;
struct missing;

typedef struct Fact {
    uint32_t field;
    int period;  /* as in col/dataset.h */
    bool person; /* no figure but somebody's judgement or opinion is wanted */
} Fact;

/* Reads the rules once, for a year of evaluation. */
struct missing *missing_open(struct arena *keep, const struct rules *r, int period);
/* What items `item[0..item_n)` of a row wait for, each fact once, in the order of the fields. The
 * list is valid until the next call. Cost: the size of the rules. */
size_t missing_list(struct missing *m, const struct result *res, uint32_t row, const uint32_t *item,
                    size_t item_n, const Fact **out);
/* `研发费用`, or `研发费用@2023` when it is not the year of evaluation (2024Q3 for quarters). */
void missing_name(struct buf *out, const struct rules *r, Fact f, int period);

#endif
