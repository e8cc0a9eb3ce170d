/* cockpit.c - conditions, sources and tables of the cockpit; totals and grades of every kind. */
#include "api/noun/cockpit/cockpit.h"

#include "api/noun/data/subject.h"
#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "col/dataset.h"
#include "record/record.h"
#include "rule/model.h"
#include "run/run.h"

enum status cockpit_open(struct call *c, Str kind)
{
    roster_release(c->roster);
    c->roster = NULL;
    return call_roster(c, kind);
}

enum status cockpit_select(struct call *c, Str where, struct selection **out)
{
    struct query_ask ask = {.where = where, .today = c->today};
    return query_select(&c->scope, c->roster, &ask, c->arena, out, &c->diags);
}

enum status cockpit_count(struct call *c, Str name, Str where, struct api_cockpit_count *out)
{
    struct selection *s;
    TRY(cockpit_select(c, where, &s));
    *out = (struct api_cockpit_count){arena_copy(c->arena, name), query_counts(s).rows, where};
    return OK;
}

/* --- conditions --- */

/* A name with symbols in it wants quotes; those of columns of two documents have them. */
static Str quoted(struct call *c, Str field)
{
    if (str_find(field, S("·")) == field.n)
        return field;
    return arena_fmt(c->arena, "「%.*s」", STR_ARG(field));
}

Str cockpit_is(struct call *c, Str field, Str value)
{
    field = quoted(c, field);
    if (value.n == 0)
        return arena_fmt(c->arena, "缺(%.*s)", STR_ARG(field));
    return arena_fmt(c->arena, "%.*s = \"%.*s\"", STR_ARG(field), STR_ARG(value));
}

Str cockpit_within(struct call *c, Str field, Str region)
{
    if (region.n == 0)
        return cockpit_is(c, field, region);
    return arena_fmt(c->arena, "开头(%.*s, \"%.*s\")", STR_ARG(quoted(c, field)), STR_ARG(region));
}

Str cockpit_known(struct call *c, Str field)
{
    return arena_fmt(c->arena, "非 缺(%.*s)", STR_ARG(quoted(c, field)));
}

Str cockpit_compared(struct call *c, Str a, const char *how, Str b)
{
    return arena_fmt(c->arena, "%.*s %s %.*s", STR_ARG(quoted(c, a)), how, STR_ARG(quoted(c, b)));
}

Str cockpit_both(struct call *c, Str a, Str b)
{
    if (a.n == 0 || b.n == 0)
        return a.n == 0 ? b : a;
    return arena_fmt(c->arena, "(%.*s) 且 (%.*s)", STR_ARG(a), STR_ARG(b));
}

Str cockpit_either(struct call *c, Str a, Str b)
{
    if (a.n == 0 || b.n == 0)
        return a.n == 0 ? b : a;
    return arena_fmt(c->arena, "%.*s 或 %.*s", STR_ARG(a), STR_ARG(b));
}

Str cockpit_at(struct call *c, Str field, int64_t year)
{
    return arena_fmt(c->arena, "%.*s@%lld", STR_ARG(field), (long long)year);
}

/* --- where figures are from --- */

int cockpit_status(Str word)
{
    return str_eq(word, S("官方"))   ? COCKPIT_OFFICIAL
           : str_eq(word, S("二手")) ? COCKPIT_SECONDARY
                                     : COCKPIT_EXAMPLE;
}

int cockpit_rule_status(enum rule_status status)
{
    return status == STATUS_OFFICIAL    ? COCKPIT_OFFICIAL
           : status == STATUS_SECONDARY ? COCKPIT_SECONDARY
           : status == STATUS_EXAMPLE   ? COCKPIT_EXAMPLE
                                        : COCKPIT_UNSAID;
}

struct api_cockpit_source cockpit_register(struct call *c)
{
    return (struct api_cockpit_source){
        .status = cockpit_rule_status(c->roster->rules->status),
        .document = arena_copy(c->arena, c->roster->rules->name),
        .title = S(""),
        .state = API_COCKPIT_SOURCE_STATE_REPORTED,
        .state_name = S("填报"),
        .published = true,
        .day = c->today,
        .rules = S(""),
        .act = subject_act(c),
    };
}

enum status cockpit_run(struct call *c, const struct outcome *o, struct api_cockpit_source *out)
{
    struct run_view v = {c->conn, c->arena, c->county, NULL, &c->diags};
    struct run r;
    TRY(run_get(&v, &r, o->run));
    *out = (struct api_cockpit_source){
        .status = cockpit_rule_status(o->status),
        .document = arena_copy(c->arena, o->document),
        .title = r.title,
        .run = r.run,
        .state = (int)r.state,
        .state_name = str_of(run_state_name(r.state, LANG_ZH)),
        .published = o->when != OUTCOME_DRAFT,
        .period = r.period,
        .day = r.day,
        .rules = arena_hex(c->arena, sha256_str(&r.rules)),
        .act = {c->scope.rule == SCOPE_ALL, r.until_act},
    };
    return OK;
}

bool cockpit_sees(const struct call *c, const struct outcome *o)
{
    return o->when != OUTCOME_DRAFT || c->scope.drafts;
}

const struct outcome *cockpit_outcome(struct call *c)
{
    const struct outcome *all, *best = NULL;
    size_t n = roster_outcomes(c->roster, &all);
    for (size_t i = 0; i < n; i++) {
        const struct outcome *o = &all[i];
        if (o->when == OUTCOME_BEFORE || o->score.n == 0 || !cockpit_sees(c, o))
            continue;
        bool better = best == NULL || (o->grade.n > 0) > (best->grade.n > 0) ||
                      ((o->grade.n > 0) == (best->grade.n > 0) && o->when < best->when);
        best = better ? o : best;
    }
    return best;
}

Str cockpit_role(const struct call *c, enum subject_role role)
{
    const struct rules *r = c->roster->rules;
    int32_t at = r->role[role];
    if (at < 0 || !scope_shows(&c->scope, c->roster, (uint32_t)at))
        return S("");
    return r->field[at].name;
}

/* --- the county's pack --- */

enum status cockpit_table(struct call *c, Str text, struct cockpit_table *out)
{
    struct csv csv;
    size_t cap = 0, cells = 0;
    *out = (struct cockpit_table){0};
    csv_open(&csv, c->arena, text);
    for (;;) {
        TRY(csv_next(&csv, &c->diags));
        if (csv.cell_n == 0)
            break;
        if (out->columns == 0) {
            out->columns = csv.cell_n;
            continue;
        }
        for (size_t k = 0; k < out->columns; k++)
            VEC_PUSH(c->arena, out->cell, cells, cap) = k < csv.cell_n ? csv.cell[k].text : S("");
        out->n++;
    }
    return OK;
}

Str cockpit_place(struct call *c, const struct cockpit_table *regions, Str code)
{
    for (size_t i = 0; i < regions->n && regions->columns > 1; i++)
        if (str_eq(regions->cell[i * regions->columns], code))
            return regions->cell[i * regions->columns + 1];
    return arena_copy(c->arena, code);
}

size_t cockpit_words(struct call *c, Str text, Str **out)
{
    size_t n = 0, cap = 0;
    *out = NULL;
    while (text.n > 0) {
        Str word = str_trim(str_cut(&text, ';'));
        if (word.n > 0)
            VEC_PUSH(c->arena, *out, n, cap) = word;
    }
    return n;
}

/* --- totals and grades --- */

/* Those of a standing that takes part; an empty one does, too. */
static enum status write_active(struct call *c, struct api_cockpit_kind *out)
{
    const struct rules *r = c->roster->rules;
    Str field = cockpit_role(c, SUBJECT_ROLE_STANDING), where = S("");
    if (field.n == 0 || r->active_n == 0)
        return OK;
    for (uint32_t i = 0; i < r->active_n; i++)
        where = cockpit_either(
            c, where, cockpit_is(c, field, labels_text(c->roster->data->labels, r->active[i])));
    where = cockpit_either(c, where, cockpit_is(c, field, S("")));
    out->active = ARENA_NEW(c->arena, struct api_cockpit_count);
    return cockpit_count(c, S("在册"), where, out->active);
}

/* How many have a score; of the definite ones the mean. */
static enum status write_mean(struct call *c, const struct selection *s, Str score,
                              struct api_cockpit_outcome *out)
{
    struct query_cross cross;
    Wide mean;
    struct query_cross_ask ask = {.figure = score};
    TRY(query_cross(s, &ask, c->arena, &cross, &c->diags));
    const struct query_sum *all = &cross.cell[0];
    out->scored = ARENA_NEW(c->arena, struct api_cockpit_count);
    TRY(cockpit_count(c, S("有得分"), cockpit_known(c, score), out->scored));
    out->definite = all->known;
    if (all->known > 0 && wide_muldiv(&mean, all->sum, 1, all->known, ROUND_HALF_UP))
        out->mean = subject_figure(c, cross.figure, mean);
    return OK;
}

static enum status write_grades(struct call *c, const struct selection *s, Str grade,
                                struct api_cockpit_outcome *out)
{
    struct query_facet f;
    TRY(query_facet(s, grade, c->arena, &f, &c->diags));
    out->grades.at = ARENA_ARRAY(c->arena, struct api_cockpit_count, f.n);
    for (uint32_t i = 0; i < f.n; i++) {
        Str value = arena_copy(c->arena, f.count[i].value);
        struct api_cockpit_count one = {value, f.count[i].n, cockpit_is(c, grade, value)};
        if (value.n > 0) {
            out->grades.at[out->grades.n++] = one;
            continue;
        }
        one.name = S("没有格次");
        out->open = ARENA_NEW(c->arena, struct api_cockpit_count);
        *out->open = one;
    }
    return OK;
}

static enum status write_outcome(struct call *c, const struct selection *s, const struct outcome *o,
                                 struct api_cockpit_outcome *out)
{
    TRY(cockpit_run(c, o, &out->source));
    out->score = arena_copy(c->arena, o->score);
    out->grade = arena_copy(c->arena, o->grade);
    out->rank = arena_copy(c->arena, o->rank);
    if (out->score.n > 0)
        TRY(write_mean(c, s, out->score, out));
    return out->grade.n > 0 ? write_grades(c, s, out->grade, out) : OK;
}

static enum status write_kind(struct call *c, Str kind, struct api_cockpit_kind *out)
{
    const struct outcome *all;
    struct selection *s;
    TRY(cockpit_open(c, kind));
    TRY(cockpit_select(c, S(""), &s));
    *out = (struct api_cockpit_kind){
        .kind = kind,
        .title = arena_copy(c->arena, c->roster->rules->name),
        .source = cockpit_register(c),
        .all = {S("全部"), query_counts(s).rows, S("")},
        .locality = arena_copy(c->arena, cockpit_role(c, SUBJECT_ROLE_LOCALITY)),
        .chain = arena_copy(c->arena, cockpit_role(c, SUBJECT_ROLE_CHAIN)),
    };
    TRY(write_active(c, out));
    size_t n = roster_outcomes(c->roster, &all);
    out->outcomes.at = ARENA_ARRAY(c->arena, struct api_cockpit_outcome, n + 1);
    for (size_t i = 0; i < n; i++)
        if (all[i].when != OUTCOME_BEFORE && cockpit_sees(c, &all[i]))
            TRY(write_outcome(c, s, &all[i], &out->outcomes.at[out->outcomes.n++]));
    return OK;
}

enum status api_cockpit_kinds(struct call *c, struct api_cockpit_kinds *out)
{
    struct rosters *all;
    Str *name;
    TRY(call_rosters(c, &all));
    size_t n = rosters_kinds(all, c->arena, &name);
    out->today = c->today;
    out->kinds.at = ARENA_ARRAY(c->arena, struct api_cockpit_kind, n);
    for (size_t i = 0; i < n; i++)
        TRY(write_kind(c, arena_copy(c->arena, name[i]), &out->kinds.at[out->kinds.n++]));
    return OK;
}
