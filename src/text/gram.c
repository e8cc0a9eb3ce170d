#include "text/gram.h"

uint32_t gram_of(enum gram kind, uint16_t a, uint16_t b, uint16_t c)
{
    uint64_t x = (uint64_t)kind << 48 | (uint64_t)a << 32 | (uint64_t)b << 16 | c;
    x = (x ^ x >> 29) * 0x9E3779B97F4A7C15U;
    x = (x ^ x >> 32) * 0xD6E8FEB86659FD93U;
    return (uint32_t)(x >> 32);
}

enum { HEARD = 2 }; /* readings of a character that sounds and letters are made of */

struct heard {
    uint32_t n, letters_n;
    uint16_t syllable[PINYIN_READINGS];
    uint16_t letter[PINYIN_READINGS]; /* each once */
};

static void hear(struct heard *out, Glyph g)
{
    out->n = pinyin_each(pinyin_of(g), out->syllable);
    out->n = out->n < HEARD ? out->n : HEARD;
    out->letters_n = 0;
    for (uint32_t i = 0; i < out->n; i++) {
        uint16_t letter = (uint8_t)pinyin_text(out->syllable[i]).p[0];
        if (out->letters_n == 0 || out->letter[0] != letter)
            out->letter[out->letters_n++] = letter;
    }
    if (out->n == 0 && glyph_is_latin(g))
        out->letter[out->letters_n++] = g;
}

static uint32_t add_single(uint32_t *out, const struct heard *h, Glyph g, bool head)
{
    uint32_t n = 0;
    out[n++] = gram_of(GRAM_ONE, g, 0, 0);
    for (uint32_t i = 0; i < h->n; i++)
        out[n++] = gram_of(GRAM_SYLLABLE, h->syllable[i], 0, 0);
    if (!head)
        return n;
    out[n++] = gram_of(GRAM_HEAD, g, 0, 0);
    for (uint32_t i = 0; i < h->letters_n; i++)
        if (h->letter[i] != g)
            out[n++] = gram_of(GRAM_HEAD, h->letter[i], 0, 0);
    return n;
}

static uint32_t add_pairs(uint32_t *out, const struct heard *a, const struct heard *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            out[n++] = gram_of(GRAM_SOUND, a->syllable[i], b->syllable[k], 0);
    for (uint32_t i = 0; i < a->letters_n; i++)
        for (uint32_t k = 0; k < b->letters_n; k++)
            out[n++] = gram_of(GRAM_LETTERS2, a->letter[i], b->letter[k], 0);
    return n;
}

static uint32_t add_letters(uint32_t *out, const struct heard h[static 3])
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < h[0].letters_n; i++)
        for (uint32_t k = 0; k < h[1].letters_n; k++)
            for (uint32_t m = 0; m < h[2].letters_n; m++)
                out[n++] = gram_of(GRAM_LETTERS3, h[0].letter[i], h[1].letter[k], h[2].letter[m]);
    return n;
}

uint32_t gram_all(uint32_t *out, const Glyph *g, uint32_t n)
{
    struct heard h[3] = {{0}}; /* of the character, the one before it, the one before that */
    uint32_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        h[0] = h[1];
        h[1] = h[2];
        hear(&h[2], g[i]);
        at += add_single(out + at, &h[2], g[i], i == 0);
        if (i >= 1) {
            out[at++] = gram_of(GRAM_TWO, g[i - 1], g[i], 0);
            at += add_pairs(out + at, &h[1], &h[2]);
        }
        if (i >= 2) {
            out[at++] = gram_of(GRAM_SKIP, g[i - 2], g[i], 0);
            at += add_letters(out + at, h);
        }
    }
    return at;
}
