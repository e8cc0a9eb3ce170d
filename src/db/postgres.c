/* postgres.c - the store on a server, through libpq.
 *
 * Values cross in the binary format. A stream is a cursor read some thousand rows at a time. Within
 * db_batch_begin .. end statements are sent without waiting for each other (pipeline mode), which a
 * server far away makes ten times faster. */
#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/db_int.h"

enum { FETCH_ROWS = 2000, BATCH_MAX = 500, OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20 };
enum { OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25, NAME_N = 24, BINARY = 1 };

/* Values as libpq wants them. */
struct args {
    const char *p[SQL_SLOTS_MAX];
    int n[SQL_SLOTS_MAX], format[SQL_SLOTS_MAX];
    uint64_t big_endian[SQL_SLOTS_MAX];
};

static PGconn *handle(const struct db_conn *c)
{
    return c->handle;
}

static bool is_class(const char *state, const char *prefix)
{
    return strncmp(state, prefix, strlen(prefix)) == 0;
}

static enum db_why why_of(const PGconn *pg, const char *state)
{
    if (PQstatus(pg) != CONNECTION_OK || is_class(state, "08") || is_class(state, "57P0"))
        return DB_WHY_LOST;
    if (is_class(state, "23"))
        return DB_WHY_CONSTRAINT;
    if (is_class(state, "40") || is_class(state, "55P03"))
        return DB_WHY_BUSY;
    if (is_class(state, "53100"))
        return DB_WHY_FULL;
    return is_class(state, "58") || is_class(state, "XX") ? DB_WHY_IO : DB_WHY_OTHER;
}

static enum status fail(struct db_conn *c, const PGresult *r)
{
    const char *state = r == NULL ? NULL : PQresultErrorField(r, PG_DIAG_SQLSTATE);
    const char *text = r == NULL ? NULL : PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
    const char *constraint = r == NULL ? NULL : PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME);
    return db_failed(c, why_of(handle(c), state == NULL ? "" : state),
                     text == NULL ? PQerrorMessage(handle(c)) : text,
                     constraint == NULL ? "" : constraint);
}

/* Takes the result. */
static enum status finish(struct db_conn *c, PGresult *r)
{
    ExecStatusType st = PQresultStatus(r);
    enum status done = st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK || st == PGRES_EMPTY_QUERY
                           ? OK
                           : fail(c, r);
    PQclear(r);
    return done;
}

static enum status exec(struct db_conn *c, const char *sql)
{
    return finish(c, PQexec(handle(c), sql));
}

static void be_quiet(void *arg, const char *message)
{
    (void)arg; /* notices are for people at a terminal */
    (void)message;
}

static enum status connect_(struct db_conn *c)
{
    PGconn *pg = PQconnectdb(arena_copy(c->arena, c->db->url).p);
    c->sent = ARENA_ARRAY(c->arena, int, BATCH_MAX + 1); /* the last may need preparing */
    c->handle = pg;
    if (PQstatus(pg) != CONNECTION_OK)
        return fail(c, NULL);
    (void)PQsetNoticeProcessor(pg, be_quiet, NULL); /* returns the old one */
    char set[256];
    (void)snprintf(set, sizeof set, /* fits */
                   "SET client_encoding='UTF8'; SET synchronous_commit=on; SET lock_timeout=%u;"
                   "SET standard_conforming_strings=on; SET timezone='UTC'",
                   (unsigned)c->db->opts.busy_ms);
    return exec(c, set);
}

static void disconnect(struct db_conn *c)
{
    PQfinish(handle(c));
}

static Oid oid_of(char kind)
{
    return kind == 'i' ? OID_INT8 : kind == 'b' ? OID_BYTEA : OID_TEXT;
}

static void types_of(const struct sql_statement *info, Oid type[SQL_SLOTS_MAX])
{
    for (int i = 0; i < info->in_n; i++)
        type[i] = oid_of(info->in[i].kind);
}

/* What c->prepared points to. A batch that fails may have failed before a statement sent with it
 * was prepared, or after: then it is prepared anew, under a new name. */
struct prepared {
    char name[NAME_N];
    bool sent; /* in a batch that has not ended yet */
};

static enum status prepare(struct db_conn *c, int statement)
{
    const struct sql_statement *info = sql_statement(statement);
    struct prepared *p = ARENA_NEW(c->arena, struct prepared);
    Oid type[SQL_SLOTS_MAX];
    (void)snprintf(p->name, NAME_N, "s%d_%u", statement, ++c->names); /* fits */
    types_of(info, type);
    p->sent = c->batch;
    if (!c->batch)
        TRY(finish(c, PQprepare(handle(c), p->name, info->text[DB_POSTGRES], info->in_n, type)));
    else if (PQsendPrepare(handle(c), p->name, info->text[DB_POSTGRES], info->in_n, type) != 1)
        return fail(c, NULL);
    if (c->batch)
        c->sent[c->batch_n++] = -1;
    c->prepared[statement] = p;
    return OK;
}

static const char *name_of(const struct db_conn *c, int statement)
{
    return ((const struct prepared *)c->prepared[statement])->name;
}

static void end_preparing(struct db_conn *c, bool good)
{
    for (int i = 0; i < sql_statement_n(); i++) {
        struct prepared *p = c->prepared[i];
        if (p == NULL || !p->sent)
            continue;
        p->sent = false;
        c->prepared[i] = good ? p : NULL;
    }
}

static char kind_of(Oid type)
{
    switch (type) {
    case OID_BOOL:
    case OID_INT2:
    case OID_INT4:
    case OID_INT8: return 'i';
    case OID_BYTEA: return 'b';
    default: return 't';
    }
}

static int columns(struct db_conn *c, int statement, char kind[SQL_SLOTS_MAX])
{
    const char *name = name_of(c, statement);
    PGresult *r = PQdescribePrepared(handle(c), name);
    int n = PQnfields(r);
    for (int i = 0; i < n && i < SQL_SLOTS_MAX; i++)
        kind[i] = kind_of(PQftype(r, i));
    PQclear(r);
    return n;
}

static void pack(struct args *a, const struct db_value *in, int n)
{
    for (int i = 0; i < n; i++) {
        a->format[i] = BINARY;
        if (in[i].kind == 'i') {
            a->big_endian[i] = htobe64((uint64_t)in[i].i);
            a->p[i] = (const char *)&a->big_endian[i];
            a->n[i] = sizeof a->big_endian[i];
        } else {
            a->p[i] = in[i].kind == 0 ? NULL : in[i].s.n == 0 ? "" : in[i].s.p;
            a->n[i] = (int)in[i].s.n;
        }
    }
}

/* Takes the result of a statement that was run. */
static enum status finish_run(struct db_conn *c, int statement, PGresult *r)
{
    int64_t changed = 0;
    for (const char *digits = PQcmdTuples(r); *digits != '\0'; digits++)
        changed = changed * 10 + (*digits - '0');
    TRY(finish(c, r));
    return db_check_one(c, statement, changed);
}

/* Results of all that was sent, up to a sync. */
static enum status batch_wait(struct db_conn *c)
{
    enum status done = OK;
    int n = c->batch_n, at = 0; /* in c->sent: each gives one result */
    c->batch_n = 0;
    if (PQpipelineSync(handle(c)) != 1)
        return fail(c, NULL);
    for (bool synced = false; !synced;) {
        PGresult *r = PQgetResult(handle(c));
        if (r == NULL && PQstatus(handle(c)) != CONNECTION_OK)
            return fail(c, NULL);
        synced = r != NULL && PQresultStatus(r) == PGRES_PIPELINE_SYNC;
        int statement = r == NULL || synced || at == n ? -1 : c->sent[at++];
        /* What follows a failure is PGRES_PIPELINE_ABORTED: the first one is told. */
        if (r == NULL || synced || done != OK)
            PQclear(r);
        else
            done = statement < 0 ? finish(c, r) : finish_run(c, statement, r);
    }
    end_preparing(c, done == OK);
    return done;
}

static enum status send(struct db_conn *c, int statement, int n, const struct args *a)
{
    if (PQsendQueryPrepared(handle(c), name_of(c, statement), n, a->p, a->n, a->format, BINARY) !=
        1)
        return fail(c, NULL);
    c->sent[c->batch_n++] = statement;
    return c->batch_n < BATCH_MAX ? OK : batch_wait(c);
}

static enum status run(struct db_conn *c, int statement, const struct db_value *in)
{
    int n = sql_statement(statement)->in_n;
    struct args a;
    pack(&a, in, n);
    if (c->batch)
        return send(c, statement, n, &a);
    return finish_run(
        c, statement,
        PQexecPrepared(handle(c), name_of(c, statement), n, a.p, a.n, a.format, BINARY));
}

static enum status batch(struct db_conn *c, bool on)
{
    if (on)
        return PQenterPipelineMode(handle(c)) == 1 ? OK : fail(c, NULL);
    enum status done = batch_wait(c);
    if (PQexitPipelineMode(handle(c)) != 1 && done == OK)
        done = fail(c, NULL);
    return done;
}

static enum status take_rows(struct db_rows *rows, PGresult *r)
{
    if (PQresultStatus(r) != PGRES_TUPLES_OK) {
        rows->at = NULL;
        return finish(rows->conn, r);
    }
    rows->at = r;
    rows->row = UINT32_MAX; /* before the first */
    rows->row_n = (uint32_t)PQntuples(r);
    return OK;
}

static enum status fetch(struct db_rows *rows)
{
    char sql[64];
    (void)snprintf(sql, sizeof sql, "FETCH %d FROM k%u", FETCH_ROWS, (unsigned)rows->cursor);
    return take_rows(rows,
                     PQexecParams(handle(rows->conn), sql, 0, NULL, NULL, NULL, NULL, BINARY));
}

static enum status declare(struct db_conn *c, const struct sql_statement *info,
                           const struct args *a, struct db_rows *rows)
{
    Oid type[SQL_SLOTS_MAX];
    types_of(info, type);
    rows->cursor = ++c->cursors;
    ArenaMark mark = arena_mark(c->arena);
    const char *sql = arena_fmt(c->arena, "DECLARE k%u NO SCROLL CURSOR FOR %s",
                                (unsigned)rows->cursor, info->text[DB_POSTGRES])
                          .p;
    PGresult *r = PQexecParams(handle(c), sql, info->in_n, type, a->p, a->n, a->format, BINARY);
    arena_reset(c->arena, mark);
    TRY(finish(c, r));
    return fetch(rows);
}

static enum status open_(struct db_conn *c, int statement, const struct db_value *in,
                         struct db_rows *rows)
{
    const struct sql_statement *info = sql_statement(statement);
    struct args a;
    pack(&a, in, info->in_n);
    if (info->stream)
        return declare(c, info, &a, rows);
    return take_rows(rows, PQexecPrepared(handle(c), name_of(c, statement), info->in_n, a.p, a.n,
                                          a.format, BINARY));
}

static bool next(struct db_rows *rows)
{
    if (++rows->row < rows->row_n)
        return true;
    if (rows->cursor == 0 || rows->row_n < FETCH_ROWS)
        return false;
    PQclear(rows->at);
    rows->at = NULL;
    rows->st = fetch(rows);
    return rows->st == OK && ++rows->row < rows->row_n;
}

static int64_t read_int(const char *p, int n)
{
    uint64_t v = n > 0 && (*p & 0x80) != 0 ? UINT64_MAX : 0;
    for (int i = 0; i < n; i++)
        v = v << 8 | (uint8_t)p[i];
    return (int64_t)v;
}

static struct db_value value(const struct db_rows *rows, int column)
{
    const PGresult *r = rows->at;
    int row = (int)rows->row;
    if (PQgetisnull(r, row, column) != 0)
        return (struct db_value){0};
    const char *p = PQgetvalue(r, row, column);
    int n = PQgetlength(r, row, column);
    char kind = kind_of(PQftype(r, column));
    if (kind == 'i')
        return (struct db_value){.kind = kind, .i = read_int(p, n)};
    return (struct db_value){.kind = kind, .s = {p, (size_t)n}};
}

static void end(struct db_rows *rows)
{
    PQclear(rows->at);
    if (rows->cursor == 0 || rows->conn->failed != OK)
        return;
    char sql[64];
    (void)snprintf(sql, sizeof sql, "CLOSE k%u", (unsigned)rows->cursor); /* fits */
    enum status closed = exec(rows->conn, sql);
    if (rows->st == OK)
        rows->st = closed;
}

/* It could be asked for, which costs as much as asking what one wants to know. */
static bool generation(struct db_conn *c, int64_t *out)
{
    (void)c;
    *out = 0;
    return false;
}

/* A text as a literal. */
static void add_literal(struct buf *b, Str text)
{
    buf_char(b, '\'');
    for (size_t i = 0; i < text.n; i++)
        buf_add(b, text.p[i] == '\'' ? S("''") : str_sub(text, i, i + 1));
    buf_char(b, '\'');
}

static const char *confine(struct arena *keep, const char *begin, Str county)
{
    struct buf b;
    buf_init(&b, keep, BUF_MAX);
    buf_fmt(&b, "%s; SET LOCAL geci.reach = 'all'; SET LOCAL geci.county = ", begin);
    add_literal(&b, county);
    buf_char(&b, '\0');
    return buf_str(&b).p;
}

static enum status reach(struct db_conn *c, const struct db_reach *to)
{
    if (to->rule == DB_REACH_ALL)
        return OK; /* as it begins */
    static const char *const RULE[] = {"all", "locality", "subjects"};
    struct buf b;
    ArenaMark mark = arena_mark(c->arena);
    buf_init(&b, c->arena, BUF_MAX);
    buf_fmt(&b, "SET LOCAL geci.reach = '%s'; SET LOCAL geci.locality = ", RULE[to->rule]);
    add_literal(&b, to->locality);
    buf_add(&b, S("; SET LOCAL geci.subjects = '{"));
    for (size_t i = 0; i < to->subject_n; i++)
        buf_fmt(&b, i > 0 ? ",%lld" : "%lld", (long long)to->subject[i]);
    buf_add(&b, S("}'"));
    buf_char(&b, '\0');
    enum status st = exec(c, buf_str(&b).p);
    arena_reset(c->arena, mark);
    return st;
}

const struct db_back DB_BACK_POSTGRES = {
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
    .begin = {"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
              "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"},
    .confine = confine,
    .reach = reach,
};
