/* plain_test.c - the rows that need no closer look, and those that do. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "load/plain.h"
#include "t.h"

enum { CELLS = 3, HEADER = 12, ROOM = 20000 };

struct rows {
    struct arena *a;
    struct buf text;
    struct csv csv;
    struct plain s;
};

/* `odd` behind ten plain rows, then enough for the last words. */
static struct rows find_behind(const char *odd, uint32_t row_n)
{
    struct rows r = {.a = arena_open()};
    buf_init(&r.text, r.a, ROOM);
    buf_add(&r.text, S("id,one,three\n"));
    for (int i = 0; i < 10; i++)
        buf_fmt(&r.text, "%d,,%d\n", i, i * 1000);
    buf_fmt(&r.text, "%s\n", odd);
    for (int i = 0; i < 200; i++)
        buf_add(&r.text, S("1,2,3\r\n"));
    csv_open(&r.csv, r.a, buf_str(&r.text));
    CHECK(csv_next(&r.csv, NULL) == OK && r.csv.at == HEADER + 1);
    plain_open(&r.s, r.a, CELLS);
    plain_find(&r.s, &r.csv, row_n);
    return r;
}

TEST(plain_rows_are_those_before_an_odd_one)
{
    static const char *const odd[] = {"1,2", "1,2,3,4", "1,\"2\",3", "1,2,3\"", "", "\"", "\n"};
    for (size_t i = 0; i < ARRAY_N(odd); i++) {
        struct rows r = find_behind(odd[i], PLAIN_ROWS);
        CHECK_INT(r.s.row_n, 10);
        arena_close(r.a);
    }
    struct rows fine = find_behind("10,,10000", PLAIN_ROWS);
    CHECK_INT(fine.s.row_n, PLAIN_ROWS);
    arena_close(fine.a);
}

/* Wherever in a word of 64 bytes its newline lies. */
TEST(plain_rows_end_before_one_of_any_length)
{
    struct arena *a = arena_open();
    for (int n = 0; n < 200; n++) {
        Str pad = arena_fmt(a, "%0*d", n, 7);
        Str odd[] = {arena_fmt(a, "1,%s", pad.p), arena_fmt(a, "1,\"%s\",3", pad.p),
                     arena_fmt(a, "\"%s,\n,,\",2,3", pad.p), arena_fmt(a, "1,2,3,%s", pad.p)};
        for (size_t i = 0; i < ARRAY_N(odd); i++) {
            struct rows r = find_behind(odd[i].p, PLAIN_ROWS);
            CHECK_INT(r.s.row_n, 10);
            arena_close(r.a);
        }
    }
    arena_close(a);
}

TEST(plain_cells_are_those_of_csv)
{
    struct rows r = find_behind("\xE9\x98\xB3,second cell of more than sixteen bytes,", 47);
    CHECK_INT(r.s.row_n, 47);
    for (uint32_t row = 0; row < r.s.row_n; row++) {
        CHECK(csv_next(&r.csv, NULL) == OK && r.csv.cell_n == CELLS);
        for (size_t i = 0; i < CELLS; i++)
            CHECK_STR(str_trim(plain_cell(&r.s, row, i)), arena_copy(r.a, r.csv.cell[i].text).p);
    }
    struct csv again;
    csv_open(&again, r.a, r.csv.text);
    CHECK(csv_next(&again, NULL) == OK);
    plain_skip(&r.s, &again, 0);
    CHECK_INT(again.at, HEADER + 1);
    plain_skip(&r.s, &again, 47);
    CHECK_INT(again.at, r.csv.at);
    arena_close(r.a);
}

/* The last rows, and texts too short to be looked at, are for csv_next. */
TEST(plain_rows_end_before_the_text_does)
{
    static char text[300];
    for (size_t n = 0; n < sizeof text; n++) {
        struct arena *a = arena_open();
        struct plain s;
        text[n] = n % 4 == 3 ? '\n' : n % 2 == 0 ? '7' : ',';
        struct csv c = {.text = {text, n + 1}, .at = n < 8 ? 0 : 8, .sep = ','};
        plain_open(&s, a, 2);
        plain_find(&s, &c, PLAIN_ROWS);
        CHECK(s.row_n <= (n + 1 - c.at) / 4 && s.row_n * 4 + 128 > n);
        arena_close(a);
    }
}
