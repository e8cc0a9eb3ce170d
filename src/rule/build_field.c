/* build_field.c - `## 字段`: the facts a document asks for. */
#include "rule/build_int.h"

static const struct {
    enum word word;
    enum field_type type;
    enum type_kind kind;
} types[] = {
    {W_T_NUMBER, FIELD_NUM, TYPE_NUM},         {W_T_YESNO, FIELD_TRUTH, TYPE_TRUTH},
    {W_T_JUDGED, FIELD_JUDGED, TYPE_TRUTH},    {W_T_TEXT, FIELD_TEXT, TYPE_TEXT},
    {W_T_CHOICE, FIELD_CHOICE, TYPE_TEXT},     {W_T_DAY, FIELD_DAY, TYPE_DAY},
    {W_T_USCC, FIELD_USCC, TYPE_TEXT},         {W_T_REGION, FIELD_REGION, TYPE_TEXT},
    {W_T_INDUSTRY, FIELD_INDUSTRY, TYPE_TEXT}, {W_T_LINK, FIELD_LINK, TYPE_TEXT},
};

/* The table's columns by meaning: index + 1, 0 = absent. */
struct columns {
    uint32_t at[WORD_N];
};

static Text cell_of(const struct columns *c, const struct md_row *row, enum word col)
{
    return c->at[col] == 0 ? (Text){S(""), row->line} : row->cell[c->at[col] - 1];
}

static void cell_error(struct builder *b, Text cell, const char *what, const char *wanted)
{
    (void)diag_add(b->diags, DIAG_VALUE_BAD, cell.span, str_of(what), cell.s, str_of(wanted));
}

static void read_type(struct builder *b, const struct columns *c, const struct md_row *row,
                      struct field *f)
{
    Text cell = cell_of(c, row, W_COL_TYPE);
    enum word w = cell.s.n == 0 ? W_T_NUMBER : word_find(WORD_TYPE, cell.s, NULL);
    for (size_t i = 0; i < ARRAY_N(types); i++)
        if (types[i].word == w) {
            f->ftype = types[i].type;
            f->type.kind = types[i].kind;
            return;
        }
    cell_error(b, cell, "类型 type", "数 是否 人工 文本 选项 日期 信用代码 区划 行业 关联");
    f->type.kind = TYPE_NUM;
}

static void read_unit(struct builder *b, const struct columns *c, const struct md_row *row,
                      struct field *f)
{
    Text cell = cell_of(c, row, W_COL_UNIT);
    int scale = -1;
    if (cell.s.n > 0 && !str_eq(cell.s, S("-"))) {
        f->unit = unit_find(name_fold(b->keep, cell.s));
        if (f->unit == NULL)
            (void)diag_add(b->diags, DIAG_UNIT_UNKNOWN, cell.span, cell.s, NO_ARG, NO_ARG);
        else if (f->type.kind != TYPE_NUM)
            cell_error(b, cell, "单位 unit", "只有数才有单位 only numbers have units");
    }
    if (f->unit != NULL) {
        f->type.dim = f->unit->dim;
        scale = f->unit->scale;
    }
    f->type.scale = f->type.kind != TYPE_NUM ? 0 : scale < 0 ? b->r->decimals : (uint8_t)scale;
    Text decimals = cell_of(c, row, W_COL_DECIMALS);
    Dec d;
    if (decimals.s.n == 0 || f->type.kind != TYPE_NUM)
        return;
    if (dec_parse(&d, name_fold(b->keep, decimals.s), NULL) && d.scale == 0 && d.m >= 0 &&
        d.m <= 18)
        f->type.scale = (uint8_t)d.m;
    else
        cell_error(b, decimals, "小数 decimals", "0~18");
}

static void read_period(struct builder *b, const struct columns *c, const struct md_row *row,
                        struct field *f)
{
    Text cell = cell_of(c, row, W_COL_PERIOD);
    if (cell.s.n == 0 || str_eq(cell.s, S("-")))
        return;
    switch ((int)word_find(WORD_PERIODS, cell.s, NULL)) {
    case W_P_YEAR: f->period = PERIOD_YEAR; break;
    case W_P_QUARTER: f->period = PERIOD_QUARTER; break;
    case W_P_POINT: break;
    default: cell_error(b, cell, "期间 period", "年 季 时点 / year quarter point");
    }
}

/* 组均值 同 阶段; 沿用 近2年 */
static void read_blank(struct builder *b, const struct columns *c, const struct md_row *row,
                       struct field *f)
{
    Text cell = cell_of(c, row, W_COL_BLANK);
    if (cell.s.n == 0 || str_eq(cell.s, S("-")))
        return;
    struct parser p;
    parse_open(&p, b->keep, cell, b->diags);
    enum word w = p.lx.tok.kind == TOK_NAME ? word_find(WORD_BLANKS, p.lx.tok.text, NULL) : W_NONE;
    lex_next(&p.lx);
    f->blank_n = 3;
    switch ((int)w) {
    case W_B_UNKNOWN:
    case W_B_PENDING: break;
    case W_B_ZERO: f->blank = BLANK_ZERO; break;
    case W_B_MEAN: f->blank = BLANK_MEAN; break;
    case W_B_MEDIAN: f->blank = BLANK_MEDIAN; break;
    case W_B_CARRY: f->blank = BLANK_CARRY; break;
    default: cell_error(b, cell, "缺数 blank", "未知 零 组均值 组中位数 沿用"); return;
    }
    if (f->blank != BLANK_UNKNOWN && f->type.kind != TYPE_NUM && f->blank != BLANK_CARRY)
        cell_error(b, cell, "缺数 blank", "只有数可以补 only numbers can be filled");
    enum period_unit unit;
    f->blank_by = ARENA_NEW(b->keep, struct pop);
    if (f->blank == BLANK_CARRY)
        (void)parse_span(&p, &f->blank_n, &unit); /* optional */
    else if (parse_take_word(&p, W_X_WITHIN) && !parse_within(&p, f->blank_by))
        return;
    if (p.lx.tok.kind != TOK_END)
        (void)parse_fail(&p, "同 分组, 近N年");
}

/* A constant in the field's unit; a bare number is in the field's own. */
static bool read_bound(const struct expr *e, const struct field *f, Wide *out)
{
    Wide m;
    int scale;
    const struct expr *c = e->kind == EXPR_OP && e->arg_n > 0 ? e->arg[0] : e;
    if (!expr_const_num(e, &m, &scale) || c->type.kind != f->type.kind)
        return false;
    if (c->unit == NULL && f->unit != NULL)
        return wide_muldiv(out, m, (Wide)f->unit->num * wide_pow10(f->type.scale),
                           (Wide)f->unit->den * wide_pow10(scale), ROUND_HALF_UP);
    return (m == 0 || dim_eq(c->type.dim, f->type.dim)) &&
           wide_rescale(out, m, scale, f->type.scale, ROUND_HALF_UP);
}

static bool bound(struct builder *b, const struct expr *e, const struct field *f, Wide *out)
{
    if (e == NULL) /* [0, ) */
        return false;
    bool ok = read_bound(e, f, out);
    if (!ok)
        (void)diag_add(b->diags, DIAG_RANGE_BAD, e->span, f->name, NO_ARG, NO_ARG);
    return ok;
}

/* People, things, firms and areas are not negative unless the document says so. */
static bool is_not_negative(const struct field *f)
{
    return f->type.kind == TYPE_NUM && (dim_is_counted(f->type.dim) || dim_is(f->type.dim, DIM_M2));
}

/* A range holds the bounds that it names. */
static bool has_own_ends(const struct test *t)
{
    return (t->lo == NULL || t->lo_in) && (t->hi == NULL || t->hi_in);
}

static void read_range(struct builder *b, const struct columns *c, const struct md_row *row,
                       struct field *f)
{
    Text cell = cell_of(c, row, W_COL_RANGE);
    if (cell.s.n == 0 || str_eq(cell.s, S("-"))) {
        f->has_lo = is_not_negative(f); /* lo is 0 */
        return;
    }
    if (word_find(WORD_RANGES, cell.s, NULL) == W_RANGE_ANY)
        return;
    struct cell_test t;
    if (!parse_cell(b->keep, &t, cell, false, b->diags))
        return;
    const struct test *one = &t.test[0];
    bool range = one->kind == TEST_RANGE;
    bool low = range || (one->kind == TEST_CMP && one->op == OP_GE);
    bool high = range || (one->kind == TEST_CMP && one->op == OP_LE);
    if (t.test_n != 1 || (!low && !high) || (range && !has_own_ends(one)) ||
        (f->type.kind != TYPE_NUM && f->type.kind != TYPE_DAY)) {
        cell_error(b, cell, "范围 range", "[0, 500人]  >= 0  <= 100%");
        return;
    }
    f->has_lo = low && bound(b, one->lo, f, &f->lo);
    f->has_hi = high && bound(b, range ? one->hi : one->lo, f, &f->hi);
}

bool build_labels(struct builder *b, Text cell, uint32_t **out, uint32_t *n)
{
    struct cell_test t;
    if (!parse_cell(b->keep, &t, cell, true, b->diags))
        return true; /* reported there */
    *out = ARENA_ARRAY(b->keep, uint32_t, t.test_n);
    for (uint32_t i = 0; i < t.test_n; i++) {
        if (t.test[i].kind != TEST_CMP || t.test[i].op != OP_EQ)
            return false;
        (*out)[(*n)++] = build_label(b, t.test[i].lo->name);
    }
    return true;
}

static void read_options(struct builder *b, const struct columns *c, const struct md_row *row,
                         struct field *f)
{
    Text cell = cell_of(c, row, W_COL_OPTIONS);
    if (f->ftype == FIELD_LINK) {
        f->link = name_fold(b->keep, cell_text(b->keep, cell.s));
        if (f->link.n == 0)
            cell_error(b, cell, "选项 options", "关联的种类, 例如 科技型企业 the kind it links to");
        return;
    }
    if (f->ftype != FIELD_CHOICE) {
        if (cell.s.n > 0 && !str_eq(cell.s, S("-")))
            cell_error(b, cell, "选项 options",
                       "只有“选项”类型才列选项 only type choice lists options");
        return;
    }
    if (!build_labels(b, cell, &f->option, &f->option_n))
        cell_error(b, cell, "选项 options", "高; 较高; 一般");
}

static void read_protection(struct builder *b, const struct columns *c, const struct md_row *row,
                            struct field *f)
{
    Text cell = cell_of(c, row, W_COL_PROTECT);
    f->protect = PROTECT_SENSITIVE;
    if (cell.s.n == 0)
        return;
    switch ((int)word_find(WORD_PROTECTIONS, cell.s, NULL)) {
    case W_PR_PUBLIC: f->protect = PROTECT_PUBLIC; break;
    case W_PR_INTERNAL: f->protect = PROTECT_INTERNAL; break;
    case W_PR_SENSITIVE: break;
    case W_PR_PERSONAL: f->protect = PROTECT_PERSONAL; break;
    default: cell_error(b, cell, "分级 protection", "公开 内部 敏感 个人");
    }
}

static struct field *add_field(struct builder *b, Str name, Span span)
{
    size_t n = b->r->field_n;
    VEC_PUSH(b->keep, b->r->field, n, b->field_cap) = (struct field){.name = name, .span = span};
    b->r->field_n = (uint32_t)n;
    return &b->r->field[n - 1];
}

uint32_t build_field_implied(struct builder *b, Str name, Span span, enum field_type t)
{
    struct field *f = add_field(b, name, span);
    f->ftype = t;
    f->type.kind = t == FIELD_NUM ? TYPE_NUM : TYPE_TRUTH;
    f->type.scale = t == FIELD_NUM ? 4 : 0;
    f->protect = PROTECT_INTERNAL;
    f->implied = f->used = true;
    return b->r->field_n - 1;
}

static void add_row(struct builder *b, const struct columns *c, const struct md_row *row)
{
    Text name = cell_of(c, row, W_COL_NAME);
    Str folded = name_fold(b->keep, cell_text(b->keep, name.s));
    if (folded.n == 0) {
        (void)diag_add(b->diags, DIAG_NAME_MISSING, row->line, S("字段"), NO_ARG, NO_ARG);
        return;
    }
    struct field *f = add_field(b, folded, name.span);
    if (!build_declare_name(b, folded, name.span, b->r->field_n - 1))
        return;
    read_type(b, c, row, f);
    read_unit(b, c, row, f);
    read_period(b, c, row, f);
    read_blank(b, c, row, f);
    read_range(b, c, row, f);
    read_options(b, c, row, f);
    read_protection(b, c, row, f);
    f->meaning = cell_of(c, row, W_COL_MEANING).s;
    f->source = cell_of(c, row, W_COL_SOURCE).s;
}

void build_fields(struct builder *b, const struct section *s, bool form)
{
    uint32_t before = b->r->field_n;
    build_check_keys(b, s, NULL, 0);
    for (uint32_t t = 0; t < s->table_n; t++) {
        const struct md_table *md = &s->table[t];
        struct columns c = {{0}};
        for (uint32_t i = 0; i < md->column_n; i++) {
            Text head = md->head.cell[i];
            enum word w = word_find(WORD_COLUMN, head.s, NULL);
            if (w == W_NONE || c.at[w] != 0)
                (void)diag_add(b->diags, DIAG_COLUMN_UNKNOWN, head.span, head.s,
                               word_near(WORD_COLUMN, head.s), NO_ARG);
            else
                c.at[w] = i + 1;
        }
        if (c.at[W_COL_NAME] == 0)
            (void)diag_add(b->diags, DIAG_COLUMN_NAME, md->head.line, NO_ARG, NO_ARG, NO_ARG);
        for (uint32_t i = 0; i < md->row_n && c.at[W_COL_NAME] != 0; i++)
            add_row(b, &c, &md->row[i]);
    }
    for (uint32_t i = before; i < b->r->field_n; i++)
        b->r->field[i].form = form;
}

Str rule_field_text(struct arena *keep, const struct field *f, bool english)
{
    static const enum word periods[] = {
        [PERIOD_NONE] = W_P_POINT, [PERIOD_YEAR] = W_P_YEAR, [PERIOD_QUARTER] = W_P_QUARTER};
    enum word w = W_T_NUMBER;
    for (size_t i = 0; i < ARRAY_N(types); i++)
        w = types[i].type == f->ftype ? types[i].word : w;
    Str type = word_text(w, english), when = word_text(periods[f->period], english);
    const char *unit = f->unit == NULL ? "" : english ? f->unit->en : f->unit->zh;
    return arena_fmt(keep, "%.*s%s%s, %.*s", (int)type.n, type.p, unit[0] == 0 ? "" : " ", unit,
                     (int)when.n, when.p);
}
