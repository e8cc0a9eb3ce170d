/* pg.h - a PostgreSQL of the test's own.
 *
 * A cluster in a temporary folder, on a socket only, under an unprivileged user; it starts with the
 * first call and is gone with the process. */
#ifndef GECI_TEST_HELP_PG_H
#define GECI_TEST_HELP_PG_H

#include <stdbool.h>

/* Address of a new empty database, or NULL where PostgreSQL is not installed: SKIP. Valid until the
 * next call. */
const char *pg_database(void);

/* The same database as a server should know it, as the role that owns nothing. Valid until
 * the next call. */
const char *pg_served(const char *url);

/* Stops the server at once, as a loss of power would, and starts it again; false: it will not. */
bool pg_crash(void);

#endif
