/* cross.c - how many are where two fields meet, and the sum of a figure there. One way over the
 * rows of the selection: half a millisecond for 50,000. */
#include "base/order.h"
#include "query/query_int.h"

/* One of the two fields: which of its values a row has. */
struct side {
    struct place place;
    bool none; /* not asked for: one value for all */
    uint32_t
        *of; /* value by code of the dictionary, + 1; of regions, by the code of a longer one */
    Str *value;
    uint32_t n; /* with the one for missing */
};

struct crossing {
    struct asking a;
    const struct selection *s;
    struct arena *keep;
};

static Str cut(const struct side *x, const struct roster *r, Str text)
{
    bool region = r->rules->field[x->place.field].ftype == FIELD_REGION;
    return region ? str_sub(text, 0, QUERY_REGION_DIGITS) : text;
}

struct sorting {
    const struct field *field;
    const struct labels *labels;
    const Str *value;
};

static uint32_t place_of(const struct sorting *x, Str value)
{
    for (uint32_t i = 0; i < x->field->option_n; i++)
        if (str_eq(labels_text(x->labels, x->field->option[i]), value))
            return i;
    return x->field->option_n;
}

static bool is_behind(const void *ctx, uint32_t a, uint32_t b)
{
    const struct sorting *x = ctx;
    uint32_t at_a = place_of(x, x->value[a]), at_b = place_of(x, x->value[b]);
    return at_a != at_b ? at_a > at_b : str_cmp(x->value[a], x->value[b]) > 0;
}

static enum status too_many(const struct crossing *x, Str field)
{
    (void)diag_add(x->a.diags, DIAG_QUERY_COST, (Span){0, (uint32_t)field.n}, NO_ARG, NO_ARG,
                   NO_ARG); /* the status says so */
    return ERR_LIMIT;
}

/* The number of a value, or that of a new one. */
static enum status number_of(const struct crossing *x, struct side *to, Str text, uint32_t *out)
{
    for (*out = 0; *out < to->n; ++*out)
        if (str_eq(to->value[*out], text))
            return OK;
    if (to->n == QUERY_CROSS_MAX)
        return too_many(x, x->s->roster->rules->field[to->place.field].name);
    to->value[to->n++] = text;
    return OK;
}

/* What a row has there: 1 and up, or 0 for nothing. */
static enum status look(const struct crossing *x, struct side *to, uint32_t row, uint32_t *out)
{
    const struct roster *r = x->s->roster;
    const struct column *c = to->place.lo;
    uint32_t at;
    *out = 0;
    if (to->place.identity) {
        TRY(number_of(x, to, cut(to, r, r->data->id[row]), &at));
        *out = at + 1;
        return OK;
    }
    if (c == NULL || !column_has(c, row))
        return OK;
    uint32_t code = (uint32_t)column_value(c, row);
    if (to->of[code] == 0) {
        TRY(number_of(x, to, cut(to, r, labels_text(r->data->labels, code)), &at));
        to->of[code] = at + 1;
    }
    *out = to->of[code];
    return OK;
}

static enum status find_field(const struct crossing *x, struct side *to, Str field)
{
    const struct roster *r = x->s->roster;
    TRY(place_find(&to->place, &x->a, field, PLACE_ASK));
    if (r->rules->field[to->place.field].type.kind != TYPE_TEXT)
        return diag_add(x->a.diags, DIAG_QUERY_OP, (Span){0, (uint32_t)field.n}, field, S("cross"),
                        NO_ARG);
    return OK;
}

/* Options that nobody has are values, too; then whatever comes along, in order. */
static enum status open_side(const struct crossing *x, struct side *to, Str field)
{
    const struct roster *r = x->s->roster;
    to->none = field.n == 0;
    to->value = ARENA_ARRAY(x->keep, Str, QUERY_CROSS_MAX + 1);
    to->n = 0;
    if (to->none)
        return OK;
    TRY(find_field(x, to, field));
    const struct field *f = &r->rules->field[to->place.field];
    to->of = ARENA_ARRAY(x->a.tmp, uint32_t, labels_n(r->data->labels) + 1);
    uint32_t rows = r->data->row_n, at;
    for (uint32_t i = 0; i < f->option_n && i < QUERY_CROSS_MAX; i++)
        to->value[to->n++] = labels_text(r->data->labels, f->option[i]);
    for (uint32_t row = bit_next(x->s->rows, 0, rows); row < rows;
         row = bit_next(x->s->rows, row + 1, rows))
        TRY(look(x, to, row, &at));
    struct sorting how = {f, r->data->labels, to->value};
    const uint32_t *order = order_rows(x->a.tmp, to->n, is_behind, &how);
    Str *sorted = ARENA_ARRAY(x->keep, Str, QUERY_CROSS_MAX + 1);
    for (uint32_t i = 0; i < to->n; i++)
        sorted[i] = to->value[order[i]];
    to->value = sorted;
    to->of = ARENA_ARRAY(x->a.tmp, uint32_t, labels_n(r->data->labels) + 1);
    return OK;
}

static enum status count_row(const struct crossing *x, struct side *side, const struct place *fig,
                             struct query_cross *out, uint32_t row)
{
    uint32_t at[2];
    Wide v;
    for (int k = 0; k < 2; k++) {
        TRY(look(x, &side[k], row, &at[k]));
        at[k] = at[k] == 0 ? out->value_n[k] - 1 : at[k] - 1;
    }
    struct query_sum *cell = &out->cell[(size_t)at[0] * out->value_n[1] + at[1]];
    cell->n++;
    if (out->figure == NULL || !figure_at(fig, row, &v))
        return OK;
    cell->known++;
    return wide_add(&cell->sum, cell->sum, v) ? OK : too_many(x, out->figure->name);
}

static enum status cross(const struct crossing *x, const struct query_cross_ask *ask,
                         struct query_cross *out)
{
    const struct roster *r = x->s->roster;
    struct side side[2] = {0};
    struct place fig = {0};
    *out = (struct query_cross){.figure = NULL};
    if (ask->figure.n > 0) {
        TRY(place_find(&fig, &x->a, ask->figure, PLACE_ASK));
        out->figure = &r->rules->field[fig.field];
        out->scale = out->figure->type.scale;
        if (out->figure->type.kind != TYPE_NUM)
            return diag_add(x->a.diags, DIAG_QUERY_OP, (Span){0, (uint32_t)ask->figure.n},
                            ask->figure, S("sum"), NO_ARG);
    }
    for (int k = 0; k < 2; k++) {
        TRY(open_side(x, &side[k], ask->by[k]));
        side[k].value[side[k].n] = S("");
        out->by[k] = ask->by[k];
        out->value[k] = side[k].value;
        out->value_n[k] = side[k].n + 1;
        out->region[k] =
            !side[k].none && r->rules->field[side[k].place.field].ftype == FIELD_REGION;
    }
    out->cell = ARENA_ARRAY(x->keep, struct query_sum, (size_t)out->value_n[0] * out->value_n[1]);
    uint32_t n = r->data->row_n;
    for (uint32_t row = bit_next(x->s->rows, 0, n); row < n; row = bit_next(x->s->rows, row + 1, n))
        TRY(count_row(x, side, &fig, out, row));
    return OK;
}

enum status query_cross(const struct selection *s, const struct query_cross_ask *ask,
                        struct arena *keep, struct query_cross *out, struct diags *ds)
{
    struct crossing x = {{s->scope, s->roster, s->period, arena_open(), ds}, s, keep};
    enum status st = cross(&x, ask, out);
    arena_close(x.a.tmp);
    return st;
}
