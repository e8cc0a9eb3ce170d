#include "text/fold.h"

#include "base/arena.h"
#include "simplify_table.h"

static Rune simplify(Rune r)
{
    size_t lo = 0, hi = ARRAY_N(simplify_pairs);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (simplify_pairs[mid][0] < r)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < ARRAY_N(simplify_pairs) && simplify_pairs[lo][0] == r ? simplify_pairs[lo][1] : r;
}

Rune fold_rune(Rune r)
{
    r = rune_fold(r);
    if (r >= 'A' && r <= 'Z')
        return r - 'A' + 'a';
    if (r < 0x80)
        return rune_is_digit(r) || (r >= 'a' && r <= 'z') ? r : 0;
    return rune_is_letter(r) ? simplify(r) : 0;
}

Str fold_text(struct arena *keep, Str s)
{
    char *to = arena_raw(keep, s.n + 1, 4);
    size_t n = 0;
    for (size_t at = 0, len; at < s.n; at += len) {
        Rune r = fold_rune(utf8_at(s, at, &len));
        n += r == 0 ? 0 : utf8_encode(to + n, r);
    }
    return (Str){to, n};
}

static Glyph glyph_of(Rune r)
{
    enum { PLANE = 0x10000, PRIVATE = 0xE000, PRIVATE_N = 0x1900 };
    return (Glyph)(r < PLANE ? r : PRIVATE + r % PRIVATE_N);
}

void fold_glyphs(struct arena *keep, struct folded *out, Str s)
{
    ASSERT(s.n <= UINT32_MAX);
    out->at = arena_raw(keep, s.n + 1, sizeof *out->at);
    out->of = arena_raw(keep, s.n + 1, sizeof *out->of);
    out->n = 0;
    for (size_t at = 0, len; at < s.n; at += len) {
        Rune r = fold_rune(utf8_at(s, at, &len));
        if (r == 0)
            continue;
        out->at[out->n] = glyph_of(r);
        out->of[out->n++] = (Span){(uint32_t)at, (uint32_t)(at + len)};
    }
}

bool glyph_is_latin(Glyph g)
{
    return g >= 'a' && g <= 'z';
}

bool glyph_is_digit(Glyph g)
{
    return g >= '0' && g <= '9';
}
