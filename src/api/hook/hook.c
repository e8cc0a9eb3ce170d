/* hook.c - webhooks as they are kept, and their keys. */
#include "api/hook/hook.h"

#include "access/access.h"
#include "base/arena.h"
#include "base/str.h"
#include "sql.h"

static Str keyed(struct arena *keep, const struct access *x, Str text)
{
    Mac mac = access_digest(x, text);
    return arena_copy(keep, mac_str(&mac));
}

Str hook_mark(struct arena *keep, const struct access *x, Str county, int64_t hook, Str url)
{
    return keyed(keep, x,
                 arena_fmt(keep, "geci-hook-mark %.*s %lld %.*s", STR_ARG(county), (long long)hook,
                           STR_ARG(url)));
}

Str hook_secret(struct arena *keep, const struct access *x, Str county, int64_t hook)
{
    Str use = arena_fmt(keep, "geci-hook-key %.*s %lld", STR_ARG(county), (long long)hook);
    return base64url_write(keep, keyed(keep, x, use));
}

Str hook_event(struct arena *keep, Str county, int64_t hook, int64_t act)
{
    return arena_fmt(keep, "%.*s-%lld-%lld", STR_ARG(county), (long long)hook, (long long)act);
}

Str hook_sign(struct arena *keep, Str secret, Str timestamp, Str body)
{
    enum { N = 32 };
    static const char DIGIT[] = "0123456789abcdef";
    uint8_t mac[N];
    char hex[2 * N];
    mac_sha256(mac, secret, arena_fmt(keep, "%.*s.%.*s", STR_ARG(timestamp), STR_ARG(body)));
    for (size_t i = 0; i < N; i++) {
        hex[2 * i] = DIGIT[mac[i] >> 4];
        hex[2 * i + 1] = DIGIT[mac[i] & 15];
    }
    return arena_fmt(keep, "sha256=%.*s", (int)sizeof hex, hex);
}

static Str address(struct arena *keep, const struct access *x, Str county,
                   const struct sql_hook_all_row *row)
{
    Str url;
    if (row->sealed.p == NULL || !access_unseal(keep, &url, x, row->sealed))
        return S("");
    return secret_same(row->mark, hook_mark(keep, x, county, row->hook, url)) ? url : S("");
}

enum status hook_all(struct db_conn *c, struct arena *keep, const struct access *x, Str county,
                     struct hook **out, size_t *n)
{
    struct db_rows rows;
    struct sql_hook_all_row row;
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    TRY(sql_hook_all(c, &(struct sql_hook_all){county}, &rows));
    while (sql_hook_all_next(&rows, &row))
        VEC_PUSH(keep, *out, *n, cap) = (struct hook){
            .hook = row.hook,
            .seen = row.seen.set ? row.seen.v : row.hook - 1, /* its own act is its first event */
            .at_us = row.at_us,
            .title = arena_copy(keep, row.title),
            .host = arena_copy(keep, row.host),
            .events = arena_copy(keep, row.events),
            .actor = arena_copy(keep, row.actor),
            .form = (enum hook_form)row.form,
            .sensitive = row.sensitive != 0,
            .url = address(keep, x, county, &row),
        };
    return db_rows_end(&rows);
}

enum status hook_find(struct db_conn *c, struct arena *keep, const struct access *x, Str county,
                      int64_t hook, struct hook *out)
{
    struct hook *list;
    size_t n;
    TRY(hook_all(c, keep, x, county, &list, &n));
    for (size_t i = 0; i < n; i++) {
        if (list[i].hook == hook) {
            *out = list[i];
            return OK;
        }
    }
    return ERR_GONE;
}

bool hook_wants(const struct hook *h, int64_t act, Str verb)
{
    if (act == h->hook)
        return true;
    for (Str rest = h->events; rest.n > 0;) {
        Str event = str_cut(&rest, ',');
        if (str_eq(event, verb) || (str_starts(verb, event) && verb.p[event.n] == '.'))
            return true;
    }
    return false;
}

bool hook_taken(enum hook_form form, int status, Str body)
{
    bool robot = form != HOOK_JSON;
    Str zero = form == HOOK_FEISHU ? S("\"code\":0") : S("\"errcode\":0");
    if (status < 200 || status > 299)
        return false;
    return !robot || str_find(body, zero) < body.n;
}
