/* upload.h - files that came and wait to be used: private to who sent them, by the hash of their
 * bytes, for UPLOAD_KEEP_DAYS. They lie in the store, so they outlive the program, whatever the
 * database; two of the same bytes lie there once. Nothing here looks into them. */
#ifndef GECI_API_UPLOAD_H
#define GECI_API_UPLOAD_H

#include "base/base.h"
#include "base/hash.h"

struct arena;
struct call;
struct db_conn;

enum {
    UPLOAD_KEEP_DAYS = 7,
    UPLOAD_ACCOUNT_MAX = 8, /* of an account; older ones give way */
    UPLOAD_NAME_MAX = 255,
};

#define UPLOAD_EVIDENCE S("evidence") /* a kind that no subjects are of */

struct upload {
    int64_t no; /* that of the act which brought it */
    int64_t account, bytes_n, at_us;
    Str kind, name;
    Sha256 hash;
};

/* The last part of a path, as programs on other systems write it. */
Str upload_base_name(Str path);
/* Keeps the body of the call's request, in its act: what `u` says of kind, name and hash. */
NODISCARD enum status upload_add(struct call *c, struct upload *u);
/* ERR_GONE: there is none, or not of this account. */
NODISCARD enum status upload_get(struct call *c, int64_t no, struct upload *out);
NODISCARD enum status upload_list(struct call *c, struct upload **out, size_t *n);
/* The bytes, checked against their hash. */
NODISCARD enum status upload_bytes(struct call *c, const struct upload *u, Str *out);
/* On a writing connection. */
NODISCARD enum status upload_drop(struct db_conn *c, Str county, int64_t no);

#endif
