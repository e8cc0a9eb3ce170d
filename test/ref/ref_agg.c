/* ref_agg.c - the children of a score under their parent's aggregation (汇总). */
#include "base/arena.h"
#include "base/diag.h"
#include "ref/ref_int.h"

/* Present children and all weights, all x at one scale, all weights at another. */
struct children {
    Cell *x, *w;
    uint32_t n;
    int sx, sw;
    Cell all_w; /* of the absent ones, too */
};

static bool gather(struct ref *f, const struct expr *e, struct at at, struct children *c)
{
    uint32_t all = e->arg_n / 2;
    *c = (struct children){.x = ARENA_ARRAY(f->keep, Cell, all),
                           .w = ARENA_ARRAY(f->keep, Cell, all)};
    for (uint32_t i = 0; i < e->arg_n; i++) {
        int *s = i % 2 ? &c->sw : &c->sx;
        *s = e->arg[i]->type.scale > *s ? e->arg[i]->type.scale : *s;
    }
    for (uint32_t i = 0; i + 1 < e->arg_n; i += 2) {
        Cell x = ref_number(f, e->arg[i], at, c->sx);
        Cell w = ref_number(f, e->arg[i + 1], at, c->sw);
        c->all_w = num_add(f, at, c->all_w, w);
        if (e->present_e6 > 0 && ref_missing(e->type, x))
            continue;
        c->x[c->n] = x;
        c->w[c->n++] = w;
    }
    return c->n > 0 && (uint64_t)c->n * 1000000 >= (uint64_t)e->present_e6 * all;
}

static Cell weights(struct ref *f, struct at at, const struct children *c)
{
    Cell sum = {0, 0};
    for (uint32_t i = 0; i < c->n; i++)
        sum = num_add(f, at, sum, c->w[i]);
    return sum;
}

/* Sum of w x, exact as far as there are decimals for it; of x alone for a plain sum, whose weights
 * (1, or 0 where a child does not apply) only make up for the absent. */
static Cell products(struct ref *f, struct at at, const struct children *c, int *scale, bool plain)
{
    *scale = c->sx + c->sw < DEC_SCALE_MAX ? c->sx + c->sw : DEC_SCALE_MAX;
    Cell sum = {0, 0};
    for (uint32_t i = 0; i < c->n; i++) {
        const Cell one = {wide_pow10(c->sw), wide_pow10(c->sw)};
        Cell p =
            num_mul(f, at, plain ? one : c->w[i], c->x[i], (struct scales){c->sw, c->sx, *scale});
        sum = num_add(f, at, sum, p);
    }
    return sum;
}

static Cell added_up(struct ref *f, const struct expr *e, struct at at, const struct children *c)
{
    int s, to = e->type.scale;
    Cell sum = products(f, at, c, &s, e->op == OP_AGG_SUM);
    if (e->op == OP_AGG_ARITH)
        return num_div(f, at, sum, weights(f, at, c), (struct scales){s, c->sw, to}, ROUND_HALF_UP);
    if (e->present_e6 == 0)
        return num_rescale(f, at, sum, s, to, ROUND_HALF_UP);
    int fine = s + c->sw < DEC_SCALE_MAX ? s + c->sw : DEC_SCALE_MAX;
    sum = num_mul(f, at, sum, c->all_w, (struct scales){s, c->sw, fine});
    return num_div(f, at, sum, weights(f, at, c), (struct scales){fine, c->sw, to}, ROUND_HALF_UP);
}

/* One end of the geometric or harmonic mean: all x > 0 here. */
static Cell mean_of(struct ref *f, const struct expr *e, struct at at, const struct children *c)
{
    const int to = e->type.scale, fine = to + 6 < 18 ? to + 6 : 18;
    Cell sum = {0, 0}, w = weights(f, at, c);
    for (uint32_t i = 0; i < c->n; i++) {
        Cell part = c->x[i];
        if (e->op == OP_AGG_GEO) {
            if (is_unbounded(part.lo) || !wide_ln(&part.lo, part.lo, c->sx, fine))
                return CELL_UNKNOWN;
            if (!is_unbounded(part.hi) && !wide_ln(&part.hi, part.hi, c->sx, fine))
                return CELL_UNKNOWN;
            part = num_mul(f, at, c->w[i], part, (struct scales){c->sw, fine, fine});
        } else {
            part =
                num_div(f, at, c->w[i], part, (struct scales){c->sw, c->sx, fine}, ROUND_HALF_UP);
        }
        sum = num_add(f, at, sum, part);
    }
    if (e->op == OP_AGG_HARM)
        return num_div(f, at, w, sum, (struct scales){c->sw, fine, to}, ROUND_HALF_UP);
    sum = num_div(f, at, sum, w, (struct scales){fine, c->sw, fine}, ROUND_HALF_UP);
    Cell out = sum;
    bool ok = is_unbounded(sum.lo) || wide_exp(&out.lo, sum.lo, fine, to);
    ok = ok && (is_unbounded(sum.hi) || wide_exp(&out.hi, sum.hi, fine, to));
    out.lo = sum.lo == -WIDE_INF ? 0 : out.lo;
    return ok ? out : ref_fail(f, DIAG_DATA_OVERFLOW, at.row);
}

/* Geometric and harmonic: end by end, for 0 makes an end 0 and a negative one leaves nothing. Where
 * the weights may add up to 0, a geometric mean is 0 or more, a harmonic one unknown. */
static Cell root_or_inverse(struct ref *f, const struct expr *e, struct at at, struct children *c)
{
    bool zero[2] = {false, false};
    for (uint32_t i = 0; i < c->n; i++) {
        if (c->x[i].lo < 0)
            return CELL_UNKNOWN;
        zero[0] = zero[0] || c->x[i].lo == 0;
        zero[1] = zero[1] || c->x[i].hi == 0;
    }
    if (zero[1])
        return (Cell){0, 0};
    if (!zero[0])
        return mean_of(f, e, at, c);
    for (uint32_t i = 0; i < c->n; i++)
        c->x[i].lo = c->x[i].hi;
    Cell upper = mean_of(f, e, at, c);
    return ref_missing(e->type, upper) && upper.lo != 0 ? upper : (Cell){0, upper.hi};
}

Cell ref_aggregate(struct ref *f, const struct expr *e, struct at at)
{
    struct children c;
    if (!gather(f, e, at, &c))
        return CELL_UNKNOWN;
    if (e->op == OP_AGG_GEO || e->op == OP_AGG_HARM)
        return root_or_inverse(f, e, at, &c);
    if (e->op != OP_AGG_MAX && e->op != OP_AGG_MIN)
        return added_up(f, e, at, &c);
    Cell all = c.x[0];
    for (uint32_t i = 1; i < c.n; i++) {
        bool max = e->op == OP_AGG_MAX;
        all.lo = (c.x[i].lo > all.lo) == max ? c.x[i].lo : all.lo;
        all.hi = (c.x[i].hi > all.hi) == max ? c.x[i].hi : all.hi;
    }
    return num_rescale(f, at, all, c.sx, e->type.scale, ROUND_HALF_UP);
}
