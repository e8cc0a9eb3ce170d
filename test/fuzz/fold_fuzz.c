/* fold_fuzz.c - whatever is written folds, and the map leads back to where it was read from:
 * places ascend, each folds to what it is said to, what is between them falls away; folding what
 * was folded changes nothing. Letters read as pinyin give steps within them. */
#include "base/arena.h"
#include "base/str.h"
#include "text/differ.h"
#include "text/fold.h"
#include "text/pinyin.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_map(Str s, const struct folded *f)
{
    size_t at = 0, len;
    for (uint32_t i = 0; i < f->n; i++) {
        for (; at < f->of[i].beg; at += len)
            ASSERT(fold_rune(utf8_at(s, at, &len)) == 0);
        ASSERT(at == f->of[i].beg && fold_rune(utf8_at(s, at, &len)) != 0);
        at += len;
        ASSERT(at == f->of[i].end);
    }
}

static void check_steps(Str s)
{
    char letter[PINYIN_TYPED_MAX + 8];
    struct pinyin_step step[PINYIN_STEPS_MAX];
    size_t n = 0;
    for (size_t i = 0; i < s.n && n < sizeof letter; i++)
        if (s.p[i] >= 'a' && s.p[i] <= 'z')
            letter[n++] = s.p[i];
    uint32_t steps = pinyin_read(step, (Str){letter, n});
    ASSERT(steps > 0 || n == 0);
    for (uint32_t i = 0; i < steps; i++) {
        ASSERT(step[i].beg < step[i].end && step[i].end <= n);
        ASSERT(i == 0 || step[i - 1].beg <= step[i].beg);
        ASSERT(step[i].syllable == UINT16_MAX
                   ? step[i].end == step[i].beg + 1
                   : str_eq(pinyin_text(step[i].syllable),
                            str_sub((Str){letter, n}, step[i].beg, step[i].end)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct folded f;
    Str s = {(const char *)data, size};
    fold_glyphs(a, &f, s);
    check_map(s, &f);
    Str once = fold_text(a, s);
    ASSERT(str_eq(once, fold_text(a, once)));
    check_steps(s);
    ASSERT(differ_names(a, s, s) == 0);
    arena_close(a);
    return 0;
}
