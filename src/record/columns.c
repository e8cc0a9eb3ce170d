/* columns.c - the head of a report: which field and period each cell of its lines is about. */
#include "base/decimal.h"
#include "record/record_int.h"

void record_show_column(struct buf *b, Str field, enum period_unit unit, int period)
{
    buf_add(b, field);
    if (unit != PERIOD_YEAR && unit != PERIOD_QUARTER)
        return;
    buf_char(b, '@');
    dec_print(b, unit == PERIOD_YEAR ? period : period / 4, 0);
    if (unit == PERIOD_QUARTER)
        buf_fmt(b, "Q%d", period % 4 + 1);
}

/* "2024", "2024Q3" */
static bool read_period(Str s, int *out)
{
    int year = 0;
    if (s.n != 4 && s.n != 6)
        return false;
    for (size_t i = 0; i < 4; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        year = year * 10 + (s.p[i] - '0');
    }
    if (s.n == 6 && (s.p[4] != 'Q' || s.p[5] < '1' || s.p[5] > '4'))
        return false;
    *out = s.n == 4 ? year : year * 4 + (s.p[5] - '1');
    return true;
}

bool columns_next(Str *rest, Str *field, int *period)
{
    if (rest->n == 0)
        return false;
    *field = str_cut(rest, '\t');
    *period = COL_NO_PERIOD;
    for (size_t at = field->n; at > 0; at--)
        if (field->p[at - 1] == '@') {
            if (read_period(str_sub(*field, at, field->n), period))
                field->n = at - 1;
            break;
        }
    return true;
}
