/* whatif.c - one subject with some facts changed, among the others as they were or scored anew. */
#include "embed/embed_int.h"
#include "eval/cell.h"
#include "load/load.h"

struct geci_whatif {
    struct arena *arena;
    const struct geci_scores *of;
    struct dataset *data; /* changed */
    Cell *cell;           /* by item; NULL after a failure */
    const char *messages;
    uint32_t *change; /* items that differ */
    size_t change_n;
};

static enum status assign(struct geci_whatif *w, uint32_t row, Str assignment)
{
    const struct geci_scores *s = w->of;
    struct diags ds;
    diags_init(&ds, w->arena);
    enum status st = load_set(w->data, s->of->rules, row, s->opts.period, assignment, &ds);
    const char *said = embed_messages(w->arena, &ds, S("set"), assignment, s->of->lang);
    w->messages = arena_fmt(w->arena, "%s%s", w->messages, said).p;
    return st;
}

static enum status evaluate(struct geci_whatif *w, uint32_t row, enum geci_others others,
                            struct diags *ds)
{
    const struct geci_scores *s = w->of;
    if (others == GECI_FROZEN)
        return eval_frozen(w->arena, &w->cell, s->plan, s->result, w->data, row, ds);
    struct result *res = NULL;
    TRY(eval_again(w->arena, &res, s->plan, s->result, w->data, ds));
    w->cell = ARENA_ARRAY(w->arena, Cell, (size_t)s->of->rules->item_n + 1);
    for (uint32_t i = 0; i < s->of->rules->item_n; i++)
        w->cell[i] = result_cell(res, i, row);
    return OK;
}

static bool differs(const struct geci_whatif *w, uint32_t item, uint32_t row)
{
    const struct geci_scores *s = w->of;
    Cell old = result_cell(s->result, item, row), new = w->cell[item];
    return !cell_same(old, new); /* codes of labels are the same before and after */
}

enum geci_status geci_whatif_open(struct geci_whatif **out, struct geci_scores *s, const char *id,
                                  const char *const *set, size_t set_n, enum geci_others others)
{
    struct arena *a = arena_open();
    struct geci_whatif *w = *out = ARENA_NEW(a, struct geci_whatif);
    *w = (struct geci_whatif){.arena = a, .of = s, .messages = ""};
    int64_t found = embed_row(s, id);
    if (found < 0)
        return GECI_GONE;
    uint32_t row = (uint32_t)found;
    const bool alone = others == GECI_FROZEN; /* then the facts of this subject are all it takes */
    w->data = alone ? dataset_of_row(a, s->data, row) : dataset_copy(a, s->data);
    enum status st = OK;
    for (size_t i = 0; i < set_n; i++) { /* all that is wrong, not only the first */
        enum status one = assign(w, alone ? 0 : row, str_of(set[i]));
        st = one == OK ? st : one;
    }
    if (st != OK)
        return embed_status(st);
    struct diags ds;
    diags_init(&ds, a);
    st = evaluate(w, row, others, &ds);
    const struct rules *r = s->of->rules;
    const char *said = embed_messages(a, &ds, r->file, r->text, s->of->lang);
    w->messages = arena_fmt(a, "%s%s", w->messages, said).p;
    if (st != OK) {
        w->cell = NULL;
        return embed_status(st);
    }
    w->change = ARENA_ARRAY(a, uint32_t, (size_t)r->item_n + 1);
    for (uint32_t i = 0; i < r->item_n; i++)
        if (differs(w, i, row))
            w->change[w->change_n++] = i;
    return GECI_OK;
}

void geci_whatif_close(struct geci_whatif *w)
{
    if (w != NULL)
        arena_close(w->arena);
}

const char *geci_whatif_messages(const struct geci_whatif *w)
{
    return w->messages;
}

enum geci_status geci_whatif_value(struct geci_whatif *w, const char *item, const char **low,
                                   const char **high)
{
    int32_t at = embed_item(w->of->of, item);
    if (w->cell == NULL || at < 0)
        return GECI_GONE;
    Type t = w->of->of->rules->item[at].type;
    *low = embed_end(w->arena, w->data, t, w->cell[at].lo);
    *high = embed_end(w->arena, w->data, t, w->cell[at].hi);
    return GECI_OK;
}

const char *geci_whatif_shown(struct geci_whatif *w, const char *item)
{
    int32_t at = embed_item(w->of->of, item);
    if (w->cell == NULL || at < 0)
        return NULL;
    return embed_shown(w->arena, w->of->of, w->data, (uint32_t)at, w->cell[at]);
}

size_t geci_whatif_change_n(const struct geci_whatif *w)
{
    return w->change_n;
}

const char *geci_whatif_change(const struct geci_whatif *w, size_t i)
{
    return i < w->change_n ? w->of->of->item_name[w->change[i]] : NULL;
}
