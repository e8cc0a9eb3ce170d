/* preview.c - the verb `preview`: what would be taken from a spreadsheet, and what stands in the
 * way. */
#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/book.h"
#include "cmd/job.h"
#include "explain/layout.h"
#include "os/file.h"
#include "os/out.h"
#include "rule/model.h"
#include "sheet/check.h"

enum { SAY_MAX = 50, HEAD_COLUMNS = 30 };

struct preview {
    struct cli *c;
    struct job job;
    Str path;
    struct intake s;
    struct checked k;
};

/* ---- in words ---- */

static void say_table(struct preview *p)
{
    struct cli *c = p->c;
    Str sheet = p->s.found.sheet->name;
    if (sheet.n > 0)
        buf_fmt(&c->out, ZE(c, "工作表“%.*s”，", "Sheet “%.*s”, "), STR_ARG(sheet));
    buf_fmt(&c->out, ZE(c, "表头在第 %u 行，数据 %u 行。\n\n", "header in row %u, %u rows.\n\n"),
            p->s.found.head_row_end, p->s.found.row_n);
}

static Str target(struct preview *p, const struct map_column *k)
{
    struct cli *c = p->c;
    if (k->lost >= 0)
        return arena_fmt(c->arena, ZE(c, "与“%.*s”重复，不读", "the same as “%.*s”; left out"),
                         STR_ARG(p->s.found.head[k->lost]));
    if (k->how == MAP_NEAR)
        return arena_fmt(c->arena, ZE(c, "不读；是不是 %.*s？", "left out; is it %.*s?"),
                         STR_ARG(k->near));
    return k->how == MAP_NONE ? str_of(ZE(c, "不读", "left out")) : k->head;
}

static void say_columns(struct preview *p)
{
    struct cli *c = p->c;
    struct grid g;
    char name[COLUMN_NAME_MAX];
    grid_open(&g, c->arena);
    grid_column(&g, str_of(ZE(c, "列", "column")), false, 0);
    grid_column(&g, str_of(ZE(c, "列名", "name")), false, HEAD_COLUMNS);
    grid_column(&g, str_of(ZE(c, "读作", "read as")), false, 0);
    grid_column(&g, str_of(ZE(c, "怎么对上", "how")), false, 0);
    for (uint32_t i = 0; i < p->s.found.column_n; i++) {
        uint32_t at = p->s.found.column[i];
        Str letter = at == UINT32_MAX ? S("-") : sheet_column_name(name, at);
        grid_cell(&g, arena_copy(c->arena, letter));
        grid_cell(&g, p->s.found.head[i]);
        grid_cell(&g, target(p, &p->s.map.column[i]));
        grid_cell(&g, str_of(map_how_name(p->s.map.column[i].how, c->lang)));
    }
    (void)grid_print(&c->out, &g, 2, SIZE_MAX); /* no column is left out */
    for (uint32_t i = 0; i < p->s.map.absent_n; i++)
        buf_fmt(&c->out, "%s%.*s",
                i > 0 ? ZE(c, "、", ", ")
                      : ZE(c, "\n没有列的字段：", "\nFields without a column: "),
                STR_ARG(p->job.rules->field[p->s.map.absent[i]].name));
    buf_add(&c->out, p->s.map.absent_n > 0 ? S("\n") : S(""));
}

static void say_skipped(struct preview *p)
{
    struct cli *c = p->c;
    if (p->s.found.skip_n > 0)
        buf_fmt(&c->out, ZE(c, "\n不当作数据的行（%zu）：\n", "\nRows that are no data (%zu):\n"),
                p->s.found.skip_n);
    for (size_t i = 0; i < p->s.found.skip_n; i++) {
        const struct skipped *s = &p->s.found.skip[i];
        Str text = layout_cut(c->arena, s->text, HEAD_COLUMNS);
        if (i == SAY_MAX) {
            buf_fmt(&c->out, ZE(c, "  ……另有 %zu 行\n", "  ... %zu more\n"), p->s.found.skip_n - i);
            break;
        }
        for (size_t k = 0; k < text.n && text.p[k] != '\n'; k++)
            text = text.p[k + 1] == '\n' ? str_sub(text, 0, k + 1) : text;
        buf_fmt(&c->out, ZE(c, "  第 %u 行 %s：%.*s\n", "  row %u, %s: %.*s\n"), s->row,
                skip_name(s->why, c->lang), STR_ARG(text));
    }
}

static void say_problems(struct preview *p)
{
    struct cli *c = p->c;
    const struct checked *k = &p->k;
    buf_char(&c->out, '\n');
    for (size_t i = 0; i < k->n && i < SAY_MAX; i++) {
        Str line = check_say(c->arena, &p->s.found, &k->problem[i], c->lang);
        buf_fmt(&c->out, "%s%.*s\n",
                k->problem[i].warns ? ZE(c, "警告 ", "warning: ") : ZE(c, "错误 ", "error: "),
                STR_ARG(line));
    }
    if (k->n + k->dropped > SAY_MAX)
        buf_fmt(&c->out, ZE(c, "……另有 %zu 处\n", "... %zu more\n"), k->n + k->dropped - SAY_MAX);
    buf_fmt(&c->out, ZE(c, "好的 %u 行，有错的 %u 行。\n", "%u rows are good, %u are not.\n"),
            k->good_n, k->bad_n);
}

/* ---- for programs ---- */

static void json_columns(struct preview *p, struct json *j)
{
    static const char *const how[MAP_HOW_N] = {"none",  "near", "synonym", "folded",
                                               "exact", "id",   "name"};
    json_key(j, S("columns"));
    json_arr(j);
    for (uint32_t i = 0; i < p->s.found.column_n; i++) {
        const struct map_column *k = &p->s.map.column[i];
        json_obj(j);
        json_kstr(j, "name", p->s.found.head[i]);
        json_kstr(j, "how", str_of(how[k->how]));
        if (k->how > MAP_NEAR)
            json_kstr(j, "as", k->head);
        if (k->how == MAP_NEAR)
            json_kstr(j, "near", k->near);
        if (k->lost >= 0)
            json_kstr(j, "same_as", p->s.found.head[k->lost]);
        json_obj_end(j);
    }
    json_arr_end(j);
}

static void json_skipped(struct preview *p, struct json *j)
{
    json_key(j, S("skipped"));
    json_arr(j);
    for (size_t i = 0; i < p->s.found.skip_n; i++) {
        json_obj(j);
        json_kint(j, "row", p->s.found.skip[i].row);
        json_kstr(j, "why", str_of(skip_name(p->s.found.skip[i].why, LANG_EN)));
        json_kstr(j, "text", p->s.found.skip[i].text);
        json_obj_end(j);
    }
    json_arr_end(j);
}

static void json_problems(struct preview *p, struct json *j)
{
    char name[COLUMN_NAME_MAX];
    json_key(j, S("problems"));
    json_arr(j);
    for (size_t i = 0; i < p->k.n; i++) {
        const struct problem *b = &p->k.problem[i];
        json_obj(j);
        json_kint(j, "row", p->s.found.row[b->row].number);
        json_kstr(j, "column", sheet_column_name(name, p->s.found.column[b->column]));
        json_kstr(j, "name", p->s.found.head[b->column]);
        json_kstr(j, "text", p->s.found.row[b->row].cell[b->column]);
        json_kstr(j, "severity", b->warns ? S("warning") : S("error"));
        json_kstr(j, "message", b->what);
        json_kstr(j, "fix", b->fix);
        json_obj_end(j);
    }
    json_arr_end(j);
}

static void print_json(struct preview *p)
{
    struct json j;
    json_open(&j, &p->c->out, true);
    json_obj(&j);
    json_kstr(&j, "format", S("geci-preview-1"));
    json_kstr(&j, "file", p->path);
    json_kstr(&j, "sheet", p->s.found.sheet->name);
    json_kint(&j, "header_row", p->s.found.head_row_end);
    json_kint(&j, "good", p->k.good_n);
    json_kint(&j, "bad", p->k.bad_n);
    json_columns(p, &j);
    json_skipped(p, &j);
    json_problems(p, &j);
    json_obj_end(&j);
    buf_char(&p->c->out, '\n');
}

/* ---- the bad rows ---- */

static void gather(void *ctx, Str bytes)
{
    *(Str *)ctx = bytes; /* of xlsx there is one piece */
}

static int write_failed(struct preview *p)
{
    struct cli *c = p->c;
    Str bytes = {"", 0}, path = c->args.value[OPT_FAILED];
    char hex[65];
    sha256_hex(hex, p->job.rules->hash);
    struct out_fact facts[] = {{S("规则文档"), p->job.rules->name},
                               {S("规则文档 SHA-256"), str_of(hex)},
                               {S("来自"), p->path}};
    struct out_spec spec = {.sheet = S("未通过"),
                            .fact = facts,
                            .fact_n = ARRAY_N(facts),
                            .put = gather,
                            .ctx = &bytes};
    if (!c->args.given[OPT_FAILED] || p->k.bad_n == 0)
        return 0;
    enum status st = check_failed(c->arena, p->job.rules, &p->s.found, &p->s.map, &p->k, &spec);
    if (st != OK)
        return cli_fail(c, st, "%s",
                        ZE(c, "未通过的行写不成工作簿：有一格太长，或内存不够。",
                           "the bad rows cannot be written: a cell is too long, or no memory."));
    int err = 0;
    st = out_file(path, bytes, &err);
    return st == OK ? 0 : cli_fail_file(c, st, path, err, true);
}

int cmd_preview(struct cli *c)
{
    struct preview p = {.c = c, .path = c->args.value[OPT_DATA]};
    Str bytes;
    int err = 0;
    if (!c->args.given[OPT_DATA])
        return cli_usage(c, "%s", ZE(c, "还缺数据：--data 文件。", "--data FILE is missing."));
    int code = job_doc(c, &p.job, c->args.operand[0]);
    if (code != 0)
        return code;
    enum status st = file_read(c->arena, &bytes, p.path, SHEET_FILE_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, p.path, err, false);
    code = book_unpack(c, &bytes, p.path);
    if (code == 0)
        code = book_table(c, &p.s, p.job.rules, p.path, bytes);
    if (code != 0)
        return code;
    check_rows(c->arena, &p.k, p.job.rules, &p.s.found, &p.s.map, c->lang);
    if (c->args.given[OPT_JSON]) {
        print_json(&p);
    } else {
        say_table(&p);
        say_columns(&p);
        say_skipped(&p);
        say_problems(&p);
    }
    code = write_failed(&p);
    return code != 0 ? code : p.k.bad_n > 0 ? EXIT_DATA : 0;
}
