/* digits_chip.c - the same as digits.c by instructions of AVX2 (2013) that no compiler finds in it.
 *
 * Here the first character is brought to the low end. All bytes before the point are then the bits
 * below its lowest; counting them says where it stands, and pairs of bytes are multiplied and
 * added in one step. Whether the processor has AVX2 is found out when the program starts.
 */
#include "base/digits_int.h"

#if defined(__x86_64__)

#    include <immintrin.h>

#    include "base/swar.h"

#    define ON_CHIP __attribute__((target("avx2")))

enum { SIDE_BY_SIDE = 4, POINT = '.' ^ '0', MINUS = '-' ^ '0' };

struct limits {
    __m256i least, most, times;
};

/* Of lanes of 64 bits, the highest bit of each. */
ON_CHIP static inline uint64_t bits_of(__m256i lanes)
{
    return (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(lanes));
}

/* Eight digits, the first one lowest. */
ON_CHIP static inline __m256i number_of(__m256i digits)
{
    const __m256i tens = _mm256_set1_epi16(1 << SWAR_BITS | 10);
    const __m256i hundreds = _mm256_set1_epi32(1 << 2 * SWAR_BITS | 100);
    __m256i fours = _mm256_madd_epi16(_mm256_maddubs_epi16(digits, tens), hundreds);
    __m256i high = _mm256_mul_epu32(fours, _mm256_set1_epi64x(10000));
    return _mm256_add_epi64(high, _mm256_srli_epi64(fours, 32));
}

/* Four numbers; returns a bit for each that is not odd. Shifts by 64 and more leave nothing. */
ON_CHIP static inline uint64_t read_four(__m256i *figure, __m256i chars, __m256i bits,
                                         const struct limits *is)
{
    const __m256i zero = _mm256_setzero_si256(), ones = _mm256_set1_epi8(1);
    __m256i low = _mm256_sub_epi64(_mm256_set1_epi64x(64), bits);
    __m256i x = _mm256_srlv_epi64(_mm256_xor_si256(chars, _mm256_set1_epi8('0')), low);
    __m256i minus = _mm256_cmpeq_epi8(x, _mm256_set1_epi8(MINUS));
    minus = _mm256_and_si256(minus, _mm256_set1_epi64x(UINT8_MAX));
    x = _mm256_andnot_si256(minus, x); /* made a 0 */
    __m256i point = _mm256_cmpeq_epi8(x, _mm256_set1_epi8(POINT));
    __m256i whole = _mm256_andnot_si256(point, _mm256_add_epi64(point, _mm256_set1_epi64x(-1)));
    x = _mm256_blendv_epi8(_mm256_srli_epi64(x, SWAR_BITS), x, whole);
    __m256i fine = _mm256_cmpeq_epi64(_mm256_subs_epu8(x, _mm256_set1_epi8(9)), zero);
    __m256i gap = _mm256_andnot_si256(_mm256_cmpeq_epi64(point, zero), _mm256_set1_epi64x(8));
    x = number_of(_mm256_sllv_epi64(x, _mm256_add_epi64(low, gap)));

    /* from the point on: 0 without one, 1 for a point without decimals, 2 for one decimal ..; the
     * high half of `times` is then its second, which is 0 */
    __m256i whole_n = _mm256_sad_epu8(_mm256_and_si256(whole, _mm256_srlv_epi64(ones, low)), zero);
    __m256i n = _mm256_add_epi64(_mm256_srli_epi64(bits, 3), _mm256_set1_epi64x(1LL << 32));
    __m256i times = _mm256_permutevar8x32_epi32(is->times, _mm256_sub_epi64(n, whole_n));
    __m256i sign = _mm256_cmpgt_epi64(minus, zero);
    x = _mm256_sub_epi64(_mm256_xor_si256(_mm256_mul_epu32(x, times), sign), sign);
    *figure = x;
    __m256i no_digit = _mm256_cmpeq_epi64(_mm256_sub_epi64(zero, sign), whole_n);
    __m256i odd = _mm256_or_si256(_mm256_cmpeq_epi64(times, zero), no_digit);
    __m256i above = _mm256_cmpgt_epi64(x, is->most), below = _mm256_cmpgt_epi64(is->least, x);
    return bits_of(_mm256_andnot_si256(_mm256_or_si256(odd, _mm256_or_si256(above, below)), fine));
}

ON_CHIP static void read_all(struct digits *d, const struct digits_as *as)
{
    int t[DIGITS_DECIMALS];
    for (size_t i = 0; i < ARRAY_N(t); i++)
        t[i] = (int)as->times[i];
    const struct limits is = {.least = _mm256_set1_epi64x(as->least),
                              .most = _mm256_set1_epi64x(as->most),
                              .times =
                                  _mm256_setr_epi32(t[0], 0, t[1], t[2], t[3], t[4], t[5], t[6])};
    uint64_t fine = 0, blank = 0;
    for (unsigned i = 0; i < DIGITS_N; i += SIDE_BY_SIDE) {
        __m256i chars = _mm256_loadu_si256((const __m256i *)(const void *)&d->chars[i]);
        __m256i bits = _mm256_loadu_si256((const __m256i *)(const void *)&d->bits[i]), figure;
        fine |= read_four(&figure, chars, bits, &is) << i;
        blank |= bits_of(_mm256_cmpeq_epi64(bits, _mm256_setzero_si256())) << i;
        _mm256_storeu_si256((__m256i *)(void *)&d->figure[i], figure);
    }
    d->blank = blank;
    d->odd = ~fine & ~blank;
}

bool digits_read_chip(struct digits *d, const struct digits_as *as)
{
    if (NEVER(!__builtin_cpu_supports("avx2")))
        return false;
    read_all(d, as);
    return true;
}

#else

bool digits_read_chip(struct digits *d, const struct digits_as *as)
{
    (void)d, (void)as;
    return false;
}

#endif
