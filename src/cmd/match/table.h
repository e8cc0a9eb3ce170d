/* table.h - tables that matching reads: CSV with columns known by their names. */
#ifndef GECI_CMD_MATCH_TABLE_H
#define GECI_CMD_MATCH_TABLE_H

#include "base/csv.h"
#include "base/diag.h"
#include "base/order.h"
#include "cmd/cli.h"

enum { MATCH_COLUMNS = 8 };

struct match_table {
    struct cli *c;
    Str path;
    struct csv csv; /* csv.line: the line last read */
    struct diags ds;
    uint32_t column[MATCH_COLUMNS]; /* one more than its place; 0: it has none */
    enum status st;
};

/* Complaints and exit codes, or 0. */
int match_table_open(struct cli *c, struct match_table *t, Str path);
int match_table_column(struct match_table *t, int i, const char *zh, const char *en, bool must);
/* False: the end, or something is wrong, which match_table_end tells. */
bool match_table_next(struct match_table *t);
int match_table_end(struct match_table *t);
/* Of the row last read; empty where there is none. */
Str match_cell(const struct match_table *t, int i);

/* Names, each with its number by the order they came in. */
struct match_names {
    Str *at;
    size_t n, cap;
    uint32_t *slot; /* one more than the number; 0: free */
    size_t slots;
    uint32_t last; /* the number asked for last: tables repeat themselves */
};
uint32_t match_name(struct arena *keep, struct match_names *x, Str name);

#endif
