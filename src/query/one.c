/* one.c - one subject, and everything that may be shown of it. */
#include "field/code.h"
#include "query/query_int.h"

uint32_t roster_from(const struct roster *r, Str identity)
{
    uint32_t lo = 0, hi = r->data->row_n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (str_cmp(r->data->id[mid], identity) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

bool roster_find(const struct roster *r, Str identity, int64_t *subject)
{
    const struct model *m = r->own->model;
    uint32_t lo = roster_from(r, identity);
    if (lo < r->data->row_n && str_eq(r->data->id[lo], identity)) {
        *subject = r->subject[lo];
        return true;
    }
    for (size_t i = 0; i < m->twin_n; i++)
        if (str_eq(m->twin[i].identity, identity)) {
            *subject = m->twin[i].into;
            return true;
        }
    return false;
}

static bool is_among(const struct scope *sc, int64_t subject)
{
    size_t lo = 0, hi = sc->subject_n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (sc->subject[mid] < subject)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < sc->subject_n && sc->subject[lo] == subject;
}

static bool is_local(const struct scope *sc, const struct roster *r, uint32_t row)
{
    int32_t role = r->rules->role[SUBJECT_ROLE_LOCALITY];
    if (role < 0)
        return false;
    if (role == r->rules->role[SUBJECT_ROLE_ID])
        return region_within(r->data->id[row], sc->locality);
    const struct column *c = dataset_find(r->data, (uint32_t)role, COL_NO_PERIOD);
    return c != NULL && column_has(c, row) &&
           region_within(labels_text(r->data->labels, (uint32_t)column_value(c, row)),
                         sc->locality);
}

static bool holds(const struct scope *sc, const struct roster *r, uint32_t row)
{
    switch (sc->rule) {
    case SCOPE_NONE: break;
    case SCOPE_ALL: return true;
    case SCOPE_LOCALITY: return is_local(sc, r, row);
    case SCOPE_SUBJECTS: return is_among(sc, r->subject[row]);
    }
    return false;
}

enum status query_one(const struct scope *sc, const struct roster *r, int64_t subject,
                      struct arena *keep, struct selection **out)
{
    int64_t row = roster_row(r, subject);
    if (row < 0 || !holds(sc, r, (uint32_t)row))
        return ERR_GONE;
    struct selection *s = *out = ARENA_NEW(keep, struct selection);
    *s = (struct selection){.scope = sc, .roster = r, .keep = keep};
    s->rows = ARENA_ARRAY(keep, uint64_t, vec_words(r->data->row_n));
    bit_set(s->rows, (size_t)row);
    s->counts = (struct query_counts){.rows = 1, .scope = 1};
    return OK;
}

/* Results come behind the kind's fields; of two that are the ends of one, only the lower is one. */
static const struct attached *attached_of(const struct roster *r, uint32_t field, bool *upper)
{
    const struct model *m = r->own->model;
    *upper = false;
    for (uint32_t i = 0; field >= m->kind_field_n && i < m->attached_n; i++) {
        if (m->attached[i].lo == field)
            return &m->attached[i];
        *upper |= m->attached[i].hi == field;
    }
    return NULL;
}

static void add_place(struct query_page *out, struct query_column *to, const struct column *c)
{
    const struct selection *s = out->of;
    const struct roster *r = s->roster;
    bool upper;
    const struct attached *attached = attached_of(r, c->field, &upper);
    struct place p = {.field = c->field, .period = c->period, .attached = attached, .lo = c};
    if (attached != NULL)
        p.hi = dataset_find(r->data, attached->hi, COL_NO_PERIOD);
    bool known = column_has(c, out->row[0]) || (p.hi != NULL && column_has(p.hi, out->row[0]));
    if (!upper && known && scope_reaches(s->scope, r, c->field, PLACE_SHOW))
        to[out->column_n++].place = p;
}

void query_everything(const struct selection *s, struct arena *keep, struct query_page *out)
{
    const struct dataset *d = s->roster->data;
    struct query_column *column = ARENA_ARRAY(keep, struct query_column, d->column_n);
    *out = (struct query_page){.of = s, .column = column, .n = 1};
    out->row = ARENA_NEW(keep, uint32_t);
    out->row[0] = bit_next(s->rows, 0, d->row_n);
    for (size_t i = 0; i < d->column_n; i++)
        add_place(out, column, &d->column[i]);
}
