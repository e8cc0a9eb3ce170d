/* cross_test.c - cells of two fields: each row in one, its figure summed where it stands. */
#include "col/dataset.h"
#include "test/unit/query/world.h"

static struct selection *all_of(const struct world *w, const char *where)
{
    struct selection *s = NULL;
    struct query_ask ask = {.where = str_of(where), .today = 20500};
    CHECK_INT(query_select(&everything, w->r, &ask, store.a, &s, &store.ds), OK);
    return s;
}

static uint32_t list_n(const struct world *w, const char *where)
{
    return query_counts(all_of(w, where)).rows;
}

/* The condition of a cell, as people would write it. */
static const char *cell_where(const struct query_cross *x, uint32_t i, uint32_t k)
{
    Str town = x->value[0][i], chain = x->value[1][k];
    const char *a =
        town.n == 0 ? "缺(区镇)" : arena_fmt(store.a, "开头(区镇, \"%.*s\")%c", STR_ARG(town), 0).p;
    const char *b =
        chain.n == 0 ? "缺(链)" : arena_fmt(store.a, "链 = \"%.*s\"%c", STR_ARG(chain), 0).p;
    return arena_fmt(store.a, "%s 且 %s%c", a, b, 0).p;
}

TEST(cross_has_each_row_once)
{
    store_open(STORE_SQLITE);
    struct world w = world_make(5, 6, false);
    struct query_cross x;
    struct query_cross_ask ask = {.by = {S("区镇"), S("链")}, .figure = S("收入@2025")};
    struct selection *s = all_of(&w, "");
    CHECK_INT(query_cross(s, &ask, store.a, &x, &store.ds), OK);
    CHECK_INT(x.value_n[0], 3); /* 320582100, 320582101, missing: villages are of their town */
    CHECK_STR(x.value[0][0], "320582100");
    CHECK_STR(x.value[0][2], "");
    CHECK_INT(x.value_n[1], 4);
    CHECK_STR(x.value[1][0], "冶金"); /* as the document has them */
    CHECK(x.region[0] && !x.region[1]);
    uint32_t n = 0, known = 0;
    Wide sum = 0, all = 0;
    for (uint32_t i = 0; i < x.value_n[0]; i++)
        for (uint32_t k = 0; k < x.value_n[1]; k++) {
            const struct query_sum *c = &x.cell[i * x.value_n[1] + k];
            CHECK_INT(c->n, list_n(&w, cell_where(&x, i, k)));
            n += c->n;
            known += c->known;
            sum += c->sum;
        }
    struct query_figures f;
    CHECK_INT(query_figures(s, S("收入@2025"), store.a, &f, &store.ds), OK);
    for (uint32_t i = 0; i < f.n; i++)
        all += f.known[i] ? f.value[i] : 0;
    CHECK_INT(n, 120);
    CHECK_INT(known, list_n(&w, "非 缺(收入@2025)"));
    CHECK(sum == all && sum > 0);
    world_end(&w);
    store_end();
}

/* One value for what was not asked for; a figure must be one; out of sight is out of reach. */
TEST(cross_of_one_side)
{
    store_open(STORE_SQLITE);
    struct world w = world_make(7, 8, false);
    struct query_cross x;
    struct selection *s = all_of(&w, "链 = \"化工\"");
    struct query_cross_ask ask = {.by = {S(""), S("链")}};
    CHECK_INT(query_cross(s, &ask, store.a, &x, &store.ds), OK);
    CHECK_INT(x.value_n[0], 1);
    CHECK_INT(x.cell[2].n, query_counts(s).rows);
    CHECK(x.figure == NULL);
    ask.figure = S("企业名称");
    CHECK_INT(query_cross(s, &ask, store.a, &x, &store.ds), ERR_INPUT);
    ask = (struct query_cross_ask){.by = {S("收入"), S("")}};
    CHECK_INT(query_cross(s, &ask, store.a, &x, &store.ds), ERR_INPUT);
    struct scope public = {.rule = SCOPE_ALL, .show = PROTECT_PUBLIC, .ask = PROTECT_PUBLIC};
    struct query_ask every = {.today = 20500};
    CHECK_INT(query_select(&public, w.r, &every, store.a, &s, &store.ds), OK);
    ask = (struct query_cross_ask){.by = {S("区镇"), S("链")}, .figure = S("研发@2025")};
    CHECK_INT(query_cross(s, &ask, store.a, &x, &store.ds), ERR_INPUT);
    ask.by[1] = S("电话");
    ask.figure = S("");
    CHECK_INT(query_cross(s, &ask, store.a, &x, &store.ds), ERR_INPUT);
    world_end(&w);
    store_end();
}
