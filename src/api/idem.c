/* idem.c - asked twice, done once. The answer is kept in the transaction of what it answers. */
#include "api/server_int.h"
#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"
#include "os/clock.h"
#include "sql.h"

enum { KEY_MAX = 100, KEEP_HOURS = 48 };

void api_idem_read(struct call *c)
{
    c->idem = http_header(c->rq, S("idempotency-key"));
    if (c->idem.p == NULL)
        return;
    Sha256 body = sha256_of(c->rq->body); /* any bytes, of any number */
    Str text = arena_fmt(c->arena, "%.*s %.*s\n%.*s", STR_ARG(http_method_name(c->rq->method)),
                         STR_ARG(c->rq->target), STR_ARG(arena_hex(c->arena, sha256_str(&body))));
    Mac mac = access_digest(c->api->o.access, text);
    secret_wipe_str(text);
    c->asked = arena_copy(c->arena, mac_str(&mac));
}

enum status api_idem_find(struct call *c)
{
    struct sql_answer_get_row row;
    if (c->idem.p == NULL)
        return OK;
    if (c->idem.n == 0 || c->idem.n > KEY_MAX)
        return call_refuse(c, DIAG_API_TYPE, S("Idempotency-Key"), S("1-100"));
    struct sql_answer_get in = {c->county, c->who.account, c->idem};
    enum status st = sql_answer_get_one(c->conn, c->arena, &in, &row);
    if (st == ERR_GONE)
        return OK;
    TRY(st);
    c->idem_clash = !str_eq(row.request, c->asked) || c->route->secret;
    c->again = !c->idem_clash;
    c->bytes = row.body;
    return c->again ? OK : ERR_INPUT;
}

enum status api_idem_keep(struct call *c, Str answer)
{
    int64_t now = clock_us();
    if (c->idem.p == NULL)
        return OK;
    struct sql_answer_sweep old = {now - KEEP_HOURS * INT64_C(3600000000)};
    struct sql_answer_add add = {c->county, c->who.account, c->idem,
                                 now,       c->asked,       c->route->secret ? S("") : answer};
    TRY(sql_answer_sweep(c->conn, &old));
    return sql_answer_add(c->conn, &add);
}
