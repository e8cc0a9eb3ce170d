/* record_test.c - reports in, what holds out, on both databases. */
#include "audit/act.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "col/dataset.h"
#include "load/load.h"
#include "record/record.h"
#include "rule/model.h"
#include "sql.h"
#include "test/help/store.h"
#include "test/t.h"

#define COUNTY S("320582")
#define KIND                                                                                \
    "# 企业\n- 类: 主体\n- 状态: 示例\n- 身份: 代码\n- 名称: 企业名称\n" \
    "- 曾用名: 曾用名\n- 属地: 区镇\n- 存续: 状况\n- 在册: 在业\n\n"      \
    "## 字段\n| 名称 | 类型 | 单位 | 期间 | 选项 |\n"                           \
    "|---|---|---|---|---|\n| 代码 | 文本 | | | |\n"                                    \
    "| 企业名称 | 文本 | | | |\n| 曾用名 | 文本 | | | |\n"                       \
    "| 区镇 | 区划 | | | |\n| 状况 | 选项 | | | 在业; 注销 |\n"                 \
    "| 收入 | 数 | 万元 | 年 | |\n| 人数 | 数 | 人 | | |\n"                       \
    "| 占比 | 数 | % | | |\n| 高企 | 是否 | | | |\n"                                 \
    "| 成立 | 日期 | | | |\n| 产值 | 数 | 万元 | 季 | |\n"

static struct rules *kind;
static Day g_day;

static void put_kind(int64_t s)
{
    struct act act = store_act(s);
    struct record r = record_of(&act);
    bool changed;
    CHECK_INT(record_kind_put(&r, store.a, &changed, S(KIND), &store.ds), OK);
    CHECK(changed);
    CHECK_INT(record_kind_put(&r, store.a, &changed, S(KIND), &store.ds), OK);
    CHECK(!changed);
    store_act_end(&act, S("kind.put"));
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(record_kind_get(store.w, store.a, &kind, COUNTY, S("企业"), RECORD_NOW), OK);
    CHECK_INT(record_kind_get(store.w, store.a, &kind, COUNTY, S("企业"), RECORD_NOW), OK);
    db_rollback(store.w);
}

static struct dataset *data_of(const char *csv)
{
    struct dataset *d = NULL;
    int period;
    struct load_opts o = {.period = 2024, .as_of_year = 2025};
    CHECK_INT(load_csv(store.a, &d, &period, kind, str_of(csv), &o, &store.ds), OK);
    return d;
}

/* A report at second s, of facts that hold from g_day. */
static struct record_counts report(int64_t s, const char *csv)
{
    struct act act = store_act(s);
    struct record r = record_of(&act);
    struct record_counts n;
    struct record_report in = {.kind = kind,
                               .data = data_of(csv),
                               .day = g_day,
                               .source = S("填报"),
                               .reporter = S("企业")};
    CHECK_INT(record_report_add(&r, &in, &n), OK);
    store_act_end(&act, S("import"));
    return n;
}

static void mark(int64_t s, int64_t of_act, Str field, enum record_verdict v)
{
    struct act act = store_act(s);
    struct record r = record_of(&act);
    struct record_mark m = {.of_act = of_act, .field = field, .verdict = v, .why = S("发票不符")};
    m.subject = 1000; /* of somebody else's line nobody can say anything */
    CHECK_INT(record_mark_add(&r, &m), ERR_GONE);
    m.subject = 0;
    CHECK_INT(record_mark_add(&r, &m), OK);
    store_act_end(&act, S("mark"));
}

/* What holds, as a snapshot of its own. */
static Str holds(Day day, int64_t until)
{
    struct act act = store_act(1000);
    struct record r = record_of(&act);
    struct record_snapshot s;
    CHECK_INT(record_snapshot_add(&r, store.a, &s, kind, day, until), OK);
    db_rollback(store.w);
    return s.text;
}

static Day day_at(const char *text)
{
    Day d = 0;
    CHECK(day_parse(&d, str_of(text)));
    return d;
}

static void check_facts(void)
{
    put_kind(1);
    g_day = day_at("2025-01-31");
    struct record_counts n = report(2, "代码,企业名称,收入,收入@2023,人数,占比,高企,成立,状况\n"
                                       "B,乙,12.5,,7,5,否,2010-01-02,在业\n"
                                       "A,\"甲\t\\公司\n\",3,1,,0.1,是,,\n"
                                       "C,丙,,,,,,,注销\n");
    CHECK_INT(n.lines, 3);
    CHECK_INT(n.subjects, 3);
    CHECK_INT(n.facts, 7 + 5 + 2);
    CHECK_STR(holds(g_day, RECORD_NOW),
              "代码,人数(人),企业名称,占比(倍),成立,收入(元)@2023,收入(元)@2024,状况,高企\n"
              "A,,\"甲\t\\公司\",0.001,,10000,30000,,是\n"
              "B,7,乙,0.05,2010-01-02,,125000,在业,否\n");
}

/* Later acts win; of fields without a period the later day does, whichever came first. */
static void check_later(void)
{
    put_kind(1);
    g_day = day_at("2025-03-01");
    (void)report(2, "代码,人数,收入,产值@2024Q2\nA,30,100,8\n");
    g_day = day_at("2025-01-01");
    struct record_counts n = report(3, "代码,人数,收入\nA,20,200\n");
    CHECK_INT(n.subjects, 0);
    Day spring = day_at("2025-02-01"), summer = day_at("2025-06-01");
    CHECK_STR(holds(summer, RECORD_NOW),
              "代码,产值(元)@2024Q2,人数(人),收入(元)@2024\nA,80000,30,2000000\n");
    CHECK_STR(holds(spring, RECORD_NOW),
              "代码,产值(元)@2024Q2,人数(人),收入(元)@2024\nA,80000,20,2000000\n");
    CHECK_STR(holds(summer, 2),
              "代码,产值(元)@2024Q2,人数(人),收入(元)@2024\nA,80000,30,1000000\n");
    CHECK_STR(holds(spring, 2), "代码,产值(元)@2024Q2,收入(元)@2024\nA,80000,1000000\n");
}

/* What is returned does not hold; what held before does again, until it is verified after all. */
static void check_marks(void)
{
    put_kind(1);
    g_day = day_at("2025-01-01");
    (void)report(2, "代码,收入,人数\nA,1,10\n");
    (void)report(3, "代码,收入,人数\nA,2,20\n");
    mark(4, 3, S("收入@2024"), RECORD_RETURNED);
    CHECK_STR(holds(g_day, RECORD_NOW), "代码,人数(人),收入(元)@2024\nA,20,10000\n");
    CHECK_STR(holds(g_day, 3), "代码,人数(人),收入(元)@2024\nA,20,20000\n");
    mark(5, 3, S(""), RECORD_RETURNED);
    CHECK_STR(holds(g_day, RECORD_NOW), "代码,人数(人),收入(元)@2024\nA,10,10000\n");
    mark(6, 3, S("收入@2024"), RECORD_VERIFIED);
    CHECK_STR(holds(g_day, RECORD_NOW), "代码,人数(人),收入(元)@2024\nA,10,20000\n");
    mark(7, 2, S(""), RECORD_VERIFIED);
    CHECK_STR(holds(g_day, RECORD_NOW), "代码,人数(人),收入(元)@2024\nA,10,20000\n");

    struct record_entries all;
    int64_t subject;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(record_subject(store.w, COUNTY, S("企业"), S("A"), &subject), OK);
    CHECK_INT(record_history(store.w, store.a, &all, COUNTY, subject, S("")), OK);
    CHECK_INT(all.n, 4);
    const struct record_entry *e = all.at;
    CHECK_STR(e[0].column, "收入@2024");
    CHECK_STR(e[0].value, "10000");
    CHECK(!e[0].holds);
    CHECK(e[1].holds && e[1].verdict == RECORD_VERIFIED);
    CHECK(e[2].holds && e[2].verdict == RECORD_VERIFIED);
    CHECK(!e[3].holds && e[3].verdict == RECORD_RETURNED);
    CHECK_STR(e[3].why, "发票不符");
    CHECK_STR(e[3].judge, "tester");
    CHECK_INT(e[3].at_us, 3000000);
    CHECK_INT(record_history(store.w, store.a, &all, COUNTY, subject, S("人数")), OK);
    CHECK_INT(all.n, 2);
    db_rollback(store.w);
}

static void check_now_is(const char *name, const char *locality, const char *standing)
{
    struct record_now *now;
    size_t n;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(record_now_all(store.w, store.a, &now, &n, COUNTY, S("企业")), OK);
    CHECK_INT(n, 1);
    CHECK_STR(now[0].identity, "A");
    CHECK_STR(now[0].name, name);
    CHECK_STR(now[0].locality, locality);
    CHECK_STR(now[0].standing, standing);
    db_rollback(store.w);
}

static void check_now(void)
{
    put_kind(1);
    g_day = day_at("2025-01-01");
    (void)report(2, "代码,人数\nA,1\n");
    check_now_is("", "", "");
    (void)report(3, "代码,企业名称,区镇,状况\nA,甲,320582100,在业\n");
    check_now_is("甲", "320582100", "在业");
    (void)report(4, "代码,企业名称\nA,乙\n");
    check_now_is("乙", "320582100", "在业");
    mark(5, 4, S("企业名称"), RECORD_RETURNED);
    check_now_is("甲", "320582100", "在业");
}

/* Of the many of check_many: numbered by identity, whatever the order of the file; a line knows its
 * place there, and what stands now is what their rows said. */
static void check_many_in_order(void)
{
    struct record_now *now;
    struct record_entries all = {0};
    size_t n;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(record_now_all(store.w, store.a, &now, &n, COUNTY, S("企业")), OK);
    CHECK_INT(n, 3001);
    for (size_t i = 0; i < n - 1; i++) { /* Q00007 is the second row */
        Str name = arena_fmt(store.a, "第%zu家", i * 2143 % 3000);
        CHECK_INT(now[i].subject, i + 1);
        CHECK(str_eq(now[i].identity, arena_fmt(store.a, "Q%05zu", i)));
        CHECK(str_eq(now[i].name, i == 7 ? S("改名") : name));
    }
    CHECK_STR(now[n - 1].identity, "A");
    CHECK_INT(record_history(store.w, store.a, &all, COUNTY, 8, S("人数")), OK);
    CHECK_INT(all.n, 2);
    CHECK_STR(all.at[0].value, "1");
    CHECK_INT(all.at[0].n, 7);
    db_rollback(store.w);
}

/* Many rows go another way: batches, subjects known beforehand. They must come to the same. */
static void check_many(void)
{
    struct buf b;
    put_kind(1);
    buf_init(&b, store.a, BUF_MAX);
    g_day = day_at("2025-01-01");
    buf_add(&b, S("代码,企业名称,人数,收入\n"));
    for (int i = 0; i < 3000; i++)
        buf_fmt(&b, "Q%05d,第%d家,%d,%d.5\n", (i * 7) % 3000, i, i, i);
    struct record_counts n = report(2, arena_copy(store.a, buf_str(&b)).p);
    CHECK_INT(n.subjects, 3000);
    CHECK_INT(n.facts, 9000);
    n = report(3, arena_copy(store.a, buf_str(&b)).p);
    CHECK_INT(n.subjects, 0);
    CHECK_INT(n.lines, 3000);
    Str text = holds(g_day, RECORD_NOW);
    CHECK(
        str_starts(text, S("代码,人数(人),企业名称,收入(元)@2024\nQ00000,0,第0家,5000\nQ00001,")));
    struct sql_subject_count_row count;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(sql_subject_count_one(store.w, store.a, &(struct sql_subject_count){COUNTY}, &count),
              OK);
    CHECK_INT(count.subjects, 3000);
    db_rollback(store.w);
    b.n = 0;
    buf_add(&b, S("代码,企业名称,人数\nA,新,\nQ00007,改名,\n"));
    for (int i = 100; i < 200; i++)
        buf_fmt(&b, "Q%05d,,\n", i);
    n = report(4, arena_copy(store.a, buf_str(&b)).p);
    CHECK_INT(n.subjects, 1);
    CHECK_INT(n.blank, 100);
    check_many_in_order();
}

static void check_contents(void)
{
    struct act act = store_act(1);
    struct record r = record_of(&act);
    Sha256 hash, again;
    Str bytes = {arena_raw(store.a, CONTENT_PIECE + 5, 1), CONTENT_PIECE + 5}, got;
    for (size_t i = 0; i < bytes.n; i++)
        ((char *)(uintptr_t)bytes.p)[i] = (char)(i * 31 % 251);
    CHECK_INT(content_put(&r, &hash, bytes, S("text/csv")), OK);
    CHECK_INT(content_put(&r, &again, bytes, S("text/csv")), OK);
    CHECK_INT(r.n[RECORD_CONTENT], 1);
    CHECK_INT(content_put(&r, &again, S(""), S("text/csv")), OK);
    CHECK_INT(content_get(store.w, store.a, &got, COUNTY, hash, CONTENT_MAX), OK);
    CHECK(str_eq(got, bytes));
    CHECK_INT(content_get(store.w, store.a, &got, COUNTY, again, CONTENT_MAX), OK);
    CHECK_INT(got.n, 0);
    CHECK_INT(content_get(store.w, store.a, &got, COUNTY, hash, CONTENT_PIECE), ERR_LIMIT);
    hash.byte[0] ^= 1;
    CHECK_INT(content_get(store.w, store.a, &got, COUNTY, hash, CONTENT_MAX), ERR_GONE);
    store_act_end(&act, S("content.put"));
}

/* A kind may change what it shows, not what its facts are. */
static void check_kind_change(void)
{
    struct act act;
    struct record r;
    bool changed;
    put_kind(1);
    act = store_act(2);
    r = record_of(&act);
    CHECK_INT(record_kind_put(&r, store.a, &changed,
                              S("# 企业\n- 类: 主体\n- 状态: 示例\n- 身份: 代码\n- 名称: 代码\n\n"
                                "## 字段\n| 名称 | 类型 |\n|---|---|\n| 代码 | 文本 |\n"),
                              &store.ds),
              ERR_INPUT);
    CHECK(str_starts(store_said(), S("RECORD-KIND-FIELD ")));
    CHECK_INT(record_kind_put(&r, store.a, &changed, S("# 规则\n- 状态: 示例\n"), &store.ds),
              ERR_INPUT);
    db_rollback(store.w);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(record_kind_get(store.w, store.a, &kind, COUNTY, S("机构"), RECORD_NOW), ERR_GONE);
    CHECK_INT(record_kind_get(store.w, store.a, &kind, COUNTY, S("企业"), 0), ERR_GONE);
    db_rollback(store.w);
}

#define ON_BOTH(name)               \
    TEST(sqlite_##name)             \
    {                               \
        store_open(STORE_SQLITE);   \
        check_##name();             \
        store_end();                \
    }                               \
    TEST(postgres_##name)           \
    {                               \
        store_open(STORE_POSTGRES); \
        check_##name();             \
        store_end();                \
    }

ON_BOTH(facts)
ON_BOTH(later)
ON_BOTH(marks)
ON_BOTH(now)
ON_BOTH(many)
ON_BOTH(contents)
ON_BOTH(kind_change)

/* --- subjects that are one --- */

static enum status merge(int64_t s, const char *from, const char *into)
{
    struct act act = store_act(s);
    struct record r = record_of(&act);
    enum status st = into != NULL
                         ? record_merge(&r, kind, str_of(from), str_of(into), S("重复"), &store.ds)
                         : record_split(&r, kind, str_of(from), S("不是一家"), &store.ds);
    if (st == OK)
        store_act_end(&act, S("merge"));
    else
        db_rollback(store.w);
    return st;
}

static enum status found_two(int64_t s, const char *one, const char *other)
{
    struct act act = store_act(s);
    struct record r = record_of(&act);
    enum status st = record_apart(&r, kind, str_of(one), str_of(other), S("两家"), &store.ds);
    if (st == OK)
        store_act_end(&act, S("apart"));
    else
        db_rollback(store.w);
    return st;
}

/* Names of those there are today. */
static Str there(void)
{
    struct record_now *now;
    size_t n;
    struct buf b;
    buf_init(&b, store.a, 1000);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(record_now_all(store.w, store.a, &now, &n, COUNTY, S("企业")), OK);
    db_rollback(store.w);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "%.*s=%.*s ", STR_ARG(now[i].identity), STR_ARG(now[i].name));
    return buf_str(&b);
}

static int64_t number_of(const char *identity)
{
    int64_t n;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(record_subject(store.w, COUNTY, S("企业"), str_of(identity), &n), OK);
    db_rollback(store.w);
    return n;
}

static void check_apart(void)
{
    struct record_pair *pair;
    size_t n;
    CHECK_INT(found_two(8, "C", "A"), OK);
    CHECK_INT(found_two(9, "A", "C"), OK); /* said once more */
    CHECK_INT(found_two(10, "A", "B"), OK);
    CHECK_INT(found_two(11, "A", "A"), ERR_INPUT);
    CHECK_INT(found_two(11, "A", "Z"), ERR_GONE);
    int64_t a = number_of("A"), b = number_of("B"), c = number_of("C");
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(record_aparts(store.w, store.a, &pair, &n, COUNTY, S("企业")), OK);
    db_rollback(store.w);
    CHECK_INT(n, 2);
    CHECK(pair[0].subject == a && pair[0].other == b && pair[1].subject == a && pair[1].other == c);
}

/* The one that stays speaks first, the other fills; both ways round, and undone. */
static void check_twins(void)
{
    put_kind(1);
    g_day = day_at("2025-01-31");
    report(2, "代码,企业名称,收入,人数\nA,甲公司,3,\nB,甲工司,9,7\nC,丙,,\n");
    Str apart = holds(g_day, RECORD_NOW);
    CHECK_INT(merge(3, "B", "B"), ERR_INPUT);
    CHECK_INT(merge(3, "B", "Z"), ERR_GONE);
    CHECK_INT(merge(3, "B", "A"), OK); /* act 3 */
    CHECK_STR(holds(g_day, RECORD_NOW),
              "代码,人数(人),企业名称,收入(元)@2024\nA,7,甲公司,30000\nC,,丙,\n");
    CHECK(str_eq(holds(g_day, 2), apart)); /* as it was known then */
    CHECK_STR(there(), "A=甲公司 C=丙 ");
    CHECK_INT(number_of("B"), number_of("A"));
    CHECK_INT(merge(4, "C", "B"), ERR_INPUT); /* no chains */
    CHECK_INT(merge(4, "A", "C"), ERR_INPUT);
    report(5, "代码,企业名称,收入@2023,人数\nB,甲工司,1,8\n"); /* under the old identity: act 4 */
    CHECK_STR(
        holds(g_day, RECORD_NOW),
        "代码,人数(人),企业名称,收入(元)@2023,收入(元)@2024\nA,8,甲公司,10000,30000\nC,,丙,,\n");
    CHECK_STR(there(), "A=甲公司 C=丙 ");
    struct record_entries all;
    int64_t a = number_of("A");
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(record_history(store.w, store.a, &all, COUNTY, a, S("企业名称")), OK);
    db_rollback(store.w);
    CHECK_INT(all.n, 3);
    CHECK(all.at[0].holds && !all.at[2].holds && all.at[2].twin && !all.at[0].twin);
    CHECK_INT(merge(6, "B", NULL), OK);
    CHECK_INT(merge(7, "B", NULL), ERR_INPUT);
    CHECK_STR(there(), "A=甲公司 B=甲工司 C=丙 ");
    CHECK_STR(holds(g_day, RECORD_NOW),
              "代码,人数(人),企业名称,收入(元)@2023,收入(元)@2024\nA,,甲公司,,30000\n"
              "B,8,甲工司,10000,90000\nC,,丙,,\n");
    check_apart();
    CHECK_STR(store_said(), "TWIN-SELF TWIN-MERGED TWIN-MERGED TWIN-APART TWIN-SELF ");
}
TEST(sqlite_twins)
{
    store_open(STORE_SQLITE);
    check_twins();
    store_end();
}
TEST(postgres_twins)
{
    store_open(STORE_POSTGRES);
    check_twins();
    store_end();
}
