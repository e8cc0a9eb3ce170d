/* build.c - the head of a document, and what all kinds of section share. */
#include "rule/build_int.h"
#include "rule/check.h"

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

static void read_status(struct builder *b, const struct section *s, enum rule_status *out)
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

static Str value_of(const struct section *s, enum word key)
{
    const struct attribute *a = attr_of(s, key);
    return a == NULL ? S("") : a->value.s;
}

void build_common(struct builder *b, struct item *it, const struct section *s)
{
    it->clause = s->clause.s;
    it->clause_span = s->clause.span;
    it->certainty = value_of(s, W_CERTAINTY);
    it->note = value_of(s, W_NOTE);
    it->source = value_of(s, W_SOURCE);
    if (it->source.n == 0 && it->kind != ITEM_GRADE) /* there 依据 is what is graded */
        it->source = value_of(s, W_BASIS);
    if (it->source.n == 0)
        it->source = value_of(s, W_ACT);
    it->status = it->parent >= 0 ? b->r->item[it->parent].status : b->r->status;
    read_status(b, s, &it->status);
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

static const enum word head_keys[] = {W_VERSION,   W_FROM, W_UNTIL, W_SUBJECT, W_REGION,
                                      W_PROCEDURE, W_ID,   W_NAME,  W_DECIMALS};

static bool read_day(struct builder *b, const struct section *s, enum word key, Day *out)
{
    const struct attribute *a = attr_of(s, key);
    if (a == NULL || a->value.s.n == 0)
        return false;
    if (day_parse(out, name_fold(b->keep, a->value.s)))
        return true;
    build_value_error(b, a, "2026-04-01");
    return false;
}

static void read_sources(struct builder *b, const struct section *s)
{
    for (uint32_t i = 0; i < s->attr_n; i++) {
        enum word w = s->attr[i].word;
        if (w != W_SOURCE && w != W_ACT && w != W_GUIDE && w != W_BASIS)
            continue;
        size_t n = b->r->source_n;
        VEC_PUSH(b->keep, b->r->source, n, b->source_cap) =
            (struct source){s->attr[i].key.s, s->attr[i].value.s};
        b->r->source_n = (uint32_t)n;
    }
}

static void build_head(struct builder *b)
{
    const struct section *s = &b->doc->section[0];
    struct rules *r = b->r;
    build_check_keys(b, s, head_keys, ARRAY_N(head_keys));
    r->name = s->title.s;
    r->version = value_of(s, W_VERSION);
    r->subject = value_of(s, W_SUBJECT);
    r->region = value_of(s, W_REGION);
    r->procedure = value_of(s, W_PROCEDURE);
    r->note = value_of(s, W_NOTE);
    r->id_field = name_fold(b->keep, value_of(s, W_ID));
    r->name_field = name_fold(b->keep, value_of(s, W_NAME));
    r->has_from = read_day(b, s, W_FROM, &r->from);
    r->has_until = read_day(b, s, W_UNTIL, &r->until);
    read_status(b, s, &r->status);
    read_sources(b, s);
    r->decimals = 12;
    const struct attribute *a = attr_of(s, W_DECIMALS);
    enum rounding how;
    if (a != NULL && build_precision(b, a, &r->decimals, &how) && how != ROUND_HALF_UP)
        build_value_error(b, a, "0~18");
    if (s->table_n > 0)
        (void)diag_add(b->diags, DIAG_TABLE_PLACE, s->table[0].head.line, s->title.s, NO_ARG,
                       NO_ARG);
}

/* The kind a heading says, and the name behind it. */
static enum word heading(struct builder *b, uint32_t i, Text *name)
{
    const struct section *s = &b->doc->section[i];
    *name = s->title;
    if (s->level > 2 && s->parent > 0) {
        enum word above = b->kind_of[s->parent];
        if (above == W_SCORE || above == W_NOTES)
            return above;
    }
    Str rest = s->title.s;
    size_t cut = 0;
    while (cut < rest.n && rest.p[cut] != ' ' && rest.p[cut] != '\t')
        cut++;
    bool english = false;
    enum word kind = word_find(WORD_KIND, str_sub(rest, 0, cut), &english);
    b->r->english |= english;
    while (cut < rest.n && (rest.p[cut] == ' ' || rest.p[cut] == '\t'))
        cut++;
    name->s = str_sub(rest, cut, rest.n);
    name->span.beg = s->title.span.beg + (uint32_t)cut;
    return kind;
}

static enum item_kind kind_of_word(enum word w)
{
    switch ((int)w) {
    case W_PARAM: return ITEM_PARAM;
    case W_SEGMENT: return ITEM_SEGMENT;
    case W_INDICATOR: return ITEM_INDICATOR;
    case W_GATE: return ITEM_GATE;
    case W_SCORE: return ITEM_SCORE;
    case W_GRADE: return ITEM_GRADE;
    default: return ITEM_POLICY;
    }
}

static uint32_t add_item(struct builder *b, enum item_kind kind, Str name, Span span)
{
    size_t n = b->r->item_n;
    VEC_PUSH(b->keep, b->r->item, n, b->item_cap) = (struct item){.kind = kind,
                                                                  .name = name,
                                                                  .span = span,
                                                                  .parent = -1,
                                                                  .pass = -1,
                                                                  .rank = -1,
                                                                  .review = -1,
                                                                  .on_unknown = TRUTH_UNKNOWN};
    b->r->item_n = (uint32_t)n;
    (void)build_declare_name(b, name, span, (int64_t)(n - 1) | NAME_ITEM_BIT); /* reported there */
    return (uint32_t)n - 1;
}

static Str suffixed(struct builder *b, Str name, const char *zh, const char *en)
{
    return arena_fmt(b->keep, "%.*s%s", (int)name.n, name.p, b->r->english ? en : zh);
}

/* Has this score a 通过, or a section below it a 最低? Minima alone make a pass of roots only. */
static bool wants_pass(const struct builder *b, uint32_t section)
{
    const struct section *s = &b->doc->section[section];
    if (attr_of(s, W_PASS) != NULL)
        return true;
    if (s->level != 2)
        return false;
    for (uint32_t i = section + 1; i < b->doc->section_n && b->doc->section[i].level > 2; i++)
        if (attr_of(&b->doc->section[i], W_MINIMUM) != NULL)
            return true;
    return false;
}

static void declare_item(struct builder *b, uint32_t i, enum word kind, Text name)
{
    const struct section *s = &b->doc->section[i];
    if (name.s.n == 0) {
        (void)diag_add(b->diags, DIAG_NAME_MISSING, s->title.span, s->title.s, NO_ARG, NO_ARG);
        return;
    }
    Str folded = name_fold(b->keep, name.s);
    uint32_t at = add_item(b, kind_of_word(kind), folded, name.span);
    b->item_of[i] = (int32_t)at;
    if (s->parent > 0)
        b->r->item[at].parent = b->item_of[s->parent];
    if (kind == W_SCORE && wants_pass(b, i)) {
        uint32_t pass = add_item(b, ITEM_PASS, suffixed(b, folded, "通过", "_pass"), name.span);
        b->r->item[at].pass = (int32_t)pass;
        b->r->item[pass].parent = (int32_t)at;
    }
    if (kind == W_GRADE && attr_of(s, W_RANK) != NULL && s->table_n > 0) {
        uint32_t rank = add_item(b, ITEM_RANK, suffixed(b, folded, "名次", "_rank"), name.span);
        b->r->item[at].rank = (int32_t)rank;
    }
}

static void declare(struct builder *b, uint32_t i)
{
    const struct section *s = &b->doc->section[i];
    Text name;
    enum word kind = heading(b, i, &name);
    b->kind_of[i] = kind;
    bool nested = s->level > 2 && kind != W_SCORE && kind != W_NOTES;
    if (kind == W_NONE) {
        Str first = s->title.s;
        first = str_cut(&first, ' ');
        (void)diag_add(b->diags, DIAG_KIND_UNKNOWN, s->title.span, first,
                       word_near(WORD_KIND, first), NO_ARG);
    } else if (nested || (kind == W_SCORE && s->level > 2 && b->kind_of[s->parent] != W_SCORE)) {
        (void)diag_add(b->diags, DIAG_HEADING_NESTED, s->title.span, s->title.s, NO_ARG, NO_ARG);
        b->kind_of[i] = W_NONE;
    } else if (kind == W_CASE) {
        (void)diag_add(b->diags, DIAG_CASE_LATER, s->title.span, name.s, NO_ARG, NO_ARG);
    } else if (kind == W_FIELDS) {
        build_fields(b, s);
    } else if (kind != W_TESTS && kind != W_NOTES) {
        declare_item(b, i, kind, name);
    }
}

static void list_children(struct builder *b)
{
    struct rules *r = b->r;
    for (uint32_t i = 0; i < r->item_n; i++)
        if (r->item[i].kind == ITEM_SCORE && r->item[i].parent >= 0)
            r->item[r->item[i].parent].child_n++;
    for (uint32_t i = 0; i < r->item_n; i++) {
        r->item[i].child = ARENA_ARRAY(b->keep, uint32_t, r->item[i].child_n + 1);
        r->item[i].child_n = 0;
    }
    for (uint32_t i = 0; i < r->item_n; i++)
        if (r->item[i].kind == ITEM_SCORE && r->item[i].parent >= 0) {
            struct item *up = &r->item[r->item[i].parent];
            up->child[up->child_n++] = i;
        }
}

/* The keys of every attribute, once. 最高 is a cap by another name. */
static void find_keys(struct doc *d)
{
    for (uint32_t i = 0; i < d->section_n; i++)
        for (uint32_t k = 0; k < d->section[i].attr_n; k++) {
            struct attribute *a = &d->section[i].attr[k];
            enum word w = word_find(WORD_KEY, a->key.s, NULL);
            a->word = (uint16_t)(w == W_TOP ? W_CAP : w);
        }
}

static void fill(struct builder *b, uint32_t i)
{
    static const enum word example_keys[] = {W_AS_OF, W_PERIOD};
    const struct section *s = &b->doc->section[i];
    if (b->kind_of[i] == W_SCORE && b->item_of[i] >= 0)
        build_score(b, i);
    else if (b->item_of[i] >= 0)
        build_item(b, i);
    else if (b->kind_of[i] == W_TESTS)
        build_check_keys(b, s, example_keys, ARRAY_N(example_keys));
}

NODISCARD enum status rule_load(struct arena *keep, struct rules **out, Str file, Str text,
                                struct diags *ds)
{
    size_t before = ds->error_n;
    struct rules *r = *out = ARENA_NEW(keep, struct rules);
    *r = (struct rules){.magic = RULES_MAGIC, .file = file, .text = text, .hash = sha256_of(text)};
    struct builder b = {.keep = keep, .diags = ds, .r = r};
    enum status read = rule_read(keep, &b.doc, text, ds);
    r->doc = b.doc;
    find_keys(b.doc);
    b.names = names_open(keep);
    b.labels = names_open(keep);
    b.item_of = ARENA_ARRAY(keep, int32_t, b.doc->section_n);
    b.kind_of = ARENA_ARRAY(keep, enum word, b.doc->section_n);
    build_head(&b);
    for (uint32_t i = 0; i < b.doc->section_n; i++) {
        b.item_of[i] = -1;
        if (i > 0)
            declare(&b, i);
    }
    list_children(&b);
    for (uint32_t i = 1; i < b.doc->section_n; i++)
        fill(&b, i);
    build_score_finish(&b);
    resolve_all(&b);
    for (uint32_t i = 1; i < b.doc->section_n; i++)
        if (b.kind_of[i] == W_TESTS)
            build_examples(&b, &b.doc->section[i]);
    if (ds->error_n == before) {
        check_tables(keep, r, ds);
        check_scores(keep, r, ds);
        check_sources(keep, r, ds);
    }
    return read == OK && ds->error_n == before ? OK : ERR_INPUT;
}
