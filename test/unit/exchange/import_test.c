/* import_test.c - tables of people's making into facts: read, refused, handed back, kept. */
#include "audit/act.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/str.h"
#include "col/dataset.h"
#include "exchange/import.h"
#include "record/record.h"
#include "rule/model.h"
#include "test/help/store.h"
#include "test/t.h"

#define COUNTY S("320582")
#define KIND                                                                                       \
    "# 企业\n- 类: 主体\n- 状态: 示例\n- 身份: 代码\n- 名称: 企业名称\n"        \
    "- 属地: 区镇\n\n## 字段\n| 名称 | 类型 | 单位 | 期间 |\n"                       \
    "|---|---|---|---|\n| 代码 | 文本 | | |\n| 企业名称 | 文本 | | |\n"                  \
    "| 区镇 | 区划 | | |\n| 研发费用 | 数 | 万元 | 年 |\n| 人数 | 数 | 人 | |\n\n" \
    "## 条件 人数合理\n- 须: 人数 <= 1000人\n"

static struct rules *kind;
static struct intake src;
static struct import m;

static void put_kind(void)
{
    struct act act = store_act(1);
    struct record r = record_of(&act);
    bool changed;
    CHECK_INT(record_kind_put(&r, store.a, &changed, S(KIND), &store.ds), OK);
    store_act_end(&act, S("kind.put"));
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(record_kind_get(store.w, store.a, &kind, COUNTY, S("企业"), RECORD_NOW), OK);
    db_rollback(store.w);
}

/* As a stranger's file is read: in the child, whatever it looks like. */
static enum status read_table(const char *csv, const struct intake_opts *o)
{
    m = (struct import){
        .keep = store.a, .kind = kind, .src = &src, .period = 2024, .lang = LANG_ZH};
    diags_init(&store.ds, store.a);
    TRY(intake_table(store.a, &src, kind, str_of(csv), o));
    return import_load(&m, &store.ds);
}

static void put_bytes(void *ctx, Str bytes)
{
    buf_add(ctx, bytes);
}

static void end_act(struct act *act, const struct import_file *f, const struct record_counts *n)
{
    struct json j;
    struct buf b;
    buf_init(&b, store.a, BUF_MAX);
    json_open(&j, &b, false);
    json_obj(&j);
    import_words(&j, &m, f, n);
    json_obj_end(&j);
    struct act_words words = {S("经办"), S("facts.import"), S("企业"), buf_str(&b)};
    CHECK_INT(act_end(act, &words), OK);
    CHECK_INT(db_commit(store.w), OK);
}

static int64_t known(const char *bytes, Str locality)
{
    Sha256 hash = sha256_of(str_of(bytes));
    int64_t act;
    CHECK_INT(db_begin(store.w), OK);
    enum status st = import_known(store.w, COUNTY, S("企业"), &hash, locality, &act);
    db_rollback(store.w);
    CHECK(st == (act == 0 ? ERR_GONE : OK));
    return act;
}

static struct record_counts write_rows(int64_t s, const char *bytes)
{
    struct act act = store_act(s);
    struct record_counts n;
    struct import_file f = {.name = S("表.csv"),
                            .bytes = str_of(bytes),
                            .hash = sha256_of(str_of(bytes)),
                            .source = S("表.csv"),
                            .reporter = S("经办")};
    CHECK_INT(import_write(&m, &act, &f, &n), OK);
    end_act(&act, &f, &n);
    return n;
}

#define TABLE                                                                \
    "企业情况表（单位：万元）,,,,\n"                             \
    "信用代码或编号,企业名称,区镇,2024年研发费用,人数\n" \
    "A,甲,320582100,3.5,10\nB,乙,320582101,两百,20\nC,丙,320582100,1,2000\n合计,,,4.5,\n"

/* The id under a name that nobody could know: somebody says what it is. */
static void check_choice(void)
{
    struct map_choice choice[] = {{0, S("代码")}, {3, S("研发费用(元)@2023")}};
    struct intake_opts o = {.choice = choice, .choice_n = 2};
    put_kind();
    CHECK_INT(read_table(TABLE, &o), ERR_INPUT);
    CHECK_INT(src.map.id_at, 0);
    CHECK_INT(src.found.row_n, 3);
    CHECK_INT(m.bad_n, 1);
    CHECK(import_only_rows(&m, ERR_INPUT, &store.ds));
    CHECK_INT(import_row_at(&m, 4), 1);
    CHECK(import_is_bad(&m, 1));
    choice[1].as = S("利润");
    CHECK_INT(read_table(TABLE, &o), ERR_INPUT); /* no such field */
    CHECK(m.data == NULL);
    choice[1] = (struct map_choice){9, S("人数")}; /* no such column */
    CHECK_INT(read_table(TABLE, &o), ERR_INPUT);
    CHECK(m.data == NULL);
    choice[1] = (struct map_choice){3, S("人数")}; /* the other one is left out */
    CHECK_INT(read_table(TABLE, &o), ERR_INPUT);
    CHECK_INT(src.map.column[4].lost, 3);
    choice[1] = (struct map_choice){3, S("")};
    CHECK_INT(read_table(TABLE, &o), OK);
    CHECK_INT(m.bad_n, 0);
    o.sheet = S("没有这张表");
    CHECK_INT(read_table(TABLE, &o), ERR_INPUT);
}

#define ID_TABLE                                            \
    "代码,企业名称,区镇,研发费用@2024,人数\n" \
    "A,甲,320582100,3.5,10\nB,乙,320582101,两百,20\nC,丙,320582100,1,2000\n"

/* What is handed back is read again as it was: the sheet said yuan, the field is in 万元. */
static void check_back_again(void)
{
    struct intake_opts o = {.choice = NULL};
    struct buf b;
    put_kind();
    CHECK_INT(read_table("企业情况表（单位：元）,,\n代码,2024年研发费用,人数\nA,35000,x\n", &o),
              ERR_INPUT);
    buf_init(&b, store.a, BUF_MAX);
    CHECK_INT(import_failed(&m, OUT_XLSX, put_bytes, &b), OK);
    m = (struct import){
        .keep = store.a, .kind = kind, .src = &src, .period = 2024, .lang = LANG_ZH};
    CHECK_INT(intake_table(store.a, &src, kind, buf_str(&b), &o), OK);
    CHECK_INT(src.found.row_n, 1);
    CHECK_STR(src.map.column[1].head, "研发费用(元)@2024");
}

static void check_failed_rows(void)
{
    struct intake_opts o = {.choice = NULL};
    struct checked k;
    struct buf b;
    put_kind();
    CHECK_INT(read_table(ID_TABLE, &o), ERR_INPUT);
    import_check(&m, &k, LANG_ZH);
    CHECK_INT(k.n, 1);
    CHECK_INT(k.bad_n, m.bad_n);
    CHECK_INT(k.problem[0].column, 3);
    buf_init(&b, store.a, BUF_MAX);
    CHECK_INT(import_failed(&m, OUT_PLAIN, put_bytes, &b), OK);
    CHECK(str_starts(buf_str(&b),
                     S("代码,企业名称,区镇,研发费用@2024,人数,原因\nB,乙,320582101,两百,20,")));
    CHECK_INT(str_find(buf_str(&b), S("甲")), b.n);
    struct import_gate *gate;
    size_t n;
    CHECK_INT(import_gates(&m, &gate, &n, &store.ds), OK);
    CHECK_INT(n, 1);
    CHECK_INT(gate[0].n, 1);
    CHECK_INT(gate[0].row[0], 2);
    struct record_counts c = write_rows(2, ID_TABLE);
    CHECK_INT(c.lines, 2);
    CHECK_INT(c.subjects, 2);
    CHECK_INT(c.facts, 2 * 4);
    CHECK_INT(known(ID_TABLE, NO_ARG), 2);
    CHECK_INT(known(ID_TABLE, S("320582100")), 2);
    CHECK_INT(known("another", NO_ARG), 0);
}

/* A town: its own subjects, and new ones that say that they are its own. */
static void check_local(void)
{
    struct intake_opts o = {.choice = NULL};
    struct checked zh, en;
    put_kind();
    CHECK_INT(read_table("代码,企业名称,区镇\nA,甲,320582100\nB,乙,320582101\n", &o), OK);
    (void)write_rows(2, "1");
    CHECK_INT(read_table("代码,企业名称,区镇,人数\nA,甲,,1\nB,乙,,1\nC,丙,320582100005,1\n"
                         "D,丁,,1\nE,戊,320582101,1\nF,己,320582100,x\nAA,迁,320582100,1\n",
                         &o),
              ERR_INPUT);
    CHECK_INT(m.bad_n, 1); /* F */
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(import_local(&m, store.w, COUNTY, S("320582100")), OK);
    db_rollback(store.w);
    CHECK_INT(m.bad_n, 4);
    CHECK(!import_is_bad(&m, 0) && !import_is_bad(&m, 2) && !import_is_bad(&m, 6));
    CHECK_INT(m.refusal_n, 3);
    CHECK_INT(m.refusal[0].why.code, DIAG_IMPORT_ELSEWHERE);
    CHECK_INT(m.refusal[1].why.code, DIAG_IMPORT_NOWHERE);
    CHECK_INT(m.refusal[2].why.code, DIAG_IMPORT_MOVES);
    import_check(&m, &zh, LANG_ZH);
    import_check(&m, &en, LANG_EN);
    CHECK_INT(zh.bad_n, 4);
    CHECK_INT(zh.n, 4);
    CHECK_INT(zh.problem[0].row, 1);
    CHECK_STR(zh.problem[0].what, "“B”属于“320582101”, 不属于“320582100”");
    CHECK_STR(en.problem[0].what, "“B” is of “320582101”, not of “320582100”");
    struct record_counts c = write_rows(3, "2");
    CHECK_INT(c.lines, 3);
    CHECK_INT(known("2", S("320582100")), 3); /* others may still bring theirs */
    CHECK_INT(known("2", S("320582101")), 0);
    CHECK_INT(known("2", NO_ARG), 0);
    CHECK_INT(read_table("代码,区镇\nA,320582101\n", &o), OK); /* it would move away */
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(import_local(&m, store.w, COUNTY, S("320582100")), OK);
    db_rollback(store.w);
    CHECK_INT(m.bad_n, 1);
}

static void check_words(void)
{
    struct intake_opts o = {.choice = NULL};
    struct record_counts n = {.lines = 2, .facts = 4};
    struct import_file f = {.name = S("表.csv"), .evidence = S("x")};
    struct json j;
    struct buf b;
    put_kind();
    CHECK_INT(read_table(ID_TABLE, &o), ERR_INPUT);
    buf_init(&b, store.a, BUF_MAX);
    json_open(&j, &b, false);
    json_obj(&j);
    import_words(&j, &m, &f, &n);
    json_obj_end(&j);
    CHECK(str_find(buf_str(&b), S("\"refused\":1")) < b.n);
    CHECK(str_find(buf_str(&b), S("\"evidence\":\"00")) < b.n);
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

ON_BOTH(choice)
ON_BOTH(back_again)
ON_BOTH(failed_rows)
ON_BOTH(local)
ON_BOTH(words)
