/* access_int.h - what the files of this folder share. */
#ifndef GECI_ACCESS_ACCESS_INT_H
#define GECI_ACCESS_ACCESS_INT_H

#include "access/access.h"
#include "audit/act.h"
#include "base/str.h"
#include "db/db.h"
#include "sql.h"

struct lock;

/* A sub-key for each use: what is made for one opens nothing of another. */
struct access {
    Secret password, totp, recovery, session, token, mark, budget, flow, digest, text;
    struct arena *arena;
    struct lock *gate; /* around the two below */
    int hashing;       /* passwords being hashed just now */
    int most;          /* .. ever at once */
    Str dummy;         /* a hash that no password has, of the same cost */
};

enum credential_kind { /* stored */
                       CREDENTIAL_PASSWORD = 1,
                       CREDENTIAL_TOTP,
                       CREDENTIAL_RECOVERY, /* ten of them, used once each */
                       CREDENTIAL_TOKEN,
                       CREDENTIAL_TOTP_NEW, /* shown to its owner, not yet confirmed */
};

struct credential {
    int64_t account;
    enum credential_kind kind;
    int64_t no;
    Str secret;
    bool must_change;
    int64_t used;
};

/* Puts a credential in the place of the one before, and its mark among the sealed rows. */
NODISCARD enum status credential_put(struct access_desk *d, const struct credential *c);
/* ERR_GONE: there is none. */
NODISCARD enum status credential_drop(struct access_desk *d, int64_t account,
                                      enum credential_kind kind, int64_t no);
/* All of a kind, if any. */
NODISCARD enum status credential_drop_all(struct access_desk *d, int64_t account,
                                          enum credential_kind kind);
/* ERR_GONE: there is none, or it is not the one whose mark was sealed. */
NODISCARD enum status credential_get(struct db_conn *conn, struct arena *keep,
                                     const struct access *x, Str county, struct credential *c);

/* ERR_GONE: the session has ended. */
NODISCARD enum status session_live(const struct act *a, int64_t session,
                                   struct sql_session_get_row *row);

/* A copy with the ASCII letters in lower case. */
Str access_lower(struct arena *keep, Str s);

/* The number of this act's next row of a table. */
static inline int64_t access_row(struct access_desk *d, enum access_table t)
{
    return d->row_n[t]++;
}

/* act * 1048576 + n: the number of the thing that the row is. */
static inline int64_t access_id(const struct access_desk *d, int64_t n)
{
    return d->act->no * 1048576 + n;
}

/* A desk reads as well. */
static inline struct access_view access_look(const struct access_desk *d)
{
    return (struct access_view){d->act->conn, d->act->arena, d->access, d->act->county,
                                d->act->at_us};
}

/* A refusal. */
static inline enum status access_no(struct access_desk *d, enum status st, enum diag_code code,
                                    Str what)
{
    (void)diag_add(d->diags, code, (Span){0, 0}, what, NO_ARG, NO_ARG); /* st says more */
    return st;
}

/* ERR_GONE is no failure but an answer. */
static inline enum status found(bool *there, enum status st)
{
    *there = st == OK;
    return st == ERR_GONE ? OK : st;
}

#endif
