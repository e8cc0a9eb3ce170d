#include "load/head.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "col/dataset.h"
#include "rule/lex.h"

enum { YEAR_DIGITS = 4, YEAR_MIN = 1900 };

/* "2023", "2024Q3" */
static bool read_period(struct head *h, Str s)
{
    if (s.n != YEAR_DIGITS && s.n != YEAR_DIGITS + 2)
        return false;
    int year = 0;
    for (size_t i = 0; i < YEAR_DIGITS; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        year = year * 10 + (s.p[i] - '0');
    }
    h->quarter = 0;
    if (s.n > YEAR_DIGITS) {
        char q = s.p[YEAR_DIGITS], n = s.p[YEAR_DIGITS + 1];
        if ((q != 'Q' && q != 'q') || n < '1' || n > '4')
            return false;
        h->quarter = n - '0';
    }
    h->year = year;
    return year >= YEAR_MIN;
}

/* Cuts `(unit)` or `@period` off the end of h->name; false: neither is there. */
static bool cut_suffix(struct head *h, Str *unit, Str *period)
{
    char mark = str_ends(h->name, S(")")) ? '(' : '@';
    size_t at = h->name.n;
    while (at > 0 && h->name.p[at - 1] != mark)
        at--;
    if (at == 0)
        return false;
    Str inside = str_trim(str_sub(h->name, at, h->name.n - (mark == '(')));
    Str *to = mark == '(' ? unit : period;
    if (to->p != NULL)
        return false; /* twice */
    *to = inside;
    h->name = str_trim(str_sub(h->name, 0, at - 1));
    return true;
}

static enum status check_period(struct head *h, Str period, struct diags *ds)
{
    const enum period_unit unit = h->as.period;
    if (period.p == NULL)
        return OK;
    h->has_year = read_period(h, period);
    bool fits = h->has_year && (unit == PERIOD_YEAR      ? h->quarter == 0
                                : unit == PERIOD_QUARTER ? h->quarter > 0
                                                         : false);
    return fits ? OK : diag_add(ds, DIAG_DATA_PERIOD, h->span, h->text, period, NO_ARG);
}

static enum status check_unit(struct head *h, Str name, struct diags *ds)
{
    if (name.p == NULL)
        return OK;
    const struct unit *u = unit_find(name);
    if (u == NULL || h->as.ftype != FIELD_NUM || !dim_eq(u->dim, h->as.type.dim))
        return diag_add(ds, DIAG_DATA_HEAD_UNIT, h->span, h->text, name, NO_ARG);
    h->as.unit = u;
    return OK;
}

enum status head_read(struct arena *a, struct head *h, const struct rules *r, Str text, Span span,
                      struct diags *ds)
{
    Str unit = {NULL, 0}, period = {NULL, 0};
    *h = (struct head){.text = text, .span = span, .column = SIZE_MAX};
    h->name = name_fold(a, text);
    Str whole = h->name;
    h->field = rule_find_field(r, h->name);
    while (h->field < 0 && cut_suffix(h, &unit, &period))
        h->field = rule_find_field(r, h->name);
    if (h->field < 0) {
        h->name = whole;
        return OK;
    }
    h->as = r->field[h->field];
    int32_t field = h->field;
    h->field = -1;
    TRY(check_period(h, period, ds));
    TRY(check_unit(h, unit, ds));
    h->field = field;
    return OK;
}

int head_key(const struct head *h, int period)
{
    if (h->as.period == PERIOD_NONE)
        return COL_NO_PERIOD;
    int year = h->has_year ? h->year : period;
    if (h->as.period == PERIOD_YEAR)
        return year;
    return year * 4 + (h->has_year ? h->quarter - 1 : 3);
}
