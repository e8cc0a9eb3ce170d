/* init.c - the verb `init`: a new store, or a new county in one. */
#include "cmd/store.h"

static int open_new(struct cli *c, struct store *s)
{
    struct db_opts o = {.mode = DB_WRITE, .create = true, .migrate = true};
    *s = (struct store){.actor = store_actor(c), .county = c->args.value[OPT_COUNTY]};
    diags_init(&s->diags, c->arena);
    Str url = store_url(c);
    if (url.n == 0)
        return EXIT_USAGE;
    enum status st = db_open(c->arena, &s->db, url, &o, &s->diags);
    if (st == OK)
        st = db_connect(s->db, DB_WRITE, &s->conn, &s->diags);
    return st == OK ? 0 : store_fail(c, s, st);
}

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
    int exit = open_new(c, &s);
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
