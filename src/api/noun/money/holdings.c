/* holdings.c - the ledger by owner and year, and the rosters' subjects beside it. */
#include "api/noun/money/holdings.h"

#include "api/call.h"
#include "api/server_int.h"
#include "base/arena.h"
#include "base/order.h"
#include "base/str.h"
#include "os/thread.h"
#include "sql.h"

struct holdings {
    struct lock *lock;
    int64_t act; /* the last when it was read; -1: nothing was */
    struct arena *arena;
    struct holding *at;
    size_t n, cap;
};

struct holdings *holdings_open(struct arena *keep)
{
    struct holdings *h = ARENA_NEW(keep, struct holdings);
    *h = (struct holdings){.lock = lock_open(keep), .act = -1};
    return h;
}

void holdings_close(struct holdings *h)
{
    arena_close(h->arena);
    lock_close(h->lock);
}

/* --- from the ledger --- */

static enum status read_points(struct holdings *h, const struct call *c)
{
    struct db_rows rows;
    struct sql_cockpit_points_row r;
    TRY(sql_cockpit_points(c->conn, &(struct sql_cockpit_points){c->county}, &rows));
    while (sql_cockpit_points_next(&rows, &r))
        VEC_PUSH(h->arena, h->at, h->n, h->cap) =
            (struct holding){.owner = arena_copy(h->arena, r.owner),
                             .year = r.year,
                             .held = r.held,
                             .spent = r.spent,
                             .expired = r.expired};
    return db_rows_end(&rows);
}

/* The holding of an owner and year among the first n, which are in order; or NULL. */
static struct holding *find(const struct holdings *h, size_t n, Str owner, int64_t year)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = str_cmp(h->at[mid].owner, owner);
        if (order < 0 || (order == 0 && h->at[mid].year < year))
            lo = mid + 1;
        else
            hi = mid;
    }
    bool there = lo < n && str_eq(h->at[lo].owner, owner) && h->at[lo].year == year;
    return there ? &h->at[lo] : NULL;
}

/* Who was paid without points gets a holding, too, behind the others. */
static enum status read_paid(struct holdings *h, const struct call *c)
{
    struct db_rows rows;
    struct sql_cockpit_paid_row r;
    size_t pointed = h->n;
    TRY(sql_cockpit_paid(c->conn, &(struct sql_cockpit_paid){c->county}, &rows));
    while (sql_cockpit_paid_next(&rows, &r)) {
        struct holding *own = find(h, pointed, r.subject, r.year);
        if (own == NULL) {
            VEC_PUSH(h->arena, h->at, h->n, h->cap) =
                (struct holding){.owner = arena_copy(h->arena, r.subject), .year = r.year};
            own = &h->at[h->n - 1];
        }
        own->paid = r.paid;
        own->claimed = r.claimed;
    }
    return db_rows_end(&rows);
}

static bool is_behind(const void *ctx, uint32_t a, uint32_t b)
{
    const struct holding *x = ctx;
    int order = str_cmp(x[a].owner, x[b].owner);
    return order != 0 ? order > 0 : x[a].year > x[b].year;
}

static void put_in_order(struct holdings *h)
{
    const uint32_t *order = order_rows(h->arena, (uint32_t)h->n, is_behind, h->at);
    struct holding *at = ARENA_ARRAY(h->arena, struct holding, h->n + 1);
    for (size_t i = 0; i < h->n; i++)
        at[i] = h->at[order[i]];
    h->at = at;
}

/* --- whose they are --- */

static void find_subjects(struct holdings *h, const struct roster *r, Str kind)
{
    for (size_t i = 0; i < h->n; i++) {
        struct holding *x = &h->at[i];
        const struct holding *before = i == 0 ? NULL : &h->at[i - 1];
        if (x->kind.n > 0)
            continue;
        if (before != NULL && str_eq(before->owner, x->owner)) {
            x->subject = before->subject;
            x->kind = before->kind;
        } else if (roster_find(r, x->owner, &x->subject)) {
            x->kind = kind;
        }
    }
}

static void drop_unknown(struct holdings *h)
{
    size_t n = 0;
    for (size_t i = 0; i < h->n; i++)
        if (h->at[i].kind.n > 0)
            h->at[n++] = h->at[i];
    h->n = n;
}

static enum status fill(struct holdings *h, struct call *c, int64_t act)
{
    struct rosters *all;
    Str *kind;
    TRY(call_rosters(c, &all));
    arena_close(h->arena);
    *h = (struct holdings){.lock = h->lock, .act = -1, .arena = arena_open()};
    TRY(read_points(h, c));
    TRY(read_paid(h, c));
    put_in_order(h);
    size_t n = rosters_kinds(all, c->arena, &kind);
    for (size_t i = 0; i < n; i++) {
        const struct roster *r = roster_take(all, kind[i]);
        if (r != NULL)
            find_subjects(h, r, arena_copy(h->arena, kind[i]));
        roster_release(r);
    }
    drop_unknown(h);
    h->act = act;
    return OK;
}

enum status holdings_take(struct call *c, const struct holding **out, size_t *n)
{
    struct holdings *h = c->api->holdings;
    struct sql_act_last_row last = {0};
    enum status st = sql_act_last_one(c->conn, c->arena, &(struct sql_act_last){c->county}, &last);
    if (st != OK && st != ERR_GONE)
        return st;
    lock_take(h->lock);
    st = h->act == last.act ? OK : fill(h, c, last.act);
    *out = h->at;
    *n = h->n;
    if (st != OK)
        lock_give(h->lock);
    return st;
}

void holdings_give(struct call *c)
{
    lock_give(c->api->holdings->lock);
}
