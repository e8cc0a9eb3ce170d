/* oom.c - every allocation fails once.
 *
 * malloc and its kin stand here in the place of the C library's, so that SQLite, OpenSSL and libpq
 * get theirs from here too. A child runs a verb with the n-th allocation failing; it may end with
 * an error or stop, as true want of memory does; then the store is opened by another program: every
 * act that the child told of is there, nothing is half done, and the chain is whole. The defect
 * planted by --canary: a row is committed that no act answers for. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit/act.h"
#include "audit/anchor.h"
#include "base/arena.h"
#include "base/str.h"
#include "sql.h"
#include "test/trust/trust.h"

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

static int64_t g_left; /* allocations until the one that fails; 0: none will */
static int64_t g_count;

static bool fails(void)
{
    g_count++;
    return g_left > 0 && --g_left == 0;
}

static void *refuse(void)
{
    errno = ENOMEM;
    return NULL;
}

void *malloc(size_t n)
{
    return fails() ? refuse() : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    return fails() ? refuse() : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
    return fails() ? refuse() : __libc_realloc(p, n);
}

/* Verbs that write. Each gives the number of its last act, or a failure. */

static enum status sign_act(struct work *k, struct act *a, struct sign_private *key)
{
    struct anchor head;
    TRY(db_begin(k->w));
    TRY(anchor_last(k->w, k->a, &head, WORK_COUNTY));
    anchor_sign(&head, key, 1);
    TRY(act_begin(a, k->w, k->a, WORK_COUNTY, 1));
    TRY(anchor_keep(a, 0, &head));
    TRY(act_end(a,
                &(struct act_words){S("trust"), S("audit.sign"), S("head"), S("{\"token\":7}")}));
    return db_commit(k->w);
}

static enum status verb_write(struct work *k, int64_t *no)
{
    TRY(work_write(k, 7, no));
    return work_write(k, 7, no);
}

static enum status verb_sign(struct work *k, int64_t *no)
{
    struct act a;
    struct sign_private *key = sign_new();
    if (key == NULL)
        return ERR_LIMIT;
    enum status st = sign_act(k, &a, key);
    sign_close(key);
    *no = a.no;
    return st;
}

/* The planted defect: a sealed row that no act answers for. */
static enum status verb_broken(struct work *k, int64_t *no)
{
    *no = 1;
    TRY(db_begin(k->w));
    TRY(sql_county_add(k->w, &(struct sql_county_add){WORK_COUNTY, 9, 0, S("x"), 1}));
    return db_commit(k->w);
}

static const struct verb {
    const char *name;
    enum status (*run)(struct work *k, int64_t *no);
} VERBS[] = {{"write", verb_write}, {"sign", verb_sign}, {"broken", verb_broken}};

/* In a child: opens, runs, tells, closes. Ends with how it went. */
static void child(const struct verb *v, Str url, int64_t nth, int fd)
{
    static const struct rlimit NO_CORE = {0, 0};
    struct work k;
    int64_t no = 0;
    (void)setrlimit(RLIMIT_CORE, &NO_CORE); /* many of these stop */
    if (freopen("/dev/null", "w", stderr) == NULL)
        _exit(9);
    g_count = 0;
    g_left = nth;
    enum status st = work_open(&k, url, NULL);
    if (st == OK) {
        st = v->run(&k, &no);
        if (st == OK && write(fd, &no, sizeof no) != (ssize_t)sizeof no)
            _exit(9);
        work_close(&k);
    }
    _exit(g_left > 0 ? 5 : st == OK ? 0 : 1); /* 5: there were not so many */
}

struct figures {
    int64_t points, stopped, refused, unharmed;
};

static bool one_point(struct trust *t, const struct verb *v, Str url, int64_t nth,
                      struct figures *f)
{
    int ends[2], how = 0;
    int64_t told = 0;
    struct look seen;
    struct arena *a = arena_open();
    ASSERT(pipe(ends) == 0);
    pid_t pid = fork();
    if (pid == 0)
        child(v, url, nth, ends[1]);
    (void)close(ends[1]);
    if (read(ends[0], &told, sizeof told) != (ssize_t)sizeof told)
        told = 0;
    (void)close(ends[0]);
    (void)waitpid(pid, &how, 0);
    bool crashed = WIFSIGNALED(how) && WTERMSIG(how) != SIGABRT;
    trust_check(t, !crashed, "%s, allocation %lld: signal %d", v->name, (long long)nth,
                WTERMSIG(how));
    look(a, &seen, url, NULL, NULL);
    trust_check(t, seen.verified == OK && seen.wrong == 0, "%s, allocation %lld: %s", v->name,
                (long long)nth, seen.said);
    trust_check(t, seen.acts >= told, "%s, allocation %lld: act %lld is lost", v->name,
                (long long)nth, (long long)told);
    bool is_done = WIFEXITED(how) && WEXITSTATUS(how) == 5;
    f->points += !is_done;
    f->stopped += WIFSIGNALED(how) != 0;
    f->refused += WIFEXITED(how) && WEXITSTATUS(how) == 1;
    f->unharmed += WIFEXITED(how) && WEXITSTATUS(how) == 0;
    arena_close(a);
    return is_done;
}

/* A new store with one act, for each verb. */
static void make(Str url)
{
    struct work k;
    int64_t no;
    ASSERT(work_open(&k, url, NULL) == OK && work_write(&k, 7, &no) == OK);
    work_close(&k);
}

int main(int argc, char **argv)
{
    struct trust t;
    char folder[64], url[128];
    trust_begin(&t, "oom", argc, argv);
    int64_t step = t.full || t.canary ? 1 : 7; /* quick: every seventh */
    for (size_t i = t.canary ? 2 : 0; i < (t.canary ? 3 : 2); i++) {
        struct figures f = {0};
        work_folder(folder);
        (void)snprintf(url, sizeof url, "sqlite:%s/x.db", folder); /* fits */
        make(str_of(url));
        int64_t nth = 1 + (int64_t)(t.seed % (uint64_t)step);
        while (!one_point(&t, &VERBS[i], str_of(url), nth, &f) && !(t.canary && t.failed > 0))
            nth += step;
        printf("oom: %s: %lld points, %lld stopped, %lld refused, %lld done all the same\n",
               VERBS[i].name, (long long)f.points, (long long)f.stopped, (long long)f.refused,
               (long long)f.unharmed);
        work_folder_end(folder);
    }
    return trust_end(&t);
}
