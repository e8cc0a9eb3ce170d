/* build_form.c - the raw points of a leaf: the thirteen scoring forms as expressions.
 *
 *     step      计量 门槛 起步分 每 得      x >= t ? base + gain * steps(x - t, each) : 0
 *     per unit  计量 每 得                  gain * steps(x, each)
 *     average   计量 均值 起步分 每 得       base + gain * steps(x / average - 1, each)
 *     target    计量 目标 满分              max * x / target            (excess: see build_score)
 *     standard  计量 标准 满分              max * min(x / standard, 1)
 *     index     计量 定基                   100 * x / x@base
 *     category  | 计数 | 每项 |             sum of count * each
 *     flags     标志 得, or | 标志 | 得分 |   gain * number of flags, or the sum of their points
 *     band      decision table              expert  专家: lo ~ hi        formula  式 or 计量
 *
 * 满分, 封顶, 评审, 一票否决 and rounding are put around the result by build_score_finish.
 */
#include "rule/build_int.h"

static void missing(struct builder *b, const struct section *s, enum word key)
{
    (void)diag_add(b->diags, DIAG_KEY_MISSING, s->title.span, s->title.s,
                   word_text(key, b->r->english), NO_ARG);
}

/* Whole units (零头 不计), a quotient (按比例), or rounded up (进一). */
static struct expr *steps_of(struct builder *b, const struct section *s, struct expr *x,
                             struct expr *each)
{
    const struct attribute *a = attr_of(s, W_FRACTION);
    enum word w = a == NULL ? W_F_WHOLE : word_find(WORD_FRACTIONS, a->value.s, NULL);
    if (w == W_F_LINEAR)
        return make_op2(b->keep, OP_DIV, x, each);
    if (w == W_F_UP)
        return make_round(b->keep, make_op2(b->keep, OP_DIV, x, each), 0, ROUND_UP);
    if (w == W_NONE)
        build_value_error(b, a, "不计 按比例 进一 / whole linear up");
    return make_op2(b->keep, OP_STEPS, x, each);
}

/* gain * steps(x, each) */
static struct expr *gains(struct builder *b, const struct section *s, const struct item *it,
                          struct expr *x)
{
    return make_op2(b->keep, OP_MUL, it->gain, steps_of(b, s, x, it->each));
}

static struct expr *form_step(struct builder *b, const struct section *s, struct item *it)
{
    it->form = FORM_STEP;
    if (it->base == NULL)
        it->base = make_int(b->keep, 0, s->line);
    struct expr *over = make_op2(b->keep, OP_SUB, it->measure, it->threshold);
    struct expr *points = make_op2(b->keep, OP_ADD, it->base, gains(b, s, it, over));
    return make_op3(b->keep, OP_IF, make_op2(b->keep, OP_GE, it->measure, it->threshold), points,
                    make_int(b->keep, 0, s->line));
}

static struct expr *form_average(struct builder *b, const struct section *s, struct item *it)
{
    it->form = FORM_AVERAGE;
    if (it->base == NULL) {
        missing(b, s, W_BASE);
        return NULL;
    }
    struct expr *off =
        make_op2(b->keep, OP_SUB, make_op2(b->keep, OP_DIV, it->measure, it->average),
                 make_int(b->keep, 1, s->line));
    return make_op2(b->keep, OP_ADD, it->base, gains(b, s, it, off));
}

static struct expr *form_ratio(struct builder *b, const struct section *s, struct item *it,
                               enum word key)
{
    it->form = key == W_TARGET ? FORM_TARGET : FORM_STANDARD;
    if (it->max == NULL) {
        missing(b, s, W_MAX);
        return NULL;
    }
    enum op op = key == W_TARGET ? OP_DIV : OP_ATTAIN;
    return make_op2(b->keep, OP_MUL, it->max, make_op2(b->keep, op, it->measure, it->target));
}

static struct expr *form_index(struct builder *b, const struct section *s, struct item *it)
{
    const struct attribute *a = attr_of(s, W_BASE_PERIOD);
    Dec year;
    it->form = FORM_INDEX;
    if (!dec_parse(&year, name_fold(b->keep, a->value.s), NULL) || year.scale != 0 ||
        year.m < 1900 || year.m > 9999) {
        build_value_error(b, a, "2018");
        return NULL;
    }
    struct expr *base = make_op1(b->keep, OP_NONE, it->measure);
    base->kind = EXPR_AT;
    base->period = PERIOD_YEAR;
    base->at = (int)year.m;
    base->at_abs = true;
    return make_op2(b->keep, OP_MUL, make_int(b->keep, 100, s->line),
                    make_op2(b->keep, OP_DIV, it->measure, base));
}

static struct expr *form_expert(struct builder *b, const struct section *s, struct item *it)
{
    it->form = FORM_EXPERT;
    return attr_expr(b, s, W_EXPERT);
}

/* 缺数: 零分. A count or flag that is not given counts as none. */
static struct expr *or_none(struct builder *b, const struct item *it, struct expr *x)
{
    if (!it->blank_zero)
        return x;
    if (it->form == FORM_FLAGS)
        return make_op2(b->keep, OP_DEFAULT, x, make_truth(b->keep, TRUTH_UNMET, x->span));
    struct expr *none = make_int(b->keep, 0, x->span);
    none->any_unit = true;
    return make_op3(b->keep, OP_IF, make_op1(b->keep, OP_UNSETTLED, x), none, x);
}

/* 标志: 甲; 乙; 丙   得: 3 */
static struct expr *form_flag_list(struct builder *b, const struct section *s, struct item *it)
{
    const struct attribute *a = attr_of(s, W_FLAGS);
    struct expr *flag[64];
    uint32_t n = 0;
    it->form = FORM_FLAGS;
    struct parser p;
    parse_open(&p, b->keep, a->value, b->diags);
    do {
        if (n == ARRAY_N(flag))
            return parse_fail(&p, "最多 64 个标志 at most 64 flags");
        if ((flag[n++] = parse_one(&p)) == NULL)
            return NULL;
    } while (parse_take(&p, ';'));
    if (p.lx.tok.kind != TOK_END)
        return parse_fail(&p, "；");
    it->pair = ARENA_ARRAY(b->keep, struct pair, n);
    it->pair_n = n;
    struct expr **arg = ARENA_ARRAY(b->keep, struct expr *, n);
    for (uint32_t i = 0; i < n; i++) {
        arg[i] = or_none(b, it, flag[i]);
        it->pair[i] =
            (struct pair){.label = str_sub(b->doc->text, flag[i]->span.beg, flag[i]->span.end),
                          .a = flag[i],
                          .b = it->gain,
                          .span = flag[i]->span};
    }
    return make_op2(b->keep, OP_MUL, it->gain, make_opn(b->keep, OP_COUNT, arg, n, a->value.span));
}

/* points of one row: count * each, or flag ? points : 0 */
static struct expr *pair_points(struct builder *b, struct item *it, const struct pair *pr)
{
    struct expr *a = or_none(b, it, pr->a);
    if (it->form == FORM_FLAGS)
        return make_op3(b->keep, OP_IF, a, pr->b, make_int(b->keep, 0, pr->span));
    struct expr *one = make_int(b->keep, 1, pr->span);
    one->any_unit = true; /* 3项 / 1项: a plain count */
    return make_op2(b->keep, OP_MUL, make_op2(b->keep, OP_DIV, a, one), pr->b);
}

static struct expr *form_pairs(struct builder *b, struct item *it, const struct md_table *md,
                               enum score_form form)
{
    it->form = form;
    it->pair = ARENA_ARRAY(b->keep, struct pair, md->row_n + 1);
    struct expr **arg = ARENA_ARRAY(b->keep, struct expr *, md->row_n + 1);
    for (uint32_t i = 0; i < md->row_n; i++) {
        Text head = md->row[i].cell[0];
        struct pair *pr = &it->pair[it->pair_n++];
        *pr = (struct pair){.label = head.s, .span = md->row[i].line};
        head.s = cell_text(b->keep, head.s);
        pr->a = parse_expr(b->keep, head, b->diags);
        pr->b = parse_expr(b->keep, md->row[i].cell[1], b->diags);
        if (pr->a == NULL || pr->b == NULL)
            return NULL;
        arg[i] = pair_points(b, it, pr);
    }
    if (md->row_n > 0)
        return make_opn(b->keep, OP_SUM, arg, md->row_n, md->span);
    (void)diag_add(b->diags, DIAG_TABLE_EMPTY, md->head.line, it->name, NO_ARG, NO_ARG);
    return NULL;
}

/* The n-th table that says points; one with 满分 by segment does not. NULL: no such one. */
static const struct md_table *points_table(const struct section *s, uint32_t n)
{
    for (uint32_t i = 0; i < s->table_n; i++) {
        enum word first = word_find(WORD_HEAD, s->table[i].head.cell[0].s, NULL);
        bool maxima = first == W_HEAD_MAX && attr_of(s, W_MAX_BY) != NULL;
        if (!maxima && n-- == 0)
            return &s->table[i];
    }
    return NULL;
}

static struct expr *form_table(struct builder *b, const struct section *s, struct item *it)
{
    const struct md_table *md = points_table(s, 0), *extra = points_table(s, 1);
    if (extra != NULL)
        (void)diag_add(b->diags, DIAG_TABLE_EXTRA, extra->head.line, s->title.s, NO_ARG, NO_ARG);
    enum word first = word_find(WORD_HEAD, md->head.cell[0].s, NULL);
    enum word second = md->column_n == 2 ? word_find(WORD_HEAD, md->head.cell[1].s, NULL) : W_NONE;
    if (first == W_HEAD_COUNT && second == W_HEAD_EACH)
        return form_pairs(b, it, md, FORM_CATEGORY);
    if (first == W_HEAD_FLAG && second == W_HEAD_POINTS)
        return form_pairs(b, it, md, FORM_FLAGS);
    it->form = FORM_BAND;
    return build_table(b, s, it, md, false);
}

static struct expr *form_measure(struct builder *b, const struct section *s, struct item *it)
{
    if (attr_of(s, W_TARGET) != NULL)
        return it->target == NULL ? NULL : form_ratio(b, s, it, W_TARGET);
    if (attr_of(s, W_STANDARD) != NULL)
        return it->target == NULL ? NULL : form_ratio(b, s, it, W_STANDARD);
    if (attr_of(s, W_BASE_PERIOD) != NULL)
        return form_index(b, s, it);
    if (attr_of(s, W_EACH) == NULL) {
        it->form = FORM_FORMULA;
        return it->measure;
    }
    if (it->each == NULL || it->gain == NULL) {
        if (attr_of(s, W_GAIN) == NULL)
            missing(b, s, W_GAIN);
        return NULL;
    }
    if (attr_of(s, W_THRESHOLD) != NULL)
        return it->threshold == NULL ? NULL : form_step(b, s, it);
    if (attr_of(s, W_AVERAGE) != NULL)
        return it->average == NULL ? NULL : form_average(b, s, it);
    it->form = FORM_PER_UNIT;
    return gains(b, s, it, it->measure);
}

struct expr *build_form(struct builder *b, struct item *it, const struct section *s)
{
    static const enum word starts[] = {W_FORMULA, W_MEASURE, W_EXPERT, W_FLAGS};
    enum word given = points_table(s, 0) != NULL ? W_VALUE : W_NONE;
    for (size_t i = 0; i < ARRAY_N(starts); i++) {
        const struct attribute *a = attr_of(s, starts[i]);
        if (a != NULL && given != W_NONE) {
            (void)diag_add(b->diags, DIAG_FORM_BOTH, a->line, s->title.s, a->key.s, NO_ARG);
            return NULL;
        }
        given = a != NULL ? starts[i] : given;
    }
    switch ((int)given) {
    case W_VALUE: return form_table(b, s, it);
    case W_FORMULA: it->form = FORM_FORMULA; return attr_expr(b, s, W_FORMULA);
    case W_EXPERT: return form_expert(b, s, it);
    case W_FLAGS:
        if (it->gain != NULL)
            return form_flag_list(b, s, it);
        if (attr_of(s, W_GAIN) == NULL)
            missing(b, s, W_GAIN);
        return NULL;
    case W_MEASURE: return it->measure == NULL ? NULL : form_measure(b, s, it);
    default:
        (void)diag_add(b->diags, DIAG_FORM_NONE, s->title.span, s->title.s, NO_ARG, NO_ARG);
        return NULL;
    }
}
