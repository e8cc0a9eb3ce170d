/* kernel_int.h - row kernels: one function on Cells, one loop around it.
 *
 * KERNEL_1(x) and KERNEL_2(x) make `kernel_x` from a static function `cell_x(k, a)` or
 * `cell_x(k, a, b)` that never sees a bad cell: a bad argument is the result. Kernels that look
 * at an argument only sometimes (if, decision rows) write their own loop.
 */
#ifndef GECI_EVAL_KERNEL_INT_H
#define GECI_EVAL_KERNEL_INT_H

#include "eval/cell.h"
#include "eval/plan_int.h"

#define KERNEL(name)                                                        \
    void name(const struct node *k, const struct labels *labels, Cell *out, \
              const struct operand *in, uint32_t n)

#define NODE(id, kernel, arg_n) KERNEL(kernel);
#include "eval/node_list.h"
#undef NODE

static inline Cell operand_at(const struct operand *o, uint32_t row)
{
    return o->at[(size_t)row * o->step];
}

#define KERNEL_1(fn)                                         \
    KERNEL(kernel_##fn)                                      \
    {                                                        \
        (void)labels;                                        \
        for (uint32_t row = 0; row < n; row++) {             \
            Cell a = operand_at(&in[0], row);                \
            out[row] = cell_is_bad(a) ? a : cell_##fn(k, a); \
        }                                                    \
    }

#define KERNEL_2(fn)                                                                 \
    KERNEL(kernel_##fn)                                                              \
    {                                                                                \
        (void)labels;                                                                \
        for (uint32_t row = 0; row < n; row++) {                                     \
            Cell a = operand_at(&in[0], row), b = operand_at(&in[1], row);           \
            out[row] = cell_is_bad(a) ? a : cell_is_bad(b) ? b : cell_##fn(k, a, b); \
        }                                                                            \
    }

/* One end of a result; false: overflow. */
typedef bool (*end_fn)(const struct node *k, Wide *out, Wide a, Wide b);
/* The interval of fn over all four pairs of ends, for what is monotone in each argument. */
Cell cell_corners(const struct node *k, end_fn fn, Cell a, Cell b);
/* Product and quotient of ends at k->scale; an end may be infinite: 0 x inf = 0, x / inf = 0. */
bool end_mul(const struct node *k, Wide *out, Wide a, Wide b);
bool end_div(const struct node *k, Wide *out, Wide a, Wide b);
Cell cell_sum(Cell a, Cell b); /* at one scale */
/* Everything both may be, `first` standing before `rest` where they are rows of a table. */
Cell cell_hull(enum type_kind kind, Cell first, Cell rest);

#endif
