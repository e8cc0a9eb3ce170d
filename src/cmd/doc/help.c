#include "cmd/doc/help.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"
#include "explain/layout.h"
#include "os/term.h"

enum { VERB_COLUMNS = 11, OPTION_COLUMNS = 32, READABLE = 90 };

static void pad(struct buf *b, size_t from, size_t columns)
{
    size_t wide = utf8_width(str_sub(buf_str(b), from, b->n));
    buf_fill(b, ' ', wide < columns ? columns - wide : 1);
}

static bool is_listed(const struct verb *v, int group, Str family)
{
    return group >= 0 ? (int)v->group == group : str_eq(verb_family(v), family);
}

/* The verbs of a group, or of a family, a line each. */
static void help_verbs(struct cli *c, int group, Str family)
{
    const struct verb *v;
    size_t columns = VERB_COLUMNS;
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++) {
        size_t n = strlen(v->name) + 4; /* two blanks on each side */
        if (is_listed(v, group, family) && n > columns)
            columns = n;
    }
    for (size_t i = 0; (v = verb_at(i)) != NULL; i++) {
        if (!is_listed(v, group, family))
            continue;
        size_t from = c->out.n;
        buf_fmt(&c->out, "  %s", v->name);
        pad(&c->out, from, columns);
        buf_fmt(&c->out, "%s\n", v->summary[c->lang]);
    }
}

void help_overview(struct cli *c)
{
    struct buf *b = &c->out;
    buf_add(
        b, str_of(ZE(c,
                     "geci：按写成文档的规则给创新主体计分、定格次，并说明每一分的来历。\n\n"
                     "用法：geci 命令 [选项] …\n",
                     "geci: scores and grades innovation subjects by rules written as documents, "
                     "and\nsays where every point comes from.\n\nusage: geci VERB [OPTION]...\n")));
    for (int g = 0; g < GROUP_N; g++) {
        buf_char(b, '\n');
        cli_paint(c, PAINT_BOLD, str_of(verb_group_name((enum verb_group)g, c->lang)));
        buf_char(b, '\n');
        help_verbs(c, g, S(""));
    }
    buf_add(b, str_of(ZE(c, "\n先试一试：geci demo；某个命令的用法：geci help 命令\n",
                         "\nto try it: geci demo; about a verb: geci help VERB\n")));
}

/* "-o, --output 文件" */
static void option_head(struct buf *out, const struct option *o, enum lang lang)
{
    if (o->letter != '\0')
        buf_fmt(out, "-%c, ", o->letter);
    buf_fmt(out, "--%s", o->name);
    if (o->value[lang] != NULL)
        buf_fmt(out, " %s", o->value[lang]);
}

static void help_options(struct cli *c, const struct verb *v)
{
    struct buf *b = &c->out;
    buf_add(b, str_of(ZE(c, "\n选项：\n", "\noptions:\n")));
    for (size_t i = 0;; i++) {
        const struct option *o = option_info((enum opt)v->opts[i]);
        size_t from = b->n;
        buf_add(b, S("  "));
        option_head(b, o, c->lang);
        pad(b, from, OPTION_COLUMNS);
        buf_fmt(b, "%s\n", o->text[c->lang]);
        if (v->opts[i] == OPT_HELP)
            return;
    }
}

static void help_detail(struct buf *b, Str text)
{
    int columns = term_columns();
    buf_char(b, '\n');
    layout_wrap(b, text, 0, columns > READABLE ? READABLE : (size_t)columns);
}

void help_verb(struct cli *c, const struct verb *v)
{
    struct buf *b = &c->out;
    buf_fmt(b, ZE(c, "用法：geci %s", "usage: geci %s"), v->name);
    buf_fmt(b, "%s%s", v->operands[c->lang][0] == '\0' ? "" : " ", v->operands[c->lang]);
    buf_fmt(b, "%s\n\n%s\n", ZE(c, " [选项] …", " [OPTION]..."), v->summary[c->lang]);
    if (v->detail[c->lang][0] != '\0')
        help_detail(b, str_of(v->detail[c->lang]));
    help_options(c, v);
    if (v->example == NULL)
        return;
    buf_add(b, str_of(ZE(c, "\n例：\n", "\nfor example:\n")));
    for (Str rest = str_of(v->example); rest.n > 0;) {
        Str line = str_cut(&rest, '\n');
        buf_fmt(b, "  %.*s\n", STR_ARG(line));
    }
}

void help_family(struct cli *c, Str family)
{
    help_verbs(c, -1, family);
}

int cmd_help(struct cli *c)
{
    if (c->args.operand_n == 0) {
        help_overview(c);
        return 0;
    }
    Str name = c->args.operand[0];
    if (c->args.operand_n == 2)
        name = arena_fmt(c->arena, "%.*s %.*s", STR_ARG(name), STR_ARG(c->args.operand[1]));
    const struct verb *v = verb_find(name);
    if (v != NULL) {
        help_verb(c, v);
        return 0;
    }
    if (verb_is_family(name)) {
        help_family(c, name);
        return 0;
    }
    v = verb_near(name);
    return cli_usage(c, ZE(c, "没有“%.*s”这个命令%s%s", "there is no command “%.*s”%s%s"),
                     STR_ARG(name), v == NULL ? "" : ZE(c, "，是不是 ", "; did you mean "),
                     v == NULL ? "" : v->name);
}

int cmd_version(struct cli *c)
{
    if (!c->args.given[OPT_JSON]) {
        buf_add(&c->out, S("geci " GECI_VERSION "\n"));
        return 0;
    }
    struct json j;
    json_open(&j, &c->out, true);
    json_obj(&j);
    json_kstr(&j, "format", S("geci-version-1"));
    json_kstr(&j, "version", S(GECI_VERSION));
    json_obj_end(&j);
    buf_char(&c->out, '\n');
    return 0;
}
