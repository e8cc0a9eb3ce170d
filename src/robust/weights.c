/* weights.c - weights near the document's own, with the document's sum.
 *
 * Each weight is multiplied by a factor in millionths, then all of them share out the old sum in
 * proportion, whole units first, the rest to the largest remainders (the earlier one of equals): as
 * integers they add up exactly. The factor of a weight in a draw is a hash of (seed, draw, weight),
 * so no draw needs another.
 */
#include "robust/robust_int.h"

/* The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input moves every bit of
 * the output. */
static uint64_t mixed(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

uint64_t robust_hash(uint64_t seed, uint64_t draw, uint64_t weight)
{
    const uint64_t golden = 0x9e3779b97f4a7c15U;
    return mixed(mixed(mixed(seed + golden) + draw * golden + golden) + weight * golden + golden);
}

uint32_t robust_spread(const struct node *n, uint32_t otherwise)
{
    return n->ranged ? n->spread_ppm : otherwise;
}

/* In millionths, uniform in [1 - spread, 1 + spread]. */
static int64_t factor_of(const struct shake *s, uint32_t spread_ppm, uint32_t weight)
{
    uint64_t steps = (uint64_t)spread_ppm * 2 + 1;
    uint64_t step = (uint64_t)((UWide)robust_hash(s->seed, s->draw, weight) * steps >> 64);
    return ROBUST_MILLION - (int64_t)spread_ppm + (int64_t)step;
}

/* Shares `sum` in the proportion of want[], whose sum is positive. */
static void share_out(const struct node *n, Wide *out, const Wide *want, Wide sum)
{
    Wide rest[PARTS_MAX], total = 0, left = sum;
    for (uint32_t k = 0; k < n->part_n; k++)
        total += want[k];
    ASSERT(total > 0);
    for (uint32_t k = 0; k < n->part_n; k++) {
        out[k] = sum * want[k] / total;
        rest[k] = sum * want[k] % total;
        left -= out[k];
    }
    for (; left > 0; left--) {
        uint32_t best = 0;
        for (uint32_t k = 1; k < n->part_n; k++)
            best = rest[k] > rest[best] ? k : best;
        out[best]++;
        rest[best] = -1;
    }
}

/* One weight at its end, the others in proportion: want of siblings is what is left of the sum. */
static bool move_one(const struct node *n, uint32_t segment, const struct shake *s, Wide *out)
{
    const Wide *w = n->weight + (size_t)segment * n->part_n;
    const int32_t *id = n->weight_id + (size_t)segment * n->part_n;
    Wide others[PARTS_MAX], sum = 0;
    uint32_t only = n->part_n;
    for (uint32_t k = 0; k < n->part_n; k++) {
        only = id[k] >= 0 && id[k] == s->only ? k : only;
        sum += w[k];
    }
    if (only == n->part_n)
        return false;
    Wide step = w[only] * robust_spread(n, s->spread_ppm) / ROBUST_MILLION,
         end = w[only] + (s->high ? step : -step);
    end = end > sum ? sum : end;
    for (uint32_t k = 0; k < n->part_n; k++)
        others[k] = k == only ? 0 : w[k];
    share_out(n, out, others, sum - end);
    out[only] = end;
    return true;
}

void robust_weights(const struct node *n, uint32_t segment, const struct shake *s, Wide *out)
{
    const Wide *w = n->weight + (size_t)segment * n->part_n;
    Wide want[PARTS_MAX], sum = 0;
    const int32_t *id = n->weight_id + (size_t)segment * n->part_n;
    if (!s->none && s->only >= 0 && move_one(n, segment, s, out))
        return;
    const uint32_t spread = robust_spread(n, s->spread_ppm);
    bool all = !s->none && s->only < 0 && spread > 0;
    for (uint32_t k = 0; k < n->part_n; k++) {
        want[k] =
            w[k] * (all && id[k] >= 0 ? factor_of(s, spread, (uint32_t)id[k]) : ROBUST_MILLION);
        out[k] = w[k];
        sum += w[k];
    }
    if (all && sum > 0)
        share_out(n, out, want, sum);
}

void robust_shake(const struct tree *t, const struct shake *s, int64_t *coef)
{
    for (uint32_t j = 0; j < t->node_n; j++) {
        const struct node *n = &t->node[j];
        for (uint32_t g = 0; g < n->segment_n; g++) {
            Wide w[PARTS_MAX];
            robust_weights(n, g, s, w);
            for (uint32_t k = 0; k < n->part_n; k++) {
                size_t at = (size_t)g * n->part_n + k;
                coef[n->coef_at + at] =
                    n->part[k].shaken ? (int64_t)w[k] * n->times[at] : n->times[at];
            }
        }
    }
}
