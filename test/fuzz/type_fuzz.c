/* type_fuzz.c - bodies and words of requests, by a description that has every form.
 *
 *     a word of a path or a query \n a body
 *
 * What is refused says why, and says it of nothing that is accepted. A body that is accepted reads
 * the same when it is written out again; a value that is missing stays so. */
#include <stddef.h>

#include "api/type/type.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

struct all {
    Str text, dec, json, secret;
    int64_t n;
    bool yes;
    Day day;
    int word;
    struct api_map map;
    Str maybe_text, maybe_dec, maybe_json;
    struct api_int maybe_n, moment;
    struct api_bool maybe_yes;
    struct api_day maybe_day;
    struct api_map maybe_map;
    struct api_list texts, decs, jsons, ns, truths, days, words, maps, inners;
    struct all *inner;
};

enum { SEE_ALL = 4 };

static const char *const WORDS[] = {"red", "green", "蓝", NULL};
static const struct api_type ALL;

#define F(name, form, list, optional, class, of, words)                                          \
    {                                                                                            \
#        name, "", "", form, API_IN_BODY, list, optional, class, offsetof(struct all, name), of, \
            words, API_MEMBER(#        name)                                                     \
    }
static const struct api_field FIELDS[] = {
    F(text, API_TEXT, false, true, 1, NULL, NULL),
    F(dec, API_DEC, false, true, 1, NULL, NULL),
    F(json, API_JSON, false, true, 1, NULL, NULL),
    F(secret, API_TEXT, false, true, 4, NULL, NULL),
    F(n, API_INT, false, false, 1, NULL, NULL),
    F(yes, API_BOOL, false, false, 1, NULL, NULL),
    F(day, API_DAY, false, false, 1, NULL, NULL),
    F(word, API_ONE, false, true, 1, NULL, WORDS),
    F(map, API_MAP, false, false, 1, NULL, NULL),
    F(maybe_text, API_TEXT, false, true, 1, NULL, NULL),
    F(maybe_dec, API_DEC, false, true, 1, NULL, NULL),
    F(maybe_json, API_JSON, false, true, 1, NULL, NULL),
    F(maybe_n, API_INT, false, true, 1, NULL, NULL),
    F(moment, API_MOMENT, false, true, 1, NULL, NULL),
    F(maybe_yes, API_BOOL, false, true, 1, NULL, NULL),
    F(maybe_day, API_DAY, false, true, 1, NULL, NULL),
    F(maybe_map, API_MAP, false, true, 1, NULL, NULL),
    F(texts, API_TEXT, true, true, 1, NULL, NULL),
    F(decs, API_DEC, true, true, 1, NULL, NULL),
    F(jsons, API_JSON, true, true, 1, NULL, NULL),
    F(ns, API_INT, true, true, 1, NULL, NULL),
    F(truths, API_BOOL, true, true, 1, NULL, NULL),
    F(days, API_DAY, true, true, 1, NULL, NULL),
    F(words, API_ONE, true, true, 1, NULL, WORDS),
    F(maps, API_MAP, true, true, 1, NULL, NULL),
    F(inners, API_TYPE, true, true, 1, &ALL, NULL),
    F(inner, API_TYPE, false, true, 1, &ALL, NULL),
};
static const struct api_type ALL = {"all", "", "", FIELDS, ARRAY_N(FIELDS), sizeof(struct all)};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads `text`, and says in `out` what came of it. */
static bool again(struct arena *a, Str *out, Str text)
{
    struct all *x = ARENA_NEW(a, struct all);
    struct diags ds;
    struct buf b;
    diags_init(&ds, a);
    enum status st = api_read(a, &ALL, x, text, &ds);
    ASSERT((st == OK) == (ds.n == 0));
    if (st != OK)
        return false;
    buf_init(&b, a, BUF_MAX);
    api_write(&b, &ALL, x, SEE_ALL);
    *out = buf_str(&b);
    return true;
}

static void check_word(struct arena *a, const struct api_field *f, Str word)
{
    struct all *x = ARENA_NEW(a, struct all);
    struct diags ds;
    diags_init(&ds, a);
    enum status st = api_read_word(a, f, x, word, &ds);
    ASSERT((st == OK) == (ds.n == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    Str body = {(const char *)data, size}, first, second;
    Str word = str_cut(&body, '\n');
    for (size_t i = 0; i < ARRAY_N(FIELDS); i++)
        check_word(a, &FIELDS[i], word);
    if (again(a, &first, body)) {
        ASSERT(again(a, &second, first));
        ASSERT(str_eq(first, second));
    }
    arena_close(a);
    return 0;
}
