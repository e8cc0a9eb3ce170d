/* column.h - values for machines: what stands in the columns of results. */
#ifndef GECI_EXPLAIN_COLUMN_H
#define GECI_EXPLAIN_COLUMN_H

#include "base/diag.h"
#include "rule/model.h"

struct buf;
struct dataset;

/* The unit the figures of an item are written in, where it has one: exactly or not at all. */
const struct unit *column_unit(const struct item *it);
/* One value: 88, 61~78, ~78, 61~, 符合, B; empty when nothing is known. */
void column_cell(struct buf *out, const struct rules *r, const struct dataset *d, uint32_t item,
                 Cell c, enum lang lang);
/* One end of a number in the unit of the item, exactly. */
void column_number(struct buf *out, const struct item *it, Wide m);

#endif
