/* sum.c - what a change of rules comes to.
 *
 * Cost: one pass over the subjects for each gate, grade, policy and rank.
 */
#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "compare/compare_int.h"

static const struct rules *rules_of(const struct compare *k, int side)
{
    return k->side[side].rules;
}

static const struct item *item_at(const struct compare *k, int side, int32_t item)
{
    return &rules_of(k, side)->item[item];
}

/* ---- who gains, who loses ---- */

bool compare_gain(const struct compare *k, uint32_t row, int scale, Wide out[3])
{
    for (int side = 0; side < 2; side++) {
        int32_t score = k->side[side].score;
        Wide lo = score < 0 ? -WIDE_INF : compare_value(k, side, score, row).lo;
        if (lo == -WIDE_INF || lo == WIDE_INF ||
            !wide_rescale(&out[side], lo, item_at(k, side, score)->type.scale, scale, ROUND_DOWN))
            return false;
    }
    return wide_sub(&out[2], out[NEW], out[OLD]);
}

/* Keeps the largest, the earlier row of equals first. */
static void keep_top(struct gain *g, uint32_t row, Wide by)
{
    uint32_t at = g->top_n < GAIN_TOP ? g->top_n++ : GAIN_TOP;
    Wide size = by < 0 ? -by : by;
    while (at > 0 && size > (g->by[at - 1] < 0 ? -g->by[at - 1] : g->by[at - 1])) {
        at--;
        if (at + 1 < GAIN_TOP) {
            g->row[at + 1] = g->row[at];
            g->by[at + 1] = g->by[at];
        }
    }
    if (at < GAIN_TOP) {
        g->row[at] = row;
        g->by[at] = by;
    }
}

static void sum_gains(const struct compare *k, struct impact *m)
{
    for (uint32_t row = 0; row < k->row_n; row++) {
        int way = compare_direction(k, row);
        Wide x[3];
        if ((way != 1 && way != -1) || !compare_gain(k, row, m->score_scale, x))
            continue;
        struct gain *g = &m->gain[way == 1];
        g->n++;
        g->sum += x[2];
        keep_top(g, row, x[2]);
    }
}

/* ---- gates ---- */

static void sum_gates(const struct compare *k, struct impact *m)
{
    const struct rules *r = rules_of(k, OLD);
    m->gate = ARENA_ARRAY(k->arena, struct gate_move, r->item_n + 1);
    for (uint32_t i = 0; i < r->item_n; i++) {
        bool kind = r->item[i].kind == ITEM_GATE || r->item[i].kind == ITEM_PASS;
        int32_t twin = kind ? compare_twin(r, i, rules_of(k, NEW)) : -1;
        if (twin < 0)
            continue;
        struct gate_move *g = &m->gate[m->gate_n++];
        *g = (struct gate_move){.item = {(int32_t)i, twin}};
        for (uint32_t row = 0; row < k->row_n; row++) {
            bool was = compare_value(k, OLD, (int32_t)i, row).lo == TRUTH_MET;
            bool is = compare_value(k, NEW, twin, row).lo == TRUTH_MET;
            g->met[OLD] += was;
            g->met[NEW] += is;
            g->gained += !was && is;
            g->lost += was && !is;
        }
    }
}

/* ---- grades ---- */

static void list_grades(const struct compare *k, struct impact *m)
{
    m->grade = ARENA_ARRAY(k->arena, Str, 256);
    for (int side = 0; side < 2; side++) {
        int32_t grade = k->side[side].grade;
        const struct expr *e = grade < 0 ? NULL : item_at(k, side, grade)->expr;
        for (uint32_t i = 0; e != NULL && e->kind == EXPR_TABLE && i < e->table->row_n; i++) {
            Str label = e->table->row[i].result->name;
            uint32_t at = 0;
            while (at < m->grade_n && !str_eq(m->grade[at], label))
                at++;
            if (at == m->grade_n && m->grade_n < 255)
                m->grade[m->grade_n++] = label;
        }
    }
}

static uint32_t grade_of(const struct compare *k, const struct impact *m, int side, uint32_t row)
{
    Cell c = compare_value(k, side, k->side[side].grade, row);
    if (c.lo != c.hi)
        return m->grade_n;
    Str label = labels_text(k->side[side].data->labels, (uint32_t)c.lo);
    uint32_t at = 0;
    while (at < m->grade_n && !str_eq(m->grade[at], label))
        at++;
    return at;
}

static void sum_grades(const struct compare *k, struct impact *m)
{
    if (k->side[OLD].grade < 0 || k->side[NEW].grade < 0)
        return;
    list_grades(k, m);
    size_t n = m->grade_n + 1;
    m->matrix = ARENA_ARRAY(k->arena, size_t, n * n);
    for (uint32_t row = 0; row < k->row_n; row++)
        m->matrix[grade_of(k, m, OLD, row) * n + grade_of(k, m, NEW, row)]++;
}

/* ---- money ---- */

static void add_money(struct money *sum, Cell c)
{
    Wide lo = c.lo == -WIDE_INF ? 0 : c.lo, hi = c.hi == WIDE_INF ? 0 : c.hi;
    bool fits = wide_add(&sum->sum.lo, sum->sum.lo, lo) && wide_add(&sum->sum.hi, sum->sum.hi, hi);
    sum->open |= !fits || c.lo == -WIDE_INF || c.hi == WIDE_INF;
    sum->payees += lo > 0;
}

static void list_policies(const struct compare *k, struct impact *m)
{
    const struct rules *old = rules_of(k, OLD), *new = rules_of(k, NEW);
    m->policy = ARENA_ARRAY(k->arena, struct policy_move, old->item_n + new->item_n + 1);
    for (uint32_t i = 0; i < old->item_n; i++)
        if (old->item[i].kind == ITEM_POLICY)
            m->policy[m->policy_n++].item[OLD] = (int32_t)i;
    uint32_t both = m->policy_n;
    for (uint32_t i = 0; i < both; i++)
        m->policy[i].item[NEW] = compare_twin(old, (uint32_t)m->policy[i].item[OLD], new);
    for (uint32_t i = 0; i < new->item_n; i++)
        if (new->item[i].kind == ITEM_POLICY && compare_twin(new, i, old) < 0)
            m->policy[m->policy_n++] = (struct policy_move){.item = {-1, (int32_t)i}};
    for (uint32_t i = 0; i < m->policy_n; i++)
        for (int side = 0; side < 2; side++) {
            int32_t item = m->policy[i].item[side];
            int scale = item < 0 ? 0 : item_at(k, side, item)->type.scale;
            m->money_scale = scale > m->money_scale ? scale : m->money_scale;
        }
}

/* At money_scale, which is no coarser; ends without a bound stay. */
static Cell money_of(const struct compare *k, const struct impact *m, int side, int32_t item,
                     uint32_t row)
{
    Cell c = compare_value(k, side, item, row);
    int scale = item_at(k, side, item)->type.scale;
    if (c.lo != -WIDE_INF && !wide_rescale(&c.lo, c.lo, scale, m->money_scale, ROUND_DOWN))
        c.lo = -WIDE_INF;
    if (c.hi != WIDE_INF && !wide_rescale(&c.hi, c.hi, scale, m->money_scale, ROUND_DOWN))
        c.hi = WIDE_INF;
    return c;
}

static bool counts_once(const struct item *it)
{
    return it->stacking_group.n > 0 &&
           (it->stacking == STACK_HIGHEST || it->stacking == STACK_TOP_UP);
}

/* The highest of the group that this policy opens; false: an earlier one opened it. */
static bool highest(const struct compare *k, const struct impact *m, int side, uint32_t row,
                    uint32_t at, Cell *out)
{
    const struct item *own = item_at(k, side, m->policy[at].item[side]);
    for (uint32_t i = 0; i < m->policy_n; i++) {
        int32_t item = m->policy[i].item[side];
        const struct item *it = item < 0 ? NULL : item_at(k, side, item);
        if (i == at || it == NULL || !counts_once(it) ||
            !str_eq(it->stacking_group, own->stacking_group))
            continue;
        if (i < at)
            return false;
        Cell c = money_of(k, m, side, item, row);
        out->lo = c.lo > out->lo ? c.lo : out->lo;
        out->hi = c.hi > out->hi ? c.hi : out->hi;
    }
    return true;
}

void compare_money(const struct compare *k, const struct impact *m, int side, uint32_t row,
                   struct money *sum)
{
    struct money own = {0};
    for (uint32_t i = 0; i < m->policy_n; i++) {
        int32_t item = m->policy[i].item[side];
        if (item < 0 || item_at(k, side, item)->type.kind != TYPE_NUM)
            continue;
        Cell c = money_of(k, m, side, item, row);
        if (!counts_once(item_at(k, side, item)) || highest(k, m, side, row, i, &c))
            add_money(&own, c);
    }
    add_money(sum, (Cell){own.sum.lo, own.open ? WIDE_INF : own.sum.hi});
}

static void sum_money(const struct compare *k, struct impact *m)
{
    list_policies(k, m);
    for (uint32_t i = 0; i < m->policy_n; i++)
        for (int side = 0; side < 2; side++) {
            int32_t item = m->policy[i].item[side];
            for (uint32_t row = 0; item >= 0 && row < k->row_n; row++)
                add_money(&m->policy[i].money[side], money_of(k, m, side, item, row));
        }
    for (int side = 0; side < 2 && m->policy_n > 0; side++)
        for (uint32_t row = 0; row < k->row_n; row++)
            compare_money(k, m, side, row, &m->total[side]);
}

/* ---- ranks ---- */

static void add_rank(struct rank_move *r, Cell a, Cell b, uint32_t row)
{
    if (a.lo == -WIDE_INF || b.lo == -WIDE_INF)
        return;
    int64_t by = (int64_t)(a.lo - b.lo); /* places gained */
    r->n++;
    r->moved += by != 0;
    r->sum += (uint64_t)(by < 0 ? -by : by);
    if (by > r->best) {
        r->best = by;
        r->best_row = row;
    }
    if (by < r->worst) {
        r->worst = by;
        r->worst_row = row;
    }
}

static void sum_ranks(const struct compare *k, struct impact *m)
{
    const struct rules *r = rules_of(k, OLD);
    m->rank = ARENA_ARRAY(k->arena, struct rank_move, r->item_n + 1);
    if (k->side[OLD].rank != NULL && k->side[NEW].rank != NULL) {
        struct rank_move *x = &m->rank[m->rank_n++];
        x->name = str_of(ZE(k, "全体", "everybody"));
        for (uint32_t row = 0; row < k->row_n; row++)
            add_rank(x, k->side[OLD].rank[compare_row(k, OLD, row)],
                     k->side[NEW].rank[compare_row(k, NEW, row)], row);
    }
    for (uint32_t i = 0; i < r->item_n; i++) {
        int32_t twin = r->item[i].kind == ITEM_RANK ? compare_twin(r, i, rules_of(k, NEW)) : -1;
        if (twin < 0 || r->item[i].type.scale != 0)
            continue;
        struct rank_move *x = &m->rank[m->rank_n++];
        x->name = r->item[i].name;
        for (uint32_t row = 0; row < k->row_n; row++)
            add_rank(x, compare_value(k, OLD, (int32_t)i, row), compare_value(k, NEW, twin, row),
                     row);
    }
}

bool compare_sum(struct compare *k, struct impact *m, const Str *by, size_t by_n, Str *unknown)
{
    *m = (struct impact){0};
    for (int side = 0; side < 2; side++) {
        int32_t score = k->side[side].score;
        int scale = score < 0 ? 0 : item_at(k, side, score)->type.scale;
        m->score_scale = scale > m->score_scale ? scale : m->score_scale;
    }
    sum_gains(k, m);
    sum_gates(k, m);
    sum_grades(k, m);
    sum_money(k, m);
    sum_ranks(k, m);
    return compare_splits(k, m, by, by_n, unknown);
}
