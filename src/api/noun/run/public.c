/* public.c - what was published, for anybody. The lists come from rosters as all lists do, within a
 * scope that reaches every row, and of its columns those that a notice shows. */
#include "api/noun/cockpit/cockpit.h"
#include "api/noun/data/subject.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "rule/model.h"
#include "run/run.h"
#include "sql.h"

enum { PAGE_USUAL = 20, PAGE_MAX = 100, COLUMNS_MAX = 8, NOTICE_MAX = 4000 };

/* --- what is shown of a kind --- */

static bool is_public(const struct roster *r, enum subject_role role)
{
    int32_t at = r->rules->role[role];
    return at >= 0 && r->rules->field[at].protect == PROTECT_PUBLIC;
}

/* Who they are must be public, or nobody is listed. */
static bool is_listed(const struct roster *r)
{
    return is_public(r, SUBJECT_ROLE_ID) && is_public(r, SUBJECT_ROLE_NAME);
}

static void add_field(struct scope *s, Str *field, Str name)
{
    if (name.n > 0)
        field[s->field_n++] = name;
}

/* Every row, and what a notice shows of it. */
static void open_scope(struct call *c, const struct outcome *o)
{
    static const enum subject_role ROLES[] = {SUBJECT_ROLE_NAME, SUBJECT_ROLE_FORMER,
                                              SUBJECT_ROLE_LOCALITY};
    Str *field = ARENA_ARRAY(c->arena, Str, COLUMNS_MAX);
    c->scope = (struct scope){
        .rule = SCOPE_ALL, .show = PROTECT_INTERNAL, .ask = PROTECT_INTERNAL, .field = field};
    for (size_t i = 0; i < ARRAY_N(ROLES); i++)
        if (is_public(c->roster, ROLES[i]))
            add_field(&c->scope, field,
                      c->roster->rules->field[c->roster->rules->role[ROLES[i]]].name);
    add_field(&c->scope, field, o->score);
    add_field(&c->scope, field, o->grade);
    add_field(&c->scope, field, o->rank);
}

static enum status open_kind(struct call *c, Str kind)
{
    struct rosters *all;
    roster_release(c->roster);
    c->roster = NULL;
    TRY(call_rosters(c, &all));
    c->roster = roster_take(all, kind);
    return c->roster == NULL ? ERR_GONE : OK;
}

/* The outcome in force of that run, with its kind's roster open. ERR_GONE: none is. */
static enum status find_outcome(struct call *c, const struct run *r, const struct outcome **out)
{
    const struct outcome *all;
    TRY(open_kind(c, r->kind));
    size_t n = roster_outcomes(c->roster, &all);
    for (size_t i = 0; i < n; i++)
        if (all[i].run == r->run && all[i].when == OUTCOME_NOW) {
            *out = &all[i];
            return OK;
        }
    return ERR_GONE;
}

/* --- the runs --- */

static enum status find_notice(struct call *c, struct api_public_run *out)
{
    struct db_rows rows;
    struct sql_run_steps_row row;
    TRY(sql_run_steps(c->conn, &(struct sql_run_steps){c->county, out->run}, &rows));
    while (sql_run_steps_next(&rows, &row))
        if (row.first_day.set) {
            out->first_day = (Day)row.first_day.v;
            out->last_day = (Day)row.last_day.v;
        }
    return db_rows_end(&rows);
}

static Str status_word(int status)
{
    return status == COCKPIT_OFFICIAL    ? S("官方")
           : status == COCKPIT_SECONDARY ? S("二手")
           : status == COCKPIT_EXAMPLE   ? S("示例")
                                         : S("未注明");
}

static Str notice_of(struct call *c, const struct api_public_run *r)
{
    struct buf b;
    buf_init(&b, c->arena, NOTICE_MAX);
    buf_fmt(&b, "《%.*s》已按规则“%.*s”（%.*s规则）测算，共%lld个主体，现予公示。公示期：",
            STR_ARG(r->title), STR_ARG(r->document), STR_ARG(status_word(r->status)),
            (long long)r->subjects);
    day_print(&b, r->first_day);
    buf_add(&b, S("至"));
    day_print(&b, r->last_day);
    buf_add(&b, r->state == API_PUBLIC_RUN_STATE_NOTICE
                    ? S("。公示期内对结果有异议的，由主体登录后在本次测算下提出，或书面送受理窗口，"
                        "注明依据。")
                    : S("。公示期已满，结果已定稿。"));
    buf_fmt(&b, "规则 SHA-256：%.*s；结果 SHA-256：%.*s。", STR_ARG(r->rules), STR_ARG(r->results));
    return buf_str(&b);
}

static enum status write_grades(struct call *c, const struct outcome *o, struct api_public_run *out)
{
    struct selection *s;
    struct query_facet f;
    if (o->grade.n == 0)
        return OK;
    TRY(cockpit_select(c, S(""), &s));
    TRY(query_facet(s, o->grade, c->arena, &f, &c->diags));
    out->grades.at = ARENA_ARRAY(c->arena, struct api_facet_count, f.n);
    for (uint32_t i = 0; i < f.n; i++)
        if (f.count[i].value.n > 0)
            out->grades.at[out->grades.n++] =
                (struct api_facet_count){arena_copy(c->arena, f.count[i].value), f.count[i].n};
    return OK;
}

/* Among whom it is a rank, as the list of subjects says it. */
static Str among(struct call *c, Str rank)
{
    const struct rules *r = c->roster->rules;
    for (uint32_t i = r->field_n; i-- > 0;)
        if (rank.n > 0 && str_eq(r->field[i].name, rank) && r->field[i].meaning.p != NULL)
            return arena_copy(c->arena, r->field[i].meaning);
    return S("");
}

static enum status write_run(struct call *c, const struct outcome *o, struct api_public_run *out)
{
    struct run_view v = {c->conn, c->arena, c->county, NULL, &c->diags};
    struct run r;
    TRY(run_get(&v, &r, o->run));
    *out = (struct api_public_run){
        .run = r.run,
        .title = r.title,
        .kind = r.kind,
        .document = arena_copy(c->arena, o->document),
        .status = cockpit_rule_status(o->status),
        .state = (int)r.state - RUN_NOTICE,
        .state_name = str_of(run_state_name(r.state, LANG_ZH)),
        .period = r.period,
        .day = r.day,
        .subjects = r.subjects,
        .rules = arena_hex(c->arena, sha256_str(&r.rules)),
        .results = arena_hex(c->arena, sha256_str(&r.results)),
        .listed = is_listed(c->roster),
        .score = arena_copy(c->arena, o->score),
        .grade = arena_copy(c->arena, o->grade),
        .rank = arena_copy(c->arena, o->rank),
        .among = among(c, o->rank),
    };
    TRY(find_notice(c, out));
    out->notice = notice_of(c, out);
    open_scope(c, o);
    return write_grades(c, o, out);
}

/* The newest first; few. */
static void order_runs(struct api_public_runs *out)
{
    for (size_t i = 1; i < out->runs.n; i++)
        for (size_t k = i; k > 0 && out->runs.at[k - 1].run < out->runs.at[k].run; k--) {
            struct api_public_run run = out->runs.at[k];
            out->runs.at[k] = out->runs.at[k - 1];
            out->runs.at[k - 1] = run;
        }
}

enum status api_public_runs(struct call *c, struct api_public_runs *out)
{
    struct rosters *rosters;
    Str *kind;
    size_t cap = 0;
    TRY(call_rosters(c, &rosters));
    size_t n = rosters_kinds(rosters, c->arena, &kind);
    out->county = c->county;
    for (size_t i = 0; i < n; i++) {
        const struct outcome *all;
        TRY(open_kind(c, kind[i]));
        size_t runs = roster_outcomes(c->roster, &all);
        for (size_t k = 0; k < runs; k++) {
            if (all[k].when != OUTCOME_NOW)
                continue;
            struct api_public_run *to = &VEC_PUSH(c->arena, out->runs.at, out->runs.n, cap);
            TRY(write_run(c, &all[k], to));
        }
    }
    order_runs(out);
    return OK;
}

/* --- the results --- */

static Str text_at(struct call *c, const struct query_page *p, uint32_t row, int column)
{
    return column < 0 ? NO_ARG : subject_cell(c, p, row, (uint32_t)column);
}

struct columns { /* which column has what; -1: none */
    Str field[COLUMNS_MAX];
    size_t n;
    int name, locality, score, grade, rank;
};

static int put_column(struct columns *x, Str field)
{
    if (field.n == 0)
        return -1;
    x->field[x->n++] = field;
    return (int)x->n - 1;
}

static enum status write_results(struct call *c, const struct query_page *p,
                                 const struct columns *x, struct api_public_results *out)
{
    struct cockpit_table regions;
    TRY(cockpit_table(c, call_pack(c)->regions, &regions));
    out->results.at = ARENA_ARRAY(c->arena, struct api_public_result, p->n + 1);
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t row = p->row[i];
        Str code = str_or_empty(text_at(c, p, row, x->locality));
        out->results.at[out->results.n++] = (struct api_public_result){
            .identity = query_identity(p->of, row),
            .name = str_or_empty(text_at(c, p, row, x->name)),
            .locality = code,
            .place = cockpit_place(c, &regions, str_sub(code, 0, QUERY_REGION_DIGITS)),
            .score = text_at(c, p, row, x->score),
            .grade = text_at(c, p, row, x->grade),
            .rank = text_at(c, p, row, x->rank),
        };
    }
    return OK;
}

/* Those that the run is about; by rank, or by score. */
static enum status list_results(struct call *c, const struct outcome *o,
                                const struct api_public_results_in *in,
                                struct api_public_results *out)
{
    struct selection *s;
    struct query_page page;
    Str place = cockpit_role(c, SUBJECT_ROLE_LOCALITY),
        column = o->score.n > 0 ? o->score : o->grade;
    struct query_term term[3] = {{.field = column, .op = QUERY_PRESENT}};
    struct query_ask ask = {.q = str_or_empty(in->q), .term = term, .term_n = 1, .today = c->today};
    struct columns x = {.n = 0};
    if (in->grade.n > 0)
        term[ask.term_n++] = (struct query_term){o->grade, QUERY_EQ, &in->grade, 1};
    if (in->locality.n > 0 && place.n > 0)
        term[ask.term_n++] = (struct query_term){place, QUERY_STARTS, &in->locality, 1};
    TRY(query_select(&c->scope, c->roster, &ask, c->arena, &s, &c->diags));
    x.name = put_column(&x, cockpit_role(c, SUBJECT_ROLE_NAME));
    x.locality = put_column(&x, place);
    x.score = put_column(&x, o->score);
    x.grade = put_column(&x, o->grade);
    x.rank = put_column(&x, o->rank);
    struct query_key key = {column, o->score.n > 0};
    struct query_list l = {&key, 1, x.field, x.n, PAGE_USUAL, in->cursor};
    if (in->limit.set)
        l.limit = in->limit.v < 1 ? 1 : in->limit.v > PAGE_MAX ? PAGE_MAX : (uint32_t)in->limit.v;
    TRY(query_list(s, &l, c->arena, &page, &c->diags));
    out->total = query_counts(s).rows;
    out->next = page.next.n > 0 ? page.next : NO_ARG;
    return write_results(c, &page, &x, out);
}

enum status api_public_results(struct call *c, const struct api_public_results_in *in,
                               struct api_public_results *out)
{
    struct run_view v = {c->conn, c->arena, c->county, NULL, &c->diags};
    const struct outcome *o;
    struct run r;
    TRY(run_get(&v, &r, in->run));
    TRY(find_outcome(c, &r, &o));
    if (!is_listed(c->roster))
        return ERR_GONE;
    open_scope(c, o);
    out->run = in->run;
    return list_results(c, o, in, out);
}

enum status api_public_places(struct call *c, struct api_public_places *out)
{
    struct cockpit_table all;
    TRY(cockpit_table(c, call_pack(c)->regions, &all));
    out->places.at = ARENA_ARRAY(c->arena, struct api_cockpit_place, all.n + 1);
    for (size_t i = 0; i < all.n && all.columns > 1; i++) {
        const Str *row = all.cell + i * all.columns;
        out->places.at[out->places.n++] = (struct api_cockpit_place){row[0], row[1]};
    }
    return OK;
}
