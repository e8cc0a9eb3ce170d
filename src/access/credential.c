/* credential.c - secrets at rest, and the sealed rows that vouch for them.
 *
 * A secret is replaced in place and never sealed. Its mark is: a keyed digest over whose it is and
 * what it is. So a hash that somebody copied from another account, put back from an old backup or
 * wrote into the store by hand has no mark and opens nothing, while the chain of acts holds nothing
 * that could be tried offline. */
#include "access/access_int.h"
#include "base/arena.h"
#include "base/buf.h"

static Mac mark_of(const struct access *x, Str county, const struct credential *c)
{
    struct arena *tmp = arena_open();
    struct buf b;
    buf_init(&b, tmp, BUF_MAX);
    buf_fmt(&b, "%.*s %lld %d %lld ", STR_ARG(county), (long long)c->account, (int)c->kind,
            (long long)c->no);
    buf_add(&b, c->secret);
    Mac mark = mac_sm3(&x->mark, buf_str(&b));
    secret_wipe_str(buf_str(&b));
    arena_close(tmp);
    return mark;
}

static enum status seal(struct access_desk *d, int64_t account, enum credential_kind kind,
                        int64_t no, Str mark)
{
    struct act *a = d->act;
    return sql_credential_set_add(
        a->conn, &(struct sql_credential_set_add){
                     a->county, a->no, access_row(d, ACCESS_CREDENTIAL), account, kind, no, mark});
}

enum status credential_put(struct access_desk *d, const struct credential *c)
{
    struct act *a = d->act;
    Mac mark = mark_of(d->access, a->county, c);
    TRY(seal(d, c->account, c->kind, c->no, mac_str(&mark)));
    return sql_credential_put(a->conn,
                              &(struct sql_credential_put){a->county, c->account, c->kind, c->no,
                                                           c->secret, c->must_change, c->used});
}

enum status credential_drop(struct access_desk *d, int64_t account, enum credential_kind kind,
                            int64_t no)
{
    struct act *a = d->act;
    struct sql_credential_get_row row;
    TRY(sql_credential_get_one(a->conn, a->arena,
                               &(struct sql_credential_get){a->county, account, kind, no}, &row));
    TRY(sql_credential_drop(a->conn, &(struct sql_credential_drop){a->county, account, kind, no}));
    return seal(d, account, kind, no, S(""));
}

enum status credential_drop_all(struct access_desk *d, int64_t account, enum credential_kind kind)
{
    struct act *a = d->act;
    struct db_rows rows;
    struct sql_credential_of_kind_row row;
    int64_t *no = NULL;
    size_t n = 0, cap = 0;
    TRY(sql_credential_of_kind(a->conn, &(struct sql_credential_of_kind){a->county, account, kind},
                               &rows));
    while (sql_credential_of_kind_next(&rows, &row))
        VEC_PUSH(a->arena, no, n, cap) = row.no;
    TRY(db_rows_end(&rows));
    for (size_t i = 0; i < n; i++)
        TRY(credential_drop(d, account, kind, no[i]));
    return OK;
}

enum status credential_get(struct db_conn *conn, struct arena *keep, const struct access *x,
                           Str county, struct credential *c)
{
    struct sql_credential_get_row row;
    TRY(sql_credential_get_one(
        conn, keep, &(struct sql_credential_get){county, c->account, c->kind, c->no}, &row));
    c->secret = row.secret;
    c->must_change = row.must_change != 0;
    c->used = row.used;
    Mac mark = mark_of(x, county, c);
    return secret_same(row.mark, mac_str(&mark)) ? OK : ERR_GONE;
}
