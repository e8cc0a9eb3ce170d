#include "test/help/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "test/help/pg.h"
#include "test/t.h"

struct store store;

static Str new_url(enum store_kind kind)
{
    if (kind == STORE_POSTGRES) {
        const char *url = pg_database();
        if (url == NULL)
            SKIP("PostgreSQL is not installed");
        return arena_copy(store.a, str_of(url));
    }
    folder_new(store.folder, "store");
    return arena_fmt(store.a, "sqlite:%s/x.db", store.folder);
}

void store_open(enum store_kind kind)
{
    struct db_opts o = {.mode = DB_WRITE, .create = true, .migrate = true, .busy_ms = 100};
    memset(&store, 0, sizeof store);
    store.a = arena_open();
    diags_init(&store.ds, store.a);
    store.url = new_url(kind);
    CHECK_INT(db_open(store.a, &store.db, store.url, &o, &store.ds), OK);
    CHECK_INT(db_connect(store.db, DB_WRITE, &store.w, &store.ds), OK);
}

void store_end(void)
{
    db_disconnect(store.w);
    db_close(store.db);
    if (store.folder[0] != '\0')
        CHECK(folder_remove(store.folder));
    arena_close(store.a);
}

struct reporting store_reporting(void)
{
    return (struct reporting){store.w, store.a, &store.ds};
}

struct act store_act(int64_t s)
{
    return report_begin(store_reporting(), s);
}

void store_act_end(struct act *a, Str verb)
{
    report_end(a, verb);
}

Str store_said(void)
{
    struct buf b;
    buf_init(&b, store.a, BUF_MAX);
    for (size_t i = 0; i < store.ds.n; i++)
        buf_fmt(&b, "%s ", diag_info(store.ds.at[i].code)->mnemonic);
    return buf_str(&b);
}
