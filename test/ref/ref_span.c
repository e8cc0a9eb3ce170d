/* ref_span.c - facts with their blank policies, and functions over periods (近N年). */
#include "base/arena.h"
#include "base/day.h"
#include "base/diag.h"
#include "col/dataset.h"
#include "ref/ref_int.h"

static int period_key(const struct ref *f, const struct field *fd, struct at at)
{
    if (fd->period == PERIOD_NONE)
        return COL_NO_PERIOD;
    int year = f->period + at.years;
    return fd->period == PERIOD_YEAR ? year : year * 4 + 3 + at.quarters;
}

static bool raw(const struct ref *f, uint32_t field, int key, uint32_t row, Wide *out)
{
    const struct column *c = dataset_find(f->d, field, key);
    if (c == NULL || !column_has(c, row))
        return false;
    *out = column_value(c, row);
    return true;
}

/* The mean or median of the peers that have a figure. */
static bool imputed(struct ref *f, uint32_t field, struct at at, Wide *out)
{
    const struct field *fd = &f->r->field[field];
    Cell *x = ARENA_ARRAY(f->keep, Cell, f->d->row_n);
    int key = period_key(f, fd, at);
    for (uint32_t row = 0; row < f->d->row_n; row++) {
        Wide v;
        x[row] = raw(f, field, key, row, &v) ? (Cell){v, v} : CELL_UNKNOWN;
    }
    enum op op = fd->blank == BLANK_MEAN ? OP_IMPUTE_MEAN : OP_IMPUTE_MEDIAN;
    Cell c = ref_impute(f, fd, x, op, at);
    *out = c.lo;
    return is_definite(c);
}

Cell ref_field(struct ref *f, uint32_t field, struct at at)
{
    const struct field *fd = &f->r->field[field];
    int key = period_key(f, fd, at);
    Wide v = 0;
    bool known = raw(f, field, key, at.row, &v);
    if (!known && fd->blank == BLANK_ZERO)
        known = true; /* v is 0 */
    if (!known && (fd->blank == BLANK_MEAN || fd->blank == BLANK_MEDIAN))
        known = imputed(f, field, at, &v);
    if (!known && fd->blank == BLANK_CARRY && fd->period != PERIOD_NONE)
        for (uint32_t back = 1; back < fd->blank_n && !known; back++) /* 近N年 counts this one */
            known = raw(f, field, key - (int)back, at.row, &v);
    if (known)
        return (Cell){v, v};
    if (fd->type.kind == TYPE_TRUTH) {
        enum truth t = fd->ftype == FIELD_JUDGED ? TRUTH_MANUAL : TRUTH_UNKNOWN;
        return (Cell){t, t};
    }
    return (Cell){fd->has_lo ? fd->lo : -WIDE_INF, fd->has_hi ? fd->hi : WIDE_INF};
}

/* The operand in the periods that count, newest first. */
struct kept {
    Cell *x;
    uint32_t n;
    int scale;
};

static int year_of_shift(const struct ref *f, enum period_unit unit, struct at at)
{
    int year = f->period + at.years;
    if (unit != PERIOD_QUARTER)
        return year;
    int key = year * 4 + 3 + at.quarters;
    return key >= 0 ? key / 4 : -((3 - key) / 4);
}

static struct kept keep(struct ref *f, const struct expr *e, struct at at)
{
    uint32_t n = e->op == OP_GROWTH && e->span_n == 0 ? 2 : e->span_n;
    struct kept k = {ARENA_ARRAY(f->keep, Cell, n), 0, e->arg[0]->type.scale};
    Cell since = e->since == NULL ? CELL_UNKNOWN : ref_eval(f, e->since, at);
    int first = is_definite(since) ? day_year((Day)since.lo) : INT32_MIN;
    for (uint32_t i = 0; i < n; i++) {
        if (year_of_shift(f, e->period, at) >= first)
            k.x[k.n++] = ref_eval(f, e->arg[0], at);
        *(e->period == PERIOD_QUARTER ? &at.quarters : &at.years) -= 1;
    }
    return k;
}

static Cell growth(struct ref *f, const struct kept *k, struct at at, int to)
{
    Cell sum = {0, 0}, one = {wide_pow10(to), wide_pow10(to)};
    if (k->n < 2)
        return CELL_UNKNOWN;
    for (uint32_t i = 0; i + 1 < k->n; i++) {
        Cell rise = num_div(f, at, k->x[i], k->x[i + 1], (struct scales){k->scale, k->scale, to},
                            ROUND_HALF_UP);
        sum = num_add(f, at, sum, num_add(f, at, rise, num_neg(one)));
    }
    return num_div(f, at, sum, (Cell){k->n - 1, k->n - 1}, (struct scales){to, 0, to},
                   ROUND_HALF_UP);
}

/* (last / first)^(1 / intervals) - 1; exponent and ratio with all the decimals there are. Of one
 * interval it is the ratio itself, which may fall below zero. */
static Cell cagr(struct ref *f, const struct kept *k, struct at at, int to)
{
    enum { FINE = DEC_SCALE_MAX };
    if (k->n < 2 || k->x[k->n - 1].lo <= 0)
        return CELL_UNKNOWN;
    Cell one = {wide_pow10(to), wide_pow10(to)}, n = {k->n - 1, k->n - 1};
    const int fine = k->n == 2 ? to : FINE;
    Cell ratio = num_div(f, at, k->x[0], k->x[k->n - 1], (struct scales){k->scale, k->scale, fine},
                         ROUND_HALF_UP);
    if (k->n == 2)
        return num_add(f, at, ratio, num_neg(one));
    Cell power = num_div(f, at, (Cell){1, 1}, n, (struct scales){0, 0, FINE}, ROUND_HALF_UP);
    Cell root = ref_power(f, at, ratio, power, (struct scales){FINE, FINE, to});
    return num_add(f, at, root, num_neg(one));
}

static Cell truth_over(const struct kept *k, enum op op)
{
    /* the first of these that occurs, else the last */
    static const enum truth each[] = {TRUTH_UNMET, TRUTH_UNKNOWN, TRUTH_MANUAL, TRUTH_MET};
    static const enum truth some[] = {TRUTH_MET, TRUTH_UNKNOWN, TRUTH_MANUAL, TRUTH_UNMET};
    const enum truth *order = op == OP_EACH ? each : some;
    for (int s = 0; s < 3; s++)
        for (uint32_t i = 0; i < k->n; i++)
            if (k->x[i].lo == order[s])
                return k->x[i];
    return (Cell){order[3], order[3]};
}

static Cell extreme(const struct kept *k, bool max)
{
    Cell out = k->x[0];
    for (uint32_t i = 1; i < k->n; i++) {
        if (max ? k->x[i].lo > out.lo : k->x[i].lo < out.lo)
            out.lo = k->x[i].lo;
        if (max ? k->x[i].hi > out.hi : k->x[i].hi < out.hi)
            out.hi = k->x[i].hi;
    }
    return out;
}

static Cell carry(const struct kept *k, Type t)
{
    for (uint32_t i = 0; i < k->n; i++)
        if (t.kind == TYPE_TRUTH ? !ref_missing(t, k->x[i]) : is_definite(k->x[i]))
            return k->x[i];
    return CELL_UNKNOWN;
}

static Cell total(struct ref *f, const struct kept *k, struct at at)
{
    Cell sum = {0, 0};
    for (uint32_t i = 0; i < k->n; i++)
        sum = num_add(f, at, sum, k->x[i]);
    return sum;
}

Cell ref_span(struct ref *f, const struct expr *e, struct at at)
{
    struct kept k = keep(f, e, at);
    const int to = e->type.scale;
    Cell nothing = e->type.kind == TYPE_TRUTH ? (Cell){TRUTH_UNKNOWN, TRUTH_UNKNOWN} : CELL_UNKNOWN;
    if (k.n == 0)
        return nothing;
    switch ((int)e->op) {
    case OP_MEAN:
        return num_div(f, at, total(f, &k, at), (Cell){k.n, k.n}, (struct scales){k.scale, 0, to},
                       ROUND_HALF_UP);
    case OP_GROWTH: return growth(f, &k, at, to);
    case OP_CAGR: return cagr(f, &k, at, to);
    case OP_EACH:
    case OP_SOME: return truth_over(&k, e->op);
    case OP_SUM: k.x[0] = total(f, &k, at); break;
    case OP_CARRY: {
        Cell c = carry(&k, e->type);
        if (e->type.kind != TYPE_NUM)
            return is_definite(c) ? c : nothing;
        k.x[0] = c;
        break;
    }
    default: k.x[0] = extreme(&k, e->op == OP_SPAN_MAX || e->op == OP_MAX);
    }
    return num_rescale(f, at, k.x[0], k.scale, to, ROUND_HALF_UP);
}
