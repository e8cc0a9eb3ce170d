/* effect.c - what a step brings about: the closed list of effects in a cell, and what they need. */
#include "base/arena.h"
#include "base/str.h"
#include "matter/matter_int.h"
#include "rule/lex.h"

enum { STAGE_MAX = MATTER_WEIGHTS_MAX, WEIGHT_MAX = 1000000 };

static bool small_number(Str s, int max, int *out, Str *rest)
{
    size_t at = 0;
    *out = 0;
    while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9' && *out <= max)
        *out = *out * 10 + (s.p[at++] - '0');
    *rest = str_sub(s, at, s.n);
    return at > 0 && *out > 0 && *out <= max;
}

/* `1:1` or `50%:50%`, perhaps behind 分期; nothing is one part. */
static bool read_weights(Text rest, struct matter_effect *e)
{
    Str s = rest.s, after;
    while (s.n > 0) {
        if (e->weight_n == MATTER_WEIGHTS_MAX ||
            !small_number(s, WEIGHT_MAX, &e->weight[e->weight_n++], &after))
            return false;
        after = str_starts(after, S("%")) ? str_sub(after, 1, after.n) : after;
        if (after.n > 0 && after.p[0] != ':')
            return false;
        s = str_sub(after, after.n > 0, after.n);
    }
    return e->weight_n != 1;
}

/* An amount of money: a figure in yuan, of the form or of the rules. */
static bool read_amount(struct matter_reader *x, Text name, struct matter_effect *e)
{
    const struct rules *r = x->m->rules;
    if (!matter_read_value(x, name, &e->value))
        return false;
    bool named = e->value.kind == MATTER_FIELD || e->value.kind == MATTER_ITEM;
    const Type *t = e->value.kind == MATTER_FIELD  ? &r->field[e->value.ref].type
                    : e->value.kind == MATTER_ITEM ? &r->item[e->value.ref].type
                                                   : NULL;
    if (named && t->kind == TYPE_NUM && dim_is(t->dim, DIM_YUAN))
        return true;
    matter_wrong(x, DIAG_CASE_AMOUNT, name, NO_ARG);
    return false;
}

/* `立项日 = 今天` */
static bool read_set(struct matter_reader *x, Text rest, struct matter_effect *e)
{
    size_t eq = str_find(rest.s, S("="));
    if (eq == rest.s.n)
        return false;
    int32_t field = matter_read_field(x, matter_sub(rest, 0, eq));
    Text value = matter_sub(rest, eq + 1, rest.s.n);
    if (field < 0 || !matter_read_value(x, value, &e->value))
        return true; /* reported */
    const struct rules *r = x->m->rules;
    enum type_kind have = e->value.kind == MATTER_TODAY   ? TYPE_DAY
                          : e->value.kind == MATTER_TEXT  ? TYPE_TEXT
                          : e->value.kind == MATTER_FIELD ? r->field[e->value.ref].type.kind
                                                          : r->item[e->value.ref].type.kind;
    e->field = (uint32_t)field;
    if (have != r->field[field].type.kind)
        matter_wrong(x, DIAG_CASE_SET, value, r->field[field].name);
    return true;
}

static bool read_stage(Text rest, struct matter_effect *e)
{
    Str after;
    if (rest.s.n == 0)
        return true;
    return small_number(rest.s, STAGE_MAX, &e->stage, &after) &&
           (after.n == 0 || str_eq(after, S("期")));
}

static bool read_reserve(struct matter_reader *x, Text rest, struct matter_effect *e)
{
    Text name = matter_word_cut(&rest);
    return name.s.n > 0 && read_weights(rest, e) && (read_amount(x, name, e) || x->bad);
}

/* False: it is not written as it should be. What is wrong with its parts is reported there. */
static bool read_rest(struct matter_reader *x, Text rest, struct matter_effect *e)
{
    switch (e->kind) {
    case MATTER_NOTIFY:
    case MATTER_ASSIGN: e->who = matter_read_who(x, rest); return rest.s.n > 0;
    case MATTER_NOTICE: return matter_read_term(x, rest, &e->term) ? e->term.n > 0 : x->bad;
    case MATTER_RESERVE: return read_reserve(x, rest, e);
    case MATTER_PAY: return read_stage(rest, e);
    case MATTER_VOID: return rest.s.n == 0;
    case MATTER_RECLAIM: return rest.s.n > 0 && (read_amount(x, rest, e) || x->bad);
    case MATTER_SET: return read_set(x, rest, e);
    case MATTER_OPEN: e->type = rest.s; return rest.s.n > 0;
    }
    return false;
}

/* What moves money says of which policy, by which decision, and to whom. */
static void check_money(struct matter_reader *x, Text part, enum matter_effect_kind kind)
{
    const struct matter *m = x->m;
    bool moves = kind == MATTER_RESERVE || kind == MATTER_PAY || kind == MATTER_RECLAIM;
    if (moves && (m->policy.n == 0 || m->decision < 0))
        matter_wrong(x, DIAG_CASE_MONEY, part,
                     m->policy.n == 0 ? S("政策 policy") : S("文号 decision"));
    if (kind == MATTER_PAY && m->payee[MATTER_PAYEE] < 0)
        matter_wrong(x, DIAG_CASE_MONEY, part, S("收款 payee"));
}

void matter_read_effects(struct matter_reader *x, Text cell, struct matter_step *out)
{
    Text rest = cell, part;
    size_t n = 0, cap = 0;
    if (str_eq(cell.s, S("-")))
        return;
    while (matter_part(&rest, &part, false)) {
        Text more = part;
        struct matter_effect e = {.span = part.span, .term = {.field = -1}};
        enum matter_word w = matter_word_find(MATTER_EFFECT, matter_word_cut(&more).s);
        e.kind = (enum matter_effect_kind)(w - MW_NOTIFY);
        if (w == MW_NONE || !read_rest(x, more, &e)) {
            matter_wrong(x, DIAG_CASE_EFFECT, part, NO_ARG);
            continue;
        }
        check_money(x, part, e.kind);
        VEC_PUSH(x->keep, out->effect, n, cap) = e;
        out->effect_n = (uint32_t)n;
    }
}
