/* bankfile_test.c - a batch of payments as the bank gets it: lines in order, totals that add up. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "ledger/bankfile.h"
#include "ledger/ledger.h"
#include "os/fault.h"
#include "test/help/fault.h"
#include "test/help/store.h"
#include "test/t.h"

static struct act current;
static struct ledger ledger;
static int serial;

static int64_t done(struct ledger_op op)
{
    struct ledger_done out = {0};
    op.client = arena_fmt(store.a, "t%d", ++serial);
    op.who = op.who.n == 0 ? S("maker") : op.who;
    op.day = 16526;
    CHECK_INT(ledger_do(&ledger, &op, &out), OK);
    CHECK_STR(store_said(), "");
    return out.op;
}
#define DO(...) done((struct ledger_op){__VA_ARGS__})
#define POOL    .policy = S("p22"), .year = 2015
/* printf '1-6,6222,12.05\n1-11,0101,300.00\n1-16,6333,0.95\n' | sha256sum */
#define SUM  "5e08351d779f61acf8c1626f145198c0f7717b8ab7415da5c9c46065a6a6b5ba"
#define LINE .item = S("2060404"), .year = 2015

static void pay(Str subject, int64_t fen, Str name, Str bank, Str account)
{
    int64_t held =
        DO(.kind = LEDGER_RESERVE, POOL, .subject = subject, .amount = fen, .decision = S("d"),
           .receipt = S("1/a"), .rules = S("aa"), .snapshot = S("bb"));
    int64_t due = DO(.kind = LEDGER_POST, .about = held);
    int64_t p = DO(.kind = LEDGER_REQUEST, .about = due, .payee = {name, bank, account});
    DO(.kind = LEDGER_APPROVE, .about = p, .extra = 1, .who = S("a"));
    DO(.kind = LEDGER_APPROVE, .about = p, .extra = 1, .who = S("b"));
}

static Str file(int64_t act, enum out_form form, int64_t *n)
{
    struct buf b;
    struct bank_order order = {S("320582"), act, form};
    buf_init(&b, store.a, BUF_MAX);
    CHECK_INT(ledger_bank_file(store.w, store.a, &order, &b, n), OK);
    return buf_str(&b);
}

static enum status workbook(int64_t act)
{
    struct buf b;
    int64_t n;
    struct bank_order order = {S("320582"), act, OUT_XLSX};
    buf_init(&b, store.a, BUF_MAX);
    return ledger_bank_file(store.w, store.a, &order, &b, &n);
}

/* Calls of the store and of the system that fail one after the other, and a name that no cell
 * takes: no file is good then. */
static void check_failures(void)
{
    static char name[SHEET_TEXT_MAX + 1];
    int store_n = 0, system_n = 0;
    enum status st = ERR_IO;
    for (int n = 1; st != OK; n++) {
        fault_arm(n);
        st = workbook(1);
        bool failed = fault_disarm();
        CHECK_INT(st, failed ? ERR_IO : OK);
        store_n += failed;
    }
    st = ERR_IO;
    for (int n = 1; st != OK; n++) {
        fault_set(n);
        st = workbook(1);
        system_n += st == ERR_IO;
    }
    fault_set(0);
    CHECK_INT(store_n, 2);  /* the rows begin, and end */
    CHECK_INT(system_n, 2); /* the file in memory is opened, and measured */
    memset(name, 'a', sizeof name);
    pay(S("丁"), 100, (Str){name, sizeof name}, S("工行"), S("6444"));
    store_act_end(&current, S("ledger.test"));
    current = store_act(2);
    ledger_begin(&ledger, &current, store.a, &store.ds);
    DO(.kind = LEDGER_BATCH);
    CHECK_INT(workbook(2), ERR_LIMIT);
}

static void check_file(void)
{
    int64_t n;
    current = store_act(1);
    ledger_begin(&ledger, &current, store.a, &store.ds);
    DO(.kind = LEDGER_OPEN, LINE);
    DO(.kind = LEDGER_RAISE, LINE, .amount = 100000, .decision = S("d"));
    DO(.kind = LEDGER_OPEN, POOL, .item = S("2060404"));
    DO(.kind = LEDGER_ALLOCATE, POOL, .amount = 90000);
    pay(S("甲"), 1205, S("甲公司"), S("农商行"), S("6222"));
    pay(S("乙"), 30000, S("乙公司"), S("工行"), S("0101"));
    pay(S("丙"), 95, S("=丙"), S("农商行"), S("6333"));
    DO(.kind = LEDGER_BATCH);
    CHECK_STR(file(1, OUT_CSV, &n), "\xEF\xBB\xBF支付号,户名,账号,开户行,金额,主体\n"
                                    "1-6,甲公司,6222,农商行,12.05,甲\n"
                                    "1-11,乙公司,0101,工行,300.00,乙\n"
                                    "1-16,'=丙,6333,农商行,0.95,丙\n" /* no formula */
                                    "说明：批次存证号：1\n"
                                    "说明：笔数：3\n"
                                    "说明：合计(元)：313.00\n"
                                    "说明：开户行 农商行：2 笔，13.00 元\n"
                                    "说明：开户行 工行：1 笔，300.00 元\n"
                                    "\"说明：校验值 SHA-256(支付号,账号,金额)：" SUM "\"\n"
                                    "说明：行数：3\n");
    CHECK_INT(n, 3);
    (void)file(2, OUT_CSV, &n);
    CHECK_INT(n, 0);
    check_failures();
    ledger_end(&ledger);
    store_act_end(&current, S("ledger.test"));
}

TEST(sqlite_bank_file)
{
    store_open(STORE_SQLITE);
    check_file();
    store_end();
}

TEST(postgres_bank_file)
{
    store_open(STORE_POSTGRES);
    check_file();
    store_end();
}
