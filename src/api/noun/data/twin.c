/* twin.c - subjects registered twice: who may be, merged, split again, or two after all. */
#include "api/call.h"
#include "api/noun/data/import.h"
#include "api/noun/data/subject.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "record/record.h"
#include "text/twins.h"

enum { SCORE_USUAL = 60, PAIRS_MAX = 500, ROWS_MAX = 20000, HINTS_MAX = 200, WHY_MAX = 1000 };

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

/* People are not compared by their names. */
static bool name_is_protected(const struct rules *kind)
{
    int32_t name = kind->role[SUBJECT_ROLE_NAME];
    return name >= 0 && kind->field[name].protect >= PROTECT_PERSONAL;
}

/* Those known of a kind, and room for `more` behind them. */
static enum status read_known(struct call *c, const struct rules *kind, size_t more,
                              struct record_now **now, size_t *n, struct twin_subject **subject)
{
    TRY(record_now_all(c->conn, c->arena, now, n, c->county, kind->name));
    *subject = ARENA_ARRAY(c->arena, struct twin_subject, *n + more + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct record_now *x = &(*now)[i];
        (*subject)[i] = (struct twin_subject){x->identity, x->name, x->former, x->locality};
    }
    return OK;
}

/* Subjects are told in order of their number, pairs in order of the first: so is `apart`. */
static bool was_told_apart(const struct record_pair *apart, size_t n, int64_t a, int64_t b)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (apart[mid].subject < a || (apart[mid].subject == a && apart[mid].other < b))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && apart[lo].subject == a && apart[lo].other == b;
}

enum status api_twin_list(struct call *c, const struct api_twin_list_in *in,
                          struct api_twin_list *out)
{
    struct rules *kind;
    struct record_now *now;
    struct record_pair *apart;
    struct twin_subject *subject;
    struct places places;
    struct twins t;
    size_t n, apart_n;
    int64_t least = in->least.set ? in->least.v : SCORE_USUAL;
    TRY(record_kind_get(c->conn, c->arena, &kind, c->county, in->kind, RECORD_NOW));
    if (name_is_protected(kind))
        return call_refuse(c, DIAG_API_NO_COLUMN, kind->field[kind->role[SUBJECT_ROLE_NAME]].name,
                           NO_ARG);
    TRY(read_known(c, kind, 0, &now, &n, &subject));
    TRY(record_aparts(c->conn, c->arena, &apart, &apart_n, c->county, kind->name));
    places_read(c->arena, &places, kind->region);
    twins_find(c->arena, &t, &places, subject, (uint32_t)n);
    out->pairs.at = ARENA_ARRAY(c->arena, struct api_twin_pair, PAIRS_MAX);
    for (size_t i = 0; i < t.n && t.at[i].score >= least; i++) {
        const struct record_now *one = &now[t.at[i].a], *other = &now[t.at[i].b];
        if (was_told_apart(apart, apart_n, one->subject, other->subject))
            continue;
        out->found++;
        if (out->pairs.n < PAIRS_MAX)
            out->pairs.at[out->pairs.n++] = (struct api_twin_pair){t.at[i].score, (int)t.at[i].why,
                                                                   side_of(one), side_of(other)};
    }
    return write_merged(c, kind->name, now, n, out);
}

/* --- rows of a file --- */

/* Rows whose identity is known say who they are; merged ones as well. */
static enum status mark_known(struct call *c, const struct rules *kind, const struct dataset *d,
                              const struct twins *t, size_t known_n, bool *known)
{
    struct record_twin *merged;
    size_t merged_n;
    TRY(record_twins(c->conn, c->arena, &merged, &merged_n, c->county, kind->name));
    for (uint32_t row = 0; row < d->row_n; row++)
        for (size_t i = 0; i < merged_n && !known[row]; i++)
            known[row] = str_eq(merged[i].identity, d->id[row]);
    for (size_t i = 0; i < t->n; i++)
        if (t->at[i].why == TWIN_CODE && t->at[i].score == 100 && t->at[i].b >= known_n)
            known[t->at[i].b - known_n] = true;
    return OK;
}

enum status import_twins(struct call *c, const struct reading *r, struct api_import_preview *out)
{
    const struct dataset *d = r->m.data;
    struct record_now *now;
    struct twin_subject *subject;
    struct places places;
    struct twins t;
    size_t n;
    if (d == NULL || d->name == NULL || d->row_n > ROWS_MAX || name_is_protected(r->kind))
        return OK;
    TRY(read_known(c, r->kind, d->row_n, &now, &n, &subject));
    for (uint32_t row = 0; row < d->row_n; row++)
        subject[n + row] = (struct twin_subject){.identity = d->id[row], .name = d->name[row]};
    places_read(c->arena, &places, r->kind->region);
    twins_find(c->arena, &t, &places, subject, (uint32_t)(n + d->row_n));
    bool *known = ARENA_ARRAY(c->arena, bool, d->row_n + 1);
    TRY(mark_known(c, r->kind, d, &t, n, known));
    out->twins.at = ARENA_ARRAY(c->arena, struct api_import_twin, HINTS_MAX);
    for (size_t i = 0; i < t.n && out->twins.n < HINTS_MAX; i++) {
        const struct twin *p = &t.at[i];
        if (p->score < SCORE_USUAL || p->a >= n || p->b < n || known[p->b - n] ||
            (r->town.p != NULL && !str_eq(now[p->a].locality, r->town)))
            continue;
        uint32_t row = p->b - (uint32_t)n;
        known[row] = true; /* the likest is enough */
        out->twins.at[out->twins.n++] = (struct api_import_twin){
            r->m.rows.line[row], d->id[row],         d->name[row], p->score,
            (int)p->why,         side_of(&now[p->a])};
    }
    return OK;
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

enum status api_subject_apart(struct call *c, const struct api_subject_apart_in *in,
                              struct api_done *out)
{
    struct record r = record_of(c->act);
    struct rules *kind;
    int64_t other;
    TRY(begin(c, in->kind, in->id, in->body.why, &kind));
    if (!roster_find(c->roster, in->body.other, &other))
        return call_refuse(c, DIAG_API_NO_SUBJECT, in->body.other, NO_ARG);
    json_kstr(&c->body, "other", in->body.other);
    out->act = c->act->no;
    return record_apart(&r, kind, in->id, in->body.other, in->body.why, &c->diags);
}
