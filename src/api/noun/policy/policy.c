/* policy.c - the catalogue of policies: cards, what a calculator asks for, the text. */
#include "api/call.h"
#include "api/noun/data/column.h"
#include "api/noun/policy/policy_book.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "entitle/statement.h"
#include "rule/walk.h"

enum { FEN = 2, PPM = 6, TEXT_MAX = 1 << 16 };

/* ---- a card ---- */

static int stacking_of(const struct policy_source *s, const struct policy *p)
{
    static const int word[] = {[STACK_UNSTATED] = API_POLICY_CARD_STACKING_UNSTATED,
                               [STACK_HIGHEST] = API_POLICY_CARD_STACKING_HIGHEST,
                               [STACK_TOP_UP] = API_POLICY_CARD_STACKING_TOP_UP,
                               [STACK_SUM] = API_POLICY_CARD_STACKING_SUM};
    if (p->apart)
        return API_POLICY_CARD_STACKING_APART;
    return word[p->group < 0 ? s->e->rules->item[p->item].stacking : s->e->group[p->group].mode];
}

static void put_parts(struct call *c, const struct policy *p, struct api_policy_card *out)
{
    out->parts.at = ARENA_ARRAY(c->arena, struct api_policy_part, p->step_n + 1);
    for (uint32_t i = 0; i < p->step_n; i++) {
        const struct step *s = &p->step[i];
        bool share = s->form == STEP_SHARE;
        out->parts.at[out->parts.n++] = (struct api_policy_part){
            .label = s->label,
            .share = share ? call_decimal(c, s->value, PPM) : NO_ARG,
            .amount = share ? NO_ARG : call_decimal(c, s->value, FEN),
            .months = s->months,
            .waits = s->gate >= 0 || s->fact >= 0 ? s->label : S(""),
        };
    }
    out->levels.at = ARENA_ARRAY(c->arena, struct api_policy_level, p->party_n + 1);
    for (uint32_t i = 0; i < p->party_n; i++)
        out->levels.at[out->levels.n++] =
            (struct api_policy_level){p->party[i].name, p->party[i].weight};
}

static struct api_policy_card card_of(struct call *c, const struct policy_source *s, uint32_t at)
{
    const struct rules *r = s->e->rules;
    const struct policy *p = &s->e->policy[at];
    const struct item *it = &r->item[p->item];
    struct api_policy_card out = {
        .id = policy_id(c->arena, s, at),
        .code = arena_copy(c->arena, it->code),
        .name = arena_copy(c->arena, it->name),
        .document = arena_copy(c->arena, r->name),
        .version = arena_copy(c->arena, r->version),
        .kind = arena_copy(c->arena, r->subject),
        .beneficiary = arena_copy(c->arena, it->beneficiary),
        .status = (int)it->status - STATUS_OFFICIAL,
        .certainty = arena_copy(c->arena, p->certainty),
        .source = arena_copy(c->arena, p->source),
        .clause = arena_copy(c->arena, str_or_empty(it->clause)),
        .note = arena_copy(c->arena, it->note),
        .condition = arena_copy(c->arena, statement_formula(c->arena, r, it->when)),
        .formula = arena_copy(c->arena, statement_formula(c->arena, r, it->amount)),
        .cap = p->has_cap ? call_decimal(c, p->cap_fen, FEN) : NO_ARG,
        .basis = (int)p->basis,
        .group = p->group < 0 ? S("") : arena_copy(c->arena, s->e->group[p->group].name),
        .stacking = stacking_of(s, p),
        .since = {r->has_from, r->from},
        .until = {r->has_until, r->until},
    };
    put_parts(c, p, &out);
    return out;
}

/* ---- the catalogue ---- */

static bool has(Str where, Str what)
{
    return str_find(where, what) < where.n;
}

static bool asked_for(const struct rules *r, const struct item *it, Str kind, Str q)
{
    if (kind.n > 0 && !str_eq(r->subject, kind))
        return false;
    return q.n == 0 || has(it->name, q) || has(it->beneficiary, q) || has(it->note, q) ||
           has(r->name, q);
}

static void add_kind(struct call *c, struct api_policy_cards *out, Str kind)
{
    for (size_t i = 0; i < out->kinds.n; i++)
        if (str_eq(out->kinds.at[i], kind))
            return;
    out->kinds.at[out->kinds.n++] = arena_copy(c->arena, kind);
}

enum status api_policy_list(struct call *c, const struct api_policy_list_in *in,
                            struct api_policy_cards *out)
{
    const struct policy_book *book;
    size_t cap = 0;
    out->day = in->day.set ? in->day.v : c->today;
    TRY(policy_book_take(c, &book));
    out->kinds.at = ARENA_ARRAY(c->arena, Str, book->n + 1);
    for (size_t i = 0; i < book->n; i++) {
        const struct policy_source *s = &book->at[i];
        if (!policy_in_force(s->e->rules, out->day))
            continue;
        add_kind(c, out, s->e->rules->subject);
        for (uint32_t k = 0; k < s->e->policy_n; k++)
            if (asked_for(s->e->rules, &s->e->rules->item[s->e->policy[k].item],
                          str_or_empty(in->kind), str_or_empty(in->q)))
                VEC_PUSH(c->arena, out->policies.at, out->policies.n, cap) = card_of(c, s, k);
    }
    policy_book_give(c, book);
    return OK;
}

/* ---- fields ---- */

struct using
{
    const struct rules *r;
    struct arena *tmp;
    bool *field;
};

static void see_expr(void *arg, const struct expr *e)
{
    struct using *u = arg;
    if (e->kind == EXPR_FIELD)
        u->field[e->ref] = true;
    if (e->kind != EXPR_ITEM)
        return;
    struct walker w = {.visit = see_expr, .arg = u, .tmp = u->tmp};
    walk_expr(&w, u->r->item[e->ref].expr);
}

static bool *fields_of(struct call *c, const struct policy_source *s, int64_t policy)
{
    struct using u = {.r = s->e->rules, .tmp = c->arena};
    struct walker w = {.visit = see_expr, .arg = &u, .tmp = c->arena};
    u.field = ARENA_ARRAY(c->arena, bool, (size_t)u.r->field_n + 1);
    for (uint32_t i = 0; i < s->e->policy_n; i++) {
        const struct policy *p = &s->e->policy[i];
        if (policy >= 0 && policy != i)
            continue;
        walk_expr(&w, u.r->item[p->item].expr);
        for (uint32_t k = 0; k < p->step_n; k++)
            if (p->step[k].fact >= 0)
                u.field[p->step[k].fact] = true;
    }
    return u.field;
}

static struct api_policy_field field_of(struct call *c, const struct rules *r,
                                        const struct field *f)
{
    struct api_policy_field out = {
        .name = arena_copy(c->arena, f->name),
        .type = field_type_word(f),
        .unit = field_unit_word(f),
        .note = arena_copy(c->arena, str_or_empty(f->meaning)),
        .yearly = f->period == PERIOD_YEAR,
    };
    out.options.at = ARENA_ARRAY(c->arena, Str, f->option_n + 1);
    for (uint32_t i = 0; i < f->option_n; i++)
        out.options.at[out.options.n++] = arena_copy(c->arena, r->label[f->option[i]]);
    return out;
}

static bool is_listed(const struct api_policy_field *at, size_t n, Str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(at[i].name, name))
            return true;
    return false;
}

enum status api_policy_form_get(struct call *c, const struct api_policy_form_get_in *in,
                                struct api_policy_form *out)
{
    const struct policy_book *book;
    const struct policy_source *only = NULL;
    uint32_t policy = 0;
    size_t cap = 0;
    bool any = false;
    TRY(policy_book_take(c, &book));
    bool one = in->policy.p != NULL, known = !one || policy_find(book, in->policy, &only, &policy);
    out->kind = in->kind;
    for (size_t i = 0; i < book->n && known; i++) {
        const struct policy_source *s = &book->at[i];
        const struct rules *r = s->e->rules;
        if (!str_eq(r->subject, in->kind) || (one ? s != only : !policy_in_force(r, c->today)))
            continue;
        any = true;
        const bool *used = fields_of(c, s, one ? (int64_t)policy : -1);
        for (uint32_t f = 0; f < r->field_n; f++)
            if (used[f] && !is_listed(out->fields.at, out->fields.n, r->field[f].name))
                VEC_PUSH(c->arena, out->fields.at, out->fields.n, cap) =
                    field_of(c, r, &r->field[f]);
    }
    policy_book_give(c, book);
    return any ? OK : ERR_GONE;
}

/* ---- one ---- */

/* From its heading to the next. */
static Str section_of(const struct rules *r, const struct item *it)
{
    const struct doc *d = r->doc;
    for (uint32_t i = 1; i < d->section_n; i++) {
        if (it->span.beg < d->section[i].line.beg || it->span.beg >= d->section[i].line.end)
            continue;
        size_t end = i + 1 < d->section_n ? d->section[i + 1].line.beg : r->text.n;
        return str_trim(str_sub(r->text, d->section[i].line.beg, end));
    }
    return S("");
}

static void put_detail(struct call *c, const struct policy_source *s, uint32_t at,
                       struct api_policy_detail *out)
{
    const struct rules *r = s->e->rules;
    const struct policy *p = &s->e->policy[at];
    const bool *used = fields_of(c, s, at);
    out->policy = card_of(c, s, at);
    out->text = arena_copy(c->arena, section_of(r, &r->item[p->item]));
    out->fields.at = ARENA_ARRAY(c->arena, struct api_policy_field, (size_t)r->field_n + 1);
    for (uint32_t f = 0; f < r->field_n; f++)
        if (used[f])
            out->fields.at[out->fields.n++] = field_of(c, r, &r->field[f]);
    out->others.at = ARENA_ARRAY(c->arena, Str, s->e->policy_n + 1);
    for (uint32_t i = 0; p->group >= 0 && i < s->e->policy_n; i++)
        if (i != at && (s->e->group[p->group].member >> i & 1) != 0)
            out->others.at[out->others.n++] =
                arena_copy(c->arena, r->item[s->e->policy[i].item].name);
}

enum status api_policy_get(struct call *c, const struct api_policy_get_in *in,
                           struct api_policy_detail *out)
{
    const struct policy_book *book;
    const struct policy_source *s;
    uint32_t at;
    TRY(policy_book_take(c, &book));
    bool found = policy_find(book, in->id, &s, &at);
    if (found)
        put_detail(c, s, at, out);
    policy_book_give(c, book);
    return found ? OK : ERR_GONE;
}
