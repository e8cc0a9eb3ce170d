/* step.c - cases opened, saved, taken a step further; papers handed in; terms that are over. */
#include "audit/act.h"
#include "base/moment.h"
#include "flow/flow_int.h"
#include "run/workday.h"

enum { NAME_MAX = 400, VALUE_MAX = 20000, LACKS_MAX = 4000 };
enum { NEAR_DAYS = 3 }; /* a term that ends soon */

void flow_begin(struct flow_desk *d)
{
    d->own = ARENA_NEW(d->act->arena, struct flow_own);
    d->own->record = record_of(d->act);
    d->own->tmp = arena_open();
    ledger_begin(&d->own->ledger, d->act, d->own->tmp, d->diags);
}

void flow_end(struct flow_desk *d)
{
    ledger_end(&d->own->ledger);
    arena_close(d->own->tmp);
}

struct flow_view flow_look(const struct flow_desk *d)
{
    return (struct flow_view){d->act->conn, d->act->arena, d->act->county,
                              d->today,     d->diags,      d->memo};
}

int64_t flow_row(struct flow_desk *d, enum flow_table t)
{
    return d->own->n[t]++;
}

enum status flow_refuse(const struct flow_desk *d, enum diag_code code, Str a, Str b, Str c)
{
    return diag_add(d->diags, code, (Span){0, 0}, a, b, c);
}

static enum status deny(const struct flow_desk *d, enum diag_code code, Str a, Str b)
{
    (void)flow_refuse(d, code, a, b, NO_ARG); /* denied, not wrong */
    return ERR_DENIED;
}

/* --- terms --- */

static enum status workdays(struct flow_doing *x, int n, struct flow_until *out)
{
    struct calendar *calendar;
    Sha256 hash, *kept;
    Day last;
    TRY(calendar_read(x->v.keep, &calendar, x->d->calendar, x->v.diags));
    if (calendar_after(calendar, &last, x->v.today, n, NULL) != OK)
        return OK; /* a year that is not arranged yet: not known, and not guessed */
    TRY(content_put(&x->d->own->record, &hash, x->d->calendar, S("text/csv")));
    kept = ARENA_NEW(x->v.keep, Sha256);
    *kept = hash;
    *out = (struct flow_until){SQL_INT(last), sha256_str(kept)};
    return OK;
}

enum status flow_until(struct flow_doing *x, const struct matter_term *t, struct flow_until *out)
{
    *out = (struct flow_until){0};
    if (t->n > 0 && t->workdays)
        return workdays(x, t->n, out);
    if (t->n > 0)
        out->day = SQL_INT(x->v.today + t->n);
    if (t->field >= 0) {
        struct matter_value day = {.kind = MATTER_FIELD, .ref = (uint32_t)t->field};
        struct field f;
        Cell cell;
        TRY(matter_find(x->v.keep, &cell, &f, &x->f.ask, &day, x->v.diags));
        if (cell.lo == cell.hi)
            out->day = SQL_INT((int64_t)cell.lo);
    }
    return OK;
}

/* --- entries --- */

struct entry {
    enum flow_entry kind;
    Str step;
    uint32_t state;
    struct flow_until until;
    bool kept; /* is `basis` */
};

static enum status enter(struct flow_doing *x, const struct entry *e)
{
    struct flow_desk *d = x->d;
    const struct matter *m = x->s.m;
    const struct matter_state *s = &m->state[e->state];
    struct sql_flow_step_add row = {.county = d->act->county,
                                    .act = d->act->no,
                                    .n = flow_row(d, FLOW_STEP),
                                    .number = x->s.c.number,
                                    .seq = x->seq,
                                    .kind = e->kind,
                                    .step = e->step,
                                    .state = s->name,
                                    .ended = s->end,
                                    .shown = s->shown,
                                    .takes = s->takes,
                                    .waits = matter_waits(m, e->state),
                                    .timed = s->overdue >= 0 && e->until.day.set,
                                    .due = e->until.day,
                                    .calendar = e->until.calendar,
                                    .basis = e->kept ? sha256_str(&x->basis) : NO_ARG,
                                    .why = str_or_empty(x->why)};
    TRY(sql_flow_step_add(d->act->conn, &row));
    return sql_flow_now_set(d->act->conn, &(struct sql_flow_now_set){
                                              d->act->county, row.number, row.seq, x->s.c.subject,
                                              m->name, row.state, row.ended, row.shown, row.waits,
                                              row.timed, row.due.set ? row.due.v : DAY_MAX});
}

/* --- the form --- */

static void put_value(struct flow_doing *x, Str field, Str value)
{
    struct flow_story *s = &x->s;
    size_t cap = s->value_n;
    for (size_t i = 0; i < s->value_n; i++)
        if (str_eq(s->value[i].field, field)) {
            s->value[i].value = value.n > 0 ? value : NO_ARG;
            s->value[i].seq = x->seq;
            return;
        }
    if (value.n > 0)
        VEC_PUSH(x->v.keep, s->value, s->value_n, cap) = (struct flow_value){x->seq, field, value};
}

enum status flow_keep_value(struct flow_doing *x, uint32_t field, Str value)
{
    struct flow_desk *d = x->d;
    Str name = x->s.m->rules->field[field].name;
    if (value.n > VALUE_MAX)
        return flow_refuse(d, DIAG_FLOW_VALUE, name, S("…"), S("20000"));
    TRY(flow_set(&x->v, &x->f, x->s.m, field, value));
    put_value(x, name, value);
    return sql_flow_field_add(d->act->conn, &(struct sql_flow_field_add){
                                                d->act->county, d->act->no, flow_row(d, FLOW_FIELD),
                                                x->s.c.number, x->seq, name, value});
}

/* Is the field asked for with the step (-1: opening), or with what opened the case? */
static bool is_asked(const struct matter_field *f, int32_t step, bool opening)
{
    return f->at.n == 0 ? opening : step >= 0 && matter_is_at(&f->at, (uint32_t)step);
}

static const struct matter_field *asked_field(const struct matter *m, Str name, int32_t step,
                                              bool opening)
{
    for (uint32_t i = 0; i < m->field_n; i++)
        if (str_eq(m->rules->field[m->field[i].field].name, name) &&
            is_asked(&m->field[i], step, opening))
            return &m->field[i];
    return NULL;
}

static bool is_twice(const struct flow_given *given, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(given->value[i].field, given->value[at].field))
            return true;
    return false;
}

/* What the form can be filled with from the facts. */
static enum status fill_in(struct flow_doing *x, int32_t at, bool opening)
{
    const struct matter *m = x->s.m;
    for (uint32_t i = 0; i < m->field_n; i++) {
        const struct matter_field *f = &m->field[i];
        Str text, name = m->rules->field[f->field].name;
        if (f->prefill.kind == MATTER_NONE || !is_asked(f, at, opening) ||
            flow_story_value(&x->s, name).p != NULL)
            continue;
        TRY(flow_value_text(&x->v, &x->f, &f->prefill, f->field, &text));
        if (text.p != NULL)
            TRY(flow_keep_value(x, f->field, text));
    }
    return OK;
}

/* What was given, and then the rest of the form. */
static enum status take_given(struct flow_doing *x, const struct flow_given *given, int32_t at,
                              bool opening)
{
    const struct matter *m = x->s.m;
    for (size_t i = 0; i < given->n; i++) {
        const struct flow_value *g = &given->value[i];
        const struct matter_field *f = asked_field(m, g->field, at, opening);
        if (f == NULL || is_twice(given, i))
            return flow_refuse(x->d, DIAG_FLOW_FIELD, g->field, at < 0 ? m->name : m->step[at].name,
                               NO_ARG);
        if (!str_eq(str_or_empty(flow_story_value(&x->s, g->field)), g->value))
            TRY(flow_keep_value(x, f->field, g->value));
    }
    return fill_in(x, at, opening);
}

/* --- opening --- */

static enum status check_opener(struct flow_desk *d, const struct matter *m, int64_t subject)
{
    const struct flow_person *w = &d->who;
    bool own = (m->opener & MATTER_OWN) != 0 && w->subject > 0 && w->subject == subject;
    if (own || w->system || (w->roles & m->opener) != 0)
        return OK;
    return deny(d, DIAG_FLOW_OPENER, w->name, m->name);
}

static enum status check_once(struct flow_desk *d, const struct sql_flow_case_add *row)
{
    struct sql_flow_case_once_row old;
    enum status st = sql_flow_case_once_one(
        d->act->conn, d->act->arena,
        &(struct sql_flow_case_once){row->county, row->subject, row->year, row->once}, &old);
    if (st != OK)
        return st == ERR_GONE ? OK : st;
    return flow_refuse(d, DIAG_FLOW_ONCE, row->type, flow_number(d->act->arena, old.number),
                       NO_ARG);
}

static enum status check_above(struct flow_desk *d, const struct flow_new *in,
                               const struct matter *m)
{
    struct flow_view v = flow_look(d);
    struct flow_case above;
    if (in->parent == 0 || in->built)
        return OK;
    enum status st = in->unseen ? ERR_GONE : flow_find(&v, in->parent, &above);
    if (st == OK && str_eq(above.type, m->above) && !above.ended)
        return OK;
    if (st != OK && st != ERR_GONE)
        return st;
    return flow_refuse(d, DIAG_FLOW_ABOVE, m->name, flow_number(v.keep, in->parent),
                       m->above.n > 0 ? m->above : S("—"));
}

static enum status add_case(struct flow_desk *d, const struct flow_new *in, const struct matter *m,
                            int64_t *number)
{
    struct sql_flow_case_last_row last;
    TRY(sql_flow_case_last_one(d->act->conn, d->act->arena,
                               &(struct sql_flow_case_last){d->act->county}, &last));
    *number = last.number + 1;
    struct sql_flow_case_add row = {
        .county = d->act->county,
        .act = d->act->no,
        .n = flow_row(d, FLOW_CASE),
        .number = *number,
        .rules = sha256_str(&in->rules),
        .type = m->name,
        .subject = in->subject,
        .year = day_year(d->today),
        .once = m->once ? m->name : arena_fmt(d->act->arena, "#%lld", (long long)*number),
        .title = in->title.n > 0 ? in->title : m->name,
        .parent = in->parent};
    if (row.title.n > NAME_MAX)
        return flow_refuse(d, DIAG_FLOW_VALUE, S("title"), S("…"), S("400"));
    TRY(check_once(d, &row));
    return sql_flow_case_add(d->act->conn, &row);
}

/* The case as it is before its first entry. */
static enum status begin_case(struct flow_doing *x, const struct flow_new *in,
                              const struct matter *m, int64_t number)
{
    struct sql_subject_kind_row who;
    TRY(sql_subject_kind_one(x->v.conn, x->v.keep,
                             &(struct sql_subject_kind){x->v.county, in->subject}, &who));
    x->s.m = m;
    x->s.c = (struct flow_case){.number = number,
                                .subject = in->subject,
                                .rules = in->rules,
                                .type = m->name,
                                .kind = who.kind,
                                .identity = who.identity,
                                .title = in->title,
                                .parent = in->parent,
                                .state = m->state[0].name,
                                .year = day_year(x->v.today)};
    if (!str_eq(who.kind, m->rules->subject))
        return flow_refuse(x->d, DIAG_FLOW_KIND, m->name, who.kind, m->rules->subject);
    return flow_facts(&x->v, &x->s, &x->f);
}

enum status flow_keep_rules(struct flow_desk *d, Str text, Sha256 *hash)
{
    return content_put(&d->own->record, hash, text, S("text/markdown"));
}

enum status flow_open(struct flow_desk *d, const struct flow_new *in, int64_t *number)
{
    struct flow_doing x = {.d = d, .v = flow_look(d), .seq = 1, .why = str_or_empty(in->given.why)};
    struct matter *m;
    TRY(flow_matter(&x.v, in->rules, in->type, &m));
    TRY(check_opener(d, m, in->subject));
    TRY(check_above(d, in, m));
    TRY(add_case(d, in, m, number));
    TRY(begin_case(&x, in, m, *number));
    TRY(take_given(&x, &in->given, -1, true));
    struct entry e = {.kind = FLOW_OPENED, .step = S(""), .state = 0};
    TRY(flow_until(&x, &m->state[0].term, &e.until));
    return enter(&x, &e);
}

/* --- a step --- */

/* The case, if nobody was there since. */
static enum status stand(struct flow_doing *x, struct flow_desk *d, int64_t number, int64_t seq)
{
    *x = (struct flow_doing){.d = d, .v = flow_look(d)};
    TRY(flow_story(&x->v, number, &x->s));
    if (x->s.c.seq != seq)
        return flow_refuse(d, DIAG_FLOW_SEQ, flow_number(x->v.keep, number),
                           flow_number(x->v.keep, x->s.c.seq), x->s.c.state);
    x->seq = seq + 1;
    return flow_facts(&x->v, &x->s, &x->f);
}

static struct flow_until as_before(const struct flow_doing *x)
{
    return (struct flow_until){x->s.c.due, NO_ARG};
}

enum status flow_save(struct flow_desk *d, int64_t number, int64_t seq,
                      const struct flow_given *given)
{
    struct flow_doing x;
    TRY(stand(&x, d, number, seq));
    ASSERT(x.s.m != NULL);
    bool first = str_eq(x.s.c.state, x.s.m->state[0].name);
    if (!flow_concerns(&x.s.c, &d->who))
        return deny(d, DIAG_FLOW_WHO, d->who.name, S("填报 fill in"));
    if (!first)
        return flow_refuse(d, DIAG_FLOW_STEP, S("填报 fill in"), x.s.c.state, NO_ARG);
    x.why = str_or_empty(given->why);
    TRY(take_given(&x, given, -1, true));
    return enter(&x, &(struct entry){FLOW_SAVED, S(""), 0, as_before(&x), false});
}

static Str list_of(struct arena *keep, const Str *at, size_t n)
{
    struct buf b;
    buf_init(&b, keep, LACKS_MAX);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "%s%.*s", i == 0 ? "" : "、", STR_ARG(at[i]));
    return buf_str(&b);
}

static enum status check_option(struct flow_doing *x, const struct flow_option *o)
{
    static const char *const WORD[] = {[TRUTH_UNMET] = "不符 unmet",
                                       [TRUTH_UNKNOWN] = "待补 unknown",
                                       [TRUTH_MANUAL] = "人工 manual"};
    if (!o->may)
        return deny(x->d, DIAG_FLOW_WHO, x->d->who.name, x->step->name);
    if (o->lacks_n > 0)
        return flow_refuse(x->d, DIAG_FLOW_LACKS, x->step->name,
                           list_of(x->v.keep, o->lacks, o->lacks_n), NO_ARG);
    if (o->met != TRUTH_MET && o->met != TRUTH_NA)
        return flow_refuse(x->d, DIAG_FLOW_MUST, x->step->name, x->step->must.s,
                           str_of(WORD[o->met]));
    return OK;
}

/* What a decision of two people or about money stands on is kept. */
static enum status keep_basis(struct flow_doing *x, bool *kept)
{
    *kept = x->step->people == 2 || flow_moves_money(x->step);
    if (!*kept)
        return OK;
    return content_put(&x->d->own->record, &x->basis, flow_basis(&x->v, &x->s, &x->f),
                       S("application/json"));
}

/* The first of two has signed: all stays where it is. */
static enum status take_half(struct flow_doing *x, struct entry *e)
{
    e->kind = FLOW_HALF;
    e->state = (uint32_t)matter_state(x->s.m, x->s.c.state);
    e->until = as_before(x);
    return enter(x, e);
}

static enum status take_whole(struct flow_doing *x, struct entry *e)
{
    e->kind = FLOW_TAKEN;
    e->state = x->step->to;
    TRY(flow_until(x, &x->s.m->state[e->state].term, &e->until));
    TRY(enter(x, e));
    return flow_effects(x);
}

static enum status take(struct flow_doing *x, const struct flow_given *given, bool *half)
{
    const struct matter *m = x->s.m;
    const struct matter_step *step = x->step;
    struct flow_option o;
    struct entry e = {.step = step->name};
    bool opening = str_eq(x->s.c.state, m->state[0].name);
    TRY(flow_option(&x->v, &x->s, &x->f, &x->d->who, step, &o));
    if (!o.may) /* before anything of the form is looked at */
        return check_option(x, &o);
    if (o.second && given->n > 0) /* what the first has signed stays as it was signed */
        return flow_refuse(x->d, DIAG_FLOW_FIELD, given->value[0].field, step->name, NO_ARG);
    if (!o.second)
        TRY(take_given(x, given, (int32_t)(step - m->step), opening));
    TRY(flow_option(&x->v, &x->s, &x->f, &x->d->who, step, &o));
    TRY(check_option(x, &o));
    TRY(flow_check_others(x));
    TRY(keep_basis(x, &e.kept));
    *half = step->people == 2 && !o.second;
    return *half ? take_half(x, &e) : take_whole(x, &e);
}

enum status flow_do(struct flow_desk *d, int64_t number, int64_t seq, Str step,
                    const struct flow_given *given, bool *half)
{
    struct flow_doing x;
    TRY(stand(&x, d, number, seq));
    ASSERT(x.s.m != NULL);
    int32_t at = matter_step(x.s.m, step), state = matter_state(x.s.m, x.s.c.state);
    if (at < 0 || state < 0 || !matter_step_from(&x.s.m->step[at], (uint32_t)state))
        return flow_refuse(d, DIAG_FLOW_STEP, step, x.s.c.state, NO_ARG);
    x.step = &x.s.m->step[at];
    x.why = str_or_empty(given->why);
    return take(&x, given, half);
}

/* --- papers, and terms that are over --- */

enum status flow_hand_in(struct flow_desk *d, int64_t number, Str paper, Str file, Str bytes)
{
    struct flow_view v = flow_look(d);
    struct flow_case c;
    struct matter *m;
    Sha256 hash;
    bool known = false;
    TRY(flow_get(&v, number, &c));
    TRY(flow_matter(&v, c.rules, c.type, &m));
    if (!flow_concerns(&c, &d->who))
        return deny(d, DIAG_FLOW_WHO, d->who.name, paper);
    for (uint32_t i = 0; i < m->paper_n; i++)
        known |= str_eq(m->paper[i].name, paper);
    if (!known || c.ended || file.n == 0 || file.n > NAME_MAX || bytes.n == 0)
        return flow_refuse(d, DIAG_FLOW_PAPER, paper, c.state, NO_ARG);
    TRY(content_put(&d->own->record, &hash, bytes, S("application/octet-stream")));
    return sql_flow_paper_add(d->act->conn, &(struct sql_flow_paper_add){
                                                d->act->county, d->act->no, flow_row(d, FLOW_PAPER),
                                                number, c.seq, paper, file, sha256_str(&hash)});
}

struct late {
    int64_t *number;
    size_t n, cap;
};

static enum status find_late(struct flow_desk *d, struct late *out)
{
    struct db_rows rows;
    struct sql_flow_due_row r;
    TRY(sql_flow_due(d->act->conn, &(struct sql_flow_due){d->act->county, d->today}, &rows));
    while (sql_flow_due_next(&rows, &r))
        VEC_PUSH(d->act->arena, out->number, out->n, out->cap) = r.number;
    return db_rows_end(&rows);
}

static enum status take_late(struct flow_desk *d, int64_t number)
{
    struct flow_view v = flow_look(d);
    struct flow_case c;
    struct matter *m;
    bool half;
    TRY(flow_get(&v, number, &c));
    TRY(flow_matter(&v, c.rules, c.type, &m));
    int32_t state = matter_state(m, c.state);
    ASSERT(state >= 0 && m->state[state].overdue >= 0);
    Str step = m->step[m->state[state].overdue].name;
    return flow_do(d, number, c.seq, step, &(struct flow_given){.why = S("")}, &half);
}

/* What cannot be taken now stays, and is tried again the next time. */
static enum status try_late(struct flow_desk *d, int64_t number, size_t *n)
{
    struct flow_own before = *d->own;
    TRY(db_mark(d->act->conn));
    enum status st = take_late(d, number);
    if (st == OK)
        ++*n;
    if (st != ERR_INPUT && st != ERR_DENIED)
        return st == OK ? db_unmark(d->act->conn) : st;
    *d->own = before;
    return db_undo(d->act->conn);
}

struct soon {
    struct sql_flow_near_row *at;
    size_t n, cap;
};

/* Once for each step: those whom a case waits for are told that its last day is near. */
static enum status remind(struct flow_desk *d, size_t *n)
{
    struct act *a = d->act;
    struct db_rows rows;
    struct sql_flow_near_row r;
    struct soon soon = {0};
    TRY(sql_flow_near(a->conn, &(struct sql_flow_near){a->county, d->today, d->today + NEAR_DAYS},
                      &rows));
    while (sql_flow_near_next(&rows, &r))
        VEC_PUSH(a->arena, soon.at, soon.n, soon.cap) = r;
    TRY(db_rows_end(&rows));
    for (size_t i = 0; i < soon.n; i++)
        TRY(sql_flow_told_add(a->conn,
                              &(struct sql_flow_told_add){a->county, a->no, flow_row(d, FLOW_TOLD),
                                                          soon.at[i].number, soon.at[i].seq, 0,
                                                          soon.at[i].waits}));
    *n += soon.n;
    return OK;
}

enum status flow_tick(struct flow_desk *d, size_t *n)
{
    struct late late = {0};
    *n = 0;
    TRY(find_late(d, &late));
    for (size_t i = 0; i < late.n; i++)
        TRY(try_late(d, late.number[i], n));
    return remind(d, n);
}

static enum status tick_act(struct db_conn *c, struct arena *tmp, Str county, Str calendar,
                            int64_t now_us, size_t *n)
{
    struct act act;
    struct diags ds;
    diags_init(&ds, tmp);
    TRY(act_begin(&act, c, tmp, county, now_us));
    struct flow_desk d = {.act = &act,
                          .who = {.name = S("系统"), .system = true},
                          .today = moment_day(now_us, ZONE_CHINA),
                          .calendar = calendar,
                          .diags = &ds};
    flow_begin(&d);
    enum status st = flow_tick(&d, n);
    flow_end(&d);
    TRY(st);
    struct act_words words = {d.who.name, S("case.tick"), S("cases"), S("{}")};
    return *n == 0 ? ERR_GONE : act_end(&act, &words);
}

enum status flow_tick_alone(struct db_conn *c, struct arena *tmp, Str county, Str calendar,
                            int64_t now_us, size_t *n)
{
    Day today = moment_day(now_us, ZONE_CHINA);
    struct sql_flow_due_row row;
    struct sql_flow_near_row near;
    *n = 0;
    enum status st = sql_flow_due_one(c, tmp, &(struct sql_flow_due){county, today}, &row);
    if (st == ERR_GONE)
        st = sql_flow_near_one(c, tmp, &(struct sql_flow_near){county, today, today + NEAR_DAYS},
                               &near);
    return st == ERR_GONE ? OK : st == OK ? tick_act(c, tmp, county, calendar, now_us, n) : st;
}
