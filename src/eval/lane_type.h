/* lane_type.h - the lanes of one type, truths being 8 bits. Included once for each, with TYPE
 * (intN_t), UTYPE (uintN_t) and NAME(x) (x with the type's suffix) defined. No include guard. */

LANE_SAME(copy, a[i])
LANE_SAME(fill, k0)

LANE_TRUTH(le_k, a[i] <= k0)
LANE_TRUTH(ge_k, a[i] >= k0)
LANE_TRUTH(eq_k, a[i] == k0)

/* by masks: a conditional store would not become vector code in every type */
#define MET          ((UTYPE)((UTYPE)0 - (UTYPE)(a[i] == TRUTH_MET)))
#define EITHER(x, y) (((UTYPE)(x)&MET) | ((UTYPE)(y) & (UTYPE)~MET))
LANE_PICK(into, EITHER(b[i], o[i]))
LANE_PICK(into_k, EITHER(k0, o[i]))
LANE_PICK(pick, EITHER(b[i], c[i]))
LANE_PICK(pick_k, EITHER(k0, c[i]))
LANE_PICK(pick_or_k, EITHER(b[i], k0))
#undef MET
#undef EITHER

#define LOOP(name, FROM)                                                               \
    LANE_LOOP static void NAME(name)(void *restrict out, const void *restrict pa,      \
                                     const void *restrict pb, const void *restrict pc, \
                                     const int64_t *k, uint32_t n)                     \
    {                                                                                  \
        TYPE *restrict o = out;                                                        \
        const FROM *restrict a = pa;                                                   \
        (void)pb, (void)pc, (void)k;                                                   \
        for (uint32_t i = 0; i < n; i++)                                               \
            o[i] = (TYPE)a[i];                                                         \
    }

LOOP(from_i8, int8_t)
LOOP(from_i32, int32_t)
LOOP(from_i64, int64_t)
#undef LOOP

/* Steps: each threshold passed adds the difference of two values, in unsigned arithmetic. Blocks
 * stay in registers or the nearest cache while the thresholds go by. */
#define STEPS(name, OUT, UOUT)                                                               \
    LANE_LOOP static void NAME(name)(void *restrict out, const void *restrict x,             \
                                     const struct steps *s, uint32_t n)                      \
    {                                                                                        \
        for (uint32_t beg = 0; beg < n; beg += STEPS_BLOCK) {                                \
            UOUT *restrict o = (UOUT *)out + beg;                                            \
            const TYPE *restrict a = (const TYPE *)x + beg;                                  \
            uint32_t m = n - beg < STEPS_BLOCK ? n - beg : STEPS_BLOCK;                      \
            for (uint32_t i = 0; i < m; i++)                                                 \
                o[i] = (UOUT)s->value[0];                                                    \
            for (uint32_t j = 1; j < s->n; j++) {                                            \
                const TYPE from = (TYPE)s->from[j];                                          \
                const UOUT more = (UOUT)((uint64_t)s->value[j] - (uint64_t)s->value[j - 1]); \
                for (uint32_t i = 0; i < m; i++)                                             \
                    o[i] = (UOUT)(o[i] + (a[i] >= from ? more : 0));                         \
            }                                                                                \
        }                                                                                    \
    }

STEPS(steps_i8, int8_t, uint8_t)
STEPS(steps_i32, int32_t, uint32_t)
STEPS(steps_i64, int64_t, uint64_t)
#undef STEPS
