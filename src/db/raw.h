/* raw.h - under the typed functions: for tests, and for programs that look after a store. */
#ifndef GECI_DB_RAW_H
#define GECI_DB_RAW_H

#include "db/db.h"

/* SQL as text, one statement or more, no rows. */
NODISCARD enum status db_raw(struct db_conn *c, const char *sql);

/* Rows of a sealed table were added that way: the act is to seal them. */
void db_raw_wrote(struct db_conn *c, int seal);

/* The statements of src/db/sql and those of sealed tables. */
int db_statement_n(void);
const char *db_statement_name(int statement);
/* Prepares it and compares its columns with its signature. */
NODISCARD enum status db_statement_check(struct db_conn *c, int statement);

#endif
