/* hook.c - who is told what, and what became of it. */
#include "api/hook/hook.h"

#include "api/server_int.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "outside/outside.h"
#include "sql.h"

enum { TITLE_WIDTH = 200, TITLE_BYTES = 400, EVENTS_MAX = 50, PAGE = 50 };

static enum status find(struct call *c, int64_t hook, struct hook *out)
{
    return hook_find(c->conn, c->arena, c->api->o.access, c->county, hook, out);
}

static void split(struct call *c, Str events, struct api_hook *out)
{
    size_t cap = 0;
    while (events.n > 0)
        VEC_PUSH(c->arena, out->events.at, out->events.n, cap) = str_cut(&events, ',');
}

enum status api_hook_list(struct call *c, struct api_hooks *out)
{
    struct hook *h;
    size_t n;
    const struct outside_rules *r = &c->api->o.outside;
    TRY(hook_all(c->conn, c->arena, c->api->o.access, c->county, &h, &n));
    out->hooks.at = ARENA_ARRAY(c->arena, struct api_hook, n);
    for (size_t i = 0; i < n; i++) {
        struct api_hook *to = &out->hooks.at[out->hooks.n++];
        *to = (struct api_hook){.hook = h[i].hook,
                                .title = h[i].title,
                                .host = h[i].host,
                                .form = (int)h[i].form - 1,
                                .sensitive = h[i].sensitive,
                                .seen = h[i].seen,
                                .actor = h[i].actor,
                                .at = h[i].at_us};
        split(c, h[i].events, to);
    }
    out->allowed.at = ARENA_ARRAY(c->arena, Str, r->allow_n);
    for (size_t i = 0; i < r->allow_n; i++)
        out->allowed.at[out->allowed.n++] = r->allow[i];
    return OK;
}

/* --- a new one --- */

static bool is_verb(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (i > 0 && (s.p[i] == '.' || s.p[i] == '_'))))
            return false;
    return s.n > 0 && s.n <= 40;
}

static enum status join_events(struct call *c, const struct api_hook_new *in, Str *out)
{
    *out = S("");
    if (in->events.n == 0 || in->events.n > EVENTS_MAX)
        return call_refuse(c, DIAG_API_TYPE, S("events"), S("1 .. 50"));
    for (size_t i = 0; i < in->events.n; i++) {
        if (!is_verb(in->events.at[i]))
            return call_refuse(c, DIAG_API_TYPE, S("events"), S("run, ledger.approve"));
        *out = arena_fmt(c->arena, "%.*s%s%.*s", STR_ARG(*out), i > 0 ? "," : "",
                         STR_ARG(in->events.at[i]));
    }
    return OK;
}

static enum status check(struct call *c, const struct api_hook_new *in, struct outside_url *u)
{
    struct hook *h;
    size_t n;
    if (in->title.n == 0 || in->title.n > TITLE_BYTES || utf8_width(in->title) > TITLE_WIDTH)
        return call_refuse(c, DIAG_API_TYPE, S("title"), S("1..100 字 letters"));
    if (!outside_url(c->arena, u, in->url))
        return call_refuse(c, DIAG_API_TYPE, S("url"), S("https://host/path"));
    if (!outside_allows(c->arena, &c->api->o.outside, u))
        return call_refuse(c, DIAG_API_OUTGOING,
                           arena_fmt(c->arena, "%.*s:%d", STR_ARG(u->host), u->port), NO_ARG);
    TRY(hook_all(c->conn, c->arena, c->api->o.access, c->county, &h, &n));
    return n < HOOKS_MAX ? OK : ERR_LIMIT;
}

enum status api_hook_add(struct call *c, const struct api_hook_add_in *in,
                         struct api_hook_secret *out)
{
    const struct api_hook_new *b = &in->body;
    const struct access *x = c->api->o.access;
    struct outside_url u = {.port = 0};
    int64_t hook = c->act->no;
    Str events = S("");
    TRY(check(c, b, &u));
    TRY(join_events(c, b, &events));
    Str host = arena_fmt(c->arena, "%.*s:%d", STR_ARG(u.host), u.port);
    struct sql_hook_add add = {
        c->county, hook,         0,
        b->title,  host,         b->form + 1,
        events,    b->sensitive, hook_mark(c->arena, x, c->county, hook, b->url)};
    TRY(sql_hook_add(c->conn, &add));
    TRY(sql_hook_address_put(c->conn, &(struct sql_hook_address_put){
                                          c->county, hook, access_seal(c->arena, x, b->url)}));
    c->object = arena_fmt(c->arena, "hook %lld", (long long)hook);
    json_kstr(&c->body, "host", host);
    json_kstr(&c->body, "events", events);
    *out = (struct api_hook_secret){hook, hook, hook_secret(c->arena, x, c->county, hook)};
    return OK;
}

enum status api_hook_end(struct call *c, const struct api_hook_end_in *in, struct api_done *out)
{
    struct hook h;
    TRY(find(c, in->hook, &h));
    TRY(sql_hook_end_add(c->conn, &(struct sql_hook_end_add){c->county, c->act->no, 0, h.hook}));
    TRY(sql_hook_address_drop(c->conn, &(struct sql_hook_address_drop){c->county, h.hook}));
    c->object = arena_fmt(c->arena, "hook %lld", (long long)h.hook);
    out->act = c->act->no;
    return OK;
}

/* --- what became of it --- */

static struct api_hook_delivery delivery(struct call *c, int64_t hook,
                                         const struct sql_hook_delivery_list_row *row)
{
    bool waits = row->state == HOOK_WAITING, asked = row->tries > 0;
    bool refused = row->ended == OUTSIDE_ANSWERED && row->state != HOOK_DELIVERED;
    enum outside_end end = (enum outside_end)row->ended;
    return (struct api_hook_delivery){
        .id = hook_event(c->arena, c->county, hook, row->act),
        .act = row->act,
        .verb = arena_copy(c->arena, row->verb),
        .state = (int)row->state - 1,
        .tries = row->tries,
        .due = {waits, row->due_us},
        .at = row->at_us,
        .status = row->status,
        .message = !asked    ? S("还没有发")
                   : refused ? S("对方没有接受")
                             : str_of(outside_word(end, LANG_ZH)),
        .message_en = !asked    ? S("not sent yet")
                      : refused ? S("it did not accept")
                                : str_of(outside_word(end, LANG_EN)),
    };
}

enum status api_hook_delivery_list(struct call *c, const struct api_hook_delivery_list_in *in,
                                   struct api_hook_deliveries *out)
{
    struct db_rows rows;
    struct sql_hook_delivery_list_row row;
    size_t cap = 0;
    struct sql_hook_delivery_list ask = {c->county, in->hook,
                                         in->before.set ? in->before.v : INT64_MAX, PAGE + 1};
    TRY(sql_hook_delivery_list(c->conn, &ask, &rows));
    while (sql_hook_delivery_list_next(&rows, &row)) {
        if (out->deliveries.n == PAGE)
            out->next = API_INT_OF(out->deliveries.at[PAGE - 1].act);
        else
            VEC_PUSH(c->arena, out->deliveries.at, out->deliveries.n, cap) =
                delivery(c, in->hook, &row);
    }
    return db_rows_end(&rows);
}

enum status api_hook_replay(struct call *c, const struct api_hook_replay_in *in,
                            struct api_done *out)
{
    struct hook h;
    TRY(find(c, in->hook, &h));
    TRY(sql_hook_delivery_again(
        c->conn, &(struct sql_hook_delivery_again){c->county, h.hook, in->act, c->now_us}));
    c->object = hook_event(c->arena, c->county, h.hook, in->act);
    out->act = c->act->no;
    return OK;
}
