/* swar.h - eight bytes looked at in one step, as one word ("SIMD within a register").
 *
 * The first byte in memory is the lowest of the word on every machine. Readers of large files ask
 * "where is the next comma" with this.
 */
#ifndef GECI_BASE_SWAR_H
#define GECI_BASE_SWAR_H

#include <string.h>

#include "base/base.h"

#ifdef __SSE2__
#    include <emmintrin.h>
#endif

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

enum { SWAR_BLOCK = 64 };

/* Bit i: byte i of the SWAR_BLOCK bytes at p is c. */
static inline uint64_t swar_bits(const char *p, char c)
{
    uint64_t bits = 0;
#ifdef __SSE2__
    const __m128i want = _mm_set1_epi8(c);
    for (unsigned at = 0; at < SWAR_BLOCK; at += sizeof want) {
        __m128i part = _mm_loadu_si128((const __m128i *)(const void *)(p + at));
        bits |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(part, want)) << at;
    }
#else
    for (unsigned at = 0; at < SWAR_BLOCK; at += SWAR_BYTES) {
        uint64_t x = swar_load(p + at) ^ swar_fill(c);
        uint64_t zero = ~(((x & ~SWAR_HIGHS) + ~SWAR_HIGHS) | x) & SWAR_HIGHS; /* no false ones */
        bits |= (zero >> (SWAR_BITS - 1)) * UINT64_C(0x0102040810204080) >> 56 << at;
    }
#endif
    return bits;
}

#endif
