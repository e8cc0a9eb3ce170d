/* backup.h - a copy of a store in one file, made while others read and write, and looking after it.
 *
 * SQLite only: PostgreSQL has tools of its own (docs/operate.md).
 */
#ifndef GECI_DB_BACKUP_H
#define GECI_DB_BACKUP_H

#include "db/db.h"

struct backup {
    Str path;                                             /* a new file; nothing may be there */
    void (*tick)(void *ctx, int64_t done, int64_t total); /* pages, now and then; or NULL */
    void *ctx;
};
/* The store as the connection's transaction sees it, all of it in one file, its pages checked and
 * synced. On failure nothing is left at `path`. ERR_INPUT: this is no SQLite store, or there is
 * such a file already; ERR_LIMIT: no space. */
NODISCARD enum status db_backup(struct db_conn *c, const struct backup *b, struct diags *ds);

struct db_health {
    int64_t bytes, wal_bytes, free_bytes; /* of the file, of its log, on its disk; -1: not known */
    Str pages;                            /* "ok", or what is wrong with the first bad page */
};
/* In a transaction. Reads every page: some 500 MB/s. */
NODISCARD enum status db_health(struct db_conn *c, struct arena *keep, struct db_health *out);

/* The version of the schema this program makes, and the one the store had when it was opened. */
int db_schema_version(void);
int db_schema_before(const struct db *db);

#endif
