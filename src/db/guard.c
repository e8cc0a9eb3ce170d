/* guard.c - what a server's readers may do with SQLite: a second net under typed statements.
 *
 * SQLite asks while it compiles a statement. Allowed are looking, functions that only compute, and
 * transactions; of secrets no column but to the statements that are there for it, by name. Refused
 * is all the rest, whatever text came by: changes, schemas, other files, pragmas, extensions. It
 * goes by the base table alone and never by the view or the WITH that reads it: a WITH named like a
 * view that may read would else be let through (measured with SQLite 3.40 and 3.53).
 * PostgreSQL's readers are in READ ONLY transactions. */
#include <sqlite3.h>
#include <string.h>

#include "db/db_int.h"

/* Secrets, and how the names of those statements begin that may read them. */
static const struct {
    const char *table, *column, *statement;
} SECRET[] = {
    {"credential", "secret", "credential_"},
    {"session", "hash", "session_"},
};

static bool may_read(const struct db_conn *c, const char *table, const char *column)
{
    for (size_t i = 0; i < ARRAY_N(SECRET); i++) {
        if (strcmp(table, SECRET[i].table) != 0 || strcmp(column, SECRET[i].column) != 0)
            continue;
        const char *by = c->compiling < 0 ? "" : sql_statement(c->compiling)->name;
        return strncmp(by, SECRET[i].statement, strlen(SECRET[i].statement)) == 0;
    }
    return true;
}

static bool is_one_of(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, list[i]) == 0)
            return true;
    return false;
}

/* Functions that reach beyond their arguments. */
static bool may_call(const char *function)
{
    static const char *const NO[] = {"load_extension", "readfile", "writefile", "edit",
                                     "fts3_tokenizer"};
    return !is_one_of(function, NO, ARRAY_N(NO));
}

static bool may_ask(const char *pragma)
{
    static const char *const YES[] = {"integrity_check", "foreign_key_check", "data_version"};
    return is_one_of(pragma, YES, ARRAY_N(YES));
}

int db_guard(void *conn, int action, const char *a, const char *b, const char *schema,
             const char *by)
{
    const struct db_conn *c = conn;
    bool ok = false;
    (void)schema; /* nothing is attached */
    (void)by;     /* a view, or a WITH of its name */
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT: ok = true; break;
    case SQLITE_READ: ok = may_read(c, a, b); break;
    case SQLITE_FUNCTION: ok = may_call(b); break;
    case SQLITE_PRAGMA: ok = may_ask(a); break;
    default: break;
    }
    return ok ? SQLITE_OK : SQLITE_DENY;
}
