/* type_write.c - structs as JSON, by their descriptions.
 *
 * An answer has hundreds of members, and this is most of the work of many a request. So keys come
 * quoted from the table, with the commas before them, and a text that is plain goes out in one
 * copy; the others are left to base/json.h.
 */
#include <string.h>

#include "api/type/type.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/moment.h"
#include "base/str.h"

/* Where n bytes may be written, which the buffer does not count yet; NULL: that is too many. */
static char *room(struct buf *b, size_t n)
{
    if (b->over || n > b->cap - b->n) {
        buf_fill(b, ' ', n);
        if (b->over)
            return NULL;
        b->n -= n;
    }
    return b->p + b->n;
}

static void write_str(struct buf *b, Str s)
{
    struct json j;
    char *to = room(b, s.n + 2);
    if (to == NULL || json_plain(s, 0) < s.n) {
        json_open(&j, b, false);
        json_str(&j, s);
        return;
    }
    to[0] = '"';
    if (s.p != NULL)
        memcpy(to + 1, s.p, s.n);
    to[s.n + 1] = '"';
    b->n += s.n + 2;
}

static void write_moment(struct buf *b, int64_t us)
{
    write_str(b, moment_rfc3339(b->arena, us, ZONE_CHINA));
}

static void write_day(struct buf *b, Day day)
{
    buf_char(b, '"');
    day_print(b, day);
    buf_char(b, '"');
}

bool api_may_be_null(const struct api_field *f)
{
    return f->optional || f->class > 2;
}

static void write_null(struct buf *b)
{
    buf_add(b, S("null"));
}

static void write_text(struct buf *b, const void *at, bool null)
{
    Str s;
    memcpy(&s, at, sizeof s);
    if (s.p == NULL && null)
        write_null(b);
    else
        write_str(b, s);
}

static void write_json(struct buf *b, const void *at)
{
    Str s;
    memcpy(&s, at, sizeof s);
    buf_add(b, s.p == NULL ? S("null") : s);
}

static void write_map(struct buf *b, const void *at)
{
    const struct api_map *map = at;
    buf_char(b, '{');
    for (size_t i = 0; i < map->n; i++) {
        if (i > 0)
            buf_char(b, ',');
        write_str(b, map->at[i].key);
        buf_char(b, ':');
        write_text(b, &map->at[i].value, true);
    }
    buf_char(b, '}');
}

static void write_value(struct buf *b, const struct api_field *f, const void *at, int see)
{
    switch (f->kind) {
    case API_TEXT:
    case API_DEC: write_text(b, at, !f->list && api_may_be_null(f)); break;
    case API_JSON: write_json(b, at); break;
    case API_INT: dec_print(b, *(const int64_t *)at, 0); break;
    case API_MOMENT: write_moment(b, *(const int64_t *)at); break;
    case API_BOOL: buf_add(b, *(const bool *)at ? S("true") : S("false")); break;
    case API_DAY: write_day(b, *(const Day *)at); break;
    case API_MAP: write_map(b, at); break;
    case API_ONE: write_str(b, str_of(f->words[*(const int *)at])); break;
    case API_TYPE: api_write(b, f->of, at, see); break;
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

static void write_list(struct buf *b, const struct api_field *f, const void *at, int see)
{
    const struct api_list *list = at;
    size_t size = api_element_size(f);
    buf_char(b, '[');
    for (size_t i = 0; i < list->n; i++) {
        if (i > 0)
            buf_char(b, ',');
        write_value(b, f, (const char *)list->at + i * size, see);
    }
    buf_char(b, ']');
}

static void write_member(struct buf *b, const struct api_field *f, const void *from, int see)
{
    const void *at = (const char *)from + f->at;
    if (f->list && f->class <= see)
        write_list(b, f, at, see);
    else if (f->class > see || (at = present(f, at)) == NULL)
        write_null(b);
    else
        write_value(b, f, at, see);
}

void api_write(struct buf *b, const struct api_type *type, const void *from, int see)
{
    buf_char(b, '{');
    for (int i = 0; i < type->field_n; i++) {
        const struct api_field *f = &type->field[i];
        buf_add(b, i > 0 ? f->key : str_sub(f->key, 1, f->key.n)); /* the first has no comma */
        write_member(b, f, from, see);
    }
    buf_char(b, '}');
}
