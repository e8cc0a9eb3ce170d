/* case_do.c - acts upon cases: opened, taken a step further, filled in, judged, bid for. Who may
 * take which step is said by the case type and decided by flow; that they may see the case at all,
 * here. */
#include "api/noun/case/case.h"
#include "api/server_int.h"
#include "base/arena.h"
#include "base/str.h"
#include "ledger/ledger.h"
#include "record/record.h"

enum { SCORE_DECIMALS = 4 };

static void desk_open(struct call *c, struct flow_desk *d)
{
    *d = (struct flow_desk){.act = c->act,
                            .who = flow_person_of(&c->who),
                            .today = c->today,
                            .calendar = call_calendar(c),
                            .diags = &c->diags,
                            .memo = case_view(c).memo};
    flow_begin(d);
}

static struct flow_given given_of(struct call *c, const struct api_map *fields, Str why)
{
    struct flow_value *all = ARENA_ARRAY(c->arena, struct flow_value, fields->n + 1);
    for (size_t i = 0; i < fields->n; i++)
        all[i] = (struct flow_value){.field = fields->at[i].key,
                                     .value = str_or_empty(fields->at[i].value)};
    return (struct flow_given){all, fields->n, str_or_empty(why)};
}

/* How it stands now goes into the answer, and its number into the act. */
static enum status finish(struct call *c, struct flow_desk *d, enum status st, int64_t number,
                          struct api_case_done *out)
{
    struct flow_view v = case_view(c);
    struct flow_case now;
    flow_end(d);
    TRY(st);
    TRY(flow_get_now(&v, number, &now));
    c->object = arena_fmt(c->arena, "case %lld", (long long)number);
    json_kint(&c->body, "seq", now.seq);
    json_kstr(&c->body, "state", now.state);
    *out = (struct api_case_done){
        .act = c->act->no, .number = number, .state = now.state, .seq = now.seq, .half = now.half};
    return OK;
}

/* The subject, if the caller reaches it. */
static enum status subject_of(struct call *c, const struct api_case_new *in, int64_t *subject)
{
    struct scope scope;
    TRY(record_subject(c->conn, c->county, in->kind, in->id, subject));
    TRY(access_scope(c->conn, c->arena, &c->who, in->kind, *subject, &scope));
    struct flow_view v = case_view(c);
    Str locality;
    TRY(flow_locality(&v, *subject, &locality));
    return access_relation(&c->who, &scope, *subject, locality) == RELATION_NONE ? ERR_GONE : OK;
}

static enum status look_above(struct call *c, struct flow_new *new)
{
    struct flow_view v = case_view(c);
    struct flow_case above;
    enum relation r = RELATION_NONE;
    enum status st = new->parent == 0 ? OK : flow_find(&v, new->parent, &above);
    if (st == OK && new->parent != 0)
        st = case_relation(c, &above, &r);
    new->unseen = r == RELATION_NONE;
    return st == ERR_GONE ? OK : st;
}

enum status api_case_open(struct call *c, const struct api_case_open_in *in,
                          struct api_case_done *out)
{
    const struct api_case_new *b = &in->body;
    struct flow_view v = case_view(c);
    struct flow_type type;
    struct flow_desk d;
    struct flow_new new = {.type = b->type,
                           .title = str_or_empty(b->title),
                           .parent = b->parent.v,
                           .given = given_of(c, &b->fields, b->why)};
    int64_t number = 0;
    TRY(flow_type_find(&v, b->type, &type));
    new.rules = type.hash;
    TRY(subject_of(c, b, &new.subject));
    TRY(look_above(c, &new));
    desk_open(c, &d);
    enum status st = flow_open(&d, &new, &number);
    return finish(c, &d, st, number, out);
}

enum status api_case_do(struct call *c, const struct api_case_do_in *in, struct api_case_done *out)
{
    const struct api_case_step *b = &in->body;
    struct flow_given given = given_of(c, &b->fields, b->why);
    struct flow_desk d;
    bool half = false;
    TRY(case_visible(c, in->number));
    desk_open(c, &d);
    json_kstr(&c->body, "step", b->step);
    enum status st = flow_do(&d, in->number, b->seq, b->step, &given, &half);
    return finish(c, &d, st, in->number, out);
}

enum status api_case_save(struct call *c, const struct api_case_save_in *in,
                          struct api_case_done *out)
{
    struct flow_given given = given_of(c, &in->body.fields, S(""));
    struct flow_desk d;
    TRY(case_visible(c, in->number));
    desk_open(c, &d);
    enum status st = flow_save(&d, in->number, in->body.seq, &given);
    return finish(c, &d, st, in->number, out);
}

enum status api_case_hand_in(struct call *c, const struct api_case_hand_in_in *in,
                             struct api_case_done *out)
{
    struct flow_desk d;
    TRY(case_visible(c, in->number));
    desk_open(c, &d);
    json_kstr(&c->body, "paper", in->paper);
    enum status st = flow_hand_in(&d, in->number, in->paper, in->file, c->rq->body);
    return finish(c, &d, st, in->number, out);
}

/* --- judging --- */

enum status api_case_invite(struct call *c, const struct api_case_invite_in *in,
                            struct api_case_done *out)
{
    struct access_desk access = call_desk(c);
    struct flow_desk d;
    TRY(case_visible(c, in->number));
    desk_open(c, &d);
    json_kint(&c->body, "account", in->body.account);
    enum status st = flow_ask_review(&d, &access, in->number, in->body.account, in->body.last);
    return finish(c, &d, st, in->number, out);
}

static enum status score(struct call *c, int64_t *out, const char *name, Str text)
{
    return ledger_parse_amount(out, text, SCORE_DECIMALS)
               ? OK
               : call_refuse(c, DIAG_API_TYPE, str_of(name), S("60.5"));
}

enum status api_case_judge(struct call *c, const struct api_case_judge_in *in,
                           struct api_case_done *out)
{
    struct flow_score s = {.bid = in->body.bid.v, .text = in->body.text};
    struct flow_desk d;
    TRY(case_visible(c, in->number));
    TRY(score(c, &s.low_e4, "low", in->body.low));
    TRY(score(c, &s.high_e4, "high", in->body.high));
    desk_open(c, &d);
    enum status st = flow_review(&d, in->number, &s);
    return finish(c, &d, st, in->number, out);
}

/* --- bids: on cases that the board shows them, by whoever is somebody; who bid is still somebody
 * to a case that is public no more --- */

static enum status public_case(struct call *c, int64_t number)
{
    struct flow_view v = case_view(c);
    struct flow_story s;
    TRY(flow_story(&v, number, &s));
    bool bid = case_is_posted(c, &s);
    for (size_t i = 0; i < s.bid_n && !bid; i++)
        bid = c->who.subject > 0 && s.bid[i].subject == c->who.subject;
    return bid ? OK : ERR_GONE;
}

enum status api_case_bid(struct call *c, const struct api_case_bid_in *in,
                         struct api_case_offered *out)
{
    struct flow_desk d;
    Sha256 seal;
    TRY(public_case(c, in->number));
    if (!str_unhex(seal.byte, sizeof seal.byte, in->body.seal))
        return call_refuse(c, DIAG_API_TYPE, S("seal"), S("SHA-256"));
    desk_open(c, &d);
    enum status st = flow_bid(&d, in->number, seal, &out->bid);
    flow_end(&d);
    c->object = arena_fmt(c->arena, "case %lld", (long long)in->number);
    out->act = c->act->no;
    return st;
}

enum status api_case_bid_open(struct call *c, const struct api_case_bid_open_in *in,
                              struct api_case_offered *out)
{
    struct flow_opening o = {.bid = in->bid, .text = in->body.text, .secret = in->body.secret};
    struct flow_desk d;
    TRY(public_case(c, in->number));
    if (!ledger_parse_amount(&o.price_fen, in->body.price, LEDGER_FEN_DECIMALS))
        return call_refuse(c, DIAG_API_TYPE, S("price"), S("120000.00"));
    desk_open(c, &d);
    enum status st = flow_bid_open(&d, in->number, &o);
    flow_end(&d);
    c->object = arena_fmt(c->arena, "case %lld", (long long)in->number);
    *out = (struct api_case_offered){c->act->no, in->bid};
    return st;
}
