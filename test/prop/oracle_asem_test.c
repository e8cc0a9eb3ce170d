/* The ASEM Sustainable Connectivity index, every stage as published: 49 indicators of 51 countries
 * divided by their denominators, imputed, freed of outliers and normalised, and 11 aggregates. Raw
 * stages agree to 1e-9 of the value, scores (0 .. 100) to 1e-9. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "prop/oracle.h"
#include "prop/run.h"
#include "t.h"

enum { FINE = 9, COUNTRIES = 51, INDICATORS = 49, AGGREGATES = 11 };

struct stage {
    const char *file, *suffix;
    size_t columns;
    bool relative;
};

/* |got - want| <= 1e-9 (times |want|), all at scale 18 */
static bool is_close(Wide got, int scale, Dec want, bool relative)
{
    Wide a, b, off, allowed = wide_pow10(18 - FINE);
    if (!wide_rescale(&a, got, scale, 18, ROUND_HALF_UP) ||
        !wide_rescale(&b, want.m, want.scale, 18, ROUND_HALF_UP))
        return false;
    off = a < b ? b - a : a - b;
    if (relative && !wide_mul(&allowed, b < 0 ? -b : b, 18, 1, FINE, 18, ROUND_UP))
        return false;
    return off <= allowed;
}

static void check_cell(const struct run *w, const struct result *res, const struct stage *st,
                       int32_t item, const Str name_and_text[2])
{
    Dec want = {0, 0};
    int64_t row = dataset_row(w->d, name_and_text[0]);
    CHECK(row >= 0);
    if (row < 0)
        return;
    Cell c = result_cell(res, item, row);
    if (name_and_text[1].n == 0) {
        CHECK(c.lo == -WIDE_INF && c.hi == WIDE_INF);
        return;
    }
    CHECK(dec_parse(&want, name_and_text[1], &(bool){false}));
    CHECK(c.lo == c.hi && is_close(c.lo, w->r->item[item].type.scale, want, st->relative));
}

/* Columns of the stage that are items: an indicator with its suffix, or an aggregate. */
static void check_stage(struct arena *keep, const struct run *w, const struct result *res,
                        const struct stage *st)
{
    struct sheet s;
    size_t found = 0;
    sheet_read(keep, &s, st->file);
    CHECK_INT(s.row_n, COUNTRIES + 1);
    for (size_t column = 1; column < s.column_n; column++) {
        Str code = sheet_cell(&s, 0, column);
        int32_t item =
            rule_find_item(w->r, arena_fmt(keep, "%.*s%s", (int)code.n, code.p, st->suffix));
        if (item < 0 && column > INDICATORS)
            item = rule_find_item(w->r, code);
        CHECK(item >= 0);
        for (size_t line = 1; item >= 0 && line < s.row_n; line++)
            check_cell(w, res, st, item,
                       (Str[2]){sheet_cell(&s, line, 0), sheet_cell(&s, line, column)});
        found += item >= 0;
    }
    CHECK_INT(found, st->columns);
}

TEST(oracle_asem_agrees_at_every_stage)
{
    static const struct stage stages[] = {
        {"oracle-asem/stage1_denominated.csv", "_den", INDICATORS, true},
        {"oracle-asem/stage2_imputed.csv", "_imp", INDICATORS, true},
        {"oracle-asem/stage3_treated.csv", "_tr", INDICATORS, true},
        {"oracle-asem/stage4_normalised.csv", "_norm", INDICATORS, false},
        {"oracle-asem/stage5_aggregated.csv", "_norm", INDICATORS + AGGREGATES, false}};
    struct arena *keep = arena_open();
    struct sheet raw, dens;
    sheet_read(keep, &raw, "oracle-asem/raw.csv");
    sheet_read(keep, &dens, "oracle-asem/denominators.csv");
    size_t n = 0;
    char *doc = t_read(t_source("packs/examples/asem.md"), &n);
    struct run w;
    struct result *res = NULL, *ref = NULL;
    bool good = run_open(&w, (Str){doc, n}, sheet_join(keep, &raw, &dens), 17896, 2018);
    if (!good)
        run_complain(&w);
    CHECK(good && run_vector(&w, &res) == OK && run_ref(&w, &ref) == OK);
    CHECK(good && run_same("asem", res, ref, NULL));
    for (size_t i = 0; good && i < ARRAY_N(stages); i++)
        check_stage(keep, &w, res, &stages[i]);
    run_close(&w);
    t_release(doc);
    arena_close(keep);
}
