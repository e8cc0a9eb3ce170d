/* lane_test.c - step functions of every width, beside the plain way to say them. */
#include "base/arena.h"
#include "eval/lane.h"
#include "t.h"

enum { ROWS = 1100 }; /* more than two blocks */

static int64_t plainly(const struct steps *s, int64_t x)
{
    int64_t out = s->value[0];
    for (uint32_t j = 1; j < s->n; j++)
        out = x >= s->from[j] ? s->value[j] : out;
    return out;
}

static void check_steps(struct arena *a, enum vec_type from, enum vec_type to)
{
    static const int64_t FROM[] = {0, -50, 0, 41}, VALUE[] = {1, -7, 5, 100};
    struct vec x = vec_make(a, from, ROWS, false), out = vec_make(a, to, ROWS, false);
    for (size_t i = 0; i < ROWS; i++) {
        Wide at = (Wide)(i * 37 % 251) - 125;
        vec_set(&x, i, (Cell){at, at});
    }
    for (uint32_t n = 1; n <= ARRAY_N(FROM); n++) {
        const struct steps s = {n, FROM, VALUE};
        int wrong = 0;
        steps_of[from][to](out.lo, x.lo, &s, ROWS);
        for (size_t i = 0; i < ROWS; i++)
            wrong += vec_cell(&out, i).lo != plainly(&s, (int64_t)vec_cell(&x, i).lo);
        CHECK_INT(wrong, 0);
    }
}

TEST(lane_steps_are_those_of_the_plain_way)
{
    struct arena *a = arena_open();
    for (int from = VEC_I8; from < VEC_CELL; from++)
        for (int to = VEC_I8; to < VEC_CELL; to++)
            check_steps(a, (enum vec_type)from, (enum vec_type)to);
    arena_close(a);
}
