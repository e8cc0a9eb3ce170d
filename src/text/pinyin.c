/* pinyin.c - ways through typed letters are found by two passes: the cost of the shortest way to
 * each letter from the front, and from each to the end. A step is sensible when both, and itself,
 * cost little more than the shortest way of all. Linear in the letters.
 */
#include "text/pinyin.h"

#include "base/str.h"
#include "readings_table.h"

enum {
    BITS = 10,
    SYLLABLE_COST = 2,
    LETTER_COST = 3, /* so that xian is one syllable, not four initials */
    SLACK = 2,
    FAR = 1 << 20,
};

Readings pinyin_of(Glyph g)
{
    uint32_t at = (uint32_t)g - READINGS_FIRST;
    return g < READINGS_FIRST || at >= ARRAY_N(readings_of) ? 0 : readings_of[at];
}

uint32_t pinyin_each(Readings r, uint16_t out[static PINYIN_READINGS])
{
    uint32_t n = 0;
    for (; r != 0; r >>= BITS)
        out[n++] = (uint16_t)((r & ((1U << BITS) - 1)) - 1);
    return n;
}

bool pinyin_same(Readings a, Readings b)
{
    for (Readings x = a; x != 0; x >>= BITS)
        for (Readings y = b; y != 0; y >>= BITS)
            if (((x ^ y) & ((1U << BITS) - 1)) == 0)
                return true;
    return false;
}

uint32_t pinyin_syllables(void)
{
    return (uint32_t)ARRAY_N(readings_syllable);
}

Str pinyin_text(uint16_t syllable)
{
    ASSERT(syllable < ARRAY_N(readings_syllable));
    const char *s = readings_syllable[syllable];
    return (Str){s, (uint8_t)s[sizeof readings_syllable[0] - 1]};
}

static uint16_t find(Str s)
{
    size_t lo = 0, hi = ARRAY_N(readings_syllable);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = str_cmp(pinyin_text((uint16_t)mid), s);
        if (order == 0)
            return (uint16_t)mid;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return UINT16_MAX;
}

struct ways {
    Str letters;
    uint16_t syllable[PINYIN_TYPED_MAX][PINYIN_SYLLABLE_MAX + 1]; /* by beginning and length */
    int from_front[PINYIN_TYPED_MAX + 1], to_end[PINYIN_TYPED_MAX + 1];
};

static int cost_of(const struct ways *w, size_t beg, size_t len)
{
    int letter = len == 1 ? LETTER_COST : FAR;
    return w->syllable[beg][len] == UINT16_MAX ? letter : SYLLABLE_COST;
}

static size_t longest(const struct ways *w, size_t beg)
{
    size_t left = w->letters.n - beg;
    return left < PINYIN_SYLLABLE_MAX ? left : PINYIN_SYLLABLE_MAX;
}

static void measure(struct ways *w)
{
    size_t n = w->letters.n;
    for (size_t beg = 0; beg < n; beg++)
        for (size_t len = 1; len <= longest(w, beg); len++)
            w->syllable[beg][len] = find(str_sub(w->letters, beg, beg + len));
    for (size_t i = 0; i <= n; i++)
        w->from_front[i] = w->to_end[i] = FAR;
    w->from_front[0] = w->to_end[n] = 0;
    for (size_t beg = 0; beg < n; beg++)
        for (size_t len = 1; len <= longest(w, beg); len++) {
            int cost = w->from_front[beg] + cost_of(w, beg, len);
            if (cost < w->from_front[beg + len])
                w->from_front[beg + len] = cost;
        }
    for (size_t beg = n; beg-- > 0;)
        for (size_t len = 1; len <= longest(w, beg); len++) {
            int cost = w->to_end[beg + len] + cost_of(w, beg, len);
            if (cost < w->to_end[beg])
                w->to_end[beg] = cost;
        }
}

uint32_t pinyin_read(struct pinyin_step out[static PINYIN_STEPS_MAX], Str letters)
{
    struct ways w;
    uint32_t n = 0;
    w.letters = str_sub(letters, 0, letters.n < PINYIN_TYPED_MAX ? letters.n : PINYIN_TYPED_MAX);
    measure(&w);
    for (size_t beg = 0; beg < w.letters.n; beg++)
        for (size_t len = 1; len <= longest(&w, beg) && n < PINYIN_STEPS_MAX; len++) {
            int cost = w.from_front[beg] + cost_of(&w, beg, len) + w.to_end[beg + len];
            if (cost <= w.from_front[w.letters.n] + SLACK)
                out[n++] =
                    (struct pinyin_step){(uint8_t)beg, (uint8_t)(beg + len), w.syllable[beg][len]};
        }
    return n;
}
