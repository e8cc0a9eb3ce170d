/* subject.c - lists of subjects: one question, answered as a page, as counts, as a spread. */
#include "api/noun/data/subject.h"

#include "api/call.h"
#include "api/noun/data/column.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "query/query.h"
#include "record/record.h"
#include "rule/model.h"

enum { CELL_MAX = 1 << 16, FIGURE_MAX = 64 };

/* --- the question --- */

static void take_terms(struct call *c, struct query_ask *ask, const struct api_subject_query *q)
{
    struct query_term *t = ARENA_ARRAY(c->arena, struct query_term, q->terms.n);
    for (size_t i = 0; i < q->terms.n; i++) {
        const struct api_query_term *from = &q->terms.at[i];
        t[i] = (struct query_term){from->field, (enum query_op)from->op, from->values.at,
                                   from->values.n};
    }
    ask->term = t;
    ask->term_n = q->terms.n;
}

enum status subject_select(struct call *c, Str kind, const struct api_subject_query *q,
                           struct selection **out)
{
    struct query_ask ask = {
        .where = q->where,
        .q = q->q,
        .undecided = q->undecided.v,
        .period = (int)q->period.v,
        .today = c->today,
    };
    take_terms(c, &ask, q);
    TRY(call_roster(c, kind));
    return query_select(&c->scope, c->roster, &ask, c->arena, out, &c->diags);
}

/* --- the page --- */

Str subject_cell(struct call *c, const struct query_page *p, uint32_t row, uint32_t column)
{
    struct buf b;
    int period;
    int64_t run;
    buf_init(&b, c->arena, CELL_MAX);
    if (query_cell(&b, p, row, column) == QUERY_UNKNOWN)
        return NO_ARG;
    Str cell = b.n == 0 ? S("") : buf_str(&b);
    const struct field *f = query_field(p, column, &period, &run);
    if (f->protect < PROTECT_PERSONAL)
        return cell;
    return call_shown(c, f->protect, query_subject(p->of, row), cell);
}

Str subject_column(struct call *c, const struct query_page *p, uint32_t column)
{
    struct buf b;
    int period;
    int64_t run;
    const struct field *f = query_field(p, column, &period, &run);
    buf_init(&b, c->arena, CELL_MAX);
    record_show_column(&b, f->name, f->period, period);
    return buf_str(&b);
}

static void write_columns(struct call *c, struct api_subject_page *out, const struct query_page *p)
{
    out->columns.at = ARENA_ARRAY(c->arena, struct api_query_column, p->column_n);
    for (uint32_t i = 0; i < p->column_n; i++) {
        int period;
        int64_t run;
        const struct field *f = query_field(p, i, &period, &run);
        out->columns.at[out->columns.n++] =
            (struct api_query_column){subject_column(c, p, i), field_unit_word(f),
                                      field_type_word(f), field_protect_index(f), run};
    }
}

static void write_rows(struct call *c, struct api_subject_page *out, const struct query_page *p)
{
    out->rows.at = ARENA_ARRAY(c->arena, struct api_subject_row, p->n);
    for (uint32_t i = 0; i < p->n; i++) {
        struct api_subject_row *row = &out->rows.at[out->rows.n++];
        row->subject = query_subject(p->of, p->row[i]);
        row->identity = query_identity(p->of, p->row[i]);
        row->cells.at = ARENA_ARRAY(c->arena, struct api_pair, p->column_n);
        for (uint32_t k = 0; k < p->column_n; k++)
            row->cells.at[row->cells.n++] =
                (struct api_pair){out->columns.at[k].name, subject_cell(c, p, p->row[i], k)};
    }
}

static enum status write_facets(struct call *c, struct api_subject_page *out,
                                const struct selection *s, const struct api_subject_query *q)
{
    out->facets.at = ARENA_ARRAY(c->arena, struct api_facet, q->facets.n);
    for (size_t i = 0; i < q->facets.n; i++) {
        struct query_facet f;
        TRY(query_facet(s, q->facets.at[i], c->arena, &f, &c->diags));
        struct api_facet *to = &out->facets.at[out->facets.n++];
        to->field = f.field;
        to->more = f.more;
        to->counts.at = ARENA_ARRAY(c->arena, struct api_facet_count, f.n);
        for (uint32_t k = 0; k < f.n; k++)
            to->counts.at[to->counts.n++] =
                (struct api_facet_count){f.count[k].value, f.count[k].n};
    }
    return OK;
}

/* Acts of others are not for those who see but some rows. */
struct api_int subject_act(const struct call *c)
{
    return (struct api_int){c->scope.rule == SCOPE_ALL, c->roster->act};
}

enum status subject_page(struct call *c, Str kind, const struct api_subject_query *q,
                         struct api_subject_page *out)
{
    struct selection *s;
    struct query_page page;
    struct query_key *key = NULL;
    size_t key_n = 0;
    TRY(subject_select(c, kind, q, &s));
    if (q->sort.n > 0)
        TRY(query_keys_read(c->arena, &key, &key_n, q->sort, &c->diags));
    struct query_list how = {key,      key_n, q->fields.at, q->fields.n, (uint32_t)q->limit.v,
                             q->cursor};
    TRY(query_list(s, &how, c->arena, &page, &c->diags));
    struct query_counts counts = query_counts(s);
    out->act = subject_act(c);
    out->total = counts.rows;
    out->undecided = counts.undecided;
    out->scope = counts.scope;
    out->next = page.next.n > 0 ? page.next : NO_ARG;
    write_columns(c, out, &page);
    write_rows(c, out, &page);
    return write_facets(c, out, s, q);
}

enum status api_subject_list(struct call *c, const struct api_subject_list_in *in,
                             struct api_subject_page *out)
{
    struct api_subject_query q = {
        .where = in->where,
        .q = in->q,
        .sort = in->sort,
        .period = in->period,
        .limit = in->limit,
        .cursor = in->cursor,
    };
    q.fields.at = in->fields.at;
    q.fields.n = in->fields.n;
    q.facets.at = in->facets.at;
    q.facets.n = in->facets.n;
    return subject_page(c, in->kind, &q, out);
}

enum status api_subject_query(struct call *c, const struct api_subject_query_in *in,
                              struct api_subject_page *out)
{
    return subject_page(c, in->kind, &in->body, out);
}

/* --- the spread of a figure --- */

Str subject_figure(struct call *c, const struct field *f, Wide m)
{
    struct buf b;
    buf_init(&b, c->arena, FIGURE_MAX);
    record_show_value(&b, f, NULL, m);
    return buf_str(&b);
}

enum status api_subject_spread(struct call *c, const struct api_subject_spread_in *in,
                               struct api_figure_spread *out)
{
    struct selection *s;
    struct query_spread spread;
    uint32_t bins = in->bins.set ? (uint32_t)in->bins.v : 10;
    TRY(subject_select(c, in->kind, &in->body, &s));
    TRY(query_spread(s, in->field, bins, c->arena, &spread, &c->diags));
    out->field = spread.field->name;
    out->unit = field_unit_word(spread.field);
    out->n = spread.n;
    out->missing = spread.missing;
    if (spread.n == 0)
        return OK;
    out->least = subject_figure(c, spread.field, spread.least);
    out->most = subject_figure(c, spread.field, spread.most);
    out->quantiles.at = ARENA_ARRAY(c->arena, Str, ARRAY_N(spread.quantile));
    for (size_t i = 0; i < ARRAY_N(spread.quantile); i++)
        out->quantiles.at[out->quantiles.n++] = subject_figure(c, spread.field, spread.quantile[i]);
    out->edges.at = ARENA_ARRAY(c->arena, Str, spread.bin_n + 1);
    out->counts.at = ARENA_ARRAY(c->arena, int64_t, spread.bin_n + 1);
    for (uint32_t i = 0; i <= spread.bin_n; i++)
        out->edges.at[out->edges.n++] = subject_figure(c, spread.field, spread.edge[i]);
    for (uint32_t i = 0; i < spread.bin_n; i++)
        out->counts.at[out->counts.n++] = spread.bin[i];
    return OK;
}
