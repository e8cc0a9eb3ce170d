/* search.c - one box for subjects of all kinds. */
#include "api/server_int.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "query/finder.h"
#include "query/query.h"

enum { LIMIT = 10, LIMIT_MAX = 64 };

/* What the caller sees of each kind that is asked for. */
static enum status scopes(struct call *c, Str only, struct finder_kind **out, size_t *out_n)
{
    struct rosters *all;
    Str *name;
    TRY(call_rosters(c, &all));
    size_t n = rosters_kinds(all, c->arena, &name);
    struct scope *scope = ARENA_ARRAY(c->arena, struct scope, n);
    *out = ARENA_ARRAY(c->arena, struct finder_kind, n);
    *out_n = 0;
    for (size_t i = 0; i < n; i++) {
        if (only.n > 0 && !str_eq(name[i], only))
            continue;
        TRY(access_scope(c->conn, c->arena, &c->who, name[i], 0, &scope[i]));
        (*out)[(*out_n)++] = (struct finder_kind){name[i], &scope[i]};
    }
    return only.n > 0 && *out_n == 0 ? ERR_GONE : OK;
}

static void write_hit(struct api_hit *to, const struct finder_hit *h)
{
    *to = (struct api_hit){
        .kind = h->kind,
        .subject = h->subject,
        .identity = h->identity,
        .name = h->name,
        .locality = h->locality,
        .part = (int)h->part,
        .pieces = {h->piece, h->piece_n},
        .corrected = h->corrected,
        .score = h->score,
    };
}

enum status api_search(struct call *c, const struct api_search_in *in, struct api_hits *out)
{
    struct finder_kind *kind;
    struct finder_found found;
    size_t n;
    int64_t limit = in->limit.set ? in->limit.v : LIMIT;
    if (in->q.n > QUERY_Q_MAX)
        return call_refuse(c, DIAG_QUERY_LONG, S("q"), arena_fmt(c->arena, "%d", QUERY_Q_MAX));
    limit = limit < 1 ? 1 : limit > LIMIT_MAX ? LIMIT_MAX : limit;
    TRY(scopes(c, in->kind, &kind, &n));
    TRY(finder_find(c->api->finder, c->arena, &(struct finder_ask){in->q, kind, n, (uint32_t)limit},
                    &found));
    out->total = found.total;
    out->hits.at = ARENA_ARRAY(c->arena, struct api_hit, found.n);
    for (size_t i = 0; i < found.n; i++)
        write_hit(&out->hits.at[out->hits.n++], &found.hit[i]);
    out->kinds.at = ARENA_ARRAY(c->arena, struct api_hit_count, n);
    for (size_t i = 0; i < n; i++)
        out->kinds.at[out->kinds.n++] = (struct api_hit_count){kind[i].kind, found.count[i]};
    return OK;
}
