/* now.c - how subjects stand today: derived from what holds of the fields that have a role. */
#include "record/record_int.h"

bool now_concerns(const struct rules *kind, uint32_t field)
{
    for (int role = ROLE_NAME; role < ROLE_N; role++)
        if (kind->role[role] == (int32_t)field)
            return true;
    return false;
}

static Str text_of(const struct record_facts *x, const struct rules *kind, enum role role,
                   uint32_t row)
{
    int32_t at = kind->role[role];
    const struct column *c = at < 0 ? NULL : dataset_find(x->data, (uint32_t)at, COL_NO_PERIOD);
    if (role == ROLE_LOCALITY && at >= 0 && at == kind->role[ROLE_ID])
        return x->data->id[row]; /* a locality is its own */
    return c != NULL && column_has(c, row)
               ? labels_text(x->data->labels, (uint32_t)column_value(c, row))
               : S("");
}

static struct record_now now_of(const struct record_facts *x, const struct rules *kind,
                                uint32_t row)
{
    return (struct record_now){.subject = x->subject[row],
                               .identity = x->data->id[row],
                               .name = text_of(x, kind, ROLE_NAME, row),
                               .former = text_of(x, kind, ROLE_FORMER, row),
                               .locality = text_of(x, kind, ROLE_LOCALITY, row),
                               .chain = text_of(x, kind, ROLE_CHAIN, row),
                               .standing = text_of(x, kind, ROLE_STANDING, row)};
}

static bool same(const struct record_now *a, const struct record_now *b)
{
    return str_eq(a->name, b->name) && str_eq(a->former, b->former) &&
           str_eq(a->locality, b->locality) && str_eq(a->chain, b->chain) &&
           str_eq(a->standing, b->standing);
}

static enum status set(struct record *r, const struct rules *kind, const struct record_now *n)
{
    return sql_now_set(r->conn, &(struct sql_now_set){r->county, n->subject, kind->name,
                                                      n->identity, n->name, n->former, n->locality,
                                                      n->chain, n->standing});
}

/* Those that stand otherwise than before. `was` is by number of the subject. */
static enum status set_changed(struct record *r, const struct rules *kind,
                               const struct record_facts *x, const struct record_now *was,
                               size_t was_n)
{
    struct arena *tmp = arena_open();
    int64_t most = was_n > 0 ? was[was_n - 1].subject : 0;
    const struct record_now **at = ARENA_ARRAY(tmp, const struct record_now *, (size_t)most + 1);
    enum status st = OK;
    for (size_t i = 0; i < was_n; i++)
        at[was[i].subject] = &was[i];
    for (uint32_t row = 0; row < x->data->row_n && st == OK; row++) {
        struct record_now is = now_of(x, kind, row);
        const struct record_now *old = is.subject <= most ? at[is.subject] : NULL;
        if (old == NULL || !same(old, &is))
            st = set(r, kind, &is);
    }
    arena_close(tmp);
    return st;
}

static enum status refresh(struct record *r, const struct rules *kind, int64_t subject,
                           struct arena *tmp)
{
    struct record_facts x;
    struct record_now *was = NULL;
    size_t was_n = 0;
    bool *want = ARENA_ARRAY(tmp, bool, kind->field_n);
    for (uint32_t i = 0; i < kind->field_n; i++)
        want[i] = now_concerns(kind, i);
    TRY(record_facts(r->conn, tmp, &x,
                     &(struct record_asked){.county = r->county,
                                            .kind = kind->name,
                                            .as = kind,
                                            .day = INT32_MAX,
                                            .until_act = RECORD_NOW,
                                            .want = want,
                                            .subject = subject}));
    if (subject == 0)
        TRY(record_now_all(r->conn, tmp, &was, &was_n, r->county, kind->name));
    TRY(db_batch_begin(r->conn));
    enum status st = set_changed(r, kind, &x, was, was_n), ended = db_batch_end(r->conn);
    return st != OK ? st : ended;
}

enum status now_refresh(struct record *r, const struct rules *kind, int64_t subject)
{
    struct arena *tmp = arena_open();
    enum status st = refresh(r, kind, subject, tmp);
    arena_close(tmp);
    return st;
}

enum status record_now_all(struct db_conn *c, struct arena *keep, struct record_now **out,
                           size_t *n, Str county, Str kind)
{
    struct db_rows rows;
    struct sql_now_all_row row;
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    TRY(sql_now_all(c, &(struct sql_now_all){county, kind}, &rows));
    while (sql_now_all_next(&rows, &row))
        VEC_PUSH(keep, *out, *n, cap) =
            (struct record_now){.subject = row.subject,
                                .identity = arena_copy(keep, row.identity),
                                .name = arena_copy(keep, row.name),
                                .former = arena_copy(keep, row.former),
                                .locality = arena_copy(keep, row.locality),
                                .chain = arena_copy(keep, row.chain),
                                .standing = arena_copy(keep, row.standing)};
    return db_rows_end(&rows);
}
