/* inner_int.h - inner products of many vectors with one: the same integers by each way.
 *
 * The best way that the processor has is found out when it matters. AVX2: 2013 and later; VNNI is
 * the part of AVX-512 (2019 and later) that multiplies and adds bytes four at a time.
 */
#ifndef GECI_MATCH_INNER_INT_H
#define GECI_MATCH_INNER_INT_H

#include "match/sense.h"

enum { INNER_DIM = SENSE_SIZE };
enum inner_way { INNER_PLAIN, INNER_AVX2, INNER_VNNI, INNER_WAYS };

bool inner_has(enum inner_way way);
enum inner_way inner_best(void);
/* out[i] = vectors[i] . v; of a way that inner_has. Elements are -127 .. 127. */
void inner_products(enum inner_way way, int32_t *out, const int8_t *vectors, uint32_t n,
                    const int8_t v[static INNER_DIM]);

/* --- inner_chip.c: all but INNER_PLAIN --- */

bool inner_chip_has(enum inner_way way);
void inner_chip(enum inner_way way, int32_t *out, const int8_t *vectors, uint32_t n,
                const int8_t v[static INNER_DIM]);

#endif
