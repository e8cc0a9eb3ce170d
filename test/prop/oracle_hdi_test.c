/* The Human Development Index 2022 as the United Nations published it: 193 countries, three
 * decimals, tier and rank, all equal. */
#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "prop/oracle.h"
#include "prop/run.h"
#include "t.h"

struct published {
    struct sheet sheet;
    size_t index, tier, rank;
};

static void check_number(const struct run *w, Cell got, uint32_t item, Str want)
{
    Dec d = {0, 0};
    CHECK(dec_parse(&d, want, NULL));
    CHECK(got.lo == got.hi && wide_cmp(got.lo, w->r->item[item].type.scale, d.m, d.scale) == 0);
}

/* One line of what was published. */
static void check_country(const struct run *w, const struct result *res, const struct published *p,
                          size_t line)
{
    int64_t row = dataset_row(w->d, sheet_cell(&p->sheet, line, 0));
    int32_t index = rule_find_item(w->r, S("HDI")), tier = rule_find_item(w->r, S("tier")),
            rank = rule_find_item(w->r, S("tier_rank"));
    CHECK(row >= 0 && index >= 0 && tier >= 0 && rank >= 0);
    if (row < 0 || index < 0 || tier < 0 || rank < 0)
        return;
    check_number(w, result_cell(res, index, row), (uint32_t)index,
                 sheet_cell(&p->sheet, line, p->index));
    check_number(w, result_cell(res, rank, row), (uint32_t)rank,
                 sheet_cell(&p->sheet, line, p->rank));
    Cell c = result_cell(res, tier, row);
    CHECK(c.lo == c.hi &&
          str_eq(labels_text(w->d->labels, (uint32_t)c.lo), sheet_cell(&p->sheet, line, p->tier)));
}

/* An input is missing: no index was published, and none is made up. */
static void check_unranked(const struct run *w, const struct result *res, Str country)
{
    int64_t row = dataset_row(w->d, country);
    int32_t index = rule_find_item(w->r, S("HDI")), rank = rule_find_item(w->r, S("tier_rank"));
    CHECK(row >= 0 && result_cell(res, index, row).lo != result_cell(res, index, row).hi);
    CHECK(row >= 0 && result_cell(res, rank, row).lo == -WIDE_INF);
}

TEST(oracle_hdi_is_what_was_published)
{
    struct arena *keep = arena_open();
    struct published p;
    struct sheet input;
    sheet_read(keep, &p.sheet, "oracle-hdi-2022/expected.csv");
    sheet_read(keep, &input, "oracle-hdi-2022/input.csv");
    p.index = sheet_column(&p.sheet, S("hdi_published"));
    p.tier = sheet_column(&p.sheet, S("tier_published"));
    p.rank = sheet_column(&p.sheet, S("rank_published"));
    size_t n = 0;
    char *doc = t_read(t_source("packs/examples/hdi.md"), &n);
    struct run w;
    struct result *res = NULL, *ref = NULL;
    bool good = run_open(&w, (Str){doc, n}, sheet_csv(keep, &input), 19722, 2022);
    if (!good)
        run_complain(&w);
    CHECK(good && run_vector(&w, &res) == OK && run_ref(&w, &ref) == OK);
    CHECK(good && run_same("hdi", res, ref, NULL));
    size_t ranked = 0;
    for (size_t line = 1; good && line < p.sheet.row_n; line++) {
        bool published = sheet_cell(&p.sheet, line, p.index).n > 0;
        if (published)
            check_country(&w, res, &p, line);
        else
            check_unranked(&w, res, sheet_cell(&p.sheet, line, 0));
        ranked += published;
    }
    CHECK_INT(ranked, 193);
    run_close(&w);
    t_release(doc);
    arena_close(keep);
}
