/* explain.h - why a number is what it is: a tree from a result down to facts and clauses.
 *
 * Every node says what it is, its value as an interval, what made it (rule row, form, inputs), the
 * quoted clause and the place in the document, and what is missing. The points of a score's
 * children add up to the score under its aggregation. Texts are Chinese or English.
 */
#ifndef GECI_EXPLAIN_EXPLAIN_H
#define GECI_EXPLAIN_EXPLAIN_H

#include "base/base.h"
#include "base/diag.h"
#include "eval/eval.h"

struct buf;

enum explain_format { EXPLAIN_TEXT, EXPLAIN_JSON, EXPLAIN_HTML };

/* One subject, all top-level gates, scores, grades and policies (or one item: item >= 0). */
NODISCARD enum status explain_row(struct buf *out, const struct plan *p, const struct result *res,
                                  uint32_t row, int32_t item, enum explain_format format,
                                  enum lang lang);

/* What stands between a leaf and its next band: for each band or step leaf of the row, the next
 * better row, the points it brings and the value its input needs (frozen population). */
struct next_step {
    uint32_t item;
    Wide gain_lo, gain_hi; /* points, at the item's scale */
    Str text;              /* "研发费用 / 销售收入: 4.2% -> 5%, +10 分" */
};
NODISCARD enum status explain_next(struct arena *keep, struct next_step **out, uint32_t *out_n,
                                   const struct plan *p, const struct result *res, uint32_t row,
                                   enum lang lang);

/* A cell as people read it: "88", "61~78", "符合", "5.2%", "缺数" - in the item's 显示 unit. */
void cell_print(struct buf *out, const struct rules *r, const struct dataset *d, Type type,
                const struct unit *show, Cell c, enum lang lang);

#endif
