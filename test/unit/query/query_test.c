/* query_test.c - conditions, terms, names, counts. */
#include "test/unit/query/world.h"

static struct world w;

static void open_small(void)
{
    store_open(STORE_SQLITE);
    w = world_make(3, 4, false);
    world_report(500, "代码,企业名称,曾用名,区镇,链,状况,收入@2025,研发@2025,人数,高企,成立,电话\n"
                      "ZA1,张家港甲示例,旧甲,320582999,冶金,在业,100,5,10,是,2020-01-01,1\n"
                      "ZA2,乙,\"（丙）\",320582999,纺织,注销,100,4,20,否,2021-01-01,2\n"
                      "ZA3,甲,,320582999,化工,在业,,6,30,,2022-01-01,3\n"
                      "ZA4,丙丁,,320582999001,,,50,,5,是,,4\n");
    world_refresh(&w);
}

static void end_small(void)
{
    world_end(&w);
    store_end();
}

static const struct scope town = {.rule = SCOPE_LOCALITY,
                                  .locality = {"320582999", 9},
                                  .show = PROTECT_PERSONAL,
                                  .ask = PROTECT_PERSONAL};

static Str where(const char *text)
{
    return world_list(w.r, &town, &(struct query_ask){.where = str_of(text), .today = 20500}, "");
}

/* Subjects 121 to 124 are the four. */
TEST(query_conditions)
{
    open_small();
    CHECK_STR(where(""), "121 122 123 124");
    CHECK_STR(where("研发 / 收入 >= 5%"), "121");
    CHECK_STR(where("研发 / 收入 >= 5% 或 链 = 化工"), "121 123");
    CHECK_STR(where("链 在 (冶金; 纺织) 且 人数 > 10人"), "122");
    CHECK_STR(where("链 ≠ 冶金"), "122 123");
    CHECK_STR(where("缺(收入)"), "123");
    CHECK_STR(where("高企"), "121 124");
    CHECK_STR(where("非 高企"), "122");
    CHECK_STR(where("2020-06-01 < 成立 < 2021-06-01"), "122");
    CHECK_STR(where("开头(企业名称, \"张\", \"丙\")"), "121 124");
    CHECK_STR(where("代码 = \"ZA3\" 或 代码 = ZA1"), "121 123");
    CHECK_STR(where("名次(人数) = 1"), "123");
    CHECK_STR(where("链 ≠ 化工 且 名次(人数) = 2"), "122");
    CHECK_STR(where("名次(人数) = 2 且 百分位(人数) > 0"), "122");
    CHECK_STR(where("有研发"), "121 122 123");
    CHECK_STR(where("收入@2025 > 60万元"), "121 122");
    CHECK_STR(where("收入@2024 > 60万元"), "");
    end_small();
}

TEST(query_undecided_is_counted_apart)
{
    struct selection *s;
    open_small();
    struct query_ask ask = {.where = S("研发 / 收入 >= 5%"), .today = 20500};
    CHECK_INT(query_select(&town, w.r, &ask, store.a, &s, &store.ds), OK);
    struct query_counts n = query_counts(s);
    CHECK_INT(n.rows, 1);
    CHECK_INT(n.undecided, 2);
    CHECK_INT(n.scope, 4);
    ask.undecided = true;
    CHECK_STR(world_list(w.r, &town, &ask, ""), "123 124");
    ask.where = S("链 = 冶金 且 研发 > 0 且 收入 > 0"); /* one 不符 decides */
    CHECK_STR(world_list(w.r, &town, &ask, ""), "124");
    ask.where = S("名次(人数) = 1 且 名次(研发) = 1"); /* the last one's 研发 is not known */
    CHECK_STR(world_list(w.r, &town, &ask, ""), "");
    end_small();
}

static void check_fault(const char *text, const char *code, uint32_t beg)
{
    struct selection *s;
    struct diags ds;
    struct query_ask ask = {.where = str_of(text), .today = 20500};
    diags_init(&ds, store.a);
    CHECK(query_select(&town, w.r, &ask, store.a, &s, &ds) != OK);
    CHECK_INT(ds.n, 1);
    CHECK_STR(str_of(ds.n > 0 ? diag_info(ds.at[0].code)->mnemonic : ""), code);
    CHECK_INT(ds.n > 0 ? ds.at[0].span.beg : 0, beg);
}

TEST(query_faults_point_to_their_place)
{
    struct buf b;
    open_small();
    check_fault("收入 > 5人", "UNIT-MISMATCH", 9);
    check_fault("收如 > 5万元", "NAME-UNKNOWN", 0);
    check_fault("链 = 冶金 且", "EXPR-END", 16);
    check_fault("收入", "TYPE-MISMATCH", 0);
    check_fault("收入 > 5万元\n## 条件 x", "EXPR-CHAR", 16);
    check_fault("自然对数(自然对数(自然对数(自然对数(人数 / 1人)))) + 自然对数(人数 / 1人) "
                "+ 指数函数(人数 / 1人) + 指数函数(人数 / 1人) > 0",
                "QUERY-COST", 0);
    buf_init(&b, store.a, BUF_MAX);
    for (int i = 0; i < 300; i++)
        buf_fmt(&b, "%s高企", i == 0 ? "" : " 或 ");
    buf_char(&b, '\0');
    CHECK_STR(where(b.p), "121 124");
    for (int i = 0; i < 300; i++)
        b.p[b.n - 1] = ' ', buf_fmt(&b, " 或 高企");
    buf_char(&b, '\0');
    check_fault(b.p, "QUERY-LONG", 0);
    end_small();
}

/* Parts that are shared by what stands around them would take years to walk. */
TEST(query_cost_ends_walks)
{
    struct buf b;
    open_small();
    buf_init(&b, store.a, BUF_MAX);
    for (int i = 0; i < 12; i++)
        buf_fmt(&b, "如果 (");
    buf_fmt(&b, "人数 / 1人");
    for (int i = 0; i < 12; i++)
        buf_fmt(&b, ") 在 (1; 2; 3) 则 1 否则 2");
    buf_fmt(&b, " > 1");
    buf_char(&b, '\0');
    check_fault(b.p, "QUERY-COST", 0);
    end_small();
}

static Str term(const char *field, enum query_op op, const char *a, const char *b)
{
    Str value[] = {str_of(a == NULL ? "" : a), str_of(b == NULL ? "" : b)};
    struct query_term t = {str_of(field), op, value, (size_t)(a != NULL) + (b != NULL)};
    return world_list(w.r, &town, &(struct query_ask){.term = &t, .term_n = 1, .today = 20500}, "");
}

TEST(query_terms)
{
    open_small();
    CHECK_STR(term("收入", QUERY_EQ, "100", NULL), "121 122");
    CHECK_STR(term("收入", QUERY_LT, "0.01亿元", NULL), "124");
    CHECK_STR(term("收入@2025", QUERY_GE, "50", NULL), "121 122 124");
    CHECK_STR(term("人数", QUERY_BETWEEN, "10", "20"), "121 122");
    CHECK_STR(term("人数", QUERY_GT, "-5", NULL), "121 122 123 124");
    CHECK_STR(term("链", QUERY_IN, "冶金", "化工"), "121 123");
    CHECK_STR(term("链", QUERY_NE, "冶金", NULL), "122 123");
    CHECK_STR(term("链", QUERY_MISSING, NULL, NULL), "124");
    CHECK_STR(term("收入", QUERY_PRESENT, NULL, NULL), "121 122 124");
    CHECK_STR(term("高企", QUERY_EQ, "是", NULL), "121 124");
    CHECK_STR(term("高企", QUERY_NE, "是", NULL), "122");
    CHECK_STR(term("成立", QUERY_LE, "2021-01-01", NULL), "121 122");
    CHECK_STR(term("企业名称", QUERY_CONTAINS, "甲", NULL), "121 123");
    CHECK_STR(term("企业名称", QUERY_STARTS, "甲", NULL), "123");
    CHECK_STR(term("代码", QUERY_IN, "ZA2", "ZA9"), "122");
    CHECK_STR(term("代码", QUERY_CONTAINS, "A3", NULL), "123");
    end_small();
}

/* Values mean themselves, whatever stands in them. */
TEST(query_terms_are_no_expressions)
{
    open_small();
    world_report(501, "代码,企业名称\nZA5,\"甲\"\" 或 高企 = 是\"\nZA6,1 或 1 = 1\n");
    world_refresh(&w);
    struct scope all = everything;
    static const char *const name[] = {"甲\" 或 高企 = 是", "1 或 1 = 1"};
    static const char *const want[] = {"125", "126"};
    for (int i = 0; i < 2; i++) {
        Str value = str_of(name[i]);
        struct query_term t = {S("企业名称"), QUERY_EQ, &value, 1};
        CHECK_STR(
            world_list(w.r, &all, &(struct query_ask){.term = &t, .term_n = 1, .today = 20500}, ""),
            want[i]);
    }
    CHECK_STR(term("链", QUERY_EQ, "冶金\" 或 高企", NULL), "QUERY-VALUE");
    CHECK_STR(term("收入", QUERY_EQ, "100 或 1", NULL), "QUERY-VALUE");
    CHECK_STR(term("收入) 或 (高企", QUERY_EQ, "1", NULL), "QUERY-FIELD");
    CHECK_STR(term("收入", QUERY_EQ, "", NULL), "QUERY-VALUE");
    CHECK_STR(term("收入", QUERY_EQ, "100", "100"), "QUERY-VALUES");
    CHECK_STR(term("收入", QUERY_MISSING, "100", NULL), "QUERY-VALUES");
    CHECK_STR(term("收入", QUERY_CONTAINS, "1", NULL), "QUERY-OP");
    CHECK_STR(term("链", QUERY_LT, "冶金", NULL), "QUERY-OP");
    end_small();
}

/* The same asked in two ways. */
TEST(query_terms_as_conditions)
{
    static const struct {
        const char *field;
        enum query_op op;
        const char *value, *where;
    } pair[] = {
        {"收入", QUERY_GT, "2000", "收入 > 2000万元"},
        {"研发@2024", QUERY_LE, "20", "研发@2024 <= 20万元"},
        {"链", QUERY_EQ, "纺织", "链 = 纺织"},
        {"人数", QUERY_NE, "3", "人数 ≠ 3人"},
        {"高企", QUERY_EQ, "否", "非 高企"},
        {"成立", QUERY_GE, "2020-12-31", "成立 >= 2020-12-31"},
        {"电话", QUERY_STARTS, "1380", "开头(电话, \"1380\")"},
        {"产值@2025Q1", QUERY_MISSING, NULL, "缺(产值)"},
    };
    open_small();
    for (size_t i = 0; i < ARRAY_N(pair); i++) {
        Str value = str_of(pair[i].value == NULL ? "" : pair[i].value);
        struct query_term t = {str_of(pair[i].field), pair[i].op, &value, pair[i].value != NULL};
        struct query_ask a = {.term = &t, .term_n = 1, .today = 20500};
        struct query_ask b = {.where = str_of(pair[i].where), .today = 20500};
        for (int k = 0; k < 2; k++, a.undecided = b.undecided = true) {
            Str got = world_list(w.r, &everything, &a, "收入,-人数");
            CHECK(got.n > 10 || pair[i].op == QUERY_MISSING || pair[i].op == QUERY_STARTS);
            CHECK(k == 1 || pair[i].op == QUERY_MISSING ||
                  str_eq(got, world_list(w.r, &everything, &b, "收入,-人数")));
        }
    }
    end_small();
}

static Str find(const char *q, const char *sort)
{
    return world_list(w.r, &town, &(struct query_ask){.q = str_of(q), .today = 20500}, sort);
}

TEST(query_names)
{
    open_small();
    CHECK_STR(find("甲", ""), "123 121"); /* the whole name, then inside one */
    CHECK_STR(find("丙", ""), "122 124"); /* a former name, then a beginning */
    CHECK_STR(find("za", "-代码"), "124 123 122 121");
    CHECK_STR(find("ＺＡ２", ""), "122");
    CHECK_STR(find("張家港", ""), "121");
    CHECK_STR(find("甲 示例", ""), "121");
    CHECK_STR(find("(", ""), "");
    CHECK_STR(find("示例旧甲", ""), ""); /* not across two names */
    struct scope s = town;
    static const Str only[] = {{"企业名称", 12}};
    s.field = only;
    s.field_n = 1;
    CHECK_STR(world_list(w.r, &s, &(struct query_ask){.q = S("丙")}, ""), "124");
    end_small();
}

TEST(query_sorts)
{
    struct query_ask all = {.today = 20500};
    open_small();
    CHECK_STR(world_list(w.r, &town, &all, "收入"), "124 121 122 123");
    CHECK_STR(world_list(w.r, &town, &all, "-收入"), "121 122 124 123"); /* missing last */
    CHECK_STR(world_list(w.r, &town, &all, "-收入,研发"), "122 121 124 123");
    CHECK_STR(world_list(w.r, &town, &all, "链"), "121 122 123 124"); /* as the document has them */
    CHECK_STR(world_list(w.r, &town, &all, "-链"), "123 122 121 124");
    CHECK_STR(world_list(w.r, &town, &all, "高企,-代码"), "122 124 121 123");
    CHECK_STR(world_list(w.r, &town, &all, "没有"), "QUERY-FIELD");
    CHECK_STR(world_list(w.r, &town, &all, "收入,研发,链,人数,高企,成立"), "QUERY-LONG");
    end_small();
}

TEST(query_counts_values)
{
    struct selection *s;
    struct query_facet f;
    struct query_spread sp;
    open_small();
    CHECK_INT(query_select(&town, w.r, &(struct query_ask){.today = 20500}, store.a, &s, &store.ds),
              OK);
    CHECK_INT(query_facet(s, S("链"), store.a, &f, &store.ds), OK);
    CHECK_INT(f.n, 4);
    CHECK_STR(f.count[1].value, "纺织");
    CHECK_INT(f.count[1].n, 1);
    CHECK_INT(f.count[3].value.n, 0);
    CHECK_INT(f.count[3].n, 1);
    CHECK_INT(query_facet(s, S("区镇"), store.a, &f, &store.ds), OK);
    CHECK_INT(f.n, 2); /* of other towns nothing */
    CHECK_STR(f.count[0].value, "320582999");
    CHECK_INT(f.count[0].n, 3);
    CHECK_INT(query_facet(s, S("高企"), store.a, &f, &store.ds), OK);
    CHECK_INT(f.n, 3);
    CHECK_INT(query_spread(s, S("人数"), 2, store.a, &sp, &store.ds), OK);
    CHECK_INT(sp.n, 4);
    CHECK_INT(sp.missing, 0);
    CHECK_INT(sp.quantile[2], 15 * wide_pow10(sp.scale));
    CHECK_INT(sp.quantile[0] * 10, 65 * wide_pow10(sp.scale));
    CHECK_INT(sp.bin[0], 2);
    CHECK_INT(sp.bin[1], 2);
    CHECK_INT(query_facet(s, S("人数"), store.a, &f, &store.ds), ERR_INPUT);
    CHECK_INT(query_spread(s, S("链"), 2, store.a, &sp, &store.ds), ERR_INPUT);
    end_small();
}

TEST(query_peers_tell_of_nobody)
{
    struct query_peers p;
    static const int64_t mine[] = {121};
    struct scope own = {.rule = SCOPE_SUBJECTS,
                        .subject = mine,
                        .subject_n = 1,
                        .show = PROTECT_SENSITIVE,
                        .ask = PROTECT_SENSITIVE};
    Str by[] = {S("区镇")};
    open_small();
    struct query_peers_ask ask = {.subject = 121, .field = S("研发")};
    CHECK_INT(query_peers(&own, w.r, &ask, &p, &store.ds), OK);
    CHECK(p.told && p.has_own && p.n > 50);
    CHECK_INT(p.own, 50000 * wide_pow10(p.scale));
    CHECK(p.at.below_e2 <= 10);
    ask.by = by; /* four of them */
    ask.by_n = 1;
    CHECK_INT(query_peers(&own, w.r, &ask, &p, &store.ds), OK);
    CHECK(!p.told);
    CHECK_INT(p.n, 0);
    CHECK_INT(p.at.quantile[2], 0);
    ask.subject = 122;
    CHECK_INT(query_peers(&own, w.r, &ask, &p, &store.ds), ERR_GONE);
    ask.subject = 121;
    ask.field = S("电话");
    CHECK_INT(query_peers(&own, w.r, &ask, &p, &store.ds), ERR_INPUT);
    end_small();
}

TEST(query_words)
{
    enum query_op op;
    for (int i = 0; i < QUERY_OP_N; i++)
        CHECK(query_op_read(&op, str_of(query_op_word((enum query_op)i))) && (int)op == i);
    CHECK(!query_op_read(&op, S("like")));
}
