/* compare_split.c - a change of rules by locality, size or any other label of a subject.
 *
 * `--by` names fields of text, 分组 or 格次 of the documents, or columns of the data that no
 * document asks for. Without it: every 区划 field and every 分组 of the new document.
 */
#include "base/arena.h"
#include "base/csv.h"
#include "base/order.h"
#include "base/str.h"
#include "cmd/rule/compare.h"
#include "col/dataset.h"
#include "load/gcol.h"

struct label_of { /* of each row of the old data set */
    struct labels *labels;
    uint32_t *code;
};

static bool is_label(const struct field *f)
{
    return f->type.kind == TYPE_TEXT && f->period == PERIOD_NONE;
}

static Str unknown(const struct compare *k)
{
    return str_of(ZE(k->c, "（未知）", "(unknown)"));
}

static void by_field(const struct compare *k, int side, uint32_t field, struct label_of *out)
{
    const struct dataset *d = k->side[side].job.data;
    const struct column *col = dataset_find(d, field, COL_NO_PERIOD);
    for (uint32_t row = 0; row < k->row_n; row++) {
        uint32_t at = compare_row(k, side, row);
        bool has = col != NULL && column_has(col, at);
        out->code[row] =
            labels_code(out->labels,
                        has ? labels_text(d->labels, (uint32_t)column_value(col, at)) : unknown(k));
    }
}

static void by_item(const struct compare *k, int side, uint32_t item, struct label_of *out)
{
    const struct dataset *d = k->side[side].job.data;
    for (uint32_t row = 0; row < k->row_n; row++) {
        Cell c = result_cell(k->side[side].job.res, item, compare_row(k, side, row));
        out->code[row] = labels_code(
            out->labels, c.lo == c.hi ? labels_text(d->labels, (uint32_t)c.lo) : unknown(k));
    }
}

/* Two columns of a column file as the rows of a CSV. */
static Str columns_text(const struct compare *k, size_t id, size_t column)
{
    const struct gcol *g = k->side[OLD].job.columns;
    struct buf b;
    buf_init(&b, k->c->arena, BUF_MAX);
    gcol_print(&b, g, (const size_t[]){id, column}, 2, 0, gcol_row_n(g));
    return buf_str(&b);
}

/* A column that only the file has; its rows are found again by their ids. */
static bool by_column(const struct compare *k, Str name, struct label_of *out)
{
    const struct job *j = &k->side[OLD].job;
    struct csv csv;
    size_t at = 0, id = 0;
    csv_open(&csv, k->c->arena, j->data_text);
    if (csv_next(&csv, NULL) != OK)
        return false;
    Str id_field = j->rules->id_field;
    while (at < csv.cell_n && !str_eq(csv.cell[at].text, name))
        at++;
    for (size_t i = 0; i < csv.cell_n; i++)
        id = id_field.n > 0 && str_eq(csv.cell[i].text, id_field) ? i : id;
    if (at == csv.cell_n)
        return false;
    if (j->columns != NULL) {
        csv_open(&csv, k->c->arena, columns_text(k, id, at));
        id = 0;
        at = 1;
    }
    for (uint32_t row = 0; row < k->row_n; row++)
        out->code[row] = labels_code(out->labels, unknown(k));
    for (uint32_t row = 0; row < k->row_n && csv_next(&csv, NULL) == OK && csv.cell_n > 0;) {
        if (id >= csv.cell_n || !str_eq(csv.cell[id].text, compare_id(k, row)))
            continue; /* a row that was left out */
        if (at < csv.cell_n && csv.cell[at].text.n > 0)
            out->code[row] = labels_code(out->labels, csv.cell[at].text);
        row++;
    }
    return true;
}

static bool find_labels(const struct compare *k, Str name, struct label_of *out)
{
    *out = (struct label_of){.labels = labels_open(k->c->arena)};
    out->code = ARENA_ARRAY(k->c->arena, uint32_t, (size_t)k->row_n + 1);
    for (int side = NEW; side >= OLD; side--) {
        const struct rules *r = k->side[side].job.rules;
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
    bool scored = compare_change(k, row, m->score_scale, x);
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
    struct arena *a = k->c->arena;
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
    const struct rules *r = k->side[NEW].job.rules;
    for (uint32_t i = 0; i < r->field_n && m->split_n < SPLITS_MAX; i++)
        if (r->field[i].ftype == FIELD_REGION && is_label(&r->field[i]))
            (void)split_by(k, m, r->field[i].name); /* it is there */
    for (uint32_t i = 0; i < r->item_n && m->split_n < SPLITS_MAX; i++)
        if (r->item[i].kind == ITEM_SEGMENT && r->item[i].type.kind == TYPE_TEXT)
            (void)split_by(k, m, r->item[i].name);
}

int compare_splits(struct compare *k, struct impact *m)
{
    struct cli *c = k->c;
    if (!c->args.given[OPT_BY]) {
        split_as_usual(k, m);
        return 0;
    }
    Str rest = c->args.value[OPT_BY];
    while (rest.n > 0) {
        Str name = str_trim(str_cut(&rest, ','));
        if (m->split_n == SPLITS_MAX)
            return cli_usage(c, ZE(c, "--by 最多 %d 个。", "--by takes at most %d names."),
                             SPLITS_MAX);
        if (name.n > 0 && !split_by(k, m, name))
            return cli_fail(c, ERR_GONE,
                            ZE(c,
                               "--by “%.*s”：规则里没有这样的文本字段或分组，"
                               "数据里也没有这一列。",
                               "--by “%.*s”: no such label in the documents, nor column in the "
                               "data."),
                            STR_ARG(name));
    }
    return 0;
}
