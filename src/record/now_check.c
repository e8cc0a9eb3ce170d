/* now_check.c - verifies how subjects stand: derives it again, and compares with the table. */
#include <stdio.h>

#include "audit/verify.h"
#include "record/record_int.h"

static const Str NOW_TABLE = {"subject_now", 11};

static void tell(struct diags *ds, enum diag_code code, Str county, Str kind, int64_t subject)
{
    char text[160];
    int n = snprintf(text, sizeof text, "county=%.*s kind=%.*s subject=%lld", (int)county.n,
                     county.p, (int)kind.n, kind.p, (long long)subject);
    Str row = {text, n < (int)sizeof text ? (size_t)n : sizeof text - 1};
    (void)diag_add(ds, code, (Span){0, 0}, NOW_TABLE, row, NO_ARG); /* the verdict is in ds */
}

static void compare(const struct record_facts *x, const struct rules *kind, Str county,
                    const struct record_now *is, size_t is_n, struct diags *ds)
{
    struct arena *tmp = arena_open();
    int64_t most = is_n > 0 ? is[is_n - 1].subject : 0;
    const struct record_now **at = ARENA_ARRAY(tmp, const struct record_now *, (size_t)most + 1);
    for (size_t i = 0; i < is_n; i++)
        at[is[i].subject] = &is[i];
    for (uint32_t row = 0; row < x->data->row_n; row++) {
        struct record_now want =
            now_of(x->data, kind, row, (struct now_row){x->subject[row], x->data->id[row]});
        const struct record_now *got = want.subject <= most ? at[want.subject] : NULL;
        if (got == NULL || !now_same(got, &want) || !str_eq(got->identity, want.identity))
            tell(ds, DIAG_AUDIT_DERIVED_LACK, county, kind->name, want.subject);
        if (got != NULL)
            at[want.subject] = NULL;
    }
    for (size_t i = 0; i < is_n; i++) {
        if (at[is[i].subject] != NULL)
            tell(ds, DIAG_AUDIT_DERIVED_EXTRA, county, kind->name, is[i].subject);
    }
    arena_close(tmp);
}

static enum status check_kind(struct db_conn *c, struct arena *tmp, Str county, Str name,
                              struct diags *ds)
{
    struct rules *kind;
    struct record_facts x;
    struct record_now *is;
    size_t n;
    TRY(record_now_all(c, tmp, &is, &n, county, name));
    enum status st = record_kind_get(c, tmp, &kind, county, name, RECORD_NOW);
    if (st == ERR_GONE) { /* nobody put such a kind in force, or its document is gone */
        for (size_t i = 0; i < n; i++)
            tell(ds, DIAG_AUDIT_DERIVED_EXTRA, county, name, is[i].subject);
        return OK;
    }
    TRY(st);
    TRY(now_facts(c, tmp, &x, county, kind, 0));
    compare(&x, kind, county, is, n, ds);
    return OK;
}

static enum status check_now(struct db_conn *c, struct arena *keep, struct diags *ds)
{
    struct db_rows rows;
    struct sql_now_kinds_row row, *kind = NULL;
    size_t n = 0, cap = 0;
    enum status st = OK;
    TRY(sql_now_kinds(c, &rows));
    while (sql_now_kinds_next(&rows, &row))
        VEC_PUSH(keep, kind, n, cap) =
            (struct sql_now_kinds_row){arena_copy(keep, row.county), arena_copy(keep, row.kind)};
    TRY(db_rows_end(&rows));
    for (size_t i = 0; i < n && st == OK; i++) {
        struct arena *tmp = arena_open();
        st = check_kind(c, tmp, kind[i].county, kind[i].kind, ds);
        arena_close(tmp);
    }
    return st;
}

const struct audit_derived *record_derived(size_t *n)
{
    static const struct audit_derived ALL[] = {{"subject_now", check_now}};
    *n = ARRAY_N(ALL);
    return ALL;
}
