/* main.c - the program `geci`: reads the command line, runs a verb, returns its exit code. */
#include "base/arena.h"
#include "base/str.h"
#include "cmd/cli.h"
#include "cmd/doc/help.h"
#include "os/memory.h"

/* A word that is none of ours, and what may have been meant. */
static int unknown_word(struct cli *c, const struct args_error *e, const char *what)
{
    if (e->near.n == 0)
        return cli_usage(c, ZE(c, "没有“%.*s”这个%s。", "there is no “%.*s” among the %s."),
                         STR_ARG(e->word), what);
    return cli_usage(c,
                     ZE(c, "没有“%.*s”这个%s，是不是 %.*s？",
                        "there is no “%.*s” among the %s; did you mean %.*s?"),
                     STR_ARG(e->word), what, STR_ARG(e->near));
}

static int bad_option(struct cli *c, const struct args_error *e, const struct option *o)
{
    switch ((int)e->fault) {
    case ARGS_NO_VALUE:
        return cli_usage(c, ZE(c, "--%s 后面要写一个值（%s）。", "--%s needs a value (%s)."),
                         o->name, o->value[c->lang]);
    case ARGS_EXTRA_VALUE:
        return cli_usage(c, ZE(c, "--%s 不带值，去掉等号和后面的字。", "--%s takes no value."),
                         o->name);
    case ARGS_BAD_CHOICE:
        return cli_usage(c,
                         ZE(c, "--%s 只能是 %s，不能是“%.*s”。",
                            "--%s is one of %s, not "
                            "“%.*s”."),
                         o->name, o->choices, STR_ARG(e->word));
    default:
        return cli_usage(c, ZE(c, "--%s 只能写一次。", "--%s may be given only once."), o->name);
    }
}

static int bad_arguments(struct cli *c, const struct args_error *e)
{
    if (e->option != NULL)
        return bad_option(c, e, e->option);
    switch ((int)e->fault) {
    case ARGS_BAD_VERB:
        if (verb_is_family(e->word)) {
            help_family(c, e->word);
            return EXIT_USAGE;
        }
        return unknown_word(c, e, ZE(c, "命令", "verbs"));
    case ARGS_BAD_OPTION: return unknown_word(c, e, ZE(c, "选项", "options"));
    case ARGS_TOO_FEW:
        return cli_usage(c, ZE(c, "%s 还缺：%s。", "%s needs %s."), c->args.verb->name,
                         c->args.verb->operands[c->lang]);
    case ARGS_TOO_MANY:
        return cli_usage(c, ZE(c, "%s 多了一个“%.*s”。", "%s: “%.*s” is one too many."),
                         c->args.verb->name, STR_ARG(e->word));
    default: help_overview(c); return EXIT_USAGE;
    }
}

static int run(struct cli *c, char *const *argv)
{
    struct args_error err;
    if (argv[0] != NULL && argv[1] != NULL && str_eq(str_of(argv[1]), S("--version")))
        return cmd_version(c);
    if (!args_parse(c->arena, &c->args, &err, argv))
        return bad_arguments(c, &err);
    c->quiet = c->args.given[OPT_QUIET];
    if (!c->args.given[OPT_HELP])
        return c->args.verb->run(c);
    if (c->args.verb == NULL)
        help_overview(c);
    else
        help_verb(c, c->args.verb);
    return 0;
}

int main(int argc, char **argv)
{
    (void)argc; /* the list ends with NULL */
    memory_keep();
    struct arena *a = arena_open();
    struct cli c;
    cli_open(&c, a, argv);
    int code = run(&c, argv);
    cli_flush(&c);
    if (c.out_failed && code == 0)
        code = cli_fail(&c, ERR_IO, "%s",
                        ZE(&c, "标准输出没有写全（磁盘已满？）。腾出空间后再试。",
                           "standard output was not written in full. Disk full?"));
    arena_close(a);
    return code;
}
