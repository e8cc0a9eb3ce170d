/* plan.c - a rule document compiled for a day and a year.
 *
 * Items are lowered in dependency order, so references cost a look-up. The parts a form was made of
 * (满分, 计量, 门槛 ..) are lowered too: most are inside the item's expression already, the rest is
 * never run over a population but lets a trace say what they were for one subject.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "eval/lower_int.h"

static void lower_part(struct lower *l, const struct expr *e)
{
    if (e != NULL)
        (void)lower_expr(l, e, (Shift){0, 0}); /* only to have it */
}

static void lower_pairs(struct lower *l, const struct pair *pair, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        lower_part(l, pair[i].a);
        lower_part(l, pair[i].b);
    }
}

static void lower_parts(struct lower *l, const struct item *it)
{
    const struct expr *part[] = {it->applies, it->max,     it->weight, it->minimum, it->veto,
                                 it->cap,     it->measure, it->each,   it->gain,    it->threshold,
                                 it->base,    it->target,  it->excess, it->average, it->choice,
                                 it->by,      it->when,    it->amount};
    l->name = it->name;
    for (size_t i = 0; i < ARRAY_N(part); i++)
        lower_part(l, part[i]);
    lower_pairs(l, it->pair, it->pair_n);
    lower_pairs(l, it->instalment, it->instalment_n);
}

static uint32_t lower_root(struct lower *l, const struct item *it)
{
    l->name = it->name;
    return lower_scaled(l, it->expr, (Shift){0, 0}, it->type.scale);
}

enum status plan_build(struct arena *keep, struct plan **out, const struct rules *r, Day as_of,
                       int period, struct diags *ds)
{
    enum { ARGS_FIRST = 64 };
    struct plan *p = ARENA_NEW(keep, struct plan);
    *p = (struct plan){.magic = PLAN_MAGIC, .rules = r, .as_of = as_of, .period = period};
    p->arg_cap = ARGS_FIRST;
    p->arg = ARENA_ARRAY(keep, uint32_t, ARGS_FIRST);
    p->item = ARENA_ARRAY(keep, uint32_t, r->item_n);
    struct lower l = {.keep = keep, .plan = p, .ds = ds};
    (void)node_unknown(&l, TYPE_NUM, 0); /* node 0: what lower_too_large gives */
    for (uint32_t i = 0; i < r->item_n; i++)
        p->item[r->order[i]] = lower_root(&l, &r->item[r->order[i]]);
    for (uint32_t i = 0; i < r->item_n && l.status == OK; i++)
        lower_parts(&l, &r->item[i]);
    TRY(l.status);
    plan_phase(keep, p, NULL);
    *out = p;
    return OK;
}

const struct item *plan_item_of(const struct plan *p, uint32_t n)
{
    const struct rules *r = p->rules;
    struct arena *tmp = arena_open();
    bool *needs = ARENA_ARRAY(tmp, bool, p->node_n);
    needs[n] = true;
    for (size_t i = n; i < p->node_n; i++)
        for (uint32_t j = 0; !needs[i] && j < p->node[i].arg_n; j++)
            needs[i] = needs[p->arg[p->node[i].arg + j]];
    const struct item *found = NULL;
    for (uint32_t i = 0; found == NULL && i < r->item_n; i++)
        if (needs[p->item[r->order[i]]])
            found = &r->item[r->order[i]];
    arena_close(tmp);
    return found;
}
