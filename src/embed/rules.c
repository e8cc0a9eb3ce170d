/* rules.c - a rule document as an object. */
#include "base/buf.h"
#include "base/hash.h"
#include "check/check.h"
#include "embed/embed_int.h"

enum geci_status embed_status(enum status st)
{
    switch (st) {
    case OK: return GECI_OK;
    case ERR_LIMIT: return GECI_LIMIT;
    case ERR_GONE: return GECI_GONE;
    case ERR_INPUT:
    case ERR_BUSY:
    case ERR_DENIED:
    case ERR_IO: break;
    }
    return GECI_INPUT;
}

const char *embed_text(struct arena *a, Str s)
{
    return arena_copy(a, s).p;
}

const char *embed_messages(struct arena *a, struct diags *ds, Str file, Str text, enum lang lang)
{
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    diags_sort(ds);
    for (size_t i = 0; i < ds->n; i++)
        diag_render(&b, &ds->at[i], file, text, lang);
    return embed_text(a, buf_str(&b));
}

const char *geci_version(void)
{
    return "0.1.0";
}

enum geci_status geci_rules_load(struct geci_rules **out, const char *name, const char *text,
                                 size_t text_n, enum geci_lang lang)
{
    struct arena *a = arena_open();
    struct geci_rules *r = *out = ARENA_NEW(a, struct geci_rules);
    *r = (struct geci_rules){.arena = a, .lang = lang == GECI_EN ? LANG_EN : LANG_ZH};
    struct diags ds;
    diags_init(&ds, a);
    Str copy = arena_copy(a, (Str){text, text_n}), file = arena_copy(a, str_of(name));
    enum status st = check_load(a, &r->rules, file, copy, &ds);
    r->usable = st == OK;
    r->messages = embed_messages(a, &ds, file, copy, r->lang);
    sha256_hex(r->hash, r->rules->hash);
    r->item_name = ARENA_ARRAY(a, const char *, r->rules->item_n + 1);
    for (uint32_t i = 0; i < r->rules->item_n; i++)
        r->item_name[i] = embed_text(a, r->rules->item[i].name);
    r->field_name = ARENA_ARRAY(a, const char *, r->rules->field_n + 1);
    for (uint32_t i = 0; i < r->rules->field_n; i++)
        r->field_name[i] = embed_text(a, r->rules->field[i].name);
    return embed_status(st);
}

void geci_rules_close(struct geci_rules *r)
{
    if (r != NULL)
        arena_close(r->arena);
}

const char *geci_rules_messages(const struct geci_rules *r)
{
    return r->messages;
}

const char *geci_rules_hash(const struct geci_rules *r)
{
    return r->hash;
}

const char *geci_rules_status(const struct geci_rules *r)
{
    static const char *const names[] = {"", "official", "secondary", "example"};
    return names[r->rules->status];
}

size_t geci_field_n(const struct geci_rules *r)
{
    return r->rules->field_n;
}

const char *geci_field_name(const struct geci_rules *r, size_t field)
{
    return field < r->rules->field_n ? r->field_name[field] : NULL;
}

size_t geci_item_n(const struct geci_rules *r)
{
    return r->rules->item_n;
}

const char *geci_item_name(const struct geci_rules *r, size_t item)
{
    return item < r->rules->item_n ? r->item_name[item] : NULL;
}

enum geci_kind geci_item_kind(const struct geci_rules *r, size_t item)
{
    ASSERT(item < r->rules->item_n);
    switch (r->rules->item[item].type.kind) {
    case TYPE_TRUTH: return GECI_TRUTH;
    case TYPE_TEXT: return GECI_LABEL;
    case TYPE_DAY: return GECI_DAY;
    case TYPE_NONE: /* of a document with errors */
    case TYPE_NUM: break;
    }
    return GECI_NUMBER;
}

int geci_item_scale(const struct geci_rules *r, size_t item)
{
    ASSERT(item < r->rules->item_n);
    return r->rules->item[item].type.scale;
}
