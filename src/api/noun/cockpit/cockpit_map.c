/* cockpit_map.c - chains by localities, and the tile map: one pass over the rows for the figure,
 * one for the score. */
#include "api/noun/cockpit/cockpit.h"
#include "api/noun/data/column.h"
#include "api/noun/data/subject.h"
#include "base/arena.h"
#include "base/str.h"

/* What is counted where: both crosses have the same cells. */
struct grid {
    struct query_cross figure, score; /* score: none, if score_name is empty */
    Str locality, chain, score_name, where;
    struct cockpit_table regions;
};

static enum status no_place(struct call *c)
{
    return call_refuse(c, DIAG_QUERY_FIELD, S("属地"), S(""));
}

static enum status open_grid(struct call *c, Str figure, Str where, bool chains, struct grid *g)
{
    struct selection *s;
    const struct outcome *o = cockpit_outcome(c);
    *g = (struct grid){.locality = arena_copy(c->arena, cockpit_role(c, SUBJECT_ROLE_LOCALITY)),
                       .chain = arena_copy(c->arena, cockpit_role(c, SUBJECT_ROLE_CHAIN)),
                       .score_name = o == NULL ? S("") : arena_copy(c->arena, o->score),
                       .where = str_or_empty(where)};
    if (g->locality.n == 0)
        return no_place(c);
    struct query_cross_ask ask = {.by = {g->locality, chains ? g->chain : S("")},
                                  .figure = str_or_empty(figure)};
    TRY(cockpit_table(c, call_pack(c)->regions, &g->regions));
    TRY(cockpit_select(c, g->where, &s));
    TRY(query_cross(s, &ask, c->arena, &g->figure, &c->diags));
    ask.figure = g->score_name;
    return query_cross(s, &ask, c->arena, &g->score, &c->diags);
}

/* --- cells --- */

struct tally {
    struct query_sum figure, score;
};

static enum status add(struct query_sum *to, const struct query_sum *more)
{
    to->n += more->n;
    to->known += more->known;
    return wide_add(&to->sum, to->sum, more->sum) ? OK : ERR_LIMIT;
}

static enum status add_cell(const struct grid *g, struct tally *t, size_t i, size_t k)
{
    size_t at = i * g->figure.value_n[1] + k;
    TRY(add(&t->figure, &g->figure.cell[at]));
    return add(&t->score, &g->score.cell[at]);
}

static Str sum_of(struct call *c, const struct query_cross *x, const struct query_sum *s)
{
    return x->figure == NULL || s->known == 0 ? NO_ARG : subject_figure(c, x->figure, s->sum);
}

static Str mean_of(struct call *c, const struct query_cross *x, const struct query_sum *s)
{
    Wide mean;
    if (x->figure == NULL || s->known == 0 ||
        !wide_muldiv(&mean, s->sum, 1, s->known, ROUND_HALF_UP))
        return NO_ARG;
    return subject_figure(c, x->figure, mean);
}

static struct api_cockpit_cell cell_of(struct call *c, const struct grid *g, const struct tally *t,
                                       Str where)
{
    return (struct api_cockpit_cell){
        .locality = S(""),
        .chain = S(""),
        .n = t->figure.n,
        .where = cockpit_both(c, g->where, where),
        .known = g->figure.figure == NULL ? 0 : t->figure.known,
        .sum = sum_of(c, &g->figure, &t->figure),
        .scored = t->score.known,
        .mean = mean_of(c, &g->score, &t->score),
    };
}

/* --- the matrix --- */

/* Missing ones stand last, and only where there are any. */
static size_t values_of(const struct grid *g, int side)
{
    size_t n = g->figure.value_n[side], columns = g->figure.value_n[1];
    for (size_t i = 0; i < g->figure.value_n[1 - side]; i++)
        if (g->figure.cell[side == 0 ? (n - 1) * columns + i : i * columns + n - 1].n > 0)
            return n;
    return n - 1;
}

static enum status write_column(struct call *c, const struct grid *g, size_t k,
                                struct api_cockpit_matrix *out)
{
    struct tally t = {0};
    Str chain = g->figure.value[1][k];
    for (size_t i = 0; i < g->figure.value_n[0]; i++)
        TRY(add_cell(g, &t, i, k));
    struct api_cockpit_cell *to = &out->columns.at[out->columns.n++];
    *to = cell_of(c, g, &t, g->chain.n == 0 ? S("") : cockpit_is(c, g->chain, chain));
    to->chain = chain;
    return OK;
}

static enum status write_row(struct call *c, const struct grid *g, size_t i,
                             struct api_cockpit_matrix *out)
{
    struct tally row = {0};
    Str code = g->figure.value[0][i], here = cockpit_within(c, g->locality, code);
    for (size_t k = 0; k < values_of(g, 1); k++) {
        struct tally t = {0};
        Str chain = g->figure.value[1][k];
        TRY(add_cell(g, &t, i, k));
        TRY(add_cell(g, &row, i, k));
        Str there = g->chain.n == 0 ? S("") : cockpit_is(c, g->chain, chain);
        struct api_cockpit_cell *to = &out->cells.at[out->cells.n++];
        *to = cell_of(c, g, &t, cockpit_both(c, here, there));
        to->locality = code;
        to->chain = chain;
    }
    struct api_cockpit_cell *to = &out->rows.at[out->rows.n++];
    *to = cell_of(c, g, &row, here);
    to->locality = code;
    return OK;
}

static enum status write_cells(struct call *c, const struct grid *g, struct api_cockpit_matrix *out)
{
    size_t rows = values_of(g, 0), columns = values_of(g, 1);
    ASSERT(g->figure.value[0] != NULL && g->figure.value[1] != NULL);
    out->localities.at = ARENA_ARRAY(c->arena, struct api_cockpit_place, rows + 1);
    out->rows.at = ARENA_ARRAY(c->arena, struct api_cockpit_cell, rows + 1);
    out->columns.at = ARENA_ARRAY(c->arena, struct api_cockpit_cell, columns + 1);
    out->cells.at = ARENA_ARRAY(c->arena, struct api_cockpit_cell, rows * columns + 1);
    out->chains.at = ARENA_ARRAY(c->arena, Str, columns + 1);
    for (size_t k = 0; k < columns; k++) {
        Str chain = arena_copy(c->arena, g->figure.value[1][k]);
        out->chains.at[out->chains.n++] = chain;
        TRY(write_column(c, g, k, out));
    }
    for (size_t i = 0; i < rows; i++) {
        Str code = g->figure.value[0][i];
        out->localities.at[out->localities.n++] =
            (struct api_cockpit_place){code, cockpit_place(c, &g->regions, code)};
        TRY(write_row(c, g, i, out));
    }
    struct tally all = {0};
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < columns; k++)
            TRY(add_cell(g, &all, i, k));
    out->total = cell_of(c, g, &all, S(""));
    return OK;
}

static enum status write_scored(struct call *c, struct api_cockpit_source **out)
{
    const struct outcome *o = cockpit_outcome(c);
    *out = o == NULL ? NULL : ARENA_NEW(c->arena, struct api_cockpit_source);
    return o == NULL ? OK : cockpit_run(c, o, *out);
}

enum status api_cockpit_matrix(struct call *c, const struct api_cockpit_matrix_in *in,
                               struct api_cockpit_matrix *out)
{
    struct grid g;
    TRY(cockpit_open(c, in->kind));
    TRY(open_grid(c, in->figure, in->where, true, &g));
    out->kind = in->kind;
    out->figure = str_or_empty(in->figure);
    out->unit = g.figure.figure == NULL ? S("") : field_unit_word(g.figure.figure);
    out->score = g.score_name;
    out->source = cockpit_register(c);
    TRY(write_scored(c, &out->scored));
    return write_cells(c, &g, out);
}

/* --- the tile map --- */

enum { TILE_CODE, TILE_NAME, TILE_COLUMN, TILE_ROW, TILE_MEMBERS, TILE_STATE, TILE_CELLS };

/* Tallies the rows of the grid that lie in a code, and marks them as shown. */
static enum status take_code(const struct grid *g, Str code, bool *shown, struct tally *t)
{
    for (size_t i = 0; i + 1 < g->figure.value_n[0]; i++) {
        if (shown[i] || !str_starts(g->figure.value[0][i], code))
            continue;
        shown[i] = true;
        TRY(add_cell(g, t, i, 0));
    }
    return OK;
}

static enum status write_tile(struct call *c, const struct grid *g, const Str *cell, bool *shown,
                              struct api_cockpit_tile *out)
{
    struct tally t = {0};
    Dec column = {0}, row = {0};
    bool ok = dec_parse(&column, cell[TILE_COLUMN], NULL) && dec_parse(&row, cell[TILE_ROW], NULL);
    Str *member, where = S(""),
                 all = arena_fmt(c->arena, "%.*s;%.*s", STR_ARG(cell[TILE_CODE]),
                                 STR_ARG(cell[TILE_MEMBERS]));
    size_t n = cockpit_words(c, all, &member);
    for (size_t i = 0; i < n; i++) {
        TRY(take_code(g, member[i], shown, &t));
        where = cockpit_either(c, where, cockpit_within(c, g->locality, member[i]));
    }
    *out = (struct api_cockpit_tile){
        .code = cell[TILE_CODE],
        .name = cell[TILE_NAME],
        .column = ok ? (int64_t)column.m : 0,
        .row = ok ? (int64_t)row.m : 0,
        .shift = ok && row.m % 2 == 1,
        .n = t.figure.n,
        .where = where,
        .known = g->figure.figure == NULL ? 0 : t.figure.known,
        .sum = sum_of(c, &g->figure, &t.figure),
        .scored = t.score.known,
        .mean = mean_of(c, &g->score, &t.score),
    };
    out->members.at = member;
    out->members.n = n;
    return OK;
}

/* Whatever no tile stands for, and those of whom nothing is known. */
static enum status write_elsewhere(struct call *c, const struct grid *g, const bool *shown,
                                   struct api_cockpit_map *out)
{
    struct tally t = {0};
    Str where = S("");
    for (size_t i = 0; i < g->figure.value_n[0]; i++)
        if (i + 1 == g->figure.value_n[0] || !shown[i])
            TRY(add_cell(g, &t, i, 0));
    for (size_t i = 0; i < out->tiles.n; i++)
        for (size_t k = 0; k < out->tiles.at[i].members.n; k++) {
            Str there = cockpit_within(c, g->locality, out->tiles.at[i].members.at[k]);
            where = arena_fmt(c->arena, "%.*s%s非 %.*s", STR_ARG(where), where.n > 0 ? " 且 " : "",
                              STR_ARG(there));
        }
    if (where.n > 0)
        where = arena_fmt(c->arena, "缺(%.*s) 或 (%.*s)", STR_ARG(g->locality), STR_ARG(where));
    out->elsewhere = cell_of(c, g, &t, where);
    return OK;
}

static enum status write_tiles(struct call *c, const struct grid *g, struct api_cockpit_map *out)
{
    struct cockpit_table t;
    bool *shown = ARENA_ARRAY(c->arena, bool, g->figure.value_n[0]);
    TRY(cockpit_table(c, call_pack(c)->tiles, &t));
    out->tiles.at = ARENA_ARRAY(c->arena, struct api_cockpit_tile, t.n + 1);
    out->band = S("");
    out->confirmed = t.n > 0;
    for (size_t i = 0; i < t.n && t.columns >= TILE_CELLS; i++) {
        const Str *cell = &t.cell[i * t.columns];
        if (cell[TILE_CODE].n == 0) {
            out->band = cell[TILE_NAME];
            continue;
        }
        TRY(write_tile(c, g, cell, shown, &out->tiles.at[out->tiles.n++]));
        out->confirmed &= str_eq(cell[TILE_STATE], S("已确认"));
    }
    return write_elsewhere(c, g, shown, out);
}

enum status api_cockpit_map(struct call *c, const struct api_cockpit_map_in *in,
                            struct api_cockpit_map *out)
{
    struct grid g;
    TRY(cockpit_open(c, in->kind));
    TRY(open_grid(c, in->figure, S(""), false, &g));
    out->kind = in->kind;
    out->figure = str_or_empty(in->figure);
    out->unit = g.figure.figure == NULL ? S("") : field_unit_word(g.figure.figure);
    out->source = cockpit_register(c);
    TRY(write_scored(c, &out->scored));
    TRY(write_tiles(c, &g, out));
    out->note = out->confirmed ? S("") : S("示意布局，不是地图，待主管部门确认");
    return OK;
}
