/* gcol_test.c - the form each column takes, the way back, and every kind of damage by its name. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/str.h"
#include "load/gcol_int.h"
#include "t.h"

enum { ROWS = 300 };

struct made {
    struct arena *a;
    struct diags ds;
    char *p; /* the file */
    size_t n;
    const struct gcol *g;
};

static struct made make(Str csv)
{
    struct made m = {.a = arena_open()};
    struct buf b;
    Str *part;
    size_t n = 0;
    diags_init(&m.ds, m.a);
    buf_init(&b, m.a, BUF_MAX);
    enum status st = gcol_write(m.a, &part, &n, csv, &m.ds);
    CHECK_INT(st, OK);
    for (size_t i = 0; st == OK && i < n; i++)
        buf_add(&b, part[i]);
    m.p = b.p;
    m.n = b.n;
    CHECK(st == OK && gcol_open(m.a, &m.g, buf_str(&b), &m.ds) == OK);
    return m;
}

static Str printed(const struct made *m)
{
    struct buf b;
    buf_init(&b, m->a, BUF_MAX);
    buf_add(&b, gcol_head(m->g));
    gcol_print(&b, m->g, NULL, 0, 0, gcol_row_n(m->g));
    return buf_str(&b);
}

/* ROWS rows `i,FORMAT of i`, so that there are too many texts for words. */
static Str column_of(struct arena *a, const char *last, Str (*cell)(struct arena *a, int i))
{
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    buf_add(&b, S("id,x\n"));
    for (int i = 0; i < ROWS; i++) {
        const Str s = cell(a, i);
        buf_fmt(&b, "%d,%.*s\n", i, (int)s.n, s.p);
    }
    buf_fmt(&b, "last,%s\n", last);
    return buf_str(&b);
}

static Str whole(struct arena *a, int i)
{
    return i == 7 ? S("") : arena_fmt(a, "%d", i * 3 - 100);
}

static Str fixed(struct arena *a, int i)
{
    return arena_fmt(a, "%d.%d0", i, i % 10);
}

static Str shortest(struct arena *a, int i)
{
    return i % 3 == 0 ? arena_fmt(a, "%d", i) : arena_fmt(a, "%d.%d", i, i % 9 + 1);
}

/* One more cell at the end, and what the column is then. */
static void check_form(Str (*cell)(struct arena *a, int i), const char *last, enum gcol_kind kind,
                       bool is_fixed)
{
    struct arena *a = arena_open();
    const Str csv = column_of(a, last, cell);
    struct made m = make(csv);
    const struct gcol_column *c = &m.g->column[1];
    CHECK_INT(c->kind, kind);
    CHECK(kind != GCOL_FIGURES || c->fixed == is_fixed);
    CHECK(str_eq(printed(&m), csv));
    arena_close(m.a);
    arena_close(a);
}

TEST(gcol_keeps_as_figures_what_prints_back)
{
    static const char *const texts[] = {"007",   "-0",  "+5", "1e3", ".5", "5.",
                                        "5万元", "1 2", "00", "--5", "-",  "1.2.3"};
    check_form(whole, "", GCOL_FIGURES, true);
    check_form(whole, "-2147483649", GCOL_FIGURES, true);
    check_form(whole, "999999999999999999", GCOL_FIGURES, true);
    check_form(whole, "1999999999999999999", GCOL_TEXTS, true); /* 19 digits */
    check_form(whole, "1.5", GCOL_FIGURES, false);
    check_form(whole, "1.50", GCOL_TEXTS, false);
    check_form(fixed, "0.00", GCOL_FIGURES, true);
    check_form(fixed, "-0.01", GCOL_FIGURES, true);
    check_form(fixed, "-0.00", GCOL_TEXTS, true);
    check_form(fixed, "1.234", GCOL_TEXTS, true);
    check_form(shortest, "0.001", GCOL_FIGURES, false);
    check_form(shortest, "1.10", GCOL_TEXTS, false);
    check_form(shortest, "0.0000000000000000001", GCOL_TEXTS, false); /* 19 decimals */
    for (size_t i = 0; i < ARRAY_N(texts); i++)
        check_form(whole, texts[i], GCOL_TEXTS, false);
}

static Str some(struct arena *a, int i)
{
    return arena_fmt(a, "t%d", i % 140);
}

static Str pairs(struct arena *a, int i)
{
    return arena_fmt(a, "t%d", i / 2 % 130 + i % 2 * 130);
}

TEST(gcol_keeps_texts_that_recur_once)
{
    struct arena *a = arena_open();
    struct made m = make(column_of(a, "", some));
    CHECK_INT(m.g->column[1].kind, GCOL_WORDS);
    CHECK_INT(m.g->column[1].width, 1);
    CHECK_INT(m.g->column[1].texts.n, 141);
    arena_close(m.a);
    m = make(column_of(a, "", pairs)); /* 261 words in 301 rows */
    CHECK_INT(m.g->column[1].kind, GCOL_TEXTS);
    arena_close(m.a);
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    buf_add(&b, S("x,y\n"));
    for (int i = 0; i < 2 * 70000; i++)
        buf_fmt(&b, "w%d,v%d\n", i % 300, i % 70000);
    m = make(buf_str(&b));
    CHECK_INT(m.g->column[0].width, 2);
    CHECK_INT(m.g->column[1].width, 4);
    CHECK(str_eq(printed(&m), buf_str(&b)));
    arena_close(m.a);
    arena_close(a);
}

TEST(gcol_is_the_csv_again)
{
    static const char *const files[] = {
        "a\n1\n",
        "a,b\n",
        "a,\"b;c\"\n\"x\"\"y\",\" z\"\n,\"1\n2\"\n",
        "\"a;b\"\n\" \"\n",
        "编号,\"名,称\"\n0,\"\xEF\xBB\xBFq\"\n",
        "\"\xEF\xBB\xBF\",\n1,\n",
    };
    for (size_t i = 0; i < ARRAY_N(files); i++) {
        struct made m = make(str_of(files[i]));
        CHECK_STR(printed(&m), files[i]);
        arena_close(m.a);
    }
    struct made m = make(S("a;b\n 1 ;2;\n\n;5\n")); /* blanks, empty rows and cells too many go */
    CHECK_STR(printed(&m), "a,b\n1,2\n,5\n");
    CHECK_INT(gcol_row_n(m.g), 2);
    CHECK_STR(gcol_cell(m.g, m.a, 1, 1), "5");
    arena_close(m.a);
}

TEST(gcol_prints_chosen_columns)
{
    struct made m = make(S("a,b,c\n1,2,3\n4,5,6\n"));
    struct buf b;
    buf_init(&b, m.a, 100);
    gcol_print(&b, m.g, (const size_t[]){2, 0}, 2, 1, 2);
    CHECK_STR(buf_str(&b), "6,4\n");
    arena_close(m.a);
}

static void check_unwritten(const char *csv, enum diag_code code, const char *arg)
{
    struct arena *a = arena_open();
    struct diags ds;
    Str *part;
    size_t n;
    diags_init(&ds, a);
    CHECK_INT(gcol_write(a, &part, &n, str_of(csv), &ds), ERR_INPUT);
    CHECK_INT(ds.at[0].code, code);
    CHECK_STR(ds.at[0].arg[0], arg);
    arena_close(a);
}

TEST(gcol_writes_no_file_that_has_errors)
{
    check_unwritten("", DIAG_DATA_EMPTY, "");
    check_unwritten("a,b\n1,2\n3\n", DIAG_DATA_SHAPE, "3");
    check_unwritten("a,b\n1,2,3\n", DIAG_DATA_SHAPE, "2");
    check_unwritten("a,b\n,,\" \"\n", DIAG_DATA_SHAPE, "2");
    check_unwritten("a,b\n1,\"2\n", DIAG_CSV_QUOTE, "2");
}

/* ---- damage ---- */

static Str damaged_csv(struct arena *a)
{
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    buf_add(&b, S("名称,甲,乙\n"));
    for (int i = 0; i < ROWS; i++)
        buf_fmt(&b, "名%d,%d,%s\n", i, i, i % 2 == 0 ? "高" : "低");
    return buf_str(&b);
}

/* Opens what is there now; the one diagnostic, or NULL. */
static const struct diag *open_again(struct made *m, size_t n)
{
    const struct gcol *g;
    diags_init(&m->ds, m->a);
    enum status st = gcol_open(m->a, &g, (Str){m->p, n}, &m->ds);
    CHECK_INT(m->ds.n, st == OK ? 0 : 1);
    return st == OK ? NULL : &m->ds.at[0];
}

TEST(gcol_finds_every_byte_that_is_wrong)
{
    struct arena *a = arena_open();
    struct made m = make(damaged_csv(a));
    for (size_t i = GCOL_MAGIC.n; i < m.n; i++) {
        m.p[i] ^= 0x20;
        CHECK(open_again(&m, m.n) != NULL);
        m.p[i] ^= 0x20;
    }
    for (size_t n = GCOL_MAGIC.n; n < m.n; n++) {
        const struct diag *d = open_again(&m, n);
        CHECK(d != NULL && (d->code == DIAG_GCOL_HEAD));
    }
    CHECK(open_again(&m, m.n) == NULL);
    arena_close(m.a);
    arena_close(a);
}

static char *entry(const struct made *m, size_t section)
{
    return m->p + (section + 1) * GCOL_ENTRY;
}

static char *section(const struct made *m, size_t i)
{
    return m->p + swar_load(entry(m, i) + 8);
}

/* What nobody but a program that writes such files gets wrong: the checksums are right. */
static void rehash(const struct made *m)
{
    const size_t n = gcol_u32(m->p + 20);
    struct sha256 h;
    Sha256 hash;
    for (size_t i = 0; i < n; i++) {
        const uint64_t at = swar_load(entry(m, i) + 8), len = swar_load(entry(m, i) + 16);
        if (at > m->n || len > m->n - at)
            continue;
        hash = sha256_of((Str){m->p + at, len});
        memcpy(entry(m, i) + GCOL_HASH_AT, hash.byte, sizeof hash.byte);
    }
    sha256_init(&h);
    sha256_add(&h, (Str){m->p, GCOL_HASH_AT});
    sha256_add(&h, (Str){entry(m, 0), n * GCOL_ENTRY});
    hash = sha256_end(&h);
    memcpy(m->p + GCOL_HASH_AT, hash.byte, sizeof hash.byte);
}

enum { NAMES, NAME_TEXTS, FIGURES, PRESENT, WORDS, CODES, HEAD };

struct damage {
    int section; /* HEAD: of the header and directory */
    size_t at;
    unsigned char byte;
    enum diag_code code;
    const char *arg[2]; /* section, column */
};

/* Sections: names, texts 名称, figures 甲, present 甲, words 乙, codes 乙. */
static const struct damage damages[] = {
    {HEAD, 8, 2, DIAG_GCOL_VERSION, {"2", "1"}},
    {HEAD, 12, 0, DIAG_GCOL_HEAD, {"columns", ""}},
    {HEAD, 13, 0x10, DIAG_GCOL_HEAD, {"columns", ""}},
    {HEAD, 12, 2, DIAG_GCOL_SECTION, {"names", ""}},
    {HEAD, 19, 1, DIAG_GCOL_HEAD, {"rows", ""}},
    {HEAD, 16, 45, DIAG_GCOL_SECTION, {"texts", "名称"}},
    {HEAD, 24, 1, DIAG_GCOL_HEAD, {"bytes", ""}},
    {HEAD, 64 + 0, 1, DIAG_GCOL_SECTION, {"names", ""}},
    {HEAD, 64 + 4, 1, DIAG_GCOL_SECTION, {"names", ""}},
    {HEAD, 64 + 8, 0, DIAG_GCOL_SECTION, {"names", ""}},
    {HEAD, 64 + 22, 1, DIAG_GCOL_SECTION, {"names", ""}},
    {HEAD, 64 + 28, 1, DIAG_GCOL_SECTION, {"names", ""}},
    {HEAD, 64 + 31, 1, DIAG_GCOL_SECTION, {"names", ""}},
    {HEAD, 192 + 4, 0, DIAG_GCOL_SECTION, {"figures", "甲"}},
    {HEAD, 192 + 24, 1, DIAG_GCOL_SECTION, {"figures", "甲"}},
    {HEAD, 192 + 28, 3, DIAG_GCOL_SECTION, {"figures", "甲"}},
    {HEAD, 192 + 28, 8, DIAG_GCOL_SECTION, {"figures", "甲"}},
    {HEAD, 192 + 29, 19, DIAG_GCOL_SECTION, {"figures", "甲"}},
    {HEAD, 192 + 30, 2, DIAG_GCOL_SECTION, {"figures", "甲"}},
    {HEAD, 256 + 0, 3, DIAG_GCOL_SECTION, {"present", "甲"}},
    {HEAD, 256 + 28, 1, DIAG_GCOL_SECTION, {"present", "甲"}},
    {HEAD, 320 + 0, 9, DIAG_GCOL_SECTION, {"texts", "乙"}},
    {HEAD, 320 + 24, 3, DIAG_GCOL_SECTION, {"words", "乙"}},
    {HEAD, 384 + 28, 3, DIAG_GCOL_SECTION, {"codes", "乙"}},
    {HEAD, 384 + 30, 1, DIAG_GCOL_SECTION, {"codes", "乙"}},
    {NAMES, 0, 1, DIAG_GCOL_SECTION, {"names", ""}},
    {NAME_TEXTS, 4, 1, DIAG_GCOL_SECTION, {"texts", "名称"}},     /* within a character */
    {NAME_TEXTS, 6, 1, DIAG_GCOL_SECTION, {"texts", "名称"}},     /* behind the end */
    {NAME_TEXTS, 8, 0, DIAG_GCOL_SECTION, {"texts", "名称"}},     /* backwards */
    {NAME_TEXTS, 1204, 65, DIAG_GCOL_SECTION, {"texts", "名称"}}, /* no UTF-8 */
    {CODES, 299, 2, DIAG_GCOL_SECTION, {"codes", "乙"}},
};

static void check_damage(const Str csv, const struct damage *d)
{
    struct made m = make(csv);
    char *p = (d->section == HEAD ? m.p : section(&m, (size_t)d->section)) + d->at;
    CHECK((unsigned char)*p != d->byte);
    *p = (char)d->byte;
    rehash(&m);
    const struct diag *got = open_again(&m, m.n);
    CHECK(got != NULL && got->code == d->code);
    if (got != NULL) {
        CHECK_STR(got->arg[0], d->arg[0]);
        CHECK_STR(got->arg[1], d->arg[1]);
    }
    arena_close(m.a);
}

TEST(gcol_refuses_what_is_not_the_format)
{
    struct arena *a = arena_open();
    const Str csv = damaged_csv(a);
    for (size_t i = 0; i < ARRAY_N(damages); i++)
        check_damage(csv, &damages[i]);
    arena_close(a);
}

TEST(gcol_names_the_damaged_section)
{
    struct arena *a = arena_open();
    struct made m = make(damaged_csv(a));
    struct buf b;
    buf_init(&b, a, 1000);
    section(&m, CODES)[5] ^= 1;
    const struct diag *d = open_again(&m, m.n);
    CHECK(d != NULL && d->code == DIAG_GCOL_HASH);
    if (d != NULL)
        diag_text(&b, d, LANG_ZH);
    CHECK_STR(buf_str(&b), "列文件第 5 节 codes, 列 乙损坏: 校验和 SHA-256 不符");
    arena_close(m.a);
    arena_close(a);
}

TEST(gcol_refuses_rows_and_headers_without_anything)
{
    struct made m = make(S("a,b\n,1\n2,\n"));
    char *words = section(&m, 1); /* of a: "", "2"; its codes come behind */
    CHECK_INT(section(&m, 2)[1], 1);
    section(&m, 2)[1] = 0;
    rehash(&m);
    const struct diag *d = open_again(&m, m.n);
    CHECK(words != NULL && d != NULL && d->code == DIAG_GCOL_ROW);
    CHECK(d != NULL && str_eq(d->arg[0], S("2")));
    arena_close(m.a);
    m = make(S("a\n1\n"));
    entry(&m, 0)[16] = 8; /* two offsets and no byte */
    section(&m, 0)[4] = 0;
    section(&m, 0)[8] = 0;
    rehash(&m);
    d = open_again(&m, m.n);
    CHECK(d != NULL && d->code == DIAG_GCOL_SECTION && str_eq(d->arg[0], S("names")));
    arena_close(m.a);
}
