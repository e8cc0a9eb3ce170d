/* plan_pop.c - population functions as steps over whole columns.
 *
 * What shapes a step besides its columns (method, bounds, shares) must be constant; two steps that
 * agree in all of it are one.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "eval/lower_int.h"

enum { SHARE_SCALE = 12, POP_ARG_N = 3 };

static bool step_same(const struct pop_step *a, const struct pop_step *b)
{
    return a->op == b->op && a->to == b->to && a->method == b->method &&
           a->min_group == b->min_group && a->ascending == b->ascending && a->has_lo == b->has_lo &&
           a->has_hi == b->has_hi && a->quota_e6 == b->quota_e6 && cell_same(a->lo, b->lo) &&
           cell_same(a->hi, b->hi) && memcmp(a->arg, b->arg, sizeof a->arg) == 0 &&
           a->x_n == b->x_n &&
           (a->weight == b->weight ||
            (a->weight != NULL && b->weight != NULL &&
             memcmp(a->weight, b->weight, a->x_n * sizeof *a->weight) == 0));
}

static uint32_t step_intern(struct lower *l, struct pop_step s)
{
    struct plan *p = l->plan;
    for (size_t i = 0; i < p->pop_n; i++)
        if (step_same(&p->pop[i], &s))
            return (uint32_t)i;
    VEC_PUSH(l->keep, p->pop, p->pop_n, p->pop_cap) = s;
    return (uint32_t)p->pop_n - 1;
}

/* The value of a constant argument at `scale`; 0 after a PLAN-CONSTANT. */
static Wide constant(struct lower *l, const struct expr *e, Shift at, int scale)
{
    uint32_t n = lower_scaled(l, e, at, scale);
    Cell value = node_at(l, n)->value;
    if (node_is_const(l, n) && cell_is_definite(TYPE_NUM, value))
        return value.lo;
    if (l->status == OK)
        l->status = diag_add(l->ds, DIAG_PLAN_CONSTANT, e->span, l->name, NO_ARG, NO_ARG);
    return 0;
}

/* The step over columns x[0 .. s.x_n), with `pop`'s peer groups. */
static uint32_t pop_node(struct lower *l, struct pop_step s, const uint32_t *x,
                         const struct pop *pop, Shift at)
{
    uint32_t by_n = pop == NULL ? 0 : pop->by_n;
    uint32_t *arg = ARENA_ARRAY(l->keep, uint32_t, s.x_n + by_n);
    memcpy(arg, x, s.x_n * sizeof *x);
    for (uint32_t i = 0; i < by_n; i++)
        arg[s.x_n + i] = lower_expr(l, pop->by[i], at);
    struct node like = {.op = NODE_POP, .kind = TYPE_NUM, .scale = s.to, .ref = step_intern(l, s)};
    return node_add(l, like, arg, s.x_n + by_n);
}

static struct pop_step step_of(enum op op, const struct pop *pop, Type type)
{
    struct pop_step s = {.op = op, .x_n = 1, .to = type.scale};
    if (pop != NULL) {
        s.method = pop->method;
        s.min_group = pop->min_group;
        s.ascending = pop->ascending;
        s.quota_e6 = pop->quota_e6;
    }
    return s;
}

static int type_scale(const struct expr *e)
{
    return e == NULL || e->type.kind != TYPE_NUM ? 0 : e->type.scale;
}

static uint32_t copeland(struct lower *l, const struct expr *e, Shift at)
{
    struct pop_step s = step_of(e->op, e->pop, e->type);
    s.x_n = e->arg_n / 2;
    uint32_t *x = ARENA_ARRAY(l->keep, uint32_t, s.x_n);
    Wide *weight = ARENA_ARRAY(l->keep, Wide, s.x_n);
    int scale = 0;
    for (uint32_t i = 1; i < e->arg_n; i += 2)
        scale = type_scale(e->arg[i]) > scale ? type_scale(e->arg[i]) : scale;
    for (uint32_t i = 0; i < s.x_n; i++) {
        x[i] = lower_expr(l, e->arg[(size_t)i * 2], at);
        weight[i] = constant(l, e->arg[(size_t)i * 2 + 1], at, scale);
    }
    s.weight = weight;
    return pop_node(l, s, x, e->pop, at);
}

/* x at a scale that holds the given bounds too. */
static uint32_t with_bounds(struct lower *l, const struct expr *e, Shift at, struct pop_step *s)
{
    const struct pop *pop = e->pop;
    uint32_t x = lower_expr(l, e->arg[0], at);
    if (pop == NULL || (pop->lo == NULL && pop->hi == NULL))
        return x;
    int scale = node_at(l, x)->scale;
    scale = type_scale(pop->lo) > scale ? type_scale(pop->lo) : scale;
    scale = type_scale(pop->hi) > scale ? type_scale(pop->hi) : scale;
    if (pop->lo != NULL) {
        s->has_lo = true;
        s->lo = cell_point(constant(l, pop->lo, at, scale));
    }
    if (pop->hi != NULL) {
        s->has_hi = true;
        s->hi = cell_point(constant(l, pop->hi, at, scale));
    }
    return node_rescale(l, x, scale, ROUND_HALF_UP);
}

uint32_t lower_pop(struct lower *l, const struct expr *e, Shift at)
{
    if (e->op == OP_AGG_COPELAND)
        return copeland(l, e, at);
    struct pop_step s = step_of(e->op, e->pop, e->type);
    uint32_t x = with_bounds(l, e, at, &s);
    for (uint32_t i = 1; i < e->arg_n && i <= POP_ARG_N; i++) {
        bool whole = e->op == OP_UNSKEW && i == POP_ARG_N; /* most points treated: a count */
        s.arg[i - 1] = constant(l, e->arg[i], at, whole ? 0 : SHARE_SCALE);
    }
    return pop_node(l, s, &x, e->pop, at);
}

uint32_t lower_impute(struct lower *l, const struct field *f, uint32_t x, Shift at)
{
    enum op op = f->blank == BLANK_MEAN ? OP_IMPUTE_MEAN : OP_IMPUTE_MEDIAN;
    return pop_node(l, step_of(op, f->blank_by, f->type), &x, f->blank_by, at);
}
