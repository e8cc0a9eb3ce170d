/* eval.c - `search eval`, `match eval`: which kind of folder it is, and reading its files. */
#include "cmd/match/eval.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "cmd/cli.h"
#include "os/file.h"
#include "os/gzip.h"

enum { PACKED_MAX = 1 << 28, TEXT_MAX = 1 << 30, EVAL_COLUMNS_MAX = 16 };

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

enum status eval_must(struct cli *c, enum status st, Str dir, const char *name)
{
    if (st != ERR_GONE)
        return st;
    (void)cli_fail(
        c, ERR_INPUT,
        ZE(c, "%.*s：缺少文件 %s（或 %s.gz）", "%.*s: the file %s (or %s.gz) is missing"),
        STR_ARG(dir), name, name);
    return ERR_INPUT;
}

/* Where each name stands at the head, into `at`. */
static enum status read_head(struct cli *c, size_t at[static EVAL_COLUMNS_MAX], Str line, Str path,
                             const char *head)
{
    Str wanted = str_of(head), cell[EVAL_COLUMNS_MAX], missing = S("");
    size_t n = 0, found = 0, i = 0;
    for (; line.n > 0 && n < EVAL_COLUMNS_MAX; n++)
        cell[n] = str_trim(str_cut(&line, '\t'));
    for (; wanted.n > 0; i++) {
        Str name = str_cut(&wanted, ' ');
        for (at[i] = 0; at[i] < n && !str_eq(cell[at[i]], name); at[i]++)
            ;
        found += at[i] < n;
        missing = at[i] < n ? missing : name;
    }
    for (size_t k = 0; k < i && found == 0 && i <= n; k++)
        at[k] = k;
    if (found == i || (found == 0 && i <= n))
        return OK;
    (void)cli_fail(c, ERR_INPUT,
                   ZE(c, "%.*s：表头没有列“%.*s”；要有 %s，用制表符隔开",
                      "%.*s: the head has no column “%.*s”; wanted, with tabs between: %s"),
                   STR_ARG(path), STR_ARG(missing), head);
    return ERR_INPUT;
}

enum status eval_rows(struct cli *c, struct eval_table *out, Str dir, const char *name,
                      const char *head)
{
    Str text, cell[EVAL_COLUMNS_MAX];
    size_t at[EVAL_COLUMNS_MAX], n = 0;
    *out = (struct eval_table){.columns = 1};
    for (const char *p = head; *p != 0; p++)
        out->columns += *p == ' ';
    TRY(eval_text(c, &text, dir, name));
    Str path = arena_fmt(c->arena, "%.*s/%s", STR_ARG(dir), name);
    TRY(read_head(c, at, str_trim(str_cut(&text, '\n')), path, head));
    while (text.n > 0) {
        Str line = str_cut(&text, '\n');
        if (line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        if (line.n == 0)
            continue;
        for (n = 0; n < EVAL_COLUMNS_MAX; n++)
            cell[n] = str_cut(&line, '\t');
        for (size_t k = 0; k < out->columns; k++)
            VEC_PUSH(c->arena, out->cell, out->n, out->cap) = cell[at[k]];
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
