/* test.c - the verb `test`: the examples that rule documents carry.
 *
 * The rows of one table are scored as one population. An example fails when one of its expected
 * values is not what comes out; a document without examples counts as one skipped.
 */
#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/job.h"
#include "cmd/rule/docset.h"
#include "col/dataset.h"
#include "explain/explain.h"
#include "explain/item.h"
#include "load/load.h"
#include "os/clock.h"

enum { WHY_LINES = 14, HEAD_LINES = 2 };

struct tally {
    size_t passed, failed, skipped;
};

struct tester {
    struct cli *c;
    struct json *json; /* NULL: text */
    const struct document *doc;
    struct tally sum;
    struct plan *plan;
    struct result *res;
};

/* ---- one expected value ---- */

static bool same_text(const struct tester *t, Wide code, Wide label)
{
    const struct labels *l = t->res->data->labels;
    return code >= 0 && label >= 0 && code < labels_n(l) && label < t->doc->rules->label_n &&
           str_eq(labels_text(l, (uint32_t)code), t->doc->rules->label[label]);
}

static bool is_expected(const struct tester *t, const struct example_cell *e, Cell got)
{
    const struct item *it = &t->doc->rules->item[e->ref];
    bool open[2] = {e->value.lo == -WIDE_INF, e->value.hi == WIDE_INF};
    if (it->type.kind == TYPE_TRUTH)
        return got.lo == e->value.lo;
    if (open[0] || open[1])
        return got.lo == e->value.lo && got.hi == e->value.hi;
    if (got.lo == -WIDE_INF || got.hi == WIDE_INF)
        return false;
    if (it->type.kind == TYPE_TEXT)
        return same_text(t, got.lo, e->value.lo) && same_text(t, got.hi, e->value.hi);
    Wide lo, hi; /* a figure is compared to the decimals it is written with */
    return wide_rescale(&lo, got.lo, it->type.scale, e->scale, ROUND_HALF_UP) &&
           wide_rescale(&hi, got.hi, it->type.scale, e->scale, ROUND_HALF_UP) &&
           lo == e->value.lo && hi == e->value.hi;
}

static Str printed(const struct tester *t, const struct item *it, Cell c, bool of_document)
{
    struct buf b;
    buf_init(&b, t->c->arena, 4096);
    cell_print(&b, t->doc->rules, of_document ? NULL : t->res->data, it->type, item_unit(it), c,
               t->c->lang);
    return buf_str(&b);
}

/* The reasons of the item, without the heading, indented and not too long. */
static void show_why(const struct tester *t, uint32_t row, uint32_t item)
{
    struct buf b;
    buf_init(&b, t->c->arena, BUF_MAX);
    if (explain_row(&b, t->plan, t->res, row, (int32_t)item, EXPLAIN_TEXT, t->c->lang) != OK)
        return;
    Str rest = buf_str(&b);
    for (int i = 0; rest.n > 0 && i < HEAD_LINES + WHY_LINES; i++) {
        Str line = str_cut(&rest, '\n');
        if (i > HEAD_LINES && line.n > 0)
            buf_fmt(&t->c->out, "    %.*s\n", STR_ARG(line));
    }
    if (rest.n > 0)
        buf_add(&t->c->out, S("    ……\n"));
}

static void show_failure(const struct tester *t, const struct example *ex,
                         const struct example_cell *e, uint32_t row)
{
    struct cli *c = t->c;
    const struct item *it = &t->doc->rules->item[e->ref];
    Cell got = result_cell(t->res, e->ref, row), want = e->value;
    struct item as_written = *it;
    as_written.type.scale = it->type.kind == TYPE_NUM ? e->scale : 0;
    Str wanted = printed(t, &as_written, want, true), came = printed(t, it, got, false);
    size_t line, col;
    diag_line_col(t->doc->text, e->span.beg, &line, &col);
    if (t->json != NULL) {
        json_obj(t->json);
        json_kint(t->json, "line", (int64_t)line);
        json_kint(t->json, "col", (int64_t)col);
        json_kstr(t->json, "example", ex->label);
        json_kstr(t->json, "item", it->name);
        json_kstr(t->json, "expected", wanted);
        json_kstr(t->json, "got", came);
        json_obj_end(t->json);
        return;
    }
    buf_fmt(&c->out, "%.*s:%zu:%zu: ", STR_ARG(t->doc->path), line, col);
    cli_paint(c, PAINT_RED, str_of(ZE(c, "不符", "failed")));
    buf_fmt(&c->out,
            ZE(c, "：%.*s%s%.*s 应为 %.*s，实为 %.*s\n", ": %.*s%s%.*s should be %.*s, is %.*s\n"),
            STR_ARG(ex->label), ex->label.n > 0 ? ZE(c, "，", ", ") : "", STR_ARG(it->name),
            STR_ARG(wanted), STR_ARG(came));
    show_why(t, row, e->ref);
}

/* ---- one table ---- */

static void run_rows(struct tester *t, uint32_t table)
{
    const struct rules *r = t->doc->rules;
    uint32_t row = 0;
    for (uint32_t i = 0; i < r->example_n; i++) {
        const struct example *ex = &r->example[i];
        if (ex->table != table)
            continue;
        bool good = true;
        for (uint32_t k = 0; k < ex->cell_n; k++) {
            const struct example_cell *e = &ex->cell[k];
            if (!e->expected || is_expected(t, e, result_cell(t->res, e->ref, row)))
                continue;
            good = false;
            show_failure(t, ex, e, row);
        }
        t->sum.passed += good;
        t->sum.failed += !good;
        row++;
    }
}

static size_t rows_of(const struct rules *r, uint32_t table)
{
    size_t n = 0;
    for (uint32_t i = 0; i < r->example_n; i++)
        n += r->example[i].table == table;
    return n;
}

static void run_table(struct tester *t, uint32_t table)
{
    struct cli *c = t->c;
    const struct rules *r = t->doc->rules;
    const struct example_table *et = &r->example_table[table];
    struct diags ds;
    struct dataset *data = NULL;
    diags_init(&ds, c->arena);
    Day as_of = et->has_as_of ? et->as_of : r->has_from ? r->from : clock_today();
    int period = et->has_period ? et->period : day_year(as_of) - 1;
    struct eval_opts opts = {.as_of = as_of, .period = period};
    enum status st = load_examples(c->arena, &data, r, table, period, &ds);
    if (st == OK)
        st = plan_build(c->arena, &t->plan, r, as_of, period, &ds);
    if (st == OK)
        st = eval_run(c->arena, &t->res, t->plan, data, &opts, &ds);
    if (st == OK) {
        run_rows(t, table);
        return;
    }
    t->sum.failed += rows_of(r, table);
    for (size_t i = 0; i < ds.n && t->json == NULL; i++)
        diag_render(&c->out, &ds.at[i], t->doc->path, t->doc->text, c->lang);
}

/* ---- one document ---- */

/* Ends an array and the object that it is the last of but for these. */
static void json_sum(struct json *j, struct tally sum)
{
    json_arr_end(j);
    json_kint(j, "passed", (int64_t)sum.passed);
    json_kint(j, "failed", (int64_t)sum.failed);
    json_kint(j, "skipped", (int64_t)sum.skipped);
    json_obj_end(j);
}

static void say_sum(struct cli *c, const struct document *d, struct tally sum)
{
    buf_fmt(&c->out, "%.*s: ", STR_ARG(d->path));
    if (sum.skipped > 0)
        buf_add(&c->out, str_of(ZE(c, "没有例子\n", "no examples\n")));
    else
        buf_fmt(&c->out, ZE(c, "%zu 例，%zu 例不符\n", "%zu examples, %zu failed\n"),
                sum.passed + sum.failed, sum.failed);
}

static void run_document(struct tester *t)
{
    struct cli *c = t->c;
    const struct document *d = t->doc;
    if (d->status == OK && d->rules->doc_class != DOC_RULES && d->rules->item_n == 0)
        return; /* a kind that states nothing to try */
    if (t->json != NULL) {
        json_obj(t->json);
        json_kstr(t->json, "file", d->path);
        json_key(t->json, S("failures"));
        json_arr(t->json);
    }
    if (d->status != OK) {
        t->sum.failed = 1;
        for (size_t i = 0; i < d->diags.n && t->json == NULL; i++)
            if (diag_info(d->diags.at[i].code)->sev == SEV_ERROR)
                diag_render(&c->out, &d->diags.at[i], d->path, d->text, c->lang);
    } else if (d->rules->example_n == 0) {
        t->sum.skipped = 1;
    } else {
        for (uint32_t i = 0; i < d->rules->example_table_n; i++)
            run_table(t, i);
    }
    if (t->json != NULL)
        json_sum(t->json, t->sum);
    else if (!c->quiet || t->sum.failed > 0)
        say_sum(c, d, t->sum);
}

static void json_begin(struct json *j)
{
    json_obj(j);
    json_kstr(j, "format", S("geci-test-1"));
    json_key(j, S("documents"));
    json_arr(j);
}

static void json_finish(struct json *j, struct tally sum)
{
    json_sum(j, sum);
    buf_char(j->out, '\n');
}

int cmd_test(struct cli *c)
{
    struct docset set;
    struct json j;
    struct tally sum = {0};
    bool as_json = c->args.given[OPT_JSON];
    int code = docset_open(c, &set);
    if (code != 0)
        return code;
    json_open(&j, &c->out, true);
    if (as_json)
        json_begin(&j);
    for (size_t i = 0; i < set.n; i++) {
        struct document d;
        struct tester t = {.c = c, .json = as_json ? &j : NULL, .doc = &d};
        code = docset_read(c, set.path[i], &d);
        if (code != 0)
            return code;
        run_document(&t);
        sum.passed += t.sum.passed;
        sum.failed += t.sum.failed;
        sum.skipped += t.sum.skipped;
    }
    if (as_json)
        json_finish(&j, sum);
    else
        buf_fmt(&c->out, "%zu passed, %zu failed, %zu skipped\n", sum.passed, sum.failed,
                sum.skipped);
    return sum.failed > 0 ? EXIT_DATA : 0;
}
