/* story_test.c - one operation of every kind, and what is in the sealed tables afterwards:
 * story.txt, the same on both databases. `GECI_ACCEPT=1 build/gcc/test/unit_ledger story` writes it
 * anew. */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/raw.h"
#include "ledger/ledger.h"
#include "ledger/trace.h"
#include "ledger/verify.h"
#include "test/help/fault.h"
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
    (void)DO(REQUEST, .about = converted, .amount = 3000, PAYEE);
    int64_t k = DO(RECLAIM, .about = p, .amount = 7000, DECIDED);
    DO(RECOVER, .about = k, .amount = 6999);
    k = DO(RECLAIM, .about = p, .amount = 5, .decision = S("张科〔2017〕2号"));
    DO(VOID, .about = k, WHY);
    DO(RECLAIM, .about = p, .amount = 11, .decision = S("张科〔2017〕2号"));
    k = DO(RECLAIM, .about = p, .amount = 1, .decision = S("张科〔2017〕3号"));
    DO(RECOVER, .about = k); /* nothing of it for two of the three pools */
    DO(RECONCILE, .item = S("ab12"));
}

/* What points became comes back as money, not as points. */
static void claw_back_converted(int64_t converted)
{
    int64_t p = paid(converted, 1001);
    DO(BATCH, .note = S(""));
    DO(PAID, .about = p, .note = S("成功"));
    int64_t k = DO(RECLAIM, .about = p, .amount = 1001, DECIDED);
    DO(RECOVER, .about = k);
}

/* One at the bank that has not answered, one not yet sent. */
static void underway(void)
{
    int64_t r = DO(RESERVE, GRANT, .amount = 300);
    int64_t due = DO(POST, .about = r);
    (void)paid(due, 100);
    DO(BATCH, .note = S(""));
    (void)paid(due, 50);
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

static void put_traced(const char *what, const struct ledger_traced *t)
{
    buf_fmt(&out, "  %s %lld %d %d ", what, (long long)t->op, (int)t->kind, (int)t->day);
    buf_fmt(&out, "%.*s %.*s\n", STR_ARG(t->who), STR_ARG(t->note));
}

static void put_trace(const struct ledger_trace *t)
{
    buf_fmt(&out, "\ntrace of %.*s: %s, version %lld, ",
            STR_ARG(ledger_id_str(store.a, t->payment)), ledger_state_name(t->state, LANG_EN),
            (long long)t->version);
    buf_fmt(&out, "%lld fen, %lld asked back; to %.*s, %.*s, ", (long long)t->amount,
            (long long)t->claimed, STR_ARG(t->payee.name), STR_ARG(t->payee.bank));
    buf_fmt(&out, "%.*s\n", STR_ARG(t->payee.account));
    put_traced("answer", &t->answer);
    buf_fmt(&out, "  line %lld of act %lld\n", (long long)t->batch_line, (long long)t->batch_act);
    for (size_t i = 0; i < t->approval_n; i++)
        buf_fmt(&out, "  approved by %.*s in act %lld at %lld\n", STR_ARG(t->approval[i].who),
                (long long)t->approval[i].act, (long long)t->approval[i].at_us);
    put_traced("request", &t->request);
    put_traced("due", &t->due);
    put_traced("root", &t->root);
    buf_fmt(&out, "  %.*s, %.*s, %d, %.*s\n", STR_ARG(t->subject), STR_ARG(t->policy), t->year,
            STR_ARG(t->decision));
    for (size_t i = 0; i < t->stand_n; i++) {
        const struct ledger_stand *d = &t->stand[i];
        buf_fmt(&out, "  stands on %.*s, %.*s, %.*s, ", STR_ARG(d->receipt), STR_ARG(d->rules),
                STR_ARG(d->snapshot));
        buf_fmt(&out, "%.*s; points %lld of %lld\n", STR_ARG(d->evidence), (long long)d->points_e4,
                (long long)d->op);
    }
    buf_fmt(&out, "  lacks %u\n", t->lacks);
}

/* Each of its calls failing once, too. */
static void trace(int64_t payment)
{
    struct ledger_trace t;
    for (int n = 1;; n++) {
        fault_arm(n);
        enum status st = ledger_trace(store.w, store.a, S("320582"), payment, &t);
        if (!fault_disarm()) {
            CHECK_INT(st, OK);
            break;
        }
        CHECK_INT(st, ERR_IO);
    }
    put_trace(&t);
}

/* Approved without approvals; and sent back by the bank, though nothing at all stands behind it. */
static void trace_unsound(int64_t requested)
{
    static const char *const WRONG[] = {
        "UPDATE ledger_payment SET state = 2, approvals = 2 WHERE state = 1",
        ("INSERT INTO ledger_op SELECT county, act, 901, 10, 'y', digest, day, who, '无', policy, "
         "year, level, item, grp, amount, extra, 0, '', note FROM ledger_op WHERE n = 26"),
        ("INSERT INTO ledger_op SELECT county, act, 900, kind, 'x', digest, day, who, '无', "
         "policy, year, level, item, grp, amount, extra, 1048576 + 901, '', note FROM ledger_op "
         "WHERE n = 52"),
        ("INSERT INTO ledger_payee SELECT county, act, 900, 1048576 + 900, 1, name, bank, "
         "bank_account FROM ledger_payee WHERE n = 0"),
        ("INSERT INTO ledger_payment SELECT county, 1048576 + 900, 5, 1, 2, maker, amount, 0 "
         "FROM ledger_payment WHERE amount = 14002"),
    };
    for (size_t i = 0; i < ARRAY_N(WRONG); i++) {
        CHECK_INT(db_raw(store.w, WRONG[i]), OK);
        if (db_fault(store.w)->text[0] != '\0')
            (void)fprintf(stderr, "%s\n", db_fault(store.w)->text);
    }
    trace(requested);
    trace(ledger_id(1, 900));
}

static void check_traces(void)
{
    struct ledger_trace t;
    static const int PAYMENT[] = {41, 45, 52, 54, 73, 78};
    for (size_t i = 0; i < ARRAY_N(PAYMENT); i++)
        trace(ledger_id(1, PAYMENT[i]));
    trace_unsound(ledger_id(1, 54));
    CHECK_INT(ledger_trace(store.w, store.a, S("320582"), ledger_id(1, 27), &t), ERR_GONE);
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
    claw_back_converted(converted);
    underway();
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
    check_traces();
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
