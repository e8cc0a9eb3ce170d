/* The optimiser against all choices, on 100,000 random problems: PROP_N of them, from PROP_SEED. */
#include <stdlib.h>

#include "entitle/best.h"
#include "t.h"
#include "unit/grade/gen.h"

enum { PROBLEMS = 100000, N_MAX = 11, CAPS = 4 };

struct trial {
    struct best_problem p;
    struct best_cap cap[CAPS];
    int64_t amount[BEST_MAX];
};

/* Groups of which one only counts, pairs that exclude each other, and caps over some of them. */
static void draw(struct trial *t, struct gen *g)
{
    uint32_t n = t->p.n = (uint32_t)gen_int(g, 1, N_MAX);
    for (uint32_t i = 0; i < n; i++)
        t->amount[i] = gen_int(g, 0, 3) == 0 ? 0 : gen_int(g, 1, gen_int(g, 0, 1) ? 4 : 100000);
    int groups = gen_int(g, 0, 4), pairs = gen_int(g, 0, 5);
    for (int k = 0; k < groups + pairs; k++) {
        uint64_t set = 0;
        int size = k < groups ? gen_int(g, 2, 5) : 2;
        for (int i = 0; i < size; i++)
            set |= (uint64_t)1 << gen_int(g, 0, (int)n - 1);
        for (uint32_t i = 0; i < n; i++)
            if (set >> i & 1)
                t->p.excludes[i] |= set & ~((uint64_t)1 << i);
    }
    t->p.cap = t->cap;
    for (uint32_t i = 0; i < n; i++) {
        int to = gen_int(g, 0, CAPS + 1);
        if (to < CAPS)
            t->cap[to].member |= (uint64_t)1 << i;
    }
    t->p.cap_n = CAPS;
    for (int k = 0; k < CAPS; k++)
        t->cap[k].most = gen_int(g, 0, 2) == 0 ? BEST_OPEN : gen_int(g, 0, 120000);
}

static bool allowed(const struct best_problem *p, uint64_t set)
{
    for (uint32_t i = 0; i < p->n; i++)
        if ((set >> i & 1) && (p->excludes[i] & set))
            return false;
    return true;
}

static int64_t by_force(const struct trial *t)
{
    int64_t most = 0;
    for (uint64_t set = 0; set < (uint64_t)1 << t->p.n; set++)
        if (allowed(&t->p, set) && best_worth(&t->p, t->amount, set) > most)
            most = best_worth(&t->p, t->amount, set);
    return most;
}

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *n = getenv(name);
    return n == NULL ? otherwise : strtoull(n, NULL, 10);
}

TEST(no_choice_comes_to_more)
{
    uint64_t seed = setting("PROP_SEED", 1), searched = 0;
    for (uint64_t k = 0; k < setting("PROP_N", PROBLEMS); k++) {
        struct gen g = {seed + k};
        struct trial t = {0};
        struct best b;
        uint64_t chosen;
        int64_t total, want;
        draw(&t, &g);
        best_open(&b, &t.p);
        for (uint32_t i = 0; i < b.cluster_n; i++)
            searched += b.cluster[i].form == BEST_SEARCH;
        CHECK(best_choose(&b, t.amount, &chosen, &total) == OK);
        want = by_force(&t);
        if (total != want || !allowed(&t.p, chosen) ||
            best_worth(&t.p, t.amount, chosen) != total) {
            CHECK_INT(seed + k, 0); /* names the seed */
            CHECK_INT(total, want);
            return;
        }
    }
    CHECK(searched > 0);
}

TEST(earlier_ones_of_equal_choices)
{
    struct best_problem p = {.n = 3, .excludes = {2, 1 | 4, 2}};
    struct best b;
    uint64_t chosen;
    int64_t total;
    best_open(&b, &p);
    CHECK(b.cluster_n == 1 && b.cluster[0].form == BEST_SEARCH);
    CHECK(best_choose(&b, (int64_t[]){5, 10, 5}, &chosen, &total) == OK);
    CHECK_INT(chosen, 5);
    CHECK_INT(total, 10);
    CHECK(best_choose(&b, (int64_t[]){5, 11, 5}, &chosen, &total) == OK);
    CHECK_INT(chosen, 2);
    CHECK(best_choose(&b, (int64_t[]){0, 0, 0}, &chosen, &total) == OK);
    CHECK_INT(chosen, 0);
    CHECK_INT(total, 0);
}

/* Sixty-four in eight groups of eight are one largest of each, at once. */
TEST(the_largest_problem_ends)
{
    struct best_problem p = {.n = BEST_MAX};
    struct best_cap all = {UINT64_MAX, 1 << 30};
    struct best b;
    int64_t amount[BEST_MAX], total;
    uint64_t chosen;
    for (uint32_t i = 0; i < BEST_MAX; i++) {
        p.excludes[i] = (uint64_t)255 << i / 8 * 8 & ~((uint64_t)1 << i);
        amount[i] = 1000 + (i * 37) % 64;
    }
    p.cap = &all;
    p.cap_n = 1;
    best_open(&b, &p);
    CHECK(b.cluster_n == 1);
    CHECK(best_choose(&b, amount, &chosen, &total) == OK);
    CHECK_INT(__builtin_popcountll(chosen), 8);
}
