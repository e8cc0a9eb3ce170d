#include "cmd/doc/docs.h"
#include "cmd/doc/help.h"
#include "cmd/report.h"
#include "cmd_help.h"
#include "explain/column.h"
#include "field/unit.h"
#include "t.h"

static Str number(struct arena *a, const char *unit, int scale, Wide m)
{
    struct buf b;
    struct item it = {.kind = ITEM_INDICATOR, .show = unit_find(str_of(unit))};
    it.type = (Type){.kind = TYPE_NUM, .scale = (uint8_t)scale};
    if (it.show != NULL)
        it.type.dim = it.show->dim;
    buf_init(&b, a, 200);
    column_number(&b, &it, m);
    return buf_str(&b);
}

TEST(column_numbers_are_exact_in_their_unit)
{
    struct arena *a = arena_open();
    CHECK_STR(number(a, "", 4, 880000), "88");
    CHECK_STR(number(a, "万元", 2, 123456789), "123.456789");
    CHECK_STR(number(a, "亿元", 2, 1), "0.0000000001");
    CHECK_STR(number(a, "%", 12, 49123456789), "4.9123456789");
    CHECK_STR(number(a, "亩", 4, 20000000), "2000"); /* 2000/3 ㎡ is no decimal: in ㎡ */
    arena_close(a);
}

TEST(help_names_every_verb_and_option)
{
    struct ran r = run_geci((const char *const[]){"help", NULL});
    const struct verb *v;
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++)
        CHECK(run_says(&r, v->name));
    run_close(&r);
    r = run_geci((const char *const[]){"help", "score", "--lang", "en", NULL});
    CHECK(run_says(&r, "usage: geci score DOC [OPTION]..."));
    CHECK(run_says(&r, "-o, --output FILE"));
    CHECK(run_says(&r, "--threads N"));
    run_close(&r);
}

TEST(completion_knows_every_verb_and_option)
{
    static const char *const shells[] = {"bash", "zsh", "fish"};
    struct arena *a = arena_open();
    for (size_t s = 0; s < ARRAY_N(shells); s++) {
        struct buf b;
        const struct verb *v;
        buf_init(&b, a, BUF_MAX);
        CHECK(completion_write(&b, str_of(shells[s]), LANG_ZH));
        for (size_t i = 0; (v = verb_at(i)) != NULL; i++) {
            Str word = str_of(v->name);
            if (verb_family(v).n > 0)
                (void)str_cut(&word, ' '); /* the second word stands apart from its family */
            CHECK(str_find(buf_str(&b), word) < b.n);
        }
        for (int o = 0; o < OPT_N; o++)
            CHECK(str_find(buf_str(&b), str_of(option_info((enum opt)o)->name)) < b.n);
    }
    struct buf none;
    buf_init(&none, a, 100);
    CHECK(!completion_write(&none, S("tcsh"), LANG_ZH));
    arena_close(a);
}

TEST(manual_has_no_bare_hyphen_and_no_line_that_is_a_request)
{
    struct arena *a = arena_open();
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    manual_write(&b);
    CHECK(str_find(buf_str(&b), S(".SS geci whatif")) < b.n);
    CHECK(str_find(buf_str(&b), S("\\-\\-set")) < b.n);
    CHECK(str_find(buf_str(&b), S("\n.md")) == b.n);
    arena_close(a);
}

TEST(docs_do_not_depend_on_the_language_of_the_environment)
{
    struct ran zh = run_geci((const char *const[]){"docs", "diagnostics", NULL});
    CHECK_INT(zh.code, 0);
    CHECK(run_says(&zh, "## BAND-GAP\n"));
    CHECK(run_says(&zh, "错误 · error"));
    run_close(&zh);
    struct ran t = run_geci((const char *const[]){"docs", "language-tables", NULL});
    CHECK(run_says(&t, "| 百分位 | percentile | 1 |"));
    run_close(&t);
}

TEST(demo_fits_two_screens_and_shows_status_and_period)
{
    struct ran r = run_geci((const char *const[]){"demo", NULL});
    size_t lines = 0;
    CHECK_INT(r.code, 0);
    for (size_t i = 0; i < r.out.n; i++)
        lines += r.out.p[i] == '\n';
    CHECK(lines > 40 && lines <= 90);
    CHECK(run_says(&r, "【官方】高新技术企业认定 2016.1，评价期 2025"));
    CHECK(run_says(&r, "【官方】科技型中小企业评价 2017.1，评价期 2025"));
    CHECK(run_says(&r, "评价得分：52 → 62"));
    CHECK(run_says(&r, "条件 科技型中小企业：不符 → 符合"));
    run_close(&r);
    r = run_geci((const char *const[]){"demo", "--lang", "en", NULL});
    CHECK(run_says(&r, "[official] 高新技术企业认定 2016.1, period 2025"));
    run_close(&r);
}

TEST(doctor_finds_nothing_wrong_here)
{
    struct ran r = run_geci((const char *const[]){"doctor", NULL});
    CHECK_INT(r.code, 0);
    CHECK(run_says(&r, "一切正常"));
    CHECK(str_find(r.out, S("✗")) == r.out.n);
    run_close(&r);
}
