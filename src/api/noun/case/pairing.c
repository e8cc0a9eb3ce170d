/* pairing.c - rounds of batch matching as officers see them, and the job that finds one. */
#include "api/noun/case/pairing.h"

#include "api/job.h"
#include "api/noun/data/subject.h"
#include "api/print/document.h"
#include "api/server_int.h"
#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "query/query.h"

#define EXPERTS S("产业专家")

struct pairing_view pairing_view_of(struct call *c)
{
    return (struct pairing_view){c->conn, c->arena, c->county, &c->diags};
}

/* --- limits --- */

enum status pairing_limits_of(struct call *c, const struct api_pairing_limits *in,
                              struct pairing_limits *out)
{
    size_t n = in->floors.n;
    if (in->each < 1 || in->each > PAIRING_EACH || in->places < 0 || in->places > UINT16_MAX ||
        in->floor < 0 || in->floor > UINT16_MAX || n > PAIRING_OWN_MAX)
        return call_refuse(c, DIAG_PAIRING_LIMIT, NO_ARG, NO_ARG);
    *out = (struct pairing_limits){.each = (uint32_t)in->each,
                                   .places = (uint32_t)in->places,
                                   .split = (enum pairing_split)in->split,
                                   .floor = (uint32_t)in->floor,
                                   .own = ARENA_ARRAY(c->arena, struct pairing_floor, n + 1)};
    for (; out->own_n < n; out->own_n++) {
        const struct api_pairing_floor *f = &in->floors.at[out->own_n];
        if (f->least < 0 || f->least > UINT16_MAX || str_find(f->group, S("=")) < f->group.n ||
            str_find(f->group, S(";")) < f->group.n)
            return call_refuse(c, DIAG_PAIRING_LIMIT, NO_ARG, NO_ARG);
        out->own[out->own_n] = (struct pairing_floor){f->group, (uint32_t)f->least};
    }
    return OK;
}

static struct api_pairing_limits write_limits(struct call *c, const struct pairing_limits *x)
{
    struct api_pairing_limits out = {
        .each = x->each, .places = x->places, .split = (int)x->split, .floor = x->floor};
    out.floors.at = ARENA_ARRAY(c->arena, struct api_pairing_floor, x->own_n + 1);
    for (; out.floors.n < x->own_n; out.floors.n++)
        out.floors.at[out.floors.n] =
            (struct api_pairing_floor){x->own[out.floors.n].group, x->own[out.floors.n].least};
    return out;
}

/* --- rounds --- */

static bool is_town(const struct call *c)
{
    return (c->who.roles & (uint32_t)ROLES_OFFICE) == 0;
}

static struct api_pairing_round write_round(struct call *c, const struct pairing *x)
{
    return (struct api_pairing_round){.round = x->number,
                                      .title = x->title,
                                      .kind = x->kind,
                                      .with = x->other,
                                      .where = x->where,
                                      .state = (int)x->state,
                                      .limits = write_limits(c, &x->limits),
                                      .actor = x->by,
                                      .at = x->at_us,
                                      .by = x->proposed_by,
                                      .since = x->since_us};
}

enum status api_pairing_list(struct call *c, struct api_pairing_rounds *out)
{
    struct pairing_view v = pairing_view_of(c);
    struct pairing *all;
    size_t n;
    TRY(pairing_list(&v, &all, &n));
    out->rounds.at = ARENA_ARRAY(c->arena, struct api_pairing_round, n + 1);
    for (size_t i = 0; i < n; i++)
        if (!is_town(c) || all[i].state == PAIRING_PUBLISHED)
            out->rounds.at[out->rounds.n++] = write_round(c, &all[i]);
    return OK;
}

/* --- names --- */

/* Names of a kind's subjects as the caller sees them; a kind that is gone has none. */
struct naming {
    struct scope scope;
    const struct roster *r;    /* to be released; NULL */
    struct selection *seen;    /* all that the caller sees, once for tens of thousands of rows */
    const struct column *name; /* NULL: they are not told */
    enum protection protect;
};

static enum status naming_open(struct call *c, Str kind, struct naming *out)
{
    struct rosters *all;
    *out = (struct naming){0};
    TRY(call_rosters(c, &all));
    TRY(access_scope(c->conn, c->arena, &c->who, kind, 0, &out->scope));
    out->r = roster_take(all, kind);
    if (out->r == NULL)
        return OK;
    int32_t at = out->r->rules->role[SUBJECT_ROLE_NAME];
    if (at >= 0 && scope_shows(&out->scope, out->r, (uint32_t)at)) {
        out->name = dataset_find(out->r->data, (uint32_t)at, COL_NO_PERIOD);
        out->protect = out->r->rules->field[at].protect;
    }
    return query_select(&out->scope, out->r, &(struct query_ask){0}, c->arena, &out->seen,
                        &c->diags);
}

/* False: the caller does not see the subject. */
static bool name_of(struct call *c, const struct naming *x, Str identity, Str *name)
{
    int64_t subject;
    uint32_t row;
    *name = NO_ARG;
    if (x->seen == NULL || !roster_find(x->r, identity, &subject) ||
        !query_has(x->seen, subject, &row))
        return false;
    c->scope = x->scope;
    if (x->name != NULL && column_has(x->name, row))
        *name = call_shown(c, x->protect, subject,
                           labels_text(x->r->data->labels, (uint32_t)column_value(x->name, row)));
    return true;
}

/* --- one round --- */

struct looking {
    const struct api_pairing_get_in *in;
    struct pairing round;
    struct pairing_limits limits;
    struct pairing_pairs all;
    struct naming need, answer;
};

static enum status try_limits(struct call *c, struct looking *x)
{
    const struct api_pairing_get_in *in = x->in;
    struct api_pairing_limits asked = write_limits(c, &x->round.limits);
    asked.each = in->each.set ? in->each.v : asked.each;
    asked.places = in->places.set ? in->places.v : asked.places;
    asked.floor = in->floor.set ? in->floor.v : asked.floor;
    asked.split = in->split >= 0 ? in->split : asked.split;
    if (asked.split != (int)x->round.limits.split)
        asked.floors.n = 0; /* those of other groups */
    return pairing_limits_of(c, &asked, &x->limits);
}

static void write_plan(struct call *c, const struct pairing_plan *p, struct api_pairing_view *out)
{
    out->needs = p->needs;
    out->supply = p->supply;
    out->pairs = p->pairs;
    out->alone = p->alone;
    out->score = p->score;
    out->groups.at = ARENA_ARRAY(c->arena, struct api_pairing_group, p->group_n + 1);
    for (size_t i = 0; i < p->group_n; i++)
        out->groups.at[out->groups.n++] = (struct api_pairing_group){
            p->group[i].name, p->group[i].needs, p->group[i].got, p->group[i].least};
    out->scarce.at = ARENA_ARRAY(c->arena, struct api_pairing_scarce, p->scarce_n + 1);
    for (size_t i = 0; i < p->scarce_n; i++)
        out->scarce.at[out->scarce.n++] = (struct api_pairing_scarce){
            p->scarce[i].answer, p->scarce[i].pairs, p->scarce[i].score};
}

static bool is_told(const struct looking *x, const struct pairing_pair *p)
{
    return x->in->need.p != NULL ? str_eq(p->need, x->in->need)
                                 : p->taken || p->lock != ASSIGN_FREE;
}

static void write_pairs(struct call *c, struct looking *x, struct api_pairing_view *out)
{
    int64_t rank = 0;
    size_t told = 0;
    for (size_t i = 0; i < x->all.n; i++)
        told += is_told(x, &x->all.at[i]);
    out->rows.at = ARENA_ARRAY(c->arena, struct api_pairing_pair, told + 1);
    for (size_t i = 0; i < x->all.n; i++) {
        const struct pairing_pair *p = &x->all.at[i];
        struct api_pairing_pair *to = &out->rows.at[out->rows.n];
        rank = i > 0 && str_eq(p->need, p[-1].need) ? rank + 1 : 1;
        if (!is_told(x, p))
            continue;
        *to = (struct api_pairing_pair){.need = p->need,
                                        .answer = p->answer,
                                        .place = p->place,
                                        .chain = p->chain,
                                        .score = p->score,
                                        .lock = p->lock,
                                        .why = str_or_empty(p->why),
                                        .taken = p->taken,
                                        .rank = rank};
        out->rows.n += name_of(c, &x->need, p->need, &to->need_name);
        (void)name_of(c, &x->answer, p->answer, &to->name);
    }
}

static enum status look(struct call *c, struct looking *x, struct api_pairing_view *out)
{
    struct pairing_view v = pairing_view_of(c);
    struct pairing_plan plan = {0};
    TRY(try_limits(c, x));
    TRY(pairing_read(&v, &x->round, &x->all));
    TRY(naming_open(c, x->round.kind, &x->need));
    TRY(naming_open(c, x->round.other, &x->answer));
    if (x->round.state == PAIRING_PUBLISHED) { /* as it was: nothing is weighed any more */
        for (size_t i = 0; i < x->all.n; i++)
            plan.score += x->all.at[i].score;
        plan.pairs = (uint32_t)x->all.n;
    } else {
        TRY(pairing_solve(c->arena, &x->all, &x->limits, &plan, &c->diags));
    }
    out->round = write_round(c, &x->round);
    out->limits = write_limits(c, &x->limits);
    out->trial = x->in->each.set || x->in->places.set || x->in->floor.set || x->in->split >= 0;
    if (!is_town(c))
        write_plan(c, &plan, out);
    write_pairs(c, x, out);
    if (is_town(c))
        out->pairs = (int64_t)out->rows.n;
    return OK;
}

enum status api_pairing_get(struct call *c, const struct api_pairing_get_in *in,
                            struct api_pairing_view *out)
{
    struct pairing_view v = pairing_view_of(c);
    struct looking x = {.in = in};
    TRY(pairing_get(&v, in->round, &x.round));
    if (is_town(c) && x.round.state != PAIRING_PUBLISHED)
        return ERR_GONE;
    enum status st = look(c, &x, out);
    roster_release(x.need.r);
    roster_release(x.answer.r);
    return st;
}

/* --- a new one --- */

static enum status read_new(struct call *c, const struct api_pairing_new *in,
                            struct pairing_new *out)
{
    *out = (struct pairing_new){.title = in->title,
                                .kind = in->kind,
                                .other = in->with.n > 0 ? in->with : EXPERTS,
                                .where = str_or_empty(in->where),
                                .limits = pairing_limits_usual};
    return in->limits != NULL ? pairing_limits_of(c, in->limits, &out->limits) : OK;
}

/* What is wrong with the question is said at once, not by the job. */
enum status api_pairing_new(struct call *c, const struct api_pairing_new_in *in,
                            struct api_job_asked *out)
{
    struct selection *rows;
    struct pairing_new new;
    struct api_subject_query q = {.where = in->body.where};
    if (str_trim(in->body.title).n == 0 || in->body.title.n > 200)
        return call_refuse(c, DIAG_API_TYPE, S("title"), S("1..200"));
    TRY(read_new(c, &in->body, &new));
    TRY(subject_select(c, in->body.kind, &q, &rows));
    struct job_order order = {.kind = "pairing", .about = in->body.kind, .ask = c->rq->body};
    return job_ask(c, &order, out);
}

static bool tick(void *ctx, uint32_t done, uint32_t total)
{
    return job_tick(ctx, done, total);
}

static enum status keep(struct job *j)
{
    struct call *c = &j->call;
    int64_t number;
    struct pairing_desk d = {c->act, &c->diags, c->who.name};
    TRY(pairing_open(&d, j->own, &number));
    j->outcome->round = API_INT_OF(number);
    c->object = arena_fmt(c->arena, "%lld", (long long)number);
    return OK;
}

enum status pairing_run(struct job *j)
{
    struct call *c = &j->call;
    struct api_pairing_new in = {0};
    struct pairing_new *new = ARENA_NEW(c->arena, struct pairing_new);
    struct rosters *all;
    struct scope scope, other;
    uint32_t needs = 0;
    TRY(api_read(c->arena, api_type_named("pairing_new"), &in, j->ask, &c->diags));
    TRY(read_new(c, &in, new));
    TRY(call_rosters(c, &all));
    TRY(access_scope(c->conn, c->arena, &c->who, new->kind, 0, &scope));
    TRY(access_scope(c->conn, c->arena, &c->who, new->other, 0, &other));
    struct pairing_ask ask = {.conn = c->conn,
                              .county = c->county,
                              .kind = new->kind,
                              .other = new->other,
                              .where = new->where,
                              .scope = &scope,
                              .other_scope = &other,
                              .tick = tick,
                              .ctx = j,
                              .diags = &c->diags};
    TRY(pairing_find(c->api->suits, all, c->arena, &ask, &needs, &new->found));
    j->own = new;
    j->keep = keep;
    j->verb = "pairing.new";
    j->n = needs;
    j->outcome = ARENA_NEW(c->arena, struct api_job_outcome);
    j->outcome->rows = needs;
    json_key(&c->body, S("ask"));
    json_raw(&c->body, j->ask);
    return OK;
}
