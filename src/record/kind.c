/* kind.c - documents of kinds in force. */
#include "base/diag.h"
#include "check/check.h"
#include "match/roles.h"
#include "record/record_int.h"

enum { KIND_BYTES_MAX = 4 << 20 };

enum status record_kind_get(struct db_conn *c, struct arena *keep, struct rules **out, Str county,
                            Str kind, int64_t until_act)
{
    struct sql_kind_get_row row;
    struct diags ds;
    Str text;
    diags_init(&ds, keep);
    TRY(sql_kind_get_one(c, keep, &(struct sql_kind_get){county, kind, until_act}, &row));
    TRY(content_get(c, keep, &text, county, sha256_from(row.hash), KIND_BYTES_MAX));
    return rule_load(keep, out, kind, text, &ds);
}

/* Facts that were reported by the old document must be readable by the new one. */
static enum status check_change(struct arena *keep, const struct rules *old,
                                const struct rules *new, struct diags *ds)
{
    enum status st = OK;
    for (uint32_t i = 0; i < old->field_n; i++) {
        const struct field *was = &old->field[i];
        int32_t at = rule_find_field(new, was->name);
        const struct field *is = at < 0 ? NULL : &new->field[at];
        if (is != NULL && is->type.kind == was->type.kind && is->period == was->period &&
            dim_eq(is->type.dim, was->type.dim))
            continue;
        Span span = is == NULL ? new->doc->section[0].title.span : is->span;
        st = diag_add(ds, DIAG_RECORD_KIND_FIELD, span, was->name,
                      rule_field_text(keep, was, false), NO_ARG);
    }
    return st;
}

enum status record_kind_put(struct record *r, struct arena *keep, bool *changed, Str text,
                            struct diags *ds)
{
    struct rules *new, *old;
    Sha256 hash;
    *changed = false;
    TRY(check_load(keep, &new, S(""), text, ds));
    if (new->doc_class == DOC_RULES)
        return diag_add(ds, DIAG_RECORD_NO_KIND, new->doc->section[0].title.span, new->name, NO_ARG,
                        NO_ARG);
    TRY(match_roles_read(keep, &(struct match_roles){0}, new, ds));
    enum status st = record_kind_get(r->conn, keep, &old, r->county, new->name, RECORD_NOW);
    if (st == OK && str_eq(old->text, text))
        return OK;
    if (st == OK)
        st = check_change(keep, old, new, ds);
    if (st != OK && st != ERR_GONE)
        return st;
    *changed = true;
    TRY(content_put(r, &hash, text, S("text/markdown")));
    TRY(sql_kind_add(r->conn, &(struct sql_kind_add){r->county, r->act, record_next(r, RECORD_KIND),
                                                     new->name, sha256_str(&hash)}));
    return now_refresh(r, new, 0); /* roles may have moved */
}
