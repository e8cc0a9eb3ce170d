/* build.c - a document compiled: its head, the declaration of names, then each section in turn. */
#include "rule/build_int.h"

static const enum word head_keys[] = {W_VERSION,   W_FROM,     W_UNTIL, W_SUBJECT,  W_REGION,
                                      W_PROCEDURE, W_ID,       W_NAME,  W_DECIMALS, W_CLASS,
                                      W_FORMER,    W_LOCALITY, W_CHAIN, W_STANDING, W_ACTIVE};

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
    r->version = attr_value(s, W_VERSION);
    r->subject = attr_value(s, W_SUBJECT);
    r->region = attr_value(s, W_REGION);
    r->procedure = attr_value(s, W_PROCEDURE);
    r->note = attr_value(s, W_NOTE);
    r->id_field = name_fold(b->keep, attr_value(s, W_ID));
    r->name_field = name_fold(b->keep, attr_value(s, W_NAME));
    r->has_from = read_day(b, s, W_FROM, &r->from);
    r->has_until = read_day(b, s, W_UNTIL, &r->until);
    build_status(b, s, &r->status);
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
    if (s->level == 1 || s->title.s.n == 0) {
        b->kind_of[i] = W_NONE; /* the reader has reported it */
    } else if (kind == W_NONE) {
        Str first = s->title.s;
        first = str_cut(&first, ' ');
        (void)diag_add(b->diags, DIAG_KIND_UNKNOWN, s->title.span, first,
                       word_near(WORD_KIND, first), NO_ARG);
    } else if (nested || (kind == W_SCORE && s->level > 2 && b->kind_of[s->parent] != W_SCORE)) {
        (void)diag_add(b->diags, DIAG_HEADING_NESTED, s->title.span, s->title.s, NO_ARG, NO_ARG);
        b->kind_of[i] = W_NONE;
    } else if (kind == W_CASE) {
        b->r->case_n++;
    } else if (kind == W_FIELDS) {
        build_fields(b, s, name.s.n > 0);
    } else if (kind <= W_POLICY) {
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
    static const enum word stack_keys[] = {W_MODE, W_CAP, W_MEMBERS}; /* read by entitle/ */
    const struct section *s = &b->doc->section[i];
    if (b->kind_of[i] == W_SCORE && b->item_of[i] >= 0)
        build_score(b, i);
    else if (b->item_of[i] >= 0)
        build_item(b, i);
    else if (b->kind_of[i] == W_TESTS)
        build_check_keys(b, s, example_keys, ARRAY_N(example_keys));
    else if (b->kind_of[i] == W_STACKS)
        build_check_keys(b, s, stack_keys, ARRAY_N(stack_keys));
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
    build_kind(&b);
    build_score_finish(&b);
    resolve_all(&b);
    for (uint32_t i = 1; i < b.doc->section_n; i++)
        if (b.kind_of[i] == W_TESTS)
            build_examples(&b, &b.doc->section[i]);
    return read == OK && ds->error_n == before ? OK : ERR_INPUT;
}
