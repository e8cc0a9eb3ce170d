/* receipt_test.c - what an operation may stand on, and the points of a run; each call into the
 * store failing once as well. Run 1 is final, 2 settled, 3 only under notice. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
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
    CHECK_INT(sql_receipt_add(store.w,
                              &(struct sql_receipt_add){COUNTY, act->no, n, run, S("甲"), facts}),
              OK);
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
    (void)scores("LEDGER-ITEM ", 1, S("分"), &n, &unknown);
    (void)scores("LEDGER-ITEM ", 1, S("编号"), &n, &unknown);
    (void)scores("CSV-QUOTE ", 2, S("积分"), &n, &unknown);
    (void)scores("LEDGER-NOT-FINAL ", 3, S("积分"), &n, &unknown);
    (void)scores("RUN-GONE ", 9, S("积分"), &n, &unknown);
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
