/* Facts in by column give what the same facts in a CSV give; results come out by column. */
#include "unit/embed/embed_help.h"

static const char *const ids[] = {"E1", "E2"};
static const int64_t cost[] = {600, -1}, income[] = {100, 100}, licence[] = {1, 0};
static const uint64_t first_only[] = {1};

static struct geci_scores *score_table(const struct geci_rules *r, const struct geci_column *c,
                                       size_t n, enum geci_status want)
{
    struct geci_scores *s;
    struct geci_table t = {.row_n = 2, .id = ids, .column_n = n, .column = c};
    CHECK_INT(geci_score_table(&s, r, &t, "2026-06-30", 2025), want);
    return s;
}

static void check_same(struct geci_scores *s, const struct geci_rules *r)
{
    struct geci_scores *want = help_scores(r);
    CHECK_INT(geci_subject_n(s), 2);
    for (size_t i = 0; i < geci_item_n(r); i++)
        for (size_t row = 0; row < 2; row++)
            CHECK(strcmp(geci_shown(s, ids[row], geci_item_name(r, i)),
                         geci_shown(want, ids[row], geci_item_name(r, i))) == 0);
    geci_scores_close(want);
}

TEST(columns_of_numbers_are_the_csv)
{
    struct geci_rules *r = help_rules(help_text);
    const struct geci_column c[] = {
        {.head = "研发费用", .mantissa = cost, .scale = 2, .valid = first_only},
        {.head = "销售收入@2025", .mantissa = income},
        {.head = "有证", .mantissa = licence},
    };
    struct geci_scores *s = score_table(r, c, 3, GECI_OK);
    check_same(s, r);
    geci_scores_close(s);
    geci_rules_close(r);
}

TEST(columns_of_texts_are_the_csv)
{
    struct geci_rules *r = help_rules(help_text);
    static const char *const a[] = {"6万元", NULL}, *const b[] = {"1,000,000", "1000000"},
                             *const d[] = {" 是 ", "否"};
    const struct geci_column c[] = {{.head = "研发费用", .text = a},
                                    {.head = "销售收入(元)", .text = b},
                                    {.head = "有证", .text = d}};
    struct geci_scores *s = score_table(r, c, 3, GECI_OK);
    check_same(s, r);
    geci_scores_close(s);
    geci_rules_close(r);
}

TEST(columns_that_are_wrong_are_told)
{
    struct geci_rules *r = help_rules(help_text);
    static const char *const bad[] = {"许多", "1"}, *const latin[] = {"caf\xe9", "1"};
    struct geci_column c = {.head = "研发费用", .text = bad};
    struct geci_scores *s = score_table(r, &c, 1, GECI_INPUT);
    CHECK(strstr(geci_scores_messages(s), "DATA-NUMBER") != NULL);
    CHECK(strstr(geci_scores_messages(s), "E1") != NULL);
    geci_scores_close(s);
    c.text = latin;
    s = score_table(r, &c, 1, GECI_INPUT);
    CHECK(strstr(geci_scores_messages(s), "UTF-8") != NULL);
    geci_scores_close(s);
    c = (struct geci_column){.head = "研发费用", .mantissa = cost, .scale = 19};
    s = score_table(r, &c, 1, GECI_INPUT);
    CHECK(strstr(geci_scores_messages(s), "18") != NULL);
    geci_scores_close(s);
    const char *const blank[] = {"E1", " "};
    struct geci_table t = {.row_n = 2, .id = blank};
    CHECK_INT(geci_score_table(&s, r, &t, "2026-06-30", 2025), GECI_INPUT);
    CHECK(geci_scores_messages(s)[0] != '\0' && geci_subject_n(s) == 0);
    geci_scores_close(s);
    CHECK_INT(geci_score_table(&s, r, &t, "today", 2025), GECI_INPUT);
    geci_scores_close(s);
    geci_rules_close(r);
}

TEST(columns_of_results)
{
    struct geci_rules *r = help_rules(help_text);
    struct geci_scores *s = help_scores(r);
    const char *const *low, *const *high, *const *shown, *const *again;
    CHECK_INT(geci_column_texts(s, "研发投入", &low, &high), GECI_OK);
    CHECK(strcmp(low[0], "50") == 0 && strcmp(low[1], "0") == 0 && strcmp(high[1], "50") == 0);
    CHECK_INT(geci_column_texts(s, "研发投入", &again, &high), GECI_OK);
    CHECK(again == low);
    CHECK_INT(geci_column_shown(s, "等级", &shown), GECI_OK);
    CHECK(strcmp(shown[0], "A") == 0);
    CHECK_INT(geci_column_texts(s, "没有", &low, &high), GECI_GONE);
    CHECK_INT(geci_column_shown(s, "没有", &shown), GECI_GONE);
    struct geci_numbers n;
    CHECK_INT(geci_column_numbers(s, "研发投入", 2, &n), GECI_OK);
    CHECK_INT(n.n, 2);
    CHECK(n.low[0] == 5000 && n.high[0] == 5000 && n.low[1] == 0 && n.high[1] == 5000);
    CHECK(n.has_low[0] == 3 && n.has_high[0] == 3);
    CHECK_INT(geci_column_numbers(s, "等级", 2, &n), GECI_INPUT);
    CHECK_INT(geci_column_numbers(s, "研发投入", 19, &n), GECI_INPUT);
    CHECK_INT(geci_column_numbers(s, "没有", 2, &n), GECI_GONE);
    CHECK_INT(geci_column_numbers(s, "研发投入", 18, &n), GECI_LIMIT); /* 50e18 > 2^63 */
    geci_scores_close(s);
    geci_rules_close(r);
}

TEST(columns_of_numbers_never_round)
{
    struct geci_rules *r =
        help_rules("# 甲\n- 状态: 示例\n\n## 字段\n| 名称 | 类型 |\n|---|---|\n| 乙 | 数 |\n\n"
                   "## 指标 丙\n- 式: 乙 / 8\n");
    struct geci_scores *s;
    struct geci_numbers n;
    static const char csv[] = "编号,乙\nE1,1\nE2,\n";
    CHECK_INT(geci_score_csv(&s, r, csv, sizeof csv - 1, "2026-06-30", 2025), GECI_OK);
    CHECK_INT(geci_column_numbers(s, "丙", 2, &n), GECI_LIMIT);
    CHECK_INT(geci_column_numbers(s, "丙", 3, &n), GECI_OK);
    CHECK(n.low[0] == 125 && n.has_low[0] == 1 && n.has_high[0] == 1 && n.high[1] == 0);
    geci_scores_close(s);
    geci_rules_close(r);
}
