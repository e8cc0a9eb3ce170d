/* check.c - the verbs `check` and `fmt`: rule documents as texts. */
#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "check/format.h"
#include "cmd/job.h"
#include "cmd/rule/docset.h"
#include "os/file.h"
#include "os/out.h"
#include "rule/read.h"

/* ---- check ---- */

struct counts {
    size_t errors, warnings;
};

static struct counts count(const struct diags *ds)
{
    struct counts n = {.errors = ds->error_n};
    for (size_t i = 0; i < ds->n; i++)
        n.warnings += diag_info(ds->at[i].code)->sev == SEV_WARN;
    return n;
}

static void check_text(struct cli *c, const struct document *d, struct counts n)
{
    for (size_t i = 0; i < d->diags.n; i++)
        if (!c->quiet || diag_info(d->diags.at[i].code)->sev == SEV_ERROR)
            diag_render(&c->out, &d->diags.at[i], d->path, d->text, c->lang);
    if (d->diags.dropped > 0)
        buf_fmt(&c->out,
                ZE(c, "……另有 %zu 条没有列出\n",
                   "... and %zu "
                   "more\n"),
                d->diags.dropped);
    if (c->quiet)
        return;
    buf_fmt(&c->out, "%.*s: ", STR_ARG(d->path));
    if (n.errors == 0)
        cli_paint(c, PAINT_GREEN, str_of(ZE(c, "可以用", "good")));
    else
        cli_paint(c, PAINT_RED, str_of(ZE(c, "有错误", "has errors")));
    if (n.errors > 0 || n.warnings > 0)
        buf_fmt(&c->out, ZE(c, "，%zu 个错误，%zu 个警告", ", errors: %zu, warnings: %zu"),
                n.errors, n.warnings);
    else
        buf_fmt(&c->out,
                ZE(c, "，%u 个字段，%u 项，%u 个例子", ", fields: %u, items: %u, examples: %u"),
                d->rules->field_n, d->rules->item_n, d->rules->example_n);
    buf_char(&c->out, '\n');
}

static void check_json(struct json *j, struct cli *c, const struct document *d, struct counts n)
{
    json_obj(j);
    json_kstr(j, "file", d->path);
    json_kbool(j, "ok", n.errors == 0);
    json_kint(j, "errors", (int64_t)n.errors);
    json_kint(j, "warnings", (int64_t)n.warnings);
    json_key(j, S("diagnostics"));
    json_arr(j);
    for (size_t i = 0; i < d->diags.n; i++)
        diag_json(j, &d->diags.at[i], d->path, d->text, c->lang);
    json_arr_end(j);
    json_obj_end(j);
}

int cmd_check(struct cli *c)
{
    struct docset set;
    struct json j;
    size_t errors = 0;
    bool as_json = c->args.given[OPT_JSON];
    struct document *doc = NULL;
    int code = docset_open(c, &set);
    if (code == 0)
        code = docset_read_all(c, &set, &doc);
    json_open(&j, &c->out, true);
    if (code == 0 && as_json) {
        json_obj(&j);
        json_kstr(&j, "format", S("geci-check-1"));
        json_key(&j, S("documents"));
        json_arr(&j);
    }
    for (size_t i = 0; i < set.n && code == 0; i++) {
        struct counts n = count(&doc[i].diags);
        errors += n.errors;
        if (as_json)
            check_json(&j, c, &doc[i], n);
        else
            check_text(c, &doc[i], n);
    }
    if (code == 0 && as_json) {
        json_arr_end(&j);
        json_kint(&j, "errors", (int64_t)errors);
        json_obj_end(&j);
        buf_char(&c->out, '\n');
    }
    return code != 0 ? code : errors > 0 ? EXIT_DATA : 0;
}

/* ---- fmt ---- */

static int put_back(struct cli *c, Str path, Str old, Str new)
{
    int err = 0;
    if (str_eq(old, new))
        return 0;
    if (c->args.given[OPT_CHECK]) {
        buf_fmt(&c->out, "%.*s\n", STR_ARG(path));
        return EXIT_DATA;
    }
    enum status st = out_file(path, new, &err);
    if (st != OK)
        return cli_fail_file(c, st, path, err, true);
    if (!c->quiet)
        buf_fmt(&c->out, ZE(c, "已排版 %.*s\n", "laid out %.*s\n"), STR_ARG(path));
    return 0;
}

static int format_one(struct cli *c, Str path)
{
    struct diags ds;
    struct buf new;
    Str old;
    int err = 0;
    diags_init(&ds, c->arena);
    buf_init(&new, c->arena, BUF_MAX);
    enum status st = file_read(c->arena, &old, path, DOC_BYTES_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, path, err, false);
    st = format_document(c->arena, &new, old, &ds);
    if (st != OK) {
        cli_diags(c, &ds, path, old);
        return cli_fail(c, st,
                        ZE(c, "“%.*s”有错误，没有排版。",
                           "“%.*s” has errors and was left "
                           "alone."),
                        STR_ARG(path));
    }
    if (!c->args.given[OPT_STDOUT] && !str_eq(path, S("-")))
        return put_back(c, path, old, buf_str(&new));
    buf_add(&c->out, buf_str(&new));
    return 0;
}

int cmd_fmt(struct cli *c)
{
    struct docset set;
    int code = docset_open(c, &set);
    for (size_t i = 0; i < set.n; i++) {
        int one = format_one(c, set.path[i]);
        code = code != 0 ? code : one;
    }
    return code;
}
