/* lane_figures.h - the lanes of one type of figures: 32 and 64 bits, since no node's result is kept
 * in 8 (code_node.c). Included as lane_type.h is. No include guard. */

LANE_SAME(add, (UTYPE)a[i] + (UTYPE)b[i])
LANE_SAME(add_k, (UTYPE)a[i] + (UTYPE)k0)
LANE_SAME(sub, (UTYPE)a[i] - (UTYPE)b[i])
LANE_SAME(k_sub, (UTYPE)k0 - (UTYPE)a[i])
LANE_SAME(mul, (UTYPE)a[i] * (UTYPE)b[i])
LANE_SAME(mul_k, (UTYPE)a[i] * (UTYPE)k0)
LANE_SAME(max, a[i] > b[i] ? a[i] : b[i])
LANE_SAME(max_k, a[i] > k0 ? a[i] : k0)
LANE_SAME(min, a[i] < b[i] ? a[i] : b[i])
LANE_SAME(min_k, a[i] < k0 ? a[i] : k0)
LANE_SAME(neg, (UTYPE)0 - (UTYPE)a[i])
LANE_SAME(abs, a[i] < 0 ? (UTYPE)0 - (UTYPE)a[i] : (UTYPE)a[i])

LANE_TRUTH(lt, a[i] < b[i])
LANE_TRUTH(le, a[i] <= b[i])
LANE_TRUTH(eq, a[i] == b[i])

LANE_PICK(tally, a[i] == TRUTH_MET)
