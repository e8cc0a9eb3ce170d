/* spread.c - the matrix of ranks, and what a row of it tells.
 *
 *     tile of 64 columns: draw 0: 64 ranks, draw 1: 64 ranks ..   next tile
 *
 * A draw writes 64 ranks at a time, a tile is read as one run of memory. 16 bits a rank where they
 * suffice. Quantiles are exact order statistics (nearest rank: the least that so many draws do not
 * exceed).
 */
#include "robust/robust_int.h"

enum { BYTE_VALUES = 256 };

void ranks_open(struct ranks *m, struct arena *keep, uint32_t column_n, uint32_t draws,
                size_t bytes)
{
    *m = (struct ranks){.draws = draws, .column_n = column_n};
    m->wide = column_n > UINT16_MAX - 1;
    m->size = m->wide ? sizeof(uint32_t) : sizeof(uint16_t);
    size_t tile = m->size * TILE_COLUMNS * draws, most = bytes / tile;
    uint32_t tiles = (column_n + TILE_COLUMNS - 1) / TILE_COLUMNS;
    m->span = most < 1 ? TILE_COLUMNS : (uint32_t)(most < tiles ? most : tiles) * TILE_COLUMNS;
    m->at = arena_raw(keep, (size_t)(m->span / TILE_COLUMNS) * draws * TILE_COLUMNS, m->size);
}

static size_t place_of(const struct ranks *m, uint32_t column, uint32_t draw)
{
    uint32_t i = column - m->beg;
    return ((size_t)(i / TILE_COLUMNS) * m->draws + draw) * TILE_COLUMNS + i % TILE_COLUMNS;
}

void ranks_store(struct ranks *m, uint32_t draw, const uint32_t *rank)
{
    uint32_t end = ranks_end(m);
    for (uint32_t c = m->beg; c < end; c += TILE_COLUMNS) {
        uint32_t n = end - c < TILE_COLUMNS ? end - c : TILE_COLUMNS;
        size_t at = place_of(m, c, draw);
        if (m->wide)
            for (uint32_t i = 0; i < n; i++)
                ((uint32_t *)m->at)[at + i] = rank[c + i];
        else
            for (uint32_t i = 0; i < n; i++)
                ((uint16_t *)m->at)[at + i] = (uint16_t)rank[c + i];
    }
}

static void read_ranks(const struct ranks *m, uint32_t column, uint32_t *out)
{
    size_t at = place_of(m, column, 0);
    for (uint32_t d = 0; d < m->draws; d++, at += TILE_COLUMNS)
        out[d] = m->wide ? ((const uint32_t *)m->at)[at] : ((const uint16_t *)m->at)[at];
}

/* Sorted by the bytes in which they differ. */
static const uint32_t *sorted(uint32_t *a, uint32_t *b, uint32_t n, uint32_t least, uint32_t most)
{
    for (int shift = 0; shift < 32 && (most - least) >> shift > 0; shift += 8) {
        uint32_t count[BYTE_VALUES] = {0}, at = 0;
        for (uint32_t i = 0; i < n; i++)
            count[(a[i] - least) >> shift & (BYTE_VALUES - 1)]++;
        for (uint32_t i = 0; i < BYTE_VALUES; i++) {
            uint32_t own = count[i];
            count[i] = at;
            at += own;
        }
        for (uint32_t i = 0; i < n; i++)
            b[count[(a[i] - least) >> shift & (BYTE_VALUES - 1)]++] = a[i];
        uint32_t *swap = a;
        a = b;
        b = swap;
    }
    return a;
}

static uint32_t quantile(const uint32_t *rank, uint32_t n, uint32_t percent)
{
    return rank[((uint64_t)n * percent + 99) / 100 - 1];
}

void ranks_spread(const struct ranks *m, uint32_t column, uint32_t top_n, uint32_t *scratch,
                  struct robust_place *p)
{
    uint32_t *rank = scratch, least = UINT32_MAX, most = 0;
    read_ranks(m, column, rank);
    p->shift_sum = p->top = 0;
    for (uint32_t d = 0; d < m->draws; d++) {
        least = rank[d] < least ? rank[d] : least;
        most = rank[d] > most ? rank[d] : most;
        p->top += rank[d] <= top_n;
        p->shift_sum += rank[d] > p->nominal ? rank[d] - p->nominal : p->nominal - rank[d];
    }
    const uint32_t *in_order = sorted(rank, scratch + m->draws, m->draws, least, most);
    p->p05 = quantile(in_order, m->draws, 5);
    p->median = quantile(in_order, m->draws, 50);
    p->p95 = quantile(in_order, m->draws, 95);
}
