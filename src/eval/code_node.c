/* code_node.c - one node as a lane: which, in which type, with which figures known beforehand.
 *
 * A node gets a lane only if every figure on the way fits the lane's type, which the ranges of its
 * arguments tell. Constants become figures of the instruction wherever a lane takes one.
 */
#include "base/arena.h"
#include "eval/code_int.h"

static Wide figure_of(const struct coder *c, uint32_t n)
{
    return c->fact[n].blank.lo;
}

/* The narrowest of 32 and 64 bits that holds all of r; VEC_CELL if none does. */
static enum vec_type type_of_all(const struct range *r, size_t n)
{
    enum vec_type t = VEC_I32;
    for (size_t i = 0; i < n; i++) {
        enum vec_type x = r[i].known ? vec_type_of(r[i].lo, r[i].hi) : VEC_CELL;
        t = x > t ? x : t;
    }
    return t;
}

static enum vec_type type_of_args(const struct coder *c, uint32_t n, uint32_t first)
{
    struct range r[4] = {c->fact[n].range};
    uint32_t m = 1;
    for (uint32_t i = first; i < node_of(c, n)->arg_n; i++)
        r[m++] = c->fact[arg_of(c, n, i)].range;
    return type_of_all(r, m);
}

static bool lane_1(struct coder *c, uint32_t n, enum lane lane, enum vec_type t)
{
    if (t == VEC_CELL)
        return false;
    struct inst x = {.in = NO_SLOTS, .lane = lane_of[lane][t]};
    x.in[0] = slot_as(c, arg_of(c, n, 0), t);
    if (x.in[0] == SLOT_NONE)
        return false;
    inst_for(c, x, t, n);
    return true;
}

/* a op b with b, or for `turned` a, known beforehand if it is a constant. */
static bool lane_2(struct coder *c, uint32_t n, enum lane lane, enum lane known, enum lane turned,
                   enum vec_type t)
{
    uint32_t a = arg_of(c, n, 0), b = arg_of(c, n, 1);
    if (t == VEC_CELL)
        return false;
    struct inst x = {.in = NO_SLOTS, .lane = lane_of[lane][t]};
    if (is_figure(c, a) && turned != LANE_N) {
        x.lane = lane_of[turned][t];
        x.k[0] = (int64_t)figure_of(c, a);
        x.in[0] = slot_as(c, b, t);
    } else if (is_figure(c, b) && known != LANE_N) {
        x.lane = lane_of[known][t];
        x.k[0] = (int64_t)figure_of(c, b);
        x.in[0] = slot_as(c, a, t);
    } else {
        x.in[0] = slot_as(c, a, t);
        x.in[1] = slot_as(c, b, t);
        if (x.in[1] == SLOT_NONE)
            return false;
    }
    if (x.in[0] == SLOT_NONE)
        return false;
    inst_for(c, x, t, n);
    return true;
}

/* Products and quotients */

static struct range times(struct range r, Wide by)
{
    Wide a, b;
    if (!r.known || __builtin_mul_overflow(r.lo, by, &a) || __builtin_mul_overflow(r.hi, by, &b))
        return (struct range){0, 0, false};
    return (struct range){a < b ? a : b, a < b ? b : a, true};
}

static Wide size_of(struct range r)
{
    return -r.lo > r.hi ? -r.lo : r.hi;
}

static bool times_known(struct coder *c, uint32_t n, uint32_t a, Wide by)
{
    struct range r[3] = {c->fact[n].range, c->fact[a].range, {by, by, true}};
    enum vec_type t = type_of_all(r, 3);
    if (t == VEC_CELL)
        return false;
    struct inst x = {.in = NO_SLOTS, .k = {(int64_t)by}, .lane = lane_of[LANE_MUL_K][t]};
    x.ends = by == 0 ? NULL : lane_of[LANE_MUL_K][VEC_I64];
    x.in[0] = slot_as(c, a, t);
    if (x.in[0] == SLOT_NONE)
        return false;
    inst_for(c, x, t, n);
    return true;
}

/* over * up / down in 64 bits, rounded as the node says; `slot` holds figures in `over`. */
static bool share(struct coder *c, uint32_t n, uint32_t slot, struct range over, Wide up, Wide down)
{
    struct range r = times(over, up);
    enum rounding how = node_of(c, n)->how;
    if (slot == SLOT_NONE || !r.known || size_of(r) >= (Wide)1 << 61 || down >= (Wide)1 << 61)
        return false;
    struct inst x = {.in = {slot, SLOT_NONE, SLOT_NONE}, .k = {(int64_t)up, (int64_t)down}};
    if (how == ROUND_HALF_UP)
        x.lane = lane_of[LANE_SHARE][VEC_I64];
    else if (how == ROUND_DOWN)
        x.lane = lane_of[LANE_CUT][VEC_I64];
    else if (how == ROUND_FLOOR && up == 1)
        x.lane = lane_of[LANE_FLOOR][VEC_I64];
    else
        return false;
    x.ends = up == 0 ? NULL : x.lane;
    inst_for(c, x, VEC_I64, n);
    return true;
}

static bool share_of(struct coder *c, uint32_t n, uint32_t a, Wide up, Wide down)
{
    if (down == 1)
        return times_known(c, n, a, up);
    return share(c, n, slot_as(c, a, VEC_I64), c->fact[a].range, up, down);
}

static bool code_rescale(struct coder *c, uint32_t n)
{
    const struct node *k = node_of(c, n);
    uint32_t a = arg_of(c, n, 0);
    if (k->scale >= k->scale_of[0])
        return times_known(c, n, a, wide_pow10(k->scale - k->scale_of[0]));
    return k->scale_of[0] - k->scale <= 18 &&
           share_of(c, n, a, 1, wide_pow10(k->scale_of[0] - k->scale));
}

/* A constant without the zeros at its end, and how many decimals that leaves. */
static Wide trimmed(Wide v, int *scale)
{
    while (v != 0 && v % 10 == 0 && *scale > 0) {
        v /= 10;
        --*scale;
    }
    return v;
}

static bool mul_known(struct coder *c, uint32_t n, uint32_t a, int scale, uint32_t b, int scale_b)
{
    Wide by = trimmed(figure_of(c, b), &scale_b);
    int to = node_of(c, n)->scale, from = scale + scale_b;
    if (to >= from)
        return to - from <= 18 && times_known(c, n, a, by * wide_pow10(to - from));
    return from - to <= 18 && share_of(c, n, a, by, wide_pow10(from - to));
}

static bool mul_and_round(struct coder *c, uint32_t n, uint32_t a, uint32_t b)
{
    const struct node *k = node_of(c, n);
    int drop = k->scale_of[0] + k->scale_of[1] - k->scale;
    struct range x = c->fact[a].range, y = c->fact[b].range, r[4];
    if (is_figure(c, a) || is_figure(c, b) || !x.known || !y.known || drop > 18)
        return false;
    r[0] = times(x, y.lo);
    r[1] = times(x, y.hi);
    if (!r[0].known || !r[1].known)
        return false;
    struct range all = {r[0].lo < r[1].lo ? r[0].lo : r[1].lo,
                        r[0].hi > r[1].hi ? r[0].hi : r[1].hi, true};
    if (size_of(all) >= (Wide)1 << 61)
        return false;
    struct inst part = {.in = NO_SLOTS, .lane = lane_of[LANE_MUL][VEC_I64]};
    part.in[0] = slot_as(c, a, VEC_I64);
    part.in[1] = slot_as(c, b, VEC_I64);
    if (part.in[0] == SLOT_NONE || part.in[1] == SLOT_NONE)
        return false;
    return share(c, n, part_add(c, part, VEC_I64), all, 1, wide_pow10(drop));
}

static bool code_mul(struct coder *c, uint32_t n)
{
    const struct node *k = node_of(c, n);
    uint32_t a = arg_of(c, n, 0), b = arg_of(c, n, 1);
    if (is_figure(c, b) && figure_of(c, b) < (Wide)1 << 60 && figure_of(c, b) > -((Wide)1 << 60))
        return mul_known(c, n, a, k->scale_of[0], b, k->scale_of[1]);
    if (is_figure(c, a) && figure_of(c, a) < (Wide)1 << 60 && figure_of(c, a) > -((Wide)1 << 60))
        return mul_known(c, n, b, k->scale_of[1], a, k->scale_of[0]);
    if (k->scale_of[0] + k->scale_of[1] == k->scale)
        return lane_2(c, n, LANE_MUL, LANE_N, LANE_N, type_of_args(c, n, 0));
    return k->scale_of[0] + k->scale_of[1] > k->scale && mul_and_round(c, n, a, b);
}

static bool code_div(struct coder *c, uint32_t n)
{
    const struct node *k = node_of(c, n);
    uint32_t a = arg_of(c, n, 0), b = arg_of(c, n, 1);
    int up = k->scale + k->scale_of[1] - k->scale_of[0];
    if (up < 0 || up > 18)
        return false;
    Wide by = wide_pow10(up);
    if (is_figure(c, b)) {
        Wide down = figure_of(c, b);
        return down != 0 && down < (Wide)1 << 60 && down > -((Wide)1 << 60) &&
               share_of(c, n, a, down < 0 ? -by : by, down < 0 ? -down : down);
    }
    struct range over = times(c->fact[a].range, by), under = c->fact[b].range;
    if (k->how != ROUND_HALF_UP || !over.known || !under.known || size_of(over) >= (Wide)1 << 61 ||
        size_of(under) >= (Wide)1 << 61)
        return false;
    struct inst x = {.in = NO_SLOTS, .k = {(int64_t)by}, .lane = lane_of[LANE_QUOTIENT][VEC_I64]};
    x.in[0] = slot_as(c, a, VEC_I64);
    x.in[1] = slot_as(c, b, VEC_I64);
    if (x.in[0] == SLOT_NONE || x.in[1] == SLOT_NONE)
        return false;
    x.by_zero = under.lo <= 0 && under.hi >= 0;
    inst_for(c, x, VEC_I64, n);
    return true;
}

/* Comparisons */

Wide cut_of(Wide v, int from, int to, bool above)
{
    Wide cut = 0;
    if (from <= to)
        return wide_rescale(&cut, v, from, to, ROUND_CEIL) ? cut + above
               : v < 0                                     ? -WIDE_MAX
                                                           : WIDE_MAX;
    ASSERT(wide_rescale(&cut, v, from, to, ROUND_FLOOR));
    bool exact = wide_cmp(cut, to, v, from) == 0;
    return exact && !above ? cut : cut + 1;
}

/* The type a node's column stands in; VEC_CELL also if it has none. */
static enum vec_type type_as_is(struct coder *c, uint32_t n)
{
    uint32_t slot = slot_of(c, n); /* may move the slots */
    const struct slot *s = &c->code->slot[slot];
    return s->kind == SLOT_CONST ? VEC_CELL : s->type;
}

static int64_t clamped(Wide v, enum vec_type t)
{
    Wide inf = vec_inf(t);
    return (int64_t)(v > inf ? inf : v < -inf ? -inf : v);
}

/* x against a constant: where truth turns is known beforehand. */
static bool compare_known(struct coder *c, uint32_t n, enum lane lane, uint32_t x, Wide k)
{
    enum vec_type t = type_as_is(c, x);
    if (t == VEC_CELL)
        return false;
    struct inst i = {.in = NO_SLOTS, .k = {clamped(k, t)}, .lane = lane_of[lane][t]};
    const bool turns =
        (lane == LANE_LE_K || lane == LANE_GE_K) && k < vec_inf(t) && k > -vec_inf(t);
    i.ends = turns ? lane_of[lane][VEC_I64] : NULL;
    i.in[0] = slot_of(c, x);
    inst_for(c, i, VEC_I8, n);
    return true;
}

static bool compare_columns(struct coder *c, uint32_t n, enum lane lane)
{
    const struct node *k = node_of(c, n);
    struct range r[2] = {c->fact[arg_of(c, n, 0)].range, c->fact[arg_of(c, n, 1)].range};
    enum vec_type t = type_of_all(r, 2);
    if (k->scale_of[0] != k->scale_of[1] || t == VEC_CELL)
        return false;
    struct inst i = {.in = NO_SLOTS, .lane = lane_of[lane][t]};
    i.in[0] = slot_as(c, arg_of(c, n, 0), t);
    i.in[1] = slot_as(c, arg_of(c, n, 1), t);
    if (i.in[0] == SLOT_NONE || i.in[1] == SLOT_NONE)
        return false;
    inst_for(c, i, VEC_I8, n);
    return true;
}

static bool code_order(struct coder *c, uint32_t n, bool or_equal)
{
    const struct node *k = node_of(c, n);
    uint32_t a = arg_of(c, n, 0), b = arg_of(c, n, 1);
    if (is_figure(c, b)) /* a < b: a <= cut - 1 */
        return compare_known(c, n, LANE_LE_K, a,
                             cut_of(figure_of(c, b), k->scale_of[1], k->scale_of[0], or_equal) - 1);
    if (is_figure(c, a))
        return compare_known(c, n, LANE_GE_K, b,
                             cut_of(figure_of(c, a), k->scale_of[0], k->scale_of[1], !or_equal));
    return compare_columns(c, n, or_equal ? LANE_LE : LANE_LT);
}

static bool code_equal(struct coder *c, uint32_t n)
{
    const struct node *k = node_of(c, n);
    uint32_t a = arg_of(c, n, 0), b = arg_of(c, n, 1);
    int scale = k->scale_of[0];
    if (is_figure(c, a)) {
        uint32_t swap = a;
        a = b;
        b = swap;
        scale = k->scale_of[1];
    }
    if (!is_figure(c, b))
        return compare_columns(c, n, LANE_EQ);
    Wide at = cut_of(figure_of(c, b), node_of(c, b)->scale, scale, false);
    bool exact = wide_cmp(at, scale, figure_of(c, b), node_of(c, b)->scale) == 0;
    return compare_known(c, n, LANE_EQ_K, a, exact ? at : WIDE_MAX); /* a column's no bound */
}

static bool code_equal_truth(struct coder *c, uint32_t n)
{
    uint32_t a = arg_of(c, n, 0), b = arg_of(c, n, 1);
    uint32_t known = is_figure(c, a) ? a : b, x = known == a ? b : a;
    return is_figure(c, known) ? compare_known(c, n, LANE_EQ_K, x, figure_of(c, known))
                               : compare_columns(c, n, LANE_EQ);
}

/* Choices */

static bool code_if(struct coder *c, uint32_t n)
{
    const struct node *k = node_of(c, n);
    uint32_t yes = arg_of(c, n, 1), no = arg_of(c, n, 2);
    enum vec_type t = k->kind == TYPE_TRUTH ? VEC_I8 : type_of_args(c, n, 1);
    uint32_t when = slot_as(c, arg_of(c, n, 0), VEC_I8);
    if (t == VEC_CELL || when == SLOT_NONE)
        return false;
    struct inst x = {.in = {when, SLOT_NONE, SLOT_NONE}, .pick = true};
    bool known = is_figure(c, yes), other = !known && is_figure(c, no);
    const struct fact *cond = &c->fact[arg_of(c, n, 0)];
    x.filled = known && cond->gap != NODE_NONE && cond->gap == c->fact[n].gap && !cond->open &&
               cond->blank.lo == TRUTH_MET;
    x.lane = lane_of[known ? LANE_PICK_K : other ? LANE_PICK_OR_K : LANE_PICK][t];
    if (known || other)
        x.k[0] = (int64_t)figure_of(c, known ? yes : no);
    if (!known)
        x.in[1] = slot_as(c, yes, t);
    if (!other)
        x.in[2] = slot_as(c, no, t);
    if ((!known && x.in[1] == SLOT_NONE) || (!other && x.in[2] == SLOT_NONE))
        return false;
    inst_for(c, x, t, n);
    return true;
}

/* The first argument where it is definite, else whatever the kernel says. */
static bool code_first(struct coder *c, uint32_t n)
{
    enum vec_type t = node_of(c, n)->kind == TYPE_TRUTH ? VEC_I8 : type_of_args(c, n, 0);
    if (t == VEC_CELL)
        return false;
    struct inst x = {.in = NO_SLOTS, .lane = lane_of[LANE_COPY][t], .first_only = true};
    x.ends = t != VEC_I8 && node_of(c, n)->op == NODE_REVIEWED ? lane_of[LANE_COPY][VEC_I64] : NULL;
    x.in[0] = slot_as(c, arg_of(c, n, 0), t);
    if (x.in[0] == SLOT_NONE)
        return false;
    inst_for(c, x, t, n);
    return true;
}

/* Definite rows are not missing; the kernel looks at the others. */
static bool code_missing(struct coder *c, uint32_t n)
{
    if (type_as_is(c, arg_of(c, n, 0)) == VEC_CELL)
        return false;
    inst_for(c,
             (struct inst){.in = NO_SLOTS, .lane = lane_of[LANE_FILL][VEC_I8], .k = {TRUTH_UNMET}},
             VEC_I8, n);
    return true;
}

static bool code_truth(struct coder *c, uint32_t n, enum lane lane)
{
    struct inst x = {.in = NO_SLOTS, .lane = lane_of[lane][VEC_I8]};
    for (uint32_t i = 0; i < node_of(c, n)->arg_n; i++) {
        x.in[i] = slot_as(c, arg_of(c, n, i), VEC_I8);
        if (x.in[i] == SLOT_NONE)
            return false;
    }
    inst_for(c, x, VEC_I8, n);
    return true;
}

static bool code_tally(struct coder *c, uint32_t n)
{
    struct inst x = {.in = NO_SLOTS, .lane = lane_of[LANE_TALLY][VEC_I32]};
    x.in[0] = slot_as(c, arg_of(c, n, 0), VEC_I8);
    if (x.in[0] == SLOT_NONE)
        return false;
    inst_for(c, x, VEC_I32, n);
    return true;
}

/* Does a node give its first argument back, whatever the row? x / 1, bounds beyond its range. */
static bool is_same(const struct coder *c, uint32_t n)
{
    const struct node *k = node_of(c, n);
    if (k->kept || k->arg_n != 2 || !is_figure(c, arg_of(c, n, 1)))
        return false;
    const struct fact *a = &c->fact[arg_of(c, n, 0)];
    Wide v = figure_of(c, arg_of(c, n, 1));
    if (k->op == NODE_DIV)
        return k->scale == k->scale_of[0] && k->scale_of[1] <= 18 &&
               v == wide_pow10(k->scale_of[1]);
    bool bound = a->range.known && !a->open;
    return (k->op == NODE_MIN && bound && v >= a->range.hi) ||
           (k->op == NODE_MAX && bound && v <= a->range.lo);
}

bool code_lane(struct coder *c, uint32_t n)
{
    if (is_same(c, n)) {
        c->at[n] = slot_of(c, arg_of(c, n, 0));
        return true;
    }
    if (node_of(c, n)->kind != TYPE_TRUTH && !c->fact[n].range.known)
        return false; /* lanes give figures, and none is sure to hold them */
    switch ((int)node_of(c, n)->op) {
    case NODE_RESCALE: return code_rescale(c, n);
    case NODE_NEG: return lane_1(c, n, LANE_NEG, type_of_args(c, n, 0));
    case NODE_ABS: return lane_1(c, n, LANE_ABS, type_of_args(c, n, 0));
    case NODE_ADD: return lane_2(c, n, LANE_ADD, LANE_ADD_K, LANE_ADD_K, type_of_args(c, n, 0));
    case NODE_SUB: return lane_2(c, n, LANE_SUB, LANE_N, LANE_K_SUB, type_of_args(c, n, 0));
    case NODE_MAX: return lane_2(c, n, LANE_MAX, LANE_MAX_K, LANE_MAX_K, type_of_args(c, n, 0));
    case NODE_MIN: return lane_2(c, n, LANE_MIN, LANE_MIN_K, LANE_MIN_K, type_of_args(c, n, 0));
    case NODE_MUL: return code_mul(c, n);
    case NODE_DIV: return code_div(c, n);
    case NODE_AND: return code_truth(c, n, LANE_AND);
    case NODE_OR: return code_truth(c, n, LANE_OR);
    case NODE_NOT: return code_truth(c, n, LANE_NOT);
    case NODE_EQ_NUM:
    case NODE_EQ_TEXT: return code_equal(c, n);
    case NODE_EQ_TRUTH: return code_equal_truth(c, n);
    case NODE_LT: return code_order(c, n, false);
    case NODE_LE: return code_order(c, n, true);
    case NODE_MISSING: return code_missing(c, n);
    case NODE_TALLY: return code_tally(c, n);
    case NODE_IF: return code_if(c, n);
    case NODE_REVIEWED: /* nobody has reviewed anything? */
        return is_const(c, arg_of(c, n, 1)) && !is_figure(c, arg_of(c, n, 1)) && code_first(c, n);
    case NODE_DEFAULT:
    case NODE_CARRY: return code_first(c, n);
    default: return false;
    }
}
