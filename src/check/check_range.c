/* check_range.c - interval arithmetic on what is known before any data: 范围 of fields, constants,
 * and that counts are not negative.
 *
 * A bound is kept only where it is sure; overflow or an operator not listed gives up the bound. The
 * table checks use it to leave out what cannot occur, so a bound must never be too tight.
 */
#include "base/arena.h"
#include "check/check_int.h"

static const struct range unknown;

int check_dec_cmp(Dec a, Dec b)
{
    return wide_cmp(a.m, a.scale, b.m, b.scale);
}

bool check_dec_add(Dec *out, Dec a, Dec b)
{
    int scale = a.scale > b.scale ? a.scale : b.scale;
    Wide x, y;
    if (!wide_rescale(&x, a.m, a.scale, scale, ROUND_DOWN) ||
        !wide_rescale(&y, b.m, b.scale, scale, ROUND_DOWN))
        return false;
    out->scale = scale;
    return wide_add(&out->m, x, y);
}

bool check_dec_mul(Dec *out, Dec a, Dec b)
{
    a = dec_trim(a);
    b = dec_trim(b);
    out->scale = a.scale + b.scale;
    return out->scale <= DEC_SCALE_MAX &&
           wide_mul(&out->m, a.m, a.scale, b.m, b.scale, out->scale, ROUND_HALF_UP);
}

static struct range between(Dec lo, Dec hi)
{
    return (struct range){.has_lo = true, .has_hi = true, .lo = lo, .hi = hi};
}

static struct range from(Dec lo)
{
    return (struct range){.has_lo = true, .lo = lo};
}

static bool not_negative(struct range r)
{
    return r.has_lo && r.lo.m >= 0;
}

static Dec least(Dec a, Dec b)
{
    return check_dec_cmp(a, b) <= 0 ? a : b;
}

static Dec most(Dec a, Dec b)
{
    return check_dec_cmp(a, b) >= 0 ? a : b;
}

/* One or the other. */
static struct range hull(struct range a, struct range b)
{
    return (struct range){.has_lo = a.has_lo && b.has_lo,
                          .has_hi = a.has_hi && b.has_hi,
                          .unbounded = a.unbounded || b.unbounded,
                          .lo = least(a.lo, b.lo),
                          .hi = most(a.hi, b.hi)};
}

static struct range negated(struct range a)
{
    a.lo.m = -a.lo.m;
    a.hi.m = -a.hi.m;
    return (struct range){.has_lo = a.has_hi, .has_hi = a.has_lo, .lo = a.hi, .hi = a.lo};
}

static struct range sum(struct range a, struct range b)
{
    struct range s = {.unbounded =
                          (a.unbounded && (b.unbounded || b.has_lo)) || (b.unbounded && a.has_lo)};
    s.has_lo = a.has_lo && b.has_lo && check_dec_add(&s.lo, a.lo, b.lo);
    s.has_hi = a.has_hi && b.has_hi && check_dec_add(&s.hi, a.hi, b.hi);
    return s;
}

static struct range product(struct range a, struct range b)
{
    Dec corner[4];
    if (a.has_lo && a.has_hi && b.has_lo && b.has_hi && check_dec_mul(&corner[0], a.lo, b.lo) &&
        check_dec_mul(&corner[1], a.lo, b.hi) && check_dec_mul(&corner[2], a.hi, b.lo) &&
        check_dec_mul(&corner[3], a.hi, b.hi))
        return between(least(least(corner[0], corner[1]), least(corner[2], corner[3])),
                       most(most(corner[0], corner[1]), most(corner[2], corner[3])));
    if (!not_negative(a) || !not_negative(b))
        return unknown;
    return (struct range){.has_lo = true, .unbounded = a.unbounded || b.unbounded};
}

static struct range quotient(struct range a, struct range b)
{
    if (!not_negative(a) || !not_negative(b))
        return unknown;
    return (struct range){.has_lo = true, .unbounded = a.unbounded};
}

/* The smaller of the two. */
static struct range not_above(struct range x, struct range top)
{
    struct range r = {.unbounded = x.unbounded && top.unbounded,
                      .has_lo = x.has_lo && top.has_lo,
                      .lo = least(x.lo, top.lo),
                      .has_hi = x.has_hi || top.has_hi};
    r.hi = !x.has_hi ? top.hi : !top.has_hi ? x.hi : least(x.hi, top.hi);
    return r;
}

/* The larger of the two. */
static struct range not_below(struct range x, struct range bottom)
{
    struct range r = {.unbounded = x.unbounded || bottom.unbounded,
                      .has_hi = x.has_hi && bottom.has_hi,
                      .hi = most(x.hi, bottom.hi),
                      .has_lo = x.has_lo || bottom.has_lo};
    r.lo = !x.has_lo ? bottom.lo : !bottom.has_lo ? x.lo : most(x.lo, bottom.lo);
    return r;
}

/* Whichever way it is rounded. */
static struct range rounded(struct range x, int digits)
{
    Dec lo = {.scale = digits}, hi = {.scale = digits};
    if (x.has_lo && x.lo.scale > digits) {
        x.has_lo = wide_rescale(&lo.m, x.lo.m, x.lo.scale, digits, ROUND_FLOOR);
        x.lo = lo;
    }
    if (x.has_hi && x.hi.scale > digits) {
        x.has_hi = wide_rescale(&hi.m, x.hi.m, x.hi.scale, digits, ROUND_CEIL);
        x.hi = hi;
    }
    return x;
}

static struct range range_of_const(const struct expr *e)
{
    Wide lo = e->value.lo, hi = e->value.hi;
    int scale = e->type.scale;
    return (struct range){
        .has_lo = lo != -WIDE_INF, .has_hi = hi != WIDE_INF, .lo = {lo, scale}, .hi = {hi, scale}};
}

/* Things that are counted or measured with a rule are not negative, and there may be any number of
 * them; money may be a loss. */
static bool is_not_negative(Dim d)
{
    static const enum dim_base measured[] = {DIM_YEAR, DIM_MONTH, DIM_DAY, DIM_HOUR,
                                             DIM_M2,   DIM_TONNE, DIM_TCE, DIM_KWH};
    for (size_t i = 0; i < ARRAY_N(measured); i++)
        if (dim_is(d, measured[i]))
            return true;
    return dim_is_counted(d);
}

static struct range range_of_field(const struct field *f)
{
    struct range r = {.has_lo = f->has_lo,
                      .has_hi = f->has_hi,
                      .lo = {f->lo, f->type.scale},
                      .hi = {f->hi, f->type.scale}};
    if (!r.has_lo && is_not_negative(f->type.dim)) {
        r.has_lo = true;
        r.lo = dec_int(0);
    }
    r.unbounded = !r.has_hi && !dim_is_none(f->type.dim);
    return r;
}

static struct range range_of_table(const struct checker *c, const struct table *t)
{
    struct range r = unknown;
    for (uint32_t i = 0; i < t->row_n; i++) {
        struct range row = check_range(c, t->row[i].result);
        r = i == 0 ? row : hull(r, row);
    }
    return r;
}

/* Every `step`-th argument under `fold`. */
static struct range folded(const struct checker *c, const struct expr *e, uint32_t step,
                           struct range (*fold)(struct range, struct range))
{
    struct range r = check_range(c, e->arg[0]);
    for (uint32_t i = step; i < e->arg_n; i += step)
        r = fold(r, check_range(c, e->arg[i]));
    return r;
}

/* With 有效 the children present stand for the others too, and the sum is scaled up. */
static struct range weighted(const struct checker *c, const struct expr *e)
{
    if (e->present_e6 > 0)
        return unknown;
    struct range r = between(dec_int(0), dec_int(0));
    for (uint32_t i = 0; i + 1 < e->arg_n; i += 2)
        r = sum(r, product(check_range(c, e->arg[i]), check_range(c, e->arg[i + 1])));
    return r;
}

/* 择一: label1 x1 label2 x2 .. behind the chosen label. */
static struct range chosen(const struct checker *c, const struct expr *e)
{
    struct range r = check_range(c, e->arg[2]);
    for (uint32_t i = 4; i < e->arg_n; i += 2)
        r = hull(r, check_range(c, e->arg[i]));
    return r;
}

static struct range range_of_if(const struct checker *c, const struct expr *e)
{
    struct range otherwise = check_range(c, e->arg[2]);
    if (e->arg[0]->kind == EXPR_OP && e->arg[0]->op == OP_MISSING)
        return otherwise; /* the other branch is the unknown itself */
    return hull(check_range(c, e->arg[1]), otherwise);
}

static struct range range_of_function(const struct checker *c, const struct expr *e)
{
    struct range x = check_range(c, e->arg[0]);
    struct range zero = between(dec_int(0), dec_int(0)), one = between(dec_int(1), dec_int(1));
    switch ((int)e->op) {
    case OP_CAP: return not_above(x, check_range(c, e->arg[1]));
    case OP_FLOOR_AT: return not_below(x, check_range(c, e->arg[1]));
    case OP_CLAMP:
        return not_above(not_below(x, check_range(c, e->arg[1])), check_range(c, e->arg[2]));
    case OP_GOALPOST: return between(dec_int(0), dec_int(1));
    case OP_ATTAIN: return not_above(quotient(x, check_range(c, e->arg[1])), one);
    case OP_ROUND:
    case OP_ROUND_DOWN:
    case OP_ROUND_UP:
    case OP_ROUND_EVEN:
    case OP_FLOOR: return rounded(x, e->round_to);
    case OP_ABS: return not_below(hull(x, negated(x)), zero);
    case OP_SQRT:
    case OP_EXP: return from(dec_int(0));
    case OP_RANGE:
    case OP_DEFAULT: return hull(x, check_range(c, e->arg[1]));
    case OP_COUNT: return between(dec_int(0), dec_int(e->arg_n));
    case OP_REVIEWED: return x;
    case OP_STEPS: return quotient(x, check_range(c, e->arg[1]));
    default: return unknown;
    }
}

/* Each operand is looked at once: trees are deep, and twice at every level would be 2^depth. */
static struct range range_of_op(const struct checker *c, const struct expr *e)
{
    switch ((int)e->op) {
    case OP_NEG: return negated(check_range(c, e->arg[0]));
    case OP_ADD: return folded(c, e, 1, sum);
    case OP_SUB: return sum(check_range(c, e->arg[0]), negated(check_range(c, e->arg[1])));
    case OP_MUL: return folded(c, e, 1, product);
    case OP_DIV: return folded(c, e, 1, quotient);
    case OP_IF: return range_of_if(c, e);
    case OP_MAX: return folded(c, e, 1, not_below);
    case OP_MIN: return folded(c, e, 1, not_above);
    case OP_CHOICE: return chosen(c, e);
    case OP_SUM: return folded(c, e, 1, sum);
    case OP_MEAN: return folded(c, e, 1, hull);
    case OP_AGG_SUM:
    case OP_AGG_WEIGHTED: return weighted(c, e);
    case OP_AGG_ARITH:
    case OP_AGG_GEO:
    case OP_AGG_HARM:
    case OP_AGG_MAX:
    case OP_AGG_MIN: return folded(c, e, 2, hull);
    default: return range_of_function(c, e);
    }
}

static struct range range_of_span(const struct checker *c, const struct expr *e)
{
    struct range x = check_range(c, e->arg[0]);
    switch ((int)e->op) {
    case OP_SUM: {
        struct range years = between(dec_int(0), dec_int(e->span_n));
        bool unbounded = x.unbounded;
        x = product(x, years);
        x.unbounded = unbounded && !x.has_hi;
        return x;
    }
    case OP_MEAN:
    case OP_SPAN_MAX:
    case OP_SPAN_MIN:
    case OP_CARRY: return x;
    case OP_GROWTH:
    case OP_CAGR: return not_negative(x) ? from(dec_int(-1)) : unknown;
    default: return unknown;
    }
}

static struct range range_of_pop(const struct checker *c, const struct expr *e)
{
    struct range x = check_range(c, e->arg[0]), share = between(dec_int(0), dec_int(1));
    switch ((int)e->op) {
    case OP_PERCENTILE:
    case OP_MINMAX: return share;
    case OP_BOARD: return (struct range){.has_hi = true, .hi = dec_int(1)};
    case OP_RANK: return from(dec_int(1));
    case OP_TO_MAX: return not_negative(x) ? share : unknown;
    case OP_BORDA:
    case OP_GROUP_COUNT: return from(dec_int(0));
    case OP_GROUP_SUM: return not_negative(x) ? from(dec_int(0)) : unknown;
    case OP_WINSOR:
    case OP_UNSKEW:
    case OP_GROUP_MEAN:
    case OP_GROUP_MEDIAN:
    case OP_GROUP_MAX:
    case OP_GROUP_MIN:
    case OP_GROUP_QUANTILE:
    case OP_IMPUTE_MEAN:
    case OP_IMPUTE_MEDIAN: return x;
    case OP_AGG_COPELAND: return between(dec_int(-1), dec_int(1));
    default: return unknown;
    }
}

struct range check_range(const struct checker *c, const struct expr *e)
{
    if (e == NULL || e->type.kind != TYPE_NUM)
        return unknown;
    switch ((int)e->kind) {
    case EXPR_CONST: return range_of_const(e);
    case EXPR_FIELD: return range_of_field(&c->r->field[e->ref]);
    case EXPR_ITEM: return c->item[e->ref];
    case EXPR_OP: return range_of_op(c, e);
    case EXPR_TABLE: return range_of_table(c, e->table);
    case EXPR_AT: return check_range(c, e->arg[0]);
    case EXPR_SPAN: return range_of_span(c, e);
    case EXPR_POP: return range_of_pop(c, e);
    default: return unknown;
    }
}

void check_open(struct checker *c, struct arena *tmp, const struct rules *r, struct diags *ds)
{
    *c = (struct checker){.tmp = tmp, .r = r, .ds = ds};
    c->item = ARENA_ARRAY(tmp, struct range, r->item_n);
    c->label = ARENA_ARRAY(tmp, struct labels_of, r->item_n);
    for (uint32_t i = 0; i < r->item_n; i++) {
        uint32_t at = r->order[i];
        c->item[at] = check_range(c, r->item[at].expr);
        if (!check_labels(c, r->item[at].expr, &c->label[at]))
            c->label[at].n = 0;
    }
}
