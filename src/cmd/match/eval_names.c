/* eval_names.c - names found as people type them. */
#include "base/arena.h"
#include "base/order.h"
#include "base/str.h"
#include "cmd/cli.h"
#include "cmd/match/eval.h"
#include "field/uscc.h"
#include "match/search.h"
#include "os/clock.h"

enum { TOP = 10, KINDS_MAX = 64, CODES_ASKED = 1000 };

struct kind {
    Str name;
    struct measure top1, top10;
};

struct names {
    struct cli *c;
    struct search_doc *doc;
    size_t n, cap;
    struct search_index *index;
    struct search_room *room;
    struct kind kind[KINDS_MAX];
    size_t kind_n;
    int64_t *us; /* each question took */
    size_t us_n, us_cap;
    int64_t build_ms;
};

/* Lines: the name, and maybe code, former names, what else is known. */
static enum status read_names(struct names *x, Str dir)
{
    struct cli *c = x->c;
    Str text;
    TRY(eval_text(c, &text, dir, "enterprise_names.tsv"));
    while (text.n > 0) {
        Str line = str_trim(str_cut(&text, '\n'));
        if (line.n == 0)
            continue;
        struct search_doc d = {.id = (uint32_t)x->n};
        d.name = str_cut(&line, '\t');
        d.code = str_cut(&line, '\t');
        d.former = str_cut(&line, '\t');
        d.more = line;
        VEC_PUSH(c->arena, x->doc, x->n, x->cap) = d;
    }
    return OK;
}

static struct kind *kind_of(struct names *x, Str name)
{
    for (size_t i = 0; i < x->kind_n; i++)
        if (str_eq(x->kind[i].name, name))
            return &x->kind[i];
    if (x->kind_n == KINDS_MAX)
        return NULL;
    x->kind[x->kind_n].name = name;
    return &x->kind[x->kind_n++];
}

static void ask(struct names *x, Str kind, Str text, Str wanted)
{
    struct search_found found;
    struct kind *k = kind_of(x, kind);
    struct search_ask ask = {.text = text, .top = TOP};
    struct arena *tmp = x->c->arena;
    ArenaMark mark = arena_mark(tmp);
    size_t place = 0;
    if (k == NULL)
        return;
    int64_t before = clock_us();
    search_run(tmp, x->room, x->index, &ask, &found);
    int64_t took = clock_us() - before;
    for (size_t i = found.n; i-- > 0;)
        if (str_eq(x->doc[found.hit[i].id].name, wanted))
            place = i + 1;
    arena_reset(tmp, mark);
    measure_add(tmp, &k->top1, place == 1 ? MEASURE_ONE : 0);
    measure_add(tmp, &k->top10, place > 0 ? MEASURE_ONE : 0);
    VEC_PUSH(tmp, x->us, x->us_n, x->us_cap) = took;
}

static bool is_behind(const void *ctx, uint32_t a, uint32_t b)
{
    const int64_t *us = ctx;
    return us[a] > us[b];
}

static void print(struct names *x)
{
    struct cli *c = x->c;
    for (size_t i = 0; i < x->kind_n; i++) {
        struct kind *k = &x->kind[i];
        buf_fmt(&c->out, "%.*s n %zu", STR_ARG(k->name), k->top1.n);
        eval_print(c, "top1", &k->top1);
        eval_print(c, "top10", &k->top10);
        buf_char(&c->out, '\n');
    }
    uint32_t *order = order_rows(c->arena, (uint32_t)x->us_n, is_behind, x->us);
    size_t last = x->us_n == 0 ? 0 : x->us_n - 1;
    if (x->us_n > 0)
        buf_fmt(&c->out,
                "time n %zu  build_ms %lld  index_mb %zu  p50_us %lld  p99_us %lld  max_us %lld\n",
                x->n, (long long)x->build_ms, search_bytes(x->index) >> 20,
                (long long)x->us[order[last / 2]], (long long)x->us[order[last * 99 / 100]],
                (long long)x->us[order[last]]);
}

enum status eval_names(struct cli *c, Str dir)
{
    struct names x = {.c = c};
    struct eval_table t;
    TRY(read_names(&x, dir));
    TRY(eval_rows(c, &t, dir, "queries.tsv", 3));
    int64_t before = clock_ms();
    x.index = search_build(x.doc, (uint32_t)x.n);
    x.build_ms = clock_ms() - before;
    x.room = search_room_open();
    for (size_t i = 0; i < t.n; i += t.columns)
        ask(&x, t.cell[i], t.cell[i + 1], t.cell[i + 2]);
    print(&x);
    search_room_close(x.room);
    search_close(x.index);
    return OK;
}
