/* refresh.h - the thread that keeps the rosters up to date with the store. */
#ifndef GECI_API_REFRESH_H
#define GECI_API_REFRESH_H

#include "base/base.h"
#include "base/diag.h"

struct arena;
struct db;
struct refresher;
struct rosters;

/* The first refresh is over when it returns. */
NODISCARD enum status refresher_open(struct arena *keep, struct refresher **out,
                                     struct rosters *rosters, struct db *db, struct diags *ds);
void refresher_close(struct refresher *r);
/* Something was written: look soon. From any thread. */
void refresher_wake(struct refresher *r);

#endif
