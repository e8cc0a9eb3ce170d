/* match_model.c - a model outside is asked about the best of a list, and what it said is a part of
 * their scores from then on.
 *
 * It is shown texts alone, no names, units or numbers: of a case what the board shows everybody,
 * of subjects fields that are as public as its file allows, and those that the subject itself
 * consented to, where the level of their kind is open.
 * What it said holds for these very texts, for who sees the same rows, until it is asked again. */
#include "access/consent.h"
#include "api/noun/case/case.h"
#include "api/noun/case/match.h"
#include "api/server_int.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "record/record.h"
#include "sql.h"

enum { WORDS_MAX = 4000 };

/* --- what may be told --- */

static Str words_of(struct arena *keep, const struct suit_side *s)
{
    const struct match_doc *d = &s->doc;
    Str all = arena_fmt(keep, "%.*s\n%.*s\n%.*s", STR_ARG(d->text[MATCH_TITLE]),
                        STR_ARG(d->text[MATCH_BODY]), STR_ARG(d->text[MATCH_KEYWORDS]));
    return str_trim(
        str_sub(all, 0, all.n < WORDS_MAX ? all.n : utf8_bad_at(str_sub(all, 0, WORDS_MAX))));
}

/* What subjects let the model be told, beyond its level. */
struct let {
    struct consent *at;
    size_t n;
};

static enum status read_let(struct call *c, struct let *out)
{
    const struct rerank_options *o = &c->api->o.rerank;
    struct consent like = {.organisation = o->organisation, .purpose = o->purpose};
    return consent_for(c->conn, c->arena, &c->who, &like, &out->at, &out->n);
}

static bool has_let(const struct let *l, int64_t subject)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->at[i].subject == subject)
            return true;
    return false;
}

/* Of the fields that the caller sees, those of the level and those consented to. */
static void open_fields(struct call *c, const struct let *l, const struct roster *r,
                        int64_t subject, struct scope *s)
{
    Str *field = ARENA_ARRAY(c->arena, Str, r->rules->field_n + 1);
    for (uint32_t i = 0; i < r->rules->field_n; i++) {
        const struct field *f = &r->rules->field[i];
        bool open = f->protect != 0 && f->protect <= c->api->o.rerank.level;
        if (scope_shows(s, r, i) && (open || consent_covers(l->at, l->n, subject, f->name)))
            field[s->field_n++] = f->name;
    }
    s->field = field;
    s->ask = s->show;
}

/* As far as the scope, the file of the model and the subject reach; empty: nothing. */
static Str words_told(struct call *c, const struct let *l, struct scope scope,
                      const struct roster *r, int64_t subject)
{
    enum protection level = c->api->o.rerank.level;
    struct suit_side s;
    if (scope.field == NULL && has_let(l, subject)) {
        open_fields(c, l, r, subject, &scope);
    } else {
        scope.show = scope.show < level ? scope.show : level;
        scope.ask = scope.ask < level ? scope.ask : level;
    }
    return suit_side(c->arena, &scope, r, subject, &s) == OK && !s.shut ? words_of(c->arena, &s)
                                                                        : S("");
}

static enum status question_of(struct call *c, const struct let *l, const struct match_whose *w,
                               Str *out)
{
    struct suit_side s;
    *out = S("");
    if (w->subject > 0) {
        *out = words_told(c, l, c->scope, c->roster, w->subject);
        return OK;
    }
    enum status st = match_case(c, w->number, MATCH_OPEN, &s, NULL);
    if (st == OK)
        *out = words_of(c->arena, &s);
    return st == ERR_GONE ? OK : st;
}

/* --- what it said --- */

static struct suit_told told_of(struct call *c, int64_t subject, int64_t said)
{
    return (struct suit_told){subject, (int32_t)(said * c->api->o.rerank.weight / RERANK_FULL)};
}

/* Of texts that are still those that it was shown. */
static enum status read_rows(struct call *c, const struct let *l, const struct rerank_kept *k,
                             struct suit_ask *ask)
{
    struct rosters *all;
    struct suit_told *told = ARENA_ARRAY(c->arena, struct suit_told, RERANK_TEXTS);
    TRY(call_rosters(c, &all));
    const struct roster *r = roster_take(all, ask->kind);
    for (size_t i = 0; i < k->n && r != NULL; i++) {
        Str text = words_told(c, l, *ask->scope, r, k->subject[i]);
        if (str_eq(rerank_mark(c->arena, text), k->text[i]))
            told[ask->told_n++] = told_of(c, k->subject[i], k->said[i]);
    }
    roster_release(r);
    ask->told = told;
    return OK;
}

enum status match_told(struct call *c, const struct match_whose *w, Str kind, struct suit_ask *ask,
                       struct api_match_model *out)
{
    const struct rerank_options *o = &c->api->o.rerank;
    struct sql_match_model_last in = {c->county, w->subject, w->number, kind, ask->scope->locality};
    struct sql_match_model_last_row row;
    struct rerank_kept kept;
    struct let let = {0};
    Str text, question;
    *out = (struct api_match_model){.title = o->title, .state = API_MATCH_MODEL_STATE_OFF};
    if (o->url.n == 0)
        return OK;
    TRY(read_let(c, &let));
    TRY(question_of(c, &let, w, &question));
    out->state = question.n > 0 ? API_MATCH_MODEL_STATE_NONE : API_MATCH_MODEL_STATE_CLOSED;
    enum status st = sql_match_model_last_one(c->conn, c->arena, &in, &row);
    if (st == ERR_GONE || question.n == 0)
        return OK;
    TRY(st);
    TRY(content_get(c->conn, c->arena, &text, c->county, sha256_from(row.content),
                    RERANK_KEPT_MAX));
    if (!rerank_kept(c->arena, &kept, text) || !str_eq(kept.model, o->model) ||
        kept.way != o->way || !str_eq(kept.question, rerank_mark(c->arena, question)))
        return OK;
    out->state = API_MATCH_MODEL_STATE_NONE + (int)row.ended;
    out->sent = row.sent;
    out->act = API_INT_OF(row.act);
    return read_rows(c, &let, &kept, ask);
}

/* --- asking --- */

struct asking {
    struct match_whose whose;
    struct let let;
    Str kind, place, question, asked, said; /* bodies */
    Str text[RERANK_TEXTS];
    int64_t subject[RERANK_TEXTS];
    int32_t worth[RERANK_TEXTS]; /* of each, or -1 */
    size_t n;
    int ended;
    struct api_match_list *out;
};

/* Texts of the best that it may be shown. */
static enum status choose(struct call *c, struct asking *x, const struct suit_side *side)
{
    struct scope scope;
    struct suits_found found;
    struct rosters *all;
    struct suit_ask ask = {.of = side,
                           .kind = x->kind,
                           .scope = &scope,
                           .top = RERANK_TEXTS,
                           .per_unit = SUITS_PER_UNIT};
    TRY(access_scope(c->conn, c->arena, &c->who, x->kind, 0, &scope));
    TRY(suits_past(c->conn, c->arena, c->county, suit_house(c->arena, side), &ask));
    TRY(suits_find(c->api->suits, c->arena, &ask, &found));
    TRY(call_rosters(c, &all));
    const struct roster *r = roster_take(all, x->kind);
    x->place = scope.locality;
    for (size_t i = 0; i < found.n && r != NULL; i++) {
        Str text = words_told(c, &x->let, scope, r, found.at[i].subject);
        if (text.n > 0) {
            x->subject[x->n] = found.at[i].subject;
            x->text[x->n++] = text;
        }
    }
    roster_release(r);
    return OK;
}

static void put_question(struct call *c, struct asking *x)
{
    const struct rerank_options *o = &c->api->o.rerank;
    struct outside_answer got;
    struct buf b;
    Str header[] = {S("Content-Type: application/json"), S("Expect:"),
                    arena_fmt(c->arena, "Authorization: Bearer %.*s", STR_ARG(o->key))};
    buf_init(&b, c->arena, (size_t)2 * RERANK_TEXTS * WORDS_MAX);
    rerank_body(&b, o, x->question, x->text, x->n);
    x->asked = buf_str(&b);
    struct outside_ask q = {.url = o->url,
                            .post = true,
                            .body = x->asked,
                            .header = header,
                            .header_n = ARRAY_N(header) - (o->key.n == 0),
                            .wait_s = o->wait_s,
                            .answer_bytes = rerank_answer_max[o->way]};
    outside_ask(c->arena, &got, &q, &c->api->o.outside);
    bool good = got.end == OUTSIDE_ANSWERED && got.status == 200 &&
                rerank_answer(o->way, got.body, x->n, x->worth);
    x->said = got.body;
    x->ended = good                          ? API_MATCH_MODEL_STATE_ANSWERED
               : got.end == OUTSIDE_LATE     ? API_MATCH_MODEL_STATE_LATE
               : got.end == OUTSIDE_ANSWERED ? API_MATCH_MODEL_STATE_WRONG
               : got.end == OUTSIDE_LONG     ? API_MATCH_MODEL_STATE_WRONG
                                             : API_MATCH_MODEL_STATE_AWAY;
}

static Str content_of(struct call *c, const struct asking *x)
{
    struct rerank_kept k = {.way = c->api->o.rerank.way,
                            .model = c->api->o.rerank.model,
                            .question = rerank_mark(c->arena, x->question)};
    for (size_t i = 0; i < x->n && x->ended == API_MATCH_MODEL_STATE_ANSWERED; i++) {
        k.subject[k.n] = x->subject[i];
        k.text[k.n] = rerank_mark(c->arena, x->text[i]);
        k.said[k.n] = x->worth[i];
        k.n += x->worth[i] >= 0;
    }
    return rerank_keep(c->arena, &k, x->asked, x->said);
}

/* Numbers of the consents by which something was told. */
static void put_consents(struct json *j, const struct asking *x)
{
    json_key(j, S("consents"));
    json_arr(j);
    for (size_t i = 0; i < x->let.n; i++) {
        bool told = x->let.at[i].subject == x->whose.subject;
        for (size_t k = 0; k < x->n && !told; k++)
            told = x->subject[k] == x->let.at[i].subject;
        if (told)
            json_int(j, x->let.at[i].number);
    }
    json_arr_end(j);
}

static enum status keep_said(struct call *c, void *arg)
{
    static const char *const ENDED[] = {"", "", "answered", "late", "wrong", "away"};
    const struct asking *x = arg;
    struct record r = record_of(c->act);
    x->out->model.act = API_INT_OF(c->act->no);
    Sha256 hash;
    TRY(content_put(&r, &hash, content_of(c, x), S("application/json")));
    c->object = x->whose.number > 0 ? arena_fmt(c->arena, "case %lld", (long long)x->whose.number)
                                    : arena_fmt(c->arena, "%.*s %.*s", STR_ARG(c->roster->kind),
                                                STR_ARG(c->identity));
    json_kstr(&c->body, "with", x->kind);
    json_kstr(&c->body, "model", c->api->o.rerank.model);
    json_kint(&c->body, "texts", (int64_t)x->n);
    put_consents(&c->body, x);
    json_kstr(&c->body, "sent", rerank_mark(c->arena, x->asked));
    json_kstr(&c->body, "ended", str_of(ENDED[x->ended]));
    return sql_match_model_add(
        c->conn, &(struct sql_match_model_add){
                     c->county, c->act->no, 0, x->whose.subject, x->whose.number, x->kind, x->place,
                     x->ended - API_MATCH_MODEL_STATE_NONE, (int64_t)x->n, sha256_str(&hash)});
}

/* A list that was made with what it said. */
static enum status answer(struct call *c, struct asking *x, const struct suit_side *side,
                          struct api_int limit)
{
    struct suit_told told[RERANK_TEXTS];
    struct match_said said = {.told = told};
    for (size_t i = 0; i < x->n && x->ended == API_MATCH_MODEL_STATE_ANSWERED; i++)
        if (x->worth[i] >= 0)
            told[said.n++] = told_of(c, x->subject[i], x->worth[i]);
    x->out->model = (struct api_match_model){
        .title = c->api->o.rerank.title, .state = x->ended, .sent = (int64_t)x->n};
    x->whose.said = &said;
    TRY(match_list(c, &x->whose, side, x->kind, limit, x->out));
    return call_act(c, keep_said, x);
}

static enum status not_asked(struct call *c, Str zh, Str en)
{
    return diag_add(&c->diags, DIAG_RERANK_NOT, (Span){0, 0}, zh, NO_ARG, en);
}

static enum status ask_model(struct call *c, struct asking *x, const struct suit_side *side,
                             const struct api_match_model_ask *in)
{
    x->kind = match_kind(in->with);
    if (c->api->o.rerank.url.n == 0)
        return not_asked(c, S("没有配置（geci serve --model）"),
                         S("none is configured (geci serve --model)"));
    TRY(read_let(c, &x->let));
    TRY(question_of(c, &x->let, &x->whose, &x->question));
    if (x->question.n > 0)
        TRY(choose(c, x, side));
    if (x->n == 0)
        return not_asked(c, S("没有合适的，或按密级和分级没有可以给它看的文字"),
                         S("nothing suits, or by level and class there is no text to tell"));
    if (atomic_exchange(&c->api->reranking, true))
        return ERR_BUSY; /* no second thread of the pool waits for it */
    put_question(c, x);
    atomic_store(&c->api->reranking, false);
    return answer(c, x, side, in->limit);
}

enum status api_match_ask(struct call *c, const struct api_match_ask_in *in,
                          struct api_match_list *out)
{
    struct suit_side side;
    struct asking *x = ARENA_NEW(c->arena, struct asking);
    *x = (struct asking){.whose.subject = c->subject, .out = out};
    TRY(suit_side(c->arena, &c->scope, c->roster, c->subject, &side));
    return ask_model(c, x, &side, &in->body);
}

enum status api_case_match_ask(struct call *c, const struct api_case_match_ask_in *in,
                               struct api_match_list *out)
{
    struct suit_side side;
    struct asking *x = ARENA_NEW(c->arena, struct asking);
    *x = (struct asking){.whose.number = in->number, .out = out};
    TRY(case_visible(c, in->number));
    TRY(match_case(c, in->number, MATCH_SEEN, &side, NULL));
    return ask_model(c, x, &side, &in->body);
}
