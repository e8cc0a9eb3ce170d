/* totp.h - codes of an authenticator that change every 30 seconds (RFC 6238: HMAC-SHA-1, six
 * digits, as every authenticator does), and the recovery codes for when it is lost.
 *
 *     totp_enrol -> the owner scans it -> totp_confirm with a code -> ten recovery codes, seen once
 *
 * A code one step early or late will do; a step once used will not do again. The seed stands in the
 * store sealed with the server's key, recovery codes as keyed digests.
 */
#ifndef GECI_ACCESS_TOTP_H
#define GECI_ACCESS_TOTP_H

#include "access/access.h"

enum { TOTP_SEED_N = 20, TOTP_STEP_S = 30, TOTP_DIGITS = 6, RECOVERY_CODES = 10 };

/* The code of a seed at a step (seconds since 1970 / 30). */
uint32_t totp_code(Str seed, int64_t step);

/* A seed that counts once confirmed: as otpauth:// for a QR code, its `secret` also to type in. */
NODISCARD enum status totp_enrol(struct access_desk *d, int64_t account, Str *uri);
/* ERR_DENIED: the code is not of the seed shown last. `codes`: RECOVERY_CODES texts on the act's
 * arena; those from before count no more. */
NODISCARD enum status totp_confirm(struct access_desk *d, int64_t account, Str code, Str *codes);
/* Takes authenticator and recovery codes away; ERR_GONE: there are none. */
NODISCARD enum status totp_drop(struct access_desk *d, int64_t account);

enum totp_answer { TOTP_NONE, TOTP_WRONG, TOTP_RIGHT, TOTP_RECOVERED };
/* Has the account a second factor, and is this code its? What was right is used up. */
NODISCARD enum status totp_check(struct access_desk *d, int64_t account, Str code,
                                 enum totp_answer *out);
NODISCARD enum status totp_is_on(struct db_conn *c, struct arena *tmp, Str county, int64_t account,
                                 bool *on);

#endif
