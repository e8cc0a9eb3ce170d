/* run_test.c - a run from draft to final, on both databases; wrong steps; tampering. */
#include <string.h>

#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "crypto/merkle.h"
#include "db/raw.h"
#include "load/load.h"
#include "record/record.h"
#include "run/run.h"
#include "test/help/store.h"
#include "test/t.h"

#define COUNTY S("320582")
static const char KIND[] =
    "# 企业\n- 类: 主体\n- 状态: 示例\n- 身份: 代码\n- 名称: 企业名称\n\n"
    "## 字段\n| 名称 | 类型 | 单位 | 期间 |\n|---|---|---|---|\n| 代码 | 文本 | | |\n"
    "| 企业名称 | 文本 | | |\n| 收入 | 数 | 万元 | 年 |\n";
static const char RULES[] =
    "# 办法\n- 对象: 企业\n- 状态: 示例\n- 身份: 代码\n\n## 字段\n"
    "| 名称 | 类型 | 单位 | 期间 |\n|---|---|---|---|\n| 收入 | 数 | 万元 | 年 |\n\n"
    "## 评分 得分\n- 满分: 10\n\n| 收入 | 得分 |\n|---|---|\n| >= 10万元 | 10 |\n"
    "| < 10万元 | 4 |\n";
#define CALENDAR "日期,类别\n2026-01-01,休\n2026-01-04,班\n"

static struct act g_act;
static int64_t g_second;

static Day day(const char *z)
{
    Day d = 0;
    CHECK(day_parse(&d, str_of(z)));
    return d;
}

/* The desk of somebody on a day, within a new act. */
static struct run_desk desk(const char *actor, const char *today)
{
    g_act = store_act(++g_second);
    return (struct run_desk){&g_act, str_of(actor), day(today), &store.ds};
}

/* Ends the act by the same person; or undoes it, when it failed. */
static void done(const struct run_desk *d, enum status st, enum status want)
{
    CHECK_INT(st, want);
    if (st == OK) {
        struct act_words words = {d->actor, S("run"), S("x"), S("{}")};
        CHECK_INT(act_end(d->act, &words), OK);
        CHECK_INT(db_commit(store.w), OK);
    } else {
        db_rollback(store.w);
    }
}

static void put_facts(const char *csv, bool with_kind)
{
    struct run_desk d = desk("填报人", "2026-01-01");
    struct record r = record_of(d.act);
    struct record_counts n;
    struct rules *kind;
    struct dataset *data;
    int period;
    bool changed;
    struct load_opts o = {.period = 2025, .as_of_year = 2026};
    enum status st = OK;
    if (with_kind)
        st = record_kind_put(&r, store.a, &changed, str_of(KIND), &store.ds);
    CHECK_INT(st, OK);
    CHECK_INT(record_kind_get(store.w, store.a, &kind, COUNTY, S("企业"), RECORD_NOW), OK);
    CHECK_INT(load_csv(store.a, &data, &period, kind, str_of(csv), &o, &store.ds), OK);
    struct record_report in = {
        .kind = kind, .data = data, .day = d.today, .source = S("x"), .reporter = S("y")};
    done(&d, record_report_add(&r, &in, &n), OK);
}

static int64_t draft(int64_t replaces)
{
    int64_t run = 0;
    struct run_desk d = desk("甲", "2026-01-05");
    struct run_draft in = {S("年度"), str_of(RULES), day("2026-01-05"), 2025, replaces};
    done(&d, run_new(&d, &in, &run), OK);
    return run;
}

static void compute(int64_t run, const char *who, enum status want)
{
    struct run_desk d = desk(who, "2026-01-05");
    done(&d, run_compute(&d, run, NULL), want);
}

static void review(int64_t run, const char *who, enum status want)
{
    struct run_desk d = desk(who, "2026-01-05");
    done(&d, run_review(&d, run, S("无误")), want);
}

static void publish(int64_t run, const char *who, enum status want)
{
    struct run_desk d = desk(who, "2026-01-05");
    struct run_notice n = {d.today, 5, S(CALENDAR)};
    done(&d, run_publish(&d, run, &n), want);
}

static int64_t appeal(int64_t run, const char *id, const char *today, enum status want)
{
    int64_t number = 0;
    struct run_desk d = desk("A", today);
    done(&d, run_appeal(&d, run, str_of(id), S("少算了收入"), &number), want);
    return number;
}

static void decide(int64_t number, bool upheld, enum status want)
{
    struct run_desk d = desk("乙", "2026-01-06");
    done(&d, run_decide(&d, number, upheld, S("核实")), want);
}

static void finish(int64_t run, const char *today, enum status want)
{
    struct run_desk d = desk("丙", today);
    done(&d, run_finish(&d, run), want);
}

static struct run_view view(void)
{
    return (struct run_view){store.w, store.a, COUNTY, NULL, &store.ds};
}

static struct run get(int64_t run)
{
    struct run r = {0};
    struct run_view v = view();
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(run_get(&v, &r, run), OK);
    db_rollback(store.w);
    return r;
}

static struct run_verdict verify(int64_t run)
{
    struct run_verdict out = {0};
    struct run r = get(run);
    struct run_view v = view();
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(run_verify(&v, &out, &r), OK);
    db_rollback(store.w);
    return out;
}

static void check_receipt(int64_t run)
{
    struct run_receipt r = {0};
    struct run_view v = view();
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(run_receipt(&v, &r, run, S("B")), OK);
    CHECK_STR(r.head, "编号,得分");
    CHECK_STR(r.line, "B,4");
    CHECK_INT(r.row, 1);
    CHECK(merkle_holds(r.run.receipts, r.hash, 3, 1, r.path, r.path_n));
    CHECK_INT(run_receipt(&v, &r, run, S("Z")), ERR_GONE);
    db_rollback(store.w);
}

/* Nobody takes two steps running, nor skips one. */
static void check_order(int64_t run)
{
    review(run, "乙", ERR_INPUT); /* a draft */
    compute(run, "甲", OK);
    compute(run, "乙", ERR_INPUT); /* for good */
    publish(run, "乙", ERR_INPUT);
    review(run, "甲", ERR_INPUT); /* computed it */
    review(run, "乙", OK);
    publish(run, "乙", ERR_INPUT); /* reviewed it */
    publish(run, "丙", OK);
    CHECK_STR(store_said(), "RUN-STATE RUN-STATE RUN-STATE RUN-SAME-PERSON RUN-SAME-PERSON ");
    diags_init(&store.ds, store.a);
}

/* 5 working days from Monday 5 January 2026 end on the 12th. */
static void check_notice(int64_t run)
{
    finish(run, "2026-01-12", ERR_INPUT);
    CHECK_INT(appeal(run, "Z", "2026-01-12", ERR_GONE), 0);
    CHECK_INT(appeal(run, "A", "2026-01-13", ERR_INPUT), 0);
    int64_t first = appeal(run, "A", "2026-01-12", OK);
    CHECK_INT(first, 1);
    finish(run, "2026-01-13", ERR_INPUT);
    decide(first + 1, true, ERR_GONE);
    decide(first, true, OK);
    decide(first, false, ERR_INPUT);
    finish(run, "2026-01-13", ERR_INPUT);
    CHECK_STR(store_said(), "RUN-NOTICE-RUNS RUN-SUBJECT RUN-APPEAL-LATE RUN-APPEALS-OPEN "
                            "RUN-NO-APPEAL RUN-DECIDED RUN-UPHELD ");
    diags_init(&store.ds, store.a);
}

static void check_run(void)
{
    put_facts("代码,企业名称,收入\nA,甲,9.5\nB,乙,3\nC,丙,\n", true);
    int64_t run = draft(0);
    CHECK_INT(run, 1);
    check_order(run);
    check_notice(run);
    check_receipt(run);
    struct run_verdict v = verify(run);
    CHECK(v.results && v.receipts && v.root);
    CHECK_INT(v.subjects, 3);

    /* The facts are corrected; the old run comes out as it was, the new one takes its place. */
    put_facts("代码,收入\nA,10\n", false);
    v = verify(run);
    CHECK(v.results && v.receipts && v.root);
    int64_t next = draft(run);
    compute(next, "甲", OK);
    review(next, "乙", OK);
    CHECK_INT(get(run).state, RUN_NOTICE);
    publish(next, "丙", OK);
    CHECK_INT(get(run).state, RUN_REPLACED);
    struct run old = get(run), new = get(next);
    CHECK(memcmp(&old.results, &new.results, sizeof old.results) != 0);
    finish(next, "2026-01-13", OK);
    CHECK_INT(get(next).state, RUN_FINAL);
    struct run_desk d = desk("丁", "2026-01-14");
    done(&d, run_withdraw(&d, next, S("不能")), ERR_INPUT);
    d = desk("丁", "2026-01-14");
    done(&d, run_settle(&d, next, S("入账")), OK);
    CHECK_INT(get(next).state, RUN_SETTLED);
    CHECK_INT(get(next).subjects, 3);
}

TEST(sqlite_run)
{
    store_open(STORE_SQLITE);
    check_run();
    store_end();
}

TEST(postgres_run)
{
    store_open(STORE_POSTGRES);
    check_run();
    store_end();
}

/* A receipt that somebody changed in the file is named. */
TEST(verify_finds_a_changed_receipt)
{
    store_open(STORE_SQLITE);
    put_facts("代码,企业名称,收入\nA,甲,9.5\nB,乙,3\n", true);
    int64_t run = draft(0);
    compute(run, "甲", OK);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(db_raw(store.w, "DROP TRIGGER receipt_no_update;"
                              "UPDATE receipt SET hash = zeroblob(32) WHERE identity = 'B'"),
              OK);
    CHECK_INT(db_commit(store.w), OK);
    struct run_verdict v = verify(run);
    CHECK(v.results && v.root && !v.receipts);
    CHECK_STR(v.differs, "B");
    store_end();
}

/* Rules about a kind that nobody put in. */
TEST(run_without_kind)
{
    store_open(STORE_SQLITE);
    int64_t run = draft(0);
    compute(run, "甲", ERR_GONE);
    compute(run + 1, "甲", ERR_GONE);
    CHECK_STR(store_said(), "RUN-NO-KIND RUN-GONE ");
    struct run_desk d = desk("甲", "2026-01-05");
    done(&d, run_withdraw(&d, run, S("重来")), OK);
    CHECK_INT(get(run).state, RUN_WITHDRAWN);
    CHECK_STR(str_of(run_state_name(get(run).state, LANG_EN)), "withdrawn");
    store_end();
}
