/* guard.c - what a server's readers may do with SQLite: a second net under typed statements.
 *
 * SQLite asks while it compiles a statement. The statements of src/db/sql, by their own text, may
 * look into the schema's tables and call functions that only compute; of secrets no column but
 * those that are there for it, by name. Any other text may begin and end transactions, and that is
 * all: whatever came by, it reads no table, through no WITH and no view. Refused are changes,
 * schemas, other files, pragmas, table-valued functions, extensions.
 * It goes by the base table alone and never by the view or the WITH that reads it: a WITH named
 * like a view that may read would else be let through (measured with SQLite 3.40 and 3.53).
 * PostgreSQL's readers are in READ ONLY transactions, under the net of schema/0012. */
#include <sqlite3.h>
#include <string.h>

#include "db/db_int.h"

/* Secrets and the schema itself, and how the names of those statements begin that may read them. */
static const struct {
    const char *table, *column, *statement;
} KEPT[] = {
    {"credential", "secret", "credential_"},
    {"session", "hash", "session_"},
    {"sqlite_master", "", "table_names"},
};

/* The system's own tables begin with these. */
static bool is_of_the_system(const char *table)
{
    static const char *const BEGIN[] = {"sqlite_", "pragma_", "dbstat", "bytecode", "tables_used"};
    for (size_t i = 0; i < ARRAY_N(BEGIN); i++)
        if (strncmp(table, BEGIN[i], strlen(BEGIN[i])) == 0)
            return true;
    return false;
}

static bool may_read(const char *by, const char *table, const char *column, const char *schema)
{
    for (size_t i = 0; i < ARRAY_N(KEPT); i++)
        if (strcmp(table, KEPT[i].table) == 0 &&
            (KEPT[i].column[0] == '\0' || strcmp(column, KEPT[i].column) == 0))
            return strncmp(by, KEPT[i].statement, strlen(KEPT[i].statement)) == 0;
    return !is_of_the_system(table) && schema != NULL && strcmp(schema, "main") == 0;
}

static bool is_one_of(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, list[i]) == 0)
            return true;
    return false;
}

/* Functions of their arguments; a statement that wants another one adds it here. */
static bool may_call(const char *function)
{
    static const char *const YES[] = {"coalesce", "count", "ifnull",     "length", "like",
                                      "max",      "min",   "row_number", "substr", "sum"};
    return is_one_of(function, YES, ARRAY_N(YES));
}

/* Of transactions' own text, and of the one statement that looks for damage. */
static bool may_ask(const char *by, const char *pragma)
{
    return strcmp(pragma, by[0] == '\0' ? "data_version" : "integrity_check") == 0;
}

int db_guard(void *conn, int action, const char *a, const char *b, const char *schema,
             const char *view)
{
    const struct db_conn *c = conn;
    const char *by = c->compiling < 0 ? "" : sql_statement(c->compiling)->name;
    bool named = by[0] != '\0', ok = false;
    (void)view; /* or a WITH of its name */
    switch (action) {
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT: ok = !named; break;
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE: ok = named; break;
    case SQLITE_READ: ok = named && may_read(by, a, b, schema); break;
    case SQLITE_FUNCTION: ok = named && may_call(b); break;
    case SQLITE_PRAGMA: ok = may_ask(by, a); break;
    default: break;
    }
    return ok ? SQLITE_OK : SQLITE_DENY;
}
