/* lane.c - the lanes of all types, and the table of them. */
#include "eval/lane.h"

#include "rule/type.h"

enum { STEPS_BLOCK = 512 };

/* The loops of lane_type.h and lane_figures.h. The same type <- figures or truths */
#define LANE_SAME(name, expr)                                                          \
    LANE_LOOP static void NAME(name)(void *restrict out, const void *restrict pa,      \
                                     const void *restrict pb, const void *restrict pc, \
                                     const int64_t *k, uint32_t n)                     \
    {                                                                                  \
        TYPE *restrict o = out;                                                        \
        const TYPE *restrict a = pa, *restrict b = pb, *restrict c = pc;               \
        const TYPE k0 = (TYPE)k[0];                                                    \
        (void)a, (void)b, (void)c, (void)k0;                                           \
        for (uint32_t i = 0; i < n; i++)                                               \
            o[i] = (TYPE)(expr);                                                       \
    }

/* truth <- figures */
#define LANE_TRUTH(name, expr)                                                         \
    LANE_LOOP static void NAME(name)(void *restrict out, const void *restrict pa,      \
                                     const void *restrict pb, const void *restrict pc, \
                                     const int64_t *k, uint32_t n)                     \
    {                                                                                  \
        int8_t *restrict o = out;                                                      \
        const TYPE *restrict a = pa, *restrict b = pb;                                 \
        const TYPE k0 = (TYPE)k[0];                                                    \
        (void)a, (void)b, (void)pc, (void)k0;                                          \
        for (uint32_t i = 0; i < n; i++)                                               \
            o[i] = (expr);                                                             \
    }

/* figures <- truth, figures */
#define LANE_PICK(name, expr)                                                          \
    LANE_LOOP static void NAME(name)(void *restrict out, const void *restrict pa,      \
                                     const void *restrict pb, const void *restrict pc, \
                                     const int64_t *k, uint32_t n)                     \
    {                                                                                  \
        TYPE *restrict o = out;                                                        \
        const int8_t *restrict a = pa;                                                 \
        const TYPE *restrict b = pb, *restrict c = pc;                                 \
        const TYPE k0 = (TYPE)k[0];                                                    \
        (void)b, (void)c, (void)k0;                                                    \
        for (uint32_t i = 0; i < n; i++)                                               \
            o[i] = (TYPE)(expr);                                                       \
    }

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
#include "eval/lane_figures.h"
#include "eval/lane_type.h"
#undef TYPE
#undef UTYPE
#undef NAME

#define TYPE    int64_t
#define UTYPE   uint64_t
#define NAME(x) x##_of_i64
#include "eval/lane_figures.h"
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

/* Quotients, rounded half away from zero: the sign apart, floor((size + d / 2) / d). By a known d
 * that is a product and a shift: with m = floor(2^(64 + shift) / d) + 1 and
 * 2^shift < d <= 2^(shift + 1), size m / 2^(64 + shift) exceeds size / d by less than 1 / d as long
 * as size < 2^62, so its floor is exact (Granlund and Montgomery, Division by invariant integers
 * using multiplication, 1994). */
struct divisor {
    uint64_t d, m;
    int shift;
};

static struct divisor divisor_of(int64_t d)
{
    int shift = 63 - __builtin_clzll((uint64_t)d - 1);
    UWide m = ((UWide)1 << (64 + shift)) / (uint64_t)d + 1;
    return (struct divisor){(uint64_t)d, (uint64_t)m, shift};
}

static inline uint64_t size_of(int64_t x)
{
    return x < 0 ? 0 - (uint64_t)x : (uint64_t)x;
}

static inline int64_t share_of(int64_t x, struct divisor by)
{
    uint64_t q = (uint64_t)((UWide)(size_of(x) + by.d / 2) * by.m >> 64) >> by.shift;
    return (int64_t)(x < 0 ? 0 - q : q);
}

/* b as it stands in a row that is not definite may be anything, 0 too */
static inline int64_t quotient_of(int64_t x, int64_t b)
{
    uint64_t d = b == 0 ? 1 : size_of(b), q = (size_of(x) + d / 2) / d;
    return (int64_t)((x < 0) != (b < 0) ? 0 - q : q);
}

#define LANE_64(name, before, expr)                                                                \
    LANE_LOOP static void name(void *restrict out, const void *restrict pa,                        \
                               const void *restrict pb, const void *restrict pc, const int64_t *k, \
                               uint32_t n)                                                         \
    {                                                                                              \
        int64_t *restrict o = out;                                                                 \
        const int64_t *restrict a = pa, *restrict b = pb;                                          \
        const uint64_t k0 = (uint64_t)k[0];                                                        \
        const int64_t k1 = k[1];                                                                   \
        (void)b, (void)pc, (void)k0, (void)k1;                                                     \
        before;                                                                                    \
        for (uint32_t i = 0; i < n; i++)                                                           \
            o[i] = (expr);                                                                         \
    }

LANE_64(share, const struct divisor by = divisor_of(k1),
        share_of((int64_t)((uint64_t)a[i] * k0), by))
LANE_64(quotient, (void)0, quotient_of((int64_t)((uint64_t)a[i] * k0), b[i]))
LANE_64(floor_share, (void)0, a[i] / k1 - (a[i] % k1 < 0))
LANE_64(cut, (void)0, (int64_t)((uint64_t)a[i] * k0) / k1)

#define ALL(id, name)    [LANE_##id] = {name##_of_i8, name##_of_i32, name##_of_i64}
#define FIG(id, name)    [LANE_##id] = {NULL, name##_of_i32, name##_of_i64}
#define ONE_8(id, name)  [LANE_##id] = {name, NULL, NULL}
#define ONE_64(id, name) [LANE_##id] = {NULL, NULL, name}

const lane_fn lane_of[LANE_N][VEC_CELL] = {
    FIG(ADD, add),
    FIG(ADD_K, add_k),
    FIG(SUB, sub),
    FIG(K_SUB, k_sub),
    FIG(MUL, mul),
    FIG(MUL_K, mul_k),
    FIG(MAX, max),
    FIG(MAX_K, max_k),
    FIG(MIN, min),
    FIG(MIN_K, min_k),
    FIG(NEG, neg),
    FIG(ABS, abs),
    FIG(TALLY, tally),
    ONE_64(SHARE, share),
    ONE_64(QUOTIENT, quotient),
    ONE_64(FLOOR, floor_share),
    ONE_64(CUT, cut),
    FIG(LT, lt),
    FIG(LE, le),
    FIG(EQ, eq),
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
