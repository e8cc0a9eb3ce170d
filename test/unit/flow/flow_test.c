/* flow_test.c - cases from opening to their end, with the money they move, on both databases. */
#include "audit/verify.h"
#include "base/arena.h"
#include "base/str.h"
#include "flow/flow.h"
#include "ledger/trace.h"
#include "ledger/verify.h"
#include "record/record.h"
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
    CHECK_INT(case_world_fill(&x, "p03a;p99"), OK);
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
    CHECK_STR(flow_story_value(&s, S("立项日")), day_str(x.a, x.today).p);
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
    x.today = (Day)s.c.due.v;
    CHECK_INT(case_tick(&x), 0);
    x.today++;
    CHECK_INT(case_tick(&x), 1);
    CHECK_INT(case_tick(&x), 0);
    CHECK_STR(case_state(&x, number), "已过期");
    s = case_story(&x, number);
    CHECK_INT(s.told_n, 1);
    CHECK_INT(s.told[0].who, MATTER_OWN);
    CHECK_INT(case_open(&x, "officer", "小额补贴", 2, "文号=2号", &number), OK);
    DO("bb", "确认", "户名=乙公司|开户行=某行|账号=62");
    refused(case_do(&x, "bb", number, "兑付", ""), ERR_DENIED, "FLOW-WHO");
    DO("leader", "兑付", "");
    DO("leader2", "兑付", "");
    CHECK_INT(case_bank(&x, true, &other), OK);
    CHECK_INT(case_story(&x, number).paid_fen, 12050000);
    refused(case_do(&x, "leader", number, "兑付", ""), ERR_INPUT, "FLOW-STEP");
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
