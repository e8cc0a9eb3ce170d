#include "base/csv.h"
#include "base/hash.h"
#include "check/check.h"
#include "cmd/embed.h"
#include "cmd_help.h"
#include "demo/firm.h"
#include "field/uscc.h"
#include "rule/model.h"
#include "t.h"

enum { FIRMS = 3000 };

static const Str towns[] = {{"320582100", 9}, {"320582101", 9}};

static struct firm_source source(struct arena *a, const struct quantiles *q)
{
    return (struct firm_source){.keep = a,
                                .quantiles = q,
                                .town = towns,
                                .town_n = 2,
                                .seed = 1,
                                .year = 2025,
                                .block = BLOCK_REAL};
}

static struct quantiles built_in(void)
{
    struct quantiles q;
    quantiles_read(&q, embed_file("packs/sample/calibration.csv"));
    return q;
}

TEST(draws_depend_on_seed_row_and_kind_only)
{
    struct draw d = {.seed = 1, .row = 7}, e = {.seed = 2, .row = 7};
    CHECK_INT(draw_bits(d, 3), draw_bits(d, 3));
    CHECK(draw_bits(d, 3) != draw_bits(d, 4));
    CHECK(draw_bits(d, 3) != draw_bits(e, 3));
    for (uint32_t i = 0; i < 1000; i++) {
        int64_t x = draw_range((struct draw){.seed = 5, .row = i}, 0, -3, 4);
        CHECK(x >= -3 && x <= 4);
    }
    CHECK_INT(draw_range(d, 0, 9, 9), 9);
}

TEST(draws_are_even)
{
    int n[10] = {0};
    for (uint32_t i = 0; i < 100000; i++)
        n[draw_range((struct draw){.seed = 3, .row = i}, 1, 0, 9)]++;
    for (int k = 0; k < 10; k++)
        CHECK(n[k] > 9600 && n[k] < 10400); /* four standard deviations: 95 each */
}

TEST(quantiles_lie_on_their_points_and_rise)
{
    struct quantiles q = built_in();
    CHECK_INT(quantiles_at(&q, Q_RND_INTENSITY, 500000), 38411);
    CHECK_INT(quantiles_at(&q, Q_RND_INTENSITY, 0), quantiles_at(&q, Q_RND_INTENSITY, 10000));
    CHECK_INT(quantiles_at(&q, Q_RND_INTENSITY, 999999), 293820);
    for (int v = 0; v < Q_N; v++)
        for (int64_t p = 1000; p < PPM; p += 1000)
            CHECK(quantiles_at(&q, (enum quantile_var)v, p) >=
                  quantiles_at(&q, (enum quantile_var)v, p - 1000));
}

/* Both check digits, the county's region, and nobody twice. */
TEST(sample_identifiers_are_valid_and_different)
{
    struct arena *a = arena_open();
    struct quantiles q = built_in();
    struct firm_source s = source(a, &q);
    struct firm *f = ARENA_ARRAY(a, struct firm, FIRMS);
    for (uint32_t i = 0; i < FIRMS; i++) {
        Uscc id;
        firm_make(&s, i, &f[i]);
        CHECK_INT(uscc_parse(&id, f[i].id, 0, NULL), OK);
        CHECK(uscc_org_code_ok(&id));
        CHECK_STR(uscc_region(&id), "320582");
        CHECK(i == 0 || !str_eq(f[i].id, f[i - 1].id));
    }
    for (uint32_t i = 0; i < 300; i++)
        for (uint32_t k = i + 1; k < FIRMS; k++)
            CHECK(!str_eq(f[i].id, f[k].id));
    arena_close(a);
}

TEST(sample_figures_hang_together)
{
    struct arena *a = arena_open();
    struct quantiles q = built_in();
    struct firm_source s = source(a, &q);
    int small = 0;
    for (uint32_t i = 0; i < FIRMS; i++) {
        struct firm f;
        firm_make(&s, i, &f);
        int last = FIRM_YEARS - 1;
        CHECK(f.tech_staff >= 1 && f.tech_staff <= f.staff && f.rnd_staff <= f.tech_staff);
        CHECK(f.hitech <= f.income && f.income >= f.revenue[last]);
        CHECK(f.assets >= f.equity[last] && f.cost > 0);
        for (int y = 0; y < FIRM_YEARS; y++) {
            CHECK(f.revenue[y] > 0 && f.revenue[y] % 100 == 0 && f.rnd[y] >= 0);
            CHECK(f.rnd_home[y] <= f.rnd[y]);
        }
        CHECK(f.grants[0] + f.grants[1] + f.grants[2] <= f.ip1 + 3);
        small += f.staff <= 500 && f.revenue[last] <= 200000000;
    }
    CHECK(small > FIRMS / 2); /* a county, not the stock exchange */
    arena_close(a);
}

/* The committed file is what the program makes; it is built in, too. */
TEST(sample_file_is_up_to_date)
{
    struct ran r = run_geci((const char *const[]){"sample", "--n", "200", "--seed", "1", NULL});
    size_t n = 0;
    char *text = t_read(t_source("packs/sample/enterprises.csv"), &n);
    CHECK_INT(r.code, 0);
    CHECK(str_eq(r.out, (Str){text, n}));
    CHECK(str_eq(embed_file("packs/sample/enterprises.csv"), (Str){text, n}));
    t_release(text);
    run_close(&r);
}

TEST(sample_rows_do_not_depend_on_how_many)
{
    struct ran few = run_geci((const char *const[]){"sample", "--n", "5", NULL});
    struct ran many = run_geci((const char *const[]){"sample", "--n", "50", NULL});
    CHECK(str_starts(many.out, few.out));
    run_close(&few);
    run_close(&many);
}

TEST(sample_columns_serve_the_documents)
{
    static const char *const docs[] = {"packs/national/高新技术企业认定.md",
                                       "packs/national/科技型中小企业评价.md",
                                       "packs/zhangjiagang/科技型企业.md"};
    struct ran r = run_geci((const char *const[]){"sample", "--n", "1", NULL});
    for (size_t k = 0; k < ARRAY_N(docs); k++) {
        size_t n = 0;
        char *text = t_read(t_source(docs[k]), &n);
        struct rules *rules = NULL;
        struct diags ds;
        diags_init(&ds, r.arena);
        CHECK_INT(check_load(r.arena, &rules, str_of(docs[k]), (Str){text, n}, &ds), OK);
        for (uint32_t i = 0; i < rules->field_n; i++) {
            const struct field *f = &rules->field[i];
            bool growth =
                str_starts(f->name, S("净资产增长")) || str_starts(f->name, S("销售收入增长"));
            if (!growth && str_find(r.out, f->name) == r.out.n)
                t_fail(docs[k], (int)i, arena_copy(r.arena, f->name).p);
        }
        t_release(text);
    }
    run_close(&r);
}
