/* geci_peer.c - the engine as a contender: the rule documents of this folder, read, planned and
 * run as the verb `score` does it, without its output.
 *
 * The data have short ASCII headers. names.csv says what the documents call those columns; its line
 * takes the place of the header in memory, so that both can stay what they are. Where --data names
 * a column file, it was made of the two and has those names: see README.md.
 *
 * A timed run is eval_run on an arena of its own, opened and closed within the time. Reading the
 * document and planning (below a millisecond) are not timed, loading is timed apart.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/workers.h"
#include "check/check.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "eval/eval.h"
#include "load/gcol.h"
#include "load/load.h"
#include "os/file.h"
#include "os/memory.h"
#include "os/workers.h"
#include "peer.h"
#include "rule/model.h"

#define DATA_BYTES_MAX ((size_t)4 << 30)
enum {
    FILE_BYTES_MAX = 1 << 24,
    COLUMN_CAP = 40,
    TEN_THOUSAND = 4, /* money is kept in yuan, the contract wants ten thousands of them */
    ROW_BYTES_MAX = 8192
};

/* One column of the result. */
struct out_column {
    uint32_t item;
    int shift; /* decimals the point is moved to the left */
};

static struct {
    struct arena *arena;
    struct diags diags;
    struct rules *rules;
    struct dataset *data;
    struct plan *plan;
    struct eval_opts opts;
    size_t column_n;
    struct out_column column[COLUMN_CAP];
} job;

static void must(enum status st, Str file, Str text)
{
    if (st == OK)
        return;
    struct buf b;
    buf_init(&b, job.arena, FILE_BYTES_MAX);
    for (size_t i = 0; i < job.diags.n; i++)
        if (diag_info(job.diags.at[i].code)->sev == SEV_ERROR)
            diag_render(&b, &job.diags.at[i], file, text, LANG_EN);
    (void)fprintf(stderr, "%.*s: status %d\n%.*s", (int)file.n, file.p, (int)st, (int)b.n, b.p);
    exit(1);
}

static Str read_file(struct arena *keep, Str path, size_t most)
{
    Str text;
    int err = 0;
    must(file_read(keep, &text, path, most, &err), path, S(""));
    return text;
}

static Str read_text(Str path)
{
    return read_file(job.arena, path, FILE_BYTES_MAX);
}

/* DIR/data.csv with the line of names.csv for its header. */
static Str read_data(struct arena *tmp, const struct peer *p)
{
    char header[ROW_BYTES_MAX];
    Str path = arena_fmt(job.arena, "%s/data.csv", p->data);
    Str names = read_text(S(BENCH_ROOT "/names.csv"));
    FILE *f = fopen(path.p, "rb");
    if (f == NULL || fseek(f, 0, SEEK_END) != 0)
        peer_die(path.p);
    size_t n = (size_t)ftell(f);
    rewind(f);
    if (fgets(header, sizeof header, f) == NULL)
        peer_die(path.p);
    size_t rest = n - strlen(header);
    char *text = arena_raw(tmp, names.n + rest, 1);
    memcpy(text, names.p, names.n);
    if (fread(text + names.n, 1, rest, f) != rest || fclose(f) != 0)
        peer_die(path.p);
    return (Str){text, names.n + rest};
}

static void load(const struct peer *p)
{
    const Str path = str_of(p->data);
    struct load_opts o = {.period = INT32_MIN, .as_of_year = day_year(job.rules->from)};
    struct arena *tmp = arena_open(); /* the text is gone once it is read */
    if (str_ends(path, S(".gcol"))) {
        const struct gcol *g;
        must(gcol_open(tmp, &g, read_file(tmp, path, DATA_BYTES_MAX), &job.diags), path, S(""));
        must(load_gcol(job.arena, &job.data, &job.opts.period, job.rules, g, &o, &job.diags), path,
             gcol_head(g));
    } else {
        Str text;
        must(csv_decode(tmp, &text, read_data(tmp, p), NULL, &job.diags), path, S(""));
        must(load_csv(job.arena, &job.data, &job.opts.period, job.rules, text, &o, &job.diags),
             path, text);
    }
    arena_close(tmp);
}

static void open_document(const struct peer *p)
{
    Str path = S(BENCH_ROOT "/scoring.md");
    if (p->workload == 'B')
        path = S(BENCH_ROOT "/policies.md");
    if (p->doc != NULL)
        path = str_of(p->doc);
    Str text = read_text(path);
    must(check_load(job.arena, &job.rules, path, text, &job.diags), path, text);
    job.opts.as_of = job.rules->from;
}

static void run(struct peer *p)
{
    (void)p;
    struct result *result;
    struct arena *arena = arena_open();
    must(eval_run(arena, &result, job.plan, job.data, &job.opts, &job.diags), S("run"), S(""));
    arena_close(arena);
}

/* ---- on paper ----
 *
 * What threads can gain, whatever else the machine does: a run on one thread, whose parts are
 * timed and given on paper to whichever of `threads` is free first. What is left out is what
 * threads cost each other: memory, caches, waking up. */

struct paper {
    struct workers base; /* first: eval knows only this */
    double parts_s, dealt_s;
};

static double thread_cpu(void)
{
    struct timespec t;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) != 0)
        peer_die("clock");
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void run_on_paper(struct workers *w, void (*part)(void *arg, uint32_t i), void *arg,
                         uint32_t n)
{
    struct paper *paper = (struct paper *)w;
    double busy[PEER_THREADS_MAX] = {0}, longest = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t free = 0;
        for (uint32_t k = 1; k < w->n; k++)
            free = busy[k] < busy[free] ? k : free;
        const double t = thread_cpu();
        part(arg, i);
        const double took = thread_cpu() - t;
        paper->parts_s += took;
        busy[free] += took;
        longest = busy[free] > longest ? busy[free] : longest;
    }
    paper->dealt_s += longest;
}

static void deal(struct peer *p)
{
    for (int r = 0; r < p->runs && p->threads > 1; r++) {
        struct paper paper = {.base = {run_on_paper, (uint32_t)p->threads}};
        job.opts.workers = &paper.base;
        const double t = thread_cpu();
        run(p);
        const double all = thread_cpu() - t;
        p->gain[r] = all / (all - paper.parts_s + paper.dealt_s);
    }
}

/* ---- the result ---- */

static void add_column(uint32_t item, int shift)
{
    if (job.column_n == COLUMN_CAP)
        must(ERR_LIMIT, S("columns"), S(""));
    job.column[job.column_n++] = (struct out_column){item, shift};
}

/* A: the leaves, the groups, the root, then grade and rank. */
static void find_scores(void)
{
    const struct rules *r = job.rules;
    for (int level = 0; level < 3; level++)
        for (uint32_t i = 0; i < r->item_n; i++) {
            const struct item *it = &r->item[i];
            int its = it->child_n == 0 ? 0 : it->parent >= 0 ? 1 : 2;
            if (it->kind == ITEM_SCORE && its == level)
                add_column(i, 0);
        }
    for (uint32_t i = 0; i < r->item_n; i++)
        if (r->item[i].kind == ITEM_GRADE || r->item[i].kind == ITEM_RANK)
            add_column(i, 0);
}

/* B: the awards of the groups, who won, the sum (the last indicator). */
static void find_awards(void)
{
    const struct rules *r = job.rules;
    uint32_t last = 0;
    for (uint32_t i = 0; i < r->item_n; i++)
        if (r->item[i].kind == ITEM_INDICATOR)
            last = i;
    for (uint32_t i = 0; i < last; i++)
        if (r->item[i].kind == ITEM_INDICATOR)
            add_column(i, TEN_THOUSAND);
    for (uint32_t i = 0; i < r->item_n; i++)
        if (r->item[i].kind == ITEM_SEGMENT)
            add_column(i, 0);
    add_column(last, TEN_THOUSAND);
}

/* The number of the policy of that name among the policies, 0 if there is none. */
static int policy_number(Str name)
{
    int number = 0;
    for (uint32_t i = 0; i < job.rules->item_n; i++) {
        const struct item *it = &job.rules->item[i];
        number += it->kind == ITEM_POLICY;
        if (it->kind == ITEM_POLICY && str_eq(it->name, name))
            return number;
    }
    return 0;
}

static void print_cell(struct buf *b, char workload, struct out_column c, Cell cell)
{
    const struct item *it = &job.rules->item[c.item];
    buf_char(b, ',');
    if (!cell_is_definite(it->type.kind, cell))
        must(ERR_INPUT, it->name, S(""));
    if (it->type.kind == TYPE_NUM) {
        dec_print(b, cell.lo, it->type.scale + c.shift);
        return;
    }
    Str label = labels_text(job.data->labels, (uint32_t)cell.lo);
    if (workload == 'A')
        buf_add(b, label);
    else
        buf_fmt(b, "%d", policy_number(label));
}

static void emit(const struct peer *p)
{
    struct result *result;
    struct arena *arena = arena_open(), *tmp = arena_open();
    ArenaMark mark = arena_mark(tmp);
    must(eval_run(arena, &result, job.plan, job.data, &job.opts, &job.diags), S("run"), S(""));
    FILE *f = peer_open_out(p);
    for (uint32_t row = 0; row < result->row_n; row++) {
        struct buf b;
        arena_reset(tmp, mark);
        buf_init(&b, tmp, ROW_BYTES_MAX);
        buf_add(&b, job.data->id[row]);
        for (size_t i = 0; i < job.column_n; i++)
            print_cell(&b, p->workload, job.column[i],
                       result_cell(result, job.column[i].item, row));
        buf_char(&b, '\n');
        (void)fwrite(b.p, 1, b.n, f);
    }
    if (fclose(f) != 0)
        peer_die(p->out);
    arena_close(tmp);
    arena_close(arena);
}

int main(int argc, char **argv)
{
    struct peer p;
    peer_args(&p, "geci", argc, argv);
    memory_keep();
    job.arena = arena_open();
    diags_init(&job.diags, job.arena);
    open_document(&p);
    double t = peer_now(), cpu = peer_cpu();
    load(&p);
    p.load_s = peer_now() - t;
    p.load_cpu_s = peer_cpu() - cpu;
    p.n = job.data->row_n;
    struct workers *workers = workers_open(job.arena, (uint32_t)p.threads);
    job.opts.workers = workers;
    must(plan_build(job.arena, &job.plan, job.rules, job.opts.as_of, job.opts.period, &job.diags),
         S("plan"), S(""));
    if (p.workload == 'A')
        find_scores();
    else
        find_awards();
    bool *wanted = ARENA_ARRAY(job.arena, bool, job.rules->item_n);
    for (size_t i = 0; i < job.column_n; i++)
        wanted[job.column[i].item] = true;
    plan_keep(job.arena, job.plan, wanted);
    job.opts.values_only = true;
    peer_repeat(&p, run);
    deal(&p);
    job.opts.workers = workers;
    t = peer_now();
    if (p.out != NULL) {
        emit(&p);
        p.emit_s = peer_now() - t;
    }
    workers_close(workers);
    peer_report(&p);
    return 0;
}
