/* build_attr.c - attributes of a section: finding them, checking keys, reading values. */
#include "rule/build_int.h"

const struct attribute *attr_of(const struct section *s, enum word key)
{
    for (uint32_t i = 0; i < s->attr_n; i++)
        if (s->attr[i].word == key)
            return &s->attr[i];
    return NULL;
}

struct expr *attr_expr(struct builder *b, const struct section *s, enum word key)
{
    const struct attribute *a = attr_of(s, key);
    return a == NULL ? NULL : parse_expr(b->keep, a->value, b->diags);
}

static Span name_span(const struct rules *r, int64_t value)
{
    if (value & NAME_ITEM_BIT)
        return r->item[value & ~NAME_ITEM_BIT].span;
    return r->field[value].span;
}

bool build_declare_name(struct builder *b, Str name, Span span, int64_t value)
{
    if (names_add(b->names, name, value))
        return true;
    (void)diag_add(b->diags, DIAG_NAME_DUPLICATE, span, name, NO_ARG, NO_ARG);
    diag_note(b->diags, name_span(b->r, names_get(b->names, name)));
    return false;
}

/* Keys that may stand in any section, and more than once. */
static bool key_is_common(enum word key)
{
    return key == W_SOURCE || key == W_BASIS || key == W_ACT || key == W_GUIDE ||
           key == W_CERTAINTY || key == W_STATUS || key == W_NOTE;
}

static bool key_is_allowed(enum word key, const enum word *allowed, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (allowed[i] == key)
            return true;
    return key_is_common(key);
}

static Str near_key(const struct builder *b, Str key)
{
    return diags_full(b->diags) ? S("") : word_near(WORD_KEY, key);
}

void build_check_keys(struct builder *b, const struct section *s, const enum word *allowed,
                      size_t allowed_n)
{
    uint8_t seen[WORD_N] = {0};
    for (uint32_t i = 0; i < s->attr_n; i++) {
        Text key = s->attr[i].key;
        enum word w = s->attr[i].word;
        if (w == W_NONE)
            (void)diag_add(b->diags, DIAG_KEY_UNKNOWN, key.span, key.s, near_key(b, key.s), NO_ARG);
        else if (!key_is_allowed(w, allowed, allowed_n))
            (void)diag_add(b->diags, DIAG_KEY_PLACE, key.span, key.s, s->title.s, NO_ARG);
        else if (seen[w] && !key_is_common(w))
            (void)diag_add(b->diags, DIAG_KEY_DUPLICATE, key.span, key.s, NO_ARG, NO_ARG);
        seen[w] = 1;
    }
}

void build_value_error(struct builder *b, const struct attribute *a, const char *wanted)
{
    (void)diag_add(b->diags, DIAG_VALUE_BAD, a->value.span, a->key.s, a->value.s, str_of(wanted));
}

bool build_yes(struct builder *b, const struct section *s, enum word key)
{
    const struct attribute *a = attr_of(s, key);
    if (a == NULL)
        return false;
    enum word w = word_find(WORD_TRUTHS, a->value.s, NULL);
    if (w == W_NONE)
        build_value_error(b, a, "是 否 / yes no");
    return w == W_TRUE_1;
}

void build_status(struct builder *b, const struct section *s, enum rule_status *out)
{
    const struct attribute *a = attr_of(s, W_STATUS);
    if (a == NULL)
        return;
    switch ((int)word_find(WORD_STATUSES, a->value.s, NULL)) {
    case W_S_OFFICIAL: *out = STATUS_OFFICIAL; break;
    case W_S_SECONDARY: *out = STATUS_SECONDARY; break;
    case W_S_EXAMPLE: *out = STATUS_EXAMPLE; break;
    default: build_value_error(b, a, "官方 二手 示例 / official secondary example");
    }
}

Str attr_value(const struct section *s, enum word key)
{
    const struct attribute *a = attr_of(s, key);
    return a == NULL ? S("") : a->value.s;
}

void build_common(struct builder *b, struct item *it, const struct section *s)
{
    it->clause = s->clause.s;
    it->clause_span = s->clause.span;
    it->certainty = attr_value(s, W_CERTAINTY);
    it->note = attr_value(s, W_NOTE);
    it->source = attr_value(s, W_SOURCE);
    if (it->source.n == 0 && it->kind != ITEM_GRADE) /* there 依据 is what is graded */
        it->source = attr_value(s, W_BASIS);
    if (it->source.n == 0)
        it->source = attr_value(s, W_ACT);
    it->status = it->parent >= 0 ? b->r->item[it->parent].status : b->r->status;
    build_status(b, s, &it->status);
}

bool build_precision(struct builder *b, const struct attribute *a, uint8_t *digits,
                     enum rounding *how)
{
    Str rest = a->value.s, number = str_cut(&rest, ' ');
    rest = str_trim(rest);
    Dec d;
    if (!dec_parse(&d, name_fold(b->keep, number), NULL) || d.scale != 0 || d.m < 0 || d.m > 18) {
        build_value_error(b, a, "0~18");
        return false;
    }
    *digits = (uint8_t)d.m;
    *how = ROUND_HALF_UP;
    if (rest.n == 0)
        return true;
    switch ((int)word_find(WORD_ROUNDINGS, rest, NULL)) {
    case W_R_HALF_UP: break;
    case W_R_HALF_EVEN: *how = ROUND_HALF_EVEN; break;
    case W_R_DOWN: *how = ROUND_DOWN; break;
    case W_R_UP: *how = ROUND_UP; break;
    case W_R_FLOOR: *how = ROUND_FLOOR; break;
    case W_R_CEIL: *how = ROUND_CEIL; break;
    default: build_value_error(b, a, "四舍五入 四舍六入 舍尾 进一 向下 向上"); return false;
    }
    return true;
}

const struct unit *build_unit(struct builder *b, const struct attribute *a)
{
    if (a == NULL || a->value.s.n == 0)
        return NULL;
    const struct unit *u = unit_find(name_fold(b->keep, a->value.s));
    if (u == NULL)
        (void)diag_add(b->diags, DIAG_UNIT_UNKNOWN, a->value.span, a->value.s, NO_ARG, NO_ARG);
    return u;
}

struct pop *build_scope(struct builder *b, const struct attribute *a)
{
    struct pop *pop = ARENA_NEW(b->keep, struct pop);
    struct parser p;
    parse_open(&p, b->keep, a->value, b->diags);
    if (p.lx.tok.kind == TOK_NAME && word_find(WORD_SCOPES, p.lx.tok.text, NULL) == W_SC_ALL) {
        lex_next(&p.lx);
    } else {
        (void)parse_take_word(&p, W_X_WITHIN);
        if (!parse_within(&p, pop))
            return pop;
    }
    if (p.lx.tok.kind != TOK_END)
        (void)parse_fail(&p, "分组的名字 name of a group");
    return pop;
}
