/* count.c - how many have which value, and how figures are spread. */
#include "base/order.h"
#include "query/query_int.h"

static enum status wrong_type(const struct asking *a, Str field, const char *use)
{
    return diag_add(a->diags, DIAG_QUERY_OP, (Span){0, (uint32_t)field.n}, field, str_of(use),
                    NO_ARG);
}

/* --- facets --- */

struct tally { /* by code; missing ones apart */
    uint32_t *of;
    uint32_t codes, some, missing; /* some: codes that anybody has */
};

static struct tally tally(const struct selection *s, const struct column *c, uint32_t codes,
                          struct arena *tmp)
{
    struct tally t = {.of = ARENA_ARRAY(tmp, uint32_t, codes), .codes = codes};
    uint32_t n = s->roster->data->row_n;
    for (uint32_t row = bit_next(s->rows, 0, n); row < n; row = bit_next(s->rows, row + 1, n))
        if (c != NULL && column_has(c, row))
            t.of[column_value(c, row)]++;
        else
            t.missing++;
    for (uint32_t code = 0; code < codes; code++)
        t.some += t.of[code] > 0;
    return t;
}

/* The most common first. */
static bool is_rarer(const void *ctx, uint32_t a, uint32_t b)
{
    const struct query_count *c = ctx;
    return c[a].n != c[b].n ? c[a].n < c[b].n : str_cmp(c[a].value, c[b].value) > 0;
}

static void add_count(struct query_facet *out, Str value, uint32_t n)
{
    out->count[out->n++] = (struct query_count){value, n};
}

/* Options as the document lists them, those that nobody has too; then what it no longer has. */
static void list_values(struct query_facet *out, const struct selection *s, const struct field *f,
                        struct tally *t, struct arena *tmp)
{
    const struct labels *l = s->roster->data->labels;
    struct query_count *rest = ARENA_ARRAY(tmp, struct query_count, t->some);
    uint32_t n = 0;
    for (uint32_t i = 0; i < f->option_n; i++) {
        add_count(out, labels_text(l, f->option[i]), t->of[f->option[i]]);
        t->of[f->option[i]] = 0;
    }
    for (uint32_t code = 0; code < t->codes; code++)
        if (t->of[code] > 0)
            rest[n++] = (struct query_count){f->type.kind != TYPE_TRUTH ? labels_text(l, code)
                                             : code == TRUTH_MET        ? S("是")
                                                                        : S("否"),
                                             t->of[code]};
    const uint32_t *order = order_rows(tmp, n, is_rarer, rest);
    for (uint32_t i = 0; i < n; i++)
        out->count[out->n++] = rest[order[i]];
    out->more = out->n > QUERY_FACET_MAX;
    out->n = out->more ? QUERY_FACET_MAX : out->n;
}

static enum status facet(const struct asking *a, const struct selection *s, Str field,
                         struct arena *keep, struct query_facet *out)
{
    struct place p;
    TRY(place_find(&p, a, field, PLACE_ASK));
    const struct field *f = &s->roster->rules->field[p.field];
    bool text = f->type.kind == TYPE_TEXT;
    if (p.identity || (!text && f->type.kind != TYPE_TRUTH))
        return wrong_type(a, field, "facet");
    uint32_t codes = text ? labels_n(s->roster->data->labels) : TRUTH_NA + 1;
    struct tally t = tally(s, p.lo, codes, a->tmp);
    *out = (struct query_facet){.field = arena_copy(keep, field)};
    out->count = ARENA_ARRAY(keep, struct query_count, (size_t)t.some + f->option_n + 1);
    list_values(out, s, f, &t, a->tmp);
    if (t.missing > 0)
        add_count(out, S(""), t.missing);
    return OK;
}

enum status query_facet(const struct selection *s, Str field, struct arena *keep,
                        struct query_facet *out, struct diags *ds)
{
    struct asking a = {s->scope, s->roster, s->period, arena_open(), ds};
    enum status st = facet(&a, s, field, keep, out);
    arena_close(a.tmp);
    return st;
}

/* --- figures --- */

static bool is_more(const void *ctx, uint32_t a, uint32_t b)
{
    const Wide *x = ctx;
    return x[a] > x[b];
}

const Wide *spread_sort(struct arena *tmp, const Wide *x, uint32_t n)
{
    Wide *out = arena_raw(tmp, (size_t)n + 1, sizeof *out);
    const uint32_t *order = order_rows(tmp, n, is_more, x);
    for (uint32_t i = 0; i < n; i++)
        out[i] = x[order[i]];
    return out;
}

/* Between two neighbours, linearly (type 7): as 组分位数 does. */
static Wide quantile(const Wide *x, size_t n, int percent)
{
    size_t at = (n - 1) * (size_t)percent / 100, rest = (n - 1) * (size_t)percent % 100;
    Wide step, gap;
    if (rest == 0)
        return x[at];
    bool ok =
        wide_sub(&gap, x[at + 1], x[at]) && wide_muldiv(&step, gap, (Wide)rest, 100, ROUND_HALF_UP);
    return ok ? x[at] + step : x[at];
}

void spread_quantiles(const Wide *x, size_t n, Wide out[QUERY_QUANTILES])
{
    static const int percent[QUERY_QUANTILES] = {10, 25, 50, 75, 90};
    for (int i = 0; i < QUERY_QUANTILES; i++)
        out[i] = quantile(x, n, percent[i]);
}

/* Of intervals none: a figure is one, or none. */
bool figure_at(const struct place *p, uint32_t row, Wide *out)
{
    if (p->lo == NULL || !column_has(p->lo, row))
        return false;
    *out = column_value(p->lo, row);
    return p->attached == NULL ||
           (p->hi != NULL && column_has(p->hi, row) && column_value(p->hi, row) == *out);
}

/* Edges at equal distances; figures are sorted. */
static enum status bins(struct query_spread *out, const Wide *x, struct arena *keep)
{
    Wide width, at;
    if (!wide_sub(&width, out->most, out->least))
        return ERR_LIMIT;
    out->edge = ARENA_ARRAY(keep, Wide, out->bin_n + 1);
    out->bin = ARENA_ARRAY(keep, uint32_t, out->bin_n);
    for (uint32_t i = 0; i <= out->bin_n; i++) {
        if (!wide_muldiv(&at, width, i, out->bin_n, ROUND_FLOOR))
            return ERR_LIMIT;
        out->edge[i] = out->least + at;
    }
    uint32_t bin = 0;
    for (uint32_t i = 0; i < out->n; i++) {
        while (bin + 1 < out->bin_n && x[i] >= out->edge[bin + 1])
            bin++;
        out->bin[bin]++;
    }
    return OK;
}

static enum status spread(const struct asking *a, const struct selection *s, Str field,
                          struct arena *keep, struct query_spread *out)
{
    struct place p;
    uint32_t n = s->roster->data->row_n, bin_n = out->bin_n;
    TRY(place_find(&p, a, field, PLACE_ASK));
    const struct field *f = &s->roster->rules->field[p.field];
    if (f->type.kind != TYPE_NUM)
        return wrong_type(a, field, "spread");
    *out = (struct query_spread){.field = f, .scale = f->type.scale, .bin_n = bin_n};
    Wide *x = arena_raw(a->tmp, (size_t)n + 1, sizeof *x);
    for (uint32_t row = bit_next(s->rows, 0, n); row < n; row = bit_next(s->rows, row + 1, n))
        if (figure_at(&p, row, &x[out->n]))
            out->n++;
        else
            out->missing++;
    if (out->n == 0) {
        out->bin_n = 0;
        return OK;
    }
    const Wide *sorted = spread_sort(a->tmp, x, out->n);
    out->least = sorted[0];
    out->most = sorted[out->n - 1];
    spread_quantiles(sorted, out->n, out->quantile);
    return out->bin_n == 0 ? OK : bins(out, sorted, keep);
}

enum status query_spread(const struct selection *s, Str field, uint32_t bins_n, struct arena *keep,
                         struct query_spread *out, struct diags *ds)
{
    struct asking a = {s->scope, s->roster, s->period, arena_open(), ds};
    *out = (struct query_spread){.bin_n = bins_n < QUERY_BINS_MAX ? bins_n : QUERY_BINS_MAX};
    enum status st = spread(&a, s, field, keep, out);
    arena_close(a.tmp);
    return st;
}

static enum status figures(const struct asking *a, const struct selection *s, Str field,
                           struct arena *keep, struct query_figures *out)
{
    struct place p;
    uint32_t n = s->roster->data->row_n;
    TRY(place_find(&p, a, field, PLACE_ASK));
    const struct field *f = &s->roster->rules->field[p.field];
    if (f->type.kind != TYPE_NUM)
        return wrong_type(a, field, "figure");
    *out = (struct query_figures){.field = f, .scale = f->type.scale};
    out->row = arena_raw(keep, (size_t)s->counts.scope + 1, sizeof *out->row);
    out->value = ARENA_ARRAY(keep, Wide, (size_t)s->counts.scope + 1);
    out->known = ARENA_ARRAY(keep, bool, (size_t)s->counts.scope + 1);
    for (uint32_t row = bit_next(s->rows, 0, n); row < n; row = bit_next(s->rows, row + 1, n)) {
        out->row[out->n] = row;
        out->known[out->n] = figure_at(&p, row, &out->value[out->n]);
        out->n++;
    }
    return OK;
}

enum status query_figures(const struct selection *s, Str field, struct arena *keep,
                          struct query_figures *out, struct diags *ds)
{
    struct asking a = {s->scope, s->roster, s->period, arena_open(), ds};
    enum status st = figures(&a, s, field, keep, out);
    arena_close(a.tmp);
    return st;
}

bool query_has(const struct selection *s, int64_t subject, uint32_t *row)
{
    int64_t at = roster_row(s->roster, subject);
    *row = at < 0 ? 0 : (uint32_t)at;
    return at >= 0 && bit_is_set(s->rows, *row);
}
