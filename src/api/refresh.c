/* refresh.c - rosters and search follow acts, and matchers follow rosters: woken after each write,
 * and by every loop's clock for what other programs did to the store. */
#include "api/refresh.h"

#include "api/follower.h"
#include "base/arena.h"
#include "db/db.h"
#include "os/memory.h"
#include "query/finder.h"
#include "query/roster.h"
#include "query/suit.h"

struct refresher {
    struct follower rows, suits;
    struct refreshed what;
    uint32_t whole; /* rosters_whole, last time */
};

static enum status refresh(struct refresher *r)
{
    TRY(db_begin(r->rows.conn));
    enum status st = rosters_refresh(r->what.rosters, r->rows.conn, NULL);
    if (st == OK)
        st = suits_read(r->what.suits, r->rows.conn, r->what.county);
    db_rollback(r->rows.conn);
    return st;
}

/* Folding a roster from the store takes as much again as the roster. */
static void give_back(struct refresher *r)
{
    uint32_t whole = rosters_whole(r->what.rosters);
    if (whole != r->whole)
        memory_give();
    r->whole = whole;
}

/* A refresh that fails leaves the rosters as they were; the next write asks again. */
static void follow_rows(void *arg)
{
    struct refresher *r = arg;
    while (follower_sleep(&r->rows, FOLLOWER_EVER))
        if (refresh(r) == OK) {
            finder_follow(r->what.finder);
            follower_wake(&r->suits);
            give_back(r);
        }
}

/* Matchers of a large kind take seconds, which lists and search do not wait for. */
static void follow_suits(void *arg)
{
    struct refresher *r = arg;
    while (follower_sleep(&r->suits, FOLLOWER_EVER))
        suits_follow(r->what.suits);
}

void refresher_wake(struct refresher *r)
{
    follower_wake(&r->rows);
}

enum status refresher_open(struct arena *keep, struct refresher **out, const struct refreshed *what,
                           struct db *db, struct diags *ds)
{
    struct refresher *r = ARENA_NEW(keep, struct refresher);
    r->what = *what;
    TRY(follower_open(keep, &r->suits, db, follow_suits, r, ds));
    enum status st = follower_open(keep, &r->rows, db, follow_rows, r, ds);
    if (st != OK)
        follower_close(&r->suits);
    else
        *out = r;
    return st;
}

void refresher_close(struct refresher *r)
{
    follower_close(&r->rows);
    follower_close(&r->suits);
}
