/* check_axis.h - one input of a decision table, cut into cells within which every test of the table
 * has one answer.
 *
 *     points p0 < p1 < ..     cells   (-oo, p0)  {p0}  (p0, p1)  {p1} ..  (pn, +oo)
 *                             number      0        1       2       3         2n+2
 *     truth                   否 是
 *     text                    a cell for each label, and one for any other unless all are known
 *
 * A test is then a set of runs of cells, whatever its bounds and their decimals. Pure; everything
 * is allocated on the checker's arena.
 */
#ifndef GECI_CHECK_CHECK_AXIS_H
#define GECI_CHECK_CHECK_AXIS_H

#include "check/check_int.h"

enum cell_class {
    AXIS_DEAD, /* no value lies there: outside 范围, or between two whole numbers */
    AXIS_OUT,  /* beyond what the rows speak of, and perhaps never met */
    AXIS_END,  /* beyond what the rows speak of, but met: within 范围, or any amount */
    AXIS_IN,   /* between the rows */
};

struct axis_point {
    Dec at;
    Str text;                /* as written; empty: an end of the input's range */
    const struct unit *unit; /* of an end */
};

struct axis {
    const struct expr *input;
    enum type_kind kind;
    struct axis_point *point;
    size_t point_n, point_cap;
    Str *label; /* texts, prefixes with a * behind, at last the empty one for any other */
    bool open;  /* text: there is one for any other */
    uint32_t cell_n;
    uint8_t *cls; /* enum cell_class of each cell */
};

struct axis_run { /* cells beg .. end - 1 */
    uint32_t beg, end;
};
struct axis_set {
    struct axis_run *run;
    size_t n, cap;
};

/* False: a bound is not constant, or the tests are of a kind that cannot be told apart. */
bool axis_open(struct checker *c, struct axis *ax, const struct table *t, uint32_t input);
/* The cells in which the tests are met. */
void axis_cells(const struct checker *c, const struct axis *ax, const struct cell_test *cell,
                struct axis_set *out);
bool axis_has(const struct axis_set *set, uint32_t cell);
/* "[5%, 6%)", ">= 20%", "高; 低": the run in words. */
void axis_print(struct buf *out, const struct checker *c, const struct axis *ax,
                struct axis_run run);

#endif
