/* split.c - a change of rules by locality, size or any other label of a subject. */
#include "base/arena.h"
#include "base/csv.h"
#include "base/order.h"
#include "base/str.h"
#include "col/dataset.h"
#include "compare/compare_int.h"

struct label_of { /* of each row of the old data set */
    struct labels *labels;
    uint32_t *code;
};

static bool is_label(const struct field *f)
{
    return f->type.kind == TYPE_TEXT && f->period == PERIOD_NONE;
}

static Str no_label(const struct compare *k)
{
    return str_of(ZE(k, "（未知）", "(unknown)"));
}

static void by_field(const struct compare *k, int side, uint32_t field, struct label_of *out)
{
    const struct dataset *d = k->side[side].data;
    const struct column *col = dataset_find(d, field, COL_NO_PERIOD);
    for (uint32_t row = 0; row < k->row_n; row++) {
        uint32_t at = compare_row(k, side, row);
        bool has = col != NULL && column_has(col, at);
        out->code[row] =
            labels_code(out->labels, has ? labels_text(d->labels, (uint32_t)column_value(col, at))
                                         : no_label(k));
    }
}

static void by_item(const struct compare *k, int side, uint32_t item, struct label_of *out)
{
    const struct dataset *d = k->side[side].data;
    for (uint32_t row = 0; row < k->row_n; row++) {
        Cell c = result_cell(k->side[side].res, item, compare_row(k, side, row));
        out->code[row] = labels_code(
            out->labels, c.lo == c.hi ? labels_text(d->labels, (uint32_t)c.lo) : no_label(k));
    }
}

/* A column that only the facts have; its rows are found again by their ids. */
static bool by_column(const struct compare *k, Str name, struct label_of *out)
{
    struct compare_column x;
    struct csv csv;
    if (k->column == NULL || !k->column(k->ctx, name, &x))
        return false;
    csv_open(&csv, k->arena, x.text);
    if (csv_next(&csv, NULL) != OK)
        return false;
    for (uint32_t row = 0; row < k->row_n; row++)
        out->code[row] = labels_code(out->labels, no_label(k));
    for (uint32_t row = 0; row < k->row_n && csv_next(&csv, NULL) == OK && csv.cell_n > 0;) {
        if (x.id >= csv.cell_n || !str_eq(csv.cell[x.id].text, compare_id(k, row)))
            continue; /* a row that was left out */
        if (x.at < csv.cell_n && csv.cell[x.at].text.n > 0)
            out->code[row] = labels_code(out->labels, csv.cell[x.at].text);
        row++;
    }
    return true;
}

bool compare_csv_column(struct arena *tmp, Str text, Str id_field, Str name,
                        struct compare_column *out)
{
    struct csv csv;
    *out = (struct compare_column){.text = text};
    csv_open(&csv, tmp, text);
    if (csv_next(&csv, NULL) != OK)
        return false;
    while (out->at < csv.cell_n && !str_eq(csv.cell[out->at].text, name))
        out->at++;
    for (size_t i = 0; i < csv.cell_n; i++)
        if (id_field.n > 0 && str_eq(csv.cell[i].text, id_field))
            out->id = i;
    return out->at < csv.cell_n;
}

static bool find_labels(const struct compare *k, Str name, struct label_of *out)
{
    *out = (struct label_of){.labels = labels_open(k->arena)};
    out->code = ARENA_ARRAY(k->arena, uint32_t, (size_t)k->row_n + 1);
    for (int side = NEW; side >= OLD; side--) {
        const struct rules *r = k->side[side].rules;
        int32_t field = rule_find_field(r, name), item = rule_find_item(r, name);
        if (field >= 0 && is_label(&r->field[field])) {
            by_field(k, side, (uint32_t)field, out);
            return true;
        }
        if (item >= 0 && r->item[item].type.kind == TYPE_TEXT) {
            by_item(k, side, (uint32_t)item, out);
            return true;
        }
    }
    return by_column(k, name, out);
}

static void add_subject(const struct compare *k, const struct impact *m, struct split_row *s,
                        uint32_t row)
{
    int way = compare_direction(k, row);
    Wide x[3];
    s->n++;
    s->up += way == 1;
    s->down += way == -1;
    bool scored = compare_gain(k, row, m->score_scale, x);
    s->scored += scored;
    for (int side = 0; side < 2; side++) {
        s->score[side] += scored ? x[side] : 0;
        if (m->policy_n > 0)
            compare_money(k, m, side, row, &s->money[side]);
    }
}

static bool is_smaller(const void *ctx, uint32_t a, uint32_t b)
{
    const struct split_row *row = ctx;
    return row[a].n < row[b].n;
}

static bool split_by(const struct compare *k, struct impact *m, Str name)
{
    struct arena *a = k->arena;
    struct label_of by;
    if (!find_labels(k, name, &by))
        return false;
    struct split *s = &m->split[m->split_n++];
    *s = (struct split){.name = name};
    uint32_t n = labels_n(by.labels);
    struct split_row *all = ARENA_ARRAY(a, struct split_row, (size_t)n + 1);
    for (uint32_t row = 0; row < k->row_n; row++)
        add_subject(k, m, &all[by.code[row]], row);
    uint32_t *order = order_rows(a, n, is_smaller, all);
    s->row = ARENA_ARRAY(a, struct split_row, (size_t)n + 1);
    for (uint32_t i = 0; i < n; i++) {
        if (all[order[i]].n == 0)
            continue;
        s->row[s->row_n] = all[order[i]];
        s->row[s->row_n++].label = labels_text(by.labels, order[i]);
    }
    return true;
}

static void split_as_usual(const struct compare *k, struct impact *m)
{
    const struct rules *r = k->side[NEW].rules;
    for (uint32_t i = 0; i < r->field_n && m->split_n < SPLITS_MAX; i++)
        if (r->field[i].ftype == FIELD_REGION && is_label(&r->field[i]))
            (void)split_by(k, m, r->field[i].name); /* it is there */
    for (uint32_t i = 0; i < r->item_n && m->split_n < SPLITS_MAX; i++)
        if (r->item[i].kind == ITEM_SEGMENT && r->item[i].type.kind == TYPE_TEXT)
            (void)split_by(k, m, r->item[i].name);
}

bool compare_splits(const struct compare *k, struct impact *m, const Str *by, size_t by_n,
                    Str *unknown)
{
    ASSERT(by_n <= SPLITS_MAX);
    if (by_n == 0)
        split_as_usual(k, m);
    for (size_t i = 0; i < by_n; i++)
        if (!split_by(k, m, by[i]) && unknown != NULL) {
            *unknown = by[i];
            return false;
        }
    return true;
}
