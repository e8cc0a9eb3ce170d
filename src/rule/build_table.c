/* build_table.c - decision tables. Inputs and results are parsed here; the tests in the cells wait
 * for the types of their inputs (rule/resolve.c), because labels are written without quotes. */
#include "rule/build_int.h"

/* What the columns of a table are. */
struct layout {
    uint32_t from, until; /* index + 1 of 生效 失效, 0 = none */
    uint32_t result;
};

static bool is_result_head(const struct item *it, Str head)
{
    enum word w = word_find(WORD_HEAD, head, NULL);
    return str_eq(head, it->name) || w == W_HEAD_RESULT || w == W_HEAD_POINTS;
}

static bool read_layout(struct builder *b, const struct item *it, const struct md_table *md,
                        struct layout *out)
{
    *out = (struct layout){.result = md->column_n - 1};
    for (uint32_t i = 0; i + 1 < md->column_n; i++) {
        enum word w = word_find(WORD_HEAD, md->head.cell[i].s, NULL);
        if (w == W_HEAD_FROM && out->from == 0)
            out->from = i + 1;
        else if (w == W_HEAD_UNTIL && out->until == 0)
            out->until = i + 1;
    }
    Text head = md->head.cell[out->result];
    if (md->column_n > 1 && is_result_head(it, name_fold(b->keep, head.s)))
        return true;
    (void)diag_add(b->diags, DIAG_TABLE_HEAD, head.span, head.s, it->name, NO_ARG);
    return false;
}

static void read_date(struct builder *b, const struct md_row *row, uint32_t column, int32_t *out,
                      Span *span)
{
    if (column == 0)
        return;
    Text cell = row->cell[column - 1];
    *span = cell.span;
    if (cell.s.n == 0 || str_eq(cell.s, S("-")))
        return;
    if (!day_parse(out, name_fold(b->keep, cell.s)))
        (void)diag_add(b->diags, DIAG_VALUE_BAD, cell.span, S("生效 失效 from until"), cell.s,
                       S("2026-04-01"));
}

static struct expr *label_result(struct builder *b, Text cell)
{
    struct expr *e = make_expr(b->keep, EXPR_CONST, cell.span);
    e->type.kind = TYPE_TEXT;
    e->name = name_fold(b->keep, cell_text(b->keep, cell.s));
    if (e->name.n >= 2 && e->name.p[0] == '"' && e->name.p[e->name.n - 1] == '"')
        e->name = str_sub(e->name, 1, e->name.n - 1);
    if (e->name.n == 0)
        (void)diag_add(b->diags, DIAG_CELL_EMPTY, cell.span, NO_ARG, NO_ARG, NO_ARG);
    return e;
}

static struct expr *read_result(struct builder *b, Text cell, bool labels)
{
    if (labels)
        return label_result(b, cell);
    if (cell.s.n == 0) {
        (void)diag_add(b->diags, DIAG_CELL_EMPTY, cell.span, NO_ARG, NO_ARG, NO_ARG);
        return NULL;
    }
    return parse_expr(b->keep, cell, b->diags);
}

/* 依据 as a head stands for the attribute; anything else is an expression. */
static struct expr *read_input(struct builder *b, const struct section *s, Text head)
{
    if (word_find(WORD_HEAD, head.s, NULL) == W_HEAD_BY && attr_of(s, W_BASIS) != NULL)
        return attr_expr(b, s, W_BASIS);
    head.s = cell_text(b->keep, head.s);
    return parse_expr(b->keep, head, b->diags);
}

static bool first_hit(struct builder *b, const struct section *s)
{
    const struct attribute *a = attr_of(s, W_HIT);
    if (a == NULL)
        return false;
    enum word w = word_find(WORD_HITS, a->value.s, NULL);
    if (w == W_NONE)
        build_value_error(b, a, "首行 唯一 / first unique");
    return w == W_H_FIRST;
}

static bool read_inputs(struct builder *b, const struct section *s, struct table *t,
                        const struct layout *l)
{
    const struct md_table *md = t->md;
    bool ok = true;
    t->input = ARENA_ARRAY(b->keep, struct expr *, md->column_n);
    t->column = ARENA_ARRAY(b->keep, uint32_t, md->column_n);
    for (uint32_t i = 0; i < l->result; i++) {
        if (i + 1 == l->from || i + 1 == l->until)
            continue;
        t->column[t->input_n] = i;
        t->input[t->input_n] = read_input(b, s, md->head.cell[i]);
        ok &= t->input[t->input_n++] != NULL;
    }
    return ok;
}

struct expr *build_table(struct builder *b, const struct section *s, const struct item *it,
                         const struct md_table *md, bool labels)
{
    struct layout l;
    if (!read_layout(b, it, md, &l))
        return NULL;
    struct table *t = ARENA_NEW(b->keep, struct table);
    *t = (struct table){.first_hit = first_hit(b, s),
                        .dated = l.from > 0 || l.until > 0,
                        .labels = labels,
                        .span = md->span,
                        .md = md,
                        .row_n = md->row_n};
    bool ok = read_inputs(b, s, t, &l);
    t->row = ARENA_ARRAY(b->keep, struct table_row, md->row_n + 1);
    for (uint32_t i = 0; i < md->row_n; i++) {
        struct table_row *row = &t->row[i];
        *row = (struct table_row){
            .span = md->row[i].line, .from = DAY_MIN, .until = DAY_MAX, .md_row = i};
        row->cell = ARENA_ARRAY(b->keep, struct cell_test, t->input_n + 1);
        read_date(b, &md->row[i], l.from, &row->from, &row->from_span);
        read_date(b, &md->row[i], l.until, &row->until, &row->from_span);
        row->result = read_result(b, md->row[i].cell[l.result], labels);
        ok &= row->result != NULL;
    }
    if (md->row_n == 0)
        (void)diag_add(b->diags, DIAG_TABLE_EMPTY, md->head.line, it->name, NO_ARG, NO_ARG);
    if (!ok || md->row_n == 0)
        return NULL;
    struct expr *e = make_expr(b->keep, EXPR_TABLE, md->span);
    e->table = t;
    return e;
}

struct expr *build_segment_row(struct builder *b, const struct attribute *by,
                               const struct md_table *md, const struct md_row *row)
{
    struct table *t = ARENA_NEW(b->keep, struct table);
    *t = (struct table){.span = row->line, .input_n = 1, .row_n = md->column_n - 1};
    t->input = ARENA_ARRAY(b->keep, struct expr *, 1);
    t->input[0] = parse_expr(b->keep, by->value, b->diags);
    t->row = ARENA_ARRAY(b->keep, struct table_row, md->column_n);
    bool ok = t->input[0] != NULL;
    for (uint32_t i = 1; i < md->column_n; i++) {
        struct table_row *out = &t->row[i - 1];
        *out = (struct table_row){.span = row->cell[i].span, .from = DAY_MIN, .until = DAY_MAX};
        out->cell = ARENA_ARRAY(b->keep, struct cell_test, 1);
        ok &= parse_cell(b->keep, &out->cell[0], md->head.cell[i], true, b->diags);
        out->result = parse_expr(b->keep, row->cell[i], b->diags);
        ok &= out->result != NULL;
    }
    struct expr *e = make_expr(b->keep, EXPR_TABLE, row->line);
    e->table = t;
    return ok ? e : NULL;
}
