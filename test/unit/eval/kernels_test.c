/* kernels_test.c - kernels one by one: bad cells, ends without bound, results too large. */
#include "base/day.h"
#include "eval/kernel_int.h"
#include "help/eval_help.h"

#define INF WIDE_INF

static Cell run_kernel(struct node k, const Cell *arg, uint32_t arg_n)
{
    struct operand in[4] = {{NULL, 0}};
    Cell out = CELL_UNKNOWN;
    k.arg_n = arg_n;
    for (uint32_t i = 0; i < arg_n; i++)
        in[i] = (struct operand){&arg[i], 0};
    kernel_of[k.op](&k, NULL, &out, in, 1);
    return out;
}

static bool is(Cell got, Wide lo, Wide hi)
{
    return got.lo == lo && got.hi == hi;
}

static Cell of(Wide lo, Wide hi)
{
    return (Cell){lo, hi};
}

static bool overflows(struct node k, Cell a, Cell b)
{
    return cell_same(run_kernel(k, (Cell[]){a, b}, 2), CELL_OVERFLOW);
}

static const uint32_t kernel_arg_n[] = {
#define NODE(id, fn, n) [NODE_##id] = (n) < 0 ? 2U : (uint32_t)(n),
#include "eval/node_list.h"
#undef NODE
};

static void check_bad_argument(enum node_op op, uint32_t bad)
{
    Cell arg[2] = {cell_point(1), cell_point(1)};
    struct node k = {.op = op, .kind = TYPE_NUM, .ref = 1};
    arg[bad] = CELL_REVIEW;
    if (!cell_same(run_kernel(k, arg, kernel_arg_n[op]), CELL_REVIEW))
        t_fail(__FILE__, __LINE__, "a bad argument was lost");
}

/* Any bad argument is the result of a kernel that looks at all of them. */
TEST(kernel_passes_bad_cells_on)
{
    static const enum node_op op[] = {
        NODE_RESCALE,  NODE_NEG,     NODE_ABS,     NODE_ADD,    NODE_SUB,     NODE_MAX,
        NODE_MIN,      NODE_MUL,     NODE_DIV,     NODE_SQRT,   NODE_LN,      NODE_LOG10,
        NODE_EXP,      NODE_POW,     NODE_CAGR,    NODE_GEO,    NODE_HARM,    NODE_RANGE,
        NODE_YEARS,    NODE_YEAR_OF, NODE_NOT,     NODE_EQ_NUM, NODE_EQ_TEXT, NODE_EQ_TRUTH,
        NODE_LT,       NODE_LE,      NODE_MISSING, NODE_STARTS, NODE_KEPT,    NODE_TALLY,
        NODE_REVIEWED,
    };
    for (size_t i = 0; i < ARRAY_N(op); i++)
        for (uint32_t bad = 0; bad < kernel_arg_n[op[i]]; bad++)
            check_bad_argument(op[i], bad);
}

static void run_no_kernel(void *arg)
{
    (void)run_kernel((struct node){.op = NODE_FIELD}, arg, 0);
}

TEST(kernel_of_a_field_is_none)
{
    Cell c = CELL_UNKNOWN;
    CHECK(t_dies(run_no_kernel, &c));
}

TEST(kernel_tells_overflow_at_either_end)
{
    const Wide most = WIDE_MAX;
    struct node up = {.op = NODE_RESCALE, .scale = 2}, add = {.op = NODE_ADD};
    CHECK(cell_same(run_kernel(up, &(Cell){-most, 1}, 1), CELL_OVERFLOW));
    CHECK(cell_same(run_kernel(up, &(Cell){1, most}, 1), CELL_OVERFLOW));
    CHECK(is(run_kernel(up, &(Cell){1, INF}, 1), 100, INF));
    CHECK(is(run_kernel(up, &(Cell){-INF, 1}, 1), -INF, 100));
    CHECK(overflows(add, of(-most, 0), of(-1, 0)));
    CHECK(overflows(add, of(0, most), of(0, 1)));
    CHECK(is(run_kernel(add, (Cell[]){of(-INF, 1), of(0, INF)}, 2), -INF, INF));
}

TEST(kernel_multiplies_every_corner)
{
    const Wide big = wide_pow10(30);
    struct node mul = {.op = NODE_MUL};
    CHECK(overflows(mul, of(-big, 1), of(-big, 1)));
    CHECK(overflows(mul, of(-big, 1), of(0, big)));
    CHECK(overflows(mul, of(0, big), of(-big, 1)));
    CHECK(overflows(mul, of(0, big), of(0, big)));
    CHECK(is(run_kernel(mul, (Cell[]){of(-INF, INF), of(0, 0)}, 2), 0, 0));
    CHECK(is(run_kernel(mul, (Cell[]){of(-INF, -1), of(2, 3)}, 2), -INF, -2));
    CHECK(is(run_kernel(mul, (Cell[]){of(2, 3), of(-INF, -1)}, 2), -INF, -2));
}

TEST(kernel_divides_by_and_from_infinity)
{
    struct node div = {.op = NODE_DIV, .scale = 1};
    CHECK(is(run_kernel(div, (Cell[]){of(-INF, INF), of(1, INF)}, 2), -INF, INF));
    CHECK(is(run_kernel(div, (Cell[]){of(5, INF), of(1, INF)}, 2), 0, INF));
    CHECK(is(run_kernel(div, (Cell[]){of(-INF, -5), of(-INF, -1)}, 2), 0, INF));
    CHECK(is(run_kernel(div, (Cell[]){of(1, 2), of(-INF, INF)}, 2), -INF, INF));
}

TEST(kernel_functions_tell_overflow)
{
    struct node exp = {.op = NODE_EXP, .scale = 2}, pow = {.op = NODE_POW, .scale = 2};
    CHECK(cell_same(run_kernel(exp, &(Cell){1000, 1000}, 1), CELL_OVERFLOW));
    CHECK(cell_same(run_kernel(exp, &(Cell){1, 1000}, 1), CELL_OVERFLOW));
    CHECK(overflows(pow, cell_point(10), cell_point(50)));
    CHECK(overflows(pow, of(1, 10), cell_point(50)));
}

TEST(kernel_cagr_tells_overflow)
{
    const Wide most = WIDE_MAX;
    struct node one = {.op = NODE_CAGR, .scale = 12, .ref = 1}, two = one;
    two.ref = 2;
    CHECK(overflows(one, cell_point(most), cell_point(1)));
    CHECK(overflows(two, cell_point(most), cell_point(1)));
    one.scale = 0;
    CHECK(overflows(one, cell_point(-most), cell_point(1)));
    one.scale_of[1] = 1; /* most / 0.1 */
    CHECK(overflows(one, cell_point(most), cell_point(1)));
    two.scale = 18;
    two.scale_of[1] = 18;
    CHECK(overflows(two, cell_point(wide_pow10(30)), cell_point(wide_pow10(18) - 1)));
}

TEST(kernel_means_tell_overflow)
{
    const Wide big = wide_pow10(36);
    struct node geo = {.op = NODE_GEO, .scale = 2}, harm = {.op = NODE_HARM, .scale = 2};
    CHECK(overflows(geo, cell_point(5), cell_point(big)));
    CHECK(overflows(geo, cell_point(big), cell_point(1)));
    CHECK(overflows(geo, of(5, big), cell_point(1)));
    CHECK(overflows(geo, cell_point(WIDE_MAX), cell_point(1)));
    CHECK(overflows(geo, of(1, WIDE_MAX), cell_point(1)));
    CHECK(overflows(harm, cell_point(1), cell_point(big)));
    CHECK(overflows(harm, of(1, 2), cell_point(big)));
    harm.scale_of[0] = 18;
    CHECK(overflows(harm, of(1, INF), cell_point(big)));
    Cell many[4] = {cell_point(1), cell_point(WIDE_MAX), cell_point(1), cell_point(WIDE_MAX)};
    harm.scale = 0, harm.scale_of[0] = 0;
    CHECK(cell_same(run_kernel(geo, many, 4), CELL_OVERFLOW));
    CHECK(cell_same(run_kernel(harm, many, 4), CELL_OVERFLOW));
    many[0] = many[2] = cell_point(wide_pow10(37)); /* only the weights are too large */
    CHECK(cell_same(run_kernel(harm, many, 4), CELL_OVERFLOW));
    harm.scale = 2;
    CHECK(overflows(harm, of(wide_pow10(37), INF), cell_point(wide_pow10(30))));
}

TEST(kernel_means_take_open_ends_and_negative_weights)
{
    struct node geo = {.op = NODE_GEO}, harm = {.op = NODE_HARM};
    CHECK(is(run_kernel(geo, (Cell[]){of(1, 1), of(0, 0)}, 2), 0, INF));
    CHECK(is(run_kernel(harm, (Cell[]){of(0, INF), of(1, 1)}, 2), 0, INF));
    CHECK(is(run_kernel(harm, (Cell[]){of(3, INF), of(1, 1)}, 2), 3, INF));
    CHECK(is(run_kernel(harm, (Cell[]){of(0, 4), of(-2, -1)}, 2), 0, 8));
    CHECK(is(run_kernel(harm, (Cell[]){of(0, 4), of(0, 0)}, 2), -INF, INF));
}

TEST(kernel_reviews)
{
    struct node k = {.op = NODE_REVIEWED, .kind = TYPE_NUM};
    CHECK(is(run_kernel(k, (Cell[]){of(2, 6), of(0, 9)}, 2), 2, 6));
    CHECK(is(run_kernel(k, (Cell[]){of(2, 6), of(6, 6)}, 2), 6, 6));
    CHECK(cell_same(run_kernel(k, (Cell[]){of(2, 6), of(7, 7)}, 2), CELL_REVIEW));
    CHECK(cell_same(run_kernel(k, (Cell[]){of(2, 6), of(1, 1)}, 2), CELL_REVIEW));
}

TEST(kernel_counts_years_between_open_days)
{
    Day a = 0, b = 0;
    CHECK(day_of(&a, 2020, 1, 1) && day_of(&b, 2023, 1, 1));
    struct node k = {.op = NODE_YEARS}, year = {.op = NODE_YEAR_OF};
    CHECK(is(run_kernel(k, (Cell[]){of(a, b), of(b, b)}, 2), 0, 3));
    CHECK(is(run_kernel(k, (Cell[]){of(-INF, a), of(b, b)}, 2), 3, INF));
    CHECK(is(run_kernel(k, (Cell[]){of(a, INF), of(b, b)}, 2), -INF, 3));
    CHECK(is(run_kernel(k, (Cell[]){of(a, a), of(-INF, b)}, 2), -INF, 3));
    CHECK(is(run_kernel(k, (Cell[]){of(a, a), of(b, INF)}, 2), 3, INF));
    CHECK(is(run_kernel(year, &(Cell){a, INF}, 1), 2020, INF));
    CHECK(is(run_kernel(year, &(Cell){-INF, b}, 1), -INF, 2023));
}

TEST(kernel_chooses_only_what_it_needs)
{
    const Cell met = cell_truth(TRUTH_MET), open = cell_truth(TRUTH_UNKNOWN);
    const Cell one = cell_point(1), bad = CELL_REVIEW;
    struct node iff = {.op = NODE_IF, .kind = TYPE_NUM}, row = {.op = NODE_ROW, .kind = TYPE_NUM};
    CHECK(is(run_kernel(iff, (Cell[]){met, one, bad}, 3), 1, 1));
    CHECK(cell_same(run_kernel(iff, (Cell[]){open, bad, one}, 3), bad));
    CHECK(cell_same(run_kernel(iff, (Cell[]){open, one, bad}, 3), bad));
    CHECK(cell_same(run_kernel(iff, (Cell[]){bad, one, one}, 3), bad));
    CHECK(cell_same(run_kernel(row, (Cell[]){bad, one, one}, 3), bad));
    CHECK(cell_same(run_kernel(row, (Cell[]){open, bad, one}, 3), bad));
    CHECK(cell_same(run_kernel(row, (Cell[]){open, one, bad}, 3), bad));
    CHECK(is(run_kernel(row, (Cell[]){open, one, CELL_NO_ROW}, 3), 1, 1));
    row.kind = iff.kind = TYPE_TEXT;
    CHECK(cell_same(run_kernel(row, (Cell[]){open, bad, one}, 3), bad));
    CHECK(cell_same(run_kernel(iff, (Cell[]){open, one, bad}, 3), bad));
    CHECK(is(run_kernel(iff, (Cell[]){open, one, CELL_UNKNOWN}, 3), -INF, INF));
    CHECK(is(run_kernel(iff, (Cell[]){open, CELL_UNKNOWN, one}, 3), -INF, INF));
    CHECK(is(run_kernel(iff, (Cell[]){open, of(1, 2), of(2, 1)}, 3), -INF, INF)); /* 2 | 2 */
    CHECK(is(run_kernel(row, (Cell[]){open, CELL_UNKNOWN, one}, 3), -INF, INF));
}

TEST(kernel_carries_and_defaults)
{
    const Cell one = cell_point(1), bad = CELL_REVIEW;
    struct node carry = {.op = NODE_CARRY, .kind = TYPE_NUM}, def = {.op = NODE_DEFAULT};
    def.kind = TYPE_NUM;
    CHECK(is(run_kernel(carry, (Cell[]){of(1, 2), one}, 2), 1, 1));
    CHECK(is(run_kernel(carry, (Cell[]){of(1, 2), bad}, 2), INF, bad.hi));
    CHECK(cell_same(run_kernel(carry, (Cell[]){bad, one}, 2), bad));
    CHECK(is(run_kernel(def, (Cell[]){of(1, 2), bad}, 2), 1, 2));
    CHECK(cell_same(run_kernel(def, (Cell[]){bad, one}, 2), bad));
}

/* A or B or A again: both ends are A, and yet it is not definite. */
TEST(kernel_keeps_texts_apart_in_a_chain_of_rows)
{
    struct node row = {.op = NODE_ROW, .kind = TYPE_TEXT};
    const Cell open = cell_point(TRUTH_UNKNOWN), a = cell_point(1), b = cell_point(2);
    Cell two = run_kernel(row, (Cell[]){open, a, b}, 3);
    Cell three = run_kernel(row, (Cell[]){open, b, two}, 3);
    CHECK(!cell_is_definite(TYPE_TEXT, two) && !cell_is_definite(TYPE_TEXT, three));
    three = run_kernel(row, (Cell[]){open, a, two}, 3);
    CHECK(!cell_is_definite(TYPE_TEXT, three));
    CHECK(!cell_is_definite(TYPE_TEXT, run_kernel(row, (Cell[]){open, a, three}, 3)));
    CHECK(is(run_kernel(row, (Cell[]){open, a, a}, 3), 1, 1));
    CHECK(!cell_is_definite(TYPE_TEXT, run_kernel(row, (Cell[]){open, CELL_UNKNOWN, a}, 3)));
}

TEST(kernel_compares_truths_and_texts)
{
    struct node truth = {.op = NODE_EQ_TRUTH}, text = {.op = NODE_EQ_TEXT};
    for (Wide a = TRUTH_UNMET; a <= TRUTH_NA; a++)
        for (Wide b = TRUTH_UNMET; b <= TRUTH_NA; b++) {
            bool unknown = a == TRUTH_UNKNOWN || b == TRUTH_UNKNOWN;
            bool manual = a == TRUTH_MANUAL || b == TRUTH_MANUAL;
            Wide want = unknown ? TRUTH_UNKNOWN : manual ? TRUTH_MANUAL : a == b;
            CHECK(is(run_kernel(truth, (Cell[]){of(a, a), of(b, b)}, 2), want, want));
        }
    CHECK(is(run_kernel(text, (Cell[]){of(1, 1), of(2, 1)}, 2), TRUTH_UNKNOWN, TRUTH_UNKNOWN));
    CHECK(is(run_kernel(text, (Cell[]){of(1, 1), of(1, 1)}, 2), TRUTH_MET, TRUTH_MET));
    struct node starts = {.op = NODE_STARTS};
    CHECK(is(run_kernel(starts, (Cell[]){of(1, 1), of(2, 1)}, 2), TRUTH_UNKNOWN, TRUTH_UNKNOWN));
}

TEST(kernel_keeps_periods_since_a_year_that_is_known)
{
    struct node k = {.op = NODE_KEPT};
    CHECK(is(run_kernel(k, (Cell[]){of(2020, 2020), of(2019, 2019)}, 2), 0, 0));
    CHECK(is(run_kernel(k, (Cell[]){of(2020, 2020), of(2020, 2020)}, 2), 1, 1));
    CHECK(is(run_kernel(k, (Cell[]){of(2020, 2021), of(2019, 2019)}, 2), 1, 1));
    CHECK(is(run_kernel(k, (Cell[]){CELL_UNKNOWN, of(2019, 2019)}, 2), 1, 1));
}
