/* migrate.c - the schema of a store: which version it has, and the way to this program's.
 *
 * The table schema_version holds a row for each migration that was run, with the digest of its
 * text; a store whose past is not ours is refused. Each migration is one transaction, checked
 * before it is committed. There is no way back but a backup. */
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"
#include "db/db_int.h"
#include "sql.h"

static const char MAKE_TABLE[] = "CREATE TABLE schema_version (version BIGINT PRIMARY KEY,"
                                 " name TEXT NOT NULL, digest TEXT NOT NULL)";

static enum status tell_version(const struct db_conn *c, enum diag_code code, int64_t version,
                                struct diags *ds)
{
    return diag_add(ds, code, (Span){0, 0}, c->db->shown,
                    arena_fmt(c->arena, "%lld", (long long)version),
                    arena_fmt(c->arena, "%d", SQL_VERSION));
}

const char *db_migration(int number, enum db_kind kind, char digest[static 65])
{
    const struct sql_migration *m = sql_migration(number);
    if (m == NULL)
        return NULL;
    sha256_hex(digest, sha256_of(str_of(m->text[kind])));
    return m->name;
}

static bool is_ours(const struct db_conn *c, const struct sql_schema_versions_row *row)
{
    char digest[65];
    const char *name = db_migration((int)row->version, c->db->kind, digest);
    return str_eq(row->digest, str_of(digest)) && str_eq(row->name, str_of(name));
}

/* Are the migrations of the store the ones this program has? */
static enum status compare(struct db_conn *c, int64_t *version, struct diags *ds)
{
    struct db_rows rows;
    struct sql_schema_versions_row row;
    enum status st = OK;
    *version = 0;
    TRY(sql_schema_versions(c, &rows));
    while (st == OK && sql_schema_versions_next(&rows, &row)) {
        bool follows = row.version == *version + 1; /* 1, 2, 3 .. */
        *version = row.version;
        if (row.version <= SQL_VERSION && (!follows || !is_ours(c, &row)))
            st = diag_add(ds, DIAG_STORE_EDITED, (Span){0, 0}, c->db->shown,
                          arena_copy(c->arena, row.name), NO_ARG);
    }
    enum status ended = db_rows_end(&rows);
    return st != OK ? st : ended;
}

/* An empty database is version 0; one with tables but none of ours belongs to somebody else. */
static enum status read_version(struct db_conn *c, int64_t *version, struct diags *ds)
{
    struct sql_table_names_row row;
    struct db_rows rows;
    int64_t table_n = 0;
    bool ours = false;
    *version = 0;
    TRY(sql_table_names(c, &rows));
    while (sql_table_names_next(&rows, &row)) {
        ours |= str_eq(row.name, S("schema_version"));
        table_n++;
    }
    TRY(db_rows_end(&rows));
    if (ours)
        return compare(c, version, ds);
    if (table_n > 0)
        return diag_add(ds, DIAG_STORE_FOREIGN, (Span){0, 0}, c->db->shown, NO_ARG, NO_ARG);
    return OK;
}

/* References hold, and under SQLite every page is read. */
static enum status check(struct db_conn *c)
{
    struct sql_foreign_key_faults_row row;
    if (c->db->kind != DB_SQLITE)
        return OK; /* PostgreSQL checks references by itself */
    enum status st = sql_foreign_key_faults_one(c, c->arena, &row);
    return st == OK         ? db_failed(c, DB_WHY_CONSTRAINT, "foreign_key_check", "")
           : st == ERR_GONE ? OK
                            : st;
}

static enum status step(struct db_conn *c, int number)
{
    const struct sql_migration *m = sql_migration(number);
    char digest[65];
    (void)db_migration(number, c->db->kind, digest); /* m->name */
    if (number == 1)
        TRY(c->db->back->exec(c, MAKE_TABLE));
    TRY(c->db->back->exec(c, m->text[c->db->kind]));
    TRY(sql_schema_version_add(
        c, &(struct sql_schema_version_add){number, str_of(m->name), str_of(digest)}));
    return check(c);
}

/* Each step is a transaction; of a dry run all of them together, and none is kept. */
static enum status climb(struct db_conn *c, int64_t version, struct diags *ds)
{
    bool dry = c->db->opts.dry_run;
    enum status st = OK;
    for (int number = (int)version + 1; number <= SQL_VERSION && st == OK; number++) {
        if (!c->open)
            st = db_begin(c);
        if (st == OK)
            st = step(c, number);
        if (st == OK && !dry)
            st = db_commit(c);
        if (st != OK)
            (void)diag_add(ds, DIAG_STORE_MIGRATE, (Span){0, 0},
                           str_of(sql_migration(number)->name), str_of(c->fault.text),
                           NO_ARG); /* st says more */
    }
    db_rollback(c); /* of a failure, or a dry run */
    return st;
}

/* Over tables that are new, and for a role that was made since. Only their owner may. */
static enum status cast_net(struct db_conn *c, struct diags *ds)
{
    struct sql_guard_tables_row row;
    if (c->db->kind != DB_POSTGRES)
        return OK;
    TRY(db_tell(c, db_begin(c), ds));
    bool owns = !db_is_confined(c);
    enum status st = owns ? sql_guard_tables_one(c, c->arena, &row) : OK;
    if (st == OK)
        st = db_commit(c);
    (void)db_tell(c, st, ds);
    db_rollback(c);
    return st;
}

enum status db_migrate(struct db_conn *c, bool migrate, struct diags *ds)
{
    int64_t version;
    TRY(db_tell(c, db_begin(c), ds));
    enum status st = read_version(c, &version, ds);
    if (st != OK && ds->error_n == 0)
        (void)db_tell(c, st, ds);
    db_rollback(c);
    TRY(st);
    c->db->version = (int)version;
    if (version > SQL_VERSION)
        return tell_version(c, DIAG_STORE_NEWER, version, ds);
    if (version < SQL_VERSION && !migrate)
        return tell_version(c, DIAG_STORE_OLDER, version, ds);
    TRY(climb(c, version, ds));
    return migrate && c->mode == DB_WRITE && !c->db->opts.dry_run ? cast_net(c, ds) : OK;
}
