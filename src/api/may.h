/* may.h - the decision: may this caller use this route? A function of the table and of the caller.
 */
#ifndef GECI_API_MAY_H
#define GECI_API_MAY_H

#include "api/route.h"

enum api_may { /* in the order in which they are looked at */
               API_MAY,
               API_MAY_SIGN_IN,         /* nobody, where somebody is asked for */
               API_MAY_CHANGE_PASSWORD, /* with a first password nothing but changing it */
               API_MAY_NOT_ROLE,
               API_MAY_NOT_TOKEN,
               API_MAY_CONFIRM,
};

enum api_may api_may(const struct api_route *r, const struct caller *who);

#endif
