#include "explain/layout.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"

enum { GAP = 2, CUT_LEAST = 12 };

/* ---- paragraphs ---- */

static bool is_closing(Rune r)
{
    static const Rune marks[] = {0x3001, 0x3002, 0xFF0C, 0xFF1B, 0xFF1A, 0xFF09, 0x201D,
                                 0x300D, 0x300B, 0xFF1F, 0xFF01, 0x3011, '.',    ',',
                                 ';',    ':',    ')',    '?',    '!'};
    for (size_t i = 0; i < ARRAY_N(marks); i++)
        if (marks[i] == r)
            return true;
    return false;
}

static bool is_opening(Rune r)
{
    return r == 0x201C || r == 0xFF08 || r == 0x300C || r == 0x300A || r == '(';
}

/* May a line end between the two? */
static bool may_break(Rune before, Rune after)
{
    if (after == ' ')
        return true;
    if (is_closing(after) || is_opening(before))
        return false;
    return rune_width(before) == 2 || rune_width(after) == 2;
}

/* Bytes of `text` that fit on one line of `room` columns; everything if it has no place to break
 * before that. */
static size_t line_length(Str text, size_t room)
{
    size_t columns = 0, good = 0, len = 0;
    Rune before = 0;
    for (size_t at = 0; at < text.n; at += len) {
        Rune r = utf8_at(text, at, &len);
        if (at > 0 && may_break(before, r))
            good = at;
        columns += (size_t)rune_width(r);
        if (columns > room && good > 0)
            return good;
        before = r;
    }
    return text.n;
}

void layout_wrap(struct buf *out, Str text, size_t indent, size_t columns)
{
    size_t room = columns > indent + 20 ? columns - indent : 20;
    text = str_trim(text);
    do {
        size_t n = line_length(text, room);
        buf_fill(out, ' ', indent);
        buf_add(out, str_trim(str_sub(text, 0, n)));
        buf_char(out, '\n');
        text = str_trim(str_sub(text, n, text.n));
    } while (text.n > 0);
}

Str layout_cut(struct arena *keep, Str text, size_t columns)
{
    if (utf8_width(text) <= columns)
        return text;
    size_t wide = 0, at = 0, len;
    while (at < text.n) {
        size_t w = (size_t)rune_width(utf8_at(text, at, &len));
        if (wide + w + 1 > columns)
            break;
        wide += w;
        at += len;
    }
    return arena_fmt(keep, "%.*s…", (int)at, text.p);
}

/* ---- tables ---- */

void grid_open(struct grid *g, struct arena *a)
{
    *g = (struct grid){.arena = a};
}

void grid_column(struct grid *g, Str title, bool right, size_t most)
{
    ASSERT(g->column_n < GRID_COLUMNS_MAX && g->cell_n == g->column_n);
    g->right[g->column_n] = right;
    g->most[g->column_n] = most;
    g->column_n++;
    grid_cell(g, title);
}

void grid_cell(struct grid *g, Str text)
{
    size_t most = g->most[g->cell_n % g->column_n];
    if (most > 0)
        text = layout_cut(g->arena, text, most);
    VEC_PUSH(g->arena, g->cell, g->cell_n, g->cell_cap) = text;
}

static void print_cell(struct buf *out, Str text, size_t wide, bool right, bool last)
{
    size_t blank = wide - utf8_width(text);
    if (right)
        buf_fill(out, ' ', blank);
    buf_add(out, text);
    if (!right && !last)
        buf_fill(out, ' ', blank);
}

/* How many columns fit, their widths in wide[]; the last may be cut. */
static size_t fit(const struct grid *g, size_t indent, size_t columns, size_t *wide)
{
    size_t total = indent, shown = 0;
    for (size_t i = 0; i < g->cell_n; i++) {
        size_t w = utf8_width(g->cell[i]);
        if (w > wide[i % g->column_n])
            wide[i % g->column_n] = w;
    }
    while (shown < g->column_n && (shown == 0 || total + wide[shown] <= columns))
        total += wide[shown++] + GAP;
    if (shown < g->column_n && !g->right[shown] && total + CUT_LEAST <= columns) {
        wide[shown] = columns - total;
        shown++;
    }
    return shown;
}

static void print_rule(struct buf *out, size_t indent, const size_t *wide, size_t n)
{
    buf_fill(out, ' ', indent);
    for (size_t j = 0; j < n; j++) {
        for (size_t k = 0; k < wide[j]; k++)
            buf_add(out, S("─"));
        buf_fill(out, ' ', j + 1 < n ? GAP : 0);
    }
    buf_char(out, '\n');
}

size_t grid_print(struct buf *out, const struct grid *g, size_t indent, size_t columns)
{
    size_t wide[GRID_COLUMNS_MAX] = {0};
    size_t shown = fit(g, indent, columns, wide);
    for (size_t i = 0; i < g->cell_n; i += g->column_n) {
        buf_fill(out, ' ', indent);
        for (size_t j = 0; j < shown; j++) {
            Str text = layout_cut(g->arena, g->cell[i + j], wide[j]);
            print_cell(out, text, wide[j], g->right[j], j + 1 == shown);
            buf_fill(out, ' ', j + 1 < shown ? GAP : 0);
        }
        while (out->n > 0 && out->p[out->n - 1] == ' ')
            out->n--; /* empty cells at the end */
        buf_char(out, '\n');
        if (i == 0)
            print_rule(out, indent, wide, shown);
    }
    return g->column_n - shown;
}
