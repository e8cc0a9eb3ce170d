/* total.c - the score tree over a block of columns: sums of products, one rounded division a node.
 *
 * Everything fits: tree_node.c says of a group whose largest possible sum reaches 2^61 that it is
 * wide, and admits none whose value would.
 */
#include "robust/robust_int.h"

__extension__ typedef unsigned __int128 Product;

enum { SUM_BITS = 62 };

struct divide divide_of(uint64_t by, enum rounding how)
{
    int bits = 0; /* 2^bits >= by */
    while (bits < SUM_BITS && ((uint64_t)1 << bits) < by)
        bits++;
    struct divide d = {.by = by, .shift = SUM_BITS + bits};
    d.magic = (uint64_t)((((Product)1 << d.shift) + by - 1) / by);
    uint64_t half = by / 2, up = by - 1;
    bool halves = how == ROUND_HALF_UP || how == ROUND_HALF_EVEN;
    d.bias[0] = halves ? half : how == ROUND_UP || how == ROUND_CEIL ? up : 0;
    d.bias[1] = halves ? half : how == ROUND_UP || how == ROUND_FLOOR ? up : 0;
    d.even = how == ROUND_HALF_EVEN && by % 2 == 0;
    return d;
}

static inline int64_t rounded(const struct divide *d, int64_t v)
{
    bool neg = v < 0;
    uint64_t size = (neg ? 0 - (uint64_t)v : (uint64_t)v) + d->bias[neg];
    uint64_t q = (uint64_t)((Product)size * d->magic >> d->shift);
    if (d->even && q % 2 == 1 && size == q * d->by)
        q--;
    return neg ? -(int64_t)q : (int64_t)q;
}

int64_t divide_round(const struct divide *d, int64_t v)
{
    return rounded(d, v);
}

int64_t divide_wide(const struct divide *d, Wide v)
{
    bool neg = v < 0;
    Product size = (Product)(neg ? -v : v) + d->bias[neg];
    uint64_t q = (uint64_t)(size / d->by);
    if (d->even && q % 2 == 1 && size == (Product)q * d->by)
        q--;
    return neg ? -(int64_t)q : (int64_t)q;
}

/* acc (+)= coefficient * x */
/* srccheck:params the parts of one inner loop */
static void add_part(const struct node *n, uint32_t k, const int64_t *coef, const int64_t *x,
                     const uint8_t *segment, int64_t *acc, uint32_t m)
{
    uint32_t stride = n->part_n;
    if (segment == NULL) {
        int64_t c = coef[k];
        for (uint32_t i = 0; i < m; i++)
            acc[i] += c * x[i];
        return;
    }
    for (uint32_t i = 0; i < m; i++)
        acc[i] += coef[segment[i] * stride + k] * x[i];
}

static void best_part(const struct node *n, uint32_t k, int64_t c, const int64_t *x, int64_t *acc,
                      uint32_t m)
{
    for (uint32_t i = 0; i < m; i++) {
        int64_t v = c * x[i];
        if (k == 0 || (n->agg == OP_AGG_MAX ? v > acc[i] : v < acc[i]))
            acc[i] = v;
    }
}

static void divide(const struct node *n, const uint8_t *segment, int64_t *acc, uint32_t m)
{
    if (segment == NULL) {
        struct divide d = n->unit[0];
        for (uint32_t i = 0; i < m; i++)
            acc[i] = rounded(&d, acc[i]);
    } else {
        for (uint32_t i = 0; i < m; i++)
            acc[i] = rounded(&n->unit[segment[i]], acc[i]);
    }
}

static void clamp(const struct node *n, uint32_t beg, int64_t *acc, uint32_t m)
{
    if (n->capped)
        for (uint32_t i = 0; i < m; i++)
            acc[i] = acc[i] > n->cap ? n->cap : acc[i];
    if (n->clamped)
        for (uint32_t i = 0; i < m; i++)
            acc[i] = acc[i] < 0 ? 0 : acc[i] > n->most ? n->most : acc[i];
    if (n->zero != NULL)
        for (uint32_t i = 0; i < m; i++)
            acc[i] = n->zero[beg + i] ? 0 : acc[i];
}

static const int64_t *part_values(const struct part *p, struct run_of of)
{
    return p->leaf >= 0 ? of.leaf[p->leaf] + of.beg : of.block + (size_t)p->node * BLOCK_COLUMNS;
}

/* Sums that want 128 bits, divided as they come. */
static void wide_parts(const struct node *n, const int64_t *coef, struct run_of of, int64_t *acc)
{
    const int64_t *x[PARTS_MAX];
    for (uint32_t k = 0; k < n->part_n; k++)
        x[k] = part_values(&n->part[k], of);
    for (uint32_t i = 0; i < of.n; i++) {
        uint32_t segment = n->segment == NULL ? 0 : n->segment[of.beg + i];
        const int64_t *own = coef + (size_t)segment * n->part_n;
        Wide sum = 0;
        for (uint32_t k = 0; k < n->part_n; k++)
            sum += (Wide)own[k] * x[k][i];
        acc[i] = divide_wide(&n->unit[segment], sum);
    }
}

static void
mean_parts(const struct tree *t, const struct node *n, const int64_t *coef, struct run_of of,
           int64_t *acc) /* NOLINT(readability-non-const-parameter): means_of writes it */
{
    struct mean_run r = {
        .segment = n->segment == NULL ? NULL : n->segment + of.beg, .out = acc, .n = of.n};
    for (uint32_t k = 0; k < n->part_n; k++)
        r.part[k] = part_values(&n->part[k], of);
    means_of(t->means, n, coef, &r);
}

static void add_parts(const struct node *n, const int64_t *coef, struct run_of of, int64_t *acc)
{
    const uint8_t *segment = n->segment == NULL ? NULL : n->segment + of.beg;
    bool best = n->agg == OP_AGG_MAX || n->agg == OP_AGG_MIN;
    for (uint32_t i = 0; i < of.n; i++)
        acc[i] = 0;
    for (uint32_t k = 0; k < n->part_n; k++) {
        const int64_t *x = part_values(&n->part[k], of);
        if (best)
            best_part(n, k, coef[k], x, acc, of.n);
        else
            add_part(n, k, coef, x, segment, acc, of.n);
    }
}

void robust_node_total(const struct tree *t, uint32_t j, const int64_t *coef, struct run_of of)
{
    const struct node *n = &t->node[j];
    int64_t *acc = of.block + (size_t)j * BLOCK_COLUMNS;
    const int64_t *own = coef + n->coef_at;
    if (n->wide) {
        wide_parts(n, own, of, acc);
    } else {
        if (is_mean(n->agg))
            mean_parts(t, n, own, of, acc);
        else
            add_parts(n, own, of, acc);
        divide(n, n->segment == NULL ? NULL : n->segment + of.beg, acc, of.n);
    }
    clamp(n, of.beg, acc, of.n);
}

const int64_t *robust_total(const struct tree *t, const int64_t *coef, struct run_of of)
{
    for (uint32_t j = 0; j < t->node_n; j++)
        robust_node_total(t, j, coef, of);
    return of.block + (size_t)(t->node_n - 1) * BLOCK_COLUMNS;
}
