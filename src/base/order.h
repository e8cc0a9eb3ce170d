/* order.h - a stable sort of row numbers. Cost: O(n log n) comparisons, n numbers of scratch. */
#ifndef GECI_BASE_ORDER_H
#define GECI_BASE_ORDER_H

#include "base/base.h"

struct arena;

/* Must the row `a` stand behind the row `b`? */
typedef bool (*order_behind)(const void *ctx, uint32_t a, uint32_t b);

/* 0 .. n-1, sorted. */
uint32_t *order_rows(struct arena *keep, uint32_t n, order_behind behind, const void *ctx);

#endif
