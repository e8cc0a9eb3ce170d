/* plan_agg.c - 汇总: the children of a score group, arguments x1 w1 x2 w2 ...
 *
 * Products are exact (up to TERM_SCALE_MAX decimals) and summed exactly; there is one rounding, at
 * the end. Harmonic and geometric means are in kernels_mean.c. With 有效 the children that
 * are missing get weight 0 and a neutral value, weights are what the others have, and a share of
 * present children below the one asked for makes the whole unknown.
 */
#include "base/arena.h"
#include "eval/lower_int.h"

enum { TERM_SCALE_MAX = 24, MEAN_SCALE_MAX = 18, MILLION = 1000000 };

struct agg {
    const struct expr *e;
    uint32_t n;
    uint32_t *x, *w; /* children and weights; neutral where a child is absent */
    uint32_t *w_all; /* weights as written */
    uint32_t *there; /* 有效: is the child present? else NULL */
};

static struct node like_number(enum node_op op, int scale)
{
    return (struct node){.op = op, .kind = TYPE_NUM, .scale = (uint8_t)scale};
}

static uint32_t sum_of(struct lower *l, const uint32_t *term, uint32_t n)
{
    uint32_t sum = term[0];
    for (uint32_t i = 1; i < n; i++)
        sum = node_even(l, NODE_ADD, sum, term[i]);
    return sum;
}

static uint32_t product(struct lower *l, uint32_t a, uint32_t b)
{
    int scale = node_at(l, a)->scale + node_at(l, b)->scale;
    return node_2(l, like_number(NODE_MUL, scale < TERM_SCALE_MAX ? scale : TERM_SCALE_MAX), a, b);
}

static uint32_t quotient(struct lower *l, uint32_t a, uint32_t b, int scale)
{
    return node_2(l, like_number(NODE_DIV, scale), a, b);
}

static uint32_t weighted_sum(struct lower *l, const struct agg *g)
{
    uint32_t *term = ARENA_ARRAY(l->keep, uint32_t, g->n);
    for (uint32_t i = 0; i < g->n; i++)
        term[i] = product(l, g->x[i], g->w[i]);
    return sum_of(l, term, g->n);
}

/* x * (all weights) / (weights present) */
static uint32_t scaled_up(struct lower *l, const struct agg *g, uint32_t x)
{
    if (g->there == NULL)
        return x;
    uint32_t all = sum_of(l, g->w_all, g->n), present = sum_of(l, g->w, g->n);
    return quotient(l, product(l, x, all), present, g->e->type.scale);
}

/* All at the largest scale among them. */
static void even_out(struct lower *l, uint32_t *at, uint32_t n)
{
    int scale = 0;
    for (uint32_t i = 0; i < n; i++)
        if (node_at(l, at[i])->scale > scale)
            scale = node_at(l, at[i])->scale;
    for (uint32_t i = 0; i < n; i++)
        at[i] = node_rescale(l, at[i], scale, ROUND_HALF_UP);
}

/* GEO, HARM */
static uint32_t mean(struct lower *l, const struct agg *g, enum node_op op)
{
    int scale = g->e->type.scale;
    even_out(l, g->x, g->n);
    even_out(l, g->w, g->n);
    uint32_t *pair = ARENA_ARRAY(l->keep, uint32_t, (size_t)g->n * 2);
    for (uint32_t i = 0; i < g->n; i++) {
        pair[(size_t)i * 2] = g->x[i];
        pair[(size_t)i * 2 + 1] = g->w[i];
    }
    struct node like = like_number(op, scale < MEAN_SCALE_MAX ? scale : MEAN_SCALE_MAX);
    return node_add(l, like, pair, g->n * 2);
}

/* The first present child starts; absent ones change nothing. */
static uint32_t extreme(struct lower *l, const struct agg *g, enum node_op op)
{
    if (g->there == NULL) {
        uint32_t out = g->x[0];
        for (uint32_t i = 1; i < g->n; i++)
            out = node_even(l, op, out, g->x[i]);
        return out;
    }
    Cell never = cell_point(op == NODE_MAX ? -WIDE_INF : WIDE_INF - 1);
    uint32_t scale = g->e->type.scale, out = node_const(l, TYPE_NUM, (int)scale, never);
    for (uint32_t i = 0; i < g->n; i++) {
        uint32_t x = node_rescale(l, g->x[i], (int)scale, ROUND_HALF_UP);
        out = node_if(l, g->there[i], node_2(l, like_number(op, (int)scale), out, x), out);
    }
    return out;
}

static uint32_t aggregate(struct lower *l, const struct agg *g)
{
    if (g->e->op == OP_AGG_SUM)
        return scaled_up(l, g, sum_of(l, g->x, g->n));
    if (g->e->op == OP_AGG_WEIGHTED)
        return scaled_up(l, g, weighted_sum(l, g));
    if (g->e->op == OP_AGG_ARITH)
        return quotient(l, weighted_sum(l, g), sum_of(l, g->w, g->n), g->e->type.scale);
    if (g->e->op == OP_AGG_HARM)
        return mean(l, g, NODE_HARM);
    if (g->e->op == OP_AGG_GEO)
        return mean(l, g, NODE_GEO);
    return extreme(l, g, g->e->op == OP_AGG_MAX ? NODE_MAX : NODE_MIN);
}

/* Marks absent children and makes them neutral; returns whether too few are present. */
static uint32_t mark_absent(struct lower *l, struct agg *g)
{
    uint32_t zero = node_number(l, 0), one = node_number(l, 1), count = zero;
    uint32_t neutral = g->e->op == OP_AGG_GEO || g->e->op == OP_AGG_HARM ? one : zero;
    g->there = ARENA_ARRAY(l->keep, uint32_t, g->n);
    for (uint32_t i = 0; i < g->n; i++) {
        struct node missing = {.op = NODE_MISSING, .kind = TYPE_TRUTH, .ref = TYPE_NUM};
        struct node not = {.op = NODE_NOT, .kind = TYPE_TRUTH};
        g->there[i] = node_1(l, not, node_1(l, missing, g->x[i]));
        g->x[i] = node_if(l, g->there[i], g->x[i], neutral);
        g->w[i] = node_if(l, g->there[i], g->w[i], zero);
        count = node_even(l, NODE_ADD, count, node_if(l, g->there[i], one, zero));
    }
    uint64_t need = ((uint64_t)g->e->present_e6 * g->n + MILLION - 1) / MILLION;
    return node_truth(l, NODE_LT, count, node_number(l, (int64_t)need));
}

uint32_t lower_agg(struct lower *l, const struct expr *e, Shift at)
{
    struct agg g = {.e = e, .n = e->arg_n / 2};
    g.x = ARENA_ARRAY(l->keep, uint32_t, g.n);
    g.w = ARENA_ARRAY(l->keep, uint32_t, g.n);
    g.w_all = ARENA_ARRAY(l->keep, uint32_t, g.n);
    for (uint32_t i = 0; i < g.n; i++) {
        g.x[i] = lower_expr(l, e->arg[(size_t)i * 2], at);
        g.w[i] = g.w_all[i] = lower_expr(l, e->arg[(size_t)i * 2 + 1], at);
    }
    if (e->present_e6 == 0)
        return aggregate(l, &g);
    uint32_t too_few = mark_absent(l, &g);
    uint32_t unknown = node_unknown(l, TYPE_NUM, e->type.scale);
    return node_if(l, too_few, unknown, aggregate(l, &g));
}
