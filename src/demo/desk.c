/* desk.c - one act after the other, three minutes apart, each in a transaction. */
#include "base/moment.h"
#include "db/db.h"
#include "demo/demo_int.h"

Day demo_weekday(Day d)
{
    enum { WEEK = 7, THURSDAY = 4, SATURDAY = 6 };
    while ((d + THURSDAY) % WEEK == 0 || (d + THURSDAY) % WEEK == SATURDAY)
        d++; /* 1970-01-01 was a Thursday */
    return d;
}

Day demo_day(int year, int month, int day)
{
    Day d;
    bool made = day_of(&d, year, month, day);
    ASSERT(made);
    return demo_weekday(d);
}

enum status demo_begin(struct demo *d, Day day)
{
    enum { NINE_O_CLOCK = 9 * 3600, APART = 180 };
    ASSERT(day >= d->today && d->tmp == NULL);
    d->of_day = day == d->today ? d->of_day + 1 : 0;
    d->today = day;
    d->tmp = arena_open();
    TRY(db_begin(d->conn));
    int64_t at = moment_of_day(day, ZONE_CHINA) +
                 (NINE_O_CLOCK + (int64_t)d->of_day * APART) * MOMENT_SECOND;
    return act_begin(&d->act, d->conn, d->tmp, d->county, at);
}

enum status demo_commit(struct demo *d, Str actor, Str verb, Str object, Str body)
{
    TRY(act_end(&d->act, &(struct act_words){actor, verb, object, body}));
    TRY(db_commit(d->conn));
    arena_close(d->tmp);
    d->tmp = NULL;
    d->n.acts++;
    return OK;
}
