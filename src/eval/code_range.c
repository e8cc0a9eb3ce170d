/* code_range.c - in which range the figures of a node can lie, given those of its arguments.
 *
 * Interval arithmetic on ends that both are attained or not: a range may be wider than what rows
 * really hold, never narrower. A range is a hull over definite figures and over the finite ends of
 * rows that are not definite; the latter may come from either end of an argument, so functions that
 * choose (smaller, larger, if) take the hull of all arguments as soon as one is open.
 * Not known: beyond RANGE_MAX, or functions whose bounds nobody needs (roots, logarithms ..).
 */
#include "col/dataset.h"
#include "eval/cell.h"
#include "eval/code.h"
#include "grade/pop_column.h"

#define RANGE_MAX ((Wide)1 << 100)

static struct range range_make(Wide lo, Wide hi)
{
    bool known = lo <= hi && lo > -RANGE_MAX && hi < RANGE_MAX;
    return (struct range){known ? lo : 0, known ? hi : 0, known};
}

static const struct range unknown_range = {0, 0, false};

static struct range hull(struct range a, struct range b)
{
    return a.known && b.known ? range_make(a.lo < b.lo ? a.lo : b.lo, a.hi > b.hi ? a.hi : b.hi)
                              : unknown_range;
}

/* 0 for nothing at all, so that open cells without finite ends do not spoil a range. */
static struct range range_of_cell(Cell c)
{
    if (cell_is_bad(c))
        return range_make(0, 0);
    bool lo = c.lo != -WIDE_INF, hi = c.hi != WIDE_INF;
    return range_make(lo ? c.lo : hi ? c.hi : 0, hi ? c.hi : lo ? c.lo : 0);
}

static struct range scaled(struct range r, int up)
{
    if (!r.known || up > 30)
        return unknown_range;
    Wide lo, hi, by = wide_pow10(up);
    if (__builtin_mul_overflow(r.lo, by, &lo) || __builtin_mul_overflow(r.hi, by, &hi))
        return unknown_range;
    return range_make(lo, hi);
}

static struct range rescaled(struct range r, int from, int to)
{
    if (to >= from)
        return scaled(r, to - from);
    if (!r.known)
        return r;
    Wide by = wide_pow10(from - to < 38 ? from - to : 38);
    return range_make(r.lo / by - 1, r.hi / by + 1); /* whatever the rounding */
}

static struct range product(struct range a, struct range b, bool open)
{
    if (!a.known || !b.known)
        return unknown_range;
    Wide v[4];
    if (__builtin_mul_overflow(a.lo, b.lo, &v[0]) || __builtin_mul_overflow(a.lo, b.hi, &v[1]) ||
        __builtin_mul_overflow(a.hi, b.lo, &v[2]) || __builtin_mul_overflow(a.hi, b.hi, &v[3]))
        return unknown_range;
    Wide lo = open ? 0 : v[0], hi = lo; /* 0 times no bound is 0 */
    for (int i = 0; i < 4; i++) {
        lo = v[i] < lo ? v[i] : lo;
        hi = v[i] > hi ? v[i] : hi;
    }
    return range_make(lo, hi);
}

static struct range range_mul(const struct node *k, const struct fact *a, const struct fact *b)
{
    struct range r = product(a->range, b->range, a->open || b->open);
    return rescaled(r, k->scale_of[0] + k->scale_of[1], k->scale);
}

/* |a / b| <= |a| 10^.. since |b| is at least one unit of its last decimal, or the constant b's. */
static struct range range_div(const struct node *k, const struct fact *a, const struct fact *b)
{
    int up = k->scale + k->scale_of[1] - k->scale_of[0];
    struct range r = up >= 0 ? scaled(a->range, up) : rescaled(a->range, -up, 0);
    if (!r.known || !b->range.known)
        return unknown_range;
    Wide least = b->range.lo > 0 ? b->range.lo : b->range.hi < 0 ? -b->range.hi : 1;
    Wide size = (-r.lo > r.hi ? -r.lo : r.hi) / least + 1;
    bool positive = r.lo >= 0 && b->range.lo >= 0;
    return range_make(positive ? 0 : -size, size);
}

static struct range range_sum(struct range a, struct range b, bool minus)
{
    if (!a.known || !b.known)
        return unknown_range;
    return minus ? range_make(a.lo - b.hi, a.hi - b.lo) : range_make(a.lo + b.lo, a.hi + b.hi);
}

static struct range range_choice(const struct fact *a, const struct fact *b, bool larger)
{
    struct range x = a->range, y = b->range;
    if (!x.known || !y.known || a->open || b->open)
        return hull(x, y);
    if (larger)
        return range_make(x.lo > y.lo ? x.lo : y.lo, x.hi > y.hi ? x.hi : y.hi);
    return range_make(x.lo < y.lo ? x.lo : y.lo, x.hi < y.hi ? x.hi : y.hi);
}

static struct range range_size(const struct fact *a)
{
    struct range r = a->range;
    if (!r.known)
        return r;
    Wide lo = r.lo < 0 ? -r.lo : r.lo, hi = r.hi < 0 ? -r.hi : r.hi;
    return range_make(0, lo > hi ? lo : hi);
}

/* Years, or between two days: days fit 32 bits. */
static struct range range_years(void)
{
    return range_make(INT32_MIN / 300, INT32_MAX / 300);
}

struct range range_of(const struct plan *p, const struct fact *fact, uint32_t n)
{
    const struct node *k = &p->node[n];
    static const struct fact nothing = {.range = {0, 0, false}};
    const struct fact *a = &nothing, *b = &nothing, *c = &nothing;
    if (k->arg_n > 0)
        a = &fact[p->arg[k->arg]];
    if (k->arg_n > 1)
        b = &fact[p->arg[k->arg + 1]];
    if (k->arg_n > 2)
        c = &fact[p->arg[k->arg + 2]];
    if (k->kind == TYPE_TRUTH)
        return range_make(TRUTH_UNMET, TRUTH_NA);
    switch ((int)k->op) {
    case NODE_RESCALE: return rescaled(a->range, k->scale_of[0], k->scale);
    case NODE_NEG: return range_sum(range_make(0, 0), a->range, true);
    case NODE_ABS: return range_size(a);
    case NODE_ADD: return range_sum(a->range, b->range, false);
    case NODE_SUB: return range_sum(a->range, b->range, true);
    case NODE_MAX: return range_choice(a, b, true);
    case NODE_MIN: return range_choice(a, b, false);
    case NODE_MUL: return range_mul(k, a, b);
    case NODE_DIV: return range_div(k, a, b);
    case NODE_YEARS:
    case NODE_YEAR_OF: return range_years();
    case NODE_TALLY: return range_make(0, 1);
    case NODE_IF:
    case NODE_ROW: return hull(b->range, c->range);
    case NODE_ROW_END: return a->range;
    case NODE_RANGE:
    case NODE_REVIEWED:
    case NODE_DEFAULT:
    case NODE_CARRY: return hull(a->range, b->range);
    default: return unknown_range;
    }
}

static void fact_of_field(struct fact *f, const struct node *k, const struct dataset *d)
{
    const struct column *c = f->column = dataset_find(d, k->ref, k->period);
    f->range = range_of_cell(k->value);
    f->blank = k->value;
    f->constant = c == NULL;
    f->open = !cell_is_definite(k->kind, k->value);
    if (c == NULL)
        return;
    f->open = !(k->value.lo == 0 && k->value.hi == 0) && column_has_gaps(c);
    struct range figures = range_make(c->least, c->most);
    f->range = f->open ? hull(figures, f->range) : figures;
}

void facts_open(struct fact *fact, const struct plan *p, const struct dataset *d)
{
    for (uint32_t n = 0; n < p->node_n; n++) {
        const struct node *k = &p->node[n];
        struct fact *f = &fact[n];
        *f = (struct fact){.gap = NODE_NONE, .open = true};
        if (k->op == NODE_FIELD && k->live)
            fact_of_field(f, k, d);
        if (k->op == NODE_FIELD && f->column != NULL && f->open)
            f->gap = n;
        if (k->op != NODE_CONST)
            continue;
        f->range = range_of_cell(k->value);
        f->open = !cell_is_definite(k->kind, k->value);
        f->constant = true;
        f->blank = k->value;
    }
}

struct vec fact_vec(const struct fact *f, const struct node *field)
{
    struct vec v = {.type = f->column->type, .lo = f->column->value};
    if (f->open) {
        v.open = f->column->missing;
        v.blank = &field->value;
    }
    return v;
}

void fact_of_pop(struct fact *f, const struct pop_out *x)
{
    const bool cells = x->column.type == VEC_CELL;
    f->open = x->column.open != NULL || cells;
    f->range = cells ? unknown_range : range_make(x->least, x->most);
}
