/* reader.c - numbers many rows at a time (base/digits.h), and a memo of texts.
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

enum { UNIT_DEN_MAX = 1000000, LONG_BYTES = 18 };

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
    r->as.least = within(as->has_lo ? as->lo : -WIDE_INF);
    r->as.most = within(as->has_hi ? as->hi : WIDE_INF);
    for (int i = 0; r->number && i <= READER_DECIMALS; i++)
        r->times[i] = times_of(as, i);
    for (int i = 0; r->number && i < DIGITS_DECIMALS; i++)
        r->as.times[i] = r->times[i] <= UINT32_MAX ? (uint32_t)r->times[i] : 0;
    /* a range out of reach of 64 bits would let its clamped ends in */
    r->number &= (!as->has_lo || as->lo <= r->as.most) && (!as->has_hi || as->hi >= r->as.least);
}

struct figure {
    uint64_t m;
    unsigned decimals;
};

/* The same without sign, however long, a digit a step. */
static bool read_long(struct figure *out, const char *p, size_t n)
{
    size_t point = n;
    *out = (struct figure){0, 0};
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
    struct figure d;
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
    return *out >= r->as.least && *out <= r->as.most;
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
static void take_words(struct digits *w, const struct plain *rows, size_t column, uint32_t n)
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
    struct digits w;
    take_words(&w, rows, column, n);
    digits_read(&w, &r->as);
    memcpy(r->figure + at, w.figure, n * sizeof *w.figure);
    uint64_t mine = n == WORD_ROWS ? UINT64_MAX : ((uint64_t)1 << n) - 1;
    r->missing[at / WORD_ROWS] |= (w.blank & mine) << at % WORD_ROWS;
    return w.odd;
}
