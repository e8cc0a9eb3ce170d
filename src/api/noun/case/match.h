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
/* A case as one side: what was applied with, whose it is; and the case, unless NULL. Of what the
 * caller may see, the board shows them, or it shows everybody; ERR_GONE: it does not. */
enum match_sight { MATCH_SEEN, MATCH_POSTED, MATCH_OPEN };
NODISCARD enum status match_case(struct call *c, int64_t number, enum match_sight sight,
                                 struct suit_side *out, struct flow_case *now);

/* What the model outside said just now; out->model tells of it. */
struct match_said {
    const struct suit_told *told;
    size_t n;
};
/* Whom a list is for: a subject, or a case; the other is 0. */
struct match_whose {
    int64_t subject, number;
    const struct match_said *said; /* NULL: what it said when it was asked last, where that holds */
};
Str match_kind(Str with); /* that is looked for */
/* Those of a kind that suit `side`. c->scope becomes that of those whose names are shown. */
NODISCARD enum status match_list(struct call *c, const struct match_whose *w,
                                 const struct suit_side *side, Str with, struct api_int limit,
                                 struct api_match_list *out);

/* match_model.c: what it said, as parts of scores. `told`: on c->arena. Before c->scope changes. */
NODISCARD enum status match_told(struct call *c, const struct match_whose *w, Str kind,
                                 struct suit_ask *ask, struct api_match_model *out);

#endif
