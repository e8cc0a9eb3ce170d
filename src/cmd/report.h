/* report.h - the results of a run as columns: what `score`, `demo` and `compare` print. */
#ifndef GECI_CMD_REPORT_H
#define GECI_CMD_REPORT_H

#include "base/base.h"
#include "cmd/job.h"
#include "explain/missing.h"

struct report {
    struct cli *cli;
    const struct job *job;
    struct missing *missing;
    uint32_t *item; /* columns */
    size_t item_n;
    bool has_person; /* some field waits for a person's judgement */
};

/* All columns, or those of the top level. */
void report_open(struct report *r, struct cli *c, const struct job *j, bool all);
/* The score that ranks a table: the first of the top level, or -1. */
int32_t report_main(const struct report *r);
/* Rows by that score, best first: by the sure points, then the possible ones, then as in the file.
 */
uint32_t *report_order(const struct report *r);

/* column_cell of an item. */
void report_cell(const struct report *r, struct buf *out, uint32_t item, Cell c);
/* Facts the row waits for: figures, or persons' judgements. "甲; 乙" */
void report_missing(struct report *r, struct buf *out, uint32_t row, bool person);

/* Ranked, aligned, at most `rows_max` rows (0: all) of the first columns that fit. BRIEF leaves out
 * the components of verdicts and does not say what was left out. */
enum report_size { REPORT_FULL, REPORT_BRIEF };
void report_table(struct report *r, uint32_t rows_max, enum report_size size);

#endif
