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

/* The statements of tables stand behind those of sql.h, two each: sealed, derived, in pieces. */
int db_seal_statement(int seal, bool all)
{
    return SQL_N + 2 * seal + (all ? 1 : 0);
}

int db_derived_n(void)
{
    return SQL_DERIVED_N;
}

const char *db_derived_table(int derived)
{
    return SQL_DERIVED[derived].table;
}

const char *db_derived_columns(int derived)
{
    return SQL_DERIVED[derived].columns;
}

int db_derived_statement(int derived, bool extra)
{
    return SQL_N + 2 * (SQL_SEAL_N + derived) + (extra ? 1 : 0);
}

const char *db_derived_text(enum db_kind kind, int derived, bool extra)
{
    return sql_statement(db_derived_statement(derived, extra))->text[kind];
}

int db_pieces_n(void)
{
    return SQL_PIECES_N;
}

const char *db_pieces_table(int pieces)
{
    return SQL_PIECES[pieces].table;
}

const char *db_pieces_whole(int pieces)
{
    return SQL_PIECES[pieces].columns;
}

int db_pieces_statement(int pieces, bool whole)
{
    return SQL_N + 2 * (SQL_SEAL_N + SQL_DERIVED_N + pieces) + (whole ? 1 : 0);
}

const char *db_unsealed_table(int i)
{
    return SQL_UNSEALED[i];
}
