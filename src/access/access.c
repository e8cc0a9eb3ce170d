#include <stdlib.h>

#include "access/access_int.h"
#include "access/password.h"
#include "base/arena.h"
#include "os/thread.h"

enum status access_open(struct access **out, const Secret *key)
{
    keyed_init();
    struct arena *arena = arena_open();
    struct access *x = ARENA_NEW(arena, struct access);
    x->arena = arena;
    x->gate = lock_open(arena);
    x->password = secret_derive(key, S("geci-password-1"));
    x->totp = secret_derive(key, S("geci-totp-1"));
    x->recovery = secret_derive(key, S("geci-recovery-1"));
    x->session = secret_derive(key, S("geci-session-1"));
    x->token = secret_derive(key, S("geci-token-1"));
    x->mark = secret_derive(key, S("geci-mark-1"));
    x->budget = secret_derive(key, S("geci-budget-1"));
    x->flow = secret_derive(key, S("geci-flow-1"));
    x->digest = secret_derive(key, S("geci-digest-1"));
    x->text = secret_derive(key, S("geci-text-1"));
    Secret none = secret_new();
    x->dummy = password_hash(arena, x, (Str){(const char *)none.byte, sizeof none.byte});
    *out = x;
    return x->dummy.n == 0 ? ERR_LIMIT : OK;
}

Mac access_digest(const struct access *x, Str text)
{
    return mac_sm3(&x->digest, text);
}

Str access_seal(struct arena *keep, const struct access *x, Str plain)
{
    return secret_seal(keep, &x->text, plain);
}

bool access_unseal(struct arena *keep, Str *plain, const struct access *x, Str sealed)
{
    return secret_unseal(keep, plain, &x->text, sealed);
}

void access_close(struct access *x)
{
    if (x == NULL)
        return;
    struct arena *arena = x->arena;
    lock_close(x->gate);
    secret_wipe(x, sizeof *x);
    arena_close(arena);
}
