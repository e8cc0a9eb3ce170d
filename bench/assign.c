/* assign - who gets whom, for all firms at once. Usage: bench_assign [NEEDS SUPPLIES [EACH]]
 *
 * EACH pairs a need, drawn, in three counties: supplies wanted alike, one place each; supplies
 * wanted very unlike, as texts make them, where many needs must go without; those with three places
 * each, which are just about enough. CPU time of one thread; then every limit is looked at, and the
 * sum is held against the bound that prices set (match/assign.h). Exits 1 where that fails. */
#include "match/assign.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"

enum { NEEDS = 51541, SUPPLIES = 62213, EACH = 64, SCORES = 30000 };

static uint64_t draw(uint64_t *state)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return *state >> 33;
}

/* 0 .. n - 1; `unlike`: the power that low numbers are preferred by. */
static uint32_t draw_supply(uint64_t *seed, uint32_t n, int unlike)
{
    uint64_t at = n;
    for (int i = 0; i < unlike; i++)
        at = at * (draw(seed) & 0xffff) >> 16;
    return (uint32_t)at;
}

static void make(struct arena *a, struct assign_task *t, uint32_t each, int unlike, uint16_t room)
{
    uint64_t seed = 7;
    uint16_t *wants = ARENA_ARRAY(a, uint16_t, t->need_n);
    uint16_t *capacity = ARENA_ARRAY(a, uint16_t, t->supply_n);
    uint32_t *last = ARENA_ARRAY(a, uint32_t, t->supply_n);
    t->pair = arena_raw(a, (size_t)t->need_n * each, sizeof *t->pair);
    for (uint32_t i = 0; i < t->supply_n; i++)
        capacity[i] = room;
    for (uint32_t i = 0; i < t->need_n; i++) {
        wants[i] = 1;
        for (uint32_t k = 0; k < each; k++) {
            uint32_t supply = draw_supply(&seed, t->supply_n, unlike);
            int32_t score = (int32_t)(draw(&seed) % SCORES);
            if (last[supply] != i + 1)
                t->pair[t->pair_n++] = (struct assign_pair){i, supply, score, ASSIGN_FREE};
            last[supply] = i + 1;
        }
    }
    t->wants = wants;
    t->capacity = capacity;
}

static uint32_t count_broken(struct arena *a, const struct assign_task *t,
                             const struct assignment *x)
{
    uint32_t *need = ARENA_ARRAY(a, uint32_t, t->need_n), n = 0;
    uint32_t *supply = ARENA_ARRAY(a, uint32_t, t->supply_n);
    for (uint32_t p = 0; p < t->pair_n; p++)
        if (x->taken[p]) {
            n += ++need[t->pair[p].need] > t->wants[t->pair[p].need];
            n += ++supply[t->pair[p].supply] > t->capacity[t->pair[p].supply];
        }
    return n;
}

static double cpu_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool run(const char *name, struct assign_task t, uint32_t each, int unlike, uint16_t room)
{
    struct arena *a = arena_open();
    struct assignment x;
    make(a, &t, each, unlike, room);
    double before = cpu_ms();
    bool ok = assign_run(a, &t, &x) == OK;
    double took = cpu_ms() - before;
    uint32_t broken = count_broken(a, &t, &x);
    bool best = assign_is_best(&t, &x);
    printf("%-7s %u pairs  %.0f ms  %u of %u served  limits broken %u  %s\n", name, t.pair_n, took,
           x.n, t.need_n, broken, best ? "proven best" : "NOT PROVEN");
    arena_close(a);
    return ok && best && broken == 0;
}

int main(int argc, char **argv)
{
    struct assign_task t = {.need_n = NEEDS, .supply_n = SUPPLIES};
    uint32_t each = EACH;
    if (argc > 2) {
        t.need_n = (uint32_t)strtoul(argv[1], NULL, 10);
        t.supply_n = (uint32_t)strtoul(argv[2], NULL, 10);
    }
    each = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : each;
    bool ok = run("alike", t, each, 1, 1);
    ok = run("unlike", t, each, 4, 1) && ok;
    ok = run("three", t, each, 4, 3) && ok;
    return ok ? 0 : 1;
}
