#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "field/unit.h"
#include "t.h"

enum { NONE = -1 };

static Dim dim(int base, int power)
{
    Dim d = {.exp = {0}};
    d.exp[base] = (int8_t)power;
    return d;
}

/* Every name there is, with what one of it comes to; names on one line mean the same. */
static const struct {
    int64_t num, den;
    const char *names; /* between blanks */
    int base, scale;
} row[] = {
    {1, 1, "元 yuan", DIM_YUAN, 2},
    {1000, 1, "千元 k_yuan", DIM_YUAN, 2},
    {10000, 1, "万元 wan_yuan", DIM_YUAN, 2},
    {1000000, 1, "百万元 m_yuan", DIM_YUAN, 2},
    {10000000, 1, "千万元", DIM_YUAN, 2},
    {100000000, 1, "亿元 yi_yuan", DIM_YUAN, 2},
    {1, 1, "美元 usd", DIM_USD, 2},
    {1000, 1, "千美元 k_usd", DIM_USD, 2},
    {10000, 1, "万美元 wan_usd", DIM_USD, 2},
    {1000000, 1, "百万美元 m_usd", DIM_USD, 2},
    {100000000, 1, "亿美元 yi_usd", DIM_USD, 2},
    {1, 1, "人 person persons", DIM_PERSON, 4},
    {1000, 1, "千人 k_persons", DIM_PERSON, 4},
    {10000, 1, "万人 wan_persons", DIM_PERSON, 4},
    {1, 1, "项 item items 件 个 次 场 台 套 台套 篇", DIM_ITEM, 4},
    {10000, 1, "万件", DIM_ITEM, 4},
    {1, 1, "家 firm firms", DIM_FIRM, 4},
    {1, 1, "年 year years", DIM_YEAR, 4},
    {1, 1, "月 month months 个月", DIM_MONTH, 4},
    {1, 1, "天 day days 日", DIM_DAY, 4},
    {1, 1, "小时 hour hours", DIM_HOUR, 4},
    {1, 1, "㎡ m2 平方米 m²", DIM_M2, 4},
    {10000, 1, "万平方米 万㎡ 公顷 hectare hectares", DIM_M2, 4},
    {2000, 3, "亩 mu", DIM_M2, 4},
    {1000000, 1, "平方公里 km2 平方千米 km²", DIM_M2, 4},
    {1, 1, "吨 tonne tonnes", DIM_TONNE, 4},
    {1000, 1, "千吨 kt", DIM_TONNE, 4},
    {10000, 1, "万吨 wan_tonnes", DIM_TONNE, 4},
    {1, 1, "吨标准煤 tce 吨标煤", DIM_TCE, 4},
    {10000, 1, "万吨标准煤 wan_tce 万吨标煤", DIM_TCE, 4},
    {1, 1, "千瓦时 kWh kwh", DIM_KWH, 4},
    {10000, 1, "万千瓦时 wan_kWh", DIM_KWH, 4},
    {100000000, 1, "亿千瓦时", DIM_KWH, 4},
    {1, 1, "分 point points", NONE, 4},
    {1, 100, "% percent 百分点 pp", NONE, -1},
    {1, 1000, "‰ permille", NONE, -1},
    {1, 1, "倍 times", NONE, -1},
};

TEST(unit_finds_every_name)
{
    int names = 0;
    for (size_t i = 0; i < ARRAY_N(row); i++) {
        Dim want = row[i].base == NONE ? (Dim){.exp = {0}} : dim(row[i].base, 1);
        for (Str rest = str_of(row[i].names); rest.n > 0; names++) {
            Str name = str_cut(&rest, ' ');
            size_t len;
            const struct unit *u = unit_find(name);
            CHECK(u != NULL && dim_eq(u->dim, want) && u->scale == row[i].scale);
            CHECK(u != NULL && u->num == row[i].num && u->den == row[i].den);
            CHECK(unit_prefix(name, &len) == u && len == name.n);
        }
    }
    CHECK_INT(names, 102);
    const struct unit *effort = unit_find(S("人年"));
    CHECK(dim_eq(effort->dim, dim_mul(dim(DIM_PERSON, 1), dim(DIM_YEAR, 1))));
    CHECK(effort->num == 1 && effort->den == 1 && effort->scale == 4);
    CHECK(unit_find(S("person_years")) == effort);
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
    for (const char *c = "09azAZ_"; *c != '\0'; c++)
        CHECK(starts((char[]){'d', 'a', 'y', *c, '\0'}, NULL, 0));
    for (const char *c = "/:@[`{ ."; *c != '\0'; c++)
        CHECK(starts((char[]){'d', 'a', 'y', *c, '\0'}, "天", 3));
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
