#include "cmd_help.h"

#include "t.h"

struct ran run_geci(const char *const *words)
{
    struct ran r = {.arena = arena_open(), .code = EXIT_USAGE};
    static char name[] = "geci";
    char *argv[32] = {name};
    struct args_error err;
    size_t n = 1;
    for (; words[n - 1] != NULL; n++)
        argv[n] = (char *)(uintptr_t)words[n - 1]; /* only read */
    argv[n] = NULL;
    cli_open(&r.cli, r.arena, argv);
    r.cli.colour = false;
    if (args_parse(r.arena, &r.cli.args, &err, argv))
        r.code = r.cli.args.verb->run(&r.cli);
    r.out = buf_str(&r.cli.out);
    return r;
}

void run_close(struct ran *r)
{
    arena_close(r->arena);
}

bool run_says(const struct ran *r, const char *text)
{
    bool found = str_find(r->out, str_of(text)) < r->out.n;
    if (!found)
        t_fail(__FILE__, __LINE__, text);
    return found;
}
