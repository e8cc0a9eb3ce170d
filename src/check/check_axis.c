/* check_axis.c - see check_axis.h. Cost: sorting the bounds; a test is two binary searches. */
#include "check/check_axis.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* --- bounds --- */

static void add_point(const struct checker *c, struct axis *ax, Dec at, Str text,
                      const struct unit *unit)
{
    VEC_PUSH(c->tmp, ax->point, ax->point_n, ax->point_cap) = (struct axis_point){at, text, unit};
}

static bool add_bound(const struct checker *c, struct axis *ax, const struct expr *e)
{
    Dec at;
    if (e == NULL)
        return true;
    if (!check_const(e, &at))
        return false;
    add_point(c, ax, at, check_source_text(c, e->span), NULL);
    return true;
}

static int by_value(const void *x, const void *y)
{
    const struct axis_point *a = x, *b = y;
    int order = check_dec_cmp(a->at, b->at);
    if (order != 0)
        return order;
    return a->text.n > 0 ? (b->text.n > 0 ? 0 : -1) : b->text.n > 0; /* written ones first */
}

static void sort_points(const struct checker *c, struct axis *ax)
{
    size_t n = 0;
    check_sort(c->tmp, ax->point, ax->point_n, sizeof *ax->point, by_value);
    for (size_t i = 0; i < ax->point_n; i++)
        if (n == 0 || check_dec_cmp(ax->point[n - 1].at, ax->point[i].at) != 0)
            ax->point[n++] = ax->point[i];
    ax->point_n = n;
}

/* The cell of a bound, which is among the points. */
static uint32_t cell_of(const struct axis *ax, Dec at)
{
    size_t lo = 0, hi = ax->point_n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (check_dec_cmp(ax->point[mid].at, at) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return (uint32_t)(2 * lo + 1);
}

/* --- which cells have values --- */

/* Is there a multiple of 10^-scale between the two, ends left out? */
static bool has_between(Dec lo, Dec hi, int scale)
{
    Wide next;
    if (!wide_rescale(&next, lo.m, lo.scale, scale, ROUND_FLOOR) || !wide_add(&next, next, 1))
        return true;
    return wide_cmp(next, scale, hi.m, hi.scale) < 0;
}

static bool is_multiple(Dec d, int scale)
{
    d = dec_trim(d);
    return d.scale <= scale;
}

/* Number cells: even ones are open intervals between points, odd ones are points. */
static bool has_value(const struct axis *ax, uint32_t cell)
{
    size_t p = cell / 2;
    int scale = ax->input->type.scale;
    if (cell % 2 == 1)
        return is_multiple(ax->point[p].at, scale);
    if (p == 0 || p == ax->point_n)
        return true;
    return has_between(ax->point[p - 1].at, ax->point[p].at, scale);
}

static void classify_numbers(struct axis *ax, struct range r, struct axis_run hull)
{
    uint32_t lo = r.has_lo ? cell_of(ax, r.lo) : 0;
    uint32_t hi = r.has_hi ? cell_of(ax, r.hi) : ax->cell_n - 1;
    bool endless = r.unbounded && !dim_is_none(ax->input->type.dim);
    for (uint32_t i = 0; i < ax->cell_n; i++) {
        if (i < lo || i > hi || !has_value(ax, i))
            ax->cls[i] = AXIS_DEAD;
        else if (i >= hull.beg && i < hull.end)
            ax->cls[i] = AXIS_IN;
        else if (i < hull.beg)
            ax->cls[i] = r.has_lo ? AXIS_END : AXIS_OUT;
        else
            ax->cls[i] = r.has_hi || endless ? AXIS_END : AXIS_OUT;
    }
}

/* From the lowest to the highest cell that any row speaks of. */
static struct axis_run hull_of(const struct checker *c, const struct axis *ax,
                               const struct table *t, uint32_t input)
{
    struct axis_run hull = {UINT32_MAX, 0};
    struct axis_set set = {0};
    for (uint32_t row = 0; row < t->row_n; row++) {
        set.n = 0;
        axis_cells(c, ax, &t->row[row].cell[input], &set);
        for (size_t i = 0; i < set.n; i++) {
            hull.beg = set.run[i].beg < hull.beg ? set.run[i].beg : hull.beg;
            hull.end = set.run[i].end > hull.end ? set.run[i].end : hull.end;
        }
    }
    return hull;
}

static bool open_numbers(struct checker *c, struct axis *ax, const struct table *t, uint32_t input)
{
    struct range r = check_range(c, ax->input);
    for (uint32_t row = 0; row < t->row_n; row++) {
        const struct cell_test *cell = &t->row[row].cell[input];
        for (uint32_t k = 0; k < cell->test_n; k++)
            if (cell->test[k].kind == TEST_PREFIX || !add_bound(c, ax, cell->test[k].lo) ||
                !add_bound(c, ax, cell->test[k].hi))
                return false;
    }
    const struct unit *unit =
        ax->input->kind == EXPR_FIELD ? c->r->field[ax->input->ref].unit : NULL;
    if (r.has_lo)
        add_point(c, ax, r.lo, S(""), unit);
    if (r.has_hi)
        add_point(c, ax, r.hi, S(""), unit);
    sort_points(c, ax);
    ax->cell_n = (uint32_t)(2 * ax->point_n + 1);
    ax->cls = ARENA_ARRAY(c->tmp, uint8_t, ax->cell_n);
    classify_numbers(ax, r, hull_of(c, ax, t, input));
    return true;
}

/* --- texts --- */

static int by_text(const void *x, const void *y)
{
    return str_cmp(*(const Str *)x, *(const Str *)y);
}

/* Sorted, without twins: there may be thousands. */
static uint32_t unique(const struct checker *c, Str *label, size_t n)
{
    uint32_t kept = 0;
    check_sort(c->tmp, label, n, sizeof *label, by_text);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || !str_eq(label[kept - 1], label[i]))
            label[kept++] = label[i];
    return kept;
}

static bool open_texts(struct checker *c, struct axis *ax, const struct table *t, uint32_t input)
{
    size_t n = 0, cap = 0;
    struct labels_of known = {0};
    ax->open = !check_labels(c, ax->input, &known);
    for (size_t i = 0; i < known.n && !ax->open; i++)
        VEC_PUSH(c->tmp, ax->label, n, cap) = c->r->label[known.code[i]];
    for (uint32_t row = 0; row < t->row_n && ax->open; row++) {
        const struct cell_test *cell = &t->row[row].cell[input];
        for (uint32_t k = 0; k < cell->test_n; k++) {
            const struct test *test = &cell->test[k];
            if (test->kind == TEST_ANY)
                continue;
            if (test->lo == NULL || test->lo->kind != EXPR_CONST)
                return false;
            Str mark = test->kind == TEST_PREFIX ? S("*") : S("");
            VEC_PUSH(c->tmp, ax->label, n, cap) = arena_fmt(
                c->tmp, "%.*s%.*s", (int)test->lo->name.n, test->lo->name.p, (int)mark.n, mark.p);
        }
    }
    ax->cell_n = unique(c, ax->label, n);
    n = ax->cell_n;
    if (ax->open) {
        VEC_PUSH(c->tmp, ax->label, n, cap) = S("");
        ax->cell_n++;
    }
    ax->cls = ARENA_ARRAY(c->tmp, uint8_t, ax->cell_n);
    memset(ax->cls, AXIS_IN, ax->cell_n);
    if (ax->open)
        ax->cls[ax->cell_n - 1] = AXIS_OUT; /* nobody can list every text there is */
    return true;
}

bool axis_open(struct checker *c, struct axis *ax, const struct table *t, uint32_t input)
{
    *ax = (struct axis){.input = t->input[input], .kind = t->input[input]->type.kind};
    switch (ax->kind) {
    case TYPE_NUM:
    case TYPE_DAY: return open_numbers(c, ax, t, input);
    case TYPE_TEXT: return open_texts(c, ax, t, input);
    case TYPE_TRUTH:
        ax->cell_n = 2;
        ax->cls = ARENA_ARRAY(c->tmp, uint8_t, ax->cell_n);
        memset(ax->cls, AXIS_IN, ax->cell_n);
        return true;
    case TYPE_NONE: break;
    }
    return false;
}

/* --- tests --- */

static void add_run(const struct checker *c, struct axis_set *out, uint32_t beg, uint32_t end)
{
    if (beg < end)
        VEC_PUSH(c->tmp, out->run, out->n, out->cap) = (struct axis_run){beg, end};
}

/* Cells below `at`, at it, above it. */
static void add_compared(const struct checker *c, const struct axis *ax, const struct test *t,
                         struct axis_set *out)
{
    Dec at;
    uint32_t n = ax->cell_n;
    if (!check_const(t->lo, &at))
        return; /* axis_open refused it */
    uint32_t cell = cell_of(ax, at);
    switch ((int)t->op) {
    case OP_LT: add_run(c, out, 0, cell); break;
    case OP_LE: add_run(c, out, 0, cell + 1); break;
    case OP_GT: add_run(c, out, cell + 1, n); break;
    case OP_GE: add_run(c, out, cell, n); break;
    case OP_EQ: add_run(c, out, cell, cell + 1); break;
    default: add_run(c, out, 0, cell); add_run(c, out, cell + 1, n);
    }
}

static void add_range(const struct checker *c, const struct axis *ax, const struct test *t,
                      struct axis_set *out)
{
    Dec at;
    uint32_t beg = 0, end = ax->cell_n;
    if (check_const(t->lo, &at))
        beg = cell_of(ax, at) + !t->lo_in;
    if (check_const(t->hi, &at))
        end = cell_of(ax, at) + t->hi_in;
    add_run(c, out, beg, end);
}

/* The first label, of those that are texts, not before `text`. */
static uint32_t label_at(const struct axis *ax, Str text)
{
    uint32_t lo = 0, hi = ax->cell_n - ax->open;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (str_cmp(ax->label[mid], text) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Labels are sorted, so those with one beginning stand together. */
static void add_texts(const struct checker *c, const struct axis *ax, const struct test *t,
                      struct axis_set *out)
{
    Str text = t->lo->name;
    uint32_t label_n = ax->cell_n - ax->open, beg = label_at(ax, text), end = beg;
    if (t->kind == TEST_PREFIX)
        while (end < label_n && str_starts(ax->label[end], text))
            end++;
    else if (end < label_n && str_eq(ax->label[end], text))
        end++;
    if (t->kind == TEST_PREFIX || t->op == OP_EQ) {
        add_run(c, out, beg, end);
    } else {
        add_run(c, out, 0, beg);
        add_run(c, out, end, ax->cell_n);
    }
}

static void add_truth(const struct checker *c, const struct test *t, struct axis_set *out)
{
    bool met = (t->lo->value.lo == TRUTH_MET) == (t->op == OP_EQ);
    add_run(c, out, met, met + 1U);
}

void axis_cells(const struct checker *c, const struct axis *ax, const struct cell_test *cell,
                struct axis_set *out)
{
    for (uint32_t i = 0; i < cell->test_n; i++) {
        const struct test *t = &cell->test[i];
        if (t->kind == TEST_ANY)
            add_run(c, out, 0, ax->cell_n);
        else if (ax->kind == TYPE_TEXT)
            add_texts(c, ax, t, out);
        else if (ax->kind == TYPE_TRUTH)
            add_truth(c, t, out);
        else if (t->kind == TEST_RANGE)
            add_range(c, ax, t, out);
        else
            add_compared(c, ax, t, out);
    }
}

bool axis_has(const struct axis_set *set, uint32_t cell)
{
    for (size_t i = 0; i < set->n; i++)
        if (cell >= set->run[i].beg && cell < set->run[i].end)
            return true;
    return false;
}

/* --- in words --- */

static void print_point(struct buf *out, const struct checker *c, const struct axis_point *p)
{
    if (p->text.n > 0)
        buf_add(out, p->text);
    else
        check_print(out, c, p->at, p->unit);
}

/* From cell `beg` to cell `end`. */
static void print_numbers(struct buf *out, const struct checker *c, const struct axis *ax,
                          uint32_t beg, uint32_t end)
{
    const struct axis_point *lo = beg > 0 ? &ax->point[(beg - 1) / 2] : NULL;
    const struct axis_point *hi = end + 1 < ax->cell_n ? &ax->point[end / 2] : NULL;
    bool lo_in = beg % 2 == 1, hi_in = end % 2 == 1;
    if (lo == hi && lo != NULL) {
        print_point(out, c, lo);
    } else if (lo != NULL && hi != NULL) {
        buf_char(out, lo_in ? '[' : '(');
        print_point(out, c, lo);
        buf_add(out, S(", "));
        print_point(out, c, hi);
        buf_char(out, hi_in ? ']' : ')');
    } else if (lo != NULL) {
        buf_add(out, lo_in ? S(">= ") : S("> "));
        print_point(out, c, lo);
    } else if (hi != NULL) {
        buf_add(out, hi_in ? S("<= ") : S("< "));
        print_point(out, c, hi);
    } else {
        buf_char(out, '-');
    }
}

static void print_label(struct buf *out, const struct checker *c, const struct axis *ax,
                        uint32_t cell)
{
    if (ax->kind == TYPE_TRUTH)
        buf_add(out,
                c->r->english ? (cell == 1 ? S("yes") : S("no")) : (cell == 1 ? S("是") : S("否")));
    else if (ax->label[cell].n == 0)
        buf_add(out, c->r->english ? S("any other") : S("其他"));
    else
        buf_add(out, ax->label[cell]);
}

void axis_print(struct buf *out, const struct checker *c, const struct axis *ax,
                struct axis_run run)
{
    if (ax->kind == TYPE_NUM || ax->kind == TYPE_DAY) {
        print_numbers(out, c, ax, run.beg, run.end - 1);
        return;
    }
    for (uint32_t i = run.beg; i < run.end; i++) {
        buf_add(out, i > run.beg ? S("; ") : S(""));
        print_label(out, c, ax, i);
    }
}
