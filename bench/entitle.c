/* entitle.c - workload C: what sixty policies in twenty groups come to for each subject, under a
 * cap of all; the document is made by peers/sqlgen.py of what DuckDB is asked, too.
 *
 *     bench_entitle DIR RUNS [OUT.csv]      DIR/sixty.md, DIR/data.csv
 *
 * A run is eval_run of the sixty and entitle_totals, on an arena of its own. The last line is JSON:
 * CPU seconds of each run. Every sum is checked against maxima and sums over Cells here.
 */
#include "entitle/entitle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/decimal.h"
#include "base/str.h"
#include "check/check.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "load/load.h"
#include "os/file.h"
#include "os/memory.h"

enum { RUNS_MAX = 100, TEN_THOUSAND = 6 /* fen to ten thousands of yuan */ };
#define BYTES_MAX ((size_t)1 << 30)

static struct arena *keep;
static struct diags ds;
static struct entitle *e;
static struct dataset *data;
static struct plan *plan;
static struct eval_opts opts = {.values_only = true};

static void must(enum status st, const char *what)
{
    if (st == OK)
        return;
    (void)fprintf(stderr, "bench_entitle: %s: status %d\n", what, (int)st);
    exit(1);
}

static Str read_text(const char *dir, const char *name)
{
    Str text;
    int err = 0;
    must(file_read(keep, &text, arena_fmt(keep, "%s/%s", dir, name), BYTES_MAX, &err), name);
    return text;
}

static double cpu_seconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void open_all(const char *dir)
{
    struct rules *r;
    struct load_opts o = {.period = INT32_MIN, .as_of_year = 2026};
    Str doc = read_text(dir, "sixty.md");
    must(check_load(keep, &r, S("sixty.md"), doc, &ds), "sixty.md");
    must(entitle_open(keep, &e, r, &ds), "policies");
    must(load_csv(keep, &data, &opts.period, e->rules, read_text(dir, "data.csv"), &o, &ds),
         "data.csv");
    opts.as_of = r->from;
    must(plan_build(keep, &plan, e->rules, opts.as_of, opts.period, &ds), "plan");
    entitle_keep(keep, e, plan);
}

static void run(struct arena *a, struct result **res, Money *total[READ_N])
{
    must(eval_run(a, res, plan, data, &opts, &ds), "run");
    must(entitle_totals(a, e, *res, total), "totals");
}

static int64_t by_hand(const struct result *res, uint32_t row)
{
    int64_t sum = 0;
    for (uint32_t g = 0; g < e->group_n; g++) {
        int64_t most = 0;
        for (uint32_t p = 0; p < e->policy_n; p++) {
            int64_t fen = (int64_t)result_cell(res, e->policy[p].item, row).lo;
            if ((e->group[g].member >> p & 1) != 0 && fen > most)
                most = fen;
        }
        sum += most;
    }
    return sum < e->cap_fen ? sum : e->cap_fen;
}

static void check_and_write(const char *out)
{
    struct arena *a = arena_open(), *tmp = arena_open();
    struct result *res;
    Money *total[READ_N];
    run(a, &res, total);
    FILE *f = out == NULL ? NULL : fopen(out, "w");
    if (f != NULL)
        (void)fputs("id,total\n", f);
    for (uint32_t row = 0; row < data->row_n; row++) {
        struct buf b;
        if (total[READ_HIGHEST][row].lo != by_hand(res, row))
            must(ERR_INPUT, "a sum differs");
        buf_init(&b, tmp, 256);
        dec_print(&b, total[READ_HIGHEST][row].lo, TEN_THOUSAND);
        if (f != NULL)
            (void)fprintf(f, "%.*s,%.*s\n", (int)data->id[row].n, data->id[row].p, (int)b.n, b.p);
    }
    if (f != NULL && fclose(f) != 0)
        must(ERR_IO, out);
    arena_close(tmp);
    arena_close(a);
}

int main(int argc, char **argv)
{
    double cpu[RUNS_MAX];
    int runs = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 0;
    if (runs < 1 || runs > RUNS_MAX) {
        (void)fprintf(stderr, "usage: bench_entitle DIR RUNS [OUT.csv]\n");
        return 64;
    }
    memory_keep();
    keep = arena_open();
    diags_init(&ds, keep);
    open_all(argv[1]);
    check_and_write(argc > 3 ? argv[3] : NULL);
    for (int i = 0; i < runs; i++) {
        struct arena *a = arena_open();
        struct result *res;
        Money *total[READ_N];
        double begin = cpu_seconds();
        run(a, &res, total);
        cpu[i] = cpu_seconds() - begin;
        arena_close(a);
    }
    (void)printf("{\"subjects\": %u, \"policies\": %u, \"cpu_s\": [", data->row_n, e->policy_n);
    for (int i = 0; i < runs; i++)
        (void)printf("%s%.6f", i == 0 ? "" : ", ", cpu[i]);
    (void)puts("]}");
    return 0;
}
