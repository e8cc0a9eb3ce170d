/* who.c - who asks: a session's cookie, or a token. */
#include "access/login.h"
#include "access/session.h"
#include "access/token.h"
#include "api/chore.h"
#include "api/known.h"
#include "api/server_int.h"
#include "base/arena.h"
#include "base/str.h"

static bool changes(enum http_method m)
{
    return m != HTTP_GET && m != HTTP_HEAD && m != HTTP_OPTIONS;
}

/* A browser says where a request was made: a page of ours, or nowhere. */
bool api_same_origin(const struct call *c)
{
    Str origin = http_header(c->rq, S("origin")), site = http_header(c->rq, S("sec-fetch-site"));
    if (site.p != NULL && !str_eq(site, S("same-origin")) && !str_eq(site, S("none")))
        return false;
    if (origin.p == NULL)
        return true;
    Str ours = c->api->o.origin;
    if (ours.n > 0)
        return str_eq(origin, ours);
    return str_eq(origin, arena_fmt(c->arena, "%s%.*s", c->rq->secure ? "https://" : "http://",
                                    STR_ARG(c->rq->host)));
}

/* A cookie goes along with any request that a browser can be made to send, so what changes
 * something must come from our pages and know the session's second secret. */
static bool meant(const struct call *c, Str cookie)
{
    if (!changes(c->rq->method))
        return true;
    return api_same_origin(c) && session_csrf_ok(cookie, http_header(c->rq, S("x-csrf-token")));
}

static enum status by_cookie(struct call *c, struct db_conn *conn, Str cookie)
{
    struct access_view v = api_view(c, conn);
    enum status st = session_find(&v, cookie, &c->who, &c->touch);
    return st == ERR_GONE ? OK : st;
}

static enum status by_token(struct call *c, struct db_conn *conn, Str token)
{
    struct access_view v = api_view(c, conn);
    Str source = login_source(c->arena, c->rq->peer);
    enum status st = token_find(&v, token, source, &c->who, &c->touch);
    if (st == ERR_GONE) {
        chore_weigh(c->api, source);
        return OK;
    }
    return st == ERR_DENIED ? ERR_LIMIT : st; /* too many wrong ones came from there */
}

struct access_view api_view(const struct call *c, struct db_conn *conn)
{
    return (struct access_view){conn, c->arena, c->api->o.access, c->county, c->now_us};
}

typedef enum status (*LookUp)(struct call *c, struct db_conn *conn, Str shown);

/* From the store, in a transaction of its own; what is good for a while is remembered. Whatever is
 * committed after the generation was read makes it another one. */
static enum status look_up(struct call *c, const struct loop_own *loop, LookUp by, Str shown)
{
    int64_t generation;
    bool told = db_generation(loop->conn, &generation);
    Sha256 digest = known_digest(shown, c->rq->peer);
    if (told && known_find(loop->known, c->arena, &c->who, digest, generation, c->now_us))
        return OK;
    TRY(db_begin(loop->conn));
    enum status st = by(c, loop->conn, shown);
    db_rollback(loop->conn);
    if (st == OK && told && c->who.account != 0)
        known_keep(loop->known, &c->who, digest, generation);
    return st;
}

enum status api_who(struct call *c, const struct loop_own *loop)
{
    Str bearer = http_header(c->rq, S("authorization"));
    Str cookie = session_value(http_header(c->rq, S("cookie")), c->rq->secure);
    c->who = (struct caller){.county = c->county, .name = S(""), .now_us = c->now_us};
    enum status st = OK;
    if (str_starts(bearer, S("Bearer ")))
        st = look_up(c, loop, by_token, str_sub(bearer, 7, bearer.n));
    else if (cookie.n > 0)
        st = look_up(c, loop, by_cookie, cookie);
    if (st == OK && c->who.session != 0 && !meant(c, cookie))
        st = ERR_DENIED;
    if (st == OK && c->touch)
        chore_touch(c->api, &c->who);
    return st;
}
