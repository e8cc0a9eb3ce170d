/* token.h - API tokens, for other systems: `geci_` and 256 random bits.
 *
 * A token acts for its account, with the roles that has at the time, within the token's scopes, and
 * ends at a day set when it is made. It is shown once; the store keeps a keyed digest. A wrong one
 * is charged to the address it came from (login.h).
 */
#ifndef GECI_ACCESS_TOKEN_H
#define GECI_ACCESS_TOKEN_H

#include "access/access.h"
#include "access/caller.h"

enum { TOKEN_PREFIX_N = 5, TOKEN_TEXT_N = TOKEN_PREFIX_N + KEYED_TEXT_N, TOKEN_DAYS_MAX = 366 };

struct token_new {
    int64_t account;
    Str title;       /* what it is for */
    uint32_t scopes; /* enum token_scope */
    int64_t until_us;
};

NODISCARD enum status token_make(struct access_desk *d, const struct token_new *in,
                                 char out[static TOKEN_TEXT_N + 1], int64_t *number);
/* `account` 0: whoever's it is. */
NODISCARD enum status token_end(struct access_desk *d, int64_t account, int64_t number);

/* Whose token it is; ERR_GONE: nobody's, any more; ERR_DENIED: too many wrong ones came from
 * `source`, so this one was not looked at. `touch`: it was not used yet today, so have the writer
 * do token_touch. After ERR_GONE have it do login_weigh. */
NODISCARD enum status token_find(const struct access_view *v, Str token, Str source,
                                 struct caller *out, bool *touch);
NODISCARD enum status token_touch(struct db_conn *c, Str county, const struct caller *who);

/* The word of a scope, "" past the last; and back (0: none). */
Str token_scope_word(uint32_t scope);
uint32_t token_scope_find(Str word);

#endif
