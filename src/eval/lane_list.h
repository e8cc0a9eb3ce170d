/* lane_list.h - every lane: LANE(id, what out is). No include guard. */

/* figures; 32 and 64 bits only */
LANE(ADD, "a + b")
LANE(ADD_K, "a + k0")
LANE(SUB, "a - b")
LANE(K_SUB, "k0 - a")
LANE(MUL, "a b")
LANE(MUL_K, "a k0")
LANE(MAX, "the larger of a, b")
LANE(MAX_K, "the larger of a, k0")
LANE(MIN, "the smaller of a, b")
LANE(MIN_K, "the smaller of a, k0")
LANE(NEG, "-a")
LANE(ABS, "|a|")
LANE(TALLY, "1 where the truth a is met, else 0")

/* quotients, rounded half away from zero; 64 bits only */
LANE(SHARE, "a k0 / k1, k1 > 1 and |a k0| + k1 < 2^62")
LANE(QUOTIENT, "a k0 / b")
LANE(FLOOR, "a / k1 rounded down, k1 > 0")
LANE(CUT, "a k0 / k1 towards zero, k1 > 0")

/* truths */
LANE(LT, "a < b; 32 and 64 bits only, as with LE EQ")
LANE(LE, "a <= b")
LANE(EQ, "a = b")
LANE(LE_K, "a <= k0")
LANE(GE_K, "a >= k0")
LANE(EQ_K, "a = k0")
LANE(AND, "a and b; 8 bits only, as with OR NOT")
LANE(OR, "a or b")
LANE(NOT, "not a")

/* any type: moves */
LANE(COPY, "a")
LANE(FILL, "k0")
LANE(INTO, "b where the truth a is met, else what out was")
LANE(INTO_K, "k0 where the truth a is met, else what out was")
LANE(PICK, "b where the truth a is met, else c")
LANE(PICK_K, "k0 where the truth a is met, else c")
LANE(PICK_OR_K, "b where the truth a is met, else k0")
LANE(FROM_I8, "a, which has 8 bits")
LANE(FROM_I32, "a, which has 32 bits")
LANE(FROM_I64, "a, which has 64 bits")
