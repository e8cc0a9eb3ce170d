/* pairing_do.c - what officers do to a round. */
#include "api/noun/case/pairing.h"
#include "base/arena.h"
#include "base/str.h"

enum { LOCKS_MAX = 500, WHY_MAX = 1000 };

/* The round is what the act was done to. */
static struct pairing_desk desk_of(struct call *c, int64_t round)
{
    c->object = arena_fmt(c->arena, "%lld", (long long)round);
    return (struct pairing_desk){c->act, &c->diags, c->who.name};
}

/* Is it there, within what the caller sees? */
static enum status find(struct call *c, Str kind, Str identity)
{
    struct rosters *all;
    struct scope scope;
    struct suit_side side;
    int64_t subject;
    TRY(call_rosters(c, &all));
    TRY(access_scope(c->conn, c->arena, &c->who, kind, 0, &scope));
    const struct roster *r = roster_take(all, kind);
    enum status st = r != NULL && roster_find(r, identity, &subject)
                         ? suit_side(c->arena, &scope, r, subject, &side)
                         : ERR_GONE;
    roster_release(r);
    return st == ERR_GONE ? call_refuse(c, DIAG_API_NO_SUBJECT, identity, NO_ARG) : st;
}

enum status api_pairing_lock(struct call *c, const struct api_pairing_lock_in *in,
                             struct api_done *out)
{
    struct pairing_view v = pairing_view_of(c);
    struct pairing_desk d = desk_of(c, in->round);
    struct pairing x;
    TRY(pairing_get(&v, in->round, &x));
    size_t n = in->body.locks.n;
    if (n < 1 || n > LOCKS_MAX)
        return call_refuse(c, DIAG_API_LONG, S("locks"), S("500"));
    struct pairing_pair *pair = ARENA_ARRAY(c->arena, struct pairing_pair, n);
    for (size_t i = 0; i < n; i++) {
        const struct api_pairing_lock *one = &in->body.locks.at[i];
        pair[i] = (struct pairing_pair){.need = one->need,
                                        .answer = one->answer,
                                        .lock = (uint8_t)one->lock,
                                        .why = str_or_empty(one->why)};
        if (pair[i].why.n > WHY_MAX)
            return call_refuse(c, DIAG_API_TYPE, S("why"), S("0..1000"));
        TRY(find(c, x.other, one->answer));
    }
    json_kint(&c->body, "locks", (int64_t)n);
    out->act = c->act->no;
    return pairing_lock(&d, in->round, pair, n);
}

enum status api_pairing_limit(struct call *c, const struct api_pairing_limit_in *in,
                              struct api_done *out)
{
    struct pairing_desk d = desk_of(c, in->round);
    struct pairing_limits limits;
    TRY(pairing_limits_of(c, &in->body, &limits));
    out->act = c->act->no;
    return pairing_limit(&d, in->round, &limits);
}

enum status api_pairing_propose(struct call *c, const struct api_pairing_propose_in *in,
                                struct api_done *out)
{
    struct pairing_desk d = desk_of(c, in->round);
    struct pairing_plan plan;
    TRY(pairing_propose(&d, in->round, str_or_empty(in->body.why), &plan));
    json_kint(&c->body, "pairs", plan.pairs);
    json_kint(&c->body, "alone", plan.alone);
    out->act = c->act->no;
    return OK;
}

enum status api_pairing_publish(struct call *c, const struct api_pairing_publish_in *in,
                                struct api_done *out)
{
    struct pairing_desk d = desk_of(c, in->round);
    struct pairing_pairs pairs;
    TRY(pairing_publish(&d, in->round, str_or_empty(in->body.why), &pairs));
    json_kint(&c->body, "pairs", (int64_t)pairs.n);
    out->act = c->act->no;
    return OK;
}

enum status api_pairing_give_up(struct call *c, const struct api_pairing_give_up_in *in,
                                struct api_done *out)
{
    struct pairing_desk d = desk_of(c, in->round);
    out->act = c->act->no;
    return pairing_give_up(&d, in->round, str_or_empty(in->body.why));
}
