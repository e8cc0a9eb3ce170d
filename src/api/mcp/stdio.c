/* stdio.c - MCP on a program's own input and output: a message a line, as one account. */
#include "access/account.h"
#include "api/mcp/mcp.h"
#include "api/server_int.h"
#include "base/arena.h"
#include "base/str.h"
#include "os/clock.h"
#include "os/line.h"
#include "os/out.h"
#include "query/suit.h"

enum { LINE_MAX = 1 << 20 };

/* What the account may now, and the rosters as the store is now. */
static enum status look_again(struct api *a, struct db_conn *conn, struct arena *tmp, Str name,
                              struct caller *who, struct diags *ds)
{
    struct access_view v = {conn, tmp, NULL, a->o.county, clock_us()};
    int64_t account = 0;
    *who = (struct caller){0};
    TRY(db_begin(conn));
    enum status st = account_find(conn, tmp, a->o.county, account_name_fold(tmp, name), &account);
    if (st == OK)
        st = account_caller(&v, account, who);
    who->scopes = TOKEN_ALL;
    if (st == OK)
        st = rosters_refresh(a->rosters, conn, ds);
    if (st == OK)
        st = suits_read(a->suits, conn, a->o.county);
    db_rollback(conn);
    if (st == ERR_GONE)
        (void)diag_add(ds, DIAG_ACCESS_GONE, (Span){0, 0}, name, NO_ARG, NO_ARG);
    return st;
}

static enum status serve(struct api *a, struct db_conn *conn, Str name, struct diags *ds)
{
    for (enum status st = OK; st != ERR_GONE;) {
        struct arena *tmp = arena_open();
        struct caller who;
        struct mcp_desk d = {tmp, a, conn, &who, NO_ARG};
        Str line = S("");
        st = line_read(tmp, &line, LINE_MAX);
        enum status ready = st == OK ? look_again(a, conn, tmp, name, &who, ds) : OK;
        Str answer = st == OK && ready == OK ? mcp_answer(&d, line) : S("");
        bool heard = answer.n == 0 || out_stdout(arena_fmt(tmp, "%.*s\n", STR_ARG(answer)));
        arena_close(tmp);
        if (ready != OK)
            return ready;
        if (!heard)
            return OK;
    }
    return OK;
}

enum status api_mcp(struct arena *keep, const struct api_options *o, struct db_conn *conn, Str name,
                    struct diags *ds)
{
    struct api a = {0};
    struct caller who;
    api_lend_open(&a, keep, o);
    enum status st = look_again(&a, conn, keep, name, &who, ds);
    if (st == OK)
        st = serve(&a, conn, name, ds);
    api_lend_close(&a);
    return st;
}
