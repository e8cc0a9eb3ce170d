/* subject_one.c - one subject: what holds of it, how that came about, and what is added to it. */
#include "api/call.h"
#include "api/noun/data/column.h"
#include "api/noun/data/subject.h"
#include "api/upload.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "load/load.h"
#include "query/query.h"
#include "record/record.h"
#include "rule/model.h"
#include "sql.h"

enum { REPORT_MAX = 1 << 20, EVIDENCE_MAX = 20 << 20 };

/* --- what holds --- */

static Str role_cell(struct call *c, const struct query_page *p, enum subject_role role)
{
    const struct rules *r = c->roster->rules;
    for (uint32_t i = 0; i < p->column_n; i++) {
        int period;
        int64_t run;
        if (r->role[role] < 0 || query_field(p, i, &period, &run) != &r->field[r->role[role]])
            continue;
        Str cell = subject_cell(c, p, p->row[0], i);
        return str_or_empty(cell);
    }
    return S("");
}

static void write_cells(struct call *c, struct api_subject_profile *out, const struct query_page *p)
{
    out->facts.at = ARENA_ARRAY(c->arena, struct api_held, p->column_n);
    for (uint32_t i = 0; i < p->column_n; i++) {
        int period;
        int64_t run;
        const struct field *f = query_field(p, i, &period, &run);
        Str cell = subject_cell(c, p, p->row[0], i);
        if (cell.p == NULL)
            continue;
        out->facts.at[out->facts.n++] = (struct api_held){
            .column = subject_column(c, p, i),
            .field = f->name,
            .value = cell,
            .type = field_type_word(f),
            .unit = field_unit_word(f),
            .protect = field_protect_index(f),
            .run = run,
        };
    }
}

enum status api_subject_get(struct call *c, const struct api_subject_get_in *in,
                            struct api_subject_profile *out)
{
    struct query_page page;
    query_everything(c->one, c->arena, &page);
    out->subject = c->subject;
    out->kind = in->kind;
    out->identity = c->identity;
    out->act = (struct api_int){(c->who.roles & (uint32_t)ROLES_OFFICE) != 0, c->roster->act};
    out->name = role_cell(c, &page, SUBJECT_ROLE_NAME);
    out->former = role_cell(c, &page, SUBJECT_ROLE_FORMER);
    out->locality = role_cell(c, &page, SUBJECT_ROLE_LOCALITY);
    out->chain = role_cell(c, &page, SUBJECT_ROLE_CHAIN);
    out->standing = role_cell(c, &page, SUBJECT_ROLE_STANDING);
    write_cells(c, out, &page);
    return OK;
}

/* --- how it came about --- */

/* Evidence may tell more than one fact: it is not for those who see only some, and what came with a
 * whole table tells of others. */
static bool is_told(const struct call *c, const struct record_entry *e)
{
    uint32_t office = (uint32_t)ROLES_OFFICE;
    uint32_t near = ROLE_BIT(ROLE_TOWN) | ROLE_BIT(ROLE_ENTERPRISE) | ROLE_BIT(ROLE_CARRIER) |
                    ROLE_BIT(ROLE_INSTITUTE);
    return e->evidence.n > 0 &&
           ((c->who.roles & office) != 0 || ((c->who.roles & near) != 0 && e->file.n == 0));
}

static struct api_fact fact_of(struct call *c, const struct record_entry *e, const struct field *f)
{
    struct buf b;
    buf_init(&b, c->arena, REPORT_MAX);
    record_show_entry(&b, c->arena, c->roster->rules, e);
    return (struct api_fact){
        .column = e->column,
        .field = e->field,
        .value = call_shown(c, f->protect, c->subject, buf_str(&b)),
        .unit = field_unit_word(f),
        .protect = field_protect_index(f),
        .day = e->day,
        .source = e->source,
        .reporter = e->reporter,
        .actor = e->actor,
        .at = e->at_us,
        .act = e->act,
        .line = e->n,
        .verdict = (int)e->verdict,
        .why = str_or_empty(e->why),
        .judge = str_or_empty(e->judge),
        .holds = e->holds,
        .evidence = is_told(c, e) ? arena_hex(c->arena, e->evidence) : NO_ARG,
        .file = e->file.n > 0 ? arena_hex(c->arena, e->file) : NO_ARG,
        .row = {e->at > 0, e->at},
    };
}

/* Is the fact, of the field `at`, within what the caller sees? */
static bool in_sight(struct call *c, int32_t at)
{
    return at >= 0 && scope_shows(&c->scope, c->roster, (uint32_t)at);
}

enum status api_subject_history(struct call *c, const struct api_subject_history_in *in,
                                struct api_fact_history *out)
{
    struct record_entries all;
    Str field = str_or_empty(in->field);
    TRY(record_history(c->conn, c->arena, &all, c->county, c->subject, field));
    out->facts.at = ARENA_ARRAY(c->arena, struct api_fact, all.n);
    for (size_t i = 0; i < all.n; i++) {
        int32_t at = rule_find_field(c->roster->rules, all.at[i].field);
        if (in_sight(c, at))
            out->facts.at[out->facts.n++] = fact_of(c, &all.at[i], &c->roster->rules->field[at]);
    }
    return OK;
}

/* --- what is to be looked at --- */

enum { CHECKS_MAX = 500 };

/* Was the same reported again since? */
static bool is_put_right(const struct record_entries *all, size_t i)
{
    for (size_t k = i + 1; k < all->n; k++)
        if (str_eq(all->at[k].column, all->at[i].column))
            return true;
    return false;
}

/* What the subject reported of itself, of the kind whose roster is at hand. */
static enum status add_checks(struct call *c, const struct sql_check_all_row *s,
                              /* NOLINTNEXTLINE(readability-non-const-parameter): VEC_PUSH writes */
                              struct api_fact_checks *out, size_t *cap)
{
    struct record_entries all;
    c->subject = s->subject; /* as whom its values are shown */
    TRY(record_history(c->conn, c->arena, &all, c->county, s->subject, S("")));
    for (size_t i = 0; i < all.n && out->facts.n < CHECKS_MAX; i++) {
        const struct record_entry *e = &all.at[i];
        int32_t at = rule_find_field(c->roster->rules, e->field);
        bool waits = e->holds && e->verdict == 0;
        bool back = e->verdict == RECORD_RETURNED && !is_put_right(&all, i);
        if (!(waits || back) || !str_eq(e->actor, s->actor) || !in_sight(c, at))
            continue;
        out->waiting += waits;
        out->returned += back;
        VEC_PUSH(c->arena, out->facts.at, out->facts.n, *cap) =
            (struct api_fact_check){s->kind, s->identity, s->name, s->locality,
                                    fact_of(c, e, &c->roster->rules->field[at])};
    }
    return OK;
}

static enum status turn_to(struct call *c, Str kind)
{
    if (c->roster != NULL && str_eq(c->roster->kind, kind))
        return OK;
    if (c->roster != NULL)
        roster_release(c->roster);
    c->roster = NULL;
    return call_roster(c, kind);
}

enum status api_fact_checks(struct call *c, const struct api_fact_checks_in *in,
                            struct api_fact_checks *out)
{
    struct db_rows rows;
    struct sql_check_all_row row, *all = NULL;
    size_t n = 0, cap = 0, facts = 0;
    struct sql_check_all ask = {c->county, str_or_empty(in->locality)};
    TRY(sql_check_all(c->conn, &ask, &rows));
    while (sql_check_all_next(&rows, &row))
        VEC_PUSH(c->arena, all, n, cap) = (struct sql_check_all_row){
            row.subject,
            arena_copy(c->arena, row.kind),
            arena_copy(c->arena, row.identity),
            arena_copy(c->arena, row.name),
            arena_copy(c->arena, row.locality),
            arena_copy(c->arena, row.actor),
        };
    TRY(db_rows_end(&rows));
    for (size_t i = 0; i < n && out->facts.n < CHECKS_MAX; i++) {
        TRY(turn_to(c, all[i].kind));
        if (access_relation(&c->who, &c->scope, all[i].subject, all[i].locality) != RELATION_NONE)
            TRY(add_checks(c, &all[i], out, &facts));
    }
    return OK;
}

/* By what it begins with, so that it opens with a click. */
static const char *ending_of(Str bytes)
{
    static const struct {
        Str begins;
        const char *ending;
    } FORM[] = {{{"%PDF", 4}, ".pdf"},
                {{"\x89PNG", 4}, ".png"},
                {{"\xFF\xD8\xFF", 3}, ".jpg"},
                {{"PK\x03\x04", 4}, ".zip"}};
    for (size_t i = 0; i < ARRAY_N(FORM); i++)
        if (str_starts(bytes, FORM[i].begins))
            return FORM[i].ending;
    return ".bin";
}

enum status api_evidence_get(struct call *c, const struct api_evidence_get_in *in)
{
    struct record_entries all;
    Sha256 hash;
    bool told = false;
    if (!str_unhex(hash.byte, sizeof hash.byte, in->hash))
        return ERR_GONE;
    TRY(record_history(c->conn, c->arena, &all, c->county, c->subject, S("")));
    for (size_t i = 0; i < all.n && !told; i++)
        told = str_eq(all.at[i].evidence, sha256_str(&hash)) && is_told(c, &all.at[i]) &&
               in_sight(c, rule_find_field(c->roster->rules, all.at[i].field));
    if (!told)
        return ERR_GONE;
    TRY(content_get(c->conn, c->arena, &c->bytes, c->county, hash, EVIDENCE_MAX));
    c->file = arena_fmt(c->arena, "%.*s%s", STR_ARG(str_sub(in->hash, 0, 12)), ending_of(c->bytes));
    return OK;
}

/* --- among its peers --- */

enum status api_subject_peers(struct call *c, const struct api_subject_peers_in *in,
                              struct api_peer_place *out)
{
    struct query_peers p;
    struct query_peers_ask ask = {
        .subject = c->subject, .field = in->field, .by = in->by.at, .by_n = in->by.n};
    TRY(query_peers(&c->scope, c->roster, &ask, &p, &c->diags));
    out->field = p.field->name;
    out->unit = field_unit_word(p.field);
    out->told = p.told;
    out->n = p.told ? p.n : 0;
    if (p.has_own)
        out->own = subject_figure(c, p.field, p.own);
    if (!p.told)
        return OK;
    out->below = API_INT_OF(p.at.below_e2);
    out->quantiles.at = ARENA_ARRAY(c->arena, Str, ARRAY_N(p.at.quantile));
    for (size_t i = 0; i < ARRAY_N(p.at.quantile); i++)
        out->quantiles.at[out->quantiles.n++] = subject_figure(c, p.field, p.at.quantile[i]);
    return OK;
}

/* --- what is added --- */

/* The report as the table that an import would be: a head, and a line. */
static Str table_of(struct call *c, const struct rules *kind, const struct api_map *values)
{
    struct buf b;
    buf_init(&b, c->arena, REPORT_MAX);
    csv_write_cell(&b, kind->field[kind->role[SUBJECT_ROLE_ID]].name, true, false);
    for (size_t i = 0; i < values->n; i++)
        csv_write_cell(&b, values->at[i].key, false, false);
    csv_write_end(&b);
    csv_write_cell(&b, c->identity, true, false);
    for (size_t i = 0; i < values->n; i++)
        csv_write_cell(&b, str_or_empty(values->at[i].value), false, false);
    csv_write_end(&b);
    return b.over ? NO_ARG : buf_str(&b);
}

/* Names a column that the kind does not have; an import only says so, one report is refused. */
static enum status known_columns(struct call *c, const struct rules *kind,
                                 const struct api_map *values)
{
    for (size_t i = 0; i < values->n; i++) {
        Str rest = values->at[i].key, name = str_cut(&rest, '@');
        if (rule_find_field(kind, name) < 0)
            return call_refuse(c, DIAG_API_NO_COLUMN, values->at[i].key, NO_ARG);
    }
    return values->n > 0 ? OK : call_refuse(c, DIAG_API_MISSING, S("values"), NO_ARG);
}

enum status api_evidence_add(struct call *c, const struct api_evidence_add_in *in,
                             struct api_evidence_file *out)
{
    struct upload up = {.kind = UPLOAD_EVIDENCE,
                        .name = upload_base_name(in->file),
                        .hash = sha256_of(c->rq->body)};
    if (c->rq->body.n == 0)
        return call_refuse(c, DIAG_API_MISSING, S("body"), NO_ARG);
    if (up.name.n == 0 || up.name.n > UPLOAD_NAME_MAX)
        return call_refuse(c, DIAG_API_TYPE, S("file"), S("1-255"));
    TRY(upload_add(c, &up));
    c->object = arena_fmt(c->arena, "%.*s %.*s", STR_ARG(in->kind), STR_ARG(c->identity));
    *out = (struct api_evidence_file){up.no, up.name, arena_hex(c->arena, sha256_str(&up.hash)),
                                      up.at_us + UPLOAD_KEEP_DAYS * INT64_C(86400000000)};
    json_kstr(&c->body, "evidence", out->hash);
    return OK;
}

/* The caller's own upload becomes a content: what others sent cannot be had by its hash. */
static enum status take_evidence(struct call *c, struct record *r, int64_t no, Sha256 *hash)
{
    struct upload up;
    Str bytes;
    enum status st = upload_get(c, no, &up);
    if (st == ERR_GONE || (st == OK && !str_eq(up.kind, UPLOAD_EVIDENCE)))
        return call_refuse(c, DIAG_API_TYPE, S("evidence"), S("POST …/evidence"));
    TRY(st);
    TRY(upload_bytes(c, &up, &bytes));
    *hash = up.hash;
    TRY(content_put_as(r, up.hash, bytes, S("application/octet-stream")));
    json_kstr(&c->body, "evidence", arena_hex(c->arena, sha256_str(hash)));
    return upload_drop(c->conn, c->county, no);
}

enum status api_subject_report(struct call *c, const struct api_subject_report_in *in,
                               struct api_reported *out)
{
    struct rules *kind;
    struct dataset *data = NULL;
    struct record r = record_of(c->act);
    struct record_counts n;
    Sha256 evidence;
    struct load_opts how = {.period = INT32_MIN, .as_of_year = day_year(c->today)};
    int period;
    TRY(record_kind_get(c->conn, c->arena, &kind, c->county, in->kind, RECORD_NOW));
    TRY(known_columns(c, kind, &in->body.values));
    Str table = table_of(c, kind, &in->body.values);
    if (table.p == NULL)
        return ERR_LIMIT;
    TRY(load_csv(c->arena, &data, &period, kind, table, &how, &c->diags));
    struct record_report report = {
        .kind = kind,
        .data = data,
        .day = in->body.day.set ? in->body.day.v : c->today,
        .source = in->body.source,
        .reporter = in->body.reporter.p != NULL ? in->body.reporter : c->who.name,
    };
    if (in->body.evidence.set) {
        TRY(take_evidence(c, &r, in->body.evidence.v, &evidence));
        report.evidence = &evidence;
    }
    TRY(record_report_add(&r, &report, &n));
    c->object = arena_fmt(c->arena, "%.*s %.*s", STR_ARG(in->kind), STR_ARG(c->identity));
    json_kint(&c->body, "facts", (int64_t)n.facts);
    *out = (struct api_reported){c->act->no, (int64_t)n.facts};
    return OK;
}

enum status api_subject_mark(struct call *c, const struct api_subject_mark_in *in,
                             struct api_done *out)
{
    struct record r = record_of(c->act);
    struct record_mark m = {
        .of_act = in->body.act,
        .of_n = in->body.line,
        .subject = c->subject,
        .field = in->body.field.p != NULL ? in->body.field : S(""),
        .verdict =
            in->body.verdict == API_MARK_LINE_VERDICT_RETURNED ? RECORD_RETURNED : RECORD_VERIFIED,
        .why = in->body.why,
    };
    TRY(record_mark_add(&r, &m));
    c->object = arena_fmt(c->arena, "%.*s %.*s", STR_ARG(in->kind), STR_ARG(c->identity));
    json_kint(&c->body, "of_act", m.of_act);
    json_kint(&c->body, "of_line", m.of_n);
    *out = (struct api_done){c->act->no};
    return OK;
}
