/* ref.c - the reference interpreter: what a rule document means, one subject at a time.
 *
 * Walks the tree of each item over struct rules, with nothing shared, planned or reordered; slow
 * and plain on purpose, used by tests only. eval_run must give the same Cells. The parts: ref.c
 * references, logic, tables; ref_num.c intervals and functions; ref_span.c fields and periods;
 * ref_pop.c the population by counting. Cost: population functions are O(n^2), so keep n small.
 */
#include "ref/ref.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "col/dataset.h"
#include "ref/ref_int.h"

/* Values already known: an item or a population argument, at a shift, for every row. */
struct memo {
    const void *key;
    int years, quarters;
    Cell *cell;
    uint8_t *known;
    struct memo *next;
};

static struct memo *memo_of(struct ref *f, const void *key, struct at at)
{
    for (struct memo *m = f->memo; m != NULL; m = m->next)
        if (m->key == key && m->years == at.years && m->quarters == at.quarters)
            return m;
    struct memo *m = ARENA_NEW(f->keep, struct memo);
    *m = (struct memo){key,
                       at.years,
                       at.quarters,
                       ARENA_ARRAY(f->keep, Cell, f->d->row_n),
                       ARENA_ARRAY(f->keep, uint8_t, f->d->row_n),
                       f->memo};
    f->memo = m;
    return m;
}

static Cell remember(struct ref *f, const void *key, const struct expr *e, struct at at)
{
    struct memo *m = memo_of(f, key, at);
    if (!m->known[at.row]) {
        m->cell[at.row] = ref_eval(f, e, at);
        m->known[at.row] = 1;
    }
    return m->cell[at.row];
}

const Cell *ref_column(struct ref *f, const struct expr *e, struct at at)
{
    for (at.row = 0; at.row < f->d->row_n; at.row++)
        (void)remember(f, e, e, at);
    return memo_of(f, e, at)->cell;
}

Cell ref_fail(struct ref *f, enum diag_code code, uint32_t row)
{
    if (f->status == OK)
        f->status = diag_add(f->ds, code, f->r->item[f->item].span, f->d->id[row],
                             f->r->item[f->item].name, NO_ARG);
    return CELL_UNKNOWN;
}

bool ref_missing(Type t, Cell c)
{
    if (t.kind == TYPE_TRUTH)
        return c.lo == TRUTH_UNKNOWN || c.lo == TRUTH_MANUAL;
    return c.lo == -WIDE_INF || c.hi == WIDE_INF;
}

/* One of n values, or anything between; texts: the codes of the last and of the first one. */
static Cell hull(Type t, const Cell *x, uint32_t n)
{
    Cell all = x[0];
    bool differ = false, missing = ref_missing(t, x[0]);
    for (uint32_t i = 1; i < n; i++) {
        differ = differ || x[i].lo != x[0].lo || x[i].hi != x[0].hi;
        missing = missing || ref_missing(t, x[i]);
        all.lo = x[i].lo < all.lo ? x[i].lo : all.lo;
        all.hi = x[i].hi > all.hi ? x[i].hi : all.hi;
    }
    if (!differ)
        return x[0];
    if (t.kind == TYPE_TRUTH)
        return (Cell){TRUTH_UNKNOWN, TRUTH_UNKNOWN};
    if (t.kind != TYPE_TEXT)
        return all;
    bool looks_definite = x[n - 1].lo == x[0].hi;
    return missing || looks_definite ? CELL_UNKNOWN : (Cell){x[n - 1].lo, x[0].hi};
}

static Cell truth(enum truth t)
{
    return (Cell){t, t};
}

/* Unknown, manual, met, unmet: the earlier wins in a conjunction but for UNMET, which beats all. */
static enum truth both(enum truth a, enum truth b)
{
    static const enum truth strength[] = {TRUTH_UNMET, TRUTH_UNKNOWN, TRUTH_MANUAL};
    for (size_t i = 0; i < ARRAY_N(strength); i++)
        if (a == strength[i] || b == strength[i])
            return strength[i];
    return TRUTH_MET;
}

static enum truth opposite(enum truth t)
{
    return t == TRUTH_MET ? TRUTH_UNMET : t == TRUTH_UNMET ? TRUTH_MET : t;
}

/* a or b = not (not a and not b), where "not applicable" counts as unmet. */
static enum truth either(enum truth a, enum truth b)
{
    a = a == TRUTH_NA ? TRUTH_UNMET : a;
    b = b == TRUTH_NA ? TRUTH_UNMET : b;
    return opposite(both(opposite(a), opposite(b)));
}

static int compare_ends(Wide a, int sa, Wide b, int sb)
{
    if (is_unbounded(a) || is_unbounded(b))
        return (a > b) - (a < b);
    return wide_cmp(a, sa, b, sb);
}

struct operand {
    Cell c;
    Type t;
};

static enum truth less(struct operand a, struct operand b, bool or_equal)
{
    int far = compare_ends(a.c.hi, a.t.scale, b.c.lo, b.t.scale);
    int near = compare_ends(a.c.lo, a.t.scale, b.c.hi, b.t.scale);
    if (or_equal ? far <= 0 : far < 0)
        return TRUTH_MET;
    return (or_equal ? near > 0 : near >= 0) ? TRUTH_UNMET : TRUTH_UNKNOWN;
}

static enum truth equal(struct operand a, struct operand b)
{
    if (a.t.kind == TYPE_TRUTH) {
        if (a.c.lo == TRUTH_UNKNOWN || b.c.lo == TRUTH_UNKNOWN)
            return TRUTH_UNKNOWN;
        if (a.c.lo == TRUTH_MANUAL || b.c.lo == TRUTH_MANUAL)
            return TRUTH_MANUAL;
        return a.c.lo == b.c.lo ? TRUTH_MET : TRUTH_UNMET;
    }
    if (is_definite(a.c) && is_definite(b.c))
        return wide_cmp(a.c.lo, a.t.scale, b.c.lo, b.t.scale) == 0 ? TRUTH_MET : TRUTH_UNMET;
    bool apart = less(a, b, false) == TRUTH_MET || less(b, a, false) == TRUTH_MET;
    return a.t.kind != TYPE_TEXT && apart ? TRUTH_UNMET : TRUTH_UNKNOWN;
}

static enum truth compare(enum op op, struct operand a, struct operand b)
{
    switch ((int)op) {
    case OP_EQ: return equal(a, b);
    case OP_NE: return opposite(equal(a, b));
    case OP_LT: return less(a, b, false);
    case OP_LE: return less(a, b, true);
    case OP_GT: return less(b, a, false);
    default: return less(b, a, true);
    }
}

static struct operand operand(struct ref *f, const struct expr *e, struct at at)
{
    return (struct operand){ref_eval(f, e, at), e->type};
}

static enum truth starts(const struct ref *f, Cell text, Str prefix)
{
    if (!is_definite(text))
        return TRUTH_UNKNOWN;
    return str_starts(labels_text(f->d->labels, (uint32_t)text.lo), prefix) ? TRUTH_MET
                                                                            : TRUTH_UNMET;
}

static enum truth condition(struct ref *f, const struct expr *e, struct at at)
{
    return (enum truth)ref_eval(f, e, at).lo;
}

static Cell logic(struct ref *f, const struct expr *e, struct at at)
{
    enum truth t = condition(f, e->arg[0], at);
    if (e->op == OP_NOT)
        return truth(opposite(t));
    t = e->op == OP_AND ? both(t, t) : either(t, t);
    for (uint32_t i = 1; i < e->arg_n; i++) {
        enum truth next = condition(f, e->arg[i], at);
        t = e->op == OP_AND ? both(t, next) : either(t, next);
    }
    return truth(t);
}

/* A branch or a result, at the scale of the whole. */
static Cell branch(struct ref *f, const struct expr *e, Type t, struct at at)
{
    return t.kind == TYPE_NUM ? ref_number(f, e, at, t.scale) : ref_eval(f, e, at);
}

static Cell choose_if(struct ref *f, const struct expr *e, struct at at)
{
    enum truth t = condition(f, e->arg[0], at);
    if (t == TRUTH_MET)
        return branch(f, e->arg[1], e->type, at);
    if (t == TRUTH_UNMET || t == TRUTH_NA)
        return branch(f, e->arg[2], e->type, at);
    Cell x[2] = {branch(f, e->arg[1], e->type, at), branch(f, e->arg[2], e->type, at)};
    if (e->type.kind == TYPE_TRUTH && x[0].lo != x[1].lo && t == TRUTH_MANUAL)
        return truth(TRUTH_MANUAL);
    return hull(e->type, x, 2);
}

static Cell choice(struct ref *f, const struct expr *e, struct at at)
{
    Cell chosen = ref_eval(f, e->arg[0], at), *x = ARENA_ARRAY(f->keep, Cell, e->arg_n);
    uint32_t n = 0;
    for (uint32_t i = 1; i + 1 < e->arg_n; i += 2)
        if (!is_definite(chosen) || chosen.lo == ref_eval(f, e->arg[i], at).lo)
            x[n++] = branch(f, e->arg[i + 1], e->type, at);
    return n > 0 ? hull(e->type, x, n) : CELL_UNKNOWN;
}

static enum truth test(struct ref *f, struct operand x, const struct test *t, struct at at)
{
    enum truth lo = TRUTH_MET, hi = TRUTH_MET;
    switch (t->kind) {
    case TEST_ANY: return TRUTH_MET;
    case TEST_CMP: return compare(t->op, x, operand(f, t->lo, at));
    case TEST_PREFIX:
        return starts(f, x.c, labels_text(f->d->labels, (uint32_t)ref_eval(f, t->lo, at).lo));
    case TEST_RANGE:
        if (t->lo != NULL)
            lo = compare(t->lo_in ? OP_GE : OP_GT, x, operand(f, t->lo, at));
        if (t->hi != NULL)
            hi = compare(t->hi_in ? OP_LE : OP_LT, x, operand(f, t->hi, at));
    }
    return both(lo, hi);
}

static enum truth row_holds(struct ref *f, const struct table *t, const struct table_row *row,
                            struct at at)
{
    enum truth all = TRUTH_MET;
    for (uint32_t i = 0; i < t->input_n; i++) {
        enum truth any = TRUTH_UNMET;
        for (uint32_t k = 0; k < row->cell[i].test_n; k++)
            any = either(any, test(f, operand(f, t->input[i], at), &row->cell[i].test[k], at));
        all = both(all, any);
    }
    return all;
}

static Cell table(struct ref *f, const struct expr *e, struct at at)
{
    Cell *x = ARENA_ARRAY(f->keep, Cell, e->table->row_n);
    enum truth holds = TRUTH_UNMET;
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->table->row_n && holds != TRUTH_MET; i++) {
        const struct table_row *row = &e->table->row[i];
        if (f->as_of < row->from || f->as_of > row->until)
            continue;
        holds = row_holds(f, e->table, row, at);
        if (holds != TRUTH_UNMET)
            x[n++] = branch(f, row->result, e->type, at);
    }
    if (n == 0)
        return e->type.kind == TYPE_TRUTH ? truth(TRUTH_UNKNOWN) : CELL_UNKNOWN;
    return hull(e->type, x, n);
}

static Cell operation(struct ref *f, const struct expr *e, struct at at)
{
    enum truth t = TRUTH_UNMET;
    Cell x;
    switch ((int)e->op) {
    case OP_AND:
    case OP_OR:
    case OP_NOT: return logic(f, e, at);
    case OP_EQ:
    case OP_NE:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE: return truth(compare(e->op, operand(f, e->arg[0], at), operand(f, e->arg[1], at)));
    case OP_IF: return choose_if(f, e, at);
    case OP_CHOICE: return choice(f, e, at);
    case OP_MISSING:
        return truth(ref_missing(e->arg[0]->type, ref_eval(f, e->arg[0], at)) ? TRUTH_MET
                                                                              : TRUTH_UNMET);
    case OP_UNSETTLED:
        x = ref_eval(f, e->arg[0], at);
        return truth(x.lo != x.hi || ref_missing(e->arg[0]->type, x) ? TRUTH_MET : TRUTH_UNMET);
    case OP_DEFAULT:
        x = branch(f, e->arg[0], e->type, at);
        return ref_missing(e->type, x) ? branch(f, e->arg[1], e->type, at) : x;
    case OP_STARTS:
        for (uint32_t i = 1; i < e->arg_n; i++) {
            Cell prefix = ref_eval(f, e->arg[i], at);
            t = either(t, starts(f, ref_eval(f, e->arg[0], at),
                                 labels_text(f->d->labels, (uint32_t)prefix.lo)));
        }
        return truth(t);
    default: return ref_op(f, e, at);
    }
}

Cell ref_eval(struct ref *f, const struct expr *e, struct at at)
{
    switch (e->kind) {
    case EXPR_NAME: ASSERT(e->kind != EXPR_NAME); break; /* resolved when the rules were loaded */
    case EXPR_CONST: return e->value;
    case EXPR_FIELD: return ref_field(f, e->ref, at);
    case EXPR_ITEM: {
        const struct item *it = &f->r->item[e->ref];
        Cell c = remember(f, it, it->expr, at);
        return e->type.kind == TYPE_NUM
                   ? num_rescale(f, at, c, it->expr->type.scale, e->type.scale, ROUND_HALF_UP)
                   : c;
    }
    case EXPR_AS_OF: return (Cell){f->as_of, f->as_of};
    case EXPR_YEAR: return (Cell){f->period + at.years, f->period + at.years};
    case EXPR_OP: return operation(f, e, at);
    case EXPR_TABLE: return table(f, e, at);
    case EXPR_AT:
        at.years = e->at_abs ? e->at - f->period : at.years + e->at;
        at.quarters = e->at_abs ? 0 : at.quarters;
        return ref_eval(f, e->arg[0], at);
    case EXPR_SPAN: return ref_span(f, e, at);
    case EXPR_POP: return ref_pop(f, e, at);
    }
    return CELL_UNKNOWN;
}

Cell ref_number(struct ref *f, const struct expr *e, struct at at, int scale)
{
    return num_rescale(f, at, ref_eval(f, e, at), e->type.scale, scale, ROUND_HALF_UP);
}

enum status eval_ref(struct arena *keep, struct result **out, const struct rules *r,
                     const struct dataset *d, const struct eval_opts *o, struct diags *ds)
{
    struct ref f = {.keep = keep, .r = r, .d = d, .as_of = o->as_of, .period = o->period, .ds = ds};
    struct result *res = ARENA_NEW(keep, struct result);
    *res = (struct result){.rules = r, .data = d, .opts = *o, .row_n = d->row_n};
    res->item = ARENA_ARRAY(keep, struct vec, r->item_n);
    for (uint32_t i = 0; i < r->item_n; i++) {
        res->item[i] = vec_make(keep, VEC_CELL, d->row_n, false);
        f.item = i;
        for (uint32_t row = 0; row < d->row_n; row++) {
            struct at at = {row, 0, 0};
            vec_set(&res->item[i], row, remember(&f, &r->item[i], r->item[i].expr, at));
        }
    }
    *out = res;
    return f.status;
}
