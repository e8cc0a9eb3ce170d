/* check_table.c - does every case fall into exactly one row of a decision table?
 *
 * Each input is cut into cells (check_axis.h), so a table becomes a grid of boxes and a row a set
 * of boxes. Rows are painted in order, each into the boxes nobody has: a box met twice is an
 * overlap, a row that gets none is unreachable, a box left over is a gap. Exact, whatever the
 * decimals. Cost: the boxes painted; at most BOX_MAX a table and WORK_MAX a document, else
 * BAND-UNCHECKED.
 * Tables whose rows have dates are painted once for every stretch of days between changes.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/diag.h"
#include "base/str.h"
#include "check/check.h"
#include "check/check_axis.h"
#include "rule/read.h"

enum {
    AXIS_MAX = 32,
    BOX_MAX = 200000,
    WORK_MAX = 50000000,
    TOLD_MAX = 5, /* gaps told of one table, and overlaps, and unreachable rows */
};

#define TOLD UINT32_MAX /* owner of an empty box that has been told of */

struct grid {
    struct checker c;
    const struct table *t;
    size_t work;     /* boxes painted in the whole document */
    uint32_t *owner; /* of each box: row + 1, or 0 */
    size_t owner_cap;
    Span *seen_heads; /* heads of segment tables already checked, see is_repeated */
    size_t seen_n, seen_cap;

    struct axis axis[AXIS_MAX]; /* of the table at hand */
    uint32_t axis_n;
    size_t box_n;
    struct axis_set *set; /* of each row and input, row by row */
    int32_t from, until;  /* the stretch of days painted */
    uint32_t *reach;      /* boxes each row got, over all stretches */
    uint32_t told, told_gap;
};

static Span head_span(const struct table *t)
{
    return t->md != NULL ? t->md->head.line : t->row[0].cell[0].span;
}

/* Where the first input that is not `-` is tested in this row, or the row. */
static Span row_span(const struct grid *g, uint32_t row)
{
    const struct table_row *r = &g->t->row[row];
    if (g->axis_n == 1 && r->cell[0].test[0].kind != TEST_ANY)
        return r->cell[0].span;
    return r->span;
}

static struct axis_set *set_of(const struct grid *g, uint32_t row, uint32_t input)
{
    return &g->set[(size_t)row * g->axis_n + input];
}

static bool is_active(const struct grid *g, uint32_t row)
{
    const struct table_row *r = &g->t->row[row];
    return r->from <= g->from && r->until >= g->until;
}

/* --- in words --- */

static void add_day(struct buf *out, int32_t day)
{
    if (day == DAY_MIN || day == DAY_MAX)
        buf_add(out, S("…"));
    else
        day_print(out, day);
}

/* What an input is called: its head, for texts made by hand its source. */
static void add_input_name(struct buf *out, const struct grid *g, uint32_t i)
{
    const struct table *t = g->t;
    buf_add(out, t->md != NULL ? t->md->head.cell[t->column[i]].s
                               : check_source_text(&g->c, t->input[i]->span));
}

/* No value of the input lies outside the run. */
static bool is_all(const struct axis *ax, struct axis_run run)
{
    for (uint32_t i = 0; i < ax->cell_n; i++)
        if ((i < run.beg || i >= run.end) && ax->cls[i] != AXIS_DEAD)
            return false;
    return true;
}

/* "研发强度 [5%, 6%) 且 等级 高": a run for each input that matters; one alone needs no name. */
static Str in_words(const struct grid *g, const struct axis_run *run)
{
    struct buf out;
    bool any = false;
    buf_init(&out, g->c.tmp, 4000);
    if (g->t->dated) {
        add_day(&out, g->from);
        buf_char(&out, '~');
        add_day(&out, g->until);
        buf_char(&out, ' ');
    }
    for (uint32_t i = 0; i < g->axis_n; i++) {
        if (g->axis_n > 1 && is_all(&g->axis[i], run[i]))
            continue;
        if (any)
            buf_add(&out, g->c.r->english ? S(" and ") : S(" 且 "));
        any = true;
        if (g->axis_n > 1) {
            add_input_name(&out, g, i);
            buf_char(&out, ' ');
        }
        axis_print(&out, &g->c, &g->axis[i], run[i]);
    }
    if (!any)
        buf_char(&out, '-');
    return buf_str(&out);
}

static Str day_text(const struct grid *g, int32_t day)
{
    struct buf out;
    buf_init(&out, g->c.tmp, 40);
    add_day(&out, day);
    return buf_str(&out);
}

/* --- painting --- */

/* Where a row stands in the odometer over its boxes. */
struct brush {
    size_t run[AXIS_MAX];
    uint32_t cell[AXIS_MAX];
};

static bool brush_start(const struct grid *g, struct brush *b, uint32_t row)
{
    for (uint32_t i = 0; i < g->axis_n; i++) {
        if (set_of(g, row, i)->n == 0)
            return false;
        b->run[i] = 0;
        b->cell[i] = set_of(g, row, i)->run[0].beg;
    }
    return true;
}

/* The next box of the row, last input fastest; false: that was the last. */
static bool brush_step(const struct grid *g, struct brush *b, uint32_t row)
{
    for (uint32_t i = g->axis_n; i-- > 0;) {
        const struct axis_set *set = set_of(g, row, i);
        if (++b->cell[i] < set->run[b->run[i]].end)
            return true;
        b->run[i] = b->run[i] + 1 < set->n ? b->run[i] + 1 : 0;
        b->cell[i] = set->run[b->run[i]].beg;
        if (b->run[i] > 0)
            return true;
    }
    return false;
}

static size_t box_of(const struct grid *g, const uint32_t *cell)
{
    size_t box = 0;
    for (uint32_t i = 0; i < g->axis_n; i++)
        box = box * g->axis[i].cell_n + cell[i];
    return box;
}

/* The weakest class of the cells: one dead cell makes the box dead. */
static enum cell_class box_class(const struct grid *g, const uint32_t *cell)
{
    enum cell_class least = AXIS_IN;
    for (uint32_t i = 0; i < g->axis_n; i++)
        if (g->axis[i].cls[cell[i]] < least)
            least = g->axis[i].cls[cell[i]];
    return least;
}

/* As far as both rows go around the box they share. */
static void shared_runs(const struct grid *g, const uint32_t *cell, uint32_t a, uint32_t b,
                        struct axis_run *out)
{
    for (uint32_t i = 0; i < g->axis_n; i++) {
        const struct axis_set *x = set_of(g, a, i), *y = set_of(g, b, i);
        const uint8_t *cls = g->axis[i].cls;
        uint32_t beg = cell[i], end = cell[i] + 1;
        while (beg > 0 && cls[beg - 1] != AXIS_DEAD && axis_has(x, beg - 1) && axis_has(y, beg - 1))
            beg--;
        while (end < g->axis[i].cell_n && cls[end] != AXIS_DEAD && axis_has(x, end) &&
               axis_has(y, end))
            end++;
        out[i] = (struct axis_run){beg, end};
    }
}

static void tell_overlap(struct grid *g, const uint32_t *cell, uint32_t first, uint32_t second)
{
    const struct table_row *a = &g->t->row[first], *b = &g->t->row[second];
    struct axis_run run[AXIS_MAX];
    if (g->told++ >= TOLD_MAX)
        return;
    if (a->from != b->from || a->until != b->until) {
        (void)diag_add(g->c.ds, DIAG_DATE_OVERLAP, b->from_span, day_text(g, g->from),
                       day_text(g, g->until), NO_ARG);
        diag_note(g->c.ds, a->from_span);
        return;
    }
    shared_runs(g, cell, first, second, run);
    (void)diag_add(g->c.ds, DIAG_BAND_OVERLAP, row_span(g, second), in_words(g, run), NO_ARG,
                   NO_ARG);
    diag_note(g->c.ds, row_span(g, first));
}

/* False: too much work. Of several overlaps of a row the first is told. */
static bool paint_row(struct grid *g, uint32_t row)
{
    struct brush b;
    bool told = g->t->first_hit;
    if (!brush_start(g, &b, row))
        return true;
    do {
        size_t box = box_of(g, b.cell);
        if (++g->work > WORK_MAX)
            return false;
        if (box_class(g, b.cell) == AXIS_DEAD || g->owner[box] == row + 1)
            continue;
        if (g->owner[box] == 0) {
            g->owner[box] = row + 1;
            g->reach[row]++;
        } else if (!told) {
            g->reach[row]++;
            tell_overlap(g, b.cell, g->owner[box] - 1, row);
            told = true;
        }
    } while (brush_step(g, &b, row));
    return true;
}

/* --- gaps --- */

static void cells_of(const struct grid *g, size_t box, uint32_t *cell)
{
    for (uint32_t i = g->axis_n; i-- > 0;) {
        cell[i] = (uint32_t)(box % g->axis[i].cell_n);
        box /= g->axis[i].cell_n;
    }
}

/* The row below a gap, where a reader looks for it; else the head. */
static Span gap_span(const struct grid *g, size_t box)
{
    if (g->axis_n == 1 && g->axis[0].kind != TYPE_TEXT)
        for (size_t i = box; i-- > 0;)
            if (g->owner[i] != 0 && g->owner[i] != TOLD)
                return row_span(g, g->owner[i] - 1);
    return head_span(g->t);
}

static bool is_gap(const struct grid *g, const uint32_t *cell, enum cell_class cls)
{
    enum cell_class here = box_class(g, cell);
    return here == AXIS_DEAD || (here == cls && g->owner[box_of(g, cell)] == 0);
}

/* Next box of the block; false: that was the last. */
static bool block_step(const struct grid *g, const struct axis_run *run, uint32_t *cell)
{
    for (uint32_t i = g->axis_n; i-- > 0;) {
        if (++cell[i] < run[i].end)
            return true;
        cell[i] = run[i].beg;
    }
    return false;
}

static void block_start(const struct grid *g, const struct axis_run *run, uint32_t *cell)
{
    for (uint32_t i = 0; i < g->axis_n; i++)
        cell[i] = run[i].beg;
}

static bool is_gap_block(struct grid *g, const struct axis_run *run, enum cell_class cls)
{
    uint32_t cell[AXIS_MAX];
    block_start(g, run, cell);
    do {
        g->work++;
        if (!is_gap(g, cell, cls))
            return false;
    } while (block_step(g, run, cell));
    return true;
}

/* The block of empty boxes that starts at this one: as far as it goes along the last input, then
 * along the one before it. Dead cells do not end a block, but are not shown at its ends. */
static void grow_gap(struct grid *g, const uint32_t *cell, enum cell_class cls,
                     struct axis_run *run)
{
    for (uint32_t i = 0; i < g->axis_n; i++)
        run[i] = (struct axis_run){cell[i], cell[i] + 1};
    for (uint32_t i = g->axis_n; i-- > 0;) {
        const struct axis *ax = &g->axis[i];
        struct axis_run whole = run[i];
        while (whole.end < ax->cell_n) {
            run[i] = (struct axis_run){whole.end, whole.end + 1};
            if (!is_gap_block(g, run, cls))
                break;
            whole.end++;
        }
        while (whole.end > whole.beg + 1 && ax->cls[whole.end - 1] == AXIS_DEAD)
            whole.end--;
        run[i] = whole;
    }
}

static void tell_gap(struct grid *g, const uint32_t *at, enum cell_class cls)
{
    uint32_t cell[AXIS_MAX];
    struct axis_run run[AXIS_MAX];
    grow_gap(g, at, cls, run);
    bool inside = cls == AXIS_IN && !g->t->first_hit;
    (void)diag_add(g->c.ds, inside ? DIAG_BAND_GAP : DIAG_BAND_GAP_END, gap_span(g, box_of(g, at)),
                   in_words(g, run), NO_ARG, NO_ARG);
    block_start(g, run, cell);
    do
        g->owner[box_of(g, cell)] = TOLD;
    while (block_step(g, run, cell));
}

static void tell_gaps(struct grid *g)
{
    uint32_t cell[AXIS_MAX];
    for (size_t box = 0; box < g->box_n && g->told_gap < TOLD_MAX; box++) {
        if (g->owner[box] != 0)
            continue;
        cells_of(g, box, cell);
        enum cell_class cls = box_class(g, cell);
        if (cls != AXIS_IN && cls != AXIS_END)
            continue;
        g->told_gap++;
        tell_gap(g, cell, cls);
    }
}

/* --- a table --- */

static bool open_axes(struct grid *g)
{
    const struct table *t = g->t;
    g->box_n = 1;
    g->axis_n = t->input_n;
    if (t->input_n > AXIS_MAX)
        return false;
    for (uint32_t i = 0; i < t->input_n; i++) {
        if (!axis_open(&g->c, &g->axis[i], t, i))
            return false;
        g->box_n *= g->axis[i].cell_n;
        if (g->box_n > BOX_MAX)
            return false;
    }
    g->set = ARENA_ARRAY(g->c.tmp, struct axis_set, (size_t)t->row_n * t->input_n);
    for (uint32_t row = 0; row < t->row_n; row++)
        for (uint32_t i = 0; i < t->input_n; i++)
            axis_cells(&g->c, &g->axis[i], &t->row[row].cell[i], set_of(g, row, i));
    g->reach = ARENA_ARRAY(g->c.tmp, uint32_t, t->row_n);
    if (g->box_n > g->owner_cap) {
        g->owner = ARENA_ARRAY(g->c.tmp, uint32_t, g->box_n);
        g->owner_cap = g->box_n;
    }
    return true;
}

/* One stretch of days. False: too much work. */
static bool check_stretch(struct grid *g, int32_t from, int32_t until)
{
    bool any = false;
    g->from = from;
    g->until = until;
    g->work += g->box_n + g->t->row_n;
    memset(g->owner, 0, g->box_n * sizeof *g->owner);
    for (uint32_t row = 0; row < g->t->row_n; row++)
        if (is_active(g, row)) {
            any = true;
            if (!paint_row(g, row))
                return false;
        }
    if (any)
        tell_gaps(g);
    else if (g->told++ < TOLD_MAX)
        (void)diag_add(g->c.ds, DIAG_DATE_GAP, head_span(g->t), day_text(g, from),
                       day_text(g, until), NO_ARG);
    return true;
}

static int by_day(const void *x, const void *y)
{
    const int32_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

/* Every stretch between the first 生效 and the last 失效. */
static bool check_dated(struct grid *g)
{
    size_t n = 0;
    int32_t *start = ARENA_ARRAY(g->c.tmp, int32_t, 2 * (size_t)g->t->row_n), last = DAY_MIN;
    for (uint32_t i = 0; i < g->t->row_n; i++) {
        const struct table_row *row = &g->t->row[i];
        if (row->from > row->until)
            continue;
        start[n++] = row->from;
        if (row->until < DAY_MAX)
            start[n++] = row->until + 1;
        last = row->until > last ? row->until : last;
    }
    check_sort(g->c.tmp, start, n, sizeof *start, by_day);
    for (size_t i = 0; i < n && start[i] <= last; i++) {
        int32_t until = i + 1 < n ? start[i + 1] - 1 : last;
        if (until >= start[i] && !check_stretch(g, start[i], until))
            return false;
    }
    return true;
}

static void check_dates(const struct grid *g)
{
    for (uint32_t row = 0; row < g->t->row_n; row++) {
        const struct table_row *r = &g->t->row[row];
        if (r->from > r->until)
            (void)diag_add(g->c.ds, DIAG_DATE_ORDER, r->from_span, day_text(g, r->from),
                           day_text(g, r->until), NO_ARG);
    }
}

/* A test that nothing can meet; labels are check_label.c's. */
static void check_cell(const struct grid *g, const struct axis *ax, const struct cell_test *cell)
{
    struct axis_set set = {0};
    for (uint32_t k = 0; k < cell->test_n && ax->kind != TYPE_TEXT; k++) {
        struct cell_test one = {.test = &cell->test[k], .test_n = 1};
        set.n = 0;
        axis_cells(&g->c, ax, &one, &set);
        if (set.n == 0)
            (void)diag_add(g->c.ds, DIAG_RANGE_EMPTY, cell->span,
                           check_source_text(&g->c, cell->span), NO_ARG, NO_ARG);
    }
}

static void check_cells(const struct grid *g)
{
    for (uint32_t row = 0; row < g->t->row_n; row++)
        for (uint32_t i = 0; i < g->axis_n; i++)
            check_cell(g, &g->axis[i], &g->t->row[row].cell[i]);
}

static bool is_possible(const struct grid *g, uint32_t row)
{
    for (uint32_t i = 0; i < g->axis_n; i++)
        if (set_of(g, row, i)->n == 0)
            return false;
    return g->t->row[row].from <= g->t->row[row].until;
}

/* A 权重 or 满分 table becomes one decision table a row, all with the same heads. */
static bool is_repeated(struct grid *g)
{
    if (g->t->md != NULL)
        return false;
    Span head = head_span(g->t);
    for (size_t i = 0; i < g->seen_n; i++)
        if (g->seen_heads[i].beg == head.beg)
            return true;
    VEC_PUSH(g->c.tmp, g->seen_heads, g->seen_n, g->seen_cap) = head;
    return false;
}

static void check_table(void *arg, const struct expr *e)
{
    struct grid *g = arg;
    if (e->kind != EXPR_TABLE || e->table->row_n == 0)
        return;
    g->t = e->table;
    g->told = g->told_gap = 0;
    if (is_repeated(g))
        return;
    bool open = open_axes(g), done = false;
    check_dates(g);
    if (open) {
        check_cells(g);
        done = g->t->dated ? check_dated(g) : check_stretch(g, DAY_MIN, DAY_MAX);
    }
    if (!done) {
        (void)diag_add(g->c.ds, DIAG_BAND_UNCHECKED, head_span(g->t), NO_ARG, NO_ARG, NO_ARG);
        return;
    }
    g->told = 0;
    for (uint32_t row = 0; row < g->t->row_n; row++)
        if (g->reach[row] == 0 && is_possible(g, row) && g->told++ < TOLD_MAX)
            (void)diag_add(g->c.ds, DIAG_ROW_UNREACHABLE, g->t->row[row].span, NO_ARG, NO_ARG,
                           NO_ARG);
}

void check_tables(struct arena *tmp, const struct rules *r, struct diags *ds)
{
    struct grid *g = ARENA_NEW(tmp, struct grid);
    check_open(&g->c, tmp, r, ds);
    check_walk(&g->c, check_table, g);
    check_label_uses(&g->c);
}
