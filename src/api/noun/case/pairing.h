/* pairing.h - what the handlers of batch matching share. */
#ifndef GECI_API_NOUN_PAIRING_H
#define GECI_API_NOUN_PAIRING_H

#include "api/call.h"
#include "api_types.h"
#include "pairing/pairing.h"

struct pairing_view pairing_view_of(struct call *c);
/* ERR_INPUT, refused: they are none. */
NODISCARD enum status pairing_limits_of(struct call *c, const struct api_pairing_limits *in,
                                        struct pairing_limits *out);

#endif
