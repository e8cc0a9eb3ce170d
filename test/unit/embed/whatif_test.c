/* What one subject would come to, among the others as they were or scored anew. */
#include "unit/embed/embed_help.h"

TEST(whatif_tells_new_values)
{
    struct geci_rules *r = help_rules(help_text);
    struct geci_scores *s = help_scores(r);
    struct geci_whatif *w;
    const char *low, *high, *const set[] = {"研发费用=4万元", "有证=是"};
    CHECK_INT(geci_whatif_open(&w, s, "E2", set, 2, GECI_FROZEN), GECI_OK);
    CHECK(strcmp(geci_whatif_messages(w), "") == 0);
    CHECK_INT(geci_whatif_value(w, "研发投入", &low, &high), GECI_OK);
    CHECK(strcmp(low, "30") == 0 && strcmp(high, "30") == 0);
    CHECK(strcmp(geci_whatif_shown(w, "等级"), "B") == 0);
    CHECK_INT(geci_whatif_change_n(w), 3);
    CHECK(strcmp(geci_whatif_change(w, 0), "持证") == 0 && geci_whatif_change(w, 3) == NULL);
    CHECK_INT(geci_whatif_value(w, "没有", &low, &high), GECI_GONE);
    CHECK(geci_whatif_shown(w, "没有") == NULL);
    geci_whatif_close(w);
    CHECK(strcmp(geci_shown(s, "E2", "研发投入"), "0~50") == 0); /* as it was */
    CHECK_INT(geci_whatif_open(&w, s, "E1", NULL, 0, GECI_RERANKED), GECI_OK);
    CHECK_INT(geci_whatif_change_n(w), 0);
    geci_whatif_close(w);
    geci_whatif_close(NULL);
    geci_scores_close(s);
    geci_rules_close(r);
}

TEST(whatif_says_what_is_wrong)
{
    struct geci_rules *r = help_rules(help_text);
    struct geci_scores *s = help_scores(r);
    struct geci_whatif *w;
    const char *low, *high, *const set[] = {"研发费用=许多", "没有=1", "销售收入=100"};
    CHECK_INT(geci_whatif_open(&w, s, "E2", set, 3, GECI_FROZEN), GECI_INPUT);
    CHECK(strstr(geci_whatif_messages(w), "DATA-NUMBER") != NULL);
    CHECK(strstr(geci_whatif_messages(w), "DATA-FIELD") != NULL);
    CHECK_INT(geci_whatif_value(w, "研发投入", &low, &high), GECI_GONE);
    CHECK(geci_whatif_shown(w, "研发投入") == NULL && geci_whatif_change_n(w) == 0);
    geci_whatif_close(w);
    CHECK_INT(geci_whatif_open(&w, s, "E9", set, 3, GECI_FROZEN), GECI_GONE);
    geci_whatif_close(w);
    geci_scores_close(s);
    CHECK_INT(geci_score_csv(&s, r, "", 0, "2026-06-30", 2025), GECI_INPUT);
    CHECK_INT(geci_whatif_open(&w, s, "E1", set, 3, GECI_FROZEN), GECI_GONE);
    geci_whatif_close(w);
    geci_scores_close(s);
    geci_rules_close(r);
}

/* B's figure counts in the total that is shared; A's own share, which B is compared with, moves
 * only when everyone is scored again. */
TEST(whatif_reranks_when_asked)
{
    struct geci_rules *r =
        help_rules("# 甲\n- 状态: 示例\n\n## 字段\n| 名称 | 类型 |\n|---|---|\n| 乙 | 数 |\n\n"
                   "## 指标 份额\n- 式: 乙 / 组合计(乙)\n\n"
                   "## 指标 比例\n- 式: 份额 / 组最大(份额)\n");
    static const char csv[] = "编号,乙\nA,3\nB,1\n";
    const char *low, *high, *const set[] = {"乙=2"};
    struct geci_scores *s;
    struct geci_whatif *w;
    CHECK_INT(geci_score_csv(&s, r, csv, sizeof csv - 1, "2026-06-30", 2025), GECI_OK);
    CHECK_INT(geci_whatif_open(&w, s, "B", set, 1, GECI_RERANKED), GECI_OK);
    CHECK_INT(geci_whatif_value(w, "份额", &low, &high), GECI_OK);
    CHECK(strcmp(low, "0.4") == 0 && strcmp(high, "0.4") == 0);
    CHECK_INT(geci_whatif_value(w, "比例", &low, &high), GECI_OK);
    CHECK(strcmp(low, "0.666666666667") == 0); /* 0.4 of 0.6 */
    geci_whatif_close(w);
    CHECK_INT(geci_whatif_open(&w, s, "B", set, 1, GECI_FROZEN), GECI_OK);
    CHECK_INT(geci_whatif_value(w, "比例", &low, &high), GECI_OK);
    CHECK(strcmp(low, "0.533333333333") == 0); /* 0.4 of 0.75 */
    geci_whatif_close(w);
    geci_scores_close(s);
    geci_rules_close(r);
}

TEST(score_again_is_the_revision_over_the_same_facts)
{
    static const char revised[] = "| >= 6% | 50 |", other[] = "| 有证 | 是否 | | |";
    char text[sizeof help_text];
    struct geci_rules *r = help_rules(help_text), *r2, *r3;
    struct geci_scores *s = help_scores(r), *s2, *s3;
    const char *low = NULL, *high = NULL;
    memcpy(text, help_text, sizeof text);
    memcpy(strstr(text, revised), "| >= 6% | 40 |", sizeof revised - 1);
    r2 = help_rules(text);
    CHECK_INT(geci_score_again(&s2, s, r2), GECI_OK);
    CHECK_INT(geci_scores_year(s2), 2025);
    CHECK(strcmp(geci_subject_id(s2, 1), "E2") == 0);
    CHECK_INT(geci_value(s2, "E1", "研发投入", &low, &high), GECI_OK);
    CHECK(strcmp(low, "40") == 0);
    CHECK(strcmp(geci_shown(s2, "E1", "等级"), "B") == 0);
    CHECK(strstr(geci_explain(s2, "E1", GECI_TEXT), "40") != NULL);
    CHECK_INT(geci_score_again(&s3, s2, r), GECI_OK); /* and back */
    CHECK(strcmp(geci_shown(s3, "E1", "等级"), "A") == 0);
    geci_scores_close(s3);
    memcpy(strstr(text, other), "| 有证 | 文本 | | |", sizeof other - 1);
    r3 = help_rules(text);
    CHECK(geci_score_again(&s3, s, r3) != GECI_OK); /* another field: read anew */
    CHECK_INT(geci_subject_n(s3), 0);
    CHECK(geci_scores_messages(s3)[0] != '\0');
    geci_scores_close(s3);
    geci_scores_close(s2);
    geci_scores_close(s);
    geci_rules_close(r3);
    geci_rules_close(r2);
    geci_rules_close(r);
}
