/* ask.c - conditions and figures of one case, over its row of facts. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/eval.h"
#include "matter/matter_int.h"
#include "rule/condition.h"

enum { COST_MAX = 20000 };

static enum status compile(struct arena *keep, struct rules **out, const struct matter *m, Str must,
                           struct labels *labels, struct diags *ds)
{
    struct condition c = {.text = must, .labels = labels, .cost_max = COST_MAX};
    return rule_condition(keep, out, m->rules, &c, ds);
}

void matter_check_must(struct matter_reader *x, const struct matter_step *s)
{
    struct rules *r;
    struct diags ds;
    if (s->must.s.n == 0)
        return;
    diags_init(&ds, x->keep);
    enum status st = compile(x->keep, &r, x->m, s->must.s, labels_open(x->keep), &ds);
    for (size_t i = 0; i < ds.n; i++) {
        const struct diag *d = &ds.at[i];
        Span at = {d->span.beg + s->must.span.beg, d->span.end + s->must.span.beg};
        (void)diag_add(x->ds, d->code, at, d->arg[0], d->arg[1], d->arg[2]);
    }
    if (st == ERR_LIMIT)
        matter_wrong(x, DIAG_CASE_COST, s->must, NO_ARG);
    x->bad |= st != OK;
}

/* The items that are wanted. */
static enum status evaluate(struct arena *keep, struct result **out, const struct matter_ask *a,
                            const struct rules *r, const bool *wanted, struct diags *ds)
{
    struct plan *p;
    struct eval_opts o = {.as_of = a->day, .period = a->period, .values_only = true};
    TRY(plan_build(keep, &p, r, a->day, a->period, ds));
    plan_keep(keep, p, wanted);
    return eval_run(keep, out, p, a->data, &o, ds);
}

enum status matter_met(struct arena *keep, enum truth *out, const struct matter_ask *a,
                       const struct matter_step *s, struct diags *ds)
{
    struct rules *r;
    struct result *res;
    *out = TRUTH_MET;
    if (s->must.s.n == 0)
        return OK;
    TRY(compile(keep, &r, a->m, s->must.s, a->data->labels, ds));
    uint32_t first = a->m->rules->item_n;
    bool *wanted = ARENA_ARRAY(keep, bool, r->item_n);
    memset(wanted + first, true, r->item_n - first);
    TRY(evaluate(keep, &res, a, r, wanted, ds));
    for (uint32_t i = first; i < r->item_n; i++) {
        Cell c = result_cell(res, i, 0);
        enum truth t = c.lo == c.hi ? (enum truth)c.lo : TRUTH_UNKNOWN;
        if (t == TRUTH_UNMET || (t != TRUTH_MET && t != TRUTH_NA && *out != TRUTH_UNMET))
            *out = t;
    }
    return OK;
}

static Cell field_cell(const struct matter_ask *a, uint32_t field)
{
    const struct field *f = &a->m->rules->field[field];
    const struct column *c = dataset_find(a->data, field, rule_period_key(f, a->period, 0));
    if (c == NULL || !column_has(c, 0))
        return CELL_UNKNOWN;
    Wide v = column_value(c, 0);
    return (Cell){v, v};
}

enum status matter_find(struct arena *keep, Cell *out, struct field *f, const struct matter_ask *a,
                        const struct matter_value *v, struct diags *ds)
{
    const struct rules *r = a->m->rules;
    bool *wanted = ARENA_ARRAY(keep, bool, r->item_n + 1);
    struct result *res;
    *f = (struct field){.name = v->text};
    switch (v->kind) {
    case MATTER_NONE: break;
    case MATTER_FIELD:
        *f = r->field[v->ref];
        *out = field_cell(a, v->ref);
        return OK;
    case MATTER_ITEM:
        f->type = r->item[v->ref].type;
        f->unit = r->item[v->ref].unit;
        f->ftype = f->type.kind == TYPE_NUM     ? FIELD_NUM
                   : f->type.kind == TYPE_DAY   ? FIELD_DAY
                   : f->type.kind == TYPE_TRUTH ? FIELD_TRUTH
                                                : FIELD_TEXT;
        wanted[v->ref] = true;
        TRY(evaluate(keep, &res, a, r, wanted, ds));
        *out = result_cell(res, v->ref, 0);
        return OK;
    case MATTER_TODAY:
        f->ftype = FIELD_DAY;
        f->type.kind = TYPE_DAY;
        *out = (Cell){a->day, a->day};
        return OK;
    case MATTER_TEXT: {
        uint32_t code = labels_code(a->data->labels, v->text);
        f->ftype = FIELD_TEXT;
        f->type.kind = TYPE_TEXT;
        *out = (Cell){code, code};
        return OK;
    }
    }
    *out = CELL_UNKNOWN;
    return OK;
}
