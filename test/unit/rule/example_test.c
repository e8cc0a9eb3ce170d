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
    static const char *const good[] = {"x@2024", "x @ 2024", "q@2024Q1", "q@2024q4", "x", "q",
                                       "p",      "人工 真",  "judged 真", "真",      "说明"};
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
