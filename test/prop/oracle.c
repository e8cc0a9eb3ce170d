#include "prop/oracle.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/str.h"
#include "t.h"

void sheet_read(struct arena *keep, struct sheet *out, const char *path)
{
    const char *at = t_data(path);
    if (at == NULL)
        SKIP("the published data are not here; GECI_SHARED_DATA names their folder");
    size_t n = 0, cap = 0, cell_n = 0;
    char *bytes = t_read(at, &n);
    Str text = arena_copy(keep, (Str){bytes, n});
    t_release(bytes);
    struct csv c;
    csv_open(&c, keep, text);
    *out = (struct sheet){.cell = NULL};
    while (csv_next(&c, NULL) == OK && c.cell_n > 0) {
        out->column_n = c.cell_n;
        out->row_n++;
        for (size_t i = 0; i < c.cell_n; i++)
            VEC_PUSH(keep, out->cell, cell_n, cap) = arena_copy(keep, c.cell[i].text);
    }
    CHECK(out->row_n > 1 && cell_n == out->row_n * out->column_n);
}

Str sheet_cell(const struct sheet *s, size_t row, size_t column)
{
    return s->cell[row * s->column_n + column];
}

size_t sheet_column(const struct sheet *s, Str name)
{
    for (size_t i = 0; i < s->column_n; i++)
        if (str_eq(s->cell[i], name))
            return i;
    t_fail(__FILE__, __LINE__, "the column is in the file");
    return 0;
}

static void add_row(struct buf *b, const struct sheet *s, size_t row, size_t first)
{
    for (size_t i = first; i < s->column_n; i++)
        csv_write_cell(b, sheet_cell(s, row, i), i == 0, false);
}

Str sheet_csv(struct arena *keep, const struct sheet *s)
{
    struct buf b;
    buf_init(&b, keep, BUF_MAX);
    for (size_t row = 0; row < s->row_n; row++) {
        add_row(&b, s, row, 0);
        csv_write_end(&b);
    }
    return buf_str(&b);
}

Str sheet_join(struct arena *keep, const struct sheet *left, const struct sheet *right)
{
    struct buf b;
    buf_init(&b, keep, BUF_MAX);
    for (size_t row = 0; row < left->row_n; row++) {
        size_t other = 0;
        while (other < right->row_n &&
               !str_eq(sheet_cell(right, other, 0), sheet_cell(left, row, 0)))
            other++;
        CHECK(other < right->row_n);
        add_row(&b, left, row, 0);
        add_row(&b, right, other < right->row_n ? other : 0, 1);
        csv_write_end(&b);
    }
    return buf_str(&b);
}
