/* refresh.c - rosters follow acts: woken after each write, and by every loop's clock for what other
 * programs did to the store. */
#include "api/refresh.h"

#include "api/follower.h"
#include "base/arena.h"
#include "db/db.h"
#include "query/finder.h"
#include "query/roster.h"
#include "query/suit.h"

struct refresher {
    struct follower thread;
    struct refreshed what;
};

static enum status refresh(struct refresher *r)
{
    TRY(db_begin(r->thread.conn));
    enum status st = rosters_refresh(r->what.rosters, r->thread.conn, NULL);
    db_rollback(r->thread.conn);
    return st;
}

/* A refresh that fails leaves the rosters as they were; the next write asks again. */
static void follow(void *arg)
{
    struct refresher *r = arg;
    while (follower_sleep(&r->thread, FOLLOWER_EVER))
        if (refresh(r) == OK) {
            finder_follow(r->what.finder);
            suits_follow(r->what.suits);
        }
}

void refresher_wake(struct refresher *r)
{
    follower_wake(&r->thread);
}

enum status refresher_open(struct arena *keep, struct refresher **out, const struct refreshed *what,
                           struct db *db, struct diags *ds)
{
    struct refresher *r = ARENA_NEW(keep, struct refresher);
    r->what = *what;
    TRY(follower_open(keep, &r->thread, db, follow, r, ds));
    *out = r;
    return OK;
}

void refresher_close(struct refresher *r)
{
    follower_close(&r->thread);
}
