/* cell.c - what stands in a cell of a page. */
#include "base/buf.h"
#include "query/query_int.h"

int query_period(const struct selection *s)
{
    return s->period;
}

int64_t query_subject(const struct selection *s, uint32_t row)
{
    ASSERT(row < s->roster->data->row_n);
    return s->roster->subject[row];
}

Str query_identity(const struct selection *s, uint32_t row)
{
    ASSERT(row < s->roster->data->row_n);
    return s->roster->data->id[row];
}

const struct field *query_field(const struct query_page *p, uint32_t column, int *period,
                                int64_t *run)
{
    ASSERT(column < p->column_n);
    const struct place *at = &p->column[column].place;
    *period = at->period;
    *run = at->attached == NULL ? 0 : at->attached->run;
    return &p->of->roster->rules->field[at->field];
}

enum query_state query_cell(struct buf *b, const struct query_page *p, uint32_t row,
                            uint32_t column)
{
    ASSERT(column < p->column_n && row < p->of->roster->data->row_n);
    const struct place *at = &p->column[column].place;
    const struct roster *r = p->of->roster;
    const struct field *f = &r->rules->field[at->field];
    bool has_lo = at->lo != NULL && column_has(at->lo, row);
    bool has_hi = at->hi != NULL && column_has(at->hi, row);
    if (at->identity)
        buf_add(b, r->data->id[row]);
    if (at->identity)
        return QUERY_EXACT;
    if (has_lo)
        record_show_value(b, f, r->data->labels, column_value(at->lo, row));
    if (at->attached == NULL || (!has_lo && !has_hi))
        return has_lo ? QUERY_EXACT : QUERY_UNKNOWN;
    bool text = f->type.kind == TYPE_TEXT;
    if (has_lo && (text || (has_hi && column_value(at->lo, row) == column_value(at->hi, row))))
        return QUERY_EXACT;
    if (!text)
        buf_char(b, '~');
    if (has_hi)
        record_show_value(b, f, r->data->labels, column_value(at->hi, row));
    return QUERY_RANGE;
}
