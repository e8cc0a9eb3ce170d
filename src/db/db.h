/* db.h - the store: SQLite or PostgreSQL behind one interface.
 *
 *     db_open -> db_connect -> db_begin -> sql_NAME .. -> db_commit -> db_disconnect -> db_close
 *
 * A store is named by URL: `sqlite:PATH` (a bare path will do) or `postgres://...`. Statements are
 * written in src/db/sql/ and called as the typed functions of "sql.h", which tools/sql.c makes from
 * them; no other folder holds SQL. Every statement runs inside a transaction.
 *
 * Writers: one writing connection a store at a time (a second program gets ERR_BUSY); under SQLite
 * it alone checkpoints. Readers see the store as it was at their first statement.
 * Errors: ERR_BUSY (another writer), ERR_INPUT (a constraint of the schema refuses: db_fault names
 * it), ERR_LIMIT (disk full; the transaction is undone, the store stays usable), ERR_GONE (no such
 * store, no such row), ERR_IO (the rest). After a failed statement nothing but db_rollback or
 * db_undo is accepted. After the first I/O error or sign of damage the store is stopped: it takes
 * no more writes until it is opened again, and goes on reading.
 * An acknowledged db_commit survives the loss of power (SQLite: WAL, synchronous=FULL).
 * Threads: a connection serves one at a time; `struct db` any number.
 */
#ifndef GECI_DB_DB_H
#define GECI_DB_DB_H

#include "base/base.h"
#include "base/diag.h"
#include "crypto/digest.h"

struct arena;
struct db;
struct db_conn;

enum db_mode { DB_READ, DB_WRITE };

enum db_kind { DB_SQLITE, DB_POSTGRES };

struct db_opts {
    enum db_mode mode;
    bool create;        /* SQLite: make the file if there is none */
    bool migrate;       /* bring an older schema up to this program's; needs DB_WRITE */
    bool dry_run;       /* with `migrate`: only try, and leave the store as it is */
    bool guard;         /* SQLite: its readers may compile nothing but looking; for servers */
    const char *vfs;    /* SQLite's VFS, for tests; NULL: the system's */
    uint32_t wal_pages; /* SQLite: how long the log may grow before it is copied back; 0: 4,000 */
    uint32_t busy_ms;   /* how long to wait for another writer; 0: 5,000 */
};

/* Opens the store and looks at its schema: newer than this program's is refused (STORE-NEWER), and
 * older (STORE-OLDER) unless `migrate`, which runs each missing migration in a transaction. */
NODISCARD enum status db_open(struct arena *keep, struct db **out, Str url, const struct db_opts *o,
                              struct diags *ds);
void db_close(struct db *db); /* after its connections; NULL is fine */
enum db_kind db_kind(const struct db *db);
Str db_url(const struct db *db); /* without a password: for messages */
bool db_is_stopped(const struct db *db);

/* DB_WRITE needs a store opened for writing. */
NODISCARD enum status db_connect(struct db *db, enum db_mode mode, struct db_conn **out,
                                 struct diags *ds);
void db_disconnect(struct db_conn *c); /* rolls back what is open; NULL is fine */

/* Transactions. db_commit on failure has rolled back; ERR_IO from it on PostgreSQL may mean that
 * nobody knows (the connection was lost on the way): not acknowledged, look before trying again. */
NODISCARD enum status db_begin(struct db_conn *c);
NODISCARD enum status db_commit(struct db_conn *c);
void db_rollback(struct db_conn *c);

/* Part of a transaction that may be undone alone; they nest. */
NODISCARD enum status db_mark(struct db_conn *c);
NODISCARD enum status db_unmark(struct db_conn *c); /* keeps what was done since */
NODISCARD enum status db_undo(struct db_conn *c);   /* forgets it, and the failure with it */

/* The second net of PostgreSQL (schema/0012), for a connection whose role owns nothing: from now on
 * the store's transactions see and write rows of this county alone. SQLite's readers are guarded
 * while they compile (db_opts.guard), whatever is said here. */
void db_confine(struct db *db, Str county);
/* False: this role owns the tables or passes by policies, and nothing is kept from it. */
bool db_is_confined(struct db_conn *c);

/* What the caller of a transaction reaches: reports of other subjects are not there until
 * its end. Only for readers of a confined store; others go on as they are. */
enum db_reach_rule { DB_REACH_ALL, DB_REACH_LOCALITY, DB_REACH_SUBJECTS };
struct db_reach {
    enum db_reach_rule rule;
    Str locality; /* and what is in it: as a code, its beginning */
    const int64_t *subject;
    size_t subject_n;
};
NODISCARD enum status db_reach(struct db_conn *c, const struct db_reach *to);

/* A number that is another one once anybody else has committed since it was last asked on this
 * connection. False: the database does not say (PostgreSQL), or could not. */
bool db_generation(struct db_conn *c, int64_t *out);

/* Why the last call on this connection failed. */
enum db_why {
    DB_WHY_NONE,
    DB_WHY_BUSY,       /* another writer */
    DB_WHY_CONSTRAINT, /* the schema refuses */
    DB_WHY_FULL,       /* no space left */
    DB_WHY_LOST,       /* the server is gone: connect again */
    DB_WHY_IO,         /* reading or writing failed, or the store is damaged: it is stopped now */
    DB_WHY_OTHER,
};

struct db_fault {
    enum db_why why;
    char constraint[64]; /* of the schema: CHECK's name, `table.column..` of a unique key, or of a
                            refused change `table_append_only` */
    char text[512];      /* the database's own words */
};
const struct db_fault *db_fault(const struct db_conn *c);
/* The last failure as a diagnostic; returns `st`. */
enum status db_tell(const struct db_conn *c, enum status st, struct diags *ds);

/* What the functions of sql.h call. */

typedef struct SqlInt {
    int64_t v;
    bool set;
} SqlInt;
#define SQL_INT(value) ((SqlInt){(value), true})

/* NULL of text and blob is a Str with p == NULL. An empty text is not NULL. */

struct db_rows {
    struct db_conn *conn;
    void *at; /* the statement or result */
    enum status st;
    int statement;
    uint32_t row, row_n;
    uint32_t cursor; /* PostgreSQL: number of the cursor of a stream, 0: all rows are here */
};

NODISCARD enum status db_run(struct db_conn *c, int statement, const void *in);
/* Rows: open, next until false, end. Several may be open at once, but not the same statement
 * twice. Text and blob of a row are valid until the next call of next or end. */
NODISCARD enum status db_rows_open(struct db_conn *c, int statement, const void *in,
                                   struct db_rows *rows);
bool db_rows_next(struct db_rows *rows, int statement, void *row);
NODISCARD enum status db_rows_end(struct db_rows *rows); /* the failure that ended them, if any */
/* The first row, its texts copied; ERR_GONE when there is none. */
NODISCARD enum status db_one(struct db_conn *c, struct arena *keep, int statement, const void *in,
                             void *row);

/* Between them statements of db_run are only sent, and their failures told by some later one or by
 * the end: for many rows at once. No rows may be read meanwhile. */
NODISCARD enum status db_batch_begin(struct db_conn *c);
NODISCARD enum status db_batch_end(struct db_conn *c);

/* Sealed tables: their rows as (county, act, n, ..), each value as text or bytes.
 * Which tables statements have inserted into since the last db_wrote: a bit each. */
uint64_t db_wrote(struct db_conn *c);
/* From now on rows of this act are digested as they are written. */
void db_seal_begin(struct db_conn *c, enum digest_by by, Str county, int64_t act);
/* The digest of all rows of the act in a table, and how many. False: they must be read. */
bool db_seal_digest(struct db_conn *c, int seal, Digest *out, int64_t *n);
int db_seal_n(void);
const char *db_seal_table(int seal);
const char *db_seal_columns(int seal); /* "county, act, n, .." */

enum { DB_SEAL_COLUMNS_MAX = 40 };

struct db_seal_row {
    int n;
    int64_t act, no;             /* its key, with at[0] */
    Str at[DB_SEAL_COLUMNS_MAX]; /* an int in decimal; NULL: p == NULL */
    char digits[DB_SEAL_COLUMNS_MAX][24];
};
/* The rows that one act wrote, by n. */
NODISCARD enum status db_seal_open(struct db_conn *c, int seal, Str county, int64_t act,
                                   struct db_rows *rows);
/* Every row there is, by county, act and n. */
NODISCARD enum status db_seal_open_all(struct db_conn *c, int seal, struct db_rows *rows);
bool db_seal_next(struct db_rows *rows, struct db_seal_row *row);

/* Derived tables, and what is wrong with them: the rows that one lacks, or has beyond what the
 * statements say it must hold; read by db_seal_next. Empty when all is well. */
int db_derived_n(void);
const char *db_derived_table(int derived);
const char *db_derived_columns(int derived);
const char *db_derived_text(enum db_kind kind, int derived, bool extra); /* the statement */
NODISCARD enum status db_derived_open(struct db_conn *c, int derived, bool extra,
                                      struct db_rows *rows);

/* Tables that are neither sealed nor derived, from 0; NULL past the last. */
const char *db_unsealed_table(int i);

/* Tables of pieces: (county, hash, piece, bytes) in this order, or with `whole` the (county, hash)
 * that there should be. Read by db_seal_next. */
int db_pieces_n(void);
const char *db_pieces_table(int pieces);
const char *db_pieces_whole(int pieces);
NODISCARD enum status db_pieces_open(struct db_conn *c, int pieces, bool whole,
                                     struct db_rows *rows);

/* The migrations this program knows, from 1: the name and the digest of its text as the table
 * schema_version keeps them; NULL past the last. */
const char *db_migration(int number, enum db_kind kind, char digest[static 65]);

#endif
