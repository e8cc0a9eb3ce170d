#include "ledger/split.h"

#include "base/arena.h"
#include "ledger/ledger.h"

enum { E4 = 10000 };

void ledger_split(int64_t *part, int64_t amount, const int64_t *weight, size_t n)
{
    Wide all = 0;
    int64_t left = amount;
    for (size_t i = 0; i < n; i++)
        all += weight[i];
    for (size_t i = 0; i < n; i++) {
        part[i] = i + 1 < n ? (int64_t)((Wide)amount * weight[i] / all) : left;
        left -= part[i];
    }
}

bool ledger_worth(int64_t *fen, int64_t points_e4, int64_t fen_per_point)
{
    Wide worth = (Wide)points_e4 * fen_per_point / E4;
    if (worth > LEDGER_AMOUNT_MAX)
        return false;
    *fen = (int64_t)worth;
    return true;
}

bool ledger_settle(struct arena *tmp, int64_t *fen, int64_t *total_fen, const int64_t *points_e4,
                   size_t n, int64_t fen_per_point)
{
    size_t *lost = ARENA_ARRAY(tmp, size_t, E4); /* how many lost so much of a fen, in 1/10000 */
    Wide exact = 0;
    int64_t left = 0;
    for (size_t i = 0; i < n; i++) {
        Wide worth = (Wide)points_e4[i] * fen_per_point;
        exact += worth;
        if (exact > (Wide)LEDGER_AMOUNT_MAX * E4)
            return false;
        fen[i] = (int64_t)(worth / E4);
        left -= fen[i];
        lost[worth % E4]++;
    }
    *total_fen = (int64_t)((exact + E4 / 2) / E4);
    left += *total_fen;
    int least = E4; /* who lost more than this gets a fen, of those who lost as much the first */
    int64_t more = 0;
    while (more < left)
        more += (int64_t)lost[--least];
    int64_t equals = least < E4 ? left - (more - (int64_t)lost[least]) : 0;
    for (size_t i = 0; i < n; i++) {
        int part = (int)((Wide)points_e4[i] * fen_per_point % E4);
        fen[i] += part > least || (part == least && equals-- > 0);
    }
    return true;
}
