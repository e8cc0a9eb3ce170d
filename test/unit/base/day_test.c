#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/str.h"
#include "t.h"

static Day day(int y, int m, int d)
{
    Day out = 0;
    CHECK(day_of(&out, y, m, d));
    return out;
}

/* Walks every day of ten thousand years with the rules of a school calendar. */
TEST(day_counts_every_day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    Day expected = DAY_MIN;
    for (int y = 1; y <= 9999; y++) {
        bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
        for (int m = 1; m <= 12; m++) {
            int last = days[m - 1] + (m == 2 && leap);
            Day out;
            for (int d = 1; d <= last; d++, expected++) {
                int yy, mm, dd;
                if (!day_of(&out, y, m, d) || out != expected) {
                    t_fail(__FILE__, __LINE__, "day_of");
                    return;
                }
                day_split(out, &yy, &mm, &dd);
                if (yy != y || mm != m || dd != d) {
                    t_fail(__FILE__, __LINE__, "day_split");
                    return;
                }
            }
            CHECK(!day_of(&out, y, m, last + 1) && !day_of(&out, y, m, 0));
        }
    }
    CHECK_INT(expected, DAY_MAX + 1);
    CHECK_INT(day(1970, 1, 1), 0);
    CHECK_INT(day(2000, 3, 1), 11017);
    CHECK_INT(day_year(day(2026, 12, 31)), 2026);
}

TEST(day_refuses_what_is_not_a_date)
{
    Day out;
    CHECK(!day_of(&out, 0, 1, 1) && !day_of(&out, 10000, 1, 1));
    CHECK(!day_of(&out, 2026, 0, 1) && !day_of(&out, 2026, 13, 1) && !day_of(&out, 2026, 2, 29));
    CHECK(!day_of(&out, 1900, 2, 29) && day_of(&out, 2000, 2, 29));
}

TEST(day_reads_five_forms)
{
    static const char *const good[] = {"2026-04-01", "2026-4-1",     "2026/4/1",      "2026/04/01",
                                       "2026.4.1",   "2026年4月1日", "2026年04月1日", "20260401"};
    static const char *const bad[] = {
        "",          "2026",         "2026-04",       "2026-04-",  "26-4-1",      "202-4-1",
        "2026-4/1",  "2026年4月1",   "2026年4月1日 ", " 2026-4-1", "2026-04-011", "2026-004-01",
        "2026041",   "202604011",    "2026-2-30",     "2026-13-1", "2026-4-1T",   "2026-0-1",
        "-2026-4-1", "２０２６-4-1", "2026年4月1号",  "2026--4-1", "2026.4",      "20260432",
        "2026年"};
    Day out = 0;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CHECK(day_parse(&out, str_of(good[i])) && out == day(2026, 4, 1));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(!day_parse(&out, str_of(bad[i])));
}

TEST(day_adds_months_to_the_last_day)
{
    CHECK_INT(day_add_months(day(2026, 1, 31), 1), day(2026, 2, 28));
    CHECK_INT(day_add_months(day(2024, 1, 31), 1), day(2024, 2, 29));
    CHECK_INT(day_add_months(day(2026, 3, 31), -1), day(2026, 2, 28));
    CHECK_INT(day_add_months(day(2026, 4, 30), 1), day(2026, 5, 30));
    CHECK_INT(day_add_months(day(2026, 12, 15), 1), day(2027, 1, 15));
    CHECK_INT(day_add_months(day(2026, 1, 15), -13), day(2024, 12, 15));
    CHECK_INT(day_add_months(day(9999, 11, 30), 1), day(9999, 12, 30));
    CHECK_INT(day_add_months(day(1, 2, 3), -1), day(1, 1, 3));
    CHECK_INT(day_add_months(day(9999, 12, 1), 1), DAY_MAX);
    CHECK_INT(day_add_months(day(1, 1, 2), -1), DAY_MIN);
    CHECK_INT(day_add_months(day(2026, 1, 1), INT32_MAX), DAY_MAX);
    CHECK_INT(day_add_months(day(2026, 1, 1), INT32_MIN), DAY_MIN);
}

TEST(day_counts_years_passed)
{
    CHECK_INT(day_years_between(day(2016, 5, 20), day(2026, 5, 19)), 9);
    CHECK_INT(day_years_between(day(2016, 5, 20), day(2026, 5, 20)), 10);
    CHECK_INT(day_years_between(day(2026, 5, 20), day(2016, 5, 20)), -10);
    CHECK_INT(day_years_between(day(2026, 5, 20), day(2016, 5, 21)), -9);
    CHECK_INT(day_years_between(day(2026, 5, 20), day(2026, 5, 20)), 0);
    CHECK_INT(day_years_between(day(2020, 2, 29), day(2025, 2, 28)), 5);
    CHECK_INT(day_years_between(day(2020, 2, 29), day(2025, 2, 27)), 4);
    CHECK_INT(day_years_between(DAY_MIN, DAY_MAX), 9998);
}

TEST(day_prints)
{
    struct arena *a = arena_open();
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    day_print(&b, day(2026, 4, 1));
    buf_char(&b, ' ');
    day_print(&b, DAY_MIN);
    buf_char(&b, ' ');
    day_print(&b, DAY_MAX);
    CHECK_STR(buf_str(&b), "2026-04-01 0001-01-01 9999-12-31");
    arena_close(a);
}

static void too_late(void *unused)
{
    (void)unused;
    (void)day_year(DAY_MAX + 1);
}

static void too_early(void *unused)
{
    (void)unused;
    (void)day_year(DAY_MIN - 1);
}

TEST(day_split_stops_outside_the_calendar)
{
    CHECK(t_dies(too_late, NULL));
    CHECK(t_dies(too_early, NULL));
}
