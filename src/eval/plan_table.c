/* plan_table.c - decision tables as chains of rows, from the last to the first.
 *
 *     value(i) = MET -> result(i);  UNMET -> value(i + 1);  open -> hull of both
 *
 * Behind the last row there is nothing, which is not the same as unknown: a row that may hold is
 * not widened by the chance that no row holds (tables are complete, which check/check.h proves).
 * Going upwards needs one register for the value of all rows below, however long the table is.
 */
#include "base/arena.h"
#include "eval/lower_int.h"

static uint32_t test_truth(struct lower *l, const struct test *t, uint32_t x, Shift at)
{
    uint32_t met = node_const(l, TYPE_TRUTH, 0, cell_truth(TRUTH_MET));
    switch (t->kind) {
    case TEST_ANY: return met;
    case TEST_CMP: return lower_compare(l, t->op, x, lower_expr(l, t->lo, at));
    case TEST_PREFIX: return node_truth(l, NODE_STARTS, x, lower_expr(l, t->lo, at));
    case TEST_RANGE: break;
    }
    uint32_t lo = met, hi = met;
    if (t->lo != NULL)
        lo = lower_compare(l, t->lo_in ? OP_GE : OP_GT, x, lower_expr(l, t->lo, at));
    if (t->hi != NULL)
        hi = lower_compare(l, t->hi_in ? OP_LE : OP_LT, x, lower_expr(l, t->hi, at));
    if (t->lo == NULL || t->hi == NULL)
        return t->lo == NULL ? hi : lo;
    return node_truth(l, NODE_AND, lo, hi);
}

static uint32_t cell_met(struct lower *l, const struct cell_test *c, uint32_t x, Shift at)
{
    uint32_t out = test_truth(l, &c->test[0], x, at);
    for (uint32_t i = 1; i < c->test_n; i++)
        out = node_truth(l, NODE_OR, out, test_truth(l, &c->test[i], x, at));
    return out;
}

static bool cell_is_any(const struct cell_test *c)
{
    return c->test_n == 0 || c->test[0].kind == TEST_ANY;
}

static uint32_t row_truth(struct lower *l, const struct table *t, const struct table_row *r,
                          Shift at)
{
    uint32_t out = NODE_NONE;
    for (uint32_t i = 0; i < t->input_n; i++) {
        if (cell_is_any(&r->cell[i]))
            continue;
        uint32_t met = cell_met(l, &r->cell[i], lower_expr(l, t->input[i], at), at);
        out = out == NODE_NONE ? met : node_truth(l, NODE_AND, out, met);
    }
    return out == NODE_NONE ? node_const(l, TYPE_TRUTH, 0, cell_truth(TRUTH_MET)) : out;
}

/* One row above `below`; rows that constants decide leave no node. */
static uint32_t row_over(struct lower *l, Type type, uint32_t truth, uint32_t result,
                         uint32_t below)
{
    if (node_is_truth(l, truth, TRUTH_MET))
        return result;
    if (node_is_truth(l, truth, TRUTH_UNMET))
        return below;
    struct node like = {.op = NODE_ROW, .kind = type.kind, .scale = type.scale};
    return node_3(l, like, truth, result, below);
}

static uint32_t end_of_rows(struct lower *l, Type type, uint32_t top)
{
    struct node like = {.op = NODE_ROW_END, .kind = type.kind, .scale = type.scale};
    return node_1(l, like, top);
}

uint32_t lower_table(struct lower *l, const struct expr *e, Shift at)
{
    const struct table *t = e->table;
    uint32_t *row = ARENA_ARRAY(l->keep, uint32_t, t->row_n);
    uint32_t value = node_const(l, e->type.kind, e->type.scale, CELL_NO_ROW);
    for (uint32_t i = t->row_n; i-- > 0;) {
        const struct table_row *r = &t->row[i];
        row[i] = NODE_NONE;
        if (t->dated && (l->plan->as_of < r->from || l->plan->as_of > r->until))
            continue;
        row[i] = row_truth(l, t, r, at);
        uint32_t result = lower_scaled(l, r->result, at, e->type.scale);
        value = row_over(l, e->type, row[i], result, value);
    }
    struct plan *p = l->plan;
    VEC_PUSH(l->keep, p->table, p->table_n, p->table_cap) =
        (struct lowered_table){e, at.year, at.quarter, row};
    return end_of_rows(l, e->type, value);
}

/* 择一: as a table that asks for the label; an open selection makes every row possible. */
uint32_t lower_choice(struct lower *l, const struct expr *e, Shift at)
{
    uint32_t chosen = lower_expr(l, e->arg[0], at);
    uint32_t value = node_const(l, e->type.kind, e->type.scale, CELL_NO_ROW);
    for (uint32_t i = e->arg_n - 1; i > 1; i -= 2) {
        uint32_t met = lower_equal(l, chosen, lower_expr(l, e->arg[i - 1], at));
        uint32_t x = lower_scaled(l, e->arg[i], at, e->type.scale);
        value = row_over(l, e->type, met, x, value);
    }
    return end_of_rows(l, e->type, value);
}
