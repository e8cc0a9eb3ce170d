/* fold.c - a roster from the store: all of it, or the one before with a few rows made again.
 *
 * A fold works on an arena of its own and is copied when done, so that columns that grew wider and
 * dictionaries that doubled leave nothing behind. A patch shares every column that it does not
 * change: 0.4 to 2 ms for one subject of 51,541. After DEPTH_MAX of them, or CHAIN_MAX bytes, or
 * with a new subject, everything is copied once (55 ms). */
#include <string.h>

#include "os/thread.h"
#include "query/query_int.h"
#include "sql.h"

enum { DEPTH_MAX = 64, CHAIN_MAX = 16 << 20 };

/* --- making one --- */

static struct model *model_open(void)
{
    struct arena *a = arena_open();
    struct model *m = ARENA_NEW(a, struct model);
    *m = (struct model){.arena = a, .refs = 1};
    return m;
}

struct making {
    const struct fold_job *job;
    struct arena *arena, *tmp;
    struct roster *r;
    struct roster_own *own;
};

static struct making make_open(const struct fold_job *j)
{
    struct making m = {.job = j, .arena = arena_open(), .tmp = arena_open()};
    m.r = ARENA_NEW(m.arena, struct roster);
    m.own = ARENA_NEW(m.arena, struct roster_own);
    *m.own =
        (struct roster_own){.magic = ROSTER_MAGIC, .arena = m.arena, .lock = j->lock, .refs = 1};
    *m.r = (struct roster){.county = arena_copy(m.arena, j->county),
                           .kind = arena_copy(m.arena, j->kind),
                           .act = j->act,
                           .own = m.own};
    return m;
}

static enum status make_end(struct making *m, struct roster **out, enum status st)
{
    arena_close(m->tmp);
    if (st != OK)
        roster_release(m->r);
    else
        *out = m->r;
    return st;
}

/* Rows by subject: counted into place, subjects being numbered from 1 without gaps. */
static void order_subjects(struct making *m)
{
    uint32_t n = m->r->data->row_n, at = 0;
    int64_t most = 0;
    for (uint32_t row = 0; row < n; row++)
        most = m->r->subject[row] > most ? m->r->subject[row] : most;
    uint32_t *row_of = ARENA_ARRAY(m->tmp, uint32_t, (size_t)most + 1);
    for (uint32_t row = 0; row < n; row++)
        row_of[m->r->subject[row]] = row + 1;
    uint32_t *order = ARENA_ARRAY(m->arena, uint32_t, n);
    for (size_t s = 0; s <= (size_t)most; s++)
        if (row_of[s] > 0)
            order[at++] = row_of[s] - 1;
    m->own->by_subject = order;
}

static void make_keys(struct making *m)
{
    uint32_t n = m->r->data->row_n;
    Str *key = ARENA_ARRAY(m->arena, Str, n);
    for (uint32_t row = 0; row < n; row++)
        key[row] = search_key(m->arena, m->tmp, m->r->rules, m->r->data, row);
    m->own->key = key;
}

/* What is derived from data, subjects and document. */
static void make_rest(struct making *m)
{
    order_subjects(m);
    make_keys(m);
}

/* --- all of it --- */

static void keep_twins(struct model *model, const struct record_facts *x)
{
    struct record_twin *twin = ARENA_ARRAY(model->arena, struct record_twin, x->twin_n + 1);
    for (size_t i = 0; i < x->twin_n; i++) {
        twin[i] = x->twin[i];
        twin[i].identity = arena_copy(model->arena, x->twin[i].identity);
    }
    model->twin = twin;
    model->twin_n = x->twin_n;
}

static enum status fold(struct making *m)
{
    const struct fold_job *j = m->job;
    struct model *model = m->own->model = model_open();
    struct record_facts x;
    struct diags roles;
    TRY(record_kind_get(j->conn, model->arena, &model->rules, j->county, j->kind, j->act));
    model->kind_field_n = model->rules->field_n;
    diags_init(&roles, m->tmp); /* the refresher hears no reports; there are none: record/kind.c */
    TRY(match_roles_read(model->arena, &model->match, model->rules, &roles));
    struct record_asked q = {.county = j->county,
                             .kind = j->kind,
                             .as = model->rules,
                             .day = INT32_MAX,
                             .until_act = j->act};
    TRY(record_facts(j->conn, m->tmp, &x, &q));
    TRY(results_attach(j, model, x.data));
    struct rows_taken all = {.n = x.data->row_n, .own_texts = true};
    m->r->data = rows_take(m->arena, x.data, &all);
    int64_t *subject = arena_raw(m->arena, (size_t)all.n + 1, sizeof *subject);
    memcpy(subject, x.subject, all.n * sizeof *subject);
    m->r->subject = subject;
    m->r->rules = model->rules;
    keep_twins(model, &x);
    make_rest(m);
    return OK;
}

enum status fold_all(const struct fold_job *j, struct roster **out)
{
    struct making m = make_open(j);
    return make_end(&m, out, fold(&m));
}

/* --- a few rows --- */

/* Rows that are there in all, new ones in their place by identity: for rows_take. */
static enum status place_new(struct making *m, const struct roster *old, const int64_t *subject,
                             size_t n, struct rows_taken *t, Str *new_id)
{
    uint32_t old_n = old->data->row_n;
    uint32_t *from = ARENA_ARRAY(m->arena, uint32_t, old_n + n);
    int64_t *who = ARENA_ARRAY(m->arena, int64_t, old_n + n);
    uint32_t *before = ARENA_ARRAY(m->tmp, uint32_t, old_n + 1); /* new ones in front of a row */
    for (size_t i = 0; i < n; i++) {
        struct sql_subject_kind_row row;
        struct sql_subject_kind in = {m->job->county, subject[i]};
        TRY(sql_subject_kind_one(m->job->conn, m->arena, &in, &row));
        new_id[i] = row.identity;
        uint32_t lo = 0, hi = old_n;
        while (lo < hi) {
            uint32_t mid = lo + (hi - lo) / 2;
            if (str_cmp(old->data->id[mid], row.identity) < 0)
                lo = mid + 1;
            else
                hi = mid;
        }
        before[lo]++;
    }
    for (uint32_t row = 0; row <= old_n; row++) {
        for (uint32_t k = 0; k < before[row]; k++)
            from[t->n++] = UINT32_MAX;
        if (row < old_n) {
            who[t->n] = old->subject[row];
            from[t->n++] = row;
        }
    }
    t->from = from;
    m->r->subject = who;
    return OK;
}

/* New ids go, in order, into the rows without any. */
static void name_new(struct making *m, struct dataset *d, const int64_t *subject, size_t n,
                     const Str *new_id)
{
    int64_t *who = ARENA_ARRAY(m->arena, int64_t, d->row_n);
    memcpy(who, m->r->subject, d->row_n * sizeof *who);
    bool *done = ARENA_ARRAY(m->tmp, bool, n);
    for (uint32_t row = 0; row < d->row_n; row++) {
        size_t least = n;
        if (d->id[row].p != NULL)
            continue;
        for (size_t i = 0; i < n; i++)
            if (!done[i] && (least == n || str_cmp(new_id[i], new_id[least]) < 0))
                least = i;
        done[least] = true;
        d->id[row] = new_id[least];
        who[row] = subject[least];
    }
    m->r->subject = who;
}

/* What the rosters of a chain hold beside the one they all share. */
static size_t chain_bytes(const struct roster *r)
{
    size_t sum = 0;
    for (; r->own->below != NULL; r = r->own->below)
        sum += arena_used(r->own->arena);
    return sum;
}

/* The rows to be patched, theirs or shared with the old roster. */
static enum status open_rows(struct making *m, const struct roster *old, const int64_t *subject,
                             size_t n, struct dataset **out)
{
    int64_t *new = ARENA_ARRAY(m->tmp, int64_t, n);
    Str *new_id = ARENA_ARRAY(m->tmp, Str, n);
    size_t new_n = 0;
    for (size_t i = 0; i < n; i++)
        if (roster_row(old, subject[i]) < 0)
            new[new_n++] = subject[i];
    if (new_n == 0 && old->own->depth < DEPTH_MAX && chain_bytes(old) < CHAIN_MAX) {
        *out = dataset_copy(m->arena, old->data);
        m->r->subject = old->subject;
        m->own->by_subject = old->own->by_subject;
        m->own->below = old;
        m->own->depth = old->own->depth + 1;
        lock_take(m->own->lock);
        old->own->refs++;
        lock_give(m->own->lock);
        return OK;
    }
    struct rows_taken t = {.own_texts = true};
    TRY(place_new(m, old, new, new_n, &t, new_id));
    *out = rows_take(m->arena, old->data, &t);
    name_new(m, *out, new, new_n, new_id);
    return OK;
}

/* A cell as it is in `facts` now; true: it was another. */
static bool patch_cell(struct dataset *d, struct column *to, uint32_t row, const struct rules *kind,
                       const struct dataset *facts)
{
    const struct column *from = dataset_find(facts, to->field, to->period);
    bool had = column_has(to, row);
    if (from == NULL || !column_has(from, 0)) {
        if (had)
            column_clear(to, row);
        return had;
    }
    Wide v = column_value(from, 0);
    if (kind->field[to->field].type.kind == TYPE_TEXT)
        v = labels_code(d->labels, labels_text(facts->labels, (uint32_t)v));
    if (had && column_value(to, row) == v)
        return false;
    column_set(to, row, v);
    return true;
}

/* True: a text that q looks in is another. */
static bool patch_row(struct dataset *d, uint32_t row, const struct rules *kind,
                      uint32_t kind_field_n, const struct dataset *facts)
{
    bool named = false;
    for (size_t i = 0; i < facts->column_n; i++)
        (void)dataset_column(d, facts->column[i].field, facts->column[i].period); /* there now */
    for (size_t i = 0; i < d->column_n; i++) {
        struct column *c = &d->column[i];
        if (c->field < kind_field_n && patch_cell(d, c, row, kind, facts))
            named |= search_concerns(kind, c->field);
    }
    return named;
}

static enum status patch_one(struct making *m, struct dataset *d, int64_t subject, Str **key)
{
    const struct fold_job *j = m->job;
    struct record_facts x;
    struct record_asked q = {.county = j->county,
                             .kind = j->kind,
                             .as = m->r->rules,
                             .day = INT32_MAX,
                             .until_act = j->act,
                             .subject = subject};
    int64_t row = roster_row(m->r, subject);
    ASSERT(row >= 0);
    TRY(record_facts(j->conn, m->tmp, &x, &q));
    if (!patch_row(d, (uint32_t)row, m->r->rules, m->own->model->kind_field_n, x.data) ||
        m->own->key == NULL)
        return OK;
    if (*key == NULL) {
        *key = arena_raw(m->arena, d->row_n, sizeof **key);
        memcpy(*key, m->own->key, d->row_n * sizeof **key);
    }
    (*key)[row] = search_key(m->arena, m->tmp, m->r->rules, d, (uint32_t)row);
    m->own->key = *key;
    return OK;
}

static enum status fold_these(struct making *m, const struct roster *old, const int64_t *subject,
                              size_t n)
{
    struct dataset *d;
    Str *key = NULL;
    m->r->rules = old->rules;
    m->own->model = old->own->model;
    lock_take(m->own->lock);
    m->own->model->refs++;
    lock_give(m->own->lock);
    TRY(open_rows(m, old, subject, n, &d));
    m->r->data = d;
    if (m->own->below == NULL)
        order_subjects(m);
    else
        m->own->key = old->own->key;
    for (size_t i = 0; i < n; i++)
        TRY(patch_one(m, d, subject[i], &key));
    if (m->own->below == NULL)
        make_keys(m);
    return OK;
}

enum status fold_few(const struct fold_job *j, const struct roster *old, const int64_t *subject,
                     size_t n, struct roster **out)
{
    struct making m = make_open(j);
    return make_end(&m, out, fold_these(&m, old, subject, n));
}
