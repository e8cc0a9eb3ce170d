/* fill_test.c - columns from the front to the back, wider as figures ask, cut at the end. */
#include "base/arena.h"
#include "col/fill.h"
#include "t.h"

enum { STEP = 128 };

TEST(col_fill_widens_and_keeps_what_was)
{
    static const int64_t top[] = {100, 70000, 5000000000, -9000000000000000000};
    static const enum vec_type type[] = {VEC_I8, VEC_I32, VEC_I64, VEC_I64};
    struct arena *a = arena_open();
    struct dataset *d = dataset_open(a, STEP * 4 + 50);
    struct column *c = dataset_column(d, 1, COL_NO_PERIOD);
    int64_t figure[STEP] = {3};
    uint64_t missing[STEP / WORD_ROWS] = {2, 0};
    for (uint32_t i = 0; i < 4; i++) {
        figure[STEP - 1] = top[i];
        fill_column(c, i * STEP, figure, missing, STEP);
        CHECK_INT(c->type, type[i]);
    }
    missing[0] = UINT64_MAX << 9; /* more than the rows that are filled */
    fill_column(c, 4 * STEP, figure, missing, 10);
    for (uint32_t i = 0; i < 4; i++) {
        CHECK(column_value(c, i * STEP) == 3 && column_has(c, i * STEP));
        CHECK(column_value(c, i * STEP + STEP - 1) == top[i]);
        CHECK(!column_has(c, i * STEP + 1) && column_has(c, i * STEP + 2));
    }
    CHECK(column_has(c, 4 * STEP + 8) && !column_has(c, 4 * STEP + 9));
    CHECK(!column_has(c, 4 * STEP + 10) && c->least == top[3] && c->most == top[2]);
    fill_end(d, 4 * STEP + 10);
    CHECK(d->row_n == 4 * STEP + 10 && c->row_n == d->row_n);
    CHECK(c->missing[4 * STEP / WORD_ROWS] == 1u << 9);
    fill_end(d, STEP);
    CHECK_INT(c->row_n, STEP);
    arena_close(a);
}

TEST(col_fill_makes_room_as_wide_as_the_first_figures)
{
    struct arena *a = arena_open();
    struct dataset *d = dataset_open(a, STEP);
    const uint64_t missing[STEP / WORD_ROWS] = {0};
    const int64_t figure[STEP] = {[7] = 70000};
    for (uint32_t field = 0; field < 2; field++) {
        CHECK(dataset_bare_column(d, field, COL_NO_PERIOD)->value == NULL);
        CHECK(dataset_bare_column(d, field, COL_NO_PERIOD) == &d->column[field]);
    }
    fill_column(&d->column[0], 0, figure, missing, STEP);
    fill_end(d, STEP);
    CHECK(d->column[0].type == VEC_I32 && column_value(&d->column[0], 7) == 70000);
    CHECK(column_has(&d->column[0], 8) && column_value(&d->column[0], 8) == 0);
    CHECK(!column_has(&d->column[1], 7) && column_value(&d->column[1], 7) == 0);
    arena_close(a);
}
