/* db_int.h - what the parts of db/ share: statements as data, connections, the two back ends. */
#ifndef GECI_DB_DB_INT_H
#define GECI_DB_DB_INT_H

#include <stdatomic.h>

#include "db/db.h"

/* A value on its way in or out: an integer, or text or bytes. */
struct db_value {
    char kind; /* 'i' 't' 'b', 0: NULL */
    int64_t i;
    Str s;
};

struct sql_slot {
    const char *name;
    char kind; /* as above */
    bool null; /* may be NULL */
    size_t at; /* in the struct */
};

struct sql_statement {
    const char *name;
    const char *text[2];             /* by enum db_kind */
    const struct sql_slot *in, *out; /* out NULL: any columns */
    int in_n, out_n;
    bool stream, one;
    int seal; /* the sealed table it adds to, or -1 */
};

struct sql_seal {
    const char *table, *columns; /* of a table in pieces: the table of the wholes */
};

struct sql_migration {
    const char *name;
    const char *text[2];
};

enum { SQL_SLOTS_MAX = 40 };

int sql_statement_n(void); /* those of sql.h and those that schema/ gives rise to */
const struct sql_statement *sql_statement(int i);
const struct sql_migration *sql_migration(int number); /* from 1; NULL past the last */
int db_seal_statement(int seal, bool all);
int db_derived_statement(int derived, bool extra);
int db_pieces_statement(int pieces, bool whole);

struct db {
    struct arena *keep;
    enum db_kind kind;
    const struct db_back *back;
    Str url, shown;
    struct db_opts opts;
    bool confined;
    const char *begin[2]; /* by enum db_mode */
    int version;          /* of the schema, when it was opened */
    int hold;             /* file descriptor of the writer's lock, or -1 */
    atomic_bool stopped;
    _Atomic(struct db_conn *) first; /* of db_open, for whoever connects first; NULL: taken */
};

struct db_conn {
    struct db *db;
    struct arena *arena;
    enum db_mode mode;
    void *handle;    /* sqlite3 * or PGconn * */
    void **prepared; /* by statement */
    struct db_fault fault;
    enum status failed; /* of a statement, not undone yet */
    bool open;          /* in a transaction */
    int marks;
    int compiling; /* what SQLite may compile now, at first or again: a statement; -1: other text */
    uint64_t wrote;
    uint32_t cursors; /* opened so far */
    uint32_t names;   /* of prepared statements, given so far */
    bool batch;
    int batch_n;    /* sent and not waited for */
    int *sent;      /* .. which statements; -1: only prepared */
    void *fixed[3]; /* SQLite: statements that every request needs, as they were compiled */
    struct sealing *sealing; /* seal.c */
    void *waiting;           /* SQLite: rows of a batch that are not in yet, or NULL */
};

/* What SQLite asks while it compiles for a reader: guard.c. */
int db_guard(void *conn, int action, const char *a, const char *b, const char *schema,
             const char *view);

/* A back end. Each call fills c->fault when it fails. */
struct db_back {
    enum status (*connect)(struct db_conn *c);
    void (*disconnect)(struct db_conn *c);
    /* Statements without parameters or rows, one or more. */
    enum status (*exec)(struct db_conn *c, const char *sql);
    enum status (*prepare)(struct db_conn *c, int statement);
    /* The columns of a prepared statement: how many, and 'i' 't' 'b' or 0 (not known) of each. */
    int (*columns)(struct db_conn *c, int statement, char kind[SQL_SLOTS_MAX]);
    enum status (*run)(struct db_conn *c, int statement, const struct db_value *in);
    enum status (*batch)(struct db_conn *c, bool on);
    enum status (*open)(struct db_conn *c, int statement, const struct db_value *in,
                        struct db_rows *rows);
    bool (*next)(struct db_rows *rows);
    struct db_value (*value)(const struct db_rows *rows, int column);
    void (*end)(struct db_rows *rows);
    bool (*generation)(struct db_conn *c, int64_t *out);
    const char *begin[2]; /* by enum db_mode */
    /* NULL: has no such net */
    const char *(*confine)(struct arena *keep, const char *begin, Str county);
    enum status (*reach)(struct db_conn *c, const struct db_reach *to);
};

/* sqlite_memory.c; before the library's first use. */
void db_sqlite_memory(void);

extern const struct db_back DB_BACK_SQLITE, DB_BACK_POSTGRES;

/* Notes why; returns the status that goes with it. What cannot be mended stops the store. */
enum status db_failed(struct db_conn *c, enum db_why why, const char *text, const char *constraint);

/* seal.c: a row for a sealed table is on its way; whatever was digested must be read instead. */
void db_seal_add(struct db_conn *c, int statement, const struct db_value *in);
void db_seal_void(struct db_conn *c);
void db_seal_close(struct db_conn *c);

/* Of a statement that was run: one that changes exactly one row must have done so. */
NODISCARD enum status db_check_one(struct db_conn *c, int statement, int64_t changed);

NODISCARD enum status db_migrate(struct db_conn *c, bool migrate, struct diags *ds);

#endif
