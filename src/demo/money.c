/* money.c - what the points of a year become: issued by the final run, spent, turned into money,
 * paid, sent back, expired; grants of two levels and in instalments beside them. */
#include "demo/demo_int.h"
#include "ledger/ledger.h"
#include "ledger/receipt.h"
#include "run/run.h"

#define POINTS_POLICY S("p22")
#define GRANT_POLICY  S("p11")
#define LINE          S("2060404")
#define UPPER         S("苏州（示例）")
#define BUDGETS       S("示例·预算")
#define MAKER         S("示例·出纳")
#define FIRST         S("示例·科长")
#define SECOND        S("示例·局长")

enum {
    YUAN = 100,
    RATE = 2000 * YUAN,     /* as in 2015 */
    RATE_LOW = 1545 * YUAN, /* later ones were not made known: an interval */
    LIFE_YEARS = 2,
    CONVERTED = DUES_MAX,
    GRANTS = 4,
};
#define MILLION (INT64_C(1000000) * YUAN)

/* One act of the ledger. */
struct till {
    struct demo *d;
    struct money *m;
    int year; /* of the points */
    struct ledger l;
    Str who;
    int n;
};
typedef enum status Work(struct till *t);

static enum status enter(struct till *t, struct ledger_op op, int64_t *id)
{
    struct ledger_done done;
    op.who = t->who;
    op.day = t->d->today;
    op.client = arena_fmt(t->d->tmp, "示例 %lld.%d", (long long)t->d->act.no, t->n++);
    enum status st = ledger_do(&t->l, &op, &done);
    if (id != NULL)
        *id = done.op;
    return st;
}
#define ENTER(id, k, ...) TRY(enter(t, (struct ledger_op){.kind = LEDGER_##k, __VA_ARGS__}, (id)))

static enum status do_act(struct demo *d, int year, Day day, Str who, const char *verb, Work *work)
{
    struct till t = {.d = d, .m = &d->money, .year = year, .who = who};
    TRY(demo_begin(d, day));
    struct arena *tmp = arena_open();
    ledger_begin(&t.l, &d->act, tmp, d->diags);
    enum status st = work(&t);
    ledger_end(&t.l);
    arena_close(tmp);
    TRY(st);
    d->n.money_ops += t.n;
    return demo_commit(d, who, str_of(verb), arena_fmt(d->tmp, "%d", year),
                       arena_fmt(d->tmp, "{\"operations\":%d}", t.n));
}

static Str decision(struct till *t, const char *office)
{
    return arena_fmt(t->d->tmp, "%s〔%d〕1号（示例）", office, t->year + 1);
}

/* ---- budgets, rules ---- */

static enum status budget(struct till *t, Str level, int64_t fen)
{
    Str paper = decision(t, "示财");
    int next = t->year + 1;
    ENTER(NULL, OPEN, .item = LINE, .year = next, .level = level);
    ENTER(NULL, RAISE, .item = LINE, .year = next, .level = level, .amount = fen,
          .decision = paper);
    ENTER(NULL, OPEN, .policy = GRANT_POLICY, .item = LINE, .year = next, .level = level);
    ENTER(NULL, ALLOCATE, .policy = GRANT_POLICY, .year = next, .level = level, .amount = fen / 4);
    return OK;
}

static enum status budgets(struct till *t)
{
    TRY(budget(t, S(""), 20 * MILLION));
    TRY(budget(t, UPPER, 4 * MILLION));
    ENTER(NULL, OPEN, .policy = POINTS_POLICY, .item = LINE, .year = t->year, .extra = t->year + 1);
    ENTER(NULL, ALLOCATE, .policy = POINTS_POLICY, .year = t->year, .amount = 12 * MILLION);
    ENTER(NULL, CAP, .policy = GRANT_POLICY, .year = t->year + 1, .amount = MILLION);
    ENTER(NULL, RATE, .policy = POINTS_POLICY, .year = t->year,
          .amount = t->year < LAST_YEAR ? RATE : RATE_LOW, .extra = RATE,
          .decision = decision(t, "示政发"));
    if (t->year == FIRST_YEAR)
        ENTER(NULL, LIFE, .policy = POINTS_POLICY, .extra = LIFE_YEARS,
              .decision = decision(t, "示政发"));
    return OK;
}

/* ---- points ---- */

static struct run_view view_of(struct till *t, struct arena *keep)
{
    struct demo *d = t->d;
    return (struct run_view){d->conn, keep, d->county, NULL, d->diags};
}

/* Every firm's points, each by its receipt; the run is settled by it. */
static enum status issue(struct till *t)
{
    struct demo *d = t->d;
    struct run_view v = view_of(t, d->keep);
    struct ledger_op op = {
        .kind = LEDGER_ISSUE, .policy = POINTS_POLICY, .year = t->year, .rules = S("")};
    int64_t unknown, run = d->final_run[t->year - FIRST_YEAR];
    struct points *p = &t->m->points[t->year - FIRST_YEAR];
    TRY(ledger_scores(&v, run, S("企业科技创新积分"), &p->at, &p->n, &unknown));
    for (size_t i = 0; i < p->n; i++) {
        Str id = op.subject = p->at[i].identity;
        op.amount = p->at[i].e4;
        op.receipt = arena_fmt(d->tmp, "%lld/%.*s", (long long)run, (int)id.n, id.p);
        if (i == 0) /* rules and facts are the same for all */
            TRY(ledger_receipt(&v, &op));
        TRY(enter(t, op, NULL));
    }
    struct run_desk desk = {&d->act, t->who, d->today, d->diags};
    return run_settle(&desk, run, POINTS_POLICY);
}

static size_t step(const struct points *p)
{
    size_t n = p->n / CONVERTED;
    return n < 2 ? 2 : n;
}

static enum status spend(struct till *t)
{
    const struct points *p = &t->m->points[t->year - FIRST_YEAR];
    for (size_t i = 1; i < p->n; i += 2 * step(p))
        ENTER(NULL, SPEND, .subject = p->at[i].identity, .policy = POINTS_POLICY, .year = t->year,
              .amount = p->at[i].e4 / 2 + 1, .note = S("换人才公寓名额（示例）"));
    return OK;
}

static enum status convert(struct till *t)
{
    const struct points *p = &t->m->points[t->year - FIRST_YEAR];
    Str paper = decision(t, "示科");
    t->m->due_n = 0;
    for (size_t i = 0; i < p->n && t->m->due_n < CONVERTED; i += step(p)) {
        struct due *due = &t->m->due[t->m->due_n++];
        due->firm = p->at[i].identity;
        ENTER(&due->op, CONVERT, .subject = due->firm, .policy = POINTS_POLICY, .year = t->year,
              .amount = p->at[i].e4, .decision = paper);
    }
    return OK;
}

/* Points of the first year that nobody used. */
static enum status expire(struct till *t)
{
    const struct points *p = &t->m->points[0];
    for (size_t i = 0; i < p->n; i++)
        if (i % step(p) != 0)
            ENTER(NULL, EXPIRE, .subject = p->at[i].identity, .policy = POINTS_POLICY,
                  .year = FIRST_YEAR);
    return OK;
}

/* ---- payments ---- */

static Str name_of(const struct demo *d, Str id)
{
    for (int64_t i = 0; i < d->n.firms; i++)
        if (str_eq(d->firm[i].id, id))
            return d->firm[i].name;
    return id;
}

static enum status request(struct till *t)
{
    for (size_t i = 0; i < t->m->due_n; i++) {
        struct due *due = &t->m->due[i];
        struct ledger_payee payee = {name_of(t->d, due->firm), S("示例银行"),
                                     arena_fmt(t->d->tmp, "示例%d%06zu", t->year, i + 1)};
        ENTER(&due->payment, REQUEST, .about = due->op, .payee = payee);
    }
    return OK;
}

static enum status approve(struct till *t)
{
    for (size_t i = 0; i < t->m->due_n; i++)
        ENTER(NULL, APPROVE, .about = t->m->due[i].payment, .extra = 1);
    return OK;
}

static enum status send(struct till *t)
{
    ENTER(NULL, BATCH, .note = S("示例"));
    return OK;
}

/* The bank pays all but the last. */
static enum status answer(struct till *t)
{
    for (size_t i = 0; i + 1 < t->m->due_n; i++)
        ENTER(NULL, PAID, .about = t->m->due[i].payment, .note = S("成功"));
    ENTER(NULL, BOUNCE, .about = t->m->due[t->m->due_n - 1].payment,
          .note = S("失败 户名与账号不符（示例）"));
    ENTER(NULL, RECONCILE, .item = arena_fmt(t->d->tmp, "示例银行回单 %d", t->year));
    return OK;
}

static enum status pay(struct demo *d, int year, int month)
{
    TRY(do_act(d, year, demo_day(year + 1, month, 10), MAKER, "ledger.pay", request));
    TRY(do_act(d, year, demo_day(year + 1, month, 11), FIRST, "ledger.approve", approve));
    TRY(do_act(d, year, demo_day(year + 1, month, 12), SECOND, "ledger.approve", approve));
    TRY(do_act(d, year, demo_day(year + 1, month, 13), MAKER, "ledger.batch", send));
    return do_act(d, year, demo_day(year + 1, month, 16), MAKER, "ledger.reconcile", answer);
}

/* A tenth of what was paid to the first is asked back, and comes. */
static enum status claw_back(struct till *t)
{
    int64_t claim;
    ENTER(&claim, RECLAIM, .about = t->m->due[0].payment, .amount = INT64_C(1000) * YUAN,
          .decision = decision(t, "示科追"));
    ENTER(NULL, RECOVER, .about = claim);
    return OK;
}

/* ---- grants ---- */

static enum status granted(struct till *t, struct ledger_op op, size_t firm, int64_t *id)
{
    struct demo *d = t->d;
    struct run_view v = view_of(t, d->tmp);
    int64_t run = d->final_run[t->year - FIRST_YEAR];
    op.subject = t->m->points[t->year - FIRST_YEAR].at[firm].identity;
    op.policy = GRANT_POLICY;
    op.year = t->year + 1;
    op.decision = decision(t, "示科");
    op.receipt = arena_fmt(d->tmp, "%lld/%.*s", (long long)run, (int)op.subject.n, op.subject.p);
    TRY(ledger_receipt(&v, &op));
    return enter(t, op, id);
}

/* Two of two levels, 1:2; one in instalments; one that is never claimed. */
static enum status grant(struct till *t)
{
    const struct ledger_share level[] = {{UPPER, 1, 0}, {S(""), 2, 0}};
    const struct ledger_share stage[] = {{S(""), 1, 0}, {S(""), 1, demo_day(LAST_YEAR + 1, 3, 31)}};
    const struct ledger_op joint = {.kind = LEDGER_JOINT,
                                    .amount = INT64_C(300000) * YUAN,
                                    .item = S("高新技术企业认定（示例）"),
                                    .share = level,
                                    .share_n = ARRAY_N(level)};
    const struct ledger_op staged = {.kind = LEDGER_RESERVE,
                                     .amount = 500001,
                                     .item = S("预研项目（示例）"),
                                     .share = stage,
                                     .share_n = ARRAY_N(stage)};
    const struct ledger_op until = {
        .kind = LEDGER_RESERVE, .amount = INT64_C(80000) * YUAN, .extra = t->d->today + 90};
    struct due *due = t->m->due;
    int64_t held[GRANTS];
    TRY(granted(t, joint, 0, &held[0]));
    TRY(granted(t, joint, 1, &held[1]));
    TRY(granted(t, staged, 2, &held[2]));
    TRY(granted(t, until, 3, &held[3]));
    t->m->staged = held[2];
    t->m->unclaimed = held[3];
    t->m->due_n = GRANTS - 1;
    for (size_t i = 0; i < t->m->due_n; i++) {
        due[i].firm = t->m->points[t->year - FIRST_YEAR].at[i].identity;
        ENTER(&due[i].op, POST, .about = held[i], .extra = i == 2);
    }
    return OK;
}

static enum status lapse(struct till *t)
{
    ENTER(NULL, LAPSE, .about = t->m->unclaimed);
    return OK;
}

/* The second instalment is due, and waits for its second approval. */
static enum status second_stage(struct till *t)
{
    t->m->due_n = 1;
    t->m->due[0].firm = t->m->points[1].at[2].identity;
    ENTER(&t->m->due[0].op, POST, .about = t->m->staged, .extra = 2);
    return OK;
}

/* ---- the years ---- */

static enum status first_year(struct demo *d, int year)
{
    TRY(do_act(d, year, demo_day(year + 1, 5, 6), MAKER, "ledger.spend", spend));
    TRY(do_act(d, year, demo_day(year + 1, 6, 3), MAKER, "ledger.convert", convert));
    TRY(pay(d, year, 6));
    d->n.payment = d->money.due[1].payment;
    return do_act(d, year, demo_day(year + 1, 9, 2), MAKER, "ledger.clawback", claw_back);
}

static enum status second_year(struct demo *d, int year)
{
    TRY(do_act(d, year, demo_day(year + 1, 5, 6), MAKER, "ledger.spend", spend));
    TRY(do_act(d, year, demo_day(year + 1, 5, 12), MAKER, "ledger.reserve", grant));
    TRY(pay(d, year, 6));
    d->n.joint = d->money.due[0].payment;
    return do_act(d, year, demo_day(year + 1, 9, 1), MAKER, "ledger.lapse", lapse);
}

static enum status last_year(struct demo *d, int year)
{
    TRY(do_act(d, year, demo_day(year + 1, 4, 22), MAKER, "ledger.expire", expire));
    TRY(do_act(d, year, demo_day(year + 1, 4, 23), MAKER, "ledger.post", second_stage));
    TRY(do_act(d, year, demo_day(year + 1, 4, 24), MAKER, "ledger.pay", request));
    return do_act(d, year, demo_day(year + 1, 4, 27), FIRST, "ledger.approve", approve);
}

enum status move_money(struct demo *d, int year)
{
    static enum status (*const LATER[YEARS])(struct demo * d, int year) = {first_year, second_year,
                                                                           last_year};
    TRY(do_act(d, year, demo_day(year + 1, 4, 20), BUDGETS, "ledger.budget", budgets));
    TRY(do_act(d, year, demo_day(year + 1, 4, 21), MAKER, "ledger.issue", issue));
    return LATER[year - FIRST_YEAR](d, year);
}
