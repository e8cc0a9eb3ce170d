#include "test/trust/money.h"

#include <stdio.h>
#include <string.h>

#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "db/raw.h"
#include "ledger/ledger.h"
#include "os/clock.h"
#include "sql.h"

enum { TODAY = 16526, YEAR = 2015, PLENTY = 1000000000 };
#define RATE  INT64_C(200000)
#define POINT INT64_C(10000)
enum { OWED = 1, PAYMENT, CLAIM, GRANT, SPENT }; /* slots; 0: none */
#define POLICY S("p22")
#define LINE   S("2060404")

struct op {
    enum ledger_kind kind;
    int who; /* the maker of a payment may not approve it */
    int64_t amount, extra;
    int about, keep; /* slots */
};

static const struct step {
    struct op op[MONEY_OPS];
    struct ledger_report adds;
} STEPS[] = {
    {.adds = {0}}, /* an act without money */
    {{{LEDGER_ISSUE, 0, 5 * POINT, 0, 0, 0}},
     {.op_n = 1, .transfer_n = 1, .issued_e4 = 5 * POINT, .held_e4 = 5 * POINT}},
    {{{LEDGER_SPEND, 0, POINT, 0, 0, 0}, {LEDGER_CONVERT, 0, 2 * POINT, 0, 0, OWED}},
     {.op_n = 2, .transfer_n = 3, .held_e4 = -3 * POINT, .spent_e4 = 3 * POINT}},
    {{{LEDGER_REQUEST, 0, 0, 0, OWED, PAYMENT}}, {.op_n = 1, .transfer_n = 1, .payment_n = 1}},
    {{{LEDGER_APPROVE, 1, 0, 1, PAYMENT, 0}}, {.op_n = 1}},
    {{{LEDGER_APPROVE, 2, 0, 1, PAYMENT, 0}}, {.op_n = 1, .transfer_n = 1}},
    {{{LEDGER_BATCH, 0, 0, 0, 0, 0}}, {.op_n = 1}},
    {{{LEDGER_PAID, 0, 0, 0, PAYMENT, 0}}, {.op_n = 1, .transfer_n = 1, .paid_fen = 2 * RATE}},
    {{{LEDGER_RECLAIM, 0, RATE, 0, PAYMENT, CLAIM}}, {.op_n = 1, .transfer_n = 1}},
    {{{LEDGER_RECOVER, 0, 0, 0, CLAIM, 0}}, {.op_n = 1, .transfer_n = 2}},
    {{{LEDGER_RESERVE, 0, 900, 0, 0, GRANT}, {LEDGER_POST, 0, 0, 0, GRANT, 0}},
     {.op_n = 2, .transfer_n = 2}},
    {{{LEDGER_SPEND, 0, POINT, 0, 0, SPENT}},
     {.op_n = 1, .transfer_n = 1, .held_e4 = -POINT, .spent_e4 = POINT}},
    {{{LEDGER_REVERSE, 0, 0, 0, SPENT, 0}},
     {.op_n = 1, .transfer_n = 1, .held_e4 = POINT, .spent_e4 = -POINT}},
};

static const struct step *step_of(int64_t no)
{
    return &STEPS[no % (int64_t)ARRAY_N(STEPS)];
}

void money_add(struct ledger_report *sum, int64_t step)
{
    const struct ledger_report *a = &step_of(step)->adds;
    sum->op_n += a->op_n;
    sum->transfer_n += a->transfer_n;
    sum->payment_n += a->payment_n;
    sum->paid_fen += a->paid_fen;
    sum->issued_e4 += a->issued_e4;
    sum->held_e4 += a->held_e4;
    sum->spent_e4 += a->spent_e4;
}

static Str client_of(struct arena *a, int64_t step, int i, const char *more)
{
    return arena_fmt(a, "%lld/%d%s", (long long)step, i, more);
}

/* ---- writing ---- */

typedef enum status (*Does)(struct ledger *l, struct money *m, enum defect wrong);

struct one {
    struct money *m;
    int64_t token, *no;
    Does does;
    enum defect wrong;
};

static enum status one_act(struct work *k, void *arg)
{
    struct one *x = arg;
    struct act act;
    struct ledger l;
    struct arena *tmp = arena_open();
    Str body = arena_fmt(k->a, "{\"token\":%lld}", (long long)x->token);
    enum status st = act_begin(&act, k->w, k->a, WORK_COUNTY, clock_us());
    if (st == OK) {
        *x->no = act.no;
        ledger_begin(&l, &act, tmp, &k->ds);
        st = x->does(&l, x->m, x->wrong);
        ledger_end(&l);
    }
    if (st == OK)
        st = act_end(&act, &(struct act_words){S("trust"), S("money"), S("x"), body});
    arena_close(tmp);
    return st;
}

static enum status start(struct ledger *l, struct money *m, enum defect wrong)
{
    const struct ledger_op FIRST[] = {
        {.kind = LEDGER_OPEN, .item = LINE},
        {.kind = LEDGER_RAISE, .item = LINE, .amount = 2 * (int64_t)PLENTY},
        {.kind = LEDGER_OPEN, .item = LINE, .policy = POLICY},
        {.kind = LEDGER_ALLOCATE, .policy = POLICY, .amount = PLENTY},
        {.kind = LEDGER_RATE, .policy = POLICY, .amount = RATE},
    };
    (void)m;
    (void)wrong;
    for (int i = 0; i < (int)ARRAY_N(FIRST); i++) {
        struct ledger_done done;
        struct ledger_op op = FIRST[i];
        op.day = TODAY;
        op.year = YEAR;
        op.who = S("p0");
        op.decision = S("d");
        op.client = arena_fmt(l->act->arena, "start/%d", i);
        TRY(ledger_do(l, &op, &done));
    }
    return OK;
}

enum status money_start(struct work *k)
{
    int64_t no;
    return work_do(k, one_act, &(struct one){NULL, 0, &no, start, SOUND});
}

static enum status ask(struct ledger *l, struct money *m, const struct op *o, Str client,
                       int64_t *id)
{
    struct arena *a = l->act->arena;
    struct ledger_done done;
    struct ledger_op op = {
        .kind = o->kind,
        .day = TODAY,
        .client = client,
        .who = arena_fmt(a, "p%d", o->who),
        .subject = arena_fmt(a, "s%lld", (long long)(m->step / (int64_t)ARRAY_N(STEPS) % 16)),
        .policy = POLICY,
        .year = YEAR,
        .amount = o->amount,
        .extra = o->extra,
        .about = m->slot[o->about],
        .decision = S("d"),
        .note = S("n"),
        .receipt = S("r"),
        .payee = {S("户名"), S("行"), S("6222")},
    };
    TRY(ledger_do(l, &op, &done));
    *id = done.op;
    return OK;
}

/* What should be only with the whole entry, or once, or not at all. */
static enum status harm(struct ledger *l, struct money *m, const struct step *s, enum defect wrong)
{
    int64_t id;
    if (wrong == HALF_ENTRY && s->op[0].kind == LEDGER_SPEND)
        return db_raw(l->act->conn,
                      "UPDATE ledger_balance SET posted = posted - 10000 WHERE kind = 7");
    if (wrong == DONE_TWICE && s->op[0].kind == LEDGER_ISSUE)
        return ask(l, m, &s->op[0], client_of(l->act->arena, m->step, 0, "again"), &id);
    return OK;
}

static enum status take_step(struct ledger *l, struct money *m, enum defect wrong)
{
    const struct step *s = step_of(m->step);
    bool skips = wrong == NOT_DONE && s->op[0].kind == LEDGER_REVERSE;
    memset(m->op, 0, sizeof m->op);
    for (int i = 0; i < MONEY_OPS && s->op[i].kind != 0; i++) {
        m->op[i] = 1;
        if (skips)
            continue;
        TRY(ask(l, m, &s->op[i], client_of(l->act->arena, m->step, i, ""), &m->op[i]));
        if (s->op[i].keep != 0)
            m->slot[s->op[i].keep] = m->op[i];
    }
    return harm(l, m, s, wrong);
}

enum status money_step(struct money *m, struct work *k, int64_t token, enum defect wrong,
                       int64_t *no)
{
    if (wrong == TOLD_EARLY)
        m->step = 0;
    if (step_of(m->step)->adds.op_n == 0) {
        memset(m->op, 0, sizeof m->op);
        TRY(work_write(k, token, no));
    } else {
        TRY(work_do(k, one_act, &(struct one){m, token, no, take_step, wrong}));
    }
    m->step++;
    return OK;
}

/* ---- looking ---- */

/* `told` is as its writer was after the step. */
static enum status find(struct db_conn *c, struct arena *a, const struct money *told, int64_t *lost)
{
    for (int i = 0; i < MONEY_OPS && told->op[i] != 0; i++) {
        struct sql_ledger_op_find_row row = {0};
        enum status st = sql_ledger_op_find_one(
            c, a, &(struct sql_ledger_op_find){WORK_COUNTY, client_of(a, told->step - 1, i, "")},
            &row);
        *lost += st == ERR_GONE || (st == OK && ledger_id(row.act, row.n) != told->op[i]);
        if (st != OK && st != ERR_GONE)
            return st;
    }
    return OK;
}

static enum status look_in(struct db_conn *c, struct arena *a, struct money_look *out,
                           const struct money *told, size_t n, struct diags *ds)
{
    TRY(db_begin(c));
    TRY(ledger_verify(c, a, WORK_COUNTY, &out->report, ds));
    for (size_t i = 0; i < n; i++)
        TRY(find(c, a, &told[i], &out->lost));
    db_rollback(c);
    return OK;
}

bool money_look(struct arena *a, struct money_look *out, Str url, const struct money *told,
                size_t n)
{
    const struct db_opts o = {.mode = DB_READ, .busy_ms = 20000};
    struct db *db = NULL;
    struct db_conn *c = NULL;
    struct diags ds;
    diags_init(&ds, arena_open());
    *out = (struct money_look){0};
    enum status st = db_open(a, &db, url, &o, &ds);
    if (st == OK)
        st = db_connect(db, DB_READ, &c, &ds);
    if (st == OK)
        st = look_in(c, a, out, told, n, &ds);
    (void)snprintf(out->said, sizeof out->said, "%lld faults%s%.*s", /* cut is fine */
                   (long long)out->report.fault_n, ds.n > 0 ? ", the first: " : "",
                   ds.n > 0 ? (int)ds.at[0].arg[0].n : 0, ds.n > 0 ? ds.at[0].arg[0].p : "");
    db_disconnect(c);
    db_close(db);
    arena_close(ds.arena);
    return st == OK && out->report.fault_n == 0;
}
