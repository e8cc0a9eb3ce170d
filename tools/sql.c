/* sql - SQL texts as typed C, in the dialects of both databases.
 * Usage: sql header|table schema/NNNN_name.sql... src/db/sql/name.sql... > FILE
 *
 * A migration (schema/) is copied; of a statement file each statement starts with its signature:
 *
 *     -- name: account_find (county text, owner int?) -> (account int, name text) stream
 *     SELECT account, name FROM account WHERE county = $1 AND owner IS NOT DISTINCT FROM $2
 *
 * int, text and blob are what crosses (`?`: may be NULL); `stream`: rows are fetched as they are
 * asked for; `one`: it changes exactly one row, or fails. In both, words are replaced for the
 * dialect (@int @text @blob @strict @heap), the lines after --@sqlite or --@postgres until --@both
 * are for one of them, and in a migration
 *
 *     --@append TABLE                 refuses to change or delete its rows
 *     --@seal TABLE COLUMN...         what the digest of an act covers, in this order
 *     --@pieces TABLE WHOLE           rows (county, hash, piece, bytes): pieces 0, 1 .. together
 *                                     have the SHA-256 `hash`, and the hashes are those of WHOLE
 *     --@unsealed TABLE               neither sealed nor derived: it must be replaceable, or comes
 *                                     and goes
 *
 * A statement file also says what a derived table must hold, so that it can be checked:
 *
 *     -- derived: balance (county text, account int, fen int)
 *     SELECT county, account, CAST(sum(fen) AS @int) FROM posting GROUP BY county, account
 *
 * `header` prints src's "sql.h": for each statement a struct of what goes in, one of a row that
 * comes out, and the functions that take them. `table` prints the texts for src/db.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SLOTS_MAX = 32,
    SEALS_MAX = 64,
    NAME_MAX_N = 64,
    TEXT_MAX = 1 << 17,
    LINE_MAX_N = 4096,
    DIALECTS = 2
};
enum { SQLITE, POSTGRES };

struct slot {
    char name[NAME_MAX_N];
    char kind[8]; /* int text blob, with `?` */
};

struct text {
    char at[TEXT_MAX];
    size_t n;
};

struct statement {
    char name[NAME_MAX_N];
    struct slot in[SLOTS_MAX], out[SLOTS_MAX];
    int in_n, out_n;
    bool stream, one, derived;
    struct text sql[DIALECTS];
};

static const char *g_path;
static int g_line;
static bool g_header;
static int g_migration_n, g_seal_n, g_statement_n;
static int g_piece_n, g_derived_n;
static char g_seal[SEALS_MAX][NAME_MAX_N];
static struct text g_seals, g_seal_rows, g_migrations, g_rows;
static struct text g_unsealed, g_pieces, g_piece_rows, g_deriveds, g_derived_rows;

static _Noreturn void die(const char *what, const char *which)
{
    (void)fprintf(stderr, "%s:%d: %s: %s\n", g_path, g_line, what, which);
    exit(1);
}

static void add(struct text *t, const char *s, size_t n)
{
    if (t->n + n >= TEXT_MAX)
        die("too long", "split it");
    memcpy(t->at + t->n, s, n);
    t->at[t->n += n] = '\0';
}

__attribute__((format(printf, 2, 3))) static void addf(struct text *t, const char *fmt, ...)
{
    char line[LINE_MAX_N];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof line)
        die("line too long", fmt);
    add(t, line, (size_t)n);
}

/* Dialects */

static const struct word {
    const char *word, *as[DIALECTS];
} WORDS[] = {
    {"@int", {"INTEGER", "BIGINT"}},
    {"@text", {"TEXT", "TEXT COLLATE \"C\""}},
    {"@blob", {"BLOB", "BYTEA"}},
    {"@strict", {"STRICT, WITHOUT ROWID", ""}}, /* rows kept in the order of their key */
    {"@heap", {"STRICT", ""}},                  /* large rows, in the order they came */
};

static const struct word *word_at(const char *p)
{
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        size_t n = strlen(WORDS[i].word);
        if (strncmp(p, WORDS[i].word, n) == 0 && isalnum((unsigned char)p[n]) == 0)
            return &WORDS[i];
    }
    return NULL;
}

static void add_line(struct text *t, const char *line, int dialect)
{
    for (const char *p = line; *p != '\0';) {
        const struct word *w = *p == '@' ? word_at(p) : NULL;
        if (*p == '@' && w == NULL)
            die("unknown word", p);
        if (w != NULL)
            add(t, w->as[dialect], strlen(w->as[dialect]));
        else
            add(t, p, 1);
        p += w == NULL ? 1 : strlen(w->word);
    }
    add(t, "\n", 1);
}

/* Which dialects the next lines are for: a mask. */
static bool read_switch(const char *line, unsigned *mask)
{
    static const char *const WHICH[] = {"--@sqlite", "--@postgres", "--@both"};
    for (unsigned i = 0; i < 3; i++) {
        if (strcmp(line, WHICH[i]) == 0) {
            *mask = i + 1;
            return true;
        }
    }
    return false;
}

static bool is_comment(const char *line)
{
    return strncmp(line, "--", 2) == 0 || *line == '\0';
}

/* Signatures */

static const char *skip(const char *p)
{
    while (*p == ' ')
        p++;
    return p;
}

static const char *read_name(const char *p, char out[NAME_MAX_N])
{
    size_t n = 0;
    p = skip(p);
    while ((isalnum((unsigned char)p[n]) != 0 || p[n] == '_' || p[n] == '?') && n < NAME_MAX_N - 1)
        n++;
    if (n == 0)
        die("a name is missing", p);
    memcpy(out, p, n);
    out[n] = '\0';
    return skip(p + n);
}

static bool is_kind(const char *kind)
{
    static const char *const KINDS[] = {"int", "text", "blob", "int?", "text?", "blob?"};
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (strcmp(kind, KINDS[i]) == 0)
            return true;
    }
    return false;
}

static const char *read_slots(const char *p, struct slot *slot, int *n)
{
    if (*p != '(')
        die("expected (", p);
    for (p = skip(p + 1); *p != ')'; p = skip(p)) {
        char kind[NAME_MAX_N];
        if (*n == SLOTS_MAX)
            die("too many", p);
        p = read_name(p, slot[*n].name);
        p = read_name(p, kind);
        if (!is_kind(kind))
            die("int, text or blob", kind);
        memcpy(slot[(*n)++].kind, kind, sizeof slot->kind);
        if (*p == ',')
            p++;
        else if (*p != ')')
            die("expected , or )", p);
    }
    return skip(p + 1);
}

static const char NAME[] = "-- name:", DERIVED[] = "-- derived:";

static bool is_signature(const char *line)
{
    return strncmp(line, NAME, strlen(NAME)) == 0 || strncmp(line, DERIVED, strlen(DERIVED)) == 0;
}

static void read_signature(struct statement *s, const char *line)
{
    s->derived = strncmp(line, DERIVED, strlen(DERIVED)) == 0;
    const char *p = read_name(line + strlen(s->derived ? DERIVED : NAME), s->name);
    if (*p == '(')
        p = read_slots(p, s->in, &s->in_n);
    if (strncmp(p, "->", 2) == 0)
        p = read_slots(skip(p + 2), s->out, &s->out_n);
    s->stream = strncmp(p, "stream", 6) == 0;
    s->one = strncmp(p, "one", 3) == 0;
    if (*skip(s->stream ? p + 6 : s->one ? p + 3 : p) != '\0')
        die("unexpected", p);
}

/* C */

static const char *c_type(const char *kind)
{
    return strcmp(kind, "int") == 0 ? "int64_t " : strcmp(kind, "int?") == 0 ? "SqlInt " : "Str ";
}

static void print_struct(const char *name, const char *tail, const struct slot *slot, int n)
{
    if (n == 0)
        return;
    printf("struct sql_%s%s {\n", name, tail);
    for (int i = 0; i < n; i++)
        printf("    %s%s;\n", c_type(slot[i].kind), slot[i].name);
    printf("};\n");
}

static void print_functions(const struct statement *s)
{
    char in[NAME_MAX_N * 2] = "";
    if (s->in_n > 0)
        (void)snprintf(in, sizeof in, ", const struct sql_%s *in", s->name);
    const char *arg = s->in_n > 0 ? "in" : "NULL";
    if (s->out_n == 0) {
        printf("static inline NODISCARD enum status sql_%s(struct db_conn *c%s)\n"
               "{\n    return db_run(c, SQL_%s, %s);\n}\n\n",
               s->name, in, s->name, arg);
        return;
    }
    printf("static inline NODISCARD enum status sql_%s(struct db_conn *c%s, struct db_rows *rows)\n"
           "{\n    return db_rows_open(c, SQL_%s, %s, rows);\n}\n",
           s->name, in, s->name, arg);
    printf("static inline bool sql_%s_next(struct db_rows *rows, struct sql_%s_row *row)\n"
           "{\n    return db_rows_next(rows, SQL_%s, row);\n}\n",
           s->name, s->name, s->name);
    printf("static inline NODISCARD enum status sql_%s_one(struct db_conn *c, struct arena *keep%s,"
           " struct sql_%s_row *row)\n{\n    return db_one(c, keep, SQL_%s, %s, row);\n}\n\n",
           s->name, in, s->name, s->name, arg);
}

static void print_bytes(const char *name, int number, int dialect, const struct text *t)
{
    printf("static const char %s_%d_%d[] = {", name, number, dialect);
    for (size_t i = 0; i < t->n; i++)
        printf("%s%d,", i % 24 == 0 ? "\n    " : "", (signed char)t->at[i]);
    printf("\n    0};\n");
}

static void print_slots(const struct statement *s, const char *tail, const struct slot *slot, int n)
{
    printf("static const struct sql_slot slots_%s%s[] = {", s->name, tail);
    for (int i = 0; i < n; i++)
        printf("{\"%s\", '%c', %s, offsetof(struct sql_%s%s, %s)}, ", slot[i].name, slot[i].kind[0],
               strchr(slot[i].kind, '?') != NULL ? "true" : "false", s->name, tail, slot[i].name);
    printf("{NULL, 0, false, 0}};\n");
}

/* The sealed table that a statement adds rows to, or -1. */
static int seal_of(const char *sql)
{
    static const char INTO[] = "INSERT INTO ";
    const char *at = strstr(sql, INTO);
    char table[NAME_MAX_N];
    if (at == NULL)
        return -1;
    (void)read_name(at + strlen(INTO), table);
    for (int i = 0; i < g_seal_n; i++) {
        if (strcmp(g_seal[i], table) == 0)
            return i;
    }
    return -1;
}

/* SQL text as a C string. */
static void add_quoted(struct text *t, const char *sql)
{
    add(t, "\"", 1);
    for (; *sql != '\0'; sql++) {
        if (*sql == '"' || *sql == '\\')
            add(t, "\\", 1);
        add(t, *sql == '\n' ? " " : sql, 1);
    }
    add(t, "\"", 1);
}

/* Two statements for a derived table: what it lacks, and what it has beyond what it should. */
static void end_derived(const struct statement *s)
{
    static struct text sql;
    char columns[LINE_MAX_N] = "";
    for (int i = 0; i < s->in_n; i++) {
        size_t n = strlen(columns);
        (void)snprintf(columns + n, sizeof columns - n, "%s%s", n > 0 ? ", " : "", s->in[i].name);
    }
    addf(&g_deriveds, "    {\"%s\", \"%s\"},\n", s->name, columns);
    for (int extra = 0; extra < 2; extra++) {
        addf(&g_derived_rows, "    {\"derived_%s_%s\", {", s->name, extra == 0 ? "lacks" : "extra");
        for (int d = 0; d < DIALECTS; d++) {
            const char *query = s->sql[d].at;
            sql.n = 0;
            addf(&sql, extra == 0 ? "SELECT * FROM (" : "SELECT %s FROM %s EXCEPT SELECT * FROM (",
                 columns, s->name);
            add(&sql, query, strlen(query));
            addf(&sql, extra == 0 ? ") q EXCEPT SELECT %s FROM %s" : ") q", columns, s->name);
            add_quoted(&g_derived_rows, sql.at);
            add(&g_derived_rows, ", ", 2);
        }
        addf(&g_derived_rows, "}, NULL, NULL, 0, %d, true, false, -1},\n", s->in_n);
    }
    g_derived_n++;
}

static void end_statement(struct statement *s)
{
    if (s->name[0] == '\0')
        return;
    if (s->derived) {
        end_derived(s);
        memset(s, 0, sizeof *s);
        return;
    }
    if (g_header) {
        print_struct(s->name, "", s->in, s->in_n);
        print_struct(s->name, "_row", s->out, s->out_n);
        printf("enum { SQL_%s = %d };\n", s->name, g_statement_n);
        print_functions(s);
    } else {
        print_slots(s, "", s->in, s->in_n);
        print_slots(s, "_row", s->out, s->out_n);
        for (int d = 0; d < DIALECTS; d++)
            print_bytes("sql_text", g_statement_n, d, &s->sql[d]);
        addf(&g_rows, "    {\"%s\", {sql_text_%d_0, sql_text_%d_1}, slots_%s, slots_%s_row, ",
             s->name, g_statement_n, g_statement_n, s->name, s->name);
        addf(&g_rows, "%d, %d, %s, %s, %d},\n", s->in_n, s->out_n, s->stream ? "true" : "false",
             s->one ? "true" : "false", seal_of(s->sql[SQLITE].at));
    }
    g_statement_n++;
    memset(s, 0, sizeof *s);
}

static void read_statements(FILE *in)
{
    static struct statement s;
    char line[LINE_MAX_N];
    unsigned mask = 3;
    while (fgets(line, sizeof line, in) != NULL) {
        g_line++;
        line[strcspn(line, "\n")] = '\0';
        if (is_signature(line)) {
            end_statement(&s);
            mask = 3;
            read_signature(&s, line);
        } else if (!read_switch(line, &mask) && !is_comment(line)) {
            if (s.name[0] == '\0')
                die("no statement yet", line);
            for (int d = 0; d < DIALECTS; d++) {
                if ((mask >> d & 1) != 0)
                    add_line(&s.sql[d], line, d);
            }
        }
    }
    end_statement(&s);
}

/* Migrations */

static void add_append(struct text sql[DIALECTS], const char *table)
{
    static const char *const WHAT[] = {"UPDATE", "DELETE"};
    for (int i = 0; i < 2; i++) {
        addf(&sql[SQLITE],
             "CREATE TRIGGER %s_no_%s BEFORE %s ON %s BEGIN SELECT RAISE(ABORT, '%s_append_only'); "
             "END;\n",
             table, i == 0 ? "update" : "delete", WHAT[i], table, table);
    }
    addf(&sql[POSTGRES],
         "CREATE TRIGGER %s_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH "
         "STATEMENT EXECUTE FUNCTION refuse_change();\n",
         table, table);
}

/* Two more statements for a sealed table: the rows of one act, and all. */
static void add_seal(const char *rest)
{
    char columns[LINE_MAX_N] = "";
    int column_n = 0;
    if (g_seal_n == SEALS_MAX)
        die("too many sealed tables", rest);
    const char *table = g_seal[g_seal_n++];
    for (const char *p = read_name(rest, g_seal[g_seal_n - 1]); *p != '\0'; column_n++) {
        char column[NAME_MAX_N];
        p = read_name(p, column);
        size_t n = strlen(columns);
        (void)snprintf(columns + n, sizeof columns - n, "%s%s", n > 0 ? ", " : "", column);
    }
    if (strncmp(columns, "county, act, n", 14) != 0)
        die("a sealed table begins with county, act, n", columns);
    addf(&g_seals, "    {\"%s\", \"%s\"},\n", table, columns);
    static const char *const WHICH[] = {"WHERE county = $1 AND act = $2 ORDER BY",
                                        "ORDER BY county,"};
    for (int i = 0; i < 2; i++) {
        addf(&g_seal_rows, "    {\"seal_%s_%s\", {", table, i == 0 ? "act" : "all");
        for (int d = 0; d < DIALECTS; d++)
            addf(&g_seal_rows, "\"SELECT %s FROM %s %s act, n\", ", columns, table, WHICH[i]);
        addf(&g_seal_rows, "}, SLOTS_SEAL, NULL, %d, %d, true, false, -1},\n", i == 0 ? 2 : 0,
             column_n);
    }
}

/* Two statements again: the pieces, and the hashes there should be. */
static void add_pieces(const char *rest)
{
    char table[NAME_MAX_N], whole[NAME_MAX_N];
    (void)read_name(read_name(rest, table), whole);
    addf(&g_pieces, "    {\"%s\", \"%s\"},\n", table, whole);
    for (int i = 0; i < 2; i++) {
        addf(&g_piece_rows, "    {\"pieces_%s_%s\", {", table, i == 0 ? "all" : "whole");
        for (int d = 0; d < DIALECTS; d++)
            addf(&g_piece_rows,
                 i == 0 ? "\"SELECT county, hash, piece, bytes FROM %s ORDER BY county, hash, "
                          "piece\", "
                        : "\"SELECT DISTINCT county, hash FROM %s ORDER BY county, hash\", ",
                 i == 0 ? table : whole);
        addf(&g_piece_rows, "}, NULL, NULL, 0, %d, true, false, -1},\n", i == 0 ? 4 : 2);
    }
    g_piece_n++;
}

static void read_migration(FILE *in, int number)
{
    static struct text sql[DIALECTS];
    char line[LINE_MAX_N];
    unsigned mask = 3;
    sql[SQLITE].n = sql[POSTGRES].n = 0;
    while (fgets(line, sizeof line, in) != NULL) {
        g_line++;
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "--@append ", 10) == 0)
            add_append(sql, line + 10);
        else if (strncmp(line, "--@seal ", 8) == 0)
            add_seal(line + 8);
        else if (strncmp(line, "--@pieces ", 10) == 0)
            add_pieces(line + 10);
        else if (strncmp(line, "--@unsealed ", 12) == 0)
            addf(&g_unsealed, "    \"%s\",\n", line + 12);
        else if (!read_switch(line, &mask) && !is_comment(line)) {
            for (int d = 0; d < DIALECTS; d++) {
                if ((mask >> d & 1) != 0)
                    add_line(&sql[d], line, d);
            }
        }
    }
    if (!g_header) {
        print_bytes("migration", number, SQLITE, &sql[SQLITE]);
        print_bytes("migration", number, POSTGRES, &sql[POSTGRES]);
    }
    const char *slash = strrchr(g_path, '/');
    addf(&g_migrations, "    {\"%s\", {migration_%d_0, migration_%d_1}},\n",
         slash == NULL ? g_path : slash + 1, number, number);
    if (number != ++g_migration_n)
        die("migrations are numbered from 1 without a gap", g_path);
}

static void read_file(const char *path)
{
    g_path = path;
    g_line = 0;
    FILE *in = fopen(path, "r");
    if (in == NULL)
        die("cannot read", path);
    const char *slash = strrchr(path, '/');
    int number = atoi(slash == NULL ? path : slash + 1);
    if (number > 0)
        read_migration(in, number);
    else
        read_statements(in);
    (void)fclose(in);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 64;
    g_header = strcmp(argv[1], "header") == 0;
    printf("/* Made by tools/sql.c from schema/ and src/db/sql/. */\n");
    if (g_header)
        printf("#ifndef GECI_SQL_H\n#define GECI_SQL_H\n\n#include \"db/db.h\"\n\n");
    for (int i = 2; i < argc; i++)
        read_file(argv[i]);
    if (g_header) {
        printf("enum { SQL_N = %d, SQL_VERSION = %d, SQL_SEAL_N = %d, SQL_DERIVED_N "
               "= %d, SQL_PIECES_N = %d };\n\n#endif\n",
               g_statement_n, g_migration_n, g_seal_n, g_derived_n, g_piece_n);
        return 0;
    }
    printf(
        "static const struct sql_slot SLOTS_SEAL[] = {{\"county\", 't', false, 0}, {\"act\", 'i', "
        "false, sizeof(Str)}};\n");
    printf("static const struct sql_migration SQL_MIGRATION[] = {\n%s};\n\n", g_migrations.at);
    printf("static const struct sql_seal SQL_SEAL[] = {\n%s    {NULL, NULL}};\n\n", g_seals.at);
    printf("static const struct sql_seal SQL_DERIVED[] = {\n%s    {NULL, NULL}};\n\n",
           g_deriveds.at);
    printf("static const char *const SQL_UNSEALED[] = {\n%s    NULL};\n\n", g_unsealed.at);
    printf("static const struct sql_seal SQL_PIECES[] = {\n%s    {NULL, NULL}};\n\n", g_pieces.at);
    printf("static const struct sql_statement SQL_STATEMENT[] = {\n%s%s%s%s};\n", g_rows.at,
           g_seal_rows.at, g_derived_rows.at, g_piece_rows.at);
    return 0;
}
