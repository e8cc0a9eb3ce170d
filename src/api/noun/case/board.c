/* board.c - what the board shows of cases: those in states that are public, to everybody or to
 * whoever is signed in, as their level says; what is public on the form. */
#include "api/noun/case/case.h"
#include "base/arena.h"
#include "base/str.h"

enum { PAGE = 50 };

bool case_is_posted(const struct call *c, const struct flow_story *s)
{
    enum matter_audience who = flow_audience(s);
    return who == MATTER_EVERYBODY || (who == MATTER_SIGNED_IN && c->who.account > 0);
}

static void write_public(struct call *c, struct api_board_row *out, const struct flow_story *s)
{
    const struct rules *r = s->m->rules;
    out->values.at = ARENA_ARRAY(c->arena, struct api_case_value, s->value_n + 1);
    for (size_t i = 0; i < s->value_n; i++) {
        int32_t at = rule_find_field(r, s->value[i].field);
        if (at >= 0 && r->field[at].protect == PROTECT_PUBLIC)
            out->values.at[out->values.n++] = (struct api_case_value){
                .field = s->value[i].field,
                .label = r->field[at].meaning,
                .value = flow_shown(c->arena, &r->field[at], s->value[i].value),
                .seq = s->value[i].seq};
    }
}

enum status api_case_board(struct call *c, const struct api_case_board_in *in,
                           struct api_board *out)
{
    struct flow_view v = case_view(c);
    struct flow_ask ask = {
        .type = in->type, .below = in->before.v, .ended = -1, .shown = 1, .most = PAGE};
    struct flow_case *all;
    size_t n;
    bool more;
    TRY(flow_list(&v, &ask, &all, &n, &more));
    out->cases.at = ARENA_ARRAY(c->arena, struct api_board_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct flow_story s;
        TRY(flow_story(&v, all[i].number, &s));
        if (!case_is_posted(c, &s))
            continue;
        struct api_board_row *row = &out->cases.at[out->cases.n++];
        *row = (struct api_board_row){.number = s.c.number,
                                      .type = s.c.type,
                                      .title = s.c.title,
                                      .state = s.c.state,
                                      .due = {s.c.due.set && !s.c.ended, (Day)s.c.due.v},
                                      .bidding = (s.c.takes & MATTER_BIDS) != 0,
                                      .status = case_status(s.m->rules->status)};
        write_public(c, row, &s);
    }
    if (more)
        out->next = API_INT_OF(all[n - 1].number);
    return OK;
}
