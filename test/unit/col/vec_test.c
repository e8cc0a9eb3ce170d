/* vec_test.c - cells put into vectors of each width, and vectors made their own. */
#include "base/arena.h"
#include "col/vec.h"
#include "t.h"

enum { ROWS = 70 };

static const Cell BLANK = {2, 9};

static Cell point(Wide x)
{
    return (Cell){x, x};
}

/* As a field with gaps is read: those rows are open, and all alike. */
static struct vec with_gaps(struct arena *a, enum vec_type t, const Cell *blank)
{
    struct vec v = vec_make(a, t, ROWS, false);
    for (size_t row = 0; row < ROWS; row++)
        vec_set(&v, row, point(7));
    v.open = ARENA_ARRAY(a, uint64_t, vec_words(ROWS));
    v.open[0] = 1U << 3;
    v.blank = blank;
    return v;
}

static bool holds(const struct vec *v, size_t row, Cell c)
{
    Cell is = vec_cell(v, row);
    return is.lo == c.lo && is.hi == c.hi;
}

static void check_of_type(struct arena *a, enum vec_type t)
{
    const Cell range = {-4, 5};
    struct vec v = vec_make(a, t, ROWS, false);
    CHECK(vec_put(&v, 66, point(-3), true) && holds(&v, 66, point(-3)));
    CHECK(vec_put(&v, 66, range, false) == (t == VEC_CELL)); /* nowhere to say so */
    v = vec_make(a, t, ROWS, true);
    CHECK(vec_put(&v, 66, range, false) && holds(&v, 66, range));
    CHECK(vec_put(&v, 66, (Cell){-WIDE_INF, WIDE_INF}, false) && vec_cell(&v, 66).hi == WIDE_INF);
    CHECK(vec_put(&v, 66, point(8), true) && holds(&v, 66, point(8)));
    CHECK(vec_put(&v, 0, point(1000), true) == (t != VEC_I8));
}

TEST(vec_takes_what_it_has_room_for)
{
    struct arena *a = arena_open();
    for (int t = VEC_I8; t <= VEC_CELL; t++)
        check_of_type(a, (enum vec_type)t);
    arena_close(a);
}

TEST(vec_with_gaps_takes_the_gap_or_a_figure)
{
    struct arena *a = arena_open();
    struct vec v = with_gaps(a, VEC_I8, &BLANK);
    CHECK(holds(&v, 3, BLANK) && holds(&v, 4, point(7)));
    CHECK(vec_put(&v, 4, BLANK, false) && holds(&v, 4, BLANK));
    CHECK(!vec_put(&v, 4, (Cell){2, 8}, false) && !vec_put(&v, 4, (Cell){1, 9}, false));
    CHECK(vec_put(&v, 3, point(5), true) && holds(&v, 3, point(5)));
    v = vec_make(a, VEC_CELL, ROWS, false);
    v.open = ARENA_ARRAY(a, uint64_t, vec_words(ROWS));
    v.open[0] = 1;
    v.blank = &BLANK;
    CHECK(vec_put(&v, 0, point(4), true) && holds(&v, 0, point(4)));
    CHECK(vec_put(&v, 0, BLANK, false) && holds(&v, 0, BLANK));
    arena_close(a);
}

/* Changing the copy leaves the first as it was, and a copy that is to be open takes any range. */
static void check_own(struct arena *a, struct vec first, bool open, bool takes)
{
    struct vec v = first;
    Cell was = vec_cell(&first, 3), other = vec_cell(&first, 4);
    vec_own(a, &v, ROWS, open);
    CHECK(holds(&v, 3, was) && holds(&v, 4, other));
    CHECK(vec_put(&v, 4, (Cell){1, 3}, false) == takes);
    CHECK(vec_put(&v, 3, point(6), true) && holds(&v, 3, point(6)));
    CHECK(holds(&first, 3, was) && holds(&first, 4, other));
}

TEST(vec_of_its_own)
{
    static const Cell WIDE = {0, 5000}; /* no room for it in 8 bits: it stays a gap */
    struct arena *a = arena_open();
    struct vec plain = with_gaps(a, VEC_I32, NULL);
    plain.open = NULL;
    check_own(a, plain, false, false);
    check_own(a, plain, true, true);
    check_own(a, with_gaps(a, VEC_I8, &BLANK), false, false);
    check_own(a, with_gaps(a, VEC_I8, &BLANK), true, true);
    check_own(a, with_gaps(a, VEC_I8, &WIDE), true, false);
    check_own(a, vec_of_cell(a, BLANK, ROWS), true, true);
    struct vec open = vec_make(a, VEC_I64, ROWS, true);
    vec_set(&open, 4, point(1));
    vec_set_open(&open, 3, BLANK);
    check_own(a, open, true, true);
    arena_close(a);
}
