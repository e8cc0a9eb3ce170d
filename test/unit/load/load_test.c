/* load_test.c - CSV files, assignments and examples as columns; what is reported about them. */
#include <stdio.h>

#include "base/buf.h"
#include "base/csv.h"
#include "help/eval_help.h"
#include "load/load.h"

static const char rules_text[] =
    "# 例\n- 版本: 1\n- 生效: 2024-06-30\n- 状态: 示例\n%s\n## 字段\n\n"
    "| 名称 | 类型 | 单位 | 期间 | 选项 | 范围 |\n|---|---|---|---|---|---|\n"
    "| 研发费用 | 数 | 万元 | 年 | | |\n| 营业收入 | 数 | 元 | 季 | | |\n"
    "| 职工数 | 数 | 人 | | | [0人, 1000人] |\n"
    "| 等级 | 选项 | | | 高; 低 | |\n| 成立日期 | 日期 | | | | |\n"
    "| 地址(注册) | 文本 | | | | |\n| 诚信 | 人工 | | | | |\n\n"
    "## 指标 w\n- 式: 研发费用 / 职工数\n\n## 条件 g\n"
    "- 须: 等级 = \"高\" 且 诚信 且 成立日期 < 评价日 且 营业收入 > 0 "
    "且 开头(「地址(注册)」, \"张\")\n\n"
    "## 测试\n\n| 说明 | 研发费用 | 营业收入@2022Q1 | 职工数 | 等级 | 诚信 | w |\n"
    "|---|---|---|---|---|---|---|\n"
    "| 甲例 | 10; -; 30 | 5 | 3人 | 高 | 是 | 未知 |\n| | 20 | | | | | 未知 |\n";

struct loading {
    struct arena *arena;
    struct diags ds;
    struct rules *r;
    struct dataset *d;
    int period;
    enum status st;
};

static struct loading open_rules(const char *more)
{
    struct loading l = {.arena = arena_open()};
    diags_init(&l.ds, l.arena);
    Str text = arena_fmt(l.arena, rules_text, more);
    l.st = rule_load(l.arena, &l.r, S("test.md"), text, &l.ds);
    if (l.st != OK) {
        struct buf b;
        buf_init(&b, l.arena, 10000);
        for (size_t i = 0; i < l.ds.n; i++)
            diag_render(&b, &l.ds.at[i], S("test.md"), text, LANG_EN);
        (void)fprintf(stderr, "%.*s", (int)b.n, b.p);
        t_fail(__FILE__, __LINE__, "the document has errors");
    }
    diags_init(&l.ds, l.arena);
    return l;
}

static struct loading load_text(const char *more, const char *csv, struct load_opts o)
{
    struct loading l = open_rules(more);
    l.st = load_csv(l.arena, &l.d, &l.period, l.r, str_of(csv), &o, &l.ds);
    return l;
}

static struct loading load_plain(const char *csv)
{
    return load_text("", csv, (struct load_opts){.period = INT32_MIN, .as_of_year = 2024});
}

static void close_loading(struct loading *l)
{
    arena_close(l->arena);
}

static size_t count(const struct loading *l, enum diag_code code)
{
    size_t n = 0;
    for (size_t i = 0; i < l->ds.n; i++)
        n += l->ds.at[i].code == code;
    return n;
}

/* A value as text, "-" where missing, "none" where there is no column. */
static Str value(const struct loading *l, const char *field, int period, uint32_t row)
{
    int32_t f = rule_find_field(l->r, str_of(field));
    const struct column *c = dataset_find(l->d, (uint32_t)f, period);
    if (c == NULL)
        return S("none");
    if (!column_has(c, row))
        return S("-");
    struct buf b;
    buf_init(&b, l->arena, 100);
    dec_print(&b, column_value(c, row), l->r->field[f].type.scale);
    return buf_str(&b);
}

TEST(load_reads_columns_by_name_and_period)
{
    struct loading l = load_plain(
        "编号,研发费用@2022,研发费用@2023,营业收入@2023Q4,职工数,等级,成立日期,地址(注册),诚信\n"
        "A1,10,20,300,5,高,2020-01-31,张家港,是\nA2,1亿元,,-5,,低,,,\n");
    CHECK_INT(l.st, OK);
    CHECK_INT(l.period, 2023);
    CHECK_INT(l.d->row_n, 2);
    CHECK_STR(l.d->id[1], "A2");
    CHECK_STR(value(&l, "研发费用", 2022, 0), "100000");
    CHECK_STR(value(&l, "研发费用", 2022, 1), "100000000");
    CHECK_STR(value(&l, "研发费用", 2023, 0), "200000");
    CHECK_STR(value(&l, "研发费用", 2023, 1), "-");
    CHECK_STR(value(&l, "营业收入", 2023 * 4 + 3, 0), "300");
    CHECK_STR(value(&l, "职工数", COL_NO_PERIOD, 0), "5");
    CHECK_STR(value(&l, "诚信", COL_NO_PERIOD, 1), "-");
    const struct column *place = dataset_find(l.d, 5, COL_NO_PERIOD);
    CHECK_STR(labels_text(l.d->labels, (uint32_t)column_value(place, 0)), "张家港");
    CHECK_INT(l.ds.error_n, 0);
    close_loading(&l);
}

TEST(load_folds_names_and_takes_units_of_columns)
{
    struct loading l =
        load_plain("编号,研发费用（元）＠２０２３,营业收入@2023Q1（亿元）,职工数\nA,100,2,1\n");
    CHECK_INT(l.st, OK);
    CHECK_STR(value(&l, "研发费用", 2023, 0), "100");
    CHECK_STR(value(&l, "营业收入", 2023 * 4, 0), "200000000");
    close_loading(&l);
    l = load_plain("编号,研发费用@2023(元),研发费用 (万元)@2022\nA,7,7\n");
    CHECK_STR(value(&l, "研发费用", 2023, 0), "7");
    CHECK_STR(value(&l, "研发费用", 2022, 0), "70000");
    close_loading(&l);
}

TEST(load_finds_the_year)
{
    struct loading l = load_plain("编号,研发费用,研发费用@2021\nA,2,1\n");
    CHECK_INT(l.period, 2021);
    CHECK(l.st == ERR_INPUT && count(&l, DIAG_DATA_COLUMN) == 1);
    CHECK_STR(value(&l, "研发费用", 2021, 0), "20000");
    close_loading(&l);
    l = load_plain("编号,研发费用,营业收入\nA,2,1\n");
    CHECK(l.period == 2023 && l.st == OK);
    CHECK_STR(value(&l, "研发费用", 2023, 0), "20000");
    CHECK_STR(value(&l, "营业收入", 2023 * 4 + 3, 0), "1");
    close_loading(&l);
    l = load_text("", "编号,研发费用\nA,2\n", (struct load_opts){.period = 2019});
    CHECK_INT(l.period, 2019);
    CHECK_STR(value(&l, "研发费用", 2019, 0), "20000");
    close_loading(&l);
}

TEST(load_reports_headers_that_do_not_suit)
{
    static const char *const bad_period[] = {
        "研发费用@2023Q1", "营业收入@2023",   "职工数@2023",   "研发费用@23",     "研发费用@202X",
        "营业收入@2023Q5", "营业收入@2023X1", "研发费用@1899", "营业收入@2023Q0", "研发费用@",
    };
    char csv[200];
    for (size_t i = 0; i < ARRAY_N(bad_period); i++) {
        CHECK(snprintf(csv, sizeof csv, "编号,%s\nA,2\n", bad_period[i]) > 0);
        struct loading l = load_plain(csv);
        CHECK(l.st == ERR_INPUT && count(&l, DIAG_DATA_PERIOD) == 1 && l.d->column_n == 0);
        close_loading(&l);
    }
    static const char *const bad_unit[] = {"研发费用(人)", "研发费用(无此单位)", "等级(万元)"};
    for (size_t i = 0; i < ARRAY_N(bad_unit); i++) {
        CHECK(snprintf(csv, sizeof csv, "编号,%s\nA,\n", bad_unit[i]) > 0);
        struct loading l = load_plain(csv);
        CHECK(l.st == ERR_INPUT && count(&l, DIAG_DATA_HEAD_UNIT) == 1);
        close_loading(&l);
    }
}

TEST(load_lists_columns_that_are_no_field_and_fields_without_column)
{
    struct loading l =
        load_plain("编号,联系人,研发费用,电话@2023@2024,人(数)(家),\nA,张三,3,12,9,\n");
    CHECK_INT(l.st, OK);
    CHECK_INT(count(&l, DIAG_DATA_EXTRA), 1);
    CHECK_INT(count(&l, DIAG_DATA_ABSENT), 1);
    for (size_t i = 0; i < l.ds.n; i++) {
        if (l.ds.at[i].code == DIAG_DATA_EXTRA)
            CHECK_STR(l.ds.at[i].arg[0], "联系人、电话@2023@2024、人(数)(家)");
        if (l.ds.at[i].code == DIAG_DATA_EXTRA)
            CHECK_STR(l.ds.at[i].arg[1], "3");
        if (l.ds.at[i].code == DIAG_DATA_ABSENT)
            CHECK_STR(l.ds.at[i].arg[0], "营业收入、职工数、等级、成立日期、地址(注册)、诚信");
    }
    close_loading(&l);
}

TEST(load_names_a_column_that_is_no_field_once_with_its_years)
{
    struct loading l = load_plain("编号,研发费用,境外收入@2022,境外收入@2023,境外收入@2024,电话\n");
    for (size_t i = 0; i < l.ds.n; i++)
        if (l.ds.at[i].code == DIAG_DATA_EXTRA)
            CHECK_STR(l.ds.at[i].arg[0], "境外收入@2022/2023/2024、电话");
    CHECK_INT(count(&l, DIAG_DATA_EXTRA), 1);
    close_loading(&l);
}

TEST(load_takes_labels_in_full_width_for_the_document_s)
{
    static const char more[] = "\n## 字段\n\n| 名称 | 类型 | 选项 |\n|---|---|---|\n"
                               "| 档 | 选项 | “甲；乙”; 丙（一） |\n\n";
    struct loading l = load_text(more, "编号,档\nA,甲；乙\nB,丙(一)\nC,丙（一）\nD,丙（二）\n",
                                 (struct load_opts){.period = 2023});
    CHECK_INT(count(&l, DIAG_DATA_CHOICE), 1);
    const struct column *c =
        dataset_find(l.d, (uint32_t)rule_find_field(l.r, S("档")), COL_NO_PERIOD);
    CHECK(c != NULL && column_value(c, 1) == column_value(c, 2) && !column_has(c, 3));
    close_loading(&l);
}

TEST(load_wants_a_header_with_some_field_in_it)
{
    struct loading l = load_plain("A,张三,3\nB,李四,4\n");
    CHECK(l.st == ERR_INPUT && count(&l, DIAG_DATA_HEAD) == 1);
    CHECK(count(&l, DIAG_DATA_EXTRA) == 0 && count(&l, DIAG_DATA_ABSENT) == 0);
    CHECK_STR(l.ds.at[0].arg[0], "A、张三、3");
    close_loading(&l);
    l = load_plain("");
    CHECK(count(&l, DIAG_DATA_EMPTY) == 1 && count(&l, DIAG_DATA_ABSENT) == 0);
    close_loading(&l);
}

TEST(load_asks_about_shares_that_are_all_below_one_percent)
{
    static const char more[] =
        "\n## 字段\n\n| 名称 | 类型 | 单位 |\n|---|---|---|\n| 占比 | 数 | % |\n";
    static const struct {
        const char *rows;
        size_t asked;
    } cases[] = {{"A,0.05\nB,0.12\nC,\n", 1},
                 {"A,0.05\nB,12\nC,0\n", 0},
                 {"A,-0.05\nB,0.12\nC,0\n", 0},
                 {"A,0\nB,0\nC,\n", 0},
                 {"A,0.05\nB,0.06\n", 0}};
    for (size_t i = 0; i < ARRAY_N(cases); i++) {
        char csv[200];
        CHECK(snprintf(csv, sizeof csv, "编号,占比\n%s", cases[i].rows) > 0);
        struct loading l = load_text(more, csv, (struct load_opts){.period = 2023});
        CHECK_INT(l.st, OK);
        CHECK_INT(count(&l, DIAG_DATA_PERCENT), cases[i].asked);
        close_loading(&l);
    }
}

TEST(load_tells_of_a_yearly_field_without_the_year_of_evaluation)
{
    struct load_opts o = {.period = 2023};
    struct loading l = load_text("", "编号,职工数,研发费用@2022\nA,4,3\n", o);
    for (size_t i = 0; i < l.ds.n; i++)
        if (l.ds.at[i].code == DIAG_DATA_ABSENT)
            CHECK(str_starts(l.ds.at[i].arg[0], S("研发费用@2023、")));
    CHECK_INT(count(&l, DIAG_DATA_ABSENT), 1);
    close_loading(&l);
}

TEST(load_cuts_a_long_list_between_characters)
{
    struct arena *tmp = arena_open();
    struct buf b;
    buf_init(&b, tmp, 100000);
    buf_add(&b, S("编号"));
    for (int i = 0; i < 300; i++)
        buf_fmt(&b, ",没有的列%d", i);
    buf_add(&b, S("\nA\n"));
    buf_char(&b, '\0');
    struct loading l = load_plain(buf_str(&b).p);
    CHECK(l.st == ERR_INPUT && count(&l, DIAG_DATA_SHAPE) == 1);
    for (size_t i = 0; i < l.ds.n; i++)
        if (l.ds.at[i].code == DIAG_DATA_EXTRA)
            CHECK(str_ends(l.ds.at[i].arg[0], S("…")) && l.ds.at[i].arg[0].n <= 2003);
    close_loading(&l);
    arena_close(tmp);
}

TEST(load_wants_ids_that_are_there_and_differ)
{
    struct loading l = load_plain("编号,职工数\nA,1\n,2\nB,3\n A ,4\n");
    CHECK_INT(l.st, ERR_INPUT);
    CHECK_INT(count(&l, DIAG_DATA_ID_EMPTY), 1);
    CHECK_INT(count(&l, DIAG_DATA_ID_SAME), 1);
    CHECK_INT(l.d->row_n, 4);
    CHECK_STR(value(&l, "职工数", COL_NO_PERIOD, 3), "4");
    const struct diag *last = &l.ds.at[l.ds.n - 1];
    CHECK_STR(last->arg[0], "A");
    CHECK_STR(last->arg[1], "2");
    CHECK_STR(last->arg[2], "5");
    close_loading(&l);
}

TEST(load_takes_id_and_name_from_the_columns_the_document_names)
{
    struct load_opts o = {.period = 2023};
    struct loading l =
        load_text("- 身份: 代码\n- 名称: 企业\n", "企业,职工数,代码\n甲公司,4,A1\n", o);
    CHECK_INT(l.st, OK);
    CHECK_STR(l.d->id[0], "A1");
    CHECK_STR(l.d->name[0], "甲公司");
    CHECK_INT(count(&l, DIAG_DATA_EXTRA), 0);
    close_loading(&l);
    l = load_text("- 身份: 代码\n", "企业,职工数\n甲公司,4\n", o);
    CHECK(l.st == ERR_INPUT && count(&l, DIAG_DATA_ID_COLUMN) == 1);
    CHECK_STR(l.d->id[0], "甲公司");
    close_loading(&l);
}

TEST(load_says_where_each_bad_cell_is)
{
    struct loading l = load_plain(
        "编号,职工数,等级,成立日期,诚信\nA,很多,高,,\nB,5000,最高,2020-13-01,也许\nC,7,低,,是\n");
    CHECK_INT(l.st, ERR_INPUT);
    CHECK_INT(count(&l, DIAG_DATA_NUMBER), 1);
    CHECK_INT(count(&l, DIAG_DATA_RANGE), 1);
    CHECK_INT(count(&l, DIAG_DATA_CHOICE), 1);
    CHECK_INT(count(&l, DIAG_DATA_DAY), 1);
    CHECK_INT(count(&l, DIAG_DATA_TRUTH), 1);
    CHECK_INT(count(&l, DIAG_DATA_CELL), 5);
    for (size_t i = 0; i + 1 < l.ds.n; i++)
        if (l.ds.at[i].code == DIAG_DATA_CHOICE) {
            const struct diag *where = &l.ds.at[i + 1];
            CHECK(where->code == DIAG_DATA_CELL && where->span.beg == l.ds.at[i].span.beg);
            CHECK_STR(where->arg[0], "3");
            CHECK_STR(where->arg[1], "B");
            CHECK_STR(where->arg[2], "等级");
        }
    CHECK_STR(value(&l, "职工数", COL_NO_PERIOD, 0), "-");
    CHECK_STR(value(&l, "职工数", COL_NO_PERIOD, 2), "7");
    close_loading(&l);
}

TEST(load_counts_repeated_warnings)
{
    struct loading l =
        load_plain("编号,研发费用(元)\nA,0.001\nB,0.001\nC,0.001\nD,0.001\nE,0.001\n");
    CHECK_INT(l.st, OK);
    CHECK_INT(count(&l, DIAG_DATA_PRECISION), 3);
    CHECK_INT(count(&l, DIAG_DATA_MORE), 1);
    CHECK_STR(l.ds.at[l.ds.n - 1].arg[1], "2");
    close_loading(&l);
}

TEST(load_wants_rows_as_wide_as_the_header)
{
    struct loading l = load_plain("编号,职工数\nA,1,\nB,2,3\nC\nD,4\n");
    CHECK_INT(l.st, ERR_INPUT);
    CHECK_INT(count(&l, DIAG_DATA_SHAPE), 2);
    CHECK_STR(value(&l, "职工数", COL_NO_PERIOD, 0), "1");
    CHECK_STR(value(&l, "职工数", COL_NO_PERIOD, 1), "-");
    CHECK_STR(value(&l, "职工数", COL_NO_PERIOD, 2), "-");
    CHECK_STR(value(&l, "职工数", COL_NO_PERIOD, 3), "4");
    close_loading(&l);
    l = load_text("- 身份: 代码\n", "职工数,等级,代码\n1\n", (struct load_opts){.period = 2023});
    CHECK(l.st == ERR_INPUT && count(&l, DIAG_DATA_SHAPE) == 1);
    CHECK_STR(l.d->id[0], "");
    close_loading(&l);
}

TEST(load_takes_no_more_rows_than_allowed)
{
    struct load_opts o = {.period = 2023, .rows_max = 2};
    struct loading l = load_text("", "编号,职工数\nA,1\nB,2\n", o);
    CHECK_INT(l.st, OK);
    close_loading(&l);
    l = load_text("", "编号,职工数\nA,1\nB,2\nC,3\n", o);
    CHECK(l.st == ERR_LIMIT && l.d == NULL && count(&l, DIAG_DATA_ROWS) == 1);
    close_loading(&l);
}

TEST(load_stops_at_a_quote_that_is_not_closed)
{
    struct loading l = load_plain("编号,职工数\nA,1\nB,\"2\nC,3\n");
    CHECK(l.st == ERR_INPUT && count(&l, DIAG_CSV_QUOTE) == 1);
    CHECK_INT(l.d->row_n, 1);
    close_loading(&l);
    l = load_plain("\"编号,职工数\nA,1\n");
    CHECK(l.st == ERR_INPUT && l.d->row_n == 0);
    close_loading(&l);
    l = load_plain("");
    CHECK(l.st == ERR_INPUT && count(&l, DIAG_DATA_EMPTY) == 1);
    close_loading(&l);
    l = load_plain("编号,职工数\n");
    CHECK(l.st == OK && l.d->row_n == 0);
    close_loading(&l);
}

TEST(load_sets_single_cells)
{
    struct loading l = load_plain("编号,研发费用,职工数,等级\nA,1,2,高\n");
    CHECK(load_set(l.d, l.r, 0, 2023, S("研发费用=320万元"), &l.ds) == OK);
    CHECK(load_set(l.d, l.r, 0, 2023, S(" 研发费用@2021 = 7 "), &l.ds) == OK);
    CHECK(load_set(l.d, l.r, 0, 2023, S("营业收入(亿元)=2"), &l.ds) == OK);
    CHECK(load_set(l.d, l.r, 0, 2023, S("职工数="), &l.ds) == OK);
    CHECK(load_set(l.d, l.r, 0, 2023, S("等级=低"), &l.ds) == OK);
    CHECK_STR(value(&l, "研发费用", 2023, 0), "3200000");
    CHECK_STR(value(&l, "研发费用", 2021, 0), "70000");
    CHECK_STR(value(&l, "营业收入", 2023 * 4 + 3, 0), "200000000");
    CHECK_STR(value(&l, "职工数", COL_NO_PERIOD, 0), "-");
    CHECK(load_set(l.d, l.r, 0, 2023, S("研发费用"), &l.ds) == ERR_INPUT);
    CHECK(load_set(l.d, l.r, 0, 2023, S("没有=3"), &l.ds) == ERR_INPUT);
    CHECK(load_set(l.d, l.r, 0, 2023, S("职工数@2023=3"), &l.ds) == ERR_INPUT);
    CHECK(load_set(l.d, l.r, 0, 2023, S("职工数=多"), &l.ds) == ERR_INPUT);
    CHECK_INT(count(&l, DIAG_DATA_ASSIGN), 1);
    CHECK_INT(count(&l, DIAG_DATA_FIELD), 1);
    CHECK_INT(count(&l, DIAG_DATA_PERIOD), 1);
    CHECK_INT(count(&l, DIAG_DATA_NUMBER), 1);
    close_loading(&l);
}

TEST(load_set_suggests_a_field)
{
    static const struct {
        const char *assignment, *near;
    } cases[] = {{"研发费=3", "研发费用"}, {"研发废用@2021=3", "研发费用"}, {"人均面积=3", ""}};
    struct loading l = load_plain("编号,职工数\nA,1\n");
    for (size_t i = 0; i < ARRAY_N(cases); i++) {
        CHECK(load_set(l.d, l.r, 0, 2023, str_of(cases[i].assignment), &l.ds) == ERR_INPUT);
        const struct diag *d = &l.ds.at[l.ds.n - 1];
        CHECK(d->code == DIAG_DATA_FIELD);
        CHECK_STR(d->arg[1], cases[i].near);
    }
    close_loading(&l);
}

TEST(load_makes_examples_a_population)
{
    struct loading l = open_rules("");
    CHECK(load_examples(l.arena, &l.d, l.r, 0, 2023, &l.ds) == OK);
    CHECK_INT(l.d->row_n, 2);
    CHECK_STR(l.d->id[0], "1");
    CHECK_STR(l.d->id[1], "2");
    CHECK_STR(l.d->name[0], "甲例");
    CHECK_STR(value(&l, "研发费用", 2021, 0), "100000");
    CHECK_STR(value(&l, "研发费用", 2022, 0), "none");
    CHECK_STR(value(&l, "研发费用", 2023, 0), "300000");
    CHECK_STR(value(&l, "研发费用", 2023, 1), "200000");
    CHECK_STR(value(&l, "营业收入", 2022 * 4, 0), "5");
    CHECK_STR(value(&l, "职工数", COL_NO_PERIOD, 1), "-");
    CHECK_STR(value(&l, "诚信", COL_NO_PERIOD, 0), "1");
    CHECK(load_examples(l.arena, &l.d, l.r, 9, 2023, &l.ds) == OK && l.d->row_n == 0);
    close_loading(&l);
}

TEST(load_reads_figures_beyond_64_bits_and_rows_of_every_kind)
{
    struct loading l = load_plain("编号,研发费用(元),职工数,等级\r\n"
                                  "A,99999999999999999999,7,高\r\n,,,\r\n"
                                  "B,\"1,000\",8,低\r\n\"C\",3,\"9\", 高\r\nD,4,10,高");
    CHECK(l.st == OK && l.d->row_n == 4);
    CHECK_STR(value(&l, "研发费用", 2023, 0), "99999999999999999999");
    CHECK_STR(value(&l, "研发费用", 2023, 1), "1000");
    CHECK_STR(value(&l, "研发费用", 2023, 2), "3");
    CHECK_STR(value(&l, "职工数", COL_NO_PERIOD, 2), "9");
    CHECK_STR(value(&l, "职工数", COL_NO_PERIOD, 3), "10");
    CHECK(str_eq(value(&l, "等级", COL_NO_PERIOD, 2), value(&l, "等级", COL_NO_PERIOD, 0)));
    close_loading(&l);
}
