/* list.c - the verb `list`: who of a kind meets a condition, sorted, as table, JSON, or a file.
 *
 * The same answers as the server's lists, by the same functions (query/query.h), with everything in
 * reach: whoever can open the store can read it. */
#include "base/arena.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/listing.h"
#include "cmd/store/store.h"
#include "explain/layout.h"
#include "os/clock.h"
#include "os/term.h"
#include "query/query.h"
#include "record/record.h"

struct found {
    struct cli *c;
    const struct roster *roster;
    struct selection *of;
    struct query_page page;
    struct query_facet *facet; /* --by: a count for each value */
    size_t facet_n;
    Str document; /* SHA-256 of the kind's */
};

static const struct scope everything = {
    .rule = SCOPE_ALL, .show = PROTECT_PERSONAL, .ask = PROTECT_PERSONAL};

static Str cell(const struct found *x, uint32_t row, uint32_t column)
{
    struct buf b;
    buf_init(&b, x->c->arena, BUF_MAX);
    (void)query_cell(&b, &x->page, row, column); /* empty: as it is shown */
    return buf_str(&b);
}

/* 研发费用@2025(万元) */
static Str title(const struct found *x, uint32_t column)
{
    struct buf b;
    int period;
    int64_t run;
    const struct field *f = query_field(&x->page, column, &period, &run);
    buf_init(&b, x->c->arena, BUF_MAX);
    record_show_column(&b, f->name, f->period, period);
    size_t bare = b.n;
    buf_char(&b, '(');
    record_show_unit(&b, f);
    if (b.n == bare + 1)
        b.n = bare;
    else
        buf_char(&b, ')');
    return buf_str(&b);
}

static bool is_figure(const struct found *x, uint32_t column)
{
    int period;
    int64_t run;
    return query_field(&x->page, column, &period, &run)->type.kind == TYPE_NUM;
}

/* --- ways to write it --- */

static void say_counts(const struct found *x)
{
    struct cli *c = x->c;
    struct query_counts n = query_counts(x->of);
    buf_fmt(&c->out, ZE(c, "%u 个", "%u"), n.rows);
    if (n.undecided > 0)
        buf_fmt(&c->out,
                ZE(c, "；另有 %u 个缺数据，不能判断 (--undecided)",
                   "; of %u more it cannot be said (--undecided)"),
                n.undecided);
    if (x->page.n < n.rows && !c->args.given[OPT_UNDECIDED])
        buf_fmt(&c->out, ZE(c, "；列出 %u 个", "; %u shown"), x->page.n);
    buf_char(&c->out, '\n');
}

static void write_facets(const struct found *x)
{
    struct cli *c = x->c;
    for (size_t i = 0; i < x->facet_n; i++) {
        struct grid g;
        grid_open(&g, c->arena);
        grid_column(&g, x->facet[i].field, false, 0);
        grid_column(&g, str_of(ZE(c, "个数", "count")), true, 0);
        for (uint32_t k = 0; k < x->facet[i].n; k++) {
            Str value = x->facet[i].count[k].value;
            grid_cell(&g, value.n > 0 ? value : str_of(ZE(c, "（缺）", "(missing)")));
            grid_cell(&g, arena_fmt(c->arena, "%u", x->facet[i].count[k].n));
        }
        (void)grid_print(&c->out, &g, 0, (size_t)term_columns()); /* two columns fit */
        buf_char(&c->out, '\n');
    }
}

static void write_table(const struct found *x)
{
    struct cli *c = x->c;
    struct grid g;
    write_facets(x);
    grid_open(&g, c->arena);
    for (uint32_t k = 0; k < x->page.column_n; k++)
        grid_column(&g, title(x, k), is_figure(x, k), 0);
    for (uint32_t i = 0; i < x->page.n; i++)
        for (uint32_t k = 0; k < x->page.column_n; k++)
            grid_cell(&g, cell(x, x->page.row[i], k));
    if (x->page.n > 0)
        (void)grid_print(&c->out, &g, 0, (size_t)term_columns()); /* the rest is in the CSV */
    say_counts(x);
}

/* The question as it was asked, for whoever has only the file. */
static Str question(const struct found *x)
{
    static const enum opt ASKED[] = {OPT_WHERE, OPT_FIND, OPT_SORT,  OPT_FIELDS,
                                     OPT_LIMIT, OPT_BY,   OPT_PERIOD};
    const struct args *a = &x->c->args;
    struct buf b;
    buf_init(&b, x->c->arena, BUF_MAX);
    buf_fmt(&b, "geci list %.*s --county %.*s", STR_ARG(x->roster->kind),
            STR_ARG(x->roster->county));
    for (size_t i = 0; i < ARRAY_N(ASKED); i++) {
        if (a->given[ASKED[i]])
            buf_fmt(&b, " --%s '%.*s'", option_info(ASKED[i])->name, STR_ARG(a->value[ASKED[i]]));
    }
    if (a->given[OPT_UNDECIDED])
        buf_add(&b, S(" --undecided"));
    return buf_str(&b);
}

static void tell_facts(const struct found *x, struct listing *t)
{
    struct cli *c = x->c;
    struct query_counts n = query_counts(x->of);
    listing_fact(t, ZE(c, "查询", "query"), question(x));
    listing_fact(t, ZE(c, "种类", "kind"), x->roster->kind);
    listing_fact(t, ZE(c, "种类文档哈希", "document sha256"), x->document);
    if (query_period(x->of) != 0)
        listing_fact(t, ZE(c, "期间", "period"), arena_fmt(c->arena, "%d", query_period(x->of)));
    listing_fact(t, ZE(c, "符合的个数", "found"), arena_fmt(c->arena, "%u", n.rows));
    listing_fact(t, ZE(c, "缺数据不能判断的个数", "undecided"),
                 arena_fmt(c->arena, "%u", n.undecided));
    listing_fact(t, ZE(c, "截至行为", "until act"),
                 arena_fmt(c->arena, "%lld", (long long)x->roster->act));
    listing_fact(t, ZE(c, "程序", "engine"), S("geci " GECI_VERSION));
}

/* With --by the counts: a field's values, and how many of each. */
static int file_counts(const struct found *x)
{
    enum { C_FIELD, C_VALUE, C_COUNT, COLUMNS };
    struct cli *c = x->c;
    const struct out_column column[COLUMNS] = {
        [C_FIELD] = {.head = str_of(ZE(c, "字段", "field"))},
        [C_VALUE] = {.head = str_of(ZE(c, "值", "value"))},
        [C_COUNT] = {.head = str_of(ZE(c, "个数", "count")), .kind = OUT_NUMBER}};
    struct out_cell cell[COLUMNS] = {{.text = {NULL, 0}}};
    struct listing t = {.for_people = true};
    tell_facts(x, &t);
    int code = listing_open(&t, c, x->roster->kind, column, COLUMNS);
    for (size_t i = 0; i < x->facet_n && code == 0; i++) {
        cell[C_FIELD].text = x->facet[i].field;
        for (uint32_t k = 0; k < x->facet[i].n; k++) {
            cell[C_VALUE].text = x->facet[i].count[k].value;
            cell[C_COUNT].text = arena_fmt(c->arena, "%u", x->facet[i].count[k].n);
            listing_row(&t, cell);
        }
    }
    return code == 0 ? listing_close(&t) : code;
}

static int file_rows(const struct found *x)
{
    struct cli *c = x->c;
    uint32_t n = x->page.column_n;
    struct out_column *column = ARENA_ARRAY(c->arena, struct out_column, n);
    struct out_cell *at = ARENA_ARRAY(c->arena, struct out_cell, n);
    struct listing t = {.for_people = true};
    for (uint32_t k = 0; k < n; k++)
        column[k] = (struct out_column){.head = title(x, k),
                                        .kind = is_figure(x, k) ? OUT_NUMBER : OUT_TEXT};
    tell_facts(x, &t);
    int code = listing_open(&t, c, x->roster->kind, column, n);
    for (uint32_t i = 0; i < x->page.n && code == 0; i++) {
        for (uint32_t k = 0; k < n; k++) {
            struct buf b;
            buf_init(&b, c->arena, BUF_MAX);
            at[k].words = query_cell(&b, &x->page, x->page.row[i], k) == QUERY_RANGE;
            at[k].text = buf_str(&b);
        }
        listing_row(&t, at);
    }
    return code == 0 ? listing_close(&t) : code;
}

static void write_json(const struct found *x)
{
    struct json j;
    struct query_counts n = query_counts(x->of);
    json_open(&j, &x->c->out, true);
    json_obj(&j);
    json_kstr(&j, "kind", x->roster->kind);
    json_kint(&j, "act", x->roster->act);
    json_kint(&j, "rows", n.rows);
    json_kint(&j, "undecided", n.undecided);
    json_key(&j, S("counts"));
    json_obj(&j);
    for (size_t i = 0; i < x->facet_n; i++) {
        json_key(&j, x->facet[i].field);
        json_obj(&j);
        for (uint32_t k = 0; k < x->facet[i].n; k++) {
            json_key(&j, x->facet[i].count[k].value);
            json_int(&j, x->facet[i].count[k].n);
        }
        json_obj_end(&j);
    }
    json_obj_end(&j);
    json_key(&j, S("list"));
    json_arr(&j);
    for (uint32_t i = 0; i < x->page.n; i++) {
        json_obj(&j);
        for (uint32_t k = 0; k < x->page.column_n; k++) {
            json_key(&j, title(x, k));
            json_str(&j, cell(x, x->page.row[i], k));
        }
        json_obj_end(&j);
    }
    json_arr_end(&j);
    json_obj_end(&j);
    buf_char(&x->c->out, '\n');
}

/* --- what is asked --- */

static Str given(const struct cli *c, enum opt o)
{
    return c->args.given[o] ? c->args.value[o] : S("");
}

static Str *names(struct cli *c, enum opt o, size_t *n)
{
    Str *name = NULL, rest = given(c, o);
    size_t cap = 0;
    for (*n = 0; rest.n > 0;)
        VEC_PUSH(c->arena, name, *n, cap) = str_trim(str_cut(&rest, ','));
    return name;
}

static int read_ask(struct cli *c, struct query_ask *ask, uint32_t *limit)
{
    int most = 0;
    *ask = (struct query_ask){.where = given(c, OPT_WHERE),
                              .q = given(c, OPT_FIND),
                              .undecided = c->args.given[OPT_UNDECIDED],
                              .today = clock_today()};
    if (c->args.given[OPT_PERIOD] && !args_int(c->args.value[OPT_PERIOD], &ask->period))
        return cli_usage(c, "%s",
                         ZE(c, "--period 要写成年份，如 2025", "write --period as a year"));
    if (c->args.given[OPT_LIMIT] && (!args_int(c->args.value[OPT_LIMIT], &most) || most < 1))
        return cli_usage(c, "%s", ZE(c, "--limit 要写成正整数", "write --limit as a number"));
    *limit = (uint32_t)most;
    return 0;
}

static enum status count_values(struct found *x, struct diags *ds)
{
    Str *by = names(x->c, OPT_BY, &x->facet_n);
    x->facet = ARENA_ARRAY(x->c->arena, struct query_facet, x->facet_n);
    for (size_t i = 0; i < x->facet_n; i++)
        TRY(query_facet(x->of, by[i], x->c->arena, &x->facet[i], ds));
    return OK;
}

/* Rows and counts; of what is wrong the caret stands under the text of --where. */
static int answer(struct found *x, const struct query_ask *ask, uint32_t limit)
{
    struct cli *c = x->c;
    struct diags ds;
    struct query_key *key;
    struct query_list l = {.limit = limit};
    diags_init(&ds, c->arena);
    enum status st = query_select(&everything, x->roster, ask, c->arena, &x->of, &ds);
    if (st != OK) {
        bool there = ds.n > 0 && ds.at[0].span.end > 0;
        cli_diags(c, &ds, S("--where"), there ? ask->where : NO_ARG);
        return cli_exit(st);
    }
    st = query_keys_read(c->arena, &key, &l.key_n, given(c, OPT_SORT), &ds);
    l.key = key;
    l.field = names(c, OPT_FIELDS, &l.field_n);
    if (st == OK)
        st = query_all(x->of, &l, c->arena, &x->page, &ds);
    if (st == OK)
        st = count_values(x, &ds);
    if (st != OK)
        cli_diags(c, &ds, x->roster->kind, NO_ARG);
    if (limit > 0 && x->page.n > limit)
        x->page.n = limit;
    return cli_exit(st);
}

static Str chosen_format(const struct cli *c)
{
    const struct args *a = &c->args;
    if (a->given[OPT_JSON])
        return S("json");
    if (a->given[OPT_FORMAT_SCORE])
        return a->value[OPT_FORMAT_SCORE];
    return !a->given[OPT_OUTPUT] && term_is_tty(TERM_OUT) ? S("table") : S("csv");
}

static int write(struct found *x)
{
    struct cli *c = x->c;
    Str format = chosen_format(c);
    if (str_eq(format, S("csv")))
        return x->facet_n > 0 ? file_counts(x) : file_rows(x);
    int code = cli_output_open(c);
    if (code != 0)
        return code;
    if (str_eq(format, S("json")))
        write_json(x);
    else
        write_table(x);
    return cli_output_close(c, true);
}

/* The hash of the document that is in force. */
static enum status read_document(struct found *x, struct store *s)
{
    struct rules *kind;
    ASSERT(x->roster != NULL);
    TRY(record_kind_get(s->conn, x->c->arena, &kind, s->county, x->roster->kind, RECORD_NOW));
    x->document = arena_hex(x->c->arena, sha256_str(&kind->hash));
    return OK;
}

static int list_store(struct cli *c, struct store *s, const struct query_ask *ask, uint32_t limit)
{
    Str kind = c->args.operand[0];
    struct rosters *all = rosters_open(c->arena, s->county);
    rosters_only(all, kind);
    enum status st = rosters_refresh(all, s->conn, &s->diags);
    struct found x = {.c = c, .roster = roster_take(all, kind)};
    int code = st != OK ? store_fail(c, s, st) : 0;
    if (st == OK && x.roster == NULL)
        code = cli_fail(c, ERR_GONE, ZE(c, "库里没有种类“%.*s”", "the store has no kind “%.*s”"),
                        STR_ARG(kind));
    if (code == 0) {
        st = read_document(&x, s);
        code = st != OK ? store_fail(c, s, st) : answer(&x, ask, limit);
    }
    if (code == 0)
        code = write(&x);
    if (st == OK)
        store_close(s);
    roster_release(x.roster);
    rosters_close(all);
    return code;
}

int cmd_list(struct cli *c)
{
    struct store s;
    struct query_ask ask;
    uint32_t limit = 0;
    int code = read_ask(c, &ask, &limit);
    if (code == 0)
        code = store_open(c, &s, DB_READ);
    return code == 0 ? list_store(c, &s, &ask, limit) : code;
}
