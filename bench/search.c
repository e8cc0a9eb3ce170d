/* search - subjects found by names and parts of names, beside SQLite's FTS5 over the same
 * characters and pairs of them. Usage: bench_search NAMES QUERIES [N]
 *
 * NAMES: a name a line. QUERIES: kind, what is typed, the name wanted, apart by tabs, below a
 * header. Up to N subjects: firms as they are, then people made of characters of the names, who
 * work for them. CPU times, the better of two; SQLite is asked every FTS_EVERY-th question, as it
 * takes its time. */
#include "match/search.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "os/file.h"
#include "text/fold.h"

enum { TOP = 10, FTS_EVERY = 20, FILE_MAX = 1 << 28, NAME_GLYPHS = 3, TEXT_MAX = 4096 };

struct times {
    double *us;
    size_t n, found;
};

static double cpu_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static _Noreturn void fail(const char *what)
{
    (void)fprintf(stderr, "bench_search: %s\n", what);
    exit(1);
}

static Str read_file(struct arena *a, const char *path)
{
    Str text;
    int err;
    if (file_read(a, &text, str_of(path), FILE_MAX, &err) != OK)
        fail(path);
    return text;
}

/* Pieces of a text with blanks between them, as FTS5 takes them. */
static const char *cut(struct arena *a, Str s, const char *between)
{
    struct folded f;
    struct buf b;
    char one[4];
    fold_glyphs(a, &f, s);
    buf_init(&b, a, TEXT_MAX);
    for (uint32_t i = 0; i < f.n; i++)
        for (uint32_t n = 1; n <= 2 && i + n <= f.n; n++) {
            buf_fmt(&b, "%s\"", b.n > 0 ? between : "");
            for (uint32_t k = i; k < i + n; k++)
                buf_add(&b, (Str){one, utf8_encode(one, f.at[k])});
            buf_char(&b, '"');
        }
    return arena_copy(a, buf_str(&b)).p;
}

static uint32_t make_docs(struct arena *a, struct search_doc *d, Str names, uint32_t max)
{
    uint32_t n = 0;
    while (names.n > 0 && n < max) {
        Str name = str_trim(str_cut(&names, '\n'));
        if (name.n > 0) {
            d[n] = (struct search_doc){.id = n, .name = name};
            n++;
        }
    }
    for (uint32_t firms = n, i = 0; n < max && firms > 0; i++) {
        struct buf b;
        buf_init(&b, a, TEXT_MAX);
        for (uint32_t k = 0; k < NAME_GLYPHS; k++) {
            Str from = d[(i * 7919ULL + k * 104729ULL) % firms].name;
            buf_add(&b, str_sub(from, 0, from.n < 3 ? from.n : 3));
        }
        d[n] = (struct search_doc){.id = n, .name = buf_str(&b), .more = d[i % firms].name};
        n++;
    }
    return n;
}

static sqlite3_stmt *fill_sqlite(struct arena *a, sqlite3 **db, const struct search_doc *d,
                                 uint32_t n)
{
    sqlite3_stmt *in, *out;
    double before = cpu_us();
    if (sqlite3_open(":memory:", db) != SQLITE_OK ||
        sqlite3_exec(*db, "CREATE VIRTUAL TABLE t USING fts5(x); BEGIN", NULL, NULL, NULL) !=
            SQLITE_OK ||
        sqlite3_prepare_v2(*db, "INSERT INTO t(rowid, x) VALUES (?, ?)", -1, &in, NULL) !=
            SQLITE_OK)
        fail(sqlite3_errmsg(*db));
    for (uint32_t i = 0; i < n; i++) {
        ArenaMark mark = arena_mark(a);
        const char *text = cut(a, d[i].name, " ");
        (void)sqlite3_bind_int64(in, 1, (sqlite3_int64)i + 1);
        (void)sqlite3_bind_text(in, 2, text, -1, SQLITE_TRANSIENT);
        if (sqlite3_step(in) != SQLITE_DONE)
            fail(sqlite3_errmsg(*db));
        (void)sqlite3_reset(in);
        arena_reset(a, mark);
    }
    (void)sqlite3_finalize(in);
    if (sqlite3_exec(*db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(*db, "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t) LIMIT 10", -1,
                           &out, NULL) != SQLITE_OK)
        fail(sqlite3_errmsg(*db));
    printf("fts5   build %.0f ms\n", (cpu_us() - before) / 1e3);
    return out;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void print(const char *name, struct times *t)
{
    if (t->n == 0)
        return;
    qsort(t->us, t->n, sizeof *t->us, by_size);
    printf("%-6s questions %zu  top10 %.4f  p50 %.0f us  p99 %.0f us  max %.0f us\n", name, t->n,
           (double)t->found / (double)t->n, t->us[t->n / 2], t->us[t->n * 99 / 100],
           t->us[t->n - 1]);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_open(), *tmp = arena_open();
    uint32_t max = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 120000;
    if (argc < 3)
        fail("NAMES QUERIES [N]");
    Str names = read_file(a, argv[1]), text = read_file(a, argv[2]);
    struct search_doc *d = ARENA_ARRAY(a, struct search_doc, max);
    uint32_t n = make_docs(a, d, names, max), asked = 0;
    double before = cpu_us();
    struct search_index *x = search_build(d, n);
    printf("search build %.0f ms  %zu MB  subjects %u\n", (cpu_us() - before) / 1e3,
           search_bytes(x) >> 20, n);
    sqlite3 *db;
    sqlite3_stmt *fts = fill_sqlite(tmp, &db, d, n);
    struct search_room *room = search_room_open();
    struct times ours = {.us = ARENA_ARRAY(a, double, text.n)},
                 theirs = {.us = ARENA_ARRAY(a, double, text.n)};
    (void)str_cut(&text, '\n');
    for (; text.n > 0; asked++) {
        Str line = str_cut(&text, '\n');
        (void)str_cut(&line, '\t');
        Str typed = str_cut(&line, '\t');
        struct search_ask ask = {.text = typed, .top = TOP};
        struct search_found f;
        ArenaMark mark = arena_mark(tmp);
        double least = 1e18;
        for (int again = 0; again < 2; again++) {
            before = cpu_us();
            search_run(tmp, room, x, &ask, &f);
            least = cpu_us() - before < least ? cpu_us() - before : least;
        }
        ours.us[ours.n++] = least;
        for (uint32_t i = 0; i < f.n; i++)
            if (str_eq(d[f.hit[i].id].name, line)) {
                ours.found++;
                break;
            }
        if (asked % FTS_EVERY == 0 && typed.n > 0 && (unsigned char)typed.p[0] >= 0x80) {
            bool found = false;
            (void)sqlite3_bind_text(fts, 1, cut(tmp, typed, " OR "), -1, SQLITE_TRANSIENT);
            before = cpu_us();
            while (sqlite3_step(fts) == SQLITE_ROW)
                found = found || str_eq(d[sqlite3_column_int64(fts, 0) - 1].name, line);
            theirs.us[theirs.n++] = cpu_us() - before;
            theirs.found += found;
            (void)sqlite3_reset(fts);
        }
        arena_reset(tmp, mark);
    }
    print("search", &ours);
    print("fts5", &theirs);
    (void)sqlite3_finalize(fts);
    (void)sqlite3_close(db);
    search_room_close(room);
    search_close(x);
    arena_close(tmp);
    arena_close(a);
    return 0;
}
