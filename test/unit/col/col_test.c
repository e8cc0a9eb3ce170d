#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "t.h"

TEST(col_labels_are_dense_codes_in_order_of_first_sight)
{
    struct arena *a = arena_open();
    struct labels *l = labels_open(a);
    CHECK_INT(labels_n(l), 0);
    CHECK_INT(labels_find(l, S("高")), -1);
    CHECK_INT(labels_code(l, S("高")), 0);
    CHECK_INT(labels_code(l, S("较高")), 1);
    CHECK_INT(labels_code(l, S("")), 2);
    CHECK_INT(labels_code(l, S("高")), 0);
    CHECK_INT(labels_find(l, S("较高")), 1);
    CHECK_STR(labels_text(l, 1), "较高");
    CHECK_STR(labels_text(l, 2), "");
    CHECK_INT(labels_n(l), 3);
    arena_close(a);
}

TEST(col_labels_own_their_texts_and_survive_growth)
{
    enum { MANY = 20000 };
    struct arena *a = arena_open(), *tmp = arena_open();
    struct labels *l = labels_open(a);
    for (uint32_t i = 0; i < MANY; i++)
        CHECK(labels_code(l, arena_fmt(tmp, "label %u", i)) == i);
    arena_close(tmp);
    tmp = arena_open();
    for (uint32_t i = 0; i < MANY; i++) {
        Str text = arena_fmt(tmp, "label %u", i);
        CHECK(labels_find(l, text) == i && str_eq(labels_text(l, i), text));
    }
    CHECK_INT(labels_n(l), MANY);
    arena_close(tmp);
    arena_close(a);
}

static void text_of_no_code(void *arg)
{
    (void)labels_text(arg, 0);
}

TEST(col_labels_refuse_a_code_that_is_none)
{
    struct arena *a = arena_open();
    CHECK(t_dies(text_of_no_code, labels_open(a)));
    arena_close(a);
}

TEST(col_columns_are_found_by_field_and_period)
{
    struct arena *a = arena_open();
    struct dataset *d = dataset_open(a, 3);
    CHECK(dataset_find(d, 7, 2023) == NULL);
    column_set(dataset_column(d, 7, 2023), 1, 42);
    column_set(dataset_column(d, 7, 2022), 1, 41);
    column_set(dataset_column(d, 7, COL_NO_PERIOD), 1, 40);
    CHECK_INT(d->column_n, 3);
    CHECK_INT((int64_t)column_value(dataset_find(d, 7, 2023), 1), 42);
    CHECK_INT((int64_t)column_value(dataset_column(d, 7, 2022), 1), 41);
    CHECK_INT((int64_t)column_value(dataset_find(d, 7, COL_NO_PERIOD), 1), 40);
    CHECK(dataset_find(d, 8, 2023) == NULL);
    CHECK_INT(d->column_n, 3);
    arena_close(a);
}

TEST(col_cells_are_missing_until_set_and_again_when_cleared)
{
    enum { ROWS = 130 };
    struct arena *a = arena_open();
    struct column *c = dataset_column(dataset_open(a, ROWS), 0, 0);
    for (uint32_t row = 0; row < ROWS; row++)
        CHECK(!column_has(c, row) && column_value(c, row) == 0);
    column_set(c, 0, -5);
    column_set(c, 63, 1);
    column_set(c, 64, 2);
    column_set(c, ROWS - 1, 3);
    CHECK(column_has(c, 0) && column_has(c, 63) && column_has(c, 64) && column_has(c, ROWS - 1));
    CHECK(!column_has(c, 1) && !column_has(c, 62) && !column_has(c, 65));
    column_clear(c, 64);
    CHECK(column_has(c, 63) && !column_has(c, 64) && column_value(c, 64) == 0);
    arena_close(a);
}

TEST(col_rows_are_found_by_id)
{
    struct arena *a = arena_open();
    struct dataset *d = dataset_open(a, 2);
    d->id[0] = S("甲");
    d->id[1] = S("乙");
    CHECK_INT(dataset_row(d, S("乙")), 1);
    CHECK_INT(dataset_row(d, S("丙")), -1);
    CHECK_INT(dataset_row(dataset_open(a, 0), S("甲")), -1);
    arena_close(a);
}

TEST(col_a_copy_shares_nothing_that_changes)
{
    struct arena *a = arena_open();
    struct dataset *d = dataset_open(a, 2);
    d->id[0] = S("甲");
    d->name = ARENA_ARRAY(a, Str, 2);
    d->name[1] = S("乙公司");
    column_set(dataset_column(d, 0, 2023), 0, 5);
    CHECK_INT(labels_code(d->labels, S("高")), 0);
    struct dataset *e = dataset_copy(a, d);
    CHECK_STR(e->id[0], "甲");
    CHECK_STR(e->name[1], "乙公司");
    column_set(dataset_column(e, 0, 2023), 0, 6);
    column_set(dataset_column(e, 1, 2023), 1, 7);
    CHECK_INT(labels_code(e->labels, S("低")), 1);
    CHECK_INT((int64_t)column_value(dataset_find(d, 0, 2023), 0), 5);
    CHECK(dataset_find(d, 1, 2023) == NULL);
    CHECK_INT(labels_n(d->labels), 1);
    CHECK_INT(labels_find(e->labels, S("高")), 0);
    CHECK_INT(dataset_copy(a, dataset_open(a, 0))->row_n, 0);
    arena_close(a);
}

TEST(col_a_row_alone_has_its_name_or_none)
{
    struct arena *a = arena_open();
    struct dataset *d = dataset_open(a, 2);
    d->id[1] = S("乙");
    column_set(dataset_column(d, 0, 2023), 1, 5);
    struct dataset *one = dataset_of_row(a, d, 1);
    CHECK_INT(one->row_n, 1);
    CHECK_STR(one->id[0], "乙");
    CHECK(one->name == NULL);
    CHECK_INT((int64_t)column_value(dataset_find(one, 0, 2023), 0), 5);
    d->name = ARENA_ARRAY(a, Str, 2);
    d->name[1] = S("乙厂");
    CHECK_STR(dataset_of_row(a, d, 1)->name[0], "乙厂");
    arena_close(a);
}
