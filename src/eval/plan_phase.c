/* plan_phase.c - when each node is computed, and where its values stand meanwhile.
 *
 *     level(row node) = largest level of its arguments;  level(population step) = that + 1
 *     phase(row node) = the earliest phase that uses it, never below its level
 *
 * One pass up for levels, one down for phases (users before their arguments), one up for steps.
 * Fields are not kept: each phase that uses one loads it again, which is cheaper than a column of
 * Cells. Registers are given in order and taken back behind a node's last use in the phase.
 * Cost: O(nodes + arguments) a pass; steps O(nodes + arguments) a phase.
 */
#include "base/arena.h"
#include "eval/plan_int.h"

struct sched {
    struct arena *keep, *tmp;
    struct plan *p;
    uint32_t *want;     /* earliest phase of a user, NODE_NONE if none */
    uint32_t *last_use; /* in the phase at hand: step number + 1 */
    uint32_t *reg;      /* register in the phase at hand */
    uint32_t *stamp;    /* phase + 1 for which a field was taken in */
    uint32_t *free;     /* stack of registers given back */
    uint32_t free_n;
};

static bool is_row_node(const struct node *k)
{
    return k->op != NODE_CONST && k->op != NODE_FIELD && k->op != NODE_POP;
}

static void mark_live(struct plan *p)
{
    for (uint32_t i = 0; i < p->rules->item_n; i++) {
        struct node *k = &p->node[p->item[i]];
        k->live = k->kept = k->checked = true;
    }
    for (size_t n = p->node_n; n-- > 0;) {
        const struct node *k = &p->node[n];
        for (uint32_t i = 0; k->live && i < k->arg_n; i++) {
            struct node *a = &p->node[p->arg[k->arg + i]];
            a->live = true;
            if (k->op == NODE_POP)
                a->kept = a->checked = true;
        }
    }
}

/* Levels, put into `phase` for a start. */
static void find_levels(struct plan *p)
{
    for (size_t n = 0; n < p->node_n; n++) {
        struct node *k = &p->node[n];
        k->phase = 0;
        for (uint32_t i = 0; i < k->arg_n; i++) {
            uint32_t level = p->node[p->arg[k->arg + i]].phase;
            k->phase = level > k->phase ? level : k->phase;
        }
        k->phase += k->op == NODE_POP;
        if (k->live && k->phase >= p->phase_n)
            p->phase_n = k->phase + 1;
    }
}

/* Downwards: every user of n was seen before n. */
static void find_phases(struct sched *s)
{
    struct plan *p = s->p;
    for (size_t n = p->node_n; n-- > 0;) {
        struct node *k = &p->node[n];
        if (!k->live)
            continue;
        if (k->op != NODE_POP && s->want[n] != NODE_NONE)
            k->phase = s->want[n];
        k->kept |= k->op == NODE_POP;
        uint32_t due = k->op == NODE_POP ? k->phase - 1 : k->phase;
        for (uint32_t i = 0; i < k->arg_n; i++) {
            uint32_t a = p->arg[k->arg + i];
            if (s->want[a] == NODE_NONE || due < s->want[a])
                s->want[a] = due;
        }
    }
    for (size_t n = 0; n < p->node_n; n++) {
        const struct node *k = &p->node[n];
        for (uint32_t i = 0; k->live && i < k->arg_n; i++) {
            struct node *a = &p->node[p->arg[k->arg + i]];
            a->kept |= is_row_node(a) && is_row_node(k) && a->phase < k->phase;
        }
    }
}

static void push_step(struct sched *s, struct phase *ph, uint32_t n, size_t *cap)
{
    size_t at = ph->step_n;
    VEC_PUSH(s->tmp, ph->step, at, *cap) = n;
    ph->step_n = (uint32_t)at;
}

/* The nodes of phase `f` in order, with the fields they read before them. */
static void list_steps(struct sched *s, uint32_t f)
{
    struct plan *p = s->p;
    struct phase *ph = &p->phase[f];
    size_t cap = 0, pop_cap = 0, pop_n = 0;
    for (uint32_t n = 0; n < p->node_n; n++) {
        const struct node *k = &p->node[n];
        if (!k->live || k->op == NODE_CONST)
            continue;
        if (k->op == NODE_POP) {
            if (k->phase == f + 1)
                VEC_PUSH(s->keep, ph->pop, pop_n, pop_cap) = n;
            continue;
        }
        if (k->phase != f)
            continue;
        for (uint32_t i = 0; i < k->arg_n; i++) {
            uint32_t a = p->arg[k->arg + i];
            const struct node *x = &p->node[a];
            if (x->op == NODE_FIELD && !x->kept && x->phase != f && s->stamp[a] != f + 1) {
                s->stamp[a] = f + 1;
                push_step(s, ph, a, &cap);
            }
        }
        push_step(s, ph, n, &cap);
    }
    ph->pop_n = (uint32_t)pop_n;
}

static void give_register(struct sched *s, struct phase *ph, uint32_t step)
{
    ph->reg[step] = NODE_NONE;
    if (s->p->node[ph->step[step]].kept)
        return;
    ph->reg[step] = s->free_n > 0 ? s->free[--s->free_n] : s->p->reg_n++;
    s->reg[ph->step[step]] = ph->reg[step];
}

static void give_registers(struct sched *s, struct phase *ph)
{
    struct plan *p = s->p;
    ph->reg = ARENA_ARRAY(s->keep, uint32_t, ph->step_n);
    for (uint32_t i = 0; i < ph->step_n; i++) {
        const struct node *k = &p->node[ph->step[i]];
        s->reg[ph->step[i]] = NODE_NONE;
        for (uint32_t j = 0; j < k->arg_n; j++)
            s->last_use[p->arg[k->arg + j]] = i + 1;
    }
    s->free_n = 0;
    for (uint32_t r = p->reg_n; r-- > 0;)
        s->free[s->free_n++] = r;
    for (uint32_t i = 0; i < ph->step_n; i++) {
        const struct node *k = &p->node[ph->step[i]];
        give_register(s, ph, i);
        for (uint32_t j = 0; j < k->arg_n; j++) {
            uint32_t a = p->arg[k->arg + j];
            if (s->last_use[a] == i + 1 && s->reg[a] != NODE_NONE) {
                s->free[s->free_n++] = s->reg[a];
                s->reg[a] = NODE_NONE; /* an argument may stand twice */
            }
        }
    }
}

static uint32_t *array_of(struct arena *tmp, size_t n, uint32_t value)
{
    uint32_t *a = ARENA_ARRAY(tmp, uint32_t, n);
    for (size_t i = 0; i < n; i++)
        a[i] = value;
    return a;
}

void plan_phase(struct arena *keep, struct plan *p)
{
    struct arena *tmp = arena_open();
    struct sched s = {.keep = keep, .tmp = tmp, .p = p};
    s.want = array_of(tmp, p->node_n, NODE_NONE);
    s.last_use = array_of(tmp, p->node_n, 0);
    s.reg = array_of(tmp, p->node_n, NODE_NONE);
    s.stamp = array_of(tmp, p->node_n, 0);
    s.free = array_of(tmp, p->node_n, 0);
    p->phase_n = 1;
    mark_live(p);
    find_levels(p);
    find_phases(&s);
    p->phase = ARENA_ARRAY(keep, struct phase, p->phase_n);
    for (uint32_t f = 0; f < p->phase_n; f++) {
        struct phase *ph = &p->phase[f];
        list_steps(&s, f);
        uint32_t *step = ARENA_ARRAY(keep, uint32_t, ph->step_n);
        for (uint32_t i = 0; i < ph->step_n; i++)
            step[i] = ph->step[i];
        ph->step = step;
        give_registers(&s, ph);
    }
    arena_close(tmp);
}
