/* check_kind.c - rules beside the kind they are about, and kinds beside each other. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "check/check.h"
#include "rule/model.h"

static bool same_type(const struct field *a, const struct field *b)
{
    bool texts = a->type.kind == TYPE_TEXT && b->type.kind == TYPE_TEXT;
    bool alike =
        a->ftype == b->ftype || (texts && (a->ftype == FIELD_TEXT || b->ftype == FIELD_TEXT));
    return alike && a->period == b->period && dim_eq(a->type.dim, b->type.dim);
}

static void check_fields(struct arena *tmp, const struct rules *r, const struct rules *kind,
                         struct diags *ds)
{
    for (uint32_t i = 0; i < r->field_n; i++) {
        const struct field *f = &r->field[i];
        int32_t at = rule_find_field(kind, f->name);
        if (f->implied || f->form)
            continue;
        if (at < 0) {
            (void)diag_add(ds, DIAG_KIND_FIELD, f->span, f->name, kind->name,
                           diags_full(ds) ? NO_ARG : rule_near_field(kind, f->name));
            continue;
        }
        const struct field *k = &kind->field[at];
        enum diag_code code = !same_type(f, k)     ? DIAG_KIND_TYPE
                              : f->unit != k->unit ? DIAG_KIND_UNIT
                                                   : DIAG_CODE_N;
        if (code != DIAG_CODE_N)
            (void)diag_add(ds, code, f->span, f->name, rule_field_text(tmp, f, r->english),
                           rule_field_text(tmp, k, r->english));
    }
}

/* The documents of kinds among those checked together, each name once. */
struct kinds {
    const struct rules **at;
    size_t n;
};

static const struct rules *find_kind(const struct kinds *k, Str name)
{
    for (size_t i = 0; i < k->n; i++)
        if (str_eq(k->at[i]->name, name))
            return k->at[i];
    return NULL;
}

static Str near_kind(const struct kinds *k, Str name)
{
    Str best = S("");
    size_t least = 3;
    for (size_t i = 0; i < k->n; i++) {
        size_t far = str_distance(k->at[i]->name, name, least);
        best = far < least ? k->at[i]->name : best;
        least = far < least ? far : least;
    }
    return best;
}

static void check_links(const struct rules *r, const struct kinds *k, struct diags *ds)
{
    for (uint32_t i = 0; i < r->field_n; i++) {
        const struct field *f = &r->field[i];
        if (f->ftype == FIELD_LINK && find_kind(k, f->link) == NULL)
            (void)diag_add(ds, DIAG_KIND_LINK, f->span, f->name, f->link, near_kind(k, f->link));
    }
}

void check_together(struct arena *tmp, const struct rules *const *r, struct diags *const *ds,
                    size_t n)
{
    struct kinds k = {.at = ARENA_ARRAY(tmp, const struct rules *, n)};
    for (size_t i = 0; i < n; i++) {
        if (r[i]->doc_class == DOC_RULES)
            continue;
        const struct rules *first = find_kind(&k, r[i]->name);
        if (first == NULL)
            k.at[k.n++] = r[i];
        else
            (void)diag_add(ds[i], DIAG_KIND_TWICE, r[i]->doc->section[0].title.span, r[i]->name,
                           first->file, NO_ARG);
    }
    for (size_t i = 0; i < n; i++) {
        const struct rules *about = find_kind(&k, r[i]->subject);
        if (about != NULL)
            check_fields(tmp, r[i], about, ds[i]);
        if (k.n > 1) /* a kind by itself cannot show whom it links to */
            check_links(r[i], &k, ds[i]);
    }
}
