/* single.c - the verbs `explain` and `whatif`: one subject at a time. */
#include "cmd/rule/single.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/job.h"
#include "col/dataset.h"
#include "explain/explain.h"
#include "explain/item.h"
#include "load/load.h"

enum { STEPS_SHOWN = 8, NEAR_CAP = 4 };

/* ---- explain ---- */

int single_item(struct cli *c, const struct job *j, int32_t *item)
{
    *item = -1;
    if (!c->args.given[OPT_ITEM])
        return 0;
    Str name = str_trim(c->args.value[OPT_ITEM]), near = S("");
    *item = rule_find_item(j->rules, name);
    if (*item >= 0)
        return 0;
    size_t least = NEAR_CAP;
    for (uint32_t i = 0; i < j->rules->item_n; i++) {
        Str candidate = j->rules->item[i].name;
        size_t far = str_distance(name, candidate, least);
        if (str_find(candidate, name) < candidate.n)
            far = 1;
        if (far < least) {
            least = far;
            near = candidate;
        }
    }
    return cli_fail(c, ERR_GONE,
                    ZE(c, "“%.*s”里没有“%.*s”这一项%s%.*s。",
                       "“%.*s” has no item "
                       "“%.*s”%s%.*s."),
                    STR_ARG(j->doc_path), STR_ARG(name),
                    near.n > 0 ? ZE(c, "，是不是 ", "; did you mean ") : "", STR_ARG(near));
}

void single_next(struct cli *c, const struct job *j, uint32_t row, uint32_t most)
{
    struct next_step *step = NULL;
    uint32_t n = 0;
    if (explain_next(c->arena, &step, &n, j->plan, j->res, row, c->lang) != OK || n == 0)
        return;
    buf_char(&c->out, '\n');
    cli_paint(c, PAINT_BOLD, str_of(ZE(c, "再进一步", "the next steps")));
    buf_add(&c->out,
            str_of(ZE(c, "（只动这一项，其他不变）\n", " (this one thing, all else held)\n")));
    for (uint32_t i = 0; i < n && i < most; i++)
        buf_fmt(&c->out, "  · %.*s\n", STR_ARG(step[i].text));
}

int cmd_explain(struct cli *c)
{
    struct job j = {0};
    uint32_t row = 0;
    int32_t item = -1;
    int code = job_all(c, &j);
    if (code == 0)
        code = job_row(c, &j, &row);
    if (code == 0)
        code = single_item(c, &j, &item);
    if (code == 0)
        code = cli_output_open(c);
    if (code != 0)
        return code;
    Str format = c->args.given[OPT_FORMAT_EXPLAIN] ? c->args.value[OPT_FORMAT_EXPLAIN] : S("text");
    enum explain_format f = str_eq(format, S("html"))   ? EXPLAIN_HTML
                            : str_eq(format, S("json")) ? EXPLAIN_JSON
                                                        : EXPLAIN_TEXT;
    if (c->args.given[OPT_JSON])
        f = EXPLAIN_JSON;
    enum status st = explain_row(&c->out, j.plan, j.res, row, item, f, c->lang);
    if (st != OK) {
        (void)cli_output_close(c, false); /* the old file stays */
        return cli_fail(c, st, "%s", ZE(c, "解释不出来。", "cannot be explained."));
    }
    if (f == EXPLAIN_TEXT && item < 0)
        single_next(c, &j, row, STEPS_SHOWN);
    return cli_output_close(c, true);
}

/* ---- whatif ---- */

static bool cell_same_as(Cell a, Cell b)
{
    return a.lo == b.lo && a.hi == b.hi;
}

static Str printed(struct cli *c, const struct job *j, const struct dataset *d, uint32_t item,
                   Cell v)
{
    const struct item *it = &j->rules->item[item];
    struct buf b;
    buf_init(&b, c->arena, 4096);
    cell_print(&b, j->rules, d, it->type, item_unit(it), v, c->lang);
    return buf_str(&b);
}

int single_change(struct cli *c, const struct job *j, uint32_t row, const Str *set, size_t set_n,
                  struct outcome *out)
{
    struct diags ds;
    const bool alone = !c->args.given[OPT_RERANK]; /* then its own facts are all it takes */
    struct dataset *changed =
        alone ? dataset_of_row(c->arena, j->data, row) : dataset_copy(c->arena, j->data);
    Cell *after = ARENA_ARRAY(c->arena, Cell, (size_t)j->rules->item_n + 1);
    *out = (struct outcome){.data = changed, .item = after};
    for (size_t i = 0; i < set_n; i++) {
        diags_init(&ds, c->arena);
        enum status st = load_set(changed, j->rules, alone ? 0 : row, j->period, set[i], &ds);
        cli_diags(c, &ds, S("--set"), set[i]);
        if (st != OK)
            return cli_fail(c, st,
                            ZE(c, "--set “%.*s”用不了，写成 字段=值，见上面的提示。",
                               "--set “%.*s” cannot be used; write FIELD=VALUE, see above."),
                            STR_ARG(set[i]));
    }
    diags_init(&ds, c->arena);
    enum status st = OK;
    if (!alone) {
        struct result *res = NULL;
        st = eval_again(c->arena, &res, j->plan, j->res, changed, &ds);
        for (uint32_t i = 0; st == OK && i < j->rules->item_n; i++)
            after[i] = result_cell(res, i, row);
    } else {
        Cell *cell = NULL;
        st = eval_frozen(c->arena, &cell, j->plan, j->res, changed, row, &ds);
        for (uint32_t i = 0; st == OK && i < j->rules->item_n; i++)
            after[i] = cell[i];
    }
    cli_diags(c, &ds, j->doc_path, j->rules->text);
    return st == OK ? 0
                    : cli_fail(c, st, "%s",
                               ZE(c, "按这个假设算不下去，见上面的提示。",
                                  "that cannot be evaluated; see above."));
}

void single_changes(struct cli *c, const struct job *j, uint32_t row, const struct outcome *after)
{
    struct buf *b = &c->out;
    size_t changed_n = 0;
    for (uint32_t i = 0; i < j->rules->item_n; i++) {
        const struct item *it = &j->rules->item[i];
        Cell old = result_cell(j->res, i, row);
        if (cell_same_as(old, after->item[i]))
            continue;
        changed_n++;
        Str from = printed(c, j, j->data, i, old),
            to = printed(c, j, after->data, i, after->item[i]);
        buf_fmt(b, "  %s %.*s%s%.*s → ", item_kind_name(it->kind, c->lang), STR_ARG(it->name),
                ZE(c, "：", ": "), STR_ARG(from));
        cli_paint(c, item_is_top(j->rules, i) ? PAINT_BOLD : PAINT_NONE, to);
        buf_char(b, '\n');
    }
    if (changed_n == 0)
        buf_add(b, str_of(ZE(c, "  没有一项会变。\n", "  Nothing changes.\n")));
}

static void whatif_json(struct cli *c, const struct job *j, uint32_t row,
                        const struct outcome *after)
{
    struct json w;
    json_open(&w, &c->out, true);
    json_obj(&w);
    json_kstr(&w, "format", S("geci-whatif-1"));
    json_kstr(&w, "rules", j->rules->name);
    json_kstr(&w, "status", str_of(item_status(j->rules->status, LANG_EN)));
    json_kint(&w, "period", j->period);
    json_kstr(&w, "id", j->data->id[row]);
    json_kbool(&w, "reranked", c->args.given[OPT_RERANK]);
    json_key(&w, S("set"));
    json_arr(&w);
    for (size_t i = 0; i < c->args.set_n; i++)
        json_str(&w, c->args.set[i]);
    json_arr_end(&w);
    json_key(&w, S("changes"));
    json_arr(&w);
    for (uint32_t i = 0; i < j->rules->item_n; i++) {
        Cell old = result_cell(j->res, i, row);
        if (cell_same_as(old, after->item[i]))
            continue;
        json_obj(&w);
        json_kstr(&w, "item", j->rules->item[i].name);
        json_kstr(&w, "kind", str_of(item_kind_name(j->rules->item[i].kind, LANG_EN)));
        json_kstr(&w, "old", printed(c, j, j->data, i, old));
        json_kstr(&w, "new", printed(c, j, after->data, i, after->item[i]));
        json_obj_end(&w);
    }
    json_arr_end(&w);
    json_obj_end(&w);
    buf_char(&c->out, '\n');
}

int cmd_whatif(struct cli *c)
{
    struct job j = {0};
    uint32_t row = 0;
    if (c->args.set_n == 0)
        return cli_usage(c, "%s",
                         ZE(c, "还缺假设：--set 字段=值。", "--set FIELD=VALUE is missing."));
    int code = job_all(c, &j);
    if (code == 0)
        code = job_row(c, &j, &row);
    if (code != 0)
        return code;
    struct outcome after;
    code = single_change(c, &j, row, c->args.set, c->args.set_n, &after);
    if (code != 0)
        return code;
    if (c->args.given[OPT_JSON]) {
        whatif_json(c, &j, row, &after);
        return 0;
    }
    struct buf *b = &c->out;
    Str name = j.data->name != NULL ? j.data->name[row] : S("");
    buf_fmt(b, "%.*s%s%.*s\n%.*s\n", STR_ARG(name), name.n > 0 ? " " : "", STR_ARG(j.data->id[row]),
            STR_ARG(job_title(c, &j)));
    buf_add(b, str_of(ZE(c, "假设", "if")));
    for (size_t i = 0; i < c->args.set_n; i++)
        buf_fmt(b, "%s%.*s", i == 0 ? " " : ZE(c, "，", ", "), STR_ARG(c->args.set[i]));
    buf_add(b, str_of(ZE(c, "：\n", ":\n")));
    single_changes(c, &j, row, &after);
    if (!c->args.given[OPT_RERANK] && !c->quiet)
        buf_add(
            b, str_of(ZE(c, "（其他主体不动，名次和百分位按原来的总体；--rerank 重排）\n",
                         "(others held; ranks and percentiles as published; --rerank to redo)\n")));
    return 0;
}
