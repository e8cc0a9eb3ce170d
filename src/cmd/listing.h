/* listing.h - rows that a verb writes: CSV for programs on standard output or in -o, and by the
 * ending of its name a workbook (.xlsx) or JSON Lines (.jsonl), which also say what they are about.
 *
 *     listing_open -> listing_row .. -> listing_close
 */
#ifndef GECI_CMD_LISTING_H
#define GECI_CMD_LISTING_H

#include "cmd/cli.h"
#include "sheet/out.h"

enum { LISTING_FACTS_MAX = 16 };

struct listing {
    struct cli *cli;
    bool for_people; /* CSV in -o is as Excel wants it, and says what it is about, too */
    struct out_table *out;
    enum status st; /* of the rows so far */
    struct out_fact fact[LISTING_FACTS_MAX];
    size_t fact_n;
};

/* Does -o name something else than CSV? */
bool listing_is_asked(const struct cli *c);
/* Before listing_open: what the table is about; text that outlives the table. Empty values are left
 * out. */
void listing_fact(struct listing *t, const char *key, Str value);
/* Opens -o. `sheet` names the sheet of a workbook. A complaint and an exit code, or 0. */
int listing_open(struct listing *t, struct cli *c, Str sheet, const struct out_column *column,
                 uint32_t column_n);
void listing_row(struct listing *t, const struct out_cell *cell);
/* Puts the file in place, or leaves the old one and says why. */
int listing_close(struct listing *t);

#endif
