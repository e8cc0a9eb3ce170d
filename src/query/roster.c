#include "query/roster.h"

#include "os/thread.h"
#include "query/query_int.h"
#include "sql.h"

enum { FEW_MAX = 200 }; /* subjects made again one by one; beyond it is faster to fold all */

struct seat {
    Str kind;
    const struct roster *roster;
};

struct rosters {
    struct arena *arena;
    Str county;
    struct lock *lock;
    int64_t seen; /* act of the last refresh; -1: none yet */
    bool filled;
    uint32_t whole; /* rosters folded anew from the store; the refresher's */
    Str only;       /* the one kind that is wanted; empty: all */
    struct seat *seat;
    size_t seat_n, seat_cap;
};

struct rosters *rosters_open(struct arena *keep, Str county)
{
    struct rosters *x = ARENA_NEW(keep, struct rosters);
    *x = (struct rosters){
        .arena = keep, .county = arena_copy(keep, county), .lock = lock_open(keep), .seen = -1};
    return x;
}

void rosters_close(struct rosters *x)
{
    for (size_t i = 0; i < x->seat_n; i++)
        roster_release(x->seat[i].roster);
    lock_close(x->lock);
}

void rosters_only(struct rosters *x, Str kind)
{
    x->only = arena_copy(x->arena, kind);
}

bool rosters_filled(struct rosters *x)
{
    lock_take(x->lock);
    bool filled = x->filled;
    lock_give(x->lock);
    return filled;
}

/* --- counting who holds what --- */

static const struct roster *hold(const struct roster *r)
{
    r->own->refs++;
    return r;
}

const struct roster *roster_take(struct rosters *x, Str kind)
{
    const struct roster *r = NULL;
    lock_take(x->lock);
    for (size_t i = 0; i < x->seat_n && r == NULL; i++)
        if (str_eq(x->seat[i].kind, kind) && x->seat[i].roster != NULL)
            r = hold(x->seat[i].roster);
    lock_give(x->lock);
    return r;
}

void roster_release(const struct roster *r)
{
    while (r != NULL) { /* and those below, which it held */
        struct roster_own *own = r->own;
        ASSERT(own->magic == ROSTER_MAGIC);
        const struct roster *below = own->below;
        struct model *model = own->model;
        lock_take(own->lock);
        bool last = --own->refs == 0;
        bool last_model = last && model != NULL && --model->refs == 0;
        lock_give(own->lock);
        if (!last)
            return;
        if (last_model)
            arena_close(model->arena);
        memo_close(own->memo);
        arena_close(own->arena);
        r = below;
    }
}

uint32_t rosters_whole(const struct rosters *x)
{
    return x->whole;
}

size_t rosters_kinds(struct rosters *x, struct arena *keep, Str **kind)
{
    lock_take(x->lock);
    size_t n = x->seat_n;
    *kind = ARENA_ARRAY(keep, Str, n);
    for (size_t i = 0; i < n; i++)
        (*kind)[i] = x->seat[i].kind;
    lock_give(x->lock);
    return n;
}

int64_t roster_row(const struct roster *r, int64_t subject)
{
    uint32_t lo = 0, hi = r->data->row_n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (r->subject[r->own->by_subject[mid]] < subject)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == r->data->row_n || r->subject[r->own->by_subject[lo]] != subject)
        return -1;
    return r->own->by_subject[lo];
}

size_t roster_outcomes(const struct roster *r, const struct outcome **out)
{
    *out = r->own->model->outcome;
    return r->own->model->outcome_n;
}

size_t roster_bytes(const struct roster *r)
{
    return arena_used(r->own->arena) + arena_used(r->own->model->arena);
}

/* --- what changed --- */

struct change {
    struct change *next;
    Str kind;
    bool all; /* the document, its runs, or too many subjects */
    int64_t subject[FEW_MAX];
    size_t n;
    const struct roster *old;
    struct roster *new;
};

struct refresh {
    struct rosters *x;
    struct db_conn *conn;
    struct arena *tmp;
    struct diags *diags;
    int64_t act;
    struct change *first, **end; /* in the order they were found */
};

static struct change *change_of(struct refresh *f, Str kind)
{
    for (struct change *c = f->first; c != NULL; c = c->next)
        if (str_eq(c->kind, kind))
            return c;
    struct change *c = ARENA_NEW(f->tmp, struct change);
    c->kind = arena_copy(f->tmp, kind);
    *f->end = c;
    f->end = &c->next;
    return c;
}

static enum status find_subjects(struct refresh *f)
{
    struct db_rows rows;
    struct sql_changed_subjects_row row;
    struct sql_changed_subjects in = {f->x->county, f->x->seen, f->act};
    struct change *c = NULL;
    TRY(sql_changed_subjects(f->conn, &in, &rows));
    while (sql_changed_subjects_next(&rows, &row)) {
        if (c == NULL || !str_eq(c->kind, row.kind))
            c = change_of(f, row.kind);
        if (c->n < FEW_MAX)
            c->subject[c->n++] = row.subject;
        else
            c->all = true;
    }
    return db_rows_end(&rows);
}

static enum status find_documents(struct refresh *f)
{
    struct db_rows rows;
    struct sql_changed_kinds_row row;
    TRY(sql_changed_kinds(f->conn, &(struct sql_changed_kinds){f->x->county, f->x->seen, f->act},
                          &rows));
    while (sql_changed_kinds_next(&rows, &row))
        change_of(f, row.kind)->all = true;
    return db_rows_end(&rows);
}

static enum status find_runs(struct refresh *f)
{
    struct db_rows rows;
    struct sql_changed_runs_row row;
    TRY(sql_changed_runs(f->conn, &(struct sql_changed_runs){f->x->county, f->x->seen, f->act},
                         &rows));
    while (sql_changed_runs_next(&rows, &row))
        change_of(f, row.kind)->all = true;
    return db_rows_end(&rows);
}

/* Every kind there is gets a seat, in order. */
static enum status find_kinds(struct refresh *f)
{
    struct db_rows rows;
    struct sql_kind_names_row row;
    TRY(sql_kind_names(f->conn, &(struct sql_kind_names){f->x->county}, &rows));
    while (sql_kind_names_next(&rows, &row)) {
        struct change *c = change_of(f, row.kind);
        c->all |= f->x->seen < 0;
    }
    return db_rows_end(&rows);
}

static struct seat *seat_of(struct rosters *x, Str kind)
{
    for (size_t i = 0; i < x->seat_n; i++)
        if (str_eq(x->seat[i].kind, kind))
            return &x->seat[i];
    VEC_PUSH(x->arena, x->seat, x->seat_n, x->seat_cap) =
        (struct seat){arena_copy(x->arena, kind), NULL};
    return &x->seat[x->seat_n - 1];
}

static enum status make(struct refresh *f, struct change *c)
{
    struct fold_job j = {f->conn, f->x->county, c->kind, f->act, f->x->lock, f->diags};
    if (f->x->only.n > 0 && !str_eq(c->kind, f->x->only))
        return OK;
    c->old = roster_take(f->x, c->kind);
    if (c->old == NULL || c->all) {
        f->x->whole++;
        return fold_all(&j, &c->new);
    }
    return c->n > 0 ? fold_few(&j, c->old, c->subject, c->n, &c->new) : OK;
}

static void settle(struct refresh *f, enum status st)
{
    lock_take(f->x->lock);
    for (struct change *c = f->first; c != NULL && st == OK; c = c->next) {
        if (c->new == NULL)
            continue;
        struct seat *s = seat_of(f->x, c->kind);
        const struct roster *was = s->roster;
        s->roster = c->new;
        c->new = NULL;
        if (was != NULL)
            was->own->refs--; /* c->old holds it still */
    }
    if (st == OK)
        f->x->seen = f->act;
    lock_give(f->x->lock);
    for (struct change *c = f->first; c != NULL; c = c->next) {
        roster_release(c->new);
        roster_release(c->old);
    }
}

static enum status find_changes(struct refresh *f)
{
    TRY(find_kinds(f));
    if (f->x->seen < 0)
        return OK;
    TRY(find_documents(f));
    TRY(find_runs(f));
    return find_subjects(f);
}

static enum status refresh(struct refresh *f)
{
    struct sql_act_last_row last;
    enum status st = sql_act_last_one(f->conn, f->tmp, &(struct sql_act_last){f->x->county}, &last);
    if (st == ERR_GONE || (st == OK && last.act == f->x->seen))
        return OK;
    TRY(st);
    f->act = last.act;
    TRY(find_changes(f));
    for (struct change *c = f->first; c != NULL && st == OK; c = c->next)
        st = make(f, c);
    settle(f, st);
    return st;
}

enum status rosters_refresh(struct rosters *x, struct db_conn *c, struct diags *ds)
{
    struct refresh f = {.x = x, .conn = c, .tmp = arena_open(), .diags = ds};
    f.end = &f.first;
    enum status st = refresh(&f);
    arena_close(f.tmp);
    lock_take(x->lock);
    x->filled |= st == OK;
    lock_give(x->lock);
    return st;
}
