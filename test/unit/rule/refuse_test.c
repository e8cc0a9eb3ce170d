/* What sections refuse, by the code they say; and what cells of data read as. */
#include "help/rule_help.h"
#include "t.h"

static void refuses(enum diag_code code, const char *body)
{
    struct loaded l = load_body(body);
    if (!load_said(&l, code))
        t_fail(__FILE__, __LINE__, body);
    unload(&l);
}

static void takes(const char *body)
{
    struct loaded l = load_body(body);
    if (l.ds.error_n > 0)
        t_fail(__FILE__, __LINE__, body);
    unload(&l);
}

TEST(refuse_bad_attribute_values)
{
    static const char *const bodies[] = {
        "## 指标 甲\n- 式: x\n- 精度: 99\n",
        "## 指标 甲\n- 式: x\n- 精度: 2 随便\n",
        "## 指标 甲\n- 式: x\n- 缺数: 随便\n",
        "## 指标 甲\n- 式: x\n- 状态: 随便\n",
        "## 条件 甲\n- 须: b\n- 缺数: 随便\n",
        "## 格次 甲\n- 依据: x\n- 排名: 全体\n- 并列: 随便\n",
        "## 格次 甲\n- 依据: x\n- 排名: 全体\n- 次序: 随便\n",
        "## 格次 甲\n- 依据: x\n- 排名: 全体\n- 名额取整: 舍尾\n",
        "## 格次 甲\n- 依据: x\n- 排名: 全体\n- 方式: 随便\n",
        "## 政策 甲\n- 金额: x\n- 叠加: 随便\n",
        "## 评分 甲\n- 汇总: 随便\n### 乙\n- 式: 1\n",
        "## 评分 甲\n- 有效: 200%\n### 乙\n- 式: 1\n",
        "## 评分 甲\n- 计量: p\n- 每: 5%\n- 得: 1\n- 零头: 随便\n",
        "## 评分 甲\n- 计量: x\n- 定基: 去年\n",
        "## 评分 甲\n- 式: 1\n- 加分: 随便\n",
        "## 指标 甲\n- 命中: 随便\n\n| n | 甲 |\n|---|---|\n| >= 1人 | 1 |\n",
        "## 指标 甲\n| 生效 | n | 甲 |\n|---|---|---|\n| 去年 | - | 1 |\n",
        "## 测试\n- 评价日: 去年\n- 评价期: 明年\n\n| x |\n|---|\n| 1 |\n",
    };
    for (size_t i = 0; i < ARRAY_N(bodies); i++)
        refuses(DIAG_VALUE_BAD, bodies[i]);
    refuses(DIAG_UNIT_UNKNOWN, "## 指标 甲\n- 式: x\n- 单位: 頭\n");
    refuses(DIAG_UNIT_MISMATCH, "## 指标 甲\n- 式: x\n- 单位: 人\n");
    refuses(DIAG_UNIT_MISMATCH, "## 政策 甲\n- 金额: n\n");
    refuses(DIAG_UNIT_BARE, "## 评分 甲\n- 式: x\n");
    refuses(DIAG_TYPE_MISMATCH, "## 条件 甲\n- 须: x\n");
}

TEST(refuse_missing_parts)
{
    static const char *const bodies[] = {
        "## 参数 甲\n",
        "## 条件 甲\n",
        "## 分组 甲\n",
        "## 格次 甲\n",
        "## 格次 甲\n- 排名: 全体\n",
        "## 格次 甲\n- 方式: 分位\n\n| 占比 | 甲 |\n|---|---|\n| <= 5% | A |\n| > 5% | B |\n",
        "## 政策 甲\n",
        "## 评分 甲\n- 计量: p\n- 每: 5%\n",
        "## 评分 甲\n- 计量: p\n- 均值: p\n- 每: 5%\n- 得: 1\n",
        "## 评分 甲\n- 计量: p\n- 目标: p\n",
        "## 评分 甲\n- 标志: b\n",
        "## 评分 甲\n- 汇总: 择一\n### 乙\n- 式: 1\n",
        "## 评分 甲\n- 汇总: 加权\n\n| 权重 | 甲 |\n|---|---|\n| 乙 | 1 |\n### 乙\n- 式: 1\n",
    };
    for (size_t i = 0; i < ARRAY_N(bodies); i++)
        refuses(DIAG_KEY_MISSING, bodies[i]);
    refuses(DIAG_NAME_UNKNOWN, "## 评分 甲\n- 汇总: 加权\n- 权重按: c\n\n| 权重 | 甲 |\n|---|---|\n"
                               "| 丁 | 1 |\n### 乙\n- 式: 1\n");
    refuses(DIAG_TABLE_EMPTY, "## 评分 甲\n| 计数 | 每项 |\n|---|---|\n");
    refuses(DIAG_FORM_BOTH, "## 评分 甲\n- 式: 1\n- 汇总: 合计\n### 乙\n- 式: 1\n");
    refuses(DIAG_FORM_BOTH, "## 指标 甲\n- 式: 1\n\n| n | 甲 |\n|---|---|\n| >= 1人 | 1 |\n");
    refuses(DIAG_EXPR_END, "## 评分 甲\n- 标志: b +\n- 得: 1\n");
    refuses(DIAG_CELL_EMPTY, "## 分组 甲\n| n | 甲 |\n|---|---|\n| >= 1人 | |\n");
    takes("## 政策 甲\n- 金额: x\n- 条件: b\n- 最高: 5万元\n- 分期: 首期 50%; 50%\n- 叠加: 补差\n"
          "- 受益人: 企业\n- 联动比例: 1:2\n- 叠加组: 人才\n");
    takes("## 格次 甲\n- 依据: p\n- 排名: 同 c\n- 并列: 密集\n- 次序: 升\n");
    takes("## 评分 甲\n- 汇总: 科普兰\n### 乙\n- 式: p\n- 适用: b\n### 丙\n- 式: p\n");
    takes("## 评分 甲\n- 汇总: 取小\n### 乙\n- 满分: 3\n- 式: p\n- 适用: b\n### 丙\n- 式: p\n");
    takes("## 评分 甲\n- 满分按: c\n\n| 满分 | 甲 | 乙 |\n|---|---|---|\n| 丙 | 3 | 4 |\n"
          "### 丙\n- 计量: p\n");
}

static void refuses_field(enum diag_code code, const char *rows)
{
    static const char head[] =
        "# t\n- 状态: 示例\n\n## 字段\n| 名称 | 类型 | 单位 | 期间 | 缺数 | 范围 "
        "| 小数 | 选项 |\n|---|---|---|---|---|---|---|---|\n";
    struct arena *a = arena_open();
    struct diags ds;
    diags_init(&ds, a);
    struct rules *r;
    Str text = arena_fmt(a, "%s%s", head, rows);
    struct loaded l = {.arena = a, .ds = ds};
    l.st = rule_load(a, &r, S("t"), text, &l.ds);
    if (code == DIAG_CODE_N ? l.ds.error_n > 0 : !load_said(&l, code))
        t_fail(__FILE__, __LINE__, rows);
    arena_close(a);
}

TEST(refuse_bad_fields)
{
    static const char *const rows[] = {
        "| 甲 | 怪 | | | | | | |\n",        "| 甲 | 文本 | 元 | | | | | |\n",
        "| 甲 | 数 | | | | | 99 | |\n",     "| 甲 | 数 | | 周 | | | | |\n",
        "| 甲 | 数 | | | 随便 | | | |\n",   "| 甲 | 文本 | | | 零 | | | |\n",
        "| 甲 | 数 | | | | > 5; 3 | | |\n", "| 甲 | 文本 | | | | >= 5 | | |\n",
        "| 甲 | 数 | | | | | | 高 |\n",     "| 甲 | 选项 | | | | | | 高* |\n",
    };
    for (size_t i = 0; i < ARRAY_N(rows); i++)
        refuses_field(DIAG_VALUE_BAD, rows[i]);
    refuses_field(DIAG_UNIT_UNKNOWN, "| 甲 | 数 | 頭 | | | | | |\n");
    refuses_field(DIAG_NAME_MISSING, "| | 数 | | | | | | |\n");
    refuses_field(DIAG_NAME_DUPLICATE, "| 甲 | 数 | | | | | | |\n| 甲 | 数 | | | | | | |\n");
    refuses_field(DIAG_RANGE_BAD, "| 乙 | 数 | | | | [甲, 5] | | |\n");
    refuses_field(DIAG_CODE_N, "| 甲 | 数 | 元 | 季 | 组均值 同 丙 | [0, 5万元] | 4 | - |\n"
                               "| 乙 | 数 | 人 | 时点 | 沿用 近2年 | 不限 | | |\n"
                               "| 丙 | 选项 | - | - | - | - | | 高; 低 |\n"
                               "| 丁 | 日期 | | | 未知 | <= 2030-01-01 | | |\n"
                               "| 戊 | 数 | 万元 | 年 | 组中位数 | >= 0 | | |\n");
}

TEST(cells_of_data_read_as_people_write)
{
    static const struct {
        const char *column, *cell;
        enum diag_code code; /* DIAG_CODE_N: none */
    } cases[] = {
        {"x", "１，２３４．５", DIAG_CODE_N},
        {"x", "1.2E+03", DIAG_CODE_N},
        {"x", "1.2Ex", DIAG_DATA_NUMBER},
        {"x", "￥ 3万元", DIAG_CODE_N},
        {"x", "-5", DIAG_CODE_N},
        {"n", "-5", DIAG_DATA_RANGE},
        {"x", "5人", DIAG_DATA_UNIT},
        {"p", "5%", DIAG_CODE_N},
        {"p", "5怪", DIAG_DATA_UNIT},
        {"n", "五", DIAG_DATA_NUMBER},
        {"n", "1.23456", DIAG_DATA_PRECISION},
        {"b", "√", DIAG_CODE_N},
        {"b", "TRUE", DIAG_CODE_N},
        {"b", "许", DIAG_DATA_TRUTH},
        {"d", "2024/1/31", DIAG_CODE_N},
        {"d", "2024-02-30", DIAG_DATA_DAY},
        {"c", "丙", DIAG_DATA_CHOICE},
        {"t", "随便", DIAG_CODE_N},
        {"x", "99999999999999999999999999999999999亿元", DIAG_DATA_NUMBER},
    };
    for (size_t i = 0; i < ARRAY_N(cases); i++) {
        struct arena *a = arena_open();
        Str body =
            arena_fmt(a, "## 指标 甲\n- 式: 1\n\n## 测试\n| %s | 甲 |\n|---|---|\n| %s | 1 |\n",
                      cases[i].column, cases[i].cell);
        struct loaded l = load_body(body.p);
        bool ok = cases[i].code == DIAG_CODE_N ? l.ds.error_n == 0 : load_said(&l, cases[i].code);
        if (!ok)
            t_fail(__FILE__, __LINE__, cases[i].cell);
        unload(&l);
        arena_close(a);
    }
}
