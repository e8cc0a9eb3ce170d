/* twin.c - subjects registered twice: who may be, merged, split again. */
#include "api/call.h"
#include "api/noun/data/subject.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "record/record.h"
#include "text/twins.h"

enum { SCORE_USUAL = 60, PAIRS_MAX = 500, WHY_MAX = 1000 };

/* --- who may be --- */

static struct api_twin_side side_of(const struct record_now *n)
{
    return (struct api_twin_side){n->identity, n->name, n->former, n->locality};
}

static enum status write_merged(struct call *c, Str kind, const struct record_now *now, size_t n,
                                struct api_twin_list *out)
{
    struct record_twin *twin;
    size_t twin_n;
    TRY(record_twins(c->conn, c->arena, &twin, &twin_n, c->county, kind));
    out->merged.at = ARENA_ARRAY(c->arena, struct api_twin_merged, twin_n + 1);
    for (size_t i = 0; i < twin_n; i++)
        for (size_t k = 0; k < n; k++)
            if (now[k].subject == twin[i].into)
                out->merged.at[out->merged.n++] =
                    (struct api_twin_merged){twin[i].identity, now[k].identity};
    return OK;
}

enum status api_twin_list(struct call *c, const struct api_twin_list_in *in,
                          struct api_twin_list *out)
{
    struct rules *kind;
    struct record_now *now;
    struct places places;
    struct twins t;
    size_t n;
    int64_t least = in->least.set ? in->least.v : SCORE_USUAL;
    TRY(record_kind_get(c->conn, c->arena, &kind, c->county, in->kind, RECORD_NOW));
    if (kind->role[SUBJECT_ROLE_NAME] >= 0 &&
        kind->field[kind->role[SUBJECT_ROLE_NAME]].protect >= PROTECT_PERSONAL)
        return call_refuse(c, DIAG_API_NO_COLUMN, kind->field[kind->role[SUBJECT_ROLE_NAME]].name,
                           NO_ARG); /* people are not compared by their names */
    TRY(record_now_all(c->conn, c->arena, &now, &n, c->county, kind->name));
    struct twin_subject *subject = ARENA_ARRAY(c->arena, struct twin_subject, n + 1);
    for (size_t i = 0; i < n; i++)
        subject[i] =
            (struct twin_subject){now[i].identity, now[i].name, now[i].former, now[i].locality};
    places_read(c->arena, &places, kind->region);
    twins_find(c->arena, &t, &places, subject, (uint32_t)n);
    out->pairs.at = ARENA_ARRAY(c->arena, struct api_twin_pair, PAIRS_MAX);
    for (size_t i = 0; i < t.n && t.at[i].score >= least; i++, out->found++)
        if (out->pairs.n < PAIRS_MAX)
            out->pairs.at[out->pairs.n++] =
                (struct api_twin_pair){.score = t.at[i].score,
                                       .why = (int)t.at[i].why,
                                       .one = side_of(&now[t.at[i].a]),
                                       .other = side_of(&now[t.at[i].b])};
    return write_merged(c, kind->name, now, n, out);
}

/* --- acts --- */

static enum status begin(struct call *c, Str name, Str id, Str why, struct rules **kind)
{
    if (str_trim(why).n == 0 || why.n > WHY_MAX)
        return call_refuse(c, DIAG_API_TYPE, S("why"), S("1..1000"));
    c->object = arena_fmt(c->arena, "%.*s %.*s", STR_ARG(name), STR_ARG(id));
    json_kstr(&c->body, "why", why);
    return record_kind_get(c->conn, c->arena, kind, c->county, name, RECORD_NOW);
}

/* Both within what the caller sees: c->one is the first. */
enum status api_subject_merge(struct call *c, const struct api_subject_merge_in *in,
                              struct api_done *out)
{
    struct record r = record_of(c->act);
    struct rules *kind;
    int64_t into;
    TRY(begin(c, in->kind, in->id, in->body.why, &kind));
    if (!roster_find(c->roster, in->body.into, &into))
        return call_refuse(c, DIAG_API_NO_SUBJECT, in->body.into, NO_ARG);
    json_kstr(&c->body, "into", in->body.into);
    out->act = c->act->no;
    return record_merge(&r, kind, in->id, in->body.into, in->body.why, &c->diags);
}

enum status api_subject_split(struct call *c, const struct api_subject_split_in *in,
                              struct api_done *out)
{
    struct record r = record_of(c->act);
    struct rules *kind;
    TRY(begin(c, in->kind, in->id, in->body.why, &kind));
    out->act = c->act->no;
    return record_split(&r, kind, in->id, in->body.why, &c->diags);
}
