/* case.c - cases as people look at them: lists, tasks, one with its history and what might come
 * next. */
#include "api/noun/case/case.h"

#include "access/assign.h"
#include "api/noun/money/ledger.h"
#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "explain/item.h"
#include "record/record.h"
#include "sql.h"

enum { PAGE_USUAL = 50, PAGE_MAX = 200, TASKS_SHOWN = 50, EFFECT_MAX = 400, FILE_MAX = 20 << 20 };

struct flow_view case_view(struct call *c)
{
    if (c->types == NULL) {
        c->types = ARENA_NEW(c->arena, struct flow_memo);
        c->types->keep = c->arena;
    }
    return (struct flow_view){c->conn, c->arena, c->county, c->today, &c->diags, c->types};
}

bool case_is_office(const struct call *c)
{
    return (c->who.roles & (uint32_t)ROLES_OFFICE) != 0;
}

Str case_status(enum rule_status s)
{
    return str_of(item_status(s, LANG_EN));
}

/* --- who sees a case --- */

static bool only_judges(const struct call *c)
{
    return caller_has(&c->who, ROLE_JUDGE) && !case_is_office(c);
}

/* `case 17`: what a judge was given. */
static enum status read_asked(struct call *c, struct case_sight *s)
{
    struct assignment *all;
    size_t n;
    TRY(assign_all(c->conn, c->arena, &c->who, &all, &n));
    s->asked = ARENA_ARRAY(c->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        Dec d;
        if (str_starts(all[i].task, S("case ")) &&
            dec_parse(&d, str_sub(all[i].task, 5, all[i].task.n), NULL))
            s->asked[s->asked_n++] = (int64_t)d.m;
    }
    return OK;
}

enum status case_sight(struct call *c, struct case_sight *out)
{
    *out = (struct case_sight){.call = c, .judges = only_judges(c)};
    return out->judges ? read_asked(c, out) : OK;
}

static const struct scope *scope_of(struct case_sight *s, Str kind)
{
    struct call *c = s->call;
    struct scope scope;
    size_t n = s->n, cap = s->cap;
    for (size_t i = 0; i < n; i++)
        if (str_eq(s->kind[i], kind))
            return &s->scope[i];
    Str own = arena_copy(c->arena, kind);
    s->st = access_scope(c->conn, c->arena, &c->who, own, 0, &scope);
    VEC_PUSH(c->arena, s->kind, n, cap) = own;
    VEC_PUSH(c->arena, s->scope, s->n, s->cap) = scope;
    return &s->scope[s->n - 1];
}

static bool was_asked(const struct case_sight *s, int64_t number)
{
    for (size_t i = 0; i < s->asked_n; i++)
        if (s->asked[i] == number)
            return true;
    return false;
}

static enum relation relation_of(struct case_sight *s, const struct flow_case *x)
{
    const struct caller *who = &s->call->who;
    if (s->judges && !was_asked(s, x->number) && who->subject != x->subject)
        return RELATION_NONE;
    return access_relation(who, scope_of(s, x->kind), x->subject, x->locality);
}

bool case_sees(void *sight, const struct flow_case *x)
{
    return relation_of(sight, x) != RELATION_NONE;
}

enum status case_relation(struct call *c, const struct flow_case *x, enum relation *out)
{
    struct case_sight s;
    TRY(case_sight(c, &s));
    *out = relation_of(&s, x);
    return s.st;
}

enum status case_seen(struct call *c, int64_t number, struct flow_case *out,
                      enum relation *relation)
{
    struct flow_view v = case_view(c);
    TRY(flow_get(&v, number, out));
    TRY(case_relation(c, out, relation));
    if (*relation != RELATION_NONE)
        return OK;
    (void)diag_add(&c->diags, DIAG_FLOW_GONE, (Span){0, 0},
                   arena_fmt(c->arena, "%lld", (long long)number), NO_ARG, NO_ARG);
    return ERR_GONE; /* as if there were none */
}

enum status case_visible(struct call *c, int64_t number)
{
    struct flow_case x;
    enum relation r;
    return case_seen(c, number, &x, &r);
}

enum status case_story(struct call *c, int64_t number, struct flow_story *out,
                       enum relation *relation)
{
    struct flow_view v = case_view(c);
    struct flow_case x;
    TRY(case_seen(c, number, &x, relation));
    return flow_story(&v, number, out);
}

Str case_shown(struct call *c, const struct field *f, enum relation r, Str value)
{
    if (value.p == NULL)
        return value;
    switch (access_may_see(&c->who, f->protect == 0 ? PROTECT_SENSITIVE : f->protect, r)) {
    case SIGHT_CLEAR: return value;
    case SIGHT_MASKED: return access_mask(c->arena, value);
    case SIGHT_NONE: break;
    }
    return NO_ARG;
}

/* --- rows --- */

static void write_who(struct call *c, uint32_t who, Str **at, size_t *n)
{
    size_t cap = 0;
    if ((who & MATTER_OWN) != 0)
        VEC_PUSH(c->arena, *at, *n, cap) = S("own");
    if ((who & MATTER_SYSTEM) != 0)
        VEC_PUSH(c->arena, *at, *n, cap) = S("system");
    for (int role = 0; role < ROLE_N; role++)
        if ((who & ROLE_BIT(role)) != 0)
            VEC_PUSH(c->arena, *at, *n, cap) = str_of(role_name((enum role)role)->word);
}

static bool is_overdue(const struct call *c, const struct flow_case *x)
{
    return !x->ended && x->due.set && x->due.v < c->today;
}

struct api_case_row case_row(struct call *c, const struct flow_case *x)
{
    struct api_case_row row = {
        .number = x->number,
        .seq = x->seq,
        .type = x->type,
        .title = x->title,
        .kind = x->kind,
        .id = x->identity,
        .name = x->name,
        .state = x->state,
        .ended = x->ended,
        .half = x->half,
        .due = {x->due.set && !x->ended, (Day)x->due.v},
        .overdue = is_overdue(c, x),
        .parent = x->parent,
        .opened = x->opened_us,
        .at = x->at_us,
        .actor = case_is_office(c) ? x->actor : NO_ARG,
    };
    write_who(c, x->ended ? 0 : x->waits, &row.waits.at, &row.waits.n);
    return row;
}

enum status api_case_types(struct call *c, struct api_case_types *out)
{
    struct flow_view v = case_view(c);
    struct flow_type *all;
    size_t n;
    TRY(flow_types(&v, &all, &n));
    out->types.at = ARENA_ARRAY(c->arena, struct api_case_type, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool own = (all[i].opener & MATTER_OWN) != 0 && c->who.subject > 0 &&
                   str_eq(c->who.subject_kind, all[i].kind);
        out->types.at[out->types.n++] = (struct api_case_type){
            .type = all[i].name,
            .kind = all[i].kind,
            .document = all[i].document,
            .version = all[i].version,
            .status = case_status(all[i].status),
            .hash = arena_hex(c->arena, sha256_str(&all[i].hash)),
            .clause = all[i].clause,
            .note = all[i].note,
            .policy = all[i].policy,
            .above = all[i].above,
            .openable = own || (c->who.roles & all[i].opener) != 0,
        };
    }
    return OK;
}

enum status api_case_list(struct call *c, const struct api_case_list_in *in,
                          struct api_case_page *out)
{
    struct flow_view v = case_view(c);
    struct case_sight sight;
    struct flow_case *all;
    size_t n;
    bool more;
    TRY(case_sight(c, &sight));
    struct flow_ask ask = {.type = in->type,
                           .state = in->state,
                           .below = in->before.v,
                           .ended = in->ended.set ? in->ended.v : -1,
                           .shown = -1,
                           .most = in->limit.set && in->limit.v > 0 && in->limit.v <= PAGE_MAX
                                       ? (size_t)in->limit.v
                                       : PAGE_USUAL,
                           .identity = in->id,
                           .locality = in->locality,
                           .year = in->year.v,
                           .sees = case_sees,
                           .ctx = &sight};
    TRY(flow_list(&v, &ask, &all, &n, &more));
    TRY(sight.st);
    out->cases.at = ARENA_ARRAY(c->arena, struct api_case_row, n + 1);
    for (size_t i = 0; i < n; i++)
        out->cases.at[out->cases.n++] = case_row(c, &all[i]);
    if (more)
        out->next = API_INT_OF(all[n - 1].number);
    return OK;
}

/* --- what waits for the caller --- */

static void count_task(struct call *c, struct api_case_tasks *out, const struct flow_case *x)
{
    struct api_case_count *at = NULL;
    bool overdue = is_overdue(c, x);
    for (size_t i = 0; i < out->counts.n; i++)
        if (str_eq(out->counts.at[i].type, x->type) && str_eq(out->counts.at[i].state, x->state))
            at = &out->counts.at[i];
    if (at == NULL) {
        at = &out->counts.at[out->counts.n++];
        *at = (struct api_case_count){.type = x->type, .state = x->state};
    }
    at->cases++;
    at->overdue += overdue;
    out->total++;
    out->overdue += overdue;
}

/* Payments that are asked for wait for leaders and finance, approved ones for finance. */
static enum status count_payments(struct call *c, int64_t *out)
{
    struct db_rows rows;
    struct sql_ledger_payment_all_row r;
    bool approves = caller_has(&c->who, ROLE_LEADER) || caller_has(&c->who, ROLE_FINANCE);
    if (!approves)
        return OK;
    TRY(sql_ledger_payment_all(c->conn, &(struct sql_ledger_payment_all){c->county}, &rows));
    while (sql_ledger_payment_all_next(&rows, &r))
        *out += r.state == LEDGER_REQUESTED ||
                (r.state == LEDGER_APPROVED && caller_has(&c->who, ROLE_FINANCE));
    return db_rows_end(&rows);
}

/* The first half of two people's step is not for the one who took it. */
static bool waits_for(const struct call *c, const struct flow_case *x)
{
    struct flow_person who = flow_person_of(&c->who);
    bool own = (x->waits & MATTER_OWN) != 0 && who.subject > 0 && who.subject == x->subject;
    return (own || (who.roles & x->waits) != 0 || only_judges(c)) &&
           !(x->half && str_eq(x->actor, who.name));
}

static int64_t urgency(const struct flow_case *x)
{
    return x->due.set ? x->due.v : DAY_MAX;
}

/* The most pressing first, of a day the older; the list is short. */
static void sort_tasks(struct flow_case *x, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && urgency(&x[k]) <= urgency(&x[k - 1]); k--) {
            struct flow_case swap = x[k];
            x[k] = x[k - 1];
            x[k - 1] = swap;
        }
}

enum status api_case_tasks(struct call *c, struct api_case_tasks *out)
{
    struct flow_view v = case_view(c);
    struct case_sight sight;
    struct flow_case *all;
    size_t n, mine = 0;
    bool more;
    TRY(case_sight(c, &sight));
    uint32_t who = only_judges(c) ? 0 : c->who.roles | (c->who.subject > 0 ? MATTER_OWN : 0);
    struct flow_ask ask = {.who = who, .ended = 0, .shown = -1, .sees = case_sees, .ctx = &sight};
    TRY(flow_list(&v, &ask, &all, &n, &more));
    TRY(sight.st);
    out->counts.at = ARENA_ARRAY(c->arena, struct api_case_count, n + 1);
    for (size_t i = 0; i < n; i++)
        if (waits_for(c, &all[i])) {
            count_task(c, out, &all[i]);
            all[mine++] = all[i];
        }
    sort_tasks(all, mine);
    out->cases.at = ARENA_ARRAY(c->arena, struct api_case_row, TASKS_SHOWN);
    for (size_t i = 0; i < mine && i < TASKS_SHOWN; i++)
        out->cases.at[out->cases.n++] = case_row(c, &all[i]);
    return count_payments(c, &out->payments);
}

/* --- one case --- */

static void write_values(struct call *c, struct api_case_story *out, const struct flow_story *s,
                         enum relation r)
{
    const struct rules *rules = s->m->rules;
    out->values.at = ARENA_ARRAY(c->arena, struct api_case_value, s->value_n + 1);
    for (size_t i = 0; i < s->value_n; i++) {
        int32_t at = rule_find_field(rules, s->value[i].field);
        if (at < 0)
            continue;
        out->values.at[out->values.n++] = (struct api_case_value){
            .field = s->value[i].field,
            .label = rules->field[at].meaning,
            .value = flow_shown(c->arena, &rules->field[at],
                                case_shown(c, &rules->field[at], r, s->value[i].value)),
            .seq = s->value[i].seq,
        };
    }
}

static void write_lines(struct call *c, struct api_case_story *out, const struct flow_story *s)
{
    out->lines.at = ARENA_ARRAY(c->arena, struct api_case_line, s->line_n + 1);
    for (size_t i = 0; i < s->line_n; i++) {
        const struct flow_line *l = &s->line[i];
        out->lines.at[out->lines.n++] = (struct api_case_line){
            .seq = l->seq,
            .kind = (int)l->kind - FLOW_OPENED,
            .step = l->step,
            .state = l->state,
            .actor = case_is_office(c) ? l->actor : NO_ARG,
            .at = l->at_us,
            .act = l->act,
            .why = l->why,
            .due = {l->due.set, (Day)l->due.v},
            .basis = l->basis.p == NULL ? NO_ARG : arena_hex(c->arena, l->basis),
        };
    }
}

static Str unit_name(const struct field *f)
{
    return f->unit == NULL ? S("") : str_of(f->unit->zh);
}

static int ask_type(const struct field *f)
{
    switch (f->ftype) {
    case FIELD_NUM: return API_CASE_ASK_TYPE_NUMBER;
    case FIELD_TRUTH:
    case FIELD_JUDGED: return API_CASE_ASK_TYPE_YESNO;
    case FIELD_CHOICE: return API_CASE_ASK_TYPE_CHOICE;
    case FIELD_DAY: return API_CASE_ASK_TYPE_DAY;
    case FIELD_TEXT:
    case FIELD_USCC:
    case FIELD_REGION:
    case FIELD_INDUSTRY:
    case FIELD_LINK: break;
    }
    return API_CASE_ASK_TYPE_TEXT;
}

static bool is_required(const struct matter *m, uint32_t field)
{
    for (uint32_t i = 0; i < m->field_n; i++)
        if (m->field[i].field == field && m->field[i].required)
            return true;
    return false;
}

static void write_asks(struct call *c, struct api_case_next *out, const struct flow_story *s,
                       const struct flow_option *o, enum relation r)
{
    const struct rules *rules = s->m->rules;
    out->asks.at = ARENA_ARRAY(c->arena, struct api_case_ask, o->ask_n + 1);
    for (size_t i = 0; i < o->ask_n; i++) {
        int32_t at = rule_find_field(rules, o->ask[i].field);
        const struct field *f = &rules->field[at];
        size_t cap = 0;
        struct api_case_ask *a = &out->asks.at[out->asks.n++];
        *a = (struct api_case_ask){.field = f->name,
                                   .type = ask_type(f),
                                   .unit = unit_name(f),
                                   .required = is_required(s->m, (uint32_t)at),
                                   .value = case_shown(c, f, r, o->ask[i].value),
                                   .label = f->meaning};
        for (uint32_t k = 0; k < f->option_n; k++)
            VEC_PUSH(c->arena, a->options.at, a->options.n, cap) = rules->label[f->option[k]];
    }
}

/* As the document has it. */
static void write_effects(struct call *c, struct api_case_next *out, const struct flow_story *s,
                          const struct matter_step *step)
{
    size_t cap = 0;
    for (uint32_t i = 0; i < step->effect_n; i++) {
        Span at = step->effect[i].span;
        VEC_PUSH(c->arena, out->effects.at, out->effects.n, cap) =
            str_sub(s->m->rules->text, at.beg, at.end);
    }
}

static enum status write_next(struct call *c, struct api_case_story *out,
                              const struct flow_story *s, enum relation r)
{
    struct flow_view v = case_view(c);
    struct flow_person who = flow_person_of(&c->who);
    struct flow_option *all;
    size_t n;
    TRY(flow_options(&v, s, &who, &all, &n));
    out->next.at = ARENA_ARRAY(c->arena, struct api_case_next, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct matter_step *step = all[i].step;
        struct api_case_next *x = &out->next.at[out->next.n++];
        *x = (struct api_case_next){.step = step->name,
                                    .to = s->m->state[step->to].name,
                                    .people = step->people,
                                    .may = all[i].may,
                                    .ready = all[i].ready,
                                    .second = all[i].second,
                                    .condition = step->must.s,
                                    .met = (int)all[i].met,
                                    .note = step->note};
        x->lacks.at = all[i].lacks;
        x->lacks.n = all[i].lacks_n;
        write_who(c, step->who, &x->who.at, &x->who.n);
        write_asks(c, x, s, &all[i], r);
        write_effects(c, x, s, step);
    }
    return OK;
}

static Str paper_number(struct call *c, const struct flow_file *f)
{
    return arena_fmt(c->arena, "%lld-%lld", (long long)f->act, (long long)f->n);
}

static void write_papers(struct call *c, struct api_case_story *out, const struct flow_story *s)
{
    const struct matter *m = s->m;
    out->papers.at = ARENA_ARRAY(c->arena, struct api_case_paper, s->file_n + 1);
    for (size_t i = 0; i < s->file_n; i++)
        out->papers.at[out->papers.n++] = (struct api_case_paper){
            .paper = s->file[i].paper,
            .file = s->file[i].file,
            .number = paper_number(c, &s->file[i]),
            .hash = arena_hex(c->arena, sha256_str(&s->file[i].hash)),
            .at = s->file[i].at_us,
            .actor = case_is_office(c) ? s->file[i].actor : NO_ARG,
        };
    out->wanted.at = ARENA_ARRAY(c->arena, struct api_case_wanted, m->paper_n + 1);
    for (uint32_t i = 0; i < m->paper_n; i++) {
        bool given = false;
        for (size_t k = 0; k < s->file_n; k++)
            given |= str_eq(s->file[k].paper, m->paper[i].name);
        out->wanted.at[out->wanted.n++] = (struct api_case_wanted){
            m->paper[i].name, m->paper[i].required, given, m->paper[i].note};
    }
}

static void write_sums(struct call *c, struct api_case_story *out, const struct flow_story *s)
{
    out->reserved = ledger_yuan(c, s->reserved_fen);
    out->paid = ledger_yuan(c, s->paid_fen);
    out->sums.at = ARENA_ARRAY(c->arena, struct api_case_sum, s->sum_n + 1);
    for (size_t i = 0; i < s->sum_n; i++)
        out->sums.at[out->sums.n++] = (struct api_case_sum){
            .operation = ledger_id_str(c->arena, s->sum[i].op),
            .kind = str_of(ledger_kind_name(s->sum[i].kind, LANG_ZH)),
            .stage = s->sum[i].stage,
            .amount = ledger_yuan(c, s->sum[i].amount),
            .reclaimed = ledger_yuan(c, s->sum[i].claimed),
            .state =
                s->sum[i].state == 0 ? S("") : str_of(ledger_state_name(s->sum[i].state, LANG_ZH)),
            .seq = s->sum[i].seq,
        };
}

static bool is_mine(const struct call *c, const struct flow_bid *b)
{
    return c->who.subject > 0 && c->who.subject == b->subject;
}

/* Reviews are the office's and each judge's own; bids, once opened, of all who see the case. */
static void write_judged(struct call *c, struct api_case_story *out, const struct flow_story *s)
{
    bool office = case_is_office(c);
    out->reviews.at = ARENA_ARRAY(c->arena, struct api_case_review, s->review_n + 1);
    for (size_t i = 0; i < s->review_n; i++) {
        const struct flow_review *r = &s->review[i];
        if (!office && r->account != c->who.account)
            continue;
        out->reviews.at[out->reviews.n++] = (struct api_case_review){
            r->bid,  ledger_points(c, r->low_e4), ledger_points(c, r->high_e4), r->text, r->actor,
            r->at_us};
    }
    out->asked.at = ARENA_ARRAY(c->arena, struct api_case_asked, s->asked_n + 1);
    for (size_t i = 0; i < s->asked_n && office; i++)
        out->asked.at[out->asked.n++] = (struct api_case_asked){
            s->asked[i].account, s->asked[i].name, s->asked[i].last, s->asked[i].ended};
    out->bids.at = ARENA_ARRAY(c->arena, struct api_case_bid, s->bid_n + 1);
    for (size_t i = 0; i < s->bid_n; i++) {
        const struct flow_bid *b = &s->bid[i];
        out->bids.at[out->bids.n++] = (struct api_case_bid){
            .bid = b->bid,
            .id = office || is_mine(c, b) ? b->identity : NO_ARG,
            .seal = arena_hex(c->arena, b->seal),
            .at = b->at_us,
            .opened = b->opened,
            .price = b->opened ? ledger_yuan(c, b->price) : NO_ARG,
            .text = b->opened ? b->text : NO_ARG,
        };
    }
}

static void write_notices(struct call *c, struct api_case_story *out, const struct flow_story *s)
{
    static const char *const TAKES[] = {"reviews", "bids", "opening"};
    size_t cap = 0;
    out->notices.at = ARENA_ARRAY(c->arena, struct api_case_notice, s->notice_n + 1);
    for (size_t i = 0; i < s->notice_n; i++)
        out->notices.at[out->notices.n++] =
            (struct api_case_notice){s->notice[i].seq, s->notice[i].first, s->notice[i].last};
    for (size_t i = 0; i < ARRAY_N(TAKES); i++)
        if ((s->c.takes >> i & 1) != 0)
            VEC_PUSH(c->arena, out->takes.at, out->takes.n, cap) = str_of(TAKES[i]);
}

/* The one above it and those below: of the same subject, or such as the caller may see. */
static enum status write_linked(struct call *c, struct api_case_story *out,
                                const struct flow_case *x)
{
    struct db_rows rows;
    struct sql_flow_case_children_row r;
    struct flow_view v = case_view(c);
    struct flow_case other;
    int64_t *number = NULL;
    size_t n = 0, cap = 0;
    if (only_judges(c))
        return OK;
    VEC_PUSH(c->arena, number, n, cap) = x->parent;
    TRY(sql_flow_case_children(c->conn, &(struct sql_flow_case_children){c->county, x->number},
                               &rows));
    while (sql_flow_case_children_next(&rows, &r))
        VEC_PUSH(c->arena, number, n, cap) = r.number;
    TRY(db_rows_end(&rows));
    out->linked.at = ARENA_ARRAY(c->arena, struct api_case_link, n);
    for (size_t i = x->parent == 0; i < n; i++) {
        TRY(flow_get(&v, number[i], &other));
        if (other.subject == x->subject || case_visible(c, number[i]) == OK)
            out->linked.at[out->linked.n++] =
                (struct api_case_link){other.number, other.type, other.title, other.state};
    }
    return OK;
}

enum status api_case_get(struct call *c, const struct api_case_get_in *in,
                         struct api_case_story *out)
{
    struct flow_story s;
    enum relation r;
    TRY(case_story(c, in->number, &s, &r));
    out->row = case_row(c, &s.c);
    out->clause = s.m->clause;
    out->note = s.m->note;
    out->rules = arena_hex(c->arena, sha256_str(&s.c.rules));
    out->status = case_status(s.m->rules->status);
    write_values(c, out, &s, r);
    write_lines(c, out, &s);
    write_papers(c, out, &s);
    write_sums(c, out, &s);
    write_judged(c, out, &s);
    write_notices(c, out, &s);
    TRY(write_linked(c, out, &s.c));
    return write_next(c, out, &s, r);
}

enum status api_case_paper_get(struct call *c, const struct api_case_paper_get_in *in)
{
    struct flow_story s;
    enum relation r;
    TRY(case_story(c, in->number, &s, &r));
    for (size_t i = 0; i < s.file_n; i++)
        if (str_eq(paper_number(c, &s.file[i]), in->paper)) {
            c->file = s.file[i].file;
            return content_get(c->conn, c->arena, &c->bytes, c->county, s.file[i].hash, FILE_MAX);
        }
    return ERR_GONE;
}
