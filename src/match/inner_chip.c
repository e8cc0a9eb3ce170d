/* inner_chip.c - bytes multiplied and added by what newer x86-64 processors have for it. What the
 * processor has is asked when it matters: one program for all.
 */
#include "match/inner_int.h"

#if defined(__x86_64__)

#    include <immintrin.h>

#    define WITH_AVX2 __attribute__((target("avx2")))
#    define WITH_VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))

enum { WIDE16 = 16, WIDE64 = 64 };

WITH_AVX2 static inline __m256i widened(const int8_t *v)
{
    return _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)v));
}

WITH_AVX2 static void by_avx2(int32_t *out, const int8_t *vectors, uint32_t n, const int8_t *v)
{
    __m256i asked[INNER_DIM / WIDE16];
    for (size_t k = 0; k < INNER_DIM / WIDE16; k++)
        asked[k] = widened(v + k * WIDE16);
    for (uint32_t i = 0; i < n; i++, vectors += INNER_DIM) {
        __m256i sum = _mm256_setzero_si256();
        for (size_t k = 0; k < INNER_DIM / WIDE16; k++)
            sum = _mm256_add_epi32(sum, _mm256_madd_epi16(widened(vectors + k * WIDE16), asked[k]));
        __m128i four = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
        four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4E));
        four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0xB1));
        out[i] = _mm_cvtsi128_si32(four);
    }
}

/* Bytes are multiplied as 0 .. 255 with -128 .. 127: 128 is added to one side and taken out of the
 * sum again. */
WITH_VNNI static void by_vnni(int32_t *out, const int8_t *vectors, uint32_t n, const int8_t *v)
{
    const __m512i sign = _mm512_set1_epi8((char)0x80);
    __m512i asked[INNER_DIM / WIDE64];
    int32_t more = 0;
    for (int k = 0; k < INNER_DIM; k++)
        more += 128 * v[k];
    for (size_t k = 0; k < INNER_DIM / WIDE64; k++)
        asked[k] = _mm512_loadu_si512(v + k * WIDE64);
    for (uint32_t i = 0; i < n; i++, vectors += INNER_DIM) {
        __m512i sum = _mm512_setzero_si512();
        for (size_t k = 0; k < INNER_DIM / WIDE64; k++) {
            __m512i x = _mm512_loadu_si512(vectors + k * WIDE64);
            sum = _mm512_dpbusd_epi32(sum, _mm512_xor_si512(x, sign), asked[k]);
        }
        out[i] = _mm512_reduce_add_epi32(sum) - more;
    }
}

bool inner_chip_has(enum inner_way way)
{
    __builtin_cpu_init();
    if (way == INNER_VNNI)
        return __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vnni") != 0;
    return way == INNER_AVX2 && __builtin_cpu_supports("avx2") != 0;
}

void inner_chip(enum inner_way way, int32_t *out, const int8_t *vectors, uint32_t n,
                const int8_t v[static INNER_DIM])
{
    if (way == INNER_VNNI)
        by_vnni(out, vectors, n, v);
    else
        by_avx2(out, vectors, n, v);
}

#else

bool inner_chip_has(enum inner_way way)
{
    (void)way;
    return false;
}

void inner_chip(enum inner_way way, int32_t *out, const int8_t *vectors, uint32_t n,
                const int8_t v[static INNER_DIM])
{
    (void)way, (void)out, (void)vectors, (void)n, (void)v;
}

#endif
