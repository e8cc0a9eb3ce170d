/* ledger_test.c - each operation done and refused, on both databases, and with each of its calls
 * into the store failing once. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/raw.h"
#include "ledger/ledger.h"
#include "ledger/verify.h"
#include "sql.h"
#include "test/help/fault.h"
#include "test/help/store.h"
#include "test/t.h"

enum { TODAY = 16526 /* 2015-04-01 */ };

static struct act act;
static struct ledger ledger;
static struct arena *tmp;
static int serial;
static bool failing; /* every operation is asked again and again, each time a later call failing */

static void begin(enum store_kind kind)
{
    store_open(kind);
    serial = 0;
    tmp = arena_open();
    act = store_act(1);
    ledger_begin(&ledger, &act, tmp, &store.ds);
}

static int64_t faults(void)
{
    struct ledger_report r;
    for (int n = 1; failing; n++) {
        fault_arm(n);
        enum status st = ledger_verify(store.w, store.a, S("320582"), &r, &store.ds);
        store.ds.n = store.ds.error_n = 0;
        if (!fault_disarm())
            break;
        CHECK_INT(st, ERR_IO);
    }
    CHECK_INT(ledger_verify(store.w, store.a, S("320582"), &r, &store.ds), OK);
    CHECK_INT(r.issued_e4, r.held_e4 + r.spent_e4 + r.expired_e4);
    return r.fault_n;
}

static void end(void)
{
    ledger_end(&ledger);
    store_act_end(&act, S("ledger.test"));
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(faults(), 0);
    if (store.ds.n > 0)
        CHECK_STR(store_said(), "");
    db_rollback(store.w);
    arena_close(tmp);
    store_end();
}

/* Nothing is told of a call that failed but its failure. Part of the act is undone here where users
 * undo the whole. */
static void fail_each_call(const struct ledger_op *op)
{
    struct ledger_done done;
    struct ledger before = ledger;
    for (int n = 1;; n++) {
        CHECK_INT(db_mark(store.w), OK);
        fault_arm(n);
        enum status st = ledger_do(&ledger, op, &done);
        bool failed = fault_disarm();
        CHECK_INT(db_undo(store.w), OK);
        ledger = before;
        if (!failed)
            break;
        CHECK_INT(st, ERR_IO);
        CHECK_INT(store.ds.n, 0);
    }
    store.ds.n = store.ds.error_n = 0;
}

static enum status ask(struct ledger_op op, struct ledger_done *done)
{
    if (op.client.n == 0)
        op.client = arena_fmt(store.a, "t%d", ++serial);
    if (op.who.n == 0)
        op.who = S("maker");
    if (op.day == 0)
        op.day = TODAY;
    if (failing)
        fail_each_call(&op);
    return ledger_do(&ledger, &op, done);
}

static int64_t good(int line, struct ledger_op op)
{
    struct ledger_done done;
    enum status st = ask(op, &done);
    if (st != OK || store.ds.n > 0) {
        (void)fprintf(stderr, "line %d: %s\n", line, db_fault(store.w)->text);
        CHECK_STR(store_said(), "");
    }
    CHECK_INT(st, OK);
    return done.op;
}

/* What was told: each code and what stands in its text. */
static Str told(void)
{
    struct buf b;
    buf_init(&b, store.a, BUF_MAX);
    for (size_t i = 0; i < store.ds.n; i++) {
        const struct diag *d = &store.ds.at[i];
        buf_fmt(&b, "%s%s", i > 0 ? "; " : "", diag_info(d->code)->mnemonic);
        for (size_t k = 0; k < DIAG_ARG_N && d->arg[k].n > 0; k++)
            buf_fmt(&b, "%s%.*s", k > 0 ? " | " : " ", (int)d->arg[k].n, d->arg[k].p);
    }
    store.ds.n = store.ds.error_n = 0;
    return buf_str(&b);
}

static void bad(int line, const char *want, struct ledger_op op)
{
    struct ledger_done done;
    enum status st = ask(op, &done);
    Str got = told();
    if (!str_eq(got, str_of(want)))
        (void)fprintf(stderr, "line %d %.*s\n", line, (int)got.n, got.p);
    CHECK_STR(got, want);
    CHECK(st == ERR_INPUT || st == ERR_DENIED);
}

#define GOOD(...)      good(__LINE__, (struct ledger_op){__VA_ARGS__})
#define BAD(want, ...) bad(__LINE__, want, (struct ledger_op){__VA_ARGS__})

#define POOL    .policy = S("p22"), .year = 2015
#define FIRM    .subject = S("甲")
#define DECIDED .decision = S("张科〔2016〕1号")
#define BASIS   .receipt = S("run-1/甲"), .rules = S("aa"), .snapshot = S("bb"), .evidence = S("cc")
#define GRANT   FIRM, POOL, DECIDED, BASIS
#define PAYEE   .payee = {S("甲公司"), S("农商行"), S("6222")}
#define BUDGET  .item = S("2060404"), .year = 2015

/* A budget of 1,000.00 yuan, 900.00 of it in the pool of p22. */
static void fund(void)
{
    GOOD(.kind = LEDGER_OPEN, BUDGET);
    GOOD(.kind = LEDGER_RAISE, BUDGET, .amount = 100000, DECIDED);
    GOOD(.kind = LEDGER_OPEN, POOL, .item = S("2060404"));
    GOOD(.kind = LEDGER_ALLOCATE, POOL, .amount = 90000);
}

static int64_t left(enum ledger_account_kind kind, const char *owner, const char *line, int year)
{
    struct sql_ledger_account_find_row row = {0};
    enum status st = sql_ledger_account_find_one(
        store.w, store.a,
        &(struct sql_ledger_account_find){S("320582"), kind, str_of(owner), str_of(line), year},
        &row);
    return st == OK ? row.posted - row.pending : -1;
}

static void check_budget(void)
{
    fund();
    BAD("LEDGER-EXISTS 2060404", .kind = LEDGER_OPEN, BUDGET);
    BAD("LEDGER-EXISTS p22", .kind = LEDGER_OPEN, POOL, .item = S("2060404"), .extra = 2015);
    BAD("LEDGER-ACCOUNT 预算科目 x 2015", .kind = LEDGER_OPEN, POOL, .item = S("x"));
    BAD("LEDGER-ACCOUNT 预算科目 苏州 2060404 2015", .kind = LEDGER_RAISE, BUDGET,
        .level = S("苏州"), .amount = 1, DECIDED);
    BAD("LEDGER-ACCOUNT 资金池 p1 2015", .kind = LEDGER_ALLOCATE, .policy = S("p1"), .year = 2015,
        .amount = 1);
    BAD("LEDGER-SHORT 预算科目 2060404 2015 | 0.01", .kind = LEDGER_ALLOCATE, POOL,
        .amount = 10001);
    BAD("LEDGER-SHORT 预算科目 2060404 2015 | 0.01", .kind = LEDGER_LOWER, BUDGET, .amount = 10001,
        DECIDED);
    BAD("LEDGER-MISSING 核减预算 | 决定 decision | lower budget", .kind = LEDGER_LOWER, BUDGET,
        .amount = 1);
    BAD("LEDGER-MISSING 核减预算 | 数额 amount | lower budget", .kind = LEDGER_LOWER, BUDGET,
        DECIDED);
    BAD("LEDGER-AMOUNT", .kind = LEDGER_LOWER, BUDGET, DECIDED, .amount = LEDGER_AMOUNT_MAX + 1);
    BAD("LEDGER-AMOUNT", .kind = LEDGER_LOWER, BUDGET, DECIDED, .amount = 1, .extra = -1);
    BAD("LEDGER-AMOUNT", .kind = LEDGER_LOWER, BUDGET, DECIDED, .amount = 1,
        .extra = LEDGER_AMOUNT_MAX + 1);
    BAD("LEDGER-SHORT 预算科目 2060404 2015 | 99,999,999,900.00", .kind = LEDGER_LOWER, BUDGET,
        DECIDED, .amount = LEDGER_AMOUNT_MAX, .extra = LEDGER_AMOUNT_MAX);
    int64_t lower = GOOD(.kind = LEDGER_LOWER, BUDGET, .amount = 4000, DECIDED);
    CHECK_INT(left(LEDGER_BUDGET, "", "2060404", 2015), 6000);
    GOOD(.kind = LEDGER_REVERSE, .about = lower, .note = S("错"));
    BAD("LEDGER-FIXED 1-0 | 开户 | open", .kind = LEDGER_REVERSE, .about = ledger_id(1, 0),
        .note = S("错"));
    BAD("LEDGER-REVERSED 1-4 | 1-5", .kind = LEDGER_REVERSE, .about = lower, .note = S("错"));
    BAD("LEDGER-MISSING 冲正 | 说明 note | reverse", .kind = LEDGER_REVERSE, .about = lower);
    CHECK_INT(left(LEDGER_BUDGET, "", "2060404", 2015), 10000);
    CHECK_INT(left(LEDGER_POOL, "", "p22", 2015), 90000);
}

static void check_again(void)
{
    struct ledger_done first, again;
    struct ledger_op op = {.kind = LEDGER_OPEN, BUDGET, .client = S("same")};
    CHECK_INT(ask(op, &first), OK);
    CHECK_INT(ask(op, &again), OK);
    CHECK(!first.again && again.again);
    CHECK_INT(first.op, again.op);
    op.day++; /* asked again the next day */
    CHECK_INT(ask(op, &again), OK);
    CHECK(again.again);
    op.day_said = true;
    bad(__LINE__, "LEDGER-CLIENT same | 1-0", op);
    op.day_said = false;
    op.year = 2016;
    bad(__LINE__, "LEDGER-CLIENT same | 1-0", op);
    op.client = S("");
    op.who = S("x");
    CHECK_INT(ledger_do(&ledger, &op, &again), ERR_INPUT);
    op.client = S("c");
    op.who = S("");
    CHECK_INT(ledger_do(&ledger, &op, &again), ERR_INPUT);
    CHECK_STR(store_said(), "LEDGER-MISSING LEDGER-MISSING ");
    store.ds.n = store.ds.error_n = 0;
}

static void check_points(void)
{
    fund();
    int64_t issue = GOOD(.kind = LEDGER_ISSUE, FIRM, POOL, BASIS, .amount = 105000);
    BAD("LEDGER-MISSING 发放积分 | 收据 receipt | issue points", .kind = LEDGER_ISSUE, FIRM, POOL,
        .amount = 105000);
    BAD("LEDGER-SHORT 积分余额 甲 p22 2015 | 0.0001 | 甲", .kind = LEDGER_SPEND, FIRM, POOL,
        .amount = 105001, .note = S("人才房"));
    BAD("LEDGER-SHORT 积分余额 乙 p22 2015 | 0.0001 | 乙", .kind = LEDGER_SPEND, .subject = S("乙"),
        POOL, .amount = 1, .note = S("x"));
    int64_t spend = GOOD(.kind = LEDGER_SPEND, FIRM, POOL, .amount = 5000, .note = S("人才房"));
    BAD("LEDGER-SHORT 积分余额 甲 p22 2015 | 0.5 | 甲", .kind = LEDGER_REVERSE, .about = issue,
        .note = S("x"));
    BAD("LEDGER-RATE p22 | 2015", .kind = LEDGER_CONVERT, FIRM, POOL, DECIDED, .amount = 10000);
    BAD("LEDGER-AMOUNT", .kind = LEDGER_RATE, POOL, DECIDED, .amount = 2, .extra = 1);
    GOOD(.kind = LEDGER_RATE, POOL, DECIDED, .amount = 1500, .extra = 2000);
    BAD("LEDGER-RATE-OPEN p22 | 2015 | 15.00~20.00", .kind = LEDGER_CONVERT, FIRM, POOL, DECIDED,
        .amount = 10000);
    GOOD(.kind = LEDGER_RATE, POOL, DECIDED, .amount = 2000, .day = TODAY + 1);
    BAD("LEDGER-RATE-OPEN p22 | 2015 | 15.00~20.00", .kind = LEDGER_CONVERT, FIRM, POOL, DECIDED,
        .amount = 10000);
    BAD("LEDGER-AMOUNT", .kind = LEDGER_CONVERT, FIRM, POOL, DECIDED, .amount = 4,
        .day = TODAY + 1);
    BAD("LEDGER-AMOUNT", .kind = LEDGER_CONVERT, FIRM, POOL, DECIDED, .amount = 10000,
        .extra = 1999, .day = TODAY + 1);
    BAD("LEDGER-AMOUNT", .kind = LEDGER_CONVERT, FIRM, POOL, DECIDED, .amount = 10000,
        .extra = 2002, .day = TODAY + 1);
    BAD("LEDGER-AMOUNT", .kind = LEDGER_CONVERT, FIRM, POOL, DECIDED, .amount = LEDGER_AMOUNT_MAX,
        .extra = 1, .day = TODAY + 1);
    BAD("LEDGER-ACCOUNT 资金池 苏州 p22 2015", .kind = LEDGER_CONVERT, FIRM, POOL, DECIDED,
        .amount = 10000, .level = S("苏州"), .day = TODAY + 1);
    BAD("LEDGER-SHORT 积分余额 甲 p22 2015 | 0.0001 | 甲", .kind = LEDGER_CONVERT, FIRM, POOL,
        DECIDED, .amount = 100001, .day = TODAY + 1);
    int64_t convert =
        GOOD(.kind = LEDGER_CONVERT, FIRM, POOL, DECIDED, .amount = 50003, .day = TODAY + 1);
    CHECK_INT(left(LEDGER_PAYABLE, "甲", "", 0), 10000);
    GOOD(.kind = LEDGER_CONVERT, FIRM, POOL, DECIDED, .amount = 3, .extra = 1, .day = TODAY + 1);
    GOOD(.kind = LEDGER_REVERSE, .about = convert, .note = S("错"));
    GOOD(.kind = LEDGER_REVERSE, .about = spend, .note = S("错"));
    CHECK_INT(left(LEDGER_PAYABLE, "甲", "", 0), 1);
    CHECK_INT(left(LEDGER_HELD, "甲", "p22", 2015), 104997);
}

static void check_expiry(void)
{
    enum { END_OF_2016 = 17166 };
    GOOD(.kind = LEDGER_ISSUE, FIRM, POOL, BASIS, .amount = 105000);
    BAD("LEDGER-LIFE p22 | 2015", .kind = LEDGER_EXPIRE, FIRM, POOL);
    BAD("LEDGER-AMOUNT", .kind = LEDGER_LIFE, .policy = S("p22"), DECIDED, .extra = 101);
    GOOD(.kind = LEDGER_LIFE, .policy = S("p22"), DECIDED, .extra = 100);
    GOOD(.kind = LEDGER_LIFE, .policy = S("p22"), DECIDED, .extra = 1);
    BAD("LEDGER-ALIVE p22 | 2015 | 2016-12-31", .kind = LEDGER_EXPIRE, FIRM, POOL,
        .day = END_OF_2016);
    BAD("LEDGER-ALIVE p22 | 9999 | 9999-12-31", .kind = LEDGER_EXPIRE, FIRM, .policy = S("p22"),
        .year = 9999, .day = 20000);
    BAD("LEDGER-NOTHING 乙", .kind = LEDGER_EXPIRE, .subject = S("乙"), POOL,
        .day = END_OF_2016 + 1);
    int64_t expire = GOOD(.kind = LEDGER_EXPIRE, FIRM, POOL, .day = END_OF_2016 + 1);
    CHECK_INT(left(LEDGER_EXPIRED, "甲", "p22", 2015), 105000);
    GOOD(.kind = LEDGER_REVERSE, .about = expire, .note = S("错"));
    CHECK_INT(left(LEDGER_EXPIRED, "甲", "p22", 2015), 0);
}

static void check_reserve(void)
{
    fund();
    BAD("LEDGER-SHORT 资金池 p22 2015 | 0.01 | 甲", .kind = LEDGER_RESERVE, GRANT, .amount = 90001);
    BAD("LEDGER-LATE 甲", .kind = LEDGER_RESERVE, GRANT, .amount = 1, .extra = TODAY - 1);
    BAD("LEDGER-LATE 甲", .kind = LEDGER_RESERVE, GRANT, .amount = 1, .extra = DAY_MAX + 1L);
    int64_t r = GOOD(.kind = LEDGER_RESERVE, GRANT, .amount = 5000, .extra = TODAY);
    BAD("LEDGER-LATE 1-4", .kind = LEDGER_POST, .about = r, .day = TODAY + 1);
    BAD("LEDGER-EARLY 1-4 | 2015-04-01", .kind = LEDGER_LAPSE, .about = r);
    BAD("LEDGER-PART 1-4 | 50.00", .kind = LEDGER_POST, .about = r, .amount = 5001);
    BAD("LEDGER-GONE 0-99 | 确认应付 | post", .kind = LEDGER_POST, .about = 99);
    BAD("LEDGER-GONE 0-99 | 预留过期 | lapse", .kind = LEDGER_LAPSE, .about = 99);
    BAD("LEDGER-GONE 1-0 | 撤销预留 | void", .kind = LEDGER_VOID, .about = ledger_id(1, 0),
        .note = S("x"));
    BAD("LEDGER-FIXED 1-4 | 预留 | reserve", .kind = LEDGER_REVERSE, .about = r, .note = S("x"));
    CHECK_INT(left(LEDGER_POOL, "", "p22", 2015), 85000);
    BAD("LEDGER-SHORT 资金池 p22 2015 | 0.01 | 甲", .kind = LEDGER_RESERVE, GRANT, .amount = 85001);
    int64_t post = GOOD(.kind = LEDGER_POST, .about = r, .amount = 3000);
    CHECK_INT(left(LEDGER_POOL, "", "p22", 2015), 87000);
    BAD("LEDGER-ENDED 1-4", .kind = LEDGER_POST, .about = r);
    BAD("LEDGER-ENDED 1-4", .kind = LEDGER_LAPSE, .about = r, .day = TODAY + 1);
    BAD("LEDGER-ENDED 1-4", .kind = LEDGER_VOID, .about = r, .note = S("x"));
    GOOD(.kind = LEDGER_REVERSE, .about = post, .note = S("错"));
    r = GOOD(.kind = LEDGER_RESERVE, GRANT, .amount = 90000, .extra = TODAY);
    GOOD(.kind = LEDGER_LAPSE, .about = r, .day = TODAY + 1);
    r = GOOD(.kind = LEDGER_RESERVE, GRANT, .amount = 1);
    GOOD(.kind = LEDGER_VOID, .about = r, .note = S("一分钱"));
    r = GOOD(.kind = LEDGER_RESERVE, GRANT, .amount = 90000);
    GOOD(.kind = LEDGER_VOID, .about = r, .note = S("不要了"));
    CHECK_INT(left(LEDGER_POOL, "", "p22", 2015), 90000);
    /* Of all that is held, of a single fen, on the last of days. */
    r = GOOD(.kind = LEDGER_RESERVE, GRANT, .amount = 100, .extra = DAY_MAX);
    GOOD(.kind = LEDGER_POST, .about = r, .amount = 100);
    CHECK_INT(left(LEDGER_PAYABLE, "甲", "", 0), 100);
    r = GOOD(.kind = LEDGER_RESERVE, GRANT, .amount = 100);
    GOOD(.kind = LEDGER_POST, .about = r, .amount = 1);
    CHECK_INT(left(LEDGER_PAYABLE, "甲", "", 0), 101);
}

static void check_stages(void)
{
    const struct ledger_share half[LEDGER_SHARES_MAX + 1] = {
        {S(""), 1, 0}, {S(""), 1, TODAY + 100}, {S(""), 1, 0}};
    fund();
    BAD("LEDGER-SHARES", .kind = LEDGER_RESERVE, GRANT, .amount = 1, .share = half, .share_n = 2);
    BAD("LEDGER-SHARES", .kind = LEDGER_RESERVE, GRANT, .amount = 100, .share = half,
        .share_n = 25);
    BAD("LEDGER-SHARES", .kind = LEDGER_RESERVE, GRANT, .amount = 100, .share_n = 1,
        .share = &(struct ledger_share){S(""), 0, 0});
    BAD("LEDGER-SHARES", .kind = LEDGER_RESERVE, GRANT, .amount = 100, .share_n = 1,
        .share = &(struct ledger_share){S(""), LEDGER_AMOUNT_MAX + 1, 0});
    BAD("LEDGER-SHARES", .kind = LEDGER_RESERVE, GRANT, .amount = 100, .share_n = 4, .share = half);
    int64_t r = GOOD(.kind = LEDGER_RESERVE, GRANT, .amount = 10001, .share = half, .share_n = 3,
                     .item = S("预研1"));
    BAD("LEDGER-ONCE 甲 | 预研1 | 1-4", .kind = LEDGER_RESERVE, GRANT, .amount = 1,
        .item = S("预研1"));
    BAD("LEDGER-EARLY 1-4 | 2015-07-10", .kind = LEDGER_POST, .about = r);
    BAD("LEDGER-EARLY 1-4 | 2015-07-10", .kind = LEDGER_POST, .about = r, .extra = 2);
    BAD("LEDGER-PART 1-4 | 33.33", .kind = LEDGER_POST, .about = r, .amount = 1);
    GOOD(.kind = LEDGER_POST, .about = r, .extra = 1);
    CHECK_INT(left(LEDGER_PAYABLE, "甲", "", 0), 3333);
    int64_t post = GOOD(.kind = LEDGER_POST, .about = r, .extra = 3);
    CHECK_INT(left(LEDGER_PAYABLE, "甲", "", 0), 3333 + 3335);
    GOOD(.kind = LEDGER_VOID, .about = r, .extra = 2, .note = S("中期不合格"));
    BAD("LEDGER-ONCE 甲 | 预研1 | 1-4", .kind = LEDGER_RESERVE, GRANT, .amount = 1,
        .item = S("预研1"));
    GOOD(.kind = LEDGER_REVERSE, .about = post, .note = S("错"));
    CHECK_INT(left(LEDGER_PAYABLE, "甲", "", 0), 3333);
    /* As many and as heavy as may be; a key of one letter that is free again. */
    struct ledger_share most[LEDGER_SHARES_MAX];
    for (int i = 0; i < LEDGER_SHARES_MAX; i++)
        most[i] = (struct ledger_share){S(""), LEDGER_AMOUNT_MAX, 0};
    for (int i = 0; i < 2; i++) {
        r = GOOD(.kind = LEDGER_RESERVE, GRANT, .amount = 2400, .share = most,
                 .share_n = LEDGER_SHARES_MAX, .item = S("x"));
        CHECK_INT(left(LEDGER_POOL, "", "p22", 2015), 90000 - 3333 - 2400);
        GOOD(.kind = LEDGER_VOID, .about = r, .note = S("不做了"));
    }
}

/* Under which level an operation stands. */
static Str level_of(int64_t op)
{
    struct sql_ledger_op_get_row row = {0};
    CHECK_INT(sql_ledger_op_get_one(
                  store.w, store.a,
                  &(struct sql_ledger_op_get){S("320582"), ledger_id_act(op), ledger_id_n(op)},
                  &row),
              OK);
    return row.level;
}

static void check_joint(void)
{
    const struct ledger_share share[] = {{S("苏州"), 1, 0}, {S(""), 2, 0}};
    const struct ledger_share twice[] = {{S(""), 1, 0}, {S(""), 1, 0}};
    fund();
    GOOD(.kind = LEDGER_OPEN, BUDGET, .level = S("苏州"));
    BAD("LEDGER-EXISTS 2060404 | 苏州", .kind = LEDGER_OPEN, BUDGET, .level = S("苏州"));
    GOOD(.kind = LEDGER_RAISE, BUDGET, .level = S("苏州"), .amount = 20000, DECIDED);
    BAD("LEDGER-MISSING 联动预留 | 各级份额 levels | reserve jointly", .kind = LEDGER_JOINT, GRANT,
        .amount = 100);
    BAD("LEDGER-LATE 甲", .kind = LEDGER_JOINT, GRANT, .amount = 100, .share = share, .share_n = 2,
        .extra = 1);
    BAD("LEDGER-ACCOUNT 资金池 苏州 p22 2015", .kind = LEDGER_JOINT, GRANT, .amount = 100,
        .share = share, .share_n = 2);
    GOOD(.kind = LEDGER_OPEN, POOL, .level = S("苏州"), .item = S("2060404"));
    GOOD(.kind = LEDGER_ALLOCATE, POOL, .level = S("苏州"), .amount = 20000);
    /* Suzhou's part alone is too much: nothing of it is held. */
    BAD("LEDGER-SHORT 资金池 苏州 p22 2015 | 0.01 | 甲", .kind = LEDGER_JOINT, GRANT,
        .amount = 60003, .share = share, .share_n = 2);
    CHECK_INT(left(LEDGER_POOL, "", "p22", 2015), 90000);
    /* Both parts from one pool: together they are too much. */
    BAD("LEDGER-SHORT 资金池 p22 2015 | 0.01 | 甲", .kind = LEDGER_JOINT, GRANT, .amount = 90001,
        .share = twice, .share_n = 2);
    int64_t j = GOOD(.kind = LEDGER_JOINT, GRANT, .amount = 10000, .share = share, .share_n = 2,
                     .item = S("联动"));
    CHECK_INT(left(LEDGER_POOL, "苏州", "p22", 2015), 20000 - 3333);
    CHECK_INT(left(LEDGER_POOL, "", "p22", 2015), 90000 - 6667);
    BAD("LEDGER-LINKED 1-8", .kind = LEDGER_POST, .about = j, .extra = 1);
    BAD("LEDGER-LINKED 1-8", .kind = LEDGER_VOID, .about = j, .extra = 1, .note = S("x"));
    int64_t post = GOOD(.kind = LEDGER_POST, .about = j);
    CHECK_INT(left(LEDGER_PAYABLE, "甲", "", 0), 10000);
    CHECK_STR(level_of(GOOD(.kind = LEDGER_POST, .about = GOOD(.kind = LEDGER_RESERVE, GRANT,
                                                               .level = S("苏州"), .amount = 1))),
              "苏州");
    GOOD(.kind = LEDGER_REVERSE, .about = post, .note = S("错"));
    j = GOOD(.kind = LEDGER_JOINT, GRANT, .amount = 10000, .share = share, .share_n = 2,
             .item = S("联动"));
    GOOD(.kind = LEDGER_VOID, .about = j, .note = S("错"));
    CHECK_INT(left(LEDGER_POOL, "苏州", "p22", 2015), 20000 - 1);
}

static void check_caps(void)
{
    fund();
    int64_t first = GOOD(.kind = LEDGER_RESERVE, GRANT, .amount = 10000);
    BAD("LEDGER-CAP-BELOW 甲 | p22 | 100.00", .kind = LEDGER_CAP, POOL, .amount = 9999);
    GOOD(.kind = LEDGER_CAP, POOL, .amount = 15000);
    BAD("LEDGER-CAP 甲 | p22 | 0.01", .kind = LEDGER_RESERVE, GRANT, .amount = 5001);
    GOOD(.kind = LEDGER_RESERVE, GRANT, .amount = 5000);
    GOOD(.kind = LEDGER_GROUP, .subject = S("乙"), .grp = S("甲集团"));
    GOOD(.kind = LEDGER_GROUP, .subject = S("丙"), .grp = S("乙集团"));
    GOOD(.kind = LEDGER_GROUP, .subject = S("丙"), .grp = S("甲集团"));
    GOOD(.kind = LEDGER_CAP, POOL, .grp = S("甲集团"), .amount = 20000);
#define OTHER(s) .subject = S(s), POOL, DECIDED, BASIS
    BAD("LEDGER-CAP 乙 | p22 | 0.01", .kind = LEDGER_RESERVE, OTHER("乙"), .amount = 15001);
    GOOD(.kind = LEDGER_RESERVE, OTHER("乙"), .amount = 15000);
    BAD("LEDGER-CAP 甲集团 | p22 | 0.01", .kind = LEDGER_RESERVE, OTHER("丙"), .amount = 5001);
    GOOD(.kind = LEDGER_RESERVE, OTHER("丙"), .amount = 5000);
    BAD("LEDGER-CAP-BELOW 甲集团 | p22 | 200.00", .kind = LEDGER_CAP, POOL, .grp = S("甲集团"),
        .amount = 19999);
    GOOD(.kind = LEDGER_CAP, POOL, .grp = S("甲集团"), .amount = 21000);
    BAD("LEDGER-CAP 甲集团 | p22 | 0.01", .kind = LEDGER_RESERVE, OTHER("丙"), .amount = 1001);
    GOOD(.kind = LEDGER_VOID, .about = first, .note = S("x"));
    GOOD(.kind = LEDGER_RESERVE, GRANT, .amount = 10000);
    GOOD(.kind = LEDGER_CAP, POOL, .amount = 16000);
    /* Names of one letter are names. */
    GOOD(.kind = LEDGER_GROUP, .subject = S("b"), .grp = S("G"));
    GOOD(.kind = LEDGER_CAP, POOL, .grp = S("G"), .amount = 100);
    BAD("LEDGER-CAP G | p22 | 0.01", .kind = LEDGER_RESERVE, OTHER("b"), .amount = 101);
    GOOD(.kind = LEDGER_RESERVE, OTHER("b"), .amount = 10, .item = S("x"));
    BAD("LEDGER-ONCE b | x | 1-19", .kind = LEDGER_RESERVE, OTHER("b"), .amount = 10,
        .item = S("x"));
}

static int64_t owed(int64_t fen)
{
    return GOOD(.kind = LEDGER_POST, .about = GOOD(.kind = LEDGER_RESERVE, GRANT, .amount = fen));
}

static void check_payment(void)
{
    fund();
    int64_t due = owed(10000);
    BAD("LEDGER-MISSING 申请支付 | 收款人和账号 payee, account | request payment",
        .kind = LEDGER_REQUEST, .about = due, .payee = {S("甲"), S(""), S("")});
    BAD("LEDGER-MISSING 申请支付 | 收款人和账号 payee, account | request payment",
        .kind = LEDGER_REQUEST, .about = due, .payee = {S(""), S("农商行"), S("6222")});
    BAD("LEDGER-PART 1-5 | 100.00", .kind = LEDGER_REQUEST, .about = due, .amount = 10001, PAYEE);
    int64_t p = GOOD(.kind = LEDGER_REQUEST, .about = due, .amount = 4000, PAYEE);
    BAD("LEDGER-UNDERWAY 1-5 | 40.00", .kind = LEDGER_REVERSE, .about = due, .note = S("x"));
    BAD("LEDGER-SELF maker | 1-6", .kind = LEDGER_APPROVE, .about = p, .extra = 1);
    BAD("LEDGER-VERSION 1-6 | 1", .kind = LEDGER_APPROVE, .about = p, .extra = 2, .who = S("a"));
    GOOD(.kind = LEDGER_APPROVE, .about = p, .extra = 1, .who = S("a"));
    BAD("LEDGER-TWICE a | 1-6", .kind = LEDGER_APPROVE, .about = p, .extra = 1, .who = S("a"));
    BAD("LEDGER-MAKER b | 1-6", .kind = LEDGER_AMEND, .about = p, .extra = 1, PAYEE, .who = S("b"));
    BAD("LEDGER-VERSION 1-6 | 1", .kind = LEDGER_AMEND, .about = p, .extra = 3, PAYEE);
    GOOD(.kind = LEDGER_AMEND, .about = p, .extra = 1, PAYEE);
    BAD("LEDGER-NOTHING 已批准 approved", .kind = LEDGER_BATCH);
    GOOD(.kind = LEDGER_APPROVE, .about = p, .extra = 2, .who = S("a"));
    BAD("LEDGER-STATE 1-6 | 待审批 | requested", .kind = LEDGER_PAID, .about = p);
    GOOD(.kind = LEDGER_APPROVE, .about = p, .extra = 2, .who = S("b"));
    BAD("LEDGER-STATE 1-6 | 已批准 | approved", .kind = LEDGER_APPROVE, .about = p, .extra = 2,
        .who = S("c"));
    BAD("LEDGER-STATE 1-6 | 已批准 | approved", .kind = LEDGER_CANCEL, .about = p, .note = S("x"));
    CHECK_INT(left(LEDGER_BANK, "", "", 0), 4000);
    int64_t q = GOOD(.kind = LEDGER_REQUEST, .about = due, PAYEE);
    BAD("LEDGER-ENDED 1-5", .kind = LEDGER_REQUEST, .about = due, PAYEE);
    GOOD(.kind = LEDGER_CANCEL, .about = q, .note = S("x"));
    GOOD(.kind = LEDGER_BATCH);
    GOOD(.kind = LEDGER_BOUNCE, .about = p);
    CHECK_INT(left(LEDGER_PAYABLE, "甲", "", 0), 10000);
    GOOD(.kind = LEDGER_REVERSE, .about = due, .note = S("x"));
    BAD("LEDGER-ENDED 1-5", .kind = LEDGER_REQUEST, .about = due, PAYEE);
}

static int64_t paid(int64_t fen)
{
    int64_t p = GOOD(.kind = LEDGER_REQUEST, .about = owed(fen), PAYEE);
    GOOD(.kind = LEDGER_APPROVE, .about = p, .extra = 1, .who = S("a"));
    GOOD(.kind = LEDGER_APPROVE, .about = p, .extra = 1, .who = S("b"));
    GOOD(.kind = LEDGER_BATCH);
    GOOD(.kind = LEDGER_PAID, .about = p);
    return p;
}

static void check_clawback(void)
{
    fund();
    int64_t p = paid(10000);
    CHECK_INT(left(LEDGER_BANK, "", "", 0), 0);
    BAD("LEDGER-PART 1-6 | 100.00", .kind = LEDGER_RECLAIM, .about = p, .amount = 10001, DECIDED);
    int64_t k = GOOD(.kind = LEDGER_RECLAIM, .about = p, .amount = 6000, DECIDED);
    BAD("LEDGER-PART 1-6 | 40.00", .kind = LEDGER_RECLAIM, .about = p, .amount = 4001, DECIDED);
    BAD("LEDGER-PART 1-11 | 60.00", .kind = LEDGER_RECOVER, .about = k, .amount = 6001);
    GOOD(.kind = LEDGER_RECOVER, .about = k, .amount = 5000);
    BAD("LEDGER-ENDED 1-11", .kind = LEDGER_RECOVER, .about = k);
    CHECK_INT(left(LEDGER_POOL, "", "p22", 2015), 85000);
    k = GOOD(.kind = LEDGER_RECLAIM, .about = p, .amount = 5000, DECIDED);
    GOOD(.kind = LEDGER_VOID, .about = k, .note = S("免"));
    k = GOOD(.kind = LEDGER_RECLAIM, .about = p, .amount = 5000, DECIDED);
    GOOD(.kind = LEDGER_RECOVER, .about = k, .amount = 5000);
    CHECK_INT(left(LEDGER_POOL, "", "p22", 2015), 90000);
}

/* What two levels paid goes back to both; a single fen to the last. */
static void check_joint_clawback(void)
{
    const struct ledger_share share[] = {{S("苏州"), 1, 0}, {S(""), 2, 0}};
    fund();
    GOOD(.kind = LEDGER_OPEN, BUDGET, .level = S("苏州"));
    GOOD(.kind = LEDGER_RAISE, BUDGET, .level = S("苏州"), .amount = 20000, DECIDED);
    GOOD(.kind = LEDGER_OPEN, POOL, .level = S("苏州"), .item = S("2060404"));
    GOOD(.kind = LEDGER_ALLOCATE, POOL, .level = S("苏州"), .amount = 20000);
    int64_t j = GOOD(.kind = LEDGER_JOINT, GRANT, .amount = 9000, .share = share, .share_n = 2);
    int64_t due = GOOD(.kind = LEDGER_POST, .about = j);
    int64_t p = GOOD(.kind = LEDGER_REQUEST, .about = due, PAYEE);
    GOOD(.kind = LEDGER_APPROVE, .about = p, .extra = 1, .who = S("a"));
    GOOD(.kind = LEDGER_APPROVE, .about = p, .extra = 1, .who = S("b"));
    GOOD(.kind = LEDGER_BATCH);
    GOOD(.kind = LEDGER_PAID, .about = p);
    int64_t k = GOOD(.kind = LEDGER_RECLAIM, .about = p, .amount = 8999, DECIDED);
    GOOD(.kind = LEDGER_RECOVER, .about = k);
    CHECK_INT(left(LEDGER_POOL, "苏州", "p22", 2015), 20000 - 3000 + 2999);
    CHECK_INT(left(LEDGER_POOL, "", "p22", 2015), 90000);
    k = GOOD(.kind = LEDGER_RECLAIM, .about = p, .amount = 1, DECIDED);
    GOOD(.kind = LEDGER_RECOVER, .about = k);
    CHECK_INT(left(LEDGER_POOL, "", "p22", 2015), 90001);
}

/* Whatever is changed behind the ledger's back shows. */
static void check_verify(void)
{
    static const char *const WRONG[] = {
        "UPDATE ledger_balance SET posted = posted + 1 WHERE kind = 1",
        "UPDATE ledger_balance SET pending = pending + 1 WHERE kind = 2",
        "UPDATE ledger_balance SET kind = 4 WHERE kind = 3",
        "DELETE FROM ledger_balance WHERE kind = 1",
        "UPDATE ledger_held SET amount = amount - 1",
        "UPDATE ledger_held SET from_day = from_day + 1",
        "UPDATE ledger_held SET from_day = 0 WHERE from_day > 0",
        "UPDATE ledger_held SET until_day = until_day - 1",
        "DELETE FROM ledger_held",
        "INSERT INTO ledger_held VALUES ('320582', 5, 1, 77, 1, 2, 3, 0, 9)",
        "UPDATE ledger_use SET used = used + 1",
        "UPDATE ledger_use SET most = 80001",
        "DELETE FROM ledger_once",
        "UPDATE ledger_once SET parts = parts + 1",
        "UPDATE ledger_group SET grp = 'x'",
        "INSERT INTO ledger_group VALUES ('320582', 'nobody', 'x')",
        "DELETE FROM ledger_group",
        "UPDATE ledger_due SET open = open + 1 WHERE open < amount",
        "DELETE FROM ledger_due",
        "UPDATE ledger_payment SET state = 3",
        "UPDATE ledger_payment SET version = 2",
        "UPDATE ledger_payment SET amount = amount + 1",
        "UPDATE ledger_payment SET maker = 'other'",
        "UPDATE ledger_payment SET claimed = 1",
        "DELETE FROM ledger_payment",
        ("INSERT INTO ledger_op SELECT county, act, n + 900, kind, 'new', digest, day, who, "
         "subject, policy, year, level, item, grp, amount, extra, 0, decision, "
         "note FROM ledger_op WHERE n = 0"),
        ("INSERT INTO ledger_transfer SELECT county, act, n + 900, op_n, 1, debit, credit, 1, 0, "
         "NULL, 0 FROM ledger_transfer WHERE n = 0"),
    };
    fund();
    GOOD(.kind = LEDGER_GROUP, FIRM, .grp = S("甲集团"));
    GOOD(.kind = LEDGER_CAP, POOL, .amount = 80000);
    GOOD(.kind = LEDGER_RESERVE, GRANT, .amount = 100, .item = S("证书1"), .share_n = 1,
         .share = &(struct ledger_share){S(""), 1, TODAY + 1}, .extra = TODAY + 9);
    int64_t p = GOOD(.kind = LEDGER_REQUEST, .about = owed(10000), .amount = 4000, PAYEE);
    GOOD(.kind = LEDGER_APPROVE, .about = p, .extra = 1, .who = S("a"));
    GOOD(.kind = LEDGER_APPROVE, .about = p, .extra = 1, .who = S("b"));
    ledger_end(&ledger);
    store_act_end(&act, S("ledger.test"));
    for (size_t i = 0; i < ARRAY_N(WRONG); i++) {
        CHECK_INT(db_begin(store.w), OK);
        enum status st = db_raw(store.w, WRONG[i]);
        bool found = st == OK && faults() > 0;
        if (!found)
            (void)fprintf(stderr, "not found: %s (%s)\n", WRONG[i], db_fault(store.w)->text);
        CHECK(found && store.ds.n > 0);
        store.ds.n = store.ds.error_n = 0;
        db_rollback(store.w);
    }
    act = store_act(2);
    ledger_begin(&ledger, &act, tmp, &store.ds);
}

/* What the code overlooked, the schema would refuse. */
static void check_constraints(void)
{
    static const char *const WRONG[] = {
        "UPDATE ledger_balance SET posted = -1 WHERE kind = 2",
        "UPDATE ledger_balance SET pending = -1 WHERE kind = 2",
        "UPDATE ledger_op SET amount = 1",
        "DELETE FROM ledger_transfer",
        "UPDATE ledger_use SET used = 80001",
        "UPDATE ledger_use SET used = -1",
        "UPDATE ledger_payment SET approvals = 3",
        "UPDATE ledger_payment SET state = 2",
        "INSERT INTO ledger_transfer VALUES ('320582', 1, 900, 0, 1, 1, 1, 1, 0, NULL, 0)",
        "INSERT INTO ledger_transfer VALUES ('320582', 1, 900, 0, 1, 1, 2, 0, 0, NULL, 0)",
        "INSERT INTO ledger_transfer VALUES ('320582', 1, 900, 0, 3, 1, 2, 5, 4, 7, 0)",
        "INSERT INTO ledger_transfer VALUES ('320582', 1, 900, 0, 1, 1, 2, 1, 0, NULL, 9)",
    };
    fund();
    GOOD(.kind = LEDGER_CAP, POOL, .amount = 80000);
    GOOD(.kind = LEDGER_REQUEST, .about = owed(10000), PAYEE);
    for (size_t i = 0; i < ARRAY_N(WRONG); i++) {
        CHECK_INT(db_mark(store.w), OK);
        enum status st = db_raw(store.w, WRONG[i]);
        if (st != ERR_INPUT)
            (void)fprintf(stderr, "not refused: %s\n", WRONG[i]);
        CHECK_INT(st, ERR_INPUT);
        CHECK_INT(db_undo(store.w), OK);
    }
}

/* Gives what was said to be missing. */
static void give(struct ledger_op *op, Str option)
{
    static const struct ledger_share SHARE = {{"", 0}, 1, 0};
    Str x = S("x");
    op->subject = str_eq(option, S("subject")) ? x : op->subject;
    op->policy = str_eq(option, S("policy")) ? x : op->policy;
    op->item = str_eq(option, S("item")) ? x : op->item;
    op->grp = str_eq(option, S("group")) ? x : op->grp;
    op->decision = str_eq(option, S("decision")) ? x : op->decision;
    op->note = str_eq(option, S("note")) ? x : op->note;
    op->receipt = str_eq(option, S("receipt")) ? x : op->receipt;
    op->year += str_eq(option, S("year"));
    op->amount += str_eq(option, S("amount"));
    op->about += str_eq(option, S("about"));
    op->share_n += str_eq(option, S("levels"));
    op->share = &SHARE;
    if (str_eq(option, S("payee, account")))
        op->payee = (struct ledger_payee){x, S(""), x};
}

/* What each kind cannot do without, in the order in which it is asked for. */
static void check_needs(void)
{
    enum { OPTIONS = 12 };
    static const char *const NEEDS[LEDGER_KIND_N] = {
        [LEDGER_OPEN] = "year item ",
        [LEDGER_RAISE] = "year item decision amount ",
        [LEDGER_LOWER] = "year item decision amount ",
        [LEDGER_ALLOCATE] = "policy year amount ",
        [LEDGER_RATE] = "policy year decision amount ",
        [LEDGER_CAP] = "policy year amount ",
        [LEDGER_LIFE] = "policy decision ",
        [LEDGER_GROUP] = "subject group ",
        [LEDGER_ISSUE] = "subject policy year receipt amount ",
        [LEDGER_SPEND] = "subject policy year note amount ",
        [LEDGER_EXPIRE] = "subject policy year ",
        [LEDGER_CONVERT] = "subject policy year decision amount ",
        [LEDGER_RESERVE] = "subject policy year decision receipt amount ",
        [LEDGER_JOINT] = "subject policy year decision receipt amount levels ",
        [LEDGER_POST] = "about ",
        [LEDGER_VOID] = "note about ",
        [LEDGER_LAPSE] = "about ",
        [LEDGER_REQUEST] = "about payee, account ",
        [LEDGER_AMEND] = "about payee, account ",
        [LEDGER_APPROVE] = "about ",
        [LEDGER_CANCEL] = "note about ",
        [LEDGER_BATCH] = "",
        [LEDGER_RECLAIM] = "decision amount about ",
        [LEDGER_RECOVER] = "about ",
        [LEDGER_REVERSE] = "note about ",
        [LEDGER_PAID] = "about ",
        [LEDGER_BOUNCE] = "about ",
        [LEDGER_RECONCILE] = "item ",
    };
    for (int kind = 1; kind < LEDGER_KIND_N; kind++) {
        struct ledger_op op = {.kind = (enum ledger_kind)kind};
        struct buf said;
        buf_init(&said, store.a, BUF_MAX);
        for (size_t asked = 0; asked < OPTIONS;
             asked++) { /* one that is asked for for ever is seen */
            struct ledger_done done;
            (void)ask(op, &done); /* looked at below */
            bool missing = store.ds.n == 1 && store.ds.at[0].code == DIAG_LEDGER_MISSING;
            Str option = missing ? store.ds.at[0].arg[1] : S("");
            (void)str_cut(&option, ' '); /* in Chinese, then as it is written */
            store.ds.n = store.ds.error_n = 0;
            if (!missing)
                break;
            give(&op, option);
            buf_fmt(&said, "%.*s ", (int)option.n, option.p);
        }
        CHECK_STR(buf_str(&said), NEEDS[kind]);
    }
}

#define BOTH(name)             \
    TEST(sqlite_##name)        \
    {                          \
        begin(STORE_SQLITE);   \
        check_##name();        \
        end();                 \
    }                          \
    TEST(failing_##name)       \
    {                          \
        begin(STORE_SQLITE);   \
        failing = true;        \
        check_##name();        \
        end();                 \
        failing = false;       \
    }                          \
    TEST(postgres_##name)      \
    {                          \
        begin(STORE_POSTGRES); \
        check_##name();        \
        end();                 \
    }
BOTH(budget)
BOTH(again)
BOTH(points)
BOTH(expiry)
BOTH(reserve)
BOTH(stages)
BOTH(joint)
BOTH(caps)
BOTH(needs)
BOTH(payment)
BOTH(clawback)
BOTH(joint_clawback)
BOTH(verify)
BOTH(constraints)
