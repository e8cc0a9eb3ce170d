/* docs.c - the verb `docs`. What it writes does not depend on the environment, only on --lang. */
#include "cmd/doc/docs.h"

#include "base/arena.h"
#include "base/str.h"
#include "field/unit.h"
#include "rule/expr.h"

static void cell(struct buf *b, Str text)
{
    buf_char(b, ' ');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '|')
            buf_char(b, '\\');
        buf_char(b, text.p[i]);
    }
    buf_add(b, S(" |"));
}

static void row(struct buf *b, const Str *text, size_t n)
{
    buf_char(b, '|');
    for (size_t i = 0; i < n; i++)
        cell(b, text[i]);
    buf_char(b, '\n');
}

/* ---- diagnostics ---- */

/* {0} as a letter that stands for something. */
static Str filled(struct arena *a, const char *pattern)
{
    struct buf b;
    Str s = str_of(pattern);
    buf_init(&b, a, 4096);
    for (size_t i = 0; i < s.n; i++) {
        if (i + 2 < s.n && s.p[i] == '{' && s.p[i + 2] == '}' && s.p[i + 1] >= '0' &&
            s.p[i + 1] <= '2') {
            buf_fmt(&b, "*%c*", "ABC"[s.p[i + 1] - '0']);
            i += 2;
        } else {
            buf_char(&b, s.p[i]);
        }
    }
    return buf_str(&b);
}

static void write_diagnostics(struct cli *c)
{
    static const char *const severity[][2] = {[SEV_ERROR] = {"错误", "error"},
                                              [SEV_WARN] = {"警告", "warning"},
                                              [SEV_NOTE] = {"提示", "note"}};
    struct buf *b = &c->out;
    buf_add(b,
            S("# 诊断 · Diagnostics\n\n"
              "本文由 `geci docs diagnostics` 生成，不要手改。*A* *B* *C* 处在实际消息中是具体的文"
              "字或数。\n"
              "Made by `geci docs diagnostics`; do not edit. *A* *B* *C* stand for texts or "
              "figures.\n\n错误 error：规则或数据不能用。警告 warning：能用，但多半不是本意。"
              "提示 note：知道就好。\n"));
    for (int i = 0; i < DIAG_CODE_N; i++) {
        const struct diag_info *d = diag_info((enum diag_code)i);
        buf_fmt(b, "\n## %s\n\n%s · %s\n\n", d->mnemonic, severity[d->sev][0], severity[d->sev][1]);
        for (int l = 0; l < 2; l++) {
            buf_fmt(b, "- %.*s", STR_ARG(filled(c->arena, d->text[l])));
            if (d->fix[l][0] != '\0')
                buf_fmt(b, "%s%.*s", l == LANG_ZH ? "。改法：" : ". Fix: ",
                        STR_ARG(filled(c->arena, d->fix[l])));
            buf_add(b, l == LANG_ZH ? S("。\n") : S(".\n"));
        }
    }
}

/* ---- language tables ---- */

static void write_language(struct cli *c)
{
    static const struct {
        enum op_class cls;
        const char *title;
    } classes[] = {{OPC_LOGIC, "逻辑 · Logic"},
                   {OPC_FUNC, "行内函数 · Row functions"},
                   {OPC_SPAN, "跨期函数 · Over periods"},
                   {OPC_POP, "总体函数 · Over the population"}};
    struct buf *b = &c->out;
    buf_add(b, S("# 函数一览 · Functions\n\n由 `geci docs language-tables` 生成。"
                 "Made by `geci docs language-tables`.\n"));
    for (size_t k = 0; k < ARRAY_N(classes); k++) {
        buf_fmt(b, "\n## %s\n\n| 中文 | English | 参数 arguments |\n|---|---|---|\n",
                classes[k].title);
        for (int i = 0; i < OP_N; i++) {
            const struct op_info *o = op_info((enum op)i);
            if (o->cls != classes[k].cls || o->zh[0] == '\0')
                continue;
            Str args = o->max_args < 0 ? arena_fmt(c->arena, "%d…", o->min_args)
                       : o->max_args > o->min_args
                           ? arena_fmt(c->arena, "%d~%d", o->min_args, o->max_args)
                           : arena_fmt(c->arena, "%d", o->min_args);
            row(b, (const Str[]){str_of(o->zh), str_of(o->en), args}, 3);
        }
    }
}

int cmd_docs(struct cli *c)
{
    const struct args *a = &c->args;
    Str what = a->operand[0], shell = a->operand_n > 1 ? a->operand[1] : S("");
    if (!a->given[OPT_LANG])
        c->lang = LANG_ZH;
    bool completion = str_eq(what, S("completion"));
    if (a->operand_n > 1 && !completion)
        return cli_usage(c,
                         ZE(c, "docs %.*s 后面不用再写“%.*s”。",
                            "docs %.*s takes no "
                            "“%.*s”."),
                         STR_ARG(what), STR_ARG(shell));
    if (completion && completion_write(&c->out, shell, c->lang))
        return 0;
    if (completion)
        return cli_usage(c, "%s",
                         ZE(c, "docs completion 后面写 bash、zsh 或 fish。",
                            "docs completion takes bash, zsh or fish."));
    if (str_eq(what, S("diagnostics")))
        write_diagnostics(c);
    else if (str_eq(what, S("audit-schema")))
        return cmd_audit_schema(c);
    else if (str_eq(what, S("man")))
        manual_write(&c->out);
    else if (str_eq(what, S("language-tables")))
        write_language(c);
    else
        return cli_usage(c,
                         ZE(c, "没有“%.*s”这种文档，有 %s。",
                            "no document “%.*s”; there "
                            "are %s."),
                         STR_ARG(what), c->args.verb->operand_choices);
    return 0;
}
