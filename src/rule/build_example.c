/* build_example.c - `## 测试`: what is given and what is expected, one row an example. */
#include "col/dataset.h"
#include "rule/build_int.h"

/* What a column of a test table is. */
struct test_column {
    enum { COLUMN_LABEL, COLUMN_GIVEN, COLUMN_EXPECTED, COLUMN_BAD } kind;
    uint32_t ref;
    bool has_period;
    int period;
};

/* Cuts `@2023` off a name. False: there is none. */
static bool split_period(Str *name, Str *period)
{
    size_t at = str_find(*name, S("@"));
    if (at == name->n)
        return false;
    *period = str_trim(str_sub(*name, at + 1, name->n));
    *name = str_trim(str_sub(*name, 0, at));
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The column of a yearly field (2023) or a quarterly one (2024Q3). */
static bool read_key(Str period, enum period_unit unit, int *key)
{
    size_t digit_n = 0;
    int year = 0;
    while (digit_n < 4 && digit_n < period.n && is_digit(period.p[digit_n]))
        year = year * 10 + (period.p[digit_n++] - '0');
    if (digit_n != 4 || year < 1900 || unit == PERIOD_NONE)
        return false;
    *key = year;
    Str quarter = str_sub(period, digit_n, period.n);
    if (unit == PERIOD_YEAR || quarter.n != 2)
        return unit == PERIOD_YEAR && quarter.n == 0;
    *key = year * 4 + (quarter.p[1] - '1');
    return (quarter.p[0] == 'Q' || quarter.p[0] == 'q') && quarter.p[1] >= '1' &&
           quarter.p[1] <= '4';
}

/* `人工 名字`: what a person decided about a gate that needs one; the bare name is the gate. */
static bool strip_judged(Str *name)
{
    static const Str marks[] = {{"人工 ", 7}, {"judged ", 7}};
    for (size_t i = 0; i < ARRAY_N(marks); i++)
        if (str_starts(*name, marks[i])) {
            *name = str_trim(str_sub(*name, marks[i].n, name->n));
            return true;
        }
    return false;
}

static void read_given_column(struct builder *b, Text head, int32_t field, Str period,
                              struct test_column *out)
{
    out->kind = COLUMN_GIVEN;
    out->ref = (uint32_t)field;
    if (out->has_period && !read_key(period, b->r->field[field].period, &out->period)) {
        out->kind = COLUMN_BAD;
        (void)diag_add(b->diags, DIAG_DATA_PERIOD, head.span, head.s, period, NO_ARG);
    }
}

static void read_column(struct builder *b, Text head, struct test_column *out)
{
    *out = (struct test_column){.kind = COLUMN_BAD};
    Str name = name_fold(b->keep, cell_text(b->keep, head.s)), period = S("");
    if (word_find(WORD_HEAD, name, NULL) == W_HEAD_LABEL) {
        out->kind = COLUMN_LABEL;
        return;
    }
    out->has_period = split_period(&name, &period);
    bool judged = strip_judged(&name);
    int32_t field = rule_find_field(b->r, name), item = judged ? -1 : rule_find_item(b->r, name);
    if (field >= 0 && (item < 0 || out->has_period)) {
        read_given_column(b, head, field, period, out);
    } else if (item >= 0 && !out->has_period) {
        out->kind = COLUMN_EXPECTED;
        out->ref = (uint32_t)item;
    } else {
        (void)diag_add(b->diags, DIAG_TEST_COLUMN, head.span, name, build_near_name(b, name),
                       NO_ARG);
    }
}

struct cell_list {
    struct example_cell *at;
    size_t n, cap;
};

/* Texts given in tests become labels of the document, so that they can be expected, too. */
static bool read_given(struct builder *b, const struct field *f, Str text, Span span, Cell *out)
{
    if (f->type.kind == TYPE_TEXT && f->ftype != FIELD_CHOICE) {
        uint32_t code = build_label(b, text);
        *out = (Cell){code, code};
        return true;
    }
    return rule_read_cell(out, b->r, f, (Text){text, span}, NULL, b->diags) == OK;
}

static void add_given(struct builder *b, struct cell_list *list, const struct test_column *c,
                      Text cell)
{
    const struct field *f = &b->r->field[c->ref];
    int n = 1;
    for (size_t i = 0; i < cell.s.n && f->period != PERIOD_NONE; i++)
        n += cell.s.p[i] == ';' || str_starts(str_sub(cell.s, i, cell.s.n), S("；"));
    if (c->has_period && n > 1) {
        (void)diag_add(b->diags, DIAG_TEST_PERIOD, cell.span, f->name, NO_ARG, NO_ARG);
        return;
    }
    Str rest = cell.s;
    for (int i = 0; i < n; i++) {
        size_t cut = str_find(rest, S(";")), wide = str_find(rest, S("；"));
        size_t end = n == 1 ? rest.n : cut < wide ? cut : wide;
        Str one = str_trim(str_sub(rest, 0, end));
        size_t step = end == rest.n ? 0 : end == wide ? 3 : 1;
        rest = str_sub(rest, end + step, rest.n);
        if (one.n == 0 || str_eq(one, S("-")))
            continue;
        struct example_cell ec = {.ref = c->ref,
                                  .has_period = c->has_period,
                                  .period = c->period,
                                  .shift = i + 1 - n,
                                  .span = cell.span};
        if (read_given(b, f, one, cell.span, &ec.value))
            VEC_PUSH(b->keep, list->at, list->n, list->cap) = ec;
    }
}

static bool expect_truth(Str text, Cell *out)
{
    static const enum truth of[] = {TRUTH_MET, TRUTH_UNMET, TRUTH_UNKNOWN, TRUTH_MANUAL, TRUTH_NA};
    enum word w = word_find(WORD_RESULTS, text, NULL);
    if (w == W_NONE)
        return false;
    enum truth t = of[w - W_RES_MET];
    *out = (Cell){t, t};
    return true;
}

/* A constant of the item's own type: a day is no number. */
static bool const_of_kind(const struct expr *e, enum type_kind kind, Wide *m, int *scale)
{
    const struct expr *c = e->kind == EXPR_OP && e->arg_n > 0 ? e->arg[0] : e;
    return expr_const_num(e, m, scale) && c->type.kind == kind;
}

/* 88, 61~78, 4.9%, -3, 2万元, 未知, or a date */
static bool expect_number(struct builder *b, Text cell, const struct item *it,
                          struct example_cell *ec)
{
    if (word_find(WORD_UNKNOWNS, cell.s, NULL) != W_NONE) {
        ec->value = CELL_UNKNOWN;
        return true;
    }
    struct expr *e = parse_expr(b->keep, cell, b->diags);
    if (e == NULL)
        return true; /* reported */
    struct expr *lo = e, *hi = e;
    if (e->kind == EXPR_OP && e->op == OP_RANGE) {
        lo = e->arg[0];
        hi = e->arg[1];
    }
    Wide m[2];
    int scale[2];
    enum type_kind kind = it->type.kind;
    if (!const_of_kind(lo, kind, &m[0], &scale[0]) || !const_of_kind(hi, kind, &m[1], &scale[1]))
        return false;
    const struct expr *c = hi->kind == EXPR_OP ? hi->arg[0] : hi;
    if (kind == TYPE_NUM && m[1] != 0 && c->unit != NULL && !dim_eq(c->type.dim, it->type.dim)) {
        (void)diag_add(b->diags, DIAG_UNIT_MISMATCH, cell.span, it->name, str_of(c->unit->zh),
                       NO_ARG);
        return true;
    }
    ec->scale = (uint8_t)(scale[0] > scale[1] ? scale[0] : scale[1]);
    return wide_rescale(&ec->value.lo, m[0], scale[0], ec->scale, ROUND_HALF_UP) &&
           wide_rescale(&ec->value.hi, m[1], scale[1], ec->scale, ROUND_HALF_UP);
}

static bool expect_text(struct builder *b, Text cell, struct example_cell *ec)
{
    if (word_find(WORD_UNKNOWNS, cell.s, NULL) != W_NONE) {
        ec->value = CELL_UNKNOWN;
        return true;
    }
    size_t cut = str_find(cell.s, S("~"));
    uint32_t lo = build_label(b, name_fold(b->keep, str_sub(cell.s, 0, cut)));
    uint32_t hi = cut == cell.s.n
                      ? lo
                      : build_label(b, name_fold(b->keep, str_sub(cell.s, cut + 1, cell.s.n)));
    ec->value = (Cell){lo, hi};
    return true;
}

static void add_expected(struct builder *b, struct cell_list *list, const struct test_column *c,
                         Text cell)
{
    const struct item *it = &b->r->item[c->ref];
    if (cell.s.n == 0 || str_eq(cell.s, S("-")))
        return;
    struct example_cell ec = {.expected = true, .ref = c->ref, .span = cell.span};
    bool ok = true;
    cell.s = cell_text(b->keep, cell.s);
    static const char *const gives_zh[] = {"", "数", "条件", "文本", "日期"};
    if (it->type.kind == TYPE_NONE)
        return; /* the item itself is in error */
    if (it->type.kind == TYPE_TRUTH)
        ok = expect_truth(cell.s, &ec.value);
    else if (it->type.kind == TYPE_TEXT)
        ok = expect_text(b, cell, &ec);
    else
        ok = expect_number(b, cell, it, &ec);
    if (ok)
        VEC_PUSH(b->keep, list->at, list->n, list->cap) = ec;
    else
        (void)diag_add(b->diags, DIAG_TEST_VALUE, cell.span, cell.s, it->name,
                       str_of(gives_zh[it->type.kind]));
}

static void add_row(struct builder *b, const struct md_table *md, const struct md_row *row,
                    const struct test_column *col)
{
    struct example ex = {.label = S(""), .span = row->line, .table = b->r->example_table_n - 1};
    struct cell_list list = {0};
    for (uint32_t i = 0; i < md->column_n; i++) {
        if (col[i].kind == COLUMN_LABEL)
            ex.label = cell_text(b->keep, row->cell[i].s);
        else if (col[i].kind == COLUMN_GIVEN)
            add_given(b, &list, &col[i], row->cell[i]);
        else if (col[i].kind == COLUMN_EXPECTED)
            add_expected(b, &list, &col[i], row->cell[i]);
    }
    ex.cell = list.at;
    ex.cell_n = (uint32_t)list.n;
    size_t n = b->r->example_n;
    VEC_PUSH(b->keep, b->r->example, n, b->example_cap) = ex;
    b->r->example_n = (uint32_t)n;
}

static void read_when(struct builder *b, const struct section *s, struct example_table *t)
{
    const struct attribute *a = attr_of(s, W_AS_OF);
    t->has_as_of = a != NULL && day_parse(&t->as_of, name_fold(b->keep, a->value.s));
    if (a != NULL && !t->has_as_of)
        build_value_error(b, a, "2026-04-01");
    a = attr_of(s, W_PERIOD);
    Dec year;
    if (a == NULL)
        return;
    t->has_period = dec_parse(&year, name_fold(b->keep, a->value.s), NULL) && year.scale == 0 &&
                    year.m > 1900 && year.m < 9999;
    t->period = t->has_period ? (int)year.m : 0;
    if (!t->has_period)
        build_value_error(b, a, "2025");
}

void build_examples(struct builder *b, const struct section *s)
{
    for (uint32_t k = 0; k < s->table_n; k++) {
        const struct md_table *md = &s->table[k];
        struct example_table t = {.span = md->span};
        read_when(b, s, &t);
        size_t n = b->r->example_table_n;
        VEC_PUSH(b->keep, b->r->example_table, n, b->example_table_cap) = t;
        b->r->example_table_n = (uint32_t)n;
        struct test_column *col = ARENA_ARRAY(b->keep, struct test_column, md->column_n);
        for (uint32_t i = 0; i < md->column_n; i++)
            read_column(b, md->head.cell[i], &col[i]);
        for (uint32_t i = 0; i < md->row_n; i++)
            add_row(b, md, &md->row[i], col);
    }
}
