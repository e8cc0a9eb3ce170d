/* type_read.c - JSON into structs, by their descriptions. */
#include <jansson.h>
#include <string.h>

#include "api/type/type.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"

struct reader {
    struct arena *keep;
    struct diags *ds;
    int depth;
};

static enum status fail(const struct reader *r, enum diag_code code, Str where, Str what)
{
    (void)diag_add(r->ds, code, (Span){0, 0}, where, what, NO_ARG);
    return ERR_INPUT;
}

static Str inside(const struct reader *r, Str where, const char *name)
{
    return where.n == 0 ? arena_copy(r->keep, str_of(name))
                        : arena_fmt(r->keep, "%.*s.%s", STR_ARG(where), name);
}

/* What a client should have sent. */
static Str wanted(enum api_form kind)
{
    static const char *const NAMES[] = {"text",      "decimal",    "JSON",       "integer",
                                        "date-time", "true|false", "YYYY-MM-DD", "object",
                                        "text",      "object"};
    return str_of(NAMES[kind]);
}

static enum status wrong(const struct reader *r, const struct api_field *f, Str where)
{
    return fail(r, DIAG_API_TYPE, where, wanted(f->kind));
}

/* --- values written as text --- */

static int word_index(const char *const *words, Str word)
{
    for (int i = 0; words[i] != NULL; i++)
        if (str_eq(str_of(words[i]), word))
            return i;
    return -1;
}

static Str words_of(const struct reader *r, const char *const *words)
{
    Str all = str_of(words[0]);
    for (int i = 1; words[i] != NULL; i++)
        all = arena_fmt(r->keep, "%.*s | %s", STR_ARG(all), words[i]);
    return all;
}

static enum status read_one(const struct reader *r, const struct api_field *f, void *at, Str word,
                            Str where)
{
    int i = word_index(f->words, word);
    if (i < 0)
        return fail(r, DIAG_API_TYPE, where, words_of(r, f->words));
    memcpy(at, &i, sizeof i);
    return OK;
}

static enum status read_day(const struct reader *r, const struct api_field *f, void *at, Str word,
                            Str where)
{
    struct api_day day = {.set = true};
    if (word.n != 10 || word.p[4] != '-' || !day_parse(&day.v, word))
        return wrong(r, f, where);
    if (f->optional && !f->list)
        memcpy(at, &day, sizeof day);
    else
        memcpy(at, &day.v, sizeof day.v);
    return OK;
}

static enum status read_text(const struct reader *r, const struct api_field *f, void *at, Str word,
                             Str where)
{
    Dec dec;
    bool lossy = false;
    if (f->kind == API_ONE)
        return read_one(r, f, at, word, where);
    if (f->kind == API_DAY)
        return read_day(r, f, at, word, where);
    if (f->kind == API_DEC && (!dec_parse(&dec, word, &lossy) || lossy))
        return wrong(r, f, where);
    if (f->kind != API_DEC && f->kind != API_TEXT)
        return wrong(r, f, where);
    Str copy = arena_copy(r->keep, word);
    memcpy(at, &copy, sizeof copy);
    return OK;
}

/* --- other values --- */

static enum status read_int(const struct api_field *f, void *at, int64_t v)
{
    struct api_int maybe = API_INT_OF(v);
    if (f->optional && !f->list)
        memcpy(at, &maybe, sizeof maybe);
    else
        memcpy(at, &v, sizeof v);
    return OK;
}

static enum status read_bool(const struct api_field *f, void *at, bool v)
{
    struct api_bool maybe = {true, v};
    if (f->optional && !f->list)
        memcpy(at, &maybe, sizeof maybe);
    else
        memcpy(at, &v, sizeof v);
    return OK;
}

static enum status read_map(const struct reader *r, void *at, json_t *from, Str where)
{
    struct api_map map = {0};
    const char *key;
    json_t *value;
    map.at = ARENA_ARRAY(r->keep, struct api_pair, json_object_size(from) + 1);
    json_object_foreach(from, key, value)
    {
        struct api_pair *p = &map.at[map.n++];
        p->key = arena_copy(r->keep, str_of(key));
        if (json_is_string(value))
            p->value =
                arena_copy(r->keep, (Str){json_string_value(value), json_string_length(value)});
        else if (!json_is_null(value))
            return fail(r, DIAG_API_TYPE, inside(r, where, key), S("text | null"));
    }
    memcpy(at, &map, sizeof map);
    return OK;
}

static int add_piece(const char *p, size_t n, void *arg)
{
    buf_add(arg, (Str){p, n});
    return 0;
}

static enum status read_json(const struct reader *r, void *at, json_t *from)
{
    struct buf b;
    buf_init(&b, r->keep, BUF_MAX);
    if (json_dump_callback(from, add_piece, &b, JSON_COMPACT | JSON_ENCODE_ANY) != 0)
        return ERR_LIMIT;
    Str text = buf_str(&b);
    memcpy(at, &text, sizeof text);
    return OK;
}

static enum status read_struct(struct reader *r, const struct api_type *type, void *out,
                               json_t *from, Str where);

static enum status read_inner(struct reader *r, const struct api_field *f, void *at, json_t *from,
                              Str where)
{
    if (!f->optional || f->list)
        return read_struct(r, f->of, at, from, where);
    void *inner = arena_alloc(r->keep, 1, f->of->size, _Alignof(max_align_t));
    memcpy(at, &inner, sizeof inner);
    return read_struct(r, f->of, inner, from, where);
}

static enum status read_value(struct reader *r, const struct api_field *f, void *at, json_t *from,
                              Str where)
{
    if (f->kind == API_JSON)
        return read_json(r, at, from);
    if (f->kind == API_INT && json_is_integer(from))
        return read_int(f, at, json_integer_value(from));
    if (f->kind == API_BOOL && json_is_boolean(from))
        return read_bool(f, at, json_is_true(from));
    if (f->kind == API_MAP && json_is_object(from))
        return read_map(r, at, from, where);
    if (f->kind == API_TYPE && json_is_object(from))
        return read_inner(r, f, at, from, where);
    if (!json_is_string(from))
        return wrong(r, f, where);
    return read_text(r, f, at, (Str){json_string_value(from), json_string_length(from)}, where);
}

size_t api_element_size(const struct api_field *f)
{
    static const size_t SIZES[] = {sizeof(Str),     sizeof(Str),
                                   sizeof(Str),     sizeof(int64_t),
                                   sizeof(int64_t), sizeof(bool),
                                   sizeof(Day),     sizeof(struct api_map),
                                   sizeof(int),     0};
    return f->kind == API_TYPE ? f->of->size : SIZES[f->kind];
}

static enum status read_list(struct reader *r, const struct api_field *f, void *at, json_t *from,
                             Str where)
{
    struct api_list list = {0};
    size_t n = json_array_size(from), size = api_element_size(f);
    if (!json_is_array(from))
        return fail(r, DIAG_API_TYPE, where, S("list"));
    if (n > API_LIST_MAX)
        return fail(r, DIAG_API_LONG, where, arena_fmt(r->keep, "%d", API_LIST_MAX));
    list.at = arena_alloc(r->keep, n, size, _Alignof(max_align_t));
    for (; list.n < n; list.n++)
        TRY(read_value(r, f, (char *)list.at + list.n * size, json_array_get(from, list.n),
                       arena_fmt(r->keep, "%.*s[%zu]", STR_ARG(where), list.n)));
    memcpy(at, &list, sizeof list);
    return OK;
}

/* What says "missing" where zero does not. */
static void absent(const struct api_field *f, void *at)
{
    int none = -1;
    if (f->kind == API_ONE && !f->list)
        memcpy(at, &none, sizeof none);
}

static enum status read_member(struct reader *r, const struct api_field *f, void *out, json_t *from,
                               Str where)
{
    void *at = (char *)out + f->at;
    if (from == NULL || (f->optional && json_is_null(from))) {
        absent(f, at);
        return f->optional ? OK : fail(r, DIAG_API_MISSING, where, NO_ARG);
    }
    return f->list ? read_list(r, f, at, from, where) : read_value(r, f, at, from, where);
}

static const struct api_field *find(const struct api_type *type, const char *name)
{
    for (int i = 0; i < type->field_n; i++)
        if (strcmp(type->field[i].name, name) == 0)
            return &type->field[i];
    return NULL;
}

static enum status read_struct(struct reader *r, const struct api_type *type, void *out,
                               json_t *from, Str where)
{
    const char *key;
    json_t *value;
    if (r->depth == API_DEPTH_MAX)
        return fail(r, DIAG_API_LONG, where, arena_fmt(r->keep, "%d", API_DEPTH_MAX));
    json_object_foreach(from, key, value)
    {
        if (find(type, key) == NULL)
            return fail(r, DIAG_API_KEY, inside(r, where, key), NO_ARG);
    }
    r->depth++;
    for (int i = 0; i < type->field_n; i++) {
        const struct api_field *f = &type->field[i];
        TRY(read_member(r, f, out, json_object_get(from, f->name), inside(r, where, f->name)));
    }
    r->depth--;
    return OK;
}

/* --- the input of a route, laid flat --- */

static const struct api_type *body_type(const struct api_type *type)
{
    for (int i = 0; i < type->field_n; i++)
        if (type->field[i].from == API_IN_BODY)
            return type->field[i].of;
    return NULL;
}

/* Of a body its members, of anything else itself: all lie side by side in `from`. */
static enum status read_flat(struct reader *r, const struct api_type *type, int i, void *out,
                             json_t *from)
{
    const struct api_field *f = &type->field[i];
    if (f->from != API_IN_BODY)
        return read_member(r, f, out, json_object_get(from, f->name), str_of(f->name));
    for (int k = 0; k < f->of->field_n; k++) {
        const struct api_field *of = &f->of->field[k];
        TRY(read_member(r, of, (char *)out + f->at, json_object_get(from, of->name),
                        str_of(of->name)));
    }
    return OK;
}

static enum status read_all_flat(struct reader *r, const struct api_type *type, void *out,
                                 json_t *from)
{
    const struct api_type *body = body_type(type);
    const char *key;
    json_t *value;
    json_object_foreach(from, key, value)
    {
        const struct api_field *f = find(type, key);
        if ((f == NULL || f->from == API_IN_BODY) && (body == NULL || find(body, key) == NULL))
            return fail(r, DIAG_API_KEY, arena_copy(r->keep, str_of(key)), NO_ARG);
    }
    for (int i = 0; i < type->field_n; i++)
        TRY(read_flat(r, type, i, out, from));
    return OK;
}

/* --- whole texts --- */

static enum status load(const struct reader *r, json_t **root, Str text)
{
    json_error_t error;
    *root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
    if (*root == NULL)
        return fail(r, DIAG_API_JSON, arena_fmt(r->keep, "%d:%d", error.line, error.column),
                    arena_copy(r->keep, str_of(error.text)));
    if (json_is_object(*root))
        return OK;
    json_decref(*root);
    return fail(r, DIAG_API_TYPE, S("/"), S("object"));
}

enum status api_read(struct arena *keep, const struct api_type *type, void *out, Str text,
                     struct diags *ds)
{
    struct reader r = {keep, ds, 0};
    json_t *root;
    TRY(load(&r, &root, text));
    enum status st = read_struct(&r, type, out, root, S(""));
    json_decref(root);
    return st;
}

enum status api_read_flat(struct arena *keep, const struct api_type *type, void *out, Str text,
                          struct diags *ds)
{
    struct reader r = {keep, ds, 0};
    json_t *root;
    TRY(load(&r, &root, text));
    enum status st = read_all_flat(&r, type, out, root);
    json_decref(root);
    return st;
}

/* --- a word of a path or a query --- */

static bool word_int(Str word, int64_t *out)
{
    int64_t v = 0;
    size_t i = word.n > 0 && word.p[0] == '-';
    if (word.n - i == 0 || word.n - i > 18)
        return false;
    for (; i < word.n; i++) {
        if (word.p[i] < '0' || word.p[i] > '9')
            return false;
        v = v * 10 + (word.p[i] - '0');
    }
    *out = word.p[0] == '-' ? -v : v;
    return true;
}

static enum status read_words(struct reader *r, const struct api_field *f, void *at, Str word)
{
    struct api_list list = {0};
    size_t size = api_element_size(f), n = 1;
    for (size_t i = 0; i < word.n; i++)
        n += word.p[i] == ',';
    list.at = arena_alloc(r->keep, n, size, _Alignof(max_align_t));
    for (Str rest = word; list.n < n; list.n++)
        TRY(read_text(r, f, (char *)list.at + list.n * size, str_cut(&rest, ','), str_of(f->name)));
    memcpy(at, &list, sizeof list);
    return OK;
}

enum status api_read_word(struct arena *keep, const struct api_field *f, void *out, Str word,
                          struct diags *ds)
{
    struct reader r = {keep, ds, 0};
    void *at = (char *)out + f->at;
    int64_t v;
    if (word.p == NULL) {
        absent(f, at);
        return f->optional ? OK : fail(&r, DIAG_API_MISSING, str_of(f->name), NO_ARG);
    }
    if (f->list)
        return read_words(&r, f, at, word);
    if (f->kind == API_INT)
        return word_int(word, &v) ? read_int(f, at, v) : wrong(&r, f, str_of(f->name));
    if (f->kind == API_BOOL && (str_eq(word, S("true")) || str_eq(word, S("false"))))
        return read_bool(f, at, word.n == 4);
    return read_text(&r, f, at, word, str_of(f->name));
}
