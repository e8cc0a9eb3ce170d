/* query_fuzz.c - whatever is asked of a roster is refused or answered, and of rows outside the
 * scope no answer tells.
 *
 *     where \n field op value; value \n q \n sort \n fields \n cursor
 *
 * Two small rosters differ only in rows that the scope does not reach: the answers are the same,
 * bytes and complaints alike. */
#include "base/buf.h"
#include "load/load.h"
#include "os/thread.h"
#include "query/query_int.h"

static const char kind_text[] =
    "# 企业\n- 类: 主体\n- 状态: 示例\n- 身份: 代码\n- 名称: 名称\n- 属地: 区镇\n\n## 字段\n"
    "| 名称 | 类型 | 单位 | 期间 | 选项 | 分级 |\n|---|---|---|---|---|---|\n"
    "| 代码 | 文本 | | | | 公开 |\n| 名称 | 文本 | | | | 公开 |\n| 区镇 | 区划 | | | | 公开 |\n"
    "| 链 | 选项 | | | 冶金; 纺织 | 公开 |\n| 收入 | 数 | 万元 | 年 | | 公开 |\n"
    "| 高企 | 是否 | | | | 公开 |\n| 成立 | 日期 | | | | 公开 |\n| 电话 | 文本 | | | | 个人 |\n";

#define HEAD "代码,名称,区镇,链,收入@2025,收入@2024,高企,成立,电话\n"

static const char *const rows[] = {
    HEAD "A,甲厂,320582100,冶金,5,6,是,2020-01-01,1\n"
         "B,乙厂,320582100,,7,,,,2\nC,丙,320582101,纺织,1,1,否,2021-01-01,3\n",
    HEAD "A,甲厂,320582100,冶金,5,6,是,2020-01-01,1\n"
         "B,乙厂,320582100,,7,,,,4\nC,丁,320582101,冶金,9,,是,2022-01-01,9\n",
};

static struct roster roster[2];

/* A roster without a store: a table read by the kind's document. */
static void make(struct arena *a, struct roster *r, const char *csv)
{
    struct diags ds;
    struct dataset *d;
    int period;
    struct load_opts o = {.period = 2025, .as_of_year = 2026};
    struct model *m = ARENA_NEW(a, struct model);
    diags_init(&ds, a);
    ASSERT(rule_load(a, &m->rules, S("x"), str_of(kind_text), &ds) == OK);
    ASSERT(load_csv(a, &d, &period, m->rules, str_of(csv), &o, &ds) == OK);
    m->kind_field_n = m->rules->field_n;
    int64_t *subject = ARENA_ARRAY(a, int64_t, d->row_n);
    uint32_t *order = ARENA_ARRAY(a, uint32_t, d->row_n);
    Str *key = ARENA_ARRAY(a, Str, d->row_n);
    struct arena *tmp = arena_open();
    for (uint32_t row = 0; row < d->row_n; row++) {
        subject[row] = row + 1;
        order[row] = row;
        key[row] = search_key(a, tmp, m->rules, d, row);
    }
    arena_close(tmp);
    struct roster_own *own = ARENA_NEW(a, struct roster_own);
    *own = (struct roster_own){.magic = ROSTER_MAGIC,
                               .model = m,
                               .key = key,
                               .by_subject = order,
                               .lock = lock_open(a),
                               .refs = 1};
    *r = (struct roster){S("1"), S("企业"), 1, m->rules, d, subject, own};
}

static void add_faults(struct buf *b, const struct diags *ds)
{
    for (size_t i = 0; i < ds->n; i++) {
        buf_fmt(b, "%d %u %u ", (int)ds->at[i].code, ds->at[i].span.beg, ds->at[i].span.end);
        diag_text(b, &ds->at[i], LANG_EN);
    }
}

static Str *split(struct arena *a, Str s, char sep, size_t *n)
{
    Str *out = NULL;
    size_t cap = 0;
    for (*n = 0; s.n > 0;)
        VEC_PUSH(a, out, *n, cap) = str_cut(&s, sep);
    return out;
}

/* field op value; value */
static bool read_term(struct arena *a, Str s, struct query_term *t)
{
    t->field = str_cut(&s, ' ');
    if (t->field.n == 0 || !query_op_read(&t->op, str_cut(&s, ' ')))
        return false;
    t->value = split(a, s, ';', &t->value_n);
    return true;
}

static void answer(struct buf *b, struct arena *a, const struct roster *r, Str text)
{
    static const struct scope town = {.rule = SCOPE_LOCALITY,
                                      .locality = {"320582100", 9},
                                      .show = PROTECT_INTERNAL,
                                      .ask = PROTECT_INTERNAL};
    struct diags ds;
    struct selection *s;
    struct query_page p;
    struct query_key *key = NULL;
    struct query_term term;
    struct query_ask ask = {.where = str_cut(&text, '\n'), .term = &term, .today = 20500};
    ask.term_n = read_term(a, str_cut(&text, '\n'), &term);
    ask.q = str_cut(&text, '\n');
    struct query_list l = {.limit = 1};
    diags_init(&ds, a);
    enum status st = query_select(&town, r, &ask, a, &s, &ds);
    if (st == OK)
        st = query_keys_read(a, &key, &l.key_n, str_cut(&text, '\n'), &ds);
    l.key = key;
    l.field = split(a, str_cut(&text, '\n'), ',', &l.field_n);
    l.cursor = text;
    for (int pages = 0; st == OK && pages < 3; pages++) {
        st = query_list(s, &l, a, &p, &ds);
        for (uint32_t i = 0; st == OK && i < p.n; i++)
            for (uint32_t k = 0; k < p.column_n; k++)
                (void)query_cell(b, &p, p.row[i], k); /* empty: as it is shown */
        if (st == OK)
            buf_add(b, l.cursor = p.next);
        if (l.cursor.n == 0)
            break;
    }
    ASSERT((st == OK) == (ds.error_n == 0));
    add_faults(b, &ds);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena *keep;
    struct buf b[2];
    if (keep == NULL) {
        keep = arena_open();
        make(keep, &roster[0], rows[0]);
        make(keep, &roster[1], rows[1]);
    }
    struct arena *a = arena_open();
    for (int k = 0; k < 2; k++) {
        buf_init(&b[k], a, BUF_MAX);
        answer(&b[k], a, &roster[k], (Str){(const char *)data, n});
    }
    ASSERT(str_eq(buf_str(&b[0]), buf_str(&b[1])));
    arena_close(a);
    return 0;
}
