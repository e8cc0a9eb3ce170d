/* oom.c - every allocation fails once, in every verb that writes.
 *
 * malloc and its kin stand here in the place of the C library's, so that SQLite and OpenSSL get
 * theirs from here too. A child runs a verb of verbs.txt, as the program `geci` would, with the
 * n-th allocation failing; it may end with an error or stop, as true want of memory does. Then the
 * store is opened by another program: what the child said was done is there, acts are there whole
 * or not at all, derived tables and the ledger are sound, and no file is half written.
 *
 * Most allocations of a verb are those of opening the store, which all verbs share: one in five of
 * the failures is there, the others come after; the seed says which. With --full every one after
 * the opening fails in its turn, unless a verb has very many, and every one of the opening in the
 * first verb. --only WORD tries the verbs that begin with it and runs the others as they are. The
 * defect planted by --canary: a row is committed that no act answers for. */
#include <errno.h>
#include <glob.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "cmd/cli.h"
#include "cmd/store/store.h"
#include "ledger/verify.h"
#include "sql.h"
#include "test/trust/trust.h"

enum { POINTS_QUICK = 20, POINTS_FULL = 400, OPENING_SHARE = 5, WHOLE_MAX = 2500 };
enum { SECONDS_MAX = 600 };
enum { WORDS_MAX = 40, LINE_N = 1024, NAME_N = 64, KEPT_N = 32 };

/* The C library's own. */
void *libc_malloc(size_t n) __asm__("__libc_malloc");
void *libc_calloc(size_t n, size_t size) __asm__("__libc_calloc");
void *libc_realloc(void *p, size_t n) __asm__("__libc_realloc");

static atomic_llong g_count, g_nth; /* allocations so far; the one that fails, or 0 */

static bool fails(void)
{
    return atomic_fetch_add(&g_count, 1) + 1 == atomic_load(&g_nth);
}

static void *refuse(void)
{
    errno = ENOMEM;
    return NULL;
}

void *malloc(size_t n)
{
    return fails() ? refuse() : libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    return fails() ? refuse() : libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
    return fails() ? refuse() : libc_realloc(p, n);
}

/* ---- a verb ---- */

struct verb_line {
    char text[LINE_N]; /* cut into words */
    char *word[WORDS_MAX];
    char name[NAME_N];                  /* `ledger pay` */
    char store[NAME_N];                 /* what it writes into */
    bool begins;                        /* .. which it makes: init, demo */
    bool only_opens;                    /* nothing of it but opening the store */
    bool migrates;                      /* an older one, which nothing else opens */
    int64_t allocations, before, after; /* how many; acts in the store */
};

/* How it went, as the child tells. */
struct told {
    int64_t allocations;
    int code;
};

static char g_kept['Z' + 1][KEPT_N];
static int64_t g_opening; /* allocations until a store is open */
static bool g_opened;     /* a verb has opened one */

static int geci(char **words)
{
    struct arena *a = arena_open();
    struct cli c;
    struct args_error err;
    int code = EXIT_USAGE;
    cli_open(&c, a, words);
    if (args_parse(a, &c.args, &err, words))
        code = c.args.verb->run(&c);
    cli_flush(&c);
    if (c.out_failed && code == 0)
        code = EXIT_IO;
    arena_close(a);
    return code;
}

/* Allocations until the store is open. */
static int64_t open_store(char **words)
{
    struct arena *a = arena_open();
    struct cli c;
    struct args_error err;
    struct store s;
    cli_open(&c, a, words);
    bool opened = args_parse(a, &c.args, &err, words) && store_open_new(&c, &s) == 0;
    int64_t n = atomic_load(&g_count);
    ASSERT(opened);
    store_close(&s);
    arena_close(a);
    return n;
}

/* The planted defect: a sealed row that no act answers for. */
static void plant(const struct verb_line *v)
{
    struct work k;
    char url[2 * NAME_N];
    (void)snprintf(url, sizeof url, "sqlite:%s", v->store); /* fits */
    if (work_open(&k, str_of(url), NULL) != OK)
        return;
    if (db_begin(k.w) != OK ||
        sql_county_add(k.w, &(struct sql_county_add){WORK_COUNTY, 9, 0, S("x"), 1}) != OK ||
        db_commit(k.w) != OK)
        printf("cannot plant it\n");
    work_close(&k);
}

static void child(struct verb_line *v, int64_t nth, int fd, bool planted)
{
    static const struct rlimit NO_CORE = {0, 0};
    struct told told;
    (void)setrlimit(RLIMIT_CORE, &NO_CORE); /* many of these stop */
    if (freopen("out", "w", stdout) == NULL || freopen("err", "w", stderr) == NULL)
        _exit(9);
    (void)alarm(SECONDS_MAX);
    atomic_store(&g_count, 0);
    atomic_store(&g_nth, nth);
    told.code = v->only_opens ? 0 : geci(v->word);
    atomic_store(&g_nth, 0);
    told.allocations = v->only_opens ? open_store(v->word) : atomic_load(&g_count);
    if (planted)
        plant(v);
    if (write(fd, &told, sizeof told) != (ssize_t)sizeof told)
        _exit(9);
    _exit(0);
}

/* The status of waitpid; without a word from the child told->code is -1. */
static int run(struct verb_line *v, int64_t nth, struct told *told, bool planted)
{
    int ends[2], how = 0;
    ASSERT(pipe(ends) == 0);
    pid_t pid = fork();
    if (pid == 0)
        child(v, nth, ends[1], planted);
    (void)close(ends[1]);
    if (read(ends[0], told, sizeof *told) != (ssize_t)sizeof *told)
        *told = (struct told){0, -1};
    (void)close(ends[0]);
    (void)waitpid(pid, &how, 0);
    return how;
}

/* ---- files ---- */

static void put_file(const char *name, const char *text, size_t n)
{
    FILE *f = fopen(name, "w");
    ASSERT(f != NULL);
    bool whole = fwrite(text, 1, n, f) == n;
    ASSERT(fclose(f) == 0 && whole);
}

static void copy(const char *from, const char *to)
{
    static char bytes[1 << 26];
    FILE *f = fopen(from, "r");
    ASSERT(f != NULL);
    size_t n = fread(bytes, 1, sizeof bytes, f);
    ASSERT(n < sizeof bytes && fclose(f) == 0);
    put_file(to, bytes, n);
}

static void drop_store(const char *name)
{
    static const char *const TAIL[] = {"", "-wal", "-shm", ".lock", ".manifest"};
    char path[2 * NAME_N];
    for (size_t i = 0; i < ARRAY_N(TAIL); i++) {
        (void)snprintf(path, sizeof path, "%s%s", name, TAIL[i]); /* fits */
        (void)unlink(path);                                       /* if there is one */
    }
}

static bool exists(const char *name)
{
    struct stat s;
    return stat(name, &s) == 0 && s.st_size > 0;
}

/* Those that `migrate` leaves, named by the second. */
static void drop_copies(void)
{
    glob_t copies;
    if (glob("x.db.v*", 0, NULL, &copies) != 0)
        return;
    for (size_t i = 0; i < copies.gl_pathc; i++)
        (void)unlink(copies.gl_pathv[i]); /* there */
    globfree(&copies);
}

/* As it was before the verb. */
static void put_back(const struct verb_line *v)
{
    drop_store(v->store);
    drop_copies();
    if (strcmp(v->store, "x.db") == 0 && !v->begins)
        copy("base", "x.db");
}

/* ---- what somebody finds afterwards ---- */

static bool ledger_is_sound(struct arena *a, Str url)
{
    struct db_opts o = {.mode = DB_READ};
    struct db *db = NULL;
    struct db_conn *c = NULL;
    struct diags ds;
    struct ledger_report report = {0};
    diags_init(&ds, a);
    enum status st = db_open(a, &db, url, &o, &ds);
    if (st == OK)
        st = db_connect(db, DB_READ, &c, &ds);
    if (st == OK)
        st = db_begin(c);
    if (st == OK) {
        struct arena *tmp = arena_open();
        st = ledger_verify(c, tmp, WORK_COUNTY, &report, &ds);
        arena_close(tmp);
    }
    db_disconnect(c);
    db_close(db);
    return st == OK && report.fault_n == 0;
}

/* Acts in the store; -1: there is none; -2: it cannot be opened. */
static int64_t acts_in(struct trust *t, const struct verb_line *v, int64_t nth)
{
    char url[2 * NAME_N];
    struct look seen;
    if (!exists(v->store))
        return -1;
    struct arena *a = arena_open();
    (void)snprintf(url, sizeof url, "sqlite:%s", v->store); /* fits */
    look(a, &seen, str_of(url), NULL, NULL);
    int64_t acts = seen.opened == OK ? seen.acts : -2;
    if (seen.opened == OK) {
        trust_check(t, seen.verified == OK && seen.wrong == 0, "%s, allocation %lld: %s", v->name,
                    (long long)nth, seen.said);
        if (strncmp(v->name, "ledger", 6) == 0)
            trust_check(t, ledger_is_sound(a, str_of(url)), "%s, allocation %lld: the ledger",
                        v->name, (long long)nth);
    }
    arena_close(a);
    return acts;
}

struct figures {
    int64_t points, stopped, refused, unharmed;
};

static void one_point(struct trust *t, struct verb_line *v, int64_t nth, struct figures *f)
{
    struct told told, again;
    put_back(v);
    int how = run(v, nth, &told, t->canary);
    bool stopped = WIFSIGNALED(how) && WTERMSIG(how) == SIGABRT;
    trust_check(t, stopped || told.code >= 0, "%s, allocation %lld: signal %d, exit %d", v->name,
                (long long)nth, WIFSIGNALED(how) ? WTERMSIG(how) : 0, WEXITSTATUS(how));
    if (v->migrates) { /* it is as it was, or done: either way it can be asked for again */
        drop_copies();
        (void)run(v, 0, &again, false);
        trust_check(t, again.code == 0, "%s, allocation %lld: cannot be run again", v->name,
                    (long long)nth);
    }
    int64_t acts = acts_in(t, v, nth);
    if (acts < 0 && v->begins && told.code != 0) { /* nothing yet: then it can be begun anew */
        (void)run(v, 0, &again, false);            /* told in `again` */
        trust_check(t, again.code == 0, "%s, allocation %lld: cannot be run again", v->name,
                    (long long)nth);
        acts = acts_in(t, v, nth) - v->after; /* none of them of the first run */
    }
    bool copies = strcmp(v->store, "x.db") != 0 && !v->begins; /* all or nothing */
    bool is_whole = copies ? acts == v->after || acts == -1 : acts >= v->before && acts <= v->after;
    trust_check(t, is_whole, "%s, allocation %lld: %lld acts, not %lld to %lld", v->name,
                (long long)nth, (long long)acts, (long long)v->before, (long long)v->after);
    trust_check(t, told.code != 0 || acts == v->after, "%s, allocation %lld: said to be done",
                v->name, (long long)nth);
    f->points++;
    f->stopped += stopped;
    f->refused += told.code > 0;
    f->unharmed += told.code == 0;
}

/* How many fail: of those that open the store, spread evenly, and of the others. */
struct points {
    int64_t opening, early, late;
};

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static struct points points_of(const struct trust *t, const struct verb_line *v)
{
    struct points p = {.opening = v->begins || g_opening >= v->allocations ? 0 : g_opening};
    int64_t n = trust_n(t, POINTS_QUICK, POINTS_FULL) * (v->begins ? 3 : 1);
    int64_t own = v->allocations - p.opening;
    bool whole = t->full && t->n == 0, first = p.opening > 0 && !g_opened;
    g_opened |= first;
    if (t->only != NULL && strncmp(v->name, t->only, strlen(t->only)) != 0)
        return p;
    int64_t early = least(p.opening, n / OPENING_SHARE);
    p.early = whole && first ? p.opening : early;
    p.late = least(own, whole && own <= WHOLE_MAX ? own : n - early);
    return p;
}

/* The i-th of them. */
static int64_t pick(struct trust *t, const struct verb_line *v, const struct points *p, int64_t i)
{
    bool early = i < p->early;
    int64_t from = early ? 0 : p->opening, size = early ? p->opening : v->allocations - p->opening;
    int64_t k = early ? i : i - p->early, of = early ? p->early : p->late;
    int64_t low = k * size / of, high = (k + 1) * size / of;
    return 1 + from + low + (int64_t)trust_below(t, (uint64_t)(high > low ? high - low : 1));
}

static void keep_word(char name)
{
    char word[KEPT_N] = "";
    FILE *f = fopen("out", "r");
    ASSERT(f != NULL);
    bool found = fscanf(f, "%31s", word) == 1;
    ASSERT(fclose(f) == 0 && found);
    memcpy(g_kept[(unsigned char)name], word, KEPT_N);
}

static void try_verb(struct trust *t, struct verb_line *v, char keep)
{
    struct figures f = {0};
    struct told told;
    if (!v->begins && strcmp(v->store, "x.db") == 0)
        copy("x.db", "base");
    else
        drop_store(v->store);
    v->before = v->begins || !exists("x.db") ? 0 : acts_in(t, v, 0);
    (void)run(v, 0, &told, false); /* told */
    trust_check(t, told.code == 0, "%s: exit %d", v->name, told.code);
    v->after = acts_in(t, v, 0);
    if (v->migrates)
        v->before = v->after;
    v->allocations = told.allocations;
    struct points p = points_of(t, v);
    for (int64_t i = 0; i < p.early + p.late && !(t->canary && t->failed > 0); i++)
        one_point(t, v, pick(t, v, &p, i), &f);
    put_back(v);
    (void)run(v, 0, &told, false); /* as before */
    if (keep != 0)
        keep_word(keep);
    printf(
        "oom: %s: %lld acts, %lld allocations; %lld failed: %lld stopped, %lld refused, %lld done "
        "all the same\n",
        v->name, (long long)(v->after - v->before), (long long)v->allocations, (long long)f.points,
        (long long)f.stopped, (long long)f.refused, (long long)f.unharmed);
}

/* ---- verbs.txt ---- */

/* `@/` and `$A` replaced, and `\n` by an end of line. */
static size_t expand(char out[LINE_N], const char *p)
{
    struct arena *a = arena_open();
    struct buf b;
    buf_init(&b, a, LINE_N - 1);
    for (; *p != '\0' && *p != '\n'; p++) {
        if (p[0] == '@' && p[1] == '/')
            buf_add(&b, S(GECI_SOURCE_ROOT));
        else if (p[0] == '$')
            buf_add(&b, str_of(g_kept[*++p & 0x7f]));
        else if (p[0] == '\\' && p[1] == 'n')
            buf_add(&b, S("\n")), p++;
        else
            buf_add(&b, (Str){p, 1});
    }
    ASSERT(!b.over);
    Str all = buf_str(&b);
    memcpy(out, all.p, all.n);
    out[all.n] = '\0';
    arena_close(a);
    return all.n;
}

static void make_file(const char *line)
{
    char text[LINE_N];
    size_t n = expand(text, line);
    char *blank = strchr(text, ' ');
    ASSERT(blank != NULL);
    *blank = '\0';
    put_file(text, blank + 1, n - (size_t)(blank + 1 - text));
}

static void read_verb(struct verb_line *v, const char *line)
{
    static char program[] = "geci";
    size_t n = 0;
    (void)expand(v->text, line); /* as long as the line at least */
    v->word[n++] = program;
    for (char *w = strtok(v->text, " "); w != NULL; w = strtok(NULL, " ")) {
        ASSERT(n < WORDS_MAX - 1);
        v->word[n++] = w;
        char *colon = strrchr(w, ':');
        size_t size = strlen(w);
        if (size > 3 && strcmp(w + size - 3, ".db") == 0)
            (void)snprintf(v->store, NAME_N, "%s", colon == NULL ? w : colon + 1); /* short */
    }
    v->begins = strcmp(v->word[1], "init") == 0 || strcmp(v->word[1], "demo") == 0;
    v->migrates = strcmp(v->word[1], "migrate") == 0;
    bool family = verb_is_family(str_of(v->word[1]));
    (void)snprintf(v->name, NAME_N, "%s%s%s", v->word[1], family ? " " : "",
                   family ? v->word[2] : ""); /* short */
}

/* SQL into x.db as it is. */
static void change_store(const char *sql)
{
    sqlite3 *db;
    ASSERT(sqlite3_open("x.db", &db) == SQLITE_OK);
    ASSERT(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
    ASSERT(sqlite3_close(db) == SQLITE_OK);
}

/* What it takes to open a store. */
static void count_opening(void)
{
    struct verb_line list = {.store = "x.db", .only_opens = true};
    struct told told;
    read_verb(&list, "kind list");
    (void)run(&list, 0, &told, false); /* told */
    g_opening = told.allocations;
}

static void try_line(struct trust *t, const char *line)
{
    struct verb_line v = {.store = "x.db"};
    char keep = line[1] == '=' ? line[0] : '\0';
    if (line[0] == '#' || line[0] == '\n')
        return;
    if (line[0] == '!') {
        change_store(line + 2);
        return;
    }
    if (line[0] == '>') {
        make_file(line + 2);
        return;
    }
    read_verb(&v, keep == 0 ? line : line + 3);
    try_verb(t, &v, keep);
    if (g_opening == 0)
        count_opening();
}

int main(int argc, char **argv)
{
    struct trust t;
    char folder[FOLDER_N], line[LINE_N];
    trust_begin(&t, "oom", argc, argv);
    FILE *f = fopen(GECI_SOURCE_ROOT "/test/trust/verbs.txt", "r");
    work_folder(folder);
    ASSERT(f != NULL && chdir(folder) == 0 && setenv("GECI_DB", "sqlite:x.db", 1) == 0);
    while (fgets(line, sizeof line, f) != NULL && !(t.canary && t.failed > 0))
        try_line(&t, line);
    ASSERT(fclose(f) == 0);
    work_folder_end(folder);
    return trust_end(&t);
}
