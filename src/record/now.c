/* now.c - how subjects stand today: derived from what holds of the fields that have a role. */
#include "record/record_int.h"

bool now_concerns(const struct rules *kind, uint32_t field)
{
    for (int role = SUBJECT_ROLE_NAME; role < SUBJECT_ROLE_N; role++)
        if (kind->role[role] == (int32_t)field)
            return true;
    return false;
}

static Str text_of(const struct dataset *d, const struct rules *kind, enum subject_role role,
                   uint32_t row, Str otherwise)
{
    int32_t at = kind->role[role];
    const struct column *c = at < 0 ? NULL : dataset_find(d, (uint32_t)at, COL_NO_PERIOD);
    return c != NULL && column_has(c, row) ? labels_text(d->labels, (uint32_t)column_value(c, row))
                                           : otherwise;
}

/* What a row says, over what was. */
static void take_row(struct record_now *n, const struct dataset *d, const struct rules *kind,
                     uint32_t row)
{
    n->name = text_of(d, kind, SUBJECT_ROLE_NAME, row, n->name);
    n->former = text_of(d, kind, SUBJECT_ROLE_FORMER, row, n->former);
    n->locality = kind->role[SUBJECT_ROLE_LOCALITY] == kind->role[SUBJECT_ROLE_ID]
                      ? n->identity /* a locality is its own */
                      : text_of(d, kind, SUBJECT_ROLE_LOCALITY, row, n->locality);
    n->chain = text_of(d, kind, SUBJECT_ROLE_CHAIN, row, n->chain);
    n->standing = text_of(d, kind, SUBJECT_ROLE_STANDING, row, n->standing);
}

struct record_now now_of(const struct dataset *d, const struct rules *kind, uint32_t row,
                         struct now_row who)
{
    struct record_now n = {.subject = who.subject, .identity = who.identity};
    n.name = n.former = n.locality = n.chain = n.standing = S("");
    take_row(&n, d, kind, row);
    return n;
}

bool now_same(const struct record_now *a, const struct record_now *b)
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

/* Rows that stand otherwise than before: by number of the subject, or from nothing. */
struct change {
    struct arena *tmp;
    struct record *r;
    const struct rules *kind;
    const struct record_now **was;
    int64_t most;
};

static enum status open_change(struct change *x)
{
    struct record_now *was = NULL;
    size_t n = 0;
    TRY(record_now_all(x->r->conn, x->tmp, &was, &n, x->r->county, x->kind->name));
    x->most = n > 0 ? was[n - 1].subject : 0;
    x->was = ARENA_ARRAY(x->tmp, const struct record_now *, (size_t)x->most + 1);
    for (size_t i = 0; i < n; i++)
        x->was[was[i].subject] = &was[i];
    return OK;
}

/* `over`: what the row does not say stays as it was. */
static enum status change_row(struct change *x, const struct dataset *d, uint32_t row,
                              struct now_row who, bool over)
{
    const struct record_now *old = who.subject <= x->most ? x->was[who.subject] : NULL;
    struct record_now is;
    if (over && old != NULL) {
        is = *old;
        take_row(&is, d, x->kind, row);
    } else {
        is = now_of(d, x->kind, row, who);
    }
    return old != NULL && now_same(old, &is) ? OK : set(x->r, x->kind, &is);
}

static enum status change_all(struct change *x, const struct record_facts *f)
{
    enum status st = OK;
    for (uint32_t row = 0; row < f->data->row_n && st == OK; row++)
        st =
            change_row(x, f->data, row, (struct now_row){f->subject[row], f->data->id[row]}, false);
    return st;
}

enum status now_facts(struct db_conn *c, struct arena *tmp, struct record_facts *out, Str county,
                      const struct rules *kind, int64_t subject)
{
    bool *want = ARENA_ARRAY(tmp, bool, kind->field_n);
    for (uint32_t i = 0; i < kind->field_n; i++)
        want[i] = now_concerns(kind, i);
    return record_facts(c, tmp, out,
                        &(struct record_asked){.county = county,
                                               .kind = kind->name,
                                               .as = kind,
                                               .day = INT32_MAX,
                                               .until_act = RECORD_NOW,
                                               .want = want,
                                               .subject = subject});
}

static enum status refresh(struct change *x, int64_t subject)
{
    struct record_facts facts;
    TRY(now_facts(x->r->conn, x->tmp, &facts, x->r->county, x->kind, subject));
    if (subject == 0)
        TRY(open_change(x));
    TRY(db_batch_begin(x->r->conn));
    enum status st = change_all(x, &facts), ended = db_batch_end(x->r->conn);
    return st != OK ? st : ended;
}

enum status now_refresh(struct record *r, const struct rules *kind, int64_t subject)
{
    struct change x = {.tmp = arena_open(), .r = r, .kind = kind};
    enum status st = refresh(&x, subject);
    arena_close(x.tmp);
    return st;
}

static enum status lay_over(struct change *x, const struct dataset *d, const struct now_row *who)
{
    TRY(open_change(x));
    TRY(db_batch_begin(x->r->conn));
    enum status st = OK;
    for (uint32_t row = 0; row < d->row_n && st == OK; row++)
        if (who[row].subject != 0)
            st = change_row(x, d, row, who[row], true);
    enum status ended = db_batch_end(x->r->conn);
    return st != OK ? st : ended;
}

enum status now_lay_over(struct record *r, const struct rules *kind, const struct dataset *d,
                         const struct now_row *who)
{
    struct change x = {.tmp = arena_open(), .r = r, .kind = kind};
    enum status st = lay_over(&x, d, who);
    arena_close(x.tmp);
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
