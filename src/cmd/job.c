#include "cmd/job.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "check/check.h"
#include "cmd/book.h"
#include "cmd/store/run.h"
#include "col/dataset.h"
#include "explain/explain.h"
#include "explain/item.h"
#include "explain/layout.h"
#include "load/gcol.h"
#include "load/load.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/view.h"
#include "os/workers.h"

enum { YEAR_MIN = 1900, YEAR_MAX = 2999, NEAR_CAP = 5, LIST_COLUMNS = 80 };

/* ---- the document ---- */

int job_doc_text(struct cli *c, struct job *j, Str path, Str text)
{
    struct diags ds;
    diags_init(&ds, c->arena);
    j->doc_path = path;
    enum status st = check_load(c->arena, &j->rules, path, text, &ds);
    if (st == OK)
        return 0;
    cli_diags(c, &ds, path, text);
    return cli_fail(
        c, st,
        ZE(c, "“%.*s”有 %zu 处错误，先改好再算。", "“%.*s” has %zu errors; mend them first."),
        STR_ARG(path), ds.error_n);
}

int job_doc(struct cli *c, struct job *j, Str path)
{
    Str text;
    int err = 0;
    enum status st = file_read(c->arena, &text, path, DOC_BYTES_MAX, &err);
    return st == OK ? job_doc_text(c, j, path, text) : cli_fail_file(c, st, path, err, false);
}

/* ---- the day and the year ---- */

static void warn_not_in_force(struct cli *c, const struct job *j)
{
    const struct rules *r = j->rules;
    Str day = day_str(c->arena, j->as_of);
    if (r->has_from && j->as_of < r->from)
        cli_warn(c,
                 ZE(c, "评价日 %.*s 时，“%.*s”还没有生效。",
                    "on %.*s “%.*s” is not yet "
                    "in force."),
                 STR_ARG(day), STR_ARG(r->name));
    if (r->has_until && j->as_of > r->until)
        cli_warn(c,
                 ZE(c, "评价日 %.*s 时，“%.*s”已经失效。",
                    "on %.*s “%.*s” is no longer "
                    "in force."),
                 STR_ARG(day), STR_ARG(r->name));
}

int job_when(struct cli *c, struct job *j)
{
    const struct args *a = &c->args;
    j->as_of = clock_today();
    j->period = INT32_MIN;
    if (a->given[OPT_AS_OF] && !day_parse(&j->as_of, a->value[OPT_AS_OF]))
        return cli_usage(c,
                         ZE(c, "--as-of “%.*s”不是日期，写成 2026-04-01 这样。",
                            "--as-of “%.*s” is no day; write it like 2026-04-01."),
                         STR_ARG(a->value[OPT_AS_OF]));
    if (a->given[OPT_PERIOD] && (!args_int(a->value[OPT_PERIOD], &j->period) ||
                                 j->period < YEAR_MIN || j->period > YEAR_MAX))
        return cli_usage(c,
                         ZE(c, "--period “%.*s”不是年份，写成 2025 这样。",
                            "--period “%.*s” is no year; write it like 2025."),
                         STR_ARG(a->value[OPT_PERIOD]));
    warn_not_in_force(c, j);
    return 0;
}

/* ---- the data ---- */

/* Documents that do not say which column has the names: the usual words for it. */
static void find_names(struct cli *c, struct job *j)
{
    static const char *const usual[] = {"名称", "企业名称", "单位名称", "机构名称", "name"};
    struct csv head;
    csv_open(&head, c->arena, j->data_text);
    if (j->rules->name_field.n > 0 || csv_next(&head, NULL) != OK)
        return;
    for (size_t i = 0; i < head.cell_n; i++)
        for (size_t k = 0; k < ARRAY_N(usual); k++)
            if (str_eq(head.cell[i].text, str_of(usual[k])) &&
                rule_find_field(j->rules, head.cell[i].text) < 0)
                j->rules->name_field = arena_copy(c->arena, head.cell[i].text);
}

/* Long lists of column names are cut: the first few tell what happened. */
static void shorten(struct cli *c, struct diags *ds)
{
    for (size_t i = 0; i < ds->n; i++)
        if (ds->at[i].code == DIAG_DATA_EXTRA || ds->at[i].code == DIAG_DATA_ABSENT)
            ds->at[i].arg[0] = layout_cut(c->arena, ds->at[i].arg[0], LIST_COLUMNS);
}

/* A column file, to be read as it is if its header is plain, else as the CSV it stands for. */
static int open_columns(struct cli *c, struct job *j, Str path, Str *bytes)
{
    Str csv;
    int code = book_columns(c, &j->columns, path, *bytes);
    if (code != 0 || intake_is_plain(j->rules, book_front(c, j->columns)) ||
        !book_csv(c, &csv, j->columns))
        return code;
    j->columns = NULL;
    *bytes = csv;
    return 0;
}

static enum status load_rows(struct cli *c, struct job *j, struct diags *ds)
{
    struct load_opts opts = {.period = j->period, .as_of_year = day_year(j->as_of)};
    if (j->columns == NULL)
        return load_csv(c->arena, &j->data, &j->period, j->rules, j->data_text, &opts, ds);
    return load_gcol(c->arena, &j->data, &j->period, j->rules, j->columns, &opts, ds);
}

/* Which columns a snapshot has is no news to those who ask about a run. */
static void keep_errors(struct diags *ds)
{
    size_t n = 0;
    for (size_t i = 0; i < ds->n; i++) {
        if (diag_info(ds->at[i].code)->sev == SEV_ERROR)
            ds->at[n++] = ds->at[i];
    }
    ds->n = n;
}

int job_data_text(struct cli *c, struct job *j, Str path, Str bytes)
{
    struct diags ds;
    diags_init(&ds, c->arena);
    sha256_hex(j->data_sha256, sha256_of(bytes));
    j->data_path = path;
    enum status st = OK;
    int code = gcol_is(bytes) ? open_columns(c, j, path, &bytes) : 0;
    if (j->columns != NULL)
        j->data_text = gcol_head(j->columns);
    else if (code == 0 && !sheet_is_packed(bytes))
        st = csv_decode(c->arena, &j->data_text, bytes, NULL, &ds);
    struct intake as = {.text = j->data_text};
    if (code == 0 && st == OK && j->columns == NULL)
        code = book_data(c, &as, j->rules, path, bytes);
    j->data_text = as.text;
    if (code != 0)
        return code;
    if (st == OK) {
        find_names(c, j);
        st = load_rows(c, j, &ds);
    }
    if (j->stored)
        keep_errors(&ds);
    shorten(c, &ds);
    cli_diags(c, &ds, path, st == OK || j->data != NULL ? j->data_text : bytes);
    if (st == OK && j->data->row_n == 0)
        cli_warn(c, ZE(c, "“%.*s”只有表头，没有一行数据。", "“%.*s” has a header and no rows."),
                 STR_ARG(path));
    if (st == OK || (st == ERR_INPUT && c->args.given[OPT_LENIENT] && j->data != NULL))
        return 0;
    if (j->data == NULL || st != ERR_INPUT)
        return cli_fail(
            c, st, ZE(c, "“%.*s”读不进来，见上面的提示。", "“%.*s” cannot be used; see above."),
            STR_ARG(path));
    return cli_fail(c, st,
                    ZE(c,
                       "“%.*s”有 %zu 处错误，见上面的提示。改好再算；"
                       "或加 --lenient，把读不懂的格当作缺数。",
                       "“%.*s” has %zu errors; see above. Mend them, or give --lenient to count "
                       "cells that cannot be read as missing."),
                    STR_ARG(path), ds.error_n);
}

int job_data(struct cli *c, struct job *j, Str path)
{
    Str bytes;
    int err = 0;
    j->file = arena_child(c->arena);
    enum status st = view_open(j->file, &j->view, &bytes, path, DATA_BYTES_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, path, err, false);
    cli_progress(c, ZE(c, "读数据 %.*s（%zu 字节）……", "reading %.*s (%zu bytes) ..."),
                 STR_ARG(path), bytes.n);
    return job_data_text(c, j, path, bytes);
}

/* What has been read holds nothing of the text, which may be as large as all else. */
static void drop_text(struct cli *c, struct job *j)
{
    view_close(j->view);
    arena_close_child(c->arena, j->file);
    j->file = NULL;
    j->view = NULL;
    j->columns = NULL;
    j->data_text = S("");
}

/* ---- the run ---- */

int job_threads(struct cli *c, int *n)
{
    if (!c->args.given[OPT_THREADS] ||
        (args_int(c->args.value[OPT_THREADS], n) && *n >= 1 && *n <= WORKERS_MAX))
        return 0;
    return cli_usage(
        c, ZE(c, "--threads 应为 1 到 %d 的整数。", "--threads is a number from 1 to %d."),
        WORKERS_MAX);
}

int job_run(struct cli *c, struct job *j)
{
    struct diags ds;
    diags_init(&ds, c->arena);
    int threads = 0, code = job_threads(c, &threads);
    if (code != 0)
        return code;
    cli_progress(c, ZE(c, "计分：%u 个主体……", "scoring %u subjects ..."), j->data->row_n);
    struct workers *w = workers_open(c->arena, (uint32_t)threads);
    struct eval_opts opts = {
        .as_of = j->as_of, .period = j->period, .values_only = j->values_only, .workers = w};
    enum status st = plan_build(c->arena, &j->plan, j->rules, j->as_of, j->period, &ds);
    if (st == OK)
        st = eval_run(c->arena, &j->res, j->plan, j->data, &opts, &ds);
    workers_close(w);
    opts.workers = NULL;
    if (st == OK)
        j->res->opts.workers = NULL; /* closed */
    cli_diags(c, &ds, j->doc_path, j->rules->text);
    return st == OK ? 0
                    : cli_fail(c, st,
                               ZE(c, "按“%.*s”算不下去，见上面的提示。",
                                  "“%.*s” could not be evaluated; see above."),
                               STR_ARG(j->doc_path));
}

int job_all(struct cli *c, struct job *j)
{
    if (c->args.given[OPT_RUN])
        return run_job(c, j, c->args.value[OPT_RUN]);
    if (c->args.operand_n == 0)
        return cli_usage(c, "%s",
                         ZE(c, "还缺：规则文档；或用 --run 指明库里的一次测算。",
                            "name a rule document, or a run of the store with --run."));
    if (!c->args.given[OPT_DATA])
        return cli_usage(c, "%s",
                         ZE(c, "还缺数据：--data 文件.csv。", "--data FILE.csv is missing."));
    int code = job_doc(c, j, c->args.operand[0]);
    if (code == 0)
        code = job_when(c, j);
    if (code == 0)
        code = job_data(c, j, c->args.value[OPT_DATA]);
    if (code != 0)
        return code;
    drop_text(c, j);
    return job_run(c, j);
}

/* ---- one subject ---- */

static bool find_by_name(const struct dataset *d, Str name, uint32_t *row, size_t *found_n)
{
    *found_n = 0;
    for (uint32_t i = 0; d->name != NULL && name.n > 0 && i < d->row_n; i++)
        if (str_eq(d->name[i], name) ||
            (d->name[i].n > name.n && str_find(d->name[i], name) < d->name[i].n)) {
            if ((*found_n)++ == 0 || str_eq(d->name[i], name))
                *row = i;
            if (str_eq(d->name[i], name)) {
                *found_n = 1;
                return true;
            }
        }
    return *found_n == 1;
}

static Str near_id(const struct dataset *d, Str id)
{
    Str best = S("");
    size_t least = NEAR_CAP;
    for (uint32_t i = 0; i < d->row_n && least > 1; i++) {
        size_t far = str_distance(id, d->id[i], least);
        if (far < least) {
            least = far;
            best = d->id[i];
        }
    }
    return best;
}

int job_row(struct cli *c, const struct job *j, uint32_t *row)
{
    if (!c->args.given[OPT_ID])
        return cli_usage(c, "%s", ZE(c, "还缺是哪一个主体：--id 编号。", "--id ID is missing."));
    Str id = str_trim(c->args.value[OPT_ID]);
    int64_t at = dataset_row(j->data, id);
    size_t found = 0;
    if (at >= 0) {
        *row = (uint32_t)at;
        return 0;
    }
    if (find_by_name(j->data, id, row, &found))
        return 0;
    if (found > 1)
        return cli_fail(c, ERR_GONE,
                        ZE(c, "“%.*s”里有 %zu 个主体的名称含“%.*s”，请写全称或编号。",
                           "“%.*s” has %zu subjects with “%.*s” in their names; give "
                           "the id."),
                        STR_ARG(j->data_path), found, STR_ARG(id));
    Str near = near_id(j->data, id);
    return cli_fail(c, ERR_GONE,
                    ZE(c, "“%.*s”里没有编号或名称为“%.*s”的主体%s%.*s。",
                       "“%.*s” has no subject “%.*s”%s%.*s."),
                    STR_ARG(j->data_path), STR_ARG(id),
                    near.n > 0 ? ZE(c, "，是不是 ", "; did you mean ") : "", STR_ARG(near));
}

Str job_title(struct cli *c, const struct job *j)
{
    struct buf b;
    buf_init(&b, c->arena, 4096);
    item_rules(&b, j->rules, c->lang);
    buf_fmt(&b, ZE(c, "，评价期 %d，评价日 ", ", period %d, as of "), j->period);
    day_print(&b, j->as_of);
    return buf_str(&b);
}
