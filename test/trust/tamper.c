/* tamper.c - the store is changed behind the program's back, in every way that comes to mind.
 *
 * A store is filled: rows of every sealed table, signed heads, contents, derived tables. An anchor
 * is kept of it. Then, each time on a fresh copy, somebody with full rights to the
 * database changes one thing, in any table (with the triggers taken away first):
 *
 *     flip      a value of a row            tail      the last acts, with all they wrote
 *     delete    a row                       suffix    an act, and every hash after it anew
 *     insert    a copy of a row elsewhere   rewrite   a sealed row, its seal, and every hash anew
 *     swap      two rows' contents
 *
 * Each must be found. With --copies FOLDER the changed stores are left there for another verifier,
 * with the anchor beside them. The defect planted by --canary: there is no anchor. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/act.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/raw.h"
#include "test/trust/trust.h"

enum { ACTS = 14, SIGNED_AT = 5, TABLES_MAX = 96, COLUMNS_MAX = 48, NAME_N = 64, VALUE_N = 1024 };

struct table {
    char name[NAME_N];
    char column[COLUMNS_MAX][NAME_N];
    bool is_key[COLUMNS_MAX];
    int column_n;
    bool is_sealed;
};

static struct table g_table[TABLES_MAX];
static int g_table_n;
static char g_folder[FOLDER_N], g_base[FOLDER_PATH_N], g_copy[FOLDER_PATH_N];

/* SQL */

static sqlite3 *open_raw(const char *path)
{
    sqlite3 *db;
    ASSERT(sqlite3_open(path, &db) == SQLITE_OK);
    ASSERT(sqlite3_exec(db, "PRAGMA ignore_check_constraints=ON; PRAGMA synchronous=OFF;", NULL,
                        NULL, NULL) == SQLITE_OK);
    return db;
}

static void must(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        printf("%s: %s\n", sqlite3_errmsg(db), sql);
        exit(70);
    }
}

static sqlite3_stmt *ask(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK) {
        printf("%s: %s\n", sqlite3_errmsg(db), sql);
        exit(70);
    }
    return s;
}

/* The same with a text of sqlite3_mprintf, which it frees. */
static sqlite3_stmt *ask_made(sqlite3 *db, char *sql)
{
    sqlite3_stmt *s = ask(db, sql);
    sqlite3_free(sql);
    return s;
}

static int64_t ask_int(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = ask(db, sql);
    int64_t v = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    (void)sqlite3_finalize(s); /* read only */
    return v;
}

/* What there is */

static void read_columns(sqlite3 *db, struct table *t)
{
    sqlite3_stmt *s = ask_made(db, sqlite3_mprintf("PRAGMA table_info(%Q)", t->name));
    while (sqlite3_step(s) == SQLITE_ROW) {
        ASSERT(t->column_n < COLUMNS_MAX);
        (void)snprintf(t->column[t->column_n], NAME_N, "%s",
                       (const char *)sqlite3_column_text(s, 1)); /* cut: then SQL fails */
        t->is_key[t->column_n++] = sqlite3_column_int(s, 5) > 0;
    }
    (void)sqlite3_finalize(s);
    for (int i = 0; i < db_seal_n(); i++)
        t->is_sealed |= strcmp(db_seal_table(i), t->name) == 0;
}

static void read_tables(void)
{
    sqlite3 *db = open_raw(g_base);
    sqlite3_stmt *s = ask(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT "
                              "LIKE 'sqlite_%' ORDER BY name");
    while (sqlite3_step(s) == SQLITE_ROW) {
        ASSERT(g_table_n < TABLES_MAX);
        struct table *t = &g_table[g_table_n++];
        (void)snprintf(t->name, NAME_N, "%s", (const char *)sqlite3_column_text(s, 0));
        read_columns(db, t);
    }
    (void)sqlite3_finalize(s);
    (void)sqlite3_close(db);
}

/* Filling */

static const struct table *table_named(const char *name)
{
    for (int i = 0; i < g_table_n; i++) {
        if (strcmp(g_table[i].name, name) == 0)
            return &g_table[i];
    }
    return NULL;
}

/* Is the table one whose `hash` names contents in pieces? Which? */
static int pieces_of(const char *whole)
{
    for (int i = 0; i < db_pieces_n(); i++) {
        if (strcmp(db_pieces_whole(i), whole) == 0)
            return i;
    }
    return -1;
}

static const char *type_of(sqlite3 *db, const struct table *t, int column)
{
    static char type[16];
    sqlite3_stmt *s =
        ask_made(db, sqlite3_mprintf("SELECT type FROM pragma_table_info(%Q) WHERE name = "
                                     "%Q",
                                     t->name, t->column[column]));
    ASSERT(sqlite3_step(s) == SQLITE_ROW);
    (void)snprintf(type, sizeof type, "%s", (const char *)sqlite3_column_text(s, 0));
    (void)sqlite3_finalize(s);
    return type;
}

/* One made-up row, no two alike. */
static bool add_row(struct work *k, sqlite3 *raw, const struct table *t, int64_t act, int64_t n)
{
    struct buf sql;
    int pieces = pieces_of(t->name);
    Str content = arena_fmt(k->a, "content %lld %lld", (long long)act, (long long)n);
    Digest hash = digest_of(DIGEST_SHA256, content);
    buf_init(&sql, k->a, BUF_MAX);
    buf_fmt(&sql, "INSERT INTO %s VALUES ('320582', %lld, %lld", t->name, (long long)act,
            (long long)n);
    for (int i = 3; i < t->column_n; i++) {
        const char *type = type_of(raw, t, i);
        buf_add(&sql, S(", "));
        if (pieces >= 0 && strcmp(t->column[i], "hash") == 0) {
            buf_fmt(&sql, "x'%s'", arena_hex(k->a, digest_str(&hash)).p);
        } else if (strcmp(type, "INTEGER") == 0) {
            int64_t figure = act * 100 + n * 10 + i;
            buf_fmt(&sql, "%lld", (long long)figure);
        } else {
            buf_fmt(&sql, "%s'%02d%04lld%02lld'", strcmp(type, "BLOB") == 0 ? "x" : "", i,
                    (long long)act, (long long)n);
        }
    }
    buf_add(&sql, S(")"));
    if (pieces >= 0) {
        buf_fmt(&sql, "; INSERT INTO %s VALUES ('320582', x'%s', 0, x'%s')",
                db_pieces_table(pieces), arena_hex(k->a, digest_str(&hash)).p,
                arena_hex(k->a, content).p);
    }
    return sqlite3_exec(raw, arena_copy(k->a, buf_str(&sql)).p, NULL, NULL, NULL) == SQLITE_OK;
}

/* By the other connection, which asks neither what they refer to nor for CHECKs. */
static bool add_rows(struct work *k, sqlite3 *raw, const struct table *t, int64_t act)
{
    bool ok = true;
    must(raw, "BEGIN");
    for (int64_t n = 0; n < 3 && ok; n++)
        ok = add_row(k, raw, t, act, n);
    must(raw, ok ? "COMMIT" : "ROLLBACK");
    return ok;
}

/* Rows of it are there: an act to answer for them. */
static enum status fill_act(struct work *k, int64_t no, int seal)
{
    struct act a;
    const struct table *t = table_named(db_seal_table(seal));
    TRY(act_begin(&a, k->w, k->a, WORK_COUNTY, 1000 + seal));
    ASSERT(a.no == no);
    TRY(db_raw(k->w, "PRAGMA ignore_check_constraints=ON"));
    db_raw_wrote(k->w, seal);
    return act_end(&a, &(struct act_words){S("trust"), S("work.fill"), str_of(t->name), S("{}")});
}

/* Derived tables, as they should be. */
static enum status derive(struct work *k)
{
    for (int i = 0; i < db_derived_n(); i++)
        TRY(db_raw(k->w, arena_fmt(k->a, "INSERT OR REPLACE INTO %s (%s) %s", db_derived_table(i),
                                   db_derived_columns(i), db_derived_text(DB_SQLITE, i, false))
                             .p));
    return OK;
}

/* Not every table takes made-up rows: then it is left as it is. */
static bool fill(struct work *k, sqlite3 *raw, int seal)
{
    int64_t no = ask_int(raw, "SELECT act + 1 FROM act_head WHERE county = '320582'");
    if (!add_rows(k, raw, table_named(db_seal_table(seal)), no))
        return false;
    enum status st = db_begin(k->w);
    if (st == OK)
        st = fill_act(k, no, seal);
    if (st == OK)
        st = derive(k);
    if (st == OK)
        st = db_commit(k->w);
    ASSERT(st == OK); /* the rows are there, and nobody would answer for them */
    return true;
}

static void sign(struct work *k, struct sign_private *key)
{
    struct anchor head;
    struct act a;
    ASSERT(db_begin(k->w) == OK);
    ASSERT(anchor_last(k->w, k->a, &head, WORK_COUNTY) == OK);
    anchor_sign(&head, key, 5);
    ASSERT(act_begin(&a, k->w, k->a, WORK_COUNTY, 5) == OK);
    ASSERT(anchor_keep(&a, 0, &head) == OK);
    ASSERT(act_end(&a, &(struct act_words){S("trust"), S("audit.sign"), S("head"), S("{}")}) == OK);
    ASSERT(db_commit(k->w) == OK);
}

/* The store, and an anchor of its end. */
static void make_base(struct arena *keep, struct anchor *anchor)
{
    struct work k;
    int64_t no;
    int filled = 0;
    struct sign_private *key = sign_new();
    ASSERT(work_open(&k, str_of(g_base), NULL) == OK);
    read_tables();
    sqlite3 *raw = open_raw(g_base);
    for (int i = 0; i < ACTS; i++) {
        ASSERT(work_write(&k, i, &no) == OK);
        if (i == SIGNED_AT)
            sign(&k, key);
    }
    for (int i = 0; i < db_seal_n(); i++) {
        const char *name = db_seal_table(i);
        if (strcmp(name, "county") == 0 || strcmp(name, "act_signed") == 0)
            continue;
        bool done = fill(&k, raw, i);
        if (!done)
            printf("tamper: table %s takes no made-up rows\n", name);
        filled += done;
    }
    ASSERT(work_write(&k, 99, &no) == OK);
    ASSERT(db_begin(k.w) == OK && anchor_last(k.w, keep, anchor, WORK_COUNTY) == OK);
    db_rollback(k.w);
    anchor_sign(anchor, key, 9);
    anchor->county = arena_copy(keep, anchor->county);
    anchor->file = S("anchor");
    (void)sqlite3_close(raw);
    work_close(&k);
    sign_close(key);
    printf("tamper: %d tables, %d filled, anchored at act %lld\n", g_table_n, filled,
           (long long)anchor->act);
}

/* Editing */

static void copy_file(const char *from, const char *to)
{
    static char block[1 << 16];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    size_t n;
    ASSERT(in != NULL && out != NULL);
    while ((n = fread(block, 1, sizeof block, in)) > 0)
        ASSERT(fwrite(block, 1, n, out) == n);
    ASSERT(fclose(in) == 0 && fclose(out) == 0);
}

static void drop_triggers(sqlite3 *db)
{
    sqlite3_stmt *s = ask(db, "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM "
                              "sqlite_schema WHERE type = 'trigger'");
    ASSERT(sqlite3_step(s) == SQLITE_ROW);
    char *sql = sqlite3_mprintf("%s", sqlite3_column_text(s, 0));
    (void)sqlite3_finalize(s);
    must(db, sql);
    sqlite3_free(sql);
}

/* `a IS ?1 AND b IS ?2`: the key of a row as it is picked by key_of. */
static char *where_key(const struct table *t)
{
    char *sql = sqlite3_mprintf("1");
    int n = 0;
    for (int i = 0; i < t->column_n; i++) {
        if (t->is_key[i])
            sql =
                sqlite3_mprintf("%z AND %s IS (SELECT k%d FROM temp.pick)", sql, t->column[i], ++n);
    }
    return sql;
}

/* Picks row `i` into temp.pick by its key. */
static void pick(sqlite3 *db, const struct table *t, int64_t i)
{
    char *columns = sqlite3_mprintf("");
    int n = 0;
    for (int k = 0; k < t->column_n; k++) {
        if (t->is_key[k]) {
            columns =
                sqlite3_mprintf("%z%s%s AS k%d", columns, n == 0 ? "" : ", ", t->column[k], n + 1);
            n++;
        }
    }
    char *sql = sqlite3_mprintf("DROP TABLE IF EXISTS temp.pick; CREATE TEMP TABLE pick AS SELECT "
                                "%z FROM main.%s LIMIT 1 OFFSET %lld",
                                columns, t->name, (long long)i);
    must(db, sql);
    sqlite3_free(sql);
}

static const struct table *any_table(struct trust *t, sqlite3 *db, int64_t *rows, int64_t least)
{
    for (;;) {
        const struct table *at = &g_table[trust_below(t, (uint64_t)g_table_n)];
        char *sql = sqlite3_mprintf("SELECT count(*) FROM %s", at->name);
        *rows = ask_int(db, sql);
        sqlite3_free(sql);
        if (*rows >= least)
            return at;
    }
}

/* SQL for another value than the one there is. */
static void other_value(struct trust *t, const char *column, char out[static VALUE_N])
{
    static const char *const HOW[] = {
        "CASE typeof(@) WHEN 'integer' THEN @ + 1 WHEN 'blob' THEN CAST(@ || x'00' AS BLOB) WHEN "
        "'null' THEN NULL ELSE @ || ' ' END",
        "CASE typeof(@) WHEN 'integer' THEN @ - 1 WHEN 'blob' THEN zeroblob(length(@)) WHEN 'null' "
        "THEN NULL ELSE '!' || substr(@, 2) END",
        "CASE typeof(@) WHEN 'integer' THEN -@ - 1 WHEN 'blob' THEN x'' WHEN 'null' THEN NULL ELSE "
        "'' END",
    };
    size_t n = 0;
    for (const char *p = HOW[trust_below(t, ARRAY_N(HOW))]; *p != '\0'; p++) {
        if (*p == '@')
            n += (size_t)snprintf(out + n, VALUE_N - n, "%s", column);
        else
            out[n++] = *p;
        ASSERT(n < VALUE_N - 1);
    }
    out[n] = '\0';
}

static bool try_sql(sqlite3 *db, char *sql)
{
    bool good = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_free(sql);
    return good;
}

static bool flip(struct trust *t, sqlite3 *db)
{
    int64_t rows;
    char value[VALUE_N];
    const struct table *at = any_table(t, db, &rows, 1);
    const char *column = at->column[trust_below(t, (uint64_t)at->column_n)];
    pick(db, at, (int64_t)trust_below(t, (uint64_t)rows));
    other_value(t, column, value);
    char *key = where_key(at);
    char *sql = sqlite3_mprintf("UPDATE %s SET %s = %s WHERE (%s) AND %s IS NOT (%s)", at->name,
                                column, value, key, column, value);
    sqlite3_free(key);
    return try_sql(db, sql) && sqlite3_changes(db) == 1;
}

static bool delete_row(struct trust *t, sqlite3 *db)
{
    int64_t rows;
    const struct table *at = any_table(t, db, &rows, 1);
    pick(db, at, (int64_t)trust_below(t, (uint64_t)rows));
    char *key = where_key(at);
    return try_sql(db, sqlite3_mprintf("DELETE FROM %s WHERE %z", at->name, key)) &&
           sqlite3_changes(db) == 1;
}

/* A copy of a row under another key. */
static bool insert_row(struct trust *t, sqlite3 *db)
{
    int64_t rows;
    const struct table *at = any_table(t, db, &rows, 1);
    char value[VALUE_N], *columns = sqlite3_mprintf(""), *key;
    int which = (int)trust_below(t, (uint64_t)at->column_n);
    if (!at->is_key[which])
        which = 0;
    pick(db, at, (int64_t)trust_below(t, (uint64_t)rows));
    for (int i = 0; i < at->column_n; i++) {
        other_value(t, at->column[i], value);
        columns = sqlite3_mprintf("%z%s%s", columns, i == 0 ? "" : ", ",
                                  i == which ? value : at->column[i]);
    }
    key = where_key(at);
    return try_sql(db, sqlite3_mprintf("INSERT INTO %s SELECT %z FROM %s WHERE %z", at->name,
                                       columns, at->name, key)) &&
           sqlite3_changes(db) == 1;
}

/* Two rows exchange what is not their key. */
static bool swap_rows(struct trust *t, sqlite3 *db)
{
    int64_t rows;
    const struct table *at = any_table(t, db, &rows, 2);
    int64_t i = (int64_t)trust_below(t, (uint64_t)rows - 1);
    must(db, "DROP TABLE IF EXISTS temp.two");
    char *sql = sqlite3_mprintf("CREATE TEMP TABLE two AS SELECT * FROM main.%s LIMIT 2 OFFSET "
                                "%lld",
                                at->name, (long long)i);
    must(db, sql);
    sqlite3_free(sql);
    char *sets = sqlite3_mprintf(""), *key = NULL;
    for (int k = 0, m = 0; k < at->column_n; k++) {
        if (!at->is_key[k])
            sets = sqlite3_mprintf("%z%s%s = (SELECT %s FROM temp.two WHERE rowid = ?)", sets,
                                   m++ == 0 ? "" : ", ", at->column[k], at->column[k]);
    }
    bool good = *sets != '\0';
    for (int r = 0; r < 2 && good; r++) {
        pick(db, at, i + r);
        key = where_key(at);
        char *one = sqlite3_mprintf("UPDATE %s SET %s WHERE %z", at->name, sets, key);
        for (char *q; (q = strchr(one, '?')) != NULL;)
            *q = r == 0 ? '2' : '1';
        good = try_sql(db, one);
    }
    sqlite3_free(sets);
    char *same = sqlite3_mprintf("SELECT count(*) FROM (SELECT * FROM main.%s EXCEPT SELECT * FROM "
                                 "base.%s)",
                                 at->name, at->name);
    good = good && ask_int(db, same) > 0;
    sqlite3_free(same);
    return good;
}

/* Rewriting the chain, as somebody who knows how would */

static void bind_bytes(sqlite3_stmt *s, int i, const Digest *d)
{
    (void)sqlite3_bind_blob(s, i, d->byte, DIGEST_N, SQLITE_TRANSIENT);
}

static Str column_str(sqlite3_stmt *s, int i)
{
    const void *p = sqlite3_column_blob(s, i);
    return (Str){p == NULL ? "" : p, (size_t)sqlite3_column_bytes(s, i)};
}

/* Every hash from `act` on anew, and the head. */
static void rehash(sqlite3 *db, int64_t act)
{
    sqlite3_stmt *s = ask(db, "SELECT act, at_us, hash_by, actor, verb, object, body, seals, prev, "
                              "hash FROM act WHERE county = '320582' AND act >= ?1 ORDER BY act");
    sqlite3_stmt *put = ask(db, "UPDATE act SET prev = ?1, hash = ?2 WHERE county = '320582' AND "
                                "act = ?3");
    Digest prev;
    bool first = true;
    (void)sqlite3_bind_int64(s, 1, act);
    while (sqlite3_step(s) == SQLITE_ROW) {
        struct act_row row = {
            sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1), sqlite3_column_int64(s, 2),
            column_str(s, 3),           column_str(s, 4),           column_str(s, 5),
            column_str(s, 6),           column_str(s, 7),           column_str(s, 8)};
        if (first)
            memcpy(prev.byte, row.prev.p, DIGEST_N);
        first = false;
        row.prev = digest_str(&prev);
        struct digest *d = digest_open((enum digest_by)row.hash_by);
        Digest hash = act_hash(d, WORK_COUNTY, &row);
        digest_close(d);
        bind_bytes(put, 1, &prev);
        bind_bytes(put, 2, &hash);
        (void)sqlite3_bind_int64(put, 3, row.act);
        ASSERT(sqlite3_step(put) == SQLITE_DONE);
        (void)sqlite3_reset(put);
        prev = hash;
    }
    (void)sqlite3_finalize(s);
    (void)sqlite3_finalize(put);
    must(db, "UPDATE act_head SET (act, hash) = (SELECT act, hash FROM act WHERE county = '320582' "
             "ORDER BY act DESC LIMIT 1) WHERE county = '320582'");
}

static int64_t last_act(sqlite3 *db)
{
    return ask_int(db, "SELECT max(act) FROM act WHERE county = '320582'");
}

static bool cut_tail(struct trust *t, sqlite3 *db)
{
    int64_t last = last_act(db), from = last - (int64_t)trust_below(t, 3);
    for (int i = 0; i < g_table_n; i++) {
        if (!g_table[i].is_sealed && strcmp(g_table[i].name, "act") != 0)
            continue;
        char *sql =
            sqlite3_mprintf("DELETE FROM %s WHERE act >= %lld", g_table[i].name, (long long)from);
        must(db, sql);
        sqlite3_free(sql);
    }
    rehash(db, from - 1);
    return true;
}

static bool rewrite_suffix(struct trust *t, sqlite3 *db)
{
    int64_t act = 1 + (int64_t)trust_below(t, (uint64_t)last_act(db));
    char *sql =
        sqlite3_mprintf("UPDATE act SET actor = actor || '!' WHERE act = %lld", (long long)act);
    must(db, sql);
    sqlite3_free(sql);
    rehash(db, act);
    return true;
}

/* What the seal of `county` of an act would be now. */
static Str new_seal(struct arena *a, sqlite3 *db, int64_t act)
{
    sqlite3_stmt *s = ask(db, "SELECT county, act, n, name, hash_by FROM county WHERE act = ?1");
    struct digest *d = digest_open(DIGEST_SM3);
    char digits[2 * DIGEST_N + 1];
    (void)sqlite3_bind_int64(s, 1, act);
    ASSERT(sqlite3_step(s) == SQLITE_ROW);
    for (int i = 0; i < 5; i++) { /* the text of a number is its decimal */
        const char *p = (const char *)sqlite3_column_text(s, i);
        digest_field(d, (Str){p, (size_t)sqlite3_column_bytes(s, i)});
    }
    Digest all = digest_end(d);
    digest_close(d);
    (void)sqlite3_finalize(s);
    digest_hex(digits, &all);
    return arena_fmt(a, "county 1 %s\n", digits);
}

static bool rewrite_row(struct trust *t, sqlite3 *db)
{
    struct arena *a = arena_open();
    int64_t act = 1 + (int64_t)trust_below(t, SIGNED_AT);
    char *sql =
        sqlite3_mprintf("UPDATE county SET name = name || '!' WHERE act = %lld", (long long)act);
    must(db, sql);
    sqlite3_free(sql);
    Str seal = new_seal(a, db, act);
    sql = sqlite3_mprintf("UPDATE act SET seals = %Q WHERE act = %lld", seal.p, (long long)act);
    must(db, sql);
    sqlite3_free(sql);
    rehash(db, act);
    arena_close(a);
    return true;
}

static const struct way {
    const char *name;
    bool (*edit)(struct trust *t, sqlite3 *db);
} WAYS[] = {{"flip", flip},          {"delete", delete_row}, {"insert", insert_row},
            {"swap", swap_rows},     {"tail", cut_tail},     {"suffix", rewrite_suffix},
            {"rewrite", rewrite_row}};

/* Another copy, changed in some way; false: this way was not to be had this time. */
static bool edit(struct trust *t, const struct way *w)
{
    copy_file(g_base, g_copy);
    sqlite3 *db = open_raw(g_copy);
    char *sql = sqlite3_mprintf("ATTACH %Q AS base", g_base);
    must(db, sql);
    sqlite3_free(sql);
    must(db, "BEGIN");
    drop_triggers(db);
    bool done = w->edit(t, db);
    must(db, done ? "COMMIT" : "ROLLBACK");
    (void)sqlite3_close(db);
    return done;
}

static void run(struct trust *t, const struct audit_asked *q, int64_t n, bool keep)
{
    int64_t found[ARRAY_N(WAYS)] = {0}, tried[ARRAY_N(WAYS)] = {0};
    for (int64_t i = 0; i < n;) {
        struct arena *a = arena_open();
        struct look seen;
        size_t w = (size_t)trust_below(t, ARRAY_N(WAYS));
        (void)snprintf(g_copy, sizeof g_copy, "%s/t%lld.db", g_folder, (long long)(keep ? i : 0));
        if (edit(t, &WAYS[w])) {
            look(a, &seen, str_of(g_copy), NULL, q);
            bool is_found = seen.opened != OK || seen.wrong > 0;
            trust_check(t, is_found, "%s was not found: %s", WAYS[w].name, g_copy);
            found[w] += is_found;
            tried[w]++;
            i++;
        }
        arena_close(a);
    }
    printf("tamper:");
    for (size_t w = 0; w < ARRAY_N(WAYS); w++)
        printf(" %s %lld of %lld%s", WAYS[w].name, (long long)found[w], (long long)tried[w],
               w + 1 < ARRAY_N(WAYS) ? "," : "\n");
}

static void write_anchor(const struct anchor *anchor, struct arena *a)
{
    char path[FOLDER_PATH_N];
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    anchor_write(&b, anchor);
    (void)snprintf(path, sizeof path, "%s/anchor.txt", g_folder);
    FILE *out = fopen(path, "w");
    ASSERT(out != NULL && fprintf(out, "%.*s\n", (int)b.n, b.p) > 0 && fclose(out) == 0);
}

int main(int argc, char **argv)
{
    struct trust t;
    struct anchor anchor;
    struct look seen;
    struct arena *a = arena_open();
    const char *copies = argc > 2 && strcmp(argv[1], "--copies") == 0 ? argv[2] : NULL;
    trust_begin(&t, "tamper", copies == NULL ? argc : argc - 2, copies == NULL ? argv : argv + 2);
    if (copies == NULL)
        work_folder(g_folder);
    else
        (void)snprintf(g_folder, sizeof g_folder, "%s", copies); /* cut: then it is not there */
    (void)snprintf(g_base, sizeof g_base, "%s/base.db", g_folder);
    make_base(a, &anchor);
    write_anchor(&anchor, a);
    struct audit_asked q = {.anchor = &anchor, .anchor_n = 1};
    look(a, &seen, str_of(g_base), NULL, &q);
    trust_check(&t, seen.verified == OK && seen.wrong == 0, "untouched, and yet: %s", seen.said);
    run(&t, t.canary ? NULL : &q, trust_n(&t, 200, 10000), copies != NULL);
    if (copies == NULL)
        work_folder_end(g_folder);
    arena_close(a);
    return trust_end(&t);
}
