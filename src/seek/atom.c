/* atom.c - the comparisons below a goal, and which levers each of them reads.
 *
 * A goal that depends on a number changes only where one of these turns: a comparison, a bound of a
 * decision table, a cap, a count of whole steps. Comparisons between values that themselves take
 * only finitely many values with the levers turn where those do, and are left out.
 */
#include "base/arena.h"
#include "base/decimal.h"
#include "seek/seek_int.h"

/* ---- traits ---- */

static void join(struct trait *t, struct trait u)
{
    t->levers |= u.levers;
    t->smooth |= u.smooth;
    t->pop |= u.pop;
}

static struct trait table_trait(struct seek *s, const struct table *t, bool now)
{
    struct trait all = {0}, results = {0};
    for (uint32_t i = 0; i < t->input_n; i++)
        join(&all, atom_trait(s, t->input[i], now));
    for (uint32_t i = 0; i < t->row_n; i++) {
        join(&results, atom_trait(s, t->row[i].result, now));
        for (uint32_t k = 0; k < t->input_n; k++)
            for (uint32_t j = 0; j < t->row[i].cell[k].test_n; j++) {
                join(&all, atom_trait(s, t->row[i].cell[k].test[j].lo, now));
                join(&all, atom_trait(s, t->row[i].cell[k].test[j].hi, now));
            }
    }
    join(&all, results);
    all.smooth = results.smooth;
    return all;
}

static struct trait field_trait(const struct seek *s, uint32_t field, bool now)
{
    struct trait t = {0};
    int32_t l = s->lever_of[field];
    if (l < 0 || (!now && s->rules->field[field].period != PERIOD_NONE))
        return t;
    t.levers = (uint64_t)1 << l;
    t.smooth = s->lever[l].kind == TYPE_NUM ? t.levers : 0;
    return t;
}

/* Does it take finitely many values, whatever its operands do? */
static bool is_jumpy(const struct expr *e)
{
    return e->type.kind != TYPE_NUM || (e->kind == EXPR_OP && e->op == OP_COUNT);
}

/* Whole steps: they turn one by one, but may be many. */
static bool is_stepped(const struct expr *e)
{
    switch ((int)e->op) {
    case OP_STEPS:
    case OP_FLOOR: return true;
    case OP_ROUND:
    case OP_ROUND_DOWN:
    case OP_ROUND_UP:
    case OP_ROUND_EVEN: return e->round_to == 0;
    default: return false;
    }
}

struct trait atom_trait(struct seek *s, const struct expr *e, bool now)
{
    struct trait t = {0};
    if (e == NULL)
        return t;
    if (e->kind == EXPR_FIELD)
        return field_trait(s, e->ref, now);
    if (e->kind == EXPR_ITEM)
        return s->item_trait[now][e->ref];
    if (e->kind == EXPR_TABLE)
        return table_trait(s, e->table, now);
    if (e->kind == EXPR_AT)
        now = e->at_abs ? e->at == s->res->opts.period : now && e->at == 0;
    for (uint32_t i = 0; i < e->arg_n; i++) {
        struct trait u = atom_trait(s, e->arg[i], now);
        if (i == 0 && e->kind == EXPR_OP && e->op == OP_IF)
            u.smooth = 0; /* a condition chooses */
        join(&t, u);
    }
    for (uint32_t i = 0; e->pop != NULL && i < e->pop->by_n; i++)
        join(&t, atom_trait(s, e->pop->by[i], now));
    t.pop |= e->kind == EXPR_POP;
    if (is_jumpy(e))
        t.smooth = 0;
    return t;
}

void atom_traits(struct seek *s)
{
    for (int now = 0; now < 2; now++) {
        s->item_trait[now] = ARENA_ARRAY(s->keep, struct trait, (size_t)s->rules->item_n + 1);
        for (uint32_t i = 0; i < s->rules->item_n; i++) {
            uint32_t item = s->rules->order[i];
            s->item_trait[now][item] = atom_trait(s, s->rules->item[item].expr, now != 0);
        }
    }
    for (uint32_t i = 0; i < s->rules->item_n; i++)
        s->walked[i] = false;
}

/* ---- atoms ---- */

static bool is_same(const struct expr *a, const struct expr *b)
{
    if (a == b)
        return true;
    return a != NULL && b != NULL && a->kind == b->kind &&
           ((a->kind == EXPR_CONST && a->type.kind == b->type.kind &&
             a->type.scale == b->type.scale && a->value.lo == b->value.lo &&
             a->value.hi == b->value.hi) ||
            ((a->kind == EXPR_FIELD || a->kind == EXPR_ITEM) && a->ref == b->ref));
}

void atom_collect_pair(struct seek *s, const struct expr *a, const struct expr *b)
{
    struct trait t = atom_trait(s, a, true);
    if (a == NULL || a->type.kind != TYPE_NUM)
        return;
    if (b != NULL)
        join(&t, atom_trait(s, b, true));
    if (t.smooth == 0 || s->atom_n == ATOMS_MAX)
        return;
    for (size_t i = s->atom_n; i > 0; i--)
        if (is_same(s->atom[i - 1].a, a) && is_same(s->atom[i - 1].b, b))
            return;
    struct atom one = {.a = a, .b = b, .levers = t.levers, .smooth = t.smooth};
    VEC_PUSH(s->keep, s->atom, s->atom_n, s->atom_cap) = one;
}

static void collect_table(struct seek *s, const struct table *t)
{
    for (uint32_t i = 0; i < t->input_n; i++)
        atom_collect(s, t->input[i]);
    for (uint32_t i = 0; i < t->row_n; i++) {
        atom_collect(s, t->row[i].result);
        for (uint32_t k = 0; k < t->input_n; k++)
            for (uint32_t j = 0; j < t->row[i].cell[k].test_n; j++) {
                const struct test *test = &t->row[i].cell[k].test[j];
                if (test->lo != NULL)
                    atom_collect_pair(s, t->input[k], test->lo);
                if (test->hi != NULL)
                    atom_collect_pair(s, t->input[k], test->hi);
                atom_collect(s, test->lo);
                atom_collect(s, test->hi);
            }
    }
}

/* Every operand against every other, `by` apart. */
static void collect_pairs(struct seek *s, const struct expr *e, uint32_t by)
{
    for (uint32_t i = 0; i < e->arg_n; i += by)
        for (uint32_t k = i + by; k < e->arg_n; k += by)
            atom_collect_pair(s, e->arg[i], e->arg[k]);
}

static void collect_op(struct seek *s, const struct expr *e)
{
    switch ((int)e->op) {
    case OP_EQ:
    case OP_NE:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
    case OP_MAX:
    case OP_MIN:
    case OP_CAP:
    case OP_FLOOR_AT:
    case OP_CLAMP:
    case OP_GOALPOST:
    case OP_ATTAIN: collect_pairs(s, e, 1); break;
    case OP_AGG_MAX:
    case OP_AGG_MIN: collect_pairs(s, e, 2); break;
    default: break;
    }
    if (is_stepped(e))
        atom_collect_pair(s, e, NULL);
}

void atom_collect(struct seek *s, const struct expr *e)
{
    if (e == NULL || (e->kind == EXPR_AT && atom_trait(s, e, true).levers == 0))
        return;
    if (e->kind == EXPR_ITEM && !s->walked[e->ref]) {
        s->walked[e->ref] = true;
        atom_collect(s, s->rules->item[e->ref].expr);
    }
    if (e->kind == EXPR_TABLE)
        collect_table(s, e->table);
    if (e->kind == EXPR_OP || e->kind == EXPR_SPAN)
        collect_op(s, e);
    for (uint32_t i = 0; i < e->arg_n; i++)
        atom_collect(s, e->arg[i]);
}
