/* may.c - one decision. */
#include "api/may.h"

#include <string.h>

/* What somebody may do who still has the password that an administrator gave. */
static bool before_change(const struct api_route *r)
{
    return strcmp(r->noun->name, "session") == 0;
}

enum api_may api_may(const struct api_route *r, const struct caller *who)
{
    bool anybody = (r->may & ROLE_BIT(ROLE_PUBLIC)) != 0;
    if (who->account == 0 && !anybody)
        return API_MAY_SIGN_IN;
    if (who->must_change && !before_change(r))
        return API_MAY_CHANGE_PASSWORD;
    if (!anybody && (who->roles & r->may) == 0)
        return API_MAY_NOT_ROLE;
    if (who->token != 0 && (who->scopes & (uint32_t)r->token) == 0)
        return API_MAY_NOT_TOKEN;
    if (r->confirm && !who->stepped_up)
        return API_MAY_CONFIRM;
    return API_MAY;
}
