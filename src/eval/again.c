/* again.c - a run that takes what has not changed from a run before.
 *
 *     nodes of the plan  --same operation, same arguments-->  nodes of the plan before
 *     kept there         ==>  given here: neither it nor what only it needs is computed
 *
 * Nodes are numbered after their arguments, so one pass finds the same nodes: each is looked up,
 * its arguments as the numbers they have in the plan before, in a table of that plan's nodes. A
 * field is the same where the two data sets share its column. What is given, and what is known of
 * it (ranges, gaps), is copied; the rest runs as a plan of its own (run_plan), exactly as it would
 * have run with everything else.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "eval/run_int.h"

struct matching {
    struct arena *tmp;
    const struct plan *now, *then;
    const struct dataset *data;
    const struct result *base;
    struct node *before; /* the nodes then; `ref` of equal steps is the first one's */
    uint32_t *slot;      /* number of a node then + 1 */
    size_t slot_n;       /* a power of two */
    uint32_t *match;     /* by node: the same node then, or NODE_NONE */
};

/* ---- equal parts ---- */

static bool same_step(const struct pop_step *a, const struct pop_step *b)
{
    return a->op == b->op && a->to == b->to && a->method == b->method &&
           a->min_group == b->min_group && a->ascending == b->ascending && a->has_lo == b->has_lo &&
           a->has_hi == b->has_hi && a->quota_e6 == b->quota_e6 && cell_same(a->lo, b->lo) &&
           cell_same(a->hi, b->hi) && a->arg[0] == b->arg[0] && a->arg[1] == b->arg[1] &&
           a->arg[2] == b->arg[2] && a->x_n == b->x_n &&
           (a->weight == NULL) == (b->weight == NULL) &&
           (a->weight == NULL || memcmp(a->weight, b->weight, a->x_n * sizeof *a->weight) == 0);
}

/* The first step of the plan then that is like `s`; NODE_NONE: there is none. */
static uint32_t find_step(const struct matching *m, const struct pop_step *s)
{
    for (uint32_t i = 0; i < m->then->pop_n; i++)
        if (same_step(&m->then->pop[i], s))
            return i;
    return NODE_NONE;
}

/* The field then whose facts are those of the field node, or NODE_NONE. */
static uint32_t find_field(const struct matching *m, const struct node *k)
{
    const struct rules *was = m->then->rules;
    const struct column *c = dataset_find(m->data, k->ref, k->period);
    for (uint32_t i = 0; i < was->field_n; i++) {
        if (!str_eq(was->field[i].name, m->now->rules->field[k->ref].name))
            continue;
        const struct column *old = dataset_find(m->base->data, i, k->period);
        const bool none = c == NULL && old == NULL;
        const bool same = c != NULL && old != NULL && c->value == old->value &&
                          c->missing == old->missing && c->type == old->type;
        return none || same ? i : NODE_NONE;
    }
    return NODE_NONE;
}

/* ---- equal nodes ---- */

static uint32_t find_node(const struct matching *m, const struct node *k, const uint32_t *arg)
{
    struct plan then = *m->then;
    then.node = m->before;
    for (size_t at = plan_node_hash(k, arg) & (m->slot_n - 1);; at = (at + 1) & (m->slot_n - 1)) {
        if (m->slot[at] == 0)
            return NODE_NONE;
        if (plan_node_same(&then, &m->before[m->slot[at] - 1], k, arg))
            return m->slot[at] - 1;
    }
}

static void list_nodes_then(struct matching *m)
{
    const struct plan *p = m->then;
    m->slot_n = 64;
    while (m->slot_n < p->node_n * 2)
        m->slot_n *= 2;
    m->slot = ARENA_ARRAY(m->tmp, uint32_t, m->slot_n);
    m->before = ARENA_ARRAY(m->tmp, struct node, p->node_n);
    for (uint32_t n = 0; n < p->node_n; n++) {
        struct node *k = &m->before[n];
        *k = p->node[n];
        if (k->op == NODE_POP)
            k->ref = find_step(m, &p->pop[k->ref]);
        size_t at = plan_node_hash(k, &p->arg[k->arg]) & (m->slot_n - 1);
        while (m->slot[at] != 0)
            at = (at + 1) & (m->slot_n - 1);
        m->slot[at] = n + 1;
    }
}

/* In the numbers of the plan then. False: some part of it was not there. */
static bool translate(const struct matching *m, struct node *k, uint32_t *arg)
{
    for (uint32_t i = 0; i < k->arg_n; i++) {
        arg[i] = m->match[m->now->arg[k->arg + i]];
        if (arg[i] == NODE_NONE)
            return false;
    }
    if (k->op == NODE_POP)
        k->ref = find_step(m, &m->now->pop[k->ref]);
    else if (k->op == NODE_FIELD)
        k->ref = find_field(m, k);
    return k->ref != NODE_NONE;
}

static void match_nodes(struct matching *m)
{
    const struct plan *p = m->now;
    uint32_t *arg = ARENA_ARRAY(m->tmp, uint32_t, p->arg_max + 1);
    m->match = ARENA_ARRAY(m->tmp, uint32_t, p->node_n);
    list_nodes_then(m);
    for (uint32_t n = 0; n < p->node_n; n++) {
        struct node k = p->node[n];
        m->match[n] = translate(m, &k, arg) ? find_node(m, &k, arg) : NODE_NONE;
    }
}

/* ---- what is given ---- */

/* Field nodes now by what they were then: a gap is the same where its field is. */
static uint32_t *gaps_now(const struct matching *m)
{
    uint32_t *now = ARENA_ARRAY(m->tmp, uint32_t, m->then->node_n);
    for (size_t n = 0; n < m->then->node_n; n++)
        now[n] = NODE_NONE;
    for (uint32_t n = 0; n < m->now->node_n; n++)
        if (m->match[n] != NODE_NONE && m->now->node[n].op == NODE_FIELD && m->now->node[n].live)
            now[m->match[n]] = n;
    return now;
}

/* Fields stay live: what is given may be blank where they are. */
static struct given *take(const struct matching *m, struct plan *p)
{
    struct given *g = ARENA_NEW(m->tmp, struct given);
    const uint32_t *gap = gaps_now(m);
    g->column = ARENA_ARRAY(m->tmp, struct vec, p->node_n);
    g->fact = ARENA_ARRAY(m->tmp, struct fact, p->node_n);
    for (uint32_t n = 0; n < p->node_n; n++) {
        struct node *k = &p->node[n];
        const uint32_t was = m->match[n];
        const bool has = was != NODE_NONE && m->base->kept->column[was].lo != NULL;
        k->given = has && k->op != NODE_CONST && k->op != NODE_FIELD;
        k->live = k->live && k->op == NODE_FIELD;
        k->checked = false;
        k->kept = k->given;
        if (has)
            g->column[n] = m->base->kept->column[was];
        if (!k->given)
            continue;
        g->fact[n] = m->base->kept->fact[was];
        if (g->fact[n].gap != NODE_NONE)
            g->fact[n].gap = gap[g->fact[n].gap];
    }
    return g;
}

/* The plan's own nodes, but for what is given. */
static struct given *cut(struct arena *keep, struct plan *rest, const struct matching *m)
{
    const struct plan *p = m->now;
    bool *wanted = ARENA_ARRAY(m->tmp, bool, p->rules->item_n + 1);
    for (uint32_t i = 0; i < p->rules->item_n; i++)
        wanted[i] = p->node[p->item[i]].live;
    *rest = *p;
    rest->node = ARENA_ARRAY(keep, struct node, p->node_n); /* columns of fields point to them */
    memcpy(rest->node, p->node, p->node_n * sizeof *p->node);
    struct given *g = take(m, rest);
    if (m->now == m->then && !ENGINE_IS_SMALL) {
        const struct row_change c = {p, m->base, m->data, m->match};
        again_row(keep, rest, g, &c);
    }
    plan_phase(m->tmp, rest, wanted);
    return g;
}

enum status eval_again(struct arena *keep, struct result **out, const struct plan *p,
                       const struct result *base, const struct dataset *d, struct diags *ds)
{
    ASSERT(base->kept->column != NULL && d->row_n == base->row_n);
    standing_complete(base);
    struct matching m = {.tmp = arena_open(), .now = p, .then = base->kept->plan};
    m.data = d;
    m.base = base;
    struct plan rest;
    struct run_job job = {.plan = p, .as = p, .data = d, .opts = &base->opts};
    if (rule_same_labels(p->rules, m.then->rules)) { /* else codes of texts mean something else */
        match_nodes(&m);
        job.given = cut(keep, &rest, &m);
        job.plan = &rest;
    }
    enum status st = run_plan(keep, out, &job, ds);
    arena_close(m.tmp);
    return st;
}
