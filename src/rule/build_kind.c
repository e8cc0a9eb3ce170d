/* build_kind.c - a document that declares a kind: `- 类: 主体`, and which field says what. */
#include "rule/build_int.h"

/* The field types a role may have: a mask of 1 << enum field_type, and what to tell. */
static const struct {
    enum word key;
    unsigned types;
    const char *wanted;
    bool required;
} roles[SUBJECT_ROLE_N] = {
    [SUBJECT_ROLE_ID] = {W_ID, 1 << FIELD_USCC | 1 << FIELD_REGION | 1 << FIELD_TEXT,
                         "信用代码 区划 文本 / uscc region text", true},
    [SUBJECT_ROLE_NAME] = {W_NAME, 1 << FIELD_TEXT, "文本 / text", true},
    [SUBJECT_ROLE_FORMER] = {W_FORMER, 1 << FIELD_TEXT, "文本 / text", false},
    [SUBJECT_ROLE_LOCALITY] = {W_LOCALITY, 1 << FIELD_REGION, "区划 / region", false},
    [SUBJECT_ROLE_CHAIN] = {W_CHAIN, 1 << FIELD_CHOICE | 1 << FIELD_TEXT, "选项 文本 / choice text",
                            false},
    [SUBJECT_ROLE_STANDING] = {W_STANDING, 1 << FIELD_CHOICE, "选项 / choice", false},
};

static void read_role(struct builder *b, enum subject_role role)
{
    const struct attribute *a = attr_of(&b->doc->section[0], roles[role].key);
    if (a == NULL || a->value.s.n == 0) {
        if (roles[role].required)
            (void)diag_add(b->diags, DIAG_KEY_MISSING, b->doc->section[0].title.span, b->r->name,
                           word_text(roles[role].key, b->r->english), NO_ARG);
        return;
    }
    int64_t at = names_get(b->names, name_fold(b->keep, a->value.s));
    if (at < 0 || (at & NAME_ITEM_BIT)) {
        (void)diag_add(b->diags, DIAG_NAME_UNKNOWN, a->value.span, a->value.s,
                       build_near_name(b, a->value.s), NO_ARG);
        return;
    }
    if ((1U << b->r->field[at].ftype & roles[role].types) == 0)
        (void)diag_add(b->diags, DIAG_KIND_ROLE, a->value.span, a->key.s,
                       str_of(roles[role].wanted), a->value.s);
    else
        b->r->role[role] = (int32_t)at;
}

static bool is_option(const struct field *f, uint32_t label)
{
    for (uint32_t i = 0; i < f->option_n; i++)
        if (f->option[i] == label)
            return true;
    return false;
}

static void read_active(struct builder *b)
{
    const struct attribute *a = attr_of(&b->doc->section[0], W_ACTIVE);
    int32_t standing = b->r->role[SUBJECT_ROLE_STANDING];
    if (a == NULL)
        return;
    bool good = build_labels(b, a->value, &b->r->active, &b->r->active_n) && standing >= 0;
    for (uint32_t i = 0; i < b->r->active_n && good; i++)
        good = is_option(&b->r->field[standing], b->r->active[i]);
    if (!good)
        build_value_error(b, a, "“存续”字段的选项 / options of the field “standing”");
}

/* Scores, grades and benefits come from rules about a kind, not from the kind. */
static void refuse_sections(struct builder *b)
{
    for (uint32_t i = 1; i < b->doc->section_n; i++) {
        enum word kind = b->kind_of[i];
        const struct section *s = &b->doc->section[i];
        if (s->level == 2 && (kind == W_SCORE || kind == W_GRADE || kind == W_POLICY))
            (void)diag_add(b->diags, DIAG_KIND_SECTION, s->title.span, s->title.s, NO_ARG, NO_ARG);
    }
}

static void refuse_keys(struct builder *b, const enum word *key, size_t n)
{
    const struct section *head = &b->doc->section[0];
    for (size_t i = 0; i < n; i++) {
        const struct attribute *a = attr_of(head, key[i]);
        if (a != NULL)
            (void)diag_add(b->diags, DIAG_KEY_PLACE, a->key.span, a->key.s, head->title.s, NO_ARG);
    }
}

void build_kind(struct builder *b)
{
    static const enum word of_kinds[] = {W_FORMER, W_LOCALITY, W_CHAIN, W_STANDING, W_ACTIVE};
    static const enum word of_rules[] = {W_SUBJECT, W_PROCEDURE};
    const struct attribute *a = attr_of(&b->doc->section[0], W_CLASS);
    for (int i = 0; i < SUBJECT_ROLE_N; i++)
        b->r->role[i] = -1;
    if (a == NULL) {
        refuse_keys(b, of_kinds, ARRAY_N(of_kinds));
        return;
    }
    switch ((int)word_find(WORD_CLASSES, a->value.s, NULL)) {
    case W_CL_SUBJECT: b->r->doc_class = DOC_SUBJECT; break;
    case W_CL_RECORD: b->r->doc_class = DOC_RECORD; break;
    default: build_value_error(b, a, "主体 资料 / subject record"); return;
    }
    refuse_keys(b, of_rules, ARRAY_N(of_rules));
    refuse_sections(b);
    for (enum subject_role role = 0; role < SUBJECT_ROLE_N; role++)
        read_role(b, role);
    read_active(b);
}
