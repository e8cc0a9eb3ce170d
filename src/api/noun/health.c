/* health.c - is the service well. */
#include "api/server_int.h"
#include "api_types.h"
#include "base/str.h"
#include "db/db.h"

enum status api_health(struct call *c, struct api_health *out)
{
    Str title = c->api->o.oidc.issuer.n > 0 ? c->api->o.oidc.title : NO_ARG;
    *out = (struct api_health){true, !db_is_stopped(c->api->o.db), api_filled(c->api),
                               str_of(GECI_VERSION), title};
    return OK;
}
