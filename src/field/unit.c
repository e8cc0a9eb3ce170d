/* unit.c - the table of units. A search walks it: it is short, and units are looked up when rules
 * and headers are read, not for every row.
 */
#include "field/unit.h"

#include "base/buf.h"
#include "base/str.h"

#define BASE(d)                  \
    {                            \
        .exp = { [DIM_##d] = 1 } \
    }
#define NO_DIM       \
    {                \
        .exp = { 0 } \
    }

enum {
    MONEY = 2,    /* fen, cents */
    MEASURED = 4, /* counts too: 12.5 full-time persons */
    WORKING = -1,
};

/* Where several rows have one name, the first is found. The first row of a dimension is the one
 * that stands for it in dim_print. wan is 10^4 and yi 10^8, as everybody here says. */
static const struct unit units[] = {
    {"元", "yuan", BASE(YUAN), 1, 1, MONEY},
    {"千元", "k_yuan", BASE(YUAN), 1000, 1, MONEY},
    {"万元", "wan_yuan", BASE(YUAN), 10000, 1, MONEY},
    {"百万元", "m_yuan", BASE(YUAN), 1000000, 1, MONEY},
    {"千万元", "千万元", BASE(YUAN), 10000000, 1, MONEY},
    {"亿元", "yi_yuan", BASE(YUAN), 100000000, 1, MONEY},
    {"美元", "usd", BASE(USD), 1, 1, MONEY},
    {"千美元", "k_usd", BASE(USD), 1000, 1, MONEY},
    {"万美元", "wan_usd", BASE(USD), 10000, 1, MONEY},
    {"百万美元", "m_usd", BASE(USD), 1000000, 1, MONEY},
    {"亿美元", "yi_usd", BASE(USD), 100000000, 1, MONEY},
    {"人", "person", BASE(PERSON), 1, 1, MEASURED},
    {"人", "persons", BASE(PERSON), 1, 1, MEASURED},
    {"千人", "k_persons", BASE(PERSON), 1000, 1, MEASURED},
    {"万人", "wan_persons", BASE(PERSON), 10000, 1, MEASURED},
    {"人年", "person_years", {.exp = {[DIM_PERSON] = 1, [DIM_YEAR] = 1}}, 1, 1, MEASURED},
    {"项", "item", BASE(ITEM), 1, 1, MEASURED},
    {"项", "items", BASE(ITEM), 1, 1, MEASURED},
    {"件", "件", BASE(ITEM), 1, 1, MEASURED},
    {"个", "个", BASE(ITEM), 1, 1, MEASURED},
    {"次", "次", BASE(ITEM), 1, 1, MEASURED},
    {"场", "场", BASE(ITEM), 1, 1, MEASURED},
    {"台", "台", BASE(ITEM), 1, 1, MEASURED},
    {"套", "套", BASE(ITEM), 1, 1, MEASURED},
    {"台套", "台套", BASE(ITEM), 1, 1, MEASURED},
    {"篇", "篇", BASE(ITEM), 1, 1, MEASURED},
    {"万件", "万件", BASE(ITEM), 10000, 1, MEASURED},
    {"家", "firm", BASE(FIRM), 1, 1, MEASURED},
    {"家", "firms", BASE(FIRM), 1, 1, MEASURED},
    {"年", "year", BASE(YEAR), 1, 1, MEASURED},
    {"年", "years", BASE(YEAR), 1, 1, MEASURED},
    {"月", "month", BASE(MONTH), 1, 1, MEASURED},
    {"月", "months", BASE(MONTH), 1, 1, MEASURED},
    {"个月", "个月", BASE(MONTH), 1, 1, MEASURED},
    {"天", "day", BASE(DAY), 1, 1, MEASURED},
    {"天", "days", BASE(DAY), 1, 1, MEASURED},
    {"日", "日", BASE(DAY), 1, 1, MEASURED},
    {"小时", "hour", BASE(HOUR), 1, 1, MEASURED},
    {"小时", "hours", BASE(HOUR), 1, 1, MEASURED},
    {"㎡", "m2", BASE(M2), 1, 1, MEASURED},
    {"平方米", "m²", BASE(M2), 1, 1, MEASURED},
    {"万平方米", "万㎡", BASE(M2), 10000, 1, MEASURED},
    {"亩", "mu", BASE(M2), 2000, 3, MEASURED},
    {"公顷", "hectare", BASE(M2), 10000, 1, MEASURED},
    {"公顷", "hectares", BASE(M2), 10000, 1, MEASURED},
    {"平方公里", "km2", BASE(M2), 1000000, 1, MEASURED},
    {"平方千米", "km²", BASE(M2), 1000000, 1, MEASURED},
    {"吨", "tonne", BASE(TONNE), 1, 1, MEASURED},
    {"吨", "tonnes", BASE(TONNE), 1, 1, MEASURED},
    {"千吨", "kt", BASE(TONNE), 1000, 1, MEASURED},
    {"万吨", "wan_tonnes", BASE(TONNE), 10000, 1, MEASURED},
    {"吨标准煤", "tce", BASE(TCE), 1, 1, MEASURED},
    {"吨标煤", "吨标煤", BASE(TCE), 1, 1, MEASURED},
    {"万吨标准煤", "wan_tce", BASE(TCE), 10000, 1, MEASURED},
    {"万吨标煤", "万吨标煤", BASE(TCE), 10000, 1, MEASURED},
    {"千瓦时", "kWh", BASE(KWH), 1, 1, MEASURED},
    {"千瓦时", "kwh", BASE(KWH), 1, 1, MEASURED},
    {"万千瓦时", "wan_kWh", BASE(KWH), 10000, 1, MEASURED},
    {"亿千瓦时", "亿千瓦时", BASE(KWH), 100000000, 1, MEASURED},
    {"分", "point", NO_DIM, 1, 1, MEASURED},
    {"分", "points", NO_DIM, 1, 1, MEASURED},
    {"%", "percent", NO_DIM, 1, 100, WORKING},
    {"‰", "permille", NO_DIM, 1, 1000, WORKING},
    {"百分点", "pp", NO_DIM, 1, 100, WORKING},
    {"倍", "times", NO_DIM, 1, 1, WORKING},
};

const struct unit *unit_find(Str name)
{
    for (size_t i = 0; i < ARRAY_N(units); i++)
        if (str_eq(name, str_of(units[i].zh)) || str_eq(name, str_of(units[i].en)))
            return &units[i];
    return NULL;
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Bytes of `name` if `text` starts with it, else 0. An ASCII name must not run on: `dayshift` does
 * not start with a unit. Chinese has no such boundary. */
static size_t match(Str text, const char *name)
{
    Str s = str_of(name);
    bool runs_on = text.n > s.n && is_word(s.p[s.n - 1]) && is_word(text.p[s.n]);
    return str_starts(text, s) && !runs_on ? s.n : 0;
}

const struct unit *unit_prefix(Str text, size_t *len)
{
    const struct unit *best = NULL;
    *len = 0;
    for (size_t i = 0; i < ARRAY_N(units); i++) {
        size_t zh = match(text, units[i].zh), en = match(text, units[i].en);
        size_t n = zh > en ? zh : en;
        if (n > *len) {
            best = &units[i];
            *len = n;
        }
    }
    return best;
}

bool dim_eq(Dim a, Dim b)
{
    for (int i = 0; i < DIM_N; i++)
        if (a.exp[i] != b.exp[i])
            return false;
    return true;
}

bool dim_is_none(Dim d)
{
    return dim_eq(d, (Dim)NO_DIM);
}

/* a + sign * b. A product of a hundred factors is nonsense, but must not wrap into sense: the
 * exponent stops at the end of its range. */
static Dim combine(Dim a, Dim b, int sign)
{
    Dim out;
    for (int i = 0; i < DIM_N; i++) {
        int e = a.exp[i] + sign * b.exp[i];
        out.exp[i] = (int8_t)(e > INT8_MAX ? INT8_MAX : e < INT8_MIN ? INT8_MIN : e);
    }
    return out;
}

bool dim_is(Dim d, enum dim_base b)
{
    Dim one = {{0}};
    one.exp[b] = 1;
    return dim_eq(d, one);
}

bool dim_is_counted(Dim d)
{
    return dim_is(d, DIM_PERSON) || dim_is(d, DIM_ITEM) || dim_is(d, DIM_FIRM);
}

Dim dim_mul(Dim a, Dim b)
{
    return combine(a, b, 1);
}

Dim dim_div(Dim a, Dim b)
{
    return combine(a, b, -1);
}

/* The unit that stands for one base dimension. */
static const struct unit *base_unit(int base)
{
    Dim one = {.exp = {0}};
    one.exp[base] = 1;
    for (size_t i = 0; i < ARRAY_N(units); i++)
        if (dim_eq(units[i].dim, one))
            return &units[i];
    return NULL;
}

static void print_power(struct buf *b, int base, int power, bool english)
{
    const struct unit *u = base_unit(base);
    if (u == NULL)
        buf_char(b, '?');
    else
        buf_add(b, str_of(english ? u->en : u->zh));
    if (power > 1)
        buf_fmt(b, "^%d", power);
}

void dim_print(struct buf *b, Dim d, bool english)
{
    bool any = false;
    if (dim_is_none(d)) {
        buf_add(b, english ? S("no unit") : S("没有单位"));
        return;
    }
    for (int i = 0; i < DIM_N; i++) {
        if (d.exp[i] <= 0)
            continue;
        buf_add(b, any ? S("·") : S(""));
        print_power(b, i, d.exp[i], english);
        any = true;
    }
    if (!any)
        buf_char(b, '1');
    for (int i = 0; i < DIM_N; i++) {
        if (d.exp[i] >= 0)
            continue;
        buf_char(b, '/');
        print_power(b, i, -d.exp[i], english);
    }
}
