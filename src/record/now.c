/* now.c - how subjects stand today: derived from what holds of the fields that have a role. */
#include "base/order.h"
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

/* Of whom nothing was said. */
static struct record_now nothing_of(struct now_row who)
{
    return (struct record_now){.subject = who.subject,
                               .identity = who.identity,
                               .name = S(""),
                               .former = S(""),
                               .locality = S(""),
                               .chain = S(""),
                               .standing = S("")};
}

struct record_now now_of(const struct dataset *d, const struct rules *kind, uint32_t row,
                         struct now_row who)
{
    struct record_now n = nothing_of(who);
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

struct changed {
    const struct record_now *is; /* NULL: what rows say of somebody new, from `at` on */
    uint32_t at;
};

/* Rows of a dataset beside the table, both in order of subject; what stands otherwise than before
 * is collected, and written afterwards. */
struct change {
    struct arena *tmp;
    struct record *r;
    const struct rules *kind;
    const struct dataset *d;
    const struct now_row *who; /* of each row */
    const uint32_t *by;        /* rows in order of subject */
    uint32_t at;               /* in `by` */
    bool over;                 /* what a row does not say stays as it was */
    struct changed *changed;
    size_t changed_n, changed_cap;
};

/* Of the next row; beyond the last: more than any. */
static int64_t next_subject(const struct change *x)
{
    return x->at < x->d->row_n ? x->who[x->by[x->at]].subject : INT64_MAX;
}

static struct record_now keep_now(struct arena *keep, const struct record_now *n)
{
    return (struct record_now){.subject = n->subject,
                               .identity = arena_copy(keep, n->identity),
                               .name = arena_copy(keep, n->name),
                               .former = arena_copy(keep, n->former),
                               .locality = arena_copy(keep, n->locality),
                               .chain = arena_copy(keep, n->chain),
                               .standing = arena_copy(keep, n->standing)};
}

/* What the rows of the next subject say, over what `is` says. */
static void take_subject(struct change *x, struct record_now *is)
{
    for (; next_subject(x) == is->subject; x->at++)
        take_row(is, x->d, x->kind, x->by[x->at]);
}

static void compare_subject(struct change *x, const struct record_now *was)
{
    struct record_now is = x->over ? *was : nothing_of(x->who[x->by[x->at]]);
    take_subject(x, &is);
    if (now_same(was, &is))
        return;
    struct record_now *changed = ARENA_NEW(x->tmp, struct record_now);
    *changed = keep_now(x->tmp, &is);
    VEC_PUSH(x->tmp, x->changed, x->changed_n, x->changed_cap) = (struct changed){.is = changed};
}

/* Of whom the table knows nothing, up to this one. */
static void pass_new(struct change *x, int64_t subject)
{
    while (next_subject(x) < subject) {
        VEC_PUSH(x->tmp, x->changed, x->changed_n, x->changed_cap) = (struct changed){.at = x->at};
        for (int64_t new = next_subject(x); next_subject(x) == new;)
            x->at++;
    }
}

static struct record_now now_of_row(const struct sql_now_all_row *row)
{
    return (struct record_now){row->subject,  row->identity, row->name,    row->former,
                               row->locality, row->chain,    row->standing};
}

static enum status compare(struct change *x)
{
    struct db_rows rows;
    struct sql_now_all_row row;
    TRY(sql_now_all(x->r->conn, &(struct sql_now_all){x->r->county, x->kind->name}, &rows));
    while (sql_now_all_next(&rows, &row)) {
        struct record_now was = now_of_row(&row);
        pass_new(x, was.subject);
        if (next_subject(x) == was.subject)
            compare_subject(x, &was);
    }
    return db_rows_end(&rows);
}

static enum status write_changed(struct change *x)
{
    enum status st = OK;
    TRY(db_batch_begin(x->r->conn));
    for (size_t i = 0; i < x->changed_n && st == OK; i++) {
        const struct changed *one = &x->changed[i];
        struct record_now is = one->is != NULL ? *one->is : nothing_of(x->who[x->by[one->at]]);
        x->at = one->at;
        if (one->is == NULL)
            take_subject(x, &is);
        st = set(x->r, x->kind, &is);
    }
    enum status ended = db_batch_end(x->r->conn);
    return st != OK ? st : ended;
}

/* `was`: those in the table are read beside. Else rows are of one subject, and are written. */
static enum status change(struct change *x, bool was)
{
    while (next_subject(x) == 0) /* left out */
        x->at++;
    if (was)
        TRY(compare(x));
    pass_new(x, INT64_MAX);
    return write_changed(x);
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

static bool is_about_later(const void *ctx, uint32_t a, uint32_t b)
{
    const struct now_row *who = ctx;
    return who[a].subject > who[b].subject;
}

uint32_t *now_order(struct arena *keep, const struct now_row *who, uint32_t n)
{
    return order_rows(keep, n, is_about_later, who);
}

static enum status refresh(struct change *x, int64_t subject)
{
    struct record_facts facts;
    if (subject != 0) /* what is said of it counts where it went */
        TRY(twin_follow(x->r->conn, x->r->county, &subject));
    TRY(now_facts(x->r->conn, x->tmp, &facts, x->r->county, x->kind, subject));
    uint32_t row_n = facts.data->row_n;
    struct now_row *who = ARENA_ARRAY(x->tmp, struct now_row, row_n);
    for (uint32_t row = 0; row < row_n; row++)
        who[row] = (struct now_row){facts.subject[row], facts.data->id[row]};
    x->d = facts.data;
    x->who = who;
    x->by = now_order(x->tmp, who, row_n);
    return change(x, subject == 0);
}

enum status now_refresh(struct record *r, const struct rules *kind, int64_t subject)
{
    struct change x = {.tmp = arena_open(), .r = r, .kind = kind};
    enum status st = refresh(&x, subject);
    arena_close(x.tmp);
    return st;
}

enum status now_lay_over(struct record *r, const struct rules *kind, const struct dataset *d,
                         const struct now_row *who, const uint32_t *by)
{
    struct change x = {
        .tmp = arena_open(), .r = r, .kind = kind, .d = d, .who = who, .by = by, .over = true};
    enum status st = change(&x, true);
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
    while (sql_now_all_next(&rows, &row)) {
        struct record_now now = now_of_row(&row);
        VEC_PUSH(keep, *out, *n, cap) = keep_now(keep, &now);
    }
    return db_rows_end(&rows);
}
