/* gather_test.c - what a writer did not commit never falls on what another one did. */
#include <sqlite3.h>
#include <stdio.h>

#include "db/db_int.h"
#include "test/help/folder.h"
#include "test/t.h"

static sqlite3 *writer(const char *path)
{
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                              db_sqlite_gather(NULL)),
              SQLITE_OK);
    CHECK_INT(sqlite3_exec(db,
                           "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                           "PRAGMA cache_size=4; PRAGMA wal_autocheckpoint=0",
                           NULL, NULL, NULL),
              SQLITE_OK);
    return db;
}

static void does(sqlite3 *db, const char *sql)
{
    CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static int asked(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = NULL;
    CHECK_INT(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    int n = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : -1;
    (void)sqlite3_finalize(s); /* the step said it */
    return n;
}

#define FILL(n, letter)                                                       \
    "WITH RECURSIVE i(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM i LIMIT " n \
    ") INSERT INTO t SELECT printf('%.*c', 3000, '" letter "') FROM i"

/* A small cache, so that pages go into the log before there is a commit. */
TEST(log_of_two_writers)
{
    char folder[FOLDER_N], path[FOLDER_N + 8];
    folder_new(folder, "gather");
    (void)snprintf(path, sizeof path, "%s/x.db", folder);
    sqlite3 *a = writer(path), *b = writer(path);
    does(a, "CREATE TABLE t(x)");
    does(b, "PRAGMA wal_checkpoint"); /* undoing must not read the log */
    does(a, "BEGIN IMMEDIATE");
    does(a, FILL("300", "a"));
    does(a, "ROLLBACK");
    does(b, FILL("400", "b"));
    does(a, "SELECT sum(length(x)) FROM t");
    sqlite3 *c = writer(path);
    CHECK_INT(asked(c, "SELECT count(*) FROM t WHERE x NOT LIKE '%a%'"), 400);
    CHECK_INT(asked(c, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
              1);
    (void)sqlite3_close(c); /* nothing is open */
    (void)sqlite3_close(b);
    (void)sqlite3_close(a);
    CHECK(folder_remove(folder));
}
