/* store.h - the store of --db, a county of it, and one act: what verbs on a store start with.
 *
 *     store_open -> (store_begin -> .. -> store_commit | store_fail) -> store_close
 *
 * Every function reports what is wrong and returns an exit code; 0 is good.
 */
#ifndef GECI_CMD_STORE_H
#define GECI_CMD_STORE_H

#include "audit/act.h"
#include "audit/verify.h"
#include "cmd/cli.h"
#include "db/db.h"

struct store {
    struct db *db;
    struct db_conn *conn;
    Str county, actor;
    struct act act; /* between begin and commit */
    struct diags diags;
};

/* DB_READ begins a transaction for looking. The county must be there. */
int store_open(struct cli *c, struct store *s, enum db_mode mode);
/* For a server: its readers may only look (db/db.h, guard). Without a connection: its writer has
 * one of its own. */
int store_open_server(struct cli *c, struct store *s);
/* For reading, in no transaction, and without asking for a county: for looking after the store. */
int store_look(struct cli *c, struct store *s);
/* For writing; made, or brought up to date, if need be. The county may be missing yet. */
int store_open_new(struct cli *c, struct store *s);
void store_close(struct store *s);

/* An act by --actor, now. */
int store_begin(struct cli *c, struct store *s);
/* Ends it with these words and commits. `body`: a JSON object. */
int store_commit(struct cli *c, struct store *s, Str verb, Str object, Str body);
/* Undoes the act and says why: the diagnostics, or the store's own fault. */
int store_fail(struct cli *c, struct store *s, enum status st);

/* What a verification of it asks for: progress, and what is derived by code. */
struct audit_asked store_asked(struct cli *c);

/* --db or GECI_DB, for verbs that open the store in ways of their own; an empty address is
 * complained about. */
Str store_url(struct cli *c);

#endif
