/* read.c - the tables of `## 事项 X`: states, steps, then what refers to them. */
#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "field/unit.h"
#include "matter/matter_int.h"
#include "rule/lex.h"
#include "rule/words.h"

enum { TERM_MAX = 1000, REVIEWS_MAX = 100, STATES_MAX = 200, STEPS_MAX = 400, E4 = 4 };
enum { MEASURES_MAX = 40 };

static const struct {
    const char *zh, *en;
    enum type_kind type;
    uint8_t scale;
    bool money;
} KNOWN[MATTER_KNOWN_N] = {
    [MATTER_NOTICE_OVER] = {"公示期满", "notice_over", TYPE_TRUTH, 0, false},
    [MATTER_REVIEW_N] = {"评审份数", "review_count", TYPE_NUM, 0, false},
    [MATTER_REVIEW_LOW] = {"评审低分", "review_low", TYPE_NUM, 4, false},
    [MATTER_REVIEW_HIGH] = {"评审高分", "review_high", TYPE_NUM, 4, false},
    [MATTER_BID_N] = {"投标份数", "bid_count", TYPE_NUM, 0, false},
    [MATTER_RESERVED] = {"预留金额", "reserved", TYPE_NUM, 2, true},
    [MATTER_PAID] = {"已付金额", "paid", TYPE_NUM, 2, true},
    [MATTER_OVERDUE] = {"逾期", "overdue", TYPE_TRUTH, 0, false},
};

void matter_wrong(struct matter_reader *x, enum diag_code code, Text at, Str more)
{
    x->bad = true;
    (void)diag_add(x->ds, code, at.span, at.s, more, NO_ARG);
}

/* --- pieces that several tables have --- */

Text matter_cell(const struct matter_table *t, uint32_t row, enum matter_word column)
{
    const struct md_row *r = &t->md->row[row];
    return t->at[column] == 0 ? (Text){S(""), r->line} : r->cell[t->at[column] - 1];
}

static bool is_none(Text cell)
{
    return cell.s.n == 0 || str_eq(cell.s, S("-"));
}

static bool yes(struct matter_reader *x, Text cell)
{
    if (is_none(cell) || str_eq(cell.s, S("否")) || str_eq(cell.s, S("no")))
        return false;
    if (matter_word_find(MATTER_OTHER, cell.s) != MW_YES)
        matter_wrong(x, DIAG_CASE_VALUE, cell, S("是 否 yes no"));
    return true;
}

int32_t matter_read_field(struct matter_reader *x, Text cell)
{
    int32_t f = rule_find_field(x->m->rules, name_fold(x->keep, cell.s));
    if (f >= 0 && x->m->rules->field[f].form)
        return f;
    matter_wrong(x, DIAG_CASE_FIELD, cell, x->m->name);
    return -1;
}

/* "高" or “高” */
static bool quoted_text(Str s, Str *inner)
{
    static const Str BEG[] = {{"\"", 1}, {"“", 3}}, END[] = {{"\"", 1}, {"”", 3}};
    for (size_t i = 0; i < ARRAY_N(BEG); i++)
        if (s.n >= 2 * BEG[i].n && str_starts(s, BEG[i]) && str_ends(s, END[i])) {
            *inner = str_sub(s, BEG[i].n, s.n - END[i].n);
            return true;
        }
    return false;
}

bool matter_read_value(struct matter_reader *x, Text cell, struct matter_value *out)
{
    Str name = name_fold(x->keep, cell.s);
    *out = (struct matter_value){.text = name};
    Str inner;
    bool quoted = quoted_text(name, &inner);
    int32_t field = rule_find_field(x->m->rules, name), item = rule_find_item(x->m->rules, name);
    if (quoted) {
        *out = (struct matter_value){.kind = MATTER_TEXT, .text = inner};
    } else if (matter_word_find(MATTER_OTHER, name) == MW_TODAY) {
        out->kind = MATTER_TODAY;
    } else if (field >= 0 || item >= 0) {
        out->kind = field >= 0 ? MATTER_FIELD : MATTER_ITEM;
        out->ref = (uint32_t)(field >= 0 ? field : item);
    } else {
        matter_wrong(x, DIAG_CASE_NAME, cell, rule_near_field(x->m->rules, name));
        return false;
    }
    return true;
}

uint32_t matter_read_who(struct matter_reader *x, Text cell)
{
    uint32_t all = 0;
    Text rest = cell, part;
    while (matter_part(&rest, &part, true)) {
        uint32_t bit = 0;
        enum matter_word w = matter_word_find(MATTER_PEOPLE, part.s);
        if (w == MW_OWN || w == MW_SYSTEM)
            bit = w == MW_OWN ? MATTER_OWN : MATTER_SYSTEM;
        else if (!x->role(part.s, &bit))
            matter_wrong(x, DIAG_CASE_WHO, part, NO_ARG);
        all |= bit;
    }
    return all;
}

/* The number at the front, and what stands behind it. */
static bool front_number(Str s, int *n, Str *rest)
{
    size_t at = 0;
    *n = 0;
    while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9' && *n <= TERM_MAX)
        *n = *n * 10 + (s.p[at++] - '0');
    *rest = str_trim(str_sub(s, at, s.n));
    return at > 0;
}

static bool is_day_of_form(struct matter_reader *x, Str name, int32_t *field)
{
    *field = rule_find_field(x->m->rules, name);
    return *field >= 0 && x->m->rules->field[*field].form &&
           x->m->rules->field[*field].ftype == FIELD_DAY;
}

bool matter_read_term(struct matter_reader *x, Text cell, struct matter_term *out)
{
    Str unit, text = name_fold(x->keep, cell.s);
    *out = (struct matter_term){.field = -1};
    if (is_none(cell))
        return true;
    if (!front_number(text, &out->n, &unit)) {
        if (is_day_of_form(x, text, &out->field))
            return true;
        matter_wrong(x, DIAG_CASE_TERM, cell, NO_ARG);
        return false;
    }
    out->workdays =
        str_eq(unit, S("个工作日")) || str_eq(unit, S("工作日")) || str_eq(unit, S("working days"));
    bool days = str_eq(unit, S("天")) || str_eq(unit, S("日")) || str_eq(unit, S("days"));
    if (out->n < 1 || out->n > TERM_MAX || (!days && !out->workdays)) {
        matter_wrong(x, DIAG_CASE_TERM, cell, NO_ARG);
        return false;
    }
    if (out->workdays && x->m->calendar.n == 0)
        matter_wrong(x, DIAG_CASE_CALENDAR, cell, NO_ARG);
    return true;
}

/* --- finding the tables --- */

static const enum matter_word HEADS[][12] = {
    [0] = {MW_STATE, MW_TERM, MW_OVERDUE, MW_END, MW_SHOWN, MW_TAKES, MW_NOTE},
    [MW_STEP - MW_STATE] = {MW_STEP, MW_FROM, MW_TO, MW_WHO, MW_MUST, MW_PEOPLE, MW_NOT_BY,
                            MW_EFFECT, MW_NOTE},
    [MW_FORM - MW_STATE] = {MW_FORM, MW_REQUIRED, MW_PREFILL, MW_STEP, MW_NOTE},
    [MW_PAPER - MW_STATE] = {MW_PAPER, MW_REQUIRED, MW_STEP, MW_NOTE},
    [MW_MEASURE - MW_STATE] = {MW_MEASURE, MW_HOW, MW_FROM, MW_TO, MW_NOTE},
};

static bool has_head(enum matter_word table, enum matter_word w)
{
    const enum matter_word *head = HEADS[table - MW_STATE];
    for (size_t i = 0; i < ARRAY_N(HEADS[0]); i++)
        if (w != MW_NONE && head[i] == w)
            return true;
    return false;
}

static void read_head(struct matter_reader *x, struct matter_table *t, enum matter_word table)
{
    for (uint32_t i = 0; i < t->md->column_n; i++) {
        Text head = t->md->head.cell[i];
        enum matter_word w = matter_word_find(MATTER_HEAD, head.s);
        if (!has_head(table, w) || t->at[w] != 0)
            matter_wrong(x, DIAG_CASE_COLUMN, head, x->m->name);
        else
            t->at[w] = i + 1;
    }
}

/* The table that begins with this head; md is NULL if there is none. */
static struct matter_table find_table(struct matter_reader *x, enum matter_word table)
{
    struct matter_table t = {0};
    for (uint32_t i = 0; i < x->s->table_n; i++) {
        const struct md_table *md = &x->s->table[i];
        if (matter_word_find(MATTER_HEAD, md->head.cell[0].s) != table)
            continue;
        if (t.md != NULL) {
            matter_wrong(x, DIAG_CASE_TWICE, md->head.cell[0], x->m->name);
            continue;
        }
        t.md = md;
        read_head(x, &t, table);
    }
    return t;
}

static bool is_long(const struct md_table *t, enum matter_word w)
{
    return (w == MW_STATE && t->row_n > STATES_MAX) || (w == MW_STEP && t->row_n > STEPS_MAX) ||
           (w == MW_MEASURE && t->row_n > MEASURES_MAX);
}

static void check_tables(struct matter_reader *x)
{
    for (uint32_t i = 0; i < x->s->table_n; i++) {
        Text head = x->s->table[i].head.cell[0];
        enum matter_word w = matter_word_find(MATTER_HEAD, head.s);
        if (w < MW_STATE || w > MW_MEASURE)
            matter_wrong(x, DIAG_CASE_TABLE, head, x->m->name);
        else if (is_long(&x->s->table[i], w))
            matter_wrong(x, DIAG_CASE_LONG, head, x->m->name);
    }
}

/* --- attributes --- */

static Text attribute(const struct matter_reader *x, enum matter_word key)
{
    for (uint32_t i = 0; i < x->s->attr_n; i++)
        if (matter_word_find(MATTER_KEY, x->s->attr[i].key.s) == key)
            return x->s->attr[i].value;
    return (Text){S(""), x->s->title.span};
}

/* `3人; 0~100`: how many reviews, and between what scores. */
static void read_reviews(struct matter_reader *x)
{
    Text cell = attribute(x, MW_REVIEWS), rest = cell, count, bounds;
    struct matter *m = x->m;
    Str unit;
    Dec lo, hi;
    Wide lo_e4, hi_e4;
    if (is_none(cell))
        return;
    bool ok = matter_part(&rest, &count, false) && matter_part(&rest, &bounds, false);
    Str high = ok ? bounds.s : S("");
    Str low = str_cut(&high, '~');
    ok = ok && front_number(count.s, &m->review_n, &unit) && m->review_n > 0 &&
         m->review_n <= REVIEWS_MAX && dec_parse(&lo, str_trim(low), NULL) &&
         dec_parse(&hi, str_trim(high), NULL) && lo.scale <= E4 && hi.scale <= E4 &&
         wide_rescale(&lo_e4, lo.m, lo.scale, E4, ROUND_DOWN) &&
         wide_rescale(&hi_e4, hi.m, hi.scale, E4, ROUND_DOWN) && lo_e4 >= 0 && lo_e4 < hi_e4 &&
         hi_e4 <= INT32_MAX;
    if (!ok) {
        matter_wrong(x, DIAG_CASE_VALUE, cell, S("3人; 0~100"));
        m->review_n = 0;
        return;
    }
    m->review_lo_e4 = (int64_t)lo_e4;
    m->review_hi_e4 = (int64_t)hi_e4;
}

static void read_payee(struct matter_reader *x)
{
    Text cell = attribute(x, MW_PAYEE), rest = cell, part;
    int n = 0;
    for (int i = 0; i < MATTER_PAYEE_N; i++)
        x->m->payee[i] = -1;
    while (matter_part(&rest, &part, false) && n < MATTER_PAYEE_N)
        x->m->payee[n++] = matter_read_field(x, part);
    if (n != 0 && n != MATTER_PAYEE_N)
        matter_wrong(x, DIAG_CASE_VALUE, cell, S("户名; 开户行; 账号"));
}

static void read_attributes(struct matter_reader *x)
{
    for (uint32_t i = 0; i < x->s->attr_n; i++)
        if (matter_word_find(MATTER_KEY, x->s->attr[i].key.s) == MW_NONE)
            matter_wrong(x, DIAG_CASE_KEY, x->s->attr[i].key, x->m->name);
    Text decision = attribute(x, MW_DECISION);
    x->m->policy = attribute(x, MW_POLICY).s;
    x->m->calendar = attribute(x, MW_CALENDAR).s;
    x->m->note = attribute(x, MW_NOTE).s;
    x->m->opener = matter_read_who(x, attribute(x, MW_OPENER));
    x->m->decision = is_none(decision) ? -1 : matter_read_field(x, decision);
    x->m->once = yes(x, attribute(x, MW_ONCE));
    read_reviews(x);
    read_payee(x);
    matter_read_level(x, attribute(x, MW_LEVEL), attribute(x, MW_CATEGORY));
    matter_read_others(x, attribute(x, MW_PROOF), attribute(x, MW_USE), attribute(x, MW_ABOVE));
    if (x->m->opener == 0)
        matter_wrong(x, DIAG_CASE_OPENER, x->s->title, NO_ARG);
}

/* --- states and steps --- */

int32_t matter_state(const struct matter *m, Str name)
{
    for (uint32_t i = 0; i < m->state_n; i++)
        if (str_eq(m->state[i].name, name))
            return (int32_t)i;
    return -1;
}

int32_t matter_step(const struct matter *m, Str name)
{
    for (uint32_t i = 0; i < m->step_n; i++)
        if (str_eq(m->step[i].name, name))
            return (int32_t)i;
    return -1;
}

static bool is_new_name(struct matter_reader *x, Text cell, int32_t before)
{
    if (cell.s.n > 0 && before < 0)
        return true;
    matter_wrong(x, DIAG_CASE_TWICE, cell, x->m->name);
    return false;
}

static unsigned read_takes(struct matter_reader *x, Text cell)
{
    unsigned all = 0;
    Text rest = cell, part;
    while (!is_none(cell) && matter_part(&rest, &part, true)) {
        enum matter_word w = matter_word_find(MATTER_TAKES, part.s);
        if (w == MW_NONE || (w == MW_TAKES_REVIEWS && x->m->review_n == 0))
            matter_wrong(x, DIAG_CASE_TAKES, part, NO_ARG);
        else
            all |= 1U << (w - MW_TAKES_REVIEWS);
    }
    return all;
}

static void read_states(struct matter_reader *x, const struct matter_table *t)
{
    struct matter *m = x->m;
    m->state = ARENA_ARRAY(x->keep, struct matter_state, t->md->row_n + 1);
    for (uint32_t i = 0; i < t->md->row_n && i < STATES_MAX; i++) {
        Text name = matter_cell(t, i, MW_STATE);
        if (!is_new_name(x, name, matter_state(m, name.s)))
            continue;
        struct matter_state *s = &m->state[m->state_n++];
        *s = (struct matter_state){.name = name.s, .span = name.span, .overdue = -1};
        s->end = yes(x, matter_cell(t, i, MW_END));
        s->shown = yes(x, matter_cell(t, i, MW_SHOWN));
        s->takes = read_takes(x, matter_cell(t, i, MW_TAKES));
        s->note = matter_cell(t, i, MW_NOTE).s;
        if (!matter_read_term(x, matter_cell(t, i, MW_TERM), &s->term))
            s->term = (struct matter_term){.field = -1};
    }
}

static void read_from(struct matter_reader *x, Text cell, struct matter_step *out)
{
    Text rest = cell, part;
    out->from = ARENA_ARRAY(x->keep, uint32_t, x->m->state_n + 1);
    while (matter_part(&rest, &part, true) && out->from_n < x->m->state_n) {
        int32_t at = matter_state(x->m, part.s);
        if (at < 0)
            matter_wrong(x, DIAG_CASE_STATE, part, x->m->name);
        else
            out->from[out->from_n++] = (uint32_t)at;
    }
    if (out->from_n == 0 && cell.s.n == 0)
        matter_wrong(x, DIAG_CASE_STATE, cell, x->m->name);
}

static void read_step(struct matter_reader *x, const struct matter_table *t, uint32_t row)
{
    Text name = matter_cell(t, row, MW_STEP), to = matter_cell(t, row, MW_TO);
    Text people = matter_cell(t, row, MW_PEOPLE);
    if (!is_new_name(x, name, matter_step(x->m, name.s)))
        return;
    struct matter_step *s = &x->m->step[x->m->step_n++];
    *s = (struct matter_step){.name = name.s, .span = name.span, .people = 1};
    read_from(x, matter_cell(t, row, MW_FROM), s);
    int32_t at = matter_state(x->m, to.s);
    if (at < 0)
        matter_wrong(x, DIAG_CASE_STATE, to, x->m->name);
    s->to = at < 0 ? 0 : (uint32_t)at;
    s->who = matter_read_who(x, matter_cell(t, row, MW_WHO));
    if (s->who == 0)
        matter_wrong(x, DIAG_CASE_WHO, matter_cell(t, row, MW_WHO), NO_ARG);
    s->must = matter_cell(t, row, MW_MUST);
    if (is_none(s->must))
        s->must.s = S("");
    s->note = matter_cell(t, row, MW_NOTE).s;
    if (!is_none(people))
        s->people = str_eq(people.s, S("2")) ? 2 : str_eq(people.s, S("1")) ? 1 : 0;
    if (s->people == 0 || (s->people == 2 && (s->who & MATTER_SYSTEM) != 0))
        matter_wrong(x, DIAG_CASE_PEOPLE, people, NO_ARG);
}

/* What refers to other steps comes when all are known. */
static void finish_step(struct matter_reader *x, const struct matter_table *t, uint32_t row)
{
    int32_t at = matter_step(x->m, matter_cell(t, row, MW_STEP).s);
    Text rest = matter_cell(t, row, MW_NOT_BY), part;
    if (at < 0)
        return;
    struct matter_step *s = &x->m->step[at];
    s->not_by = ARENA_ARRAY(x->keep, uint32_t, x->m->step_n);
    while (!is_none(rest) && matter_part(&rest, &part, true) && s->not_by_n < x->m->step_n) {
        int32_t other = matter_step(x->m, part.s);
        if (other < 0)
            matter_wrong(x, DIAG_CASE_STEP, part, x->m->name);
        else
            s->not_by[s->not_by_n++] = (uint32_t)other;
    }
    matter_read_effects(x, matter_cell(t, row, MW_EFFECT), s);
    matter_check_must(x, s);
}

static void read_steps(struct matter_reader *x, const struct matter_table *t)
{
    x->m->step = ARENA_ARRAY(x->keep, struct matter_step, t->md->row_n + 1);
    for (uint32_t i = 0; i < t->md->row_n && i < STEPS_MAX; i++)
        read_step(x, t, i);
    for (uint32_t i = 0; i < t->md->row_n && i < STEPS_MAX; i++)
        finish_step(x, t, i);
}

bool matter_step_from(const struct matter_step *s, uint32_t state)
{
    for (uint32_t i = 0; i < s->from_n; i++)
        if (s->from[i] == state)
            return true;
    return false;
}

uint32_t matter_waits(const struct matter *m, uint32_t state)
{
    uint32_t all = 0;
    for (uint32_t i = 0; i < m->step_n; i++)
        if (matter_step_from(&m->step[i], state))
            all |= m->step[i].who;
    return all & ~MATTER_SYSTEM;
}

static void read_overdue(struct matter_reader *x, const struct matter_table *t)
{
    for (uint32_t i = 0; i < t->md->row_n; i++) {
        Text cell = matter_cell(t, i, MW_OVERDUE);
        int32_t state = matter_state(x->m, matter_cell(t, i, MW_STATE).s);
        if (is_none(cell) || state < 0)
            continue;
        struct matter_state *s = &x->m->state[state];
        s->overdue = matter_step(x->m, cell.s);
        bool timed = s->term.n > 0 || s->term.field >= 0;
        if (s->overdue >= 0 && timed && (x->m->step[s->overdue].who & MATTER_SYSTEM) != 0 &&
            matter_step_from(&x->m->step[s->overdue], (uint32_t)state))
            continue;
        matter_wrong(x, DIAG_CASE_OVERDUE, cell, s->name);
        s->overdue = -1;
    }
}

/* --- the form and the papers --- */

static struct matter_at asked_at(struct matter_reader *x, Text cell)
{
    struct matter_at at = {.step = ARENA_ARRAY(x->keep, uint32_t, x->m->step_n + 1)};
    Text rest = cell, part;
    while (!is_none(cell) && matter_part(&rest, &part, true) && at.n < x->m->step_n) {
        int32_t step = matter_step(x->m, part.s);
        if (step < 0)
            matter_wrong(x, DIAG_CASE_STEP, part, x->m->name);
        else
            at.step[at.n++] = (uint32_t)step;
    }
    return at;
}

bool matter_is_at(const struct matter_at *at, uint32_t step)
{
    for (uint32_t i = 0; i < at->n; i++)
        if (at->step[i] == step)
            return true;
    return false;
}

static void read_form(struct matter_reader *x, const struct matter_table *t)
{
    struct matter *m = x->m;
    m->field = ARENA_ARRAY(x->keep, struct matter_field, t->md->row_n + 1);
    for (uint32_t i = 0; i < t->md->row_n; i++) {
        Text prefill = matter_cell(t, i, MW_PREFILL);
        int32_t field = matter_read_field(x, matter_cell(t, i, MW_FORM));
        if (field < 0)
            continue;
        struct matter_field *f = &m->field[m->field_n++];
        *f = (struct matter_field){.field = (uint32_t)field,
                                   .required = yes(x, matter_cell(t, i, MW_REQUIRED)),
                                   .at = asked_at(x, matter_cell(t, i, MW_STEP)),
                                   .note = matter_cell(t, i, MW_NOTE).s};
        if (!is_none(prefill) && !matter_read_value(x, prefill, &f->prefill))
            f->prefill.kind = MATTER_NONE;
    }
}

static void read_papers(struct matter_reader *x, const struct matter_table *t)
{
    struct matter *m = x->m;
    m->paper = ARENA_ARRAY(x->keep, struct matter_paper, t->md->row_n + 1);
    for (uint32_t i = 0; i < t->md->row_n; i++)
        m->paper[m->paper_n++] =
            (struct matter_paper){.name = matter_cell(t, i, MW_PAPER).s,
                                  .required = yes(x, matter_cell(t, i, MW_REQUIRED)),
                                  .at = asked_at(x, matter_cell(t, i, MW_STEP)),
                                  .note = matter_cell(t, i, MW_NOTE).s};
}

/* --- all of it --- */

static struct field known_field(enum matter_known k, bool english)
{
    struct field f = {.name = str_of(english ? KNOWN[k].en : KNOWN[k].zh),
                      .ftype = KNOWN[k].type == TYPE_TRUTH ? FIELD_TRUTH : FIELD_NUM,
                      .type = {.kind = KNOWN[k].type, .scale = KNOWN[k].scale},
                      .protect = PROTECT_INTERNAL,
                      .implied = true};
    if (KNOWN[k].money)
        f.type.dim.exp[DIM_YUAN] = 1;
    return f;
}

/* The rules, with what the system knows of cases behind their fields. */
static const struct rules *rules_of_case(struct arena *keep, const struct rules *r)
{
    struct rules *all = ARENA_NEW(keep, struct rules);
    *all = *r;
    all->field = ARENA_ARRAY(keep, struct field, r->field_n + MATTER_KNOWN_N);
    memcpy(all->field, r->field, r->field_n * sizeof *r->field);
    for (int k = 0; k < MATTER_KNOWN_N; k++)
        all->field[all->field_n++] = known_field((enum matter_known)k, r->english);
    return all;
}

static void read_one(struct matter_reader *x)
{
    struct matter_table state = find_table(x, MW_STATE), step = find_table(x, MW_STEP);
    struct matter_table form = find_table(x, MW_FORM), paper = find_table(x, MW_PAPER);
    struct matter_table measure = find_table(x, MW_MEASURE);
    check_tables(x);
    read_attributes(x);
    if (state.md == NULL || step.md == NULL || state.md->row_n == 0 || step.md->row_n == 0) {
        matter_wrong(x, DIAG_CASE_EMPTY, x->s->title, NO_ARG);
        return;
    }
    read_states(x, &state);
    read_steps(x, &step);
    read_overdue(x, &state);
    if (form.md != NULL)
        read_form(x, &form);
    if (paper.md != NULL)
        read_papers(x, &paper);
    if (measure.md != NULL)
        matter_read_measures(x, &measure);
    if (!x->bad)
        matter_check_ways(x);
}

/* Is it a case type, and what is its name? */
static bool is_case(const struct section *s, Text *name)
{
    Text rest = s->title;
    if (s->level != 2 || word_find(WORD_KIND, matter_word_cut(&rest).s, NULL) != W_CASE)
        return false;
    *name = rest;
    return true;
}

enum status matter_read(struct arena *keep, struct matter **out, size_t *n, const struct rules *r,
                        matter_role role, struct diags *ds)
{
    const struct rules *all = rules_of_case(keep, r);
    bool bad = false;
    *out = ARENA_ARRAY(keep, struct matter, r->case_n + 1);
    *n = 0;
    for (uint32_t i = 0; i < r->doc->section_n; i++) {
        Text name;
        if (!is_case(&r->doc->section[i], &name))
            continue;
        struct matter *m = &(*out)[(*n)++];
        struct matter_reader x = {
            .keep = keep, .ds = ds, .m = m, .s = &r->doc->section[i], .role = role};
        *m = (struct matter){.rules = all,
                             .known = r->field_n,
                             .name = name.s,
                             .span = name.span,
                             .clause = x.s->clause.s};
        if (name.s.n == 0)
            matter_wrong(&x, DIAG_CASE_EMPTY, x.s->title, NO_ARG);
        read_one(&x);
        bad |= x.bad;
    }
    return bad ? ERR_INPUT : OK;
}
