/* compare_int.h - what the files of compare/ share. */
#ifndef GECI_COMPARE_COMPARE_INT_H
#define GECI_COMPARE_COMPARE_INT_H

#include "compare/compare.h"

#define ZE(k, zh, en) ((k)->lang == LANG_ZH ? (zh) : (en))

/* What a subject gets in all on one side. */
void compare_money(const struct compare *k, const struct impact *m, int side, uint32_t row,
                   struct money *sum);
bool compare_splits(const struct compare *k, struct impact *m, const Str *by, size_t by_n,
                    Str *unknown);

#endif
