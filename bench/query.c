/* query - a page of 100, filtered and sorted, out of the firms of the demonstration county, beside
 * SQLite asked for the same in a table as wide as the roster, in memory.
 * Usage: bench_query sqlite:demo.db      (geci demo --db sqlite:demo.db)
 *
 * The questions alternate, ROUNDS times each; medians of CPU time, and their ratio. Both count all
 * rows that are met as well as giving the page; SQLite has the figures as integers. */
#include "query/query.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "col/dataset.h"
#include "db/db.h"

enum { ROUNDS = 21, LIMIT = 100 };

static const struct {
    const char *where, *sort, *sql, *order; /* {name}: the column of a field */
    bool descending;
} asked[] = {
    {"", "", "1", "id", false},
    {"研发费用 > 100万元", "研发费用", "{研发费用} > 100000000", "{研发费用} DESC, id", true},
    {"研发费用 / 营业收入 >= 5% 且 主产业链 = 智能装备", "研发费用",
     "{研发费用} * 1.0 / {营业收入} >= 0.05 AND {主产业链} = '智能装备'", "{研发费用} DESC, id",
     true},
    {"职工总数 >= 100人 且 梯度称号 在 (瞪羚; 独角兽)", "企业名称",
     "{职工总数} >= 1000000 AND {梯度称号} IN ('瞪羚', '独角兽')", "{企业名称}, id", false},
};

static double cpu_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static _Noreturn void fail(const char *what)
{
    (void)fprintf(stderr, "bench_query: %s\n", what);
    exit(1);
}

/* The column of a field in its last period. */
static size_t column_of(const struct roster *r, Str name)
{
    int32_t field = rule_find_field(r->rules, name);
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < r->data->column_n; i++)
        if ((int32_t)r->data->column[i].field == field &&
            (best == SIZE_MAX || r->data->column[i].period > r->data->column[best].period))
            best = i;
    if (best == SIZE_MAX)
        fail("a field is missing");
    return best;
}

static sqlite3 *fill(const struct roster *r)
{
    struct arena *a = arena_open();
    struct buf make, add;
    sqlite3 *db;
    sqlite3_stmt *st;
    buf_init(&make, a, BUF_MAX);
    buf_init(&add, a, BUF_MAX);
    buf_fmt(&make, "CREATE TABLE t (id TEXT PRIMARY KEY");
    buf_fmt(&add, "INSERT INTO t VALUES (?");
    for (size_t i = 0; i < r->data->column_n; i++) {
        buf_fmt(&make, ", c%zu", i);
        buf_fmt(&add, ", ?");
    }
    buf_fmt(&make, ") WITHOUT ROWID%c", '\0');
    buf_fmt(&add, ")%c", '\0');
    if (sqlite3_open(":memory:", &db) != SQLITE_OK ||
        sqlite3_exec(db, make.p, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, add.p, -1, &st, NULL) != SQLITE_OK)
        fail("SQLite");
    for (uint32_t row = 0; row < r->data->row_n; row++) {
        Str id = r->data->id[row];
        (void)sqlite3_bind_text(st, 1, id.p, (int)id.n, SQLITE_STATIC);
        for (size_t i = 0; i < r->data->column_n; i++) {
            const struct column *c = &r->data->column[i];
            int at = (int)i + 2;
            Wide v = column_value(c, row);
            if (!column_has(c, row)) {
                (void)sqlite3_bind_null(st, at);
            } else if (r->rules->field[c->field].type.kind == TYPE_TEXT) {
                Str s = labels_text(r->data->labels, (uint32_t)v);
                (void)sqlite3_bind_text(st, at, s.p, (int)s.n, SQLITE_STATIC);
            } else {
                (void)sqlite3_bind_int64(st, at, (int64_t)v);
            }
        }
        if (sqlite3_step(st) != SQLITE_DONE || sqlite3_reset(st) != SQLITE_OK)
            fail("SQLite");
    }
    (void)sqlite3_finalize(st);
    if (sqlite3_exec(db, "COMMIT; ANALYZE", NULL, NULL, NULL) != SQLITE_OK)
        fail("SQLite");
    arena_close(a);
    return db;
}

static void add_named(struct buf *b, const struct roster *r, const char *text)
{
    Str rest = str_of(text);
    while (rest.n > 0) {
        buf_add(b, str_cut(&rest, '{'));
        if (rest.n > 0)
            buf_fmt(b, "c%zu", column_of(r, str_cut(&rest, '}')));
    }
}

static sqlite3_stmt *prepare(sqlite3 *db, const struct roster *r, size_t i, bool count)
{
    struct arena *a = arena_open();
    struct buf b;
    sqlite3_stmt *st;
    buf_init(&b, a, BUF_MAX);
    buf_fmt(&b, "SELECT %s FROM t WHERE ", count ? "count(*)" : "*");
    add_named(&b, r, asked[i].sql);
    if (!count) {
        buf_fmt(&b, " ORDER BY ");
        add_named(&b, r, asked[i].order);
        buf_fmt(&b, " LIMIT %d", LIMIT);
    }
    buf_char(&b, '\0');
    if (sqlite3_prepare_v2(db, b.p, -1, &st, NULL) != SQLITE_OK)
        fail(sqlite3_errmsg(db));
    arena_close(a);
    return st;
}

static double by_sqlite(sqlite3_stmt *page, sqlite3_stmt *count, uint32_t *rows)
{
    double from = cpu_ms();
    while (sqlite3_step(page) == SQLITE_ROW)
        (void)sqlite3_column_text(page, 0);
    (void)sqlite3_step(count);
    *rows = (uint32_t)sqlite3_column_int64(count, 0);
    (void)sqlite3_reset(page);
    (void)sqlite3_reset(count);
    return cpu_ms() - from;
}

static double by_query(const struct roster *r, size_t i, uint32_t *rows)
{
    static const struct scope all = {
        .rule = SCOPE_ALL, .show = PROTECT_PERSONAL, .ask = PROTECT_PERSONAL};
    double from = cpu_ms();
    struct arena *a = arena_open();
    struct query_key key = {str_of(asked[i].sort), asked[i].descending};
    struct query_list l = {.key = &key, .key_n = key.field.n > 0, .limit = LIMIT};
    struct query_ask ask = {.where = str_of(asked[i].where), .today = 20500};
    struct selection *s;
    struct query_page p;
    struct buf b;
    if (query_select(&all, r, &ask, a, &s, NULL) != OK || query_list(s, &l, a, &p, NULL) != OK)
        fail("the query is refused");
    buf_init(&b, a, BUF_MAX);
    for (uint32_t k = 0; k < p.n; k++)
        for (uint32_t c = 0; c < p.column_n; c++)
            (void)query_cell(&b, &p, p.row[k], c); /* empty: as it is shown */
    *rows = query_counts(s).rows;
    arena_close(a);
    return cpu_ms() - from;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void measure(const struct roster *r, sqlite3 *db, size_t i)
{
    double own[ROUNDS], other[ROUNDS];
    uint32_t rows = 0, their = 0;
    sqlite3_stmt *page = prepare(db, r, i, false), *count = prepare(db, r, i, true);
    for (int k = 0; k < ROUNDS; k++) {
        own[k] = by_query(r, i, &rows);
        other[k] = by_sqlite(page, count, &their);
    }
    (void)sqlite3_finalize(page);
    (void)sqlite3_finalize(count);
    if (rows != their)
        fail("the answers differ");
    qsort(own, ROUNDS, sizeof *own, by_size);
    qsort(other, ROUNDS, sizeof *other, by_size);
    printf("%6u rows  %6.2f ms  SQLite %6.2f ms  ratio %.2f  %s\n", rows, own[ROUNDS / 2],
           other[ROUNDS / 2], own[ROUNDS / 2] / other[ROUNDS / 2],
           asked[i].where[0] == '\0' ? "(all)" : asked[i].where);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_open();
    struct diags ds;
    struct db *db;
    struct db_conn *c;
    struct db_opts o = {.mode = DB_READ};
    diags_init(&ds, a);
    if (argc != 2 || db_open(a, &db, str_of(argv[1]), &o, &ds) != OK ||
        db_connect(db, DB_READ, &c, &ds) != OK || db_begin(c) != OK)
        fail("usage: bench_query sqlite:demo.db, made by geci demo --db");
    struct rosters *x = rosters_open(a, S("320582"));
    rosters_only(x, S("科技型企业"));
    double from = cpu_ms();
    if (rosters_refresh(x, c, &ds) != OK)
        fail("the roster cannot be folded");
    const struct roster *r = roster_take(x, S("科技型企业"));
    if (r == NULL)
        fail("the store has no 科技型企业");
    printf("%u firms, %zu columns, %zu MB, folded in %.0f ms\n", r->data->row_n, r->data->column_n,
           roster_bytes(r) >> 20, cpu_ms() - from);
    sqlite3 *wide = fill(r);
    for (size_t i = 0; i < ARRAY_N(asked); i++)
        measure(r, wide, i);
    (void)sqlite3_close(wide);
    roster_release(r);
    rosters_close(x);
    db_rollback(c);
    db_disconnect(c);
    db_close(db);
    arena_close(a);
    return 0;
}
