/* book.c - two at once at one thing for the same days: one gets it, the other is told who has it;
 * on days that do not meet both get it. Each by a connection of its own, on both databases.
 *
 * The defect planted by --canary: each looks in one transaction whether the thing is free and books
 * in another, when both have looked. */
#include <pthread.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/str.h"
#include "test/help/case_help.h"
#include "test/trust/trust.h"

enum { RACERS = 2, TODAY = 20600, FIRM = 1, SPAN = 6 };

struct racer {
    struct book *book;
    struct case_world x; /* the county by its own connection */
    struct diags ds;
    int64_t number;
    int from, to; /* days on */
    bool won;
};

struct book {
    struct trust *t;
    struct work k;
    struct case_world x;
    struct racer racer[RACERS];
    pthread_barrier_t gate;
    int64_t both, one, odd; /* rounds in which so many got it */
    bool over;
};

static enum status confirm(struct racer *r)
{
    struct arena *a = r->x.a;
    Str from = day_str(a, TODAY + r->from), to = day_str(a, TODAY + r->to);
    return case_do(
        &r->x, "officer", r->number, "确认",
        arena_fmt(a, "确认日期=%.*s|结束日期=%.*s|报价=900", STR_ARG(from), STR_ARG(to)).p);
}

/* With the defect: the rival's case as it was when both looked; the days are moved apart, so that
 * what the act itself looks at does not help. */
static enum status naive(struct racer *r)
{
    struct racer *rival = &r->book->racer[r == &r->book->racer[0]];
    bool free = str_eq(case_state(&r->x, rival->number), S("待确认"));
    (void)pthread_barrier_wait(&r->book->gate);
    r->from += r == &r->book->racer[0] ? SPAN + SPAN : 0;
    r->to += r == &r->book->racer[0] ? SPAN + SPAN : 0;
    return free ? confirm(r) : ERR_INPUT;
}

static void *run(void *arg)
{
    struct racer *r = arg;
    for (;;) {
        (void)pthread_barrier_wait(&r->book->gate); /* the round is set */
        if (r->book->over)
            return NULL;
        ArenaMark mark = arena_mark(r->x.a);
        enum status st = r->book->t->canary ? naive(r) : confirm(r);
        r->won = st == OK;
        if (st != OK && (st != ERR_INPUT || (r->ds.n > 0 && r->ds.at[0].code != DIAG_FLOW_USE)))
            __atomic_fetch_add(&r->book->odd, 1, __ATOMIC_RELAXED);
        r->ds.n = r->ds.error_n = 0;
        arena_reset(r->x.a, mark);
        (void)pthread_barrier_wait(&r->book->gate); /* both have run */
    }
}

/* A platform of its own for each round, so that it costs the same. */
static bool set_round(struct book *b, int64_t round)
{
    bool ok = true;
    for (int i = 0; i < RACERS; i++) {
        struct racer *r = &b->racer[i];
        Str day = day_str(b->x.a, TODAY + 1);
        r->from = (int)trust_below(b->t, SPAN);
        r->to = r->from + (int)trust_below(b->t, SPAN - (uint64_t)r->from);
        ok = ok &&
             case_open(&b->x, "aa", "平台服务预约", FIRM,
                       arena_fmt(b->x.a, "平台编号=P%lld|服务内容=电镜|希望日期=%.*s",
                                 (long long)round, STR_ARG(day))
                           .p,
                       &r->number) == OK &&
             case_do(&b->x, "aa", r->number, "提交", "") == OK;
    }
    return trust_check(b->t, ok, "round %lld is set", (long long)round);
}

static bool run_round(struct book *b, int64_t round)
{
    struct racer *r = b->racer;
    ArenaMark mark = arena_mark(b->x.a);
    bool set = set_round(b, round);
    arena_reset(b->x.a, mark);
    if (!set)
        return false;
    bool meet = r[0].from <= r[1].to && r[1].from <= r[0].to;
    (void)pthread_barrier_wait(&b->gate);
    if (b->t->canary)
        (void)pthread_barrier_wait(&b->gate); /* both have looked */
    (void)pthread_barrier_wait(&b->gate);
    int won = r[0].won + r[1].won;
    b->both += won == 2;
    b->one += won == 1;
    return trust_check(b->t, won == (meet ? 1 : 2), "round %lld: %d won, days %s", (long long)round,
                       won, meet ? "meet" : "do not meet");
}

static bool begin(struct book *b)
{
    b->x =
        (struct case_world){.a = b->k.a, .ds = &b->k.ds, .w = b->k.w, .today = TODAY, .second = 0};
    bool ok = case_world_fill(&b->x, "") == OK;
    case_keep(&b->x, "packs/zhangjiagang/事项/平台服务预约.md");
    for (int i = 0; i < RACERS; i++) {
        struct racer *r = &b->racer[i];
        r->book = b;
        r->x = b->x;
        r->x.a = arena_open();
        r->x.ds = &r->ds;
        diags_init(&r->ds, r->x.a);
        ok = ok && db_connect(b->k.db, DB_WRITE, &r->x.w, &r->ds) == OK;
    }
    return trust_check(b->t, ok, "a county and two connections");
}

static void rounds(struct book *b, int64_t n)
{
    pthread_t thread[RACERS];
    (void)pthread_barrier_init(&b->gate, NULL, RACERS + 1); /* cannot fail with these */
    for (int i = 0; i < RACERS; i++)
        ASSERT(pthread_create(&thread[i], NULL, run, &b->racer[i]) == 0);
    for (int64_t round = 0; round < n; round++)
        if (!run_round(b, round) && !b->t->canary)
            break;
    b->over = true;
    (void)pthread_barrier_wait(&b->gate);
    for (int i = 0; i < RACERS; i++)
        (void)pthread_join(thread[i], NULL);
    (void)pthread_barrier_destroy(&b->gate);
    (void)trust_check(b->t, b->odd == 0, "%lld ended otherwise", (long long)b->odd);
    (void)trust_check(b->t, b->both > 0 && b->one > 0, "both kinds of rounds");
}

static void on(struct trust *t, const char *name, Str url)
{
    static struct book b;
    int64_t n = trust_n(t, t->canary ? 20 : 40, 2500);
    b = (struct book){.t = t};
    if (!trust_check(t, work_open(&b.k, url, NULL) == OK, "%s: the store opens", name))
        return;
    if (begin(&b))
        rounds(&b, n);
    printf("%s: %lld rounds: one got it in %lld, both on other days in %lld, %.1f s\n", name,
           (long long)n, (long long)b.one, (long long)b.both, trust_seconds(t));
    for (int i = 0; i < RACERS; i++) {
        db_disconnect(b.racer[i].x.w);
        arena_close(b.racer[i].x.a);
    }
    case_world_end(&b.x);
    work_close(&b.k);
}

int main(int argc, char **argv)
{
    struct trust t;
    trust_begin(&t, "book", argc, argv);
    return trust_each(&t, on);
}
