#include "sheet/xml_scan.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

enum { ATTRS = 12 };

/* What a byte may be part of. */
enum { NAME = 1, FIRST = 2, BLANK = 4, PLAIN = 8, WIDE = 16 };

static uint8_t class_of(unsigned char c)
{
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (c == ' ' || c == '\n' || c == '\t')
        return BLANK | PLAIN;
    if (letter)
        return NAME | FIRST | PLAIN;
    if ((c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':')
        return NAME | PLAIN;
    if (c >= 0x80)
        return WIDE;
    return c > ' ' && c < 0x7F && c != '&' && c != '<' && c != ']' ? PLAIN : 0;
}

struct tag {
    Str name;
    bool close, empty, none; /* none: the declaration at the start */
    int attr_n;
    struct attr {
        char *name, *value;
        size_t name_n, value_n;
    } attr[ATTRS];
};

/* ---- text ---- */

static bool is_wide_text(Str s)
{
    return utf8_bad_at(s) == s.n && str_find(s, S("\xEF\xBF\xBE")) == s.n &&
           str_find(s, S("\xEF\xBF\xBF")) == s.n;
}

/* The entity at the start, or n == 0. */
static Str entity_of(Str s, char *means)
{
    static const Str all[] = {{"&amp;", 5}, {"&lt;", 4}, {"&gt;", 4}, {"&quot;", 6}, {"&apos;", 6}};
    for (size_t i = 0; i < ARRAY_N(all); i++)
        if (str_starts(s, all[i])) {
            *means = "&<>\"'"[i];
            return all[i];
        }
    return (Str){NULL, 0};
}

static bool is_text(Str s, const uint8_t *class)
{
    bool wide = false;
    char means;
    for (size_t i = 0; i < s.n; i++) {
        uint8_t c = class[(unsigned char)s.p[i]];
        wide |= c == WIDE;
        bool known = c != 0 || entity_of(str_sub(s, i, s.n), &means).n > 0;
        if (!known && (s.p[i] != ']' || (i + 1 < s.n && s.p[i + 1] == ']'))) /* ]]> may not be */
            return false;
    }
    return !wide || is_wide_text(s);
}

static bool is_blank(Str s, const uint8_t *class)
{
    size_t i = 0;
    while (i < s.n && (class[(unsigned char)s.p[i]] & BLANK) != 0)
        i++;
    return i == s.n;
}

static void give_text(const struct scan *s, Str text)
{
    while (text.n > 0) {
        char means;
        size_t n = str_find(text, S("&"));
        if (n > 0)
            s->hooks->text(s->hooks->ctx, str_sub(text, 0, n));
        text = str_sub(text, n, text.n);
        size_t entity = entity_of(text, &means).n;
        if (entity > 0)
            s->hooks->text(s->hooks->ctx, (Str){&means, 1});
        text = str_sub(text, entity, text.n);
    }
}

/* ---- tags ---- */

static char *pass(char *p, const char *end, const uint8_t *class, uint8_t as)
{
    while (p < end && (class[(unsigned char)*p] & as) != 0)
        p++;
    return p;
}

static bool is_known(const struct tag *t, const struct attr *a)
{
    for (int i = 0; i < t->attr_n; i++)
        if (t->attr[i].name_n == a->name_n && memcmp(t->attr[i].name, a->name, a->name_n) == 0)
            return true;
    return false;
}

/* name="value", from p on; NULL: something else. */
static char *read_attr(struct tag *t, char *p, const char *end, const uint8_t *class)
{
    struct attr a = {.name = p};
    if (t->attr_n == ATTRS || p == end || (class[(unsigned char)*p] & FIRST) == 0)
        return NULL;
    p = pass(p, end, class, NAME);
    a.name_n = (size_t)(p - a.name);
    if (end - p < 3 || p[0] != '=' || (p[1] != '"' && p[1] != '\''))
        return NULL;
    a.value = p + 2;
    char *close = memchr(a.value, p[1], (size_t)(end - a.value));
    if (close == NULL)
        return NULL;
    a.value_n = (size_t)(close - a.value);
    Str value = {a.value, a.value_n};
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] < ' ' || value.p[i] == '&')
            return NULL;
    if (!is_text(value, class) || is_known(t, &a))
        return NULL;
    t->attr[t->attr_n++] = a;
    return close + 1;
}

static bool read_open(struct tag *t, char *p, char *end, const uint8_t *class)
{
    t->empty = end > p && end[-1] == '/';
    end -= t->empty;
    char *at = pass(p, end, class, NAME);
    if (at == p || (class[(unsigned char)*p] & FIRST) == 0)
        return false;
    t->name = (Str){p, (size_t)(at - p)};
    while (at < end) {
        char *next = pass(at, end, class, BLANK);
        if (next == end)
            break;
        at = next == at ? NULL : read_attr(t, next, end, class);
        if (at == NULL)
            return false;
    }
    return t->name.n < SCAN_NAME;
}

/* Nothing but UTF-8, however it is said. */
static bool is_declaration(Str s)
{
    static const char *const known[] = {
        "?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?",
        "?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?",
        "?xml version=\"1.0\" encoding=\"UTF-8\"?",
        "?xml version=\"1.0\" encoding=\"utf-8\"?",
        "?xml version=\"1.0\"?",
    };
    for (size_t i = 0; i < ARRAY_N(known); i++)
        if (str_eq(s, str_of(known[i])))
            return true;
    return false;
}

/* What stands between < and >. */
static bool read_tag(const struct scan *s, struct tag *t, char *p, char *end)
{
    t->attr_n = 0;
    t->name = S("");
    t->empty = false;
    t->close = p < end && *p == '/';
    t->none = p < end && *p == '?';
    if (t->close)
        return s->depth > 0 &&
               str_eq((Str){p + 1, (size_t)(end - p - 1)}, str_of(s->name[s->depth - 1]));
    if (t->none)
        return s->fresh && p == s->room + 1 && is_declaration((Str){p, (size_t)(end - p)});
    return (s->depth > 0 || !s->begun) && s->depth < SCAN_DEPTH && read_open(t, p, end, s->class);
}

static Str local(Str name)
{
    size_t colon = str_find(name, S(":"));
    return colon == name.n ? name : str_sub(name, colon + 1, name.n);
}

static enum status give_tag(struct scan *s, struct tag *t)
{
    const struct xml_hooks *h = s->hooks;
    const char *attr[2 * ATTRS + 1];
    if (t->none)
        return OK;
    if (t->close) {
        s->depth--;
        return h->close(h->ctx, local(str_of(s->name[s->depth])));
    }
    for (int i = 0; i < t->attr_n; i++) {
        struct attr *a = &t->attr[i];
        a->name[a->name_n] = a->value[a->value_n] = '\0';
        attr[2 * (size_t)i] = a->name;
        attr[2 * (size_t)i + 1] = a->value;
    }
    attr[2 * (size_t)t->attr_n] = NULL;
    memcpy(s->name[s->depth], t->name.p, t->name.n);
    s->name[s->depth][t->name.n] = '\0';
    s->begun = true;
    TRY(h->open(h->ctx, local(t->name), attr));
    if (t->empty)
        return h->close(h->ctx, local(t->name));
    s->depth++;
    return OK;
}

/* ---- both ---- */

/* Up to the next > that is in the room; false: there is none, or it is odd before. */
static bool read_one(struct scan *s, size_t *at, enum status *st)
{
    struct tag t;
    char *p = s->room + *at, *end = s->room + s->n;
    char *lt = memchr(p, '<', (size_t)(end - p));
    char *gt = lt == NULL ? NULL : memchr(lt, '>', (size_t)(end - lt));
    if (gt == NULL)
        return false;
    Str text = {p, (size_t)(lt - p)};
    s->odd = !(s->depth > 0 ? is_text(text, s->class) : is_blank(text, s->class)) ||
             !read_tag(s, &t, lt + 1, gt);
    if (s->odd)
        return false;
    if (s->depth > 0 && s->hooks->text != NULL)
        give_text(s, text);
    *st = give_tag(s, &t);
    s->fresh = false;
    *at = (size_t)(gt + 1 - s->room);
    return *st == OK;
}

void scan_open(struct scan *s, const struct xml_hooks *hooks)
{
    s->hooks = hooks;
    s->depth = 0;
    s->n = 0;
    s->begun = s->odd = false;
    s->fresh = true;
    for (int c = 0; c < 256; c++)
        s->class[c] = class_of((unsigned char)c);
}

enum status scan_read(struct scan *s)
{
    enum status st = OK;
    size_t at = 0;
    while (!s->odd && read_one(s, &at, &st)) {
    }
    s->n -= at;
    memmove(s->room, s->room + at, s->n);
    s->odd |= s->n > SCAN_ROOM / 2; /* nothing that a program writes is so long */
    return st;
}

bool scan_is_whole(const struct scan *s)
{
    return s->begun && s->depth == 0 && is_blank((Str){s->room, s->n}, s->class);
}
