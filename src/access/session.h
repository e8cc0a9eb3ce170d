/* session.h - who is logged in: a cookie of 256 random bits, of which the store has a keyed digest.
 *
 * A session ends 30 minutes after it was last seen and 12 hours after it was made. Its cookie
 * changes when its owner logs in, proves themselves again or takes other roles: what somebody saw
 * before is worth nothing. State changes also need the CSRF token, which is computed of the cookie,
 * so that it needs no place of its own and changes with it.
 */
#ifndef GECI_ACCESS_SESSION_H
#define GECI_ACCESS_SESSION_H

#include "access/access.h"
#include "access/caller.h"

#define SESSION_IDLE_US  (INT64_C(30) * 60 * 1000000)
#define SESSION_MOST_US  (INT64_C(12) * 3600 * 1000000)
#define SESSION_STEP_US  (INT64_C(5) * 60 * 1000000)
#define SESSION_TOUCH_US (INT64_C(60) * 1000000)

/* The value of a cookie. */
typedef struct Cookie {
    char text[KEYED_TEXT_N + 1];
} Cookie;

/* Who has this cookie; ERR_GONE: nobody any more. `touch`: it was not seen for a minute, so have
 * the writer do session_touch. */
NODISCARD enum status session_find(const struct access_view *v, Str value, struct caller *out,
                                   bool *touch);
NODISCARD enum status session_touch(struct db_conn *c, Str county, int64_t session, int64_t now_us);

/* A new session of an account, numbered by the act it is made in. */
NODISCARD enum status session_open(struct access_desk *d, int64_t account, Str source, Str agent,
                                   Cookie *out);
/* The same session under a new cookie. `step_us`: when its owner last proved themselves. */
NODISCARD enum status session_turn(struct access_desk *d, int64_t session, uint32_t roles,
                                   int64_t step_us, Cookie *out);
/* Makes use of `roles` only, out of those the account has; for all again: ROLES_ALL. */
NODISCARD enum status session_take_roles(struct access_desk *d, const struct caller *who,
                                         uint32_t roles, Cookie *out);
/* `account` 0: whoever's it is. ERR_GONE: there is none. */
NODISCARD enum status session_close(struct access_desk *d, int64_t account, int64_t session);
/* Takes those that have ended out of the store; now and then. */
NODISCARD enum status session_sweep(struct db_conn *c, Str county, int64_t now_us);

/* Text of Set-Cookie. Over TLS the cookie is `__Host-geci` and Secure; plain HTTP, for development
 * on loopback, gets `geci`. */
Str session_cookie(struct arena *keep, const Cookie *value, bool tls);
Str session_cookie_gone(struct arena *keep, bool tls);
/* The value in a request's Cookie header; empty: none, not well formed, or more than one. */
Str session_value(Str cookie_header, bool tls);

void session_csrf(char out[static KEYED_TEXT_N + 1], Str value);
bool session_csrf_ok(Str value, Str token);

#endif
