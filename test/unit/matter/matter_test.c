/* matter_test.c - case types read from documents, all that can be wrong with one, and what is asked
 * of a case. */
#include "base/arena.h"
#include "base/str.h"
#include "load/load.h"
#include "matter/matter.h"
#include "test/help/rule_help.h"
#include "test/t.h"

static const char DOC[] =
    "# 样例\n- 状态: 示例\n- 对象: 企业\n\n"
    "## 字段\n| 名称 | 类型 | 单位 | 期间 |\n|---|---|---|---|\n| 研发 | 数 | 万元 | 年 |\n\n"
    "## 字段 补贴\n| 名称 | 类型 | 单位 | 选项 | 分级 |\n|---|---|---|---|---|\n"
    "| 金额 | 数 | 万元 | | |\n| 人数 | 数 | 人 | | |\n"
    "| 户名 | 文本 | | | |\n| 行 | 文本 | | | |\n| 账号 | 文本 | | | 个人 |\n"
    "| 文号 | 文本 | | | |\n| 截止 | 日期 | | | |\n| 等级 | 选项 | | 甲; 乙; 丙 | |\n\n"
    "## 指标 一成\n- 式: 研发 × 10%\n\n"
    "## 事项 补贴\n> 第三条\n\n- 政策: p1\n- 发起: 本人; 经办\n- 日历: 国办\n- 评审: 3人; 0~100\n"
    "- 收款: 户名; 行; 账号\n- 文号: 文号\n- 一次: 是\n- 分类: 等级\n- 密级: 等级; 甲; 乙\n\n"
    "| 填报 | 必填 | 预填 | 步骤 |\n|---|---|---|---|\n"
    "| 金额 | 是 | 一成 | |\n| 文号 | 是 | | 定 |\n\n"
    "| 材料 | 必交 | 步骤 |\n|---|---|---|\n| 合同 | 是 | |\n\n"
    "| 状态 | 期限 | 逾期 | 终 | 公开 | 受理 |\n|---|---|---|---|---|---|\n"
    "| 起 | | | | | |\n| 审 | 5个工作日 | 超时 | | | 评审 |\n| 止 | | | 是 | 是 | |\n\n"
    "| 步骤 | 从 | 到 | 谁 | 须 | 人数 | 不同于 | 效果 |\n|---|---|---|---|---|---|---|---|\n"
    "| 报 | 起 | 审 | 本人 | 金额 <= 一成 | | | 通知 经办 |\n"
    "| 定 | 审 | 止 | 局领导 | 评审低分 >= 60 且 公示期满 | 2 "
    "| 报 | 预留 金额 1:2; 应付 1期; 置 截止 = 今天 |\n"
    "| 超时 | 审 | 止 | 系统 | | | | 作废 |\n\n"
    "| 度量 | 算法 | 从 | 到 |\n|---|---|---|---|\n"
    "| 快慢 | 用时 | 审 | 揭榜 |\n| 几成 | 占比 | 审 | 等级 = 甲、乙 |\n| 多少 | 合计 | 审 |"
    " 金额 |\n";

static bool role(Str name, uint32_t *bit)
{
    static const char *const known[] = {"经办", "局领导", "区镇", "评审", "财政"};
    for (size_t i = 0; i < ARRAY_N(known); i++)
        if (str_eq(name, str_of(known[i]))) {
            *bit = UINT32_C(1) << i;
            return true;
        }
    return false;
}

struct read {
    struct loaded l;
    struct matter *m;
    size_t n;
    enum status st;
};

/* DOC with `from` replaced by `to` once. */
static struct read read_with(const char *from, const char *to)
{
    struct read x = {.l = {.arena = arena_open()}};
    struct arena *a = x.l.arena;
    Str doc = str_of(DOC);
    size_t at = str_find(doc, str_of(from));
    CHECK(at < doc.n);
    Str text = arena_fmt(a, "%.*s%s%s", (int)at, doc.p, to, doc.p + at + str_of(from).n);
    diags_init(&x.l.ds, a);
    x.l.st = rule_load(a, &x.l.r, S("样例.md"), text, &x.l.ds);
    x.st = matter_read(a, &x.m, &x.n, x.l.r, role, &x.l.ds);
    return x;
}

TEST(matter_reads)
{
    struct read x = read_with("> 第三条", "> 第四条");
    const struct matter *m = x.m;
    CHECK_INT(x.l.st, OK);
    CHECK_INT(x.st, OK);
    CHECK_STR(said_all(&x.l), "");
    CHECK_INT(x.n, 1);
    CHECK_STR(m->name, "补贴");
    CHECK_STR(m->clause, "第四条");
    CHECK_STR(m->policy, "p1");
    CHECK_INT(m->opener, MATTER_OWN | 1);
    CHECK_INT(m->review_n, 3);
    CHECK_INT(m->review_hi_e4, 1000000);
    CHECK(m->once);
    CHECK_INT(m->state_n, 3);
    CHECK_INT(m->step_n, 3);
    CHECK(m->state[1].term.workdays);
    CHECK_INT(m->state[1].term.n, 5);
    CHECK_INT(m->state[1].overdue, 2);
    CHECK_INT(m->state[1].takes, MATTER_REVIEWS);
    CHECK(m->state[2].end && m->state[2].shown);
    CHECK_INT(m->step[1].people, 2);
    CHECK_INT(m->step[1].not_by[0], 0);
    CHECK_INT(m->step[1].effect_n, 3);
    CHECK_INT(m->step[1].effect[0].weight[1], 2);
    CHECK_INT(m->step[1].effect[1].stage, 1);
    CHECK_INT(m->step[1].effect[2].value.kind, MATTER_TODAY);
    CHECK_INT(m->field[0].at.n, 0);
    CHECK_INT(m->field[0].prefill.kind, MATTER_ITEM);
    CHECK(matter_is_at(&m->field[1].at, 1) && !matter_is_at(&m->field[1].at, 0));
    CHECK_INT(matter_waits(m, 1), 2); /* not the system */
    CHECK_STR(m->rules->field[m->known + MATTER_PAID].name, "已付金额");
    unload(&x.l);
}

TEST(matter_reads_what_is_measured)
{
    struct read x = read_with("> 第三条", "> 第四条");
    const struct matter *m = x.m;
    CHECK_INT(m->measure_n, 3);
    CHECK_INT(m->measure[0].kind, MATTER_TIME);
    CHECK_INT(m->measure[0].event, MATTER_TO_BID);
    CHECK_INT(m->measure[1].kind, MATTER_SHARE);
    CHECK(matter_measure_says(&m->measure[1], S("乙")));
    CHECK(!matter_measure_says(&m->measure[1], S("丙")));
    CHECK(!matter_measure_says(&m->measure[1], S("")));
    CHECK_INT(m->measure[2].kind, MATTER_SUM);
    CHECK_STR(m->rules->field[m->measure[2].to].name, "金额");
    CHECK_INT(m->category, m->level);
    CHECK_INT(matter_audience(m, S("甲")), MATTER_EVERYBODY);
    CHECK_INT(matter_audience(m, S("乙")), MATTER_SIGNED_IN);
    CHECK_INT(matter_audience(m, S("丙")), MATTER_NOBODY);
    CHECK_INT(matter_audience(m, S("")), MATTER_NOBODY);
    unload(&x.l);
    x = read_with("- 密级: 等级; 甲; 乙\n", "");
    CHECK_INT(matter_audience(x.m, S("")), MATTER_EVERYBODY); /* no level: what is public is */
    unload(&x.l);
}

/* Each code, by one change of the document. */
TEST(matter_complains)
{
    static const struct {
        const char *from, *to, *said;
    } CASES[] = {
        {"## 事项 补贴\n", "## 事项\n", "CASE-EMPTY"},
        {"| 状态 | 期限 | 逾期 | 终 | 公开 | 受理 |", "| 其他 | 期限 | 逾期 | 终 | 公开 | 受理 |",
         "CASE-TABLE CASE-EMPTY"},
        {"| 受理 |", "| 期限 |", "CASE-COLUMN"},
        {"- 一次: 是", "- 一回: 是", "CASE-KEY"},
        {"- 发起: 本人; 经办\n", "", "CASE-OPENER"},
        {"| 超时 | 审 |", "| 定 | 审 |", "CASE-TWICE CASE-OVERDUE"},
        {"| 材料 |", "| 填报 |", "CASE-TWICE"},
        {"| 报 | 起 | 审 |", "| 报 | 起; 始 | 审 |", "CASE-STATE"},
        {"| 报 | 起 | 审 |", "| 报 | 起 | 申 |", "CASE-STATE"},
        {"| 2 | 报 |", "| 2 | 保 |", "CASE-STEP"},
        {"| 文号 | 是 | | 定 |", "| 文号 | 是 | | 订 |", "CASE-STEP"},
        {"| 局领导 |", "| 局长 |", "CASE-WHO CASE-WHO"},
        {"| 2 | 报 |", "| 3 | 报 |", "CASE-PEOPLE"},
        {"| 局领导 |", "| 局领导; 系统 |", "CASE-PEOPLE"},
        {"| 文号 | 是 | | 定 |", "| 研发 | 是 | | 定 |", "CASE-FIELD"},
        {"| 是 | 一成 |", "| 是 | 二成 |", "CASE-NAME"},
        {"- 评审: 3人; 0~100", "- 评审: 3人", "CASE-VALUE CASE-TAKES"},
        {"- 评审: 3人; 0~100\n", "", "CASE-TAKES"},
        {"- 收款: 户名; 行; 账号", "- 收款: 户名", "CASE-VALUE"},
        {"5个工作日", "5周", "CASE-TERM CASE-OVERDUE"},
        {"- 日历: 国办\n", "", "CASE-CALENDAR"},
        {"| 超时 | 审 | 止 | 系统 |", "| 超时 | 审 | 止 | 经办 |", "CASE-OVERDUE"},
        {"应付 1期", "应付 一期", "CASE-EFFECT"},
        {"作废", "作废 全部", "CASE-EFFECT"},
        {"金额 1:2", "金额 1", "CASE-EFFECT"},
        {"预留 金额", "预留 人数", "CASE-AMOUNT"},
        {"置 截止 = 今天", "置 文号 = 今天", "CASE-SET"},
        {"- 政策: p1\n", "", "CASE-MONEY CASE-MONEY"},
        {"- 收款: 户名; 行; 账号\n", "", "CASE-MONEY"},
        {"- 文号: 文号\n", "", "CASE-MONEY CASE-MONEY"},
        {"- 分类: 等级", "- 分类: 文号", "CASE-FIELD"},
        {"- 密级: 等级; 甲; 乙", "- 密级: 等级; 甲; 丁", "CASE-VALUE"},
        {"- 密级: 等级; 甲; 乙", "- 密级: 等级", "CASE-VALUE"},
        {"- 密级: 等级; 甲; 乙", "- 密级: 金额; 甲; 乙", "CASE-FIELD"},
        {"| 度量 | 算法 |", "| 度量 | 算 |",
         "CASE-COLUMN CASE-VALUE CASE-VALUE CASE-VALUE CASE-STATE"},
        {"| 快慢 | 用时 | 审 |", "| 快慢 | 快 | 审 |", "CASE-VALUE"},
        {"| 快慢 | 用时 | 审 |", "| 快慢 | 用时 | 申 |", "CASE-STATE"},
        {"| 审 | 揭榜 |", "| 审 | 揭帖 |", "CASE-STATE"},
        {"| 几成 |", "| 快慢 |", "CASE-TWICE"},
        {"| 合计 | 审 | 金额 |", "| 合计 | 审 | 文号 |", "CASE-FIELD"},
        {"等级 = 甲、乙", "账号 = 甲", "CASE-FIELD"}, /* personal */
        {"| 报 | 起 | 审 |", "| 报 | 起 | 止 |", "CASE-REACH"},
        {"| 止 | | | 是 |", "| 止 | | | |", "CASE-TRAP CASE-TRAP CASE-DEAD"},
        {"| 定 | 审 | 止 |", "| 定 | 审 | 起 |", ""},
        {"金额 <= 一成", "金额 <= 人数", "UNIT-MISMATCH"},
        {"金额 <= 一成", "金额 + 一成", "TYPE-MISMATCH"},
        {"金额 <= 一成", "金鹅 <= 一成", "NAME-UNKNOWN"},
    };
    for (size_t i = 0; i < ARRAY_N(CASES); i++) {
        struct read x = read_with(CASES[i].from, CASES[i].to);
        CHECK_STR(said_all(&x.l), CASES[i].said);
        CHECK_INT(x.st, CASES[i].said[0] == '\0' ? OK : ERR_INPUT);
        unload(&x.l);
    }
}

/* A table beyond its limit is said, not cut off: 39 measures more, of names of their own. */
TEST(matter_says_a_table_is_long)
{
    struct arena *tmp = arena_open();
    struct buf b;
    buf_init(&b, tmp, 20000);
    for (int i = 0; i < 39; i++)
        buf_fmt(&b, "| 量%d | 用时 | 审 | 止 |\n", i);
    Str rows = buf_str(&b), first = S("| 快慢 | 用时 | 审 |");
    struct read x = read_with(first.p, arena_fmt(tmp, "%.*s%s", STR_ARG(rows), first.p).p);
    CHECK_STR(said_all(&x.l), "CASE-LONG");
    unload(&x.l);
    arena_close(tmp);
}

/* A condition's fault is shown where it stands. */
TEST(matter_places_faults_of_conditions)
{
    struct read x = read_with("金额 <= 一成", "金额 <= 一呈");
    CHECK_INT(x.l.ds.n, 1);
    Span at = x.l.ds.at[0].span;
    CHECK_STR(str_sub(x.l.r->text, at.beg, at.end), "一呈");
    unload(&x.l);
}

static void set(struct read *x, struct dataset *d, const char *what)
{
    CHECK_INT(load_set(d, x->m->rules, 0, 2025, str_of(what), &x->l.ds), OK);
}

TEST(matter_asks)
{
    struct read x = read_with("> 第三条", "> 第三条");
    struct arena *a = x.l.arena;
    struct dataset *d = load_open(a, x.l.r, 1);
    struct matter_ask ask = {x.m, d, 20000, 2025};
    struct matter_value tenth = x.m->field[0].prefill, today = {.kind = MATTER_TODAY};
    struct field f;
    Cell cell;
    enum truth t;
    CHECK_INT(matter_met(a, &t, &ask, &x.m->step[0], &x.l.ds), OK);
    CHECK_INT(t, TRUTH_UNKNOWN);
    set(&x, d, "研发=100");
    set(&x, d, "金额=10");
    CHECK_INT(matter_met(a, &t, &ask, &x.m->step[0], &x.l.ds), OK);
    CHECK_INT(t, TRUTH_MET);
    set(&x, d, "金额=10.0001");
    CHECK_INT(matter_met(a, &t, &ask, &x.m->step[0], &x.l.ds), OK);
    CHECK_INT(t, TRUTH_UNMET);
    CHECK_INT(matter_find(a, &cell, &f, &ask, &tenth, &x.l.ds), OK);
    CHECK(wide_cmp(cell.lo, f.type.scale, 100000, 0) == 0 && cell.lo == cell.hi);
    CHECK_INT(matter_find(a, &cell, &f, &ask, &today, &x.l.ds), OK);
    CHECK_INT(cell.lo, 20000);
    set(&x, d, "评审低分=60");
    CHECK_INT(matter_met(a, &t, &ask, &x.m->step[1], &x.l.ds), OK);
    CHECK_INT(t, TRUTH_UNKNOWN);
    set(&x, d, "公示期满=否");
    CHECK_INT(matter_met(a, &t, &ask, &x.m->step[1], &x.l.ds), OK);
    CHECK_INT(t, TRUTH_UNMET);
    set(&x, d, "公示期满=是");
    CHECK_INT(matter_met(a, &t, &ask, &x.m->step[1], &x.l.ds), OK);
    CHECK_INT(t, TRUTH_MET);
    CHECK_INT(matter_met(a, &t, &ask, &x.m->step[2], &x.l.ds), OK);
    CHECK_INT(t, TRUTH_MET);
    unload(&x.l);
}

/* The document with keywords of the other language. */
TEST(matter_reads_english)
{
    static const char EN[] =
        "# Sample\n- status: example\n- subject: firm\n\n## Fields Grant\n"
        "| name | type | unit |\n|---|---|---|\n| sum | number | yuan |\n| no | text | |\n\n"
        "## Case Grant\n- opened_by: own\n- policy: p\n- decision: no\n\n"
        "| state | term | end |\n|---|---|---|\n| begun | 3 days | |\n| done | | yes |\n\n"
        "| step | from | to | who | must | effect |\n|---|---|---|---|---|---|\n"
        "| grant | begun | done | 经办, system | sum > 0 | reserve sum; notify own |\n";
    struct loaded l = {.arena = arena_open()};
    struct matter *m;
    size_t n;
    diags_init(&l.ds, l.arena);
    CHECK_INT(rule_load(l.arena, &l.r, S("en.md"), str_of(EN), &l.ds), OK);
    CHECK_INT(matter_read(l.arena, &m, &n, l.r, role, &l.ds), OK);
    CHECK_STR(said_all(&l), "");
    CHECK_INT(m->step[0].who, MATTER_SYSTEM | 1);
    CHECK_INT(m->step[0].effect[1].who, MATTER_OWN);
    CHECK_STR(m->rules->field[m->known].name, "notice_over");
    unload(&l);
}
