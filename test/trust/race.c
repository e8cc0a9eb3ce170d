/* race.c - eight at once at what only some may get: the two approvals of a payment, the last money
 * of a pool, the room under a cap, a once-only key. Each case must end with exactly as many winners
 * as there are places, and the ledger must verify. On both databases.
 *
 * The defect planted by --canary: each looks in one transaction whether there is room and acts in
 * another, when all have looked. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "ledger/ledger.h"
#include "ledger/verify.h"
#include "os/clock.h"
#include "sql.h"
#include "test/help/pg.h"
#include "test/trust/trust.h"

enum { RACERS = 8, PRICE = 100, TODAY = 16526, PLACES = 3 };
enum contest { TWO_PERSON, BUDGET, CAP, ONCE, CONTESTS };

static const char *const NAME[CONTESTS] = {"two-person", "budget", "cap", "once"};

struct race;

struct racer {
    struct race *race;
    int no;
    struct db_conn *c;
    struct arena *a, *tmp, *said;
    struct diags ds;
    int64_t wins, lost, odd; /* of the contest; odd: neither a win nor a refusal */
    bool won;
};

struct race {
    struct trust *t;
    struct work k;
    enum contest contest;
    int64_t cases, at, violations;
    int64_t payment; /* of the case */
    struct racer racer[RACERS];
    pthread_barrier_t gate;
    bool over;
};

static Str text(struct arena *a, const char *fmt, int64_t no)
{
    char line[64];
    (void)snprintf(line, sizeof line, "%s-%lld", fmt, (long long)no); /* fits */
    return arena_copy(a, str_of(line));
}

/* An act of one operation; true: it was done. */
static bool perform(struct racer *r, struct ledger_op *op, struct ledger_done *done)
{
    struct act act;
    struct ledger l;
    ArenaMark mark = arena_mark(r->a);
    enum status st = db_begin(r->c);
    if (st == OK)
        st = act_begin(&act, r->c, r->a, WORK_COUNTY, clock_us());
    if (st == OK) {
        ledger_begin(&l, &act, r->tmp, &r->ds);
        op->day = TODAY;
        st = ledger_do(&l, op, done);
        ledger_end(&l);
        bool refused = st == ERR_INPUT || st == ERR_DENIED;
        r->lost += refused;
        r->odd += st != OK && !(refused && r->ds.n == 1);
    }
    if (st == OK)
        st = act_end(&act, &(struct act_words){op->who, S("race"), S("x"), S("{}")});
    if (st == OK)
        st = db_commit(r->c);
    if (st != OK)
        db_rollback(r->c);
    arena_reset(r->a, mark);
    r->ds.n = r->ds.error_n = 0;
    return st == OK;
}

static struct ledger_op grant(struct arena *a, enum contest contest, int64_t no, int who)
{
    struct ledger_op op = {.kind = LEDGER_RESERVE, .year = 2015, .amount = PRICE};
    op.policy = contest == BUDGET ? text(a, "pool", no) : S("plenty");
    op.subject =
        contest == BUDGET ? text(a, "s", who) : text(a, "case", no * CONTESTS + (int)contest);
    op.item = contest == ONCE ? text(a, "item", no) : S("");
    if (contest == CAP) {
        op.year = 2016;
        op.policy = S("capped");
    }
    op.decision = S("d");
    op.receipt = S("r");
    return op;
}

/* How many of the eight can win. */
static int places(enum contest contest)
{
    return contest == TWO_PERSON ? 2 : contest == ONCE ? 1 : PLACES;
}

/* ---- the racers ---- */

static struct ledger_op attempt(struct racer *r)
{
    struct race *race = r->race;
    struct ledger_op op;
    if (race->contest == TWO_PERSON)
        op = (struct ledger_op){.kind = LEDGER_APPROVE, .about = race->payment, .extra = 1};
    else
        op = grant(r->a, race->contest, race->at, r->no);
    op.who = text(r->a, "person", r->no); /* person-0 made the payment */
    op.client = text(r->a, NAME[race->contest], race->at * RACERS + r->no);
    return op;
}

/* With the defect: looks, waits until all have looked, and then acts on what it saw. */
static bool naive(struct racer *r, const struct ledger_op *op)
{
    struct sql_ledger_account_find_row row = {0};
    if (db_begin(r->c) != OK)
        return false;
    enum status st = sql_ledger_account_find_one(
        r->c, r->tmp,
        &(struct sql_ledger_account_find){WORK_COUNTY, LEDGER_POOL, S(""), op->policy, op->year},
        &row);
    db_rollback(r->c);
    (void)pthread_barrier_wait(&r->race->gate); /* which thread is told does not matter */
    struct ledger_op act = grant(r->a, CAP, r->race->at, r->no);
    struct ledger_done done;
    act.policy = S("plenty");
    act.year = 2015;
    act.who = op->who;
    act.client = op->client;
    return st == OK && row.posted - row.pending >= PRICE && perform(r, &act, &done);
}

static void *run(void *arg)
{
    struct racer *r = arg;
    struct race *race = r->race;
    for (;;) {
        (void)pthread_barrier_wait(&race->gate); /* the case is set */
        if (race->over)
            return NULL;
        ArenaMark mark = arena_mark(r->a);
        struct ledger_op op = attempt(r);
        struct ledger_done done;
        r->won = race->t->canary ? naive(r, &op) : perform(r, &op, &done);
        r->wins += r->won;
        arena_reset(r->a, mark);
        (void)pthread_barrier_wait(&race->gate); /* all have run */
    }
}

/* ---- the cases ---- */

static bool must(struct race *race, struct ledger_op op, int64_t *id)
{
    struct racer *r = &race->racer[0];
    struct ledger_done done;
    static int64_t serial;
    op.who = S("person-0");
    op.client = text(r->a, "set", serial++);
    bool ok = perform(r, &op, &done);
    if (id != NULL)
        *id = done.op;
    return trust_check(race->t, ok, "set up: %s: %s", ledger_kind_name(op.kind, LANG_EN),
                       db_fault(r->c)->text);
}

static bool start(struct race *race)
{
    bool ok =
        must(race, (struct ledger_op){.kind = LEDGER_OPEN, .item = S("b"), .year = 2015}, NULL) &&
        must(race,
             (struct ledger_op){.kind = LEDGER_RAISE,
                                .item = S("b"),
                                .year = 2015,
                                .amount = 2000000000000,
                                .decision = S("d")},
             NULL);
    for (int i = 0; i < 2 && ok; i++) {
        struct ledger_op op = {.kind = LEDGER_OPEN,
                               .item = S("b"),
                               .policy = i == 0 ? S("plenty") : S("capped"),
                               .year = 2015 + i,
                               .extra = 2015};
        ok = must(race, op, NULL);
        op.kind = LEDGER_ALLOCATE;
        op.amount = 500000000000;
        op.extra = 0;
        ok = ok && must(race, op, NULL);
    }
    return ok && must(race,
                      (struct ledger_op){.kind = LEDGER_CAP,
                                         .policy = S("capped"),
                                         .year = 2016,
                                         .amount = PLACES * PRICE + PRICE / 2},
                      NULL);
}

static bool set_case(struct race *race)
{
    struct arena *a = race->racer[0].a;
    int64_t id = 0;
    if (race->contest == TWO_PERSON) {
        struct ledger_op op = grant(a, CAP, race->at, 0);
        op.policy = S("plenty");
        op.year = 2015;
        return must(race, op, &id) &&
               must(race, (struct ledger_op){.kind = LEDGER_POST, .about = id}, &id) &&
               must(race,
                    (struct ledger_op){
                        .kind = LEDGER_REQUEST, .about = id, .payee = {S("n"), S("b"), S("a")}},
                    &race->payment);
    }
    if (race->contest != BUDGET)
        return true;
    struct ledger_op op = {
        .kind = LEDGER_OPEN, .item = S("b"), .policy = text(a, "pool", race->at), .year = 2015};
    if (!must(race, op, NULL))
        return false;
    op.kind = LEDGER_ALLOCATE;
    op.amount = PLACES * PRICE + PRICE / 2;
    return must(race, op, NULL);
}

static bool run_case(struct race *race)
{
    int winners = 0;
    if (!set_case(race))
        return false;
    (void)pthread_barrier_wait(&race->gate);
    if (race->t->canary)
        (void)pthread_barrier_wait(&race->gate); /* between looking and acting */
    (void)pthread_barrier_wait(&race->gate);
    for (int i = 0; i < RACERS; i++)
        winners += race->racer[i].won;
    bool maker = race->contest == TWO_PERSON && race->racer[0].won;
    race->violations += winners != places(race->contest) || maker;
    return trust_check(race->t, winners == places(race->contest) && !maker,
                       "%s, case %lld: %d won%s", NAME[race->contest], (long long)race->at, winners,
                       maker ? ", the maker too" : "");
}

static bool racers_begin(struct race *race)
{
    bool ok = true;
    for (int i = 0; i < RACERS; i++) {
        struct racer *r = &race->racer[i];
        *r = (struct racer){
            .race = race, .no = i, .a = arena_open(), .tmp = arena_open(), .said = arena_open()};
        diags_init(&r->ds, r->said);
        ok &= db_connect(race->k.db, DB_WRITE, &r->c, &r->ds) == OK;
    }
    return trust_check(race->t, ok, "eight connections");
}

static void racers_end(struct race *race)
{
    for (int i = 0; i < RACERS; i++) {
        db_disconnect(race->racer[i].c);
        arena_close(race->racer[i].tmp);
        arena_close(race->racer[i].said);
        arena_close(race->racer[i].a);
    }
}

static void verify(struct race *race)
{
    struct ledger_report report = {0};
    struct racer *r = &race->racer[0];
    bool ok =
        db_begin(r->c) == OK && ledger_verify(r->c, r->tmp, WORK_COUNTY, &report, &r->ds) == OK;
    db_rollback(r->c);
    (void)trust_check(race->t, ok && report.fault_n == 0, "verify: %lld faults",
                      (long long)report.fault_n);
    int64_t wins = 0, lost = 0, odd = 0;
    for (int i = 0; i < RACERS; i++) {
        wins += race->racer[i].wins;
        lost += race->racer[i].lost;
        odd += race->racer[i].odd;
    }
    (void)trust_check(race->t, odd == 0, "%lld ended otherwise: %s", (long long)odd,
                      db_fault(r->c)->text);
    printf("  %lld cases of %d contests each: %lld won, %lld refused, %lld violations, %.1f s\n",
           (long long)race->cases, CONTESTS, (long long)wins, (long long)lost,
           (long long)race->violations, trust_seconds(race->t));
}

static void contests(struct race *race)
{
    pthread_t thread[RACERS];
    (void)pthread_barrier_init(&race->gate, NULL, RACERS + 1); /* cannot fail with these */
    for (int i = 0; i < RACERS; i++)
        ASSERT(pthread_create(&thread[i], NULL, run, &race->racer[i]) == 0);
    bool ok = start(race);
    int last = race->t->canary ? BUDGET + 1 : CONTESTS;
    for (int k = race->t->canary ? BUDGET : 0; k < last; k++) {
        race->contest = (enum contest)k;
        for (race->at = 0; race->at < race->cases && ok; race->at++)
            ok = run_case(race) || race->t->canary;
    }
    race->over = true;
    (void)pthread_barrier_wait(&race->gate);
    for (int i = 0; i < RACERS; i++)
        (void)pthread_join(thread[i], NULL);
    verify(race);
    (void)pthread_barrier_destroy(&race->gate);
}

static void race_on(struct trust *t, Str url, int64_t n)
{
    static struct race race;
    race = (struct race){.t = t, .cases = n};
    if (!trust_check(t, work_open(&race.k, url, NULL) == OK, "the store opens"))
        return;
    if (racers_begin(&race))
        contests(&race);
    racers_end(&race);
    work_close(&race.k);
}

int main(int argc, char **argv)
{
    struct trust t;
    char folder[FOLDER_N], url[FOLDER_PATH_N];
    trust_begin(&t, "race", argc, argv);
    int64_t n = trust_n(&t, t.canary ? 20 : 400, 2500); /* of four contests each */
    if (trust_on(&t, "sqlite")) {
        work_folder(folder);
        (void)snprintf(url, sizeof url, "sqlite:%s/x.db", folder);
        printf("SQLite\n");
        race_on(&t, str_of(url), n);
        work_folder_end(folder);
    }
    const char *pg = trust_on(&t, "postgres") ? pg_database() : NULL;
    if (pg != NULL) {
        printf("PostgreSQL\n");
        race_on(&t, str_of(pg), n);
    }
    return trust_end(&t);
}
