/* check.h - static checks of a compiled document, beyond what reading, naming and typing report.
 *
 * Each check is a function of the model alone; each code it reports is documented in
 * base/diag_rule_check.h and provoked by a case in test/golden/diag.
 */
#ifndef GECI_CHECK_CHECK_H
#define GECI_CHECK_CHECK_H

#include "base/base.h"

struct arena;
struct diags;
struct rules;

/* Compiles a document (rule_load) and, when its names and types are all right, checks it. What all
 * who score by a document call: OK means it can be relied on, warnings may be present. */
NODISCARD enum status check_load(struct arena *keep, struct rules **out, Str file, Str text,
                                 struct diags *ds);

/* Decision tables: gaps and overlaps with a witness, unreachable rows, dated rows that overlap or
 * leave holes. Exact for one numeric input; boxes are swept for several (up to 200,000 boxes, else
 * a note BAND-UNCHECKED). */
void check_tables(struct arena *tmp, const struct rules *r, struct diags *ds);
/* 满分, 权重, 通过, 最低 of the score trees: sums, points above the maximum, segments. */
void check_scores(struct arena *tmp, const struct rules *r, struct diags *ds);
/* 状态, 来源, 确度 present; unused fields, params and segments; tests present, with expectations
 * and covering band edges. */
void check_sources(struct arena *tmp, const struct rules *r, struct diags *ds);

/* Documents that concern each other: the fields of rules beside those of the kind they are about
 * (missing there, of another type, dimension or period, read in another unit), links between kinds,
 * kinds declared twice. Reports to the list of the document that is wrong. */
void check_together(struct arena *tmp, const struct rules *const *r, struct diags *const *ds,
                    size_t n);

#endif
