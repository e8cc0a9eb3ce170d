/* refresh.h - the thread that keeps rosters and search up to date with the store. */
#ifndef GECI_API_REFRESH_H
#define GECI_API_REFRESH_H

#include "base/base.h"
#include "base/diag.h"

struct arena;
struct db;
struct finder;
struct refresher;
struct rosters;
struct suits;

struct refreshed { /* what follows the store */
    struct rosters *rosters;
    struct finder *finder;
    struct suits *suits;
    Str county;
};

/* Rosters and finder are filled on the thread: seconds for a large county. */
NODISCARD enum status refresher_open(struct arena *keep, struct refresher **out,
                                     const struct refreshed *what, struct db *db, struct diags *ds);
void refresher_close(struct refresher *r);
/* Something was written: look soon. From any thread. */
void refresher_wake(struct refresher *r);

#endif
