#include "cmd/cli.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/out.h"
#include "os/term.h"

enum { SLOW_MS = 1000, MESSAGE_MAX = 4096 };

void cli_open(struct cli *c, struct arena *a, char *const *argv)
{
    Str env = term_env("LC_ALL");
    if (env.n == 0)
        env = term_env("LC_MESSAGES");
    if (env.n == 0)
        env = term_env("LANG");
    *c = (struct cli){.arena = a, .lang = args_language(argv, env), .started_ms = clock_ms()};
    c->colour = term_colour(TERM_OUT);
    c->colour_err = term_colour(TERM_ERR);
    buf_init(&c->out, a, BUF_MAX);
}

void cli_flush(struct cli *c)
{
    if (c->out.over)
        c->out_failed = true;
    if (c->file != NULL)
        out_write(c->file, buf_str(&c->out)); /* a failure shows at the end */
    else if (c->out.n > 0 && !out_stdout(buf_str(&c->out)))
        c->out_failed = true;
    c->out.n = 0;
}

int cli_output_open(struct cli *c)
{
    Str path = c->args.value[OPT_OUTPUT];
    if (!c->args.given[OPT_OUTPUT] || str_eq(path, S("-")))
        return 0;
    int err = 0;
    enum status st = out_open(c->arena, &c->file, path, &err);
    c->file_path = path;
    if (st == OK)
        return 0;
    c->file = NULL;
    return cli_fail_file(c, st, path, err, true);
}

int cli_output_close(struct cli *c, bool keep)
{
    struct out *file = c->file;
    if (file == NULL)
        return 0;
    cli_flush(c);
    c->file = NULL;
    if (!keep) {
        out_drop(file);
        return 0;
    }
    int err = 0;
    enum status st = out_commit(file, &err);
    return st == OK ? 0 : cli_fail_file(c, st, c->file_path, err, true);
}

int cli_exit(enum status st)
{
    switch (st) {
    case OK: return 0;
    case ERR_INPUT: return EXIT_DATA;
    case ERR_LIMIT: return EXIT_LIMIT;
    case ERR_BUSY: return EXIT_BUSY;
    case ERR_GONE: return EXIT_NO_INPUT;
    case ERR_DENIED: return EXIT_DENIED;
    case ERR_IO: return EXIT_IO;
    }
    ASSERT(st == OK); /* a status that is none */
    return EXIT_IO;
}

/* The message may quote what the user typed, of any length: cut, at the end, on a character. */
__attribute__((format(printf, 3, 0))) static void complain(struct cli *c, const char *what,
                                                           const char *fmt, va_list ap)
{
    char text[MESSAGE_MAX];
    int n = vsnprintf(text, sizeof text, fmt, ap);
    Str said = {text, n < 0 ? 0 : (size_t)n};
    if (said.n >= sizeof text) {
        said.n = sizeof text - 1;
        said.n = utf8_bad_at(said);
    }
    if (c->file == NULL)
        cli_flush(c); /* what was said before comes before */
    Str line = arena_fmt(c->arena, "geci: %s%s%s%.*s\n", c->colour_err ? "\033[1m" : "", what,
                         c->colour_err ? "\033[0m" : "", STR_ARG(said));
    (void)out_stderr(line); /* nowhere left to complain */
}

int cli_fail(struct cli *c, enum status st, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    complain(c, "", fmt, ap);
    va_end(ap);
    return cli_exit(st);
}

int cli_usage(struct cli *c, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    complain(c, "", fmt, ap);
    va_end(ap);
    const char *verb = c->args.verb == NULL ? "" : c->args.verb->name;
    Str hint = arena_fmt(c->arena, "%s geci help%s%s\n", ZE(c, "      用法见", "      for help:"),
                         *verb == '\0' ? "" : " ", verb);
    (void)out_stderr(hint); /* nowhere left to complain */
    return EXIT_USAGE;
}

void cli_warn(struct cli *c, const char *fmt, ...)
{
    if (c->quiet)
        return;
    va_list ap;
    va_start(ap, fmt);
    complain(c, ZE(c, "注意：", "note: "), fmt, ap);
    va_end(ap);
}

void cli_say(struct cli *c, const char *fmt, ...)
{
    if (c->quiet)
        return;
    va_list ap;
    va_start(ap, fmt);
    complain(c, "", fmt, ap);
    va_end(ap);
}

void cli_progress(struct cli *c, const char *fmt, ...)
{
    int64_t now = clock_ms();
    if (c->quiet || !term_is_tty(TERM_ERR) || now - c->started_ms < SLOW_MS ||
        now - c->told_ms < SLOW_MS)
        return;
    c->told_ms = now;
    va_list ap;
    va_start(ap, fmt);
    complain(c, "", fmt, ap);
    va_end(ap);
}

static const char *what_to_do(struct cli *c, enum status st, bool writing)
{
    switch (st) {
    case ERR_GONE:
        return writing ? ZE(c, "先建好要写入的文件夹，或换一个位置。",
                            "Create the folder first, or write elsewhere.")
                       : ZE(c, "核对路径；文件名区分大小写，有空格时要用引号括起来。",
                            "Check the path; case matters, and blanks need quotes.");
    case ERR_DENIED:
        return ZE(c, "请文件的主人开放权限，或换一个位置。",
                  "Ask the owner for permission, or use another place.");
    case ERR_LIMIT: return ZE(c, "拆成几个小文件再试。", "Split it into smaller files.");
    case OK:
    case ERR_INPUT:
    case ERR_BUSY:
    case ERR_IO: break;
    }
    return writing ? ZE(c, "旧文件没有改动。腾出空间或换一个位置后再试。",
                        "The old file is untouched. Make room, or write elsewhere.")
                   : ZE(c, "核对路径后再试。", "Check the path and try again.");
}

int cli_fail_file(struct cli *c, enum status st, Str path, int err, bool writing)
{
    Str why = file_error(c->arena, err, c->lang);
    Str name = str_eq(path, S("-")) ? (writing ? S("stdout") : S("stdin")) : path;
    return cli_fail(c, st, ZE(c, "%s“%.*s”：%.*s。%s", "cannot %s “%.*s”: %.*s. %s"),
                    writing ? ZE(c, "写不了", "write") : ZE(c, "读不了", "read"), STR_ARG(name),
                    STR_ARG(why), what_to_do(c, st, writing));
}

void cli_diags(struct cli *c, struct diags *ds, Str file, Str text)
{
    struct buf b;
    buf_init(&b, c->arena, BUF_MAX);
    diags_sort(ds);
    for (size_t i = 0; i < ds->n; i++)
        if (!c->quiet || diag_info(ds->at[i].code)->sev == SEV_ERROR)
            diag_render(&b, &ds->at[i], file, text, c->lang);
    if (ds->dropped > 0)
        buf_fmt(&b, ZE(c, "……另有 %zu 条没有列出\n", "... and %zu more\n"), ds->dropped);
    if (b.n == 0)
        return;
    if (c->file == NULL)
        cli_flush(c);              /* what was said before comes before */
    (void)out_stderr(buf_str(&b)); /* nowhere left to complain */
}

void cli_paint(struct cli *c, enum paint p, Str s)
{
    static const char *const code[] = {"",         "\033[1m",  "\033[2m", "\033[31m",
                                       "\033[32m", "\033[33m", "\033[36m"};
    bool on = c->colour && p != PAINT_NONE;
    if (on)
        buf_add(&c->out, str_of(code[p]));
    buf_add(&c->out, s);
    if (on)
        buf_add(&c->out, S("\033[0m"));
}
