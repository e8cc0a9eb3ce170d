/* kill.c - programs that write, and servers, are killed at random moments.
 *
 * A child writes acts and tells each one over a pipe when it has been acknowledged; the parent
 * kills it after some random time (or stops the PostgreSQL server at once, without any clearing up)
 * and opens the store: every act that was told must be there, unchanged, numbered without a gap,
 * and the chain must be whole. At most one act may be there that nobody told of. The defect planted
 * by --canary: the child tells first and commits later. (A commit that waits for the disk outlives
 * its program: only what had not been written is lost by a kill.) */
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
#include "test/trust/trust.h"

struct told {
    int64_t no, token;
};

struct figures {
    int64_t kills, acks, extra, ms;
};

static int64_t token_of(uint64_t seed, int64_t no)
{
    return (int64_t)((seed * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)no) >> 8);
}

static void tell(int fd, struct told t)
{
    if (write(fd, &t, sizeof t) != (ssize_t)sizeof t)
        _exit(3);
}

static void nap(int64_t us)
{
    const struct timespec t = {us / 1000000, us % 1000000 * 1000};
    (void)nanosleep(&t, NULL); /* about so long */
}

/* Never returns. */
static void child(Str url, uint64_t seed, int fd, bool early)
{
    struct work k;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* should the parent be stopped by hand */
    if (work_open(&k, url, NULL) != OK)
        _exit(2);
    tell(fd, (struct told){0, 0}); /* ready */
    int64_t guess = -1;
    for (int64_t i = 0;; i++) {
        struct told t = {guess, token_of(seed, i)};
        if (early && guess > 0) {
            tell(fd, t);
            nap(2000);
        }
        if (work_write(&k, t.token, &t.no) != OK)
            _exit(4); /* the server is gone */
        if (!early)
            tell(fd, t);
        guess = t.no + 1;
    }
}

/* Starts a writer, ends it by force, and gives what it told. */
static struct told *run_one(struct trust *t, struct arena *a, Str url, bool server, size_t *n)
{
    int ends[2];
    struct told one, *told = NULL;
    size_t cap = 0;
    uint64_t seed = trust_next(t);
    *n = 0;
    ASSERT(pipe(ends) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        (void)close(ends[0]);
        child(url, seed, ends[1], t->canary);
    }
    (void)close(ends[1]);
    bool ready = read(ends[0], &one, sizeof one) == (ssize_t)sizeof one;
    trust_check(t, ready, "the writer did not start");
    nap((int64_t)trust_below(t, 80000));
    if (server)
        trust_check(t, pg_crash(), "the server cannot be restarted");
    (void)kill(pid, SIGKILL); /* may have ended */
    while (read(ends[0], &one, sizeof one) == (ssize_t)sizeof one)
        VEC_PUSH(a, told, *n, cap) = one;
    (void)close(ends[0]);
    (void)waitpid(pid, NULL, 0);
    return told;
}

static void one_kill(struct trust *t, struct arena *a, Str url, bool server, struct figures *f)
{
    size_t n;
    struct look seen;
    struct told *told = run_one(t, a, url, server, &n);
    int64_t from = clock_ms();
    look(a, &seen, url, NULL, NULL);
    f->ms += clock_ms() - from;
    int64_t last = n > 0 ? told[n - 1].no : 0, lost = 0;
    for (size_t i = 0; i < n && seen.verified == OK; i++)
        lost += told[i].no > seen.acts || seen.token[told[i].no - 1] != told[i].token;
    trust_check(t, seen.verified == OK && seen.wrong == 0, "kill %lld: %s", (long long)f->kills,
                seen.said);
    trust_check(t, lost == 0, "kill %lld: %lld of %zu acknowledged acts are lost",
                (long long)f->kills, (long long)lost, n);
    trust_check(t, n == 0 || seen.acts <= last + 1, "kill %lld: acts that nobody told of",
                (long long)f->kills);
    f->extra += n > 0 && seen.acts > last;
    f->kills++;
    f->acks += (int64_t)n;
}

static void kills(struct trust *t, const char *what, Str url, int64_t n, bool server)
{
    struct figures f = {0};
    for (int64_t i = 0; i < n; i++) {
        struct arena *a = arena_open();
        one_kill(t, a, url, server, &f);
        arena_close(a);
    }
    printf(
        "kill: %s: %lld kills, %lld acknowledged, %lld kept unacknowledged, verify %lld ms each\n",
        what, (long long)f.kills, (long long)f.acks, (long long)f.extra,
        (long long)(n > 0 ? f.ms / n : 0));
}

int main(int argc, char **argv)
{
    struct trust t;
    char folder[FOLDER_N], url[FOLDER_PATH_N];
    trust_begin(&t, "kill", argc, argv);
    work_folder(folder);
    (void)snprintf(url, sizeof url, "sqlite:%s/x.db", folder); /* fits */
    if (trust_on(&t, "sqlite"))
        kills(&t, "sqlite, program", str_of(url), trust_n(&t, 30, 1000), false);
    const char *pg = t.canary || !trust_on(&t, "postgres") ? NULL : pg_database();
    if (pg != NULL) {
        kills(&t, "postgres, program", str_of(pg), trust_n(&t, 15, 1000), false);
        kills(&t, "postgres, server", str_of(pg), trust_n(&t, 3, 50), true);
    } else if (!t.canary && trust_on(&t, "postgres")) {
        printf("kill: PostgreSQL is not installed: skipped\n");
    }
    work_folder_end(folder);
    return trust_end(&t);
}
