/* trail.c - when each case of a type came where: read in a few passes over all of them, not case by
 * case. Cases that the caller does not see are not read further than their row. */
#include "base/moment.h"
#include "flow/flow_int.h"

enum { PAGE = 1000 };

/* The trails are in order of numbers, newest first; rows come oldest first. */
struct passing {
    struct flow_measures *x;
    size_t at; /* the trail that rows are of, from the end */
};

static struct flow_trail *trail_of(struct passing *p, int64_t number)
{
    struct flow_trail *t = p->x->trail;
    while (p->at > 0 && t[p->at - 1].c.number < number)
        p->at--;
    return p->at > 0 && t[p->at - 1].c.number == number ? &t[p->at - 1] : NULL;
}

static struct passing pass(struct flow_measures *x)
{
    return (struct passing){x, x->seen};
}

static Day day_at(int64_t us)
{
    return moment_day(us, ZONE_CHINA);
}

static enum status read_cases(const struct flow_view *v, struct flow_measures *x)
{
    const struct flow_measuring *ask = x->ask;
    struct flow_ask page = {.type = ask->type,
                            .ended = -1,
                            .shown = -1,
                            .most = PAGE,
                            .sees = ask->sees,
                            .ctx = ask->ctx};
    size_t cap = 0, n;
    for (bool more = true; more;) {
        struct flow_case *c;
        TRY(flow_list(v, &page, &c, &n, &more));
        for (size_t i = 0; i < n; i++)
            VEC_PUSH(v->keep, x->trail, x->seen, cap) =
                (struct flow_trail){.c = c[i],
                                    .bid = FLOW_NO_DAY,
                                    .match = FLOW_NO_DAY,
                                    .value = ARENA_ARRAY(v->keep, Str, x->m->measure_n + 1)};
        page.below = n > 0 ? c[n - 1].number : 1;
    }
    for (size_t i = 0; i < x->seen; i++) {
        x->trail[i].reached = ARENA_ARRAY(v->keep, Day, x->m->state_n);
        for (uint32_t k = 0; k < x->m->state_n; k++)
            x->trail[i].reached[k] = FLOW_NO_DAY;
    }
    return OK;
}

/* A step from a state to itself leaves it nowhere. */
static void come_to(const struct flow_view *v, struct flow_trail *t, int32_t state, Day day)
{
    struct flow_visit *last = t->visit_n > 0 ? &t->visit[t->visit_n - 1] : NULL;
    if (last != NULL && last->to == FLOW_NO_DAY) {
        if (state >= 0 && last->state == (uint32_t)state)
            return;
        last->to = day;
    }
    if (state < 0) /* of an older text */
        return;
    if (t->reached[state] == FLOW_NO_DAY)
        t->reached[state] = day;
    VEC_PUSH(v->keep, t->visit, t->visit_n, t->visit_cap) =
        (struct flow_visit){(uint32_t)state, day, FLOW_NO_DAY};
}

static enum status read_steps(const struct flow_view *v, struct flow_measures *x)
{
    struct db_rows rows;
    struct sql_flow_type_steps_row r;
    struct passing p = pass(x);
    TRY(sql_flow_type_steps(v->conn, &(struct sql_flow_type_steps){v->county, x->ask->type},
                            &rows));
    while (sql_flow_type_steps_next(&rows, &r)) {
        struct flow_trail *t = trail_of(&p, r.number);
        if (t != NULL)
            come_to(v, t, matter_state(x->m, r.state), day_at(r.at_us));
    }
    return db_rows_end(&rows);
}

static enum status read_bids(const struct flow_view *v, struct flow_measures *x)
{
    struct db_rows rows;
    struct sql_flow_type_bids_row r;
    struct passing p = pass(x);
    TRY(sql_flow_type_bids(v->conn, &(struct sql_flow_type_bids){v->county, x->ask->type}, &rows));
    while (sql_flow_type_bids_next(&rows, &r)) {
        struct flow_trail *t = trail_of(&p, r.number);
        if (t != NULL)
            t->bid = day_at(r.at_us);
    }
    return db_rows_end(&rows);
}

static enum status read_matches(const struct flow_view *v, struct flow_measures *x)
{
    struct db_rows rows;
    struct sql_flow_type_matches_row r;
    struct passing p = pass(x);
    TRY(sql_flow_type_matches(v->conn, &(struct sql_flow_type_matches){v->county, x->ask->type},
                              &rows));
    while (sql_flow_type_matches_next(&rows, &r)) {
        struct flow_trail *t = trail_of(&p, r.number);
        if (t != NULL)
            t->match = day_at(r.at_us);
    }
    return db_rows_end(&rows);
}

/* The last of each holds. measure -1: the category. */
static enum status read_values(const struct flow_view *v, struct flow_measures *x, uint32_t field,
                               int32_t measure)
{
    struct db_rows rows;
    struct sql_flow_type_values_row r;
    struct passing p = pass(x);
    struct sql_flow_type_values in = {v->county, x->ask->type, x->m->rules->field[field].name};
    TRY(sql_flow_type_values(v->conn, &in, &rows));
    while (sql_flow_type_values_next(&rows, &r)) {
        struct flow_trail *t = trail_of(&p, r.number);
        if (t != NULL)
            *(measure < 0 ? &t->category : &t->value[measure]) = arena_copy(v->keep, r.value);
    }
    return db_rows_end(&rows);
}

enum status flow_trails(const struct flow_view *v, struct flow_measures *x)
{
    TRY(read_cases(v, x));
    TRY(read_steps(v, x));
    TRY(read_bids(v, x));
    TRY(read_matches(v, x));
    if (x->m->category >= 0)
        TRY(read_values(v, x, (uint32_t)x->m->category, -1));
    for (uint32_t i = 0; i < x->m->measure_n; i++)
        if (x->m->measure[i].event == MATTER_TO_FIELD)
            TRY(read_values(v, x, x->m->measure[i].to, (int32_t)i));
    return OK;
}
