/* match_say.c - what came of a match, by who was shown it. */
#include "api/noun/case/case.h"
#include "api/noun/case/match.h"
#include "api/server_int.h"
#include "base/arena.h"
#include "base/str.h"
#include "sql.h"

enum { WHY_MAX = 1000 };

static enum status check(struct call *c, const struct api_match_word *w)
{
    bool subject = w->kind.p != NULL && w->id.p != NULL;
    if (subject == w->number.set)
        return call_refuse(c, DIAG_API_TYPE, S("kind, id | number"), S("企业, E1 | 17"));
    if (str_or_empty(w->why).n > WHY_MAX ||
        (w->said == API_MATCH_WORD_SAID_REFUSED && str_trim(str_or_empty(w->why)).n == 0))
        return call_refuse(c, DIAG_API_TYPE, S("why"), S("1..1000"));
    if (w->place.v < 0 || w->place.v > MATCH_LIMIT_MAX)
        return call_refuse(c, DIAG_API_TYPE, S("place"), S("1..64"));
    return OK;
}

/* Of a subject in the caller's scope; the roster is given back. */
static enum status find(struct call *c, Str kind, Str id, int64_t *subject, struct suit_side *side)
{
    struct rosters *all;
    struct scope scope;
    struct suit_side unused;
    TRY(call_rosters(c, &all));
    TRY(access_scope(c->conn, c->arena, &c->who, kind, 0, &scope));
    const struct roster *r = roster_take(all, kind);
    if (r == NULL)
        return ERR_GONE;
    bool there = roster_find(r, id, subject);
    enum status st =
        there ? suit_side(c->arena, &scope, r, *subject, side == NULL ? &unused : side) : ERR_GONE;
    roster_release(r);
    return st;
}

enum status api_match_say(struct call *c, const struct api_match_say_in *in,
                          struct api_match_heard *out)
{
    const struct api_match_word *w = &in->body;
    struct suit_side side;
    int64_t asker = 0, answer;
    TRY(check(c, w));
    if (w->number.set) {
        TRY(case_visible(c, w->number.v));
        TRY(match_case(c, w->number.v, MATCH_SEEN, &side, NULL));
        c->object = arena_fmt(c->arena, "case %lld", (long long)w->number.v);
    } else {
        TRY(find(c, w->kind, w->id, &asker, &side));
        c->object = arena_fmt(c->arena, "%.*s %.*s", STR_ARG(w->kind), STR_ARG(w->id));
    }
    TRY(find(c, w->with, w->answer, &answer, NULL));
    json_kstr(&c->body, "with", w->with);
    json_kstr(&c->body, "answer", w->answer);
    out->act = c->act->no;
    return sql_match_said_add(
        c->conn, &(struct sql_match_said_add){c->county, c->act->no, 0, asker, w->number.v,
                                              suit_house(c->arena, &side), answer, w->said + 1,
                                              w->place.v, w->score.v, str_or_empty(w->why)});
}
