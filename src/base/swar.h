/* swar.h - eight bytes looked at in one step, as one word ("SIMD within a register").
 *
 * The first byte in memory is the lowest of the word on every machine. Readers of large files ask
 * "where is the next comma" with this.
 */
#ifndef GECI_BASE_SWAR_H
#define GECI_BASE_SWAR_H

#include <string.h>

#include "base/base.h"

enum { SWAR_BYTES = 8, SWAR_BITS = 8 };

#define SWAR_ONES  UINT64_C(0x0101010101010101)
#define SWAR_HIGHS UINT64_C(0x8080808080808080)

static inline uint64_t swar_load(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? word : __builtin_bswap64(word);
}

/* The byte in all eight places. */
static inline uint64_t swar_fill(char c)
{
    return SWAR_ONES * (unsigned char)c;
}

/* The high bit of every byte of `word` that is 0; above the first such byte there may be false
 * ones. 0: there is none. */
static inline uint64_t swar_zeros(uint64_t word)
{
    return (word - SWAR_ONES) & ~word & SWAR_HIGHS;
}

/* Where the lowest bit of swar_zeros is, hits != 0: how many bits, how many bytes are before. */
static inline unsigned swar_at(uint64_t hits)
{
    return (unsigned)__builtin_ctzll(hits) - (SWAR_BITS - 1);
}

static inline unsigned swar_first(uint64_t hits)
{
    return swar_at(hits) / SWAR_BITS;
}

#endif
