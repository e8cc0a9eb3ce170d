/* seek.c - the verb `seek`: the least changes for a goal, or the next threshold of each leaf. */
#include "seek/seek.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cmd/rule/seek_say.h"
#include "os/file.h"

enum { COSTS_BYTES_MAX = 1 << 20, CARET_MAX = 1 << 12 };

static int read_prices(struct asked *a)
{
    struct cli *c = a->c;
    struct seek_price *price = NULL;
    struct seek_fault fault;
    Str bytes, text, path = c->args.value[OPT_COST];
    int err = 0;
    if (!c->args.given[OPT_COST])
        return 0;
    enum status st = file_read(c->arena, &bytes, path, COSTS_BYTES_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, path, err, false);
    if (csv_decode(c->arena, &text, bytes, NULL, NULL) != OK)
        return cli_fail(
            c, ERR_INPUT,
            ZE(c, "“%.*s”不是 UTF-8，也不是 GB18030。", "“%.*s” is neither UTF-8 nor GB18030."),
            STR_ARG(path));
    if (seek_prices_read(c->arena, &price, a->j.rules, text, c->lang, &fault) != OK) {
        size_t line, col;
        diag_line_col(text, fault.span.beg, &line, &col);
        return cli_fail(c, ERR_INPUT, ZE(c, "%.*s:%zu:%zu：%.*s。", "%.*s:%zu:%zu: %.*s."),
                        STR_ARG(path), line, col, STR_ARG(fault.text));
    }
    a->opts.price = price;
    return 0;
}

/* The goal with a caret under what is wrong. */
static int bad_goal(struct cli *c, const struct seek_fault *f)
{
    Str goal = c->args.value[OPT_GOAL];
    struct buf b;
    buf_init(&b, c->arena, CARET_MAX);
    buf_fill(&b, ' ', utf8_width(str_sub(goal, 0, f->span.beg)));
    buf_char(&b, '^');
    size_t wide = utf8_width(str_sub(goal, f->span.beg, f->span.end));
    buf_fill(&b, '~', wide > 0 ? wide - 1 : 0);
    return cli_fail(
        c, ERR_INPUT,
        ZE(c, "--goal：%.*s。\n    %.*s\n    %.*s", "--goal: %.*s.\n    %.*s\n    %.*s"),
        STR_ARG(f->text), STR_ARG(goal), STR_ARG(buf_str(&b)));
}

static int answer_goal(struct asked *a)
{
    struct cli *c = a->c;
    struct seek_goal g;
    struct seek_fault fault;
    struct seek_answer w;
    if (seek_goal_read(c->arena, &g, a->j.rules, c->args.value[OPT_GOAL], c->lang, &fault) != OK)
        return bad_goal(c, &fault);
    cli_progress(c, "%s", ZE(c, "寻找最省的办法……", "looking for the cheapest way ..."));
    enum status st = seek_goal(c->arena, &w, a->j.plan, a->j.res, a->row, &g, &a->opts);
    if (st != OK)
        return cli_fail(c, st, "%s", ZE(c, "算不下去。", "it cannot be evaluated."));
    if (c->args.given[OPT_JSON])
        seek_json_goal(a, &g, &w);
    else
        seek_say_goal(a, &g, &w);
    if (w.end == SEEK_ALREADY || w.end == SEEK_REACHED)
        return 0;
    return w.end == SEEK_NOT_FOUND && w.proof == SEEK_BUDGET_OUT ? EXIT_LIMIT : EXIT_DATA;
}

int cmd_seek(struct cli *c)
{
    struct asked a = {.c = c, .opts = {.lang = c->lang}};
    int code = job_all(c, &a.j);
    if (code == 0)
        code = job_row(c, &a.j, &a.row);
    if (code == 0)
        code = read_prices(&a);
    if (code != 0)
        return code;
    if (c->args.given[OPT_GOAL])
        return answer_goal(&a);
    struct seek_step *step = NULL;
    uint32_t n = 0;
    enum status st = seek_steps(c->arena, &step, &n, a.j.plan, a.j.res, a.row, &a.opts);
    if (st != OK)
        return cli_fail(c, st, "%s", ZE(c, "算不下去。", "it cannot be evaluated."));
    if (c->args.given[OPT_JSON])
        seek_json_steps(&a, step, n);
    else
        seek_say_steps(&a, step, n);
    return 0;
}
