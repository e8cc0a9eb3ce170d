/* other.c - a case and others: the agreement that it names is that person's and in force; what it
 * takes up is free on those days. Both are asked within the act, so that of two at once one is
 * refused. */
#include "flow/flow_int.h"

enum { WORDS_MAX = 400 };

/* Does the step ask for the field? Steps before it have nothing to say of it. */
static bool asks(const struct flow_doing *x, int32_t field)
{
    const struct matter *m = x->s.m;
    for (uint32_t i = 0; i < m->field_n; i++)
        if (m->field[i].field == (uint32_t)field)
            return matter_is_at(&m->field[i].at, (uint32_t)(x->step - m->step));
    return false;
}

static Str value_of(const struct flow_doing *x, const struct flow_story *s, int32_t field)
{
    return str_trim(str_or_empty(flow_story_value(s, x->s.m->rules->field[field].name)));
}

static enum status check_proof(struct flow_doing *x)
{
    const struct matter_proof *p = &x->s.m->proof;
    struct flow_case c;
    Dec number;
    if (p->number < 0 || !asks(x, p->number))
        return OK;
    Str text = value_of(x, &x->s, p->number), whose = value_of(x, &x->s, p->whose);
    bool read = dec_parse(&number, text, NULL) && number.scale == 0 && number.m <= INT32_MAX;
    enum status st = read ? flow_find(&x->v, (int64_t)number.m, &c) : ERR_GONE;
    if (st == OK && str_eq(c.type, p->type) && str_eq(c.state, p->state) &&
        str_eq(c.identity, whose))
        return OK;
    if (st != OK && st != ERR_GONE)
        return st;
    Str wanted = arena_fmt(x->v.keep, "“%.*s”的“%.*s”（%.*s）", STR_ARG(whose), STR_ARG(p->type),
                           STR_ARG(p->state));
    return flow_refuse(x->d, DIAG_FLOW_PROOF, text, wanted,
                       st != OK                    ? S("没有这一件 there is none")
                       : !str_eq(c.type, p->type)  ? c.type
                       : str_eq(c.identity, whose) ? c.state
                                                   : S("是别人的 somebody else's"));
}

/* The days that it takes it up; false: they are not said yet. */
static bool days_of(const struct flow_doing *x, const struct flow_story *s, Day *from, Day *to)
{
    const struct matter_use *u = &x->s.m->use;
    Str last = value_of(x, s, u->field[u->n - 1]);
    return day_parse(from, value_of(x, s, u->field[u->n - 2])) &&
           (last.n == 0 ? (*to = *from, true) : day_parse(to, last));
}

static bool same_thing(const struct flow_doing *x, const struct flow_story *other)
{
    const struct matter_use *u = &x->s.m->use;
    for (uint32_t i = 0; i + 2 < u->n; i++)
        if (!str_eq(value_of(x, &x->s, u->field[i]), value_of(x, other, u->field[i])))
            return false;
    return true;
}

/* By whom and when; own people are not told who the others are. */
static enum status refuse_use(struct flow_doing *x, const struct flow_story *s, Day from, Day to)
{
    struct buf thing;
    const struct matter_use *u = &x->s.m->use;
    buf_init(&thing, x->v.keep, (size_t)WORDS_MAX * MATTER_USE_MAX);
    for (uint32_t i = 0; i + 2 < u->n; i++)
        buf_fmt(&thing, "%s%.*s", i > 0 ? " " : "", STR_ARG(value_of(x, s, u->field[i])));
    Str when = arena_fmt(x->v.keep, "%.*s 至 %.*s", STR_ARG(day_str(x->v.keep, from)),
                         STR_ARG(day_str(x->v.keep, to)));
    Str who = arena_fmt(x->v.keep, "办件 %lld %.*s", (long long)s->c.number,
                        STR_ARG(x->d->who.subject > 0 ? S("") : s->c.name));
    return flow_refuse(x->d, DIAG_FLOW_USE, buf_str(&thing), when, who);
}

static enum status check_use(struct flow_doing *x)
{
    const struct matter_use *u = &x->s.m->use;
    struct db_rows rows;
    struct sql_flow_same_row row;
    int64_t *other = NULL;
    size_t n = 0, cap = 0;
    Day from, to, first, last;
    if (u->n == 0 || x->s.m->state[x->step->to].end || !days_of(x, &x->s, &from, &to))
        return OK;
    if (to < from)
        return flow_refuse(x->d, DIAG_FLOW_VALUE, x->s.m->rules->field[u->field[u->n - 1]].name,
                           day_str(x->v.keep, to), S("早于开始 before it begins"));
    struct sql_flow_same ask = {x->v.county, x->s.m->name, x->s.c.number,
                                x->s.m->rules->field[u->field[0]].name,
                                value_of(x, &x->s, u->field[0])};
    TRY(sql_flow_same(x->v.conn, &ask, &rows));
    while (sql_flow_same_next(&rows, &row))
        VEC_PUSH(x->v.keep, other, n, cap) = row.number;
    TRY(db_rows_end(&rows));
    for (size_t i = 0; i < n; i++) {
        struct flow_story s;
        TRY(flow_story(&x->v, other[i], &s));
        if (same_thing(x, &s) && days_of(x, &s, &first, &last) && first <= to && from <= last)
            return refuse_use(x, &s, first, last);
    }
    return OK;
}

enum status flow_check_others(struct flow_doing *x)
{
    TRY(check_proof(x));
    return check_use(x);
}
