/* fill.h - columns filled by a reader that goes from the front to the back.
 *
 * A reader opens the dataset with as many rows as there may be, fills 64 and more at a time, and
 * cuts off what it did not need. Columns are as narrow as what has come so far asks for.
 */
#ifndef GECI_COL_FILL_H
#define GECI_COL_FILL_H

#include "col/dataset.h"

/* Sets n rows from `row` on, a multiple of WORD_ROWS, of which those with a bit in `missing` hold
 * 0. Neither INT64_MIN nor INT64_MAX occurs. Those rows and all behind them are missing before, and
 * the column is not shared. About a nanosecond a row, and a copy when it must be wider. */
void fill_column(struct column *c, uint32_t row, const int64_t *figure, const uint64_t *missing,
                 uint32_t n);
/* Takes away all rows but the first row_n. */
void fill_end(struct dataset *d, uint32_t row_n);

#endif
