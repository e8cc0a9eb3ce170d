/* lane.c - the lanes of all types, and the table of them. */
#include "eval/lane.h"

#include <string.h>

#include "rule/type.h"

enum { STEPS_BLOCK = 512 };

#define TYPE    int8_t
#define UTYPE   uint8_t
#define NAME(x) x##_of_i8
#include "eval/lane_type.h"
#undef TYPE
#undef UTYPE
#undef NAME

#define TYPE    int32_t
#define UTYPE   uint32_t
#define NAME(x) x##_of_i32
#include "eval/lane_type.h"
#undef TYPE
#undef UTYPE
#undef NAME

#define TYPE    int64_t
#define UTYPE   uint64_t
#define NAME(x) x##_of_i64
#include "eval/lane_type.h"
#undef TYPE
#undef UTYPE
#undef NAME

#define TRUTH_LANE(name, expr)                                                                     \
    LANE_LOOP static void name(void *restrict out, const void *restrict pa,                        \
                               const void *restrict pb, const void *restrict pc, const int64_t *k, \
                               uint32_t n)                                                         \
    {                                                                                              \
        int8_t *restrict o = out;                                                                  \
        const int8_t *restrict a = pa, *restrict b = pb;                                           \
        (void)a, (void)b, (void)pc, (void)k;                                                       \
        for (uint32_t i = 0; i < n; i++)                                                           \
            o[i] = (int8_t)(expr);                                                                 \
    }

/* Definite truths are MET, UNMET and NA, which counts as the weaker one. */
TRUTH_LANE(and_truth, (a[i] != TRUTH_UNMET) & (b[i] != TRUTH_UNMET))
TRUTH_LANE(or_truth, (a[i] == TRUTH_MET) | (b[i] == TRUTH_MET))
TRUTH_LANE(not_truth, a[i] <= TRUTH_MET ? 1 - a[i] : a[i])
_Static_assert(TRUTH_UNMET == 0 && TRUTH_MET == 1, "truths are 0 and 1 in lanes");

/* Quotients. A double holds integers below 2^52 exactly, and adding 1.5 x 2^52 to one leaves it in
 * the low bits of the sum, which is how integers become doubles and back in vector code. The
 * double's quotient is off by less than one, and the remainder tells by which. */
#define MAGIC_DOUBLE 6755399441055744.0
#define MAGIC_BITS   0x4338000000000000u

static inline double double_of(int64_t x)
{
    uint64_t bits = (uint64_t)x + MAGIC_BITS;
    double d;
    memcpy(&d, &bits, sizeof d);
    return d - MAGIC_DOUBLE;
}

static inline int64_t nearest(double d)
{
    uint64_t bits;
    d += MAGIC_DOUBLE;
    memcpy(&bits, &d, sizeof bits);
    return (int64_t)(bits - MAGIC_BITS);
}

static inline uint64_t size_of(int64_t x)
{
    return x < 0 ? 0 - (uint64_t)x : (uint64_t)x;
}

/* Half away from zero: the sign apart, floor((size + d / 2) / d). `about` is that quotient's double.
 * Written without branches, so that it becomes vector code. */
static inline int64_t settle(uint64_t size, uint64_t d, double about, bool negative)
{
    uint64_t q = (uint64_t)nearest(about);
    int64_t rest = (int64_t)(size - q * d);
    q += (uint64_t)(rest >= (int64_t)d) - (uint64_t)(rest < 0);
    uint64_t flip = 0 - (uint64_t)negative;
    return (int64_t)((q ^ flip) - flip);
}

static inline int64_t share_of(int64_t x, int64_t d, double by)
{
    uint64_t size = size_of(x) + (uint64_t)d / 2;
    return settle(size, (uint64_t)d, double_of((int64_t)size) * by, x < 0);
}

/* b as it stands in a row that is not definite may be anything, 0 too */
static inline int64_t quotient_of(int64_t x, int64_t b)
{
    uint64_t d = size_of(b) | (uint64_t)(b == 0), size = size_of(x) + d / 2;
    return settle(size, d, double_of((int64_t)size) / double_of((int64_t)d), (x ^ b) < 0);
}

static inline int64_t divide_large(int64_t x, int64_t d)
{
    uint64_t over = x < 0 ? 0 - (uint64_t)x : (uint64_t)x;
    uint64_t under = d < 0 ? 0 - (uint64_t)d : (uint64_t)d;
    uint64_t q = under == 0 ? 0 : over / under, rest = under == 0 ? 0 : over % under;
    q += under != 0 && rest >= under - rest;
    return (int64_t)((x < 0) != (d < 0) ? 0 - q : q);
}

#define LANE_64(name, expr)                                                                        \
    LANE_LOOP static void name(void *restrict out, const void *restrict pa,                        \
                               const void *restrict pb, const void *restrict pc, const int64_t *k, \
                               uint32_t n)                                                         \
    {                                                                                              \
        int64_t *restrict o = out;                                                                 \
        const int64_t *restrict a = pa, *restrict b = pb;                                          \
        const uint64_t k0 = (uint64_t)k[0];                                                        \
        const int64_t k1 = k[1];                                                                   \
        const double by = 1.0 / (double)k1;                                                        \
        (void)b, (void)pc, (void)k0, (void)k1, (void)by;                                           \
        for (uint32_t i = 0; i < n; i++)                                                           \
            o[i] = (expr);                                                                         \
    }

LANE_64(share, share_of((int64_t)((uint64_t)a[i] * k0), k1, by))
LANE_64(quotient, quotient_of((int64_t)((uint64_t)a[i] * k0), b[i]))
LANE_64(share_large, divide_large((int64_t)((uint64_t)a[i] * k0), k1))
LANE_64(quotient_large, divide_large((int64_t)((uint64_t)a[i] * k0), b[i]))
LANE_64(floor_share, a[i] / k1 - (a[i] % k1 < 0))
LANE_64(cut, (int64_t)((uint64_t)a[i] * k0) / k1)

#define ALL(id, name)    [LANE_##id] = {name##_of_i8, name##_of_i32, name##_of_i64}
#define ONE_8(id, name)  [LANE_##id] = {name, NULL, NULL}
#define ONE_64(id, name) [LANE_##id] = {NULL, NULL, name}

const lane_fn lane_of[LANE_N][VEC_CELL] = {
    ALL(ADD, add),
    ALL(ADD_K, add_k),
    ALL(SUB, sub),
    ALL(K_SUB, k_sub),
    ALL(MUL, mul),
    ALL(MUL_K, mul_k),
    ALL(MAX, max),
    ALL(MAX_K, max_k),
    ALL(MIN, min),
    ALL(MIN_K, min_k),
    ALL(NEG, neg),
    ALL(ABS, abs),
    ALL(TALLY, tally),
    ONE_64(SHARE, share),
    ONE_64(SHARE_LARGE, share_large),
    ONE_64(QUOTIENT, quotient),
    ONE_64(QUOTIENT_LARGE, quotient_large),
    ONE_64(FLOOR, floor_share),
    ONE_64(CUT, cut),
    ALL(LT, lt),
    ALL(LE, le),
    ALL(EQ, eq),
    ALL(LE_K, le_k),
    ALL(GE_K, ge_k),
    ALL(EQ_K, eq_k),
    ONE_8(AND, and_truth),
    ONE_8(OR, or_truth),
    ONE_8(NOT, not_truth),
    ALL(COPY, copy),
    ALL(FILL, fill),
    ALL(INTO, into),
    ALL(INTO_K, into_k),
    ALL(PICK, pick),
    ALL(PICK_K, pick_k),
    ALL(PICK_OR_K, pick_or_k),
    ALL(FROM_I8, from_i8),
    ALL(FROM_I32, from_i32),
    ALL(FROM_I64, from_i64),
};

const steps_fn steps_of[VEC_CELL][VEC_CELL] = {
    {steps_i8_of_i8, steps_i32_of_i8, steps_i64_of_i8},
    {steps_i8_of_i32, steps_i32_of_i32, steps_i64_of_i32},
    {steps_i8_of_i64, steps_i32_of_i64, steps_i64_of_i64},
};
