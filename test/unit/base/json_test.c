#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "t.h"

static void sample(struct json *j)
{
    json_obj(j);
    json_kstr(j, "name", S("甲\"乙\\\n\t\x01"));
    json_kint(j, "rank", -3);
    json_kbool(j, "met", true);
    json_key(j, S("points"));
    json_arr(j);
    json_dec(j, 12500, 3);
    json_null(j);
    json_obj(j);
    json_obj_end(j);
    json_arr(j);
    json_arr_end(j);
    json_bool(j, false);
    json_arr_end(j);
    json_obj_end(j);
}

TEST(json_writes_compactly)
{
    struct arena *a = arena_open();
    struct buf b;
    struct json j;
    buf_init(&b, a, BUF_MAX);
    json_open(&j, &b, false);
    sample(&j);
    CHECK_STR(buf_str(&b), "{\"name\":\"甲\\\"乙\\\\\\n\\t\\u0001\",\"rank\":-3,\"met\":true,"
                           "\"points\":[\"12.5\",null,{},[],false]}");
    arena_close(a);
}

TEST(json_writes_indented)
{
    struct arena *a = arena_open();
    struct buf b;
    struct json j;
    buf_init(&b, a, BUF_MAX);
    json_open(&j, &b, true);
    sample(&j);
    CHECK_STR(buf_str(&b), "{\n  \"name\": \"甲\\\"乙\\\\\\n\\t\\u0001\",\n  \"rank\": -3,\n"
                           "  \"met\": true,\n  \"points\": [\n    \"12.5\",\n    null,\n    {},\n"
                           "    [],\n    false\n  ]\n}");
    arena_close(a);
}

TEST(json_escapes_every_control_and_stays_well_formed)
{
    struct arena *a = arena_open();
    struct buf b;
    struct json j;
    buf_init(&b, a, BUF_MAX);
    json_open(&j, &b, false);
    char all[33];
    for (int i = 0; i < 32; i++)
        all[i] = (char)i;
    all[32] = '\x7F';
    json_str(&j, (Str){all, sizeof all});
    CHECK_STR(buf_str(&b),
              "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r"
              "\\u000e\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018"
              "\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f\x7F\"");
    buf_init(&b, a, BUF_MAX);
    json_open(&j, &b, false);
    json_str(&j, S("a\xFF\xEF\xBF\xBD\xE5"));
    CHECK_STR(buf_str(&b), "\"a\\ufffd\xEF\xBF\xBD\\ufffd\"");
    arena_close(a);
}

static void open_again(struct json *j)
{
    struct arena *a = arena_open(); /* lives in the child that dies */
    struct buf *b = ARENA_NEW(a, struct buf);
    buf_init(b, a, BUF_MAX);
    json_open(j, b, false);
}

static void two_values(void *j)
{
    open_again(j);
    json_int(j, 1);
    json_int(j, 2);
}

static void close_too_often(void *j)
{
    open_again(j);
    json_arr(j);
    json_arr_end(j);
    json_arr_end(j);
}

static void key_without_value(void *j)
{
    open_again(j);
    json_obj(j);
    json_key(j, S("a"));
    json_obj_end(j);
}

static void key_after_key(void *j)
{
    open_again(j);
    json_obj(j);
    json_key(j, S("a"));
    json_key(j, S("b"));
}

static void key_outside(void *j)
{
    open_again(j);
    json_key(j, S("a"));
}

static void too_deep(void *j)
{
    open_again(j);
    for (int i = 0; i <= JSON_DEPTH_MAX; i++)
        json_arr(j);
}

TEST(json_stops_on_our_own_mistakes)
{
    struct json j;
    CHECK(t_dies(two_values, &j));
    CHECK(t_dies(close_too_often, &j));
    CHECK(t_dies(key_without_value, &j));
    CHECK(t_dies(key_after_key, &j));
    CHECK(t_dies(key_outside, &j));
    CHECK(t_dies(too_deep, &j));
    open_again(&j);
    struct arena *a = j.out->arena;
    for (int i = 0; i < JSON_DEPTH_MAX; i++)
        json_arr(&j);
    CHECK_INT(j.depth, JSON_DEPTH_MAX);
    arena_close(a);
}
