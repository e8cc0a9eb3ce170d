/* pop_copeland.c - every subject against every other: duels won less duels lost, over n - 1.
 *
 * A duel goes to the side whose better indicators weigh more. The contest is among subjects with
 * all indicators definite; any other is matched against all of them twice, with its worse and its
 * better ends, and nobody is matched against it. Cost: k n^2 comparisons, hence COPELAND_ROWS_MAX.
 */
#include "base/arena.h"
#include "base/decimal.h"
#include "grade/pop_int.h"

struct contest {
    const struct copeland_in *in;
    uint8_t *counted; /* all indicators definite, and in a group */
};

static bool is_grouped(const struct copeland_in *in, uint32_t row)
{
    return in->group == NULL || in->group[row] != UINT32_MAX;
}

/* 1, 0 or -1: `row`, at its better or worse ends, against `other`. */
static int duel(const struct copeland_in *in, uint32_t row, bool better, uint32_t other)
{
    Wide balance = 0; /* the weights together fit, see weights_fit */
    for (uint32_t i = 0; i < in->k; i++) {
        Cell mine = in->x[i][row];
        Wide end = better ? mine.hi : mine.lo, theirs = in->x[i][other].lo;
        balance += end > theirs ? in->weight[i] : end < theirs ? -in->weight[i] : 0;
    }
    return balance > 0 ? 1 : balance < 0 ? -1 : 0;
}

static Wide share_won(const struct contest *c, uint32_t row, bool better)
{
    const struct copeland_in *in = c->in;
    Wide won = 0, others = 0, out = 0;
    for (uint32_t other = 0; other < in->row_n; other++) {
        bool meet = c->counted[other] && other != row &&
                    (in->group == NULL || in->group[other] == in->group[row]);
        if (meet) {
            won += duel(in, row, better, other);
            others++;
        }
    }
    if (others > 0) {
        bool fits = wide_muldiv(&out, won, wide_pow10(in->to), others, ROUND_HALF_UP);
        ASSERT(fits); /* it is at most 1 */
    }
    return out;
}

static bool weights_fit(const struct copeland_in *in)
{
    Wide sum = 0;
    for (uint32_t i = 0; i < in->k; i++)
        if (!wide_add(&sum, sum, in->weight[i] < 0 ? -in->weight[i] : in->weight[i]))
            return false;
    return true;
}

enum status pop_copeland(struct arena *tmp, Cell *out, const struct copeland_in *in)
{
    if (in->row_n > COPELAND_ROWS_MAX)
        return ERR_LIMIT;
    if (!weights_fit(in))
        return ERR_INPUT;
    ArenaMark mark = arena_mark(tmp);
    struct contest c = {in, ARENA_ARRAY(tmp, uint8_t, in->row_n)};
    for (uint32_t row = 0; row < in->row_n; row++) {
        c.counted[row] = is_grouped(in, row);
        for (uint32_t i = 0; i < in->k; i++)
            c.counted[row] &= cell_is_definite(in->x[i][row]);
    }
    const uint32_t beg = in->only == NULL ? 0 : *in->only;
    const uint32_t end = in->only == NULL ? in->row_n : beg + 1;
    for (uint32_t row = beg; row < end; row++) {
        if (!is_grouped(in, row)) {
            out[row] = CELL_UNKNOWN;
            continue;
        }
        out[row].hi = share_won(&c, row, true);
        out[row].lo = c.counted[row] ? out[row].hi : share_won(&c, row, false);
    }
    arena_reset(tmp, mark);
    return OK;
}
