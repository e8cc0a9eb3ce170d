/* check.h - the rows of a table against the fields they are for, before anything is taken in.
 *
 * One problem a bad cell: where it stands, what it says, what is wrong, the way out. A row with an
 * error is bad; a warning leaves it good. Whoever asked decides what follows: nothing is taken in,
 * or the good rows are. The bad ones go back as a workbook with the reasons beside them.
 */
#ifndef GECI_SHEET_CHECK_H
#define GECI_SHEET_CHECK_H

#include "sheet/map.h"
#include "sheet/out.h"

enum { PROBLEMS_MAX = 10000 };

struct problem {
    uint32_t row;    /* index in the table */
    uint32_t column; /* of the table */
    bool warns;
    Str what, fix; /* fix may be empty */
};

struct checked {
    struct problem *problem; /* by row, then column; the first PROBLEMS_MAX */
    size_t n, cap;
    size_t dropped; /* more than those */
    bool *bad;      /* by row */
    uint32_t good_n, bad_n;
};

void check_rows(struct arena *keep, struct checked *out, const struct rules *r,
                const struct found *t, const struct mapping *m, enum lang lang);

/* "第 3 行 C 列「研发费用」：“1.2百”……。建议：……" */
Str check_say(struct arena *keep, const struct found *t, const struct problem *p, enum lang lang);

/* The bad rows as xlsx: their cells as they were, bad ones coloured and with a remark, behind them
 * the row's number and the reasons. Columns have the names by which they were read: what the sheet
 * said of units above its header still holds when the rows come back. */
NODISCARD enum status check_failed(struct arena *keep, const struct rules *r, const struct found *t,
                                   const struct mapping *m, const struct checked *k,
                                   const struct out_spec *put);

#endif
