/* route.h - the one table that decides: what is asked, by whom, of whose rows, and what it leaves.
 *
 * The rows are made by tools/contract.c from src/api/contract/ and read by the dispatcher, by the
 * OpenAPI document, by the permission tests and by the client's generator; nothing else decides.
 */
#ifndef GECI_API_ROUTE_H
#define GECI_API_ROUTE_H

#include "access/caller.h"
#include "api/type/type.h"
#include "http/http.h"

struct call;

/* Of whose rows an answer is made. */
enum api_rows {
    API_ROWS_NONE,    /* of nobody's: rules, kinds, health */
    API_ROWS_ALL,     /* of everybody's: only for roles that see the whole county */
    API_ROWS_SCOPE,   /* of those in the caller's scope */
    API_ROWS_SUBJECT, /* of the one that the path names: {kind} and {id}; 404 outside the scope */
    API_ROWS_OWN,     /* what belongs to the caller's account */
};

enum api_on {
    API_ON_LOOP,   /* a few milliseconds at most, reads */
    API_ON_WORKER, /* longer, reads */
    API_ON_WRITER, /* changes the store: an act */
};

enum api_rate { API_RATE_READ, API_RATE_WRITE, API_RATE_HEAVY, API_RATE_LOGIN, API_RATE_N };

struct api_noun {
    const char *name, *zh, *en;
};

struct api_route {
    enum http_method method;
    const char *path; /* under /api/v1; {name} stands for a segment */
    const char *name, *zh, *en;
    const struct api_type *in;  /* path, query and body; NULL: nothing */
    const struct api_type *out; /* NULL: none, or bytes */
    int status;                 /* when it went well */
    const char *media;          /* of bytes; "" otherwise */
    uint32_t may;               /* ROLE_BIT each; with ROLE_PUBLIC: anybody */
    enum api_rows rows;
    enum api_on on;
    const char *act; /* verb of the act; "" for reads */
    enum token_scope token;
    enum api_rate rate;
    uint32_t cap; /* bytes of body */
    bool bytes;   /* the body is bytes, not JSON */
    bool confirm; /* only after the password was given again */
    bool secret;  /* the answer is shown once and never kept */
    const struct api_noun *noun;
    enum status (*handler)(struct call *c, const void *in, void *out);
};

extern const struct api_route API_ROUTES[];
extern const int API_ROUTE_N;

enum { API_PATH_WORDS = 4 };
#define API_BASE "/api/v1"

/* The row for a request, and what stands for its {names} in order. NULL: no such path, or with
 * *other the methods that it has (a bit each). */
const struct api_route *api_route_find(enum http_method method, Str path, Str word[API_PATH_WORDS],
                                       uint32_t *other);

const struct api_route *api_route_named(const char *name); /* NULL: none such */

#endif
