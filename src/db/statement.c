#include <stddef.h>

#include "db/db_int.h"
#include "sql.h"
#include "sql_table.h"

int sql_statement_n(void)
{
    return (int)ARRAY_N(SQL_STATEMENT);
}

const struct sql_statement *sql_statement(int i)
{
    return &SQL_STATEMENT[i];
}

const struct sql_migration *sql_migration(int number)
{
    return number <= SQL_VERSION ? &SQL_MIGRATION[number - 1] : NULL;
}

int db_seal_n(void)
{
    return SQL_SEAL_N;
}

const char *db_seal_table(int seal)
{
    return SQL_SEAL[seal].table;
}

const char *db_seal_columns(int seal)
{
    return SQL_SEAL[seal].columns;
}

/* The two statements of a sealed table stand behind those of sql.h. */
int db_seal_statement(int seal, bool all)
{
    return SQL_N + 2 * seal + (all ? 1 : 0);
}
