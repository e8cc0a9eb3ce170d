/* pop_single.c - rows without a figure, in no group, or in a group without a recipe.
 *
 * Each is worked out by scene_cell, but a row whose cell is the one that its group had last gets
 * what that got: most open rows are unknown, or were by the step before, and then alike. Where all
 * rows that are left open get the same, the column says it once.
 */
#include "base/arena.h"
#include "grade/pop_column_int.h"

static bool any_single_group(const struct column *c)
{
    for (uint32_t g = 0; g <= c->order->group_n; g++)
        if (c->single[g] && c->order->beg[g] < c->order->beg[g + 1])
            return true;
    return false;
}

static void find(struct singles *s)
{
    const struct column *c = s->c;
    const bool any = any_single_group(c);
    s->one = c->x->blank != NULL && !any;
    s->row = ARENA_ARRAY(c->tmp, uint64_t, vec_words(c->order->row_n));
    for (size_t w = 0; w < vec_words(c->order->row_n); w++) {
        const size_t row = w * WORD_ROWS, left = c->order->row_n - row;
        uint64_t mask = c->counted == NULL ? 0 : ~c->counted[w];
        for (size_t i = 0; any && i < WORD_ROWS && i < left; i++)
            mask |= (uint64_t)c->single[order_group(c->order, row + i)] << i;
        s->row[w] = left < WORD_ROWS ? mask & (((uint64_t)1 << left) - 1) : mask;
    }
}

static bool work_out(Cell *out, const struct column *c, uint32_t g, Cell x)
{
    const bool ranks = c->in->op == OP_RANK || c->in->op == OP_BOARD;
    *out = CELL_UNKNOWN;
    if (ranks || (g == c->order->group_n && !pop_is_imputing(c->in)))
        return true;
    return scene_cell(out, &c->scene[c->pick[g]], x);
}

static Cell single_cell(const struct column *c, size_t row)
{
    return row_is_unknown(c->x, row) ? CELL_UNKNOWN : vec_cell(c->x, row);
}

static void note(struct singles *s, struct column *c, Cell x)
{
    if (x.lo != -WIDE_INF && x.lo != WIDE_INF)
        column_note(c, x.lo, x.lo);
    if (x.hi != -WIDE_INF && x.hi != WIDE_INF)
        column_note(c, x.hi, x.hi);
    if (x.lo == x.hi)
        return;
    s->alike &= !s->any_open || (x.lo == s->blank.lo && x.hi == s->blank.hi);
    s->any_open = true;
    s->blank = x;
}

/* The row's cell and what it gets; false: overflow. */
static bool open_row(struct singles *s, struct column *c, size_t row)
{
    const uint32_t g = order_group(c->order, row);
    struct single *last = &s->last[g];
    if (last->known && s->one)
        return true;
    const Cell x = single_cell(c, row);
    if (last->known && x.lo == last->x.lo && x.hi == last->x.hi)
        return true;
    last->known = true;
    last->x = x;
    if (!work_out(&last->out, c, g, x))
        return false;
    VEC_PUSH(c->tmp, s->cell, s->cell_n, s->cell_cap) = last->out;
    note(s, c, last->out);
    return true;
}

bool singles_open(struct singles *s, struct column *c)
{
    const size_t n = (size_t)c->order->group_n + 1;
    *s = (struct singles){.c = c, .alike = true};
    s->last = ARENA_ARRAY(c->tmp, struct single, n);
    find(s);
    for (size_t w = 0; w < vec_words(c->order->row_n); w++)
        for (uint64_t left = s->row[w]; left != 0; left &= left - 1)
            if (!open_row(s, c, w * WORD_ROWS + (size_t)__builtin_ctzll(left)))
                return false;
    return true;
}

/* What the row got when it was opened: rows come in the same order again. */
static const Cell *next_cell(const struct singles *s, const Cell **next, size_t row)
{
    struct single *last = &s->last[order_group(s->c->order, row)];
    if (last->known && s->one)
        return &last->out;
    const Cell x = single_cell(s->c, row);
    if (!last->known || x.lo != last->x.lo || x.hi != last->x.hi)
        *last = (struct single){.known = true, .x = x, .out = *(*next)++};
    return &last->out;
}

void singles_put(struct arena *keep, struct vec *out, const struct singles *s)
{
    const struct column *c = s->c;
    if (s->any_open && out->hi == NULL) {
        Cell *blank = ARENA_NEW(keep, Cell);
        *blank = s->blank;
        out->blank = blank;
    }
    for (uint32_t g = 0; g <= c->order->group_n; g++)
        s->last[g].known = false;
    const Cell *next = s->cell;
    for (size_t w = 0; w < vec_words(c->order->row_n); w++)
        for (uint64_t left = s->row[w]; left != 0; left &= left - 1) {
            const size_t row = w * WORD_ROWS + (size_t)__builtin_ctzll(left);
            const Cell *x = next_cell(s, &next, row);
            const bool blank = x->lo != x->hi && out->blank != NULL;
            vec_set(out, row, blank ? (Cell){0, 0} : *x);
            if (blank)
                out->open[w] |= left & -left;
        }
}
