/* code_table.c - decision tables: as step functions where one column decides, else row by row.
 *
 * Where all conditions compare one value x with constants, the row that holds can only change at
 * finitely many cuts of x. Between two cuts the table is tried once, with the conditions' own
 * meaning (AND OR NOT < <= =); so it is known beforehand whether some row always holds, and which.
 * If the results are constants too the table is a step function of x; a table with results that
 * are computed runs row by row, from the last to the first, each overwriting what stands below.
 */
#include "base/arena.h"
#include "eval/code_int.h"

enum { CUTS_MAX = 128, DEPTH_MAX = 64 };
/* One value x and where conditions on it may turn. */
struct cuts {
    struct coder *c;
    uint32_t x; /* NODE_NONE: not seen yet */
    Wide at[CUTS_MAX];
    uint32_t n;
};

static struct table_rows *collect_rows(struct coder *c, uint32_t n)
{
    struct table_rows *t = ARENA_NEW(c->tmp, struct table_rows);
    size_t row_n = 0, cap = 0;
    uint32_t at = node_of(c, n)->op == NODE_ROW ? n : arg_of(c, n, 0);
    while (node_of(c, at)->op == NODE_ROW && (at == n || !node_of(c, at)->kept)) {
        VEC_PUSH(c->tmp, t->row, row_n, cap) = at;
        at = arg_of(c, at, 2);
    }
    t->n = (uint32_t)row_n;
    t->below = at;
    t->endless = is_const(c, at) && cell_same(c->fact[at].blank, CELL_NO_ROW);
    return t;
}

static bool is_comparison(const struct node *k)
{
    return k->op == NODE_LT || k->op == NODE_LE || k->op == NODE_EQ_NUM || k->op == NODE_EQ_TEXT;
}

static bool add_cut(struct cuts *s, Wide at)
{
    if (s->n == CUTS_MAX)
        return false;
    uint32_t i = s->n;
    while (i > 0 && s->at[i - 1] > at)
        i--;
    if (i > 0 && s->at[i - 1] == at)
        return true;
    for (uint32_t j = s->n++; j > i; j--)
        s->at[j] = s->at[j - 1];
    s->at[i] = at;
    return true;
}

/* Both places where a comparison with v may turn: at the first whole unit from v on, and behind. */
static bool collect_cuts(struct cuts *s, uint32_t n, int depth)
{
    const struct node *k = node_of(s->c, n);
    if (is_const(s->c, n)) {
        Wide truth = s->c->fact[n].blank.lo;
        return truth == TRUTH_MET || truth == TRUTH_UNMET;
    }
    if (is_comparison(k)) {
        uint32_t a = arg_of(s->c, n, 0), b = arg_of(s->c, n, 1);
        bool turned = is_const(s->c, a);
        uint32_t x = turned ? b : a, v = turned ? a : b;
        if (!is_const(s->c, v) || !cell_is_definite(node_of(s->c, v)->kind, s->c->fact[v].blank) ||
            (s->x != NODE_NONE && s->x != x))
            return false;
        s->x = x;
        Wide value = s->c->fact[v].blank.lo;
        int from = k->scale_of[turned ? 0 : 1], to = k->scale_of[turned ? 1 : 0];
        return add_cut(s, cut_of(value, from, to, false)) &&
               add_cut(s, cut_of(value, from, to, true));
    }
    if ((k->op != NODE_AND && k->op != NODE_OR && k->op != NODE_NOT) || depth == 0)
        return false;
    for (uint32_t i = 0; i < k->arg_n; i++)
        if (!collect_cuts(s, arg_of(s->c, n, i), depth - 1))
            return false;
    return true;
}

/* Is condition n met for x? */
static bool holds(const struct cuts *s, uint32_t n, Wide x)
{
    const struct node *k = node_of(s->c, n);
    if (is_const(s->c, n))
        return s->c->fact[n].blank.lo == TRUTH_MET;
    uint32_t a = arg_of(s->c, n, 0), b = k->arg_n > 1 ? arg_of(s->c, n, 1) : a;
    switch ((int)k->op) {
    case NODE_AND: return holds(s, a, x) && holds(s, b, x);
    case NODE_OR: return holds(s, a, x) || holds(s, b, x);
    case NODE_NOT: return !holds(s, a, x);
    default: break;
    }
    Wide left = is_const(s->c, a) ? s->c->fact[a].blank.lo : x;
    Wide right = is_const(s->c, b) ? s->c->fact[b].blank.lo : x;
    int order = wide_cmp(left, k->scale_of[0], right, k->scale_of[1]);
    return k->op == NODE_LT ? order < 0 : k->op == NODE_LE ? order <= 0 : order == 0;
}

/* Which row holds for x; t->n: what stands behind them. */
static uint32_t row_for(const struct cuts *s, const struct table_rows *t, Wide x)
{
    for (uint32_t i = 0; i < t->n; i++)
        if (holds(s, arg_of(s->c, t->row[i], 0), x))
            return i;
    return t->n;
}

/* NA counts as not met in a row, and NOT keeps it: a constant NA is left to the rows' own code. */
static bool find_cuts(struct cuts *s, struct coder *c, const struct table_rows *t)
{
    *s = (struct cuts){.c = c, .x = NODE_NONE};
    for (uint32_t i = 0; i < t->n; i++)
        if (!collect_cuts(s, arg_of(c, t->row[i], 0), DEPTH_MAX))
            return false;
    return s->x != NODE_NONE;
}

/* The representative of the values before cut i (i = n: from the last cut on). */
static Wide between(const struct cuts *s, uint32_t i)
{
    return i == 0 ? s->at[0] - 1 : s->at[i - 1];
}

/* Can x lie before cut i, and not before the one in front of it? */
static bool is_reached(const struct cuts *s, uint32_t i)
{
    const struct range r = s->c->fact[s->x].range;
    return !r.known || ((i == s->n || r.lo < s->at[i]) && (i == 0 || r.hi >= s->at[i - 1]));
}

static bool always_holds(const struct cuts *s, const struct table_rows *t)
{
    bool all = true;
    for (uint32_t i = 0; i <= s->n; i++)
        all &= !is_reached(s, i) || row_for(s, t, between(s, i)) < t->n;
    return all;
}

static uint32_t result_of(const struct coder *c, const struct table_rows *t, uint32_t row)
{
    return row == t->n ? t->below : arg_of(c, t->row[row], 1);
}

/* Slots of all rows, for the kernels. */
static void add_sources(struct coder *c, struct inst *x, const struct table_rows *t)
{
    x->row = ARENA_ARRAY(c->tmp, struct table_step, t->n);
    x->below = t->endless ? SLOT_NONE : slot_of(c, t->below);
    for (uint32_t i = 0; i < t->n; i++)
        x->row[i] = (struct table_step){.node = t->row[i],
                                        .truth = slot_of(c, arg_of(c, t->row[i], 0)),
                                        .lane_truth = SLOT_NONE,
                                        .result = SLOT_NONE,
                                        .result_src = slot_of(c, arg_of(c, t->row[i], 1))};
}

static int64_t clamped(Wide v)
{
    return (int64_t)(v > INT64_MAX ? INT64_MAX : v < INT64_MIN ? INT64_MIN : v);
}

/* A step function of x: cuts that change nothing, or that x does not reach, are dropped. */
static const struct steps *make_steps(struct coder *c, const struct cuts *s,
                                      const struct table_rows *t)
{
    int64_t *from = ARENA_ARRAY(c->tmp, int64_t, s->n + 1);
    int64_t *value = ARENA_ARRAY(c->tmp, int64_t, s->n + 1);
    struct steps *out = ARENA_NEW(c->tmp, struct steps);
    *out = (struct steps){.from = from, .value = value};
    for (uint32_t i = 0; i <= s->n; i++) {
        if (!is_reached(s, i))
            continue;
        uint32_t result = result_of(c, t, row_for(s, t, between(s, i)));
        int64_t v = (int64_t)c->fact[result].blank.lo;
        if (out->n > 0 && value[out->n - 1] == v)
            continue;
        from[out->n] = i == 0 ? 0 : clamped(s->at[i - 1]);
        value[out->n++] = v;
    }
    return out;
}

/* The same for a column of this type: a cut that no figure of it reaches would not fit it either.
 * What is known about x may be wider than its column, where rows are open. */
static const struct steps *steps_for(struct coder *c, const struct steps *all, enum vec_type of_x)
{
    struct steps *out = ARENA_NEW(c->tmp, struct steps);
    uint32_t first = 0, end = 1;
    for (; end < all->n && all->from[end] < vec_inf(of_x); end++)
        if (all->from[end] <= -vec_inf(of_x))
            first = end;
    *out = (struct steps){.from = all->from + first, .value = all->value + first, .n = end - first};
    return out;
}

/* Can it be a step function? All results are figures and x has a column. */
static bool is_steps(const struct coder *c, uint32_t n, const struct cuts *s,
                     const struct table_rows *t)
{
    struct range of_x = c->fact[s->x].range, r = c->fact[n].range;
    if (!of_x.known || vec_type_of(of_x.lo, of_x.hi) == VEC_CELL || !r.known ||
        vec_type_of(r.lo, r.hi) == VEC_CELL || !is_const(c, t->below))
        return false;
    for (uint32_t i = 0; i <= s->n; i++)
        if (is_reached(s, i) && !is_figure(c, result_of(c, t, row_for(s, t, between(s, i)))))
            return false;
    for (uint32_t i = 0; i < t->n; i++)
        if (!is_const(c, arg_of(c, t->row[i], 1)))
            return false;
    return true;
}

struct table_rows *table_facts(struct coder *c, uint32_t n)
{
    struct fact *f = &c->fact[n];
    struct table_rows *t = collect_rows(c, n);
    struct cuts s;
    bool one = node_of(c, n)->op == NODE_ROW_END && find_cuts(&s, c, t);
    t->complete =
        (!t->endless && node_of(c, t->below)->op != NODE_ROW) || (one && always_holds(&s, t));
    t->x = NODE_NONE;
    if (one && t->complete && is_steps(c, n, &s, t)) {
        t->x = s.x;
        t->steps = make_steps(c, &s, t);
    }
    if (!t->complete) {
        f->open = true;
        f->gap = NODE_NONE;
    }
    return t;
}

static void code_steps(struct coder *c, uint32_t n, struct table_rows *t)
{
    uint32_t x = slot_of(c, t->x);
    t->steps = steps_for(c, t->steps, c->code->slot[x].type);
    enum vec_type to = vec_type_of(c->fact[n].range.lo, c->fact[n].range.hi);
    to = node_of(c, n)->kind == TYPE_TRUTH ? VEC_I8 : to < VEC_I32 ? VEC_I32 : to;
    struct inst i = {.kind = INST_STEPS, .in = {x, SLOT_NONE, SLOT_NONE}};
    i.steps = steps_of[c->code->slot[x].type][to];
    i.table = t;
    inst_for(c, i, to, n);
}

static enum vec_type type_of_results(const struct coder *c, uint32_t n, const struct table_rows *t)
{
    if (node_of(c, n)->kind == TYPE_TRUTH)
        return VEC_I8;
    struct range r = c->fact[n].range;
    for (uint32_t i = 0; i <= t->n; i++) {
        if (i == t->n && t->endless)
            break;
        struct range x = c->fact[result_of(c, t, i)].range;
        r.known &= x.known;
        r.lo = x.lo < r.lo ? x.lo : r.lo;
        r.hi = x.hi > r.hi ? x.hi : r.hi;
    }
    enum vec_type type = r.known ? vec_type_of(r.lo, r.hi) : VEC_CELL;
    return type < VEC_I32 ? VEC_I32 : type;
}

/* What the lane puts where a row holds: a column, or a figure. */
static bool lane_result(struct coder *c, struct table_step *r, uint32_t result, enum vec_type t)
{
    if (is_figure(c, result)) {
        r->k = (int64_t)c->fact[result].blank.lo;
        return true;
    }
    r->result = slot_as(c, result, t);
    return r->result != SLOT_NONE;
}

static bool lane_rows(struct coder *c, uint32_t n, struct inst *x, const struct table_rows *t,
                      enum vec_type type)
{
    if (type == VEC_CELL || node_of(c, n)->op == NODE_ROW)
        return false;
    for (uint32_t i = 0; i < t->n; i++) {
        x->row[i].lane_truth = slot_as(c, arg_of(c, t->row[i], 0), VEC_I8);
        if (x->row[i].lane_truth == SLOT_NONE ||
            !lane_result(c, &x->row[i], arg_of(c, t->row[i], 1), type))
            return false;
    }
    if (!t->endless)
        x->in[0] = slot_as(c, t->below, type);
    return t->endless || x->in[0] != SLOT_NONE;
}

void code_table(struct coder *c, uint32_t n)
{
    struct table_rows *t = c->table[n];
    if (t->x != NODE_NONE) {
        code_steps(c, n, t);
        return;
    }
    enum vec_type type = type_of_results(c, n, t);
    struct inst x = {.kind = INST_ROWS, .in = NO_SLOTS, .table = t};
    add_sources(c, &x, t);
    x.by_lane = lane_rows(c, n, &x, t, type);
    x.lane_type = type;
    inst_for(c, x, type, n);
}
