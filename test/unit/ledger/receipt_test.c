/* receipt_test.c - what an operation may stand on, the points of a run, issued to all of it, and
 * their settlement; each call into the store failing once as well. Run 1 is final, 2 settled, 3
 * only under notice; 90 is final, 91 has results that cannot be read. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "ledger/many.h"
#include "ledger/receipt.h"
#include "record/record.h"
#include "run/run.h"
#include "sql.h"
#include "test/help/fault.h"
#include "test/help/store.h"
#include "test/t.h"

#define COUNTY S("320582")
#define RULES  "0101010101010101010101010101010101010101010101010101010101010101"
#define FACTS  "0202020202020202020202020202020202020202020202020202020202020202"

static struct run_view view;

static void add_receipt(const struct act *act, int64_t n, int64_t run, Str identity)
{
    CHECK_INT(sql_receipt_add(
                  store.w, &(struct sql_receipt_add){COUNTY, act->no, n, run, identity, S("root")}),
              OK);
}

static void add_run(struct act *act, struct record *r, int64_t run, enum run_state state,
                    Str results)
{
    char one[32], two[32];
    Sha256 hash;
    int64_t n = run - 1;
    memset(one, 1, sizeof one);
    memset(two, 2, sizeof two);
    Str rules = {one, 32}, facts = {two, 32};
    CHECK_INT(content_put(r, &hash, results, S("text/csv")), OK);
    CHECK_INT(sql_run_add(store.w, &(struct sql_run_add){COUNTY, act->no, n, run, S("示例"),
                                                         S("企业"), rules, 1, 2015, 0}),
              OK);
    CHECK_INT(sql_run_computed_add(store.w, &(struct sql_run_computed_add){COUNTY,
                                                                           act->no,
                                                                           n,
                                                                           run,
                                                                           facts,
                                                                           {(const char *)hash.byte,
                                                                            sizeof hash.byte},
                                                                           facts,
                                                                           2,
                                                                           1,
                                                                           S("test")}),
              OK);
    CHECK_INT(sql_run_step_add(store.w, &(struct sql_run_step_add){.county = COUNTY,
                                                                   .act = act->no,
                                                                   .n = n,
                                                                   .run = run,
                                                                   .state = state,
                                                                   .why = S("x")}),
              OK);
    add_receipt(act, n, run, S("甲"));
}

static void begin(enum store_kind kind)
{
    store_open(kind);
    struct act act = store_act(1);
    struct record r = record_of(&act);
    Str results = S("编号,积分,格次\n甲,12.34,A\n乙,0,B\n丙,1~2,\n丁,-1,\n戊,0.00019,\n己,1e30,\n");
    add_run(&act, &r, 1, RUN_FINAL, results);
    add_run(&act, &r, 2, RUN_SETTLED, S("编号,积分\n\"甲,1"));
    add_run(&act, &r, 3, RUN_NOTICE, results);
    add_run(&act, &r, 90, RUN_FINAL,
            S("编号,积分\n甲,1000000000\n乙,1000000000.0001\n"
              "丙,9999999999999999999999999999999999999\n"));
    add_run(&act, &r, 91, RUN_FINAL, S("\"编号,积分"));
    add_receipt(&act, 3, 1, S("戊"));
    store_act_end(&act, S("test"));
    CHECK_INT(db_begin(store.w), OK);
    view = (struct run_view){store.w, store.a, COUNTY, NULL, &store.ds};
}

static void end(void)
{
    db_rollback(store.w);
    store_end();
}

static void stands(const char *told, struct ledger_op *op)
{
    struct ledger_op asked = *op;
    for (int n = 1;; n++) {
        *op = asked;
        fault_arm(n);
        enum status st = ledger_receipt(&view, op);
        if (!fault_disarm()) {
            CHECK_INT(st, told[0] == '\0' ? OK : ERR_INPUT);
            break;
        }
        CHECK_INT(st, ERR_IO);
        CHECK_INT(store.ds.n, 0);
    }
    CHECK_STR(store_said(), told);
    store.ds.n = store.ds.error_n = 0;
}
#define STANDS(told, ...) stands(told, &(struct ledger_op){__VA_ARGS__})

static void check_receipts(void)
{
    struct ledger_op op = {.receipt = S("1/甲"), .subject = S("甲")};
    stands("", &op);
    CHECK_STR(op.rules, RULES);
    CHECK_STR(op.snapshot, FACTS);
    STANDS("", .receipt = S(""));
    STANDS("", .receipt = S("2/甲"), .rules = S(RULES), .snapshot = S(FACTS));
    STANDS("LEDGER-RECEIPT ", .receipt = S("1/乙"), .rules = S("aa"), .snapshot = S("bb"));
    STANDS("LEDGER-RECEIPT ", .receipt = S("1"));
    STANDS("LEDGER-RECEIPT-OTHER ", .receipt = S("1/甲"), .subject = S("乙"));
    STANDS("LEDGER-RECEIPT-HASH ", .receipt = S("1/甲"), .rules = S("aa"));
    STANDS("LEDGER-RECEIPT-HASH ", .receipt = S("1/甲"), .snapshot = S("aa"));
    STANDS("LEDGER-NOT-FINAL ", .receipt = S("3/甲"));
    /* From elsewhere: only with both hashes. */
    STANDS("", .receipt = S("9/甲"), .rules = S("aa"), .snapshot = S("bb"));
    STANDS("", .receipt = S("纸质1号"), .rules = S("aa"), .snapshot = S("bb"));
    STANDS("LEDGER-RECEIPT ", .receipt = S("9/甲"), .rules = S("aa"));
    STANDS("LEDGER-RECEIPT ", .receipt = S("9/甲"), .snapshot = S("aa"));
    STANDS("LEDGER-RECEIPT ", .receipt = S("x/甲"));
    STANDS("LEDGER-RECEIPT ", .receipt = S("/甲"));
    STANDS("LEDGER-RECEIPT ", .receipt = S("0000000001/甲"));
    STANDS("", .receipt = S("000000090/甲"));
    STANDS("", .receipt = S("90/甲"));
    STANDS("LEDGER-RECEIPT ", .receipt = S("8:/甲")); /* no figure, and yet 10 behind the 0 */
    STANDS("LEDGER-RECEIPT ", .receipt = S("22/甲"));
    /* A letter is a hash that is another, and a subject. */
    STANDS("LEDGER-RECEIPT-HASH ", .receipt = S("1/甲"), .rules = S("a"));
    STANDS("LEDGER-RECEIPT-OTHER ", .receipt = S("1/甲"), .subject = S("b"));
    STANDS("", .receipt = S("9/甲"), .rules = S("a"), .snapshot = S("b"));
}

static struct ledger_score *scores(const char *told, int64_t run, Str item, size_t *n,
                                   int64_t *unknown)
{
    struct ledger_score *score;
    for (int k = 1;; k++) {
        fault_arm(k);
        enum status st = ledger_scores(&view, run, item, &score, n, unknown);
        if (!fault_disarm()) {
            CHECK_INT(st == OK, told[0] == '\0');
            break;
        }
        CHECK_INT(st, ERR_IO);
    }
    CHECK_STR(store_said(), told);
    store.ds.n = store.ds.error_n = 0;
    return score;
}

static void check_scores(void)
{
    size_t n;
    int64_t unknown;
    struct ledger_score *score = scores("", 1, S("积分"), &n, &unknown);
    CHECK_INT(n, 2);
    CHECK_STR(score[0].identity, "甲");
    CHECK_INT(score[0].e4, 123400);
    CHECK_STR(score[1].identity, "戊");
    CHECK_INT(score[1].e4, 1); /* cut down to what the ledger counts */
    CHECK_INT(unknown, 2);
    score = scores("", 90, S("积分"), &n, &unknown);
    CHECK_INT(n, 1);
    CHECK_INT(unknown, 2);
    CHECK_INT(score[0].e4, LEDGER_AMOUNT_MAX);
    (void)scores("CSV-QUOTE ", 91, S("积分"), &n, &unknown);
    (void)scores("LEDGER-ITEM ", 1, S("分"), &n, &unknown);
    (void)scores("LEDGER-ITEM ", 1, S("编号"), &n, &unknown);
    (void)scores("CSV-QUOTE ", 2, S("积分"), &n, &unknown);
    (void)scores("LEDGER-NOT-FINAL ", 3, S("积分"), &n, &unknown);
    (void)scores("RUN-GONE ", 9, S("积分"), &n, &unknown);
}

/* ---- many at once ---- */

enum { DAY = 16526 /* 2015-04-01 */ };

static struct act act;
static struct ledger ledger;
static struct arena *tmp;

#define POOL .policy = S("p22"), .year = 2015, .day = DAY, .who = S("maker")
#define LINE .item = S("2060404"), .year = 2015, .day = DAY, .who = S("maker")

/* All of it with each of its calls failing once and undone; then done, unless `told`. */
static void many(const char *told, struct ledger_many *out, const struct ledger_op *all,
                 const struct simulate_terms *limits, bool issues)
{
    struct ledger before = ledger;
    for (int n = 1;; n++) {
        CHECK_INT(db_mark(store.w), OK);
        fault_arm(n);
        enum status st = issues ? ledger_issue_run(&ledger, store.a, all, 1, S("积分"), out)
                                : ledger_convert_all(&ledger, store.a, all, limits, out);
        if (!fault_disarm()) {
            CHECK_INT(st, told[0] == '\0' ? OK : ERR_INPUT);
            break;
        }
        CHECK_INT(st, ERR_IO);
        CHECK_INT(db_undo(store.w), OK);
        ledger = before;
    }
    CHECK_STR(store_said(), told);
    store.ds.n = store.ds.error_n = 0;
    CHECK_INT(told[0] == '\0' ? db_unmark(store.w) : db_undo(store.w), OK);
    if (told[0] != '\0')
        ledger = before;
}

static void one(struct ledger_op op)
{
    struct ledger_done done;
    op.client = ledger_own_client(store.a, &ledger);
    CHECK_INT(ledger_do(&ledger, &op, &done), OK);
    CHECK_STR(store_said(), "");
}
#define ONE(...) one((struct ledger_op){__VA_ARGS__})

/* Kind, client, subject, amount, extra, note of an operation, the receipt it stands on and the
 * beginning of its rules. */
static Str line_of(int64_t act_no, int64_t n)
{
    struct sql_ledger_op_get_row op;
    struct sql_ledger_basis_get_row basis = {0};
    CHECK_INT(sql_ledger_op_get_one(store.w, store.a,
                                    &(struct sql_ledger_op_get){COUNTY, act_no, n}, &op),
              OK);
    enum status st = sql_ledger_basis_get_one(
        store.w, store.a, &(struct sql_ledger_basis_get){COUNTY, act_no, n}, &basis);
    CHECK(st == OK || st == ERR_GONE);
    return arena_fmt(store.a, "%lld %.*s %.*s %lld %lld %.*s %.*s %.*s", (long long)op.kind,
                     STR_ARG(op.client), STR_ARG(op.subject), (long long)op.amount,
                     (long long)op.extra, STR_ARG(op.note), STR_ARG(basis.receipt),
                     basis.rules.n > 0 ? 4 : 0, basis.rules.p);
}

static void fund(void)
{
    ONE(.kind = LEDGER_OPEN, LINE);
    ONE(.kind = LEDGER_RAISE, LINE, .amount = 100000000, .decision = S("d"));
    ONE(.kind = LEDGER_OPEN, POOL, .item = S("2060404"));
    ONE(.kind = LEDGER_ALLOCATE, POOL, .amount = 90000000);
}

static void give(Str subject, Str policy, int year, int64_t e4)
{
    ONE(.kind = LEDGER_ISSUE, .subject = subject, .policy = policy, .year = year, .day = DAY,
        .who = S("maker"), .amount = e4, .receipt = S("纸质1号"));
}

static void check_issued(void)
{
    struct ledger_many out;
    struct ledger_op all = {POOL};
    many("", &out, &all, NULL, true);
    CHECK_INT(out.subject_n, 2);
    CHECK_INT(out.points_e4, 123401);
    CHECK_INT(out.unknown_n, 2);
    CHECK_STR(line_of(2, 0), "9 act 2.0 甲 123400 0  1/甲 0101");
    CHECK_STR(line_of(2, 1), "9 act 2.1 戊 1 0  1/戊 0101");
}

/* 甲 12.34, 乙 100, 丙 4.9999, 戊 0.0001 points; what is not of this policy and year stays. */
static void check_settled(void)
{
    struct ledger_many out;
    struct ledger_op all = {POOL, .decision = S("d"), .client = S("清"), .note = S("说")};
    struct simulate_terms high = {.floor_e4 = 10000000}, terms = {.floor_e4 = 50000};
    fund(); /* four operations, after the two of the run */
    give(S("丙"), S("p22"), 2015, 49999);
    give(S("乙"), S("p22"), 2015, 1000000);
    give(S("丁"), S("p22"), 2014, 70000);
    give(S("丁"), S("p9"), 2015, 70000);
    many("LEDGER-RATE ", &out, &all, NULL, false);
    ONE(.kind = LEDGER_RATE, POOL, .amount = LEDGER_AMOUNT_MAX, .decision = S("d"));
    many("LEDGER-AMOUNT ", &out, &all, NULL, false);
    struct ledger_done done;
    struct ledger_op dear = {.kind = LEDGER_CONVERT,
                             POOL,
                             .subject = S("乙"),
                             .amount = 1000000,
                             .extra = 1,
                             .client = S("dear"),
                             .decision = S("d")};
    CHECK_INT(ledger_do(&ledger, &dear, &done), ERR_INPUT); /* beyond all, and asked for a fen */
    CHECK_STR(store_said(), "LEDGER-AMOUNT ");
    store.ds.n = store.ds.error_n = 0;
    ONE(.kind = LEDGER_RATE, POOL, .amount = 2000, .decision = S("d"));
    many("LEDGER-NOTHING ", &out, &(struct ledger_op){.policy = S("p7"), .year = 2015, .day = DAY},
         NULL, false);
    many("LEDGER-NOTHING ", &out, &all, &high, false);
    terms.cap_fen = 150000;
    terms.budget_fen = 120000;
    many("", &out, &all, &terms, false);
    CHECK_INT(out.subject_n, 2);
    CHECK_INT(out.points_e4, 1123400);
    CHECK_INT(out.rate_fen, 2000);
    CHECK_INT(out.below_n, 2);
    CHECK_INT(out.capped_n, 1);
    CHECK_INT(out.fen, 120000);
    CHECK_INT(out.cut_e6, 686970); /* 1,200 of 1,500 + 246.80 */
    const char *note = "起付 5 分；封顶 1,500.00 元；预算 1,200.00 元";
    CHECK_STR(line_of(2, 12), arena_fmt(store.a, "12 清/乙 乙 1000000 103046 %s  ", note).p);
    CHECK_STR(line_of(2, 13), arena_fmt(store.a, "12 清/甲 甲 123400 16954 %s  ", note).p);
    terms = (struct simulate_terms){.floor_e4 = 1};
    many("", &out, &all, &terms, false); /* who was kept; 戊 has less than a fen */
    CHECK_INT(out.subject_n, 1);
    CHECK_INT(out.below_n, 1);
    CHECK_INT(out.fen, 10000);
    CHECK_STR(line_of(2, 14), "12 清/丙 丙 49999 10000 起付 0.0001 分  ");
    many("LEDGER-NOTHING ", &out, &all, NULL, false);
}

static void check_settled_again(void)
{
    struct ledger_many out;
    struct ledger_op all = {POOL, .decision = S("d"), .client = S("q"), .note = S("说")};
    struct simulate_terms least = {.cap_fen = 1, .budget_fen = 1};
    give(S("丙"), S("p22"), 2015, 10000);
    many("", &out, &all, &least, false);
    CHECK_INT(out.fen, 1);
    CHECK_STR(line_of(2, 16), "12 q/丙 丙 10000 1 封顶 0.01 元；预算 0.01 元  ");
    all.client = S("");
    give(S("丙"), S("p22"), 2015, 10000);
    many("", &out, &all, NULL, false);
    CHECK_INT(out.fen, 2000);
    CHECK_STR(line_of(2, 18), "12 act 2.18 丙 10000 2000 说  ");
    CHECK_STR(ledger_each(store.a, S(""), S("丙")), "");
}

/* At a fen a point: 丁 alone holds points of 2014, then only somebody with less than a fen. */
static void check_settled_one(void)
{
    struct ledger_many out;
    struct ledger_op all = {.policy = S("p22"), .year = 2014, .day = DAY, .who = S("maker")};
    struct simulate_terms terms = {.floor_e4 = 10000};
    struct ledger_op op = all;
    op.item = S("2060404");
    op.extra = 2015;
    op.kind = LEDGER_OPEN;
    one(op);
    op = all;
    op.kind = LEDGER_ALLOCATE;
    op.amount = 100;
    one(op);
    all.decision = S("d");
    many("LEDGER-RATE ", &out, &all, &terms, false);
    op = all;
    op.kind = LEDGER_RATE;
    op.amount = 1;
    one(op);
    many("", &out, &all, &terms, false);
    CHECK_INT(out.subject_n, 1);
    CHECK_INT(out.fen, 7);
    CHECK_STR(line_of(2, 22), "12 act 2.22 丁 70000 7 起付 1 分  ");
    give(S("戊"), S("p22"), 2014, 1);
    many("LEDGER-NOTHING ", &out, &all, NULL, false);
}

static void check_many(void)
{
    db_rollback(store.w);
    act = store_act(2);
    tmp = arena_open();
    ledger_begin(&ledger, &act, tmp, &store.ds);
    check_issued();
    check_settled();
    check_settled_again();
    check_settled_one();
    ledger_end(&ledger);
    store_act_end(&act, S("ledger.test"));
    arena_close(tmp);
    CHECK_INT(db_begin(store.w), OK);
}

#define BOTH(name)             \
    TEST(sqlite_##name)        \
    {                          \
        begin(STORE_SQLITE);   \
        check_##name();        \
        end();                 \
    }                          \
    TEST(postgres_##name)      \
    {                          \
        begin(STORE_POSTGRES); \
        check_##name();        \
        end();                 \
    }
BOTH(receipts)
BOTH(scores)
BOTH(many)
