/* reader.c - digits eight at a time, many rows side by side, and a memo of texts.
 *
 * A cell of a plain file is four or five bytes: time goes into branches that cannot be foretold.
 * The characters of a number stand at the high end of the word that ends where the cell does. Take
 * '0' off each: what is left is a digit, or more than 9. Closing the gap of the point and three
 * multiplications make the number. There is no branch on how long it is or where its point stands,
 * which vary from row to row: a loop over the digits mispredicts once a cell, and that costs more
 * than all of this. And so compilers put four rows side by side in a vector.
 *
 * The memo is a table of one text a slot, the last one wins: columns of labels have few, and
 * others lose only the look.
 */
#include "load/reader.h"

#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "base/swar.h"
#include "load/plain.h"
#include "rule/model.h"

enum { UNIT_DEN_MAX = 1000000, SHORT_MAX = 100000000, LONG_BYTES = 18 };

/* Figures at the field's scale that one in the last of `decimals` decimals is, 0 if not whole.
 * Denominators stay so small that rule_read_cell overflows nowhere a figure here fits. */
static int64_t times_of(const struct field *f, int decimals)
{
    int64_t num = f->unit == NULL ? 1 : f->unit->num, den = f->unit == NULL ? 1 : f->unit->den;
    int up = f->type.scale - decimals;
    if (den > UNIT_DEN_MAX)
        return 0;
    Wide n = up > 0 ? num * wide_pow10(up) : num, d = up < 0 ? den * wide_pow10(-up) : den;
    return n % d == 0 && n / d < INT64_MAX ? (int64_t)(n / d) : 0;
}

static int64_t within(Wide end)
{
    const Wide most = INT64_MAX - 1;
    return (int64_t)(end > most ? most : end < -most ? -most : end);
}

void reader_init(struct reader *r, struct arena *a, const struct field *as)
{
    *r = (struct reader){.arena = a, .number = as->ftype == FIELD_NUM};
    r->least = within(as->has_lo ? as->lo : -WIDE_INF);
    r->most = within(as->has_hi ? as->hi : WIDE_INF);
    for (int i = 0; r->number && i <= READER_DECIMALS; i++)
        r->times[i] = times_of(as, i);
    for (int i = 0; r->number && i <= SHORT_DECIMALS; i++)
        r->times_short[i] = r->times[i] < INT64_MAX / SHORT_MAX ? r->times[i] : 0;
    /* a range out of reach of 64 bits would let its clamped ends in */
    r->number &= (!as->has_lo || as->lo <= r->most) && (!as->has_hi || as->hi >= r->least);
}

/* What lies at the ends of words, and what comes of them. */
struct words {
    uint64_t chars[WORD_ROWS]; /* the cell at the high end */
    uint64_t bits[WORD_ROWS];  /* how many of them; more than 64: all and more */
    int64_t figure[WORD_ROWS]; /* 0 of no bits */
    uint64_t blank, odd;       /* a bit a row: no bits; not [-]digits[.digits] within the range */
};

/* Shifts are taken modulo 64, so that what is odd is not undefined. */
LANE_LOOP static void read_words(struct words *restrict w, const struct reader *restrict r)
{
    enum { WORD_BITS = SWAR_BYTES * SWAR_BITS, HIGH_BYTE = WORD_BITS - SWAR_BITS };
    const uint64_t minus = '-' ^ '0';
    const int64_t least = r->least, most = r->most, *const times_short = r->times_short;
    uint64_t odds = 0, blanks = 0;
    for (uint64_t i = 0; i < WORD_ROWS; i++) {
        uint64_t bits = w->bits[i], low = (WORD_BITS - bits) % WORD_BITS;
        uint64_t x = (w->chars[i] ^ swar_fill('0')) >> low << low;
        uint64_t sign = x >> low << HIGH_BYTE == minus << HIGH_BYTE ? UINT64_MAX : 0;
        uint64_t beg = low + (sign & SWAR_BITS);
        x ^= (sign & minus) << low; /* made a 0 */
        uint64_t point = swar_zeros(x ^ swar_fill('.' ^ '0'));
        point &= -point;
        uint64_t upto = point == 0 ? 0 : point ^ (point - 1); /* the bytes up to the point */
        uint64_t behind = point == 0 ? 0 : ~upto & SWAR_ONES; /* one for each decimal */
        x = (x << SWAR_BITS & upto) | (x & ~upto);
        uint64_t odd = ((x + SWAR_ONES * (0x7F - 9)) | x) & SWAR_HIGHS;
        odd |= point & SWAR_HIGHS << HIGH_BYTE; /* a digit behind it */
        odd |= point >> beg % WORD_BITS & 0x80; /* and one before it */
        odd |= beg == WORD_BITS || bits > WORD_BITS;
        uint64_t decimals = ((behind + (behind >> 32)) & UINT32_MAX) * 0x01010101 >> 24 & 0xF;
        x = x * 10 + (x >> SWAR_BITS);          /* pairs, then fours, then all eight */
        uint64_t tens = x & 0x00FF00FF00FF00FF; /* vectors have no such multiplication */
        x = (tens << 6) + (tens << 5) + (tens << 2) + (x >> 16 & 0x00FF00FF00FF00FF);
        x = (x & 0xFFFF) * 10000 + (x >> 32 & 0xFFFF);
        int64_t times = times_short[decimals], figure = (int64_t)x * times;
        figure = (figure ^ (int64_t)sign) - (int64_t)sign;
        odd |= times == 0 || figure < least || figure > most;
        w->figure[i] = bits == 0 ? 0 : figure;
        blanks |= (uint64_t)(bits == 0) << i;
        odds |= (uint64_t)(odd != 0) << i;
    }
    w->blank = blanks;
    w->odd = odds & ~blanks;
}

struct digits {
    uint64_t m;
    unsigned decimals;
};

/* The same without sign, however long, a digit a step. */
static bool read_long(struct digits *out, const char *p, size_t n)
{
    size_t point = n;
    *out = (struct digits){0, 0};
    for (size_t i = 0; i < n; i++) {
        unsigned digit = (unsigned char)p[i] - (unsigned)'0';
        if (digit > 9) {
            if (p[i] != '.' || point < n || i == 0 || i + 1 == n)
                return false;
            point = i;
            continue;
        }
        out->m = out->m * 10 + digit;
    }
    out->decimals = point < n ? (unsigned)(n - 1 - point) : 0;
    return true;
}

bool reader_number(const struct reader *r, Str cell, int64_t *out)
{
    const char *p = cell.p;
    size_t n = cell.n;
    if (!r->number || n == 0 || n > LONG_BYTES)
        return false;
    bool negative = *p == '-', sign = negative || *p == '+';
    struct digits d;
    if (n == sign || !read_long(&d, p + sign, n - sign))
        return false;
    while (r->times[d.decimals] == 0 && d.decimals > 0 && d.m % 10 == 0) {
        d.m /= 10;
        d.decimals--;
    }
    int64_t x = 0, times = r->times[d.decimals];
    if (times == 0 || __builtin_mul_overflow((int64_t)d.m, times, &x))
        return false;
    *out = negative ? -x : x;
    return *out >= r->least && *out <= r->most;
}

static struct memo *slot_of(const struct reader *r, Str cell)
{
    return &r->memo[str_hash(cell) % MEMO_SLOTS];
}

bool reader_recall(const struct reader *r, Str cell, int64_t *out)
{
    if (r->memo == NULL)
        return false;
    const struct memo *m = slot_of(r, cell);
    *out = m->figure;
    return m->text.n > 0 && str_eq(m->text, cell);
}

void reader_keep(struct reader *r, Str cell, int64_t figure)
{
    if (r->memo == NULL)
        r->memo = ARENA_ARRAY(r->arena, struct memo, MEMO_SLOTS);
    *slot_of(r, cell) = (struct memo){cell, figure};
}

/* A carriage return before a newline belongs to the newline. */
static void take_words(struct words *w, const struct plain *rows, size_t column, uint32_t n)
{
    const char *p = rows->text;
    const uint32_t *end = rows->end + column;
    const bool last = column + 1 == rows->cell_n;
    for (uint32_t i = 0; i < n; i++, end += rows->cell_n) {
        uint32_t at = end[0] - (last && p[end[0] - 1] == '\r');
        w->chars[i] = swar_load(p + at - SWAR_BYTES);
        w->bits[i] = (uint64_t)(at - end[-1] - 1) * SWAR_BITS;
    }
    for (uint32_t i = n; i < WORD_ROWS; i++)
        w->chars[i] = w->bits[i] = 0;
}

uint64_t reader_column(struct reader *r, uint32_t at, const struct plain *rows, size_t column,
                       uint32_t n)
{
    ASSERT(at % WORD_ROWS + n <= WORD_ROWS && at + n <= CHUNK_FILL && n <= rows->row_n);
    struct words w;
    take_words(&w, rows, column, n);
    read_words(&w, r);
    memcpy(r->figure + at, w.figure, n * sizeof *w.figure);
    uint64_t mine = n == WORD_ROWS ? UINT64_MAX : ((uint64_t)1 << n) - 1;
    r->missing[at / WORD_ROWS] |= (w.blank & mine) << at % WORD_ROWS;
    return w.odd;
}
