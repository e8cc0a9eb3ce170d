/* peers.c - how many connections each address has: a hash table with open addressing, twice as
 * large as there can be entries, so that it is never full and searches are short. */
#include <string.h>

#include "base/str.h"
#include "http/http_int.h"

struct peer {
    Address address;
    uint32_t n; /* 0: an empty place */
};

struct peers {
    struct lock *lock;
    struct peer *peer;
    size_t mask;
};

struct peers *peers_open(struct arena *keep, uint32_t connections)
{
    struct peers *p = ARENA_NEW(keep, struct peers);
    size_t cap = 16;
    while (cap < (size_t)connections * 2)
        cap *= 2;
    p->lock = lock_open(keep);
    p->peer = ARENA_ARRAY(keep, struct peer, cap);
    p->mask = cap - 1;
    return p;
}

void peers_close(struct peers *p)
{
    lock_close(p->lock);
}

static size_t home(const struct peers *p, const Address *a)
{
    return (size_t)str_hash((Str){(const char *)a->byte, sizeof a->byte}) & p->mask;
}

/* Where the address is, or would be. */
static size_t find(const struct peers *p, const Address *a)
{
    size_t at = home(p, a);
    while (p->peer[at].n > 0 && memcmp(&p->peer[at].address, a, sizeof *a) != 0)
        at = (at + 1) & p->mask;
    return at;
}

/* Closes the gap at `gap`: what was put behind it only because it was taken moves up. */
static void close_gap(struct peers *p, size_t gap)
{
    for (size_t at = (gap + 1) & p->mask; p->peer[at].n > 0; at = (at + 1) & p->mask) {
        size_t wants = home(p, &p->peer[at].address);
        if (((at - wants) & p->mask) < ((at - gap) & p->mask))
            continue;
        p->peer[gap] = p->peer[at];
        p->peer[at].n = 0;
        gap = at;
    }
}

bool peers_enter(struct peers *p, Address a, uint32_t most)
{
    a = address_subscriber(a);
    lock_take(p->lock);
    struct peer *peer = &p->peer[find(p, &a)];
    bool room = peer->n < most;
    if (room) {
        peer->address = a;
        peer->n++;
    }
    lock_give(p->lock);
    return room;
}

void peers_leave(struct peers *p, Address a)
{
    a = address_subscriber(a);
    lock_take(p->lock);
    size_t at = find(p, &a);
    ASSERT(p->peer[at].n > 0);
    if (--p->peer[at].n == 0)
        close_gap(p, at);
    lock_give(p->lock);
}
