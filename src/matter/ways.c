/* ways.c - the states of a case type as a graph: each is reached from the first, each but the ends
 * can be left, and from each an end can be reached. Linear in states times steps. */
#include "base/arena.h"
#include "base/str.h"
#include "matter/matter_int.h"

static Text place(const struct matter_state *s)
{
    return (Text){s->name, s->span};
}

/* Marks what can be reached from marked states, or with `back` what can reach them. */
static void spread(const struct matter *m, bool *mark, bool back)
{
    for (bool more = true; more;) {
        more = false;
        for (uint32_t i = 0; i < m->step_n; i++)
            for (uint32_t k = 0; k < m->step[i].from_n; k++) {
                uint32_t from = m->step[i].from[k], to = m->step[i].to;
                bool *next = back ? &mark[from] : &mark[to];
                bool has = back ? mark[to] : mark[from];
                more |= has && !*next;
                *next |= has;
            }
    }
}

static bool is_left(const struct matter *m, uint32_t state)
{
    for (uint32_t i = 0; i < m->step_n; i++)
        if (matter_step_from(&m->step[i], state))
            return true;
    return false;
}

void matter_check_ways(struct matter_reader *x)
{
    const struct matter *m = x->m;
    bool *reached = ARENA_ARRAY(x->keep, bool, m->state_n),
         *ends = ARENA_ARRAY(x->keep, bool, m->state_n);
    reached[0] = true;
    for (uint32_t i = 0; i < m->state_n; i++)
        ends[i] = m->state[i].end;
    spread(m, reached, false);
    spread(m, ends, true);
    for (uint32_t i = 0; i < m->state_n; i++) {
        const struct matter_state *s = &m->state[i];
        if (!reached[i])
            matter_wrong(x, DIAG_CASE_REACH, place(s), m->state[0].name);
        else if (!s->end && !is_left(m, i))
            matter_wrong(x, DIAG_CASE_DEAD, place(s), NO_ARG);
        else if (!ends[i])
            matter_wrong(x, DIAG_CASE_TRAP, place(s), NO_ARG);
    }
}
