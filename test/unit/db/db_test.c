/* db_test.c - what holds for a store, on both databases. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/db.h"
#include "db/raw.h"
#include "sql.h"
#include "test/help/pg.h"
#include "test/t.h"

static struct arena *a;
static struct diags ds;
static struct db *db;
static struct db_conn *w;
static char folder[64];

static Str sqlite_path(void)
{
    strcpy(folder, "/tmp/geci-db-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    return arena_fmt(a, "sqlite:%s/x.db", folder);
}

static void begin(void)
{
    a = arena_open();
    diags_init(&ds, a);
}

static void end(void)
{
    db_disconnect(w);
    db_close(db);
    w = NULL;
    db = NULL;
    if (folder[0] != '\0') {
        char line[128];
        (void)snprintf(line, sizeof line, "rm -rf %s", folder);
        CHECK_INT(system(line), 0);
        folder[0] = '\0';
    }
    arena_close(a);
}

static enum status open_(Str url)
{
    return db_open(
        a, &db, url,
        &(struct db_opts){.mode = DB_WRITE, .create = true, .migrate = true, .busy_ms = 100}, &ds);
}

static Str said(void)
{
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    for (size_t k = 0; k < ds.n; k++)
        buf_fmt(&b, "%s ", diag_info(ds.at[k].code)->mnemonic);
    return buf_str(&b);
}

static const struct sql_act_add ACT = {{"320582", 6}, 1,       17, {"张", 3}, {"x", 1},  {"y", 1},
                                       {"{}", 2},     {"", 0}, 1,  {"p", 1},  {"\0h", 2}};

static void check_values(void)
{
    struct sql_act_get_row got;
    struct sql_act_get at = {S("320582"), 1};
    CHECK_INT(db_begin(w), OK);
    CHECK_INT(sql_act_add(w, &ACT), OK);
    CHECK_INT(sql_act_get_one(w, a, &at, &got), OK);
    CHECK_INT(got.at_us, 17);
    CHECK_STR(got.actor, "张");
    CHECK_INT(got.hash.n, 2);
    CHECK_INT(got.seals.n, 0);
    CHECK(got.seals.p != NULL);
    at.act = 2;
    CHECK_INT(sql_act_get_one(w, a, &at, &got), ERR_GONE);
    CHECK_INT(db_commit(w), OK);
}

/* A refused row undoes what came since the mark, and no more. */
static void check_marks(void)
{
    struct sql_act_add act = ACT;
    struct sql_act_last_row last;
    CHECK_INT(db_begin(w), OK);
    act.act = 2;
    CHECK_INT(sql_act_add(w, &act), OK);
    CHECK_INT(db_mark(w), OK);
    act.act = 3;
    CHECK_INT(sql_act_add(w, &act), OK);
    CHECK_INT(sql_act_add(w, &act), ERR_INPUT);
    CHECK_INT(db_fault(w)->why, DB_WHY_CONSTRAINT);
    CHECK_INT(sql_act_add(w, &act), ERR_INPUT); /* nothing is accepted before the undo */
    CHECK_INT(db_undo(w), OK);
    CHECK_INT(sql_act_last_one(w, a, &(struct sql_act_last){S("320582")}, &last), OK);
    CHECK_INT(last.act, 2);
    CHECK_INT(db_commit(w), OK);
    CHECK_INT(db_begin(w), OK);
    act.act = -1;
    CHECK_INT(sql_act_add(w, &act), ERR_INPUT);
    CHECK_INT(db_commit(w), ERR_INPUT); /* which rolls back */
    CHECK_INT(db_begin(w), OK);
    CHECK_INT(sql_act_last_one(w, a, &(struct sql_act_last){S("320582")}, &last), OK);
    CHECK_INT(last.act, 2);
    db_rollback(w);
}

/* A statement met first in a batch that fails before it can be used afterwards. */
static void check_batch_statements(void)
{
    struct sql_kind_add kind = {S("320582"), 1, 0, S("x"), S("y")};
    struct sql_subject_add subject = {S("320582"), 1, 0, 1, S("x"), S("y")};
    CHECK_INT(db_begin(w), OK);
    CHECK_INT(db_batch_begin(w), OK);
    enum status st = sql_kind_add(w, &kind);
    if (st == OK)
        st = sql_kind_add(w, &kind);
    if (st == OK)
        st = sql_subject_add(w, &subject);
    enum status ended = db_batch_end(w);
    CHECK(st == ERR_INPUT || ended == ERR_INPUT);
    db_rollback(w);
    CHECK_INT(db_begin(w), OK);
    CHECK_INT(sql_subject_add(w, &subject), OK);
    CHECK_INT(sql_kind_add(w, &kind), OK);
    db_rollback(w);
}

/* A statement that must change one row fails when there is none, in a batch too. */
static void check_one_row(void)
{
    struct sql_act_head_set head = {S("999999"), 1, S("h"), 1};
    CHECK_INT(db_begin(w), OK);
    CHECK_INT(sql_act_head_set(w, &head), ERR_IO);
    CHECK_STR(str_of(db_fault(w)->text), "act_head_set changed 0 rows, not one");
    CHECK_INT(db_commit(w), ERR_IO);
    CHECK_INT(db_begin(w), OK);
    CHECK_INT(sql_act_head_add(w, &(struct sql_act_head_add){head.county, S("h"), 1}), OK);
    CHECK_INT(sql_act_head_set(w, &head), OK);
    CHECK_INT(db_batch_begin(w), OK);
    CHECK_INT(sql_act_head_set(w, &head), OK);
    head.county = S("none");
    enum status st = sql_act_head_set(w, &head);
    head.county = S("999999");
    if (st == OK)
        st = sql_act_head_set(w, &head);
    enum status ended = db_batch_end(w);
    CHECK(st == ERR_IO || ended == ERR_IO);
    CHECK_STR(str_of(db_fault(w)->text), "act_head_set changed 0 rows, not one");
    db_rollback(w);
}

/* Rows by the thousand, a batch of them with a bad one in the middle, and a stream. */
static void check_many(void)
{
    struct sql_act_add act = ACT;
    act.county = S("310000");
    CHECK_INT(db_begin(w), OK);
    CHECK_INT(db_batch_begin(w), OK);
    enum status st = OK;
    for (act.act = 1; act.act <= 1000 && st == OK; act.act++)
        st = sql_act_add(w, &(struct sql_act_add){.county = act.county,
                                                  .act = act.act == 700 ? 5 : act.act,
                                                  .actor = act.actor,
                                                  .verb = act.verb,
                                                  .object = act.object,
                                                  .body = act.body,
                                                  .seals = act.seals,
                                                  .hash_by = 1,
                                                  .prev = act.prev,
                                                  .hash = act.hash});
    enum status ended = db_batch_end(w);
    CHECK(st == ERR_INPUT || ended == ERR_INPUT);
    db_rollback(w);
    CHECK_INT(db_begin(w), OK);
    CHECK_INT(db_batch_begin(w), OK);
    for (act.act = 1; act.act <= 5001; act.act++)
        CHECK_INT(sql_act_add(w, &act), OK);
    CHECK_INT(db_batch_end(w), OK);
    struct db_rows rows;
    struct sql_act_all_row row;
    int64_t n = 0;
    CHECK_INT(sql_act_all(w, &rows), OK);
    while (sql_act_all_next(&rows, &row)) {
        if (str_eq(row.county, act.county))
            CHECK_INT(row.act, ++n);
    }
    CHECK_INT(db_rows_end(&rows), OK);
    CHECK_INT(n, 5001);
    CHECK_INT(db_commit(w), OK);
}

/* Readers see what was committed before they looked, and may not write. */
static void check_readers(void)
{
    struct db_conn *r;
    struct sql_act_last_row last;
    struct sql_act_last in = {S("320582")};
    struct sql_act_add act = ACT;
    CHECK_INT(db_connect(db, DB_READ, &r, &ds), OK);
    CHECK_INT(db_begin(r), OK);
    CHECK_INT(sql_act_last_one(r, a, &in, &last), OK);
    CHECK_INT(last.act, 2);
    CHECK_INT(db_begin(w), OK);
    act.act = 3;
    CHECK_INT(sql_act_add(w, &act), OK);
    CHECK_INT(db_commit(w), OK);
    CHECK_INT(sql_act_last_one(r, a, &in, &last), OK);
    CHECK_INT(last.act, 2);
    db_rollback(r);
    CHECK_INT(db_begin(r), OK);
    CHECK_INT(sql_act_last_one(r, a, &in, &last), OK);
    CHECK_INT(last.act, 3);
    db_disconnect(r);
}

static void check_append_only(void)
{
    CHECK_INT(db_begin(w), OK);
    CHECK_INT(db_raw(w, "UPDATE act SET actor = 'x'"), ERR_INPUT);
    CHECK_STR(str_of(db_fault(w)->constraint), "act_append_only");
    db_rollback(w);
    CHECK_INT(db_begin(w), OK);
    CHECK_INT(db_raw(w, "DELETE FROM act"), ERR_INPUT);
    db_rollback(w);
}

static void check_store(Str url)
{
    CHECK_INT(open_(url), OK);
    CHECK_INT(db_connect(db, DB_WRITE, &w, &ds), OK);
    check_values();
    check_marks();
    check_many();
    check_batch_statements();
    check_one_row();
    check_readers();
    check_append_only();
}

TEST(sqlite_store)
{
    begin();
    check_store(sqlite_path());
    CHECK_INT(ds.n, 0);
    end();
}

TEST(postgres_store)
{
    begin();
    const char *url = pg_database();
    if (url == NULL)
        SKIP("PostgreSQL is not installed");
    check_store(str_of(url));
    CHECK_INT(ds.n, 0);
    end();
}

/* Every statement is understood by both databases, and gives the columns it says. */
static void check_prepare(Str url)
{
    CHECK_INT(open_(url), OK);
    CHECK_INT(db_connect(db, DB_WRITE, &w, &ds), OK);
    CHECK_INT(db_begin(w), OK);
    for (int i = 0; i < db_statement_n(); i++) {
        if (db_statement_check(w, i) != OK)
            t_fail(__FILE__, __LINE__,
                   arena_fmt(a, "%s: %s", db_statement_name(i), db_fault(w)->text).p);
        if (db_fault(w)->why != DB_WHY_NONE)
            break;
    }
    db_rollback(w);
}

TEST(sqlite_prepares_every_statement)
{
    begin();
    check_prepare(sqlite_path());
    end();
}

TEST(postgres_prepares_every_statement)
{
    begin();
    const char *url = pg_database();
    if (url == NULL)
        SKIP("PostgreSQL is not installed");
    check_prepare(str_of(url));
    end();
}

TEST(store_refuses)
{
    begin();
    struct db_opts o = {.mode = DB_WRITE, .busy_ms = 50};
    Str url = sqlite_path();
    CHECK_INT(db_open(a, &db, url, &o, &ds), ERR_GONE);
    CHECK_STR(said(), "STORE-GONE ");
    CHECK_INT(db_open(a, &db, S("mysql://x"), &o, &ds), ERR_INPUT);
    CHECK_INT(open_(url), OK);
    struct db *second = NULL;
    CHECK_INT(db_open(a, &second, url, &o, &ds), ERR_BUSY);
    CHECK_INT(db_connect(db, DB_WRITE, &w, &ds), OK);
    CHECK_INT(db_begin(w), OK);
    CHECK_INT(db_raw(w, "INSERT INTO schema_version VALUES (999, 'later', 'x')"), OK);
    CHECK_INT(db_commit(w), OK);
    CHECK_STR(said(), "STORE-GONE STORE-URL STORE-BUSY ");
    db_disconnect(w);
    w = NULL;
    db_close(db);
    CHECK_INT(open_(url), ERR_INPUT);
    CHECK_STR(said(), "STORE-GONE STORE-URL STORE-BUSY STORE-NEWER ");
    end();
}
