/* gram.h - pieces of texts that an index is made of, each a number of 32 bits.
 *
 *     沙源医疗    one   沙 源 医 疗          two   沙源 源医 医疗        skip  沙_医 源_疗
 *                 sound sha-yuan yuan-yi …   first letters sy yy yl, syy yyl
 *
 * Numbers are mixed from the pieces, the same on every machine. Two different pieces may get one
 * number (about one in 4,000 does where a million are in use): what is found by grams is looked at
 * again.
 */
#ifndef GECI_TEXT_GRAM_H
#define GECI_TEXT_GRAM_H

#include "text/pinyin.h"

enum gram {
    GRAM_ONE,      /* a character */
    GRAM_TWO,      /* two side by side */
    GRAM_SKIP,     /* two with one between them, which is left out */
    GRAM_HEAD,     /* the first of a text; and its first letter */
    GRAM_SYLLABLE, /* how a character is read */
    GRAM_SOUND,    /* two syllables side by side */
    GRAM_LETTERS2, /* first letters of two, of three syllables */
    GRAM_LETTERS3,
    GRAM_N,
};

uint32_t gram_of(enum gram kind, uint16_t a, uint16_t b, uint16_t c);

/* All grams of a text, in no order, some maybe twice. `out` has room for GRAMS_EACH * n: readings
 * beyond the second are left out of sounds and letters. */
enum { GRAMS_EACH = 6 + 4 + 4 + 8 }; /* of one character, sounds, letters of two, of three */
uint32_t gram_all(uint32_t *out, const Glyph *g, uint32_t n);

#endif
