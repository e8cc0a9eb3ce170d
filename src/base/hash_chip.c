/* hash_chip.c - SHA-256 by the instructions that x86-64 processors have had for it since 2016 (Zen,
 * Ice Lake). They want the eight words of the state as ABEF and CDGH, and do two rounds each.
 *
 * What the processor can do is asked when it matters, not when this is compiled: one program for
 * all. It is asked every time, because nothing here may be remembered: this folder has no globals.
 * Elsewhere (and in WebAssembly) hash.c goes the plain way.
 */
#include "base/hash_int.h"

#if defined(__x86_64__)

#    include <cpuid.h>
#    include <immintrin.h>

#    define ON_CHIP __attribute__((target("sha,sse4.1")))

/* Rounds 4 * i and on, of the words of the message in `m`. */
ON_CHIP static inline void four_rounds(__m128i *abef, __m128i *cdgh, __m128i m, size_t i)
{
    __m128i key = _mm_loadu_si128((const __m128i *)(const void *)&sha256_round_key[4 * i]);
    __m128i sum = _mm_add_epi32(m, key);
    *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, sum);
    *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(sum, 0x0E));
}

/* The four words that follow a, b, c, d; into a, which is needed no more. */
ON_CHIP static inline void extend(__m128i *a, __m128i b, __m128i c, __m128i d)
{
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(*a, b), _mm_alignr_epi8(d, c, 4));
    *a = _mm_sha256msg2_epu32(sum, d);
}

ON_CHIP static void add_block(__m128i *abef, __m128i *cdgh, const uint8_t *p)
{
    const __m128i swap = _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);
    const __m128i abef_before = *abef, cdgh_before = *cdgh;
    __m128i m[4];
    for (size_t i = 0; i < 4; i++) {
        m[i] = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
        m[i] = _mm_shuffle_epi8(m[i], swap);
        four_rounds(abef, cdgh, m[i], i);
    }
    for (size_t i = 4; i < 16; i += 4) {
        extend(&m[0], m[1], m[2], m[3]);
        four_rounds(abef, cdgh, m[0], i);
        extend(&m[1], m[2], m[3], m[0]);
        four_rounds(abef, cdgh, m[1], i + 1);
        extend(&m[2], m[3], m[0], m[1]);
        four_rounds(abef, cdgh, m[2], i + 2);
        extend(&m[3], m[0], m[1], m[2]);
        four_rounds(abef, cdgh, m[3], i + 3);
    }
    *abef = _mm_add_epi32(*abef, abef_before);
    *cdgh = _mm_add_epi32(*cdgh, cdgh_before);
}

ON_CHIP static void add_blocks(uint32_t s[static SHA256_WORDS], const uint8_t *p, size_t n)
{
    __m128i abef = _mm_set_epi32((int)s[0], (int)s[1], (int)s[4], (int)s[5]);
    __m128i cdgh = _mm_set_epi32((int)s[2], (int)s[3], (int)s[6], (int)s[7]);
    for (size_t i = 0; i < n; i++)
        add_block(&abef, &cdgh, p + i * SHA256_BLOCK);
    static const uint8_t at[SHA256_WORDS] = {5, 4, 1, 0, 7, 6, 3, 2};
    uint32_t out[SHA256_WORDS];
    _mm_storeu_si128((__m128i *)(void *)&out[0], abef);
    _mm_storeu_si128((__m128i *)(void *)&out[4], cdgh);
    for (size_t i = 0; i < SHA256_WORDS; i++)
        s[at[i]] = out[i];
}

/* gcc 12 and clang 14 do not know "sha" in __builtin_cpu_supports: bit 29 of EBX of leaf 7. */
static bool has_chip(void)
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b >> 29 & 1) != 0 &&
           __builtin_cpu_supports("sse4.1");
}

bool sha256_blocks_chip(uint32_t state[static SHA256_WORDS], const uint8_t *p, size_t n)
{
    if (NEVER(!has_chip()))
        return false;
    add_blocks(state, p, n);
    return true;
}

#else

bool sha256_blocks_chip(uint32_t state[static SHA256_WORDS], const uint8_t *p, size_t n)
{
    (void)state, (void)p, (void)n;
    return false;
}

#endif
