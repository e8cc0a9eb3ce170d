/* fold_test.c - foldings, and the way back to the bytes. */
#include "base/arena.h"
#include "base/str.h"
#include "test/t.h"
#include "text/fold.h"

TEST(fold_maps_back_to_what_was_written)
{
    struct arena *a = arena_open();
    struct folded f;
    fold_glyphs(a, &f, S("ＡＢ 沙源（集團）"));
    CHECK_INT(f.n, 6);
    CHECK(f.at[0] == 'a' && f.at[1] == 'b' && f.at[5] == 0x56E2);
    CHECK(f.of[0].beg == 0 && f.of[0].end == 3);
    CHECK(f.of[2].beg == 7 && f.of[2].end == 10);
    CHECK(f.of[5].beg == 19 && f.of[5].end == 22);
    fold_glyphs(a, &f, S(" （）\xff"));
    CHECK_INT(f.n, 0);
    arena_close(a);
}

static uint64_t next(uint64_t *state)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return *state >> 33;
}

/* Any text: each character was read from where the map says, those between were left out, and what
 * the map picks out folds to the same. */
TEST(fold_map_goes_round)
{
    static const Rune some[] = {'a',    'Z',    '7',    ' ',    '(',  0xFF08, 0xFF21, 0x3000,
                                0x6C99, 0x9AD4, 0x5718, 0x4E2D, 0xE9, 0x3B1,  0x20BB7};
    struct arena *a = arena_open();
    uint64_t state = 7;
    for (int round = 0; round < 2000; round++) {
        char text[256], picked[256];
        size_t n = 0, picked_n = 0, at = 0;
        struct folded f, again;
        for (uint64_t k = next(&state) % 40; k-- > 0;) {
            if (next(&state) % 20 == 0)
                text[n++] = (char)0xE6; /* cut off */
            else
                n += utf8_encode(text + n, some[next(&state) % ARRAY_N(some)]);
        }
        fold_glyphs(a, &f, (Str){text, n});
        for (uint32_t i = 0; i < f.n; i++) {
            size_t len;
            for (; at < f.of[i].beg; at += len)
                CHECK(fold_rune(utf8_at((Str){text, n}, at, &len)) == 0);
            CHECK(at == f.of[i].beg && fold_rune(utf8_at((Str){text, n}, at, &len)) != 0);
            for (at += len; picked_n < 256 - 4 && len > 0; len--)
                picked[picked_n++] = text[at - len];
            CHECK(at == f.of[i].end);
        }
        fold_glyphs(a, &again, (Str){picked, picked_n});
        CHECK_INT(again.n, f.n);
        for (uint32_t i = 0; i < f.n && i < again.n; i++)
            CHECK(again.at[i] == f.at[i]);
    }
    arena_close(a);
}
