/* cockpit_plan.c - what the county's pack asks for: targets, ladders, funnels. */
#include "api/noun/cockpit/cockpit.h"
#include "api/noun/data/column.h"
#include "api/noun/data/subject.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum { FIGURE_MAX = 64, YEARS_BACK = 4 };

/* --- targets --- */

enum {
    TARGET_NAME,
    TARGET_KIND,
    TARGET_YEAR,
    TARGET_WHERE,
    TARGET_SUM,
    TARGET_TARGET,
    TARGET_UNIT,
    TARGET_STATUS,
    TARGET_ORIGIN,
    TARGET_CELLS
};

static Str percent_of(struct call *c, Str actual, Str target)
{
    enum { TENTHS = 1 };
    Dec a, t;
    Wide hundred, percent;
    struct buf b;
    if (!dec_parse(&a, actual, NULL) || !dec_parse(&t, target, NULL) || t.m == 0 ||
        !wide_muldiv(&hundred, a.m, 100, 1, ROUND_HALF_UP) ||
        !wide_div(&percent, hundred, a.scale, t.m, t.scale, TENTHS, ROUND_HALF_UP))
        return NO_ARG;
    buf_init(&b, c->arena, FIGURE_MAX);
    dec_print_fixed(&b, percent, TENTHS, TENTHS);
    return buf_str(&b);
}

/* How many they are, or the sum of a figure of theirs: of those with one. */
static enum status write_actual(struct call *c, const Str *cell, struct api_cockpit_target *out)
{
    struct selection *s;
    struct query_cross cross;
    Str figure = cell[TARGET_SUM], where = cell[TARGET_WHERE];
    if (figure.n > 0)
        where = cockpit_both(c, where, cockpit_known(c, figure));
    TRY(cockpit_select(c, where, &s));
    out->count = (struct api_cockpit_count){out->name, query_counts(s).rows, where};
    out->actual = arena_fmt(c->arena, "%u", query_counts(s).rows);
    if (figure.n == 0)
        return OK;
    struct query_cross_ask ask = {.figure = figure};
    TRY(query_cross(s, &ask, c->arena, &cross, &c->diags));
    out->actual = subject_figure(c, cross.figure, cross.cell[0].sum);
    out->unit = arena_copy(c->arena, field_unit_word(cross.figure));
    return OK;
}

static enum status write_target(struct call *c, const Str *cell, struct api_cockpit_target *out)
{
    Dec year = {0};
    bool ok = dec_parse(&year, cell[TARGET_YEAR], NULL);
    TRY(cockpit_open(c, cell[TARGET_KIND]));
    *out = (struct api_cockpit_target){
        .name = cell[TARGET_NAME],
        .kind = cell[TARGET_KIND],
        .year = ok ? (int64_t)year.m : 0,
        .unit = cell[TARGET_UNIT],
        .target = cell[TARGET_TARGET],
        .status = cockpit_status(cell[TARGET_STATUS]),
        .origin = cell[TARGET_ORIGIN],
        .source = cockpit_register(c),
        .whole = c->scope.rule != SCOPE_ALL,
    };
    TRY(write_actual(c, cell, out));
    out->percent = percent_of(c, out->actual, out->target);
    return OK;
}

/* A target of a kind that the county does not keep is not one of its own. */
enum status api_cockpit_targets(struct call *c, struct api_cockpit_targets *out)
{
    struct cockpit_table t;
    TRY(cockpit_table(c, call_pack(c)->targets, &t));
    out->targets.at = ARENA_ARRAY(c->arena, struct api_cockpit_target, t.n + 1);
    for (size_t i = 0; i < t.n && t.columns >= TARGET_CELLS; i++) {
        enum status st = write_target(c, &t.cell[i * t.columns], &out->targets.at[out->targets.n]);
        out->targets.n += st == OK;
        if (st != OK && st != ERR_GONE)
            return st;
    }
    return OK;
}

/* --- ladders --- */

struct steps {
    Str field, *step;
    size_t n;
};

static int step_of(const struct steps *x, Str value)
{
    for (size_t i = 0; i < x->n; i++)
        if (str_eq(x->step[i], value))
            return (int)i;
    return -1;
}

static uint32_t count_in(const struct query_facet *f, Str value)
{
    for (uint32_t i = 0; i < f->n; i++)
        if (str_eq(f->count[i].value, value))
            return f->count[i].n;
    return 0;
}

static void write_steps(struct call *c, const struct steps *x, const struct query_facet *f,
                        struct api_cockpit_year *out)
{
    Str where = S("");
    int64_t rest = 0;
    out->steps.at = ARENA_ARRAY(c->arena, struct api_cockpit_count, x->n);
    for (size_t i = 0; i < x->n; i++)
        out->steps.at[out->steps.n++] = (struct api_cockpit_count){
            x->step[i], count_in(f, x->step[i]), cockpit_is(c, f->field, x->step[i])};
    for (uint32_t i = 0; i < f->n; i++) {
        if (step_of(x, f->count[i].value) >= 0)
            continue;
        rest += f->count[i].n;
        where = cockpit_either(c, where, cockpit_is(c, f->field, f->count[i].value));
    }
    out->none = (struct api_cockpit_count){S("不在梯度上"), rest, where};
}

/* Movements to or from a step of the ladder. */
static enum status write_moves(struct call *c, const struct steps *x, const struct selection *s,
                               int64_t year, struct api_cockpit_year *out)
{
    struct query_cross t;
    size_t cap = 0;
    struct query_cross_ask ask = {
        .by = {cockpit_at(c, x->field, year - 1), cockpit_at(c, x->field, year)}};
    TRY(query_cross(s, &ask, c->arena, &t, &c->diags));
    for (uint32_t i = 0; i < t.value_n[0]; i++)
        for (uint32_t k = 0; k < t.value_n[1]; k++) {
            Str from = t.value[0][i], to = t.value[1][k];
            int was = step_of(x, from), is = step_of(x, to);
            uint32_t n = t.cell[(size_t)i * t.value_n[1] + k].n;
            if (n == 0 || was == is)
                continue;
            Str where =
                cockpit_both(c, cockpit_is(c, ask.by[0], from), cockpit_is(c, ask.by[1], to));
            VEC_PUSH(c->arena, out->moves.at, out->moves.n, cap) = (struct api_cockpit_move){
                .from = arena_copy(c->arena, from),
                .to = arena_copy(c->arena, to),
                .rise = is > was,
                .count = {arena_copy(c->arena, to), n, where},
            };
        }
    return OK;
}

static bool tells_anything(const struct query_facet *f)
{
    for (uint32_t i = 0; i < f->n; i++)
        if (f->count[i].n > 0 && f->count[i].value.n > 0)
            return true;
    return false;
}

static enum status write_ladder(struct call *c, const struct steps *x,
                                struct api_cockpit_ladder *out)
{
    struct selection *s;
    TRY(cockpit_select(c, S(""), &s));
    int last = query_period(s);
    if (last == 0) /* nobody has reported anything of a year */
        return OK;
    out->years.at = ARENA_ARRAY(c->arena, struct api_cockpit_year, YEARS_BACK);
    for (int64_t year = last - YEARS_BACK + 1; year <= last; year++) {
        struct query_facet f;
        Str at = cockpit_at(c, x->field, year);
        TRY(query_facet(s, at, c->arena, &f, &c->diags));
        if (!tells_anything(&f))
            continue;
        struct api_cockpit_year *to = &out->years.at[out->years.n++];
        *to = (struct api_cockpit_year){.year = year};
        for (uint32_t i = 0; i < f.n; i++)
            f.count[i].value = arena_copy(c->arena, f.count[i].value);
        write_steps(c, x, &f, to);
        if (out->years.n > 1)
            TRY(write_moves(c, x, s, year, to));
    }
    return OK;
}

/* --- funnels --- */

static enum status write_funnel(struct call *c, const struct steps *x,
                                struct api_cockpit_stages *out)
{
    struct selection *s;
    struct query_facet f;
    size_t cap = 0;
    TRY(cockpit_select(c, S(""), &s));
    TRY(query_facet(s, x->field, c->arena, &f, &c->diags));
    out->stages.at = ARENA_ARRAY(c->arena, struct api_cockpit_count, x->n);
    out->reached.at = ARENA_ARRAY(c->arena, struct api_cockpit_count, x->n);
    out->stages.n = out->reached.n = x->n;
    int64_t sum = 0;
    Str where = S("");
    for (size_t i = x->n; i-- > 0;) {
        Str own = cockpit_is(c, x->field, x->step[i]);
        uint32_t n = count_in(&f, x->step[i]);
        sum += n;
        where = cockpit_either(c, own, where);
        out->stages.at[i] = (struct api_cockpit_count){x->step[i], n, own};
        out->reached.at[i] = (struct api_cockpit_count){x->step[i], sum, where};
    }
    for (uint32_t i = 0; i < f.n; i++)
        if (step_of(x, f.count[i].value) < 0)
            VEC_PUSH(c->arena, out->others.at, out->others.n, cap) = (struct api_cockpit_count){
                f.count[i].value.n == 0 ? S("未填") : arena_copy(c->arena, f.count[i].value),
                f.count[i].n, cockpit_is(c, x->field, f.count[i].value)};
    return OK;
}

/* --- both, as the pack names them --- */

enum { PANEL_SORT, PANEL_NAME, PANEL_KIND, PANEL_FIELD, PANEL_STEPS, PANEL_CELLS };

static enum status write_panel(struct call *c, const Str *cell, struct api_cockpit_panels *out)
{
    struct steps x = {.field = cell[PANEL_FIELD]};
    x.n = cockpit_words(c, cell[PANEL_STEPS], &x.step);
    enum status st = cockpit_open(c, cell[PANEL_KIND]);
    if (st == ERR_GONE)
        return OK;
    TRY(st);
    if (str_eq(cell[PANEL_SORT], S("梯度"))) {
        struct api_cockpit_ladder *to = &out->ladders.at[out->ladders.n++];
        *to = (struct api_cockpit_ladder){.name = cell[PANEL_NAME],
                                          .kind = cell[PANEL_KIND],
                                          .field = x.field,
                                          .source = cockpit_register(c)};
        return write_ladder(c, &x, to);
    }
    struct api_cockpit_stages *to = &out->funnels.at[out->funnels.n++];
    *to = (struct api_cockpit_stages){.name = cell[PANEL_NAME],
                                      .kind = cell[PANEL_KIND],
                                      .field = x.field,
                                      .source = cockpit_register(c)};
    return write_funnel(c, &x, to);
}

enum status api_cockpit_panels(struct call *c, struct api_cockpit_panels *out)
{
    struct cockpit_table t;
    TRY(cockpit_table(c, call_pack(c)->panels, &t));
    out->ladders.at = ARENA_ARRAY(c->arena, struct api_cockpit_ladder, t.n + 1);
    out->funnels.at = ARENA_ARRAY(c->arena, struct api_cockpit_stages, t.n + 1);
    for (size_t i = 0; i < t.n && t.columns >= PANEL_CELLS; i++)
        TRY(write_panel(c, &t.cell[i * t.columns], out));
    return OK;
}
