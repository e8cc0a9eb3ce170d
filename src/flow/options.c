/* options.c - what somebody might do next with a case, and what is in the way. */
#include "access/role.h"
#include "flow/flow_int.h"

/* The first half of the step, taken by another; NULL: none, or it went another way. */
static const struct flow_line *half_of(const struct flow_story *s, const struct matter_step *step)
{
    const struct flow_line *l = s->line_n > 0 ? &s->line[s->line_n - 1] : NULL;
    return l != NULL && l->kind == FLOW_HALF && str_eq(l->step, step->name) ? l : NULL;
}

static bool is_asked(const struct flow_view *v, const struct flow_story *s, int64_t account)
{
    for (size_t i = 0; i < s->asked_n; i++)
        if (s->asked[i].account == account && !s->asked[i].ended && s->asked[i].last >= v->today)
            return true;
    return false;
}

/* The subject's own account, one with the role, the system; judges, if they were asked. */
static bool may(const struct flow_view *v, const struct flow_story *s,
                const struct flow_person *who, const struct matter_step *step)
{
    uint32_t judge = ROLE_BIT(ROLE_JUDGE), has = who->roles & step->who;
    if (who->system)
        return (step->who & MATTER_SYSTEM) != 0;
    if ((step->who & MATTER_OWN) != 0 && who->subject > 0 && who->subject == s->c.subject)
        return true;
    if ((has & ~judge) == 0 && (has & judge) != 0)
        return is_asked(v, s, who->account);
    return has != 0;
}

static bool took(const struct flow_story *s, Str step, Str name)
{
    for (size_t i = 0; i < s->line_n; i++)
        if (str_eq(s->line[i].step, step) && str_eq(s->line[i].actor, name) &&
            s->line[i].kind != FLOW_SAVED)
            return true;
    return false;
}

struct lacks {
    Str *at;
    size_t n, cap;
};

static void lack(const struct flow_view *v, struct lacks *l, Str what)
{
    VEC_PUSH(v->keep, l->at, l->n, l->cap) = what;
}

/* Whoever took a step that this one must not be taken by, or its first half. */
static void check_person(const struct flow_view *v, const struct flow_story *s,
                         const struct flow_person *who, const struct matter_step *step,
                         struct lacks *l)
{
    const struct flow_line *half = half_of(s, step);
    bool same = half != NULL && str_eq(half->actor, who->name);
    for (uint32_t i = 0; i < step->not_by_n; i++)
        same |= took(s, s->m->step[step->not_by[i]].name, who->name);
    if (same)
        lack(v, l, S("另一个人 another person"));
}

/* What opens a case is asked for until it leaves its first state for another that is no end. */
static bool asks(const struct flow_story *s, const struct matter_step *step,
                 const struct matter_at *at)
{
    const struct matter *m = s->m;
    if (at->n > 0)
        return matter_is_at(at, (uint32_t)(step - m->step));
    return matter_step_from(step, 0) && str_eq(s->c.state, m->state[0].name) &&
           !m->state[step->to].end;
}

static enum status ask_field(const struct flow_view *v, const struct flow_story *s,
                             const struct flow_facts *f, const struct matter_field *x,
                             struct flow_value *out)
{
    Str name = s->m->rules->field[x->field].name;
    Str value = flow_story_value(s, name);
    if (value.p == NULL && x->prefill.kind != MATTER_NONE)
        TRY(flow_value_text(v, f, &x->prefill, x->field, &value));
    *out = (struct flow_value){.field = name, .value = value};
    return OK;
}

static enum status ask_fields(const struct flow_view *v, const struct flow_story *s,
                              const struct flow_facts *f, struct flow_option *out, struct lacks *l)
{
    const struct matter *m = s->m;
    out->ask = ARENA_ARRAY(v->keep, struct flow_value, m->field_n + 1);
    for (uint32_t i = 0; i < m->field_n; i++) {
        if (!asks(s, out->step, &m->field[i].at))
            continue;
        struct flow_value *x = &out->ask[out->ask_n++];
        TRY(ask_field(v, s, f, &m->field[i], x));
        if (m->field[i].required && x->value.n == 0)
            lack(v, l, x->field);
    }
    return OK;
}

static void ask_papers(const struct flow_view *v, const struct flow_story *s,
                       const struct matter_step *step, struct lacks *l)
{
    const struct matter *m = s->m;
    for (uint32_t i = 0; i < m->paper_n; i++) {
        bool there = !m->paper[i].required || !asks(s, step, &m->paper[i].at);
        for (size_t k = 0; k < s->file_n && !there; k++)
            there = str_eq(s->file[k].paper, m->paper[i].name);
        if (!there)
            lack(v, l, m->paper[i].name);
    }
}

enum status flow_option(const struct flow_view *v, const struct flow_story *s,
                        const struct flow_facts *f, const struct flow_person *who,
                        const struct matter_step *step, struct flow_option *out)
{
    struct lacks l = {0};
    *out = (struct flow_option){.step = step};
    out->may = may(v, s, who, step);
    out->second = half_of(s, step) != NULL;
    check_person(v, s, who, step, &l);
    if (!out->second) {
        TRY(ask_fields(v, s, f, out, &l));
        ask_papers(v, s, step, &l);
    }
    TRY(matter_met(v->keep, &out->met, &f->ask, step, v->diags));
    out->lacks = l.at;
    out->lacks_n = l.n;
    out->ready = out->may && l.n == 0 && (out->met == TRUTH_MET || out->met == TRUTH_NA);
    return OK;
}

enum status flow_options(const struct flow_view *v, const struct flow_story *s,
                         const struct flow_person *who, struct flow_option **out, size_t *n)
{
    const struct matter *m = s->m;
    int32_t state = matter_state(m, s->c.state);
    struct flow_facts f;
    *out = ARENA_ARRAY(v->keep, struct flow_option, m->step_n + 1);
    *n = 0;
    TRY(flow_facts(v, s, &f));
    for (uint32_t i = 0; i < m->step_n && state >= 0; i++)
        if (matter_step_from(&m->step[i], (uint32_t)state))
            TRY(flow_option(v, s, &f, who, &m->step[i], &(*out)[(*n)++]));
    return OK;
}
