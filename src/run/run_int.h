/* run_int.h - what the parts of run/ share. */
#ifndef GECI_RUN_RUN_INT_H
#define GECI_RUN_RUN_INT_H

#include "run/run.h"

/* The results of an evaluation as text and receipts; fills text, line, leaf and root. */
void run_write(struct arena *keep, struct run_outcome *o, Str county, const struct run *r);
/* The run, if it stands in one of the states (a bit each: 1u << RUN_DRAFT ..); RUN-STATE else. */
NODISCARD enum status run_at(const struct run_desk *d, struct run *out, int64_t run,
                             unsigned states);
struct run_entry {
    enum run_state state;
    Str why;
    SqlInt first_day, last_day;
    Str calendar;
};
NODISCARD enum status run_enter(const struct run_desk *d, int64_t run, int64_t n,
                                const struct run_entry *e);
/* ERR_GONE told as `code`, with the number. */
enum status run_gone(enum status st, enum diag_code code, int64_t number, struct diags *ds);

#endif
