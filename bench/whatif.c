/* whatif.c - how long a question takes, beside scoring everybody: the library as its users call it.
 *
 *     bench_whatif DIR RUNS        DIR/data.csv as gen.c writes it, scored by scoring.md
 *
 *     run         everybody scored, the data being read
 *     frozen      one fact of one subject changed, the others as they were
 *     reranked    the same, and everybody's place anew
 *     restaged    the stage of a subject changed: it leaves its peers for others in every step
 *     county      one weight of the document changed, compiled, everybody scored by it
 *     explained   all the reasons of a subject
 *
 * CPU medians in microseconds, and as parts of a run. Each question is about another subject than
 * the one before; the first of each kind, which sorts peer groups, is not counted.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "embed/embed_int.h"
#include "os/memory.h"

enum { RUNS_MAX = 1000, STRIDE = 7919, QUICK = 20, WARM_UP = 200 };

static const char old_weight[] = "| 研发规模 | 9 |", new_weight[] = "| 研发规模 | 8 |";
static struct geci_rules *rules;
static struct geci_scores *scores;
static char *revised;
static size_t revised_n;

static _Noreturn void die(const char *what)
{
    (void)fprintf(stderr, "bench_whatif: %s\n", what);
    exit(1);
}

static double now_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static char *read_file(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL || fseek(f, 0, SEEK_END) != 0)
        die(path);
    *n = (size_t)ftell(f);
    rewind(f);
    char *text = malloc(*n + 1);
    if (text == NULL || fread(text, 1, *n, f) != *n || fclose(f) != 0)
        die(path);
    text[*n] = '\0';
    return text;
}

/* ---- questions about the i-th subject ---- */

static void run(size_t i)
{
    (void)i;
    struct result *res;
    struct diags ds;
    struct arena *a = arena_open();
    diags_init(&ds, a);
    if (eval_run(a, &res, scores->plan, scores->data, &scores->opts, &ds) != OK)
        die("run");
    arena_close(a);
}

static void ask(size_t i, const char *set, enum geci_others others)
{
    struct geci_whatif *w;
    const char *id = geci_subject_id(scores, i * STRIDE % geci_subject_n(scores));
    if (geci_whatif_open(&w, scores, id, &set, 1, others) != GECI_OK)
        die(geci_whatif_messages(w));
    geci_whatif_close(w);
}

static void frozen(size_t i)
{
    ask(i, "研发费用=500", GECI_FROZEN);
}

static void reranked(size_t i)
{
    ask(i, "研发费用=500", GECI_RERANKED);
}

static void restaged(size_t i)
{
    ask(i, i % 2 == 0 ? "阶段编号=2" : "阶段编号=3", GECI_RERANKED);
}

static void county(size_t i)
{
    (void)i;
    struct geci_rules *r;
    struct geci_scores *s;
    if (geci_rules_load(&r, "revised", revised, revised_n, GECI_EN) != GECI_OK)
        die(geci_rules_messages(r));
    if (geci_score_again(&s, scores, r) != GECI_OK)
        die(geci_scores_messages(s));
    geci_scores_close(s);
    geci_rules_close(r);
}

static void explained(size_t i)
{
    if (geci_explain(scores, geci_subject_id(scores, i * STRIDE % geci_subject_n(scores)),
                     GECI_TEXT) == NULL)
        die("explain");
}

static const struct {
    const char *name;
    void (*ask)(size_t i);
    size_t times; /* how often in a run of the clock */
} question[] = {{"run", run, 1},           {"frozen", frozen, QUICK},
                {"reranked", reranked, 1}, {"restaged", restaged, 1},
                {"county", county, 1},     {"explained", explained, QUICK}};
enum { QUESTION_N = sizeof question / sizeof *question };

/* ---- the clock ---- */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Rounds of all questions, so that what else the machine does meets all alike. */
static void measure(size_t runs)
{
    static double took[QUESTION_N][RUNS_MAX];
    for (size_t i = 0; i < WARM_UP; i++)
        frozen(i);
    for (size_t r = 0; r < runs; r++)
        for (size_t q = 0; q < QUESTION_N; q++) {
            const double t = now_us();
            for (size_t k = 0; k < question[q].times; k++)
                question[q].ask(r * question[q].times + k + 1);
            took[q][r] = (now_us() - t) / (double)question[q].times;
        }
    for (size_t q = 0; q < QUESTION_N; q++)
        qsort(took[q], runs, sizeof took[q][0], by_size);
    printf("native, %zu subjects, %zu rounds: CPU us, median (least .. most), part of a run\n",
           geci_subject_n(scores), runs);
    for (size_t q = 0; q < QUESTION_N; q++)
        printf("%-10s %10.1f  (%.1f .. %.1f)  %.4f\n", question[q].name, took[q][runs / 2],
               took[q][0], took[q][runs - 1], took[q][runs / 2] / took[0][runs / 2]);
}

/* DIR/data.csv with the line of names.csv for its header. */
static char *read_facts(const char *dir, size_t *n)
{
    char path[4096];
    size_t names_n, data_n;
    (void)snprintf(path, sizeof path, "%s/data.csv", dir);
    char *names = read_file(BENCH_ROOT "/names.csv", &names_n), *data = read_file(path, &data_n);
    const char *rest = strchr(data, '\n');
    if (rest == NULL)
        die(path);
    char *csv = malloc(names_n + data_n);
    if (csv == NULL)
        die("memory");
    memcpy(csv, names, names_n);
    *n = names_n + strlen(rest + 1);
    memcpy(csv + names_n, rest + 1, strlen(rest + 1));
    free(names);
    free(data);
    return csv;
}

static void revise(const char *text, size_t n)
{
    char *at;
    revised = malloc(n + 1);
    if (revised == NULL)
        die("memory");
    memcpy(revised, text, n + 1);
    revised_n = n;
    at = strstr(revised, old_weight);
    if (at == NULL)
        die(old_weight);
    memcpy(at, new_weight, sizeof new_weight - 1);
}

int main(int argc, char **argv)
{
    const long runs = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
    if (runs < 1 || runs > RUNS_MAX)
        die("usage: bench_whatif DIR RUNS");
    memory_keep();
    size_t text_n, csv_n;
    char *text = read_file(BENCH_ROOT "/scoring.md", &text_n), *csv = read_facts(argv[1], &csv_n);
    if (geci_rules_load(&rules, "scoring.md", text, text_n, GECI_EN) != GECI_OK)
        die(geci_rules_messages(rules));
    if (geci_score_csv(&scores, rules, csv, csv_n, "2026-11-22", 0) != GECI_OK)
        die(geci_scores_messages(scores));
    revise(text, text_n);
    measure((size_t)runs);
    geci_scores_close(scores);
    geci_rules_close(rules);
    free(revised);
    free(csv);
    free(text);
    return 0;
}
