/* match.c - who suits a subject, a case, or oneself. */
#include "api/noun/case/match.h"

#include "api/noun/case/case.h"
#include "api/server_int.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "sql.h"

#define EXPERTS S("产业专家")

enum { CALLS_MAX = 500, CALL_MAX = 64 << 10 };

uint32_t match_limit(struct api_int asked)
{
    int64_t n = asked.set ? asked.v : MATCH_LIMIT;
    return (uint32_t)(n < 1 ? 1 : n > MATCH_LIMIT_MAX ? MATCH_LIMIT_MAX : n);
}

struct api_match_text match_text_of(const struct match_doc *d)
{
    return (struct api_match_text){d->text[MATCH_TITLE], d->text[MATCH_KEYWORDS],
                                   d->text[MATCH_BODY]};
}

/* --- reasons --- */

/* Letters before a byte, those beyond the first plane twice: UTF-16. */
static int64_t letters(Str s, size_t end)
{
    enum { PLANE = 0x10000 };
    int64_t n = 0;
    size_t len;
    for (size_t at = 0; at < end && at < s.n; at += len)
        n += utf8_at(s, at, &len) >= PLANE ? 2 : 1;
    return n;
}

void match_reasons(struct call *c, struct api_match_reason **out, size_t *n,
                   const struct match_doc *asked, const struct suit *s)
{
    *out = ARENA_ARRAY(c->arena, struct api_match_reason, s->why_n + 1);
    *n = s->why_n;
    for (size_t i = 0; i < s->why_n; i++) {
        const struct match_reason *w = &s->why[i];
        struct api_match_reason *to = &(*out)[i];
        *to = (struct api_match_reason){
            .part = (int)w->part, .worth = w->worth, .asked_in = -1, .found_in = -1};
        if (w->part != MATCH_WORDS && w->part != MATCH_NODE)
            continue;
        to->node = w->part == MATCH_NODE ? arena_copy(c->arena, w->node) : NO_ARG;
        to->asked_in = (int)w->asked_in;
        to->found_in = (int)w->answered_in;
        to->asked_from = API_INT_OF(letters(asked->text[w->asked_in], w->asked.beg));
        to->asked_to = API_INT_OF(letters(asked->text[w->asked_in], w->asked.end));
        to->found_from = API_INT_OF(letters(s->doc.text[w->answered_in], w->answered.beg));
        to->found_to = API_INT_OF(letters(s->doc.text[w->answered_in], w->answered.end));
    }
}

/* --- what was said before --- */

static enum status write_said(struct call *c, int64_t asker, int64_t number,
                              struct api_match_list *out)
{
    struct db_rows rows;
    struct sql_match_said_of_row row;
    TRY(sql_match_said_of(c->conn, &(struct sql_match_said_of){c->county, asker, number}, &rows));
    while (sql_match_said_of_next(&rows, &row))
        for (size_t i = 0; i < out->rows.n; i++)
            if (out->rows.at[i].subject == row.answer) {
                out->rows.at[i].said = (int)row.said - 1;
                out->rows.at[i].why = arena_copy(c->arena, row.why);
            }
    return db_rows_end(&rows);
}

/* --- a list --- */

Str match_kind(Str with)
{
    return with.n > 0 ? with : EXPERTS;
}

static void write_rows(struct call *c, const struct suit_side *side, const struct suits_found *f,
                       struct api_match_list *out)
{
    out->text = match_text_of(&side->doc);
    out->of = f->of;
    out->barred = f->barred;
    out->passed_over = f->passed_over;
    out->rows.at = ARENA_ARRAY(c->arena, struct api_match_row, f->n + 1);
    for (size_t i = 0; i < f->n; i++) {
        const struct suit *s = &f->at[i];
        struct api_match_row *row = &out->rows.at[out->rows.n++];
        *row = (struct api_match_row){.subject = s->subject,
                                      .identity = s->identity,
                                      .name = call_shown(c, f->name, s->subject, s->name),
                                      .locality = s->locality,
                                      .chain = s->doc.chain,
                                      .unit = s->doc.unit,
                                      .score = s->score,
                                      .text = match_text_of(&s->doc),
                                      .said = -1,
                                      .why = S("")};
        match_reasons(c, &row->reasons.at, &row->reasons.n, &side->doc, s);
    }
}

enum status match_list(struct call *c, const struct match_whose *w, const struct suit_side *side,
                       Str with, struct api_int limit, struct api_match_list *out)
{
    struct scope scope;
    struct suits_found found;
    struct suit_ask ask = {.of = side,
                           .kind = match_kind(with),
                           .scope = &scope,
                           .top = match_limit(limit),
                           .per_unit = SUITS_PER_UNIT,
                           .reasons = true};
    TRY(access_scope(c->conn, c->arena, &c->who, ask.kind, 0, &scope));
    TRY(suits_past(c->conn, c->arena, c->county, suit_house(c->arena, side), &ask));
    if (w->said != NULL) {
        ask.told = w->said->told;
        ask.told_n = w->said->n;
    } else {
        TRY(match_told(c, w, ask.kind, &ask, &out->model));
    }
    enum status st = suits_find(c->api->suits, c->arena, &ask, &found);
    if (st != OK && st != ERR_GONE) /* a kind that the county does not keep has nobody */
        return st;
    c->scope = scope; /* of those whose names are shown */
    out->kind = ask.kind;
    write_rows(c, side, &found, out);
    return write_said(c, w->subject, w->number, out);
}

enum status api_match_experts(struct call *c, const struct api_match_experts_in *in,
                              struct api_match_list *out)
{
    struct suit_side side;
    TRY(suit_side(c->arena, &c->scope, c->roster, c->subject, &side));
    return match_list(c, &(struct match_whose){.subject = c->subject}, &side, in->with, in->limit,
                      out);
}

/* --- a case --- */

static bool in_words(const struct field *f, bool public_only)
{
    return public_only
               ? f->protect == PROTECT_PUBLIC
               : f->protect == PROTECT_PUBLIC || f->protect == PROTECT_SENSITIVE || f->protect == 0;
}

/* What was applied with: fields that no later step asks for. A name of the field's own is the
 * title, a choice the chain. */
static void read_form(struct call *c, const struct flow_story *s, bool public_only,
                      struct match_doc *d)
{
    const struct matter *m = s->m;
    struct buf b;
    buf_init(&b, c->arena, CALL_MAX);
    d->text[MATCH_TITLE] = s->c.title;
    for (uint32_t i = 0; i < m->field_n; i++) {
        const struct field *f = &m->rules->field[m->field[i].field];
        Str v = flow_story_value(s, f->name);
        if (m->field[i].at.n > 0 || v.p == NULL || !in_words(f, public_only))
            continue;
        if (f->ftype == FIELD_CHOICE && d->chain.n == 0)
            d->chain = v;
        if (f->ftype == FIELD_TEXT && !str_eq(v, s->c.title) && b.n + v.n + 1 < CALL_MAX)
            buf_fmt(&b, "%s%.*s", b.n > 0 ? "\n" : "", STR_ARG(v));
    }
    d->text[MATCH_BODY] = buf_str(&b);
}

enum status match_case(struct call *c, int64_t number, enum match_sight sight,
                       struct suit_side *out, struct flow_case *now)
{
    struct flow_view v = case_view(c);
    struct flow_story s;
    TRY(flow_story(&v, number, &s));
    *out = (struct suit_side){.tie = ARENA_ARRAY(c->arena, struct suit_tie, 1), .tie_n = 1};
    out->tie[0] = (struct suit_tie){s.c.kind, s.c.identity};
    out->doc.place = s.c.locality;
    read_form(c, &s, sight != MATCH_SEEN, &out->doc);
    if ((sight == MATCH_POSTED && !case_is_posted(c, &s)) ||
        (sight == MATCH_OPEN && flow_audience(&s) != MATTER_EVERYBODY))
        return ERR_GONE;
    if (now != NULL)
        *now = s.c;
    return OK;
}

enum status api_case_matches(struct call *c, const struct api_case_matches_in *in,
                             struct api_match_list *out)
{
    struct suit_side side;
    TRY(case_visible(c, in->number));
    TRY(match_case(c, in->number, MATCH_SEEN, &side, NULL));
    return match_list(c, &(struct match_whose){.number = in->number}, &side, in->with, in->limit,
                      out);
}

/* --- calls for oneself --- */

static void write_calls(struct call *c, const struct suit_side *own, const struct suits_found *f,
                        const struct flow_case *of, struct api_match_calls *out)
{
    out->calls.at = ARENA_ARRAY(c->arena, struct api_match_call, f->n + 1);
    for (size_t i = 0; i < f->n; i++) {
        const struct flow_case *x = &of[f->at[i].doc.id];
        struct api_match_call *to = &out->calls.at[out->calls.n++];
        *to = (struct api_match_call){.number = x->number,
                                      .type = x->type,
                                      .title = x->title,
                                      .state = x->state,
                                      .due = {x->due.set && !x->ended, (Day)x->due.v},
                                      .bidding = (x->takes & MATTER_BIDS) != 0,
                                      .score = f->at[i].score,
                                      .text = match_text_of(&f->at[i].doc)};
        match_reasons(c, &to->reasons.at, &to->reasons.n, &own->doc, &f->at[i]);
    }
}

/* Those that a call's own house, or one who belongs to it, is not shown. */
static bool has_conflict(const struct suit_side *own, const struct suit_side *call)
{
    for (size_t i = 0; i < own->tie_n; i++)
        if (str_eq(own->tie[i].kind, call->tie[0].kind) &&
            str_eq(own->tie[i].identity, call->tie[0].identity))
            return true;
    return false;
}

enum status api_match_calls(struct call *c, const struct api_match_calls_in *in,
                            struct api_match_calls *out)
{
    struct flow_view v = case_view(c);
    struct flow_ask ask = {.ended = 0, .shown = 1, .most = CALLS_MAX};
    struct suit_side own, call;
    struct suits_found found;
    struct flow_case *all;
    size_t n;
    bool more;
    if (c->who.subject <= 0)
        return ERR_GONE;
    TRY(call_roster(c, c->who.subject_kind));
    TRY(suit_side(c->arena, &c->scope, c->roster, c->who.subject, &own));
    TRY(flow_list(&v, &ask, &all, &n, &more));
    struct match_doc *doc = ARENA_ARRAY(c->arena, struct match_doc, n + 1);
    uint32_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct flow_case now;
        enum status st = match_case(c, all[i].number, MATCH_POSTED, &call, &now);
        if (st == ERR_GONE || (st == OK && has_conflict(&own, &call)))
            continue;
        TRY(st);
        all[kept] = now;
        doc[kept] = call.doc;
        doc[kept].id = kept;
        kept++;
    }
    struct suit_ask asked = {.of = &own, .top = match_limit(in->limit), .reasons = true};
    suits_rank(c->api->suits, c->arena, &asked, doc, kept, &found);
    out->text = match_text_of(&own.doc);
    out->of = kept;
    write_calls(c, &own, &found, all, out);
    return OK;
}
