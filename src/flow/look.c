/* look.c - cases as they stand, lists of them, and all of one. */
#include "flow/flow_int.h"

enum { PAGE_MAX = 1000 };

enum status flow_find(const struct flow_view *v, int64_t number, struct flow_case *out)
{
    struct sql_flow_case_get_row r;
    TRY(sql_flow_case_get_one(v->conn, v->keep, &(struct sql_flow_case_get){v->county, number},
                              &r));
    *out = (struct flow_case){.number = number,
                              .seq = r.seq,
                              .parent = r.parent,
                              .subject = r.subject,
                              .rules = sha256_from(r.rules),
                              .type = r.type,
                              .kind = r.kind,
                              .identity = r.identity,
                              .name = str_or_empty(r.name),
                              .locality = str_or_empty(r.locality),
                              .title = r.title,
                              .state = r.state,
                              .opener = r.opener,
                              .actor = r.actor,
                              .year = (int)r.year,
                              .opened_us = r.opened_us,
                              .at_us = r.at_us,
                              .ended = r.ended != 0,
                              .shown = r.shown != 0,
                              .timed = r.timed != 0,
                              .half = r.entry == FLOW_HALF,
                              .takes = (unsigned)r.takes,
                              .waits = (uint32_t)r.waits,
                              .due = r.due,
                              .step = r.step};
    return OK;
}

enum status flow_get(const struct flow_view *v, int64_t number, struct flow_case *out)
{
    enum status st = flow_find(v, number, out);
    if (st == ERR_GONE)
        (void)diag_add(v->diags, DIAG_FLOW_GONE, (Span){0, 0}, flow_number(v->keep, number), NO_ARG,
                       NO_ARG);
    return st;
}

enum status flow_get_now(const struct flow_view *v, int64_t number, struct flow_case *out)
{
    struct sql_flow_now_get_row r;
    TRY(sql_flow_now_get_one(v->conn, v->keep, &(struct sql_flow_now_get){v->county, number}, &r));
    *out = (struct flow_case){
        .number = number, .seq = r.seq, .state = r.state, .half = r.kind == FLOW_HALF};
    return OK;
}

/* Its texts are the row's. */
static struct flow_case case_of(const struct sql_flow_case_page_row *r)
{
    return (struct flow_case){.number = r->number,
                              .seq = r->seq,
                              .parent = r->parent,
                              .subject = r->subject,
                              .type = r->type,
                              .kind = r->kind,
                              .identity = r->identity,
                              .name = str_or_empty(r->name),
                              .locality = str_or_empty(r->locality),
                              .title = r->title,
                              .state = r->state,
                              .actor = r->actor,
                              .year = (int)r->year,
                              .opened_us = r->opened_us,
                              .at_us = r->at_us,
                              .ended = r->ended != 0,
                              .shown = r->shown != 0,
                              .half = r->entry == FLOW_HALF,
                              .waits = (uint32_t)r->waits,
                              .due = r->due};
}

static struct flow_case keep_case(struct arena *keep, struct flow_case c)
{
    Str *text[] = {&c.type,     &c.kind,  &c.identity, &c.name,
                   &c.locality, &c.title, &c.state,    &c.actor};
    for (size_t i = 0; i < ARRAY_N(text); i++)
        *text[i] = arena_copy(keep, *text[i]);
    return c;
}

/* Whoever says what they see may keep things on the arena, so it is not taken back for the rest. */
enum status flow_list(const struct flow_view *v, const struct flow_ask *ask, struct flow_case **out,
                      size_t *n, bool *more)
{
    struct db_rows rows;
    struct sql_flow_case_page_row r;
    size_t cap = 0, most = ask->most == 0 || ask->most > PAGE_MAX ? PAGE_MAX : ask->most;
    *out = NULL;
    *n = 0;
    *more = false;
    struct sql_flow_case_page in = {v->county,
                                    ask->below > 0 ? ask->below : INT64_MAX,
                                    str_or_empty(ask->type),
                                    str_or_empty(ask->state),
                                    ask->who,
                                    ask->subject,
                                    ask->ended,
                                    ask->shown};
    TRY(sql_flow_case_page(v->conn, &in, &rows));
    while (!*more && sql_flow_case_page_next(&rows, &r)) {
        struct flow_case c = case_of(&r);
        bool other = (ask->identity.n > 0 && !str_eq(ask->identity, c.identity)) ||
                     (ask->locality.n > 0 && !str_eq(ask->locality, c.locality)) ||
                     (ask->year > 0 && ask->year != c.year);
        if (other || (ask->sees != NULL && !ask->sees(ask->ctx, &c)))
            continue;
        if (*n == most)
            *more = true;
        else
            VEC_PUSH(v->keep, *out, *n, cap) = keep_case(v->keep, c);
    }
    return db_rows_end(&rows);
}

bool flow_concerns(const struct flow_case *c, const struct flow_person *who)
{
    return (who->subject > 0 && who->subject == c->subject) || (who->roles & c->waits) != 0;
}

/* --- all of one --- */

static enum status read_lines(const struct flow_view *v, struct flow_story *s)
{
    struct db_rows rows;
    struct sql_flow_steps_row r;
    size_t cap = 0;
    TRY(sql_flow_steps(v->conn, &(struct sql_flow_steps){v->county, s->c.number}, &rows));
    while (sql_flow_steps_next(&rows, &r))
        VEC_PUSH(v->keep, s->line, s->line_n, cap) = (struct flow_line){
            .seq = r.seq,
            .act = r.act,
            .at_us = r.at_us,
            .kind = (enum flow_entry)r.kind,
            .step = arena_copy(v->keep, r.step),
            .state = arena_copy(v->keep, r.state),
            .why = arena_copy(v->keep, r.why),
            .actor = arena_copy(v->keep, r.actor),
            .takes = (unsigned)r.takes,
            .due = r.due,
            .basis = r.basis.p == NULL ? NO_ARG : arena_copy(v->keep, r.basis),
        };
    return db_rows_end(&rows);
}

static struct flow_value *value_of(const struct flow_story *s, Str field)
{
    for (size_t i = 0; i < s->value_n; i++)
        if (str_eq(s->value[i].field, field))
            return &s->value[i];
    return NULL;
}

/* The last of each field holds. */
static enum status read_values(const struct flow_view *v, struct flow_story *s)
{
    struct db_rows rows;
    struct sql_flow_fields_row r;
    size_t cap = 0, n = 0;
    TRY(sql_flow_fields(v->conn, &(struct sql_flow_fields){v->county, s->c.number}, &rows));
    while (sql_flow_fields_next(&rows, &r)) {
        struct flow_value *f = value_of(s, r.field);
        if (f == NULL) {
            f = &VEC_PUSH(v->keep, s->value, s->value_n, cap);
            f->field = arena_copy(v->keep, r.field);
        }
        f->value = arena_copy(v->keep, r.value);
        f->seq = r.seq;
    }
    for (size_t i = 0; i < s->value_n; i++)
        if (s->value[i].value.n > 0)
            s->value[n++] = s->value[i];
    s->value_n = n;
    return db_rows_end(&rows);
}

static enum status read_files(const struct flow_view *v, struct flow_story *s)
{
    struct db_rows rows;
    struct sql_flow_papers_row r;
    size_t cap = 0;
    TRY(sql_flow_papers(v->conn, &(struct sql_flow_papers){v->county, s->c.number}, &rows));
    while (sql_flow_papers_next(&rows, &r))
        VEC_PUSH(v->keep, s->file, s->file_n, cap) =
            (struct flow_file){.act = r.act,
                               .n = r.n,
                               .seq = r.seq,
                               .at_us = r.at_us,
                               .paper = arena_copy(v->keep, r.paper),
                               .file = arena_copy(v->keep, r.file),
                               .actor = arena_copy(v->keep, r.actor),
                               .hash = sha256_from(r.hash)};
    return db_rows_end(&rows);
}

static enum status read_sums(const struct flow_view *v, struct flow_story *s)
{
    struct db_rows rows;
    struct sql_flow_moneys_row r;
    size_t cap = 0;
    TRY(sql_flow_moneys(v->conn, &(struct sql_flow_moneys){v->county, s->c.number}, &rows));
    while (sql_flow_moneys_next(&rows, &r)) {
        VEC_PUSH(v->keep, s->sum, s->sum_n, cap) =
            (struct flow_sum){.seq = r.seq,
                              .op = r.op,
                              .about = r.about,
                              .stage = r.stage,
                              .amount = r.amount,
                              .claimed = r.claimed,
                              .held = r.held,
                              .open = r.open,
                              .kind = (enum ledger_kind)r.kind,
                              .state = (enum ledger_state)r.state};
        s->reserved_fen += r.kind == LEDGER_RESERVE ? r.held : 0;
        s->paid_fen += r.state == LEDGER_SETTLED ? r.amount - r.claimed : 0;
    }
    return db_rows_end(&rows);
}

static enum status read_bids(const struct flow_view *v, struct flow_story *s)
{
    struct db_rows rows;
    struct sql_flow_bids_row r;
    size_t cap = 0;
    TRY(sql_flow_bids(v->conn, &(struct sql_flow_bids){v->county, s->c.number}, &rows));
    while (sql_flow_bids_next(&rows, &r))
        VEC_PUSH(v->keep, s->bid, s->bid_n, cap) =
            (struct flow_bid){.bid = r.bid,
                              .subject = r.subject,
                              .at_us = r.at_us,
                              .price = r.price.v,
                              .kind = arena_copy(v->keep, r.kind),
                              .identity = arena_copy(v->keep, r.identity),
                              .actor = arena_copy(v->keep, r.actor),
                              .text = arena_copy(v->keep, str_or_empty(r.text)),
                              .seal = arena_copy(v->keep, r.seal),
                              .opened = r.price.set};
    return db_rows_end(&rows);
}

static enum status read_reviews(const struct flow_view *v, struct flow_story *s)
{
    struct db_rows rows;
    struct sql_flow_reviews_row r;
    size_t cap = 0;
    TRY(sql_flow_reviews(v->conn, &(struct sql_flow_reviews){v->county, s->c.number}, &rows));
    while (sql_flow_reviews_next(&rows, &r)) {
        VEC_PUSH(v->keep, s->review, s->review_n, cap) =
            (struct flow_review){.bid = r.bid,
                                 .account = r.account,
                                 .low_e4 = r.low,
                                 .high_e4 = r.high,
                                 .at_us = r.at_us,
                                 .act = r.act,
                                 .text = arena_copy(v->keep, r.text),
                                 .actor = arena_copy(v->keep, r.actor)};
        s->counted_n += r.bid == 0;
        s->low_e4 += r.bid == 0 ? r.low : 0;
        s->high_e4 += r.bid == 0 ? r.high : 0;
    }
    if (s->counted_n > 1) { /* sums become means, rounded down: nobody passes by rounding */
        s->low_e4 /= (int64_t)s->counted_n;
        s->high_e4 /= (int64_t)s->counted_n;
    }
    return db_rows_end(&rows);
}

static enum status read_asked(const struct flow_view *v, struct flow_story *s)
{
    struct db_rows rows;
    struct sql_flow_asked_row r;
    size_t cap = 0;
    Str task = arena_fmt(v->keep, "case %lld", (long long)s->c.number);
    TRY(sql_flow_asked(v->conn, &(struct sql_flow_asked){v->county, task}, &rows));
    while (sql_flow_asked_next(&rows, &r))
        VEC_PUSH(v->keep, s->asked, s->asked_n, cap) = (struct flow_asked){
            r.assignment, r.account, arena_copy(v->keep, r.name), (Day)r.last_day, r.ended > 0};
    return db_rows_end(&rows);
}

static enum status read_told(const struct flow_view *v, struct flow_story *s)
{
    struct db_rows rows;
    struct sql_flow_told_of_row r;
    size_t cap = 0;
    TRY(sql_flow_told_of(v->conn, &(struct sql_flow_told_of){v->county, s->c.number}, &rows));
    while (sql_flow_told_of_next(&rows, &r))
        VEC_PUSH(v->keep, s->told, s->told_n, cap) =
            (struct flow_told){r.seq, r.task != 0, (uint32_t)r.who};
    return db_rows_end(&rows);
}

static enum status read_notices(const struct flow_view *v, struct flow_story *s)
{
    struct db_rows rows;
    struct sql_flow_notices_row r;
    size_t cap = 0;
    TRY(sql_flow_notices(v->conn, &(struct sql_flow_notices){v->county, s->c.number}, &rows));
    while (sql_flow_notices_next(&rows, &r))
        VEC_PUSH(v->keep, s->notice, s->notice_n, cap) =
            (struct flow_notice){r.seq, (Day)r.first_day, (Day)r.last_day};
    return db_rows_end(&rows);
}

static enum status (*const READ[])(const struct flow_view *v, struct flow_story *s) = {
    read_lines,   read_values, read_files, read_sums,    read_bids,
    read_reviews, read_asked,  read_told,  read_notices,
};

enum status flow_story(const struct flow_view *v, int64_t number, struct flow_story *out)
{
    struct matter *m;
    *out = (struct flow_story){0};
    TRY(flow_get(v, number, &out->c));
    TRY(flow_matter(v, out->c.rules, out->c.type, &m));
    out->m = m;
    for (size_t i = 0; i < ARRAY_N(READ); i++)
        TRY(READ[i](v, out));
    return OK;
}

Str flow_story_value(const struct flow_story *s, Str field)
{
    const struct flow_value *f = value_of(s, field);
    return f != NULL ? f->value : NO_ARG;
}

enum matter_audience flow_audience(const struct flow_story *s)
{
    int32_t level = s->m->level;
    Str value = level < 0 ? S("") : flow_story_value(s, s->m->rules->field[level].name);
    return s->c.shown ? matter_audience(s->m, str_or_empty(value)) : MATTER_NOBODY;
}

enum status flow_of_operation(const struct flow_view *v, int64_t op, int64_t *number, int64_t *seq)
{
    struct sql_flow_money_case_row r;
    TRY(sql_flow_money_case_one(v->conn, v->keep, &(struct sql_flow_money_case){v->county, op},
                                &r));
    *number = r.number;
    *seq = r.seq;
    return OK;
}

enum status flow_locality(const struct flow_view *v, int64_t subject, Str *out)
{
    struct sql_flow_locality_row r;
    TRY(sql_flow_locality_one(v->conn, v->keep, &(struct sql_flow_locality){v->county, subject},
                              &r));
    *out = r.locality;
    return OK;
}
