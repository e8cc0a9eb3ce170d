/* day.c - the civil calendar by integer arithmetic.
 *
 * Years are counted from 1 March, so that the leap day is the last of its year and the lengths of
 * months follow one linear formula (153 days for five months); 146097 days are 400 years.
 */
#include "base/day.h"

#include "base/buf.h"

enum { DAYS_400 = 146097, EPOCH = 719468 /* days from 0000-03-01 to 1970-01-01 */ };
enum { YEAR_MIN = 1, YEAR_MAX = 9999, MONTH_MIN = 12, MONTH_MAX = 12 * YEAR_MAX + 11 };

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool day_of(Day *out, int year, int month, int day)
{
    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1 ||
        day > month_days(year, month))
        return false;
    int y = month <= 2 ? year - 1 : year;
    int century4 = y / 400, of400 = y % 400;
    int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    *out = century4 * DAYS_400 + of400 * 365 + of400 / 4 - of400 / 100 + of_year - EPOCH;
    return true;
}

void day_split(Day d, int *year, int *month, int *day)
{
    ASSERT(d >= DAY_MIN && d <= DAY_MAX);
    int shifted = d + EPOCH;
    int century4 = shifted / DAYS_400, of400 = shifted % DAYS_400;
    int y = (of400 - of400 / 1460 + of400 / 36524 - of400 / (DAYS_400 - 1)) / 365;
    int of_year = of400 - (365 * y + y / 4 - y / 100);
    int m = (5 * of_year + 2) / 153;
    *day = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = y + century4 * 400 + (*month <= 2);
}

int day_year(Day d)
{
    int year, month, day;
    day_split(d, &year, &month, &day);
    return year;
}

/* Takes one to `most` ASCII digits off `*rest`; at least `least`. */
static bool take_number(Str *rest, size_t least, size_t most, int *out)
{
    size_t n = 0;
    int value = 0;
    while (n < rest->n && n < most && rest->p[n] >= '0' && rest->p[n] <= '9')
        value = value * 10 + (rest->p[n++] - '0');
    if (n < least)
        return false;
    *out = value;
    *rest = (Str){rest->p + n, rest->n - n};
    return true;
}

/* Takes `mark` off `*rest`. */
static bool take_mark(Str *rest, Str mark)
{
    if (rest->n < mark.n)
        return false;
    for (size_t i = 0; i < mark.n; i++)
        if (rest->p[i] != mark.p[i])
            return false;
    *rest = (Str){rest->p + mark.n, rest->n - mark.n};
    return true;
}

bool day_parse(Day *out, Str text)
{
    static const struct {
        Str year, month, day;
        size_t least; /* digits of month and day */
    } form[] = {
        {{"-", 1}, {"-", 1}, {"", 0}, 1}, {{"/", 1}, {"/", 1}, {"", 0}, 1},
        {{".", 1}, {".", 1}, {"", 0}, 1}, {{"年", 3}, {"月", 3}, {"日", 3}, 1},
        {{"", 0}, {"", 0}, {"", 0}, 2},
    };
    for (size_t i = 0; i < ARRAY_N(form); i++) {
        Str rest = text;
        int year, month, day;
        if (take_number(&rest, 4, 4, &year) && take_mark(&rest, form[i].year) &&
            take_number(&rest, form[i].least, 2, &month) && take_mark(&rest, form[i].month) &&
            take_number(&rest, form[i].least, 2, &day) && take_mark(&rest, form[i].day) &&
            rest.n == 0)
            return day_of(out, year, month, day);
    }
    return false;
}

Day day_add_months(Day d, int months)
{
    int year, month, day;
    day_split(d, &year, &month, &day);
    int64_t total = (int64_t)year * 12 + (month - 1) + months;
    if (total < MONTH_MIN)
        return DAY_MIN;
    if (total > MONTH_MAX)
        return DAY_MAX;
    year = (int)(total / 12);
    month = (int)(total % 12) + 1;
    int last = month_days(year, month);
    Day out;
    ASSERT(day_of(&out, year, month, day < last ? day : last));
    return out;
}

/* The anniversary of 29 February in a common year is the 28th, as day_add_months has it and as
 * article 202 of the Civil Code counts periods that end in a month without that day. */
int day_years_between(Day a, Day b)
{
    if (b < a)
        return -day_years_between(b, a);
    int years = day_year(b) - day_year(a);
    return day_add_months(a, years * 12) > b ? years - 1 : years;
}

static void put_digits(char *to, int n, int digits)
{
    for (; digits > 0; n /= 10)
        to[--digits] = (char)('0' + n % 10);
}

/* Without printf: for columns of days. */
void day_print(struct buf *b, Day d)
{
    int year, month, day;
    char text[] = "0000-00-00";
    day_split(d, &year, &month, &day);
    if (d < DAY_MIN || d > DAY_MAX) { /* of a store that somebody changed, perhaps */
        buf_fmt(b, "%d-%02d-%02d", year, month, day);
        return;
    }
    put_digits(text, year, 4);
    put_digits(text + 5, month, 2);
    put_digits(text + 8, day, 2);
    buf_add(b, (Str){text, sizeof text - 1});
}

Str day_str(struct arena *keep, Day d)
{
    struct buf b;
    buf_init(&b, keep, 16);
    day_print(&b, d);
    return buf_str(&b);
}
