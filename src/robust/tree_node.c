/* tree_node.c - one group as coefficients.
 *
 *     合计       sum of x * (new 满分 / 满分)     times = L / 满分, unit = L; L: lcm of all 满分
 *     加权       sum of x * new weight            times = 1,        unit = 1
 *     算术平均   the same / sum of weights        times = 1,        unit = sum of weights
 *
 * times and unit also bring the parts to one number of decimals and the sum to that of the group.
 * 加分 and 扣分 are added with times = +-unit. 取大 and 取小 only bring decimals together.
 */
#include "robust/robust_int.h"
#include "rule/make.h"

/* Coefficients, units and values stay below `limit`, so that a product of two has room in a Wide;
 * the sum of a group that exceeds it is taken in 128 bits, below `wide_limit`. */
static const Wide limit = (Wide)1 << 62, wide_limit = (Wide)1 << 124;

static bool multiply_below(Wide *a, Wide b, Wide below)
{
    if (b != 0 && *a > below / b)
        return false;
    *a *= b;
    return *a < below;
}

static bool multiply(Wide *a, Wide b)
{
    return multiply_below(a, b, limit);
}

/* What a part weighs in this group: an expression, or NULL for 1. */
static const struct expr *weight_of(const struct rules *r, const struct node *n,
                                    const struct part *p)
{
    const struct item *it = &r->item[p->item];
    return n->agg == OP_AGG_SUM ? it->max : it->weight;
}

static const struct table *table_of(const struct expr *e)
{
    return e != NULL && e->kind == EXPR_TABLE ? e->table : NULL;
}

const struct table *robust_segments(const struct rules *r, const struct node *n)
{
    const struct table *t = NULL;
    for (uint32_t k = 0; k < n->part_n && t == NULL; k++)
        if (n->part[k].shaken)
            t = table_of(weight_of(r, n, &n->part[k]));
    return t;
}

/* The constant of a part in a segment; false: it is computed. */
static bool constant(const struct rules *r, const struct node *n, const struct part *p,
                     uint32_t segment, Dec *out)
{
    const struct expr *e = weight_of(r, n, p);
    const struct table *t = table_of(e);
    *out = (Dec){1, 0};
    if (t != NULL && (t->row_n != n->segment_n || t->dated))
        return false;
    if (t != NULL)
        e = t->row[segment].result;
    return e == NULL || expr_const_num(e, &out->m, &out->scale);
}

/* All of them at one scale. */
static enum robust_why read_weights(struct tree *t, struct node *n)
{
    const struct rules *r = t->res->rules;
    Dec d;
    n->weight_scale = 0;
    for (uint32_t i = 0; i < n->segment_n * n->part_n; i++) {
        const struct part *p = &n->part[i % n->part_n];
        if (!p->shaken)
            continue;
        if (!constant(r, n, p, i / n->part_n, &d) || d.m < 0)
            return ROBUST_WEIGHTS;
        d = dec_trim(d);
        n->weight_scale = d.scale > n->weight_scale ? d.scale : n->weight_scale;
    }
    for (uint32_t i = 0; i < n->segment_n * n->part_n; i++) {
        const struct part *p = &n->part[i % n->part_n];
        if (!p->shaken)
            continue;
        bool fits = constant(r, n, p, i / n->part_n, &d) &&
                    wide_rescale(&n->weight[i], d.m, d.scale, n->weight_scale + ROBUST_DECIMALS,
                                 ROUND_HALF_UP);
        if (!fits || n->weight[i] >= limit >> 12)
            return ROBUST_WIDE;
    }
    return ROBUST_SHAKEN;
}

static Wide gcd(Wide a, Wide b)
{
    while (b != 0) {
        Wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* What all coefficients of a segment are multiples of, before decimals. 0: too large, or no sum. */
static Wide whole_of(const struct node *n, uint32_t segment)
{
    const Wide *w = n->weight + (size_t)segment * n->part_n, one = wide_pow10(ROBUST_DECIMALS);
    Wide sum = 0, common = 1;
    for (uint32_t k = 0; k < n->part_n; k++) {
        Wide size = w[k] / one;
        sum += w[k];
        if (n->agg == OP_AGG_SUM && size > 0 && !multiply(&common, size / gcd(common, size)))
            return 0;
    }
    if (n->agg == OP_AGG_SUM)
        return multiply(&common, one) ? common : 0;
    if (n->agg == OP_AGG_WEIGHTED)
        return wide_pow10(n->weight_scale + ROBUST_DECIMALS);
    return n->agg == OP_AGG_ARITH ? sum : 1;
}

static int scale_of(const struct tree *t, uint32_t item)
{
    return t->res->rules->item[item].type.scale;
}

/* Decimals of the sum: those of the finest part. */
static int finest(const struct tree *t, const struct node *n)
{
    int scale = 0;
    for (uint32_t k = 0; k < n->part_n; k++) {
        int own = scale_of(t, n->part[k].item);
        scale = own > scale ? own : scale;
    }
    return scale;
}

/* The multiplier of a part, without its weight; false: too large. */
static bool times_of(const struct tree *t, const struct node *n, uint32_t segment, uint32_t k,
                     Wide *out)
{
    int fine = finest(t, n), own = scale_of(t, n->item);
    const struct part *p = &n->part[k];
    Wide whole = whole_of(n, segment);
    Wide w = n->weight[(size_t)segment * n->part_n + k];
    *out = 1;
    if (!p->shaken)
        *out = whole;
    else if (n->agg == OP_AGG_SUM)
        *out = w == 0 ? 0 : whole / w;
    return multiply(out, wide_pow10(fine - scale_of(t, p->item) + (own > fine ? own - fine : 0)));
}

/* Coefficients of a segment; *most is the largest sum that may come out. */
static bool segment_of(const struct tree *t, struct node *n, uint32_t segment, Wide *most)
{
    const struct item *it = &t->res->rules->item[n->item];
    int fine = finest(t, n), own = scale_of(t, n->item);
    /* The weights keep their sum, so one of them may become all of it. */
    Wide unit = whole_of(n, segment), sum = 0, times_most = 0, shaken = 0, others = 0;
    for (uint32_t k = 0; k < n->part_n; k++) {
        const struct part *p = &n->part[k];
        Wide times, reach;
        if (!times_of(t, n, segment, k, &times))
            return false;
        n->times[(size_t)segment * n->part_n + k] = (int64_t)times * p->sign;
        reach = times;
        if (!multiply_below(&reach, p->reach, wide_limit))
            return false;
        times_most = p->shaken && times > times_most ? times : times_most;
        shaken = p->shaken && reach > shaken ? reach : shaken;
        others += p->shaken ? 0 : reach;
        sum += p->shaken ? n->weight[(size_t)segment * n->part_n + k] : 0;
    }
    if (unit == 0 || !multiply(&unit, wide_pow10(fine > own ? fine - own : 0)) ||
        !multiply(&times_most, sum) || !multiply_below(&shaken, sum, wide_limit))
        return false;
    n->unit[segment] = divide_of((uint64_t)unit, it->how);
    if (is_mean(n->agg)) {
        for (uint32_t k = 0; k < n->part_n; k++)
            *most = n->part[k].reach > *most ? n->part[k].reach : *most;
        return shaken < limit;
    }
    *most = shaken + others;
    bool wide = *most + unit >= limit / 2, best = n->agg == OP_AGG_MAX || n->agg == OP_AGG_MIN;
    n->wide = n->wide || wide;
    return !(wide && best) && *most / unit < limit / 2;
}

static void name_weights(struct tree *t, struct node *n, const struct table *by, uint32_t segment)
{
    uint32_t many = 0;
    size_t at = (size_t)segment * n->part_n;
    for (uint32_t k = 0; k < n->part_n; k++)
        many += n->weight[at + k] > 0;
    for (uint32_t k = 0; k < n->part_n; k++) {
        n->weight_id[at + k] = -1;
        if (many < 2 || n->weight[at + k] == 0)
            continue;
        n->weight_id[at + k] = (int32_t)t->weight_n;
        Dec value = {n->weight[at + k], n->weight_scale + ROBUST_DECIMALS};
        VEC_PUSH(t->keep, t->weight, t->weight_n, t->weight_cap) = (struct robust_factor){
            .kind = ROBUST_WEIGHT,
            .spread_ppm = robust_spread(n, t->spread_ppm),
            .item = n->part[k].item,
            .segment = by == NULL ? S("") : by->row[segment].cell[0].test[0].lo->name,
            .value = dec_trim(value),
            .points = n->agg == OP_AGG_SUM && weight_of(t->res->rules, n, &n->part[k]) != NULL};
    }
}

enum robust_why robust_node(struct tree *t, struct node *n)
{
    size_t cells = (size_t)n->segment_n * n->part_n;
    n->weight = ARENA_ARRAY(t->keep, Wide, cells);
    n->times = ARENA_ARRAY(t->keep, int64_t, cells);
    n->weight_id = ARENA_ARRAY(t->keep, int32_t, cells);
    n->unit = ARENA_ARRAY(t->keep, struct divide, n->segment_n);
    n->coef_at = t->coef_n;
    t->coef_n += (uint32_t)cells;
    n->reach = 0;
    enum robust_why why = read_weights(t, n);
    for (uint32_t g = 0; g < n->segment_n && why == ROBUST_SHAKEN; g++) {
        Wide most = 0;
        if (!segment_of(t, n, g, &most))
            return ROBUST_WIDE;
        most = most / (Wide)n->unit[g].by + 1;
        n->reach = most > n->reach ? (int64_t)most : n->reach;
        name_weights(t, n, robust_segments(t->res->rules, n), g);
    }
    if (n->clamped && n->most < n->reach)
        n->reach = n->most;
    return why;
}
