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

void eval_print(struct cli *c, const char *name, const struct measure *m)
{
    enum { STEP = 100 }; /* four digits are shown */
    struct figure f = measure_figure(c->arena, m);
    const int32_t value[] = {f.mean, f.low, f.high};
    int shown[3][2];
    for (size_t i = 0; i < 3; i++) {
        int32_t e4 = (value[i] + STEP / 2) / STEP;
        shown[i][0] = e4 / 10000;
        shown[i][1] = e4 % 10000;
    }
    buf_fmt(&c->out, "  %s %d.%04d [%d.%04d %d.%04d]", name, shown[0][0], shown[0][1], shown[1][0],
            shown[1][1], shown[2][0], shown[2][1]);
}

int cmd_search_eval(struct cli *c)
{
    return eval_names(c, c->args.operand[0]);
}
