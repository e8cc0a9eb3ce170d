#include "base/arena.h"
#include "base/str.h"
#include "run/workday.h"
#include "test/t.h"

static struct arena *a;
static struct diags ds;

static struct calendar *national(void)
{
    struct calendar *c;
    size_t n;
    char *text = t_read(t_source("packs/national/工作日历.csv"), &n);
    a = arena_open();
    diags_init(&ds, a);
    CHECK_INT(calendar_read(a, &c, arena_copy(a, (Str){text, n}), &ds), OK);
    t_release(text);
    return c;
}

static Day day(const char *z)
{
    Day d = 0;
    CHECK(day_parse(&d, str_of(z)));
    return d;
}

TEST(days_off_and_worked)
{
    struct calendar *c = national();
    CHECK_INT(calendar_day(c, day("2026-02-16")), WORKDAY_OFF);    /* a Monday, spring festival */
    CHECK_INT(calendar_day(c, day("2026-02-14")), WORKDAY_WORKED); /* a Saturday, worked */
    CHECK_INT(calendar_day(c, day("2026-11-22")), WORKDAY_OFF);    /* a Sunday */
    CHECK_INT(calendar_day(c, day("2026-11-23")), WORKDAY_WORKED);
    CHECK_INT(calendar_day(c, day("2027-03-01")), WORKDAY_UNKNOWN);
    arena_close(a);
}

TEST(notice_of_five_days)
{
    struct calendar *c = national();
    Day last;
    CHECK_INT(calendar_after(c, &last, day("2026-09-29"), 5, &ds), OK);
    CHECK_INT(last, day("2026-10-11") + 1); /* 30; 8 9 10 (worked); 12 */
    CHECK_INT(calendar_after(c, &last, day("2026-12-30"), 2, &ds), ERR_INPUT);
    CHECK_INT(ds.at[0].code, DIAG_WORKDAY_YEAR);
    CHECK_STR(ds.at[0].arg[0], "2027");
    CHECK_INT(calendar_after(c, &last, day("2026-12-30"), 2, NULL), ERR_INPUT);
    arena_close(a);
}

TEST(calendar_refuses)
{
    static const char *const BAD[] = {"d,k\nx,休\n", "d,k\n2026-01-01\n", "d,k\n2026-01-01,假\n",
                                      "d,k\n2026-01-02,休\n2026-01-01,休\n"};
    for (size_t i = 0; i < ARRAY_N(BAD); i++) {
        struct calendar *c;
        a = arena_open();
        diags_init(&ds, a);
        CHECK_INT(calendar_read(a, &c, str_of(BAD[i]), &ds), ERR_INPUT);
        CHECK_INT(ds.at[0].code, DIAG_WORKDAY_LINE);
        arena_close(a);
    }
}
