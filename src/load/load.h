/* load.h - a CSV or a column file (gcol.h) of facts into the columns of a rule document.
 *
 * The header names fields: `研发费用`, `研发费用@2023`, `营业收入@2024Q3`, `研发费用(万元)` (a unit
 * for the whole column). Columns that are no field are left out and reported once (DATA-EXTRA, a
 * note). A field without a column is all missing (DATA-ABSENT, a warning). The bare name of a
 * yearly field means the year of evaluation, of a quarterly one its last quarter. First column, or
 * the document's 身份: the id, unique and not empty. Bad cells are reported one by one, each
 * followed by a DATA-CELL note of its line, id and column, and become missing; the load fails
 * (ERR_INPUT) but still gives the dataset, so the caller may go on with what is good. Warnings are
 * repeated three times a column, then counted (DATA-MORE).
 */
#ifndef GECI_LOAD_LOAD_H
#define GECI_LOAD_LOAD_H

#include "base/base.h"
#include "base/diag.h"

struct arena;
struct dataset;
struct gcol;
struct rules;

enum { LOAD_ROWS_MAX = 10000000 };

/* What became of each row, for those who keep the good ones. On the arena of the dataset. */
struct load_rows {
    enum lang lang;
    uint32_t *line; /* in the file */
    uint64_t *bad;  /* a bit each: something in it is an error */
    Str *why;       /* of bad rows: what, a sentence for each cell */
};

struct load_opts {
    int period; /* year of evaluation; INT32_MIN: the latest year named in the header, else
                          the year before `as_of_year` */
    int as_of_year;
    uint32_t rows_max;      /* 0 = LOAD_ROWS_MAX */
    struct load_rows *rows; /* filled in; or NULL */
};

/* `text` is decoded UTF-8 (csv_decode). *period gets the year used. */
NODISCARD enum status load_csv(struct arena *keep, struct dataset **out, int *period,
                               const struct rules *r, Str text, const struct load_opts *o,
                               struct diags *ds);
/* The same of a column file: the columns, labels and diagnostics that its CSV would give, which
 * point at the header. */
NODISCARD enum status load_gcol(struct arena *keep, struct dataset **out, int *period,
                                const struct rules *r, const struct gcol *g,
                                const struct load_opts *o, struct diags *ds);
/* One `field[@period]=value` of --set. */
NODISCARD enum status load_set(struct dataset *d, const struct rules *r, uint32_t row, int period,
                               Str assignment, struct diags *ds);
/* The facts that `from` read, for `to`, a revision of it: the columns are shared, so a run may take
 * from one before what hangs on nothing that was revised (eval_again). NULL: a cell would be read
 * otherwise by it, or the texts of the rules differ; read the file again. */
struct dataset *load_as(struct arena *keep, const struct dataset *d, const struct rules *from,
                        const struct rules *to);
/* The rows of example table `t` of the rules as a dataset (ids "1", "2", ..). */
NODISCARD enum status load_examples(struct arena *keep, struct dataset **out, const struct rules *r,
                                    uint32_t t, int period, struct diags *ds);
/* An empty dataset whose dictionary starts with the labels of the rules, as eval_run wants it. */
struct dataset *load_open(struct arena *keep, const struct rules *r, uint32_t row_n);

#endif
