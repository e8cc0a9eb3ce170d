/* net_test.c - PostgreSQL's row-level security under a server: what is left to somebody who gets it
 * to run a text of their own. Each thing kept back is shown to be there for the owner. */
#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "db/raw.h"
#include "sql.h"
#include "test/help/pg.h"
#include "test/help/store.h"
#include "test/t.h"

/* Two counties with a report of two subjects each; E1 in town 320582100, E2 in 320582101. */
static const char FILL[] =
    "INSERT INTO act_head SELECT c, 1, 'h', 1 FROM unnest(ARRAY['320582', '320581']) c;"
    "INSERT INTO subject SELECT h.county, 1, i, i, 'firm', 'E' || i FROM act_head h,"
    " generate_series(1, 2) i;"
    "INSERT INTO subject_now SELECT county, subject, kind, identity, identity, '',"
    " '32058210' || (subject - 1), '', '' FROM subject;"
    "INSERT INTO line SELECT county, 1, n, 0, subject, 0, 'secret' FROM subject;"
    "INSERT INTO county VALUES ('320582', 1, 0, 'A', 1), ('320581', 1, 0, 'B', 1);";

static struct db *g_served;
static struct db_conn *g_reader, *g_writer;

static void open_served(bool confined)
{
    struct db_opts o = {.mode = DB_WRITE, .busy_ms = 200};
    Str url = str_of(pg_served(store.url.p));
    CHECK_INT(db_open(store.a, &g_served, url, &o, &store.ds), OK);
    if (confined)
        db_confine(g_served, S("320582"));
    CHECK_INT(db_connect(g_served, DB_READ, &g_reader, &store.ds), OK);
    CHECK_INT(db_connect(g_served, DB_WRITE, &g_writer, &store.ds), OK);
}

static void close_served(void)
{
    db_disconnect(g_reader);
    db_disconnect(g_writer);
    db_close(g_served);
}

static void open_filled(void)
{
    store_open(STORE_POSTGRES);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(db_raw(store.w, FILL), OK);
    CHECK_INT(db_commit(store.w), OK);
}

/* Does the text say so, in a transaction of its own? It divides by zero where it does not. */
static bool holds(struct db_conn *c, const char *set, const char *what)
{
    CHECK_INT(db_begin(c), OK);
    CHECK_INT(db_raw(c, set), OK);
    const char *sql = arena_fmt(store.a, "SELECT 1 / CASE WHEN %s THEN 1 ELSE 0 END", what).p;
    bool ok = db_raw(c, sql) == OK;
    db_rollback(c);
    return ok;
}

static bool does(struct db_conn *c, const char *sql)
{
    CHECK_INT(db_begin(c), OK);
    bool ok = db_raw(c, sql) == OK;
    db_rollback(c);
    return ok;
}

#define LINES "(SELECT count(*) FROM line)"

TEST(postgres_server_sees_its_county_only)
{
    open_filled();
    CHECK(holds(store.w, "", LINES " = 4")); /* the owner */
    open_served(true);
    CHECK(holds(g_reader, "", LINES " = 2"));
    CHECK(holds(g_reader, "", "NOT EXISTS (SELECT FROM subject WHERE county <> '320582')"));
    CHECK(holds(g_reader, "", "(SELECT count(*) FROM county) = 2"));
    CHECK(holds(g_writer, "", LINES " = 2"));
    CHECK(holds(g_writer, "CREATE TEMP VIEW v AS SELECT * FROM line",
                "(SELECT count(*) FROM v) = 2"));
    /* a function that tells what it is shown is shown nothing else */
    CHECK(holds(g_writer,
                "CREATE TEMP SEQUENCE seen; CREATE FUNCTION pg_temp.look(text) RETURNS boolean"
                " LANGUAGE plpgsql COST 0.0000001 AS 'BEGIN PERFORM nextval(''seen'');"
                " RETURN true; END'",
                "(SELECT count(*) FROM line WHERE pg_temp.look(body)) = 2"
                " AND (SELECT last_value FROM seen) = 2"));
    close_served();
    open_served(false); /* whoever does not say for which county it works */
    CHECK(holds(g_reader, "", LINES " = 0"));
    CHECK(!does(g_writer, "INSERT INTO line VALUES ('320582', 2, 0, 0, 1, 0, 'x')"));
    close_served();
    store_end();
}

TEST(postgres_caller_reaches_its_own_rows_only)
{
    const int64_t two[] = {2};
    static const struct {
        struct db_reach to;
        int line_n;
    } CASE[] = {
        {{.rule = DB_REACH_ALL}, 2},
        {{.rule = DB_REACH_SUBJECTS}, 0},
        {{.rule = DB_REACH_LOCALITY, .locality = {"320582100", 9}}, 1},
        {{.rule = DB_REACH_LOCALITY, .locality = {"x' OR '1'='1", 12}}, 0},
    };
    open_filled();
    open_served(true);
    for (size_t i = 0; i < ARRAY_N(CASE); i++) {
        CHECK_INT(db_begin(g_reader), OK);
        CHECK_INT(db_reach(g_reader, &CASE[i].to), OK);
        const char *sql = arena_fmt(store.a, "SELECT 1 / (" LINES " = %d)::int", CASE[i].line_n).p;
        CHECK_INT(db_raw(g_reader, sql), OK);
        db_rollback(g_reader);
    }
    CHECK_INT(db_begin(g_reader), OK);
    struct db_reach own = {.rule = DB_REACH_SUBJECTS, .subject = two, .subject_n = 1};
    CHECK_INT(db_reach(g_reader, &own), OK);
    CHECK_INT(db_raw(g_reader, "SELECT 1 / (min(subject) = 2 AND count(*) = 1)::int FROM line"),
              OK);
    db_rollback(g_reader);
    CHECK(holds(g_reader, "", LINES " = 2")); /* and the next transaction is another's */
    close_served();
    store_end();
}

TEST(postgres_server_owns_nothing)
{
    static const char *const NO[] = {
        "INSERT INTO line VALUES ('320581', 2, 0, 0, 1, 0, 'x')",
        "UPDATE line SET body = ''",
        "DELETE FROM act",
        "TRUNCATE session",
        "UPDATE schema_version SET version = 1",
        "DROP TABLE line",
        "ALTER TABLE line DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE line DISABLE TRIGGER ALL",
        "DROP POLICY of_county ON line",
        "CREATE POLICY mine ON line USING (true)",
        "CREATE TABLE t (a int)",
        "CREATE VIEW v AS SELECT * FROM line",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "SET ROLE geci",
        "SET SESSION AUTHORIZATION geci",
        "ALTER ROLE geci_server BYPASSRLS",
        "SET LOCAL row_security = off; SELECT * FROM line", /* refused rather than shown */
        "SELECT pg_read_file('/etc/passwd')",
        "COPY line TO PROGRAM 'cat'",
        "SELECT guard_tables()",
    };
    open_filled();
    open_served(true);
    for (size_t i = 0; i < ARRAY_N(NO); i++)
        if (does(g_writer, NO[i]))
            t_fail(__FILE__, __LINE__, NO[i]);
    CHECK(does(g_writer, "INSERT INTO line VALUES ('320582', 2, 0, 0, 1, 0, 'x')"));
    CHECK(!does(g_reader, "INSERT INTO line VALUES ('320582', 2, 0, 0, 1, 0, 'x')"));
    CHECK_INT(db_begin(g_writer), OK);
    CHECK(db_is_confined(g_writer));
    db_rollback(g_writer);
    CHECK_INT(db_begin(store.w), OK);
    CHECK(!db_is_confined(store.w));
    db_rollback(store.w);
    close_served();
    store_end();
}

/* Every table, those to come as well; no view that looks with its owner's eyes. */
TEST(postgres_net_is_over_every_table)
{
    static const char BARE[] = "NOT EXISTS (SELECT FROM pg_class WHERE relkind IN ('r', 'p')"
                               " AND relnamespace = 'public'::regnamespace AND NOT relrowsecurity)";
    struct db *again;
    struct db_opts o = {.mode = DB_WRITE, .migrate = true};
    open_filled();
    CHECK(holds(store.w, "", BARE));
    CHECK(holds(store.w, "",
                "NOT EXISTS (SELECT FROM pg_class WHERE relkind IN ('v', 'm')"
                " AND relnamespace = 'public'::regnamespace)"));
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(db_raw(store.w, "CREATE TABLE later (county text, x int)"), OK);
    CHECK_INT(db_commit(store.w), OK);
    CHECK(!holds(store.w, "", BARE));
    CHECK_INT(db_open(store.a, &again, store.url, &o, &store.ds), OK);
    db_close(again);
    CHECK(holds(store.w, "", BARE));
    store_end();
}
