/* name.c - columns by name, as far as a scope reaches. */
#include "load/head.h"
#include "query/query_int.h"

/* The result that a field is an end of; NULL: it is one of the kind's. */
static const struct attached *result_of(const struct roster *r, uint32_t field)
{
    const struct model *m = r->own->model;
    for (uint32_t i = 0; field >= m->kind_field_n && i < m->attached_n; i++)
        if (m->attached[i].lo == field || m->attached[i].hi == field)
            return &m->attached[i];
    return NULL;
}

static bool is_draft(const struct roster *r, uint32_t field)
{
    const struct attached *a = result_of(r, field);
    return a != NULL && a->draft;
}

bool scope_tells(const struct scope *s, const struct roster *r, uint32_t field)
{
    return s->drafts || !is_draft(r, field);
}

bool scope_reaches(const struct scope *s, const struct roster *r, uint32_t field,
                   enum place_use use)
{
    const struct field *f = &r->rules->field[field];
    enum protection level = use == PLACE_SHOW || s->ask > s->show ? s->show : s->ask;
    enum protection own = f->protect == 0 ? PROTECT_SENSITIVE : f->protect;
    if (s->rule == SCOPE_NONE || own > level || (!s->drafts && is_draft(r, field)))
        return false;
    if (s->field == NULL || r->rules->role[SUBJECT_ROLE_ID] == (int32_t)field)
        return true;
    for (size_t i = 0; i < s->field_n; i++)
        if (str_eq(s->field[i], f->name))
            return true;
    return false;
}

bool scope_shows(const struct scope *s, const struct roster *r, uint32_t field)
{
    return scope_reaches(s, r, field, PLACE_SHOW);
}

/* Something like it that may be named, or empty. */
static Str near_name(const struct scope *s, const struct roster *r, Str name, enum place_use use)
{
    enum { FAR = 3 };
    size_t best = FAR;
    Str near = S("");
    for (uint32_t i = 0; i < r->rules->field_n; i++) {
        Str other = r->rules->field[i].name;
        size_t d = str_distance(name, other, best);
        if (d < best && d * 2 < utf8_count(other) + 1 && scope_reaches(s, r, i, use)) {
            best = d;
            near = other;
        }
    }
    return near;
}

static void find_columns(struct place *p, const struct roster *r)
{
    const struct model *m = r->own->model;
    p->identity = r->rules->role[SUBJECT_ROLE_ID] == (int32_t)p->field;
    p->lo = dataset_find(r->data, p->field, p->period);
    for (uint32_t i = 0; p->field >= m->kind_field_n && i < m->attached_n; i++)
        if (m->attached[i].lo == p->field)
            p->attached = &m->attached[i];
    if (p->attached != NULL)
        p->hi = dataset_find(r->data, p->attached->hi, COL_NO_PERIOD);
}

enum status place_find(struct place *out, const struct asking *a, Str name, enum place_use use)
{
    struct head h;
    const struct roster *r = a->roster;
    TRY(head_read(a->tmp, &h, r->rules, name, (Span){0, (uint32_t)name.n}, a->diags));
    if (h.field < 0 || !scope_reaches(a->scope, r, (uint32_t)h.field, use))
        return diag_add(a->diags, DIAG_QUERY_FIELD, (Span){0, (uint32_t)name.n}, name,
                        near_name(a->scope, r, h.name, use), r->kind);
    *out = (struct place){.field = (uint32_t)h.field, .period = head_key(&h, a->period)};
    find_columns(out, r);
    return OK;
}
