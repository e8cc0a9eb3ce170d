/* Test tables: which columns they may have, what may be given and what may be expected. */
#include "help/rule_help.h"
#include "t.h"

/* A document with a yearly x, a quarterly q and a p without periods, then the table. */
static void check_column(const char *head, const char *want)
{
    struct arena *a = arena_open();
    Str body = arena_fmt(a,
                         "## 字段\n| 名称 | 期间 |\n|---|---|\n| q | 季 |\n\n"
                         "## 条件 真\n- 人工: 看\n\n## 测试\n| %s |\n|---|\n| |\n",
                         head);
    struct loaded l = load_body(body.p);
    CHECK_STR(said_all(&l), want);
    unload(&l);
    arena_close(a);
}

TEST(example_columns_name_the_periods_their_fields_have)
{
    static const char *const good[] = {"x@2024", "x @ 2024", "q@2024Q1",  "q@2024q4", "x",   "q",
                                       "p",      "人工 真",  "judged 真", "真",       "说明"};
    static const char *const bad[] = {"x@",       "x@24",     "x@20245",   "x@1899",   "x@abcd",
                                      "x@202:",   "x@2024Q1", "q@2024",    "q@2024Q0", "q@2024Q5",
                                      "q@2024X1", "p@2024",   "q@2024Q1x", "真@2024"};
    for (size_t i = 0; i < ARRAY_N(good); i++)
        check_column(good[i], "");
    for (size_t i = 0; i < ARRAY_N(bad); i++)
        check_column(bad[i], "DATA-PERIOD");
    check_column("人工 x真", "TEST-COLUMN");
    check_column("没有@2024", "TEST-COLUMN");
}

/* What the tests say when `item` is expected to be `cell`. */
static void check_expected(const char *item, const char *cell, const char *want)
{
    struct arena *a = arena_open();
    Str body = arena_fmt(a,
                         "## 指标 元数\n- 式: x\n\n## 指标 日\n- 式: d\n\n"
                         "## 条件 真\n- 须: b\n\n## 分组 组\n| b | 组 |\n|---|---|\n"
                         "| 是 | 甲 |\n| 否 | 乙 |\n\n"
                         "## 测试\n| %s |\n|---|\n| %s |\n",
                         item, cell);
    struct loaded l = load_body(body.p);
    CHECK_STR(said_all(&l), want);
    unload(&l);
    arena_close(a);
}

TEST(example_expectations_are_of_the_type_of_their_item)
{
    static const char *const good[][2] = {
        {"元数", "5"},           {"元数", "-5元~0.125万元"},
        {"元数", "未知"},        {"元数", "-"},
        {"日", "2024-01-31"},    {"日", "2024-01-31~2024-02-01"},
        {"日", "未知"},          {"真", "符合"},
        {"真", "人工"},          {"组", "甲~乙"},
        {"组", "未知"},          {"元数", "0人"},
        {"元数", "-5万元~-1元"}, {"元数", "0.25~1"},
    };
    static const char *const bad[][2] = {
        {"元数", "2024-01-31"},
        {"元数", "是"},
        {"元数", "5~x"},
        {"元数", "x~5"},
        {"日", "5"},
        {"日", "2024-01-31~5"},
        {"日", "符合"},
        {"真", "5"},
        {"元数", "甲多"},
        {"元数", "1~\"高\""},
        {"元数", "9999999999999999999999999999999999999~0.000000000000000000000001"},
        {"元数", "0.000000000000000000000001~9999999999999999999999999999999999999"},
    };
    for (size_t i = 0; i < ARRAY_N(good); i++)
        check_expected(good[i][0], good[i][1], "");
    for (size_t i = 0; i < ARRAY_N(bad); i++)
        check_expected(bad[i][0], bad[i][1], "TEST-VALUE");
    check_expected("元数", "5人", "UNIT-MISMATCH");
    check_expected("元数", "5 +", "EXPR-END");
}

TEST(example_of_an_item_in_error_says_nothing_more)
{
    struct loaded l = load_body("## 指标 甲\n- 式: x + 没有这个名字\n\n"
                                "## 测试\n| x | 甲 |\n|---|---|\n| 1 | 5万元 |\n| 2 | 是 |\n");
    CHECK_STR(said_all(&l), "NAME-UNKNOWN");
    unload(&l);
}

TEST(example_gives_series_from_old_to_new)
{
    struct loaded l = load_body("## 指标 甲\n- 式: x\n\n"
                                "## 测试\n| x | 甲 |\n|---|---|\n| 1；-; 3 | 3 |\n");
    CHECK(l.st == OK);
    CHECK_INT(l.r->example[0].cell_n, 3);
    CHECK_INT(l.r->example[0].cell[0].shift, -2);
    CHECK_INT(l.r->example[0].cell[1].shift, 0);
    CHECK(l.r->example[0].cell[2].expected);
    unload(&l);
    struct loaded two = load_body("## 测试\n| x@2024 |\n|---|\n| 1; 2 |\n");
    CHECK_STR(said_all(&two), "TEST-PERIOD");
    unload(&two);
}

TEST(example_year_and_day_of_evaluation)
{
    static const char *const bad[] = {"去年", "2025.5", "1900", "9999"};
    struct arena *a = arena_open();
    for (size_t i = 0; i < ARRAY_N(bad); i++) {
        Str body = arena_fmt(a, "## 测试\n- 评价期: %s\n\n| x |\n|---|\n| 1 |\n", bad[i]);
        struct loaded l = load_body(body.p);
        CHECK_STR(said_all(&l), "VALUE-BAD");
        unload(&l);
    }
    struct loaded l = load_body("## 测试\n- 评价期: 2025\n\n| x |\n|---|\n| 1 |\n");
    CHECK(l.st == OK && l.r->example_table[0].has_period);
    CHECK_INT(l.r->example_table[0].period, 2025);
    unload(&l);
    arena_close(a);
}
