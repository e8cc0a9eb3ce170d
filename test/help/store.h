/* store.h - a new store for a test, once on each database.
 *
 *     TEST(sqlite_x) { store_open(STORE_SQLITE); check_x(); store_end(); }
 *     TEST(postgres_x) { store_open(STORE_POSTGRES); check_x(); store_end(); }
 *
 * The second is skipped where PostgreSQL is not installed.
 */
#ifndef GECI_TEST_HELP_STORE_H
#define GECI_TEST_HELP_STORE_H

#include "test/help/folder.h"
#include "test/help/report.h"

enum store_kind { STORE_SQLITE, STORE_POSTGRES };

/* The test's store: an arena, the diagnostics, an open writing connection. */
extern struct store {
    struct arena *a;
    struct diags ds;
    struct db *db;
    struct db_conn *w;
    Str url;
    char folder[FOLDER_N];
} store;

void store_open(enum store_kind kind);
void store_end(void);
/* An act of county 320582 at second `s`: begin, and end with `verb` and commit. */
struct act store_act(int64_t s);
void store_act_end(struct act *a, Str verb);
/* What test/help/report.h puts kinds and subjects into. */
struct reporting store_reporting(void);
/* Codes of the diagnostics so far, each followed by a blank. */
Str store_said(void);

#endif
