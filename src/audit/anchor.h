/* anchor.h - heads of a chain, to be kept outside the store, and their signatures.
 *
 *     geci-anchor-1 320582 1234 2026-11-22T08:30:00.000000Z sm3:<64 hex> <64 hex> <128 hex>
 *                   county act  time                        its hash     key      signature
 *
 * One line of ASCII, whatever stands before and after it on the page: it survives mail, print and
 * JSON. `-` for key and signature: not signed. What is signed is the fields "geci-head-1" county
 * act at_us hash_by hash of crypto/digest.h; the same text is signed in table act_signed.
 */
#ifndef GECI_AUDIT_ANCHOR_H
#define GECI_AUDIT_ANCHOR_H

#include "base/base.h"
#include "crypto/digest.h"
#include "crypto/sign.h"

struct act;
struct arena;
struct buf;
struct db_conn;

struct anchor {
    Str county;
    int64_t act, at_us;
    enum digest_by by;
    Digest hash;
    bool is_signed;
    SignKey key;
    Signature signature;
    Str file; /* where it was read; for messages */
};

/* The last act of a county; ERR_GONE: it has none. */
NODISCARD enum status anchor_last(struct db_conn *c, struct arena *keep, struct anchor *out,
                                  Str county);
/* Signs as of `at_us`. */
void anchor_sign(struct anchor *a, const struct sign_private *key, int64_t at_us);
bool anchor_signature_ok(const struct anchor *a);

void anchor_write(struct buf *out, const struct anchor *a); /* the line, without a newline */
/* Every anchor in the text; false: what begins as one cannot be read on (cut, or mistyped). */
NODISCARD bool anchor_read(struct arena *keep, struct anchor **out, size_t *n, Str text);

/* Keeps a signed head in the store, as row n of an act that comes after it. */
NODISCARD enum status anchor_keep(const struct act *by, int64_t n, const struct anchor *a);

#endif
