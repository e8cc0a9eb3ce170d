/* Groups, caps, readings, steps and levels of small documents, to the fen. */
#include <stdio.h>

#include "base/buf.h"
#include "entitle/entitle.h"
#include "entitle/statement.h"
#include "help/eval_help.h"

struct case_of {
    struct scored s;
    struct entitle *e;
    struct plan *p;
    struct result *res;
    struct subject_row at;
    struct entitlement all;
    enum status st;
};

/* a b j as in help/eval_help.h; x y z are plain numbers. */
static struct case_of open_case(const char *body, const char *given)
{
    struct case_of k = {.s = score_body(body, given)};
    k.st = entitle_open(k.s.arena, &k.e, k.s.r, &k.s.ds);
    if (k.st != OK)
        return k;
    CHECK(plan_build(k.s.arena, &k.p, k.e->rules, k.s.o.as_of, k.s.o.period, &k.s.ds) == OK);
    CHECK(eval_run(k.s.arena, &k.res, k.p, k.s.d, &k.s.o, &k.s.ds) == OK);
    k.at = (struct subject_row){k.e, k.res, 0};
    k.st = entitle_one(k.s.arena, &k.all, &k.at);
    return k;
}

#define MONEY(m, low, high)         \
    do {                            \
        Money money_ = (m);         \
        CHECK_INT(money_.lo, low);  \
        CHECK_INT(money_.hi, high); \
    } while (0)

static const char climb[] = "## 政策 县级\n- 金额: 5万元\n- 叠加组: 平台\n"
                            "## 政策 市级\n- 金额: 10万元\n- 叠加组: 平台\n"
                            "## 政策 省级\n- 条件: a\n- 金额: 25万元\n- 叠加组: 平台\n";

TEST(a_climb_comes_to_25_25_or_40)
{
    struct case_of k = open_case(climb, "a=是");
    MONEY(k.all.total[READ_HIGHEST], 25000000, 25000000);
    MONEY(k.all.total[READ_TOP_UP], 25000000, 25000000);
    MONEY(k.all.total[READ_SUM], 40000000, 40000000);
    CHECK(k.all.differ);
    MONEY(k.all.at[0].counts[READ_HIGHEST], 0, 0);
    MONEY(k.all.at[0].counts[READ_TOP_UP], 5000000, 5000000);
    MONEY(k.all.at[1].counts[READ_TOP_UP], 5000000, 5000000);
    MONEY(k.all.at[2].counts[READ_TOP_UP], 15000000, 15000000);
    CHECK_INT(k.all.at[0].binding[READ_HIGHEST], BIND_OTHER);
    CHECK_INT(k.all.at[0].by, 2);
    CHECK_INT(k.all.at[2].by, -1);
    unscore(&k.s);
}

TEST(what_is_not_known_widens_the_sum_and_nothing_else)
{
    struct case_of k = open_case(climb, "");
    CHECK_INT(k.all.at[2].state, TRUTH_UNKNOWN);
    MONEY(k.all.total[READ_HIGHEST], 10000000, 25000000);
    MONEY(k.all.total[READ_SUM], 15000000, 40000000);
    unscore(&k.s);
}

TEST(a_section_says_the_mode_for_all)
{
    char doc[1024];
    (void)snprintf(doc, sizeof doc, "%s## 叠加 平台\n- 方式: 可叠加\n- 最高: 30万元\n", climb);
    struct case_of k = open_case(doc, "a=是");
    CHECK(!k.all.differ);
    MONEY(k.all.total[READ_HIGHEST], 30000000, 30000000);
    MONEY(k.all.at[2].counts[READ_SUM], 15000000, 15000000);
    CHECK_INT(k.all.at[2].binding[READ_SUM], BIND_GROUP);
    unscore(&k.s);
    (void)snprintf(doc, sizeof doc, "%s## 叠加 平台\n- 方式: 补差\n## 叠加 全部\n- 最高: 7万元\n",
                   climb);
    k = open_case(doc, "a=是");
    MONEY(k.all.total[READ_SUM], 7000000, 7000000);
    MONEY(k.all.at[1].counts[READ_SUM], 2000000, 2000000);
    CHECK_INT(k.all.at[1].binding[READ_SUM], BIND_OTHER);
    unscore(&k.s);
}

TEST(what_is_apart_is_in_no_sum)
{
    struct case_of k = open_case("## 政策 贷款\n- 金额: 100万元\n- 最高: 50万元\n"
                                 "## 政策 奖\n- 金额: 3万元\n"
                                 "## 叠加 额度\n- 方式: 不计入合计\n- 成员: 贷款\n",
                                 "");
    MONEY(k.all.total[READ_SUM], 3000000, 3000000);
    MONEY(k.all.apart, 50000000, 50000000);
    CHECK_INT(k.all.at[0].binding[READ_SUM], BIND_OWN);
    unscore(&k.s);
}

TEST(steps_add_up_to_the_fen)
{
    struct case_of k = open_case("## 政策 三分\n- 金额: 100.01元\n- 分期: 33%; 33%; 34%\n"
                                 "## 政策 两期\n- 条件: a\n- 金额: 如果 b 则 30万元 否则 25万元\n"
                                 "- 分期: 认定后 25万元; b 5万元\n"
                                 "## 政策 按月\n- 金额: 3.5万元\n- 分期: 每月 5000元\n",
                                 "a=是");
    struct due *due;
    CHECK_INT(entitle_steps(k.s.arena, &due, &k.at, 0, k.all.at[0].amount), 3);
    MONEY(due[0].amount, 3300, 3300);
    MONEY(due[1].amount, 3300, 3300);
    MONEY(due[2].amount, 3401, 3401);
    CHECK_INT(entitle_steps(k.s.arena, &due, &k.at, 1, k.all.at[1].amount), 2);
    MONEY(due[0].amount, 25000000, 25000000);
    MONEY(due[1].amount, 0, 5000000);
    CHECK_INT(due[0].ready, TRUTH_MET);
    CHECK_INT(due[1].ready, TRUTH_UNKNOWN);
    CHECK_INT(entitle_steps(k.s.arena, &due, &k.at, 2, k.all.at[2].amount), 1);
    MONEY(due[0].amount, 500000, 500000);
    CHECK_INT(due[0].times_hi, 7);
    CHECK_INT(due[0].months, 1);
    unscore(&k.s);
}

TEST(levels_share_a_total_or_add_to_the_first)
{
    struct case_of k = open_case("## 政策 联动\n- 金额: 1000万元\n- 联动比例: 苏州 1: 张家港 2\n"
                                 "## 政策 合计\n- 金额: 1元\n- 联动比例: 甲 1：乙 2；合计\n"
                                 "## 政策 文字\n- 金额: 1元\n- 联动比例: 各出一半\n",
                                 "");
    Money part[ENTITLE_PARTIES_MAX];
    const struct policy *p = &k.e->policy[0];
    CHECK_INT(p->party_n, 2);
    CHECK_INT(p->basis, LINK_UNSTATED);
    entitle_share(p, LINK_TOTAL, k.all.at[0].amount, part);
    MONEY(part[0], 333333333, 333333333);
    MONEY(part[1], 666666667, 666666667);
    entitle_share(p, LINK_FIRST, k.all.at[0].amount, part);
    MONEY(part[0], 1000000000, 1000000000);
    MONEY(part[1], 2000000000, 2000000000);
    CHECK_INT(k.e->policy[1].basis, LINK_TOTAL);
    CHECK_INT(k.e->policy[2].party_n, 0);
    unscore(&k.s);
}

TEST(what_a_document_may_not_say)
{
    static const char *const bad[] = {
        "## 政策 甲\n- 金额: 1元\n- 分期: 40%; 50%\n",
        "## 政策 甲\n- 金额: 1元\n## 叠加 组\n- 成员: 乙\n",
        "## 政策 甲\n- 金额: 1元\n## 叠加 组\n- 成员: 甲\n- 方式: 随便\n",
        "## 政策 甲\n- 金额: 1元\n## 叠加 组\n- 成员: 甲\n- 最高: 3人\n",
        "## 政策 甲\n- 金额: 1元\n## 叠加 组\n- 方式: 补差\n",
        ("## 政策 甲\n- 金额: 1元\n## 叠加 一\n- 成员: 甲\n- 最高: 1元\n"
         "## 叠加 二\n- 成员: 甲\n- 最高: 2元\n"),
    };
    for (size_t i = 0; i < ARRAY_N(bad); i++) {
        struct case_of k = open_case(bad[i], "");
        CHECK_INT(k.st, ERR_INPUT);
        unscore(&k.s);
    }
}

TEST(sums_of_all_rows_are_those_of_each)
{
    struct case_of k =
        open_case("## 政策 一\n- 金额: 取大(x, 0) × 1元\n- 叠加组: 甲\n- 叠加: 补差\n"
                  "## 政策 二\n- 金额: 取大(y, 0) × 1元\n- 叠加组: 甲\n- 叠加: 补差\n"
                  "## 政策 三\n- 条件: a\n- 金额: 7元\n"
                  "## 叠加 二三\n- 方式: 就高不重复\n- 成员: 二; 三\n",
                  "x=3; y=9; a=");
    Money *total[READ_N];
    CHECK(k.e->best[READ_HIGHEST].cluster[0].form == BEST_SEARCH);
    CHECK(entitle_totals(k.s.arena, k.e, k.res, total) == OK);
    for (int r = 0; r < READ_N; r++)
        MONEY(total[r][0], k.all.total[r].lo, k.all.total[r].hi);
    MONEY(k.all.total[READ_SUM], 900, 1000);
    unscore(&k.s);
}

TEST(a_statement_says_what_is_near_missing_and_why)
{
    struct case_of k = open_case("## 政策 差一点\n- 条件: x >= 10 且 b\n- 金额: 2万元\n"
                                 "## 政策 缺\n- 条件: a\n- 金额: 1万元\n"
                                 "## 政策 人定\n- 条件: j\n- 金额: 1万元\n"
                                 "## 政策 有\n- 金额: 5.5元\n",
                                 "x=9; b=是");
    struct statement s;
    struct statement_opts o = {LANG_ZH, 1000};
    CHECK(statement_make(k.s.arena, &s, &k.at, k.p, &o) == OK);
    CHECK_INT(s.line[0].standing, STAND_NEAR);
    CHECK_INT(s.line[0].unmet_n, 1);
    CHECK_STR(s.line[0].unmet[0], "x >= 10");
    CHECK_STR(s.line[0].change[0].field, "x");
    CHECK_STR(s.line[0].change[0].to, "10");
    MONEY(s.line[0].near, 2000000, 2000000);
    CHECK_INT(s.line[1].standing, STAND_OPEN);
    CHECK_STR(s.line[1].missing[0], "a");
    CHECK_INT(s.line[2].standing, STAND_JUDGE);
    CHECK_INT(s.line[3].standing, STAND_ENTITLED);
    unscore(&k.s);
}

static void check_money(Money m, enum lang lang, const char *want)
{
    struct arena *a = arena_open();
    struct buf b;
    buf_init(&b, a, 256);
    statement_money(&b, m, lang);
    CHECK_STR(buf_str(&b), want);
    arena_close(a);
}

TEST(money_in_words_is_exact)
{
    check_money((Money){25000000, 25000000}, LANG_ZH, "25万元");
    check_money((Money){0, 5000000}, LANG_ZH, "0~5万元");
    check_money((Money){12345678, 12345678}, LANG_ZH, "12.345678万元");
    check_money((Money){1250, 1250}, LANG_ZH, "12.5元");
    check_money((Money){5000000, FEN_OPEN}, LANG_ZH, "5万元以上");
    check_money((Money){0, FEN_OPEN}, LANG_ZH, "金额未定");
    check_money((Money){25000000, 25000000}, LANG_EN, "250000 yuan");
}
