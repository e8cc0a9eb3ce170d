/* manual.c - the manual page, from the table of verbs; Chinese and English side by side. */
#include "base/buf.h"
#include "base/str.h"
#include "cmd/doc/docs.h"

/* Text of a line: backslashes and hyphens are roff's, as is a dot or quote in the first column. */
static void roff(struct buf *b, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        bool first = i == 0 || text.p[i - 1] == '\n';
        if (first && (text.p[i] == '.' || text.p[i] == '\''))
            buf_add(b, S("\\&"));
        if (text.p[i] == '\\')
            buf_add(b, S("\\e"));
        else if (text.p[i] == '-')
            buf_add(b, S("\\-"));
        else
            buf_char(b, text.p[i]);
    }
}

static void line(struct buf *b, const char *text)
{
    roff(b, str_of(text));
    buf_char(b, '\n');
}

static void both(struct buf *b, const char *const text[2])
{
    if (text[0][0] == '\0')
        return;
    line(b, text[0]);
    buf_add(b, S(".br\n"));
    line(b, text[1]);
}

static void write_option(struct buf *b, const struct option *o)
{
    buf_add(b, S(".TP\n.B "));
    if (o->letter != '\0')
        buf_fmt(b, "\\-%c, ", o->letter);
    buf_add(b, S("\\-\\-"));
    roff(b, str_of(o->name));
    if (o->value[1] != NULL) {
        buf_add(b, S(" \\fI"));
        roff(b, str_of(o->value[1]));
        buf_add(b, S("\\fR"));
    }
    buf_char(b, '\n');
    both(b, o->text);
}

static void write_verb(struct buf *b, const struct verb *v)
{
    buf_fmt(b, ".SS geci %s ", v->name);
    roff(b, str_of(v->operands[1]));
    buf_char(b, '\n');
    both(b, v->summary);
    if (v->detail[0][0] != '\0') {
        buf_add(b, S(".PP\n"));
        both(b, v->detail);
    }
    for (size_t i = 0;; i++) {
        if (v->opts[i] != OPT_HELP && v->opts[i] != OPT_LANG && v->opts[i] != OPT_QUIET)
            write_option(b, option_info((enum opt)v->opts[i]));
        if (v->opts[i] == OPT_HELP)
            break;
    }
    if (v->example == NULL)
        return;
    buf_add(b, S(".PP\n.nf\n"));
    for (Str rest = str_of(v->example); rest.n > 0;) {
        buf_add(b, S("    "));
        roff(b, str_cut(&rest, '\n'));
        buf_char(b, '\n');
    }
    buf_add(b, S(".fi\n"));
}

static void write_exit_codes(struct buf *b)
{
    static const struct {
        const char *code, *text[2];
    } codes[] = {
        {"0", {"正常", "all is well"}},
        {"64", {"用法不对", "wrong usage"}},
        {"65", {"规则或数据有错，或例子不符", "rules or data are wrong, or an example failed"}},
        {"66", {"找不到文件、主体或项", "no such file, subject or item"}},
        {"69", {"超出限度", "a limit was reached"}},
        {"74", {"读写出错", "reading or writing failed"}},
        {"77", {"没有权限", "permission denied"}}};
    buf_add(b, S(".SH EXIT STATUS\n"));
    for (size_t i = 0; i < ARRAY_N(codes); i++) {
        buf_fmt(b, ".TP\n.B %s\n", codes[i].code);
        both(b, codes[i].text);
    }
}

void manual_write(struct buf *out)
{
    const struct verb *v;
    buf_add(out, S(".\\\" made by `geci docs man`\n.TH GECI 1 \"\" \"geci\" \"geci\"\n.ad l\n.nh\n"
                   ".SH NAME\ngeci \\- score, grade and explain by rules written as documents "
                   "(按写成文档的规则计分、定格次、作解释)\n"
                   ".SH SYNOPSIS\n.B geci\n.I VERB\n[\\fIOPTION\\fR | \\fIOPERAND\\fR]...\n"
                   ".SH DESCRIPTION\n"));
    both(out,
         (const char *const[2]){
             "geci 按写成文档的规则给创新主体计分、定格次，并说明每一分的来历。缺数不等于零："
             "不能确定的得分是一个区间。规则文档的写法见 docs/language.md。",
             "geci scores and grades innovation subjects by rules written as documents, and says "
             "where every point comes from. Missing is not zero: a score that is not settled is an "
             "interval. How to write rules: docs/language.md."});
    buf_add(out, S(".SH VERBS\n"));
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++)
        write_verb(out, v);
    buf_add(out, S(".SH COMMON OPTIONS\n"));
    write_option(out, option_info(OPT_QUIET));
    write_option(out, option_info(OPT_LANG));
    write_option(out, option_info(OPT_HELP));
    write_exit_codes(out);
    buf_add(out, S(".SH ENVIRONMENT\n.TP\n.B LC_ALL, LC_MESSAGES, LANG\n"));
    both(out,
         (const char *const[2]){"zh 开头、C、POSIX 或没有设置时用中文，其他用英文。",
                                "Chinese when it starts with zh, is C or POSIX or unset; otherwise "
                                "English."});
    buf_add(out, S(".TP\n.B NO_COLOR\n"));
    both(out, (const char *const[2]){"设置了就不用颜色。", "No colours when set."});
}
