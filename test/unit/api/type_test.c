/* type_test.c - JSON into structs and back, by their descriptions. */
#include "test/t.h"

#include <string.h>

#include "api/type/type.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

struct inner {
    Str name;
    int64_t n;
};
struct outer {
    Str text, dec;
    int64_t n;
    struct api_int maybe;
    bool yes;
    Day day;
    int word;
    struct api_map map;
    struct inner one;
    struct inner *other;
    struct {
        struct inner *at;
        size_t n;
    } many;
    Str secret;
};

static const char *const WORDS[] = {"red", "green", NULL};
static const struct api_field INNER_FIELDS[] = {
    {"name", "", "", API_TEXT, API_IN_BODY, false, false, 1, offsetof(struct inner, name), NULL,
     NULL, API_MEMBER("name")},
    {"n", "", "", API_INT, API_IN_BODY, false, false, 1, offsetof(struct inner, n), NULL, NULL,
     API_MEMBER("n")},
};
static const struct api_type INNER = {"inner", "", "", INNER_FIELDS, 2, sizeof(struct inner)};
#define F(name, form, list, optional, class, of, words)                                            \
    {                                                                                              \
#        name, "", "", form, API_IN_BODY, list, optional, class, offsetof(struct outer, name), of, \
            words, API_MEMBER(#        name)                                                       \
    }
static const struct api_field OUTER_FIELDS[] = {
    F(text, API_TEXT, false, false, 1, NULL, NULL),
    F(dec, API_DEC, false, true, 1, NULL, NULL),
    F(n, API_INT, false, false, 1, NULL, NULL),
    F(maybe, API_INT, false, true, 1, NULL, NULL),
    F(yes, API_BOOL, false, false, 1, NULL, NULL),
    F(day, API_DAY, false, false, 1, NULL, NULL),
    F(word, API_ONE, false, true, 1, NULL, WORDS),
    F(map, API_MAP, false, true, 1, NULL, NULL),
    F(one, API_TYPE, false, false, 1, &INNER, NULL),
    F(other, API_TYPE, false, true, 1, &INNER, NULL),
    F(many, API_TYPE, true, true, 1, &INNER, NULL),
    F(secret, API_TEXT, false, true, 3, NULL, NULL),
};
static const struct api_type OUTER = {
    "outer", "", "", OUTER_FIELDS, ARRAY_N(OUTER_FIELDS), sizeof(struct outer)};

static const char WHOLE[] =
    "{\"text\":\"县\",\"dec\":\"12.50\",\"n\":-7,\"maybe\":0,\"yes\":true,\"day\":\"2024-02-29\","
    "\"word\":\"green\",\"map\":{\"研发费用@2024\":\"3\",\"b\":null},"
    "\"one\":{\"name\":\"x\",\"n\":1},"
    "\"other\":{\"name\":\"y\",\"n\":2},\"many\":[{\"name\":\"z\",\"n\":3}],\"secret\":\"s\"}";

static enum status read(struct arena *a, struct outer *out, const char *text, struct diags *ds)
{
    memset(out, 0, sizeof *out);
    diags_init(ds, a);
    return api_read(a, &OUTER, out, str_of(text), ds);
}

static Str written(struct arena *a, const struct outer *o, int see)
{
    struct buf *b = ARENA_NEW(a, struct buf);
    buf_init(b, a, 1 << 16);
    api_write(b, &OUTER, o, see);
    return buf_str(b);
}

TEST(what_is_read_is_written_again)
{
    struct arena *a = arena_open();
    struct outer o;
    struct diags ds;
    CHECK_INT(read(a, &o, WHOLE, &ds), OK);
    CHECK_STR(o.dec, "12.50");
    CHECK_INT(o.word, 1);
    CHECK(o.maybe.set && o.other != NULL && o.many.n == 1);
    CHECK_STR(written(a, &o, 4), WHOLE);
    arena_close(a);
}

TEST(what_is_missing_is_null_and_so_is_what_may_not_be_seen)
{
    struct arena *a = arena_open();
    struct outer o;
    struct diags ds;
    CHECK_INT(read(a, &o,
                   "{\"text\":\"\",\"n\":0,\"yes\":false,\"day\":\"1999-12-31\",\"one\":{\"name\":"
                   "\"\",\"n\":0},\"secret\":\"hidden\",\"dec\":null}",
                   &ds),
              OK);
    CHECK(o.dec.p == NULL && !o.maybe.set && o.word == -1 && o.other == NULL);
    CHECK_STR(
        written(a, &o, 2),
        "{\"text\":\"\",\"dec\":null,\"n\":0,\"maybe\":null,\"yes\":false,\"day\":"
        "\"1999-12-31\",\"word\":null,\"map\":{},\"one\":{\"name\":\"\",\"n\":0},\"other\":null,"
        "\"many\":[],\"secret\":null}");
    arena_close(a);
}

/* Plain texts go out in one copy: what is not is found wherever it stands. */
TEST(a_text_comes_back_whatever_is_in_it)
{
    static const char ODD[] = "\"\\\n\x1f";
    static char text[40];
    for (size_t n = 1; n <= sizeof text; n++)
        for (size_t at = 0; at < n * strlen(ODD); at++) {
            struct arena *a = arena_open();
            struct outer o = {.word = -1}, back = {0};
            struct diags ds;
            memset(text, 'x', n);
            text[at / strlen(ODD)] = ODD[at % strlen(ODD)];
            o.text = (Str){text, n};
            diags_init(&ds, a);
            CHECK_INT(api_read(a, &OUTER, &back, written(a, &o, 4), &ds), OK);
            CHECK(str_eq(back.text, o.text));
            arena_close(a);
        }
}

TEST(a_text_that_has_to_be_there_is_never_null)
{
    struct arena *a = arena_open();
    struct outer o = {.word = -1};
    Str text = written(a, &o, 4);
    CHECK(str_starts(text, S("{\"text\":\"\",\"dec\":null,")));
    CHECK(str_find(text, S("\"one\":{\"name\":\"\",")) < text.n);
    arena_close(a);
}

/* Each: what is put in place of `"n":-7`, and the code that refuses it. */
static void refused(const char *instead, const char *code, const char *where)
{
    struct arena *a = arena_open();
    struct outer o;
    struct diags ds;
    const char *at = strstr(WHOLE, "\"n\":-7");
    Str text = arena_fmt(a, "%.*s%s%s", (int)(at - WHOLE), WHOLE, instead, at + strlen("\"n\":-7"));
    CHECK_INT(read(a, &o, text.p, &ds), ERR_INPUT);
    CHECK_INT(ds.n, 1);
    if (ds.n == 1) {
        CHECK_STR(str_of(diag_info(ds.at[0].code)->mnemonic), code);
        if (where != NULL)
            CHECK_STR(ds.at[0].arg[0], where);
    }
    arena_close(a);
}

TEST(what_is_not_in_the_contract_is_refused)
{
    refused("\"n\":1,\"x\":2", "API-KEY", "x");
    refused("\"n\":1,\"n\":2", "API-JSON", NULL);
    refused("\"n\":\"1\"", "API-TYPE", "n");
    refused("\"n\":1.5", "API-TYPE", "n");
    refused("\"n\":null", "API-TYPE", "n");
    refused("\"m\":null", "API-KEY", "m");
    refused("\"n\":99999999999999999999", "API-JSON", NULL);
    refused("\"n\":1,", "API-JSON", NULL);
    refused("\"n\":1,\"one\":{}", "API-JSON", NULL);
}

static void word(const char *text, enum status want)
{
    struct arena *a = arena_open();
    struct outer o = {.n = 5};
    CHECK_INT(api_read_word(a, &OUTER_FIELDS[2], &o, str_of(text), NULL), want);
    arena_close(a);
}

TEST(numbers_of_a_path_are_plain)
{
    word("12", OK);
    word("-12", OK);
    word("999999999999999999", OK);
    word("9999999999999999999", ERR_INPUT);
    word("", ERR_INPUT);
    word("-", ERR_INPUT);
    word("+1", ERR_INPUT);
    word(" 1", ERR_INPUT);
    word("1x", ERR_INPUT);
}

TEST(a_moment_is_chinas_time)
{
    struct arena *a = arena_open();
    struct buf b;
    static const struct api_field field[] = {
        {"at", "", "", API_MOMENT, API_IN_BODY, false, false, 1, 0, NULL, NULL, API_MEMBER("at")}};
    static const struct api_type one = {"one", "", "", field, 1, sizeof(int64_t)};
    const int64_t at = INT64_C(1735689599999999); /* 2024-12-31T23:59:59.999999Z */
    buf_init(&b, a, 100);
    api_write(&b, &one, &at, 1);
    CHECK_STR(buf_str(&b), "{\"at\":\"2025-01-01T07:59:59.999999+08:00\"}");
    arena_close(a);
}
