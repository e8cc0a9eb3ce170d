/* peers_test.c - the table of connections counts as an array does. */
#include "base/arena.h"
#include "http/http_int.h"
#include "test/t.h"

enum { PEERS = 100, STEPS = 20000, MOST = 3 };

static Address peer(uint32_t i)
{
    Address a = {{0x20, 0x01, 0x0D, 0xB8}};
    a.byte[7] = (uint8_t)i;
    return a;
}

TEST(peers_count)
{
    static uint32_t n[PEERS];
    struct arena *a = arena_open();
    struct peers *p = peers_open(a, PEERS); /* nearly half full at times: long runs, many gaps */
    uint32_t draw = 1, all = 0;
    for (int step = 0; step < STEPS; step++) {
        draw = draw * 1664525 + 1013904223;
        uint32_t i = (draw >> 16) % PEERS;
        Address at = peer(i);
        at.byte[15] = (uint8_t)step; /* the same subscriber */
        if ((draw >> 8 & 1) == 0 && n[i] > 0) {
            peers_leave(p, at);
            n[i]--;
            all--;
        } else {
            bool room = n[i] < MOST && all < PEERS;
            if (all < PEERS)
                CHECK(peers_enter(p, at, MOST) == room);
            n[i] += room;
            all += room;
        }
    }
    peers_close(p);
    arena_close(a);
}
