/* db_test.c - what holds for a store, on both databases. */
#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "db/raw.h"
#include "sql.h"
#include "test/help/store.h"
#include "test/t.h"

static const struct sql_act_add ACT = {{"320582", 6}, 1,       17, {"张", 3}, {"x", 1},  {"y", 1},
                                       {"{}", 2},     {"", 0}, 1,  {"p", 1},  {"\0h", 2}};

static void check_values(void)
{
    struct sql_act_get_row got;
    struct sql_act_get at = {S("320582"), 1};
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(sql_act_add(store.w, &ACT), OK);
    CHECK_INT(sql_act_get_one(store.w, store.a, &at, &got), OK);
    CHECK_INT(got.at_us, 17);
    CHECK_STR(got.actor, "张");
    CHECK_INT(got.hash.n, 2);
    CHECK_INT(got.seals.n, 0);
    CHECK(got.seals.p != NULL);
    at.act = 2;
    CHECK_INT(sql_act_get_one(store.w, store.a, &at, &got), ERR_GONE);
    CHECK_INT(db_commit(store.w), OK);
}

/* A refused row undoes what came since the mark, and no more. */
static void check_marks(void)
{
    struct sql_act_add act = ACT;
    struct sql_act_last_row last;
    CHECK_INT(db_begin(store.w), OK);
    act.act = 2;
    CHECK_INT(sql_act_add(store.w, &act), OK);
    CHECK_INT(db_mark(store.w), OK);
    act.act = 3;
    CHECK_INT(sql_act_add(store.w, &act), OK);
    CHECK_INT(sql_act_add(store.w, &act), ERR_INPUT);
    CHECK_INT(db_fault(store.w)->why, DB_WHY_CONSTRAINT);
    CHECK_INT(sql_act_add(store.w, &act), ERR_INPUT); /* nothing is accepted before the undo */
    CHECK_INT(db_undo(store.w), OK);
    CHECK_INT(sql_act_last_one(store.w, store.a, &(struct sql_act_last){S("320582")}, &last), OK);
    CHECK_INT(last.act, 2);
    CHECK_INT(db_commit(store.w), OK);
    CHECK_INT(db_begin(store.w), OK);
    act.act = -1;
    CHECK_INT(sql_act_add(store.w, &act), ERR_INPUT);
    CHECK_INT(db_commit(store.w), ERR_INPUT); /* which rolls back */
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(sql_act_last_one(store.w, store.a, &(struct sql_act_last){S("320582")}, &last), OK);
    CHECK_INT(last.act, 2);
    db_rollback(store.w);
}

/* A statement met first in a batch that fails before it can be used afterwards. */
static void check_batch_statements(void)
{
    struct sql_kind_add kind = {S("320582"), 1, 0, S("x"), S("y")};
    struct sql_subject_add subject = {S("320582"), 1, 0, 1, S("x"), S("y")};
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(db_batch_begin(store.w), OK);
    enum status st = sql_kind_add(store.w, &kind);
    if (st == OK)
        st = sql_kind_add(store.w, &kind);
    if (st == OK)
        st = sql_subject_add(store.w, &subject);
    enum status ended = db_batch_end(store.w);
    CHECK(st == ERR_INPUT || ended == ERR_INPUT);
    db_rollback(store.w);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(sql_subject_add(store.w, &subject), OK);
    CHECK_INT(sql_kind_add(store.w, &kind), OK);
    db_rollback(store.w);
}

/* A statement that must change one row fails when there is none, in a batch too. */
static void check_one_row(void)
{
    struct sql_act_head_set head = {S("999999"), 1, S("h"), 1};
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(sql_act_head_set(store.w, &head), ERR_IO);
    CHECK_STR(str_of(db_fault(store.w)->text), "act_head_set changed 0 rows, not one");
    CHECK_INT(db_commit(store.w), ERR_IO);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(sql_act_head_add(store.w, &(struct sql_act_head_add){head.county, S("h"), 1}), OK);
    CHECK_INT(sql_act_head_set(store.w, &head), OK);
    CHECK_INT(db_batch_begin(store.w), OK);
    CHECK_INT(sql_act_head_set(store.w, &head), OK);
    head.county = S("none");
    enum status st = sql_act_head_set(store.w, &head);
    head.county = S("999999");
    if (st == OK)
        st = sql_act_head_set(store.w, &head);
    enum status ended = db_batch_end(store.w);
    CHECK(st == ERR_IO || ended == ERR_IO);
    CHECK_STR(str_of(db_fault(store.w)->text), "act_head_set changed 0 rows, not one");
    db_rollback(store.w);
}

/* Rows by the thousand, a batch of them with a bad one in the middle, and a stream. */
static void check_many(void)
{
    struct sql_act_add act = ACT;
    act.county = S("310000");
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(db_batch_begin(store.w), OK);
    enum status st = OK;
    for (act.act = 1; act.act <= 6000 && st == OK; act.act++)
        st = sql_act_add(store.w, &(struct sql_act_add){.county = act.county,
                                                        .act = act.act == 3000 ? 5 : act.act,
                                                        .actor = act.actor,
                                                        .verb = act.verb,
                                                        .object = act.object,
                                                        .body = act.body,
                                                        .seals = act.seals,
                                                        .hash_by = 1,
                                                        .prev = act.prev,
                                                        .hash = act.hash});
    enum status ended = db_batch_end(store.w);
    CHECK(st == ERR_INPUT || ended == ERR_INPUT);
    db_rollback(store.w);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(db_batch_begin(store.w), OK);
    for (act.act = 1; act.act <= 5001; act.act++)
        CHECK_INT(sql_act_add(store.w, &act), OK);
    CHECK_INT(db_batch_end(store.w), OK);
    struct db_rows rows;
    struct sql_act_all_row row;
    int64_t n = 0;
    CHECK_INT(sql_act_all(store.w, &rows), OK);
    while (sql_act_all_next(&rows, &row)) {
        if (str_eq(row.county, act.county))
            CHECK_INT(row.act, ++n);
    }
    CHECK_INT(db_rows_end(&rows), OK);
    CHECK_INT(n, 5001);
    CHECK_INT(db_commit(store.w), OK);
}

/* Readers see what was committed before they looked, and may not write. */
static void check_readers(void)
{
    struct db_conn *r;
    struct sql_act_last_row last;
    struct sql_act_last in = {S("320582")};
    struct sql_act_add act = ACT;
    CHECK_INT(db_connect(store.db, DB_READ, &r, &store.ds), OK);
    CHECK_INT(db_begin(r), OK);
    CHECK_INT(sql_act_last_one(r, store.a, &in, &last), OK);
    CHECK_INT(last.act, 2);
    CHECK_INT(db_begin(store.w), OK);
    act.act = 3;
    CHECK_INT(sql_act_add(store.w, &act), OK);
    CHECK_INT(db_commit(store.w), OK);
    CHECK_INT(sql_act_last_one(r, store.a, &in, &last), OK);
    CHECK_INT(last.act, 2);
    db_rollback(r);
    CHECK_INT(db_begin(r), OK);
    CHECK_INT(sql_act_last_one(r, store.a, &in, &last), OK);
    CHECK_INT(last.act, 3);
    db_disconnect(r);
}

static void check_append_only(void)
{
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(db_raw(store.w, "UPDATE act SET actor = 'x'"), ERR_INPUT);
    CHECK_STR(str_of(db_fault(store.w)->constraint), "act_append_only");
    db_rollback(store.w);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(db_raw(store.w, "DELETE FROM act"), ERR_INPUT);
    db_rollback(store.w);
}

static void check_store(enum store_kind kind)
{
    store_open(kind);
    check_values();
    check_marks();
    check_many();
    check_batch_statements();
    check_one_row();
    check_readers();
    check_append_only();
    CHECK_INT(store.ds.n, 0);
    store_end();
}

TEST(sqlite_store)
{
    check_store(STORE_SQLITE);
}

TEST(postgres_store)
{
    check_store(STORE_POSTGRES);
}

/* Every statement is understood by both databases, and gives the columns it says. */
static void check_prepare(enum store_kind kind)
{
    store_open(kind);
    CHECK_INT(db_begin(store.w), OK);
    for (int i = 0; i < db_statement_n(); i++) {
        if (db_statement_check(store.w, i) != OK)
            t_fail(__FILE__, __LINE__,
                   arena_fmt(store.a, "%s: %s", db_statement_name(i), db_fault(store.w)->text).p);
        if (db_fault(store.w)->why != DB_WHY_NONE)
            break;
    }
    db_rollback(store.w);
    store_end();
}

TEST(sqlite_prepares_every_statement)
{
    check_prepare(STORE_SQLITE);
}

TEST(postgres_prepares_every_statement)
{
    check_prepare(STORE_POSTGRES);
}

/* Opening connects; who connects first gets that one, and it is closed with the store otherwise. */
TEST(connections_are_not_shared)
{
    struct db_opts o = {.mode = DB_WRITE, .busy_ms = 50}, read = {.mode = DB_READ};
    struct db *db = NULL;
    struct db_conn *writer = NULL, *second = NULL, *reader = NULL;
    store_open(STORE_SQLITE);
    db_disconnect(store.w);
    store.w = NULL;
    db_close(store.db);
    store.db = NULL;
    CHECK_INT(db_open(store.a, &db, store.url, &o, &store.ds), OK);
    CHECK_INT(db_connect(db, DB_READ, &reader, &store.ds), OK); /* not what it was opened for */
    CHECK_INT(db_connect(db, DB_WRITE, &writer, &store.ds), OK);
    CHECK_INT(db_connect(db, DB_WRITE, &second, &store.ds), OK);
    CHECK(writer != second && writer != reader && second != reader);
    CHECK_INT(db_begin(writer), OK);
    CHECK_INT(db_begin(second), ERR_BUSY);
    db_rollback(writer);
    CHECK_INT(db_begin(reader), OK);
    db_disconnect(second);
    db_disconnect(reader);
    db_disconnect(writer);
    db_close(db);
    CHECK_INT(db_open(store.a, &db, store.url, &read, &store.ds), OK);
    db_close(db); /* nobody connected */
    store_end();
}

/* What somebody might get a reader to compile, were there a way: each is refused. */
static const char *const ATTACKS[] = {
    "SELECT secret FROM credential",
    "SELECT * FROM credential",
    "SELECT 1 FROM county UNION SELECT secret FROM credential",
    "SELECT (SELECT secret FROM credential LIMIT 1)",
    "SELECT name FROM county WHERE name = (SELECT hash FROM session)",
    "WITH credential_get AS (SELECT secret FROM credential) SELECT * FROM credential_get",
    "WITH county AS (SELECT hash AS name FROM session) SELECT name FROM county",
    "SELECT count(secret) FROM credential",
    "SELECT 1 FROM credential WHERE secret > x'00'",
    "SELECT 1 FROM county ORDER BY (SELECT max(hash) FROM session)",
    "INSERT INTO county VALUES ('1', 1, 1, 'x', 1)",
    "UPDATE act_head SET act = 1",
    "DELETE FROM session",
    "CREATE TEMP TABLE t (a)",
    "CREATE TEMP VIEW v AS SELECT 1",
    "DROP TABLE act",
    "ALTER TABLE act ADD COLUMN x",
    "ATTACH ':memory:' AS x",
    "PRAGMA query_only=OFF",
    "PRAGMA writable_schema=ON",
    "PRAGMA database_list",
    "SELECT * FROM pragma_database_list",
    "SELECT load_extension('x')",
    "SELECT 1",
    "SELECT body FROM line",
    "SELECT used FROM credential",
    "SELECT sql FROM sqlite_schema",
    "WITH table_names AS (SELECT sql FROM sqlite_schema) SELECT * FROM table_names",
    "WITH t AS (SELECT body FROM line), line AS (SELECT 1) SELECT * FROM t",
    "WITH RECURSIVE a AS (SELECT body FROM line UNION ALL SELECT body FROM a) SELECT * FROM a",
    "BEGIN; SELECT body FROM line",
    "SELECT randomblob(1 << 30)",
    "SELECT writefile('x', 'y')",
    "SELECT * FROM json_each('[1]')",
    "SELECT * FROM sqlite_dbpage",
    "DETACH main",
    "PRAGMA table_info(act)",
    "PRAGMA integrity_check",
    "PRAGMA key='x'",
    "VACUUM INTO 'x'",
    "REINDEX",
    "ANALYZE",
};

static bool changes(const char *name)
{
    static const char *const END[] = {"_add", "_set", "_put", "_drop", "_touch", "_turn"};
    for (size_t i = 0; i < ARRAY_N(END); i++)
        if (str_ends(str_of(name), str_of(END[i])))
            return true;
    return false;
}

/* Where nothing guards, the attacks would do: so that it is the guard which refuses them. */
TEST(attacks_are_none_to_one_who_is_not_guarded)
{
    int done = 0;
    struct db_conn *r;
    store_open(STORE_SQLITE);
    CHECK_INT(db_connect(store.db, DB_READ, &r, &store.ds), OK);
    for (size_t i = 0; i < ARRAY_N(ATTACKS); i++) {
        CHECK_INT(db_begin(r), OK);
        done += db_raw(r, ATTACKS[i]) == OK;
        db_rollback(r);
    }
    CHECK(done >= 20);
    db_disconnect(r);
    store_end();
}

TEST(readers_of_sqlite_only_look)
{
    struct db_opts o = {.mode = DB_READ, .guard = true};
    struct db *db = NULL;
    struct db_conn *r = NULL;
    store_open(STORE_SQLITE);
    CHECK_INT(db_open(store.a, &db, store.url, &o, &store.ds), OK);
    CHECK_INT(db_connect(db, DB_READ, &r, &store.ds), OK);
    for (size_t i = 0; i < ARRAY_N(ATTACKS); i++) {
        CHECK_INT(db_begin(r), OK);
        if (db_raw(r, ATTACKS[i]) == OK)
            t_fail(__FILE__, __LINE__, ATTACKS[i]);
        db_rollback(r);
    }
    int read = 0, refused = 0;
    for (int i = 0; i < db_statement_n(); i++) {
        CHECK_INT(db_begin(r), OK);
        bool ok = db_statement_check(r, i) == OK;
        read += ok;
        refused += !ok;
        if (ok && changes(db_statement_name(i)))
            t_fail(__FILE__, __LINE__, db_statement_name(i));
        db_rollback(r);
    }
    CHECK(read > 150 && refused > 50);
    CHECK_INT(db_begin(r), OK);
    struct sql_credential_get_row row; /* a statement that is there for it */
    CHECK_INT(
        sql_credential_get_one(r, store.a, &(struct sql_credential_get){S("x"), 1, 1, 0}, &row),
        ERR_GONE);
    db_rollback(r);
    db_disconnect(r);
    db_close(db);
    store_end();
}

TEST(store_refuses)
{
    struct db_opts o = {.mode = DB_WRITE, .busy_ms = 50};
    struct db *other = NULL;
    store_open(STORE_SQLITE);
    Str nowhere = arena_fmt(store.a, "%s.none", store.url.p);
    CHECK_INT(db_open(store.a, &other, nowhere, &o, &store.ds), ERR_GONE);
    CHECK_STR(store_said(), "STORE-GONE ");
    CHECK_INT(db_open(store.a, &other, S("mysql://x"), &o, &store.ds), ERR_INPUT);
    CHECK_INT(db_open(store.a, &other, store.url, &o, &store.ds), ERR_BUSY);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(db_raw(store.w, "INSERT INTO schema_version VALUES (999, 'later', 'x')"), OK);
    CHECK_INT(db_commit(store.w), OK);
    CHECK_STR(store_said(), "STORE-GONE STORE-URL STORE-BUSY ");
    db_disconnect(store.w);
    store.w = NULL;
    db_close(store.db);
    store.db = NULL;
    CHECK_INT(db_open(store.a, &other, store.url, &o, &store.ds), ERR_INPUT);
    CHECK_STR(store_said(), "STORE-GONE STORE-URL STORE-BUSY STORE-NEWER ");
    store_end();
}
