/* again.c - one fact of one subject changed and everybody placed anew, by any rule document.
 *
 *     bench_again SUBJECTS DOC..        facts are drawn, the same each time
 *
 * For each document: what scoring everybody takes, and what asking for the whole population again
 * takes after one figure of one subject has become another subject's: the median over all columns
 * of facts, and the dearest column. CPU milliseconds. The last answer of each column is held
 * against scoring everybody with that fact, cell by cell.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/plan_int.h"
#include "field/unit.h"
#include "load/load.h"
#include "os/memory.h"

enum { QUESTIONS = 5, COLUMNS_MAX = 1000, YEAR = 2025, DAY = 20600, DAYS = 7300, STRIDE = 7919 };

static uint64_t state;

static double now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static _Noreturn void die(const char *what, const char *of)
{
    (void)fprintf(stderr, "bench_again: %s: %s\n", of, what);
    exit(1);
}

static uint32_t draw(uint32_t below)
{
    state += 0x9E3779B97F4A7C15u;
    uint64_t z = (state ^ state >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (uint32_t)(((z ^ z >> 31) >> 32) * below >> 32);
}

static char *read_file(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL || fseek(f, 0, SEEK_END) != 0)
        die("cannot be read", path);
    *n = (size_t)ftell(f);
    rewind(f);
    char *text = malloc(*n + 1);
    if (text == NULL || fread(text, 1, *n, f) != *n || fclose(f) != 0)
        die("cannot be read", path);
    return text;
}

/* ---- facts ---- */

/* Amounts are many small ones and few large ones, in the field's unit; a few of them have decimals.
 */
static Wide amount(const struct field *f)
{
    const uint32_t size = draw(6);
    Wide v = draw(size == 0 ? 1 : size == 1 ? 10 : size == 2 ? 100 : size < 5 ? 5000 : 60000);
    for (int i = 0; i < f->type.scale; i++)
        v = v * 10 + (i == 0 ? draw(3) : 0);
    v = f->unit == NULL ? v : v * f->unit->num / f->unit->den;
    if (f->has_lo && v < f->lo)
        return f->lo;
    return f->has_hi && v > f->hi ? f->hi : v;
}

static Wide fact(const struct field *f, struct labels *labels)
{
    char text[16];
    switch ((int)f->type.kind) {
    case TYPE_NUM: return amount(f);
    case TYPE_DAY: return DAY - DAYS + (Wide)draw(DAYS);
    case TYPE_TRUTH: return draw(8) == 0 ? TRUTH_MET : TRUTH_UNMET;
    default:
        if (f->option_n > 0)
            return f->option[draw(f->option_n)];
        (void)snprintf(text, sizeof text, "3205821%02u", draw(10));
        return labels_code(labels, str_of(text));
    }
}

/* What an expert enters lies in an interval of its own: nobody has entered anything yet. */
static bool is_reviewed(const struct rules *r, uint32_t field)
{
    bool found = false;
    for (uint32_t i = 0; i < r->item_n; i++)
        found |= r->item[i].review == (int32_t)field;
    return found;
}

/* Every column the plan reads, a tenth of it missing. */
static struct dataset *facts(struct arena *keep, const struct plan *p, uint32_t row_n)
{
    char id[16];
    struct dataset *d = load_open(keep, p->rules, row_n);
    for (uint32_t row = 0; row < row_n; row++) {
        (void)snprintf(id, sizeof id, "E%06u", row);
        d->id[row] = arena_copy(keep, str_of(id));
    }
    for (size_t n = 0; n < p->node_n; n++) {
        const struct node *k = &p->node[n];
        if (k->op != NODE_FIELD || !k->live || is_reviewed(p->rules, k->ref) ||
            dataset_find(d, k->ref, k->period) != NULL)
            continue;
        struct column *c = dataset_column(d, k->ref, k->period);
        for (uint32_t row = 0; row < row_n; row++)
            if (draw(10) > 0)
                column_set(c, row, fact(&p->rules->field[k->ref], d->labels));
    }
    return d;
}

/* ---- questions ---- */

struct bench {
    const char *path;
    struct plan *plan;
    struct dataset *data;
    struct eval_opts opts;
    struct result *base;
};

static struct result *score(struct arena *keep, const struct bench *b, const struct dataset *d)
{
    struct result *res;
    struct diags ds;
    diags_init(&ds, keep);
    if (eval_run(keep, &res, b->plan, d, &b->opts, &ds) != OK)
        die("does not run", b->path);
    return res;
}

static void compare(struct arena *tmp, const struct bench *b, const struct result *again,
                    const struct dataset *d)
{
    const struct result *whole = score(tmp, b, d);
    for (uint32_t i = 0; i < b->plan->rules->item_n; i++)
        for (uint32_t row = 0; row < d->row_n; row++) {
            const Cell x = result_cell(whole, i, row), y = result_cell(again, i, row);
            if (x.lo != y.lo || x.hi != y.hi)
                die("another answer than scoring everybody", b->path);
        }
}

/* Column `i` of a row becomes another row's. */
static double ask(const struct bench *b, size_t i, bool check)
{
    struct arena *a = arena_open();
    struct diags ds;
    diags_init(&ds, a);
    struct result *res;
    const struct column *was = &b->data->column[i];
    const uint32_t row = draw(b->data->row_n), other = draw(b->data->row_n);
    const double from = now_ms();
    struct dataset *d = dataset_copy(a, b->data);
    struct column *c = dataset_column(d, was->field, was->period);
    if (column_has(was, other))
        column_set(c, row, column_value(was, other));
    else
        column_clear(c, row);
    if (eval_again(a, &res, b->plan, b->base, d, &ds) != OK)
        die("does not run again", b->path);
    const double took = now_ms() - from;
    if (check)
        compare(a, b, res, d);
    arena_close(a);
    return took;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v, size_t n)
{
    qsort(v, n, sizeof *v, by_size);
    return v[n / 2];
}

static void report(const struct bench *b, double run_ms)
{
    static double column[COLUMNS_MAX];
    const size_t n = b->data->column_n < COLUMNS_MAX ? b->data->column_n : COLUMNS_MAX;
    double worst = 0;
    size_t dearest = 0;
    for (size_t i = 0; i < n; i++) {
        double took[QUESTIONS];
        (void)ask(b, i, false);
        for (size_t k = 0; k < QUESTIONS; k++)
            took[k] = ask(b, i, k == QUESTIONS - 1);
        column[i] = median(took, QUESTIONS);
        dearest = column[i] > worst ? i : dearest;
        worst = column[i] > worst ? column[i] : worst;
    }
    const Str name = n == 0 ? S("-") : b->plan->rules->field[b->data->column[dearest].field].name;
    printf("%9.2f %9.2f %9.2f  %s  (%.*s)\n", run_ms, n == 0 ? 0 : median(column, n), worst,
           b->path, STR_ARG(name));
}

static void measure(const char *path, uint32_t row_n)
{
    size_t n;
    char *text = read_file(path, &n);
    struct arena *keep = arena_open();
    struct bench b = {.path = path, .opts = {.as_of = DAY, .period = YEAR}};
    struct diags ds;
    struct rules *r;
    diags_init(&ds, keep);
    if (rule_load(keep, &r, str_of(path), (Str){text, n}, &ds) != OK ||
        plan_build(keep, &b.plan, r, DAY, YEAR, &ds) != OK)
        die("does not compile", path);
    if (r->item_n > 0) {
        double took[QUESTIONS];
        b.data = facts(keep, b.plan, row_n);
        for (size_t i = 0; i < QUESTIONS; i++) {
            struct arena *tmp = arena_open();
            const double from = now_ms();
            (void)score(tmp, &b, b.data);
            took[i] = now_ms() - from;
            arena_close(tmp);
        }
        b.base = score(keep, &b, b.data);
        report(&b, median(took, QUESTIONS));
    }
    arena_close(keep);
    free(text);
}

int main(int argc, char **argv)
{
    const long row_n = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
    if (row_n < 1 || row_n > LOAD_ROWS_MAX)
        die("SUBJECTS DOC..", "usage");
    memory_keep();
    printf("%ld subjects, CPU ms\n%9s %9s %9s\n", row_n, "run", "again", "dearest");
    for (int i = 2; i < argc; i++) {
        state = 0;
        measure(argv[i], (uint32_t)row_n);
    }
    return 0;
}
