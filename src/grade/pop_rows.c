/* pop_rows.c - what pop_column reads of every row: who counts, dealing, adding up.
 *
 * Dealing writes one stream per group, with the rows in order, so memory is read ahead; visiting
 * the rows group by group would touch every line once per group. Rows that do not count are dealt
 * too and overwritten by the next, or added to a group of their own: a branch on a random bit costs
 * more. Columns are widened to 64 bits by chunks that stay in the first cache: one kernel a task
 * instead of one a type, for 0.3 ns a row.
 */
#include <string.h>

#include "base/arena.h"
#include "grade/pop_column_int.h"

static void widen(int64_t *to, enum vec_type t, const void *at, size_t row, size_t n)
{
    const int32_t *i32 = at;
    if (t == VEC_I64)
        memcpy(to, (const int64_t *)at + row, n * sizeof *to);
    else if (t == VEC_I32)
        for (size_t i = 0; i < n; i++)
            to[i] = i32[row + i];
    else
        for (size_t i = 0; i < n; i++)
            to[i] = vec_int(VEC_I8, at, row + i);
}

void rows_load(const struct column *c, struct rows *r, enum end end)
{
    const struct vec *x = c->x;
    widen(r->x, x->type, x->lo, r->row, r->n);
    bool is_given = x->blank != NULL && x->blank->lo == x->blank->hi;
    if (x->open == NULL || (x->blank != NULL ? !is_given : end == END_LO))
        return;
    for (size_t w = r->row / WORD_ROWS; w * WORD_ROWS < r->row + r->n; w++)
        for (uint64_t left = x->open[w]; left != 0; left &= left - 1) {
            size_t at = w * WORD_ROWS + (size_t)__builtin_ctzll(left);
            r->x[at - r->row] = is_given ? (int64_t)x->blank->lo : vec_int(x->type, x->hi, at);
        }
}

static void load_groups(const struct column *c, struct rows *r)
{
    const struct peer_order *o = c->order;
    if (o->group == NULL)
        memset(r->group, 0, sizeof r->group);
    for (size_t i = 0; o->group != NULL && i < r->n; i++) {
        uint32_t g = o->group[r->row + i];
        r->group[i] = g < o->group_n ? g : o->group_n;
    }
}

bool rows_next(const struct column *c, struct rows *r)
{
    const size_t row_n = c->order->row_n;
    r->row += r->n;
    if (r->row >= row_n)
        return false;
    r->n = row_n - r->row < CHUNK ? row_n - r->row : CHUNK;
    load_groups(c, r);
    for (size_t w = 0; w < CHUNK / WORD_ROWS; w++) {
        bool any = w * WORD_ROWS < r->n && c->counted != NULL;
        r->counted[w] = any ? c->counted[r->row / WORD_ROWS + w] : UINT64_MAX;
    }
    return true;
}

/* Does an open row count? */
static bool survey_row(struct column *c, Cell x)
{
    const bool definite = x.lo == x.hi, low = x.lo != -WIDE_INF, high = x.hi != WIDE_INF;
    const bool ranks = c->in->op == OP_RANK || c->in->op == OP_BOARD;
    c->has_intervals |= !definite && (ranks ? low && high : low || high);
    return definite || (ranks && low && high);
}

/* As survey_row; false: an end that no figure can be. */
static bool survey_word(struct column *c, uint64_t *counted, size_t w)
{
    for (uint64_t left = c->x->open[w]; left != 0; left &= left - 1) {
        size_t row = w * WORD_ROWS + (size_t)__builtin_ctzll(left);
        if (row >= c->order->row_n)
            break;
        if (row_is_unknown(c->x, row))
            continue;
        Cell x = vec_cell(c->x, row);
        if (x.lo > x.hi || x.lo == WIDE_INF || x.hi == -WIDE_INF)
            return false;
        *counted |= survey_row(c, x) ? left & -left : 0;
    }
    return true;
}

bool rows_survey(struct column *c)
{
    const struct vec *x = c->x;
    if (x->open == NULL)
        return true;
    if (x->blank != NULL && survey_row(c, *x->blank))
        return x->blank->lo == x->blank->hi; /* all count, or the figures are ranked intervals */
    uint64_t *counted = ARENA_ARRAY(c->tmp, uint64_t, vec_words(c->order->row_n));
    c->counted = counted;
    for (size_t w = 0; w < vec_words(c->order->row_n); w++) {
        counted[w] = ~x->open[w];
        if (x->blank == NULL && !survey_word(c, &counted[w], w))
            return false;
    }
    return true;
}

void rows_deal(struct column *c, struct figures *to, enum end end)
{
    const struct peer_order *o = c->order;
    int64_t *all = arena_raw(c->tmp, (size_t)o->row_n + 1, sizeof *all);
    int64_t **at = ARENA_ARRAY(c->tmp, int64_t *, (size_t)o->group_n + 1);
    for (uint32_t g = 0; g <= o->group_n; g++)
        at[g] = to[g].at = all + o->beg[g];
    struct rows r = {.n = 0};
    while (rows_next(c, &r)) {
        rows_load(c, &r, end);
        for (size_t w = 0; w * WORD_ROWS < r.n; w++) {
            uint64_t counted = r.counted[w];
            for (size_t i = w * WORD_ROWS; i < rows_word_end(&r, w); i++, counted >>= 1) {
                int64_t **here = &at[r.group[i]], *put = *here;
                *put = r.x[i];
                *here = put + (counted & 1);
            }
        }
    }
    for (uint32_t g = 0; g <= o->group_n; g++)
        to[g].n = (uint32_t)(at[g] - to[g].at);
}

/* Rows that do not count go to the waste. */
static void divert(const struct column *c, struct rows *r)
{
    for (size_t w = 0; w * WORD_ROWS < r->n; w++)
        for (uint64_t left = ~r->counted[w]; left != 0; left &= left - 1)
            r->group[w * WORD_ROWS + (size_t)__builtin_ctzll(left)] = c->order->group_n + 2;
}

void rows_tally(struct column *c)
{
    struct figures *figures = c->figures;
    for (uint32_t g = 0; g <= c->order->group_n + 2; g++) {
        figures[g].least = INT64_MAX;
        figures[g].most = INT64_MIN;
    }
    struct rows r = {.n = 0};
    while (rows_next(c, &r)) {
        rows_load(c, &r, END_LO);
        divert(c, &r);
        for (size_t i = 0; i < r.n; i++) {
            struct figures *f = &figures[r.group[i]];
            const int64_t x = r.x[i];
            f->n++;
            f->sum += x;
            f->least = x < f->least ? x : f->least;
            f->most = x > f->most ? x : f->most;
        }
    }
}

void rows_square(struct column *c)
{
    struct figures *figures = c->figures;
    struct rows r = {.n = 0};
    while (rows_next(c, &r)) {
        rows_load(c, &r, END_LO);
        divert(c, &r);
        for (size_t i = 0; i < r.n; i++) {
            struct figures *f = &figures[r.group[i]];
            uint64_t d = (uint64_t)r.x[i] - (uint64_t)f->least;
            f->square += (UWide)d * d;
        }
    }
}
