/* plan_span.c - functions over the last periods: 合计(x, 近3年, 自 成立日期).
 *
 * x is lowered once for each period, x[0] the current one. `kept[i]` says whether period i counts;
 * 自 leaves out the oldest ones, so that kept[i] implies kept[i - 1], and kept[0] is unmet only if
 * nothing is left. Without 自 it is constantly met and folding removes every trace of it.
 */
#include "base/arena.h"
#include "eval/lower_int.h"

struct span {
    const struct expr *e;
    enum op op;
    uint32_t n;
    uint32_t *x, *kept;
};

static struct node like_number(enum node_op op, int scale)
{
    return (struct node){.op = op, .kind = TYPE_NUM, .scale = (uint8_t)scale};
}

static int floor_div4(int x)
{
    return x >= 0 ? x / 4 : -((3 - x) / 4);
}

/* The calendar year of a shift. */
static int year_at(const struct plan *p, Shift at)
{
    return floor_div4((p->period + at.year) * 4 + 3 + at.quarter);
}

static uint32_t zero(struct lower *l)
{
    return node_number(l, 0);
}

/* Sum of term[i] over kept periods, from `first` on. */
static uint32_t kept_sum(struct lower *l, const struct span *s, const uint32_t *term,
                         uint32_t first)
{
    uint32_t sum = NODE_NONE;
    for (uint32_t i = first; i < s->n; i++) {
        uint32_t x = node_if(l, s->kept[i], term[i], zero(l));
        sum = sum == NODE_NONE ? x : node_even(l, NODE_ADD, sum, x);
    }
    return sum;
}

static uint32_t kept_count(struct lower *l, const struct span *s, uint32_t first)
{
    uint32_t count = zero(l), one = node_number(l, 1);
    for (uint32_t i = first; i < s->n; i++)
        count = node_even(l, NODE_ADD, count, node_if(l, s->kept[i], one, zero(l)));
    return count;
}

static uint32_t kept_mean(struct lower *l, const struct span *s, const uint32_t *term,
                          uint32_t first)
{
    return node_2(l, like_number(NODE_DIV, s->e->type.scale), kept_sum(l, s, term, first),
                  kept_count(l, s, first));
}

static uint32_t kept_extreme(struct lower *l, const struct span *s, enum node_op op)
{
    uint32_t out = s->x[0];
    for (uint32_t i = 1; i < s->n; i++)
        out = node_if(l, s->kept[i], node_even(l, op, out, s->x[i]), out);
    return out;
}

/* Periods left out are not applicable. */
static uint32_t kept_truth(struct lower *l, const struct span *s, enum node_op op)
{
    uint32_t na = node_const(l, TYPE_TRUTH, 0, cell_truth(TRUTH_NA)), out = NODE_NONE;
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t x = node_if(l, s->kept[i], s->x[i], na);
        out = out == NODE_NONE ? node_truth(l, op, x, x) : node_truth(l, op, out, x);
    }
    return out;
}

static uint32_t kept_latest(struct lower *l, const struct span *s)
{
    Type type = s->e->type;
    uint32_t out = node_unknown(l, type.kind, type.scale);
    struct node like = {.op = NODE_CARRY, .kind = type.kind, .scale = type.scale};
    for (uint32_t i = s->n; i-- > 0;) {
        uint32_t x = node_rescale(l, s->x[i], type.scale, ROUND_HALF_UP);
        out = node_if(l, s->kept[i], node_2(l, like, x, out), out);
    }
    return out;
}

/* Mean of the yearly x / previous - 1, each rounded; unknown with fewer than two periods. */
static uint32_t growth(struct lower *l, const struct span *s)
{
    int scale = s->e->type.scale;
    uint32_t unknown = node_unknown(l, TYPE_NUM, scale);
    if (s->n < 2)
        return unknown;
    uint32_t *rate = ARENA_ARRAY(l->keep, uint32_t, s->n);
    for (uint32_t i = 1; i < s->n; i++) {
        uint32_t ratio = node_2(l, like_number(NODE_DIV, scale), s->x[i - 1], s->x[i]);
        rate[i] = node_even(l, NODE_SUB, ratio, node_number(l, 1));
    }
    uint32_t mean = s->n == 2 ? rate[1] : kept_mean(l, s, rate, 1);
    return node_if(l, s->kept[1], mean, unknown);
}

static uint32_t cagr(struct lower *l, const struct span *s)
{
    int scale = s->e->type.scale;
    uint32_t out = node_unknown(l, TYPE_NUM, scale);
    for (uint32_t i = 1; i < s->n; i++) {
        struct node like = like_number(NODE_CAGR, scale);
        like.ref = i;
        out = node_if(l, s->kept[i], node_2(l, like, s->x[0], s->x[i]), out);
    }
    return out;
}

static uint32_t fold_span(struct lower *l, const struct span *s)
{
    if (s->op == OP_SUM)
        return kept_sum(l, s, s->x, 0);
    if (s->op == OP_MEAN)
        return kept_mean(l, s, s->x, 0);
    if (s->op == OP_SPAN_MAX)
        return kept_extreme(l, s, NODE_MAX);
    if (s->op == OP_SPAN_MIN)
        return kept_extreme(l, s, NODE_MIN);
    if (s->op == OP_EACH)
        return kept_truth(l, s, NODE_AND);
    if (s->op == OP_SOME)
        return kept_truth(l, s, NODE_OR);
    if (s->op == OP_CARRY)
        return kept_latest(l, s);
    ASSERT(s->op == OP_GROWTH || s->op == OP_CAGR);
    return s->op == OP_GROWTH ? growth(l, s) : cagr(l, s);
}

uint32_t lower_span(struct lower *l, const struct expr *e, Shift at)
{
    struct span s = {.e = e, .op = e->op, .n = e->span_n};
    if (s.n == 0)
        s.n = e->op == OP_GROWTH ? 2 : 1;
    if (s.n > PLAN_SPAN_MAX)
        return lower_too_large(l);
    s.x = ARENA_ARRAY(l->keep, uint32_t, s.n);
    s.kept = ARENA_ARRAY(l->keep, uint32_t, s.n);
    uint32_t since = NODE_NONE;
    if (e->since != NULL)
        since = node_1(l, like_number(NODE_YEAR_OF, 0), lower_expr(l, e->since, at));
    for (uint32_t i = 0; i < s.n; i++) {
        Shift then = at;
        *(e->period == PERIOD_QUARTER ? &then.quarter : &then.year) -= (int)i;
        s.x[i] = lower_expr(l, e->arg[0], then);
        s.kept[i] = node_const(l, TYPE_TRUTH, 0, cell_truth(TRUTH_MET));
        if (since != NODE_NONE)
            s.kept[i] = node_truth(l, NODE_KEPT, since, node_number(l, year_at(l->plan, then)));
    }
    uint32_t out = fold_span(l, &s);
    return node_if(l, s.kept[0], out, node_unknown(l, e->type.kind, e->type.scale));
}
