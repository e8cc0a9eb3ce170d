/* Every diagnostic of rule documents, as an officer sees it.
 *
 * test/golden/diag/CODE.md provokes CODE (CODE.2.md another way); CODE.expect is what is printed:
 * every diagnostic of that code and every error beside it. CODE.kind, where there is one, is a
 * second document that the first is checked together with. GECI_ACCEPT=1 (`make accept`) writes the
 * .expect files anew. A code without a case fails the suite, and so does a case that no longer
 * provokes its code. Documents too large to keep are made up here.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "check/check.h"
#include "rule/model.h"
#include "t.h"

static const enum diag_code documented[] = {
#define DIAG(id, mnemonic, sev, zh, en, fix_zh, fix_en) DIAG_##id,
#include "base/diag_rule_check.h"
#include "base/diag_rule_name.h"
#include "base/diag_rule_read.h"
#undef DIAG
};

static const struct {
    const char *code, *head, *part;
    size_t n;
} large[] = {
    {"DOC-SIZE", "# 样例\n", "> 条文\n", 500000},
    {"SECTION-MANY", "# 样例\n", "## 说明\n", 20001},
    {"TABLE-CELLS", "# 样例\n## 测试\n| 说明 | 说明 |\n|---|---|\n", "| 甲 | 乙 |\n", 25001},
};

#define FOLDER "test/golden/diag"

static bool provoked[DIAG_CODE_N];

/* The code a file is named after: up to the first dot. DIAG_CODE_N if there is no such code. */
static enum diag_code code_of(const char *name)
{
    size_t n = strcspn(name, ".");
    enum diag_code code = 0;
    while (code < DIAG_CODE_N && !str_eq(str_of(diag_info(code)->mnemonic), (Str){name, n}))
        code++;
    return code;
}

/* The document beside it, CODE.kind for CODE.md, is what it is checked together with. */
static void check_beside(struct arena *a, const struct rules *r, struct diags *ds, Str file)
{
    struct rules *kind;
    struct diags others;
    size_t n;
    const char *path =
        arena_fmt(a, "%s/%.*skind", t_source(FOLDER), (int)(file.n - S("md").n), file.p).p;
    if (access(path, R_OK) != 0)
        return;
    char *text = t_read(path, &n);
    diags_init(&others, a);
    Str kept = arena_copy(a, (Str){text, n});
    CHECK(check_load(a, &kind, S("另一份.md"), kept, &others) == OK);
    const struct rules *both[] = {kind, r};
    struct diags *list[] = {&others, ds};
    check_together(a, both, list, ARRAY_N(both));
    t_release(text);
}

static Str rendered(struct arena *a, enum diag_code code, Str file, Str text)
{
    struct rules *r;
    struct diags ds;
    struct buf out;
    diags_init(&ds, a);
    buf_init(&out, a, BUF_MAX);
    enum status st = check_load(a, &r, file, text, &ds);
    CHECK(st == (ds.error_n > 0 ? ERR_INPUT : OK));
    check_beside(a, r, &ds, file);
    diags_sort(&ds);
    for (size_t i = 0; i < ds.n; i++) {
        const struct diag *d = &ds.at[i];
        provoked[code] |= d->code == code;
        if (d->code == code || diag_info(d->code)->sev == SEV_ERROR)
            diag_render(&out, d, file, text, LANG_ZH);
    }
    return buf_str(&out);
}

static void accept(const char *path, Str text)
{
    FILE *out = fopen(path, "wb");
    CHECK(out != NULL);
    if (out == NULL)
        return;
    CHECK(fwrite(text.p, 1, text.n, out) == text.n);
    CHECK(fclose(out) == 0);
}

/* `name` without its ".md". */
static void check_case(struct arena *a, const char *name, Str text)
{
    enum diag_code code = code_of(name);
    if (code == DIAG_CODE_N) {
        t_fail(__FILE__, __LINE__, arena_fmt(a, "%s.md: no such code", name).p);
        return;
    }
    Str got = rendered(a, code, arena_fmt(a, "%s.md", name), text);
    Str path = arena_fmt(a, "%s/%s.expect", t_source(FOLDER), name);
    if (getenv("GECI_ACCEPT") != NULL) {
        accept(path.p, got);
        return;
    }
    if (access(path.p, R_OK) != 0) {
        t_fail(__FILE__, __LINE__, arena_fmt(a, "%s.expect is missing: make accept", name).p);
        return;
    }
    size_t n;
    char *want = t_read(path.p, &n);
    if (!str_eq(got, (Str){want, n}))
        t_check_text(__FILE__, __LINE__, name, got.p, got.n, want);
    t_release(want);
}

static void check_file(Str file)
{
    size_t n;
    struct arena *a = arena_open();
    Str name = arena_copy(a, str_sub(file, 0, file.n - S(".md").n));
    char *text = t_read(arena_fmt(a, "%s/%s", t_source(FOLDER), file.p).p, &n);
    check_case(a, name.p, (Str){text, n});
    t_release(text);
    arena_close(a);
}

static void check_large(size_t i)
{
    struct arena *a = arena_open();
    struct buf text;
    buf_init(&text, a, BUF_MAX);
    buf_add(&text, str_of(large[i].head));
    for (size_t k = 0; k < large[i].n; k++)
        buf_add(&text, str_of(large[i].part));
    check_case(a, large[i].code, buf_str(&text));
    arena_close(a);
}

static int by_name(const void *x, const void *y)
{
    const Str *a = x, *b = y;
    return str_cmp(*a, *b);
}

static Str *case_files(struct arena *a, size_t *n)
{
    Str *file = NULL;
    size_t cap = 0;
    DIR *dir = opendir(t_source(FOLDER));
    *n = 0;
    for (const struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;)
        if (str_ends(str_of(e->d_name), S(".md")))
            VEC_PUSH(a, file, *n, cap) = arena_copy(a, str_of(e->d_name));
    if (dir != NULL)
        (void)closedir(dir);
    if (*n > 0)
        qsort(file, *n, sizeof *file, by_name);
    return file;
}

TEST(diag_cases_print_as_expected_and_leave_no_code_out)
{
    struct arena *a = arena_open();
    size_t n;
    const Str *file = case_files(a, &n);
    CHECK(n > 0);
    for (size_t i = 0; i < n; i++)
        check_file(file[i]);
    for (size_t i = 0; i < ARRAY_N(large); i++)
        check_large(i);
    for (size_t i = 0; i < ARRAY_N(documented); i++)
        if (!provoked[documented[i]])
            t_fail(__FILE__, __LINE__,
                   arena_fmt(a, "no case provokes %s", diag_info(documented[i])->mnemonic).p);
    arena_close(a);
}
