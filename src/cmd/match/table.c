#include "cmd/match/table.h"

#include "base/arena.h"
#include "base/str.h"
#include "os/file.h"

enum { TABLE_MAX = 1 << 30, SLOTS = 1024 };

int match_table_open(struct cli *c, struct match_table *t, Str path)
{
    Str bytes, text;
    int err = 0;
    *t = (struct match_table){.c = c, .path = path};
    diags_init(&t->ds, c->arena);
    t->st = file_read(c->arena, &bytes, path, TABLE_MAX, &err);
    if (t->st != OK)
        return cli_fail_file(c, t->st, path, err, false);
    t->st = csv_decode(c->arena, &text, bytes, NULL, &t->ds);
    if (t->st == OK) {
        csv_open(&t->csv, c->arena, text);
        t->st = csv_next(&t->csv, &t->ds);
    }
    return t->st == OK ? 0 : match_table_end(t);
}

int match_table_column(struct match_table *t, int i, const char *zh, const char *en, bool must)
{
    for (uint32_t k = 0; k < t->csv.cell_n && t->column[i] == 0; k++)
        if (str_eq(t->csv.cell[k].text, str_of(zh)) || str_eq(t->csv.cell[k].text, str_of(en)))
            t->column[i] = k + 1;
    if (t->column[i] > 0 || !must)
        return 0;
    return cli_fail(t->c, ERR_INPUT, ZE(t->c, "%.*s：缺“%s”一列。", "%.*s: no column “%s”."),
                    STR_ARG(t->path), ZE(t->c, zh, en));
}

bool match_table_next(struct match_table *t)
{
    t->st = csv_next(&t->csv, &t->ds);
    return t->st == OK && t->csv.cell_n > 0;
}

int match_table_end(struct match_table *t)
{
    if (t->st == OK)
        return 0;
    cli_diags(t->c, &t->ds, t->path, t->csv.text);
    return cli_exit(t->st);
}

Str match_cell(const struct match_table *t, int i)
{
    uint32_t k = t->column[i];
    return k == 0 || k > t->csv.cell_n ? S("") : t->csv.cell[k - 1].text;
}

static uint32_t *slot_of(const struct match_names *x, Str name)
{
    size_t at = str_hash(name) & (x->slots - 1);
    while (x->slot[at] != 0 && !str_eq(x->at[x->slot[at] - 1], name))
        at = (at + 1) & (x->slots - 1);
    return &x->slot[at];
}

uint32_t match_name(struct arena *keep, struct match_names *x, Str name)
{
    if (x->last < x->n && str_eq(x->at[x->last], name))
        return x->last;
    if (x->slots < 2 * (x->n + 1)) {
        x->slots = x->slots == 0 ? SLOTS : 2 * x->slots;
        x->slot = ARENA_ARRAY(keep, uint32_t, x->slots);
        for (size_t i = 0; i < x->n; i++)
            *slot_of(x, x->at[i]) = (uint32_t)i + 1;
    }
    uint32_t *slot = slot_of(x, name);
    if (*slot == 0) {
        VEC_PUSH(keep, x->at, x->n, x->cap) = arena_copy(keep, name); /* side by side */
        *slot = (uint32_t)x->n;
    }
    return x->last = *slot - 1;
}
