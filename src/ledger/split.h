/* split.h - sums divided without a fen lost or found. Pure. */
#ifndef GECI_LEDGER_SPLIT_H
#define GECI_LEDGER_SPLIT_H

#include "base/base.h"

struct arena;

/* amount * weight / all weights, cut down to the unit; the last takes what is left. Weights are
 * positive; a part may come out as 0. */
void ledger_split(int64_t *part, int64_t amount, const int64_t *weight, size_t n);

/* Points (1/10000) times fen a point, cut down to the fen. False: beyond what a transfer takes. */
NODISCARD bool ledger_worth(int64_t *fen, int64_t points_e4, int64_t fen_per_point);

/* What each of many gets for its points so that all add up to *total_fen, the worth of all points
 * together rounded half up: each its own worth cut down to the fen, and the fen left over go one
 * each to those who lost the largest part of a fen, of equal ones to the first. */
NODISCARD bool ledger_settle(struct arena *tmp, int64_t *fen, int64_t *total_fen,
                             const int64_t *points_e4, size_t n, int64_t fen_per_point);

#endif
