/* ref_num.c - interval arithmetic and the numeric functions of the reference interpreter.
 *
 * Every helper names its scales. Ends may be without bound; 0 times no bound is 0, and a quotient
 * of two of them too: the other ends of the four give the bound.
 */
#include "base/arena.h"
#include "base/day.h"
#include "base/diag.h"
#include "ref/ref_int.h"

/* *v, which the call that gave `ok` has filled. */
static Wide fits(struct ref *f, struct at at, bool ok, const Wide *v)
{
    if (!ok)
        (void)ref_fail(f, DIAG_DATA_OVERFLOW, at.row);
    return ok ? *v : 0;
}

static Wide end_rescale(struct ref *f, struct at at, Wide a, struct scales s, enum rounding how)
{
    Wide v = 0;
    return is_unbounded(a) ? a : fits(f, at, wide_rescale(&v, a, s.a, s.to, how), &v);
}

Cell num_rescale(struct ref *f, struct at at, Cell a, int from, int to, enum rounding how)
{
    struct scales s = {from, from, to};
    return (Cell){end_rescale(f, at, a.lo, s, how), end_rescale(f, at, a.hi, s, how)};
}

static Wide end_add(struct ref *f, struct at at, Wide a, Wide b)
{
    Wide v = 0;
    if (is_unbounded(a) || is_unbounded(b))
        return is_unbounded(a) ? a : b;
    return fits(f, at, wide_add(&v, a, b), &v);
}

Cell num_add(struct ref *f, struct at at, Cell a, Cell b)
{
    return (Cell){end_add(f, at, a.lo, b.lo), end_add(f, at, a.hi, b.hi)};
}

Cell num_neg(Cell a)
{
    return (Cell){-a.hi, -a.lo};
}

static Wide unbounded(Wide a, Wide b)
{
    return a == 0 || b == 0 ? 0 : (a < 0) == (b < 0) ? WIDE_INF : -WIDE_INF;
}

static Cell hull_of(const Wide v[4])
{
    Cell out = {v[0], v[0]};
    for (int i = 1; i < 4; i++) {
        out.lo = v[i] < out.lo ? v[i] : out.lo;
        out.hi = v[i] > out.hi ? v[i] : out.hi;
    }
    return out;
}

Cell num_mul(struct ref *f, struct at at, Cell a, Cell b, struct scales s)
{
    const Wide x[4] = {a.lo, a.lo, a.hi, a.hi}, y[4] = {b.lo, b.hi, b.lo, b.hi};
    Wide v[4];
    for (int i = 0; i < 4; i++) {
        Wide p = 0;
        v[i] = is_unbounded(x[i]) || is_unbounded(y[i])
                   ? unbounded(x[i], y[i])
                   : fits(f, at, wide_mul(&p, x[i], s.a, y[i], s.b, s.to, ROUND_HALF_UP), &p);
    }
    return hull_of(v);
}

Cell num_div(struct ref *f, struct at at, Cell a, Cell b, struct scales s, enum rounding how)
{
    const Wide x[4] = {a.lo, a.lo, a.hi, a.hi}, y[4] = {b.lo, b.hi, b.lo, b.hi};
    Wide v[4];
    if (b.lo <= 0 && b.hi >= 0)
        return CELL_UNKNOWN;
    for (int i = 0; i < 4; i++) {
        Wide q = 0;
        if (is_unbounded(y[i]))
            v[i] = 0;
        else if (is_unbounded(x[i]))
            v[i] = unbounded(x[i], y[i]);
        else
            v[i] = fits(f, at, wide_div(&q, x[i], s.a, y[i], s.b, s.to, how), &q);
    }
    return hull_of(v);
}

static Cell smaller(Cell a, Cell b)
{
    return (Cell){a.lo < b.lo ? a.lo : b.lo, a.hi < b.hi ? a.hi : b.hi};
}

static Cell larger(Cell a, Cell b)
{
    return (Cell){a.lo > b.lo ? a.lo : b.lo, a.hi > b.hi ? a.hi : b.hi};
}

static Cell whole(Wide m)
{
    return (Cell){m, m};
}

static int max_scale(const struct expr *e, uint32_t first, uint32_t step)
{
    int s = 0;
    for (uint32_t i = first; i < e->arg_n; i += step)
        s = e->arg[i]->type.scale > s ? e->arg[i]->type.scale : s;
    return s;
}

/* SUM, MEAN, MAX, MIN over arguments */
static Cell fold(struct ref *f, const struct expr *e, struct at at)
{
    int s = max_scale(e, 0, 1);
    Cell all = ref_number(f, e->arg[0], at, s);
    for (uint32_t i = 1; i < e->arg_n; i++) {
        Cell x = ref_number(f, e->arg[i], at, s);
        if (e->op == OP_MAX)
            all = larger(all, x);
        else if (e->op == OP_MIN)
            all = smaller(all, x);
        else
            all = num_add(f, at, all, x);
    }
    if (e->op != OP_MEAN)
        return num_rescale(f, at, all, s, e->type.scale, ROUND_HALF_UP);
    return num_div(f, at, all, whole(e->arg_n), (struct scales){s, 0, e->type.scale},
                   ROUND_HALF_UP);
}

/* (x - lo) / (hi - lo) between 0 and 1 */
static Cell goalpost(struct ref *f, const struct expr *e, struct at at)
{
    int s = max_scale(e, 0, 1);
    Cell x = ref_number(f, e->arg[0], at, s), lo = ref_number(f, e->arg[1], at, s);
    Cell over = num_add(f, at, x, num_neg(lo));
    Cell under = num_add(f, at, ref_number(f, e->arg[2], at, s), num_neg(lo));
    Cell q = num_div(f, at, over, under, (struct scales){s, s, e->type.scale}, ROUND_HALF_UP);
    return smaller(larger(q, whole(0)), whole(wide_pow10(e->type.scale)));
}

static Cell absolute(Cell x)
{
    if (x.lo >= 0)
        return x;
    return x.hi <= 0 ? num_neg(x) : (Cell){0, -x.lo > x.hi ? -x.lo : x.hi};
}

/* An increasing function at both ends; where it is undefined, nothing is known. */
static Cell increasing(struct ref *f, const struct expr *e, struct at at)
{
    bool (*fn)(Wide *, Wide, int, int) = e->op == OP_SQRT    ? wide_sqrt
                                         : e->op == OP_LN    ? wide_ln
                                         : e->op == OP_LOG10 ? wide_log10
                                                             : wide_exp;
    Cell x = ref_eval(f, e->arg[0], at), out;
    Wide *to[2] = {&out.lo, &out.hi}, from[2] = {x.lo, x.hi};
    for (int i = 0; i < 2; i++) {
        if (is_unbounded(from[i]) && (from[i] > 0 || e->op == OP_EXP))
            *to[i] = from[i] > 0 ? WIDE_INF : 0;
        else if (is_unbounded(from[i]))
            return CELL_UNKNOWN;
        else if (!fn(to[i], from[i], e->arg[0]->type.scale, e->type.scale))
            return e->op == OP_EXP ? ref_fail(f, DIAG_DATA_OVERFLOW, at.row) : CELL_UNKNOWN;
    }
    return out;
}

/* Both definite, or x positive: the extremes stand in the corners. Anything else is unknown. */
Cell ref_power(struct ref *f, struct at at, Cell x, Cell y, struct scales s)
{
    const Wide xs[4] = {x.lo, x.lo, x.hi, x.hi}, ys[4] = {y.lo, y.hi, y.lo, y.hi};
    Wide v[4];
    bool bounded =
        !is_unbounded(x.lo) && !is_unbounded(x.hi) && !is_unbounded(y.lo) && !is_unbounded(y.hi);
    if (!bounded || (x.lo <= 0 && !(is_definite(x) && is_definite(y)) && !(x.lo == 0 && y.lo > 0)))
        return CELL_UNKNOWN;
    for (int i = 0; i < 4; i++)
        if (!wide_pow(&v[i], xs[i], s.a, ys[i], s.b, s.to))
            return xs[i] > 0 ? ref_fail(f, DIAG_DATA_OVERFLOW, at.row) : CELL_UNKNOWN;
    return hull_of(v);
}

/* Full years or days from a to b */
static Cell between_days(struct ref *f, const struct expr *e, struct at at)
{
    Cell a = ref_eval(f, e->arg[0], at), b = ref_eval(f, e->arg[1], at), out = CELL_UNKNOWN;
    if (!is_unbounded(a.hi) && !is_unbounded(b.lo))
        out.lo = e->op == OP_DAYS ? b.lo - a.hi : day_years_between((Day)a.hi, (Day)b.lo);
    if (!is_unbounded(a.lo) && !is_unbounded(b.hi))
        out.hi = e->op == OP_DAYS ? b.hi - a.lo : day_years_between((Day)a.lo, (Day)b.hi);
    return out;
}

static Cell year_of(Cell d)
{
    return (Cell){is_unbounded(d.lo) ? d.lo : day_year((Day)d.lo),
                  is_unbounded(d.hi) ? d.hi : day_year((Day)d.hi)};
}

static Cell count(struct ref *f, const struct expr *e, struct at at)
{
    Cell n = {0, 0};
    for (uint32_t i = 0; i < e->arg_n; i++) {
        enum truth t = (enum truth)ref_eval(f, e->arg[i], at).lo;
        n.lo += t == TRUTH_MET;
        n.hi += t == TRUTH_MET || t == TRUTH_UNKNOWN || t == TRUTH_MANUAL;
    }
    return n;
}

static Cell reviewed(struct ref *f, const struct expr *e, struct at at)
{
    Cell figure = ref_number(f, e->arg[1], at, e->type.scale);
    Cell free = ref_number(f, e->arg[0], at, e->type.scale);
    if (!is_definite(figure))
        return free;
    if (figure.lo < free.lo || figure.hi > free.hi)
        return ref_fail(f, DIAG_DATA_REVIEW, at.row);
    return figure;
}

static Cell pairwise(struct ref *f, const struct expr *e, struct at at)
{
    Cell a = ref_eval(f, e->arg[0], at), b = ref_eval(f, e->arg[1], at);
    struct scales s = {e->arg[0]->type.scale, e->arg[1]->type.scale, e->type.scale};
    switch ((int)e->op) {
    case OP_MUL: return num_mul(f, at, a, b, s);
    case OP_DIV: return num_div(f, at, a, b, s, ROUND_HALF_UP);
    case OP_STEPS: return num_div(f, at, a, b, s, ROUND_DOWN);
    case OP_ATTAIN: return smaller(num_div(f, at, a, b, s, ROUND_HALF_UP), whole(wide_pow10(s.to)));
    case OP_POW: return ref_power(f, at, a, b, s);
    default: break;
    }
    a = num_rescale(f, at, a, s.a, s.to, ROUND_HALF_UP);
    b = num_rescale(f, at, b, s.b, s.to, ROUND_HALF_UP);
    switch ((int)e->op) {
    case OP_ADD: return num_add(f, at, a, b);
    case OP_SUB: return num_add(f, at, a, num_neg(b));
    case OP_RANGE: return (Cell){a.lo, b.hi};
    case OP_FLOOR_AT: return larger(a, b);
    default: return smaller(a, b); /* CAP */
    }
}

Cell ref_op(struct ref *f, const struct expr *e, struct at at)
{
    const int from = e->arg[0]->type.scale, to = e->type.scale;
    switch ((int)e->op) {
    case OP_NEG: return num_neg(ref_number(f, e->arg[0], at, to));
    case OP_ABS: return absolute(ref_number(f, e->arg[0], at, to));
    case OP_ROUND: return num_rescale(f, at, ref_eval(f, e->arg[0], at), from, to, e->how);
    case OP_ROUND_DOWN: return num_rescale(f, at, ref_eval(f, e->arg[0], at), from, to, ROUND_DOWN);
    case OP_ROUND_UP: return num_rescale(f, at, ref_eval(f, e->arg[0], at), from, to, ROUND_UP);
    case OP_ROUND_EVEN:
        return num_rescale(f, at, ref_eval(f, e->arg[0], at), from, to, ROUND_HALF_EVEN);
    case OP_FLOOR: return num_rescale(f, at, ref_eval(f, e->arg[0], at), from, to, ROUND_FLOOR);
    case OP_SUM:
    case OP_MEAN:
    case OP_MAX:
    case OP_MIN: return fold(f, e, at);
    case OP_CLAMP:
        return smaller(larger(ref_number(f, e->arg[0], at, to), ref_number(f, e->arg[1], at, to)),
                       ref_number(f, e->arg[2], at, to));
    case OP_GOALPOST: return goalpost(f, e, at);
    case OP_SQRT:
    case OP_LN:
    case OP_LOG10:
    case OP_EXP: return increasing(f, e, at);
    case OP_COUNT: return count(f, e, at);
    case OP_YEARS:
    case OP_DAYS: return between_days(f, e, at);
    case OP_YEAR_OF: return year_of(ref_eval(f, e->arg[0], at));
    case OP_REVIEWED: return reviewed(f, e, at);
    case OP_AGG_SUM:
    case OP_AGG_WEIGHTED:
    case OP_AGG_ARITH:
    case OP_AGG_GEO:
    case OP_AGG_HARM:
    case OP_AGG_MAX:
    case OP_AGG_MIN: return ref_aggregate(f, e, at);
    default: return pairwise(f, e, at);
    }
}
