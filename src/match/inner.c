#include "match/inner_int.h"

static void plain(int32_t *out, const int8_t *vectors, uint32_t n, const int8_t *v)
{
    for (uint32_t i = 0; i < n; i++, vectors += INNER_DIM) {
        int32_t sum = 0;
        for (int k = 0; k < INNER_DIM; k++)
            sum += vectors[k] * v[k];
        out[i] = sum;
    }
}

bool inner_has(enum inner_way way)
{
    return way == INNER_PLAIN || inner_chip_has(way);
}

enum inner_way inner_best(void)
{
    return inner_has(INNER_VNNI) ? INNER_VNNI : inner_has(INNER_AVX2) ? INNER_AVX2 : INNER_PLAIN;
}

void inner_products(enum inner_way way, int32_t *out, const int8_t *vectors, uint32_t n,
                    const int8_t v[static INNER_DIM])
{
    if (way == INNER_PLAIN)
        plain(out, vectors, n, v);
    else
        inner_chip(way, out, vectors, n, v);
}
