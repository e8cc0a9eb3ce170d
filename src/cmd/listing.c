#include "cmd/listing.h"

#include "base/str.h"

bool listing_is_asked(const struct cli *c)
{
    return c->args.given[OPT_OUTPUT] && out_form_of(c->args.value[OPT_OUTPUT]) != OUT_CSV;
}

void listing_fact(struct listing *t, const char *key, Str value)
{
    ASSERT(t->fact_n < LISTING_FACTS_MAX);
    if (value.n > 0)
        t->fact[t->fact_n++] = (struct out_fact){str_of(key), value};
}

static void put(void *ctx, Str bytes)
{
    struct cli *c = ctx;
    buf_add(&c->out, bytes);
    cli_flush(c);
}

int listing_open(struct listing *t, struct cli *c, Str sheet, const struct out_column *column,
                 uint32_t column_n)
{
    int code = cli_output_open(c);
    t->cli = c;
    if (code != 0)
        return code;
    bool says = listing_is_asked(c) || (c->args.given[OPT_OUTPUT] && t->for_people);
    struct out_spec spec = {.form = says ? out_form_of(c->args.value[OPT_OUTPUT]) : OUT_PLAIN,
                            .sheet = sheet,
                            .column = column,
                            .column_n = column_n,
                            .fact = t->fact,
                            .fact_n = t->fact_n,
                            .put = put,
                            .ctx = c};
    t->st = out_table_open(c->arena, &t->out, &spec);
    return 0;
}

void listing_row(struct listing *t, const struct out_cell *cell)
{
    if (t->st == OK)
        t->st = out_table_row(t->out, cell);
}

int listing_close(struct listing *t)
{
    struct cli *c = t->cli;
    enum status closed = out_table_close(t->out);
    enum status st = t->st != OK ? t->st : closed;
    int code = cli_output_close(c, st == OK);
    if (st == OK)
        return code;
    return cli_fail(
        c, st,
        ZE(c, "写不成这样的文件：行、列或一格的字数超过它的限度，或没有地方写。可改写 .csv。",
           "no such file can be written: too many rows or columns, a cell too long, or "
           "no room. Write .csv instead."));
}
