#include <string.h>

#include "base/digits_int.h"
#include "base/str.h"
#include "base/swar.h"
#include "t.h"

enum { TRIALS = 2000, CELL_MAX = 9 };

static const struct digits_as money = {
    -5000000, INT64_C(99999999) * 1000000, {1000000, 100000, 10000, 1000, 100, 10, 1, 0}};

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 16;
}

/* Behind the cells of a row: what lies below a cell is anything. */
static void put(struct digits *d, size_t i, Str cell)
{
    char line[CELL_MAX + SWAR_BYTES];
    memset(line, '7', sizeof line);
    memcpy(line + SWAR_BYTES, cell.p, cell.n);
    d->chars[i] = swar_load(line + cell.n);
    d->bits[i] = cell.n * SWAR_BITS;
}

TEST(digits_are_a_number_or_odd)
{
    static const struct {
        const char *cell;
        int64_t figure; /* -1: odd */
    } row[] = {
        {"6443.72", 6443720000},
        {"0", 0},
        {"-5", -5000000},
        {"-5.1", -1},
        {"12345678", 12345678000000},
        {"123456789", -1},
        {"0.000001", 1},
        {".5", -1},
        {"-.5", -1},
        {"5.", -1},
        {".", -1},
        {"-", -1},
        {"--1", -1},
        {"1-", -1},
        {"1.2.3", -1},
        {"+1", -1},
        {" 1", -1},
        {"1e3", -1},
        {"1,5", -1},
        {"", 0},
        {".1234567", -1},
        {"-.123456", -1},
        {"1/2", -1},
        {"1:2", -1},
        {"00000007", 7000000},
    };
    struct digits d = {.blank = 0};
    for (size_t i = 0; i < ARRAY_N(row); i++)
        put(&d, i, str_of(row[i].cell));
    digits_read(&d, &money);
    for (size_t i = 0; i < ARRAY_N(row); i++) {
        CHECK_INT(d.odd >> i & 1, row[i].figure == -1);
        CHECK_INT(d.blank >> i & 1, row[i].cell[0] == '\0');
        if (row[i].figure != -1)
            CHECK_INT(d.figure[i], row[i].figure);
    }
}

/* Often a number, often nearly one. */
static Str draw(char cell[static CELL_MAX], uint32_t *seed)
{
    static const char drawn[] = "01234567890123456789012345678901234567890.0.9--+ ,e/:";
    const uint32_t digits_only = next(seed) % 4 > 0 ? 41 : sizeof drawn - 1;
    size_t n = next(seed) % (CELL_MAX + 1);
    for (size_t i = 0; i < n; i++)
        cell[i] = drawn[next(seed) % digits_only];
    if (n > 2 && next(seed) % 2 == 0)
        cell[1 + next(seed) % (n - 2)] = '.';
    if (n > 0 && next(seed) % 4 == 0)
        cell[0] = '-';
    return (Str){cell, n};
}

TEST(digits_are_the_same_on_the_chip)
{
    uint32_t seed = 7;
    for (int trial = 0; trial < TRIALS; trial++) {
        char cell[CELL_MAX];
        struct digits plain, chip;
        for (size_t i = 0; i < DIGITS_N; i++)
            put(&plain, i, draw(cell, &seed));
        chip = plain;
        digits_read_plain(&plain, &money);
        if (!digits_read_chip(&chip, &money))
            SKIP("no AVX2");
        CHECK(plain.blank == chip.blank && plain.odd == chip.odd);
        for (size_t i = 0; i < DIGITS_N; i++)
            CHECK((plain.odd >> i & 1) != 0 || plain.figure[i] == chip.figure[i]);
    }
}
