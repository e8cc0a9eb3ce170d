/* init.c - the verb `init`: a new store, or a new county in one. */
#include "cmd/store/store.h"

static bool is_county(Str code)
{
    bool digits = code.n == 6;
    for (size_t i = 0; i < code.n; i++)
        digits &= code.p[i] >= '0' && code.p[i] <= '9';
    return digits;
}

int cmd_init(struct cli *c)
{
    struct store s;
    Str name = c->args.operand[0];
    if (!is_county(c->args.value[OPT_COUNTY]))
        return cli_usage(c, ZE(c, "要用 --county 写明六位区划代码，例如 320582",
                               "name the county's six digits with --county, such as 320582"));
    int exit = store_open_new(c, &s);
    if (exit == 0)
        exit = store_begin(c, &s);
    if (exit != 0)
        return exit;
    enum status st = act_county(&s.act, name, s.act.by);
    if (st != OK)
        return store_fail(c, &s, st);
    exit = store_commit(c, &s, S("county.set"), s.county, S("{}"));
    if (exit != 0)
        return exit;
    buf_fmt(&c->out, ZE(c, "%.*s %.*s 已登记在 %.*s\n", "%.*s %.*s is in %.*s now\n"),
            STR_ARG(s.county), STR_ARG(name), STR_ARG(db_url(s.db)));
    store_close(&s);
    return 0;
}
