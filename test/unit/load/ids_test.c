/* ids_test.c - ids in order, out of order, twice. */
#include "base/arena.h"
#include "base/str.h"
#include "load/ids.h"
#include "t.h"

enum { MANY = 3000 };

TEST(ids_in_order_need_no_table)
{
    struct arena *a = arena_open();
    Str *id = ARENA_ARRAY(a, Str, MANY);
    struct ids s;
    ids_open(&s, a, id, MANY);
    for (uint32_t row = 0; row < MANY; row++) {
        id[row] = arena_fmt(a, "%u", row + 1);
        CHECK(ids_add(&s, row) == -1);
    }
    CHECK(s.slot == NULL);
    arena_close(a);
}

TEST(ids_tell_the_first_row_with_the_same)
{
    struct arena *a = arena_open();
    Str *id = ARENA_ARRAY(a, Str, MANY + 2);
    struct ids s;
    ids_open(&s, a, id, MANY + 2);
    for (uint32_t row = 0; row < MANY; row++) {
        id[row] = arena_fmt(a, "%u", row < 10 ? row : MANY * 10 - row);
        if (row != 5) /* without id: left out */
            CHECK(ids_add(&s, row) == -1);
        else
            id[row] = S("");
    }
    CHECK(s.slot != NULL);
    id[MANY] = id[7];
    id[MANY + 1] = id[7];
    CHECK_INT(ids_add(&s, MANY), 7);
    CHECK_INT(ids_add(&s, MANY + 1), 7);
    ids_open(&s, a, id, MANY);
    id[1] = id[0];
    CHECK(ids_add(&s, 0) == -1 && ids_add(&s, 1) == 0);
    arena_close(a);
}
