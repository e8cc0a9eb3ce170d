/* template.c - the verb `template`: a workbook to be filled in for a document. */
#include "sheet/template.h"

#include "base/arena.h"
#include "cmd/job.h"
#include "os/term.h"

static void put(void *ctx, Str bytes)
{
    struct cli *c = ctx;
    buf_add(&c->out, bytes);
}

int cmd_template(struct cli *c)
{
    struct job j = {0};
    Str path = c->args.given[OPT_OUTPUT] ? c->args.value[OPT_OUTPUT] : S("");
    if (path.n == 0 && term_is_tty(TERM_OUT))
        return cli_usage(c, "%s",
                         ZE(c, "还缺写到哪里：-o 文件.xlsx。", "-o FILE.xlsx is missing."));
    int code = job_doc(c, &j, c->args.operand[0]);
    if (code == 0)
        code = job_when(c, &j);
    if (code == 0)
        code = cli_output_open(c);
    if (code != 0)
        return code;
    struct template_opts o = {.period = j.period,
                              .form = path.n == 0 ? OUT_XLSX : out_form_of(path),
                              .put = put,
                              .ctx = c};
    enum status st = template_write(c->arena, j.rules, &o);
    code = cli_output_close(c, st == OK);
    return st == OK ? code
                    : cli_fail(c, st, "%s",
                               ZE(c, "模板做不出来：字段太多，或内存不够。",
                                  "the template cannot be made: too many fields, or no memory."));
}
