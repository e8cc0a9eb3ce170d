#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "field/unit.h"
#include "t.h"

static Dim dim(int base, int power)
{
    Dim d = {.exp = {0}};
    d.exp[base] = (int8_t)power;
    return d;
}

static bool is(const char *name, int base, int64_t num, int64_t den)
{
    const struct unit *u = unit_find(str_of(name));
    return u != NULL && dim_eq(u->dim, dim(base, 1)) && u->num == num && u->den == den;
}

static bool is_ratio(const char *name, int64_t num, int64_t den)
{
    const struct unit *u = unit_find(str_of(name));
    return u != NULL && dim_is_none(u->dim) && u->num == num && u->den == den;
}

TEST(unit_finds_money)
{
    CHECK(is("元", DIM_YUAN, 1, 1) && is("yuan", DIM_YUAN, 1, 1));
    CHECK(is("千元", DIM_YUAN, 1000, 1) && is("万元", DIM_YUAN, 10000, 1));
    CHECK(is("百万元", DIM_YUAN, 1000000, 1) && is("千万元", DIM_YUAN, 10000000, 1));
    CHECK(is("亿元", DIM_YUAN, 100000000, 1));
    CHECK(is("k_yuan", DIM_YUAN, 1000, 1) && is("wan_yuan", DIM_YUAN, 10000, 1));
    CHECK(is("美元", DIM_USD, 1, 1) && is("usd", DIM_USD, 1, 1));
    CHECK(is("万美元", DIM_USD, 10000, 1) && is("亿美元", DIM_USD, 100000000, 1));
    CHECK_INT(unit_find(S("万元"))->scale, 2);
}

TEST(unit_finds_counts_and_measures)
{
    CHECK(is("人", DIM_PERSON, 1, 1) && is("万人", DIM_PERSON, 10000, 1));
    static const char *const items[] = {"项", "件", "个", "次",   "场",
                                        "台", "套", "篇", "item", "items"};
    for (size_t i = 0; i < ARRAY_N(items); i++)
        CHECK(is(items[i], DIM_ITEM, 1, 1));
    CHECK(is("家", DIM_FIRM, 1, 1) && is("firms", DIM_FIRM, 1, 1));
    CHECK(is("年", DIM_YEAR, 1, 1) && is("years", DIM_YEAR, 1, 1));
    CHECK(is("月", DIM_MONTH, 1, 1) && is("个月", DIM_MONTH, 1, 1));
    CHECK(is("日", DIM_DAY, 1, 1) && is("天", DIM_DAY, 1, 1) && is("小时", DIM_HOUR, 1, 1));
    CHECK(is("㎡", DIM_M2, 1, 1) && is("平方米", DIM_M2, 1, 1) && is("m2", DIM_M2, 1, 1));
    CHECK(is("亩", DIM_M2, 2000, 3) && is("公顷", DIM_M2, 10000, 1));
    CHECK(is("平方公里", DIM_M2, 1000000, 1));
    CHECK(is("吨", DIM_TONNE, 1, 1) && is("万吨", DIM_TONNE, 10000, 1));
    CHECK(is("吨标准煤", DIM_TCE, 1, 1) && is("万吨标准煤", DIM_TCE, 10000, 1));
    CHECK(is("千瓦时", DIM_KWH, 1, 1) && is("万千瓦时", DIM_KWH, 10000, 1));
    Dim effort = unit_find(S("人年"))->dim;
    CHECK(dim_eq(effort, dim_mul(dim(DIM_PERSON, 1), dim(DIM_YEAR, 1))));
}

TEST(unit_finds_ratios)
{
    CHECK(is_ratio("%", 1, 100) && is_ratio("percent", 1, 100) && is_ratio("百分点", 1, 100));
    CHECK(is_ratio("‰", 1, 1000) && is_ratio("倍", 1, 1) && is_ratio("分", 1, 1));
    CHECK_INT(unit_find(S("%"))->scale, -1);
    CHECK_INT(unit_find(S("分"))->scale, 4);
}

TEST(unit_finds_nothing_else)
{
    static const char *const none[] = {"",     "万",  "元人", " 元", "元 ",
                                       "Yuan", "yua", "米",   "％",  "人均"};
    for (size_t i = 0; i < ARRAY_N(none); i++)
        CHECK(unit_find(str_of(none[i])) == NULL);
}

static bool starts(const char *text, const char *zh, size_t len)
{
    size_t got;
    const struct unit *u = unit_prefix(str_of(text), &got);
    return zh == NULL ? u == NULL && got == 0 : u != NULL && strcmp(u->zh, zh) == 0 && got == len;
}

TEST(unit_prefix_takes_the_longest)
{
    CHECK(starts("万元以上", "万元", 6));
    CHECK(starts("元", "元", 3));
    CHECK(starts("人年", "人年", 6) && starts("人均", "人", 3));
    CHECK(starts("个月内", "个月", 6) && starts("个", "个", 3));
    CHECK(starts("吨标准煤/万元", "吨标准煤", 12));
    CHECK(starts("百万元", "百万元", 9) && starts("百分点", "百分点", 9));
    CHECK(starts("%)", "%", 1));
    CHECK(starts("years", "年", 5) && starts("year 2", "年", 4));
    CHECK(starts("m2)", "㎡", 2));
}

TEST(unit_prefix_stops_at_words)
{
    CHECK(starts("", NULL, 0) && starts("以上", NULL, 0) && starts("万", NULL, 0));
    CHECK(starts("dayshift", NULL, 0) && starts("m23", NULL, 0) && starts("usd_x", NULL, 0));
    CHECK(starts("yearX", NULL, 0) && starts("kmh", NULL, 0));
    CHECK(starts("元a", "元", 3));
}

/* Every row of the table can be found by both its names, and means the same by either. */
TEST(unit_names_do_not_contradict)
{
    static const char *const names[] = {"元", "美元",     "人",     "项",   "家",
                                        "年", "月",       "天",     "小时", "㎡",
                                        "吨", "吨标准煤", "千瓦时", "分",   "%"};
    for (size_t i = 0; i < ARRAY_N(names); i++) {
        const struct unit *zh = unit_find(str_of(names[i])), *en = unit_find(str_of(zh->en));
        CHECK(en != NULL && dim_eq(zh->dim, en->dim) && zh->num == en->num && zh->den == en->den);
    }
}

TEST(dim_multiplies_and_divides)
{
    Dim yuan = dim(DIM_YUAN, 1), person = dim(DIM_PERSON, 1), none = {.exp = {0}};
    CHECK(dim_is_none(none) && !dim_is_none(yuan) && !dim_eq(yuan, person));
    CHECK(dim_is_none(dim_div(yuan, yuan)));
    CHECK(dim_eq(dim_mul(dim_div(yuan, person), person), yuan));
    CHECK(!dim_eq(dim_div(yuan, person), dim_div(person, yuan)));
}

/* 127 factors and one more: the exponent must not wrap round to something that compares equal. */
TEST(dim_exponents_stop_at_their_range)
{
    Dim d = {.exp = {0}}, yuan = dim(DIM_YUAN, 1);
    for (int i = 0; i < 300; i++)
        d = dim_mul(d, yuan);
    CHECK_INT(d.exp[DIM_YUAN], 127);
    for (int i = 0; i < 300; i++)
        d = dim_div(d, yuan);
    CHECK_INT(d.exp[DIM_YUAN], -128);
}

static bool prints(Dim d, const char *zh, const char *en)
{
    struct arena *a = arena_open();
    struct buf b, c;
    buf_init(&b, a, BUF_MAX);
    buf_init(&c, a, BUF_MAX);
    dim_print(&b, d, false);
    dim_print(&c, d, true);
    CHECK_STR(buf_str(&b), zh);
    CHECK_STR(buf_str(&c), en);
    bool same = str_eq(buf_str(&b), str_of(zh)) && str_eq(buf_str(&c), str_of(en));
    arena_close(a);
    return same;
}

TEST(dim_prints)
{
    Dim yuan = dim(DIM_YUAN, 1), person = dim(DIM_PERSON, 1), year = dim(DIM_YEAR, 1);
    CHECK(prints(dim_div(yuan, yuan), "没有单位", "no unit"));
    CHECK(prints(yuan, "元", "yuan"));
    CHECK(prints(dim_div(yuan, person), "元/人", "yuan/person"));
    CHECK(prints(dim_div(dim_div(yuan, person), year), "元/人/年", "yuan/person/year"));
    CHECK(prints(dim_mul(person, year), "人·年", "person·year"));
    CHECK(prints(dim_mul(yuan, yuan), "元^2", "yuan^2"));
    CHECK(prints(dim_div(dim_div(year, year), dim(DIM_M2, 2)), "1/㎡^2", "1/m2^2"));
    CHECK(prints(dim(DIM_SPARE_1, 1), "?", "?"));
}
