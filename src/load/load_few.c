/* load_few.c - facts that come one by one: an assignment of --set, the rows of an example table. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "col/dataset.h"
#include "load/head.h"
#include "load/load.h"
#include "rule/cell.h"
#include "rule/lex.h"

struct dataset *load_open(struct arena *keep, const struct rules *r, uint32_t row_n)
{
    struct dataset *d = dataset_open(keep, row_n);
    for (uint32_t code = 0; code < r->label_n; code++)
        ASSERT(labels_code(d->labels, r->label[code]) == code);
    return d;
}

/* Takes `field[@period]=value` apart. */
static enum status read_target(struct arena *tmp, struct head *h, Text *value,
                               const struct rules *r, Str assignment, struct diags *ds)
{
    size_t at = str_find(assignment, S("="));
    Span all = {0, (uint32_t)assignment.n};
    if (at == assignment.n)
        return diag_add(ds, DIAG_DATA_ASSIGN, all, assignment, NO_ARG, NO_ARG);
    Str name = str_trim(str_sub(assignment, 0, at));
    value->s = str_trim(str_sub(assignment, at + 1, assignment.n));
    value->span = (Span){(uint32_t)at + 1, all.end};
    TRY(head_read(tmp, h, r, name, (Span){0, (uint32_t)at}, ds));
    if (h->field >= 0)
        return OK;
    Str bare = str_sub(h->name, 0, str_find(h->name, S("@"))); /* the period is not misspelt */
    return diag_add(ds, DIAG_DATA_FIELD, h->span, name, rule_near_field(r, bare), NO_ARG);
}

enum status load_set(struct dataset *d, const struct rules *r, uint32_t row, int period,
                     Str assignment, struct diags *ds)
{
    ASSERT(row < d->row_n);
    struct arena *tmp = arena_open();
    struct head h = {.field = -1};
    Text value = {S(""), {0, 0}};
    Cell cell = CELL_UNKNOWN;
    enum status st = read_target(tmp, &h, &value, r, assignment, ds);
    if (st == OK)
        st = rule_read_cell(&cell, r, &h.as, value, d->labels, ds);
    if (st == OK) {
        struct column *c = dataset_column(d, (uint32_t)h.field, head_key(&h, period));
        if (value.s.n == 0)
            column_clear(c, row);
        else
            column_set(c, row, cell.lo);
    }
    arena_close(tmp);
    return st;
}

static int example_key(const struct field *f, const struct example_cell *c, int period)
{
    if (f->period == PERIOD_NONE)
        return COL_NO_PERIOD;
    return c->has_period ? c->period : rule_period_key(f, period, 0) + c->shift;
}

static void set_example(struct dataset *d, const struct rules *r, const struct example_cell *c,
                        uint32_t row, int period)
{
    const struct field *f = &r->field[c->ref];
    if (cell_is_definite(f->type.kind, c->value)) /* else nothing was given */
        column_set(dataset_column(d, c->ref, example_key(f, c, period)), row, c->value.lo);
}

enum status load_examples(struct arena *keep, struct dataset **out, const struct rules *r,
                          uint32_t t, int period, struct diags *ds)
{
    (void)ds; /* rule_load has reported what is wrong with the cells */
    uint32_t row_n = 0;
    for (uint32_t i = 0; i < r->example_n; i++)
        row_n += r->example[i].table == t;
    struct dataset *d = load_open(keep, r, row_n);
    d->name = ARENA_ARRAY(keep, Str, row_n);
    uint32_t row = 0;
    for (uint32_t i = 0; i < r->example_n; i++) {
        const struct example *e = &r->example[i];
        if (e->table != t)
            continue;
        d->id[row] = arena_fmt(keep, "%u", row + 1);
        d->name[row] = e->label;
        for (uint32_t j = 0; j < e->cell_n; j++)
            if (!e->cell[j].expected)
                set_example(d, r, &e->cell[j], row, period);
        row++;
    }
    *out = d;
    return OK;
}
