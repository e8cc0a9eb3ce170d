/* rate.c - a fixed table of buckets. Two callers that fall on one slot share it while both are
 * busy: at worst a busy caller waits a little for another, and memory is bounded. */
#include "api/rate.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"
#include "os/thread.h"

enum { SLOTS = 1 << 14, MILLI = 1000 };

static const struct {
    int64_t burst, a_second;
} ALLOWED[API_RATE_N] = {
    [API_RATE_READ] = {400, 100},
    [API_RATE_WRITE] = {60, 20},
    [API_RATE_HEAVY] = {20, 2},
    [API_RATE_LOGIN] = {20, 1},
};

struct bucket {
    uint64_t who;
    int64_t left, at_ms; /* left: thousandths of a request */
};

struct rates {
    struct lock *lock;
    struct bucket at[SLOTS];
};

struct rates *rates_open(struct arena *keep)
{
    struct rates *r = ARENA_NEW(keep, struct rates);
    r->lock = lock_open(keep);
    return r;
}

void rates_close(struct rates *r)
{
    lock_close(r->lock);
}

static uint64_t name_of(enum api_rate rate, const struct caller *who, Str peer)
{
    uint64_t h = who->account != 0 ? (uint64_t)who->account * UINT64_C(0x9e3779b97f4a7c15)
                                   : str_hash(peer) | 1;
    return h ^ ((uint64_t)rate + 1) * UINT64_C(0xbf58476d1ce4e5b9);
}

static void fill(struct bucket *b, enum api_rate rate, int64_t now_ms)
{
    int64_t full = ALLOWED[rate].burst * MILLI;
    int64_t more = (now_ms - b->at_ms) * ALLOWED[rate].a_second;
    b->left = more > full - b->left ? full : b->left + more;
    b->at_ms = now_ms;
}

bool rates_take(struct rates *r, enum api_rate rate, const struct caller *who, Str peer,
                int64_t now_ms)
{
    uint64_t name = name_of(rate, who, peer);
    struct bucket *b = &r->at[(name >> 32) % SLOTS];
    lock_take(r->lock);
    bool idle = (now_ms - b->at_ms) * ALLOWED[rate].a_second >= ALLOWED[rate].burst * MILLI;
    if (b->who != name && idle)
        *b = (struct bucket){name, ALLOWED[rate].burst * MILLI, now_ms};
    fill(b, rate, now_ms);
    bool may = b->left >= MILLI;
    if (may)
        b->left -= MILLI;
    lock_give(r->lock);
    return may;
}
