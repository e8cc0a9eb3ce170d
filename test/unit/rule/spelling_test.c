/* The spellings of expressions that people's keyboards and word processors make. */
#include "help/rule_help.h"
#include "t.h"

static bool reads(const char *text, const char *want)
{
    struct arena *a = arena_open();
    Str got = show_text(a, text);
    bool same = str_eq(got, str_of(want));
    if (!same)
        t_check_text(__FILE__, __LINE__, text, got.p, got.n, want);
    arena_close(a);
    return same;
}

TEST(signs_have_typographic_twins)
{
    CHECK(reads("a ≦ b", "(<= a b)"));
    CHECK(reads("a ≧ b", "(>= a b)"));
    CHECK(reads("a × b ÷ c", "(/ (* a b) c)"));
    CHECK(reads("a − b – c", "(- (- a b) c)"));
    CHECK(reads("1∼2", "(range 1 2)"));
    CHECK(reads("1〜2", "(range 1 2)"));
    CHECK(reads("ａ＞＝ｂ", "(>= a b)"));
    CHECK(reads("a\t+\xC2\xA0"
                "b",
                "(+ a b)"));
}

TEST(quotes_close_in_either_form)
{
    CHECK(reads("\"高”", "\"高\""));
    CHECK(reads("“高\"", "\"高\""));
    CHECK(reads("“高“", "!TEXT-OPEN"));
    CHECK(reads("\"\"", "\"\""));
}

TEST(strange_signs_are_named)
{
    CHECK(reads("a ! b", "!EXPR-CHAR"));
    CHECK(reads("a § b", "!EXPR-CHAR"));
    CHECK(reads("a + .", "!EXPR-CHAR"));
    CHECK(reads("a + .b", "!NUMBER-BAD"));
}

/* A unit starts with a letter or is a sign; a second number is neither. */
TEST(numbers_do_not_follow_numbers)
{
    CHECK(reads("30㎡", "30"));
    CHECK(reads("1 2", "!EXPR-EXPECT"));
    CHECK(reads("1 23", "!EXPR-EXPECT"));
}

/* What cannot be held exactly is refused, not cut. */
TEST(numbers_are_exact_or_refused)
{
    static char long_number[400];
    for (size_t i = 0; i + 1 < sizeof long_number; i++)
        long_number[i] = '0';
    CHECK(reads(long_number, "!NUMBER-BAD"));
    CHECK(reads("0.000000000000000000000001", "0.000000000000000000000001"));
    CHECK(reads("0.000000000000000000000001%", "!EXPR-EXPECT"));
    CHECK(reads("0.0000000000000000000000001", "!NUMBER-BAD"));
}

TEST(days_have_four_two_and_two_digits)
{
    CHECK(reads("２０２６－０４－０１", "2026-04-01"));
    CHECK(reads("20260-04-01", "(- (- 20260 4) 1)"));
    CHECK(reads("2026-004-01", "(- (- 2026 4) 1)"));
    CHECK(reads("2026年4月1", "!UNIT-UNKNOWN"));
}
