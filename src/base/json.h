/* json.h - writing JSON. Separators and nesting are kept by the writer; decimals go out as strings
 * (json_dec) because a browser's numbers are binary. Output is UTF-8, ASCII controls escaped.
 */
#ifndef GECI_BASE_JSON_H
#define GECI_BASE_JSON_H

#include "base/base.h"

struct buf;

enum { JSON_DEPTH_MAX = 64 };

struct json {
    struct buf *out;
    int depth;
    bool indent;  /* two blanks a level, a line per member; else compact */
    bool pending; /* a key was written and waits for its value */
    bool any[JSON_DEPTH_MAX + 1];
};

void json_open(struct json *j, struct buf *out, bool indent);
void json_obj(struct json *j);
void json_obj_end(struct json *j);
void json_arr(struct json *j);
void json_arr_end(struct json *j);
void json_key(struct json *j, Str key);
void json_str(struct json *j, Str s);
void json_int(struct json *j, int64_t n);
void json_bool(struct json *j, bool b);
void json_null(struct json *j);
void json_dec(struct json *j, Wide m, int scale); /* "12.5" */
void json_raw(struct json *j, Str value);         /* is JSON already */
/* Where the run from `at` ends that needs no escape and is well-formed. */
size_t json_plain(Str s, size_t at);
/* key + value in one line */
void json_kstr(struct json *j, const char *key, Str s);
void json_kint(struct json *j, const char *key, int64_t n);
void json_kbool(struct json *j, const char *key, bool b);

#endif
