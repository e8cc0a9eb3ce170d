/* reader.c - digits eight at a time, and a memo of texts.
 *
 * A cell of a plain file is four or five bytes: time goes into finding where it ends and into
 * branches that cannot be foretold. So the end is the first separator in a word of eight bytes, and
 * that word, already there, is read as a number.
 *
 * The characters of a number are moved to the high end of a word and '0' is taken off each: what is
 * left is a digit, or more than 9. Closing the gap of the point and three multiplications make the
 * number. There is no branch on how long it is or where its point stands, which vary from row to
 * row: a loop over the digits mispredicts once a cell, and that costs more than all of this.
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

/* One to eight characters, the lowest bytes of `chars`: [-]digits[.digits]. */
static inline bool read_short(const struct reader *r, uint64_t chars, unsigned bits, int64_t *out)
{
    const unsigned word_bits = SWAR_BYTES * SWAR_BITS;
    bool negative = (chars & 0xFF) == '-'; /* its sign is made a 0 */
    uint64_t x = (chars ^ swar_fill('0') ^ (negative ? '-' ^ '0' : 0)) << (word_bits - bits);
    uint64_t point = swar_zeros(x ^ swar_fill('.' ^ '0'));
    unsigned beg = word_bits - bits + (negative ? SWAR_BITS : 0), decimals = 0;
    if (point != 0) {
        unsigned at = swar_at(point); /* of bits, as beg is; a digit on either side */
        if (at <= beg || at >= word_bits - SWAR_BITS)
            return false;
        uint64_t upto = point ^ (point - 1); /* the bytes up to the point */
        decimals = SWAR_BYTES - 1 - at / SWAR_BITS;
        x = (x << SWAR_BITS & upto) | (x & ~upto);
    }
    if (beg == word_bits || (((x + SWAR_ONES * (0x7F - 9)) | x) & SWAR_HIGHS) != 0)
        return false;
    x = x * 10 + (x >> SWAR_BITS); /* pairs, then fours, then all eight */
    x = (x & 0x00FF00FF00FF00FF) * 100 + (x >> 16 & 0x00FF00FF00FF00FF);
    x = (x & 0x0000FFFF0000FFFF) * 10000 + (x >> 32 & 0xFFFF);
    int64_t times = r->times_short[decimals], figure = (int64_t)(x & UINT32_MAX) * times;
    *out = negative ? -figure : figure;
    return times != 0 && *out >= r->least && *out <= r->most;
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

bool reader_number(const struct reader *r, Str cell, const char *end, int64_t *out)
{
    const char *p = cell.p;
    size_t n = cell.n;
    if (!r->number || n == 0 || n > LONG_BYTES)
        return false;
    if (n <= SWAR_BYTES && end - p >= SWAR_BYTES &&
        read_short(r, swar_load(p), (unsigned)n * SWAR_BITS, out))
        return true;
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

/* Offset of the first separator or newline from `at` on, or SIZE_MAX if none is before `most`. */
static size_t find_end(const char *p, size_t at, size_t most, char separator)
{
    const uint64_t sep = swar_fill(separator), newline = swar_fill('\n');
    for (; at <= most; at += SWAR_BYTES) {
        uint64_t word = swar_load(p + at);
        uint64_t hits = swar_zeros(word ^ sep) | swar_zeros(word ^ newline);
        if (hits != 0)
            return at + swar_first(hits);
    }
    return SIZE_MAX;
}

/* Is the cell as it stands what csv_next would make of it? */
static bool is_plain(Str s)
{
    if (s.n == 0)
        return true;
    unsigned char first = (unsigned char)s.p[0], last = (unsigned char)s.p[s.n - 1];
    if (first > '"' && first < 0x80 && last > ' ' && last < 0x80)
        return true;
    return first != '"' && str_trim(s).n == s.n;
}

/* Splits off the cell of a lane. */
static bool split_cell(const struct csv *c, struct lane *l, size_t *at, size_t most, bool is_last)
{
    size_t beg = *at, end = find_end(c->text.p, beg, most, c->sep);
    if (end == SIZE_MAX || (c->text.p[end] == '\n') != is_last)
        return false;
    Str s = {c->text.p + beg, end - beg};
    s.n -= is_last && s.n > 0 && s.p[s.n - 1] == '\r';
    l->cell = (CsvCell){s, {(uint32_t)beg, (uint32_t)(beg + s.n)}};
    *at = end + 1;
    return is_plain(s);
}

/* A cell of a number that is read at once: where the next one begins, or `at`. */
static inline size_t read_at_once(const char *p, size_t at, struct reader *r, uint64_t stop,
                                  uint32_t row)
{
    uint64_t chars = swar_load(p + at), hits = swar_zeros(chars ^ stop);
    if (hits == 0)
        return at;
    unsigned bits = swar_at(hits);
    if (bits == 0)
        reader_blank(r, row);
    else if (!read_short(r, chars, bits, &r->figure[row]))
        return at;
    return at + bits / SWAR_BITS + 1;
}

bool reader_row(struct csv *c, struct lanes *l, uint32_t row)
{
    if (c->text.n < SWAR_BYTES || c->text.n >= UINT32_MAX)
        return false;
    const char *p = c->text.p;
    const uint64_t sep = swar_fill(c->sep), newline = swar_fill('\n');
    const size_t most = c->text.n - SWAR_BYTES, n = l->n;
    size_t at = c->at;
    l->left_n = 0;
    for (size_t i = 0; i < n; i++) {
        struct lane *lane = &l->lane[i];
        bool is_last = i + 1 == n;
        size_t beg = at;
        if (at > most)
            return false;
        if (lane->at_once)
            at = read_at_once(p, at, lane->reader, is_last ? newline : sep, row);
        if (at != beg)
            continue;
        if (!split_cell(c, lane, &at, most, is_last))
            return false;
        if (lane->reader != NULL)
            l->left[l->left_n++] = (uint32_t)i;
    }
    if (l->lane[l->id_at].cell.text.n == 0)
        return false;
    c->at = at;
    c->line = c->next_line++;
    return true;
}
