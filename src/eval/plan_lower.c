/* plan_lower.c - one expression at one shift, as nodes.
 *
 * Every operator of the language is written in terms of the few nodes of node_list.h: a table maps
 * it to a function here. Each (expression, shift) is lowered once and remembered, for sharing and
 * for traces. A value always leaves at the scale of its expression's type.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "col/dataset.h"
#include "eval/lower_int.h"

enum {
    LOWERED_MIN = 1024,
    DEPTH_MAX = 2500, /* nested calls; a call takes less than 1 kB of stack */
    SHIFT_MAX = 100000,
    MATH_SCALE_MAX = 18,
};

typedef uint32_t (*lower_fn)(struct lower *l, const struct expr *e, Shift at);

uint32_t lower_too_large(struct lower *l)
{
    if (l->status == OK) {
        (void)diag_add(l->ds, DIAG_PLAN_LARGE, (Span){0, 0}, l->name, NO_ARG, NO_ARG);
        l->status = ERR_LIMIT;
    }
    return 0; /* plan_build makes node 0 an unknown number */
}

static int scale_of(const struct lower *l, uint32_t n)
{
    return node_at(l, n)->scale;
}

static struct node number(enum node_op op, int scale)
{
    return (struct node){.op = op, .kind = TYPE_NUM, .scale = (uint8_t)scale};
}

/* Fields */

static Cell bounds_of(const struct field *f)
{
    Cell c = CELL_UNKNOWN;
    if (f->has_lo)
        c.lo = f->lo;
    if (f->has_hi)
        c.hi = f->hi;
    return c;
}

static uint32_t field_node(struct lower *l, uint32_t ref, Shift at, Cell missing)
{
    const struct field *f = &l->plan->rules->field[ref];
    struct node like = {.op = NODE_FIELD,
                        .kind = f->type.kind,
                        .scale = f->type.scale,
                        .ref = ref,
                        .period = rule_period_key(f, l->plan->period + at.year, at.quarter),
                        .value = missing};
    return node_add(l, like, NULL, 0);
}

static uint32_t carried_field(struct lower *l, uint32_t ref, Shift at)
{
    const struct field *f = &l->plan->rules->field[ref];
    enum type_kind kind = f->type.kind;
    uint32_t n = f->period == PERIOD_NONE ? 1 : f->blank_n;
    if (n > PLAN_SPAN_MAX)
        return lower_too_large(l);
    uint32_t out =
        node_const(l, kind, f->type.scale,
                   f->ftype == FIELD_JUDGED ? cell_truth(TRUTH_MANUAL) : cell_unknown(kind));
    for (uint32_t back = n; back-- > 0;) {
        Shift then = at;
        *(f->period == PERIOD_QUARTER ? &then.quarter : &then.year) -= (int)back;
        uint32_t x = field_node(l, ref, then, cell_unknown(kind));
        out = node_2(l, (struct node){.op = NODE_CARRY, .kind = kind, .scale = f->type.scale}, x,
                     out);
    }
    return out;
}

static uint32_t lower_field(struct lower *l, const struct expr *e, Shift at)
{
    const struct field *f = &l->plan->rules->field[e->ref];
    enum type_kind kind = f->type.kind;
    Cell missing = f->ftype == FIELD_JUDGED ? cell_truth(TRUTH_MANUAL)
                   : kind == TYPE_TRUTH     ? cell_unknown(kind)
                                            : bounds_of(f);
    uint32_t x = 0;
    switch (f->blank) {
    case BLANK_UNKNOWN: return field_node(l, e->ref, at, missing);
    case BLANK_ZERO: return field_node(l, e->ref, at, cell_point(0));
    case BLANK_CARRY: x = carried_field(l, e->ref, at); break;
    case BLANK_MEAN:
    case BLANK_MEDIAN:
        x = lower_impute(l, f, field_node(l, e->ref, at, cell_unknown(kind)), at);
        break;
    }
    if (!f->has_lo && !f->has_hi)
        return x;
    struct node like = {.op = NODE_DEFAULT, .kind = kind, .scale = f->type.scale};
    return node_2(l, like, x, node_const(l, kind, f->type.scale, missing));
}

/* Items: their own expression, at the scale the item declares. */
static uint32_t lower_item(struct lower *l, const struct expr *e, Shift at)
{
    const struct item *it = &l->plan->rules->item[e->ref];
    return lower_scaled(l, it->expr, at, it->type.scale);
}

static uint32_t lower_const(struct lower *l, const struct expr *e, Shift at)
{
    (void)at;
    Cell value = e->type.kind == TYPE_TEXT ? cell_point(e->ref) : e->value;
    return node_const(l, e->type.kind, e->type.scale, value);
}

static uint32_t lower_name(struct lower *l, const struct expr *e, Shift at)
{
    (void)at; /* only in documents with errors */
    return node_unknown(l, e->type.kind, e->type.scale);
}

static uint32_t lower_as_of(struct lower *l, const struct expr *e, Shift at)
{
    (void)e, (void)at;
    return node_const(l, TYPE_DAY, 0, cell_point(l->plan->as_of));
}

static uint32_t lower_year(struct lower *l, const struct expr *e, Shift at)
{
    (void)e;
    return node_number(l, l->plan->period + at.year);
}

static uint32_t lower_at(struct lower *l, const struct expr *e, Shift at)
{
    bool quarters = e->period == PERIOD_QUARTER;
    int64_t year = at.year, quarter = at.quarter;
    if (e->at_abs) { /* the year itself, or year * 4 + quarter */
        int64_t key = e->at;
        year = quarters ? 0 : key - l->plan->period;
        quarter = quarters ? key - ((int64_t)l->plan->period * 4 + 3) : 0;
    } else {
        *(quarters ? &quarter : &year) += e->at;
    }
    if (year < -SHIFT_MAX || year > SHIFT_MAX || quarter < -SHIFT_MAX || quarter > SHIFT_MAX)
        return lower_too_large(l);
    return lower_expr(l, e->arg[0], (Shift){(int)year, (int)quarter});
}

/* Arithmetic */

static uint32_t arg(struct lower *l, const struct expr *e, uint32_t i, Shift at)
{
    return lower_expr(l, e->arg[i], at);
}

/* NEG ABS: exact at the argument's scale */
static uint32_t same_scale(struct lower *l, enum node_op op, const struct expr *e, Shift at)
{
    uint32_t a = arg(l, e, 0, at);
    return node_1(l, number(op, scale_of(l, a)), a);
}

static uint32_t lower_neg(struct lower *l, const struct expr *e, Shift at)
{
    return same_scale(l, NODE_NEG, e, at);
}

static uint32_t lower_abs(struct lower *l, const struct expr *e, Shift at)
{
    return same_scale(l, NODE_ABS, e, at);
}

static uint32_t fold_even(struct lower *l, enum node_op op, const struct expr *e, Shift at)
{
    uint32_t out = arg(l, e, 0, at);
    for (uint32_t i = 1; i < e->arg_n; i++)
        out = node_even(l, op, out, arg(l, e, i, at));
    return out;
}

static uint32_t lower_add(struct lower *l, const struct expr *e, Shift at)
{
    return fold_even(l, NODE_ADD, e, at);
}

static uint32_t lower_sub(struct lower *l, const struct expr *e, Shift at)
{
    return fold_even(l, NODE_SUB, e, at);
}

static uint32_t lower_max(struct lower *l, const struct expr *e, Shift at)
{
    return fold_even(l, NODE_MAX, e, at);
}

static uint32_t lower_min(struct lower *l, const struct expr *e, Shift at)
{
    return fold_even(l, NODE_MIN, e, at);
}

static uint32_t clamp(struct lower *l, uint32_t x, uint32_t lo, uint32_t hi)
{
    return node_even(l, NODE_MIN, node_even(l, NODE_MAX, x, lo), hi);
}

static uint32_t lower_clamp(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t x = arg(l, e, 0, at), lo = arg(l, e, 1, at);
    return clamp(l, x, lo, arg(l, e, 2, at));
}

static uint32_t divide(struct lower *l, uint32_t a, uint32_t b, int scale)
{
    return node_2(l, number(NODE_DIV, scale), a, b);
}

static uint32_t lower_mul(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t a = arg(l, e, 0, at), b = arg(l, e, 1, at);
    return node_2(l, number(NODE_MUL, e->type.scale), a, b);
}

static uint32_t lower_div(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t a = arg(l, e, 0, at), b = arg(l, e, 1, at);
    return divide(l, a, b, e->type.scale);
}

static uint32_t lower_mean(struct lower *l, const struct expr *e, Shift at)
{
    return divide(l, fold_even(l, NODE_ADD, e, at), node_number(l, e->arg_n), e->type.scale);
}

static uint32_t lower_goalpost(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t x = arg(l, e, 0, at), lo = arg(l, e, 1, at), hi = arg(l, e, 2, at);
    uint32_t share =
        divide(l, node_even(l, NODE_SUB, x, lo), node_even(l, NODE_SUB, hi, lo), e->type.scale);
    return clamp(l, share, node_number(l, 0), node_number(l, 1));
}

static uint32_t lower_attain(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t a = arg(l, e, 0, at), b = arg(l, e, 1, at);
    return node_even(l, NODE_MIN, divide(l, a, b, e->type.scale), node_number(l, 1));
}

/* Whole units of a in b. */
static uint32_t lower_steps(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t a = arg(l, e, 0, at), b = arg(l, e, 1, at);
    struct node like = number(NODE_DIV, 0);
    like.how = ROUND_DOWN;
    return node_2(l, like, a, b);
}

static uint32_t round_to(struct lower *l, const struct expr *e, Shift at, enum rounding how)
{
    return node_rescale(l, arg(l, e, 0, at), e->round_to, how);
}

static uint32_t lower_round(struct lower *l, const struct expr *e, Shift at)
{
    return round_to(l, e, at, e->how);
}

static uint32_t lower_round_down(struct lower *l, const struct expr *e, Shift at)
{
    return round_to(l, e, at, ROUND_DOWN);
}

static uint32_t lower_round_up(struct lower *l, const struct expr *e, Shift at)
{
    return round_to(l, e, at, ROUND_UP);
}

static uint32_t lower_round_even(struct lower *l, const struct expr *e, Shift at)
{
    return round_to(l, e, at, ROUND_HALF_EVEN);
}

static uint32_t lower_floor(struct lower *l, const struct expr *e, Shift at)
{
    return node_rescale(l, arg(l, e, 0, at), 0, ROUND_FLOOR);
}

static int math_scale(const struct expr *e)
{
    return e->type.scale < MATH_SCALE_MAX ? e->type.scale : MATH_SCALE_MAX;
}

static uint32_t math(struct lower *l, enum node_op op, const struct expr *e, Shift at)
{
    return node_1(l, number(op, math_scale(e)), arg(l, e, 0, at));
}

static uint32_t lower_sqrt(struct lower *l, const struct expr *e, Shift at)
{
    return math(l, NODE_SQRT, e, at);
}

static uint32_t lower_ln(struct lower *l, const struct expr *e, Shift at)
{
    return math(l, NODE_LN, e, at);
}

static uint32_t lower_log10(struct lower *l, const struct expr *e, Shift at)
{
    return math(l, NODE_LOG10, e, at);
}

static uint32_t lower_exp(struct lower *l, const struct expr *e, Shift at)
{
    return math(l, NODE_EXP, e, at);
}

static uint32_t lower_pow(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t a = arg(l, e, 0, at), b = arg(l, e, 1, at);
    return node_2(l, number(NODE_POW, math_scale(e)), a, b);
}

static uint32_t lower_range(struct lower *l, const struct expr *e, Shift at)
{
    return fold_even(l, NODE_RANGE, e, at);
}

/* The reviewer's figure is brought to the interval's scale; more decimals are rounded off. */
static uint32_t lower_reviewed(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t a = lower_scaled(l, e->arg[0], at, e->type.scale);
    uint32_t b = lower_scaled(l, e->arg[1], at, e->type.scale);
    return node_2(l, number(NODE_REVIEWED, e->type.scale), a, b);
}

/* Days */

static uint32_t lower_years(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t a = arg(l, e, 0, at), b = arg(l, e, 1, at);
    return node_2(l, number(NODE_YEARS, 0), a, b);
}

static uint32_t lower_days(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t a = arg(l, e, 0, at), b = arg(l, e, 1, at);
    return node_2(l, number(NODE_SUB, 0), b, a);
}

static uint32_t lower_year_of(struct lower *l, const struct expr *e, Shift at)
{
    return node_1(l, number(NODE_YEAR_OF, 0), arg(l, e, 0, at));
}

/* Truth */

/* One argument still goes through the operator: 不适用 alone is MET in an `and`. */
static uint32_t fold_truth(struct lower *l, enum node_op op, const struct expr *e, Shift at)
{
    uint32_t out = arg(l, e, 0, at);
    if (e->arg_n == 1)
        return node_truth(l, op, out, out);
    for (uint32_t i = 1; i < e->arg_n; i++)
        out = node_truth(l, op, out, arg(l, e, i, at));
    return out;
}

static uint32_t lower_and(struct lower *l, const struct expr *e, Shift at)
{
    return fold_truth(l, NODE_AND, e, at);
}

static uint32_t lower_or(struct lower *l, const struct expr *e, Shift at)
{
    return fold_truth(l, NODE_OR, e, at);
}

static uint32_t node_not(struct lower *l, uint32_t a)
{
    return node_1(l, (struct node){.op = NODE_NOT, .kind = TYPE_TRUTH}, a);
}

static uint32_t lower_not(struct lower *l, const struct expr *e, Shift at)
{
    return node_not(l, arg(l, e, 0, at));
}

uint32_t lower_equal(struct lower *l, uint32_t a, uint32_t b)
{
    enum type_kind kind = node_at(l, a)->kind;
    enum node_op op = kind == TYPE_TEXT    ? NODE_EQ_TEXT
                      : kind == TYPE_TRUTH ? NODE_EQ_TRUTH
                                           : NODE_EQ_NUM;
    return node_truth(l, op, a, b);
}

uint32_t lower_compare(struct lower *l, enum op op, uint32_t a, uint32_t b)
{
    if (op == OP_EQ)
        return lower_equal(l, a, b);
    if (op == OP_NE)
        return node_not(l, lower_equal(l, a, b));
    if (op == OP_LT || op == OP_GT)
        return op == OP_LT ? node_truth(l, NODE_LT, a, b) : node_truth(l, NODE_LT, b, a);
    return op == OP_LE ? node_truth(l, NODE_LE, a, b) : node_truth(l, NODE_LE, b, a);
}

static uint32_t lower_comparison(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t a = arg(l, e, 0, at), b = arg(l, e, 1, at);
    return lower_compare(l, e->op, a, b);
}

static uint32_t lower_if(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t condition = arg(l, e, 0, at), yes = arg(l, e, 1, at);
    return node_if(l, condition, yes, arg(l, e, 2, at));
}

static uint32_t lower_count(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t out = node_number(l, 0);
    for (uint32_t i = 0; i < e->arg_n; i++)
        out = node_even(l, NODE_ADD, out, node_1(l, number(NODE_TALLY, 0), arg(l, e, i, at)));
    return out;
}

static uint32_t missing(struct lower *l, uint32_t a)
{
    struct node like = {.op = NODE_MISSING, .kind = TYPE_TRUTH, .ref = node_at(l, a)->kind};
    return node_1(l, like, a);
}

static uint32_t lower_missing(struct lower *l, const struct expr *e, Shift at)
{
    return missing(l, arg(l, e, 0, at));
}

/* Whether an interval equals itself is unknown, unless it is a point. */
static uint32_t lower_unsettled(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t a = arg(l, e, 0, at);
    return missing(l, lower_equal(l, a, a));
}

static uint32_t lower_default(struct lower *l, const struct expr *e, Shift at)
{
    return fold_even(l, NODE_DEFAULT, e, at);
}

static uint32_t lower_starts(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t text = arg(l, e, 0, at), out = node_truth(l, NODE_STARTS, text, arg(l, e, 1, at));
    for (uint32_t i = 2; i < e->arg_n; i++)
        out = node_truth(l, NODE_OR, out, node_truth(l, NODE_STARTS, text, arg(l, e, i, at)));
    return out;
}

static const lower_fn lower_kind[] = {
    [EXPR_CONST] = lower_const, [EXPR_NAME] = lower_name,   [EXPR_FIELD] = lower_field,
    [EXPR_ITEM] = lower_item,   [EXPR_AS_OF] = lower_as_of, [EXPR_YEAR] = lower_year,
    [EXPR_TABLE] = lower_table, [EXPR_AT] = lower_at,       [EXPR_SPAN] = lower_span,
    [EXPR_POP] = lower_pop,     [EXPR_OP] = NULL, /* by lower_op */
};

static const lower_fn lower_op[OP_N] = {
    [OP_NEG] = lower_neg,
    [OP_ADD] = lower_add,
    [OP_SUB] = lower_sub,
    [OP_MUL] = lower_mul,
    [OP_DIV] = lower_div,
    [OP_AND] = lower_and,
    [OP_OR] = lower_or,
    [OP_NOT] = lower_not,
    [OP_EQ] = lower_comparison,
    [OP_NE] = lower_comparison,
    [OP_LT] = lower_comparison,
    [OP_LE] = lower_comparison,
    [OP_GT] = lower_comparison,
    [OP_GE] = lower_comparison,
    [OP_IF] = lower_if,
    [OP_MAX] = lower_max,
    [OP_MIN] = lower_min,
    [OP_CAP] = lower_min,
    [OP_FLOOR_AT] = lower_max,
    [OP_CLAMP] = lower_clamp,
    [OP_GOALPOST] = lower_goalpost,
    [OP_ATTAIN] = lower_attain,
    [OP_ROUND] = lower_round,
    [OP_ROUND_DOWN] = lower_round_down,
    [OP_ROUND_UP] = lower_round_up,
    [OP_ROUND_EVEN] = lower_round_even,
    [OP_FLOOR] = lower_floor,
    [OP_ABS] = lower_abs,
    [OP_SQRT] = lower_sqrt,
    [OP_LN] = lower_ln,
    [OP_LOG10] = lower_log10,
    [OP_EXP] = lower_exp,
    [OP_POW] = lower_pow,
    [OP_RANGE] = lower_range,
    [OP_MISSING] = lower_missing,
    [OP_UNSETTLED] = lower_unsettled,
    [OP_DEFAULT] = lower_default,
    [OP_COUNT] = lower_count,
    [OP_STARTS] = lower_starts,
    [OP_YEARS] = lower_years,
    [OP_DAYS] = lower_days,
    [OP_YEAR_OF] = lower_year_of,
    [OP_REVIEWED] = lower_reviewed,
    [OP_STEPS] = lower_steps,
    [OP_SUM] = lower_add,
    [OP_MEAN] = lower_mean,
    [OP_GROWTH] = lower_span,
    [OP_AGG_SUM] = lower_agg,
    [OP_AGG_WEIGHTED] = lower_agg,
    [OP_AGG_ARITH] = lower_agg,
    [OP_AGG_GEO] = lower_agg,
    [OP_AGG_HARM] = lower_agg,
    [OP_AGG_MAX] = lower_agg,
    [OP_AGG_MIN] = lower_agg,
    [OP_AGG_COPELAND] = lower_pop,
    [OP_CHOICE] = lower_choice,
};

/* What was lowered already: open addressing by (expression, shift). */

static struct lowered *lowered_slot(const struct plan *p, const struct expr *e, Shift at)
{
    uint64_t h = (uint64_t)(uintptr_t)e ^ (uint64_t)(uint32_t)at.year << 40 ^
                 (uint64_t)(uint32_t)at.quarter << 52;
    h *= 0x9E3779B97F4A7C15u;
    size_t slot = (h >> 32) & (p->lowered_slots - 1);
    for (;; slot = (slot + 1) & (p->lowered_slots - 1)) {
        struct lowered *s = &p->lowered[slot];
        if (s->expr == NULL || (s->expr == e && s->year == at.year && s->quarter == at.quarter))
            return s;
    }
}

static void lowered_add(struct lower *l, struct lowered what)
{
    struct plan *p = l->plan;
    if ((p->lowered_n + 1) * 2 > p->lowered_slots) {
        struct lowered *old = p->lowered;
        size_t old_n = p->lowered_slots;
        p->lowered_slots = old_n == 0 ? LOWERED_MIN : old_n * 2;
        p->lowered = ARENA_ARRAY(l->keep, struct lowered, p->lowered_slots);
        for (size_t i = 0; i < old_n; i++)
            if (old[i].expr != NULL)
                *lowered_slot(p, old[i].expr, (Shift){old[i].year, old[i].quarter}) = old[i];
    }
    p->lowered_n++;
    *lowered_slot(p, what.expr, (Shift){what.year, what.quarter}) = what;
}

uint32_t plan_find(const struct plan *p, const struct expr *e, int year, int quarter)
{
    if (p->lowered_slots == 0)
        return NODE_NONE;
    const struct lowered *s = lowered_slot(p, e, (Shift){year, quarter});
    return s->expr == NULL ? NODE_NONE : s->node;
}

uint32_t lower_expr(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t n = plan_find(l->plan, e, at.year, at.quarter);
    if (n != NODE_NONE || l->status != OK)
        return n != NODE_NONE ? n : 0;
    if (l->depth == DEPTH_MAX)
        return lower_too_large(l);
    l->depth++;
    lower_fn fn = e->kind == EXPR_OP ? lower_op[e->op] : lower_kind[e->kind];
    ASSERT(fn != NULL);
    n = node_rescale(l, fn(l, e, at), e->type.scale, ROUND_HALF_UP);
    l->depth--;
    lowered_add(l, (struct lowered){e, at.year, at.quarter, n});
    return n;
}

uint32_t lower_scaled(struct lower *l, const struct expr *e, Shift at, int scale)
{
    return node_rescale(l, lower_expr(l, e, at), scale, ROUND_HALF_UP);
}
