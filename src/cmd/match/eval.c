/* eval.c - `search eval`, `match eval`: which kind of folder it is, and reading its files. */
#include "cmd/match/eval.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "cmd/cli.h"
#include "os/file.h"
#include "os/gzip.h"

enum { PACKED_MAX = 1 << 28, TEXT_MAX = 1 << 30 };

enum status eval_text(struct cli *c, Str *out, Str dir, const char *name)
{
    static const char *const end[] = {"", ".gz"};
    enum status st = ERR_GONE;
    int err = 0;
    for (size_t i = 0; i < ARRAY_N(end) && st == ERR_GONE; i++) {
        Str path = arena_fmt(c->arena, "%.*s/%s%s", STR_ARG(dir), name, end[i]);
        st = file_read(c->arena, out, path, PACKED_MAX, &err);
        if (st != OK && st != ERR_GONE)
            (void)cli_fail_file(c, st, path, err, false);
        if (st == OK && gzip_is(*out)) {
            st = gzip_unpack(c->arena, out, *out, TEXT_MAX);
            if (st != OK)
                (void)cli_fail(c, st,
                               ZE(c, "%.*s：压缩文件不完整或太大", "%.*s: damaged or too large"),
                               STR_ARG(path));
        }
    }
    return st;
}

enum status eval_rows(struct cli *c, struct eval_table *out, Str dir, const char *name,
                      size_t columns)
{
    Str text;
    *out = (struct eval_table){.columns = columns};
    TRY(eval_text(c, &text, dir, name));
    (void)str_cut(&text, '\n');
    while (text.n > 0) {
        Str line = str_cut(&text, '\n');
        size_t n = 0;
        if (line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        if (line.n == 0)
            continue;
        for (; n < columns; n++)
            VEC_PUSH(c->arena, out->cell, out->n, out->cap) = str_cut(&line, '\t');
    }
    return OK;
}

void eval_print_figure(struct cli *c, const char *name, struct figure f)
{
    enum { STEP = 100 }; /* four digits are shown */
    const int32_t value[] = {f.mean, f.low, f.high};
    buf_fmt(&c->out, "  %s", name);
    for (size_t i = 0; i < 3; i++) {
        int32_t size = value[i] < 0 ? -value[i] : value[i], e4 = (size + STEP / 2) / STEP;
        buf_fmt(&c->out, " %s%s%d.%04d", i == 1 ? "[" : "", value[i] < 0 ? "-" : "", e4 / 10000,
                e4 % 10000);
    }
    buf_char(&c->out, ']');
}

void eval_print(struct cli *c, const char *name, const struct measure *m)
{
    eval_print_figure(c, name, measure_figure(c->arena, m));
}

static int eval(struct cli *c, Str train)
{
    Str dir = c->args.operand[0];
    enum status st = eval_names(c, dir);
    if (st == ERR_GONE)
        st = eval_texts(c, dir, train);
    if (st == ERR_GONE)
        return cli_fail(
            c, st,
            ZE(c,
               "%.*s：没有认得的文件。要有 enterprise_names.tsv、needs.jsonl、experts.tsv、"
               "docs.tsv 或 csl.csv，见 geci help match eval",
               "%.*s: no file that is known: enterprise_names.tsv, needs.jsonl, "
               "experts.tsv, docs.tsv or csl.csv, see geci help match eval"),
            STR_ARG(dir));
    return cli_exit(st);
}

int cmd_search_eval(struct cli *c)
{
    return eval(c, S(""));
}

int cmd_match_eval(struct cli *c)
{
    return eval(c, c->args.value[OPT_TRAIN]);
}
