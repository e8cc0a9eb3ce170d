/* plan_phase.c - when each node is computed, and which values outlast their phase.
 *
 *     level(row node) = largest level of its arguments;  level(population step) = that + 1
 *     phase(row node) = the earliest phase that uses it, never below its level
 *
 * One pass up for levels, one down for phases (users before their arguments). Fields stand in the
 * data, whatever the phase. Cost: O(nodes + arguments) a pass.
 */
#include "base/arena.h"
#include "eval/plan_int.h"

static bool is_row_node(const struct node *k)
{
    return k->op != NODE_CONST && k->op != NODE_FIELD && k->op != NODE_POP && !k->given;
}

static void mark_live(struct plan *p, const bool *wanted)
{
    for (uint32_t i = 0; i < p->rules->item_n; i++) {
        struct node *k = &p->node[p->item[i]];
        if (wanted == NULL || wanted[i])
            k->live = k->kept = k->checked = true;
    }
    for (size_t n = p->node_n; n-- > 0;) {
        const struct node *k = &p->node[n];
        for (uint32_t i = 0; k->live && !k->given && i < k->arg_n; i++) {
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
        for (uint32_t i = 0; !k->given && i < k->arg_n; i++) {
            uint32_t level = p->node[p->arg[k->arg + i]].phase;
            k->phase = level > k->phase ? level : k->phase;
        }
        k->phase += k->op == NODE_POP && !k->given;
        if (k->live && k->phase >= p->phase_n)
            p->phase_n = k->phase + 1;
    }
}

/* Downwards: every user of n was seen before n. want[n]: the earliest phase of a user. */
static void find_phases(struct plan *p, uint32_t *want)
{
    for (size_t n = p->node_n; n-- > 0;) {
        struct node *k = &p->node[n];
        if (!k->live || k->given)
            continue;
        if (k->op != NODE_POP && want[n] != NODE_NONE)
            k->phase = want[n];
        k->kept |= k->op == NODE_POP;
        uint32_t due = k->op == NODE_POP ? k->phase - 1 : k->phase;
        for (uint32_t i = 0; i < k->arg_n; i++) {
            uint32_t a = p->arg[k->arg + i];
            if (want[a] == NODE_NONE || due < want[a])
                want[a] = due;
        }
    }
    for (size_t n = 0; n < p->node_n; n++) {
        const struct node *k = &p->node[n];
        for (uint32_t i = 0; k->live && !k->given && i < k->arg_n; i++) {
            struct node *a = &p->node[p->arg[k->arg + i]];
            a->kept |= is_row_node(a) && is_row_node(k) && a->phase < k->phase;
        }
    }
}

static void list_pops(struct arena *keep, struct plan *p)
{
    for (uint32_t f = 0; f < p->phase_n; f++) {
        size_t cap = 0, pop_n = 0;
        for (uint32_t n = 0; n < p->node_n; n++)
            if (p->node[n].live && !p->node[n].given && p->node[n].op == NODE_POP &&
                p->node[n].phase == f + 1)
                VEC_PUSH(keep, p->phase[f].pop, pop_n, cap) = n;
        p->phase[f].pop_n = (uint32_t)pop_n;
    }
}

void plan_keep(struct arena *keep, struct plan *p, const bool *wanted)
{
    for (size_t n = 0; n < p->node_n; n++)
        p->node[n].live = p->node[n].kept = p->node[n].checked = false;
    plan_phase(keep, p, wanted);
}

void plan_phase(struct arena *keep, struct plan *p, const bool *wanted)
{
    struct arena *tmp = arena_open();
    uint32_t *want = ARENA_ARRAY(tmp, uint32_t, p->node_n);
    for (size_t n = 0; n < p->node_n; n++)
        want[n] = NODE_NONE;
    p->phase_n = 1;
    mark_live(p, wanted);
    find_levels(p);
    find_phases(p, want);
    p->phase = ARENA_ARRAY(keep, struct phase, p->phase_n);
    list_pops(keep, p);
    arena_close(tmp);
}
