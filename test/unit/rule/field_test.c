/* The rows of `## 字段`: ranges, options, decimals and what stands in for missing data. */
#include "help/rule_help.h"
#include "t.h"

/* The fields table of these rows alone. */
static struct loaded load_fields(const char *rows)
{
    struct arena *a = arena_open();
    Str body = arena_fmt(a,
                         "## 字段\n| 名称 | 类型 | 单位 | 缺数 | 小数 | 范围 | 选项 |\n"
                         "|---|---|---|---|---|---|---|\n%s",
                         rows);
    struct loaded l = load_body(body.p);
    arena_close(a);
    return l;
}

static void check_fields(const char *rows, const char *want)
{
    struct loaded l = load_fields(rows);
    CHECK_STR(said_all(&l), want);
    unload(&l);
}

static void check_range(const char *type, const char *unit, const char *range, const char *want)
{
    struct arena *a = arena_open();
    check_fields(arena_fmt(a, "| 甲 | %s | %s | | | %s | |\n", type, unit, range).p, want);
    arena_close(a);
}

TEST(field_ranges_hold_their_ends)
{
    check_range("数", "元", "[0, 5万元]", "");
    check_range("数", "元", "[0, )", "");
    check_range("数", "元", "(, 5万元]", "");
    check_range("数", "%", "[-5, 5]", "");
    check_range("日期", "", "[2020-01-01, 2030-01-01]", "");
    check_range("数", "元", "(0, 5万元]", "VALUE-BAD");
    check_range("数", "元", "[0, 5万元)", "VALUE-BAD");
    check_range("数", "元", "> 5", "VALUE-BAD");
    check_range("数", "元", "—", "VALUE-BAD");
    check_range("数", "元", "[0, 5; 6]", "EXPR-EXPECT");
}

TEST(field_ranges_are_of_the_type_and_unit_of_the_field)
{
    check_range("数", "元", ">= 5人", "RANGE-BAD");
    check_range("数", "", "<= 2030-01-01", "RANGE-BAD");
    check_range("日期", "", ">= 5", "RANGE-BAD");
    check_range("数", "元", ">= 甲", "RANGE-BAD");
    check_range("数", "元", "<= \"高\"", "RANGE-BAD");
    check_range("数", "元", "<= 9999999999999999999999999999999999999", "RANGE-BAD");
}

TEST(field_options_are_labels)
{
    struct loaded l = load_fields("| 甲 | 选项 | | | | | 高; \"较高\"、1 |\n");
    CHECK(l.st == OK);
    const struct field *f = &l.r->field[l.r->field_n - 1];
    CHECK_INT(f->option_n, 3);
    CHECK_STR(l.r->label[f->option[1]], "较高");
    CHECK_STR(l.r->label[f->option[2]], "1");
    unload(&l);
    check_fields("| 甲 | 选项 | | | | | <> 高 |\n", "VALUE-BAD");
    check_fields("| 甲 | 选项 | | | | | - |\n", "VALUE-BAD");
    check_fields("| 甲 | 选项 | | | | | 高;; 低 |\n", "EXPR-END");
}

TEST(field_decimals_are_those_of_numbers)
{
    check_fields("| 甲 | 数 | | | 18 | | |\n| 乙 | 文本 | | | 2 | | |\n", "");
    check_fields("| 甲 | 数 | | | 19 | | |\n| 乙 | 数 | | | 2.5 | | |\n", "VALUE-BAD VALUE-BAD");
    check_fields("| 甲 | 数 | | | -1 | | |\n| 乙 | 数 | | | 多 | | |\n", "VALUE-BAD VALUE-BAD");
}

TEST(field_blanks)
{
    check_fields("| 甲 | 文本 | | 沿用 | | | |\n| 乙 | 数 | | 组均值 | | | |\n", "");
    check_fields("| 甲 | 数 | | 5 | | | |\n", "VALUE-BAD");
    check_fields("| 甲 | 数 | | 组均值 同 | | | |\n", "EXPR-END");
    check_fields("| 甲 | 数 | | 组均值 各地 | | | |\n", "EXPR-EXPECT");
    check_fields("| 甲 | 数 | | 未知 近2年 | | | |\n", "EXPR-EXPECT");
}

TEST(field_columns_stand_once)
{
    struct loaded l =
        load_body("## 字段\n| 名称 | 单位 | 单位 |\n|---|---|---|\n| 甲 | 元 | 人 |\n");
    CHECK_STR(said_all(&l), "COLUMN-UNKNOWN");
    CHECK_STR(str_of(l.r->field[l.r->field_n - 1].unit->zh), "元");
    unload(&l);
}
