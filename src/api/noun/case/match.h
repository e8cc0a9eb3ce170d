/* match.h - what the handlers of matches share. */
#ifndef GECI_API_NOUN_MATCH_H
#define GECI_API_NOUN_MATCH_H

#include "api/call.h"
#include "api_types.h"
#include "query/suit.h"

struct flow_case;

enum { MATCH_LIMIT = 10, MATCH_LIMIT_MAX = 64 };

uint32_t match_limit(struct api_int asked);
struct api_match_text match_text_of(const struct match_doc *d);
/* Spans count letters as browsers do. */
void match_reasons(struct call *c, struct api_match_reason **out, size_t *n,
                   const struct match_doc *asked, const struct suit *s);
/* A case as one side: what was applied with, whose it is; and the case, unless NULL. */
NODISCARD enum status match_case(struct call *c, int64_t number, bool public_only,
                                 struct suit_side *out, struct flow_case *now);

#endif
