/* type.h - what crosses the API: structs of C, described by tables that tools/contract.c makes.
 *
 * One walker reads JSON into a struct (api_read), one writes a struct as JSON (api_write), and the
 * OpenAPI document and the TypeScript types are printed from the same tables (api/print/), so
 * that what is promised and what is sent cannot differ.
 *
 *     text, dec   Str, p == NULL: missing       int, moment   int64_t, or struct api_int with `?`
 *     one(a b)    int, -1: missing              list          { T *at; size_t n; }
 *     a type      a struct, with `?` a pointer  json          text that is JSON already
 *     map         names and texts of a document's fields: known when it runs
 *
 * Decimals cross as strings. A moment is microseconds since 1970 UTC inside and RFC 3339 outside.
 */
#ifndef GECI_API_TYPE_H
#define GECI_API_TYPE_H

#include "base/base.h"
#include "base/day.h"
#include "base/diag.h"

struct arena;
struct buf;

struct api_int {
    bool set;
    int64_t v;
};
struct api_bool {
    bool set, v;
};
struct api_day {
    bool set;
    Day v;
};
struct api_pair {
    Str key, value; /* value.p == NULL: null */
};
struct api_map {
    struct api_pair *at;
    size_t n;
};
struct api_list { /* every list is laid out so */
    void *at;
    size_t n;
};

#define API_INT_OF(x) ((struct api_int){true, (x)})
#define API_DAY_OF(x) ((struct api_day){true, (x)})

enum api_form {
    API_TEXT,
    API_DEC,
    API_JSON,
    API_INT,
    API_MOMENT,
    API_BOOL,
    API_DAY,
    API_MAP,
    API_ONE,
    API_TYPE
};

enum api_from { API_IN_PATH, API_IN_QUERY, API_IN_BODY };

struct api_field {
    const char *name, *zh, *en;
    enum api_form kind;
    enum api_from from;
    bool list, optional;
    int class; /* of the data: 1 public to 4 personal; above 2 it may come out as null */
    size_t at; /* in the struct */
    const struct api_type *of; /* API_TYPE */
    const char *const *words;  /* API_ONE, NULL at the end */
    Str key;                   /* API_MEMBER of its name */
};

/* How a member is written behind another: its key, between a comma and a colon. */
#define API_MEMBER(name)                              \
    {                                                 \
        ",\"" name "\":", sizeof ",\"" name "\":" - 1 \
    }

struct api_type {
    const char *name, *zh, *en;
    const struct api_field *field;
    int field_n;
    size_t size;
};

enum { API_DEPTH_MAX = 16, API_LIST_MAX = 100000 };

/* Reads `text` into the zeroed struct `out`. Every key must be in the type, once (API-KEY); what is
 * not optional must be there (API-MISSING). Texts are on `keep`. */
NODISCARD enum status api_read(struct arena *keep, const struct api_type *type, void *out, Str text,
                               struct diags *ds);
/* The same of what a route takes, words of its path and query and members of its body side by side
 * in one object. */
NODISCARD enum status api_read_flat(struct arena *keep, const struct api_type *type, void *out,
                                    Str text, struct diags *ds);
/* One value from a path or a query. */
NODISCARD enum status api_read_word(struct arena *keep, const struct api_field *f, void *out,
                                    Str word, struct diags *ds);

/* `see`: the highest class of data that this reader may see; fields above it are null. */
void api_write(struct buf *b, const struct api_type *type, const void *from, int see);

/* What is optional, or of a class above 2, may come out as null; all else never does. */
bool api_may_be_null(const struct api_field *f);
size_t api_element_size(const struct api_field *f); /* of a list */

#endif
