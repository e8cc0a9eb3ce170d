/* pinyin.h - how characters are read, and what somebody means who types letters.
 *
 *     xilaixq  ->  xi lai x q       two syllables and two initials
 *
 * Readings are without tones, `v` for u with dots. The table is made at build time from the Unihan
 * database (tools/gen_readings.c).
 */
#ifndef GECI_TEXT_PINYIN_H
#define GECI_TEXT_PINYIN_H

#include "text/fold.h"

enum { PINYIN_READINGS = 3, PINYIN_SYLLABLE_MAX = 6 };

/* Up to three numbers of syllables, the usual one first. */
typedef uint32_t Readings;
enum { PINYIN_ONE = (1 << 10) - 1 }; /* no more than this: one reading */

Readings pinyin_of(Glyph g); /* 0: none is known */
/* Writes them apart; how many there are. */
uint32_t pinyin_each(Readings r, uint16_t out[static PINYIN_READINGS]);
/* May the two be taken for each other by ear? */
bool pinyin_same(Readings a, Readings b);

uint32_t pinyin_syllables(void);    /* numbers 0 .. this - 1, in the order of their letters */
Str pinyin_text(uint16_t syllable); /* "zhang" */

/* A step through typed letters: [beg, end) is a syllable, or the first letter of one. */
struct pinyin_step {
    uint8_t beg, end;
    uint16_t syllable; /* UINT16_MAX: a letter */
};

enum { PINYIN_TYPED_MAX = 64, PINYIN_STEPS_MAX = 256 };

/* What the steps of sensible readings are: those on a way through all of `letters` that takes at
 * most a step more than the shortest. Letters a .. z; those past PINYIN_TYPED_MAX are not looked
 * at. In order of beg; the number of them. */
uint32_t pinyin_read(struct pinyin_step out[static PINYIN_STEPS_MAX], Str letters);

#endif
