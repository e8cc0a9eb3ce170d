/* Every rule document in packs/, on its own examples: the vector evaluator gives what the reference
 * gives. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "check/check.h"
#include "load/load.h"
#include "prop/run.h"
#include "t.h"

static int documents, tables;

static void check_table(struct run *w, const char *path, uint32_t t)
{
    const struct example_table *ex = &w->r->example_table[t];
    Day as_of = ex->has_as_of ? ex->as_of : w->r->has_from ? w->r->from : 20000;
    int period = ex->has_period ? ex->period : day_year(as_of) - 1;
    w->o = (struct eval_opts){.as_of = as_of, .period = period};
    struct result *a = NULL, *b = NULL;
    bool loads = load_examples(w->keep, &w->d, w->r, t, period, &w->ds) == OK &&
                 plan_build(w->keep, &w->plan, w->r, as_of, period, &w->ds) == OK;
    CHECK(loads);
    if (!loads)
        return;
    enum status got = run_vector(w, &a), want = run_ref(w, &b);
    CHECK_INT(got, want);
    CHECK(got != OK || run_same(path, a, b, NULL));
    tables++;
}

static void check_document(const char *path)
{
    size_t n = 0;
    char *text = t_read(path, &n);
    struct run w = {.keep = arena_open()};
    diags_init(&w.ds, w.keep);
    bool loads = check_load(w.keep, &w.r, S("pack.md"), (Str){text, n}, &w.ds) == OK;
    for (uint32_t t = 0; loads && t < w.r->example_table_n; t++)
        check_table(&w, path, t);
    documents += loads;
    run_close(&w);
    t_release(text);
}

static void check_folder(const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *e;
    while (dir != NULL && (e = readdir(dir)) != NULL) {
        char below[1024];
        size_t n = strlen(e->d_name);
        (void)snprintf(below, sizeof below, "%s/%s", path, e->d_name);
        if (e->d_name[0] == '.')
            continue;
        if (n > 3 && strcmp(e->d_name + n - 3, ".md") == 0)
            check_document(below);
        else
            check_folder(below);
    }
    if (dir != NULL)
        (void)closedir(dir);
}

TEST(prop_packs_score_alike_by_both_evaluators)
{
    check_folder(t_source("packs"));
    CHECK(documents > 0 && tables > 0);
    printf("%d documents, %d tables of examples\n", documents, tables);
}
