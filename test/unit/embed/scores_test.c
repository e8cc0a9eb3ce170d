/* The library as a stranger would call it: rules, a CSV, a value, a reason. */
#include "unit/embed/embed_help.h"

TEST(embed_scores_and_explains)
{
    struct geci_rules *r = help_rules(help_text);
    CHECK(strcmp(geci_rules_status(r), "example") == 0);
    CHECK(strlen(geci_rules_hash(r)) == 64);
    CHECK(geci_item_n(r) >= 3 && geci_item_name(r, 999) == NULL);
    CHECK(strcmp(geci_item_name(r, 0), "持证") == 0);
    struct geci_scores *s;
    CHECK_INT(geci_score_csv(&s, r, help_csv, sizeof help_csv - 1, "2026-06-30", 2025), GECI_OK);
    CHECK_INT(geci_subject_n(s), 2);
    CHECK(strcmp(geci_subject_id(s, 1), "E2") == 0 && geci_subject_id(s, 2) == NULL);
    const char *low, *high;
    CHECK_INT(geci_value(s, "E1", "研发投入", &low, &high), GECI_OK);
    CHECK(strcmp(low, "50") == 0 && strcmp(high, "50") == 0);
    CHECK_INT(geci_value(s, "E2", "研发投入", &low, &high), GECI_OK);
    CHECK(strcmp(low, "0") == 0 && strcmp(high, "50") == 0);
    CHECK_INT(geci_value(s, "E2", "持证", &low, &high), GECI_OK);
    CHECK(strcmp(low, "unmet") == 0);
    CHECK_INT(geci_value(s, "E1", "等级", &low, &high), GECI_OK);
    CHECK(strcmp(low, "A") == 0);
    CHECK_INT(geci_value(s, "E3", "等级", &low, &high), GECI_GONE);
    CHECK_INT(geci_value(s, "E1", "没有", &low, &high), GECI_GONE);
    CHECK(strcmp(geci_shown(s, "E2", "研发投入"), "0~50") == 0);
    CHECK(geci_shown(s, "E3", "研发投入") == NULL);
    CHECK(strstr(geci_explain(s, "E2", GECI_TEXT), "研发费用") != NULL);
    CHECK(geci_explain(s, "E2", GECI_JSON)[0] == '{');
    CHECK(geci_explain(s, "E3", GECI_HTML) == NULL);
    geci_scores_close(s);
    geci_rules_close(r);
}

TEST(embed_says_what_is_wrong)
{
    struct geci_rules *r = help_rules("# 坏\n## 指标 甲\n- 式: 乙\n");
    CHECK(strstr(geci_rules_messages(r), "NAME-UNKNOWN") != NULL);
    struct geci_scores *s;
    CHECK_INT(geci_score_csv(&s, r, help_csv, sizeof help_csv - 1, "2026-06-30", 0), GECI_INPUT);
    CHECK(strstr(geci_scores_messages(s), "NAME-UNKNOWN") != NULL && geci_subject_n(s) == 0);
    geci_scores_close(s);
    geci_rules_close(r);
    r = help_rules(help_text);
    CHECK_INT(geci_score_csv(&s, r, help_csv, sizeof help_csv - 1, "someday", 0), GECI_INPUT);
    CHECK(strstr(geci_scores_messages(s), "someday") != NULL);
    geci_scores_close(s);
    static const char bad[] = "编号,研发费用,销售收入\nE1,很多,100\n";
    CHECK_INT(geci_score_csv(&s, r, bad, sizeof bad - 1, "2026-06-30", 2025), GECI_INPUT);
    CHECK(strstr(geci_scores_messages(s), "DATA-NUMBER") != NULL);
    CHECK(geci_explain(s, "E1", GECI_TEXT) == NULL && geci_subject_id(s, 0) == NULL);
    geci_scores_close(s);
    geci_rules_close(r);
    geci_scores_close(NULL);
    geci_rules_close(NULL);
}

TEST(embed_tells_what_a_document_has)
{
    struct geci_rules *r = help_rules(help_text);
    CHECK_INT(geci_field_n(r), 3);
    CHECK(strcmp(geci_field_name(r, 2), "有证") == 0 && geci_field_name(r, 3) == NULL);
    CHECK_INT(geci_item_kind(r, 0), GECI_TRUTH);
    CHECK_INT(geci_item_kind(r, 1), GECI_NUMBER);
    CHECK(strcmp(geci_item_name(r, 2), "等级") == 0);
    CHECK_INT(geci_item_kind(r, 2), GECI_LABEL);
    CHECK(geci_item_scale(r, 1) >= 0 && geci_item_scale(r, 0) == 0);
    geci_rules_close(r);
}

TEST(embed_refuses_a_year_that_is_none)
{
    struct geci_rules *r;
    struct geci_scores *s;
    CHECK_INT(geci_rules_load(&r, "x.md", help_text, strlen(help_text), GECI_EN), GECI_OK);
    CHECK_INT(geci_score_csv(&s, r, help_csv, sizeof help_csv - 1, "2026-06-30", 1 << 30),
              GECI_INPUT);
    CHECK(strstr(geci_scores_messages(s), "year") != NULL && geci_scores_year(s) == 0);
    geci_scores_close(s);
    CHECK_INT(geci_score_csv(&s, r, help_csv, sizeof help_csv - 1, "2026-06-30", 0), GECI_OK);
    CHECK_INT(geci_scores_year(s), 2025);
    geci_scores_close(s);
    geci_rules_close(r);
}

TEST(embed_scores_examples)
{
    const char *low, *high;
    struct geci_rules *r = help_rules(help_text);
    struct geci_scores *s;
    CHECK_INT(geci_example_n(r), 1);
    CHECK_INT(geci_score_example(&s, r, 0, NULL), GECI_OK);
    CHECK_INT(geci_subject_n(s), 2);
    CHECK_INT(geci_scores_year(s), 2025);
    CHECK_INT(geci_value(s, "2", "研发投入", &low, &high), GECI_OK);
    CHECK(strcmp(low, "30") == 0 && strcmp(high, "30") == 0);
    geci_scores_close(s);
    CHECK_INT(geci_score_example(&s, r, 1, NULL), GECI_GONE);
    geci_scores_close(s);
    geci_rules_close(r);
    r = help_rules("# 甲\n- 状态: 示例\n\n## 字段\n| 名称 | 类型 |\n|---|---|\n| 乙 | 数 |\n\n"
                   "## 指标 丙\n- 式: 乙\n\n## 测试\n| 乙 | 丙 |\n|---|---|\n| 6 | 6 |\n");
    CHECK_INT(geci_score_example(&s, r, 0, NULL), GECI_INPUT); /* nothing says which day */
    CHECK(strstr(geci_scores_messages(s), "DATA-DAY") != NULL);
    geci_scores_close(s);
    CHECK_INT(geci_score_example(&s, r, 0, "2026-01-01"), GECI_OK);
    CHECK(strcmp(geci_shown(s, "1", "丙"), "6") == 0);
    geci_scores_close(s);
    geci_rules_close(r);
}

TEST(embed_keeps_one_explanation)
{
    struct geci_rules *r = help_rules(help_text);
    struct geci_scores *s;
    CHECK_INT(geci_score_csv(&s, r, help_csv, sizeof help_csv - 1, "2026-06-30", 2025), GECI_OK);
    for (int i = 0; i < 3; i++)
        CHECK(strstr(geci_explain(s, i == 1 ? "E2" : "E1", GECI_TEXT), i == 1 ? "E2" : "E1") !=
              NULL);
    geci_scores_close(s);
    geci_rules_close(r);
}
