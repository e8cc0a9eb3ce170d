#include "test/trust/trust.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/act.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "os/clock.h"
#include "record/record.h"
#include "sql.h"
#include "test/help/pg.h"

enum { TOLD_MAX = 12 };

void trust_begin(struct trust *t, const char *name, int argc, char **argv)
{
    *t = (struct trust){.name = name, .seed = 1, .started_ms = clock_ms()};
    (void)setvbuf(stdout, NULL, _IOLBF, 0); /* they run long, and children write too */
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--full") == 0)
            t->full = true;
        else if (strcmp(argv[i], "--canary") == 0)
            t->canary = true;
        else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
            t->seed = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc)
            t->only = argv[++i];
        else if (strcmp(argv[i], "--n") == 0 && i + 1 < argc)
            t->n = strtoll(argv[++i], NULL, 10);
        else {
            fprintf(stderr,
                    "usage: trust_%s [--seed N] [--n N] [--full] [--canary] "
                    "[--only sqlite|postgres]\n",
                    name);
            exit(64);
        }
    }
    t->state = t->seed;
}

bool trust_on(const struct trust *t, const char *database)
{
    return t->only == NULL || strcmp(t->only, database) == 0;
}

int64_t trust_n(const struct trust *t, int64_t quick, int64_t full)
{
    return t->n > 0 ? t->n : t->full ? full : quick;
}

void trust_seed(struct trust *t, uint64_t seed)
{
    t->state = t->seed * UINT64_C(0x9E3779B97F4A7C15) + seed;
}

/* splitmix64 */
uint64_t trust_next(struct trust *t)
{
    uint64_t z = t->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

uint64_t trust_below(struct trust *t, uint64_t n)
{
    return trust_next(t) % n;
}

bool trust_check(struct trust *t, bool ok, const char *fmt, ...)
{
    if (ok) {
        t->passed++;
        return true;
    }
    if (t->failed++ < TOLD_MAX && !t->canary) {
        va_list ap;
        va_start(ap, fmt);
        printf("FAILED (seed %llu): ", (unsigned long long)t->seed);
        vprintf(fmt, ap);
        printf("\n");
        va_end(ap);
    }
    return false;
}

double trust_seconds(const struct trust *t)
{
    return (double)(clock_ms() - t->started_ms) / 1000;
}

int trust_end(struct trust *t)
{
    if (t->canary) {
        printf("%s: the planted defect was %s (%lld of %lld)\n", t->name,
               t->failed > 0 ? "found" : "NOT FOUND", (long long)t->failed,
               (long long)(t->passed + t->failed));
        printf("%d passed, %d failed\n", t->failed > 0, t->failed == 0);
        return t->failed > 0 ? 0 : 1;
    }
    printf("%lld passed, %lld failed\n", (long long)t->passed, (long long)t->failed);
    return t->failed > 0 || t->passed == 0;
}

enum status work_open(struct work *k, Str url, const char *vfs)
{
    struct db_opts o = {.mode = DB_WRITE,
                        .create = true,
                        .migrate = true,
                        .busy_ms = 20000,
                        .vfs = vfs,
                        .wal_pages = vfs == NULL ? 0 : 8};
    *k = (struct work){.a = arena_open()};
    diags_init(&k->ds, k->a);
    enum status st = db_open(k->a, &k->db, url, &o, &k->ds);
    if (st == OK)
        st = db_connect(k->db, DB_WRITE, &k->w, &k->ds);
    if (st != OK)
        work_close(k);
    return st;
}

void work_close(struct work *k)
{
    db_disconnect(k->w);
    db_close(k->db);
    arena_close(k->a);
    *k = (struct work){0};
}

enum status work_do(struct work *k, enum status (*does)(struct work *k, void *arg), void *arg)
{
    ArenaMark mark = arena_mark(k->a);
    enum status st = db_begin(k->w);
    if (st == OK)
        st = does(k, arg);
    if (st == OK)
        st = db_commit(k->w);
    else
        db_rollback(k->w);
    arena_reset(k->a, mark);
    return st;
}

struct writing {
    int64_t token, *no;
};

static enum status write_act(struct work *k, void *arg)
{
    struct writing *x = arg;
    struct act a;
    char text[64];
    Str name = {text, (size_t)snprintf(text, sizeof text, "{\"token\":%lld}", (long long)x->token)};
    TRY(act_begin(&a, k->w, k->a, WORK_COUNTY, clock_us()));
    TRY(act_county(&a, name, DIGEST_SM3));
    *x->no = a.no;
    return act_end(&a, &(struct act_words){S("trust"), S("work.write"), S("county"), name});
}

enum status work_write(struct work *k, int64_t token, int64_t *no)
{
    return work_do(k, write_act, &(struct writing){token, no});
}

static int64_t token_of(Str body)
{
    size_t at = str_find(body, S(":"));
    return at == body.n ? -1 : strtoll(body.p + at + 1, NULL, 10);
}

static enum status read_tokens(struct arena *a, struct db_conn *c, struct look *out)
{
    struct db_rows rows;
    struct sql_act_all_row row;
    size_t n = 0, cap = 0;
    out->token = NULL;
    TRY(db_begin(c));
    TRY(sql_act_all(c, &rows));
    while (sql_act_all_next(&rows, &row)) {
        if (str_eq(row.county, WORK_COUNTY))
            VEC_PUSH(a, out->token, n, cap) = token_of(row.body);
    }
    out->acts = (int64_t)n;
    TRY(db_rows_end(&rows));
    db_rollback(c);
    return OK;
}

void look(struct arena *a, struct look *out, Str url, const char *vfs, const struct audit_asked *q)
{
    struct db_opts o = {.mode = vfs == NULL ? DB_READ : DB_WRITE, .busy_ms = 20000, .vfs = vfs};
    struct db *db = NULL;
    struct db_conn *c = NULL;
    struct diags ds;
    struct audit_found found;
    struct buf b;
    struct audit_asked asked = {0};
    if (q != NULL)
        asked = *q;
    asked.derived = record_derived(&asked.derived_n);
    diags_init(&ds, a);
    *out = (struct look){.verified = ERR_IO};
    out->opened = db_open(a, &db, url, &o, &ds);
    if (out->opened == OK)
        out->opened = db_connect(db, o.mode, &c, &ds);
    if (out->opened == OK)
        out->verified = audit_verify(c, a, &found, &asked, &ds);
    if (out->verified == OK)
        out->verified = read_tokens(a, c, out);
    db_disconnect(c);
    db_close(db);
    out->wrong = ds.error_n;
    buf_init(&b, a, sizeof out->said - 1);
    for (size_t i = 0; i < ds.n; i++) {
        buf_fmt(&b, "%s ", diag_info(ds.at[i].code)->mnemonic);
        diag_text(&b, &ds.at[i], LANG_EN);
        buf_add(&b, S("; "));
    }
    if (b.n > 0)
        memcpy(out->said, b.p, b.n);
}

void work_folder(char out[FOLDER_N])
{
    folder_new(out, "trust");
}

void work_folder_end(const char *folder)
{
    if (!folder_remove(folder))
        fprintf(stderr, "cannot remove %s\n", folder);
}

int trust_each(struct trust *t, void (*on)(struct trust *t, const char *name, Str url))
{
    char folder[FOLDER_N];
    struct arena *a = arena_open();
    work_folder(folder);
    if (trust_on(t, "sqlite"))
        on(t, "sqlite", arena_fmt(a, "sqlite:%s/x.db", folder));
    const char *url = trust_on(t, "postgres") ? pg_database() : NULL;
    if (url != NULL)
        on(t, "postgres", str_of(url));
    work_folder_end(folder);
    arena_close(a);
    return trust_end(t);
}
