/* flow_test.c - cases from opening to their end, with the money they move, on both databases. */
#include "audit/verify.h"
#include "base/arena.h"
#include "base/str.h"
#include "flow/flow.h"
#include "ledger/trace.h"
#include "ledger/verify.h"
#include "record/record.h"
#include "sql.h"
#include "test/help/case_help.h"
#include "test/help/store.h"
#include "test/t.h"

#define RESEARCH      "packs/zhangjiagang/事项/产学研预研资金.md"
#define RESEARCH_TYPE "产学研预研资金"
#define FORM                                                                                   \
    "项目名称=新型密封件|阶段=预研|合作高校=某大学|项目负责人=张三" \
    "|申请金额=10|户名=某大学|开户行=某银行|账号=62220001"

static struct case_world x;

static void begin(enum store_kind kind)
{
    store_open(kind);
    x = (struct case_world){.a = store.a, .ds = &store.ds, .w = store.w, .today = 20600};
    CHECK_INT(case_world_fill(&x, "p03a;p99;免申即享"), OK);
    CHECK_STR(store_said(), "");
}

/* The chain, the sealed rows and the derived tables are sound, and so is the ledger. */
static void end(void)
{
    struct ledger_report ledger;
    struct audit_found audit;
    struct audit_asked asked = {0};
    asked.derived = record_derived(&asked.derived_n);
    store.ds.n = 0;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(ledger_verify(store.w, store.a, CASE_COUNTY, &ledger, &store.ds), OK);
    CHECK_INT(ledger.fault_n, 0);
    db_rollback(store.w);
    CHECK_INT(audit_verify(store.w, store.a, &audit, &asked, &store.ds), OK);
    CHECK_STR(store_said(), "");
    case_world_end(&x);
    store_end();
}

/* Refused with this code, and nothing is kept of it. */
static void refused(enum status st, enum status want, const char *code)
{
    CHECK_INT(st, want);
    CHECK_STR(store.ds.n > 0 ? str_of(diag_info(store.ds.at[0].code)->mnemonic) : S(""), code);
    store.ds.n = store.ds.error_n = 0;
}

#define DO(who, step, given) CHECK_INT(case_do(&x, who, number, step, given), OK)

/* From the form to a decision that waits for its notice to be over. */
static int64_t to_notice(void)
{
    int64_t number = 0;
    CHECK_INT(case_open(&x, "aa", RESEARCH_TYPE, 1, FORM, &number), OK);
    CHECK_INT(case_paper(&x, "aa", number, "合作协议"), OK);
    DO("aa", "申报", "");
    DO("town", "推荐", "区镇意见=同意推荐");
    DO("officer", "送评审", "");
    for (int i = 1; i <= 3; i++) {
        const char *judge = arena_fmt(x.a, "judge%d", i).p;
        CHECK_INT(case_ask(&x, number, judge), OK);
        CHECK_INT(case_score(&x, judge, number, 0, 60 + i, 80 + i), OK);
    }
    DO("officer", "拟立项", "");
    DO("leader", "决定公示", "");
    DO("leader2", "决定公示", "");
    return number;
}

static void check_way(void)
{
    case_keep(&x, RESEARCH);
    int64_t number = to_notice(), n;
    struct flow_story s = case_story(&x, number);
    CHECK_STR(s.c.state, "公示中");
    CHECK_STR(flow_story_value(&s, S("核定金额")), "10万元"); /* filled in from what was asked */
    CHECK_STR(flow_story_value(&s, S("上年研发投入")), "800万元");
    const struct field *amount = &s.m->rules->field[rule_find_field(s.m->rules, S("核定金额"))];
    CHECK_STR(flow_shown(x.a, amount, S("12.5")), "12.5万元");
    CHECK_STR(flow_shown(x.a, amount, S("12.5万元")), "12.5万元");
    CHECK_STR(flow_shown(x.a, amount, S("示******")), "示******");
    CHECK(flow_shown(x.a, amount, NO_ARG).p == NULL);
    CHECK_INT(s.counted_n, 3);
    CHECK_INT(s.low_e4, 620000);
    CHECK_INT(s.notice_n, 1);
    refused(case_do(&x, "officer", number, "立项", "决定文号=张科〔2026〕1号"), ERR_INPUT,
            "FLOW-MUST"); /* the notice runs */
    x.today = s.notice[0].last + 1;
    refused(case_do(&x, "officer", number, "立项", ""), ERR_INPUT, "FLOW-LACKS");
    DO("officer", "立项", "决定文号=张科〔2026〕1号");
    s = case_story(&x, number);
    CHECK_INT(s.reserved_fen, 5000000); /* half of 100,000 yuan is owed and asked for */
    CHECK_INT(s.paid_fen, 0);
    CHECK(str_eq(flow_story_value(&s, S("立项日")), day_str(x.a, x.today)));
    CHECK_INT(case_bank(&x, true, &n), OK);
    CHECK_INT(n, 1);
    CHECK_INT(case_paper(&x, "aa", number, "验收报告"), OK);
    DO("officer", "验收", "验收结论=合格");
    CHECK_INT(case_bank(&x, true, &n), OK);
    s = case_story(&x, number);
    CHECK_INT(s.paid_fen, 10000000);
    CHECK_INT(s.reserved_fen, 0);
    CHECK(s.c.ended);
    refused(case_do(&x, "officer", number, "验收", ""), ERR_INPUT, "FLOW-STEP");
}

/* Who may do what, and what is in the way. */
static void check_refusals(void)
{
    case_keep(&x, RESEARCH);
    int64_t number = 0, other;
    refused(case_open(&x, "bb", RESEARCH_TYPE, 1, "", &number), ERR_DENIED, "FLOW-OPENER");
    refused(case_open(&x, "aa", "没有", 1, "", &number), ERR_GONE, "FLOW-TYPE");
    refused(case_open(&x, "aa", RESEARCH_TYPE, 1, "核定金额=10", &number), ERR_INPUT,
            "FLOW-FIELD"); /* asked for later, of others */
    refused(case_open(&x, "aa", RESEARCH_TYPE, 1, "申请金额=十万", &number), ERR_INPUT,
            "FLOW-VALUE");
    CHECK_INT(case_open(&x, "aa", RESEARCH_TYPE, 1, "阶段=预研|申请金额=12", &number), OK);
    CHECK_INT(case_open(&x, "aa", RESEARCH_TYPE, 1, "", &other), OK);
    CHECK_INT(other, number + 1);
    refused(case_do(&x, "bb", number, "申报", ""), ERR_DENIED, "FLOW-WHO");
    refused(case_do(&x, "officer", number, "推荐", ""), ERR_INPUT, "FLOW-STEP");
    refused(case_do(&x, "aa", number, "申报", ""), ERR_INPUT, "FLOW-LACKS");
    refused(case_paper(&x, "bb", number, "合作协议"), ERR_DENIED, "FLOW-WHO");
    refused(case_paper(&x, "aa", number, "照片"), ERR_INPUT, "FLOW-PAPER");
    CHECK_INT(case_paper(&x, "aa", number, "合作协议"), OK);
    refused(case_do(&x, "aa", number, "申报",
                    "项目名称=甲|合作高校=乙|项目负责人=丙|户名=甲|开户行=乙|账号=1"),
            ERR_INPUT, "FLOW-MUST"); /* 12 > 10 */
    DO("aa", "申报", "项目名称=甲|合作高校=乙|项目负责人=丙|户名=甲|开户行=乙|账号=1|申请金额=9.5");
    DO("town", "退回补正", "");
    CHECK_STR(case_state(&x, number), "填报");
    DO("aa", "申报", "");
    CHECK_STR(case_state(&x, number), "区镇审核");
    refused(case_do(&x, "town", number, "推荐", ""), ERR_INPUT, "FLOW-LACKS");
}

/* Two people, and neither of them one who is excluded; reviews without conflicts. */
static void check_people(void)
{
    case_keep(&x, RESEARCH);
    int64_t number = 0;
    CHECK_INT(case_open(&x, "aa", RESEARCH_TYPE, 1, FORM, &number), OK);
    CHECK_INT(case_paper(&x, "aa", number, "合作协议"), OK);
    DO("aa", "申报", "");
    DO("town", "推荐", "区镇意见=同意推荐");
    refused(case_score(&x, "judge1", number, 0, 60, 70), ERR_INPUT, "FLOW-TAKES");
    DO("officer", "送评审", "");
    refused(case_ask(&x, number, "judge4"), ERR_DENIED, "ACCESS-CONFLICT"); /* works there */
    refused(case_ask(&x, number, "officer"), ERR_DENIED, "ACCESS-NO-JUDGE");
    refused(case_score(&x, "judge1", number, 0, 60, 70), ERR_DENIED, "FLOW-WHO");
    CHECK_INT(case_ask(&x, number, "judge1"), OK);
    refused(case_ask(&x, number, "judge1"), ERR_INPUT, "FLOW-ASKED");
    refused(case_score(&x, "judge1", number, 0, 60, 101), ERR_INPUT, "FLOW-SCORE");
    refused(case_score(&x, "judge1", number, 0, 60, 59), ERR_INPUT, "FLOW-SCORE");
    CHECK_INT(case_score(&x, "judge1", number, 0, 60, 70), OK);
    refused(case_score(&x, "judge1", number, 0, 60, 70), ERR_INPUT, "FLOW-REVIEWED");
    refused(case_do(&x, "officer", number, "拟立项", ""), ERR_INPUT,
            "FLOW-MUST"); /* one of three */
    for (int i = 2; i <= 3; i++) {
        const char *judge = arena_fmt(x.a, "judge%d", i).p;
        CHECK_INT(case_ask(&x, number, judge), OK);
        CHECK_INT(case_score(&x, judge, number, 0, 60, 70), OK);
    }
    DO("officer2", "拟立项", "核定金额=8");
    DO("leader", "决定公示", "");
    CHECK_STR(case_state(&x, number), "会议决定");
    refused(case_do(&x, "leader", number, "决定公示", ""), ERR_INPUT, "FLOW-LACKS");
    DO("leader", "不予立项", ""); /* another way: the first half is void */
    refused(case_do(&x, "leader", number, "不予立项", ""), ERR_INPUT, "FLOW-LACKS");
    DO("leader", "决定公示", ""); /* .. and with it that one; begun anew */
    DO("leader2", "决定公示", "");
    CHECK_STR(case_state(&x, number), "公示中");
}

/* Sent back by the bank, asked again: paid once. What is given up, and what is asked back. */
static void check_money(void)
{
    case_keep(&x, RESEARCH);
    int64_t number = to_notice(), n, payment = 0, of, seq;
    struct ledger_trace t;
    x.today += 30;
    DO("officer", "立项", "决定文号=张科〔2026〕1号");
    CHECK_INT(case_bank(&x, false, &n), OK);
    struct flow_story s = case_story(&x, number);
    CHECK_INT(s.paid_fen, 0);
    CHECK_INT(case_paper(&x, "aa", number, "验收报告"), OK);
    DO("officer", "验收不合格", "验收结论=不合格"); /* gives the second half up */
    s = case_story(&x, number);
    CHECK_INT(s.reserved_fen, 0);
    refused(case_do(&x, "leader", number, "追回", "应退金额=1"), ERR_INPUT, "FLOW-MUST");
    CHECK_STR(case_state(&x, number), "结余清退");
    for (size_t i = 0; i < s.sum_n; i++) /* what the bank sent back is owed again */
        if (s.sum[i].kind == LEDGER_POST) {
            struct ledger_done done;
            struct ledger_op again = {
                .kind = LEDGER_REQUEST, .about = s.sum[i].op, .payee = {S("甲"), S(""), S("1")}};
            CHECK_INT(s.sum[i].open, 5000000);
            CHECK_INT(case_ledger(&x, "officer", &again, &done), OK);
            payment = done.op;
        }
    CHECK_INT(case_bank(&x, true, &n), OK);
    CHECK_INT(n, 1);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(ledger_trace(store.w, store.a, CASE_COUNTY, payment, &t), OK);
    CHECK_INT(t.lacks, 0);
    CHECK_STR(t.decision, "张科〔2026〕1号");
    CHECK_INT(t.stand_n, 1);
    CHECK_STR(t.stand[0].receipt, arena_fmt(x.a, "事项 %lld/8", (long long)number).p);
    CHECK_STR(t.stand[0].rules, arena_hex(x.a, sha256_str(&x.rules)).p);
    CHECK_INT(t.stand[0].evidence.n, 64);
    struct flow_view v = case_view(&x);
    CHECK_INT(flow_of_operation(&v, t.root.op, &of, &seq), OK);
    CHECK_INT(of, number);
    db_rollback(store.w);
}

static void check_clawback(void)
{
    case_keep(&x, RESEARCH);
    int64_t number = to_notice(), n;
    x.today += 30;
    DO("officer", "立项", "决定文号=张科〔2026〕1号");
    CHECK_INT(case_bank(&x, true, &n), OK);
    CHECK_INT(case_paper(&x, "aa", number, "验收报告"), OK);
    DO("officer", "验收不合格", "验收结论=不合格");
    refused(case_do(&x, "leader", number, "追回", "应退金额=5.01"), ERR_INPUT, "FLOW-MUST");
    CHECK_INT(case_do(&x, "leader", number, "追回", "应退金额=2"), OK);
    refused(case_do(&x, "leader2", number, "追回", "应退金额=3"), ERR_INPUT, "FLOW-FIELD");
    DO("leader2", "追回", "");
    struct flow_story s = case_story(&x, number);
    CHECK_INT(s.paid_fen, 3000000);
    CHECK(s.c.ended);
}

static int64_t last_act(void)
{
    struct sql_act_last_row row;
    CHECK_INT(db_begin(x.w), OK);
    CHECK_INT(sql_act_last_one(x.w, x.a, &(struct sql_act_last){CASE_COUNTY}, &row), OK);
    db_rollback(x.w);
    return row.act;
}

/* A term that is over: the system goes on, and tells. */
static void check_terms(void)
{
    case_keep(&x, "test/unit/flow/小额补贴.md");
    int64_t number = 0, other;
    CHECK_INT(case_open(&x, "officer", "小额补贴", 1, "文号=1号", &number), OK);
    struct flow_story s = case_story(&x, number);
    CHECK_STR(flow_story_value(&s, S("补贴金额")), "80万元");
    CHECK(s.c.due.set && s.c.timed);
    refused(case_open(&x, "officer", "小额补贴", 1, "文号=1号", &other), ERR_INPUT, "FLOW-ONCE");
    x.today = (Day)s.c.due.v - 4;
    int64_t acts = last_act();
    CHECK_INT(case_tick(&x), 0);
    CHECK_INT(last_act(), acts); /* nothing due is no act */
    x.today++;
    CHECK_INT(case_tick(&x), 1); /* who is waited for is reminded, once */
    CHECK_INT(case_story(&x, number).told[0].who, MATTER_OWN);
    CHECK_INT(last_act(), ++acts);
    x.today = (Day)s.c.due.v;
    CHECK_INT(case_tick(&x), 0);
    CHECK_INT(last_act(), acts);
    x.today++;
    CHECK_INT(case_tick(&x), 1);
    CHECK_INT(last_act(), acts + 1);
    CHECK_INT(case_tick(&x), 0);
    CHECK_INT(last_act(), acts + 1);
    CHECK_STR(case_state(&x, number), "已过期");
    s = case_story(&x, number);
    CHECK_INT(s.told_n, 2);
    CHECK_INT(s.told[1].who, MATTER_OWN);
    CHECK_INT(s.told[1].seq, s.c.seq);
    CHECK_INT(case_open(&x, "officer", "小额补贴", 2, "文号=2号", &number), OK);
    DO("bb", "确认", "户名=乙公司|开户行=某行|账号=62");
    refused(case_do(&x, "bb", number, "兑付", ""), ERR_DENIED, "FLOW-WHO");
    DO("leader", "兑付", "");
    DO("leader2", "兑付", "");
    CHECK_INT(case_bank(&x, true, &other), OK);
    CHECK_INT(case_story(&x, number).paid_fen, 12050000);
    refused(case_do(&x, "leader", number, "兑付", ""), ERR_INPUT, "FLOW-STEP");
}

/* --- the first round of research money: 91 projects, 8,000,000 yuan --- */

enum { FIRST_STAGE = 47, SECOND_STAGE = 44, PROJECTS = FIRST_STAGE + SECOND_STAGE };

/* 47 of 60,000 and 44 of 120,000 but for the last, so that they come to 8,000,000. */
static int ten_thousands(int project)
{
    return project < FIRST_STAGE ? 6 : project < PROJECTS - 1 ? 12 : 2;
}

static int64_t take_project(int project)
{
    int64_t number = 0;
    const char *form =
        arena_fmt(x.a,
                  "项目名称=项目%d|阶段=%s|合作高校=某大学|项目负责人=张三|申请金额=%d|户名=某大学"
                  "|开户行=某银行|账号=62220001",
                  project, project < FIRST_STAGE ? "预研" : "后补助", ten_thousands(project))
            .p;
    CHECK_INT(case_open(&x, "aa", RESEARCH_TYPE, 1, form, &number), OK);
    CHECK_INT(case_paper(&x, "aa", number, "合作协议"), OK);
    DO("aa", "申报", "");
    DO("town", "推荐", "区镇意见=同意推荐");
    DO("officer", "送评审", "");
    for (int i = 1; i <= 3; i++) {
        const char *judge = arena_fmt(x.a, "judge%d", i).p;
        CHECK_INT(case_ask(&x, number, judge), OK);
        CHECK_INT(case_score(&x, judge, number, 0, 70, 90), OK);
    }
    DO("officer", "拟立项", "");
    DO("leader", "决定公示", "");
    DO("leader2", "决定公示", "");
    return number;
}

/* Every fen leads from the payment to its case. */
static int64_t traced(int64_t number)
{
    struct flow_story s = case_story(&x, number);
    struct flow_view v = case_view(&x);
    int64_t fen = 0;
    CHECK_INT(db_begin(store.w), OK);
    for (size_t i = 0; i < s.sum_n; i++) {
        struct ledger_trace t;
        int64_t of, seq;
        if (s.sum[i].kind != LEDGER_REQUEST)
            continue;
        CHECK_INT(ledger_trace(store.w, store.a, CASE_COUNTY, s.sum[i].op, &t), OK);
        CHECK_INT(t.state, LEDGER_SETTLED);
        CHECK_INT(t.lacks, 0);
        CHECK_INT(flow_of_operation(&v, t.root.op, &of, &seq), OK);
        CHECK_INT(of, number);
        fen += t.amount;
    }
    db_rollback(store.w);
    return fen;
}

static void check_first_round(void)
{
    int64_t number[PROJECTS], n, fen = 0;
    case_keep(&x, RESEARCH);
    for (int i = 0; i < PROJECTS; i++)
        number[i] = take_project(i);
    x.today += 30;
    for (int i = 0; i < PROJECTS; i++)
        CHECK_INT(case_do(&x, "officer", number[i], "立项", "决定文号=张科〔2021〕1号"), OK);
    CHECK_INT(case_bank(&x, true, &n), OK);
    CHECK_INT(n, PROJECTS);
    for (int i = 0; i < PROJECTS; i++) {
        CHECK_INT(case_paper(&x, "aa", number[i], "验收报告"), OK);
        CHECK_INT(case_do(&x, "officer", number[i], "验收", "验收结论=合格"), OK);
    }
    CHECK_INT(case_bank(&x, true, &n), OK);
    for (int i = 0; i < PROJECTS; i++)
        fen += traced(number[i]);
    CHECK_INT(fen, INT64_C(800000000)); /* 8,000,000.00 yuan */
}

/* --- a call for a solution --- */

#define CALL  "技术需求揭榜"
#define ASKED "需求名称=高温密封|技术领域=智能装备|需求描述=耐六百度|密级=公开|意向投入=120"

static int64_t to_board(void)
{
    int64_t number = 0;
    case_keep(&x, "packs/zhangjiagang/事项/技术需求揭榜.md");
    CHECK_INT(case_open(&x, "aa", CALL, 1, ASKED, &number), OK);
    DO("aa", "提交", "");
    refused(case_do(&x, "aa", number, "核实", ""), ERR_DENIED, "FLOW-WHO");
    DO("town", "核实", "走访人=李四|走访记录=现场看过|核实结论=属实");
    CHECK(!case_story(&x, number).c.shown);
    DO("officer", "张榜", arena_fmt(x.a, "揭榜截止日=%.*s", STR_ARG(day_str(x.a, x.today + 10))).p);
    return number;
}

/* Sealed until the opening, which is the bidders' own; judges tied to a bidder judge none. */
static void check_call(void)
{
    int64_t number = to_board(), one = 0, two = 0, none = 0;
    struct flow_story s = case_story(&x, number);
    CHECK(s.c.shown && s.c.takes == MATTER_BIDS);
    refused(case_bid(&x, "aa", number, 90, false, &none), ERR_DENIED, "FLOW-BIDDER");
    CHECK_INT(case_bid(&x, "bb", number, 900000, false, &one), OK);
    refused(case_bid(&x, "bb", number, 800000, false, &none), ERR_INPUT, "FLOW-BID-TWICE");
    CHECK_INT(case_bid(&x, "cc", number, 1100000, false, &two), OK);
    refused(case_bid(&x, "bb", number, 900000, true, &one), ERR_INPUT, "FLOW-TAKES");
    x.today += 11;
    CHECK_INT(case_tick(&x),
              2); /* the day is over: the system closes the call; the next term is short */
    CHECK_STR(case_state(&x, number), "开标");
    refused(case_bid(&x, "bb", number, 900001, true, &one), ERR_INPUT, "FLOW-SEAL");
    refused(case_bid(&x, "cc", number, 900000, true, &one), ERR_INPUT, "FLOW-BID");
    CHECK_INT(case_bid(&x, "bb", number, 900000, true, &one), OK);
    s = case_story(&x, number);
    CHECK(s.bid[0].opened && !s.bid[1].opened);
    CHECK_INT(s.bid[0].price, 90000000);
    DO("officer", "开标结束", "");
    refused(case_ask(&x, number, "judge4"), ERR_DENIED, "ACCESS-CONFLICT");
    CHECK_INT(case_ask(&x, number, "judge1"), OK);
    refused(case_score(&x, "judge1", number, 2, 70, 80), ERR_INPUT, "FLOW-BID"); /* not opened */
    CHECK_INT(case_score(&x, "judge1", number, 1, 70, 80), OK);
    CHECK_INT(case_ask(&x, number, "judge2"), OK);
    CHECK_INT(case_tie(&x, "judge2", 2), OK); /* bb's; comes to light after the asking */
    refused(case_score(&x, "judge2", number, 1, 70, 80), ERR_DENIED, "FLOW-CONFLICT");
    refused(case_ask(&x, number, "judge2"), ERR_DENIED, "FLOW-CONFLICT");
    CHECK_INT(case_story(&x, number).counted_n, 0); /* of a bid, not of the case */
    DO("aa", "选定", "中标编号=1");
    DO("officer", "选定", "");
    CHECK_INT(case_paper(&x, "aa", number, "技术合同"), OK);
    DO("aa", "登记合同", "合同编号=HT1|合同金额=90|合同到期日=2027-12-31");
    DO("aa", "报里程碑", "里程碑说明=样机|已付合同款=45");
    refused(case_do(&x, "aa", number, "报里程碑", "里程碑说明=中试|已付合同款=91"), ERR_INPUT,
            "FLOW-MUST");
    DO("aa", "报里程碑", "里程碑说明=中试|已付合同款=90");
    CHECK_INT(case_paper(&x, "aa", number, "验收意见"), OK);
    DO("aa", "验收", "验收结论=合格|评价=好");
    DO("officer", "验收", "");
    DO("aa", "报成效", "新增销售=500");
    CHECK_STR(case_state(&x, number), "办结");
}

/* What is due without asking: the beneficiary confirms once. */
static void check_auto_grant(void)
{
    int64_t number = 0, n;
    case_keep(&x, "packs/zhangjiagang/事项/免申即享兑付.md");
    CHECK_INT(case_open(&x, "officer", "免申即享兑付", 2,
                        "政策名称=科技副总资助|应享金额=5|测算凭证=p02/E2", &number),
              OK);
    DO("officer", "推送", "");
    DO("bb", "确认", "户名=乙公司|开户行=某行|账号=62");
    refused(case_do(&x, "officer", number, "批准兑付", ""), ERR_DENIED, "FLOW-WHO");
    DO("leader", "批准兑付", "决定文号=1号");
    DO("leader2", "批准兑付", "");
    CHECK_INT(case_bank(&x, true, &n), OK);
    CHECK_INT(case_story(&x, number).paid_fen, 5000000);
}

static void on(enum store_kind kind, void (*check)(void))
{
    begin(kind);
    check();
    end();
}

TEST(sqlite_grant)
{
    on(STORE_SQLITE, check_way);
}

TEST(postgres_grant)
{
    on(STORE_POSTGRES, check_way);
}

TEST(sqlite_refusals)
{
    on(STORE_SQLITE, check_refusals);
}

TEST(postgres_refusals)
{
    on(STORE_POSTGRES, check_refusals);
}

TEST(sqlite_people)
{
    on(STORE_SQLITE, check_people);
}

TEST(postgres_people)
{
    on(STORE_POSTGRES, check_people);
}

TEST(sqlite_money)
{
    on(STORE_SQLITE, check_money);
}

TEST(postgres_money)
{
    on(STORE_POSTGRES, check_money);
}

TEST(sqlite_clawback)
{
    on(STORE_SQLITE, check_clawback);
}

TEST(postgres_clawback)
{
    on(STORE_POSTGRES, check_clawback);
}

TEST(sqlite_terms)
{
    on(STORE_SQLITE, check_terms);
}

TEST(postgres_terms)
{
    on(STORE_POSTGRES, check_terms);
}

TEST(sqlite_first_round)
{
    on(STORE_SQLITE, check_first_round);
}

TEST(sqlite_call)
{
    on(STORE_SQLITE, check_call);
}

TEST(postgres_call)
{
    on(STORE_POSTGRES, check_call);
}

TEST(sqlite_auto_grant)
{
    on(STORE_SQLITE, check_auto_grant);
}

TEST(postgres_auto_grant)
{
    on(STORE_POSTGRES, check_auto_grant);
}
