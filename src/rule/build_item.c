/* build_item.c - parameters, segments, indicators, gates, grades and policies. */
#include "rule/build_int.h"

static const enum word param_keys[] = {W_VALUE, W_UNIT, W_SHOW, W_HIT, W_VARY, W_INSTEAD};
static const enum word segment_keys[] = {W_HIT, W_VARY};
static const enum word indicator_keys[] = {W_FORMULA, W_UNIT,  W_PRECISION, W_SHOW,
                                           W_HIT,     W_BLANK, W_VARY,      W_INSTEAD};
static const enum word gate_keys[] = {W_MUST, W_UNMET, W_BLANK, W_MANUAL, W_APPLIES, W_HIT, W_VARY};
static const enum word grade_keys[] = {W_MODE, W_RANK, W_TIES, W_ORDER, W_QUOTA, W_HIT, W_VARY};
static const enum word policy_keys[] = {W_BENEFICIARY, W_WHEN,   W_AMOUNT,   W_CAP,
                                        W_INSTALMENTS, W_LINKED, W_STACKING, W_STACK_GROUP,
                                        W_HIT,         W_SHOW,   W_BLANK,    W_CODE};

static void missing(struct builder *b, const struct section *s, enum word key)
{
    (void)diag_add(b->diags, DIAG_KEY_MISSING, s->title.span, s->title.s,
                   word_text(key, b->r->english), NO_ARG);
}

/* The one table a section may have, or NULL; more than one is reported. */
static const struct md_table *only_table(struct builder *b, const struct section *s)
{
    if (s->table_n > 1)
        (void)diag_add(b->diags, DIAG_TABLE_EXTRA, s->table[1].head.line, s->title.s, NO_ARG,
                       NO_ARG);
    return s->table_n > 0 ? &s->table[0] : NULL;
}

/* An expression from `key`, or the table; exactly one of them. */
static struct expr *value_or_table(struct builder *b, const struct section *s,
                                   const struct item *it, enum word key, bool labels)
{
    const struct md_table *md = only_table(b, s);
    const struct attribute *a = labels ? NULL : attr_of(s, key);
    if (a != NULL && md != NULL) {
        (void)diag_add(b->diags, DIAG_FORM_BOTH, a->line, s->title.s, a->key.s, NO_ARG);
        return NULL;
    }
    if (md != NULL)
        return build_table(b, s, it, md, labels);
    if (a != NULL)
        return parse_expr(b->keep, a->value, b->diags);
    missing(b, s, key);
    return NULL;
}

static void build_indicator(struct builder *b, const struct section *s, struct item *it)
{
    it->expr = value_or_table(b, s, it, W_FORMULA, false);
    build_varied(b, it, s, W_FORMULA, it->expr);
    const struct attribute *blank = attr_of(s, W_BLANK);
    if (blank != NULL && it->expr != NULL) {
        if (word_find(WORD_BLANKS, blank->value.s, NULL) == W_B_ZERO)
            it->expr = make_op2(b->keep, OP_DEFAULT, it->expr, make_int(b->keep, 0, blank->line));
        else if (word_find(WORD_BLANKS, blank->value.s, NULL) != W_B_UNKNOWN)
            build_value_error(b, blank, "未知 零 / unknown zero");
    }
    const struct attribute *a = attr_of(s, W_PRECISION);
    if (a != NULL && build_precision(b, a, &it->digits, &it->how)) {
        it->has_digits = true;
        if (it->expr != NULL)
            it->expr = make_round(b->keep, it->expr, it->digits, it->how);
    }
}

static enum truth gate_blank(struct builder *b, const struct section *s)
{
    const struct attribute *a = attr_of(s, W_BLANK);
    if (a == NULL)
        return TRUTH_UNKNOWN;
    switch ((int)word_find(WORD_BLANKS, a->value.s, NULL)) {
    case W_B_UNKNOWN:
    case W_B_PENDING: return TRUTH_UNKNOWN;
    case W_B_UNMET: return TRUTH_UNMET;
    case W_B_MET: return TRUTH_MET;
    default: build_value_error(b, a, "待补 不符 符合 / unknown unmet met"); return TRUTH_UNKNOWN;
    }
}

/* A condition of a gate or policy, under its 缺数. */
static struct expr *or_blank(struct builder *b, const struct section *s, struct item *it,
                             struct expr *e)
{
    it->on_unknown = gate_blank(b, s);
    if (it->on_unknown == TRUTH_UNKNOWN || e == NULL)
        return e;
    return make_op2(b->keep, OP_DEFAULT, e, make_truth(b->keep, it->on_unknown, it->span));
}

static void build_gate(struct builder *b, const struct section *s, struct item *it)
{
    const struct attribute *manual = attr_of(s, W_MANUAL);
    build_varied(b, it, s, W_NONE, NULL);
    it->manual = manual != NULL;
    if (attr_of(s, W_MUST) != NULL || s->table_n > 0)
        it->expr = value_or_table(b, s, it, W_MUST, false);
    else if (!it->manual)
        missing(b, s, W_MUST);
    it->expr = or_blank(b, s, it, it->expr);
    if (it->manual) {
        uint32_t f = build_field_implied(b, it->name, it->span, FIELD_JUDGED);
        b->r->field[f].meaning = manual->value.s;
        struct expr *judged = make_field(b->keep, f, manual->line);
        it->expr = it->expr == NULL ? judged : make_op2(b->keep, OP_AND, it->expr, judged);
    }
    const struct attribute *a = attr_of(s, W_UNMET);
    if (a != NULL)
        it->unmet_text = a->value.s;
    it->applies = attr_expr(b, s, W_APPLIES);
    if (it->applies != NULL && it->expr != NULL)
        it->expr = make_op3(b->keep, OP_IF, it->applies, it->expr,
                            make_truth(b->keep, TRUTH_NA, it->span));
}

static struct pop *rank_scope(struct builder *b, const struct section *s)
{
    const struct attribute *rank = attr_of(s, W_RANK), *ties = attr_of(s, W_TIES),
                           *order = attr_of(s, W_ORDER);
    struct pop *pop = rank != NULL ? build_scope(b, rank) : ARENA_NEW(b->keep, struct pop);
    if (ties != NULL) {
        static const enum pop_method by_word[] = {TIES_MIN, TIES_MAX, TIES_MEAN, TIES_DENSE};
        enum word w = word_find(WORD_TIESES, ties->value.s, NULL);
        if (w == W_NONE)
            build_value_error(b, ties, "取小 取大 平均 密集 / min max mean dense");
        else
            pop->method = by_word[w - W_TIE_MIN];
    }
    if (order != NULL) {
        enum word w = word_find(WORD_ORDERS, order->value.s, NULL);
        if (w == W_NONE)
            build_value_error(b, order, "降 升 / desc asc");
        pop->ascending = w == W_O_ASC;
    }
    const struct attribute *quota = attr_of(s, W_QUOTA);
    if (quota != NULL) {
        enum word w = word_find(WORD_ROUNDINGS, quota->value.s, NULL);
        if (w != W_R_CEIL && w != W_R_FLOOR && w != W_R_HALF_UP)
            build_value_error(b, quota, "向下 向上 四舍五入 / floor ceil half_up");
        pop->quota_e6 = w == W_R_CEIL ? 999999 : w == W_R_HALF_UP ? 500000 : 0;
    }
    return pop;
}

static struct expr *pop_of(struct builder *b, enum op op, struct expr *x, struct pop *pop)
{
    struct expr *e = make_op1(b->keep, op, x);
    e->kind = EXPR_POP;
    e->pop = pop;
    return e;
}

/* Quantile grades test the share of the group that stands before or at one's rank. */
static void share_input(struct builder *b, const struct section *s, struct item *it)
{
    struct table *t = it->expr->table;
    struct expr *by = attr_expr(b, s, W_BASIS);
    if (attr_of(s, W_BASIS) == NULL || t->input_n != 1)
        missing(b, s, W_BASIS);
    else if (by != NULL)
        t->input[0] = pop_of(b, OP_BOARD, by, rank_scope(b, s));
}

static bool is_quantile(struct builder *b, const struct section *s)
{
    const struct attribute *a = attr_of(s, W_MODE);
    if (a == NULL)
        return false;
    enum word w = word_find(WORD_MODES, a->value.s, NULL);
    if (w == W_NONE)
        build_value_error(b, a, "分位 分数 / quantile threshold");
    return w == W_M_QUANTILE;
}

static void build_grade(struct builder *b, const struct section *s, struct item *it)
{
    const struct md_table *md = only_table(b, s);
    build_varied(b, it, s, W_NONE, NULL);
    it->by_quantile = is_quantile(b, s);
    it->by = attr_expr(b, s, W_BASIS);
    if (md != NULL) {
        it->expr = build_table(b, s, it, md, true);
        if (it->expr != NULL && it->by_quantile)
            share_input(b, s, it);
    }
    if (attr_of(s, W_RANK) == NULL) {
        if (md == NULL)
            missing(b, s, W_RANK);
        return;
    }
    if (it->by == NULL) {
        if (attr_of(s, W_BASIS) == NULL)
            missing(b, s, W_BASIS);
        return;
    }
    struct item *rank = md == NULL ? it : &b->r->item[it->rank];
    rank->kind = ITEM_RANK;
    rank->by = it->by;
    rank->expr = pop_of(b, OP_RANK, attr_expr(b, s, W_BASIS), rank_scope(b, s));
    if (rank != it) {
        rank->status = it->status;
        rank->clause = it->clause;
        rank->clause_span = it->clause_span;
    }
}

/* `首期 50%; 验收后 50%`: an optional label and an expression each. */
static void read_instalments(struct builder *b, const struct attribute *a, struct item *it)
{
    struct pair found[32];
    uint32_t n = 0;
    struct parser p;
    parse_open(&p, b->keep, a->value, b->diags);
    do {
        if (n == ARRAY_N(found)) {
            (void)parse_fail(&p, "最多 32 期 at most 32 instalments");
            return;
        }
        struct pair *one = &found[n++];
        *one = (struct pair){.label = S(""), .span = p.lx.tok.span};
        if (p.lx.tok.kind == TOK_NAME) {
            one->label = p.lx.tok.text;
            lex_next(&p.lx);
        }
        one->a = parse_one(&p);
        if (one->a == NULL)
            return;
    } while (parse_take(&p, ';'));
    if (p.lx.tok.kind != TOK_END)
        (void)parse_fail(&p, "；");
    it->instalment_n = n;
    it->instalment = ARENA_ARRAY(b->keep, struct pair, n);
    for (uint32_t i = 0; i < n; i++)
        it->instalment[i] = found[i];
}

static void read_stacking(struct builder *b, const struct section *s, struct item *it)
{
    const struct attribute *a = attr_of(s, W_STACKING);
    if (a == NULL)
        return;
    switch ((int)word_find(WORD_STACKINGS, a->value.s, NULL)) {
    case W_K_HIGHEST: it->stacking = STACK_HIGHEST; break;
    case W_K_TOP_UP: it->stacking = STACK_TOP_UP; break;
    case W_K_SUM: it->stacking = STACK_SUM; break;
    case W_K_UNSTATED: it->stacking = STACK_UNSTATED; break;
    default: build_value_error(b, a, "就高不重复 补差 可叠加 未明确");
    }
}

/* amount, capped, if the condition holds; unknown or manual leaves 0 ~ amount. Money to the fen. */
static void build_policy(struct builder *b, const struct section *s, struct item *it)
{
    it->amount = value_or_table(b, s, it, W_AMOUNT, false);
    it->cap = attr_expr(b, s, W_CAP);
    it->when = or_blank(b, s, it, attr_expr(b, s, W_WHEN));
    if (attr_of(s, W_WHEN) == NULL && attr_of(s, W_BLANK) != NULL)
        missing(b, s, W_WHEN);
    const struct attribute *a = attr_of(s, W_INSTALMENTS);
    if (a != NULL)
        read_instalments(b, a, it);
    a = attr_of(s, W_BENEFICIARY);
    it->beneficiary = a == NULL ? S("") : a->value.s;
    a = attr_of(s, W_LINKED);
    it->linked = a == NULL ? S("") : a->value.s;
    it->code = attr_value(s, W_CODE);
    a = attr_of(s, W_STACK_GROUP);
    it->stacking_group = a == NULL ? S("") : a->value.s;
    read_stacking(b, s, it);
    it->has_digits = true;
    it->digits = 2;
    if (it->amount == NULL)
        return;
    struct expr *e = it->amount;
    if (it->cap != NULL)
        e = make_op2(b->keep, OP_MIN, e, it->cap);
    if (it->when != NULL)
        e = make_op3(b->keep, OP_IF, it->when, e, make_int(b->keep, 0, it->span));
    it->expr = make_round(b->keep, e, 2, ROUND_HALF_UP);
}

static void check_kind_keys(struct builder *b, const struct section *s, enum item_kind kind)
{
    static const struct {
        const enum word *key;
        size_t n;
    } by_kind[] = {
        [ITEM_PARAM] = {param_keys, ARRAY_N(param_keys)},
        [ITEM_SEGMENT] = {segment_keys, ARRAY_N(segment_keys)},
        [ITEM_INDICATOR] = {indicator_keys, ARRAY_N(indicator_keys)},
        [ITEM_GATE] = {gate_keys, ARRAY_N(gate_keys)},
        [ITEM_GRADE] = {grade_keys, ARRAY_N(grade_keys)},
        [ITEM_POLICY] = {policy_keys, ARRAY_N(policy_keys)},
    };
    build_check_keys(b, s, by_kind[kind].key, by_kind[kind].n);
}

void build_item(struct builder *b, uint32_t section)
{
    const struct section *s = &b->doc->section[section];
    struct item *it = &b->r->item[b->item_of[section]];
    check_kind_keys(b, s, it->kind);
    build_common(b, it, s);
    it->unit = build_unit(b, attr_of(s, W_UNIT));
    it->show = build_unit(b, attr_of(s, W_SHOW));
    switch ((int)it->kind) {
    case ITEM_PARAM:
        it->expr = value_or_table(b, s, it, W_VALUE, false);
        build_varied(b, it, s, W_VALUE, it->expr);
        break;
    case ITEM_SEGMENT:
        it->expr = value_or_table(b, s, it, W_FORMULA, true);
        build_varied(b, it, s, W_NONE, NULL);
        break;
    case ITEM_INDICATOR: build_indicator(b, s, it); break;
    case ITEM_GATE: build_gate(b, s, it); break;
    case ITEM_GRADE: build_grade(b, s, it); break;
    default: build_policy(b, s, it);
    }
}
