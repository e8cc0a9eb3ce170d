/* password.h - passwords: which will do, and what is kept of them.
 *
 *     $1$salt$mac     argon2id (t = 2, 19 MiB) of the password and the salt, then HMAC-SM3 with the
 *                     server's key: the store alone does not let anybody try passwords
 *
 * A hash takes some 20 ms and 19 MiB; at most two run at once, others wait their turn. So call on a
 * worker thread, never on a loop or the writer's. Threads: any.
 */
#ifndef GECI_ACCESS_PASSWORD_H
#define GECI_ACCESS_PASSWORD_H

#include "access/access.h"

enum { PASSWORD_LETTERS_MIN = 12, PASSWORD_BYTES_MAX = 256, PASSWORD_HASH_MAX = 128 };

enum password_fault {
    PASSWORD_FINE,
    PASSWORD_SHORT,
    PASSWORD_LONG,
    PASSWORD_COMMON, /* on the list, or made of one word that is */
    PASSWORD_PLAIN,  /* fewer than five different letters, or a run such as abcdefghijkl */
    PASSWORD_NAME,   /* holds the account's name */
};

/* Will it do for the account of this name? */
enum password_fault password_fault(Str password, Str name);
Str password_fault_text(enum password_fault f, bool zh);

/* What to keep; empty: no memory for it. */
Str password_hash(struct arena *keep, struct access *x, Str password);
/* Is it the one? `kept` empty: no, but after as long a time. */
bool password_ok(struct access *x, Str password, Str kept);
/* How many were ever hashed at once. */
int password_most(struct access *x);

#endif
