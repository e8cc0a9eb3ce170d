/* roster_test.c - a roster follows the store, row by row or all at once, on both databases. */
#include "audit/act.h"
#include "base/csv.h"
#include "col/dataset.h"
#include "demo/demo.h"
#include "record/record.h"
#include "run/run.h"
#include "test/unit/query/world.h"

/* What a fold of everything gives. */
static Str folded(void)
{
    struct world w = {.rosters = rosters_open(store.a, S("320582"))};
    world_refresh(&w);
    Str text = world_text(store.a, w.r);
    world_end(&w);
    return text;
}

static void mark(int64_t s, int64_t of_act, int64_t of_n, Str field)
{
    struct act act = store_act(s);
    struct record r = record_of(&act);
    struct record_mark m = {.of_act = of_act,
                            .of_n = of_n,
                            .field = field,
                            .verdict = RECORD_RETURNED,
                            .why = S("发票不符")};
    CHECK_INT(record_mark_add(&r, &m), OK);
    store_act_end(&act, S("mark"));
}

static void edit(int64_t s, struct dice *d)
{
    struct buf b;
    uint32_t no = 1 + roll(d, 120);
    buf_init(&b, store.a, 4000);
    switch (roll(d, 4)) {
    case 0:
        buf_fmt(&b, "代码,人数,研发@2025\n%c%02uX%u,%u,%u\n", 'A' + (char)(no * 7 % 26),
                no * 37 % 100, no, roll(d, 9), roll(d, 900));
        break;
    case 1:
        buf_fmt(&b, "代码,企业名称,曾用名,收入@2026\n%c%02uX%u,更名%u,旧名,%u\n",
                'A' + (char)(no * 7 % 26), no * 37 % 100, no, roll(d, 9), roll(d, 900));
        break;
    case 2: /* a new one */
        buf_fmt(&b, "代码,企业名称,链\n%c%u,新来%u,化工\n", 'A' + (char)roll(d, 26), roll(d, 999),
                roll(d, 9));
        break;
    default: mark(s, 2, roll(d, 40), roll(d, 2) == 0 ? S("收入@2025") : S("")); return;
    }
    buf_char(&b, '\0');
    world_report(s, b.p);
}

static void check_edits(void)
{
    struct world w = world_make(3, 4, false);
    struct dice d = {11};
    CHECK_STR(world_text(store.a, w.r), arena_fmt(store.a, "%.*s", STR_ARG(folded())).p);
    const struct roster *first = roster_take(w.rosters, S("企业"));
    Str before = world_text(store.a, first);
    for (int i = 0; i < 100; i++) {
        int64_t act = w.r->act;
        edit(1000 + i, &d);
        world_refresh(&w);
        CHECK_INT(w.r->act, act + 1);
        if (i % 10 < 2 || i > 94)
            CHECK(str_eq(world_text(store.a, w.r), folded()));
    }
    CHECK(str_eq(world_text(store.a, first), before)); /* whoever holds it reads on */
    roster_release(first);
    world_end(&w);
}

TEST(sqlite_roster_edits)
{
    store_open(STORE_SQLITE);
    check_edits();
    store_end();
}

TEST(postgres_roster_edits)
{
    store_open(STORE_POSTGRES);
    check_edits();
    store_end();
}

TEST(roster_stays_when_nothing_came)
{
    store_open(STORE_SQLITE);
    struct world w = world_make(3, 4, false);
    const struct roster *was = w.r;
    world_refresh(&w);
    CHECK(w.r == was);
    struct act act = store_act(900); /* an act that is not about records */
    store_act_end(&act, S("note"));
    world_refresh(&w);
    CHECK(w.r == was);
    CHECK(roster_take(w.rosters, S("没有")) == NULL);
    CHECK(roster_row(w.r, 5) >= 0);
    CHECK_INT(w.r->subject[roster_row(w.r, 5)], 5);
    CHECK_INT(roster_row(w.r, 121), -1);
    CHECK_INT(roster_row(w.r, -7), -1);
    Str *kind;
    CHECK_INT(rosters_kinds(w.rosters, store.a, &kind), 1);
    CHECK_STR(kind[0], "企业");
    world_end(&w);
    store_end();
}

/* --- results of runs --- */

static Str read_file(const char *path)
{
    size_t n = 0;
    char *text = t_read(t_source(path), &n);
    Str kept = arena_copy(store.a, (Str){text, n});
    t_release(text);
    return kept;
}

/* Column `name` of the results that a run kept, by identity; empty: not there. */
static Str result_of(Str text, Str identity, Str name)
{
    struct csv csv;
    size_t at = 0;
    csv_open(&csv, store.a, text);
    CHECK_INT(csv_next(&csv, NULL), OK);
    for (size_t i = 0; i < csv.cell_n; i++)
        at = str_eq(csv.cell[i].text, name) ? i : at;
    while (csv_next(&csv, NULL) == OK && csv.cell_n > 0)
        if (str_eq(csv.cell[0].text, identity))
            return arena_copy(store.a, csv.cell[at].text);
    return S("");
}

static void check_column(const struct roster *r, const struct query_page *p, uint32_t column)
{
    struct run_view v = {store.w, store.a, S("320582"), NULL, &store.ds};
    struct run run;
    Str text;
    int period;
    int64_t number;
    const struct field *f = query_field(p, column, &period, &number);
    CHECK(number > 0);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(run_get(&v, &run, number), OK);
    CHECK(run.state == RUN_NOTICE || run.state == RUN_FINAL || run.state == RUN_SETTLED);
    CHECK_INT(content_get(store.w, store.a, &text, S("320582"), run.results, CONTENT_MAX), OK);
    db_rollback(store.w);
    for (uint32_t i = 0; i < p->n; i += 1 + p->n / 40) {
        struct buf b;
        buf_init(&b, store.a, 4000);
        (void)query_cell(&b, p, p->row[i], column);
        Str want = result_of(text, r->data->id[p->row[i]], f->name);
        CHECK_STR(buf_str(&b), arena_fmt(store.a, "%.*s", STR_ARG(want)).p);
    }
}

static void check_results(const struct roster *r)
{
    struct selection *s;
    struct query_page p;
    const Str field[] = {S("创新得分"), S("创新格次"), S("创新格次名次"), S("企业科技创新积分")};
    const struct query_key key = {S("创新得分"), true};
    struct query_list l = {&key, 1, field, ARRAY_N(field), 0, S("")};
    struct query_ask ask = {.where = S("创新得分 >= 0 且 非 缺(创新格次)"), .today = 20500};
    CHECK_INT(query_select(&everything, r, &ask, store.a, &s, &store.ds), OK);
    CHECK_INT(query_all(s, &l, store.a, &p, &store.ds), OK);
    CHECK(p.n > 40);
    for (uint32_t k = 0; k < p.column_n; k++)
        check_column(r, &p, k);
    struct query_facet f;
    uint32_t sum = 0;
    CHECK_INT(query_facet(s, S("创新格次"), store.a, &f, &store.ds), OK);
    for (uint32_t i = 0; i < f.n; i++)
        sum += f.count[i].n;
    CHECK_INT(sum, p.n);
    CHECK(f.n >= 3);
}

/* What was published, to the letter; of a run that was replaced nothing. */
TEST(roster_has_published_results)
{
    store_open(STORE_SQLITE);
    struct demo_opts o = {.seed = 1, .percent = 1, .file = read_file};
    struct demo_counts n;
    struct diags ds;
    diags_init(&ds, store.a);
    CHECK_INT(demo_fill(store.w, S("320582"), &o, &n, &ds), OK);
    struct rosters *x = rosters_open(store.a, S("320582"));
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(rosters_refresh(x, store.w, &store.ds), OK);
    db_rollback(store.w);
    const struct roster *r = roster_take(x, S("科技型企业"));
    check_results(r);
    roster_release(r);
    r = roster_take(x, S("区镇")); /* its run is only computed */
    for (uint32_t i = 0; i < r->rules->field_n; i++)
        CHECK(!str_eq(r->rules->field[i].name, S("区镇创新得分")));
    roster_release(r);
    rosters_close(x);
    store_end();
}
