#include "db/db.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "crypto/digest.h"
#include "db/db_int.h"
#include "os/file.h"
#include "os/hold.h"
#include "sql.h"

enum { BUSY_MS = 5000 };

/* Failures */

enum status db_failed(struct db_conn *c, enum db_why why, const char *text, const char *constraint)
{
    static const enum status STATUS[] = {
        [DB_WHY_NONE] = OK,        [DB_WHY_BUSY] = ERR_BUSY, [DB_WHY_CONSTRAINT] = ERR_INPUT,
        [DB_WHY_FULL] = ERR_LIMIT, [DB_WHY_LOST] = ERR_IO,   [DB_WHY_IO] = ERR_IO,
        [DB_WHY_OTHER] = ERR_IO,
    };
    c->fault.why = why;
    (void)snprintf(c->fault.text, sizeof c->fault.text, "%s", text);                   /* cut */
    (void)snprintf(c->fault.constraint, sizeof c->fault.constraint, "%s", constraint); /* cut */
    c->fault.text[strcspn(c->fault.text, "\n")] = '\0';
    if (why == DB_WHY_IO)
        atomic_store(&c->db->stopped, true);
    return c->failed = STATUS[why];
}

const struct db_fault *db_fault(const struct db_conn *c)
{
    return &c->fault;
}

enum status db_tell(const struct db_conn *c, enum status st, struct diags *ds)
{
    static const enum diag_code CODE[] = {
        [DB_WHY_NONE] = DIAG_STORE_OTHER,  [DB_WHY_BUSY] = DIAG_STORE_BUSY,
        [DB_WHY_FULL] = DIAG_STORE_FULL,   [DB_WHY_CONSTRAINT] = DIAG_STORE_CONSTRAINT,
        [DB_WHY_LOST] = DIAG_STORE_LOST,   [DB_WHY_IO] = DIAG_STORE_STOPPED,
        [DB_WHY_OTHER] = DIAG_STORE_OTHER,
    };
    Str text = c->fault.why == DB_WHY_BUSY ? c->db->shown : str_of(c->fault.text);
    if (st != OK)
        (void)diag_add(ds, CODE[c->fault.why], (Span){0, 0}, text, NO_ARG, NO_ARG);
    return st;
}

/* Opening */

/* The address without what stands between `:` and `@`: for messages. */
static Str without_password(struct arena *keep, Str url)
{
    size_t slashes = str_find(url, S("://"));
    size_t at = str_find(url, S("@"));
    if (slashes == url.n || at == url.n)
        return url;
    size_t user = slashes + 3;
    size_t colon = str_find(str_sub(url, user, at), S(":"));
    if (user + colon >= at)
        return url;
    return arena_fmt(keep, "%.*s:***%.*s", (int)(user + colon), url.p, (int)(url.n - at),
                     url.p + at);
}

static enum status read_url(struct arena *keep, struct db *db, Str url, struct diags *ds)
{
    static const Str SQLITE = {"sqlite:", 7};
    db->shown = without_password(keep, url);
    if (str_starts(url, S("postgres://")) || str_starts(url, S("postgresql://"))) {
        db->kind = DB_POSTGRES;
        db->back = &DB_BACK_POSTGRES;
        db->url = arena_copy(keep, url);
        return OK;
    }
    Str path = str_starts(url, SQLITE) ? str_sub(url, SQLITE.n, url.n) : url;
    if (path.n == 0 || str_find(path, S("://")) < path.n)
        return diag_add(ds, DIAG_STORE_URL, (Span){0, 0}, db->shown, NO_ARG, NO_ARG);
    db->kind = DB_SQLITE;
    db->back = &DB_BACK_SQLITE;
    db->url = arena_copy(keep, path);
    return OK;
}

/* One writing program a file. PostgreSQL keeps its writers apart by itself. */
static enum status hold(struct arena *keep, struct db *db, struct diags *ds)
{
    int err = 0;
    if (db->opts.mode != DB_WRITE || db->kind != DB_SQLITE)
        return OK;
    if (!db->opts.create && db->opts.vfs == NULL && file_kind(db->url) == FILE_NONE)
        return OK; /* there is nothing to hold, as whoever opens it is told */
    const char *path = arena_fmt(keep, "%.*s.lock", (int)db->url.n, db->url.p).p;
    enum status st = hold_begin(&db->hold, path, db->opts.busy_ms, &err);
    if (st != OK)
        (void)diag_add(ds, st == ERR_BUSY ? DIAG_STORE_BUSY : DIAG_STORE_GONE, (Span){0, 0},
                       db->shown, str_of(err == 0 ? "" : strerror(err)), NO_ARG);
    return st;
}

enum status db_open(struct arena *keep, struct db **out, Str url, const struct db_opts *o,
                    struct diags *ds)
{
    struct db *db = *out = ARENA_NEW(keep, struct db);
    struct db_conn *c = NULL;
    db->keep = keep;
    db->opts = *o;
    db->hold = -1;
    if (db->opts.busy_ms == 0)
        db->opts.busy_ms = BUSY_MS;
    TRY(read_url(keep, db, url, ds));
    memcpy(db->begin, db->back->begin, sizeof db->begin);
    enum status st = hold(keep, db, ds);
    if (st == OK)
        st = db_connect(db, o->mode, &c, ds);
    if (st == OK)
        st = db_migrate(c, o->migrate, ds);
    if (st != OK) {
        db_disconnect(c);
        db_close(db);
        *out = NULL;
        return st;
    }
    atomic_store(&db->first, c);
    return OK;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    db_disconnect(atomic_exchange(&db->first, NULL));
    hold_end(db->hold);
    db->hold = -1;
}

enum db_kind db_kind(const struct db *db)
{
    return db->kind;
}

Str db_url(const struct db *db)
{
    return db->shown;
}

bool db_is_stopped(const struct db *db)
{
    return atomic_load(&db->stopped);
}

bool db_generation(struct db_conn *c, int64_t *out)
{
    return c->failed == OK && c->db->back->generation(c, out);
}

enum status db_connect(struct db *db, enum db_mode mode, struct db_conn **out, struct diags *ds)
{
    ASSERT(mode == DB_READ || db->opts.mode == DB_WRITE);
    *out = mode == db->opts.mode ? atomic_exchange(&db->first, NULL) : NULL;
    if (*out != NULL)
        return OK;
    struct arena *a = arena_open();
    struct db_conn *c = ARENA_NEW(a, struct db_conn);
    *c = (struct db_conn){.db = db, .arena = a, .mode = mode};
    c->prepared = ARENA_ARRAY(a, void *, (size_t)sql_statement_n());
    enum status st = db->back->connect(c);
    if (st != OK) {
        (void)diag_add(ds, DIAG_STORE_GONE, (Span){0, 0}, db->shown, str_of(c->fault.text), NO_ARG);
        db_disconnect(c);
        *out = NULL;
        return st == ERR_IO ? ERR_GONE : st;
    }
    *out = c;
    return OK;
}

void db_disconnect(struct db_conn *c)
{
    if (c == NULL)
        return;
    db_rollback(c);
    db_seal_close(c);
    c->db->back->disconnect(c);
    arena_close(c->arena);
}

/* Transactions */

enum status db_begin(struct db_conn *c)
{
    ASSERT(!c->open);
    c->failed = OK;
    c->wrote = 0;
    c->marks = 0;
    if (c->mode == DB_WRITE && db_is_stopped(c->db))
        return db_failed(c, DB_WHY_IO, "stopped", "");
    TRY(c->db->back->exec(c, c->db->begin[c->mode]));
    c->open = true;
    return OK;
}

void db_confine(struct db *db, Str county)
{
    if (db->back->confine == NULL)
        return;
    for (int mode = DB_READ; mode <= DB_WRITE; mode++)
        db->begin[mode] = db->back->confine(db->keep, db->back->begin[mode], county);
    db->confined = true;
}

bool db_is_confined(struct db_conn *c)
{
    struct sql_confined_row row = {0};
    return sql_confined_one(c, c->arena, &row) == OK && row.holds != 0;
}

enum status db_reach(struct db_conn *c, const struct db_reach *to)
{
    ASSERT(c->open);
    return c->db->confined && c->mode == DB_READ ? c->db->back->reach(c, to) : OK;
}

enum status db_commit(struct db_conn *c)
{
    ASSERT(c->open && !c->batch && c->marks == 0);
    enum status st = c->failed;
    if (st == OK)
        st = c->db->back->exec(c, "COMMIT");
    if (st != OK) {
        db_rollback(c);
        return st;
    }
    c->open = false;
    return OK;
}

enum status db_batch_begin(struct db_conn *c)
{
    ASSERT(c->open && !c->batch);
    c->batch = true;
    return c->db->back->batch(c, true);
}

enum status db_batch_end(struct db_conn *c)
{
    ASSERT(c->batch);
    enum status st = c->db->back->batch(c, false);
    c->batch = false;
    return st;
}

/* What was sent is undone with the rest. */
static void leave_batch(struct db_conn *c)
{
    if (c->batch)
        (void)c->db->back->batch(c, false); /* a failure more makes no difference */
    c->batch = false;
}

/* The fault stays as it was: why one rolls back matters more than how that went. */
void db_rollback(struct db_conn *c)
{
    if (!c->open)
        return;
    struct db_fault why = c->fault;
    leave_batch(c);
    (void)c->db->back->exec(c, "ROLLBACK"); /* SQLite may have done it by itself */
    c->fault = why;
    c->open = false;
    c->failed = OK;
}

static enum status at_mark(struct db_conn *c, const char *what)
{
    char sql[64];
    (void)snprintf(sql, sizeof sql, "%s m%d", what, c->marks); /* fits */
    return c->db->back->exec(c, sql);
}

enum status db_mark(struct db_conn *c)
{
    ASSERT(c->open && !c->batch);
    TRY(c->failed);
    c->marks++;
    return at_mark(c, "SAVEPOINT");
}

enum status db_unmark(struct db_conn *c)
{
    ASSERT(c->marks > 0);
    TRY(c->failed);
    TRY(at_mark(c, "RELEASE SAVEPOINT"));
    c->marks--;
    return OK;
}

enum status db_undo(struct db_conn *c)
{
    ASSERT(c->marks > 0);
    struct db_fault why = c->fault;
    leave_batch(c);
    db_seal_void(c);
    c->failed = OK;
    enum status st = at_mark(c, "ROLLBACK TO SAVEPOINT");
    if (st == OK)
        st = at_mark(c, "RELEASE SAVEPOINT");
    c->marks--;
    if (st == OK)
        c->fault = why;
    return st;
}

/* Statements */

static enum status ready(struct db_conn *c, int statement)
{
    ASSERT(c->open);
    TRY(c->failed);
    return c->prepared[statement] != NULL ? OK : c->db->back->prepare(c, statement);
}

static void read_in(const struct sql_statement *s, const void *in, struct db_value *v)
{
    ASSERT(in != NULL || s->in_n == 0);
    for (int i = 0; i < s->in_n; i++) {
        const void *at = (const char *)in + s->in[i].at;
        v[i] = (struct db_value){.kind = s->in[i].kind};
        if (v[i].kind != 'i') {
            v[i].s = *(const Str *)at;
            if (s->in[i].null && v[i].s.p == NULL)
                v[i].kind = 0;
        } else if (s->in[i].null) {
            v[i].i = ((const SqlInt *)at)->v;
            v[i].kind = ((const SqlInt *)at)->set ? 'i' : '\0';
        } else {
            v[i].i = *(const int64_t *)at;
        }
    }
}

enum status db_run(struct db_conn *c, int statement, const void *in)
{
    const struct sql_statement *s = sql_statement(statement);
    struct db_value v[SQL_SLOTS_MAX];
    TRY(ready(c, statement));
    ASSERT(c->mode == DB_WRITE);
    read_in(s, in, v);
    if (s->seal >= 0) {
        c->wrote |= (uint64_t)1 << s->seal;
        db_seal_add(c, statement, v);
    }
    return c->db->back->run(c, statement, v);
}

enum status db_check_one(struct db_conn *c, int statement, int64_t changed)
{
    const struct sql_statement *s = sql_statement(statement);
    char text[128];
    if (!s->one || changed == 1)
        return OK;
    (void)snprintf(text, sizeof text, "%s changed %lld rows, not one", s->name,
                   (long long)changed); /* cut */
    return db_failed(c, DB_WHY_OTHER, text, "");
}

uint64_t db_wrote(struct db_conn *c)
{
    uint64_t wrote = c->wrote;
    c->wrote = 0;
    return wrote;
}

static enum status open_rows(struct db_conn *c, int statement, const struct db_value *in,
                             struct db_rows *rows)
{
    ASSERT(!c->batch);
    *rows = (struct db_rows){.conn = c, .statement = statement};
    return c->db->back->open(c, statement, in, rows);
}

enum status db_rows_open(struct db_conn *c, int statement, const void *in, struct db_rows *rows)
{
    const struct sql_statement *s = sql_statement(statement);
    struct db_value v[SQL_SLOTS_MAX];
    TRY(ready(c, statement));
    read_in(s, in, v);
    if (s->seal >= 0) { /* INSERT .. RETURNING */
        c->wrote |= (uint64_t)1 << s->seal;
        db_seal_add(c, statement, v);
    }
    return open_rows(c, statement, v, rows);
}

/* False: not of the type the schema says; the file was damaged, or edited by other means. */
static bool write_out(const struct sql_slot *slot, struct db_value v, void *row)
{
    void *at = (char *)row + slot->at;
    if (v.kind != slot->kind && (v.kind != 0 || !slot->null))
        return false;
    if (slot->kind != 'i')
        *(Str *)at = v.s;
    else if (slot->null)
        *(SqlInt *)at = (SqlInt){v.i, v.kind != 0};
    else
        *(int64_t *)at = v.i;
    return true;
}

bool db_rows_next(struct db_rows *rows, int statement, void *row)
{
    const struct db_back *back = rows->conn->db->back;
    const struct sql_statement *s = sql_statement(statement);
    ASSERT(rows->statement == statement);
    if (rows->st != OK || !back->next(rows))
        return false;
    for (int i = 0; i < s->out_n; i++) {
        if (!write_out(&s->out[i], back->value(rows, i), row)) {
            rows->st = db_failed(rows->conn, DB_WHY_IO, "a value is not of its column's type",
                                 s->out[i].name);
            return false;
        }
    }
    return true;
}

enum status db_rows_end(struct db_rows *rows)
{
    rows->conn->db->back->end(rows);
    return rows->st;
}

enum status db_one(struct db_conn *c, struct arena *keep, int statement, const void *in, void *row)
{
    const struct sql_statement *s = sql_statement(statement);
    struct db_rows rows;
    TRY(db_rows_open(c, statement, in, &rows));
    bool found = db_rows_next(&rows, statement, row);
    for (int i = 0; i < s->out_n && found; i++) {
        Str *at = (Str *)((char *)row + s->out[i].at);
        if (s->out[i].kind != 'i' && at->p != NULL)
            *at = arena_copy(keep, *at);
    }
    TRY(db_rows_end(&rows));
    return found ? OK : ERR_GONE;
}

/* Sealed tables */

enum status db_seal_open(struct db_conn *c, int seal, Str county, int64_t act, struct db_rows *rows)
{
    int statement = db_seal_statement(seal, false);
    struct db_value in[] = {{.kind = 't', .s = county}, {.kind = 'i', .i = act}};
    TRY(ready(c, statement));
    return open_rows(c, statement, in, rows);
}

static enum status open_all(struct db_conn *c, int statement, struct db_rows *rows)
{
    TRY(ready(c, statement));
    return open_rows(c, statement, NULL, rows);
}

enum status db_seal_open_all(struct db_conn *c, int seal, struct db_rows *rows)
{
    return open_all(c, db_seal_statement(seal, true), rows);
}

enum status db_derived_open(struct db_conn *c, int derived, bool extra, struct db_rows *rows)
{
    return open_all(c, db_derived_statement(derived, extra), rows);
}

enum status db_pieces_open(struct db_conn *c, int pieces, bool whole, struct db_rows *rows)
{
    return open_all(c, db_pieces_statement(pieces, whole), rows);
}

bool db_seal_next(struct db_rows *rows, struct db_seal_row *row)
{
    const struct db_back *back = rows->conn->db->back;
    if (rows->st != OK || !back->next(rows))
        return false;
    row->n = sql_statement(rows->statement)->out_n;
    for (int i = 0; i < row->n; i++) {
        struct db_value v = back->value(rows, i);
        row->at[i] = v.kind == 0 ? (Str){NULL, 0} : v.s;
        if (v.kind == 'i')
            row->at[i] = digest_digits(row->digits[i], v.i);
        if (i == 1)
            row->act = v.i;
        else if (i == 2)
            row->no = v.i;
    }
    return true;
}
