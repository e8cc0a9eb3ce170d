/* access.h - accounts and what they may: the parts, and what all of them need.
 *
 *     account.h    accounts, roles, lending, states          secret parts:
 *     right.h      scope, visibility, conflicts              password.h   argon2id behind a gate
 *     consent.h    what an enterprise lets a bank see        totp.h       time codes
 *     login.h      who proves what, within budgets           token.h      API tokens
 *     session.h    cookies, CSRF, revoking                   oidc.h       another house vouches
 *
 * Reading takes a view and may be done on a server's loop. Writing takes a desk: an act that
 * somebody else begins and ends. What hashes passwords is a step of its own, for
 * a worker thread.
 */
#ifndef GECI_ACCESS_ACCESS_H
#define GECI_ACCESS_ACCESS_H

#include "base/base.h"
#include "base/diag.h"
#include "crypto/keyed.h"

struct access;
struct act;
struct arena;
struct db_conn;

/* What the server key is used for; lives outside the arena, is wiped on close. Threads: any. */
NODISCARD enum status access_open(struct access **out, const Secret *server_key);
void access_close(struct access *x); /* NULL is fine */

/* A digest of what may hold a secret, which nobody without the key can guess it by. */
Mac access_digest(const struct access *x, Str text);

/* A text kept in the store that only this server is to read; false: it is none, or was
 * changed. */
Str access_seal(struct arena *keep, const struct access *x, Str plain);
bool access_unseal(struct arena *keep, Str *plain, const struct access *x, Str sealed);

enum access_table {
    ACCESS_ACCOUNT,
    ACCESS_ROLE,
    ACCESS_STATE,
    ACCESS_DELEGATION,
    ACCESS_DELEGATION_END,
    ACCESS_CONSENT,
    ACCESS_CONSENT_END,
    ACCESS_ASSIGNMENT,
    ACCESS_ASSIGNMENT_END,
    ACCESS_TIE,
    ACCESS_TOKEN,
    ACCESS_TOKEN_END,
    ACCESS_OIDC,
    ACCESS_CREDENTIAL,
    ACCESS_TABLE_N
};

/* Somebody's reading, within a transaction; answers live on `keep`. */
struct access_view {
    struct db_conn *conn;
    struct arena *keep;
    const struct access *access;
    Str county;
    int64_t now_us;
};

/* Somebody's writing within one act. Refusals are ERR_INPUT, ERR_DENIED or ERR_GONE with a
 * diagnostic; the caller then undoes the act. */
struct access_desk {
    struct act *act;
    const struct access *access;
    struct diags *diags;
    int64_t row_n[ACCESS_TABLE_N]; /* rows written so far */
};

#endif
