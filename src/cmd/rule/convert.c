/* convert.c - the verb `convert`: a CSV as a column file, and back. */
#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "cmd/cli.h"
#include "cmd/job.h"
#include "load/gcol.h"
#include "os/file.h"
#include "os/term.h"

enum { PIECE_BYTES = 1 << 20, PIECE_ROWS = 4096 };

static void put(struct cli *c, Str s)
{
    for (size_t at = 0; at < s.n; at += PIECE_BYTES) {
        const size_t end = s.n - at < PIECE_BYTES ? s.n : at + PIECE_BYTES;
        buf_add(&c->out, str_sub(s, at, end));
        cli_flush(c);
    }
}

static enum status write_columns(struct cli *c, Str *text, Str bytes, struct diags *ds)
{
    Str *part;
    size_t n = 0;
    *text = bytes; /* for messages about the encoding */
    TRY(csv_decode(c->arena, text, bytes, NULL, ds));
    TRY(gcol_write(c->arena, &part, &n, *text, ds));
    for (size_t i = 0; i < n; i++)
        put(c, part[i]);
    return OK;
}

static enum status write_csv(struct cli *c, Str bytes, struct diags *ds)
{
    const struct gcol *g;
    TRY(gcol_open(c->arena, &g, bytes, ds));
    put(c, gcol_head(g));
    for (uint32_t row = 0; row < gcol_row_n(g); row += PIECE_ROWS) {
        const uint32_t left = gcol_row_n(g) - row;
        gcol_print(&c->out, g, NULL, 0, row, row + (left < PIECE_ROWS ? left : PIECE_ROWS));
        cli_flush(c);
    }
    return OK;
}

/* A name that says the other thing, and bytes nobody could read, are slips. */
static int check_output(struct cli *c, bool to_columns)
{
    const Str path = c->args.given[OPT_OUTPUT] ? c->args.value[OPT_OUTPUT] : S("-");
    const Str wrong = to_columns ? S(".csv") : S(".gcol");
    if (str_ends(path, wrong))
        return cli_usage(c,
                         ZE(c, "“%.*s”转换后是%s，-o 的文件名不要以 %.*s 结尾。",
                            "“%.*s” becomes a %s; its name cannot end in %.*s."),
                         STR_ARG(c->args.operand[0]),
                         to_columns ? ZE(c, "列文件", "column file") : "CSV", STR_ARG(wrong));
    if (to_columns && str_eq(path, S("-")) && term_is_tty(TERM_OUT))
        return cli_usage(c, "%s",
                         ZE(c, "列文件不是给人看的：用 -o 文件.gcol 写到文件里。",
                            "a column file is not for reading: write it to -o FILE.gcol."));
    return 0;
}

int cmd_convert(struct cli *c)
{
    const Str path = c->args.operand[0];
    struct diags ds;
    Str bytes, text = S("");
    int err = 0;
    enum status st = file_read(c->arena, &bytes, path, DATA_BYTES_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, path, err, false);
    const bool to_columns = !gcol_is(bytes);
    int code = check_output(c, to_columns);
    if (code == 0)
        code = cli_output_open(c);
    if (code != 0)
        return code;
    cli_progress(c, ZE(c, "转换 %.*s（%zu 字节）……", "converting %.*s (%zu bytes) ..."),
                 STR_ARG(path), bytes.n);
    diags_init(&ds, c->arena);
    st = to_columns ? write_columns(c, &text, bytes, &ds) : write_csv(c, bytes, &ds);
    cli_diags(c, &ds, path, text);
    code = cli_output_close(c, st == OK);
    if (st != OK)
        return cli_fail(
            c, st, ZE(c, "“%.*s”没有转换，见上面的提示。", "“%.*s” was not converted; see above."),
            STR_ARG(path));
    return code;
}
