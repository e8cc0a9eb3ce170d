/* report.h - kinds and reports in a test's store, whoever opened it: each an act of county 320582
 * that is committed. A fault fails the test. */
#ifndef GECI_TEST_HELP_REPORT_H
#define GECI_TEST_HELP_REPORT_H

#include "audit/act.h"
#include "base/diag.h"
#include "db/db.h"

/* An open writing connection, the test's arena and diagnostics. */
struct reporting {
    struct db_conn *w;
    struct arena *a;
    struct diags *ds;
};

/* An act at second `s`: begin, and end with `verb` and commit. */
struct act report_begin(struct reporting r, int64_t s);
void report_end(struct act *act, Str verb);

void report_kind(struct reporting r, const char *text);
void report_csv(struct reporting r, const char *kind, Str csv);

#endif
