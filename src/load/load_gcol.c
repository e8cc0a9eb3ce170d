/* load_gcol.c - rows of a column file: figures by a factor, each word read once.
 *
 * A figure of so many decimals is the field's figure times what reader.c knows for that many, if it
 * is in range and whole; a word is what its code was read as before. All else is the text of the
 * cell again, and read as that of a CSV is.
 */
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "load/gcol_int.h"
#include "load/load_int.h"

enum sight { UNSEEN, FIGURE, BLANK };

/* What the words of a column were read as. */
struct memory {
    int64_t *figure;
    uint8_t *sight;
};

struct gcol_rows {
    const struct gcol *g;
    struct memory *memory; /* of columns of words */
    uint32_t row;          /* of the first of those at hand */
};

static CsvCell cell_of(struct load *l, struct arena *a, uint32_t i, size_t column)
{
    const struct gcol_rows *t = l->from->self;
    return (CsvCell){gcol_cell(t->g, a, column, t->row + i), l->head[column].span};
}

static int64_t floor_of(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* m[i] * times, 0 where nothing is; bit i of the answer: m[i] lies outside. */
LANE_LOOP static uint64_t scale(int64_t *restrict out, const int64_t *restrict m, int64_t times,
                                const int64_t ends[2], uint64_t present)
{
    const int64_t least = ends[0], most = ends[1];
    uint64_t odd = 0;
    for (uint64_t i = 0; i < WORD_ROWS; i++) {
        const uint64_t has = present >> i & 1;
        out[i] = (int64_t)((uint64_t)m[i] * (uint64_t)times & (0 - has));
        odd |= (uint64_t)(m[i] < least || m[i] > most) << i;
    }
    return odd & present;
}

/* gcol_figure of n rows; a loop for each width. */
static void widen(int64_t *m, const struct gcol_column *c, uint32_t row, uint32_t n)
{
    const char *p = c->value + (size_t)row * c->width;
    for (uint32_t i = 0; c->width == 1 && i < n; i++)
        m[i] = (int64_t)(int8_t)p[i];
    for (uint32_t i = 0; c->width == 2 && i < n; i++)
        m[i] = (int16_t)gcol_u16(p + (size_t)2 * i);
    for (uint32_t i = 0; c->width == 4 && i < n; i++)
        m[i] = (int32_t)gcol_u32(p + (size_t)4 * i);
    for (uint32_t i = 0; c->width == 8 && i < n; i++)
        m[i] = (int64_t)swar_load(p + (size_t)8 * i);
}

/* Bit i of the answers: row i is to be read otherwise, row i is blank. */
static uint64_t read_figures(struct reader *r, const struct gcol_column *c, uint32_t row,
                             uint32_t n, uint64_t *blank)
{
    const int64_t times = r->number ? r->times[c->decimals] : 0;
    const uint64_t present = gcol_present(c, row);
    int64_t m[WORD_ROWS] = {0};
    *blank = ~present;
    if (times == 0) {
        memset(r->figure + row % CHUNK_FILL, 0, sizeof m);
        return present;
    }
    widen(m, c, row, n);
    const int64_t ends[] = {-floor_of(-r->as.least, times), floor_of(r->as.most, times)};
    return scale(r->figure + row % CHUNK_FILL, m, times, ends, present);
}

static uint64_t read_words(struct reader *r, const struct gcol_column *c, const struct memory *m,
                           uint32_t row, uint32_t n, uint64_t *blank)
{
    int64_t *out = r->figure + row % CHUNK_FILL;
    uint64_t odd = 0;
    *blank = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t code = gcol_code(c, row + i);
        out[i] = m->figure[code];
        odd |= (uint64_t)(m->sight[code] == UNSEEN) << i;
        *blank |= (uint64_t)(m->sight[code] == BLANK) << i;
    }
    return odd;
}

/* Words that were read without remark need not be read again. */
static void remember(const struct reader *r, const struct gcol_column *c, struct memory *m,
                     uint32_t row, uint64_t odd)
{
    for (; odd != 0; odd &= odd - 1) {
        const uint32_t code = gcol_code(c, row + (uint32_t)__builtin_ctzll(odd));
        const Str word = gcol_text(&c->texts, code);
        if (word.n == 0)
            m->sight[code] = BLANK;
        else if (reader_number(r, word, &m->figure[code]) ||
                 reader_recall(r, word, &m->figure[code]))
            m->sight[code] = FIGURE;
        else
            m->figure[code] = 0;
    }
}

static struct memory *memory_of(struct load *l, struct gcol_rows *t, size_t column)
{
    struct memory *m = &t->memory[column];
    if (m->sight == NULL) {
        m->figure = ARENA_ARRAY(l->tmp, int64_t, t->g->column[column].texts.n);
        m->sight = ARENA_ARRAY(l->tmp, uint8_t, t->g->column[column].texts.n);
    }
    return m;
}

/* Some rows of one column. */
static void read_lane(struct load *l, struct gcol_rows *t, size_t column, uint32_t n)
{
    const struct gcol_column *c = &t->g->column[column];
    struct lane *lane = &l->lane[column];
    uint64_t blank = 0;
    lane->odd = 0;
    if (lane->reader == NULL)
        return;
    const uint64_t all = n == WORD_ROWS ? UINT64_MAX : ((uint64_t)1 << n) - 1;
    if (c->kind == GCOL_TEXTS)
        lane->odd = all;
    else if (c->kind == GCOL_FIGURES)
        lane->odd = read_figures(lane->reader, c, t->row, n, &blank);
    else
        lane->odd = read_words(lane->reader, c, memory_of(l, t, column), t->row, n, &blank);
    lane->odd &= all;
    lane->reader->missing[t->row % CHUNK_FILL / WORD_ROWS] |= blank & all;
}

static uint32_t read_some(struct load *l, uint32_t row)
{
    struct gcol_rows *t = l->from->self;
    const uint32_t left = t->g->row_n - row, n = left < WORD_ROWS ? left : WORD_ROWS;
    t->row = row;
    for (size_t i = 0; n > 0 && i < l->head_n; i++)
        read_lane(l, t, i, n);
    load_rows(l, row, n);
    for (size_t i = 0; n > 0 && i < l->head_n; i++)
        if (t->memory[i].sight != NULL)
            remember(l->lane[i].reader, &t->g->column[i], &t->memory[i], row, l->lane[i].odd);
    return n;
}

/* srccheck:params as load_csv. */
enum status load_gcol(struct arena *keep, struct dataset **out, int *period, const struct rules *r,
                      const struct gcol *g, const struct load_opts *o, struct diags *ds)
{
    struct arena *tmp = arena_open();
    struct gcol_rows t = {.g = g, .memory = ARENA_ARRAY(tmp, struct memory, g->column_n)};
    struct feed from = {
        .self = &t, .head = g->head, .row_n = g->row_n, .some = read_some, .cell = cell_of};
    enum status st = load_from(keep, out, period, r, &from, o, ds);
    arena_close(tmp);
    return st;
}
