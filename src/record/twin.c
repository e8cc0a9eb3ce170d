/* twin.c - subjects that are one: merged, and split again; and those that only look it. */
#include "record/record_int.h"

int64_t twin_into(const struct record_twin *twin, size_t n, int64_t subject)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (twin[mid].subject < subject)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && twin[lo].subject == subject ? twin[lo].into : 0;
}

enum status twin_follow(struct db_conn *c, Str county, int64_t *subject)
{
    struct sql_twin_of_row row;
    struct arena *tmp = arena_open();
    enum status st = sql_twin_of_one(c, tmp, &(struct sql_twin_of){county, *subject}, &row);
    arena_close(tmp);
    if (st == OK && row.into_subject > 0)
        *subject = row.into_subject;
    return st == ERR_GONE ? OK : st;
}

enum status twin_read(struct db_conn *c, struct arena *keep, struct record_twin **out, size_t *n,
                      const struct twin_asked *q)
{
    struct db_rows rows;
    struct sql_twin_all_row row;
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    TRY(sql_twin_all(c, &(struct sql_twin_all){q->county, q->kind, q->into, q->until_act}, &rows));
    while (sql_twin_all_next(&rows, &row))
        VEC_PUSH(keep, *out, *n, cap) =
            (struct record_twin){row.subject, row.into_subject, arena_copy(keep, row.identity)};
    return db_rows_end(&rows);
}

enum status record_twins(struct db_conn *c, struct arena *keep, struct record_twin **out, size_t *n,
                         Str county, Str kind)
{
    return twin_read(c, keep, out, n, &(struct twin_asked){county, kind, 0, RECORD_NOW});
}

static enum status add(struct record *r, int64_t subject, int64_t into, Str why)
{
    return sql_twin_add(r->conn, &(struct sql_twin_add){r->county, r->act, 0, subject, into, why});
}

static enum status refuse(struct diags *ds, enum diag_code code, Str from, Str into)
{
    return diag_add(ds, code, (Span){0, 0}, from, into, (Str){NULL, 0});
}

/* No chains: who went into another takes nobody, and who took somebody goes nowhere. */
static enum status check(struct record *r, const struct rules *kind, int64_t a, int64_t b,
                         bool *chained)
{
    struct arena *tmp = arena_open();
    struct record_twin *all;
    size_t n;
    enum status st = record_twins(r->conn, tmp, &all, &n, r->county, kind->name);
    *chained = false;
    for (size_t i = 0; st == OK && i < n; i++)
        *chained |= all[i].subject == a || all[i].subject == b || all[i].into == a;
    arena_close(tmp);
    return st;
}

enum status record_merge(struct record *r, const struct rules *kind, Str from, Str into, Str why,
                         struct diags *ds)
{
    int64_t a, b;
    bool chained;
    TRY(subject_named(r->conn, r->county, kind->name, from, &a));
    TRY(subject_named(r->conn, r->county, kind->name, into, &b));
    if (a == b)
        return refuse(ds, DIAG_TWIN_SELF, from, into);
    TRY(check(r, kind, a, b, &chained));
    if (chained)
        return refuse(ds, DIAG_TWIN_MERGED, from, into);
    TRY(add(r, a, b, why));
    return now_refresh(r, kind, b);
}

enum status record_apart(struct record *r, const struct rules *kind, Str one, Str other, Str why,
                         struct diags *ds)
{
    int64_t a, b;
    TRY(subject_named(r->conn, r->county, kind->name, one, &a));
    TRY(subject_named(r->conn, r->county, kind->name, other, &b));
    if (a == b)
        return refuse(ds, DIAG_TWIN_SELF, one, other);
    return sql_apart_add(
        r->conn, &(struct sql_apart_add){r->county, r->act, 0, a < b ? a : b, a < b ? b : a, why});
}

enum status record_aparts(struct db_conn *c, struct arena *keep, struct record_pair **out,
                          size_t *n, Str county, Str kind)
{
    struct db_rows rows;
    struct sql_apart_all_row row;
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    TRY(sql_apart_all(c, &(struct sql_apart_all){county, kind}, &rows));
    while (sql_apart_all_next(&rows, &row))
        VEC_PUSH(keep, *out, *n, cap) = (struct record_pair){row.subject, row.other};
    return db_rows_end(&rows);
}

enum status record_split(struct record *r, const struct rules *kind, Str from, Str why,
                         struct diags *ds)
{
    struct arena *tmp = arena_open();
    struct record_twin *all;
    size_t n;
    int64_t subject, into = 0;
    enum status st = subject_named(r->conn, r->county, kind->name, from, &subject);
    if (st == OK)
        st = record_twins(r->conn, tmp, &all, &n, r->county, kind->name);
    if (st == OK)
        into = twin_into(all, n, subject);
    arena_close(tmp);
    TRY(st);
    if (into == 0)
        return refuse(ds, DIAG_TWIN_APART, from, (Str){NULL, 0});
    TRY(add(r, subject, 0, why));
    TRY(now_refresh(r, kind, subject));
    return now_refresh(r, kind, into);
}
