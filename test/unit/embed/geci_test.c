/* The library as a stranger would call it: rules, a CSV, a value, a reason. */
#include <string.h>

#include "geci.h"
#include "t.h"

static const char rules_text[] = "# 研发积分\n- 状态: 示例\n- 生效: 2026-01-01\n\n## 字段\n"
                                 "| 名称 | 类型 | 单位 | 期间 |\n|---|---|---|---|\n"
                                 "| 研发费用 | 数 | 万元 | 年 |\n| 销售收入 | 数 | 万元 | 年 |\n"
                                 "| 有证 | 是否 | | |\n\n"
                                 "## 条件 持证\n- 须: 有证\n\n"
                                 "## 评分 研发投入\n- 满分: 50\n\n"
                                 "| 研发费用 / 销售收入 | 研发投入 |\n|---|---|\n"
                                 "| >= 6% | 50 |\n| [3%, 6%) | 30 |\n| < 3% | 0 |\n\n"
                                 "## 格次 等级\n| 研发投入 | 等级 |\n|---|---|\n"
                                 "| >= 50 | A |\n| < 50 | B |\n\n"
                                 "## 测试\n| 研发费用 | 销售收入 | 研发投入 |\n|---|---|---|\n"
                                 "| 6 | 100 | 50 |\n| 3 | 100 | 30 |\n";
static const char csv[] = "编号,研发费用,销售收入,有证\nE1,6,100,是\nE2,,100,否\n";

static struct geci_rules *load(const char *text)
{
    struct geci_rules *r;
    (void)geci_rules_load(&r, "办法.md", text, strlen(text), GECI_ZH);
    return r;
}

TEST(embed_scores_and_explains)
{
    struct geci_rules *r = load(rules_text);
    CHECK(strcmp(geci_rules_status(r), "example") == 0);
    CHECK(strlen(geci_rules_hash(r)) == 64);
    CHECK(geci_item_n(r) >= 3 && geci_item_name(r, 999) == NULL);
    CHECK(strcmp(geci_item_name(r, 0), "持证") == 0);
    struct geci_scores *s;
    CHECK_INT(geci_score_csv(&s, r, csv, sizeof csv - 1, "2026-06-30", 2025), GECI_OK);
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
    struct geci_rules *r = load("# 坏\n## 指标 甲\n- 式: 乙\n");
    CHECK(strstr(geci_rules_messages(r), "NAME-UNKNOWN") != NULL);
    struct geci_scores *s;
    CHECK_INT(geci_score_csv(&s, r, csv, sizeof csv - 1, "2026-06-30", 0), GECI_INPUT);
    CHECK(strstr(geci_scores_messages(s), "NAME-UNKNOWN") != NULL && geci_subject_n(s) == 0);
    geci_scores_close(s);
    geci_rules_close(r);
    r = load(rules_text);
    CHECK_INT(geci_score_csv(&s, r, csv, sizeof csv - 1, "someday", 0), GECI_INPUT);
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
