/* gate.c - what the kind's document says must hold of a row. Only told of: a figure that looks odd
 * may be right. */
#include "base/arena.h"
#include "base/buf.h"
#include "eval/eval.h"
#include "exchange/import.h"
#include "rule/model.h"

static struct import_gate misses_of(const struct import *m, const struct result *res, uint32_t item)
{
    struct import_gate g = {.item = item};
    for (uint32_t row = 0; row < res->row_n; row++) {
        if (import_is_bad(m, row) || result_cell(res, item, row).lo != TRUTH_UNMET)
            continue;
        if (g.n < IMPORT_GATE_ROWS)
            g.row[g.n] = row;
        g.n++;
    }
    return g;
}

enum status import_gates(const struct import *m, struct import_gate **out, size_t *n,
                         struct diags *ds)
{
    struct plan *plan;
    struct result *res;
    struct eval_opts o = {.as_of = m->day, .period = m->period, .values_only = true};
    *n = 0;
    if (m->kind->item_n == 0)
        return OK;
    TRY(plan_build(m->keep, &plan, m->kind, m->day, m->period, ds));
    TRY(eval_run(m->keep, &res, plan, m->data, &o, ds));
    *out = ARENA_ARRAY(m->keep, struct import_gate, m->kind->item_n);
    for (uint32_t i = 0; i < m->kind->item_n; i++) {
        if (m->kind->item[i].kind != ITEM_GATE)
            continue;
        struct import_gate g = misses_of(m, res, i);
        if (g.n > 0)
            (*out)[(*n)++] = g;
    }
    return OK;
}
