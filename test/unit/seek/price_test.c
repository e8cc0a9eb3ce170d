#include "help/eval_help.h"
#include "seek/seek.h"

static void check_bad(const char *text, uint32_t beg, const char *says)
{
    struct scored s = score_body("## 指标 w\n- 式: x\n", "x=1");
    struct seek_price *p = NULL;
    struct seek_fault f;
    CHECK(seek_prices_read(s.arena, &p, s.r, str_of(text), LANG_EN, &f) == ERR_INPUT);
    CHECK_STR(f.text, says);
    CHECK_INT(f.span.beg, beg);
    CHECK(seek_prices_read(s.arena, &p, s.r, str_of(text), LANG_ZH, &f) == ERR_INPUT &&
          f.text.n > 0);
    unscore(&s);
}

TEST(prices_are_read)
{
    struct scored s = score_body("## 指标 w\n- 式: x\n", "x=1");
    struct seek_price *p = NULL;
    struct seek_fault f;
    Str text = S("字段,单位成本,最多\nx,2.5,10\ny,,\na,3,\n");
    CHECK(seek_prices_read(s.arena, &p, s.r, text, LANG_ZH, &f) == OK);
    const struct seek_price *x = &p[rule_find_field(s.r, S("x"))];
    CHECK(x->listed && x->priced && x->cost == 25 && x->scale == 1 && x->has_most);
    CHECK(x->most == 10 * wide_pow10(s.r->field[rule_find_field(s.r, S("x"))].type.scale));
    CHECK(p[rule_find_field(s.r, S("y"))].listed && !p[rule_find_field(s.r, S("y"))].priced);
    CHECK(p[rule_find_field(s.r, S("a"))].priced && !p[rule_find_field(s.r, S("b"))].listed);
    unscore(&s);
}

TEST(prices_that_are_none_say_why)
{
    check_bad("", 0, "the file is empty; the first line is field,cost,most");
    check_bad("field,price\n", 6, "column “price” is not field, cost or most, or stands twice");
    check_bad("field,field\n", 6, "column “field” is not field, cost or most, or stands twice");
    check_bad("field,most\n", 0, "the header lacks column “cost”");
    check_bad("field,cost\nxx,1\n", 11, "there is no field “xx”; did you mean x");
    check_bad("field,cost\nx,-1\n", 13,
              "cost “-1” is a number of zero or more; empty means not at any price");
    check_bad("field,cost\nx,1\nx,2\n", 15, "“x” stands twice");
    check_bad("field,cost\ns,1\n", 11, "“s” is no number, yes or no, or choice; it stays");
    check_bad("field,cost,most\na,1,2\n", 20, "“a” is no number; leave most empty");
    check_bad("field,cost,most\nx,1,-2\n", 20, "most cannot be negative");
}
