/* audit_test.c - whatever a layer adds to the schema is verified: sealed, derived by a statement,
 * in pieces, or derived by code that the program names. */
#include <stdio.h>
#include <stdlib.h>

#include "audit/verify.h"
#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "record/record.h"
#include "sql.h"
#include "test/help/folder.h"
#include "test/t.h"

static bool is_covered(Str table)
{
    bool covered = audit_covers(table);
    size_t n;
    const struct audit_derived *by_code = record_derived(&n);
    for (size_t i = 0; i < n; i++)
        covered |= str_eq(table, str_of(by_code[i].table));
    for (int i = 0; db_unsealed_table(i) != NULL; i++) /* they say so of themselves */
        covered |= str_eq(table, str_of(db_unsealed_table(i)));
    return covered;
}

TEST(every_table_is_covered)
{
    struct arena *a = arena_open();
    struct db *db;
    struct db_conn *c;
    struct db_rows rows;
    struct sql_table_names_row row;
    char folder[FOLDER_N];
    folder_new(folder, "audit");
    Str url = arena_fmt(a, "%s/x.db", folder);
    struct db_opts o = {.mode = DB_WRITE, .create = true, .migrate = true};
    CHECK_INT(db_open(a, &db, url, &o, NULL), OK);
    CHECK_INT(db_connect(db, DB_READ, &c, NULL), OK);
    CHECK_INT(db_begin(c), OK);
    CHECK_INT(sql_table_names(c, &rows), OK);
    while (sql_table_names_next(&rows, &row)) {
        if (!is_covered(row.name))
            t_fail(__FILE__, __LINE__,
                   arena_fmt(a, "nothing verifies table %.*s", (int)row.name.n, row.name.p).p);
    }
    CHECK_INT(db_rows_end(&rows), OK);
    CHECK(!is_covered(S("strange")));
    db_disconnect(c);
    db_close(db);
    CHECK(folder_remove(folder));
    arena_close(a);
}
