/* sqlite.c - the store in one file.
 *
 * WAL with synchronous=FULL: what was committed outlives a loss of power. Only the writing
 * connection checkpoints; versions before 3.51.3 can lose pages when two do it at once. A full disk
 * is no fault of the store: the transaction is undone and the next one tried. Any other error of
 * reading or writing stops the store, because what a file system keeps after a failed fsync is
 * anybody's guess.
 *
 * Within db_batch_begin .. end rows of one statement wait until there are MANY_ROWS of them, and go
 * in as one INSERT: its cursors stay at their leaves from row to row, which halves what a row costs
 * where keys ascend. In a long batch another thread does that while the next rows are made: it
 * alone uses the connection from give() to take_back(). No two threads use a connection at once
 * (SQLITE_CONFIG_MULTITHREAD), so that values are read without SQLite's locks. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/db_int.h"
#include "os/thread.h"

enum { MANY_ROWS = 128, LOT_N = 16, LOT_BYTES = 1 << 22 };

struct statement {
    sqlite3_stmt *stmt;
    int place[SQL_SLOTS_MAX]; /* of parameter $1, $2 .. */
    bool busy;                /* its rows are being read */
    sqlite3_stmt *many;       /* the same for MANY_ROWS rows; NULL: not prepared yet */
    Str before, behind;       /* its text around the rows; before.p NULL: it takes only one */
};

/* Rows of a batch that wait, all of one statement. */
struct wait {
    int statement, n;
    sqlite3_stmt *many; /* once they are MANY_ROWS */
    struct db_value value[MANY_ROWS * SQL_SLOTS_MAX];
};

struct lot {
    struct arena *arena; /* texts */
    int n;               /* of the following: full; the next one is being filled */
    struct wait *wait[LOT_N];
};

/* Two lots: one is filled while the other goes in. */
struct batch {
    struct lot lot[2], *fill;
    bool asked;            /* for a thread, since the batch began */
    struct thread *thread; /* NULL: none, or the system grants none */
    struct lock *lock;
    /* under the lock */
    struct lot *going;  /* goes in just now; NULL: none */
    sqlite3_stmt *stmt; /* what the thread stopped at; NULL: told */
    int code;           /* of it */
    bool leave;         /* the thread ends */
};

static sqlite3 *handle(const struct db_conn *c)
{
    return c->handle;
}

/* The name at the end of SQLite's message, such as `CHECK constraint failed: amount_positive`. */
static const char *constraint_of(const char *text)
{
    const char *colon = strrchr(text, ':');
    return colon == NULL ? text : colon + 2;
}

static enum status fail(struct db_conn *c, int code)
{
    const char *text = c->handle == NULL ? sqlite3_errstr(code) : sqlite3_errmsg(handle(c));
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT: return db_failed(c, DB_WHY_CONSTRAINT, text, constraint_of(text));
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return db_failed(c, DB_WHY_BUSY, text, "");
    case SQLITE_FULL: return db_failed(c, DB_WHY_FULL, text, "");
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN: return db_failed(c, DB_WHY_IO, text, "");
    default: return db_failed(c, DB_WHY_OTHER, text, "");
    }
}

enum fixed { FIXED_BEGIN, FIXED_ROLLBACK, FIXED_GENERATION, FIXED_N };
static const char *const FIXED[FIXED_N] = {"BEGIN", "ROLLBACK", "PRAGMA data_version"};

/* NULL: it does not compile. */
static sqlite3_stmt *fixed(struct db_conn *c, enum fixed which)
{
    sqlite3_stmt *stmt = c->fixed[which];
    c->compiling = -1;
    if (stmt == NULL && sqlite3_prepare_v3(handle(c), FIXED[which], -1, SQLITE_PREPARE_PERSISTENT,
                                           &stmt, NULL) == SQLITE_OK)
        c->fixed[which] = stmt;
    return stmt;
}

static enum status exec_fixed(struct db_conn *c, enum fixed which)
{
    sqlite3_stmt *stmt = fixed(c, which);
    int code = stmt == NULL ? sqlite3_errcode(handle(c)) : sqlite3_step(stmt);
    enum status st = code == SQLITE_DONE ? OK : fail(c, code);
    (void)sqlite3_reset(stmt); /* repeats the error of the step */
    return st;
}

static enum status exec(struct db_conn *c, const char *sql)
{
    for (enum fixed i = FIXED_BEGIN; i <= FIXED_ROLLBACK; i++)
        if (strcmp(sql, FIXED[i]) == 0)
            return exec_fixed(c, i);
    c->compiling = -1;
    int code = sqlite3_exec(handle(c), sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : fail(c, code);
}

enum { WAL_PAGES = 4000 };

/* After a commit: copies the log back once it is long. SQLite's own way of doing so keeps errors to
 * itself, and a file system forgets what it could not sync: an error stops the store. The commit
 * itself stands. No space for the copy is no harm, nor a reader in the way: the log grows. */
static int after_commit(void *arg, sqlite3 *db, const char *name, int pages)
{
    struct db_conn *c = arg;
    uint32_t most = c->db->opts.wal_pages;
    if ((uint32_t)pages < (most == 0 ? WAL_PAGES : most))
        return SQLITE_OK;
    int code = sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) & 0xff;
    if (code != SQLITE_OK && code != SQLITE_BUSY && code != SQLITE_LOCKED && code != SQLITE_FULL)
        (void)db_failed(c, DB_WHY_IO, sqlite3_errmsg(db), ""); /* the next begin says so */
    return SQLITE_OK;
}

static enum status configure(struct db_conn *c)
{
    static const char BOTH[] =
        "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;";
    static const char WRITER[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                                 "PRAGMA secure_delete=ON;";
    sqlite3 *db = handle(c);
    (void)sqlite3_busy_timeout(db, (int)c->db->opts.busy_ms); /* fails only on a bad handle */
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL); /* nets, not walls: an older */
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);   /* library may not know them */
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    if (c->mode == DB_READ) {
        (void)sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
        TRY(exec(c, "PRAGMA wal_autocheckpoint=0; PRAGMA query_only=ON;"));
    }
    TRY(exec(c, BOTH));
    if (c->mode == DB_READ && c->db->opts.guard)
        return sqlite3_set_authorizer(db, db_guard, c) == SQLITE_OK ? OK : fail(c, SQLITE_ERROR);
    if (c->mode == DB_READ)
        return OK;
    (void)sqlite3_wal_hook(db, after_commit, c); /* returns the one before: none */
    return exec(c, WRITER);
}

static enum status connect_(struct db_conn *c)
{
    /* Before the library's first use; afterwards it says so, and everything is set already. */
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    db_sqlite_memory();
    /* A reader opens for writing as well: the shared memory of WAL needs it. query_only holds. */
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (c->mode == DB_WRITE && c->db->opts.create)
        flags |= SQLITE_OPEN_CREATE;
    sqlite3 *db = NULL;
    const char *path = arena_copy(c->arena, c->db->url).p;
    int code = sqlite3_open_v2(path, &db, flags, c->db->opts.vfs);
    c->handle = db;
    if (code != SQLITE_OK)
        return fail(c, code);
    return configure(c);
}

static void disconnect(struct db_conn *c)
{
    for (int i = 0; i < sql_statement_n(); i++) {
        struct statement *s = c->prepared[i];
        if (s == NULL)
            continue;
        (void)sqlite3_finalize(s->stmt); /* repeats an error already told */
        (void)sqlite3_finalize(s->many); /* likewise */
    }
    for (int i = 0; i < FIXED_N; i++)
        (void)sqlite3_finalize(c->fixed[i]); /* NULL is fine */
    if (c->handle != NULL)
        (void)sqlite3_close_v2(handle(c)); /* nothing is open any more */
    struct batch *b = c->waiting;
    for (size_t i = 0; b != NULL && i < ARRAY_N(b->lot); i++)
        arena_close(b->lot[i].arena);
    if (b != NULL)
        lock_close(b->lock);
}

/* Waits for the rows that are going in. Afterwards the connection is the caller's. */
static enum status take_back(struct db_conn *c)
{
    struct batch *b = c->waiting;
    if (b == NULL || b->thread == NULL)
        return OK;
    lock_take(b->lock);
    while (b->going != NULL)
        lock_wait(b->lock);
    lock_give(b->lock);
    enum status st = b->stmt == NULL ? OK : fail(c, b->code);
    (void)sqlite3_reset(b->stmt); /* repeats the error of the step; NULL is fine */
    b->stmt = NULL;
    return st;
}

/* `INSERT .. VALUES ($1, $2 ..) ..` can be said of many rows. */
static void split_values(struct db_conn *c, struct statement *s, const struct sql_statement *info)
{
    struct buf one;
    Str text = str_of(info->text[DB_SQLITE]);
    buf_init(&one, c->arena, BUF_MAX);
    buf_add(&one, S("VALUES ("));
    for (int i = 1; i <= info->in_n; i++)
        buf_fmt(&one, i > 1 ? ", $%d" : "$%d", i);
    buf_char(&one, ')');
    size_t at = str_find(text, buf_str(&one));
    Str behind = at == text.n ? text : str_sub(text, at + one.n, text.n);
    if (info->one || info->out_n > 0 || str_find(behind, S("$")) < behind.n)
        return;
    s->before = str_sub(text, 0, at + S("VALUES ").n);
    s->behind = behind;
}

static enum status prepare(struct db_conn *c, int statement)
{
    const struct sql_statement *info = sql_statement(statement);
    struct statement *s = ARENA_NEW(c->arena, struct statement);
    if (c->batch)
        TRY(take_back(c));
    c->compiling = statement;
    int code = sqlite3_prepare_v3(handle(c), info->text[DB_SQLITE], -1, SQLITE_PREPARE_PERSISTENT,
                                  &s->stmt, NULL);
    if (code != SQLITE_OK)
        return fail(c, code);
    for (int i = 0; i < info->in_n; i++) {
        char name[8];
        (void)snprintf(name, sizeof name, "$%d", i + 1); /* fits */
        s->place[i] = sqlite3_bind_parameter_index(s->stmt, name);
        ASSERT(s->place[i] > 0);
    }
    split_values(c, s, info);
    c->prepared[statement] = s;
    return OK;
}

static enum status prepare_many(struct db_conn *c, struct statement *s, int in_n)
{
    struct buf b;
    buf_init(&b, c->arena, BUF_MAX);
    buf_add(&b, s->before);
    for (int i = 0; i < MANY_ROWS * in_n; i++)
        buf_add(&b, i == 0 ? S("(?") : i % in_n == 0 ? S("), (?") : S(",?"));
    buf_char(&b, ')');
    buf_add(&b, s->behind);
    int code =
        sqlite3_prepare_v3(handle(c), b.p, (int)b.n, SQLITE_PREPARE_PERSISTENT, &s->many, NULL);
    return code == SQLITE_OK ? OK : fail(c, code);
}

/* SQLite knows the kind of a value, not of a column. */
static int columns(struct db_conn *c, int statement, char kind[SQL_SLOTS_MAX])
{
    memset(kind, 0, SQL_SLOTS_MAX);
    return sqlite3_column_count(((struct statement *)c->prepared[statement])->stmt);
}

static int bind(sqlite3_stmt *stmt, int place, const struct db_value *v)
{
    static const char EMPTY[] = "";
    const char *p = v->s.n == 0 ? EMPTY : v->s.p;
    switch (v->kind) {
    case 'i': return sqlite3_bind_int64(stmt, place, v->i);
    case 't': return sqlite3_bind_text64(stmt, place, p, v->s.n, SQLITE_STATIC, SQLITE_UTF8);
    case 'b': return sqlite3_bind_blob64(stmt, place, p, v->s.n, SQLITE_STATIC);
    default: return sqlite3_bind_null(stmt, place);
    }
}

static enum status start(struct db_conn *c, int statement, const struct db_value *in,
                         struct statement **out)
{
    c->compiling = statement; /* again, if the schema has changed */
    struct statement *s = *out = c->prepared[statement];
    ASSERT(!s->busy);
    for (int i = 0; i < sql_statement(statement)->in_n; i++) {
        int code = bind(s->stmt, s->place[i], &in[i]);
        if (code != SQLITE_OK)
            return fail(c, code);
    }
    return OK;
}

static enum status finish(struct db_conn *c, sqlite3_stmt *stmt)
{
    int code = sqlite3_step(stmt);
    enum status done = code == SQLITE_DONE || code == SQLITE_ROW ? OK : fail(c, code);
    (void)sqlite3_reset(stmt); /* repeats the error of the step */
    return done;
}

static enum status run_one(struct db_conn *c, int statement, const struct db_value *in)
{
    struct statement *s;
    TRY(start(c, statement, in, &s));
    TRY(finish(c, s->stmt));
    return db_check_one(c, statement, sqlite3_changes64(handle(c)));
}

static int step_many(const struct wait *w)
{
    int code = SQLITE_OK, n = MANY_ROWS * sql_statement(w->statement)->in_n;
    for (int i = 0; i < n && code == SQLITE_OK; i++)
        code = bind(w->many, i + 1, &w->value[i]);
    return code == SQLITE_OK ? sqlite3_step(w->many) : code;
}

/* SQLite's code; where it is not SQLITE_DONE, *at is the statement that stopped. */
static int step_lot(const struct lot *lot, sqlite3_stmt **at)
{
    *at = NULL;
    for (int i = 0; i < lot->n; i++) {
        sqlite3_stmt *many = lot->wait[i]->many;
        int code = step_many(lot->wait[i]);
        if (code != SQLITE_DONE) {
            *at = many;
            return code;
        }
        (void)sqlite3_reset(many); /* it went well */
    }
    return SQLITE_DONE;
}

static void run_thread(void *arg)
{
    struct batch *b = arg;
    lock_take(b->lock);
    while (!b->leave) {
        sqlite3_stmt *stmt;
        if (b->going == NULL) {
            lock_wait(b->lock);
            continue;
        }
        lock_give(b->lock);
        int code = step_lot(b->going, &stmt);
        lock_take(b->lock);
        b->code = code;
        b->stmt = stmt;
        b->going = NULL;
        lock_wake(b->lock);
    }
    lock_give(b->lock);
}

static void drop(struct lot *lot)
{
    for (int i = 0; i < LOT_N && lot->wait[i] != NULL; i++)
        lot->wait[i]->n = 0;
    lot->n = 0;
    arena_reset(lot->arena, (ArenaMark){0});
}

/* What waits goes in, or is dropped after a failure. */
static enum status flush(struct db_conn *c)
{
    sqlite3_stmt *stmt = NULL;
    struct lot *lot = ((struct batch *)c->waiting)->fill;
    const struct wait *w = lot->n < LOT_N ? lot->wait[lot->n] : NULL;
    enum status st = c->failed, before = take_back(c);
    st = st != OK ? st : before;
    int code = st == OK ? step_lot(lot, &stmt) : SQLITE_DONE;
    if (code != SQLITE_DONE) {
        st = fail(c, code);
        (void)sqlite3_reset(stmt); /* repeats the error of the step */
    }
    for (int i = 0; w != NULL && i < w->n && st == OK; i++) {
        int in_n = sql_statement(w->statement)->in_n;
        st = run_one(c, w->statement, &w->value[(size_t)i * (size_t)in_n]);
    }
    drop(lot);
    return st;
}

/* A full lot goes in, while the other one is filled if there is a thread for it. */
static enum status give(struct db_conn *c)
{
    struct batch *b = c->waiting;
    TRY(take_back(c));
    if (!b->asked && thread_start(c->arena, &b->thread, run_thread, b) != OK)
        b->thread = NULL;
    b->asked = true;
    if (b->thread == NULL)
        return flush(c);
    lock_take(b->lock);
    b->going = b->fill;
    lock_wake(b->lock);
    lock_give(b->lock);
    b->fill = b->fill == &b->lot[0] ? &b->lot[1] : &b->lot[0];
    drop(b->fill);
    return OK;
}

static struct wait *wait_for(struct db_conn *c)
{
    struct lot *lot = ((struct batch *)c->waiting)->fill;
    if (lot->wait[lot->n] == NULL)
        lot->wait[lot->n] = ARENA_NEW(c->arena, struct wait);
    return lot->wait[lot->n];
}

static enum status wait_more(struct db_conn *c, int statement, const struct db_value *in)
{
    struct statement *s = c->prepared[statement];
    struct lot *lot = ((struct batch *)c->waiting)->fill;
    struct wait *w = wait_for(c);
    int in_n = sql_statement(statement)->in_n;
    struct db_value *to = &w->value[(size_t)w->n++ * (size_t)in_n];
    w->statement = statement;
    for (int i = 0; i < in_n; i++) {
        to[i] = in[i];
        if (in[i].kind == 't' || in[i].kind == 'b')
            to[i].s = arena_copy(lot->arena, in[i].s);
    }
    if (w->n < MANY_ROWS)
        return arena_used(lot->arena) < LOT_BYTES ? OK : flush(c);
    if (s->many == NULL) {
        TRY(take_back(c));
        TRY(prepare_many(c, s, in_n));
    }
    w->many = s->many;
    return ++lot->n < LOT_N ? OK : give(c);
}

static enum status run(struct db_conn *c, int statement, const struct db_value *in)
{
    const struct statement *s = c->prepared[statement];
    if (!c->batch)
        return run_one(c, statement, in);
    const struct wait *w = wait_for(c);
    if (w->n > 0 && w->statement != statement)
        TRY(flush(c));
    if (s->before.p != NULL)
        return wait_more(c, statement, in);
    TRY(flush(c)); /* in the order they came */
    return run_one(c, statement, in);
}

static enum status end_batch(struct db_conn *c)
{
    struct batch *b = c->waiting;
    enum status st = flush(c);
    if (b->thread != NULL) {
        lock_take(b->lock);
        b->leave = true;
        lock_wake(b->lock);
        lock_give(b->lock);
        thread_join(b->thread);
    }
    b->thread = NULL;
    b->leave = b->asked = false;
    return st;
}

static enum status batch(struct db_conn *c, bool on)
{
    if (!on)
        return end_batch(c);
    if (c->waiting == NULL) {
        struct batch *b = c->waiting = ARENA_NEW(c->arena, struct batch);
        b->fill = &b->lot[0];
        b->lock = lock_open(c->arena);
        b->lot[0].arena = arena_open();
        b->lot[1].arena = arena_open();
    }
    return OK;
}

static enum status open_(struct db_conn *c, int statement, const struct db_value *in,
                         struct db_rows *rows)
{
    struct statement *s;
    TRY(start(c, statement, in, &s));
    s->busy = true;
    rows->at = s;
    return OK;
}

static bool next(struct db_rows *rows)
{
    struct statement *s = rows->at;
    int code = sqlite3_step(s->stmt);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        rows->st = fail(rows->conn, code);
    return code == SQLITE_ROW;
}

static struct db_value value(const struct db_rows *rows, int column)
{
    sqlite3_value *v = sqlite3_column_value(((struct statement *)rows->at)->stmt, column);
    switch (sqlite3_value_type(v)) {
    case SQLITE_NULL: return (struct db_value){0};
    case SQLITE_INTEGER: return (struct db_value){.kind = 'i', .i = sqlite3_value_int64(v)};
    case SQLITE_BLOB: {
        const char *p = sqlite3_value_blob(v);
        return (struct db_value){.kind = 'b',
                                 .s = {p == NULL ? "" : p, (size_t)sqlite3_value_bytes(v)}};
    }
    default: {
        const char *p = (const char *)sqlite3_value_text(v);
        return (struct db_value){.kind = 't', .s = {p, (size_t)sqlite3_value_bytes(v)}};
    }
    }
}

static void end(struct db_rows *rows)
{
    struct statement *s = rows->at;
    (void)sqlite3_reset(s->stmt); /* repeats the error of the step */
    s->busy = false;
}

static bool generation(struct db_conn *c, int64_t *out)
{
    sqlite3_stmt *stmt = fixed(c, FIXED_GENERATION);
    bool told = stmt != NULL && sqlite3_step(stmt) == SQLITE_ROW;
    if (told)
        *out = sqlite3_column_int64(stmt, 0);
    (void)sqlite3_reset(stmt); /* repeats the error of the step */
    return told;
}

const struct db_back DB_BACK_SQLITE = {
    .connect = connect_,
    .disconnect = disconnect,
    .exec = exec,
    .prepare = prepare,
    .columns = columns,
    .run = run,
    .batch = batch,
    .open = open_,
    .next = next,
    .value = value,
    .end = end,
    .generation = generation,
    .begin = {"BEGIN", "BEGIN IMMEDIATE"},
};
