#include "test/unit/query/world.h"

#include <string.h>

#include "audit/act.h"
#include "col/dataset.h"
#include "load/load.h"
#include "record/record.h"
#include "rule/model.h"

static const char kind_text[] =
    "# 企业\n- 类: 主体\n- 状态: 示例\n- 身份: 代码\n- 名称: 企业名称\n- 曾用名: 曾用名\n"
    "- 属地: 区镇\n- 产业链: 链\n- 存续: 状况\n- 在册: 在业\n\n"
    "## 字段\n| 名称 | 类型 | 单位 | 期间 | 选项 | 范围 | 分级 |\n"
    "|---|---|---|---|---|---|---|\n"
    "| 代码 | 文本 | | | | | 公开 |\n"
    "| 企业名称 | 文本 | | | | | 公开 |\n"
    "| 曾用名 | 文本 | | | | | 公开 |\n"
    "| 区镇 | 区划 | | | | | 公开 |\n"
    "| 链 | 选项 | | | 冶金; 纺织; 化工 | | 公开 |\n"
    "| 状况 | 选项 | | | 在业; 注销 | | 公开 |\n"
    "| 收入 | 数 | 万元 | 年 | | | 公开 |\n"
    "| 研发 | 数 | 万元 | 年 | | | 敏感 |\n"
    "| 人数 | 数 | 人 | | | [0, 9000人] | 公开 |\n"
    "| 高企 | 是否 | | | | | 公开 |\n"
    "| 成立 | 日期 | | | | | 公开 |\n"
    "| 电话 | 文本 | | | | | 个人 |\n"
    "| 产值 | 数 | 万元 | 季 | | | 内部 |\n\n"
    "## 条件 有研发\n- 须: 研发 > 0\n";

const struct scope everything = {
    .rule = SCOPE_ALL, .show = PROTECT_PERSONAL, .ask = PROTECT_PERSONAL};

uint32_t roll(struct dice *d, uint32_t n)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(d->state >> 33) % n;
}

/* --- making it --- */

static struct rules *put_kind(void)
{
    struct act act = store_act(1);
    struct record r = record_of(&act);
    struct rules *kind = NULL;
    bool changed;
    CHECK_INT(record_kind_put(&r, store.a, &changed, str_of(kind_text), &store.ds), OK);
    CHECK_INT(record_kind_get(store.w, store.a, &kind, S("320582"), S("企业"), RECORD_NOW), OK);
    store_act_end(&act, S("kind.put"));
    return kind;
}

static struct rules *get_kind(void)
{
    struct rules *kind = NULL;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(record_kind_get(store.w, store.a, &kind, S("320582"), S("企业"), RECORD_NOW), OK);
    db_rollback(store.w);
    return kind;
}

void world_report(int64_t s, const char *csv)
{
    struct rules *kind = get_kind();
    struct load_opts o = {.period = 2025, .as_of_year = 2026};
    struct dataset *d = NULL;
    struct record_counts n;
    int period;
    CHECK_INT(load_csv(store.a, &d, &period, kind, str_of(csv), &o, &store.ds), OK);
    struct act act = store_act(s);
    struct record r = record_of(&act);
    struct record_report in = {
        .kind = kind, .data = d, .day = 20000, .source = S("填报"), .reporter = S("企业")};
    CHECK_INT(record_report_add(&r, &in, &n), OK);
    store_act_end(&act, S("import"));
}

void world_refresh(struct world *w)
{
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(rosters_refresh(w->rosters, store.w, &store.ds), OK);
    db_rollback(store.w);
    roster_release(w->r);
    w->r = roster_take(w->rosters, S("企业"));
    CHECK(w->r != NULL);
}

static void maybe(struct buf *b, struct dice *d, const char *const *word, uint32_t n)
{
    uint32_t k = roll(d, n + 1);
    buf_fmt(b, ",%s", k == n ? "" : word[k]);
}

static void figure(struct buf *b, struct dice *d, uint32_t n)
{
    buf_char(b, ',');
    if (roll(d, 4) > 0)
        buf_fmt(b, "%u", roll(d, n));
}

/* Codes are in no order, so that hidden rows stand among the others. */
static void add_row(struct buf *b, uint32_t no, struct dice *open, struct dice *closed)
{
    static const char *const name[] = {"张家港示例精工", "ＡＢＣ示例（精工）", "示例紡織",
                                       "示例科技"};
    static const char *const former[] = {"老厂;示例科技", "ABC"}, *const chain[] = {"冶金", "纺织",
                                                                                    "化工"};
    static const char *const town[] = {"320582101", "320582101005"}, *const state[] = {"在业",
                                                                                       "注销"};
    static const char *const truth[] = {"是", "否"};
    static const char *const day[] = {"2020-01-02", "2021-05-06", "2020-12-31"};
    buf_fmt(b, "%c%02uX%u,%s%u", 'A' + (char)(no * 7 % 26), no * 37 % 100, no, name[roll(open, 4)],
            roll(open, 30));
    maybe(b, open, former, 2);
    if (no <= 40)
        buf_fmt(b, ",%s", no % 3 == 0 ? "320582100003" : "320582100");
    else
        maybe(b, open, town, 2);
    maybe(b, open, chain, 3);
    maybe(b, open, state, 2);
    figure(b, open, 5);
    figure(b, open, 5000);
    figure(b, closed, 50);
    figure(b, closed, 500);
    figure(b, open, 9);
    maybe(b, open, truth, 2);
    maybe(b, open, day, 3);
    buf_fmt(b, ",%u", 13800 + roll(closed, 20));
    figure(b, closed, 3);
    buf_char(b, '\n');
}

struct world world_make(uint64_t seed, uint64_t hidden, bool private)
{
    static const char head[] = "代码,企业名称,曾用名,区镇,链,状况,收入@2024,收入@2025,研发@2024,"
                               "研发@2025,人数,高企,成立,电话,产值@2025Q1\n";
    struct dice mine = {seed}, others = {hidden}, own = {private ? hidden : seed + 1};
    struct buf b;
    struct world w = {.a = arena_open()};
    w.rosters = rosters_open(w.a, S("320582"));
    (void)put_kind();
    for (uint32_t from = 1; from <= 120; from += 40) {
        buf_init(&b, store.a, BUF_MAX);
        buf_fmt(&b, "%s", head);
        for (uint32_t no = from; no < from + 40; no++)
            add_row(&b, no, from == 1 ? &mine : &others, from == 1 ? &own : &others);
        buf_char(&b, '\0');
        world_report(2 + from, b.p);
    }
    if (hidden % 2 == 1) /* a year that nobody else has */
        world_report(300, "代码,收入@2026\nZ99,5\n");
    world_refresh(&w);
    return w;
}

void world_end(struct world *w)
{
    roster_release(w->r);
    rosters_close(w->rosters);
    arena_close(w->a);
}

/* --- showing it --- */

static void add_faults(struct buf *b, const struct diags *ds)
{
    for (size_t i = 0; i < ds->n; i++) {
        const struct diag *d = &ds->at[i];
        buf_fmt(b, "%s %u-%u", diag_info(d->code)->mnemonic, d->span.beg, d->span.end);
        for (int k = 0; k < DIAG_ARG_N; k++)
            buf_fmt(b, " %.*s", STR_ARG(d->arg[k]));
        buf_char(b, '\n');
    }
}

static void add_page(struct buf *b, const struct query_page *p)
{
    for (uint32_t i = 0; i < p->n; i++) {
        buf_fmt(b, "%lld", (long long)query_subject(p->of, p->row[i]));
        for (uint32_t k = 0; k < p->column_n; k++) {
            buf_char(b, ',');
            (void)query_cell(b, p, p->row[i], k); /* empty: as it is shown */
        }
        buf_char(b, '\n');
    }
    buf_fmt(b, "> %.*s\n", STR_ARG(p->next));
}

Str world_text(struct arena *a, const struct roster *r)
{
    struct diags ds;
    struct selection *s;
    struct query_page p;
    struct buf b;
    struct query_list l = {.field_n = 0};
    struct query_ask ask = {.q = S("示例"), .today = 20500};
    Str field[64];
    diags_init(&ds, a);
    buf_init(&b, a, BUF_MAX);
    for (uint32_t i = 0; i < r->rules->field_n; i++)
        if (r->rules->field[i].name.n > 0)
            field[l.field_n++] = r->rules->field[i].name;
    field[l.field_n++] = S("收入@2024");
    field[l.field_n++] = S("研发@2024");
    l.field = field;
    for (int k = 0; k < 2; k++) {
        CHECK_INT(query_select(&everything, r, &ask, a, &s, &ds), OK);
        CHECK_INT(query_all(s, &l, a, &p, &ds), OK);
        add_page(&b, &p);
        ask.q = S("");
    }
    return buf_str(&b);
}

/* --- asking it --- */

static const char *const fields[] = {"代码", "企业名称", "曾用名",    "区镇",  "链",
                                     "状况", "收入",     "收入@2024", "研发",  "研发@2024",
                                     "人数", "高企",     "成立",      "电话",  "产值@2025Q1",
                                     "没有", "产值",     "收入@x",    "有研发"};

static Str field_name(struct dice *d)
{
    return str_of(fields[roll(d, roll(d, 4) > 0 ? 13 : ARRAY_N(fields))]);
}

static const char *const conditions[] = {
    "收入 > 2000万元",
    "研发 / 收入 >= 5%",
    "收入@2024 < 收入",
    "链 = 冶金",
    "链 ≠ 纺织",
    "链 在 (冶金; 化工)",
    "缺(人数)",
    "高企",
    "非 高企",
    "成立 >= 2020-12-01",
    "年数(成立, 评价日) >= 5",
    "有研发",
    "名次(收入) <= 5",
    "收入 > 组均值(收入)",
    "百分位(人数) >= 50%",
    "增长率(收入, 近2年) > 0",
    "开头(企业名称, \"示例\")",
    "代码 = \"A00X100\"",
    "电话 = \"13805\"",
    "收入 >",
    "收入 > 5人",
    "无此 = 1",
    "收入 / 0 > 1",
    "人数 >= 0人",
    "(收入 > 1000万元 或 人数 = 3人)",
    "状况 = \"不在的词\"",
    "人数 ^ 30 > 0人",
    "自然对数(人数 / 1人) > 1",
};

static Str condition(struct arena *a, struct dice *d)
{
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    uint32_t n = roll(d, 3);
    for (uint32_t i = 0; i < n; i++)
        buf_fmt(&b, "%s%s",
                i == 0           ? ""
                : roll(d, 3) > 0 ? " 且 "
                                 : " 或 ",
                conditions[roll(d, ARRAY_N(conditions))]);
    return buf_str(&b);
}

static Str value(struct dice *d)
{
    static const char *const values[] = {"3",    "2000",       "0.2亿元",   "冶金",  "纺织", "是",
                                         "示例", "2020-12-31", "在业",      "13805", "精工", "ABC",
                                         "",     "5人 或 是",  "320582100", "A37X1"};
    return str_of(values[roll(d, ARRAY_N(values))]);
}

static size_t terms(struct arena *a, struct dice *d, struct query_term *t)
{
    size_t n = roll(d, 3) == 0 ? 1 + roll(d, 2) : 0;
    for (size_t i = 0; i < n; i++) {
        Str *v = ARENA_ARRAY(a, Str, 3);
        t[i] = (struct query_term){field_name(d), (enum query_op)roll(d, QUERY_OP_N), v, 0};
        t[i].value_n = t[i].op == QUERY_MISSING || t[i].op == QUERY_PRESENT ? 0
                       : t[i].op == QUERY_BETWEEN                           ? 2
                       : t[i].op == QUERY_IN                                ? 1 + roll(d, 3)
                                                                            : 1;
        for (size_t k = 0; k < t[i].value_n; k++)
            v[k] = value(d);
    }
    return n;
}

static void add_pages(struct buf *b, struct arena *a, const struct selection *s, struct dice *d)
{
    struct query_key key[3];
    Str field[6];
    struct query_list l = {.key = key, .field = field, .limit = 1 + roll(d, 60)};
    l.key_n = roll(d, 3);
    l.field_n = roll(d, 6);
    for (size_t i = 0; i < l.key_n; i++)
        key[i] = (struct query_key){field_name(d), roll(d, 2) == 0};
    for (size_t i = 0; i < l.field_n; i++)
        field[i] = field_name(d);
    do {
        struct diags ds;
        struct query_page p;
        diags_init(&ds, a);
        enum status st = query_list(s, &l, a, &p, &ds);
        add_faults(b, &ds);
        if (st != OK)
            return;
        add_page(b, &p);
        l.cursor = p.next;
    } while (l.cursor.n > 0);
}

static void add_counts(struct buf *b, struct arena *a, const struct selection *s, struct dice *d)
{
    struct diags ds;
    struct query_facet f;
    struct query_spread w;
    diags_init(&ds, a);
    if (query_facet(s, field_name(d), a, &f, &ds) == OK)
        for (uint32_t i = 0; i < f.n; i++)
            buf_fmt(b, "%.*s=%u ", STR_ARG(f.count[i].value), f.count[i].n);
    if (query_spread(s, field_name(d), roll(d, 5), a, &w, &ds) == OK) {
        buf_fmt(b, "n %u missing %u:", w.n, w.missing);
        for (int i = 0; i < QUERY_QUANTILES && w.n > 0; i++)
            buf_fmt(b, " %lld", (long long)w.quantile[i]);
        for (uint32_t i = 0; i < w.bin_n; i++)
            buf_fmt(b, " %lld:%u", (long long)w.edge[i], w.bin[i]);
    }
    add_faults(b, &ds);
}

void world_answer(struct buf *b, const struct roster *r, const struct scope *s, struct dice *d)
{
    struct arena *a = arena_open();
    struct query_term term[3];
    static const char *const q[] = {"示例", "abc", "科技", "A", "x1", "老厂", "精工 张家港", "（"};
    struct diags ds;
    struct selection *sel;
    struct query_ask ask = {.where = condition(a, d), .term = term, .today = 20500};
    ask.term_n = terms(a, d, term);
    ask.q = roll(d, 3) == 0 ? str_of(q[roll(d, ARRAY_N(q))]) : S("");
    ask.undecided = roll(d, 5) == 0;
    ask.period = roll(d, 3) == 0 ? 2024 : 0;
    diags_init(&ds, a);
    buf_fmt(b, "where %.*s q %.*s terms %zu\n", STR_ARG(ask.where), STR_ARG(ask.q), ask.term_n);
    enum status st = query_select(s, r, &ask, a, &sel, &ds);
    add_faults(b, &ds);
    if (st == OK) {
        struct query_counts n = query_counts(sel);
        buf_fmt(b, "%u %u %u of %d\n", n.rows, n.undecided, n.scope, query_period(sel));
        add_pages(b, a, sel, d);
        add_counts(b, a, sel, d);
    }
    arena_close(a);
}

Str world_list(const struct roster *r, const struct scope *s, const struct query_ask *ask,
               const char *sort)
{
    struct arena *a = store.a;
    struct diags ds;
    struct selection *sel;
    struct query_page p;
    struct query_key *key;
    struct query_list l = {.limit = QUERY_LIMIT_MAX};
    struct buf b;
    diags_init(&ds, a);
    buf_init(&b, a, BUF_MAX);
    enum status st = query_keys_read(a, &key, &l.key_n, str_of(sort), &ds);
    l.key = key;
    if (st == OK)
        st = query_select(s, r, ask, a, &sel, &ds);
    if (st == OK)
        st = query_all(sel, &l, a, &p, &ds);
    for (size_t i = 0; i < ds.n; i++)
        buf_fmt(&b, "%s%s", i == 0 ? "" : " ", diag_info(ds.at[i].code)->mnemonic);
    for (uint32_t i = 0; st == OK && i < p.n; i++)
        buf_fmt(&b, "%s%lld", i == 0 ? "" : " ", (long long)query_subject(sel, p.row[i]));
    return buf_str(&b);
}
