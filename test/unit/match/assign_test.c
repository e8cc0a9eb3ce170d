/* assign_test.c - limits are kept, and nothing better keeps them. */
#include "base/arena.h"
#include "match/assign.h"
#include "test/t.h"

enum { MANY = 64 };

struct county {
    struct assign_task t;
    uint16_t wants[5000], capacity[6000];
    uint32_t group[5000], floor[4];
};

static uint64_t draw(uint64_t *state)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return *state >> 33;
}

static void make(struct arena *a, struct county *c, uint32_t needs, uint32_t supplies,
                 uint32_t each, uint64_t *seed)
{
    size_t n = 0, cap = 0;
    c->t = (struct assign_task){.need_n = needs, .supply_n = supplies, .group_n = 1};
    for (uint32_t i = 0; i < needs; i++) {
        uint32_t at = (uint32_t)draw(seed) % supplies;
        c->wants[i] = (uint16_t)(1 + draw(seed) % 2);
        for (uint32_t k = 0; k < each && k < supplies; k++)
            VEC_PUSH(a, c->t.pair, n, cap) = (struct assign_pair){
                i, (at + k * k) % supplies, (int32_t)(draw(seed) % 1000), ASSIGN_FREE};
    }
    /* (need, supply) once: squares meet again in a small ring */
    uint32_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool again = false;
        for (uint32_t k = kept; k > 0 && c->t.pair[k - 1].need == c->t.pair[i].need; k--)
            again |= c->t.pair[k - 1].supply == c->t.pair[i].supply;
        if (!again)
            c->t.pair[kept++] = c->t.pair[i];
    }
    c->t.pair_n = kept;
    for (uint32_t i = 0; i < supplies; i++)
        c->capacity[i] = (uint16_t)(draw(seed) % 3);
    c->t.wants = c->wants;
    c->t.capacity = c->capacity;
}

static void check_limits(const struct assign_task *t, const struct assignment *x)
{
    struct arena *a = arena_open();
    uint32_t *need = ARENA_ARRAY(a, uint32_t, t->need_n), n = 0;
    uint32_t *supply = ARENA_ARRAY(a, uint32_t, t->supply_n), over = 0;
    int64_t score = 0;
    for (uint32_t p = 0; p < t->pair_n; p++)
        if (x->taken[p]) {
            n++;
            score += t->pair[p].score;
            over += ++need[t->pair[p].need] > t->wants[t->pair[p].need];
            over += ++supply[t->pair[p].supply] > t->capacity[t->pair[p].supply];
        }
    CHECK_INT(over, 0);
    CHECK_INT(n, x->n);
    CHECK_INT(score, x->score);
    arena_close(a);
}

/* Three towns, of which two were promised more or less than they can have. */
static void promise(struct county *c, uint64_t *seed)
{
    c->t.group_n = 3;
    c->t.group = c->group;
    c->t.floor = c->floor;
    for (uint32_t i = 0; i < c->t.need_n; i++)
        c->group[i] = (uint32_t)draw(seed) % 3;
    for (uint32_t g = 0; g < 2; g++)
        c->floor[g] = (uint32_t)draw(seed) % (c->t.need_n + 1);
    for (uint32_t p = 0; p < c->t.pair_n; p++)
        if (draw(seed) % 8 == 0)
            c->t.pair[p].lock = ASSIGN_OUT;
}

TEST(assign_is_the_optimum_of_the_linear_programme)
{
    uint64_t seed = 7;
    for (uint32_t i = 0; i < 60; i++) {
        struct arena *a = arena_open();
        struct county *c = ARENA_NEW(a, struct county);
        struct assignment x;
        uint32_t needs = i >= 58 ? 5000 : 1 + (uint32_t)draw(&seed) % 90;
        make(a, c, needs, i >= 58 ? 6000 : 1 + (uint32_t)draw(&seed) % 80, 1 + i % MANY, &seed);
        if (i % 2 == 1)
            promise(c, &seed);
        CHECK_INT(assign_run(a, &c->t, &x), OK);
        check_limits(&c->t, &x);
        CHECK(assign_is_best(&c->t, &x));
        for (uint32_t p = 0; p < c->t.pair_n; p++)
            if (x.taken[p]) {
                x.taken[p] = false;
                CHECK(!assign_is_best(&c->t, &x));
                break;
            }
        arena_close(a);
    }
}

/* --- every way tried --- */

static const struct assign_task *tried;
struct way {
    uint32_t n, kept; /* pairs; promises kept */
    int64_t score;
    uint32_t got[4];
    uint16_t need[8], supply[8];
};
static struct way best_way;

static bool is_better(const struct way *a, const struct way *b)
{
    return a->kept != b->kept ? a->kept > b->kept
           : a->n != b->n     ? a->n > b->n
                              : a->score > b->score;
}

static void try_from(uint32_t p, struct way w)
{
    if (p == tried->pair_n) {
        w.kept = 0;
        for (uint32_t g = 0; g < tried->group_n; g++)
            w.kept += w.got[g] < tried->floor[g] ? w.got[g] : tried->floor[g];
        if (is_better(&w, &best_way))
            best_way = w;
        return;
    }
    const struct assign_pair *x = &tried->pair[p];
    if (x->lock != ASSIGN_IN)
        try_from(p + 1, w);
    if (x->lock == ASSIGN_OUT || w.need[x->need] == tried->wants[x->need] ||
        w.supply[x->supply] == tried->capacity[x->supply])
        return;
    w.need[x->need]++;
    w.supply[x->supply]++;
    w.n++;
    w.score += x->score;
    w.got[tried->group[x->need]]++;
    try_from(p + 1, w);
}

TEST(assign_with_promises_and_locks_is_the_best_of_all_ways)
{
    uint64_t seed = 3;
    for (uint32_t i = 0; i < 200; i++) {
        struct arena *a = arena_open();
        struct county *c = ARENA_NEW(a, struct county);
        struct assignment x;
        make(a, c, 5, 4, 3, &seed);
        c->t.group_n = 2;
        c->t.group = c->group;
        c->t.floor = c->floor;
        for (uint32_t k = 0; k < 5; k++)
            c->group[k] = (uint32_t)draw(&seed) % 2;
        c->floor[0] = (uint32_t)draw(&seed) % 4;
        c->floor[1] = (uint32_t)draw(&seed) % 4;
        c->capacity[0] = 1;
        c->t.pair[draw(&seed) % c->t.pair_n].lock = ASSIGN_OUT;
        for (uint32_t p = 0; p < c->t.pair_n && i % 2 == 1; p++)
            if (c->t.pair[p].supply == 0 && c->t.pair[p].lock == ASSIGN_FREE) {
                c->t.pair[p].lock = ASSIGN_IN;
                break;
            }
        CHECK_INT(assign_run(a, &c->t, &x), OK);
        check_limits(&c->t, &x);
        CHECK(assign_is_best(&c->t, &x));
        tried = &c->t;
        best_way = (struct way){0};
        try_from(0, (struct way){0});
        CHECK_INT(x.n, best_way.n);
        CHECK_INT(x.score, best_way.score);
        uint32_t kept = 0;
        for (uint32_t g = 0; g < 2; g++)
            kept += x.got[g] < c->floor[g] ? x.got[g] : c->floor[g];
        CHECK_INT(kept, best_way.kept);
        arena_close(a);
    }
}

TEST(assign_refuses_locks_past_a_limit)
{
    struct arena *a = arena_open();
    struct assign_pair pair[] = {{0, 0, 5, ASSIGN_IN}, {1, 0, 9, ASSIGN_IN}};
    const uint16_t wants[] = {1, 1}, capacity[] = {1};
    struct assign_task t = {pair, 2, 2, 1, 1, wants, capacity, NULL, NULL};
    struct assignment x;
    CHECK_INT(assign_run(a, &t, &x), ERR_INPUT);
    CHECK_INT(x.bad_at, 1);
    arena_close(a);
}
