/* oracle.h - published figures to compare with: CSV tables kept outside the source tree. */
#ifndef GECI_TEST_PROP_ORACLE_H
#define GECI_TEST_PROP_ORACLE_H

#include "base/base.h"

struct arena;

struct sheet {
    Str *cell; /* row_n * column_n, the head first */
    size_t row_n, column_n;
};

/* SKIPs the test where the file is absent. */
void sheet_read(struct arena *keep, struct sheet *out, const char *path);
size_t sheet_column(const struct sheet *s, Str name); /* fails the test if there is none */
Str sheet_cell(const struct sheet *s, size_t row, size_t column);
Str sheet_csv(struct arena *keep, const struct sheet *s);
/* The columns of `right` behind those of `left`, rows matched by the first column. */
Str sheet_join(struct arena *keep, const struct sheet *left, const struct sheet *right);

#endif
