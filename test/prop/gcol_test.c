/* A column file scores as its CSV does: the same columns, ids, labels, diagnostics and results,
 * whatever the cells and whichever form a column takes; and it prints that CSV.
 */
#include "../fuzz/same.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/str.h"
#include "load/gcol.h"
#include "load/load.h"
#include "prop/run.h"
#include "prop/sample.h"
#include "t.h"
#include "unit/grade/gen.h"

enum { ROWS = 700, TRIALS = 40, DOCUMENTS = 100, COLUMNS = 11, STYLES = 10 };

static const struct gcol *columns_of(struct arena *a, Str csv)
{
    const struct gcol *g = NULL;
    struct diags ds;
    struct buf b;
    Str *part, text;
    size_t n = 0;
    diags_init(&ds, a);
    buf_init(&b, a, BUF_MAX);
    ASSERT(csv_decode(a, &text, csv, NULL, &ds) == OK);
    ASSERT(gcol_write(a, &part, &n, text, &ds) == OK);
    for (size_t i = 0; i < n; i++)
        buf_add(&b, part[i]);
    ASSERT(gcol_open(a, &g, buf_str(&b), &ds) == OK);
    return g;
}

/* ---- cells: a style a column, and now and then something else in one of them ---- */

static void add_cell(struct buf *b, struct gen *g, int style, int row)
{
    static const char *const odd[] = {"007", "1e3", "5千元", "２", "3%",
                                      "x",   "高",  "-0",    "是", "."};
    const int any = gen_int(g, 0, 99999);
    if (gen_int(g, 0, 9) == 0)
        return;
    switch (style) {
    case 0: buf_fmt(b, "%d", any - 50000); break;
    case 1: buf_fmt(b, "%d.%02d", any, any % 100); break;
    case 2: buf_fmt(b, any % 4 == 0 ? "%d" : "%d.%d", any, any % 9 + 1); break;
    case 3: buf_fmt(b, "%d%06d", any, any); break;
    case 4: buf_fmt(b, "0.%05d%05d%05d%d", any, any, any, any % 9 + 1); break;
    case 5: buf_fmt(b, "%d", 20000000 + (any % 30) * 10000 + 101 + row % 28); break;
    case 6: buf_fmt(b, "2%03d-0%d-1%d", any % 1000, any % 9 + 1, any % 10); break;
    case 7: buf_fmt(b, "字%d", any % 200); break;
    case 8: buf_fmt(b, "%s", odd[any % (int)ARRAY_N(odd)]); break;
    default: buf_fmt(b, "%d", any % 2); break;
    }
}

static Str draw_file(struct arena *a, uint64_t seed)
{
    struct gen g = {.state = seed};
    struct buf b;
    int style[COLUMNS], stray = gen_int(&g, 0, 4 * ROWS);
    buf_init(&b, a, BUF_MAX);
    buf_add(&b, S("编号,a,b@2021,b@2022,c,d,f,h,j,k,l,名称\n"));
    for (int i = 0; i < COLUMNS; i++)
        style[i] = gen_int(&g, 0, STYLES - 1);
    for (int row = 0; row < ROWS; row++) {
        buf_fmt(&b, seed % 2 == 0 ? "%d" : "N%d", row == stray / 2 ? row - 1 : row);
        for (int i = 0; i < COLUMNS; i++) {
            buf_char(&b, ',');
            add_cell(&b, &g, row == stray ? STYLES - 2 : style[i], row);
        }
        buf_char(&b, '\n');
    }
    return buf_str(&b);
}

TEST(a_column_file_loads_as_its_csv)
{
    size_t errors = 0;
    for (uint64_t seed = 1; seed <= TRIALS; seed++) {
        struct arena *a = arena_open();
        struct loaded one, two;
        const Str csv = draw_file(a, seed);
        const struct gcol *g = columns_of(a, csv);
        CHECK(str_eq(gcol_csv(a, g), csv));
        loaded_csv(a, &one, csv);
        loaded_gcol(a, &two, g);
        CHECK_INT(one.st, two.st);
        CHECK_INT(one.period, two.period);
        same_data(one.d, two.d);
        same_diags(&one.ds, &two.ds);
        errors += one.ds.error_n;
        arena_close(a);
    }
    CHECK(errors > 0);
}

/* ---- results ---- */

/* A document and its data, of which some cells may be meant to be wrong. False: the document is. */
static bool check_scores(const char *what, Str doc, Str csv, Day as_of, int period)
{
    struct run w;
    const bool good = run_open(&w, doc, csv, as_of, period);
    struct run v = w;
    struct result *a = NULL, *b = NULL;
    struct load_opts o = {.period = period, .as_of_year = period + 1};
    if (w.d == NULL) {
        run_close(&w);
        return false;
    }
    diags_init(&v.ds, w.keep);
    const enum status st =
        load_gcol(w.keep, &v.d, &v.o.period, w.r, columns_of(w.keep, csv), &o, &v.ds);
    CHECK(st == OK || !good);
    same_data(w.d, v.d);
    if (plan_build(w.keep, &w.plan, w.r, as_of, w.o.period, &w.ds) == OK) {
        v.plan = w.plan;
        CHECK_INT(run_vector(&w, &a), run_vector(&v, &b));
        CHECK((a == NULL) == (b == NULL) && (a == NULL || run_same(what, a, b, NULL)));
    }
    run_close(&w);
    return true;
}

TEST(the_sample_scores_alike_from_a_column_file)
{
    static const char *const docs[] = {"packs/national/科技型中小企业评价.md",
                                       "packs/national/高新技术企业认定.md",
                                       "packs/national/专精特新中小企业2026.md"};
    size_t n = 0, csv_n = 0;
    char *csv = t_read(t_source("packs/sample/enterprises.csv"), &csv_n);
    for (size_t i = 0; i < ARRAY_N(docs); i++) {
        char *doc = t_read(t_source(docs[i]), &n);
        CHECK(check_scores(docs[i], (Str){doc, n}, (Str){csv, csv_n}, 20545, 2025));
        t_release(doc);
    }
    t_release(csv);
}

TEST(random_documents_score_alike_from_a_column_file)
{
    int scored = 0;
    for (uint64_t seed = 1; seed <= DOCUMENTS; seed++) {
        struct arena *a = arena_open();
        struct sample s;
        sample_make(a, &s, seed, SAMPLE_ALL);
        scored += check_scores("random", s.doc, sample_csv(a, &s, NULL), SAMPLE_DAY, SAMPLE_YEAR);
        arena_close(a);
    }
    CHECK(scored > DOCUMENTS / 2);
}
