/* embed_help.h - a small rule set and its data for the tests of the library. */
#ifndef GECI_TEST_UNIT_EMBED_EMBED_HELP_H
#define GECI_TEST_UNIT_EMBED_EMBED_HELP_H

#include <string.h>

#include "geci.h"
#include "t.h"

static const char help_text[] = "# 研发积分\n- 状态: 示例\n- 生效: 2026-01-01\n\n## 字段\n"
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
static const char help_csv[] = "编号,研发费用,销售收入,有证\nE1,6,100,是\nE2,,100,否\n";

static inline struct geci_rules *help_rules(const char *text)
{
    struct geci_rules *r;
    (void)geci_rules_load(&r, "办法.md", text, strlen(text), GECI_ZH); /* some have errors */
    return r;
}

static inline struct geci_scores *help_scores(const struct geci_rules *r)
{
    struct geci_scores *s;
    CHECK_INT(geci_score_csv(&s, r, help_csv, sizeof help_csv - 1, "2026-06-30", 2025), GECI_OK);
    return s;
}

#endif
