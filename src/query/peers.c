/* peers.c - where one subject stands among its like. */
#include "query/query_int.h"

enum { BY_MAX = 2, DIGITS = 3 };

struct peering {
    struct asking a;
    const struct query_peers_ask *ask;
    struct place figure, by[BY_MAX];
    uint32_t own;
};

static enum status read_ask(struct peering *x)
{
    const struct rules *r = x->a.roster->rules;
    if (x->ask->by_n > BY_MAX)
        return diag_add(x->a.diags, DIAG_QUERY_LONG, (Span){0, 0}, S("by"), S("2"), NO_ARG);
    TRY(place_find(&x->figure, &x->a, x->ask->field, PLACE_ASK));
    if (r->field[x->figure.field].type.kind != TYPE_NUM)
        return diag_add(x->a.diags, DIAG_QUERY_OP, (Span){0, 0}, x->ask->field, S("peers"), NO_ARG);
    for (size_t i = 0; i < x->ask->by_n; i++) {
        TRY(place_find(&x->by[i], &x->a, x->ask->by[i], PLACE_ASK));
        enum type_kind kind = r->field[x->by[i].field].type.kind;
        if (x->by[i].identity || (kind != TYPE_TEXT && kind != TYPE_TRUTH))
            return diag_add(x->a.diags, DIAG_QUERY_OP, (Span){0, 0}, x->ask->by[i], S("by"),
                            NO_ARG);
    }
    return OK;
}

static bool is_like(const struct peering *x, uint32_t row)
{
    for (size_t i = 0; i < x->ask->by_n; i++) {
        const struct column *c = x->by[i].lo;
        bool has = c != NULL && column_has(c, row), own = c != NULL && column_has(c, x->own);
        if (has != own || (has && column_value(c, row) != column_value(c, x->own)))
            return false;
    }
    return true;
}

/* Three digits are enough to see where one stands, and too few to tell a neighbour's figure. */
static Wide blur(Wide v)
{
    Wide unit = 1, size = v < 0 ? -v : v, out;
    for (int i = 0; i < DIGITS; i++)
        size /= 10;
    for (; size > 0; size /= 10)
        unit *= 10;
    return wide_muldiv(&out, v, 1, unit, ROUND_HALF_UP) ? out * unit : v;
}

void query_stand(struct arena *tmp, const Wide *x, uint32_t n, Wide own, struct query_standing *out)
{
    const Wide *sorted = spread_sort(tmp, x, n);
    uint32_t below = 0;
    spread_quantiles(sorted, n, out->quantile);
    for (int i = 0; i < QUERY_QUANTILES; i++)
        out->quantile[i] = blur(out->quantile[i]);
    while (below < n && sorted[below] < own)
        below++;
    out->below_e2 = below * 100 / n;
}

static void compare(struct peering *x, struct query_peers *out)
{
    const struct roster *r = x->a.roster;
    Wide *figure = arena_raw(x->a.tmp, (size_t)r->data->row_n + 1, sizeof *figure);
    out->field = &r->rules->field[x->figure.field];
    out->scale = out->field->type.scale;
    out->has_own = figure_at(&x->figure, x->own, &out->own);
    for (uint32_t row = 0; row < r->data->row_n; row++)
        if (is_like(x, row) && figure_at(&x->figure, row, &figure[out->n]))
            out->n++;
    out->told = out->n >= QUERY_PEERS_MIN;
    if (out->told)
        query_stand(x->a.tmp, figure, out->n, out->has_own ? out->own : -WIDE_INF, &out->at);
    else
        out->n = 0;
}

static enum status peers(struct peering *x, const struct selection *own, struct query_peers *out)
{
    int64_t row = roster_row(x->a.roster, x->ask->subject);
    if (row < 0 || !bit_is_set(own->rows, (size_t)row))
        return ERR_GONE;
    x->own = (uint32_t)row;
    x->a.period = own->period;
    TRY(read_ask(x));
    compare(x, out);
    return OK;
}

enum status query_peers(const struct scope *s, const struct roster *r,
                        const struct query_peers_ask *ask, struct query_peers *out,
                        struct diags *ds)
{
    struct peering x = {.a = {s, r, ask->period, arena_open(), ds}, .ask = ask};
    struct query_ask everybody = {.period = ask->period};
    struct selection *own;
    *out = (struct query_peers){.told = false};
    enum status st = query_select(s, r, &everybody, x.a.tmp, &own, ds);
    if (st == OK)
        st = peers(&x, own, out);
    arena_close(x.a.tmp);
    return st;
}
