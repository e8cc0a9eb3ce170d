/* kernels_logic.c - truth, comparisons and choices.
 *
 * and, or: the strongest truth wins, so UNMET decides an `and` (MET an `or`) even beside a bad
 * cell. A comparison of intervals is met or unmet only if it is so for every pair of their values.
 */
#include "base/decimal.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/kernel_int.h"

KERNEL(kernel_none)
{
    (void)k, (void)labels, (void)out, (void)in;
    ASSERT(n == 0);
}

static Cell truth_of_bool(bool b)
{
    return cell_truth(b ? TRUTH_MET : TRUTH_UNMET);
}

/* `strong` wins, then bad cells, UNKNOWN, MANUAL; else `weak`. */
static Cell strongest(Cell a, Cell b, enum truth strong, enum truth weak)
{
    if (a.lo == strong || b.lo == strong)
        return cell_truth(strong);
    if (cell_is_bad(a) || cell_is_bad(b))
        return cell_is_bad(a) ? a : b;
    if (a.lo == TRUTH_UNKNOWN || b.lo == TRUTH_UNKNOWN)
        return cell_truth(TRUTH_UNKNOWN);
    return cell_truth(a.lo == TRUTH_MANUAL || b.lo == TRUTH_MANUAL ? TRUTH_MANUAL : weak);
}

KERNEL(kernel_and)
{
    (void)k, (void)labels;
    for (uint32_t row = 0; row < n; row++)
        out[row] =
            strongest(operand_at(&in[0], row), operand_at(&in[1], row), TRUTH_UNMET, TRUTH_MET);
}

KERNEL(kernel_or)
{
    (void)k, (void)labels;
    for (uint32_t row = 0; row < n; row++)
        out[row] =
            strongest(operand_at(&in[0], row), operand_at(&in[1], row), TRUTH_MET, TRUTH_UNMET);
}

static Cell cell_invert(const struct node *k, Cell a)
{
    (void)k;
    return a.lo == TRUTH_MET     ? cell_truth(TRUTH_UNMET)
           : a.lo == TRUTH_UNMET ? cell_truth(TRUTH_MET)
                                 : a;
}
KERNEL_1(invert)

static int compare(const struct node *k, Wide a, Wide b)
{
    return wide_cmp(a, k->scale_of[0], b, k->scale_of[1]);
}

static Cell cell_eq_num(const struct node *k, Cell a, Cell b)
{
    if (compare(k, a.hi, b.lo) < 0 || compare(k, a.lo, b.hi) > 0)
        return cell_truth(TRUTH_UNMET);
    return cell_truth(a.lo == a.hi && b.lo == b.hi ? TRUTH_MET : TRUTH_UNKNOWN);
}
KERNEL_2(eq_num)

static Cell cell_eq_text(const struct node *k, Cell a, Cell b)
{
    (void)k;
    if (!cell_is_definite(TYPE_TEXT, a) || !cell_is_definite(TYPE_TEXT, b))
        return cell_truth(TRUTH_UNKNOWN);
    return truth_of_bool(a.lo == b.lo);
}
KERNEL_2(eq_text)

static Cell cell_eq_truth(const struct node *k, Cell a, Cell b)
{
    (void)k;
    if (a.lo == TRUTH_UNKNOWN || b.lo == TRUTH_UNKNOWN)
        return cell_truth(TRUTH_UNKNOWN);
    if (a.lo == TRUTH_MANUAL || b.lo == TRUTH_MANUAL)
        return cell_truth(TRUTH_MANUAL);
    return truth_of_bool(a.lo == b.lo);
}
KERNEL_2(eq_truth)

static Cell cell_lt(const struct node *k, Cell a, Cell b)
{
    if (compare(k, a.hi, b.lo) < 0)
        return cell_truth(TRUTH_MET);
    return cell_truth(compare(k, a.lo, b.hi) >= 0 ? TRUTH_UNMET : TRUTH_UNKNOWN);
}
KERNEL_2(lt)

static Cell cell_le(const struct node *k, Cell a, Cell b)
{
    if (compare(k, a.hi, b.lo) <= 0)
        return cell_truth(TRUTH_MET);
    return cell_truth(compare(k, a.lo, b.hi) > 0 ? TRUTH_UNMET : TRUTH_UNKNOWN);
}
KERNEL_2(le)

/* k->ref is the kind of the argument */
static Cell cell_missing(const struct node *k, Cell a)
{
    return truth_of_bool(cell_is_unknown((enum type_kind)k->ref, a));
}
KERNEL_1(missing)

KERNEL(kernel_starts)
{
    (void)k;
    for (uint32_t row = 0; row < n; row++) {
        Cell a = operand_at(&in[0], row), b = operand_at(&in[1], row);
        if (cell_is_bad(a) || cell_is_bad(b))
            out[row] = cell_is_bad(a) ? a : b;
        else if (!cell_is_definite(TYPE_TEXT, a) || !cell_is_definite(TYPE_TEXT, b))
            out[row] = cell_truth(TRUTH_UNKNOWN);
        else
            out[row] = truth_of_bool(str_starts(labels_text(labels, (uint32_t)a.lo),
                                                labels_text(labels, (uint32_t)b.lo)));
    }
}

static Cell cell_kept(const struct node *k, Cell since, Cell year)
{
    (void)k;
    return truth_of_bool(!cell_is_definite(TYPE_NUM, since) || since.lo <= year.lo);
}
KERNEL_2(kept)

static Cell cell_tally(const struct node *k, Cell a)
{
    (void)k;
    bool met = a.lo == TRUTH_MET, open = cell_is_unknown(TYPE_TRUTH, a);
    return (Cell){met, met || open};
}
KERNEL_1(tally)

/* Texts: [last possible, first possible]. */
static Cell hull_text(Cell first, Cell rest)
{
    if (cell_is_open(first) || cell_is_open(rest))
        return CELL_UNKNOWN;
    return (Cell){rest.lo, first.hi};
}

/* Inside a chain of rows the upper end of a text says with this bit that there are several: of
 * "A or B or A again" both ends are A, and yet it is not definite. */
#define SEVERAL ((Wide)1 << 64)

static bool is_several(Cell c)
{
    return !cell_is_open(c) && c.hi >= SEVERAL;
}

Cell cell_hull(enum type_kind kind, Cell first, Cell rest)
{
    if (cell_is_bad(first) || cell_same(first, rest))
        return first;
    if (cell_is_bad(rest))
        return rest;
    if (kind == TYPE_TRUTH)
        return cell_truth(TRUTH_UNKNOWN);
    if (kind == TYPE_TEXT)
        return hull_text(first, rest);
    return (Cell){first.lo < rest.lo ? first.lo : rest.lo, first.hi > rest.hi ? first.hi : rest.hi};
}

static Cell choose(const struct node *k, Cell condition, Cell yes, Cell no)
{
    if (cell_is_bad(condition))
        return condition;
    if (!cell_is_unknown(TYPE_TRUTH, condition))
        return condition.lo == TRUTH_MET ? yes : no;
    Cell c = cell_hull(k->kind, yes, no);
    if (cell_same(yes, no) || cell_is_bad(c))
        return c;
    if (k->kind == TYPE_TRUTH)
        return condition; /* UNKNOWN or MANUAL */
    return k->kind == TYPE_TEXT && c.lo == c.hi ? CELL_UNKNOWN : c;
}

KERNEL(kernel_if)
{
    (void)labels;
    for (uint32_t row = 0; row < n; row++)
        out[row] =
            choose(k, operand_at(&in[0], row), operand_at(&in[1], row), operand_at(&in[2], row));
}

static Cell decide(const struct node *k, Cell truth, Cell result, Cell below)
{
    if (cell_is_bad(truth))
        return truth;
    if (!cell_is_unknown(TYPE_TRUTH, truth))
        return truth.lo == TRUTH_MET ? result : below;
    if (cell_same(below, CELL_NO_ROW))
        return result;
    Cell c = cell_hull(k->kind, result, below);
    bool differ = k->kind == TYPE_TEXT && !cell_same(result, below) && !cell_is_bad(c);
    if (differ && !cell_is_open(c) && !is_several(c))
        c.hi += SEVERAL;
    return c;
}

KERNEL(kernel_row)
{
    (void)labels;
    for (uint32_t row = 0; row < n; row++)
        out[row] =
            decide(k, operand_at(&in[0], row), operand_at(&in[1], row), operand_at(&in[2], row));
}

KERNEL(kernel_row_end)
{
    (void)labels;
    for (uint32_t row = 0; row < n; row++) {
        Cell a = operand_at(&in[0], row);
        if (k->kind == TYPE_TEXT && is_several(a)) {
            a.hi -= SEVERAL;
            a = a.lo == a.hi ? CELL_UNKNOWN : a;
        }
        out[row] = cell_same(a, CELL_NO_ROW) ? cell_unknown(k->kind) : a;
    }
}

KERNEL(kernel_default)
{
    (void)labels;
    for (uint32_t row = 0; row < n; row++) {
        Cell a = operand_at(&in[0], row);
        bool missing = !cell_is_bad(a) && cell_is_unknown(k->kind, a);
        out[row] = missing ? operand_at(&in[1], row) : a;
    }
}

KERNEL(kernel_carry)
{
    (void)labels;
    for (uint32_t row = 0; row < n; row++) {
        Cell a = operand_at(&in[0], row);
        bool known = cell_is_bad(a) || cell_is_definite(k->kind, a);
        out[row] = known ? a : operand_at(&in[1], row);
    }
}
