#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "t.h"

static bool is_zero(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] != 0)
            return false;
    return true;
}

TEST(arena_hands_out_zeroed_aligned_memory)
{
    struct arena *a = arena_open();
    for (size_t align = 1; align <= 4096; align *= 2) {
        for (size_t n = 0; n < 70; n += 23) {
            char *p = arena_alloc(a, n, 1, align);
            CHECK((uintptr_t)p % align == 0);
            CHECK(is_zero(p, n));
            memset(p, 'x', n);
        }
    }
    struct {
        char c;
        int64_t n;
    } *odd = ARENA_NEW(a, __typeof__(*odd));
    CHECK(odd->c == 0 && odd->n == 0);
    arena_close(a);
    arena_close(NULL);
}

TEST(arena_reset_gives_back_to_the_mark_and_zeroes_again)
{
    struct arena *a = arena_open();
    ArenaMark empty = arena_mark(a);
    CHECK_INT(arena_used(a), 0);
    char *kept = arena_alloc(a, 100, 1, 1);
    memset(kept, 'k', 100);
    ArenaMark mark = arena_mark(a);
    size_t used = arena_used(a);
    CHECK_INT(used, 100);
    for (int round = 0; round < 3; round++) {
        for (size_t n = 1; n < 300000; n *= 3) {
            char *p = arena_alloc(a, n, 1, 1);
            CHECK(is_zero(p, n));
            memset(p, 'x', n);
        }
        CHECK(arena_used(a) > used);
        arena_reset(a, mark);
        CHECK_INT(arena_used(a), used);
        CHECK(kept[0] == 'k' && kept[99] == 'k');
    }
    arena_reset(a, empty);
    CHECK_INT(arena_used(a), 0);
    arena_close(a);
}

/* A chunk arena is filled and reset for every 2,048 rows: blocks must not be too small for it. */
TEST(arena_takes_blocks_larger_than_its_own)
{
    struct arena *a = arena_open();
    for (int i = 0; i < 4; i++) {
        char *big = ARENA_ARRAY(a, char, 3 << 20);
        CHECK(is_zero(big, 3 << 20));
        big[0] = big[(3 << 20) - 1] = 1;
    }
    CHECK(arena_used(a) >= (size_t)12 << 20);
    arena_close(a);
}

/* A block kept by a reset serves again if it is large enough; if not, it is not in the way. */
/* Blocks of this size begin where a large page does, and are given back from where malloc began. */
TEST(arena_holds_large_arrays_beside_each_other)
{
    const size_t size[] = {(1 << 21) - 1, 1 << 21, 3 << 20, (3 << 20) + 100, 4000000, 1 << 24};
    struct arena *a = arena_open();
    ArenaMark empty = arena_mark(a);
    for (int round = 0; round < 2; round++) {
        char *at[ARRAY_N(size)];
        for (size_t i = 0; i < ARRAY_N(size); i++)
            at[i] = memset(arena_raw(a, size[i], 1), (int)i, size[i]);
        for (size_t i = 0; i < ARRAY_N(size); i++)
            CHECK(at[i][0] == (char)i && memcmp(at[i], at[i] + 1, size[i] - 1) == 0);
        CHECK(arena_used(a) >= 31 * (size_t)1000000);
        arena_reset(a, empty);
    }
    arena_close(a);
}

TEST(arena_keeps_the_largest_block_for_later)
{
    struct arena *a = arena_open();
    ArenaMark empty = arena_mark(a);
    for (size_t n = 100; n < 1000000; n = n * 3 + 1) {
        (void)arena_alloc(a, 10, 1, 1); /* for its block only */
        char *p = arena_alloc(a, n, 1, 1);
        CHECK(is_zero(p, n));
        memset(p, 'x', n);
        arena_reset(a, empty);
        CHECK_INT(arena_used(a), 0);
    }
    arena_close(a);
}

TEST(arena_copies_with_a_nul_behind)
{
    struct arena *a = arena_open();
    Str copy = arena_copy(a, S("张家港"));
    CHECK_STR(copy, "张家港");
    CHECK(copy.p[copy.n] == '\0');
    Str none = arena_copy(a, (Str){NULL, 0});
    CHECK(none.n == 0 && none.p != NULL && none.p[0] == '\0');
    Str text = arena_fmt(a, "%s-%d", "格次", 12);
    CHECK_STR(text, "格次-12");
    CHECK(text.p[text.n] == '\0');
    arena_close(a);
}

TEST(arena_grows_arrays)
{
    struct arena *a = arena_open();
    int *alone = NULL, *first = NULL, *second = NULL;
    size_t alone_n = 0, alone_cap = 0, first_n = 0, first_cap = 0, second_n = 0, second_cap = 0;
    for (int i = 0; i < 5000; i++)
        VEC_PUSH(a, alone, alone_n, alone_cap) = i;
    for (int i = 0; i < 5000; i++) { /* neither can grow where it stands */
        VEC_PUSH(a, first, first_n, first_cap) = i;
        VEC_PUSH(a, second, second_n, second_cap) = -i;
    }
    CHECK_INT(alone_n, 5000);
    for (int i = 0; i < 5000; i++)
        CHECK(alone[i] == i && first[i] == i && second[i] == -i);
    arena_close(a);
}

/* An array grown in place must not hand out what was there before a reset. */
TEST(arena_growth_in_place_is_zeroed)
{
    struct arena *a = arena_open();
    ArenaMark mark = arena_mark(a);
    memset(arena_alloc(a, 2000, 1, 1), 'x', 2000);
    arena_reset(a, mark);
    size_t cap = 8;
    char *p = arena_alloc(a, cap, 1, 1);
    p = arena_grow(a, p, 8, &cap, 1, 1);
    CHECK_INT(cap, 16);
    CHECK(is_zero(p, 16));
    arena_close(a);
}

static void too_many(void *a)
{
    (void)arena_alloc(a, SIZE_MAX / 2, 3, 1);
}

static void odd_alignment(void *a)
{
    (void)arena_alloc(a, 1, 1, 3);
}

static void stale_mark(void *a)
{
    arena_reset(a, (ArenaMark){7, 0});
}

static void mark_ahead(void *a)
{
    (void)arena_alloc(a, 1, 1, 1);
    arena_reset(a, (ArenaMark){1, 4000});
}

TEST(arena_stops_on_our_own_mistakes)
{
    struct arena *a = arena_open();
    CHECK(t_dies(too_many, a));
    CHECK(t_dies(odd_alignment, a));
    CHECK(t_dies(stale_mark, a));
    CHECK(t_dies(mark_ahead, a));
    arena_close(a);
}
