/* ref_pop.c - population functions by counting, row against row, as docs/language.md defines them.
 *
 * Shares nothing with grade/pop.c but the exact integers of grade/big.h.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "col/dataset.h"
#include "grade/big.h"
#include "ref/ref_int.h"

enum { SHARE = 12 }; /* decimals of shares and limits */

/* One row and its peers under one function. */
struct view {
    struct ref *f;
    const struct expr *e;
    struct at at;
    const Cell *x; /* all rows */
    bool *peer;    /* of the row at hand: is it among its definite peers? */
    Wide *v;       /* their values, in any order */
    Wide n;
    int scale, to;
};

static Cell known(Wide v)
{
    return (Cell){v, v};
}

static bool same_key(struct ref *f, const struct pop *pop, struct at at, uint32_t other)
{
    for (uint32_t k = 0; k < pop->by_n; k++) {
        const Cell *key = ref_column(f, pop->by[k], at);
        if (key[at.row].lo != key[other].lo || key[at.row].hi != key[other].hi)
            return false;
    }
    return true;
}

/* Is the row in any group? */
static bool has_key(struct ref *f, const struct pop *pop, struct at at)
{
    for (uint32_t k = 0; k < pop->by_n; k++) {
        Cell key = ref_column(f, pop->by[k], at)[at.row];
        if (!is_definite(key) || ref_missing(pop->by[k]->type, key))
            return false;
    }
    return true;
}

/* Who counts beside the row: its group, or everybody if the group has too few definite values. */
static bool *peers_of(struct view *w, const struct pop *pop, bool ranked)
{
    uint32_t n = w->f->d->row_n;
    bool *group = ARENA_ARRAY(w->f->keep, bool, n);
    uint32_t definite = 0;
    for (uint32_t i = 0; i < n; i++) {
        group[i] = same_key(w->f, pop, w->at, i);
        definite += group[i] && is_definite(w->x[i]);
    }
    for (uint32_t i = 0; i < n; i++) {
        bool counts =
            ranked ? !is_unbounded(w->x[i].lo) && !is_unbounded(w->x[i].hi) : is_definite(w->x[i]);
        group[i] = counts && (group[i] || definite < pop->min_group);
    }
    return group;
}

static void collect(struct view *w, const struct pop *pop)
{
    w->peer = peers_of(w, pop, false);
    w->v = ARENA_ARRAY(w->f->keep, Wide, w->f->d->row_n);
    w->n = 0;
    for (uint32_t i = 0; i < w->f->d->row_n; i++)
        if (w->peer[i])
            w->v[w->n++] = w->x[i].lo;
}

/* *v, which the call that gave `ok` has filled. */
static Wide checked(struct view *w, bool ok, const Wide *v)
{
    if (!ok)
        (void)ref_fail(w->f, DIAG_DATA_OVERFLOW, w->at.row);
    return ok ? *v : 0;
}

static Wide ratio(struct view *w, Wide num, Wide den)
{
    Wide v = 0;
    return checked(w, wide_div(&v, num, 0, den, 0, w->to, ROUND_HALF_UP), &v);
}

/* num / den of values at the column's scale, den > 0 */
static Wide big_ratio(struct view *w, Big num, Big den, int powers)
{
    Wide v = 0;
    Big up = big_pow10(w->to), down = big_pow10(w->scale * powers);
    num = big_mul(&num, &up);
    den = big_mul(&den, &down);
    return checked(w, big_quotient(&v, &num, &den), &v);
}

static Big sum_of(const struct view *w)
{
    Big sum = big_of(0);
    for (Wide i = 0; i < w->n; i++) {
        Big x = big_of(w->v[i]);
        sum = big_add(&sum, &x);
    }
    return sum;
}

/* n^p times the sum of the p-th powers of what the values are off their mean */
static Big moment(const struct view *w, int p)
{
    Big sum = sum_of(w), all = big_of(0);
    for (Wide i = 0; i < w->n; i++) {
        Big x = big_of(w->v[i]), d = big_of(1);
        x = big_times(&x, w->n);
        x = big_sub(&x, &sum);
        for (int k = 0; k < p; k++)
            d = big_mul(&d, &x);
        all = big_add(&all, &d);
    }
    return all;
}

static void sort(Wide *v, Wide n)
{
    for (Wide i = 0; i < n; i++)
        for (Wide k = i + 1; k < n; k++)
            if (v[k] < v[i]) {
                Wide swap = v[i];
                v[i] = v[k];
                v[k] = swap;
            }
}

/* Between the two values around place (n - 1) share, in proportion. */
static Wide quantile(struct view *w, Wide share)
{
    const Wide unit = wide_pow10(SHARE);
    share = share < 0 ? 0 : share > unit ? unit : share;
    sort(w->v, w->n);
    Wide place = (w->n - 1) * share, left = place / unit, right = left + (place % unit > 0);
    Big a = big_of(w->v[left]), b = big_of(w->v[right]);
    a = big_times(&a, unit - place % unit);
    b = big_times(&b, place % unit);
    return big_ratio(w, big_add(&a, &b), big_of(unit), 1);
}

static Wide constant(struct view *w, uint32_t i, int scale)
{
    Cell c = ref_number(w->f, w->e->arg[i], w->at, scale);
    return c.lo;
}

static Wide mean(struct view *w)
{
    return big_ratio(w, sum_of(w), big_of(w->n), 1);
}

static Wide divisor(const struct view *w)
{
    return w->e->pop->method == SD_ALL ? w->n : w->n - 1;
}

static Wide deviation(struct view *w)
{
    Wide v = 0;
    Big num = moment(w, 2), den = big_of(w->n * w->n), up = big_pow10(2 * w->to),
        down = big_pow10(2 * w->scale);
    num = big_mul(&num, &up);
    den = big_times(&den, divisor(w));
    den = big_mul(&den, &down);
    return checked(w, big_sqrt_quotient(&v, &num, &den), &v);
}

/* (x - mean) / sd = (n x - sum) / sqrt(second moment / divisor) */
static Wide standard(struct view *w, Wide x)
{
    Big spread = moment(w, 2), sum = sum_of(w), d = big_of(x), up = big_pow10(2 * w->to);
    Wide v = 0;
    if (big_is_zero(&spread))
        return 0;
    d = big_times(&d, w->n);
    d = big_sub(&d, &sum);
    Big num = big_mul(&d, &d);
    num = big_times(&num, divisor(w));
    num = big_mul(&num, &up);
    v = checked(w, big_sqrt_quotient(&v, &num, &spread), &v);
    return d.neg ? -v : v;
}

/* How many of the others the row's end v stands above, twice, ties counting once. */
static Wide twice_beaten(const struct view *w, Wide v, Wide *equal)
{
    Wide twice = 0;
    *equal = 0;
    for (uint32_t i = 0; i < w->f->d->row_n; i++) {
        if (!w->peer[i] || i == w->at.row)
            continue;
        Wide x = w->x[i].lo;
        twice += 2 * (w->e->pop->ascending ? x > v : x < v) + (x == v);
        *equal += x == v;
    }
    return twice;
}

static Wide percentile(struct view *w, Wide v)
{
    Wide equal, twice = twice_beaten(w, v, &equal), below = (twice - equal) / 2;
    Wide others = w->n - w->peer[w->at.row], n = others + 1;
    if (is_unbounded(v))
        return (v < 0) == w->e->pop->ascending ? wide_pow10(w->to) : 0;
    switch ((int)w->e->pop->method) {
    case PCT_MIN: return others == 0 ? 0 : ratio(w, below, others);
    case PCT_CUM: return ratio(w, below + equal + 1, n);
    case PCT_OPEN: return ratio(w, twice + 2, 2 * (n + 1));
    default: return ratio(w, twice + 1, 2 * n);
    }
}

static Wide borda(struct view *w, Wide v)
{
    Wide equal, twice = twice_beaten(w, v, &equal);
    if (is_unbounded(v))
        return (v < 0) == w->e->pop->ascending ? ratio(w, w->n, 1) : 0;
    return ratio(w, twice, 2);
}

static Wide least_of(const struct view *w, bool greatest)
{
    Wide out = w->v[0];
    for (Wide i = 1; i < w->n; i++)
        if (greatest ? w->v[i] > out : w->v[i] < out)
            out = w->v[i];
    return out;
}

/* (x - a) / (b - a), where a and b may stand either way round; fixed: bounds were given. */
static Wide placed(struct view *w, Wide x, Wide a, Wide b, bool fixed)
{
    const Wide one = wide_pow10(w->to);
    bool down = b < a;
    if (is_unbounded(x) && !fixed)
        return x;
    if (is_unbounded(x))
        return (x > 0) != down ? one : 0;
    if (a == b || (fixed && (down ? x >= a : x <= a)))
        return 0;
    if (fixed && (down ? x <= b : x >= b))
        return one;
    Big p = big_of(x), q = big_of(a), r = big_of(b);
    Big num = down ? big_sub(&q, &p) : big_sub(&p, &q);
    return big_ratio(w, num, down ? big_sub(&q, &r) : big_sub(&r, &q), 0);
}

static Cell minmax(struct view *w, Cell x, Cell a, Cell b, bool fixed)
{
    Wide lo = placed(w, x.lo, a.lo, b.lo, fixed), hi = placed(w, x.hi, a.lo, b.lo, fixed);
    return lo <= hi ? (Cell){lo, hi} : (Cell){hi, lo};
}

static Cell ranged(struct view *w, Cell x)
{
    const struct pop *pop = w->e->pop;
    bool fixed = pop->lo != NULL || pop->hi != NULL;
    int s = w->scale;
    if (pop->lo != NULL && pop->lo->type.scale > s)
        s = pop->lo->type.scale;
    if (pop->hi != NULL && pop->hi->type.scale > s)
        s = pop->hi->type.scale;
    Cell bound[2] = {CELL_UNKNOWN, CELL_UNKNOWN};
    const struct expr *given[2] = {pop->lo, pop->hi};
    for (int i = 0; i < 2; i++) {
        if (given[i] != NULL)
            bound[i] = ref_number(w->f, given[i], w->at, s);
        else if (w->n > 0)
            bound[i] =
                num_rescale(w->f, w->at, known(least_of(w, i == 1)), w->scale, s, ROUND_HALF_UP);
    }
    if (!is_definite(bound[0]) || !is_definite(bound[1]))
        return fixed ? (Cell){0, wide_pow10(w->to)} : CELL_UNKNOWN;
    return minmax(w, num_rescale(w->f, w->at, x, w->scale, s, ROUND_HALF_UP), bound[0], bound[1],
                  fixed);
}

static Cell to_max(struct view *w, Cell x)
{
    Cell max = CELL_UNKNOWN;
    if (w->n > 0)
        max.lo = max.hi = least_of(w, true);
    return num_div(w->f, w->at, x, max, (struct scales){w->scale, w->scale, w->to}, ROUND_HALF_UP);
}

static Cell between(Cell x, Wide lo, Wide hi)
{
    return (Cell){x.lo < lo ? lo : x.lo > hi ? hi : x.lo, x.hi < lo ? lo : x.hi > hi ? hi : x.hi};
}

static Cell winsor(struct view *w, Cell x)
{
    if (w->n == 0)
        return CELL_UNKNOWN;
    Wide lo = quantile(w, constant(w, 1, SHARE)), hi = quantile(w, constant(w, 2, SHARE));
    return between(num_rescale(w->f, w->at, x, w->scale, w->to, ROUND_HALF_UP), lo, hi);
}

/* n^2 (n-1) m3^2 / ((n-2)^2 m2^3) >= skew^2, and the excess kurtosis not below its limit */
static bool needs_treatment(const struct view *w, Wide skew, Wide kurtosis, bool *high)
{
    const Wide n = w->n, unit = wide_pow10(SHARE);
    Big m2 = moment(w, 2), m3 = moment(w, 3), m4 = moment(w, 4);
    *high = !m3.neg;
    if (big_is_zero(&m2))
        return false;
    Big m22 = big_mul(&m2, &m2), a = big_mul(&m3, &m3), b = big_mul(&m22, &m2);
    a = big_times(&a, n * n * (n - 1));
    a = big_times(&a, unit);
    a = big_times(&a, unit);
    b = big_times(&b, (n - 2) * (n - 2));
    b = big_times(&b, skew);
    b = big_times(&b, skew);
    if (skew > 0 && big_cmp(&a, &b) < 0)
        return false;
    Big r = big_times(&m4, n * (n + 1)), three = big_times(&m22, 3 * (n + 1) - 6);
    r = big_sub(&r, &three);
    r = big_times(&r, (n - 1) * unit);
    b = big_times(&m22, (n - 2) * (n - 3));
    b = big_times(&b, kurtosis);
    return big_cmp(&r, &b) >= 0;
}

/* Values become the next ones inwards, until the shape is right or `most` of them were changed. */
static Cell unskew(struct view *w, Cell x)
{
    Wide skew = constant(w, 1, SHARE), kurtosis = constant(w, 2, SHARE), most = constant(w, 3, 0);
    Wide cap = WIDE_INF, floor = -WIDE_INF, changed = 0;
    Wide *before = ARENA_ARRAY(w->f->keep, Wide, (size_t)w->n);
    for (Wide i = 0; i < w->n; i++)
        before[i] = w->v[i];
    bool high;
    while (w->n >= 4 && changed < most && needs_treatment(w, skew, kurtosis, &high)) {
        Wide edge = least_of(w, high), next = high ? -WIDE_INF : WIDE_INF;
        for (Wide i = 0; i < w->n; i++)
            if (w->v[i] != edge && (w->v[i] > next) == high)
                next = w->v[i];
        changed = 0;
        for (Wide i = 0; i < w->n; i++) {
            w->v[i] = w->v[i] == edge ? next : w->v[i];
            changed += w->v[i] != before[i];
        }
        *(high ? &cap : &floor) = next;
    }
    struct scales s = {w->scale, 0, w->to};
    x = between(x, floor, cap);
    return num_rescale(w->f, w->at, x, s.a, s.to, ROUND_HALF_UP);
}

static Cell of_group(struct view *w)
{
    if (w->e->op == OP_GROUP_COUNT)
        return known(ratio(w, w->n, 1));
    if (w->e->op == OP_GROUP_SUM)
        return known(big_ratio(w, sum_of(w), big_of(1), 1));
    if (w->n == 0 || (w->e->op == OP_GROUP_SD && divisor(w) == 0))
        return CELL_UNKNOWN;
    switch ((int)w->e->op) {
    case OP_GROUP_MEAN: return known(mean(w));
    case OP_GROUP_MEDIAN: return known(quantile(w, wide_pow10(SHARE) / 2));
    case OP_GROUP_QUANTILE: return known(quantile(w, constant(w, 1, SHARE)));
    case OP_GROUP_SD: return known(deviation(w));
    default:
        return known(big_ratio(w, big_of(least_of(w, w->e->op == OP_GROUP_MAX)), big_of(1), 1));
    }
}

static Cell fill(struct view *w, enum op op, Cell x)
{
    if ((is_unbounded(x.lo) || is_unbounded(x.hi)) && w->n > 0)
        return known(op == OP_IMPUTE_MEAN ? mean(w) : quantile(w, wide_pow10(SHARE) / 2));
    return num_rescale(w->f, w->at, x, w->scale, w->to, ROUND_HALF_UP);
}

Cell ref_impute(struct ref *f, const struct field *fd, const Cell *x, enum op op, struct at at)
{
    struct view w = {.f = f, .at = at, .x = x, .scale = fd->type.scale, .to = fd->type.scale};
    if (has_key(f, fd->blank_by, at))
        collect(&w, fd->blank_by);
    return fill(&w, op, x[at.row]);
}

/* Twice the number of others ahead of x under the ties rule: at best, or at worst. */
static Wide twice_ahead(const struct view *w, Cell x, enum pop_method ties, bool best)
{
    const bool up = w->e->pop->ascending;
    Wide twice = 0, mine = best != up ? x.hi : x.lo;
    for (uint32_t i = 0; i < w->f->d->row_n; i++) {
        if (!w->peer[i] || i == w->at.row)
            continue;
        Wide theirs = best != up ? w->x[i].lo : w->x[i].hi;
        bool ahead = up ? theirs < mine : theirs > mine;
        int tie = ties == TIES_MAX ? 2 : ties == TIES_MEAN ? 1 : 0;
        twice += ahead ? 2 : theirs == mine ? tie : 0;
    }
    return twice;
}

/* Different values ahead: definite ones surely, one for each interval possibly. */
static Wide dense_ahead(const struct view *w, Cell x, bool best)
{
    const bool up = w->e->pop->ascending;
    Wide n = 0, mine = best != up ? x.hi : x.lo;
    bool any = false;
    for (uint32_t i = 0; i < w->f->d->row_n; i++) {
        Wide theirs = best != up ? w->x[i].lo : w->x[i].hi;
        bool first = true;
        if (!w->peer[i] || i == w->at.row || !(up ? theirs < mine : theirs > mine))
            continue;
        any = true;
        for (uint32_t k = 0; k < i; k++)
            first = first && !(w->peer[k] && is_definite(w->x[k]) && w->x[k].lo == w->x[i].lo);
        n += is_definite(w->x[i]) ? first : !best;
    }
    return best && any && n == 0 ? 1 : n;
}

static Cell rank(struct view *w, Cell x)
{
    const struct pop *pop = w->e->pop;
    Wide n = 0, ahead[2];
    if (is_unbounded(x.lo) || is_unbounded(x.hi))
        return CELL_UNKNOWN;
    w->peer = peers_of(w, pop, true);
    for (uint32_t i = 0; i < w->f->d->row_n; i++)
        n += w->peer[i];
    enum pop_method ties = w->e->op == OP_RANK ? pop->method : TIES_MIN;
    for (int i = 0; i < 2; i++)
        ahead[i] =
            ties == TIES_DENSE ? 2 * dense_ahead(w, x, i == 0) : twice_ahead(w, x, ties, i == 0);
    if (w->e->op == OP_RANK)
        return (Cell){ratio(w, ahead[0] + 2, 2), ratio(w, ahead[1] + 2, 2)};
    const Wide million = 1000000;
    return (Cell){ratio(w, (ahead[0] + 2) * million / 2 - pop->quota_e6, n * million),
                  ratio(w, (ahead[1] + 2) * million / 2 - pop->quota_e6, n * million)};
}

/* Duels at the row's lower (0) or upper ends (1) against everybody who is definite throughout. */
static Cell copeland(struct view *w)
{
    const struct expr *e = w->e;
    Wide share[2];
    for (int end = 0; end < 2; end++) {
        Wide won = 0, others = 0;
        for (uint32_t i = 0; i < w->f->d->row_n; i++) {
            Wide balance = 0;
            bool whole = i != w->at.row;
            for (uint32_t k = 0; k < e->arg_n; k += 2) {
                const Cell *x = ref_column(w->f, e->arg[k], w->at);
                Wide mine = end ? x[w->at.row].hi : x[w->at.row].lo;
                Wide weight = ref_number(w->f, e->arg[k + 1], w->at, DEC_SCALE_MAX / 2).lo;
                balance += mine > x[i].lo ? weight : mine < x[i].lo ? -weight : 0;
                whole = whole && is_definite(x[i]);
            }
            won += !whole ? 0 : (balance > 0) - (balance < 0);
            others += whole;
        }
        share[end] = others == 0 ? 0 : ratio(w, won, others);
    }
    return (Cell){share[0], share[1]};
}

static Cell standardised(struct view *w, Cell x)
{
    if (w->n == 0)
        return CELL_UNKNOWN;
    return (Cell){is_unbounded(x.lo) ? x.lo : standard(w, x.lo),
                  is_unbounded(x.hi) ? x.hi : standard(w, x.hi)};
}

Cell ref_pop(struct ref *f, const struct expr *e, struct at at)
{
    struct view w = {.f = f, .e = e, .at = at, .scale = e->arg[0]->type.scale, .to = e->type.scale};
    bool grouped = has_key(f, e->pop, at);
    if (e->op == OP_IMPUTE_MEAN || e->op == OP_IMPUTE_MEDIAN) {
        w.x = ref_column(f, e->arg[0], at);
        if (grouped) /* else nobody is a peer */
            collect(&w, e->pop);
        return fill(&w, e->op, w.x[at.row]);
    }
    if (!grouped)
        return CELL_UNKNOWN;
    if (e->op == OP_AGG_COPELAND)
        return copeland(&w);
    w.x = ref_column(f, e->arg[0], at);
    collect(&w, e->pop);
    Cell x = w.x[at.row], c;
    switch ((int)e->op) {
    case OP_PERCENTILE: c = (Cell){percentile(&w, x.lo), percentile(&w, x.hi)}; break;
    case OP_BORDA: c = (Cell){borda(&w, x.lo), borda(&w, x.hi)}; break;
    case OP_RANK:
    case OP_BOARD: return rank(&w, x);
    case OP_MINMAX: return ranged(&w, x);
    case OP_ZSCORE: return standardised(&w, x);
    case OP_TO_MAX: return to_max(&w, x);
    case OP_WINSOR: return winsor(&w, x);
    case OP_UNSKEW: return unskew(&w, x);
    default: return of_group(&w);
    }
    return c.lo <= c.hi ? c : (Cell){c.hi, c.lo};
}
