/* story_test.c - one operation of every kind, and what is in the sealed tables afterwards:
 * story.txt, the same on both databases. `GECI_ACCEPT=1 build/gcc/test/unit_ledger story` writes it
 * anew. */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "ledger/ledger.h"
#include "ledger/verify.h"
#include "test/help/store.h"
#include "test/t.h"

enum { DAY = 16526 /* 2015-04-01 */, LATER = DAY + 100 };

static struct ledger ledger;
static struct buf out;
static int told;

#define POOL    .policy = S("p22"), .year = 2015
#define BUDGET  .item = S("2060404"), .year = 2016
#define FIRM    .subject = S("甲"), POOL
#define DECIDED .decision = S("张科〔2016〕1号")
#define BASIS   .receipt = S("1/甲"), .rules = S("aa"), .snapshot = S("bb"), .evidence = S("cc dd")
#define GRANT   FIRM, DECIDED, BASIS
#define WHY     .note = S("写错")
#define PAYEE   .payee = {S("甲公司"), S("农商行"), S("6222")}

static int64_t asks(Str who, struct ledger_op op)
{
    struct ledger_done done;
    op.client = arena_fmt(store.a, "no %d", ++told);
    op.who = who;
    op.day = op.day == 0 ? DAY : op.day;
    enum status st = ledger_do(&ledger, &op, &done);
    CHECK_INT(st, OK);
    if (st != OK)
        (void)fprintf(stderr, "no %d: %.*s\n", told, (int)store_said().n, store_said().p);
    buf_add(&out, ledger_id_str(out.arena, done.op));
    buf_fmt(&out, " %s ", ledger_kind_name(op.kind, LANG_EN));
    buf_add(&out, ledger_fen_str(out.arena, done.amount));
    buf_fmt(&out, "%s\n", done.again ? " again" : "");
    return done.op;
}
#define DO(k, ...) asks(S("maker"), (struct ledger_op){.kind = LEDGER_##k, __VA_ARGS__})

static void pools(void)
{
    DO(OPEN, BUDGET);
    DO(OPEN, BUDGET, .level = S("苏州"));
    DO(RAISE, BUDGET, .amount = 200000, DECIDED);
    DO(RAISE, BUDGET, .amount = 50000, DECIDED, .level = S("苏州"));
    DO(LOWER, BUDGET, .amount = 1000, DECIDED);
    DO(OPEN, POOL, .item = S("2060404"), .extra = 2016);
    DO(OPEN, POOL, .item = S("2060404"), .extra = 2016, .level = S("苏州"));
    DO(ALLOCATE, POOL, .amount = 150000);
    DO(ALLOCATE, POOL, .amount = 40000, .level = S("苏州"));
    int64_t wrong = DO(ALLOCATE, POOL, .amount = 1);
    DO(REVERSE, .about = wrong, WHY);
    DO(CAP, POOL, .amount = 90000);
    DO(CAP, POOL, .amount = 95000, .grp = S("甲集团"));
    DO(GROUP, .subject = S("甲"), .grp = S("甲集团"));
}

/* Converted points, still to be paid. */
static int64_t points(void)
{
    DO(LIFE, .policy = S("p22"), .extra = 2, .year = 2014, DECIDED);
    DO(RATE, POOL, .amount = 1500, .extra = 2000, DECIDED);
    DO(RATE, POOL, .amount = 2000, DECIDED, .day = DAY + 1);
    DO(ISSUE, FIRM, BASIS, .amount = 123400);
    DO(ISSUE, FIRM, .receipt = S("2/甲"), .amount = 5);
    int64_t spent = DO(SPEND, FIRM, .amount = 3000, .note = S("人才房"));
    DO(SPEND, FIRM, .amount = 400, .note = S("培训"));
    DO(REVERSE, .about = spent, WHY);
    DO(ISSUE, .subject = S("甲"), .policy = S("p22"), .year = 2010, BASIS, .amount = 700);
    DO(EXPIRE, .subject = S("甲"), .policy = S("p22"), .year = 2010);
    int64_t wrong = DO(CONVERT, FIRM, DECIDED, .amount = 10003, .item = S("兑现"), .day = DAY + 1);
    DO(REVERSE, .about = wrong, WHY, .day = DAY + 2);
    return DO(CONVERT, FIRM, DECIDED, .amount = 20003, .extra = 4001, .item = S("兑现"),
              .day = DAY + 1);
}

/* Held in stages and jointly; what is owed of both. */
static void grants(int64_t *staged, int64_t *joint)
{
    const struct ledger_share stage[] = {{S(""), 1, 0}, {S(""), 1, DAY + 50}, {S(""), 1, LATER}};
    const struct ledger_share level[] = {{S("苏州"), 1, 0}, {S(""), 2, 0}, {S(""), 4, 0}};
    int64_t r = DO(RESERVE, GRANT, .amount = 10001, .share = stage, .share_n = 3, .item = S("预研"),
                   .extra = LATER);
    *staged = DO(POST, .about = r, .extra = 1, .amount = 3000);
    DO(POST, .about = r, .extra = 2, .day = DAY + 50);
    DO(LAPSE, .about = r, .day = LATER + 1);
    r = DO(JOINT, GRANT, .amount = 14001, .share = level, .share_n = 3, .item = S("联动"));
    int64_t wrong = DO(POST, .about = r);
    DO(REVERSE, .about = wrong, WHY);
    r = DO(JOINT, GRANT, .amount = 14002, .share = level, .share_n = 3, .item = S("联动"));
    *joint = DO(POST, .about = r);
    r = DO(RESERVE, GRANT, .amount = 500);
    DO(POST, .about = r, .amount = 200);
    r = DO(RESERVE, GRANT, .amount = 900, .share = stage, .share_n = 2, .item = S("撤销"));
    DO(VOID, .about = r, .extra = 2, WHY);
    DO(VOID, .about = r, WHY);
}

static int64_t paid(int64_t due, int64_t fen)
{
    int64_t p = DO(REQUEST, .about = due, .amount = fen, PAYEE);
    DO(AMEND, .about = p, .extra = 1, .payee = {S("甲公司"), S(""), S("6223")});
    (void)asks(S("a"), (struct ledger_op){.kind = LEDGER_APPROVE, .about = p, .extra = 2});
    (void)asks(S("b"), (struct ledger_op){.kind = LEDGER_APPROVE, .about = p, .extra = 2});
    return p;
}

static void payments(int64_t converted, int64_t staged, int64_t joint)
{
    int64_t p = paid(joint, 0), q = paid(staged, 1000);
    DO(BATCH, .note = S(""));
    DO(PAID, .about = p, .note = S("成功"));
    DO(BOUNCE, .about = q, .note = S("账号不符"));
    int64_t c = DO(REQUEST, .about = converted, PAYEE);
    DO(CANCEL, .about = c, WHY);
    (void)DO(REQUEST, .about = converted, .amount = 4000, PAYEE);
    int64_t k = DO(RECLAIM, .about = p, .amount = 7000, DECIDED);
    DO(RECOVER, .about = k, .amount = 6999);
    k = DO(RECLAIM, .about = p, .amount = 5, .decision = S("张科〔2017〕2号"));
    DO(VOID, .about = k, WHY);
    DO(RECLAIM, .about = p, .amount = 11, .decision = S("张科〔2017〕2号"));
    DO(RECONCILE, .item = S("ab12"));
}

/* county is always the same; a digest is cut short. */
static void dump(int seal)
{
    struct db_rows rows;
    struct db_seal_row row;
    Str name = str_of(db_seal_table(seal));
    if (!str_starts(name, S("ledger_")))
        return;
    buf_fmt(&out, "\n%s (%s)\n", name.p, db_seal_columns(seal) + sizeof "county, " - 1);
    CHECK_INT(db_seal_open(store.w, seal, S("320582"), 1, &rows), OK);
    while (db_seal_next(&rows, &row)) {
        for (int i = 1; i < row.n; i++) {
            Str v = row.at[i];
            buf_fmt(&out, "%s", i > 1 ? " " : "");
            bool is_digest = v.n == 32 && i == 5;
            for (size_t k = 0; is_digest && k < 4; k++)
                buf_fmt(&out, "%02x", (unsigned char)v.p[k]);
            if (!is_digest)
                buf_fmt(&out, "%.*s", v.n > 0 ? (int)v.n : 1, v.n > 0 ? v.p : "-");
        }
        buf_add(&out, S("\n"));
    }
    CHECK_INT(db_rows_end(&rows), OK);
}

static void expect(const char *path, Str got)
{
    size_t n;
    if (getenv("GECI_ACCEPT") != NULL) {
        FILE *f = fopen(path, "wb");
        CHECK(f != NULL && fwrite(got.p, 1, got.n, f) == got.n);
        CHECK_INT(fclose(f), 0);
    }
    char *want = t_read(path, &n);
    CHECK_STR(got, want);
    t_release(want);
}

static void tell(enum store_kind kind)
{
    struct ledger_report r;
    int64_t staged, joint;
    store_open(kind);
    struct arena *tmp = arena_open();
    struct act act = store_act(1);
    buf_init(&out, store.a, BUF_MAX);
    told = 0;
    ledger_begin(&ledger, &act, tmp, &store.ds);
    pools();
    int64_t converted = points();
    grants(&staged, &joint);
    payments(converted, staged, joint);
    ledger_end(&ledger);
    store_act_end(&act, S("ledger.test"));
    CHECK_INT(db_begin(store.w), OK);
    for (int seal = 0; seal < db_seal_n(); seal++)
        dump(seal);
    CHECK_INT(ledger_verify(store.w, store.a, S("320582"), &r, &store.ds), OK);
    CHECK_STR(store_said(), "");
    buf_fmt(&out,
            "\n%lld operations, %lld transfers, %lld payments, %lld fen paid; points: %lld = ",
            (long long)r.op_n, (long long)r.transfer_n, (long long)r.payment_n,
            (long long)r.paid_fen, (long long)r.issued_e4);
    buf_fmt(&out, "%lld + %lld + %lld\n", (long long)r.held_e4, (long long)r.spent_e4,
            (long long)r.expired_e4);
    db_rollback(store.w);
    expect(t_source("test/unit/ledger/story.txt"), buf_str(&out));
    arena_close(tmp);
    store_end();
}

TEST(story_sqlite)
{
    tell(STORE_SQLITE);
}

TEST(story_postgres)
{
    tell(STORE_POSTGRES);
}
