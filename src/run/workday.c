#include "run/workday.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"

enum { COLUMN_DAY, COLUMN_KIND, COLUMNS_MIN, DAYS_MAX = 100000 };

struct exception {
    Day day;
    bool worked;
};

struct calendar {
    struct exception *at; /* by day */
    size_t n, cap;
};

static enum status bad_line(const struct csv *r, struct diags *ds)
{
    Span span = r->cell_n > 0 ? r->cell[0].span : (Span){0, 0};
    return diag_add(ds, DIAG_WORKDAY_LINE, span, r->cell_n > 0 ? r->cell[0].text : S(""), NO_ARG,
                    NO_ARG);
}

static enum status read_line(struct arena *keep, struct calendar *c, const struct csv *r,
                             struct diags *ds)
{
    Day day;
    if (r->cell_n < COLUMNS_MIN || c->n == DAYS_MAX || !day_parse(&day, r->cell[COLUMN_DAY].text))
        return bad_line(r, ds);
    bool off = str_eq(r->cell[COLUMN_KIND].text, S("休"));
    bool worked = str_eq(r->cell[COLUMN_KIND].text, S("班"));
    if ((!off && !worked) || (c->n > 0 && c->at[c->n - 1].day >= day))
        return bad_line(r, ds);
    VEC_PUSH(keep, c->at, c->n, c->cap) = (struct exception){day, worked};
    return OK;
}

enum status calendar_read(struct arena *keep, struct calendar **out, Str csv, struct diags *ds)
{
    struct calendar *c = *out = ARENA_NEW(keep, struct calendar);
    struct csv r;
    csv_open(&r, keep, csv);
    TRY(csv_next(&r, ds)); /* the head */
    for (;;) {
        TRY(csv_next(&r, ds));
        if (r.cell_n == 0)
            return OK;
        TRY(read_line(keep, c, &r, ds));
    }
}

/* Index of the first line not before `day`. */
static size_t find(const struct calendar *c, Day day)
{
    size_t lo = 0, hi = c->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (c->at[mid].day < day)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool is_arranged(const struct calendar *c, int year)
{
    Day first;
    if (!day_of(&first, year, 1, 1))
        return false;
    size_t i = find(c, first);
    return i < c->n && day_year(c->at[i].day) == year;
}

/* 1970-01-01 was a Thursday. */
static bool is_weekend(Day day)
{
    int weekday = (int)(((int64_t)day % 7 + 7 + 3) % 7); /* 0: Monday */
    return weekday >= 5;
}

enum workday calendar_day(const struct calendar *c, Day day)
{
    if (!is_arranged(c, day_year(day)))
        return WORKDAY_UNKNOWN;
    size_t i = find(c, day);
    if (i < c->n && c->at[i].day == day)
        return c->at[i].worked ? WORKDAY_WORKED : WORKDAY_OFF;
    return is_weekend(day) ? WORKDAY_OFF : WORKDAY_WORKED;
}

enum status calendar_after(const struct calendar *c, Day *out, Day from, int n, struct diags *ds)
{
    ASSERT(n >= 1);
    for (Day day = from; n > 0 && day < DAY_MAX; *out = day) {
        enum workday is = calendar_day(c, ++day);
        if (is == WORKDAY_UNKNOWN)
            return diag_add(ds, DIAG_WORKDAY_YEAR, (Span){0, 0},
                            ds == NULL ? NO_ARG : arena_fmt(ds->arena, "%d", day_year(day)), NO_ARG,
                            NO_ARG);
        n -= is == WORKDAY_WORKED;
    }
    return OK;
}
