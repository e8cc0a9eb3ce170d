/* resolve_op.c - types, units and decimals of operators and row functions. */
#include "rule/resolve_int.h"

uint8_t working(const struct resolver *rs, const struct expr *a, const struct expr *b)
{
    uint8_t w = rs->b->r->decimals;
    if (a->type.scale > w)
        w = a->type.scale;
    return b->type.scale > w ? b->type.scale : w;
}

static bool all_kind(struct resolver *rs, const struct expr *e, enum type_kind k)
{
    for (uint32_t i = 0; i < e->arg_n; i++)
        if (!want_kind(rs, e->arg[i], k))
            return false;
    return true;
}

static uint8_t product_scale(const struct resolver *rs, const struct expr *a, const struct expr *b)
{
    int sum = a->type.scale + b->type.scale, w = working(rs, a, b);
    return (uint8_t)(sum < w ? sum : w);
}

static bool dim_is_sane(struct resolver *rs, const struct expr *e)
{
    for (int i = 0; i < DIM_N; i++)
        if (e->type.dim.exp[i] > 30 || e->type.dim.exp[i] < -30) {
            (void)diag_add(rs->b->diags, DIAG_EXPR_DEPTH, e->span, NO_ARG, NO_ARG, NO_ARG);
            return false;
        }
    return true;
}

static bool exact_quotient(Wide q, int sq, Wide x, int sx, Wide y, int sy)
{
    Wide back;
    int scale = sq + sy > sx ? sq + sy : sx;
    return scale <= DEC_SCALE_MAX && wide_mul(&back, q, sq, y, sy, scale, ROUND_DOWN) &&
           wide_cmp(back, scale, x, sx) == 0;
}

/* Decimals of a quotient: of two constants, as many as it has, if it is no longer than the working
 * decimals: 10万元 / 1件 has none, and what is computed from it stays small. */
static uint8_t quotient_scale(const struct resolver *rs, const struct expr *a, const struct expr *b)
{
    uint8_t most = working(rs, a, b);
    Wide x, y;
    int sx, sy;
    if (!expr_const_num(a, &x, &sx) || !expr_const_num(b, &y, &sy) || y == 0)
        return most;
    Wide all;
    if (!wide_div(&all, x, sx, y, sy, most, ROUND_DOWN) || !exact_quotient(all, most, x, sx, y, sy))
        return most;
    while (most > 0 && all % 10 == 0) {
        all /= 10;
        most--;
    }
    return most;
}

static bool type_product(struct resolver *rs, struct expr *e)
{
    struct expr *a = e->arg[0], *b = e->arg[1];
    if (!all_kind(rs, e, TYPE_NUM))
        return false;
    if (e->op == OP_DIV && b->any_unit)
        b->type.dim = a->type.dim;
    e->type.dim =
        e->op == OP_MUL ? dim_mul(a->type.dim, b->type.dim) : dim_div(a->type.dim, b->type.dim);
    e->type.scale = e->op == OP_MUL ? product_scale(rs, a, b) : quotient_scale(rs, a, b);
    return dim_is_sane(rs, e);
}

/* x = 是 is x itself, x = 否 is its opposite: truths have no other comparison. */
static bool type_truth_compare(struct resolver *rs, struct expr *e)
{
    if (!want_kind(rs, e->arg[1], TYPE_TRUTH))
        return false;
    int k = e->arg[0]->kind == EXPR_CONST ? 0 : 1;
    if (e->arg[k]->kind != EXPR_CONST || (e->op != OP_EQ && e->op != OP_NE)) {
        (void)diag_add(rs->b->diags, DIAG_NEVER_EQUAL, e->span, NO_ARG, NO_ARG, NO_ARG);
        return false;
    }
    bool same = (e->arg[k]->value.lo == TRUTH_MET) == (e->op == OP_EQ);
    e->arg[0] = e->arg[1 - k];
    e->arg_n = 1;
    e->op = same ? OP_AND : OP_NOT;
    return true;
}

static bool type_compare(struct resolver *rs, struct expr *e)
{
    e->type = (Type){.kind = TYPE_TRUTH};
    if (e->arg[0]->type.kind == TYPE_TRUTH)
        return type_truth_compare(rs, e);
    Type t = {0};
    if (!unify_all(rs, &t, e->arg, 2, 1))
        return false;
    if (t.kind == TYPE_TEXT && e->op != OP_EQ && e->op != OP_NE)
        return want_kind(rs, e->arg[0], TYPE_NUM);
    return true;
}

static bool type_if(struct resolver *rs, struct expr *e)
{
    Type t = {0};
    if (!want_kind(rs, e->arg[0], TYPE_TRUTH) || !unify_all(rs, &t, e->arg + 1, 2, 1))
        return false;
    e->type = t;
    e->any_unit = e->arg[1]->any_unit && e->arg[2]->any_unit;
    return true;
}

static bool type_power(struct resolver *rs, struct expr *e)
{
    struct expr *x = e->arg[0], *y = e->arg[1];
    Wide n;
    int scale;
    if (!want_kind(rs, x, TYPE_NUM) || !want_plain(rs, y, S("^")))
        return false;
    e->type.scale = working(rs, x, y);
    if (dim_is_none(x->type.dim))
        return true;
    if (!expr_const_num(y, &n, &scale) || scale != 0 || n < -4 || n > 4)
        return want_plain(rs, x, S("^"));
    for (int i = 0; i < DIM_N; i++)
        e->type.dim.exp[i] = (int8_t)(x->type.dim.exp[i] * (int)n);
    return dim_is_sane(rs, e);
}

static bool type_sqrt(struct resolver *rs, struct expr *e)
{
    struct expr *x = e->arg[0];
    if (!want_kind(rs, x, TYPE_NUM))
        return false;
    e->type.scale = working(rs, x, x);
    for (int i = 0; i < DIM_N; i++) {
        if (x->type.dim.exp[i] % 2 != 0)
            return want_plain(rs, x, str_of(op_info(OP_SQRT)->zh));
        e->type.dim.exp[i] = (int8_t)(x->type.dim.exp[i] / 2);
    }
    return true;
}

/* Scores are plain numbers and so are their weights, or they would have failed before. */
bool want_weights(struct resolver *rs, const struct expr *e)
{
    for (uint32_t i = 0; i < e->arg_n; i++)
        if (NEVER(!want_plain(rs, e->arg[i], S("权重 weight"))))
            return false;
    return true;
}

static bool type_aggregate(struct resolver *rs, struct expr *e)
{
    uint8_t scale = 0, work = rs->b->r->decimals;
    if (NEVER(!want_weights(rs, e)))
        return false;
    for (uint32_t i = 0; i < e->arg_n; i += 2) {
        uint8_t s = e->op == OP_AGG_WEIGHTED ? product_scale(rs, e->arg[i], e->arg[i + 1])
                                             : e->arg[i]->type.scale;
        uint8_t w = working(rs, e->arg[i], e->arg[i + 1]);
        scale = s > scale ? s : scale;
        work = w > work ? w : work;
    }
    bool exact = e->op == OP_AGG_MAX || e->op == OP_AGG_MIN ||
                 ((e->op == OP_AGG_SUM || e->op == OP_AGG_WEIGHTED) && e->present_e6 == 0);
    e->type.scale = exact ? scale : work;
    return true;
}

static bool type_choice(struct resolver *rs, struct expr *e)
{
    Type t = {0};
    if (!want_kind(rs, e->arg[0], TYPE_TEXT))
        return false;
    if (NEVER(!unify_all(rs, &t, e->arg + 2, e->arg_n - 2, 2))) /* scores all */
        return false;
    e->type = t;
    return true;
}

/* PASSES(X) is the pass of the score X. */
static bool type_passes(struct resolver *rs, struct expr *e)
{
    const struct expr *x = e->arg[0];
    const struct item *it = x->kind == EXPR_ITEM ? &rs->b->r->item[x->ref] : NULL;
    if (it == NULL || it->pass < 0) {
        (void)diag_add(rs->b->diags, DIAG_PASS_NONE, x->span, x->name, NO_ARG, NO_ARG);
        return false;
    }
    e->kind = EXPR_ITEM;
    e->ref = (uint32_t)it->pass;
    return resolve_expr(rs, e);
}

static bool type_starts(struct resolver *rs, struct expr *e)
{
    if (!all_kind(rs, e, TYPE_TEXT))
        return false;
    for (uint32_t i = 1; i < e->arg_n; i++)
        if (e->arg[i]->kind != EXPR_CONST) {
            (void)diag_add(rs->b->diags, DIAG_TEXT_CONST, e->arg[i]->span, S("开头"), NO_ARG,
                           NO_ARG);
            return false;
        }
    e->type = (Type){.kind = TYPE_TRUTH};
    return true;
}

static bool type_days(struct resolver *rs, struct expr *e)
{
    if (!all_kind(rs, e, TYPE_DAY))
        return false;
    e->type = (Type){.kind = TYPE_NUM};
    if (e->op == OP_YEARS)
        e->type.dim.exp[DIM_YEAR] = 1;
    else if (e->op == OP_DAYS)
        e->type.dim.exp[DIM_DAY] = 1;
    return true;
}

/* Functions whose operands are alike; the result is alike too, or a plain ratio, or a count. */
static bool type_alike(struct resolver *rs, struct expr *e)
{
    Type t = {0};
    if (!unify_all(rs, &t, e->arg, e->arg_n, 1))
        return false;
    bool keeps_any = e->op == OP_MAX || e->op == OP_MIN || e->op == OP_DEFAULT;
    if (!keeps_any && !want_kind(rs, e->arg[0], TYPE_NUM))
        return false;
    if ((t.kind == TYPE_TEXT || t.kind == TYPE_TRUTH) && e->op != OP_DEFAULT)
        return want_kind(rs, e->arg[0], TYPE_NUM);
    e->type = t;
    if (e->op == OP_GOALPOST || e->op == OP_ATTAIN || e->op == OP_STEPS)
        e->type.dim = (Dim){{0}};
    if (e->op == OP_GOALPOST || e->op == OP_ATTAIN || e->op == OP_MEAN)
        e->type.scale = working(rs, e->arg[0], e->arg[e->arg_n > 1]);
    if (e->op == OP_STEPS)
        e->type.scale = 0;
    return true;
}

static bool type_one(struct resolver *rs, struct expr *e)
{
    struct expr *x = e->arg[0];
    switch ((int)e->op) {
    case OP_NEG:
    case OP_ABS:
        e->type = x->type;
        e->any_unit = x->any_unit;
        return want_kind(rs, x, TYPE_NUM);
    case OP_ROUND:
        e->type = x->type;
        e->type.scale = e->round_to;
        return want_kind(rs, x, TYPE_NUM);
    case OP_SQRT: return type_sqrt(rs, e);
    case OP_LN:
    case OP_LOG10:
    case OP_EXP:
        e->type.scale = working(rs, x, x);
        return want_plain(rs, x, str_of(op_info(e->op)->zh));
    case OP_MISSING:
    case OP_UNSETTLED: e->type = (Type){.kind = TYPE_TRUTH}; return true;
    case OP_COUNT: return all_kind(rs, e, TYPE_TRUTH);
    case OP_YEARS:
    case OP_DAYS:
    case OP_YEAR_OF: return type_days(rs, e);
    default: return type_alike(rs, e);
    }
}

bool resolve_op(struct resolver *rs, struct expr *e)
{
    for (uint32_t i = 0; i < e->arg_n; i++)
        if (!resolve_expr(rs, e->arg[i]))
            return false;
    e->type = (Type){.kind = TYPE_NUM};
    switch ((int)e->op) {
    case OP_MUL:
    case OP_DIV: return type_product(rs, e);
    case OP_POW: return type_power(rs, e);
    case OP_IF: return type_if(rs, e);
    case OP_AND:
    case OP_OR:
    case OP_NOT: e->type.kind = TYPE_TRUTH; return all_kind(rs, e, TYPE_TRUTH);
    case OP_EQ:
    case OP_NE:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE: return type_compare(rs, e);
    case OP_PASSES: return type_passes(rs, e);
    case OP_STARTS: return type_starts(rs, e);
    case OP_CHOICE: return type_choice(rs, e);
    case OP_AGG_SUM:
    case OP_AGG_WEIGHTED:
    case OP_AGG_ARITH:
    case OP_AGG_GEO:
    case OP_AGG_HARM:
    case OP_AGG_MAX:
    case OP_AGG_MIN: return type_aggregate(rs, e);
    default: return type_one(rs, e);
    }
}
