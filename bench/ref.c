/* ref.c - both workloads by hand, the rules compiled in from spec.h, in binary floating point: what
 * the machine can do without a rule language, and the answers the others must give.
 *
 *     A   rows grouped by stage and industry once; then each indicator on its own (radix sorts for
 *         places and quantiles), totals in blocks, a radix sort a town for the ranks
 *     B   policy by policy over blocks that stay in the first cache
 *
 * Tried and dropped: a comparison sort (three times the time), sorting whole columns and then
 * splitting them by group (the scattered reads cost more than the shorter sorts save).
 */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"
#include "spec.h"

enum {
    CODE_N = 6, /* town stage industry ht lvl age */
    TOWN,
    STAGE = 1,
    INDUSTRY,
    LEVEL = 4,
    INDICATOR_N = 18,
    PEER_N = 24, /* stages x industries */
    TOWN_N = 10,
    POLICY_N = 30,
    GROUP_N = 10,
    BLOCK = 4096
};

static size_t rows;
static int thread_n;
static int32_t *code[CODE_N];
static double *indicator[INDICATOR_N]; /* NaN = null */
static double *points[INDICATOR_N], *sub[3], *total, *award[GROUP_N];
static int32_t *rank_of;
static uint32_t *t4; /* total in ten-thousandths, rounded half-up */
static char *grade;
static uint8_t *winner[GROUP_N], *peer_of;
static size_t start[PEER_N + 1]; /* of each peer group in `order` */
static uint32_t *order;          /* rows by peer group */

static void *memory(size_t n)
{
    void *p = NULL;
    if (posix_memalign(&p, 64, n > 0 ? n : 64) != 0)
        peer_die("memory");
    return p;
}

/* ---- tasks on threads ---- */

static atomic_size_t next_task;
static size_t task_n;
static void (*task)(size_t);

static void *worker(void *unused)
{
    for (size_t k; (k = atomic_fetch_add(&next_task, 1)) < task_n;)
        task(k);
    return unused;
}

static void run_tasks(size_t n, void (*f)(size_t))
{
    pthread_t thread[PEER_THREADS_MAX] = {0};
    next_task = 0;
    task_n = n;
    task = f;
    for (int i = 1; i < thread_n; i++)
        if (pthread_create(&thread[i], NULL, worker, NULL) != 0)
            peer_die("thread");
    (void)worker(NULL);
    for (int i = 1; i < thread_n; i++)
        (void)pthread_join(thread[i], NULL);
}

/* ---- CSV in ---- */

static char *read_file(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL || fseek(f, 0, SEEK_END) != 0)
        peer_die(path);
    *n = (size_t)ftell(f);
    rewind(f);
    char *text = memory(*n + 1);
    if (fread(text, 1, *n, f) != *n || fclose(f) != 0)
        peer_die(path);
    text[*n] = '\0';
    return text;
}

static inline int is_digit(char c)
{
    return (unsigned)(c - '0') < 10;
}

/* Decimals of at most 15 digits are exact as an integer over a power of ten. */
static inline const char *read_number(const char *at, int64_t *mantissa, int *decimals)
{
    int negative = *at == '-';
    int64_t v = 0;
    *decimals = 0;
    at += negative;
    for (; is_digit(*at); at++)
        v = v * 10 + (*at - '0');
    if (*at == '.') {
        const char *point = at++;
        for (; is_digit(*at); at++)
            v = v * 10 + (*at - '0');
        *decimals = (int)(at - point) - 1;
    }
    *mantissa = negative ? -v : v;
    return at;
}

static const char *read_row(const char *at, size_t row)
{
    static const double power[16] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    while (*at++ != ',') /* the id is the number of the row */
        continue;
    for (int c = 0; c < CODE_N + INDICATOR_N; c++) {
        int64_t v;
        int decimals;
        const char *end = read_number(at, &v, &decimals);
        if (c < CODE_N)
            code[c][row] = (int32_t)v;
        else
            indicator[c - CODE_N][row] = end == at ? (double)NAN : (double)v / power[decimals];
        at = end + 1;
    }
    return at;
}

static void load(const char *folder)
{
    char path[4096];
    size_t n;
    (void)snprintf(path, sizeof path, "%s/data.csv", folder);
    char *text = read_file(path, &n);
    for (char *at = text; (at = memchr(at, '\n', (size_t)(text + n - at))) != NULL; at++)
        rows++;
    if (rows == 0)
        peer_die("no rows");
    rows--;
    for (int j = 0; j < CODE_N; j++)
        code[j] = memory(rows * sizeof **code);
    for (int j = 0; j < INDICATOR_N; j++)
        indicator[j] = memory(rows * sizeof **indicator);
    const char *at = strchr(text, '\n') + 1;
    for (size_t row = 0; row < rows; row++)
        at = read_row(at, row);
    free(text);
}

/* ---- keys that sort like their doubles, and a radix sort from the lowest digit ---- */

enum { DIGIT_VALUES = 2048, DIGITS_MAX = 8 };

struct pair {
    uint64_t key;
    uint32_t row;
};

static inline uint64_t key_of(double x)
{
    uint64_t u;
    memcpy(&u, &x, sizeof u);
    return u ^ ((uint64_t)((int64_t)u >> 63) | 0x8000000000000000u);
}

static inline double value_of(uint64_t u)
{
    double x;
    u ^= u >> 63 != 0 ? 0x8000000000000000u : ~(uint64_t)0;
    memcpy(&x, &u, sizeof x);
    return x;
}

static _Thread_local uint32_t histogram[DIGITS_MAX][DIGIT_VALUES];

/* Counts into places; true if all n have the same digit. */
static inline int sum_counts(uint32_t *count, int values, size_t n)
{
    uint32_t sum = 0;
    int alike = 0;
    for (int j = 0; j < values; j++) {
        uint32_t c = count[j];
        alike |= c == n;
        count[j] = sum;
        sum += c;
    }
    return alike;
}

/* NOLINTBEGIN(bugprone-macro-parentheses) -- T is a type */
/* NAME(a, spare, n) returns whichever of the two holds the sorted result. */
#define RADIX_SORT(NAME, T, KEY)                                             \
    static T *NAME(T *a, T *spare, size_t n)                                 \
    {                                                                        \
        const int bits = n < 8192 ? 8 : 11, digits = (64 + bits - 1) / bits; \
        const uint64_t mask = ((uint64_t)1 << bits) - 1;                     \
        for (int d = 0; d < digits; d++)                                     \
            memset(histogram[d], 0, sizeof(uint32_t) << bits);               \
        for (size_t i = 0; i < n; i++)                                       \
            for (int d = 0; d < digits; d++)                                 \
                histogram[d][KEY(a[i]) >> (bits * d) & mask]++;              \
        for (int d = 0; d < digits; d++) {                                   \
            uint32_t *at = histogram[d];                                     \
            if (sum_counts(at, 1 << bits, n))                                \
                continue;                                                    \
            for (size_t i = 0; i < n; i++)                                   \
                spare[at[KEY(a[i]) >> (bits * d) & mask]++] = a[i];          \
            T *swap = a;                                                     \
            a = spare;                                                       \
            spare = swap;                                                    \
        }                                                                    \
        return a;                                                            \
    }
/* NOLINTEND(bugprone-macro-parentheses) */
#define KEY_OF_PAIR(x) (x).key
#define KEY_ITSELF(x)  (x)
RADIX_SORT(sort_pairs, struct pair, KEY_OF_PAIR)
RADIX_SORT(sort_keys, uint64_t, KEY_ITSELF)

/* ---- workload A ---- */

/* Places among the peers: (minimum rank - 1) / (n - 1). */
static void percentile_of_group(size_t k, size_t group, struct pair *a, struct pair *spare)
{
    const double *v = indicator[k], most = weight[group / 8][k];
    double *out = points[k];
    size_t n = 0;
    for (size_t i = start[group]; i < start[group + 1]; i++) {
        uint32_t row = order[i];
        if (isnan(v[row]))
            out[row] = 0;
        else
            a[n++] = (struct pair){key_of(v[row]), row};
    }
    const struct pair *s = sort_pairs(a, spare, n);
    for (size_t i = 0, first = 0; i < n; i++) {
        if (s[i].key != s[first].key)
            first = i;
        out[s[i].row] = n > 1 ? (double)first / (double)(n - 1) * most : 0;
    }
}

static void percentile(size_t k)
{
    for (size_t g = 0; g < PEER_N; g++) {
        size_t n = start[g + 1] - start[g];
        struct pair *a = memory(n * sizeof *a), *spare = memory(n * sizeof *spare);
        percentile_of_group(k, g, a, spare);
        free(a);
        free(spare);
    }
}

static void bands(size_t k)
{
    const double *v = indicator[k], *x = band_x[k], *p = band_p[k];
    double *out = points[k], slope[4], most[3];
    for (int j = 0; j < 4; j++)
        slope[j] = (p[j + 1] - p[j]) / (x[j + 1] - x[j]);
    for (int s = 0; s < 3; s++)
        most[s] = weight[s][k];
    for (size_t i = 0; i < rows; i++) {
        double value = v[i], f = p[0];
        for (int j = 0; j < 4; j++) {
            double over = value - x[j];
            f = over > 0 ? p[j] + over * slope[j] : f;
        }
        f = value >= x[4] ? p[4] : f;
        out[i] = (value == value ? f : 0) * most[code[STAGE][i] - 1]; /* NaN is not itself */
    }
}

/* Type 7: linear between the neighbours of (n - 1) q. */
static double quantile(const uint64_t *sorted, size_t n, double q)
{
    double h = (double)(n - 1) * q;
    size_t j = (size_t)h;
    double y = value_of(sorted[j]);
    return y + (h - (double)j) * (value_of(sorted[j + 1 < n ? j + 1 : j]) - y);
}

static void bounds_of_stage(size_t k, size_t s, uint64_t *a, uint64_t *spare, double bound[2])
{
    const double *v = indicator[k];
    size_t n = 0;
    for (size_t i = start[s * 8]; i < start[s * 8 + 8]; i++) {
        double x = v[order[i]];
        a[n] = key_of(x);
        n += x == x;
    }
    const uint64_t *sorted = sort_keys(a, spare, n);
    bound[0] = n > 0 ? quantile(sorted, n, 0.05) : 0;
    bound[1] = n > 0 ? quantile(sorted, n, 0.95) : 0;
}

static void minmax(size_t k)
{
    const double *v = indicator[k];
    double *out = points[k], lo[3], span[3];
    uint64_t *a = memory(rows * sizeof *a), *spare = memory(rows * sizeof *spare);
    for (size_t s = 0; s < 3; s++) {
        double bound[2];
        bounds_of_stage(k, s, a, spare, bound);
        lo[s] = bound[0];
        span[s] = bound[1] > bound[0] ? bound[1] - bound[0] : 0;
    }
    free(a);
    free(spare);
    for (size_t i = 0; i < rows; i++) {
        int s = code[STAGE][i] - 1;
        double x = v[i] - lo[s];
        x = x > 0 ? x : 0;
        x = x < span[s] ? x : span[s];
        out[i] = (span[s] > 0 && v[i] == v[i] ? x / span[s] : 0) * weight[s][k];
    }
}

static void score_indicator(size_t k)
{
    if (method[k] == PCT)
        percentile(k);
    else if (method[k] == BANDS)
        bands(k);
    else
        minmax(k);
}

static void score_total(size_t block)
{
    size_t beg = block * BLOCK, end = beg + BLOCK < rows ? beg + BLOCK : rows;
    for (size_t g = 0; g < 3; g++)
        for (size_t i = beg; i < end; i++) {
            double s = points[g * 6][i];
            for (size_t k = 1; k < 6; k++)
                s += points[g * 6 + k][i];
            sub[g][i] = s;
        }
    for (size_t i = beg; i < end; i++) {
        int g = 0;
        total[i] = sub[0][i] + sub[1][i] + sub[2][i];
        t4[i] = (uint32_t)(total[i] * 1e4 + 0.5);
        while (g < 4 && t4[i] < (uint32_t)(grade_min[g] * 1e4 + 0.5))
            g++;
        grade[i] = grade_name[g];
    }
}

static void score_rank(size_t town)
{
    size_t n = 0;
    struct pair *a = memory(rows * sizeof *a);
    for (size_t i = 0; i < rows; i++)
        if (code[0][i] == (int32_t)town + 1)
            a[n++] = (struct pair){UINT32_MAX - t4[i], (uint32_t)i}; /* the best first */
    struct pair *spare = memory(n * sizeof *spare);
    const struct pair *s = sort_pairs(a, spare, n);
    for (size_t i = 0, first = 0; i < n; i++) {
        if (s[i].key != s[first].key)
            first = i;
        rank_of[s[i].row] = (int32_t)first + 1;
    }
    free(a);
    free(spare);
}

static void score(void)
{
    size_t at[PEER_N];
    memset(start, 0, sizeof start);
    for (size_t i = 0; i < rows; i++) {
        peer_of[i] = (uint8_t)((code[STAGE][i] - 1) * 8 + code[INDUSTRY][i] - 1);
        start[peer_of[i] + 1]++;
    }
    for (int g = 0; g < PEER_N; g++) {
        start[g + 1] += start[g];
        at[g] = start[g];
    }
    for (size_t i = 0; i < rows; i++)
        order[at[peer_of[i]]++] = (uint32_t)i;
    run_tasks(INDICATOR_N, score_indicator);
    run_tasks((rows + BLOCK - 1) / BLOCK, score_total);
    run_tasks(TOWN_N, score_rank);
}

/* ---- workload B ---- */

/* The rows of one block, from `beg`. */
struct block {
    size_t beg, n;
    double best[BLOCK], sum[BLOCK];
    uint8_t won[BLOCK], ok[BLOCK];
};

/* NOLINTBEGIN(bugprone-macro-parentheses) -- an operator, and a type */
#define COMPARE(OP)                   \
    for (size_t i = 0; i < b->n; i++) \
    b->ok[i] &= (uint8_t)((double)v[i] OP c->than)
#define COMPARE_COLUMN(NAME, T)                                              \
    static void NAME(struct block *b, const T *v, const struct condition *c) \
    {                                                                        \
        switch (c->op) {                                                     \
        case GE: COMPARE(>=); break;                                         \
        case GT: COMPARE(>); break;                                          \
        case LE: COMPARE(<=); break;                                         \
        case LT: COMPARE(<); break;                                          \
        case EQ: COMPARE(==); break;                                         \
        }                                                                    \
    }
/* NOLINTEND(bugprone-macro-parentheses) */
COMPARE_COLUMN(compare_code, int32_t)
COMPARE_COLUMN(compare_value, double)

static void policy_ok(struct block *b, const struct policy *p)
{
    memset(b->ok, 1, b->n);
    for (int c = 0; c < p->when_n; c++)
        if (p->when[c].column < CODE_N)
            compare_code(b, code[p->when[c].column] + b->beg, &p->when[c]);
        else
            compare_value(b, indicator[p->when[c].column - CODE_N] + b->beg, &p->when[c]);
}

static inline void keep_better(struct block *b, size_t i, double v, uint8_t number)
{
    int better = b->ok[i] & (v > b->best[i]); /* NaN > x is false */
    b->best[i] = better ? v : b->best[i];
    b->won[i] = better ? number : b->won[i];
}

static void policy_amount(struct block *b, const struct policy *p, uint8_t number)
{
    if (p->kind == TABLE) {
        const int32_t *level = code[LEVEL] + b->beg;
        for (size_t i = 0; i < b->n; i++)
            keep_better(b, i, p->table[level[i]], number);
        return;
    }
    const double *base = indicator[p->base - CODE_N] + b->beg;
    for (size_t i = 0; i < b->n; i++) {
        double v = base[i];
        if (p->kind == OVER) {
            v -= p->over;
            v = v < 0 ? 0 : v;
        }
        v *= p->rate;
        keep_better(b, i, v > p->cap ? p->cap : v, number);
    }
}

static void pay_block(size_t number)
{
    struct block b = {.beg = number * BLOCK};
    b.n = b.beg + BLOCK < rows ? BLOCK : rows - b.beg;
    for (int k = 0; k < POLICY_N; k++) {
        const struct policy *p = &policies[k];
        if (k > 0 && p->group != policies[k - 1].group) {
            memset(b.best, 0, sizeof b.best);
            memset(b.won, 0, sizeof b.won);
        }
        policy_ok(&b, p);
        policy_amount(&b, p, (uint8_t)(k + 1));
        if (k == POLICY_N - 1 || p->group != policies[k + 1].group) {
            memcpy(award[p->group - 1] + b.beg, b.best, b.n * sizeof *b.best);
            memcpy(winner[p->group - 1] + b.beg, b.won, b.n);
            for (size_t i = 0; i < b.n; i++)
                b.sum[i] += b.best[i];
        }
    }
    for (size_t i = 0; i < b.n; i++)
        total[b.beg + i] = b.sum[i] < TOTAL_CAP ? b.sum[i] : TOTAL_CAP;
}

/* ---- the contender ---- */

static void run(struct peer *p)
{
    if (p->workload == 'A')
        score();
    else
        run_tasks((rows + BLOCK - 1) / BLOCK, pay_block);
}

static void open_results(char workload)
{
    total = memory(rows * sizeof *total);
    if (workload == 'B') {
        for (int g = 0; g < GROUP_N; g++) {
            award[g] = memory(rows * sizeof **award);
            winner[g] = memory(rows);
        }
        return;
    }
    for (int k = 0; k < INDICATOR_N; k++)
        points[k] = memory(rows * sizeof **points);
    for (int k = 0; k < 3; k++)
        sub[k] = memory(rows * sizeof **sub);
    grade = memory(rows);
    rank_of = memory(rows * sizeof *rank_of);
    t4 = memory(rows * sizeof *t4);
    peer_of = memory(rows);
    order = memory(rows * sizeof *order);
}

static void emit_row(FILE *f, char workload, size_t i)
{
    (void)fprintf(f, "%zu", i + 1);
    if (workload == 'A') {
        for (int k = 0; k < INDICATOR_N; k++)
            (void)fprintf(f, ",%.17g", points[k][i]);
        (void)fprintf(f, ",%.17g,%.17g,%.17g,%.17g,%c,%d\n", sub[0][i], sub[1][i], sub[2][i],
                      total[i], grade[i], rank_of[i]);
        return;
    }
    for (int g = 0; g < GROUP_N; g++)
        (void)fprintf(f, ",%.17g", award[g][i]);
    for (int g = 0; g < GROUP_N; g++)
        (void)fprintf(f, ",%d", winner[g][i]);
    (void)fprintf(f, ",%.17g\n", total[i]);
}

static void emit(const struct peer *p)
{
    FILE *f = peer_open_out(p);
    for (size_t i = 0; i < rows; i++)
        emit_row(f, p->workload, i);
    if (fclose(f) != 0)
        peer_die(p->out);
}

int main(int argc, char **argv)
{
    struct peer p;
    peer_args(&p, "C by hand", argc, argv);
    thread_n = p.threads;
    double t = peer_now();
    load(p.data);
    p.load_s = peer_now() - t;
    p.load_cpu_s = peer_cpu();
    p.n = rows;
    open_results(p.workload);
    peer_repeat(&p, run);
    t = peer_now();
    if (p.out != NULL) {
        emit(&p);
        p.emit_s = peer_now() - t;
    }
    peer_report(&p);
    return 0;
}
