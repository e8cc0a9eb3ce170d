/* plan_node.c - making nodes: no two alike, constants folded.
 *
 * A node is looked up by everything that decides its value (op, kind, scales, arguments ..) in an
 * open-addressing table; making one costs O(arguments). Folding runs the node's own kernel on one
 * row, so a constant cannot differ from what a column would have given.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "eval/kernel_int.h"
#include "eval/lower_int.h"

enum { SLOTS_MIN = 1024, FOLD_ARGS_MAX = 4096 };

const kernel kernel_of[NODE_OP_N] = {
#define NODE(id, fn, arg_n) [NODE_##id] = (fn),
#include "eval/node_list.h"
#undef NODE
};

const struct node *node_at(const struct lower *l, uint32_t n)
{
    return &l->plan->node[n];
}

bool node_is_const(const struct lower *l, uint32_t n)
{
    return node_at(l, n)->op == NODE_CONST;
}

bool node_is_truth(const struct lower *l, uint32_t n, enum truth t)
{
    return node_is_const(l, n) && node_at(l, n)->value.lo == t;
}

static uint64_t mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

static uint64_t mix_wide(uint64_t h, Wide v)
{
    return mix(mix(h, (uint64_t)v), (uint64_t)((UWide)v >> 64));
}

uint64_t plan_node_hash(const struct node *k, const uint32_t *arg)
{
    uint64_t h = mix((uint64_t)k->op << 32 | (uint64_t)k->kind << 24 | (uint64_t)k->how << 16 |
                         (uint64_t)k->scale << 8 | k->scale_of[0],
                     (uint64_t)k->ref << 32 | (uint32_t)k->period);
    h = mix_wide(mix_wide(h, k->value.lo), k->value.hi);
    for (uint32_t i = 0; i < k->arg_n; i++)
        h = mix(h, arg[i]);
    return h;
}

bool plan_node_same(const struct plan *p, const struct node *a, const struct node *b,
                    const uint32_t *arg)
{
    return a->op == b->op && a->kind == b->kind && a->scale == b->scale && a->how == b->how &&
           a->ref == b->ref && a->period == b->period && cell_same(a->value, b->value) &&
           a->arg_n == b->arg_n &&
           (a->arg_n == 0 || memcmp(&p->arg[a->arg], arg, a->arg_n * sizeof *arg) == 0);
}

static void grow_slots(struct lower *l)
{
    struct plan *p = l->plan;
    l->slot_n = l->slot_n == 0 ? SLOTS_MIN : l->slot_n * 2;
    l->slot = ARENA_ARRAY(l->keep, uint32_t, l->slot_n);
    for (uint32_t n = 0; n < p->node_n; n++) {
        size_t at = plan_node_hash(&p->node[n], &p->arg[p->node[n].arg]) & (l->slot_n - 1);
        while (l->slot[at] != 0)
            at = (at + 1) & (l->slot_n - 1);
        l->slot[at] = n + 1;
    }
}

static uint32_t node_intern(struct lower *l, struct node k, const uint32_t *arg)
{
    struct plan *p = l->plan;
    if ((p->node_n + 1) * 2 > l->slot_n)
        grow_slots(l);
    size_t at = plan_node_hash(&k, arg) & (l->slot_n - 1);
    for (; l->slot[at] != 0; at = (at + 1) & (l->slot_n - 1))
        if (plan_node_same(p, &p->node[l->slot[at] - 1], &k, arg))
            return l->slot[at] - 1;
    if (p->node_n >= PLAN_NODES_MAX && l->status == OK)
        return lower_too_large(l);
    k.arg = (uint32_t)p->arg_n;
    for (uint32_t i = 0; i < k.arg_n; i++)
        VEC_PUSH(l->keep, p->arg, p->arg_n, p->arg_cap) = arg[i];
    if (k.arg_n > p->arg_max)
        p->arg_max = k.arg_n;
    VEC_PUSH(l->keep, p->node, p->node_n, p->node_cap) = k;
    l->slot[at] = (uint32_t)p->node_n;
    return (uint32_t)p->node_n - 1;
}

uint32_t node_const(struct lower *l, enum type_kind kind, int scale, Cell value)
{
    struct node k = {.op = NODE_CONST, .kind = kind, .scale = (uint8_t)scale, .value = value};
    return node_intern(l, k, NULL);
}

uint32_t node_unknown(struct lower *l, enum type_kind kind, int scale)
{
    return node_const(l, kind, scale, cell_unknown(kind));
}

uint32_t node_number(struct lower *l, int64_t value)
{
    return node_const(l, TYPE_NUM, 0, cell_point(value));
}

static bool can_fold(const struct lower *l, const struct node *k, const uint32_t *arg)
{
    if (k->op == NODE_FIELD || k->op == NODE_POP || k->op == NODE_STARTS)
        return false;
    for (uint32_t i = 0; i < k->arg_n; i++)
        if (!node_is_const(l, arg[i]))
            return false;
    return k->arg_n <= FOLD_ARGS_MAX;
}

static uint32_t fold(struct lower *l, const struct node *k, const uint32_t *arg)
{
    struct arena *keep = l->keep;
    struct operand *in = ARENA_ARRAY(keep, struct operand, k->arg_n);
    for (uint32_t i = 0; i < k->arg_n; i++)
        in[i] = (struct operand){&l->plan->node[arg[i]].value, 0};
    Cell value;
    kernel_of[k->op](k, NULL, &value, in, 1);
    return node_const(l, k->kind, k->scale, value);
}

uint32_t node_add(struct lower *l, struct node like, const uint32_t *arg, uint32_t arg_n)
{
    like.arg_n = arg_n;
    for (uint32_t i = 0; i < arg_n && i < ARRAY_N(like.scale_of); i++)
        like.scale_of[i] = node_at(l, arg[i])->scale;
    return can_fold(l, &like, arg) ? fold(l, &like, arg) : node_intern(l, like, arg);
}

uint32_t node_1(struct lower *l, struct node like, uint32_t a)
{
    return node_add(l, like, (uint32_t[]){a}, 1);
}

uint32_t node_2(struct lower *l, struct node like, uint32_t a, uint32_t b)
{
    return node_add(l, like, (uint32_t[]){a, b}, 2);
}

uint32_t node_3(struct lower *l, struct node like, uint32_t a, uint32_t b, uint32_t c)
{
    return node_add(l, like, (uint32_t[]){a, b, c}, 3);
}

uint32_t node_truth(struct lower *l, enum node_op op, uint32_t a, uint32_t b)
{
    if (op == NODE_AND && (node_is_truth(l, a, TRUTH_UNMET) || node_is_truth(l, b, TRUTH_UNMET)))
        return node_const(l, TYPE_TRUTH, 0, cell_truth(TRUTH_UNMET));
    if (op == NODE_OR && (node_is_truth(l, a, TRUTH_MET) || node_is_truth(l, b, TRUTH_MET)))
        return node_const(l, TYPE_TRUTH, 0, cell_truth(TRUTH_MET));
    return node_2(l, (struct node){.op = op, .kind = TYPE_TRUTH}, a, b);
}

uint32_t node_rescale(struct lower *l, uint32_t n, int scale, enum rounding how)
{
    const struct node *k = node_at(l, n);
    if (k->kind != TYPE_NUM || k->scale == scale)
        return n;
    struct node like = {.op = NODE_RESCALE, .kind = TYPE_NUM, .scale = (uint8_t)scale, .how = how};
    if (k->scale < scale)
        like.how = ROUND_HALF_UP; /* exact: no rounding, one node for all of them */
    return node_1(l, like, n);
}

static int larger_scale(const struct lower *l, uint32_t a, uint32_t b)
{
    int x = node_at(l, a)->scale, y = node_at(l, b)->scale;
    return x > y ? x : y;
}

uint32_t node_if(struct lower *l, uint32_t condition, uint32_t yes, uint32_t no)
{
    int scale = larger_scale(l, yes, no);
    if (node_is_truth(l, condition, TRUTH_MET))
        return node_rescale(l, yes, scale, ROUND_HALF_UP);
    if (node_is_truth(l, condition, TRUTH_UNMET) || node_is_truth(l, condition, TRUTH_NA))
        return node_rescale(l, no, scale, ROUND_HALF_UP);
    yes = node_rescale(l, yes, scale, ROUND_HALF_UP);
    no = node_rescale(l, no, scale, ROUND_HALF_UP);
    struct node like = {.op = NODE_IF, .kind = node_at(l, yes)->kind, .scale = (uint8_t)scale};
    return node_3(l, like, condition, yes, no);
}

uint32_t node_even(struct lower *l, enum node_op op, uint32_t a, uint32_t b)
{
    int scale = larger_scale(l, a, b);
    a = node_rescale(l, a, scale, ROUND_HALF_UP);
    b = node_rescale(l, b, scale, ROUND_HALF_UP);
    return node_2(l, (struct node){.op = op, .kind = node_at(l, a)->kind, .scale = (uint8_t)scale},
                  a, b);
}
