/* columns.c - columns that follow a rule of chance, in whole numbers. */
#include "demo/demo_int.h"

static size_t words_n(Str words)
{
    size_t n = 0;
    while (words.n > 0) {
        (void)str_cut(&words, ';');
        n++;
    }
    return n;
}

static Str word_at(Str words, int64_t at)
{
    for (; at > 0; at--)
        (void)str_cut(&words, ';');
    return str_cut(&words, ';');
}

/* Of n words the last is as likely as all others and one more. */
static int64_t rarer(struct draw d, uint32_t what, size_t n)
{
    int64_t x = draw_range(d, what, 1, ((int64_t)1 << n) - 1), at = -1;
    for (; x > 0; x >>= 1)
        at++;
    return at;
}

static bool is_yearly(const struct spec *s)
{
    return str_find(str_of(s->head), S("@")) < str_of(s->head).n;
}

/* Four in a hundred more each year, give or take three. */
static int64_t drift(const struct spec *s, struct draw d, uint32_t what, int year, int64_t v)
{
    enum { A_YEAR = 4, SPREAD = 3, HUNDRED = 100, NTH = 1000 };
    if (!is_yearly(s))
        return v;
    uint32_t nth = (uint32_t)(year - FIRST_YEAR);
    int64_t share = HUNDRED - A_YEAR * (LAST_YEAR - year) +
                    draw_range(d, what + NTH * (nth + 1), -SPREAD, SPREAD);
    v = v * share / HUNDRED;
    return v < s->lo ? s->lo : v > s->hi ? s->hi : v;
}

static int64_t number(const struct spec *s, struct draw d, uint32_t what, int year,
                      const int64_t *before)
{
    enum { SECOND = 500, HUNDRED = 100 };
    if (s->how == PART)
        return before[-s->back] * draw_range(d, what, s->lo, s->hi) / HUNDRED;
    int64_t v = draw_range(d, what, s->lo, s->hi);
    if (s->how == LOW)
        v = s->lo + (v - s->lo) * draw_ppm(d, what + SECOND) / PPM;
    return drift(s, d, what, year, v);
}

void specs_head(struct buf *b, const struct spec *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_fmt(b, ",%s", s[i].head);
}

void specs_put(struct form *t, const struct spec *s, size_t n, struct draw d, uint32_t what,
               int year)
{
    int64_t v[SPECS_MAX] = {0};
    ASSERT(n <= SPECS_MAX);
    for (size_t i = 0; i < n; i++) {
        uint32_t w = what + (uint32_t)i;
        if (s[i].how == YES) {
            form_yes(t, draw_chance(d, w, s[i].lo));
        } else if (s[i].how == ANY || s[i].how == RARER) {
            Str words = str_of(s[i].words);
            size_t k = words_n(words);
            form_put(t, word_at(words, s[i].how == RARER ? rarer(d, w, k)
                                                         : draw_range(d, w, 0, (int64_t)k - 1)));
        } else {
            v[i] = number(&s[i], d, w, year, &v[i]);
            form_int(t, v[i]);
        }
    }
}
