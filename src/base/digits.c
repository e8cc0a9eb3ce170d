/* digits.c - eight digits as one word, many words side by side.
 *
 * The characters of a number stand at the high end of the word that ends where the cell does. Take
 * '0' off each: what is left is a digit, or more than 9. Closing the gap of the point and three
 * multiplications make the number. There is no branch on how long it is or where its point stands,
 * which vary from row to row: a loop over the digits mispredicts once a cell, and that costs more
 * than all of this. And so compilers put four numbers side by side in a vector.
 */
#include "base/digits.h"

#include "base/digits_int.h"
#include "base/swar.h"

/* Shifts are taken modulo 64, so that what is odd is not undefined. */
LANE_LOOP static void read_plain(struct digits *restrict d, const struct digits_as *restrict as)
{
    enum { WORD_BITS = SWAR_BYTES * SWAR_BITS, HIGH_BYTE = WORD_BITS - SWAR_BITS };
    const uint64_t minus = '-' ^ '0';
    const int64_t least = as->least, most = as->most;
    const uint32_t *const all_times = as->times;
    uint64_t odds = 0, blanks = 0;
    for (uint64_t i = 0; i < DIGITS_N; i++) {
        uint64_t bits = d->bits[i], low = (WORD_BITS - bits) % WORD_BITS;
        uint64_t x = (d->chars[i] ^ swar_fill('0')) >> low << low;
        uint64_t sign = x >> low << HIGH_BYTE == minus << HIGH_BYTE ? UINT64_MAX : 0;
        uint64_t beg = low + (sign & SWAR_BITS);
        x ^= (sign & minus) << low; /* made a 0 */
        uint64_t point = swar_zeros(x ^ swar_fill('.' ^ '0'));
        point &= -point;
        uint64_t upto = point == 0 ? 0 : point ^ (point - 1); /* the bytes up to the point */
        uint64_t behind = point == 0 ? 0 : ~upto & SWAR_ONES; /* one for each decimal */
        x = (x << SWAR_BITS & upto) | (x & ~upto);
        uint64_t odd = ((x + SWAR_ONES * (0x7F - 9)) | x) & SWAR_HIGHS;
        odd |= point & SWAR_HIGHS << HIGH_BYTE; /* a digit behind it */
        odd |= point >> beg % WORD_BITS & 0x80; /* and one before it */
        odd |= beg == WORD_BITS || bits > WORD_BITS;
        uint64_t decimals = ((behind + (behind >> 32)) & UINT32_MAX) * 0x01010101 >> 24 & 0xF;
        x = x * 10 + (x >> SWAR_BITS);          /* pairs, then fours, then all eight */
        uint64_t tens = x & 0x00FF00FF00FF00FF; /* vectors have no such multiplication */
        x = (tens << 6) + (tens << 5) + (tens << 2) + (x >> 16 & 0x00FF00FF00FF00FF);
        x = (x & 0xFFFF) * 10000 + (x >> 32 & 0xFFFF);
        int64_t times = all_times[decimals], figure = (int64_t)x * times;
        figure = (figure ^ (int64_t)sign) - (int64_t)sign;
        odd |= times == 0 || figure < least || figure > most;
        d->figure[i] = bits == 0 ? 0 : figure;
        blanks |= (uint64_t)(bits == 0) << i;
        odds |= (uint64_t)(odd != 0) << i;
    }
    d->blank = blanks;
    d->odd = odds & ~blanks;
}

/* A name of its own: what is cloned would be offered by the library. */
void digits_read_plain(struct digits *d, const struct digits_as *as)
{
    read_plain(d, as);
}

void digits_read(struct digits *d, const struct digits_as *as)
{
    if (!digits_read_chip(d, as))
        digits_read_plain(d, as);
}
