/* The first seconds of a server: what needs lists says to come again, and never that there is
 * nothing. */
#include "api/server_int.h"
#include "base/arena.h"
#include "base/str.h"
#include "test/help/store.h"
#include "test/t.h"

TEST(what_is_not_there_yet_is_busy_and_then_gone)
{
    struct api a = {0};
    struct rosters *all;
    store_open(STORE_SQLITE);
    a.rosters = rosters_open(store.a, S("320582"));
    struct call c = {.arena = store.a, .api = &a, .conn = store.w};
    CHECK_INT(call_rosters(&c, &all), ERR_BUSY);
    CHECK_INT(call_roster(&c, S("企业")), ERR_BUSY);
    CHECK_INT(call_subject(&c, S("企业"), S("E1")), ERR_BUSY);
    CHECK(!api_filled(&a));
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(rosters_refresh(a.rosters, store.w, NULL), OK);
    db_rollback(store.w);
    CHECK(api_filled(&a));
    CHECK_INT(call_roster(&c, S("企业")), ERR_GONE);
    rosters_close(a.rosters);
    store_end();
}
