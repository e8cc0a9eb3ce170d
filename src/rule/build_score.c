/* build_score.c - the score tree: what each node says, then what it adds up to.
 *
 *     leaf   form -> 评审 -> 封顶 -> 满分 -> 一票否决 -> 精度
 *     group  汇总 of the children (+ 加分 - 扣分) -> the same
 *
 * Children are read after their parents, so aggregation waits for build_score_finish.
 */
#include "rule/build_int.h"

static const enum word score_keys[] = {
    W_MAX,    W_MAX_BY,    W_AGGREGATE, W_WEIGHT,   W_WEIGHT_BY,   W_PRESENT,
    W_CHOICE, W_PASS,      W_MINIMUM,   W_CAP,      W_BONUS,       W_DEDUCTION,
    W_VETO,   W_APPLIES,   W_PRECISION, W_FORMULA,  W_MEASURE,     W_EACH,
    W_GAIN,   W_THRESHOLD, W_BASE,      W_FRACTION, W_EXPERT,      W_REVIEW,
    W_TARGET, W_EXCESS,    W_AVERAGE,   W_STANDARD, W_BASE_PERIOD, W_FLAGS,
    W_HIT,    W_SHOW,      W_UNIT,      W_VARY,     W_INSTEAD,     W_BLANK,
};

static const struct {
    enum word word;
    enum op op;
} aggregates[] = {
    {W_A_SUM, OP_AGG_SUM}, {W_A_WEIGHTED, OP_AGG_WEIGHTED}, {W_A_ARITH, OP_AGG_ARITH},
    {W_A_GEO, OP_AGG_GEO}, {W_A_HARM, OP_AGG_HARM},         {W_A_MAX, OP_AGG_MAX},
    {W_A_MIN, OP_AGG_MIN}, {W_A_CHOOSE, OP_CHOICE},         {W_A_COPELAND, OP_AGG_COPELAND},
};

static void read_aggregate(struct builder *b, const struct section *s, struct item *it)
{
    it->form = FORM_GROUP;
    it->agg = OP_AGG_SUM;
    const struct attribute *a = attr_of(s, W_AGGREGATE);
    if (attr_of(s, W_FORMULA) != NULL) {
        it->agg = OP_NONE;
        if (a != NULL)
            (void)diag_add(b->diags, DIAG_FORM_BOTH, a->line, s->title.s, a->key.s, NO_ARG);
        return;
    }
    if (a == NULL)
        return;
    enum word w = word_find(WORD_AGGREGATES, a->value.s, NULL);
    if (w == W_NONE)
        build_value_error(b, a, "合计 加权 算术平均 几何平均 调和平均 取大 取小 择一 科普兰");
    for (size_t i = 0; i < ARRAY_N(aggregates); i++)
        if (aggregates[i].word == w)
            it->agg = aggregates[i].op;
}

/* The table of the section whose first head cell is `head` (权重 or 满分), or NULL. */
static const struct md_table *segment_table(const struct section *s, enum word head)
{
    for (uint32_t i = 0; i < s->table_n; i++)
        if (word_find(WORD_HEAD, s->table[i].head.cell[0].s, NULL) == head)
            return &s->table[i];
    return NULL;
}

/* 满分 or 权重: an attribute of the node, or its row in a table of the node or its parent. */
static struct expr *by_segment(struct builder *b, uint32_t section, const struct item *it,
                               enum word head, enum word by_key)
{
    const struct section *own = &b->doc->section[section];
    const struct section *at[2] = {own, own->parent > 0 ? &b->doc->section[own->parent] : NULL};
    for (int k = 0; k < 2 && at[k] != NULL; k++) {
        const struct md_table *md = segment_table(at[k], head);
        const struct attribute *by = attr_of(at[k], by_key);
        for (uint32_t i = 0; md != NULL && i < md->row_n; i++) {
            if (!str_eq(name_fold(b->keep, md->row[i].cell[0].s), it->name))
                continue;
            if (by != NULL)
                return build_segment_row(b, by, md, &md->row[i]);
            (void)diag_add(b->diags, DIAG_KEY_MISSING, at[k]->title.span, at[k]->title.s,
                           word_text(by_key, b->r->english), NO_ARG);
            return NULL;
        }
    }
    return NULL;
}

/* A row of a 权重 or 满分 table that names no child is a slip of the pen. */
static void check_segment_rows(struct builder *b, const struct section *s, const struct item *it,
                               enum word head)
{
    const struct md_table *md = segment_table(s, head);
    for (uint32_t i = 0; md != NULL && i < md->row_n; i++) {
        Text cell = md->row[i].cell[0];
        Str name = name_fold(b->keep, cell.s);
        bool found = head == W_HEAD_MAX && str_eq(name, it->name);
        for (uint32_t k = 0; k < it->child_n; k++)
            found |= str_eq(name, b->r->item[it->child[k]].name);
        if (!found)
            (void)diag_add(b->diags, DIAG_NAME_UNKNOWN, cell.span, name, build_near_name(b, name),
                           NO_ARG);
    }
}

static void read_review(struct builder *b, const struct section *s, struct item *it)
{
    const struct attribute *a = attr_of(s, W_REVIEW);
    if (a == NULL)
        return;
    Str name = name_fold(b->keep, a->value.s);
    int64_t at = names_get(b->names, name);
    if (at < 0) {
        at = build_field_implied(b, name, a->value.span, FIELD_NUM);
        (void)names_add(b->names, name, at); /* absent: just looked */
    }
    if (at & NAME_ITEM_BIT) {
        (void)diag_add(b->diags, DIAG_REVIEW_FIELD, a->value.span, name, NO_ARG, NO_ARG);
        return;
    }
    it->review = (int32_t)at;
    b->r->field[at].used = true;
}

static void read_parts(struct builder *b, const struct section *s, struct item *it)
{
    const struct {
        enum word key;
        struct expr **slot;
    } parts[] = {
        {W_MEASURE, &it->measure}, {W_EACH, &it->each},
        {W_GAIN, &it->gain},       {W_THRESHOLD, &it->threshold},
        {W_BASE, &it->base},       {W_TARGET, &it->target},
        {W_STANDARD, &it->target}, {W_EXCESS, &it->excess},
        {W_AVERAGE, &it->average}, {W_CHOICE, &it->choice},
        {W_MINIMUM, &it->minimum}, {W_VETO, &it->veto},
        {W_CAP, &it->cap},         {W_APPLIES, &it->applies},
    };
    for (size_t i = 0; i < ARRAY_N(parts); i++)
        if (attr_of(s, parts[i].key) != NULL)
            *parts[i].slot = attr_expr(b, s, parts[i].key);
}

/* 缺数 of a leaf that works with facts: a group has its leaves, an expert is waited for. */
static bool read_blank(struct builder *b, const struct section *s, const struct item *it)
{
    const struct attribute *a = attr_of(s, W_BLANK);
    enum word w = a == NULL ? W_B_UNKNOWN : word_find(WORD_BLANKS, a->value.s, NULL);
    bool zero = w == W_B_ZERO || w == W_B_NO_POINTS;
    bool fits = it->child_n == 0 && attr_of(s, W_EXPERT) == NULL;
    if (w != W_B_UNKNOWN && !(zero && fits))
        build_value_error(b, a, fits ? "未知 零分 / unknown zero" : "未知 unknown");
    return zero && fits;
}

static uint32_t read_present(struct builder *b, const struct section *s)
{
    const struct attribute *a = attr_of(s, W_PRESENT);
    if (a == NULL)
        return 0;
    struct expr *e = parse_expr(b->keep, a->value, b->diags);
    Wide m, e6;
    int scale;
    if (e == NULL)
        return 0;
    if (!expr_const_num(e, &m, &scale) || !wide_rescale(&e6, m, scale, 6, ROUND_HALF_UP) ||
        e6 <= 0 || e6 > 1000000) {
        build_value_error(b, a, "0%~100%");
        return 0;
    }
    return (uint32_t)e6;
}

void build_score(struct builder *b, uint32_t section)
{
    const struct section *s = &b->doc->section[section];
    struct item *it = &b->r->item[b->item_of[section]];
    build_check_keys(b, s, score_keys, ARRAY_N(score_keys));
    build_common(b, it, s);
    it->unit = build_unit(b, attr_of(s, W_UNIT));
    it->show = build_unit(b, attr_of(s, W_SHOW));
    it->has_digits = true;
    it->digits = it->parent >= 0 ? b->r->item[it->parent].digits : 4;
    it->how = it->parent >= 0 ? b->r->item[it->parent].how : ROUND_HALF_UP;
    if (attr_of(s, W_PRECISION) != NULL)
        (void)build_precision(b, attr_of(s, W_PRECISION), &it->digits, &it->how); /* reported */
    it->bonus = build_yes(b, s, W_BONUS);
    it->deduction = build_yes(b, s, W_DEDUCTION);
    it->max = attr_of(s, W_MAX) != NULL ? attr_expr(b, s, W_MAX)
                                        : by_segment(b, section, it, W_HEAD_MAX, W_MAX_BY);
    it->weight = attr_of(s, W_WEIGHT) != NULL
                     ? attr_expr(b, s, W_WEIGHT)
                     : by_segment(b, section, it, W_HEAD_WEIGHT, W_WEIGHT_BY);
    read_parts(b, s, it);
    read_review(b, s, it);
    it->present_e6 = read_present(b, s);
    if (it->pass >= 0) {
        struct item *pass = &b->r->item[it->pass];
        pass->expr = attr_expr(b, s, W_PASS);
        pass->status = it->status;
        pass->clause = it->clause;
        pass->clause_span = it->clause_span;
    }
    if (it->child_n == 0) {
        it->blank_zero = read_blank(b, s, it);
        it->expr = build_form(b, it, s);
        bool formula = attr_of(s, W_FORMULA) != NULL;
        build_varied(b, it, s, formula ? W_FORMULA : W_MEASURE, formula ? it->expr : it->measure);
        return;
    }
    (void)read_blank(b, s, it); /* reported */
    read_aggregate(b, s, it);
    build_varied(b, it, s, W_AGGREGATE, NULL);
    check_segment_rows(b, s, it, W_HEAD_WEIGHT);
    check_segment_rows(b, s, it, W_HEAD_MAX);
    if (it->agg == OP_NONE)
        it->expr = attr_expr(b, s, W_FORMULA);
}

/* The largest child, 0 standing for those that do not apply: it never decides a minimum beside one
 * that does, and is 0 where none does. */
static struct expr *largest_child(struct builder *b, const struct item *it)
{
    struct expr **arg = ARENA_ARRAY(b->keep, struct expr *, it->child_n);
    uint32_t n = 0;
    for (uint32_t i = 0; i < it->child_n; i++) {
        const struct item *c = &b->r->item[it->child[i]];
        if (!c->bonus && !c->deduction)
            arg[n++] = make_item(b->keep, it->child[i], c->span);
    }
    return make_opn(b->keep, OP_MAX, arg, n, it->span);
}

/* What does not apply adds nothing to sums, is no largest, and must not decide the others. */
static struct expr *child_value(struct builder *b, const struct item *it, uint32_t child)
{
    const struct item *c = &b->r->item[child];
    struct expr *x = make_item(b->keep, child, c->span);
    if (c->applies == NULL || it->agg == OP_AGG_SUM || it->agg == OP_AGG_WEIGHTED ||
        it->agg == OP_AGG_ARITH || it->agg == OP_AGG_MAX)
        return x;
    struct expr *neutral =
        it->agg == OP_AGG_MIN ? largest_child(b, it) : make_int(b->keep, 1, c->span);
    return make_op3(b->keep, OP_IF, c->applies, x, neutral);
}

static struct expr *child_weight(struct builder *b, const struct item *it, const struct item *c)
{
    struct expr *w =
        c->weight != NULL && it->agg != OP_AGG_SUM ? c->weight : make_int(b->keep, 1, c->span);
    return c->applies == NULL
               ? w
               : make_op3(b->keep, OP_IF, c->applies, w, make_int(b->keep, 0, c->span));
}

static struct expr *choice_of(struct builder *b, const struct item *it)
{
    if (it->choice == NULL) {
        (void)diag_add(b->diags, DIAG_KEY_MISSING, it->span, it->name,
                       word_text(W_CHOICE, b->r->english), NO_ARG);
        return NULL;
    }
    struct expr **arg = ARENA_ARRAY(b->keep, struct expr *, 2 * it->child_n + 1);
    uint32_t n = 0;
    arg[n++] = it->choice;
    for (uint32_t i = 0; i < it->child_n; i++) {
        const struct item *c = &b->r->item[it->child[i]];
        struct expr *label = make_expr(b->keep, EXPR_CONST, c->span);
        label->type.kind = TYPE_TEXT;
        label->name = c->name;
        arg[n++] = label;
        arg[n++] = make_item(b->keep, it->child[i], c->span);
    }
    return make_opn(b->keep, OP_CHOICE, arg, n, it->span);
}

/* The weights of a child that come from a table by segment, or NULL. */
static const struct table *segment_weights(const struct item *c)
{
    return c->weight != NULL && c->weight->kind == EXPR_TABLE ? c->weight->table : NULL;
}

/* Ordinary children with their weights; `segment` >= 0 takes that column of weights by segment. */
static struct expr *aggregate_at(struct builder *b, const struct item *it, int segment)
{
    struct expr **arg = ARENA_ARRAY(b->keep, struct expr *, (size_t)2 * it->child_n);
    uint32_t n = 0;
    for (uint32_t i = 0; i < it->child_n; i++) {
        struct item c = b->r->item[it->child[i]];
        if (c.bonus || c.deduction)
            continue;
        if (segment >= 0 && segment_weights(&c) != NULL)
            c.weight = segment_weights(&c)->row[segment].result;
        arg[n++] = child_value(b, it, it->child[i]);
        arg[n++] = child_weight(b, it, &c);
    }
    if (n == 0)
        return NULL;
    struct expr *e = make_opn(b->keep, it->agg, arg, n, it->span);
    e->present_e6 = it->present_e6;
    if (it->agg == OP_AGG_COPELAND) {
        e->kind = EXPR_POP;
        e->pop = ARENA_NEW(b->keep, struct pop);
    }
    return e;
}

/* Weights by segment: one sum for each segment, then a table over it. So a subject of unknown
 * segment gets the hull of whole sums, not a sum of mixed weights. */
static struct expr *aggregate_by_segment(struct builder *b, const struct item *it)
{
    const struct table *by = NULL;
    for (uint32_t i = 0; i < it->child_n && it->agg != OP_AGG_SUM; i++)
        if (by == NULL)
            by = segment_weights(&b->r->item[it->child[i]]);
    if (by == NULL)
        return aggregate_at(b, it, -1);
    struct table *t = ARENA_NEW(b->keep, struct table);
    *t = *by;
    t->row = ARENA_ARRAY(b->keep, struct table_row, by->row_n);
    for (uint32_t i = 0; i < by->row_n; i++) {
        t->row[i] = by->row[i];
        t->row[i].result = aggregate_at(b, it, (int)i);
    }
    struct expr *e = make_expr(b->keep, EXPR_TABLE, it->span);
    e->table = t;
    return e;
}

/* The children under the node's aggregation, then bonuses and deductions. */
static struct expr *aggregate(struct builder *b, const struct item *it)
{
    if (it->agg == OP_CHOICE)
        return choice_of(b, it);
    struct expr *extra = NULL, *e = aggregate_by_segment(b, it);
    for (uint32_t i = 0; i < it->child_n; i++) {
        const struct item *c = &b->r->item[it->child[i]];
        if (!c->bonus && !c->deduction)
            continue;
        struct expr *x = make_item(b->keep, it->child[i], c->span);
        if (c->deduction)
            x = make_op1(b->keep, OP_NEG, x);
        extra = extra == NULL ? x : make_op2(b->keep, OP_ADD, extra, x);
    }
    if (e == NULL || extra == NULL)
        return e != NULL ? e : extra;
    return make_op2(b->keep, OP_ADD, e, extra);
}

/* Where a share of present children counts, a leaf without its data must stay unknown: not the hull
 * of a band table, not 0 ~ 满分. */
static bool keeps_unknown(const struct builder *b, const struct item *it)
{
    return it->present_e6 > 0 || (it->parent >= 0 && b->r->item[it->parent].present_e6 > 0);
}

static struct expr *or_unknown(struct builder *b, const struct item *it, struct expr *x,
                               struct expr *e)
{
    return make_op3(b->keep, OP_IF, make_op1(b->keep, OP_MISSING, x),
                    make_unknown_num(b->keep, it->span), e);
}

static struct expr *band_or_unknown(struct builder *b, const struct item *it, struct expr *table)
{
    struct expr *e = table;
    for (uint32_t i = 0; i < table->table->input_n; i++)
        e = or_unknown(b, it, table->table->input[i], e);
    return e;
}

static struct expr *zero_unless(struct builder *b, const struct item *it, struct expr *x,
                                struct expr *e)
{
    if (x == NULL)
        return e;
    return make_op3(b->keep, OP_IF, make_op1(b->keep, OP_UNSETTLED, x),
                    make_int(b->keep, 0, it->span), e);
}

/* 缺数: 零分. No points where what is measured, tested or worked out is no single figure; of counts
 * and flags each has its own (build_form). */
static struct expr *zero_if_blank(struct builder *b, const struct item *it, struct expr *e)
{
    struct expr *const part[] = {it->measure, it->target, it->average};
    if (!it->blank_zero || it->pair_n > 0)
        return e;
    for (uint32_t i = 0; it->form == FORM_BAND && i < it->expr->table->input_n; i++)
        e = zero_unless(b, it, it->expr->table->input[i], e);
    for (size_t i = 0; it->form != FORM_INDEX && i < ARRAY_N(part); i++)
        e = zero_unless(b, it, part[i], e);
    bool whole = it->form == FORM_INDEX || (it->form == FORM_FORMULA && it->measure == NULL);
    return whole ? zero_unless(b, it, it->expr, e) : e;
}

/* 0 ~ 满分 (+ 超额) */
static struct expr *clamp(struct builder *b, const struct item *it, struct expr *e)
{
    if (it->max == NULL)
        return e;
    struct expr *hi = it->max;
    if (it->form == FORM_TARGET && it->excess != NULL)
        hi = make_op2(b->keep, OP_ADD, hi, it->excess);
    struct expr *held = make_op3(b->keep, OP_CLAMP, e, make_int(b->keep, 0, it->span), hi);
    return keeps_unknown(b, it) ? or_unknown(b, it, e, held) : held;
}

static void finish_score(struct builder *b, struct item *it)
{
    struct expr *e = it->form == FORM_GROUP && it->agg != OP_NONE ? aggregate(b, it) : it->expr;
    if (e == NULL)
        return;
    if (it->form == FORM_BAND && keeps_unknown(b, it))
        e = band_or_unknown(b, it, e);
    if (it->review >= 0)
        e = make_op2(b->keep, OP_REVIEWED, e, make_field(b->keep, (uint32_t)it->review, it->span));
    e = zero_if_blank(b, it, e);
    if (it->cap != NULL)
        e = make_op2(b->keep, OP_MIN, e, it->cap);
    e = clamp(b, it, e);
    if (it->veto != NULL)
        e = make_op3(b->keep, OP_IF, it->veto, make_int(b->keep, 0, it->span), e);
    if (it->applies != NULL)
        e = make_op3(b->keep, OP_IF, it->applies, e, make_int(b->keep, 0, it->span));
    it->expr = make_round(b->keep, e, it->digits, it->how);
}

/* A 最低 is part of the pass of every score above it that has one. */
static void finish_minimum(struct builder *b, uint32_t i)
{
    struct rules *r = b->r;
    const struct item *it = &r->item[i];
    for (int32_t up = it->parent; up >= 0; up = r->item[up].parent) {
        if (r->item[up].pass < 0)
            continue;
        struct item *pass = &r->item[r->item[up].pass];
        struct expr *at_least =
            make_op2(b->keep, OP_GE, make_item(b->keep, i, it->span), it->minimum);
        if (pass->expr != NULL && pass->expr->height >= EXPR_HEIGHT_MAX)
            (void)diag_add(b->diags, DIAG_EXPR_DEPTH, it->span, NO_ARG, NO_ARG, NO_ARG);
        else
            pass->expr =
                pass->expr == NULL ? at_least : make_op2(b->keep, OP_AND, pass->expr, at_least);
    }
}

void build_score_finish(struct builder *b)
{
    for (uint32_t i = 0; i < b->r->item_n; i++)
        if (b->r->item[i].kind == ITEM_SCORE) {
            finish_score(b, &b->r->item[i]);
            if (b->r->item[i].minimum != NULL)
                finish_minimum(b, i);
        }
}
