#include "cmd_help.h"

#include <string.h>

#include "t.h"

enum { WORDS_MAX = 32 };

char **words_to_argv(struct arena *a, const char *const *words)
{
    char **argv = arena_alloc(a, WORDS_MAX, sizeof(char *), _Alignof(max_align_t));
    size_t n = 0;
    argv[n++] = ARENA_ARRAY(a, char, sizeof "geci");
    memcpy(argv[0], "geci", sizeof "geci");
    for (; words[n - 1] != NULL && n + 1 < WORDS_MAX; n++) {
        size_t size = strlen(words[n - 1]) + 1;
        argv[n] = ARENA_ARRAY(a, char, size);
        memcpy(argv[n], words[n - 1], size);
    }
    return argv;
}

struct ran run_geci(const char *const *words)
{
    struct ran r = {.arena = arena_open(), .code = EXIT_USAGE};
    struct args_error err;
    char **argv = words_to_argv(r.arena, words);
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
