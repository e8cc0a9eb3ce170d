/* kill.c - programs that write, and servers, are killed at random moments.
 *
 * A child writes acts, most of them with operations of the ledger (money.h), and tells each one
 * over a pipe when it has been acknowledged; the parent kills it after some random time (or stops
 * the PostgreSQL server at once, without any clearing up) and opens the store: every act that was
 * told must be there, unchanged, numbered without a gap, and the chain must be whole; the ledger
 * must be sound (`geci ledger verify`), every operation that was told be there, and the sums be
 * those of all that was told, each once. At most one act may be there that nobody told of: the next
 * child asks for it again.
 *
 * The defects planted by --canary, each of which must be found: the child tells first and commits
 * later (a commit that waits for the disk outlives its program: only what had not been written is
 * lost by a kill); half of an entry is missing; points are issued twice; a reversal is told and was
 * not done. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "os/clock.h"
#include "test/help/pg.h"
#include "test/trust/money.h"
#include "test/trust/trust.h"

struct told {
    int64_t no, token;
    struct money money; /* after it */
};

/* What is looked at, and which of them finds a planted defect. */
enum finding { ACTS_LOST, UNSOUND, OPS_LOST, SUMS, FINDINGS };

static const struct {
    const char *what;
    enum finding by;
} PLANTED[DEFECTS] = {
    [HALF_ENTRY] = {"half of an entry is missing", UNSOUND},
    [DONE_TWICE] = {"points are issued twice", SUMS},
    [NOT_DONE] = {"a reversal was told and not done", OPS_LOST},
    [TOLD_EARLY] = {"told first and committed later", ACTS_LOST},
};

struct kills {
    struct trust *t;
    const char *what;
    Str url;
    bool server;
    enum defect wrong;
    struct money money;        /* after the last act that was told */
    struct ledger_report want; /* what the ledger should come to */
    int64_t acts;              /* in the store */
    bool untold;               /* the next step is there, perhaps: nobody was told */
    int64_t n, acks, ops, extra, ms;
    int64_t found[FINDINGS];
};

/* As a child ends by itself. */
enum { NOT_STARTED = 2, NOT_TOLD, SERVER_GONE, REFUSED };

static int64_t token_of(uint64_t seed, int64_t no)
{
    return (int64_t)((seed * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)no) >> 8);
}

static void tell(int fd, struct told t)
{
    if (write(fd, &t, sizeof t) != (ssize_t)sizeof t)
        _exit(NOT_TOLD);
}

static void nap(int64_t us)
{
    const struct timespec t = {us / 1000000, us % 1000000 * 1000};
    (void)nanosleep(&t, NULL); /* about so long */
}

/* Never returns. */
static void child(struct kills *k, uint64_t seed, int fd)
{
    struct work w;
    struct told t = {.money = k->money};
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* should the parent be stopped by hand */
    if (work_open(&w, k->url, NULL) != OK)
        _exit(NOT_STARTED);
    tell(fd, t); /* ready */
    for (int64_t i = 0, guess = -1;; i++, guess = t.no + 1) {
        t.token = token_of(seed, i);
        if (k->wrong == TOLD_EARLY && guess > 0) {
            t.no = guess;
            tell(fd, t);
            nap(2000);
        }
        if (money_step(&t.money, &w, t.token, k->wrong, &t.no) != OK)
            _exit(w.ds.n > 0 ? REFUSED : SERVER_GONE);
        if (k->wrong != TOLD_EARLY)
            tell(fd, t);
    }
}

/* Starts a writer, ends it by force, and gives what it told. */
static struct told *run_one(struct kills *k, struct arena *a, size_t *n)
{
    struct trust *t = k->t;
    int ends[2], how = 0;
    struct told one, *told = NULL;
    size_t cap = 0;
    uint64_t seed = trust_next(t);
    *n = 0;
    ASSERT(pipe(ends) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        (void)close(ends[0]);
        child(k, seed, ends[1]);
    }
    (void)close(ends[1]);
    bool ready = read(ends[0], &one, sizeof one) == (ssize_t)sizeof one;
    nap((int64_t)trust_below(t, 80000));
    if (k->server)
        trust_check(t, pg_crash(), "the server cannot be restarted");
    (void)kill(pid, SIGKILL); /* may have ended */
    while (read(ends[0], &one, sizeof one) == (ssize_t)sizeof one)
        VEC_PUSH(a, told, *n, cap) = one;
    (void)close(ends[0]);
    (void)waitpid(pid, &how, 0);
    bool killed = WIFSIGNALED(how) || (k->server && WEXITSTATUS(how) == SERVER_GONE);
    trust_check(t, ready && killed, "%s, kill %lld: the writer ended by itself (%d)", k->what,
                (long long)k->n, WEXITSTATUS(how));
    return told;
}

/* ---- looking ---- */

/* The acts; gives how many were kept that nobody told of. */
static int64_t look_at_acts(struct kills *k, struct arena *a, const struct told *told, size_t n)
{
    struct look seen;
    int64_t lost = 0;
    look(a, &seen, k->url, NULL, NULL);
    int64_t extra = seen.acts - k->acts - (int64_t)n;
    for (size_t i = 0; i < n && seen.verified == OK; i++)
        lost += told[i].no > seen.acts || seen.token[told[i].no - 1] != told[i].token;
    trust_check(k->t, seen.verified == OK && seen.wrong == 0, "%s, kill %lld: %s", k->what,
                (long long)k->n, seen.said);
    k->found[ACTS_LOST] +=
        !trust_check(k->t, lost == 0, "%s, kill %lld: %lld of %zu acknowledged acts are lost",
                     k->what, (long long)k->n, (long long)lost, n);
    trust_check(k->t, extra == 0 || extra == 1, "%s, kill %lld: %lld acts that nobody told of",
                k->what, (long long)k->n, (long long)extra);
    k->acts = seen.acts;
    return extra;
}

static bool same_sums(const struct ledger_report *a, const struct ledger_report *b)
{
    return a->op_n == b->op_n && a->transfer_n == b->transfer_n && a->payment_n == b->payment_n &&
           a->paid_fen == b->paid_fen && a->issued_e4 == b->issued_e4 && a->held_e4 == b->held_e4 &&
           a->spent_e4 == b->spent_e4 && a->expired_e4 == b->expired_e4;
}

static void look_at_ledger(struct kills *k, struct arena *a, const struct told *told, size_t n)
{
    struct money_look seen;
    struct money *money = ARENA_ARRAY(a, struct money, n);
    for (size_t i = 0; i < n; i++) {
        money[i] = told[i].money;
        money_add(&k->want, money[i].step - 1);
        for (int op = 0; op < MONEY_OPS; op++)
            k->ops += money[i].op[op] != 0;
    }
    struct ledger_report next = k->want;
    money_add(&next, n > 0 ? money[n - 1].step : k->money.step);
    bool sound = money_look(a, &seen, k->url, money, n);
    bool same = same_sums(&seen.report, &k->want) || (k->untold && same_sums(&seen.report, &next));
    k->found[UNSOUND] += !trust_check(k->t, sound, "%s, kill %lld: the ledger: %s", k->what,
                                      (long long)k->n, seen.said);
    k->found[OPS_LOST] +=
        !trust_check(k->t, seen.lost == 0, "%s, kill %lld: %lld acknowledged operations are lost",
                     k->what, (long long)k->n, (long long)seen.lost);
    k->found[SUMS] += !trust_check(
        k->t, same, "%s, kill %lld: not the sums of what was done: %lld operations, not %lld",
        k->what, (long long)k->n, (long long)seen.report.op_n, (long long)k->want.op_n);
}

static void one_kill(struct kills *k, struct arena *a)
{
    size_t n;
    struct told *told = run_one(k, a, &n);
    int64_t from = clock_ms(), extra = look_at_acts(k, a, told, n);
    k->untold = extra > 0 || (n == 0 && k->untold);
    look_at_ledger(k, a, told, n);
    k->ms += clock_ms() - from;
    k->extra += extra > 0;
    k->acks += (int64_t)n;
    k->n++;
    if (n > 0)
        k->money = told[n - 1].money;
}

/* ---- all of it ---- */

static bool start(struct kills *k)
{
    struct work w;
    struct look seen;
    struct money_look ledger;
    struct arena *a = arena_open();
    bool ok = work_open(&w, k->url, NULL) == OK;
    if (ok) {
        ok = money_start(&w) == OK;
        work_close(&w);
    }
    look(a, &seen, k->url, NULL, NULL);
    ok = ok && money_look(a, &ledger, k->url, NULL, 0) && seen.verified == OK;
    k->acts = seen.acts;
    k->want = ledger.report;
    arena_close(a);
    return trust_check(k->t, ok, "%s: the ledger opens", k->what);
}

/* Until it is found, when a defect is planted. */
static void run(struct kills *k, int64_t n)
{
    const int64_t *found = &k->found[PLANTED[k->wrong].by];
    for (int64_t i = 0; i < n && (k->wrong == SOUND || *found == 0); i++) {
        struct arena *a = arena_open();
        one_kill(k, a);
        arena_close(a);
    }
}

static void kills(struct trust *t, const char *what, Str url, int64_t n, bool server)
{
    struct kills k = {.t = t, .what = what, .url = url, .server = server};
    if (!start(&k))
        return;
    run(&k, n);
    printf("kill: %s: %lld kills, %lld acts acknowledged with %lld operations of the ledger, "
           "%lld kept unacknowledged, verify %lld ms each\n",
           what, (long long)k.n, (long long)k.acks, (long long)k.ops, (long long)k.extra,
           (long long)(k.n > 0 ? k.ms / k.n : 0));
}

/* Each defect in a store of its own. */
static int64_t plant(struct trust *t, const char *what, Str url, enum defect wrong)
{
    struct kills k = {.t = t, .what = what, .url = url, .wrong = wrong};
    if (!start(&k))
        return 0;
    run(&k, trust_n(t, 100, 1000));
    bool found = k.found[PLANTED[wrong].by] > 0;
    printf("  %s: %s: %s after %lld kills\n", what, PLANTED[wrong].what,
           found ? "found" : "NOT FOUND", (long long)k.n);
    return found;
}

static void canary(struct trust *t)
{
    int64_t found = 0, planted = 0;
    for (int wrong = SOUND + 1; wrong < DEFECTS; wrong++) {
        char folder[FOLDER_N], url[FOLDER_PATH_N];
        const char *pg = trust_on(t, "postgres") ? pg_database() : NULL;
        work_folder(folder);
        (void)snprintf(url, sizeof url, "sqlite:%s/x.db", folder); /* fits */
        planted += trust_on(t, "sqlite") + (pg != NULL);
        if (trust_on(t, "sqlite"))
            found += plant(t, "sqlite", str_of(url), (enum defect)wrong);
        if (pg != NULL)
            found += plant(t, "postgres", str_of(pg), (enum defect)wrong);
        work_folder_end(folder);
    }
    t->passed = 0;
    t->failed = found == planted ? found : 0;
}

int main(int argc, char **argv)
{
    struct trust t;
    char folder[FOLDER_N], url[FOLDER_PATH_N];
    trust_begin(&t, "kill", argc, argv);
    if (t.canary) {
        canary(&t);
        return trust_end(&t);
    }
    work_folder(folder);
    (void)snprintf(url, sizeof url, "sqlite:%s/x.db", folder); /* fits */
    if (trust_on(&t, "sqlite"))
        kills(&t, "sqlite, program", str_of(url), trust_n(&t, 30, 1000), false);
    work_folder_end(folder);
    const char *pg = trust_on(&t, "postgres") ? pg_database() : NULL;
    if (pg != NULL) {
        kills(&t, "postgres, program", str_of(pg), trust_n(&t, 15, 1000), false);
        kills(&t, "postgres, server", str_of(pg_database()), trust_n(&t, 3, 50), true);
    } else if (trust_on(&t, "postgres")) {
        printf("kill: PostgreSQL is not installed: skipped\n");
    }
    return trust_end(&t);
}
