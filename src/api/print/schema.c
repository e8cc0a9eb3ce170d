/* schema.c - types as JSON Schema. */
#include "api/print/schema.h"

#include <string.h>

#include "api/print/document.h"
#include "api/type/type.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/str.h"

static void kstr(struct json *j, const char *key, const char *value)
{
    json_kstr(j, key, str_of(value));
}

static void both(struct json *j, const char *key, const char *zh, const char *en)
{
    json_kstr(j, key, arena_fmt(j->out->arena, "%s / %s", zh, en));
}

static void ref(struct json *j, const char *where, const struct api_type *t)
{
    json_kstr(j, "$ref", arena_fmt(j->out->arena, "%s%s", where, t->name));
}

static void simple(struct json *j, const char *type, const char *format, bool null)
{
    json_key(j, S("type"));
    if (null) {
        json_arr(j);
        json_str(j, str_of(type));
        json_str(j, S("null"));
        json_arr_end(j);
    } else {
        json_str(j, str_of(type));
    }
    if (format != NULL)
        kstr(j, strchr(format, '^') != NULL ? "pattern" : "format", format);
}

static void one_of(struct json *j, const struct api_field *f, bool null)
{
    simple(j, "string", NULL, null);
    json_key(j, S("enum"));
    json_arr(j);
    for (int i = 0; f->words[i] != NULL; i++)
        json_str(j, str_of(f->words[i]));
    if (null)
        json_null(j);
    json_arr_end(j);
}

static void map(struct json *j, bool null)
{
    simple(j, "object", NULL, null);
    json_key(j, S("additionalProperties"));
    json_obj(j);
    simple(j, "string", NULL, true);
    json_obj_end(j);
}

static void inner(struct json *j, const struct api_field *f, bool null, const char *where)
{
    if (!null) {
        ref(j, where, f->of);
        return;
    }
    json_key(j, S("anyOf"));
    json_arr(j);
    json_obj(j);
    ref(j, where, f->of);
    json_obj_end(j);
    json_obj(j);
    kstr(j, "type", "null");
    json_obj_end(j);
    json_arr_end(j);
}

static void value(struct json *j, const struct api_field *f, bool null, const char *where)
{
    static const struct {
        const char *type, *format;
    } SIMPLE[] = {
        [API_TEXT] = {"string", NULL},    [API_DEC] = {"string", "^-?[0-9,]+(\\.[0-9]+)?$"},
        [API_INT] = {"integer", "int64"}, [API_MOMENT] = {"string", "date-time"},
        [API_BOOL] = {"boolean", NULL},   [API_DAY] = {"string", "date"},
        [API_TYPE] = {NULL, NULL},
    };
    if (f->kind == API_ONE)
        one_of(j, f, null);
    else if (f->kind == API_MAP)
        map(j, null);
    else if (f->kind == API_TYPE)
        inner(j, f, null, where);
    else if (f->kind != API_JSON)
        simple(j, SIMPLE[f->kind].type, SIMPLE[f->kind].format, null);
}

void schema_field(struct json *j, const struct api_field *f, const char *where)
{
    json_obj(j);
    if (f->list) {
        simple(j, "array", NULL, api_may_be_null(f));
        json_key(j, S("items"));
        json_obj(j);
        value(j, f, false, where);
        json_obj_end(j);
    } else {
        value(j, f, api_may_be_null(f), where);
    }
    both(j, "description", f->zh, f->en);
    if (f->class > 1)
        json_kint(j, "x-data-class", f->class);
    json_obj_end(j);
}

void schema_members(struct json *j, const struct api_type *t, const char *where)
{
    kstr(j, "type", "object");
    both(j, "description", t->zh, t->en);
    json_key(j, S("properties"));
    json_obj(j);
    for (int i = 0; i < t->field_n; i++) {
        json_key(j, str_of(t->field[i].name));
        schema_field(j, &t->field[i], where);
    }
    json_obj_end(j);
    json_key(j, S("required"));
    json_arr(j);
    for (int i = 0; i < t->field_n; i++)
        if (!t->field[i].optional)
            json_str(j, str_of(t->field[i].name));
    json_arr_end(j);
    json_kbool(j, "additionalProperties", false);
}

/* Those that `t` leads to, itself aside; `seen` has one place for each type there is. */
static void inner_types(const struct api_type *t, const struct api_type **seen, int *n)
{
    for (int i = 0; i < t->field_n; i++) {
        const struct api_type *of = t->field[i].kind == API_TYPE ? t->field[i].of : NULL;
        bool known = of == NULL;
        for (int k = 0; k < *n; k++)
            known |= seen[k] == of;
        if (known)
            continue;
        seen[(*n)++] = of;
        inner_types(of, seen, n);
    }
}

void schema_inner(struct json *j, const struct api_type *t, const char *where)
{
    const struct api_type **seen =
        ARENA_ARRAY(j->out->arena, const struct api_type *, (size_t)API_TYPE_N);
    int n = 0;
    inner_types(t, seen, &n);
    for (int i = 0; i < n; i++) {
        json_key(j, str_of(seen[i]->name));
        json_obj(j);
        schema_members(j, seen[i], where);
        json_obj_end(j);
    }
}
