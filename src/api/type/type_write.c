/* type_write.c - structs as JSON, by their descriptions. */
#include <string.h>

#include "api/type/type.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/moment.h"
#include "base/str.h"

void api_write_moment(struct json *j, int64_t us)
{
    json_str(j, moment_rfc3339(j->out->arena, us, ZONE_CHINA));
}

static void write_day(struct json *j, Day day)
{
    char text[16];
    struct buf b = {.p = text, .cap = sizeof text, .max = sizeof text};
    day_print(&b, day);
    json_str(j, buf_str(&b));
}

bool api_may_be_null(const struct api_field *f)
{
    return f->optional || f->class > 2;
}

static void write_text(struct json *j, const void *at, bool null)
{
    Str s;
    memcpy(&s, at, sizeof s);
    if (s.p == NULL && null)
        json_null(j);
    else
        json_str(j, s);
}

static void write_json(struct json *j, const void *at)
{
    Str s;
    memcpy(&s, at, sizeof s);
    if (s.p == NULL)
        json_null(j);
    else
        json_raw(j, s);
}

static void write_map(struct json *j, const void *at)
{
    const struct api_map *map = at;
    json_obj(j);
    for (size_t i = 0; i < map->n; i++) {
        json_key(j, map->at[i].key);
        write_text(j, &map->at[i].value, true);
    }
    json_obj_end(j);
}

static void write_value(struct json *j, const struct api_field *f, const void *at, int see)
{
    switch (f->kind) {
    case API_TEXT:
    case API_DEC: write_text(j, at, !f->list && api_may_be_null(f)); break;
    case API_JSON: write_json(j, at); break;
    case API_INT: json_int(j, *(const int64_t *)at); break;
    case API_MOMENT: api_write_moment(j, *(const int64_t *)at); break;
    case API_BOOL: json_bool(j, *(const bool *)at); break;
    case API_DAY: write_day(j, *(const Day *)at); break;
    case API_MAP: write_map(j, at); break;
    case API_ONE: json_str(j, str_of(f->words[*(const int *)at])); break;
    case API_TYPE: api_write(j, f->of, at, see); break;
    }
}

/* Where the value of an optional field is; NULL when there is none. */
static const void *present(const struct api_field *f, const void *at)
{
    if (f->kind == API_ONE)
        return *(const int *)at < 0 ? NULL : at;
    if (!f->optional)
        return at;
    switch (f->kind) {
    case API_INT:
    case API_MOMENT:
        return ((const struct api_int *)at)->set ? &((const struct api_int *)at)->v : NULL;
    case API_BOOL:
        return ((const struct api_bool *)at)->set ? &((const struct api_bool *)at)->v : NULL;
    case API_DAY:
        return ((const struct api_day *)at)->set ? &((const struct api_day *)at)->v : NULL;
    case API_TYPE: return *(const void *const *)at;
    case API_TEXT:
    case API_DEC:
    case API_JSON:
    case API_MAP:
    case API_ONE: break;
    }
    return at;
}

static void write_list(struct json *j, const struct api_field *f, const void *at, int see)
{
    const struct api_list *list = at;
    size_t size = api_element_size(f);
    json_arr(j);
    for (size_t i = 0; i < list->n; i++)
        write_value(j, f, (const char *)list->at + i * size, see);
    json_arr_end(j);
}

static void write_member(struct json *j, const struct api_field *f, const void *from, int see)
{
    const void *at = (const char *)from + f->at;
    json_key(j, str_of(f->name));
    if (f->class > see || (!f->list && present(f, at) == NULL))
        json_null(j);
    else if (f->list)
        write_list(j, f, at, see);
    else
        write_value(j, f, present(f, at), see);
}

void api_write(struct json *j, const struct api_type *type, const void *from, int see)
{
    json_obj(j);
    for (int i = 0; i < type->field_n; i++)
        write_member(j, &type->field[i], from, see);
    json_obj_end(j);
}
