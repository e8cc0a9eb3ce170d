/* document.c - the OpenAPI 3.1 document. */
#include "api/print/document.h"

#include <string.h>

#include "api/call.h"
#include "api/print/schema.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"

/* --- words --- */

static void kstr(struct json *j, const char *key, const char *value)
{
    json_kstr(j, key, str_of(value));
}

static void both(struct json *j, const char *key, const char *zh, const char *en)
{
    struct buf b;
    buf_init(&b, j->out->arena, 1 << 12);
    buf_fmt(&b, "%s / %s", zh, en);
    json_kstr(j, key, buf_str(&b));
}

static Str number(struct json *j, int n)
{
    return arena_fmt(j->out->arena, "%d", n);
}

static void ref(struct json *j, const char *components, Str name)
{
    struct buf b;
    buf_init(&b, j->out->arena, 1 << 12);
    buf_fmt(&b, "#/components/%s/%.*s", components, STR_ARG(name));
    json_kstr(j, "$ref", buf_str(&b));
}

static const char SCHEMAS[] = "#/components/schemas/";

static void type(struct json *j, const struct api_type *t)
{
    json_key(j, str_of(t->name));
    json_obj(j);
    schema_members(j, t, SCHEMAS);
    json_obj_end(j);
}

/* --- routes --- */

static void parameter(struct json *j, const struct api_field *f)
{
    bool path = f->from == API_IN_PATH;
    json_obj(j);
    kstr(j, "name", f->name);
    kstr(j, "in", path ? "path" : "query");
    json_kbool(j, "required", path || !f->optional);
    both(j, "description", f->zh, f->en);
    if (f->list) {
        json_kbool(j, "explode", false);
    }
    struct api_field bare = *f;
    bare.optional = false;
    json_key(j, S("schema"));
    schema_field(j, &bare, SCHEMAS);
    json_obj_end(j);
}

static void key_parameter(struct json *j)
{
    json_obj(j);
    kstr(j, "name", "Idempotency-Key");
    kstr(j, "in", "header");
    json_kbool(j, "required", false);
    both(j, "description", "同一键再发不会重复执行", "Sent again with this key, it is done once");
    json_key(j, S("schema"));
    json_obj(j);
    kstr(j, "type", "string");
    json_kint(j, "maxLength", 100);
    json_obj_end(j);
    json_obj_end(j);
}

static void parameters(struct json *j, const struct api_route *r)
{
    json_key(j, S("parameters"));
    json_arr(j);
    for (int i = 0; r->in != NULL && i < r->in->field_n; i++)
        if (r->in->field[i].from != API_IN_BODY)
            parameter(j, &r->in->field[i]);
    if (r->act[0] != '\0')
        key_parameter(j);
    json_arr_end(j);
}

static void content(struct json *j, const char *media, const struct api_type *t)
{
    json_key(j, S("content"));
    json_obj(j);
    json_key(j, str_of(media));
    json_obj(j);
    json_key(j, S("schema"));
    json_obj(j);
    if (t != NULL)
        ref(j, "schemas", str_of(t->name));
    json_obj_end(j);
    json_obj_end(j);
    json_obj_end(j);
}

static void body(struct json *j, const struct api_route *r)
{
    const struct api_type *t = NULL;
    for (int i = 0; r->in != NULL && i < r->in->field_n; i++)
        if (r->in->field[i].from == API_IN_BODY)
            t = r->in->field[i].of;
    if (t == NULL && !r->bytes)
        return;
    json_key(j, S("requestBody"));
    json_obj(j);
    json_kbool(j, "required", true);
    content(j, r->bytes ? "application/octet-stream" : "application/json", t);
    json_obj_end(j);
}

static void response(struct json *j, Str status, const char *zh, const char *en, const char *media,
                     const struct api_type *t)
{
    json_key(j, status);
    json_obj(j);
    both(j, "description", zh, en);
    if (media[0] != '\0')
        content(j, media, t);
    json_obj_end(j);
}

const struct api_type *api_type_named(const char *name)
{
    for (int i = 0; i < API_TYPE_N; i++)
        if (strcmp(API_TYPES[i]->name, name) == 0)
            return API_TYPES[i];
    return NULL;
}

/* The refusals that somebody who calls a route has to reckon with, each described once. */
static const struct {
    int status;
    const char *zh, *en;
} REFUSALS[] = {
    {400, "请求的内容有误", "The request is not well formed"},
    {401, "请先登录", "Sign in first"},
    {403, "角色、令牌范围不够，或须再次确认身份",
     "The roles or the token do not suffice, or the password is asked for again"},
    {404, "没有这一项，或无权查看", "There is no such thing, or it is not yours to see"},
    {409, "这个 Idempotency-Key 已用于另一个请求",
     "This Idempotency-Key was used for another request"},
    {413, "超出了允许的大小", "More than is allowed"},
    {422, "不能这样做，说明原因", "This cannot be done, and why"},
    {429, "请求过于频繁，请按 Retry-After 再试", "Too many requests; see Retry-After"},
    {503, "服务繁忙，请按 Retry-After 再试", "The service is busy; see Retry-After"},
};

static bool has_from(const struct api_route *r, enum api_from from)
{
    for (int i = 0; r->in != NULL && i < r->in->field_n; i++)
        if (r->in->field[i].from == from)
            return true;
    return false;
}

static bool may_refuse(const struct api_route *r, int status)
{
    bool acts = r->act[0] != '\0', public = (r->may & ROLE_BIT(ROLE_PUBLIC)) != 0;
    switch (status) {
    case 401:
    case 403: return !public;
    case 404: return has_from(r, API_IN_PATH);
    case 409: return acts;
    case 413: return r->bytes || has_from(r, API_IN_BODY);
    case 422: return acts || r->in != NULL;
    default: return true;
    }
}

static void refusals(struct json *j, const struct api_route *r)
{
    for (size_t i = 0; i < ARRAY_N(REFUSALS); i++) {
        if (!may_refuse(r, REFUSALS[i].status))
            continue;
        json_key(j, number(j, REFUSALS[i].status));
        json_obj(j);
        ref(j, "responses", number(j, REFUSALS[i].status));
        json_obj_end(j);
    }
}

static const char PROBLEM_MEDIA[] = "application/problem+json";

static void refusal_components(struct json *j)
{
    json_key(j, S("responses"));
    json_obj(j);
    for (size_t i = 0; i < ARRAY_N(REFUSALS); i++)
        response(j, number(j, REFUSALS[i].status), REFUSALS[i].zh, REFUSALS[i].en, PROBLEM_MEDIA,
                 api_type_named("problem"));
    json_obj_end(j);
}

static void responses(struct json *j, const struct api_route *r)
{
    json_key(j, S("responses"));
    json_obj(j);
    response(j, number(j, r->status), r->zh, r->en, r->out != NULL ? "application/json" : r->media,
             r->out);
    if (r->act[0] == '\0' && r->status == 200)
        response(j, S("304"), "与 If-None-Match 所说的相同", "As If-None-Match says it is", "",
                 NULL);
    refusals(j, r);
    response(j, S("default"), "没有办成，说明原因", "It failed, and says why", PROBLEM_MEDIA,
             api_type_named("problem"));
    json_obj_end(j);
}

/* Who may, for readers and for tests. */
static void rights(struct json *j, const struct api_route *r)
{
    static const char *const ROWS[] = {"none", "all", "scope", "subject", "own"};
    json_key(j, S("x-may"));
    json_arr(j);
    for (int i = 0; i < ROLE_N; i++)
        if (r->may >> i & 1)
            json_str(j, str_of(role_name((enum role)i)->word));
    json_arr_end(j);
    kstr(j, "x-rows", ROWS[r->rows]);
    if (r->act[0] != '\0')
        kstr(j, "x-act", r->act);
    if (r->confirm)
        json_kbool(j, "x-confirm", true);
    json_key(j, S("security"));
    json_arr(j);
    if ((r->may & ROLE_BIT(ROLE_PUBLIC)) == 0) {
        static const char *const WAYS[] = {"session", "token"};
        for (size_t i = 0; i < ARRAY_N(WAYS); i++) {
            json_obj(j);
            json_key(j, str_of(WAYS[i]));
            json_arr(j);
            json_arr_end(j);
            json_obj_end(j);
        }
    }
    json_arr_end(j);
}

static void operation(struct json *j, const struct api_route *r)
{
    static const char *const METHODS[] = {"get",   "head",   "post",   "put",
                                          "patch", "delete", "options"};
    json_key(j, str_of(METHODS[r->method]));
    json_obj(j);
    kstr(j, "operationId", r->name);
    both(j, "summary", r->zh, r->en);
    both(j, "description", r->zh, r->en);
    json_key(j, S("tags"));
    json_arr(j);
    json_str(j, str_of(r->noun->name));
    json_arr_end(j);
    rights(j, r);
    parameters(j, r);
    body(j, r);
    responses(j, r);
    json_obj_end(j);
}

static bool first_of_path(int i)
{
    for (int k = 0; k < i; k++)
        if (strcmp(API_ROUTES[k].path, API_ROUTES[i].path) == 0)
            return false;
    return true;
}

static void paths(struct json *j)
{
    json_key(j, S("paths"));
    json_obj(j);
    for (int i = 0; i < API_ROUTE_N; i++) {
        if (!first_of_path(i))
            continue;
        json_key(j, str_of(API_ROUTES[i].path));
        json_obj(j);
        for (int k = i; k < API_ROUTE_N; k++)
            if (strcmp(API_ROUTES[k].path, API_ROUTES[i].path) == 0)
                operation(j, &API_ROUTES[k]);
        json_obj_end(j);
    }
    json_obj_end(j);
}

static void tags(struct json *j)
{
    json_key(j, S("tags"));
    json_arr(j);
    for (int i = 0; i < API_ROUTE_N; i++) {
        const struct api_noun *n = API_ROUTES[i].noun;
        if (i > 0 && API_ROUTES[i - 1].noun == n)
            continue;
        json_obj(j);
        kstr(j, "name", n->name);
        both(j, "description", n->zh, n->en);
        json_obj_end(j);
    }
    json_arr_end(j);
}

static void schemes(struct json *j)
{
    json_key(j, S("securitySchemes"));
    json_obj(j);
    json_key(j, S("session"));
    json_obj(j);
    kstr(j, "type", "apiKey");
    kstr(j, "in", "cookie");
    kstr(j, "name", "__Host-geci");
    json_obj_end(j);
    json_key(j, S("token"));
    json_obj(j);
    kstr(j, "type", "http");
    kstr(j, "scheme", "bearer");
    json_obj_end(j);
    json_obj_end(j);
}

static void info(struct json *j)
{
    json_key(j, S("info"));
    json_obj(j);
    kstr(j, "title", "geci");
    kstr(j, "version", GECI_VERSION);
    both(j, "description", "县域创新积分与格次赋分系统的接口。小数一律写成字符串，未知写成 null。",
         "The API of county innovation scoring. Decimals are strings, what is unknown is null.");
    json_key(j, S("contact"));
    json_obj(j);
    kstr(j, "name", "geci");
    json_obj_end(j);
    json_key(j, S("license"));
    json_obj(j);
    kstr(j, "name", "Apache-2.0");
    kstr(j, "identifier", "Apache-2.0");
    json_obj_end(j);
    json_obj_end(j);
}

void api_openapi(struct buf *out)
{
    struct json j;
    json_open(&j, out, true);
    json_obj(&j);
    kstr(&j, "openapi", "3.1.0");
    info(&j);
    json_key(&j, S("servers"));
    json_arr(&j);
    json_obj(&j);
    kstr(&j, "url", API_BASE);
    json_obj_end(&j);
    json_arr_end(&j);
    tags(&j);
    paths(&j);
    json_key(&j, S("components"));
    json_obj(&j);
    schemes(&j);
    refusal_components(&j);
    json_key(&j, S("schemas"));
    json_obj(&j);
    for (int i = 0; i < API_TYPE_N; i++)
        type(&j, API_TYPES[i]);
    json_obj_end(&j);
    json_obj_end(&j);
    json_obj_end(&j);
}
