#include "audit/act.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/db.h"
#include "sql.h"

static const Digest NO_DIGEST; /* before the first act */

enum status act_begin(struct act *a, struct db_conn *c, struct arena *tmp, Str county,
                      int64_t at_us)
{
    struct sql_act_head_lock_row head;
    struct sql_act_head_lock in = {county};
    enum status st = sql_act_head_lock_one(c, tmp, &in, &head);
    if (st == ERR_GONE) { /* the county's first; two writers may both come here */
        TRY(sql_act_head_add(
            c, &(struct sql_act_head_add){county, digest_str(&NO_DIGEST), DIGEST_SM3}));
        st = sql_act_head_lock_one(c, tmp, &in, &head);
    }
    TRY(st);
    enum digest_by by = (enum digest_by)head.hash_by;
    *a = (struct act){c, tmp, county, head.act + 1, at_us, {{0}}, by, by};
    ASSERT(head.hash.n == DIGEST_N);
    a->prev = digest_from(head.hash);
    (void)db_wrote(c); /* what came before is not this act's */
    db_seal_begin(c, by, county, a->no);
    return OK;
}

void act_seal_row(struct digest *d, const struct db_seal_row *row)
{
    for (int i = 0; i < row->n; i++) {
        if (row->at[i].p == NULL)
            digest_null(d);
        else
            digest_field(d, row->at[i]);
    }
}

static enum status read_rows(const struct act *a, int table, struct digest *d, Digest *all,
                             int64_t *n)
{
    struct db_rows rows;
    struct db_seal_row row;
    TRY(db_seal_open(a->conn, table, a->county, a->no, &rows));
    for (*n = 0; db_seal_next(&rows, &row); ++*n)
        act_seal_row(d, &row);
    *all = digest_end(d);
    return db_rows_end(&rows);
}

/* `table rows digest`, of what the act wrote there. */
static enum status seal(const struct act *a, int table, struct digest *d, struct buf *out)
{
    char hex[2 * DIGEST_N + 1];
    Digest all;
    int64_t n;
    if (!db_seal_digest(a->conn, table, &all, &n))
        TRY(read_rows(a, table, d, &all, &n));
    digest_hex(hex, &all);
    if (n > 0)
        buf_fmt(out, "%s %lld %s\n", db_seal_table(table), (long long)n, hex);
    return OK;
}

Digest act_hash(struct digest *d, Str county, const struct act_row *row)
{
    digest_field(d, S("geci-act-1"));
    digest_field(d, county);
    digest_int(d, row->act);
    digest_int(d, row->at_us);
    digest_field(d, row->actor);
    digest_field(d, row->verb);
    digest_field(d, row->object);
    digest_field(d, row->body);
    digest_field(d, row->seals);
    digest_field(d, row->prev);
    return digest_end(d);
}

static enum status add(struct act *a, struct digest *d, const struct act_words *w, Str seals)
{
    struct act_row row = {.act = a->no,
                          .at_us = a->at_us,
                          .hash_by = a->by,
                          .actor = w->actor,
                          .verb = w->verb,
                          .object = w->object,
                          .body = w->body,
                          .seals = seals,
                          .prev = digest_str(&a->prev)};
    Digest hash = act_hash(d, a->county, &row);
    TRY(db_batch_begin(a->conn));
    TRY(sql_act_add(a->conn, &(struct sql_act_add){a->county, row.act, row.at_us, row.actor,
                                                   row.verb, row.object, row.body, row.seals,
                                                   row.hash_by, row.prev, digest_str(&hash)}));
    TRY(sql_act_head_set(
        a->conn, &(struct sql_act_head_set){a->county, a->no, digest_str(&hash), a->next_by}));
    return db_batch_end(a->conn);
}

enum status act_end(struct act *a, const struct act_words *w)
{
    struct buf seals;
    struct digest *d = digest_open(a->by);
    enum status st = OK;
    uint64_t wrote = db_wrote(a->conn);
    buf_init(&seals, a->arena, BUF_MAX);
    for (int i = 0; i < db_seal_n() && st == OK; i++) {
        if ((wrote >> i & 1) != 0)
            st = seal(a, i, d, &seals);
    }
    if (st == OK)
        st = add(a, d, w, buf_str(&seals));
    digest_close(d);
    return st;
}

enum status act_county(struct act *a, Str name, enum digest_by by)
{
    a->next_by = by;
    return sql_county_add(a->conn, &(struct sql_county_add){a->county, a->no, 0, name, by});
}
